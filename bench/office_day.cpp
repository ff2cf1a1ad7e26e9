#include "bench/office_day.h"

#include <array>

#include <fmt/format.h>

namespace khuyenhoc::bench {

std::vector<std::string> commune_pages(std::int64_t commune) {
  return {"/", "/", fmt::format("/nhap-so-lieu/{}", commune), fmt::format("/nhap-so-lieu/{}", commune), fmt::format("/so-lieu/{}", commune), fmt::format("/to-chuc/{}", commune)};
}

std::vector<std::string> province_pages(std::int64_t province) {
  return {"/", "/", fmt::format("/so-lieu/{}", province), fmt::format("/so-lieu/{}", province), fmt::format("/so-lieu/{}?ngay=2025-06-30", province), "/to-chuc",
          fmt::format("/to-chuc/{}", province), "/bao-cao"};
}

namespace {

// Figures of an open grid that any branch fills in; several, so that a commune alone has enough of them.
constexpr std::array cell_measures{"B02", "C01", "C02", "C03", "C04", "D01", "B01"};

std::vector<OpenCell> cells_of(const ServedWorld& world, const SignedIn& who, const std::vector<std::int64_t>& communes) {
  std::vector<OpenCell> cells;
  for (const std::int64_t commune : communes)
    for (const char* measure : cell_measures)
      for (OpenCell& cell : open_cells(world.port(), who, commune, measure)) cells.push_back(std::move(cell));
  return cells;
}

}  // namespace

Result<Office> office_of(ServedWorld& world, int cells) {
  Office office;
  auto who = world.sign_in(world.commune());
  if (!who) return std::unexpected(who.error());
  office.who = std::move(*who);
  auto above = world.sign_in(world.province());
  if (!above) return std::unexpected(above.error());
  office.above = std::move(*above);
  office.communes = {office.who.body};
  office.cells = cells_of(world, office.who, office.communes);
  if (office.cells.size() < static_cast<std::size_t>(cells))
    return refuse("bench.cells", fmt::format("Bảng nhập của {} chỉ có {} ô, cần {}.", world.commune(), office.cells.size(), cells));
  return office;
}

std::vector<OpenCell> reopened(const ServedWorld& world, const Office& office) { return cells_of(world, office.who, office.communes); }

std::string OfficeWorker::next() {
  saving_ = every_ > 0 && chance_() % static_cast<unsigned>(every_) == 0;
  if (saving_) return save_request(cell_, ++value_, writer_);
  return get_request(pages_[chance_() % pages_.size()], reader_);
}

void OfficeWorker::answered(int status, std::string_view, std::string_view body) {
  if (!saving_) return;
  std::string version = status == 200 ? version_in(body) : std::string();
  if (version.empty()) {
    ++refused_;
    return;
  }
  ++saved_;
  cell_.version = std::move(version);
}

}  // namespace khuyenhoc::bench
