// An office reads an Excel list of 100,000 branches with their heads while others save figures: how long it takes, and how long they wait.
#include <array>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "bench/benches.h"
#include "bench/import_world.h"
#include "bench/load.h"
#include "bench/stopwatch.h"
#include "body_lists/body_lists.h"
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

template <class Work>
auto timed(double& seconds, Work work) {
  const auto began = Time::now();
  auto out = work();
  seconds += std::chrono::duration<double>(Time::now() - began).count();
  return out;
}

// The kind of list as it is, and how long each part of its work takes.
class Timed : public ImportKind {
 public:
  explicit Timed(std::unique_ptr<ImportKind> kind) : kind_(std::move(kind)) {}
  mutable double check_s = 0, stage_s = 0, appear_s = 0;

  std::string_view code() const override { return kind_->code(); }
  Permission needs() const override { return kind_->needs(); }
  MenuItem section() const override { return kind_->section(); }
  std::string title() const override { return kind_->title(); }
  std::string explanation(const ImportContext& context) const override { return kind_->explanation(context); }
  std::string way_back(BodyId body) const override { return kind_->way_back(body); }
  Result<void> offered(const ImportContext& context) const override { return kind_->offered(context); }
  std::vector<ImportField> options(const ImportContext& context) const override { return kind_->options(context); }
  std::vector<std::pair<std::string, std::string>> check_options(const ImportContext& context) const override { return kind_->check_options(context); }
  std::vector<ImportColumn> columns(const ImportContext& context) const override { return kind_->columns(context); }
  std::size_t slice() const override { return kind_->slice(); }
  std::string stamp(db::Reader& reader, const ImportContext& context) const override { return kind_->stamp(reader, context); }
  void discard(db::Writer& writer, ImportId batch) const override { kind_->discard(writer, batch); }
  void give_up(ImportPlan& plan) const override { kind_->give_up(plan); }
  std::unique_ptr<ImportPlan> judge(db::Reader& reader, const ImportContext& context, const ImportRows& rows) const override {
    return timed(check_s, [&] { return kind_->judge(reader, context, rows); });
  }
  Result<void> before_staging(const ImportContext& context, const ImportRows& rows, ImportPlan& plan, std::span<const std::size_t> chosen, ImportId batch) const override {
    return timed(check_s, [&] { return kind_->before_staging(context, rows, plan, chosen, batch); });
  }
  Result<std::vector<ImportWritten>> stage(db::Writer& writer, const ImportContext& context, const ImportRows& rows, ImportPlan& plan, std::span<const std::size_t> slice,
                                           ImportId batch) const override {
    if (!staging_) staging_ = Time::now();
    return kind_->stage(writer, context, rows, plan, slice, batch);
  }
  Result<void> before_appearing(const ImportContext& context, ImportPlan& plan) const override {
    if (staging_) stage_s += std::chrono::duration<double>(Time::now() - *std::exchange(staging_, std::nullopt)).count();
    return timed(appear_s, [&] { return kind_->before_appearing(context, plan); });
  }
  Result<Done> write(db::Writer& writer, const ImportContext& context, const ImportRows& rows, ImportPlan& plan, std::span<const std::size_t> chosen, ImportId batch) const override {
    return timed(appear_s, [&] { return kind_->write(writer, context, rows, plan, chosen, batch); });
  }
  Result<std::string> undo(db::Writer& writer, const ImportContext& context, const ImportRecord& import, std::span<const ImportWritten> written) const override {
    return kind_->undo(writer, context, import, written);
  }
  std::unique_ptr<ImportUndo> prepared_undo(const ImportContext& context, const ImportRecord& import, std::span<const ImportWritten> written) const override {
    return kind_->prepared_undo(context, import, written);
  }

 private:
  std::unique_ptr<ImportKind> kind_;
  mutable std::optional<Time::time_point> staging_;
};

struct Imported {
  double total_s = 0, check_s = 0, stage_s = 0, appear_s = 0;
  ImportRecord record;
};

Result<Imported> import_list(ImportWorld& world, const std::string& workbook) {
  const Timed kind(body_lists_import(*world.house));
  const Viewer viewer = world.secretary();
  Imported out;
  Result<DirectOutcome> outcome;
  out.total_s = once_ms([&] { outcome = import_directly(kind, *world.house, viewer, world.centre, {.file_name = "chi-hoi.xlsx", .content = workbook}); }) / 1'000;
  if (!outcome) return std::unexpected(outcome.error());
  out.record = outcome->record;
  out.check_s = kind.check_s;
  out.stage_s = kind.stage_s;
  out.appear_s = kind.appear_s;
  return out;
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
  const std::size_t bodies_before = world.bodies->current()->size();

  Report report{"import", fmt::format("{} bodies of a nation on the embedded store, durable commits; a workbook of {} rows ({} good, {} there already, {} there with another head, {} twice, {} wrong), "
                                      "{} people saving figures all the while; median of {} rounds",
                                      bodies_before, list.rows, list.good(), list.already_there, list.new_numbers, list.twice, list.wrong, savers, rounds),
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
      const auto first = import_list(world, list.workbook);
      if (!first) return std::unexpected(first.error());
      std::ranges::copy(people.taken(), std::back_inserter(beside));
      const auto second = import_list(world, list.workbook);
      if (!second) return std::unexpected(second.error());
      const ImportRecord& said = first->record;
      const ImportRecord& said_again = second->record;
      if (said.added != static_cast<std::int64_t>(list.good()) || said.unchanged != static_cast<std::int64_t>(list.already_there) || said.changed != static_cast<std::int64_t>(list.new_numbers) || said.refused != static_cast<std::int64_t>(list.twice + list.wrong) || said_again.added + said_again.changed != 0 ||
          world.bodies->current()->size() < bodies_before + list.good())
        return refuse("bench.answer", fmt::format("Lập {} thay vì {}, sửa {} thay vì {}, nhận ra {} thay vì {}, từ chối {}, cần xem {}; lần sau lập {}.", said.added, list.good(), said.changed, list.new_numbers, said.unchanged, list.already_there, said.refused,
                                                  said.to_review, said_again.added));
      total.push_back(first->total_s);
      read.push_back(first->total_s - first->check_s - first->stage_s - first->appear_s);
      check.push_back(first->check_s);
      stage.push_back(first->stage_s);
      appear.push_back(first->appear_s);
      again.push_back(second->total_s);
      static_cast<void>(people.taken());
      Result<void> back;
      undo.push_back(once_ms([&] { back = undo_import(*body_lists_import(*world.house), *world.house, world.secretary(), said.id); }) / 1'000);
      if (!back) return std::unexpected(back.error());
      std::ranges::copy(people.taken(), std::back_inserter(beside_undo));
    }
    failed = people.refused();
  }
  report.figures = {{"import_s", middle(total), "s", under(3)},
                    {"read_and_record_s", middle(read), "s"},
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
