// The page mix of an office day on kept connections, and saves alone: how many a second, how long the slowest take.
#include <algorithm>

#include <fmt/format.h>

#include "bench/benches.h"
#include "bench/office_day.h"
#include "platform/http/client.h"

namespace khuyenhoc::bench {
namespace {

constexpr int connections = 200;
constexpr double warm_s = 5, run_s = 12, file_s = 4;
constexpr int threads = 1;                     // the other core and a half belong to the server
// Those at the province only read, so that of all requests one in ten is a save.
constexpr int one_in_ten = 105, every_request = 1'000;

struct Mix {
  LoadResult load;
  std::int64_t saved = 0, refused = 0;
  double cpu_s = 0;                            // of the server
  double cpu_ms() const { return cpu_s * 1'000 / static_cast<double>(std::max<std::int64_t>(1, load.answered)); }
  double saves_per_s() const { return load.seconds > 0 ? static_cast<double>(saved) / load.seconds : 0; }
  double kilobytes() const { return static_cast<double>(load.bytes) / static_cast<double>(std::max<std::int64_t>(1, load.answered)) / 1'024; }
  std::int64_t failed() const { return load.failed + refused; }
};

Mix run_mix(const ServedWorld& world, const OfficeDay& day, double seconds, int saves_in_1000, Encoding encoding) {
  auto people = people_at_work(world, day, connections, {.saves_in_1000 = saves_in_1000, .pause_ms = 0, .encoding = encoding});
  if (saves_in_1000 == every_request) std::erase_if(people, [](const auto& one) { return !one->has_cells(); });
  std::vector<Visitor*> visitors;
  for (const auto& one : people) visitors.push_back(one.get());
  Mix mix;
  const double before = world.cpu_s();
  mix.load = run_load(world.port(), visitors, seconds, threads);
  mix.cpu_s = world.cpu_s() - before;
  for (const auto& one : people) {
    mix.saved += one->saved();
    mix.refused += one->refused();
  }
  return mix;
}

class OneFile : public Visitor {
 public:
  explicit OneFile(std::string target) : target_(std::move(target)) {}
  std::string next() override { return "GET " + target_ + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"; }
  void answered(int, std::string_view, std::string_view) override {}

 private:
  std::string target_;
};

// A file of the same server, from memory: what a request costs before any page is made.
LoadResult run_static(const ServedWorld& world, const SignedIn& who) {
  http::Client client(world.port(), 20'000);
  const std::string page = client.get("/so-lieu", who.cookie).body;
  const auto at = page.find("/assets/page-");
  OneFile file(at == std::string::npos ? "/" : page.substr(at, page.find('"', at) - at));
  const std::vector<Visitor*> visitors(connections, &file);
  return run_load(world.port(), visitors, file_s, threads);
}

}  // namespace

Result<Report> pages(const Options& options) {
  auto made = ServedWorld::make("province", options);
  if (!made) return std::unexpected(made.error());
  ServedWorld& world = **made;
  if (auto started = world.start(); !started) return std::unexpected(started.error());
  options.note("people sign in");
  const auto day = office_day(world);
  if (!day) return std::unexpected(day.error());

  options.note("warming up");
  (void)run_mix(world, *day, warm_s, 0, Encoding::plain);
  options.note("nine reads to a save");
  const Mix mix = run_mix(world, *day, run_s, one_in_ten, Encoding::plain);
  options.note("the same, compressed");
  const Mix compressed = run_mix(world, *day, run_s, one_in_ten, Encoding::compressed);
  options.note("saves alone");
  const Mix writes = run_mix(world, *day, run_s, every_request, Encoding::plain);
  options.note("a static file");
  const LoadResult file = run_static(world, day->province.who);
  const std::int64_t failed = mix.failed() + compressed.failed() + writes.failed();
  return Report{"pages", "province world, embedded store, 200 kept connections, client on the same machine; 5 % at the province, 45 % at communes, 50 % heads of branches",
                {{"pages_per_s", mix.load.per_second(), "1/s", over(6'000)},
                 {"p50_ms", mix.load.percentile_ms(50), "ms"},
                 {"p99_ms", mix.load.percentile_ms(99), "ms", under(50)},
                 {"mean_page_kb", mix.kilobytes(), "KB"},
                 {"server_cpu_ms_per_page", mix.cpu_ms(), "ms"},
                 {"saves_in_mix_per_s", mix.saves_per_s(), "1/s"},
                 {"compressed_pages_per_s", compressed.load.per_second(), "1/s", over(1'000)},
                 {"compressed_p99_ms", compressed.load.percentile_ms(99), "ms"},
                 {"compressed_mean_page_kb", compressed.kilobytes(), "KB"},
                 {"durable_writes_per_s", writes.saves_per_s(), "1/s", over(2'000)},
                 {"server_cpu_ms_per_write", writes.cpu_ms(), "ms"},
                 {"write_p99_ms", writes.load.percentile_ms(99), "ms"},
                 {"static_file_per_s", file.per_second(), "1/s"},
                 {"vs_static_file_x", file.per_second() > 0 ? mix.load.per_second() / file.per_second() : 0, "x"},
                 {"failed", static_cast<double>(failed), "1", under(1)}}};
}

}  // namespace khuyenhoc::bench
