// What people at an office do with the program: open the pages of their bodies, save a figure now and then.
#pragma once

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "bench/load.h"
#include "bench/served_world.h"

namespace khuyenhoc::bench {

// The pages opened in an office, the more often the more often they stand in the list.
std::vector<std::string> commune_pages(std::int64_t commune);
std::vector<std::string> province_pages(std::int64_t province);

// Reads at random from the pages; one request in `every` saves the cell. 0 only reads, 1 only saves.
class OfficeWorker : public Visitor {
 public:
  OfficeWorker(const SignedIn& reader, const SignedIn& writer, const std::vector<std::string>& pages, OpenCell cell, int every, int pause, unsigned seed)
      : reader_(reader), writer_(writer), pages_(pages), cell_(std::move(cell)), every_(every), pause_(pause), chance_(seed), value_(static_cast<std::int64_t>(seed % 50)) {}
  std::string next() override;
  void answered(int status, std::string_view head, std::string_view body) override;
  int pause_ms() override { return pause_ == 0 ? 0 : static_cast<int>(chance_() % static_cast<unsigned>(2 * pause_)); }
  std::int64_t saved() const { return saved_; }
  std::int64_t refused() const { return refused_; }

 private:
  const SignedIn &reader_, &writer_;
  const std::vector<std::string>& pages_;
  OpenCell cell_;
  int every_, pause_;
  std::minstd_rand chance_;
  std::int64_t value_, saved_ = 0, refused_ = 0;
  bool saving_ = false;
};

// A commune's office with its cells, and the province's above it.
struct Office {
  SignedIn who, above;
  std::vector<std::int64_t> communes;          // associations whose grids are open to `who`
  std::vector<OpenCell> cells;                 // at least as many as asked for
};
Result<Office> office_of(ServedWorld& world, int cells);
std::vector<OpenCell> reopened(const ServedWorld& world, const Office& office);    // the same cells with their versions of now

}  // namespace khuyenhoc::bench
