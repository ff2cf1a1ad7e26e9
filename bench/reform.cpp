// The reform of 2025 as one restructure of a nation: seen before, done, settled, compared, taken back; then the villages of one province merged in bulk.
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "bench/benches.h"
#include "bench/others_saving.h"
#include "bench/reform_answers.h"
#include "bench/reform_peer.h"
#include "bench/scratch_postgres.h"
#include "bench/stopwatch.h"

namespace khuyenhoc::bench {
namespace {

namespace fs = std::filesystem;

struct Scratch {
  Scratch() : path(fs::temp_directory_path() / fmt::format("khuyenhoc-reform-{}", ::getpid())) { fs::create_directories(path); }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  fs::path path;
};

double peak_gb() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / (1 << 20);
}

Result<std::string> content(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return refuse("bench.mapping", fmt::format("Không mở được tệp {}.", file));
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// As the store takes it: the socket's folder stands where a host's name would, its slashes written out.
std::string address_of(const ScratchPostgres& postgres) {
  const std::string mark = "host=";
  std::string host = postgres.url().substr(postgres.url().find(mark) + mark.size());
  host.resize(host.find(' '));
  std::string out = "postgresql://postgres@";
  for (const char c : host) out += c == '/' ? std::string("%2F") : std::string(1, c);
  return out + "/postgres";
}

Result<void> same(bool equal, std::string_view what) {
  if (equal) return {};
  return refuse("bench.wrong", fmt::format("Kết quả sai: {}", what));
}

// One restructure through its whole life, with figures named after it.
class Course {
 public:
  Course(ReformWorld& world, Report& report, const Options& options, std::string name) : world_(world), report_(report), options_(options), name_(std::move(name)) {}

  Result<void> see(const BodyRestructure& plan) {
    options_.note(fmt::format("{}: preview", name_));
    Result<RestructurePreview> seen = refuse("bench", "");
    OthersSaving others(world_.store);
    add("preview_s", once_ms([&] { seen = world_.restructures->preview(plan, world_.by()); }) / 1'000, "s", under(10));
    add("preview_holds_others_ms", others.longest_ms(), "ms", under(50));
    if (!seen) return std::unexpected(seen.error());
    for (const auto& [name, value] : {std::pair{"opened", seen->counts.opened}, std::pair{"ended", seen->counts.ended}, std::pair{"moved", seen->counts.moved},
                                      std::pair{"totals_changed", seen->counts.totals_changed}, std::pair{"remainders", static_cast<std::int64_t>(seen->remainders.size())}})
      add(name, static_cast<double>(value), "1");
    for (const auto& grand : seen->grand)
      if (auto fine = same(grand.before == grand.after, "tổng cả nước trước và sau trong bản xem trước"); !fine) return fine;
    return {};
  }
  Result<void> apply(const BodyRestructure& plan) {
    options_.note(fmt::format("{}: apply", name_));
    world_.told = 0;
    Result<BodyRestructureId> done = refuse("bench", "");
    const double apply_s = once_ms([&] { done = world_.store.write([&](db::Writer& writer) { return world_.restructures->apply(writer, plan, world_.by()); }); }) / 1'000;
    if (!done) return std::unexpected(done.error());
    id_ = *done;
    Result<void> settled;
    const double settle_s = once_ms([&] { settled = world_.restructures->settle(world_.by()); }) / 1'000;
    if (!settled) return settled;
    add("apply_s", apply_s + settle_s, "s", under(60));
    add("settle_s", settle_s, "s");
    add("trail_entries", static_cast<double>(world_.told), "1");
    return {};
  }
  Result<void> undo() {
    options_.note(fmt::format("{}: undo", name_));
    Result<void> undone;
    add("undo_s", once_ms([&] { undone = world_.restructures->undo(id_, world_.by()); }) / 1'000, "s", under(60));
    return undone;
  }
  BodyRestructureId id() const { return id_; }
  void add(std::string_view figure, double value, std::string unit, std::optional<Goal> goal = {}) {
    options_.note(fmt::format("  {}_{} {:.3g} {}", name_, figure, value, unit));
    report_.figures.push_back({fmt::format("{}_{}", name_, figure), value, std::move(unit), goal});
  }

 private:
  ReformWorld& world_;
  Report& report_;
  const Options& options_;
  std::string name_;
  BodyRestructureId id_;
};

struct Digests {
  std::string answers, rows;
  bool operator==(const Digests&) const = default;
};

Digests digests(ReformWorld& world, std::size_t bodies, BodyId newest, std::int64_t& answers) {
  answers = 0;
  Digests out;
  out.answers = digest_of_answers(world, bodies, answers);
  out.rows = world.store.read([&](db::Reader& reader) { return digest_of_rows(reader, newest); });
  return out;
}

Result<void> measure(db::Store& store, const ReformSize& size, const Options& options, Report& report) {
  auto made = ReformWorld::make(store, size, options);
  if (!made) return std::unexpected(made.error());
  ReformWorld& world = **made;
  const Day eve = eve_of_reform(), after = reform_day() + 30;
  const auto add = [&](std::string_view name, double value, const char* unit) { report.figures.push_back({std::string(name), value, unit}); };
  add("branches", static_cast<double>(world.count(BodyKind::Level::branch, eve)), "1");
  add("commune_associations_before", static_cast<double>(world.count(BodyKind::Level::commune, eve)), "1");
  add("divided_communes", static_cast<double>(world.divided), "1");
  add("branch_facts", static_cast<double>(size.facts), "1");
  add("statements", static_cast<double>(world.stated), "1");
  add("made_bodies_s", world.bodies_s, "s");
  add("made_facts_s", world.records_s, "s");
  add("made_statements_s", world.statements_s, "s");

  const auto known = world.bodies->current()->size();
  const BodyId newest = world.bodies->current()->id(static_cast<Node>(known - 1));
  options.note("answers before");
  std::int64_t answers = 0;
  Digests before;
  NationalAnswers old_tree, new_tree;
  add("digest_s", once_ms([&] { before = digests(world, known, newest, answers); }) / 1'000, "s");
  add("answers_compared", static_cast<double>(answers), "1");
  old_tree = national_answers(world, eve);
  // before anybody has followed, the tree of the day after is still the old one
  if (auto fine = same(national_answers(world, after).everything == old_tree.everything, "tổng cả nước trước sắp xếp"); !fine) return fine;

  const auto plan = world.reform();
  add("acts", static_cast<double>(plan.acts.size()), "1");
  Course reform(world, report, options, "reform");
  if (auto done = reform.see(plan); !done) return done;
  if (auto done = reform.apply(plan); !done) return done;
  add("commune_associations_after", static_cast<double>(world.count(BodyKind::Level::commune, after)), "1");
  add("provinces_after", static_cast<double>(world.count(BodyKind::Level::province, after)), "1");

  options.note("the totals of both trees");
  NationalAnswers in_old = national_answers(world, eve);
  NationalAnswers in_new = national_answers(world, after);
  if (auto fine = same(in_old.everything == old_tree.everything && in_new.everything == old_tree.everything, "tổng cả nước sau sắp xếp, ở cây cũ và cây mới"); !fine) return fine;
  if (auto fine = same(in_new.provinces == old_tree.provinces, "tổng của 34 tỉnh mới so với các tỉnh cũ cộng lại"); !fine) return fine;
  if (auto fine = same(in_old.provinces_past == old_tree.provinces_past, "tổng của các tỉnh cũ ở cây cũ"); !fine) return fine;
  if (auto fine = same(in_old.communes == old_tree.communes, "quá khứ của các xã cũ ở cây cũ"); !fine) return fine;
  add("totals_compared", static_cast<double>(old_tree.everything.size() * 2 + old_tree.provinces.size() * 2 + old_tree.communes.size()), "1");

  Course two_communes(world, report, options, "two_communes");
  if (auto done = two_communes.see(world.two_communes()); !done) return done;

  Course villages(world, report, options, "villages");
  const auto merged = world.villages();
  const auto before_villages = national_answers(world, Day::of(2026, 1, 31));
  if (auto done = villages.see(merged); !done) return done;
  if (auto done = villages.apply(merged); !done) return done;
  if (auto fine = same(national_answers(world, Day::of(2026, 1, 31)) == before_villages, "tổng các tỉnh sau khi sáp nhập thôn"); !fine) return fine;
  if (auto done = villages.undo(); !done) return done;

  std::vector<FateLine> fates;
  OrganisationView reformed = world.bodies->current();
  if (options.peers == Peers::measured) fates = store.read([&](db::Reader& reader) { return world.restructures->fates(reader, reform.id()); });
  if (auto done = reform.undo(); !done) return done;
  options.note("answers after undoing");
  const Digests undone = digests(world, known, newest, answers);
  if (auto fine = same(undone.answers == before.answers, "câu trả lời sau khi khôi phục"); !fine) return fine;
  if (auto fine = same(undone.rows == before.rows, "các dòng đã ghi sau khi khôi phục"); !fine) return fine;

  if (options.peers == Peers::measured) {
    options.note("the same in plain SQL");
    const auto plain = plain_sql(store, fates, *reformed, reform_day());
    add("plain_sql_s", plain.seconds, "s");
    add("plain_sql_rows", static_cast<double>(plain.rows), "1");
    for (const Figure& figure : report.figures)
      if (figure.name == "reform_apply_s") {
        add("apply_vs_plain_sql_x", figure.value / plain.seconds, "x");
        break;
      }
  }
  add("peak_gb", peak_gb(), "GB");
  return {};
}

}  // namespace

Result<Report> reform(const Options& options) {
  ReformSize size;
  if (options.facts > 0) size.facts = options.facts;
  if (!options.mapping.empty()) {
    auto text = content(options.mapping);
    if (!text) return std::unexpected(text.error());
    size.mapping = std::move(*text);
    auto list = options.old_units.empty() ? Result<std::string>() : content(options.old_units);
    if (!list) return std::unexpected(list.error());
    size.old_units = std::move(*list);
  } else {
    options.note("no mapping of the divided communes given (--mapping FILE): none is divided");
  }
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
  Report report{"reform", "", {}};
  {
    auto store = db::Store::open(place);
    if (!store) return std::unexpected(store.error());
    if (auto done = measure(**store, size, options, report); !done) return std::unexpected(done.error());
  }
  report.world = fmt::format("nation of the eve of 1/7/2025, {} facts of branches, {}", size.facts, options.engine == Engine::postgres ? "PostgreSQL" : "embedded store");
  if (options.engine == Engine::sqlite) report.figures.push_back({"store_gb", static_cast<double>(fs::file_size(place.place)) / (1 << 30), "GB"});
  return report;
}

}  // namespace khuyenhoc::bench
