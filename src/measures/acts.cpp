#include "measures/acts.h"

#include <memory>
#include <mutex>

#include "measures/acts_queries.h"

namespace khuyenhoc {
namespace {

struct Pending {
  FigureAct act;
  bool closing = false;                  // its transaction is about to commit: what comes now belongs to the end marker already
};

// The hooks of a transaction own what it has pending; when it is rolled back or run again they go, and so does the entry's meaning.
std::mutex pending_mutex;
std::map<const db::Reader*, std::weak_ptr<Pending>>& pending() {
  static std::map<const db::Reader*, std::weak_ptr<Pending>> all;
  return all;
}

std::shared_ptr<Pending> pending_of(db::Writer& writer) {
  const std::lock_guard lock(pending_mutex);
  std::erase_if(pending(), [](const auto& entry) { return entry.second.expired(); });
  auto& entry = pending()[&writer];
  auto mine = entry.lock();
  if (mine && !mine->closing) return mine;
  mine = std::make_shared<Pending>();
  entry = mine;
  writer.before_commit([mine](db::Writer& at_the_end) {
    mine->closing = true;
    if (mine->act.id == 0) return;       // only its way was said, no figure changed
    mine->act.first = at_the_end.next_positions();
    at_the_end.before_commit([mine](db::Writer& last) {   // added now, it comes after everything that writes into the log
      mine->act.last = last.next_positions();
      acts_sql::insert(last, mine->act);
    });
  });
  return mine;
}

}  // namespace

std::int64_t act_of(db::Writer& writer, Ledger& ledger, UserId by, std::int64_t at_ms) {
  const auto mine = pending_of(writer);
  if (mine->act.id == 0) mine->act.id = ledger.new_id();
  if (!mine->act.by) mine->act.by = by;
  if (mine->act.at_ms == 0) mine->act.at_ms = at_ms;
  return mine->act.id;
}

void say_way(db::Writer& writer, std::string_view way, std::int64_t record) {
  const auto mine = pending_of(writer);
  if (!mine->act.way.empty()) return;
  mine->act.way = way;
  mine->act.record = record;
}

std::map<std::int64_t, FigureAct> acts(db::Reader& reader, std::span<const std::int64_t> ids) {
  std::map<std::int64_t, FigureAct> out;
  for (const std::int64_t id : ids)
    if (id != 0 && !out.contains(id))
      if (auto found = acts_sql::find(reader, id)) out.emplace(id, std::move(*found));
  return out;
}

std::vector<LoggedFact> logged_facts(db::Reader& reader, const Ledger& ledger, Series series, std::span<const BodyId> bodies, Period window) {
  const bool level = is_level(ledger.catalogue().measure(ledger.catalogue().measure_of(series)).kind);
  auto out = acts_sql::facts(reader, ledger, ledger.stored_series(series), bodies, {level ? Day::earliest() : window.first, window.last});
  if (level) return out;
  auto only_here = acts_sql::window_facts(reader, ledger, ledger.stored_series(series), bodies, window);
  out.insert(out.end(), only_here.begin(), only_here.end());
  std::ranges::sort(out, {}, &LoggedFact::position);
  return out;
}

std::vector<LoggedFact> facts_of_act(db::Reader& reader, const Ledger& ledger, Series series, const FigureAct& act) {
  return acts_sql::facts_between(reader, ledger, ledger.stored_series(series), act);
}

bool counts_in(const Catalogue& catalogue, Series series, Period window, const LoggedFact& fact) {
  if (fact.layer == FactLayer::window) return fact.window == window;
  return fact.day <= window.last && (is_level(catalogue.measure(catalogue.measure_of(series)).kind) || fact.day >= window.first);
}

std::vector<LoggedVersion> logged_versions(db::Reader& reader, const Ledger& ledger, Series series, std::span<const BodyId> bodies, Period window) {
  const bool level = is_level(ledger.catalogue().measure(ledger.catalogue().measure_of(series)).kind);
  auto out = acts_sql::versions(reader, ledger.stored_series(series), bodies, {level ? Day::earliest() : window.first, window.last});
  if (!level) std::erase_if(out, [&](const LoggedVersion& one) { return one.period.first < window.first; });
  for (std::size_t i = 1; i < out.size(); ++i)
    if (out[i].statement == out[i - 1].statement) out[i].before = out[i - 1].value;
  return out;
}

}  // namespace khuyenhoc
