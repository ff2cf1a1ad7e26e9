// Random statements, records, handovers, corrections and withdrawals in a three-level tree, against a slow model that works every remainder out from the definition.
#include <map>
#include <optional>
#include <vector>

#include <rapidcheck.h>

#include "measures/measures_fixture.h"

namespace khuyenhoc {
namespace {

// One province with two communes of two branches each; the second branch of the first commune moves to the second.
struct Copy {
  std::array<BodyId, 7> bodies{};       // province, commune 1, commune 2, branches 1 to 4
};
constexpr int province = 0, commune_1 = 1, commune_2 = 2, branch_1 = 3, branch_2 = 4;
const Day moved = Day::of(2026, 1, 15);

int parent_of(int body, Day day) {
  if (body == province) return -1;
  if (body <= commune_2) return province;
  if (body == branch_2) return day < moved ? commune_1 : commune_2;
  return body == branch_1 ? commune_1 : commune_2;
}

bool is_below(int body, int above, Day day) {
  for (; body >= 0; body = parent_of(body, day))
    if (body == above) return true;
  return false;
}

struct ModelFact {
  int body = 0;
  Day day;
  std::int64_t amount = 0;
  bool within = false;
  int holder = -1;                      // of a remainder: body * 2 + (1: unit, 0: own)
  Period source{};                      // window of its statement
  bool only_window = false;             // answers for `source` alone
  bool takes_off = false;
  bool handed = false;                  // a remainder that came from another body, or went to one
};

struct ModelStatement {
  std::optional<std::int64_t> value;
  bool within = true;
  std::int64_t version = 0;
};

class Model {
 public:
  explicit Model(bool level) : level_(level) {}

  using Holder = std::map<Period, ModelStatement>;
  std::map<int, Holder> holders;        // by body * 2 + (1: unit, 0: own)
  std::vector<ModelFact> records;

  // Lower ones first, a body's own figures before its unit's.
  static const std::vector<int>& order() {
    static const std::vector<int> all{6, 7, 8, 9, 10, 11, 12, 13, 2, 3, 4, 5, 0, 1};
    return all;
  }

  std::vector<ModelFact> facts(std::size_t holders_done = 99) const {
    std::vector<ModelFact> all = records;
    for (std::size_t i = 0; i < order().size() && i < holders_done; ++i) add_remainders(order()[i], all);
    return all;
  }
  static bool in_region(const ModelFact& fact, int holder, Day day) {
    return holder % 2 == 0 ? fact.body == holder / 2 : is_below(fact.body, holder / 2, day);
  }
  std::int64_t total(int body, Period period) const {
    std::int64_t sum = 0;
    for (const auto& fact : facts()) {
      if (!is_below(fact.body, body, period.last)) continue;
      if (fact.only_window ? !level_ && fact.source == period : level_ ? fact.day <= period.last : period.contains(fact.day)) sum += fact.amount;
    }
    return sum;
  }
  std::int64_t remainder(int holder, Day day) const {
    std::int64_t sum = 0;
    for (const auto& fact : facts())
      if (level_ && fact.holder == holder && fact.day <= day) sum += fact.amount;
    return sum;
  }
  std::vector<Period> in_force(int holder) const {
    std::vector<Period> out;
    for (const auto& [window, statement] : holders.at(holder))
      if (statement.value) out.push_back(window);
    return out;
  }
  std::vector<Period> counting_of(int holder) const {
    std::vector<Period> windows = in_force(holder);
    std::ranges::sort(windows, {}, [](Period p) { return std::tuple(Periods::house().rank(p), p.last - p.first, p.first); });
    std::vector<Period> out;
    for (const Period window : windows)
      if (std::ranges::none_of(out, [&](Period other) { return other.crosses(window); })) out.push_back(window);
    std::ranges::sort(out, {}, [](Period p) { return std::tuple(p.last - p.first, p.first); });
    return out;
  }
  std::vector<Period> inner_first(int holder) const {
    std::vector<Period> out = level_ ? std::vector<Period>{} : counting_of(holder);
    for (const Period window : in_force(holder))
      if (std::ranges::find(out, window) == out.end()) out.push_back(window);
    return out;
  }
  // What the rest explains of a total, with only the lower holders' remainders in `below`.
  std::int64_t explained(int holder, Period window, const std::vector<ModelFact>& below) const {
    if (level_) return listed(holder, {Day::earliest(), window.last}, below);
    return flow_lines(holder, below).explained.at(window);
  }

 private:
  std::int64_t listed(int holder, Period days, const std::vector<ModelFact>& facts) const {
    std::int64_t sum = 0;
    for (const auto& fact : facts) {
      if (fact.only_window || !days.contains(fact.day) || !in_region(fact, holder, days.last) || fact.holder == holder) continue;
      if (holder % 2 == 0 && fact.holder >= 0) continue;
      sum += fact.amount;
    }
    return sum;
  }

  void add_remainders(int holder, std::vector<ModelFact>& all) const {
    const auto at = holders.find(holder);
    if (at == holders.end() && std::ranges::none_of(all, [&](const ModelFact& fact) { return fact.handed && fact.holder == holder; })) return;
    std::vector<ModelFact> mine;
    if (level_) add_levels(holder, at == holders.end() ? Holder{} : at->second, all, mine);
    else mine = flow_lines(holder, all).facts;
    all.insert(all.end(), mine.begin(), mine.end());
  }

  void add_levels(int holder, const Holder& statements, const std::vector<ModelFact>& below, std::vector<ModelFact>& out) const {
    // day by day: on a statement's day the level is what it says; between them handovers move it, and what arrives within takes from it
    std::int64_t now = 0, most = 0;
    const auto take = [&](std::int64_t arrived) {
      if (arrived > 0 && now > 0) now = std::max<std::int64_t>(0, now - arrived);
      if (arrived < 0 && now < most) now = std::min(most, now - arrived);
    };
    Period last{};
    bool begun = false;
    for (Day day = Day::of(2025, 6, 1); day <= Day::of(2027, 12, 31); day = day + 1) {
      std::int64_t handed = 0, handed_within = 0, arrived = 0;
      for (const auto& fact : below) {
        if (fact.day != day) continue;
        if (fact.handed && fact.holder == holder) {
          handed += fact.amount;
          begun = true;
          if (fact.within) handed_within += std::max<std::int64_t>(0, fact.amount);
        } else if (fact.within && in_region(fact, holder, day) && (holder % 2 == 1 || fact.holder < 0)) {
          arrived += fact.amount;
        }
      }
      const auto at = statements.find({day, day});
      if (at != statements.end() && at->second.value) {
        const std::int64_t left = std::max<std::int64_t>(0, *at->second.value - listed(holder, {Day::earliest(), day}, below));
        out.push_back({holder / 2, day, left - now - handed, at->second.within, holder, at->first});
        now = most = left;
        last = at->first;
        begun = true;
        continue;
      }
      if (!begun) continue;
      const std::int64_t before = now;
      take(handed_within);
      now += handed;
      most += handed;
      take(arrived);
      if (now != before + handed) out.push_back({holder / 2, day, now - before - handed, true, holder, last});
    }
  }

  struct Lines {
    std::map<Period, std::int64_t> explained;
    std::vector<ModelFact> facts;
  };
  Lines flow_lines(int holder, const std::vector<ModelFact>& below) const {
    Lines out;
    const Holder& statements = holders.at(holder);
    const std::vector<Period> windows = in_force(holder);
    const std::vector<Period> counting = counting_of(holder);
    const auto window_sum = [&](Period window, bool only_taken_off) {
      std::int64_t sum = 0;
      for (const auto& fact : below)
        if (fact.only_window && fact.source == window && in_region(fact, holder, window.last) && (holder % 2 == 1 || fact.body != holder / 2) &&
            (!only_taken_off || fact.takes_off))
          sum += fact.amount;
      return sum;
    };
    std::map<Period, std::int64_t> left;
    for (const Period window : counting) {
      std::int64_t explained = listed(holder, window, below) + window_sum(window, false);
      for (const Period inner : counting)
        if (inner != window && window.contains(inner)) explained += left[inner];
      out.explained[window] = explained;
      left[window] = std::max<std::int64_t>(0, *statements.at(window).value - explained);
      if (left[window] == 0) continue;
      std::optional<Day> free;
      for (Day day = window.first; day <= window.last; day = day + 1)
        if (std::ranges::none_of(counting, [&](Period inner) { return inner != window && window.contains(inner) && inner.contains(day); })) free = day;
      out.facts.push_back({holder / 2, free.value_or(window.last), left[window], statements.at(window).within, holder, window});
      if (!free)
        for (const Period inner : counting)
          if (inner != window && window.contains(inner) && inner.contains(window.last)) out.facts.push_back({holder / 2, inner.last, -left[window], false, holder, inner, true, false});
    }
    std::vector<ModelFact> with_mine = below;
    with_mine.insert(with_mine.end(), out.facts.begin(), out.facts.end());
    std::vector<ModelFact> crossing;
    for (const Period window : windows) {
      if (std::ranges::find(counting, window) != counting.end()) continue;
      std::int64_t all = 0, overhanging = 0;
      for (const auto& fact : with_mine) {
        if (fact.only_window || !window.contains(fact.day) || !in_region(fact, holder, window.last)) continue;
        if (holder % 2 == 0 && fact.holder % 2 == 1) continue;
        all += fact.amount;
        if (fact.holder >= 0 && !window.contains(fact.source)) overhanging += fact.amount;
      }
      overhanging += window_sum(window, true);
      const std::int64_t explained = all + window_sum(window, false) - overhanging;
      out.explained[window] = explained;
      crossing.push_back({holder / 2, window.last, std::max<std::int64_t>(0, *statements.at(window).value - explained), false, holder, window, true, false});
      crossing.push_back({holder / 2, window.last, -overhanging, true, holder, window, true, true});
    }
    out.facts.insert(out.facts.end(), crossing.begin(), crossing.end());
    return out;
  }

  bool level_;
};

struct Step {
  enum class Kind { state, withdraw, record, take_back, hand } kind = Kind::state;
  int body = 0;
  bool own = false;
  int window = 0;
  int day = 0;
  std::int64_t value = 0;
  bool within = true;
};

void showValue(const Step& step, std::ostream& out) {
  static constexpr const char* names[] = {"state", "withdraw", "record", "take back", "hand over"};
  out << names[static_cast<int>(step.kind)] << " body " << step.body << (step.own ? " own" : "") << " window " << step.window << " day " << step.day << " value " << step.value
      << (step.within ? " within" : " beyond");
}

rc::Gen<Step> any_step() {
  using rc::gen::inRange;
  return rc::gen::map(rc::gen::tuple(rc::gen::weightedElement<int>({{5, 0}, {1, 1}, {4, 2}, {2, 3}, {2, 4}}), inRange(0, 7), rc::gen::weightedElement<bool>({{4, false}, {1, true}}),
                                     rc::gen::weightedElement<int>({{2, 0}, {1, 1}, {1, 2}, {2, 3}, {1, 4}, {4, 5}, {1, 6}}), inRange(0, 12), inRange<std::int64_t>(-6, 40), rc::gen::arbitrary<bool>()),
                      [](const std::tuple<int, int, bool, int, int, std::int64_t, bool>& parts) {
                        Step step;
                        step.kind = static_cast<Step::Kind>(std::get<0>(parts));
                        step.body = std::get<1>(parts);
                        step.own = std::get<2>(parts);
                        step.window = std::get<3>(parts);
                        step.day = std::get<4>(parts);
                        step.value = std::get<5>(parts);
                        step.within = std::get<6>(parts);
                        return step;
                      });
}

class RandomStatements : public OnSmallMeasures {
 protected:
  void SetUp() override {
    build_world();
    OnSmallMeasures::SetUp();
  }

  void build_world() {
    OrganisationBuilder bodies(small.land.territory);
    const Day born = Day::of(2000, 1, 1);
    small.centre = bodies.found("trung_uong", "Trung ương Hội", "Trung ương", {}, small.land.country, born);
    for (int i = 0; i < copies_made; ++i) {
      Copy copy;
      copy.bodies[0] = bodies.found("tinh_hoi", fmt::format("Hội tỉnh {}", i), "Tỉnh", small.centre, small.land.dak_lak, born);
      for (const int commune : {commune_1, commune_2})
        copy.bodies[static_cast<std::size_t>(commune)] = bodies.found("hoi_co_so", fmt::format("Hội xã {}", commune), "Xã", copy.bodies[0], small.land.ea_kar, born);
      for (int branch = branch_1; branch < 7; ++branch)
        copy.bodies[static_cast<std::size_t>(branch)] =
            bodies.found("chi_hoi_thon_tdp", fmt::format("Chi hội {}", branch), "Thôn", copy.bodies[static_cast<std::size_t>(parent_of(branch, born))], small.land.ea_kar, born);
      bodies.move(copy.bodies[branch_2], moved, copy.bodies[commune_2], small.land.ea_kar);
      copies.push_back(copy);
    }
    small.organisation = bodies.build();
    for (const auto& measure : catalogue.measures()) {
      if (!is_typed(measure.kind) || measure.level != RecordedAt::branch) continue;
      auto& list = is_level(measure.kind) ? levels : flows;
      const auto whole = catalogue.series(*catalogue.find(measure.code));
      list.push_back(whole);
      for (const auto& dimension : measure.dimensions)
        for (const auto& member : dimension.members) list.push_back(*catalogue.series(*catalogue.find(measure.code), dimension.code, member.code));
    }
  }

  // A place nobody has written to yet.
  std::pair<Copy, Series> fresh_place(bool level) {
    const auto& list = level ? levels : flows;
    const std::size_t number = used++;
    return {copies[number % copies.size()], list[number / copies.size() % list.size()]};
  }

  static std::vector<Period> windows(bool level) {
    const auto& house = Periods::house();
    std::vector<Period> out;
    for (const std::string_view name : {"2025-H2", "2026-H1", "2026-H2", "2026", "2026-Q2", "SY2025", "2026-02"}) out.push_back(*house.parse_period("bao_cao", name));
    if (level)
      for (Period& window : out) window = {window.last, window.last};
    return out;
  }
  static Day day_of(int number) { return Day::of(2025, 10, 20) + number * 37; }

  void apply(const Step& step, const Copy& copy, Series series, Model& model, bool level) {
    const auto windows_known = windows(level);
    const Period window = windows_known[static_cast<std::size_t>(step.window)];
    const BodyId body = copy.bodies[static_cast<std::size_t>(step.body)];
    const Arrival arrival = step.within ? Arrival::within : Arrival::beyond;
    const int holder = step.body * 2 + (step.own ? 0 : 1);
    // what was handed over to the holder in its own layer explains nothing, but beyond a total it adds to it
    int handed_to = -1;
    Day handed_on;
    std::int64_t handed_amount = 0;
    // beyond: what the totals above were explained by before
    std::map<std::pair<int, Period>, std::int64_t> before;
    const auto above = [&](const std::function<void(std::size_t, int)>& each) {
      const bool from_start = step.kind != Step::Kind::state && step.kind != Step::Kind::withdraw;
      bool started = false;
      for (std::size_t i = 0; i < Model::order().size(); ++i) {
        const int one = Model::order()[i];
        if (one == (from_start ? step.body * 2 : holder)) {
          started = true;
          if (!from_start) continue;
        }
        // lower bodies' own figures and other branches are not above
        if (started && model.holders.contains(one) && (one / 2 < branch_1 || one / 2 == step.body)) each(i, one);
      }
    };
    const auto remember = [&] {
      above([&](std::size_t i, int one) {
        const auto below = model.facts(i);
        for (const auto& [period, statement] : model.holders[one])
          if (statement.value) before[{one, period}] = model.explained(one, period, below);
      });
    };
    const auto raise = [&] {
      above([&](std::size_t i, int one) {
        const auto below = model.facts(i);
        for (const Period period : model.inner_first(one)) {
          if (!before.contains({one, period})) continue;
          auto& statement = model.holders[one][period];
          std::int64_t more = model.explained(one, period, below) - before[{one, period}];
          if (one == handed_to && handed_on <= period.last) more += handed_amount;
          if (more == 0) continue;
          statement.value = std::max<std::int64_t>(0, *statement.value + more);
          ++statement.version;
        }
      });
    };
    switch (step.kind) {
      case Step::Kind::state:
      case Step::Kind::withdraw: {
        ModelStatement& known = model.holders[holder][window];
        const auto value = step.kind == Step::Kind::withdraw ? std::nullopt : std::optional(std::abs(step.value));
        if (!step.within) remember();
        const auto done = store().write(
            [&](db::Writer& writer) { return statements->state(writer, body, series, window, value, known.version, arrival, secretary, june_2026_ms, step.own ? Extent::own : Extent::subtree); });
        RC_ASSERT(done.has_value());
        known.value = value;
        known.within = step.within;
        ++known.version;
        if (!step.within) raise();
        const std::int64_t listed = done->listed;
        RC_ASSERT(done->total_after == (value ? std::max(listed, *value) : listed + model.remainder(holder, window.last)));
        RC_ASSERT(done->conflict == (value && listed > *value));
        break;
      }
      case Step::Kind::record: {
        if (step.value == 0) return;
        if (!step.within) remember();
        Fact made;
        made.body = body;
        made.day = day_of(step.day);
        made.series = series;
        made.amount = step.value;
        made.source = {"member", static_cast<std::int64_t>(model.records.size())};
        store().write([&](db::Writer& writer) { statements->record(writer, made, arrival, secretary, june_2026_ms); });
        model.records.push_back({step.body, made.day, step.value, step.within});
        if (!step.within) raise();
        break;
      }
      case Step::Kind::hand: {
        if (step.value == 0 || !level) return;
        if (!step.within) remember();
        Fact made;
        made.body = body;
        made.day = day_of(step.day);
        made.series = series;
        made.amount = step.value;
        made.kind = FactKind::handover;
        made.layer = step.own ? FactLayer::own_remainder : FactLayer::remainder;
        made.source = {"restructure", static_cast<std::int64_t>(model.records.size()) + 1};
        store().write([&](db::Writer& writer) { statements->record(writer, made, arrival, secretary, june_2026_ms); });
        model.records.push_back({step.body, made.day, step.value, step.within, holder, {}, false, false, true});
        handed_to = holder;
        handed_on = made.day;
        handed_amount = made.amount;
        if (!step.within) raise();
        break;
      }
      case Step::Kind::take_back: {
        std::optional<Fact> last;
        for (const Fact& one : store().read([&](db::Reader& reader) { return ledger->facts(reader, body, series, {Day::earliest(), Day::latest()}); }))
          if (one.kind == FactKind::record || one.kind == FactKind::handover) last = one;
        if (!last) return;
        bool taken = false;
        for (const Fact& one : store().read([&](db::Reader& reader) { return ledger->facts(reader, body, series, {Day::earliest(), Day::latest()}); }))
          taken = taken || one.reverses == last->position;
        if (taken) return;
        if (last->arrival == Arrival::beyond) remember();
        store().write([&](db::Writer& writer) { statements->take_back(writer, *last, secretary, june_2026_ms); });
        if (last->kind == FactKind::handover) {
          handed_to = step.body * 2 + (last->layer == FactLayer::own_remainder ? 0 : 1);
          handed_on = last->day;
          handed_amount = -last->amount;
          // as if it had never been
          std::erase_if(model.records, [&, found = false](const ModelFact& fact) mutable {
            const bool it = !found && fact.handed && fact.holder == handed_to && fact.day == last->day && fact.amount == last->amount && fact.within == (last->arrival == Arrival::within);
            found = found || it;
            return it;
          });
        } else {
          model.records.push_back({step.body, last->day, -last->amount, last->arrival == Arrival::within});
        }
        if (last->arrival == Arrival::beyond) raise();
        break;
      }
    }
  }

  void compare(const Copy& copy, Series series, const Model& model, bool level) {
    const Figures figures(ledger->view());
    std::vector<Period> periods = windows(level);
    if (level)
      for (int day = 0; day < 12; ++day) periods.push_back({day_of(day), day_of(day)});
    periods.push_back({Day::of(2026, 1, 10), Day::of(2026, 6, 20)});
    for (const Period period : periods)
      for (int body = 0; body < 7; ++body) {
        const auto shown = figures.member(series, {copy.bodies[static_cast<std::size_t>(body)], period, period.last});
        RC_ASSERT(shown.has_value());
        const auto wanted = model.total(body, period);
        if (shown->value != wanted) RC_LOG() << "body " << body << " " << period.iso() << " shows " << shown->value << ", should be " << wanted << "\n";
        RC_ASSERT(shown->value == wanted);
      }
  }

  void run_case(bool level, const std::vector<Step>& steps) {
    const auto [copy, series] = fresh_place(level);
    Model model(level);
    for (const Step& step : steps) apply(step, copy, series, model, level);
    compare(copy, series, model, level);
    // a stated total that the list does not exceed is what everybody sees
    for (const auto& [holder, statements_of] : model.holders)
      for (const auto& [window, statement] : statements_of) {
        if (!statement.value || holder % 2 == 0) continue;
        const auto known = store().read([&](db::Reader& reader) { return statements->find(reader, copy.bodies[static_cast<std::size_t>(holder / 2)], series, window); });
        RC_ASSERT(known.has_value());
        RC_ASSERT(known->value == statement.value);
        const auto outcome = store().read([&](db::Reader& reader) { return statements->explain(reader, *known); });
        RC_ASSERT(model.total(holder / 2, window) == std::max(*statement.value, outcome.listed));
      }
  }

  // RC_PARAMS chooses the seed and the number of cases (max_success); a round trip to PostgreSQL takes its time, so there it is a tenth.
  void run_cases(bool level) {
    auto params = rc::detail::configuration().testParams;
    if (on_postgres()) params.maxSuccess = std::max(1, params.maxSuccess / 10);
    constexpr int steps = 40;
    const auto result = rc::detail::checkTestable([&] { run_case(level, *rc::gen::resize(steps, rc::gen::container<std::vector<Step>>(any_step()))); },
                                                  rc::detail::TestMetadata{"statements", "statements"}, params);
    if (result.template is<rc::detail::SuccessResult>()) return;
    std::ostringstream text;
    rc::detail::printResultMessage(result, text);
    FAIL() << text.str();
  }

  static constexpr int copies_made = 16;
  std::vector<Copy> copies;
  std::vector<Series> levels, flows;
  std::size_t used = 0;
};
ON_BOTH_STORES(RandomStatements);

TEST_P(RandomStatements, Of_levels_are_as_the_slow_model_says) { run_cases(true); }
TEST_P(RandomStatements, Of_flows_are_as_the_slow_model_says) { run_cases(false); }

}  // namespace
}  // namespace khuyenhoc
