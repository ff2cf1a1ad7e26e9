// What people do with the program on a day of a reporting round: open the pages of their bodies, save a figure now and then.
#pragma once

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "bench/load.h"
#include "bench/served_world.h"

namespace khuyenhoc::bench {

// Where somebody works: the pages opened there, the more often the more often they stand in the list, and the cells that are theirs to fill in.
struct Office {
  SignedIn who;
  std::vector<std::string> pages;
  std::vector<OpenCell> cells;
};

// Of a hundred people at work five sit at the province, forty-five at communes, fifty fill in the form of their branch.
struct OfficeDay {
  Office province;
  std::vector<Office> communes, branches;
  const Office& office(int person) const;
};
Result<OfficeDay> office_day(ServedWorld& world);
// A commune's office with at least so many cells.
Result<Office> commune_office(ServedWorld& world, const std::string& commune, std::size_t cells);

enum class Encoding { plain, compressed };

// Reads at random from the pages and saves in between, each cell in its turn. Whoever has no cell only reads.
class OfficeWorker : public Visitor {
 public:
  struct Habits {
    int saves_in_1000 = 0;                     // of the requests of somebody with cells
    int pause_ms = 0;                          // between two requests, on average
    Encoding encoding = Encoding::plain;
  };
  OfficeWorker(const Office& office, std::vector<OpenCell> cells, const Habits& habits, unsigned seed)
      : office_(office), cells_(std::move(cells)), habits_(habits), chance_(seed), value_(static_cast<std::int64_t>(seed % 50)) {}
  std::string next() override;
  void answered(int status, std::string_view head, std::string_view body) override;
  int pause_ms() override { return habits_.pause_ms == 0 ? 0 : static_cast<int>(chance_() % static_cast<unsigned>(2 * habits_.pause_ms)); }
  bool has_cells() const { return !cells_.empty(); }
  std::int64_t saved() const { return saved_; }
  std::int64_t refused() const { return refused_; }

 private:
  const Office& office_;
  std::vector<OpenCell> cells_;
  Habits habits_;
  std::minstd_rand chance_;
  std::int64_t value_, saved_ = 0, refused_ = 0;
  std::size_t turn_ = 0;
  bool saving_ = false;
};

// So many people at work; cells of one office are dealt out, so that nobody's save meets another's.
std::vector<std::unique_ptr<OfficeWorker>> people_at_work(const ServedWorld& world, const OfficeDay& day, int people, const OfficeWorker::Habits& habits);

}  // namespace khuyenhoc::bench
