#include "rounds/pages/list.html.h"
#include "rounds/pages/round_pages.h"

namespace khuyenhoc::rounds {
namespace {

ListLine line_of(const Visit& visit, db::Reader& reader, const ReportingRound& round, const LedgerView& view) {
  const Organisation& organisation = *visit.organisation();
  ListLine line;
  line.title = round.title;
  line.office = name_on(organisation, round.office, visit.today());
  line.window = round.period.period.text();
  line.link = html::path("/dot-bao-cao/{}", round.id);
  if (const auto own = report_of(reader, round.id, visit.viewer().acting_for())) {
    const ReportState state = shown_state(visit.organisation(), view.entered->round(own->window), *own, visit.today());
    line.state = report_state_words(state, own->level);
    line.look = report_state_look(state);
    if (own->due) line.due = own->due->text();
  } else if (round.entry_closed_ms) {
    line.state = tr("Đã khóa nhập");
    line.look = "good";
  }
  return line;
}

http::Response list(const Visit& visit) {
  House& house = visit.house();
  const BodyId own = visit.viewer().acting_for();
  ListPage page;
  if (visit.organisation()->find(own) == nullptr) return visit.not_found();
  page.unit = name_on(*visit.organisation(), own, visit.today());
  page.may_open = visit.viewer().may(Permission::receive, own) && visit.organisation()->kind(own).level != BodyKind::Level::branch;
  const LedgerView view = house.ledger.view();
  house.store.read([&](db::Reader& reader) {
    if (visit.viewer().may(Permission::see_figures, own)) {
      for (const ReportingRound& round : rounds_opened_by(reader, own)) page.own.push_back(line_of(visit, reader, round, view));
      for (const ReportingRound& round : rounds_asking(reader, own)) page.asked.push_back(line_of(visit, reader, round, view));
    }
  });
  return http::Response::html(rounds_pages::list(visit.frame(tr("Đợt báo cáo"), MenuItem::reports), page));
}

}  // namespace

void add_list_pages(Pages& pages) { pages.get("/dot-bao-cao", list); }

}  // namespace khuyenhoc::rounds
