#include "bench/office_day.h"

#include <array>
#include <map>

#include <fmt/format.h>

namespace khuyenhoc::bench {
namespace {

constexpr std::size_t communes_at_work = 4, branches_of_each = 5;
constexpr int at_province_of_20 = 1, at_communes_of_20 = 9;
constexpr std::size_t cells_of_a_commune = 200;

// Figures of an open grid that any branch fills in.
constexpr std::array cell_measures{"B02", "C01", "C02", "C03", "C04", "D01", "B01"};

std::vector<std::string> dealt(std::initializer_list<std::pair<int, std::string>> shares) {
  std::vector<std::string> out;
  for (const auto& [times, page] : shares) out.insert(out.end(), static_cast<std::size_t>(times), page);
  return out;
}

// In twentieths. The grid is opened once and then written in for an hour; the board and the list of things to do are looked at again and again.
std::vector<std::string> branch_pages(std::int64_t branch) {
  return dealt({{6, "/"}, {8, fmt::format("/phieu/{}", branch)}, {4, fmt::format("/so-lieu/{}", branch)}, {2, fmt::format("/to-chuc/{}", branch)}});
}

std::vector<std::string> commune_pages(std::int64_t commune, std::int64_t branch) {
  return dealt({{6, "/"}, {5, fmt::format("/so-lieu/{}", commune)}, {3, fmt::format("/nhap-so-lieu/{}", commune)}, {3, fmt::format("/to-chuc/{}", commune)}, {3, fmt::format("/phieu/{}", branch)}});
}

std::vector<std::string> province_pages(std::int64_t province) {
  return dealt({{5, "/"}, {5, fmt::format("/so-lieu/{}", province)}, {2, fmt::format("/so-lieu/{}?ngay=2025-06-30", province)}, {2, fmt::format("/nhap-so-lieu/{}", province)},
                {2, "/to-chuc"}, {2, fmt::format("/to-chuc/{}", province)}, {2, "/bao-cao"}});
}

std::vector<OpenCell> cells_of(const ServedWorld& world, const SignedIn& who, std::int64_t commune) {
  std::vector<OpenCell> cells;
  for (const char* measure : cell_measures)
    for (OpenCell& cell : open_cells(world.port(), who, commune, measure)) cells.push_back(std::move(cell));
  return cells;
}

// A branch's own cells, saved from its form.
std::vector<OpenCell> cells_of_branch(const std::vector<OpenCell>& of_commune, std::int64_t branch) {
  std::vector<OpenCell> out;
  for (OpenCell cell : of_commune)
    if (cell.body == branch) {
      cell.saved_at = fmt::format("/phieu/{}/o", branch);
      out.push_back(std::move(cell));
    }
  return out;
}

}  // namespace

Result<Office> commune_office(ServedWorld& world, const std::string& commune, std::size_t cells) {
  auto who = world.sign_in(commune);
  if (!who) return std::unexpected(who.error());
  Office office{std::move(*who), {}, {}};
  office.cells = cells_of(world, office.who, office.who.body);
  if (office.cells.size() < cells) return refuse("bench.cells", fmt::format("Bảng nhập của {} chỉ có {} ô, cần {}.", commune, office.cells.size(), cells));
  office.pages = commune_pages(office.who.body, office.cells.front().body);
  return office;
}

Result<OfficeDay> office_day(ServedWorld& world) {
  OfficeDay day;
  auto who = world.sign_in(world.province());
  if (!who) return std::unexpected(who.error());
  day.province = {*who, province_pages(who->body), {}};
  for (std::size_t i = 0; i < std::min(communes_at_work, world.communes().size()); ++i) {
    auto commune = commune_office(world, world.communes()[i], cells_of_a_commune);
    if (!commune) return std::unexpected(commune.error());
    std::vector<std::int64_t> branches;        // with a form of their own, spread over the grid
    for (std::size_t n = 0; n < branches_of_each; ++n) branches.push_back(commune->cells[n * 15].body);
    for (const std::int64_t branch : branches) {
      auto head = world.sign_in(fmt::format("hoi/{}", branch));
      if (!head) return std::unexpected(head.error());
      day.branches.push_back({std::move(*head), branch_pages(branch), cells_of_branch(commune->cells, branch)});
    }
    std::erase_if(commune->cells, [&](const OpenCell& cell) { return std::ranges::find(branches, cell.body) != branches.end(); });
    day.communes.push_back(std::move(*commune));
  }
  return day;
}

const Office& OfficeDay::office(int person) const {
  const int seat = person % 20, round = person / 20;
  if (seat < at_province_of_20) return province;
  if (seat < at_province_of_20 + at_communes_of_20) return communes[static_cast<std::size_t>(round * at_communes_of_20 + seat) % communes.size()];
  return branches[static_cast<std::size_t>(round * 10 + seat) % branches.size()];
}

std::vector<std::unique_ptr<OfficeWorker>> people_at_work(const ServedWorld& world, const OfficeDay& day, int people, const OfficeWorker::Habits& habits) {
  // the versions of now, whatever was saved since
  std::map<std::pair<std::int64_t, std::string>, std::string> versions;
  for (const Office& commune : day.communes)
    for (const OpenCell& cell : cells_of(world, commune.who, commune.who.body)) versions[{cell.body, cell.measure}] = cell.version;
  std::map<const Office*, std::vector<int>> seats;
  for (int i = 0; i < people; ++i) seats[&day.office(i)].push_back(i);
  std::vector<std::unique_ptr<OfficeWorker>> out(static_cast<std::size_t>(people));
  for (const auto& [office, sitting] : seats)
    for (std::size_t seat = 0; seat < sitting.size(); ++seat) {
      std::vector<OpenCell> cells;
      for (std::size_t i = seat; i < office->cells.size(); i += sitting.size()) {
        cells.push_back(office->cells[i]);
        cells.back().version = versions[{cells.back().body, cells.back().measure}];
      }
      out[static_cast<std::size_t>(sitting[seat])] = std::make_unique<OfficeWorker>(*office, std::move(cells), habits, static_cast<unsigned>(sitting[seat] + 1));
    }
  return out;
}

std::string OfficeWorker::next() {
  saving_ = !cells_.empty() && static_cast<int>(chance_() % 1'000) < habits_.saves_in_1000;
  if (saving_) return save_request(cells_[turn_], ++value_, office_.who);
  return get_request(office_.pages[chance_() % office_.pages.size()], office_.who, habits_.encoding == Encoding::compressed ? "Accept-Encoding: gzip, br\r\n" : "");
}

void OfficeWorker::answered(int status, std::string_view, std::string_view body) {
  if (!saving_) return;
  std::string version = status == 200 ? version_in(body) : std::string();
  if (version.empty()) {
    ++refused_;
    return;
  }
  ++saved_;
  cells_[turn_].version = std::move(version);
  turn_ = (turn_ + 1) % cells_.size();
}

}  // namespace khuyenhoc::bench
