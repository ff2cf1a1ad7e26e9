#include "home/recent_entries.h"

#include <algorithm>
#include <array>

namespace khuyenhoc::home {
namespace {

constexpr std::size_t entries_kept = 10'000, viewers_kept = 2'000;
constexpr std::int64_t look_again_ms = 60'000;     // whoever is given a wider scope sees what happened there before within a minute

// Signing in and handing out accounts change nothing that the unit reports.
bool is_told_at_home(const AuditEntry& entry) {
  constexpr std::array<std::string_view, 6> nouns{"statement", "body", "restructure", "target", "entry_mode", "contact"};
  return std::ranges::find(nouns, entry.noun) != nouns.end();
}

}  // namespace

void RecentEntries::catch_up(AuditTrail& trail, db::Reader& reader, std::int64_t since_ms) {
  auto fresh = trail.newest(reader, last_, entries_kept, since_ms);
  if (fresh.empty()) return;
  last_ = fresh.front().position;
  for (auto entry = fresh.rbegin(); entry != fresh.rend(); ++entry) {
    if (!is_told_at_home(*entry)) continue;
    entry->personal_json.clear();                  // not told here, and it must be gone when the person is erased
    entries_.push_back(std::make_shared<const AuditEntry>(std::move(*entry)));
  }
  while (entries_.size() > entries_kept || (!entries_.empty() && entries_.front()->at_ms < since_ms)) entries_.pop_front();
}

std::vector<std::shared_ptr<const AuditEntry>> RecentEntries::newest(AuditTrail& trail, db::Reader& reader, const Viewer& viewer, std::int64_t since_ms, std::size_t at_most,
                                                                     std::int64_t now_ms) {
  const Scope scope = viewer.scope(Permission::see_figures);
  std::vector<Entry> out;
  const std::lock_guard lock(mutex_);
  catch_up(trail, reader, since_ms);
  if (looked_.size() >= viewers_kept) looked_.clear();
  Looked& looked = looked_[{viewer.user(), viewer.acting_for()}];
  if (looked.organisation != viewer.organisation() || now_ms - looked.at_ms > look_again_ms) looked = {0, now_ms, viewer.organisation(), {}};
  const auto unseen = std::ranges::upper_bound(entries_, looked.until, {}, [](const Entry& entry) { return entry->position; });
  for (auto entry = unseen; entry != entries_.end(); ++entry)
    if (scope.contains((*entry)->body)) looked.found.push_back(*entry);
  if (!entries_.empty()) looked.until = entries_.back()->position;
  while (looked.found.size() > at_most) looked.found.pop_front();
  // the scope may have become narrower since they were found
  for (auto entry = looked.found.rbegin(); entry != looked.found.rend() && (*entry)->at_ms >= since_ms; ++entry)
    if (scope.contains((*entry)->body)) out.push_back(*entry);
  return out;
}

}  // namespace khuyenhoc::home
