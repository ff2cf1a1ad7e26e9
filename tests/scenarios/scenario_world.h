// The small named association in a store of its own, and how the words of a scenario are understood in it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "measures/figures.h"
#include "measures/periods.h"
#include "measures/statements.h"
#include "organisation/organisation_fixture.h"
#include "restructure/restructure.h"

namespace khuyenhoc::scenarios {

inline const UserId secretary{7};
inline constexpr std::int64_t written_ms = 1'781'000'000'000;   // 9 June 2026

// Every figure of every body and unit, as people would look it up, to see later what changed and what did not.
using Answers = std::map<std::pair<std::string, std::string>, std::vector<std::int64_t>>;   // by measure and body

class ScenarioWorld {
 public:
  ScenarioWorld(std::unique_ptr<db::Store> store, SmallOrganisation before);
  void start_again();                   // as after a restart of the program: everything is read from the store

  // A name is that of the one body that still exists, or once existed under it; "the former X" is one that has ended. Throws std::invalid_argument.
  BodyId body(std::string_view name) const;
  UnitId unit(std::string_view name) const;
  std::vector<BodyId> bodies(std::string_view names) const;
  // "members", "fund", or with a member of a breakdown "members (gioi/nu)".
  Series series(std::string_view words) const;
  MeasureIndex measure(std::string_view words) const { return catalogue().measure_of(series(words)); }
  Period period(std::string_view words) const;   // "2026-H1", "SY2025", "the financial year 2019", "the years 2022 to 2024", "10/6/2026"
  Day day(std::string_view words) const;
  std::int64_t number(std::string_view words) const;
  BodyRestructureId decision(std::string_view number) const;

  RestructureBy by() const { return {secretary, written_ms, {}}; }
  const Catalogue& catalogue() const { return Catalogue::house(); }
  std::string name(BodyId body) const;
  Answers answers() const;
  // Every series' grand total along superiors and areas, one row a tree: "superiors 2025-06-30".
  std::vector<std::pair<std::string, std::vector<std::int64_t>>> grand_totals() const;

  std::unique_ptr<db::Store> store;
  std::unique_ptr<OrganisationStore> organisation;
  std::unique_ptr<Ledger> ledger;
  std::unique_ptr<Statements> statements;
  std::unique_ptr<Restructures> restructures;
  std::map<std::string, BodyRestructureId, std::less<>> decisions;
  Answers remembered;
  std::optional<RestructurePreview> preview;
  std::int64_t records = 0;             // sources of listed facts, counted

 private:
  TerritoryView territory_;
};

}  // namespace khuyenhoc::scenarios
