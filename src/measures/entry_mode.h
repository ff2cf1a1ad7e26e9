// How a unit's totals come about in one period: added up from its branches, or stated by the commune. Never both (domain 0b.3).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "measures/statements.h"

namespace khuyenhoc {

enum class EntryMode : std::int64_t {
  unset = 0,
  from_branches = 1,    // "Tổng hợp từ chi hội, ban"
  stated_whole = 2,     // "Nhập số chung"
};
std::string entry_mode_label(EntryMode mode, Language language = Language::vietnamese);

EntryMode entry_mode(db::Reader& reader, BodyId body, Period period);

// What switching would do to each total of the unit that it changes.
struct ModeEffect {
  Series series = 0;
  std::int64_t before = 0;
  std::int64_t after = 0;
};
std::vector<ModeEffect> preview_entry_mode(db::Reader& reader, Statements& statements, BodyId body, Period period, EntryMode mode);
// Switches: to `from_branches` takes back what the unit stated for the branches' indicators in this period; to `stated_whole` leaves every total as it is
// and closes the branches' own entry.
Result<void> set_entry_mode(db::Writer& writer, Statements& statements, BodyId body, Period period, EntryMode mode, UserId by, std::int64_t now_ms);

}  // namespace khuyenhoc
