// Bodies in time: associations, unions, schools and offices, their systems and kinds, whom they answer to, which area they cover. One immutable snapshot for readers.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/id.h"
#include "base/result.h"
#include "platform/db/db.h"
#include "territory/territory.h"
#include "territory/tree_in_time.h"

namespace khuyenhoc {

// Systems and kinds are data (catalogue/systems.toml): "HKH", "DOAN", "HSV", "MTTQ", "GD", "UBND", … ; kinds within a system: "trung_uong", "tinh_hoi", "huyen_hoi",
// "hoi_co_so", "chi_hoi", "ban", "truong", "tthtcd", …
struct BodyKind {
  std::string code;
  std::string system;
  std::string label_vi, label_en;                 // "Chi hội khuyến học", "Branch"
  enum class Level { centre, province, district, commune, branch } level = Level::branch;
  std::string group;                              // for counts and short forms: "thon_tdp", "truong", "co_quan", "dong_ho", "ton_giao", …
};

struct BodyVersion {
  Day from;
  std::string name;                               // full: "Hội Khuyến học xã Ea Kar", "Chi hội Thôn 8"
  std::string short_name;                         // in tables under its parent: "Xã Ea Kar", "Thôn 8"
  BodyId superior;                                // none for the head of a system
  UnitId area;                                    // the unit it covers or is seated in; the centre: the country
};

struct Body {
  BodyId id;
  Uuid uid;
  std::string kind;                               // code in the kinds
  Day born;
  std::optional<Day> ended;                       // first day it no longer exists
  UnitId former_area;                             // the old unit a body born after a merger lies in, if recorded
  std::vector<BodyVersion> versions;              // ordered by day, never empty
  std::int64_t row_version = 1;
  const BodyVersion& on(Day day) const;           // in force that day; the first before its birth, the last after its end
};

// Everything about bodies as of one commit. Node numbers are dense and never re-used while the program runs.
class Organisation {
 public:
  const Territory& territory() const;
  std::size_t size() const;
  const Body& body(BodyId id) const;              // asserts that it exists
  const Body* find(BodyId id) const;
  Node node(BodyId id) const;
  BodyId id(Node node) const;
  const BodyKind& kind(BodyId id) const;
  const TreeInTime& superiors() const;            // nodes are bodies
  // Nodes 0 … units-1 are units (same numbers as in the Territory), then the bodies of the system HKH by their area; bodies are leaves, alive for ever.
  const TreeInTime& areas() const;
  Node area_node(BodyId id) const;                // of the body in areas(); no_node for bodies of other systems
  std::vector<BodyId> bodies_covering(UnitId unit, std::string_view system, Day day) const;   // alive ones whose area is this very unit
  BodyId head(std::string_view system, Day day) const;     // the centre of a system
  std::vector<BodyId> below(BodyId id, Day day) const;     // the body and all below it, alive on the day
  // Found without accents, best first: whole-word prefix before inside; alive on `day` before ended; at most `limit`.
  std::vector<BodyId> search(std::string_view typed, Day day, std::size_t limit) const;
  std::string path(BodyId id, Day day) const;     // "Chi hội Thôn 8, xã Ea Kar, tỉnh Đắk Lắk"
  std::uint64_t version() const;                  // grows with every change
};

using OrganisationView = std::shared_ptr<const Organisation>;

}  // namespace khuyenhoc
