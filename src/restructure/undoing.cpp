// Taking a restructure back to the very same answers, while nothing depends on it.
#include <unordered_set>

#include "base/number.h"
#include "organisation/posts_queries.h"
#include "restructure/restructure_run.h"

namespace khuyenhoc {

namespace sql = restructure_sql;

Result<void> Restructures::check_still_as_left(db::Writer& writer, const StoredRestructure& stored, OrganisationChanges& changes) {
  const auto depends = [](std::string why) { return refuse("restructure.depends", std::move(why)); };
  const auto name_now = [&](BodyId id) {
    const auto body = changes.body(id);
    return body ? body->versions.back().name : std::string();
  };
  if (const auto later = sql::later_touching(writer, stored.id))
    return depends(tr("Không khôi phục được vì “{}” còn nằm trong đợt sắp xếp “{}” làm sau. Xin khôi phục đợt đó trước.", name_now(later->body), later->title));
  const auto images = sql::images(writer, stored.id);
  std::unordered_set<BodyId> concerned;
  for (const auto& image : images) concerned.insert(image.body.id);
  for (const auto& image : images) {
    const auto body = changes.body(image.body.id);
    if (!body) return std::unexpected(body.error());
    const auto& name = body->versions.back().name;
    if (sql::state_of(*body) != image.left_as)
      return depends(tr("Không khôi phục được vì “{}” đã được sửa đổi sau khi sắp xếp.", name));
    if (!image.opened) continue;
    std::size_t figures = 0;
    for (const auto& fact : own_facts_from(writer, ledger_, image.body.id, Day::earliest()))
      if (!is_of(fact, stored.id) && fact.kind != FactKind::handover && !belongs_to_handover(fact)) ++figures;
    if (figures == 0) figures = statements_from(writer, ledger_, image.body.id, Day::earliest()).size();
    if (figures > 0) return depends(tr("Không khôi phục được vì “{}” đã có {} số liệu ghi sau khi thành lập.", name, number_text(static_cast<std::int64_t>(figures))));
    auto posts = post_holdings(writer, image.body.id);
    std::erase_if(posts, [](const PostHolding& holding) { return holding.until && *holding.until <= holding.from; });   // taken back: held on no day
    if (!posts.empty())
      return depends(tr("Không khôi phục được vì “{}” đã có {} người giữ chức vụ.", name, posts.size()));
    for (const auto& keeper : keepers_)
      if (const auto count = keeper.count_from(writer, image.body.id, Day::earliest()); count > 0)
        return depends(tr("Không khôi phục được vì “{}” đã có {} {}.", name, number_text(count), keeper.noun));
    for (const auto below : changes.ever_below(image.body.id)) {
      const auto branch = changes.body(below);
      if (branch && !branch->voided && !concerned.contains(below))
        return depends(tr("Không khôi phục được vì “{}” đã được thành lập trực thuộc “{}” sau khi sắp xếp.", branch->versions.back().name, name));
    }
  }
  return {};
}

Result<void> Restructures::undo(db::Writer& writer, BodyRestructureId id, const RestructureBy& by) {
  const auto stored = find(writer, id);
  if (!stored) return refuse("restructure.unknown", tr("Không tìm thấy đợt sắp xếp này."));
  if (stored->undone_ms) return refuse("restructure.undone", tr("Đợt sắp xếp này đã được khôi phục như cũ."));
  const auto reason = fmt::format("Khôi phục như cũ: {}", stored->title);
  const auto images = sql::images(writer, id);
  const bool bulk = images.size() >= bulk_from_;
  OrganisationChanges changes(organisation_, writer, by.sink, by.now_ms, reason, bulk ? OrganisationChanges::Breadth::many : OrganisationChanges::Breadth::few);
  if (auto free = check_still_as_left(writer, *stored, changes); !free) return free;

  // First what was posted, in the tree in which it was posted: what minutes did, with its effect on totals stated since, then the rest.
  const auto posted_at = sql::posted_at(writer, id);
  const bool minutes = sql::has_minutes(writer, id);
  if (minutes)
    for (const auto body : posted_at)
      for (const auto& fact : own_facts_from(writer, ledger_, body, stored->day))
        if (fact.kind == FactKind::handover && sql::is_handover_of(writer, id, fact.source)) statements_.take_back(writer, fact, by.user, by.now_ms);
  for (const auto& fact : own_facts_of(writer, ledger_, posted_at, stored->day))
    if (is_of(fact, id) || (minutes && belongs_to_handover(fact) && sql::is_handover_of(writer, id, fact.source))) ledger_.reverse(writer, fact);
  for (const auto& one : sql::rehomed(writer, ledger_.catalogue(), id)) ledger_.post(writer, one.fact);

  for (const auto& image : images)
    if (!image.opened)
      if (auto restored = changes.restore(image.body); !restored) return restored;
  for (const auto& line : sql::fates(writer, id))
    if (line.fate == BodyFate::succeeded)
      if (auto forgotten = changes.forget_succession(line.body, line.other); !forgotten) return forgotten;
  // Opened bodies go in the order of their ids backwards: what answers to another one opened beside it goes first.
  for (auto image = images.rbegin(); image != images.rend(); ++image)
    if (image->opened)
      if (auto gone = changes.take_back(image->body.id); !gone) return gone;
  changes.write_down();
  const AuditSink told_as_a_whole;
  for (const auto& [holding, until] : sql::ended_posts(writer, id))
    if (auto before = find_post_holding(writer, holding)) {
      before->until = until;
      restore_post(writer, bulk ? told_as_a_whole : by.sink, *before, reason);
    }
  sql::set_undone(writer, id, by.now_ms);
  sql::set_settled(writer, id, false);
  const std::string after = bulk ? fmt::format(R"({{"bodies":{},"digest":"{}"}})", images.size(), sql::digest_of_rows(writer, id)) : std::string();
  if (by.sink) by.sink(writer, ChangeNote{images.front().body.id, sql::noun, id.value, "undo", {}, after, reason, {}});
  return {};
}

}  // namespace khuyenhoc
