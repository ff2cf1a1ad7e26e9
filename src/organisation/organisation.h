// Bodies in time: associations, unions, schools and offices, their systems and kinds, whom they answer to, which area they cover. One immutable snapshot for readers.
#pragma once

#include <cstdint>
#include <functional>
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
  std::string family;                             // kinds counted together: "chi_hoi", "ban", "truong_hoc"; the code itself where a kind stands alone
  std::string short_form;                         // the short form of figures it fills in: "thon", "truong", "co_quan", "dong_ho"; empty for none
  std::vector<std::string> under;                 // families it may answer to; empty: it heads its system
  std::optional<Day> until;                       // first day on which no such body can exist any more
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
  bool voided = false;                            // entered by mistake and taken back: alive on no day
  bool alive(Day day) const { return !voided && born <= day && (!ended || day < *ended); }
  const BodyVersion& on(Day day) const;           // in force that day; the first before its birth, the last after its end
};

struct BodySuccession {
  BodyId predecessor;
  BodyId successor;
  auto operator<=>(const BodySuccession&) const = default;
};

// A viewer's scope, or any other choice of bodies, applied inside a search.
using BodyFilter = std::function<bool(BodyId)>;

class BodySearch;

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
  std::vector<BodyId> search(std::string_view typed, Day day, std::size_t limit, const BodyFilter& allowed) const;
  std::string path(BodyId id, Day day) const;     // "Chi hội Thôn 8, xã Ea Kar, tỉnh Đắk Lắk"; begins with name_among_siblings() (namesakes.h)
  std::uint64_t version() const;                  // grows with every change

  std::vector<BodyId> children(BodyId superior, Day day) const;        // directly below, alive on the day, by name as Vietnamese sort
  std::vector<BodyId> directly_below(BodyId superior, Day day) const;  // the same by node, which costs less
  std::vector<BodyId> bodies_within(UnitId unit, std::string_view system, Day day) const;   // alive ones whose area is the unit or lies below it that day
  std::span<const BodySuccession> successions() const;
  std::vector<BodyId> successors(BodyId id) const;
  std::vector<BodyId> predecessors(BodyId id) const;
  // The trees as shared parts, for whoever lays figures over them without copying.
  std::shared_ptr<const TreeInTime> shared_superiors() const;
  std::shared_ptr<const TreeInTime> shared_areas() const;
  const std::vector<Node>& area_nodes() const;                         // by node of the body

 private:
  friend class OrganisationBuilder;
  struct Shape;                                                        // the trees and what is looked up along them; shared while nothing moves
  TerritoryView territory_;
  std::vector<std::shared_ptr<const Body>> bodies_;                    // by node
  std::vector<const BodyKind*> kinds_;                                 // by node
  std::vector<std::pair<BodyId, Node>> by_id_;                         // sorted
  std::vector<BodySuccession> successions_;                            // sorted
  std::shared_ptr<const Shape> shape_;
  std::shared_ptr<const BodySearch> search_;
  std::uint64_t version_ = 0;
};

using OrganisationView = std::shared_ptr<const Organisation>;

}  // namespace khuyenhoc
