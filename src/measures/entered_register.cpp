#include "measures/entered_register.h"

#include <algorithm>

#include "measures/entered_queries.h"

namespace khuyenhoc {

void EnteredRegister::load(db::Reader& reader, const Organisation& organisation) {
  std::vector<Entered::Row> rows;
  entered_sql::each_count(reader, [&](BodyId body, Period window, std::int64_t figures) {
    if (organisation.find(body) != nullptr) rows.push_back({organisation.node(body), window, figures, std::nullopt});
  });
  entered_sql::each_mode(reader, [&](BodyId body, Period window, EntryMode mode) {
    if (organisation.find(body) != nullptr) rows.push_back({organisation.node(body), window, std::nullopt, mode});
  });
  auto table = Entered().with(rows);
  const std::int64_t reached = entered_sql::last_position(reader);
  const std::lock_guard lock(mutex_);
  table_ = std::move(table);
  followed_ = reached;
  ahead_.clear();
}

std::shared_ptr<const Entered> EnteredRegister::current() const {
  const std::lock_guard lock(mutex_);
  return table_;
}

EnteredRegister::Change& EnteredRegister::change(db::Writer& writer, BodyId body, Period window) {
  std::shared_ptr<Pending> mine;
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(pending_, [](const auto& entry) { return entry.second.expired(); });
    auto& entry = pending_[&writer];
    mine = entry.lock();
    if (!mine || mine->written) {
      mine = std::make_shared<Pending>();
      entry = mine;
      writer.before_commit([this, mine](db::Writer& last) {
        mine->written = true;
        // what leaves the count as it is concerns nobody but processes that keep what they worked out from it
        const auto is_told = [&](const Change& change) { return change.difference != 0 || change.mode || follows_others(); };
        const bool any_told = std::ranges::any_of(mine->changes, [&](const auto& one) { return is_told(one.second); });
        const std::int64_t position = any_told ? last.next_positions() : 0;
        std::vector<Committed> rows;
        for (const auto& [key, change] : mine->changes)
          rows.push_back({key, is_told(change) ? std::optional(entered_sql::add(last, key.first, key.second, change.difference, position)) : std::nullopt, change.mode});
        if (any_told) last.hint_after_commit();
        last.after_commit([this, rows = std::move(rows), position] { publish(rows, position); });
      });
    }
  }
  return mine->changes[{body, window}];
}

void EnteredRegister::figures_changed(db::Writer& writer, BodyId body, Period window, std::int64_t difference) {
  change(writer, body, window).difference += difference;
}

void EnteredRegister::mode_changed(db::Writer& writer, BodyId body, Period period, EntryMode mode) { change(writer, body, period).mode = mode; }

void EnteredRegister::publish(const std::vector<Committed>& committed, std::int64_t position) {
  const OrganisationView organisation = organisation_();
  keep(committed, position, *organisation);
  std::vector<std::pair<BodyId, Day>> written;
  for (const Committed& one : committed) written.emplace_back(one.key.first, one.key.second.first);
  touch_written(touched_, *organisation, written);
}

void EnteredRegister::keep(const std::vector<Committed>& committed, std::int64_t position, const Organisation& organisation) {
  const std::lock_guard lock(mutex_);
  if (follows_others() && position <= followed_) return;           // following has read this, or what came after it
  std::vector<Entered::Row> rows;
  for (const Committed& one : committed) {
    if (follows_others()) {
      std::int64_t& known = ahead_[one.key];
      if (known > position) continue;
      known = position;
    }
    if (one.figures || one.mode) rows.push_back({organisation.node(one.key.first), one.key.second, one.figures, one.mode});
  }
  if (!rows.empty()) table_ = table_->with(rows);
}

void EnteredRegister::follow() {
  if (!follows_others()) return;
  const std::int64_t after = [&] {
    const std::lock_guard lock(mutex_);
    return followed_;
  }();
  std::vector<entered_sql::Changed> changed;
  store_.read([&](db::Reader& reader) { entered_sql::each_after(reader, after, [&](const entered_sql::Changed& one) { changed.push_back(one); }); });
  if (changed.empty()) return;
  const OrganisationView organisation = organisation_();
  std::unique_lock lock(mutex_);
  if (followed_ != after) return;                                  // somebody else of this process came first
  std::vector<Entered::Row> rows;
  std::vector<std::pair<BodyId, Day>> written;
  std::int64_t reached = changed.back().position;
  for (const auto& one : changed) {
    if (organisation->find(one.body) == nullptr) {                 // founded by another process: go on when its body is known here
      reached = one.position - 1;
      break;
    }
    written.emplace_back(one.body, one.window.first);
    const auto own = ahead_.find({one.body, one.window});
    if (own != ahead_.end() && own->second > one.position) continue;
    rows.push_back({organisation->node(one.body), one.window, one.figures, one.mode});
  }
  followed_ = reached;
  std::erase_if(ahead_, [&](const auto& own) { return own.second <= reached; });
  if (!rows.empty()) table_ = table_->with(rows);
  lock.unlock();
  touch_written(touched_, *organisation, written);
}

}  // namespace khuyenhoc
