#include "measures/transfers.h"

namespace khuyenhoc {

Result<void> post_transfer(db::Writer& writer, Statements& statements, const Transfer& transfer, Arrival arrival, UserId by, std::int64_t now_ms) {
  const OrganisationView organisation = statements.ledger().organisation();
  const Catalogue& catalogue = statements.ledger().catalogue();
  if (transfer.dong <= 0) return refuse("transfer.amount", tr("Số tiền chuyển phải lớn hơn 0."));
  for (const BodyId body : {transfer.payer, transfer.receiver})
    if (!organisation->find(body) || !organisation->body(body).alive(transfer.day))
      return refuse("transfer.bodies", tr("Bên chuyển và bên nhận phải đang hoạt động vào ngày chuyển tiền."));
  const Node nodes[] = {organisation->node(transfer.payer), organisation->node(transfer.receiver)};
  const Node common = organisation->superiors().common_ancestor(nodes, transfer.day);
  if (transfer.payer == transfer.receiver || common == no_node)
    return refuse("transfer.bodies", tr("Bên chuyển và bên nhận phải là hai đơn vị khác nhau trong cùng hệ thống Hội."));
  const Series received = catalogue.series(catalogue.index("D08a"));
  const Series paid = catalogue.series(catalogue.index("D08b"));
  const auto post = [&](BodyId body, Series series, std::int64_t amount, FactKind kind) {
    Fact fact;
    fact.body = body;
    fact.day = transfer.day;
    fact.series = series;
    fact.amount = amount;
    fact.kind = kind;
    fact.source = transfer.source;
    statements.record(writer, std::move(fact), arrival, by, now_ms);
  };
  post(transfer.payer, paid, transfer.dong, FactKind::record);
  post(transfer.receiver, received, transfer.dong, FactKind::record);
  const BodyId both = organisation->id(common);
  post(both, paid, -transfer.dong, FactKind::elimination);
  post(both, received, -transfer.dong, FactKind::elimination);
  return {};
}

}  // namespace khuyenhoc
