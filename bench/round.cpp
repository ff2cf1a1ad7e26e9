// A half-year round of a province: opened, 9,000 short forms saved over HTTP and 102 reports signed by fifty writers at once, received, gathered, closed, printed; and
// every figure held to what was sent.
#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "bench/benches.h"
#include "bench/load.h"
#include "bench/round_world.h"
#include "bench/scratch_postgres.h"
#include "bench/stopwatch.h"
#include "forms/forms.h"
#include "measures/figures.h"
#include "platform/db/idempotency.h"
#include "platform/http/client.h"
#include "platform/spreadsheet/write.h"
#include "reporting/entry_desk.h"
#include "reports/round_paper.h"
#include "rounds/rounds.h"

namespace khuyenhoc::bench {
namespace {

namespace fs = std::filesystem;

constexpr int writers = 50;
constexpr std::size_t sent_twice_in_100 = 5, answer_lost_in_100 = 2;
const std::string form = "bao_cao";

struct Scratch {
  Scratch() : path(fs::temp_directory_path() / fmt::format("khuyenhoc-round-{}", ::getpid())) { fs::create_directories(path); }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  fs::path path;
};

// As the store takes it: the socket's folder stands where a host's name would, its slashes written out.
std::string address_of(const ScratchPostgres& postgres) {
  const std::string mark = "host=";
  std::string host = postgres.url().substr(postgres.url().find(mark) + mark.size());
  host.resize(host.find(' '));
  std::string out = "postgresql://postgres@";
  for (const char c : host) out += c == '/' ? std::string("%2F") : std::string(1, c);
  return out + "/postgres";
}

double resident_mb() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1'024;
  return 0;
}

// Fifty people, each with the next piece of work; the first refusal ends it.
class Together {
 public:
  template <class Work>
  Result<void> work(std::size_t pieces, Work piece) {
    {
      std::vector<std::jthread> threads;
      for (int i = 0; i < writers; ++i)
        threads.emplace_back([&] {
          for (std::size_t at = next_++; at < pieces && !stopped_; at = next_++) one(piece, at);
        });
    }
    return refused_;
  }
  double percentile(double percent) const { return percentile_of(taken_, percent); }

 private:
  template <class Work>
  void one(Work& piece, std::size_t at) {
    Result<void> done;
    const double ms = once_ms([&] {
      try {
        done = piece(at);
      } catch (const std::exception& broken) {
        done = refuse("bench.broken", broken.what());
      }
    });
    const std::lock_guard lock(mutex_);
    taken_.push_back(ms);
    if (!done && !stopped_.exchange(true)) refused_ = done;
  }

  std::atomic<std::size_t> next_{0};
  std::atomic<bool> stopped_{false};
  std::mutex mutex_;
  std::vector<double> taken_;
  Result<void> refused_;
};

class Course {
 public:
  Course(RoundWorld& world, const Options& options) : world_(world), house_(world.house()), options_(options), head_(world.head(world.province)) {}

  Result<Report> run(const fs::path& scratch) {
    for (const auto step : {&Course::open, &Course::fill_in, &Course::look, &Course::send, &Course::receive_and_gather, &Course::sign_above, &Course::hold_to_account})
      if (auto done = (this->*step)(); !done) return std::unexpected(done.error());
    print();
    tell("resident_mb", resident_mb(), "MB");
    if (options_.peers == Peers::measured) peer(scratch);
    report_.bench = "round";
    return report_;
  }

 private:
  void tell(std::string name, double value, std::string unit, std::optional<Goal> goal = {}) { report_.figures.push_back({std::move(name), value, std::move(unit), goal}); }
  template <class Body>
  auto write(Body body) {
    return house_.store.write([&](db::Writer& writer) { return body(writer); });
  }
  RoundReport report_of_body(BodyId body) {
    return house_.store.read([&](db::Reader& reader) { return report_of(reader, round_, body).value_or(RoundReport{}); });
  }
  std::int64_t figure(Series series, Lens lens) const {
    const Period window = RoundWorld::period().period;
    return Figures(house_.ledger.view()).term({house_.catalogue.measure_of(series), series, Moment::period}, {world_.province, window, window.last, lens}).value_or(0);
  }
  void expect(const std::vector<SentFigure>& figures) {
    for (const SentFigure& one : figures) {
      expected_[one.series] += one.added;
      ++statements_;
    }
  }

  Result<void> open() {
    options_.note("opening the round");
    for (const auto& [branch, figures] : world_.forms)
      for (const SentFigure& one : figures) expected_.try_emplace(one.series, 0);
    for (const auto& association : world_.associations)
      for (const SentFigure& one : association.own) expected_.try_emplace(one.series, 0);
    for (auto& [series, amount] : expected_) amount = figure(series, Lens::live);
    NewRound given;
    given.office = world_.province;
    given.form = form;
    given.period = RoundWorld::period();
    given.depth = RoundDepth::branches;
    const Day last = given.period.period.last;
    given.due = {.centre = {}, .province = last + 15, .commune = last + 10, .branch = last + 5};
    std::optional<Result<ReportingRound>> opened;
    const double ms = once_ms([&] {
      opened = write([&](db::Writer& writer) {
        given.form_versions = pins_in_force(writer, house_, form, world_.province, last, PinBelow::yes).versions;
        return open_round(writer, house_, head_, given);
      });
    });
    if (!*opened) return std::unexpected(opened->error());
    round_ = (*opened)->id;
    tell("open_s", ms / 1'000, "s", under(60));
    return {};
  }

  // Each short form in one request, its key with it; some are sent twice, of some the answer is lost on the way and they are sent again.
  Result<void> fill_in() {
    options_.note("fifty writers fill in the short forms");
    std::vector<std::pair<const RoundWorld::Association*, BodyId>> pieces;
    for (std::size_t turn = 0, more = 1; more != 0; ++turn) {
      more = 0;
      for (const auto& one : world_.associations)
        if (turn < one.branches.size()) {
          pieces.emplace_back(&one, one.branches[turn]);
          ++more;
        }
    }
    Together people;
    Result<void> done;
    const double ms = once_ms([&] { done = people.work(pieces.size(), [&](std::size_t at) { return fill_in_one(*pieces[at].first, pieces[at].second, at); }); });
    if (!done) return done;
    for (const auto& [branch, figures] : world_.forms) expect(figures);
    const auto forms = static_cast<double>(pieces.size());
    tell("short_forms", forms, "1");
    tell("short_forms_s", ms / 1'000, "s");
    tell("short_forms_per_s", forms / (ms / 1'000), "1/s");
    tell("short_form_p50_ms", people.percentile(50), "ms");
    tell("short_form_p99_ms", people.percentile(99), "ms");
    return {};
  }

  Result<void> fill_in_one(const RoundWorld::Association& at, BodyId branch, std::size_t number) {
    const std::string request = request_for(at, branch, number);
    thread_local std::unique_ptr<http::Client> client;
    thread_local std::uint16_t connected_to = 0;
    const auto connect = [&] {
      client = std::make_unique<http::Client>(world_.port(), 60'000);
      connected_to = world_.port();
    };
    if (!client || connected_to != world_.port()) connect();
    if (number % 100 < answer_lost_in_100) {
      client->send(request);
      connect();
      ++again_;
    }
    const int times = number % 100 >= 100 - sent_twice_in_100 ? 2 : 1;
    for (int time = 0; time < times; ++time) {
      client->send(request);
      const auto answer = client->receive();
      if (!answer || answer->status != 200 || answer->body.find("\"refused\"") != std::string::npos || answer->body.find("\"stale\"") != std::string::npos)
        return refuse("bench.save", "Phiếu không được ghi: " + (answer ? answer->body.substr(0, 400) : std::string("không có trả lời")));
      again_ += time;
    }
    const auto confirmed = write([&](db::Writer& writer) {
      const auto report = report_of(writer, round_, branch);
      return take_step(writer, house_, world_.secretary(at.body), report->id, ReportStep::send, report->row_version, {{}, "qua điện thoại"});
    });
    if (!confirmed) return std::unexpected(confirmed.error());
    return {};
  }

  std::string request_for(const RoundWorld::Association& at, BodyId branch, std::size_t number) const {
    boost::json::array cells;
    for (const SentFigure& one : world_.forms.at(branch))
      cells.push_back(boost::json::object{{"body", std::to_string(branch.value)}, {"measure", one.name}, {"value", one.value}, {"version", "0"}});
    const std::string text = boost::json::serialize(boost::json::object{{"cells", std::move(cells)}});
    return fmt::format("POST /phieu/{}/o?ky={} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nX-CSRF-Token: {}\r\nIdempotency-Key: phieu-{}\r\n{}Content-Length: {}\r\n\r\n{}", branch.value,
                       RoundWorld::period().name(), at.csrf, number, at.cookie, text.size(), text);
  }

  // The board as the province opens it.
  Result<void> look() {
    options_.note("the board");
    http::Client client(world_.port(), 60'000);
    constexpr int looks = 110, warm = 10;
    for (const bool of_branches : {false, true}) {
      std::vector<double> taken;
      const std::string address = fmt::format("/dot-bao-cao/{}{}", round_.value, of_branches ? "?cap=chi-hoi" : "");
      for (int i = 0; i < looks; ++i) {
        http::ClientResponse answer;
        const double ms = once_ms([&] { answer = client.get(address, world_.province_cookie); });
        if (answer.status != 200) return refuse("bench.page", fmt::format("Bảng theo dõi không mở được: {}", answer.status));
        if (i >= warm) taken.push_back(ms);
      }
      const std::string name = of_branches ? "board_of_branches" : "board";
      tell(name + "_p50_ms", percentile_of(taken, 50), "ms");
      tell(name + "_p99_ms", percentile_of(taken, 99), "ms", under(100));
    }
    return {};
  }

  ReportTextSource texts() {
    return [this](db::Reader& reader, const RoundReport& of) { return frozen_texts(reader, house_, of); };
  }
  TextFindings findings() {
    return [this](db::Reader& reader, const RoundReport& of) { return text_findings(reader, house_, of); };
  }
  Result<void> write_words(const Viewer& who, const RoundReport& report) {
    return write([&](db::Writer& writer) -> Result<void> {
      for (const auto& [block, words] : {std::pair("uu_diem", "Toàn đơn vị có {{B01: kèm đơn vị}}, {{B01: so sánh}}; thu quỹ {{D02: kèm đơn vị}}, trao {{E01: kèm đơn vị}} học bổng."),
                                         std::pair("han_che", "Một số chi hội sinh hoạt chưa đều."), std::pair("phuong_huong", "- Rà soát sổ hội viên.\n- Vận động quỹ đầu năm học.")})
        if (auto done = save_text(writer, house_, who, report.id, block, words, 0); !done) return std::unexpected(done.error());
      return {};
    });
  }
  Result<void> submit(const Viewer& who, const RoundReport& now) {
    std::map<std::string, std::string> reasons;
    for (const ReportFinding& one : house_.store.read([&](db::Reader& reader) { return check_report(reader, house_, now, RoundWorld::today(), findings()); }))
      reasons[one.key] = "Đã đối chiếu với sổ của từng chi hội.";
    const auto done = write([&](db::Writer& writer) { return submit_report(writer, house_, who, now.id, now.row_version, reasons, findings()); });
    if (!done) return std::unexpected(done.error());
    return {};
  }
  // By a key of its own, and now and then asked for twice: one signature.
  Result<void> sign(const Viewer& who, BodyId body, int times) {
    const RoundReport now = report_of_body(body);
    const db::RequestKey key{fmt::format("ky-{}", now.id.value), "ky"};
    for (int time = 0; time < times; ++time) {
      const auto done = db::answer_once(house_.store, key, house_.clock.now_ms(), [&](db::Writer& writer) -> Result<std::string> {
        const auto version = sign_report(writer, house_, who, {now.id, now.row_version, 0}, texts(), findings());
        if (!version) return std::unexpected(version.error());
        return version->number_text;
      });
      if (!done) return std::unexpected(done.error());
    }
    return {};
  }

  Result<void> send_one(const RoundWorld::Association& one, std::size_t number) {
    const Viewer secretary = world_.secretary(one.body);
    EntryDesk desk(house_, secretary, one.body, RoundWorld::period());
    std::vector<CellEntry> cells;
    for (const SentFigure& figure : one.own) cells.push_back({one.body, figure.name, figure.value, 0});
    for (const CellOutcome& outcome : write([&](db::Writer& writer) { return desk.save(writer, cells); }))
      if (outcome.state != CellOutcome::State::saved) return refuse(outcome.code, outcome.measure + ": " + outcome.message);
    const RoundReport report = report_of_body(one.body);
    if (auto words = write_words(secretary, report); !words) return words;
    if (auto submitted = submit(secretary, report); !submitted) return submitted;
    return sign(world_.head(one.body), one.body, number % 10 == 3 ? 2 : 1);
  }

  Result<void> send() {
    options_.note("the reports of the communes are written, submitted and signed");
    Together people;
    Result<void> done;
    const double ms = once_ms([&] { done = people.work(world_.associations.size(), [&](std::size_t at) { return send_one(world_.associations[at], at); }); });
    if (!done) return done;
    for (const auto& association : world_.associations) expect(association.own);
    tell("reports", static_cast<double>(world_.associations.size()), "1");
    tell("reports_signed_s", ms / 1'000, "s");
    tell("report_signed_p50_ms", people.percentile(50), "ms");
    tell("report_signed_p99_ms", people.percentile(99), "ms");
    return {};
  }

  Result<void> receive_and_gather() {
    options_.note("received, gathered, closed");
    Result<void> failed;
    const double received = once_ms([&] {
      for (const auto& one : world_.associations) {
        const RoundReport now = report_of_body(one.body);
        const auto done = write([&](db::Writer& writer) { return receive_report(writer, house_, head_, now.id, now.row_version); });
        if (!done) failed = std::unexpected(done.error());
      }
    });
    if (!failed) return failed;
    tell("receive_all_s", received / 1'000, "s");
    const RoundReport own = report_of_body(world_.province);
    if (auto done = write_words(head_, own); !done) return done;
    std::size_t below = 0;
    std::optional<Result<ReportText>> gathered;
    const double ms = once_ms([&] {
      std::vector<ReportId> from;
      for (const GatheredText& one : house_.store.read([&](db::Reader& reader) { return texts_below(reader, house_, own, "han_che"); })) from.push_back(one.report);
      below = from.size();
      gathered = write([&](db::Writer& writer) { return gather_texts(writer, house_, head_, own.id, "han_che", from, text_of(writer, own.id, "han_che").row_version); });
    });
    if (!*gathered) return std::unexpected(gathered->error());
    tell("texts_gathered", static_cast<double>(below), "1");
    tell("gather_ms", ms, "ms");
    std::optional<Result<ManyOutcome>> closed;
    const double closing = once_ms([&] { closed = write([&](db::Writer& writer) { return close_reports(writer, house_, head_, world_.province, form, RoundWorld::period().period); }); });
    if (!*closed) return std::unexpected(closed->error());
    tell("closed", static_cast<double>((*closed)->done), "1");
    tell("close_all_ms", closing, "ms");
    return {};
  }

  Result<void> sign_above() {
    options_.note("the province signs");
    Result<void> done;
    const double submitted = once_ms([&] { done = submit(head_, report_of_body(world_.province)); });
    if (!done) return done;
    const double signing = once_ms([&] { done = sign(head_, world_.province, 1); });
    tell("province_submitted_ms", submitted, "ms");
    tell("province_signed_ms", signing, "ms");
    return done;
  }

  // Sent, stored, live, official and signed must be one number each.
  Result<void> hold_to_account() {
    options_.note("holding every figure to what was sent");
    std::int64_t wrong = 0, stored = 0, rewritten = 0;
    std::vector<BodyId> bodies;
    for (const auto& one : world_.associations) {
      bodies.push_back(one.body);
      bodies.insert(bodies.end(), one.branches.begin(), one.branches.end());
    }
    const VersionContent paper = house_.store.read([&](db::Reader& reader) {
      for (const Statement& one : house_.statements.of_bodies(reader, bodies, RoundWorld::period().period)) {
        ++stored;
        rewritten += one.row_version != 1 ? 1 : 0;
      }
      return content_of(reader, house_.ledger, last_version(reader, report_of(reader, round_, world_.province)->id).value());
    });
    for (const auto& [series, amount] : expected_) {
      const std::int64_t live = figure(series, Lens::live), official = figure(series, Lens::official), on_paper = paper.total(series);
      // a level that is sent anew may explain what its commune has taken over from others: the branches' own are compared below
      const bool level = is_level(house_.catalogue.measure(house_.catalogue.measure_of(series)).kind);
      if ((level || live == amount) && official == live && on_paper == live) continue;
      if (++wrong <= 5) options_.note(fmt::format("{}: sent {}, live {}, official {}, signed {}", house_.catalogue.label(series, Language::vietnamese), amount, live, official, on_paper));
    }
    std::int64_t apart = 0;
    const Figures figures(house_.ledger.view());
    const Period window = RoundWorld::period().period;
    for (const auto& [branch, sent] : world_.forms)
      for (const SentFigure& one : sent) apart += figures.term({house_.catalogue.measure_of(one.series), one.series, Moment::period}, {branch, window, window.last, Lens::live}) == one.value ? 0 : 1;
    if (stored != statements_ || rewritten != 0) options_.note(fmt::format("{} statements instead of {}, {} written more than once", stored, statements_, rewritten));
    tell("figures_sent", static_cast<double>(statements_), "1");
    tell("sent_again", static_cast<double>(again_.load()), "1");
    tell("lost_or_doubled", static_cast<double>(std::abs(stored - statements_) + rewritten), "1", under(1));
    tell("branch_figures_apart", static_cast<double>(apart), "1", under(1));
    tell("totals_compared", static_cast<double>(expected_.size()), "1");
    tell("totals_wrong", static_cast<double>(wrong), "1", under(1));
    return {};
  }

  void print() {
    options_.note("the province's report");
    const ReportId signed_one = report_of_body(world_.province).id;
    std::size_t bytes = 0;
    report_ms_ = median_ms(5, [&] {
      const auto paper = house_.store.read([&](db::Reader& reader) { return round_paper(reader, house_, {.report = signed_one}); });
      bytes = paper ? document::to_docx(paper_document(*paper)).size() : 0;
    });
    tell("report_docx_ms", report_ms_, "ms", under(1'000));
    tell("report_docx_kb", static_cast<double>(bytes) / 1'024, "KB");
  }

  // One workbook a commune as it would have sent it: a row a branch, a column an indicator.
  std::int64_t write_workbooks(const fs::path& folder) {
    std::int64_t total = 0;
    for (const auto& association : world_.associations) {
      spreadsheet::WorkbookWriter workbook("Số liệu", RoundWorld::today(), spreadsheet::WritingOrder::any);
      auto sheet = workbook.add_sheet("Số liệu");
      std::map<std::string, int> columns;
      int row = 1;
      for (const BodyId branch : association.branches) {
        sheet.text(++row, 1, house_.organisation.current()->body(branch).on(RoundWorld::today()).name);
        for (const SentFigure& one : world_.forms.at(branch)) {
          const int column = columns.try_emplace(one.name, static_cast<int>(columns.size()) + 2).first->second;
          sheet.whole(row, column, one.value);
          total += one.value;
        }
      }
      sheet.text(1, 1, "Chi hội", spreadsheet::Look::head);
      for (const auto& [name, column] : columns) sheet.text(1, column, name, spreadsheet::Look::head);
      if (const auto bytes = workbook.finish()) std::ofstream(folder / fmt::format("{}.xlsx", association.body.value), std::ios::binary) << *bytes;
    }
    return total;
  }

  void peer(const fs::path& scratch) {
    options_.note("exceljs adding up a workbook of each commune");
    const fs::path folder = scratch / "so-lieu", script = fs::path(options_.bench_folder.empty() ? KHUYENHOC_BENCH_DIR : options_.bench_folder) / "exceljs";
    if (!fs::exists(script / "node_modules/exceljs")) return options_.note("exceljs is not installed (bench/install.sh)");
    fs::create_directories(folder);
    const std::int64_t total = write_workbooks(folder);
    FILE* pipe = ::popen(fmt::format("node '{}/consolidate.mjs' '{}' 2> /dev/null", script.string(), folder.string()).c_str(), "r");
    if (pipe == nullptr) return options_.note("node is not there");
    std::string printed;
    std::array<char, 4096> buffer{};
    while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe)) printed.append(buffer.data(), count);
    const int status = ::pclose(pipe);
    boost::system::error_code error;
    const auto answer = boost::json::parse(printed, error);
    if (status != 0 || error || answer.as_object().at("total").to_number<std::int64_t>() != total) return options_.note("exceljs came to another total: " + printed);
    const double ms = answer.as_object().at("ms").to_number<double>();
    tell("exceljs_consolidate_ms", ms, "ms");
    tell("exceljs_to_report", ms / report_ms_, "x", over(1));
  }

  RoundWorld& world_;
  House& house_;
  const Options& options_;
  Viewer head_;
  Report report_;
  RoundId round_;
  std::map<Series, std::int64_t> expected_;
  std::int64_t statements_ = 0;
  std::atomic<std::int64_t> again_{0};
  double report_ms_ = 0;
};

}  // namespace

Result<Report> round(const Options& options) {
  const Scratch scratch;
  std::unique_ptr<ScratchPostgres> postgres;
  db::Options place;
  place.place = (scratch.path / "khuyenhoc.sqlite3").string();
  if (options.engine == Engine::postgres) {
    auto started = ScratchPostgres::start((scratch.path / "postgres").string(), "");
    if (!started) return std::unexpected(started.error());
    postgres = std::move(*started);
    place.place = address_of(*postgres);
  }
  auto store = db::Store::open(place);
  if (!store) return std::unexpected(store.error());
  auto world = RoundWorld::make(**store, options);
  if (!world) return std::unexpected(world.error());
  auto report = Course(**world, options).run(scratch.path);
  if (!report) return report;
  report->world = fmt::format("a province of {} associations and {} branches, {}, fifty writers at once, short forms over HTTP and {} in 100 of them sent again", (*world)->associations.size(), (*world)->branches(),
                              options.engine == Engine::postgres ? "PostgreSQL" : "embedded store", sent_twice_in_100 + answer_lost_in_100);
  return report;
}

}  // namespace khuyenhoc::bench
