// The door to restructures: carrying one out, as a whole or inside a transaction of the caller's; those that were.
#include "organisation/body_queries.h"
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

// Whoever is named, and the branches of those that end, are what there is to do.
bool Restructures::in_bulk(const BodyRestructure& restructure) const {
  const auto now = organisation_.current();
  std::size_t bodies = 0;
  for (const auto& act : restructure.acts) {
    bodies += act.bodies.size() + act.opened.size();
    if (act.kind == BodyAct::Kind::merge || act.kind == BodyAct::Kind::split || act.kind == BodyAct::Kind::dissolve)
      for (const auto id : act.bodies)
        if (now->find(id)) bodies += now->directly_below(id, restructure.day).size();
    if (bodies >= bulk_from_) return true;
  }
  return false;
}

}  // namespace khuyenhoc
