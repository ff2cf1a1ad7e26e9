// The figures of one body in one period: within the ranges of real reports, growing slowly, with seasons, the dip of 2021 and a few jumps; identities hold.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "measures/loading.h"
#include "world/plan.h"

namespace khuyenhoc::world {

class Maker {
 public:
  explicit Maker(World& world) : world_(world), catalogue_(world.house.catalogue), members_(series("B01")) {}

  // What the first period begins with, so that the last one ends where it should.
  void begin(WorldBody& body, std::span<const WorldPeriod> lived);
  // Appends what the body states for the period; `by` is whoever typed it.
  void state(WorldBody& body, const WorldPeriod& period, UserId by, std::vector<Statement>& out);

 private:
  enum class Season { even, school_year };
  // How a flow goes on over the years, all in permille.
  struct Course {
    std::int64_t growth = 15;            // in half a year
    std::int64_t noise = 60;
    Season season = Season::even;
    std::int64_t in_2021 = 750;          // of what another year would have brought
  };
  struct Movement {
    std::int64_t in = 0, out = 0;
  };
  struct Fund {
    std::int64_t in = 0, out = 0, left = 0;
  };

  // `extent`: of what branches tell, too. What only the commune records is about the whole of it.
  void branch();
  void whole_commune();
  void adding_commune();
  void unit();
  void office(std::int64_t raised, std::int64_t scholarships);
  void references();
  void models(Extent extent);
  void families_and_citizens();
  void help(std::int64_t members, const Fund& money, Extent extent);
  void scholarships_and_rewards(std::int64_t members, std::int64_t below, const Fund& money, Extent extent);
  void work(Extent extent);
  void work_of_an_office();
  void centre_of_learning();
  void give_fund(const Fund& money, Extent extent);
  void give_members(const Movement& moved);

  Movement movement(const WorldBody& body, const WorldPeriod& period) const;
  Fund fund(std::int64_t raised, std::int64_t least_out, std::int64_t most_out);
  // The figures that the script tells: of the period before the last and of the last, and what led to them.
  const std::vector<std::int64_t>* told_for(const WorldBody& body, const WorldPeriod& period) const;
  std::optional<std::int64_t> told(std::string_view code) const;
  std::int64_t halves_before_told(const WorldPeriod& period) const;

  const ProvinceScript& script() const { return world_.provinces[body_->province].script; }
  std::int64_t chance(std::int64_t low, std::int64_t high, std::string_view what, int salt) const;        // the same in every period
  std::int64_t drawn(std::int64_t low, std::int64_t high, std::string_view what, int salt = 0) const;     // of this period
  std::int64_t whole(std::int64_t thousandths, std::string_view what) const;                              // rounded as chance has it
  std::int64_t flow(std::string_view code, std::int64_t thousandths, const Course& course);
  // A part of a base in permille at the end of 2020, growing; heirs go on from what they took over, and nothing falls.
  std::int64_t share(std::string_view code, std::int64_t base, std::int64_t permille, std::int64_t growth) const;
  std::int64_t recognised(std::string_view code, std::int64_t registered) const;
  std::int64_t citizens(std::string_view code, std::int64_t grown_ups, std::int64_t permille) const;
  bool annexed() const { return period_->detail == Detail::annex; }

  Series series(std::string_view code) const { return catalogue_.series(catalogue_.index(code)); }
  std::int64_t held(std::string_view code) const { return body_->levels.of(series(code)); }
  void give(Series series, std::int64_t value, Extent extent);
  void give(std::string_view code, std::int64_t value, Extent extent) { give(series(code), value, extent); }
  // Of a commune, what its district tells for it in the annexes of early years.
  void give_or_annex(std::string_view code, std::int64_t value);
  // A level that never falls: what was handed over stays.
  void give_growing(std::string_view code, std::int64_t value, Extent extent) { give(code, std::max(held(code), value), extent); }

  World& world_;
  const Catalogue& catalogue_;
  Series members_;
  std::vector<Statement>* out_ = nullptr;
  const WorldPeriod* period_ = nullptr;
  WorldBody* body_ = nullptr;
  UserId by_;
  std::int64_t at_ms_ = 0;
};

inline constexpr std::int64_t note = 50'000;    // đồng; people round amounts to it
inline std::int64_t rounded(std::int64_t dong) { return (dong + note / 2) / note * note; }

}  // namespace khuyenhoc::world
