// The State's units in time: country, provinces, districts until 30/6/2025, communes, villages. One immutable snapshot for readers.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/id.h"
#include "base/result.h"
#include "territory/tree_in_time.h"

namespace khuyenhoc {

enum class UnitLevel : std::int64_t { country = 0, province = 1, district = 2, commune = 3, village = 4 };

struct UnitVersion {
  Day from;
  std::string code;         // of the State's list in force that day ("66", "24490"); codes were re-used, so a code alone is never a key
  std::string name;         // "Ea Kar"
  std::string type;         // "xã", "phường", "đặc khu", "thị trấn", "huyện", "quận", "thị xã", "thành phố", "tỉnh", "quốc gia"
  UnitId parent;
};

struct Unit {
  UnitId id;
  UnitLevel level = UnitLevel::commune;
  Day born;
  std::optional<Day> ended;                    // first day gone
  std::vector<UnitVersion> versions;           // ordered by day, never empty
  const UnitVersion& on(Day day) const;
  std::string full_name(Day day) const;        // "Xã Ea Kar", "Tỉnh Đắk Lắk", "Thành phố Đồng Nai"
};

inline constexpr int reform_year = 2025;       // Nghị quyết 202/2025/QH15: in force from 1 July 2025
Day reform_day();                              // 1/7/2025, the first day of the new territory

class Territory {
 public:
  std::size_t size() const;
  const Unit& unit(UnitId id) const;
  const Unit* find(UnitId id) const;
  Node node(UnitId id) const;
  UnitId id(Node node) const;
  const TreeInTime& tree() const;
  UnitId country() const;
  // "VN", "66", "66/24490" in the territory of `day`; "66@2025-06-30" names its own day. Old districts: "66/647", old communes "66/647/24370".
  Result<UnitId> resolve(std::string_view code, Day day) const;
  std::string code_path(UnitId id, Day day) const;               // the inverse of resolve
  std::vector<UnitId> units(UnitLevel level, Day day) const;     // alive on the day
  std::vector<UnitId> search(std::string_view typed, Day day, std::size_t limit) const;
};

using TerritoryView = std::shared_ptr<const Territory>;

}  // namespace khuyenhoc
