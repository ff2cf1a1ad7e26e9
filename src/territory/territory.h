// The State's units in time: country, provinces, districts until 30/6/2025, communes, villages. One immutable snapshot for readers.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
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
  std::string full_name() const;               // at the head of a line: "Xã Ea Kar", "Tỉnh Đắk Lắk", "Thành phố Đồng Nai", "Việt Nam"
  std::string running_name() const;            // inside a sentence: "xã Ea Kar"
};

struct Unit {
  UnitId id;
  UnitLevel level = UnitLevel::commune;
  Day born;
  std::optional<Day> ended;                    // first day gone
  std::vector<UnitVersion> versions;           // ordered by day, never empty
  bool alive(Day day) const { return born <= day && (!ended || day < *ended); }
  const UnitVersion& on(Day day) const;        // in force that day; the first before its birth, the last after its end
  std::string full_name(Day day) const;        // "Xã Ea Kar", "Tỉnh Đắk Lắk", "Thành phố Đồng Nai"
};

inline constexpr int reform_year = 2025;       // Nghị quyết 202/2025/QH15: in force from 1 July 2025
Day reform_day();                              // 1/7/2025, the first day of the new territory

// A viewer's scope, or any other choice of units, applied inside a search.
using UnitFilter = std::function<bool(UnitId)>;

class Territory {
 public:
  ~Territory();
  Territory(const Territory&) = delete;
  Territory& operator=(const Territory&) = delete;

  std::size_t size() const;
  const Unit& unit(UnitId id) const;                             // asserts that it exists
  const Unit* find(UnitId id) const;
  Node node(UnitId id) const;                                    // asserts that it exists
  UnitId id(Node node) const;
  const Unit& at(Node node) const;
  const TreeInTime& tree() const;
  UnitId country() const;                                        // none in an empty territory
  std::uint64_t version() const;                                 // grows with every change of the stored territory

  // "VN", "66", "66/24490" in the territory of `day`; "66@2025-06-30" names its own day. Old districts: "66/647", old communes "66/647/24370" or "66/24370".
  // A district whose State code is not known has its name as code: "66/huyen-ea-kar/24373".
  // Codes: territory.code_empty, territory.bad_day, territory.unknown_province, territory.unknown_unit.
  Result<UnitId> resolve(std::string_view code, Day day) const;
  // The inverse of resolve. Of a unit not alive on `day` it names a day of its own: "66/huyen-ea-kar/24373@2025-06-30".
  std::string code_path(UnitId id, Day day) const;
  std::string path(UnitId id, Day day) const;                    // "Xã Ea Kar, tỉnh Đắk Lắk"
  std::string running_path(UnitId id, Day day) const;            // "xã Ea Kar, tỉnh Đắk Lắk", inside a sentence
  std::vector<UnitId> units(UnitLevel level, Day day) const;     // alive on the day, by code
  std::vector<UnitId> children(UnitId id, Day day) const;        // alive on the day, by code
  UnitId parent(UnitId id, Day day) const;
  UnitId ancestor(UnitId id, UnitLevel level, Day day) const;    // itself or above it; none where there is no such level
  std::vector<UnitId> successors(UnitId id) const;
  std::vector<UnitId> predecessors(UnitId id) const;
  // Found without accents by name, type and name, code, or words of its path ("ea kar dak lak"). Best first: the whole name, then whole words at its start,
  // its start, a word's start, inside, the path; among equals alive on `day` before ended, higher level first, then by name.
  std::vector<UnitId> search(std::string_view typed, Day day, std::size_t limit) const;
  std::vector<UnitId> search(std::string_view typed, Day day, std::size_t limit, const UnitFilter& allowed) const;

 private:
  friend class TerritoryBuilder;
  struct SearchIndex;
  Territory();
  void index_codes();
  const SearchIndex& search_index() const;
  bool lies_in(const Unit& unit, UnitId area, Day day) const;
  std::vector<const Unit*> with_code(std::string_view code, Day day) const;    // alive on the day
  Refusal unknown_province(std::string_view code, Day day) const;
  Refusal unknown_unit(std::string_view code, const Unit& within, Day day) const;
  std::string elsewhere(std::string_view code, Day day) const;                 // a sentence about where else this code stands; may be empty
  std::string nearest(std::string_view code, const std::vector<UnitId>& among, Day day) const;

  std::vector<Unit> units_;                                      // by id; the position is the node
  TreeInTime tree_;
  UnitId country_;
  std::uint64_t version_ = 0;
  std::unordered_multimap<std::string_view, Node> by_code_;      // every code a unit ever had
  mutable std::once_flag search_once_;
  mutable std::unique_ptr<SearchIndex> search_;
};

using TerritoryView = std::shared_ptr<const Territory>;

}  // namespace khuyenhoc
