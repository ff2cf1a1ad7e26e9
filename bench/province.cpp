// A province on a small server: how much memory it takes, how long it is away when it is restarted.
#include <algorithm>
#include <chrono>
#include <thread>

#include <fmt/format.h>

#include "bench/benches.h"
#include "bench/load.h"
#include "bench/served_world.h"
#include "bench/stopwatch.h"
#include "platform/http/client.h"

namespace khuyenhoc::bench {
namespace {

constexpr int restarts = 5;

// From starting the program to the first board with figures on it.
Result<double> restart_s(ServedWorld& world, const SignedIn& who) {
  world.stop();
  Result<void> started;
  int status = 0;
  const double taken = once_ms([&] {
    started = world.start();
    if (!started) return;
    http::Client client(world.port(), 20'000);
    status = client.get("/so-lieu", who.cookie).status;
  });
  if (!started) return std::unexpected(started.error());
  if (status != 200) return refuse("bench.page", fmt::format("Bảng số liệu sau khi khởi động lại trả lời {}.", status));
  return taken / 1'000;
}

}  // namespace

Result<Report> province(const Options& options) {
  auto made = ServedWorld::make("province", options);
  if (!made) return std::unexpected(made.error());
  ServedWorld& world = **made;
  if (auto started = world.start(); !started) return std::unexpected(started.error());
  const auto who = world.sign_in(world.province());
  if (!who) return std::unexpected(who.error());

  std::vector<double> taken;
  for (int i = 0; i < restarts; ++i) {
    const auto one = restart_s(world, *who);
    if (!one) return std::unexpected(one.error());
    taken.push_back(*one);
  }
  // what it holds once both territories have been looked at
  http::Client client(world.port(), 20'000);
  for (const std::string page : {"/so-lieu", "/so-lieu?ngay=2025-06-30", "/to-chuc", "/"}) (void)client.get(page, who->cookie);
  std::this_thread::sleep_for(std::chrono::seconds(3));
  return Report{"province", "province world, embedded store, one process",
                {{"resident_mb", world.resident_mb(), "MB", under(250)},
                 {"restart_s", percentile_of(taken, 50), "s", under(1)},
                 {"restart_worst_s", percentile_of(taken, 100), "s"},
                 {"generate_s", world.generated_s(), "s"},
                 {"store_mb", world.store_mb(), "MB"}}};
}

}  // namespace khuyenhoc::bench
