// Carrying a restructure out, taking it back, and working stated totals out again afterwards.
#include "base/number.h"
#include "measures/regions.h"
#include "organisation/body_queries.h"
#include "organisation/posts_queries.h"
#include "restructure/restructure_run.h"

namespace khuyenhoc {

namespace sql = restructure_sql;

Restructures::Restructures(OrganisationStore& organisation, Ledger& ledger, Statements& statements)
    : organisation_(organisation), ledger_(ledger), statements_(statements) {}

void Restructures::add_keeper(RecordKeeper keeper) { keepers_.push_back(std::move(keeper)); }

std::optional<StoredRestructure> Restructures::find(db::Reader& reader, BodyRestructureId id) { return sql::find(reader, id); }
std::vector<StoredRestructure> Restructures::list(db::Reader& reader, std::size_t limit) { return sql::list(reader, static_cast<std::int64_t>(limit)); }
std::vector<StoredRestructure> Restructures::of_body(db::Reader& reader, BodyId body) { return sql::of_body(reader, body); }
std::vector<FateLine> Restructures::fates(db::Reader& reader, BodyRestructureId id) { return sql::fates(reader, id); }

std::string Restructures::name_of(db::Reader& reader, BodyId id) const {
  const auto body = load_body(reader, id);
  return body ? body->versions.back().name : std::string{};
}

Result<BodyRestructureId> Restructures::apply(db::Writer& writer, const BodyRestructure& restructure, const RestructureBy& by) {
  const auto id = organisation_.store().new_id<BodyRestructureId>();
  RestructureRun run(*this, writer, restructure, by, id);
  if (auto done = run.run(); !done) return std::unexpected(done.error());
  run.keep();
  return id;
}

Result<BodyRestructureId> Restructures::apply(const BodyRestructure& restructure, const RestructureBy& by) {
  const auto id = organisation_.store().write([&](db::Writer& writer) { return apply(writer, restructure, by); });
  if (!id) return id;
  if (auto settled = settle(by); !settled) return std::unexpected(settled.error());
  return id;
}

Result<void> Restructures::undo(BodyRestructureId id, const RestructureBy& by) {
  if (auto done = organisation_.store().write([&](db::Writer& writer) { return undo(writer, id, by); }); !done) return done;
  return settle(by);
}

Result<void> Restructures::check_still_as_left(db::Writer& writer, const StoredRestructure& stored, OrganisationChanges& changes) {
  const auto depends = [](std::string why) { return refuse("restructure.depends", std::move(why)); };
  for (const auto& image : sql::images(writer, stored.id)) {
    const auto body = changes.body(image.body.id);
    if (!body) return std::unexpected(body.error());
    const auto& name = body->versions.back().name;
    if (const auto later = sql::later_touching(writer, stored.id, image.body.id))
      return depends(tr("Không khôi phục được vì “{}” còn nằm trong đợt sắp xếp “{}” làm sau. Xin khôi phục đợt đó trước.", name, later->title));
    if (json_of(*body) != image.left_as)
      return depends(tr("Không khôi phục được vì “{}” đã được sửa đổi sau khi sắp xếp.", name));
    if (!image.opened) continue;
    std::size_t figures = 0;
    for (const auto& fact : own_facts_from(writer, ledger_, image.body.id, Day::earliest()))
      if (!is_of(fact, stored.id) && fact.kind != FactKind::handover && !belongs_to_handover(fact)) ++figures;
    if (figures == 0) figures = statements_from(writer, ledger_, image.body.id, Day::earliest()).size();
    if (figures > 0) return depends(tr("Không khôi phục được vì “{}” đã có {} số liệu ghi sau khi thành lập.", name, number_text(static_cast<std::int64_t>(figures))));
    if (const auto posts = post_holdings(writer, image.body.id); !posts.empty())
      return depends(tr("Không khôi phục được vì “{}” đã có {} người giữ chức vụ.", name, posts.size()));
    for (const auto& keeper : keepers_)
      if (const auto count = keeper.count_from(writer, image.body.id, Day::earliest()); count > 0)
        return depends(tr("Không khôi phục được vì “{}” đã có {} {}.", name, number_text(count), keeper.noun));
    for (const auto below : ever_answered_to(writer, image.body.id)) {
      const auto branch = changes.body(below);
      const auto images = sql::images(writer, stored.id);
      if (branch && !branch->voided && std::ranges::none_of(images, [&](const sql::Image& other) { return other.body.id == below; }))
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
  OrganisationChanges changes(organisation_, writer, by.sink, by.now_ms, reason);
  if (auto free = check_still_as_left(writer, *stored, changes); !free) return free;

  // First what was posted, in the tree in which it was posted: what minutes did, with its effect on totals stated since, then the rest.
  const auto posted_at = sql::posted_at(writer, id);
  for (const auto body : posted_at)
    for (const auto& fact : own_facts_from(writer, ledger_, body, Day::earliest()))
      if (fact.kind == FactKind::handover && sql::is_handover_of(writer, id, fact.source)) statements_.take_back(writer, fact, by.user, by.now_ms);
  for (const auto body : posted_at)
    for (const auto& fact : own_facts_from(writer, ledger_, body, Day::earliest()))
      if (is_of(fact, id) || (belongs_to_handover(fact) && sql::is_handover_of(writer, id, fact.source))) ledger_.reverse(writer, fact);
  for (const auto& one : sql::rehomed(writer, ledger_.catalogue(), id)) ledger_.post(writer, one.fact);

  const auto images = sql::images(writer, id);
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
  for (const auto& [holding, until] : sql::ended_posts(writer, id))
    if (auto before = find_post_holding(writer, holding)) {
      before->until = until;
      restore_post(writer, by.sink, *before, reason);
    }
  sql::set_undone(writer, id, by.now_ms);
  sql::set_settled(writer, id, false);
  if (by.sink) by.sink(writer, ChangeNote{images.front().body.id, sql::noun, id.value, "undo", {}, {}, reason, {}});
  return {};
}

// What the holder took over and has not stated anew shrinks by what came in below it since; where nothing did, there is nothing to work out.
std::set<Series> Restructures::explained_since(db::Reader& reader, const Organisation& organisation, BodyId holder, Day from) const {
  std::set<Series> out;
  for (const FactLayer layer : {FactLayer::own_remainder, FactLayer::remainder}) {
    const auto taken_over = taken_over_series(reader, ledger_, holder, layer);
    if (taken_over.empty() || !organisation.find(holder)) continue;
    const auto view = ledger_.view();
    const auto region = layer == FactLayer::remainder ? region_below : region_own;
    std::set<BodyId> below;
    for (const Day day : {from, Day::latest()})
      for (const auto body : region(view, holder, day)) below.insert(body);
    const std::vector<BodyId> bodies(below.begin(), below.end());
    for (const auto series : arrived_series(reader, ledger_, taken_over, bodies, from)) out.insert(series);
  }
  return out;
}

Result<void> Restructures::settle(const RestructureBy& by) {
  const auto open = organisation_.store().read([](db::Reader& reader) { return sql::unsettled(reader); });
  for (const auto& one : open) {
    auto done = organisation_.store().write([&](db::Writer& writer) -> Result<void> {
      if (const auto now = find(writer, one.id); !now || now->settled) return {};
      if (one.undone_ms)
        for (const auto& taken : sql::taken(writer, ledger_.catalogue(), one.id)) {
          if (taken.restated) continue;
          const auto& was = taken.statement;
          const auto now = statements_.find(writer, was.body, was.series, was.period, was.extent);
          const auto restated = statements_.state(writer, was.body, was.series, was.period, was.value, now ? now->row_version : 0, Arrival::within, by.user, by.now_ms,
                                                  was.extent);
          if (!restated) return std::unexpected(restated.error());
          sql::mark_restated(writer, one.id, was.id);
        }
      const auto view = organisation_.current();
      // Whoever stood above these bodies before, or stands above them now, in the tree as it is and as it was.
      std::set<BodyId> moved;
      for (const auto& image : sql::images(writer, one.id)) {
        moved.insert(image.body.id);
        for (const auto& version : image.body.versions) moved.insert(version.superior);
      }
      for (const auto& line : sql::fates(writer, one.id)) moved.insert(line.other);
      std::set<BodyId> holders;
      for (const auto id : moved) {
        const auto* body = view->find(id);
        if (!body) continue;
        if (body->alive(one.day)) holders.insert(id);
        const auto above = everything_above(*view, id, one.day);
        holders.insert(above.begin(), above.end());
      }
      for (const auto holder : holders) {
        std::set<Series> stated = explained_since(writer, *view, holder, one.day);
        // A level stated earlier holds until the next one, so what comes below later still takes from it.
        for (const auto& statement : statements_from(writer, ledger_, holder, Day::earliest()))
          if (statement.period.last >= one.day || is_handed_over(ledger_.catalogue(), statement.series)) stated.insert(statement.series);
        for (const auto series : stated) statements_.settle(writer, holder, series, one.day);
      }
      sql::set_settled(writer, one.id, true);
      return {};
    });
    if (!done) return done;
  }
  return {};
}

}  // namespace khuyenhoc
