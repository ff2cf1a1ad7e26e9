// An office reads an Excel list of 100,000 branches with their heads while others save figures: how long it takes, and how long they wait.
#include <array>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <unordered_set>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "base/telephone.h"
#include "base/text.h"
#include "bench/benches.h"
#include "bench/import_world.h"
#include "bench/load.h"
#include "bench/stopwatch.h"
#include "measures/figures.h"
#include "platform/spreadsheet/workbook.h"

namespace khuyenhoc::bench {
namespace {

namespace fs = std::filesystem;
using Time = std::chrono::steady_clock;

constexpr std::size_t rows_of_the_list = 100'000;
constexpr int savers = 4;
constexpr auto between_saves = std::chrono::milliseconds(20);
constexpr int rounds = 3;

struct Scratch {
  Scratch() {
    std::string pattern = (fs::temp_directory_path() / "khuyenhoc-bench-XXXXXX").string();
    path = ::mkdtemp(pattern.data());
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  fs::path path;
};

// People who save a figure of a branch, each in the trail, and look at the new totals, one save after another with a pause between.
class Savers {
 public:
  explicit Savers(ImportWorld& world) : world_(world), series_(world.ledger->catalogue().series(world.ledger->catalogue().index("B01"))) {
    for (int i = 0; i < savers; ++i) threads_.emplace_back([this, i](const std::stop_token& stop) { work(static_cast<std::size_t>(i), stop); });
  }
  // Those since the last time.
  std::vector<double> taken() {
    const std::lock_guard lock(mutex_);
    return std::move(waited_);
  }
  std::int64_t refused() const { return refused_; }

 private:
  void work(std::size_t number, const std::stop_token& stop) {
    for (std::size_t i = number; !stop.stop_requested(); i += savers) {
      const BodyId branch = world_.branches[i * 7 % world_.branches.size()];
      const double ms = once_ms([&] { save(branch, static_cast<std::int64_t>(20 + i % 30)); });
      {
        const std::lock_guard lock(mutex_);
        waited_.push_back(ms);
      }
      std::this_thread::sleep_for(between_saves);
    }
  }
  void save(BodyId branch, std::int64_t value) {
    const Period period{Day::of(2026, 1, 1), Day::of(2026, 6, 30)};
    const auto said = world_.store.write([&](db::Writer& writer) -> Result<StatementOutcome> {
      const auto before = world_.statements->find(writer, branch, series_, period);
      auto stated = world_.statements->state(writer, branch, series_, period, value, before ? before->row_version : 0, Arrival::beyond, UserId{}, world_.clock.now_ms());
      if (!stated) return stated;
      AuditEntry entry;
      entry.body = branch;
      entry.noun = "statement";
      entry.record = stated->statement.id;
      entry.action = "state";
      entry.after_json = fmt::format(R"({{"value":{}}})", value);
      world_.trail->write(writer, std::move(entry));
      return stated;
    });
    if (!said) ++refused_;
    const LedgerView view = world_.ledger->view();
    const Figures figures(view);
    for (BodyId body = branch; body; body = view.organisation->body(body).on(ImportWorld::today()).superior)
      if (!figures.figure(view.catalogue->index("B01"), {body, period, ImportWorld::today(), Lens::live})) ++refused_;
  }

  ImportWorld& world_;
  Series series_;
  std::mutex mutex_;
  std::vector<double> waited_;
  std::atomic<std::int64_t> refused_{0};
  std::vector<std::jthread> threads_;
};

struct Read {
  std::vector<StagedBody> bodies;
  std::size_t rows = 0, wrong = 0;
};

using Communes = std::unordered_map<std::string, const ImportWorld::Commune*>;

std::string key_of(BodyId superior, std::string_view name) { return fmt::format("{}|{}", superior.value, folded(name)); }

// What is there, with and without marks.
std::unordered_set<std::string> names_there(const Organisation& organisation) {
  std::unordered_set<std::string> out;
  for (Node node = 0; node < organisation.size(); ++node)
    if (const Body& body = organisation.body(organisation.id(node)); body.alive(ImportWorld::today())) out.insert(key_of(body.on(ImportWorld::today()).superior, body.on(ImportWorld::today()).name));
  return out;
}

// The rows of the list as what they would found.
Result<Read> read_list(const std::string& workbook, StagedBodies& staged, const Communes& communes) {
  const auto read = spreadsheet::read_workbook(std::as_bytes(std::span(workbook)));
  if (!read) return std::unexpected(read.error());
  Read out;
  std::string last_place;
  const ImportWorld::Commune* commune = nullptr;
  for (const auto& row : read->sheets.front().rows()) {
    if (row.number == 1) continue;
    ++out.rows;
    std::array<std::string_view, 9> text{};
    Day born;
    for (const auto& cell : row.cells) {
      if (cell.column == 6 && cell.kind == spreadsheet::CellKind::day) born = cell.day();
      else if (cell.column < 9) text[static_cast<std::size_t>(cell.column)] = cell.text;
    }
    const std::string place = fmt::format("{}|{}", text[2], text[3]);
    if (place != last_place) {
      auto at = communes.find(place);
      if (at == communes.end()) at = communes.find(folded(place));
      commune = at == communes.end() ? nullptr : at->second;
      last_place = place;
    }
    if (commune == nullptr || !telephone_digits(text[8])) {
      ++out.wrong;
      continue;
    }
    StagedBody body;
    body.id = staged.new_id();
    body.given.kind = "chi_hoi_thon_tdp";
    body.given.name = std::string(text[4]);
    body.given.superior = commune->body;
    body.given.area = commune->unit;
    body.given.born = born;
    body.head_name = std::string(text[7]);
    body.telephone = std::string(text[8]);
    out.bodies.push_back(std::move(body));
  }
  return out;
}

struct Imported {
  double read_s = 0, check_s = 0, stage_s = 0, appear_s = 0;
  std::size_t refused = 0, founded = 0;
  BodyBatchId batch;
  double total() const { return read_s + check_s + stage_s + appear_s; }
};

// What is already there, twice in the list or wrong is left out; all others are founded.
Result<Imported> import_list(ImportWorld& world, const std::string& workbook, const Communes& communes) {
  Imported out;
  StagedBodies staged(*world.bodies, world.keys, world.clock);
  Result<Read> read;
  out.read_s = once_ms([&] { read = read_list(workbook, staged, communes); }) / 1'000;
  if (!read) return std::unexpected(read.error());
  out.refused = read->wrong;
  out.check_s = once_ms([&] {
    auto there = names_there(*world.bodies->current());
    out.refused += std::erase_if(read->bodies, [&](const StagedBody& body) { return !there.insert(key_of(body.given.superior, body.given.name)).second; });
    const auto refused = staged.gather(read->bodies);
    std::vector<StagedBody> good;
    std::size_t next = 0;
    for (std::size_t i = 0; i < read->bodies.size(); ++i) {
      if (next < refused.size() && refused[next].first == i) ++next;
      else good.push_back(std::move(read->bodies[i]));
    }
    out.refused += refused.size();
    if (!refused.empty() && !good.empty()) staged.gather(std::move(good));
  }) / 1'000;
  out.founded = staged.size();
  if (out.founded == 0) return out;
  Result<BodiesFounded> founded;
  Time::time_point staged_at;
  const auto began = Time::now();
  StagingCourse course;
  course.progress = [&](std::size_t) { staged_at = Time::now(); };
  course.at_the_end = [&](db::Writer& writer, const BodiesFounded& done) -> Result<void> {
    AuditEntry entry;
    entry.body = world.centre;
    entry.noun = "import";
    entry.record = done.batch.value;
    entry.action = "import";
    entry.after_json = fmt::format(R"({{"summary":"Lập {} tổ chức từ danh sách","digest":"{}"}})", done.bodies, done.digest);
    world.trail->write(writer, std::move(entry));
    return {};
  };
  founded = found_together(*world.bodies, staged, course);
  if (!founded) return std::unexpected(founded.error());
  out.stage_s = std::chrono::duration<double>(staged_at - began).count();
  out.appear_s = std::chrono::duration<double>(Time::now() - staged_at).count();
  out.batch = founded->batch;
  return out;
}

Result<std::size_t> take_back(ImportWorld& world, BodyBatchId batch) {
  BatchTakingBack back(*world.bodies, world.clock, batch);
  if (auto free = back.prepare({}); !free) return std::unexpected(free.error());
  return world.store.write([&](db::Writer& writer) { return back.carry_out(writer); });
}

// exceljs reading the same workbook, in seconds.
Result<double> measure_exceljs(const fs::path& file, const Options& options, std::size_t rows) {
  const fs::path folder = fs::path(options.bench_folder.empty() ? KHUYENHOC_BENCH_DIR : options.bench_folder) / "exceljs";
  if (!fs::exists(folder / "node_modules/exceljs")) return refuse("bench.peer", "Chưa cài exceljs; chạy bench/install.sh để cài từ npm.");
  FILE* pipe = ::popen(fmt::format("node '{}/read.mjs' '{}' 2> /dev/null", folder.string(), file.string()).c_str(), "r");
  if (pipe == nullptr) return refuse("bench.peer", "Không chạy được node.");
  std::string printed;
  std::array<char, 4096> buffer{};
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe)) printed.append(buffer.data(), count);
  if (::pclose(pipe) != 0) return refuse("bench.peer", "exceljs không chạy được.");
  boost::system::error_code error;
  const auto answer = boost::json::parse(printed, error);
  if (error || !answer.is_object() || answer.as_object().at("rows").to_number<std::size_t>() != rows + 1) return refuse("bench.peer", "exceljs đọc ra số dòng khác.");
  return answer.as_object().at("ms").to_number<double>() / 1'000;
}

double middle(std::vector<double> values) {
  std::ranges::sort(values);
  return values.empty() ? 0 : values[values.size() / 2];
}

}  // namespace

Result<Report> import(const Options& options) {
  const Scratch scratch;
  db::Options place;
  place.place = (scratch.path / "khuyenhoc.sqlite3").string();
  auto store = db::Store::open(place);
  if (!store) return std::unexpected(store.error());
  options.note("founding the country's associations and their branches");
  auto made = ImportWorld::make(**store);
  if (!made) return std::unexpected(made.error());
  ImportWorld& world = **made;
  options.note("writing the list");
  const BranchList list = list_of_branches(world, rows_of_the_list);
  const fs::path file = scratch.path / "chi-hoi.xlsx";
  std::ofstream(file, std::ios::binary) << list.workbook;
  Communes communes;
  for (const auto& commune : world.communes) {
    communes.emplace(commune.province + "|" + commune.name, &commune);
    if (commune.alone_without_marks) communes.emplace(folded(commune.province + "|" + commune.name), &commune);
  }
  const std::size_t bodies_before = world.bodies->current()->size();

  Report report{"import", fmt::format("{} bodies of a nation on the embedded store, durable commits; a workbook of {} rows ({} good, {} there already, {} twice, {} wrong), "
                                      "{} people saving figures all the while; median of {} rounds",
                                      bodies_before, list.rows, list.good(), list.already_there, list.twice, list.wrong, savers, rounds),
                {}};
  std::vector<double> total, read, check, stage, appear, again, undo, alone, beside, beside_undo;
  std::int64_t failed = 0;
  {
    Savers people(world);
    std::this_thread::sleep_for(std::chrono::seconds(3));
    static_cast<void>(people.taken());                                    // the first warm up
    std::this_thread::sleep_for(std::chrono::seconds(3));
    alone = people.taken();
    for (int round = 0; round < rounds; ++round) {
      options.note(fmt::format("importing, round {}", round + 1));
      static_cast<void>(people.taken());
      const auto first = import_list(world, list.workbook, communes);
      if (!first) return std::unexpected(first.error());
      std::ranges::copy(people.taken(), std::back_inserter(beside));
      const auto second = import_list(world, list.workbook, communes);
      if (!second) return std::unexpected(second.error());
      if (first->founded != list.good() || first->refused != list.rows - list.good() || second->founded != 0 || world.bodies->current()->size() < bodies_before + list.good())
        return refuse("bench.answer", fmt::format("Lập {} thay vì {}; lần sau lập {}.", first->founded, list.good(), second->founded));
      total.push_back(first->total());
      read.push_back(first->read_s);
      check.push_back(first->check_s);
      stage.push_back(first->stage_s);
      appear.push_back(first->appear_s);
      again.push_back(second->total());
      static_cast<void>(people.taken());
      Result<std::size_t> back;
      undo.push_back(once_ms([&] { back = take_back(world, first->batch); }) / 1'000);
      if (!back) return std::unexpected(back.error());
      std::ranges::copy(people.taken(), std::back_inserter(beside_undo));
    }
    failed = people.refused();
  }
  report.figures = {{"import_s", middle(total), "s", under(3)},
                    {"read_s", middle(read), "s"},
                    {"check_s", middle(check), "s"},
                    {"stage_s", middle(stage), "s"},
                    {"appear_s", middle(appear), "s"},
                    {"same_file_again_s", middle(again), "s"},
                    {"undo_s", middle(undo), "s"},
                    {"saves_alone_p50_ms", percentile_of(alone, 50), "ms"},
                    {"saves_alone_p99_ms", percentile_of(alone, 99), "ms"},
                    {"saves", static_cast<double>(beside.size()), "1"},
                    {"saves_p50_ms", percentile_of(beside, 50), "ms"},
                    {"saves_p99_ms", percentile_of(beside, 99), "ms", under(50)},
                    {"saves_worst_ms", percentile_of(beside, 100), "ms"},
                    {"saves_beside_undo_p99_ms", percentile_of(beside_undo, 99), "ms", under(50)},
                    {"failed", static_cast<double>(failed), "1", under(1)}};
  if (options.peers == Peers::measured) {
    options.note("exceljs reading the same workbook");
    const auto peer = measure_exceljs(file, options, list.rows);
    if (!peer) {
      options.note(peer.error().message);
    } else {
      const double bare = median_ms(3, [&] { static_cast<void>(spreadsheet::read_workbook(std::as_bytes(std::span(list.workbook)))); }) / 1'000;
      report.figures.push_back({"exceljs_read_s", *peer, "s"});
      report.figures.push_back({"read_alone_s", bare, "s"});
      report.figures.push_back({"vs_exceljs_read_x", *peer / bare, "x", over(1)});
    }
  }
  return report;
}

}  // namespace khuyenhoc::bench
