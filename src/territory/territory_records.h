// Everything known about the territory as it is written down: units, what changed about them and when, who followed whom, and the acts that said so.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/id.h"
#include "territory/territory.h"

namespace khuyenhoc {

using RestructureId = Id<struct RestructureTag>;

// An act that changes the territory from a day on. Acts are numbered in the order in which they were entered.
struct Restructure {
  RestructureId id;
  Day day;
  std::string title;             // "Sắp xếp đơn vị hành chính các cấp"
  std::string legal_basis;       // "Nghị quyết số 202/2025/QH15 ngày 12/6/2025 của Quốc hội"
  bool undone = false;
};

// What an act changes about a unit from a day on; what is not named goes on as before. So an act entered late does not lose to a later version.
struct UnitChange {
  Day from;
  RestructureId by;
  std::optional<std::string> code, name, type;
  std::optional<UnitId> parent;
};

struct UnitRecord {
  UnitId id;
  UnitLevel level = UnitLevel::commune;
  Day born;
  RestructureId opened_by;
  std::optional<Day> ended;
  RestructureId ended_by;
  std::vector<UnitChange> changes;   // by day, then by act; the first names everything
};

struct SuccessionRecord {
  UnitId predecessor, successor;
  RestructureId by;
  RestructureId forgotten_by;        // an act that found the link wrong; none while it holds
};

// One line of what an act did, as its page lists it.
struct RestructureItem {
  enum class Kind : std::int64_t { open = 1, dissolve = 2, hand_over = 3, transfer = 4, rename = 5, link = 6, unlink = 7 };
  RestructureId restructure;
  Kind kind = Kind::open;
  UnitId unit;
  UnitId other;                      // hand_over, link, unlink: the successor; open, transfer: the parent
};

struct TerritoryRecords {
  std::vector<Restructure> acts;                 // by id
  std::vector<UnitRecord> units;                 // by id; units of undone acts are not here
  std::vector<SuccessionRecord> successions;
  std::vector<RestructureItem> items;            // of the acts since the records were loaded
  std::int64_t last_unit = 0;                    // numbers are never given twice
  std::int64_t last_act = 0;
  std::uint64_t version = 0;
};

}  // namespace khuyenhoc
