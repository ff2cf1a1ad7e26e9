// The page mix of an office day on kept connections, and saves alone: how many a second, how long the slowest take.
#include <algorithm>

#include <fmt/format.h>

#include "bench/benches.h"
#include "bench/office_day.h"
#include "platform/http/client.h"

namespace khuyenhoc::bench {
namespace {

constexpr int connections = 200;
constexpr int reads_to_a_save = 10;            // 90 % reads
constexpr double seconds = 15;
constexpr int threads = 1;                     // the other core and a half belong to the server

struct Mix {
  LoadResult load;
  std::int64_t saved = 0, refused = 0;
};

// Everybody has a cell of their own, so that nobody's save meets another's; every third one sits at the province.
Mix run_mix(const ServedWorld& world, const Office& office, int every) {
  const auto at_commune = commune_pages(office.who.body), at_province = province_pages(office.above.body);
  const auto cells = reopened(world, office);
  std::vector<std::unique_ptr<Visitor>> visitors;
  std::vector<OfficeWorker*> workers;
  for (int i = 0; i < connections; ++i) {
    const bool above = i % 3 == 0;
    auto worker = std::make_unique<OfficeWorker>(above ? office.above : office.who, office.who, above ? at_province : at_commune, cells[static_cast<std::size_t>(i)], every, 0,
                                                 static_cast<unsigned>(i + 1));
    workers.push_back(worker.get());
    visitors.push_back(std::move(worker));
  }
  Mix mix;
  mix.load = run_load(world.port(), visitors, seconds, threads);
  for (const OfficeWorker* worker : workers) {
    mix.saved += worker->saved();
    mix.refused += worker->refused();
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
  const std::string target = at == std::string::npos ? "/" : page.substr(at, page.find('"', at) - at);
  std::vector<std::unique_ptr<Visitor>> visitors;
  for (int i = 0; i < connections; ++i) visitors.push_back(std::make_unique<OneFile>(target));
  return run_load(world.port(), visitors, seconds / 3, threads);
}

}  // namespace

Result<Report> pages(const Options& options) {
  auto made = ServedWorld::make("province", options);
  if (!made) return std::unexpected(made.error());
  ServedWorld& world = **made;
  if (auto started = world.start(); !started) return std::unexpected(started.error());
  const auto office = office_of(world, connections);
  if (!office) return std::unexpected(office.error());

  options.note("warming up");
  (void)run_mix(world, *office, 0);
  options.note("nine reads to a save");
  const Mix mix = run_mix(world, *office, reads_to_a_save);
  options.note("saves alone");
  const Mix writes = run_mix(world, *office, 1);
  options.note("a static file");
  const LoadResult file = run_static(world, office->who);
  if (mix.load.failed + writes.load.failed + mix.refused + writes.refused > 0)
    options.note(fmt::format("{} requests failed, {} saves were refused", mix.load.failed + writes.load.failed, mix.refused + writes.refused));
  return Report{"pages", "province world, embedded store, 200 kept connections, client on the same machine",
                {{"pages_per_s", mix.load.per_second(), "1/s"},
                 {"p50_ms", mix.load.percentile_ms(50), "ms"},
                 {"p99_ms", mix.load.percentile_ms(99), "ms"},
                 {"mean_page_kb", static_cast<double>(mix.load.bytes) / static_cast<double>(std::max<std::int64_t>(1, mix.load.answered)) / 1'024, "KB"},
                 {"durable_writes_per_s", static_cast<double>(writes.saved) / writes.load.seconds, "1/s"},
                 {"write_p99_ms", writes.load.percentile_ms(99), "ms"},
                 {"static_file_per_s", file.per_second(), "1/s"},
                 {"vs_static_file_x", file.per_second() > 0 ? mix.load.per_second() / file.per_second() : 0, "x"},
                 {"failed", static_cast<double>(mix.load.failed + writes.load.failed), "1"}}};
}

}  // namespace khuyenhoc::bench
