// The synthetic world while it is being made: its bodies with what they are like, and the periods they live through.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "access/viewer.h"
#include "organisation/organisation.h"
#include "shell/house.h"
#include "world/chance.h"
#include "world/demo_script.h"
#include "world/word_lists.h"
#include "world/world.h"

namespace khuyenhoc::world {

// How much was written down in those years: the main figures of old annexes, the half-yearly forms, the forms of today.
enum class Detail { annex, form, full };

struct WorldPeriod {
  NamedPeriod named;
  int index = 0;
  int halves = 1;                      // 2 for a whole year
  Detail detail = Detail::full;
  bool second_half = false;            // scholarships and rewards come with the new school year
  bool references = false;             // the first one of its year
  bool after_reform = false;
  bool open = false;                   // the one people work on
  int step = 0;                        // halves since the first year, at its end
};

// An amount for each of a handful of series: the last level that was stated, or how much comes in half a year.
class Levels {
 public:
  std::int64_t of(Series series) const {
    for (const auto& [known, value] : held_)
      if (known == series) return value;
    return 0;
  }
  void set(Series series, std::int64_t value) {
    for (auto& [known, held] : held_)
      if (known == series) {
        held = value;
        return;
      }
    held_.emplace_back(series, value);
  }
  void add(const Levels& other) {
    for (const auto& [series, value] : other.held_) set(series, of(series) + value);
  }
  void clear() { held_.clear(); }
  const std::vector<std::pair<Series, std::int64_t>>& held() const { return held_; }

 private:
  std::vector<std::pair<Series, std::int64_t>> held_;
};

// A figure that somebody types in the last days before today, after all others were loaded.
struct TypedFigure {
  Series series = 0;
  std::int64_t value = 0;
  Extent extent = Extent::subtree;
};

// How far a commune of the province with rounds has come with the open one.
enum class RoundFate { not_started, entering, waiting, sent, received, returned };

enum class Role { centre, province, district, commune, unit, branch };

inline constexpr std::size_t nobody = static_cast<std::size_t>(-1);

struct WorldBody {
  Role role = Role::branch;
  BodyId id;
  std::uint64_t key = 0;
  std::string kind;
  std::size_t superior = nobody;
  std::size_t province = nobody;       // place in World::provinces
  UnitId area;                         // of an old body: the old unit
  bool old = true;                     // there before the reform; branches and many others go on
  bool ended = false;
  const ShortForm* form = nullptr;     // of branches
  bool adds_up = false;                // a commune whose figures come from its branches
  bool quiet = false;                  // reports nothing more: its commune states the whole
  std::int64_t people = 0, households = 0, members = 0, villages = 0, offices = 0, clans = 0;
  std::int64_t divided_rest = 0;       // of a divided commune: members that no branch explains
  const RowScript* row = nullptr;
  std::array<std::vector<std::int64_t>, 2> told;   // figures of the period before and of the open one, by column; empty for most
  bool silent = false;
  bool typed_by_hand = false;          // its figures of the open period are typed by the people of the demo
  std::vector<TypedFigure> to_type;
  Levels levels;
  Levels pace;                         // of flows: thousandths in half a year at the end of 2025; an heir goes on at the pace of those before it
  Levels annexed;                      // of a district: what the annexes of early years tell of its communes together
  std::int64_t below_members = 0, below_new = 0, below_lost = 0, below_scholarships = 0, below_recognised = 0;   // of this period's branches
};

// Who works on the reports of a body, and who signs them; of a province the same person.
struct Officers {
  ViewerData desk, head;
};
struct UnionOffice {
  BodyId body;
  Officers people;
};

// Whoever signs in to the demo, as the pages would see them.
struct DemoPerson {
  std::string telephone;
  ViewerData viewer;
};

struct WorldProvince {
  ProvinceScript script;
  UnitId old_unit, unit;               // before and since the reform
  std::size_t old_body = nobody, body = nobody;
};

struct World {
  World(House& the_house, const WorldOptions& the_options)
      : house(the_house), options(the_options), chance(the_options.seed), words(WordLists::house()), script(DemoScript::house()) {}
  House& house;
  const WorldOptions& options;
  Chance chance;
  const WordLists& words;
  const DemoScript& script;

  std::vector<WorldPeriod> periods;
  std::vector<WorldProvince> provinces;
  std::vector<WorldBody> bodies;
  std::size_t centre = nobody;
  std::map<UnitId, std::size_t> commune_of_old, commune_of_new;    // associations by their commune
  std::map<UnitId, std::vector<UnitId>> into;                      // old commune -> communes of today
  std::map<UnitId, std::vector<UnitId>> from;                      // the inverse
  std::vector<std::pair<const DividedScript*, std::size_t>> divided;
  std::vector<DemoPerson> people;
  std::map<BodyId, Officers> officers;                             // of the province whose rounds are told
  UnionOffice union_office;                                        // its Youth Union, and of some communes
  std::vector<UnionOffice> commune_unions;
  std::string typist;                                              // by telephone: who types in the commune of the script
  std::size_t scripted_commune = nobody;                           // whose rows the script tells
  WorldReport report;

  const Territory& territory() const { return *land; }
  TerritoryView land;
  std::int64_t now_ms() const { return house.clock.now_ms(); }
  bool is_demo() const { return options.scale == WorldScale::demo; }
};

inline Day eve_of_reform() { return reform_day() - 1; }
// 8 o'clock at UTC+7.
inline std::int64_t morning_of(Day day) { return day.number() * std::int64_t{86'400'000} + 3'600'000; }

}  // namespace khuyenhoc::world
