// Random lives of the small association: records, statements, restructures entered in time or late, handovers, undone or not. Whatever happened, every tree
// adds up to the same grand totals, and undoing brings back the very same answers.
#include <rapidcheck.h>

#include "measures/regions.h"
#include "restructure/restructure_test_world.h"

namespace khuyenhoc {
namespace {

const std::vector<Day>& sample_days() {
  static const std::vector<Day> days{Day::of(2024, 12, 31), Day::of(2025, 6, 30), Day::of(2025, 7, 31), Day::of(2025, 8, 1), Day::of(2025, 12, 31), Day::of(2026, 6, 1)};
  return days;
}

// A number of the range, the whole range from the first try on.
template <class T>
T any(T from, T below) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<T>(from, below)); }

class Life {
 public:
  explicit Life(db::Store& store) : w(store), series{w.members(), w.new_members(), w.fund()} {
    for (const auto& member : {"nu"})
      if (const auto part = w.catalogue().series(w.catalogue().index("B01"), "gioi", member)) series.push_back(*part);
  }

  // One thing that an officer writes down; the same again in another life gives the same.
  struct Deed {
    BodyId body;
    Series series = 0;
    Period period;                        // of a record: its day
    std::int64_t amount = 0;
    bool stated = false;
    Arrival arrival = Arrival::within;
  };
  bool apply(const Deed& deed) {
    RC_LOG() << (deed.stated ? "state " : "record ") << w.catalogue().label(deed.series, Language::english) << " at " << name_of(deed.body) << " " << deed.period.iso() << " "
             << deed.amount << (deed.arrival == Arrival::within ? " within" : " beyond") << std::endl;
    if (deed.stated) {
      const auto known = w.store.read([&](db::Reader& reader) { return w.statements->find(reader, deed.body, deed.series, deed.period); });
      return w.store
          .write([&](db::Writer& writer) {
            return w.statements->state(writer, deed.body, deed.series, deed.period, deed.amount, known ? known->row_version : 0, deed.arrival, UserId{7}, 1'780'000'000'000);
          })
          .has_value();
    }
    Fact fact;
    fact.body = deed.body;
    fact.day = deed.period.last;
    fact.series = deed.series;
    fact.amount = deed.amount;
    fact.source = {"test", 1};
    w.store.write([&](db::Writer& writer) { w.statements->record(writer, fact, deed.arrival, UserId{7}, 1'780'000'000'000); });
    return true;
  }

  std::optional<Deed> any_record(std::span<const BodyId> among) {
    if (among.empty()) return std::nullopt;
    const auto body = *rc::gen::elementOf(std::vector<BodyId>(among.begin(), among.end()));
    const auto one = *rc::gen::elementOf(series);
    const auto day = *rc::gen::elementOf(days_of(body));
    return Deed{body, one, {day, day}, any<std::int64_t>(1, 500), false, *rc::gen::element(Arrival::within, Arrival::beyond)};
  }
  // Often less than what was there: a new commune that counts again finds fewer than its predecessors had stated.
  std::optional<Deed> any_statement(const std::function<std::vector<BodyId>(Day)>& among) {
    const auto day = *rc::gen::elementOf(std::vector<Day>{Day::of(2025, 5, 31), Day::of(2025, 11, 30), Day::of(2026, 5, 31)});
    const std::vector<Period> windows{{Day::of(2024, 12, 1), Day::of(2025, 5, 31)}, {Day::of(2025, 6, 1), Day::of(2025, 11, 30)}, {Day::of(2024, 12, 1), Day::of(2025, 11, 30)}};
    const bool flow = *rc::gen::arbitrary<bool>();
    const auto period = flow ? *rc::gen::elementOf(windows) : Period{day, day};
    const auto bodies = among(period.last);
    if (bodies.empty()) return std::nullopt;
    const auto body = *rc::gen::elementOf(bodies);
    return Deed{body, flow ? w.new_members() : w.members(), period, any<std::int64_t>(0, 2'000), true, Arrival::within};
  }
  void record_something() {
    if (const auto deed = any_record(bodies_alive(any_day()))) apply(*deed);
  }
  void state_something() {
    if (const auto deed = any_statement([this](Day day) { return bodies_alive(day); })) apply(*deed);
  }
  std::vector<BodyId> everybody() {
    std::vector<BodyId> out;
    for (const auto body : bodies_alive(sample_days().front()))
      if (w.bodies->current()->body(body).alive(sample_days().back())) out.push_back(body);
    return out;
  }
  std::vector<BodyId> branches_alive(Day day) {
    auto out = bodies_alive(day);
    std::erase_if(out, [&](BodyId body) { return w.bodies->current()->kind(body).level != BodyKind::Level::branch; });
    return out;
  }

  // Half of the lives carry everything out in bulk, as a reform of thousands is; it must make no difference.
  void choose_how() {
    const bool bulk = *rc::gen::arbitrary<bool>();
    RC_LOG() << (bulk ? "in bulk" : "one by one") << std::endl;
    w.house->set_bulk_from(bulk ? 1 : 1'000);
  }

  // Some mergers, divisions and moves among today's communes by one decision, on some day of 2025 or 2026: often earlier than what has been recorded.
  std::optional<BodyRestructureId> restructure_something() {
    const auto day = *rc::gen::elementOf(std::vector<Day>{Day::of(2025, 3, 1), Day::of(2025, 8, 1), Day::of(2026, 1, 1)});
    auto left = communes_alive(day);        // each plays a part in one act
    std::vector<BodyAct> acts;
    std::size_t opened = 0;
    for (int wanted = any(1, 4); wanted > 0; --wanted)
      if (auto act = any_act(left, day, opened)) {
        opened += act->opened.size();
        RC_LOG() << "restructure kind " << static_cast<int>(act->kind) << " " << name_of(act->bodies.front()) << " -> "
                 << (act->successors.empty() ? "new" : name_of(act->successors.front())) << " " << day.iso() << std::endl;
        acts.push_back(std::move(*act));
      }
    if (acts.empty()) return std::nullopt;
    const auto id = w.house->apply(RestructureWorld::decision(day, acts), w.by());
    if (!id) {   // a refusal must be one with a reason, and leave nothing
      RC_ASSERT(!id.error().message.empty());
      return std::nullopt;
    }
    return *id;
  }
  std::optional<BodyAct> any_act(std::vector<BodyId>& left, Day day, std::size_t opened_before) {
    BodyAct act;
    switch (any(0, 4)) {
      case 0: {   // two into a new one
        if (left.size() < 2) return std::nullopt;
        act.kind = BodyAct::Kind::merge;
        act.bodies = {taken_from(left), taken_from(left)};
        act.opened = {new_commune(day, act.bodies.front())};
        break;
      }
      case 1: {   // one into another that goes on
        if (left.size() < 2) return std::nullopt;
        act.kind = BodyAct::Kind::merge;
        act.bodies = {taken_from(left)};
        act.successors = {taken_from(left)};
        break;
      }
      case 2: {   // one divided into two, its branches dealt out
        if (left.empty()) return std::nullopt;
        act.kind = BodyAct::Kind::split;
        act.bodies = {taken_from(left)};
        act.opened = {new_commune(day, act.bodies.front()), new_commune(day, act.bodies.front())};
        for (const auto branch : w.bodies->current()->children(act.bodies.front(), day)) act.branches.emplace_back(branch, planned(opened_before + any<std::size_t>(0, 2)));
        break;
      }
      default: {  // a branch goes to another commune
        if (left.size() < 2) return std::nullopt;
        const auto from = taken_from(left);
        const auto branches = w.bodies->current()->children(from, day);
        if (branches.empty()) return std::nullopt;
        act.kind = BodyAct::Kind::transfer;
        act.bodies = {*rc::gen::elementOf(branches)};
        act.superior = taken_from(left);
        break;
      }
    }
    return act;
  }
  void hand_something_over(BodyRestructureId id) {
    const auto left = w.store.read([&](db::Reader& reader) { return w.house->open_remainders(reader, id); });
    if (left.empty()) return;
    const auto remainder = left.front();
    const auto heirs = w.bodies->current()->successors(remainder.body);
    if (heirs.size() < 2) return;
    const auto first = any<std::int64_t>(0, 100) * remainder.amount / 100;
    const std::vector<Allocation> parts{{remainder.series, heirs[0], first}, {remainder.series, heirs[1], remainder.amount - first}};
    const auto done = w.store.write([&](db::Writer& writer) {
      return w.house->hand_over(writer, id, remainder.body, parts, {"01/BB", sample_days().back()}, Arrival::within, w.by());
    });
    if (!done && done.error().code != "handover.successor") RC_FAIL(done.error().message);
  }

  void bring_up_to_date(BodyRestructureId id) {
    const auto done = w.store.write([&](db::Writer& writer) { return w.house->bring_up_to_date(writer, id, w.by()); });
    RC_ASSERT(done.has_value());
    RC_ASSERT(w.house->settle(w.by()).has_value());
  }

  void totals_agree() {
    const auto totals = w.grand_totals(sample_days(), series);
    for (const auto& row : totals) RC_ASSERT(row == totals.front());
  }
  // What is stated of a level is what is shown, unless more is known one by one: whatever was merely stated before, too, is no reason to show more.
  void stated_levels_are_shown() {
    const auto now = w.bodies->current();
    const auto today = sample_days().back();
    for (const auto body : bodies_alive(today)) {
      const auto stated = w.store.read([&](db::Reader& reader) { return statements_from(reader, *w.ledger, body, Day::earliest()); });
      for (const auto& one : stated) {
        if (one.series != w.members() || !now->body(body).alive(one.period.last)) continue;
        std::int64_t known = 0;           // all but what was stated for this very unit, here or at those whose place it took
        w.store.read([&](db::Reader& reader) {
          const auto of_the_unit = region_own(w.ledger->view(), body, one.period.last);
          for (const auto below : region_below(w.ledger->view(), body, one.period.last))
            for (const auto& fact : w.ledger->facts(reader, below, one.series, {Day::earliest(), one.period.last}))
              if (fact.layer != FactLayer::remainder || !std::ranges::binary_search(of_the_unit, below)) known += fact.amount;
        });
        const auto shown = w.level(body, one.series, one.period.last, one.period.last);
        if (shown != std::max(*one.value, known)) RC_LOG() << name_of(body) << " " << one.period.iso() << " stated " << *one.value << " known " << known << " shown " << shown << std::endl;
        RC_ASSERT(shown == std::max(*one.value, known));
      }
    }
  }
  std::vector<std::int64_t> answers(std::size_t bodies_known) { return w.all_answers(sample_days(), bodies_known, series); }
  // Empty when the answers are what they were; else the first questions answered otherwise.
  std::string difference(const std::vector<std::int64_t>& before, std::size_t bodies_known) {
    const auto now = answers(bodies_known);
    std::string out;
    int named = 0;
    for (std::size_t i = 0; i < now.size() && named < 5; ++i) {
      if (now[i] == before[i]) continue;
      std::string question;
      w.all_answers(sample_days(), bodies_known, series, i, &question);
      out += fmt::format("{}: was {}, is {}\n", question, before[i], now[i]);
      ++named;
    }
    return out;
  }

  RestructureWorld w;
  std::vector<Series> series;

 private:
  const std::string& name_of(BodyId body) { return w.bodies->current()->body(body).versions.front().name; }
  static Day any_day() { return *rc::gen::elementOf(sample_days()); }
  std::vector<BodyId> bodies_alive(Day day) {
    std::vector<BodyId> out;
    const auto now = w.bodies->current();
    for (Node node = 0; node < now->size(); ++node) {
      const auto& body = now->body(now->id(node));
      if (body.alive(day) && now->kind(body.id).system == hkh) out.push_back(body.id);
    }
    return out;
  }
  std::vector<Day> days_of(BodyId id) {
    std::vector<Day> out;
    for (const auto day : sample_days())
      if (w.bodies->current()->body(id).alive(day)) out.push_back(day);
    return out;
  }
  std::vector<BodyId> communes_alive(Day day) {
    std::vector<BodyId> out;
    const auto now = w.bodies->current();
    for (const auto id : bodies_alive(day)) {
      const auto& body = now->body(id);
      if (body.kind == "hoi_co_so" && !body.ended && body.versions.back().from <= day) out.push_back(id);
    }
    return out;
  }
  static BodyId taken_from(std::vector<BodyId>& left) {
    const auto at = left.begin() + any<std::ptrdiff_t>(0, std::ssize(left));
    const auto out = *at;
    left.erase(at);
    return out;
  }
  NewBody new_commune(Day day, BodyId like) {
    const auto& body = w.bodies->current()->body(like);
    const auto& land = w.small.land;
    return RestructureWorld::association("xã mới", "Xã mới", body.on(day).superior, day < reform_day() ? body.on(day).area : land.ea_kar);
  }
};

class RandomLives : public db::OnBothStores {
 protected:
  // Each try begins with a fresh store; on PostgreSQL that takes a tenth of a second, so there are fewer.
  template <class Property>
  bool holds(Property property) {
    auto params = rc::detail::configuration().testParams;
    if (on_postgres()) {
      params.maxSuccess = std::max(20, params.maxSuccess / 5);
      params.disableShrinking = true;
    }
    const auto result = rc::detail::checkTestable(
        [&] {
          TearDown();
          SetUp();
          property();
        },
        rc::detail::TestMetadata{}, params);
    rc::detail::printResultMessage(result, std::cerr);
    std::cerr << std::endl;
    return result.template is<rc::detail::SuccessResult>();
  }
};
ON_BOTH_STORES(RandomLives);

TEST_P(RandomLives, Every_tree_adds_up_to_the_same_grand_totals) {
  EXPECT_TRUE(holds([&] {
    Life life(store());
    life.choose_how();
    std::vector<BodyRestructureId> done;
    const int steps = any(4, 14);
    for (int step = 0; step < steps; ++step) {
      switch (any(0, 6)) {
        case 0:
        case 1: life.record_something(); break;
        case 2: life.state_something(); break;
        case 3:
          if (!done.empty()) life.hand_something_over(done.back());
          break;
        default:
          if (const auto id = life.restructure_something()) done.push_back(*id);
      }
      life.totals_agree();
    }
    // twice: what one restructure brings up to date may have to go on with the next
    for (int i = 0; i < 2; ++i)
      for (const auto id : done) life.bring_up_to_date(id);
    life.totals_agree();
    life.stated_levels_are_shown();
    RC_CLASSIFY(!done.empty());
  }));
}

TEST_P(RandomLives, Undo_in_reverse_order_restores_the_very_same_answers) {
  EXPECT_TRUE(holds([&] {
    Life life(store());
    life.choose_how();
    for (int step = any(4, 10); step > 0; --step) {
      if (any(0, 3) == 0) life.state_something();
      else life.record_something();
    }
    const auto known = life.w.bodies->current()->size();
    const auto before = life.answers(known);
    std::vector<BodyRestructureId> done;
    const int count = any(1, 4);
    for (int step = 0; step < count; ++step)
      if (const auto id = life.restructure_something()) {
        done.push_back(*id);
        life.hand_something_over(*id);
      }
    for (auto id = done.rbegin(); id != done.rend(); ++id) {
      const auto undone = life.w.house->undo(*id, life.w.by());
      if (!undone) RC_FAIL(undone.error().message);
    }
    if (const auto difference = life.difference(before, known); !difference.empty()) RC_FAIL(difference);
    RC_CLASSIFY(done.size() > 1);
  }));
}

// Between a restructure and its undoing branches go on reporting. What they wrote down then counts as if the restructure had never been.
TEST_P(RandomLives, What_branches_report_meanwhile_is_as_if_an_undone_restructure_had_never_been) {
  EXPECT_TRUE(holds([&] {
    std::vector<Life::Deed> deeds;
    std::vector<std::int64_t> undone_answers;
    std::size_t known = 0;
    {
      Life life(store());
      life.choose_how();
      known = life.w.bodies->current()->size();
      const auto branches = life.branches_alive(sample_days().back());
      const auto on = [&](Day day) { return life.branches_alive(day); };
      for (int step = any(3, 8); step > 0; --step) {
        const auto deed = any(0, 2) == 0 ? life.any_record(branches) : life.any_statement([&](Day) { return life.everybody(); });
        if (deed && life.apply(*deed)) deeds.push_back(*deed);
      }
      std::vector<BodyRestructureId> done;
      for (int step = any(1, 3); step > 0; --step)
        if (const auto id = life.restructure_something()) {
          done.push_back(*id);
          life.hand_something_over(*id);
        }
      for (int step = any(1, 6); step > 0; --step) {
        auto deed = any(0, 3) != 0 ? life.any_record(branches) : life.any_statement(on);
        if (!deed) continue;
        deed->arrival = Arrival::within;    // beyond, it would raise what is stated above, which is another body's meanwhile
        if (life.apply(*deed)) deeds.push_back(*deed);
      }
      for (auto id = done.rbegin(); id != done.rend(); ++id) {
        const auto undone = life.w.house->undo(*id, life.w.by());
        if (!undone) RC_FAIL(undone.error().message);
      }
      undone_answers = life.answers(known);
      RC_CLASSIFY(!done.empty());
    }
    TearDown();
    SetUp();
    Life life(store());
    for (const auto& deed : deeds) RC_ASSERT(life.apply(deed));
    if (const auto difference = life.difference(undone_answers, known); !difference.empty()) RC_FAIL("undone against never done: " + difference);
  }));
}

}  // namespace
}  // namespace khuyenhoc
