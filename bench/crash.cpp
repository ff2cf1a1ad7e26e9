// The whole program killed at any moment under saves over HTTP: what it said it kept must be there after the restart, and the cube right.
// (The store alone, over a file system that drops and tears what was not synced, is killed in src/platform/db/crash_test.cpp.)
#include <chrono>
#include <thread>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "bench/benches.h"
#include "bench/office_day.h"
#include "platform/http/client.h"

namespace khuyenhoc::bench {
namespace {

constexpr int kills = 50;
constexpr std::size_t writers = 8;
constexpr auto shortest_life = std::chrono::milliseconds(150);

// What was answered, and what was on its way when the server died and may or may not be there.
struct Known {
  OpenCell cell;
  std::int64_t acknowledged = -1, attempted = -1, writes = 0;
};

void keep_saving(std::uint16_t port, const SignedIn& who, Known& known, std::int64_t value) {
  try {
    http::Client client(port, 5'000);
    for (;; ++value) {
      known.attempted = value;
      client.send(save_request(known.cell, value, who));
      const auto answer = client.receive();
      if (!answer) return;
      std::string version = version_in(answer->body);
      if (version.empty()) return;
      known.cell.version = std::move(version);
      known.acknowledged = value;
      ++known.writes;
    }
  } catch (const std::runtime_error&) {        // the server is gone
  }
}

Result<std::int64_t> figure_of(const ServedWorld& world, const OpenCell& cell) {
  const auto said = world.run({"figure", cell.measure, "--unit", fmt::format("hoi/{}", cell.body), "--period", "2026-H1", "--json"});
  if (!said) return std::unexpected(said.error());
  const boost::json::value figure = boost::json::parse(*said);
  const auto* value = figure.as_object().at("value").if_int64();
  return value ? *value : 0;
}

}  // namespace

Result<Report> crash(const Options& options) {
  auto made = ServedWorld::make("commune", options);
  if (!made) return std::unexpected(made.error());
  ServedWorld& world = **made;
  if (auto started = world.start(); !started) return std::unexpected(started.error());
  std::int64_t lost = 0, acknowledged = 0, next_value = 100;
  for (int kill = 0; kill < kills; ++kill) {
    const auto office = commune_office(world, world.commune(), writers);
    if (!office) return std::unexpected(office.error());
    std::vector<Known> known(writers);
    for (std::size_t i = 0; i < writers; ++i) known[i].cell = office->cells[i];
    {
      std::vector<std::jthread> people;
      for (Known& one : known) people.emplace_back([&] { keep_saving(world.port(), office->who, one, next_value); });
      std::this_thread::sleep_for(shortest_life + std::chrono::milliseconds(37 * kill % 400));
      world.kill();
    }
    if (auto started = world.start(); !started) return std::unexpected(started.error());
    for (const Known& one : known) {
      const auto found = figure_of(world, one.cell);
      if (!found) return std::unexpected(found.error());
      if (one.acknowledged >= 0 && *found != one.acknowledged && *found != one.attempted) ++lost;
      acknowledged += one.writes;
      next_value = std::max(next_value, one.attempted + 1);
    }
    options.note(fmt::format("kill {}: {} writes acknowledged so far, {} lost", kill + 1, acknowledged, lost));
  }
  const auto verified = world.run({"verify"});
  if (!verified) return std::unexpected(verified.error());
  return Report{"crash", "commune world, embedded store, whole program killed",
                {{"kills", kills, "1"}, {"acknowledged_writes", static_cast<double>(acknowledged), "1"}, {"lost_writes", static_cast<double>(lost), "1", under(1)}}};
}

}  // namespace khuyenhoc::bench
