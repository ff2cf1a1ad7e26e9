// Changes the territory: each change belongs to an act with its day and legal basis, and the whole is checked before the act is closed.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "territory/territory.h"
#include "territory/territory_records.h"

namespace khuyenhoc {

struct UnitNaming {
  std::string code;
  std::string name;
  std::string type;
};

struct PartialNaming {
  std::optional<std::string> code = {}, name = {}, type = {};
};

struct RestructureAct {
  Day day;                       // first day of the new state; Day::earliest() for what was there before any record
  std::string title;
  std::string legal_basis;
};

// Works on its own copy of the records. After a refusal the copy is in an undefined state: throw the builder away.
class TerritoryBuilder {
 public:
  TerritoryBuilder() = default;                       // nothing yet, not even the country
  explicit TerritoryBuilder(TerritoryRecords records);

  // "restructure.title", "restructure.legal_basis" when empty.
  Result<RestructureId> begin(const RestructureAct& act);
  // Every unit alive on a day from the act's day on has a living parent of a fitting level, and no two in one province carry the same code.
  // "territory.orphan", "territory.code_taken".
  Result<void> finish();
  // Closes the act without looking: it is only right together with the next one, whose finish() checks from the earlier of the two days.
  void finish_with_the_next();
  bool settled() const { return !open_act_ && !unchecked_from_; }     // every act begun was finished and checked

  // All of these take effect on the day of the act that was begun, and check what they can see by themselves:
  // "territory.unknown", "territory.not_alive", "territory.name_empty", "territory.name_long", "territory.code_form", "territory.type", "territory.parent_level",
  // "territory.later_change" (the unit already changed after that day), "territory.itself".
  Result<UnitId> open(UnitLevel level, UnitId parent, const UnitNaming& naming);
  Result<void> dissolve(UnitId unit);                                                     // without successor
  Result<void> hand_over(UnitId unit, std::span<const UnitId> successors);                // it ends; its area goes to these
  Result<UnitId> merge(std::span<const UnitId> units, UnitId parent, const UnitNaming& naming);
  Result<void> merge_into(std::span<const UnitId> units, UnitId survivor);
  Result<std::vector<UnitId>> split(UnitId unit, std::span<const UnitNaming> parts);      // the parts stand where the unit stood
  Result<void> transfer(UnitId unit, UnitId parent);
  Result<void> rename(UnitId unit, const PartialNaming& naming);                          // name, type or code
  Result<void> link(UnitId predecessor, UnitId successor);                                // a part of the area went there, too
  Result<void> unlink(UnitId predecessor, UnitId successor);
  // Puts the State's code on record for the whole life of a unit that was entered without it: a completion, not a change of that day.
  Result<void> complete_code(UnitId unit, const std::string& code);

  // Takes back everything an act did. Refused while a later act touches the same units: "restructure.depends" names it; "restructure.unknown" otherwise.
  Result<void> undo(RestructureId act);
  // The units that an act opened, ended or changed.
  std::vector<UnitId> touched_by(RestructureId act) const;

  const TerritoryRecords& records() const { return records_; }
  TerritoryRecords take() && { return std::move(records_); }
  TerritoryView build() const;                        // an immutable snapshot of the present state

  // Looking at the present state without building it.
  const UnitRecord* find(UnitId unit) const;
  bool alive(UnitId unit, Day day) const;
  UnitVersion version(UnitId unit, Day day) const;
  std::vector<UnitId> successors(UnitId unit) const;

 private:
  UnitRecord* record(UnitId unit);
  Result<void> changeable(UnitId unit) const;          // alive on the day of the act
  UnitChange& change_of(UnitRecord& record);
  void note(RestructureItem::Kind kind, UnitId unit, UnitId other = {});
  std::string title_of(UnitId unit) const;            // "xã Ea Kar" as of the act
  std::string full_title_of(UnitId unit) const;       // "Xã Ea Kar", at the head of a sentence
  Result<void> check(Day day) const;
  bool linked(UnitId predecessor, UnitId successor) const;

  const Restructure* act() const;                     // the one that was begun

  TerritoryRecords records_;
  bool open_act_ = false;
  std::optional<Day> unchecked_from_;
  std::unordered_multimap<std::int64_t, std::size_t> links_;      // predecessor -> position in successions
};

}  // namespace khuyenhoc
