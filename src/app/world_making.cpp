#include "app/world_making.h"

#include <filesystem>

#include "app/demo_sign_ins.h"

namespace khuyenhoc {
namespace {

namespace fs = std::filesystem;

Result<WorldReport> make_in(const InstallationPlace& place, const Clock& clock, WorldScale scale, std::uint64_t seed) {
  auto application = Application::open(place, Application::Use::serving, clock);
  if (!application) return std::unexpected(application.error());
  (*application)->start_background();
  House& house = (*application)->house();
  auto made = generate_world(house, {scale, seed, clock.today()});
  if (made && !house.demo_sign_ins.empty()) keep_demo_sign_ins(place, house.demo_sign_ins);
  return made;
}

// What an earlier attempt left, unless it is still at work.
Result<void> clear(const InstallationPlace& aside, const Clock& clock) {
  if (!fs::exists(aside.data_directory)) return {};
  if (fs::exists(aside.store_file()))
    if (const auto left = Application::open(aside, Application::Use::serving, clock); !left && left.error().code == "store.locked") return std::unexpected(left.error());
  fs::remove_all(aside.data_directory);
  return {};
}

}  // namespace

bool is_untouched(const InstallationPlace& place) { return place.database.empty() && !fs::exists(place.store_file()); }

Result<WorldReport> make_world(const InstallationPlace& place, Clock clock, WorldScale scale, std::uint64_t seed) {
  if (!is_untouched(place)) return make_in(place, clock, scale, seed);
  std::error_code unmade;
  fs::create_directories(place.data_directory, unmade);
  if (unmade) return refuse("data.directory", fmt::format("Không tạo được thư mục dữ liệu “{}”: {}. Xin xem lại đường dẫn và quyền ghi.", place.data_directory, unmade.message()));
  InstallationPlace aside = place;
  aside.data_directory = (fs::path(place.data_directory) / "making").string();
  if (auto cleared = clear(aside, clock); !cleared) return std::unexpected(cleared.error());
  fs::create_directories(aside.data_directory);
  if (fs::exists(place.keys_file())) fs::copy_file(place.keys_file(), aside.keys_file());
  auto made = make_in(aside, clock, scale, seed);
  if (made) {
    // the store last: it is what makes the place an installation
    for (const fs::directory_entry& entry : fs::directory_iterator(aside.data_directory))
      if (entry.path() != fs::path(aside.store_file()) && entry.path().extension() != ".lock") fs::rename(entry.path(), fs::path(place.data_directory) / entry.path().filename());
    fs::rename(aside.store_file(), place.store_file());
  }
  fs::remove_all(aside.data_directory);
  return made;
}

}  // namespace khuyenhoc
