// Random sequences of entry, sign, receive, return, close, adjust and restructure, against a model that only knows what was signed and closed.
#include <array>
#include <map>
#include <sstream>

#include <rapidcheck.h>

#include "signed_reports/signed_fixture.h"

namespace khuyenhoc {
namespace {

struct Step {
  enum Kind { enter, submit, sign, receive, give_back, withdraw, close, adjust, merge } kind = enter;
  int body = 0;                          // of those that report
  int measure = 0;
  std::int64_t amount = 0;
};
void showValue(const Step& step, std::ostream& out) { out << "step " << step.kind << " of " << step.body << " measure " << step.measure << " amount " << step.amount; }

rc::Gen<Step> any_step() {
  using rc::gen::inRange;
  return rc::gen::map(rc::gen::tuple(rc::gen::weightedElement<int>({{6, 0}, {5, 1}, {6, 2}, {5, 3}, {1, 4}, {1, 5}, {5, 6}, {3, 7}, {1, 8}}),
                                     rc::gen::weightedElement<int>({{3, 0}, {3, 1}, {3, 2}, {2, 3}}), inRange(0, 2), inRange<std::int64_t>(0, 90)),
                      [](const std::tuple<int, int, int, std::int64_t>& made) { return Step{static_cast<Step::Kind>(std::get<0>(made)), std::get<1>(made), std::get<2>(made), std::get<3>(made)}; });
}

class RandomRounds : public OnSmallRound {
 protected:
  using Amounts = std::map<std::string, std::int64_t>;
  static constexpr std::array<const char*, 2> codes{"B01", "B02"};        // a level and a flow

  // Where each one's figures are typed, and who reports it.
  BodyId typed_at(int body) const { return std::array{commune().thon_8, commune().ea_o, commune().thon_5, commune().thon_8}[static_cast<std::size_t>(body)]; }
  BodyId reporting(int body) const { return std::array{commune().ea_kar, commune().ea_o, commune().ea_ktur, commune().province}[static_cast<std::size_t>(body)]; }

  Amounts live(BodyId body) {
    Amounts out;
    for (const char* code : codes) out[code] = small->figure(body, code, window);
    return out;
  }
  bool is_part_of_heir(BodyId body) const { return body == commune().ea_o && merged == Merged::before_cut_off; }
  void put(BodyId body) {
    in_force[body] = frozen.at(body);
    if (covers[body] && in_force.contains(commune().ea_o)) in_force[commune().ea_o] = {{"B01", 0}, {"B02", 0}};
  }
  void adjusted(BodyId body, const char* code, std::int64_t change) { in_force.at(body)[code] += change; }

  void take(const Step& step) {
    const BodyId body = reporting(step.body);
    const bool province = body == commune().province;
    const ReportState state = report(round, body).state;
    switch (step.kind) {
      case Step::enter:
        if (!province && !(body == commune().ea_o && merged != Merged::no)) small->state(typed_at(step.body), codes[static_cast<std::size_t>(step.measure)], window, step.amount);     // by any door, locked or not
        break;
      case Step::submit: (void)submit(round, body); break;
      case Step::sign: {
        const std::vector<RoundReport> below = read([&](db::Reader& reader) { return reports_sent_to(reader, body, "bao_cao", window.period); });
        if (is_part_of_heir(body)) {
          RC_ASSERT(!sign(round, body).has_value());
          break;
        }
        const Amounts now = province ? Amounts{{"B01", 0}, {"B02", 0}} : live(body);
        const auto done = sign(round, body);
        RC_ASSERT(done.has_value() == (state == ReportState::waiting_for_head));
        if (!done) break;
        frozen[body] = now;
        covers[body] = body == commune().ea_ktur && merged == Merged::before_cut_off;
        digests[done->id] = crypto::hex(done->digest);
        if (!province) break;
        for (const RoundReport& one : below)
          if (one.state == ReportState::received && !is_part_of_heir(one.body)) put(one.body);
        put(body);
        break;
      }
      case Step::receive:
        if (!province) RC_ASSERT(receive(round, body).has_value() == (state == ReportState::sent));
        break;
      case Step::give_back: {
        if (province) break;
        const RoundReport now = report(round, body);
        (void)write([&](db::Writer& writer) { return ask_correction(writer, house(), chairman(commune().province), now.id, now.row_version, "Xin xem lại.", {}); });
        break;
      }
      case Step::withdraw: {
        const RoundReport now = report(round, body);
        (void)write([&](db::Writer& writer) { return take_step(writer, house(), chairman(body), now.id, ReportStep::withdraw, now.row_version); });
        break;
      }
      case Step::close: {
        if (province) break;
        const auto done = close(round, body);
        RC_ASSERT(done.has_value());
        RC_ASSERT((done->done == 1) == (state == ReportState::received && !is_part_of_heir(body)));
        if (done->done == 1) put(body);
        break;
      }
      case Step::adjust: {
        if (province) break;
        const char* code = codes[static_cast<std::size_t>(step.measure)];
        if (is_part_of_heir(body)) {
          RC_ASSERT(!adjust(round, body, typed_at(step.body), code, step.amount).has_value());
          break;
        }
        const std::int64_t before = small->figure(body, code, window);
        const auto done = adjust(round, body, typed_at(step.body), code, step.amount);
        if (state != ReportState::closed) RC_ASSERT(!done.has_value());
        if (!done) break;
        digests[done->id] = crypto::hex(done->digest);
        adjusted(body, code, small->figure(body, code, window) - before);
        break;
      }
      case Step::merge: {                // Ea Ô goes into Ea Ktur: its figures are part of theirs, or, after the cut-off, its own report goes on in their hands
        if (merged != Merged::no) break;
        const auto done = store().write([&](db::Writer& writer) -> Result<void> {
          OrganisationChanges changes(small->organisation, writer, {}, small->clock.now_ms());
          if (auto ended = changes.end(commune().ea_o, step.amount % 2 == 0 ? window.period.last - 3 : window.period.last + 3); !ended) return ended;
          return changes.succeed(commune().ea_o, commune().ea_ktur);
        });
        RC_ASSERT(done.has_value());
        merged = step.amount % 2 == 0 ? Merged::before_cut_off : Merged::after_cut_off;
        desks[commune().ea_o] = commune().ea_ktur;
        break;
      }
    }
  }

  void hold() {
    const Day cut_off = window.period.last, after = cut_off + 5;
    if (in_force.empty()) {
      for (const char* code : codes) RC_ASSERT(official(commune().province, code, window) == "figure.no_official");
    } else {
      for (const char* code : codes) {
        std::int64_t sum = 0;
        for (const auto& [body, amounts] : in_force) sum += amounts.at(code);
        if (std::string_view(code) == "B01")
          for (const auto& [body, amount] : carried)
            if (!in_force.contains(body) && !(is_part_of_heir(body) && in_force.contains(commune().ea_ktur))) sum += amount;
        for (const Day tree : {cut_off, after}) {
          RC_ASSERT(official(commune().province, code, window, tree) == std::to_string(sum));
          RC_ASSERT(official(commune().centre, code, window, tree) == std::to_string(sum));
        }
      }
    }
    read([&](db::Reader& reader) {
      for (const auto& [id, digest] : digests) {
        const auto version = find_version(reader, id);
        RC_ASSERT(version && crypto::hex(version->digest) == digest && is_as_signed(reader, *version));
      }
    });
    const RoundReport upper = report(round, commune().province);
    if (upper.state != ReportState::closed) return;
    const Differences both = apart(round, commune().province);
    ++(both.none() ? seen_alike : seen_apart);
    read([&](db::Reader& reader) {
      const auto content = content_of(reader, house().ledger, last_version(reader, upper.id).value());
      for (const char* code : codes) {
        const std::int64_t paper = content.total(small->series(code));
        const std::string lens = official(commune().province, code, window);
        const auto shown = std::ranges::find(both.figures, small->series(code), &Difference::series);
        RC_ASSERT((shown == both.figures.end()) == (std::to_string(paper) == lens));
        if (shown != both.figures.end()) RC_ASSERT(shown->as_signed == paper && std::to_string(shown->today) == lens);
      }
    });
  }

  NamedPeriod window = first_half();
  RoundId round;
  enum class Merged { no, before_cut_off, after_cut_off } merged = Merged::no;
  std::map<BodyId, Amounts> in_force, frozen;
  std::map<BodyId, bool> covers;                                           // of Ea Ktur: what it signed holds Ea Ô's
  std::map<BodyId, std::int64_t> carried;                                  // levels closed in the window before
  std::map<ReportVersionId, std::string> digests;
  int seen_alike = 0, seen_apart = 0;                                      // states with a signed and closed report of the province

  void run_case(const std::vector<Step>& steps) {
    TearDown();
    SetUp();
    merged = Merged::no;
    desks.clear(), in_force.clear(), frozen.clear(), covers.clear(), carried.clear(), digests.clear();
    const NamedPeriod before = *Periods::house().named("bao_cao", "H2", 2025);
    for (const auto& [body, amount] : std::map<BodyId, std::int64_t>{{commune().ea_kar, 100}, {commune().ea_o, 40}}) {
      small->state(body == commune().ea_kar ? commune().thon_8 : body, "B01", before, amount);
      const std::vector<BodyId> list{body};
      RC_ASSERT(store().write([&](db::Writer& writer) { return close_period(writer, house().ledger, "bao_cao", before.period, list, UserId{9}, small->clock.now_ms()); }).has_value());
      carried[body] = amount;
    }
    round = open(commune().province, window);
    for (const Step& step : steps) {
      take(step);
      hold();
    }
    // however far it has come: it goes to its end as rounds do, and one figure is adjusted after that
    for (const int body : {0, 1, 2})
      for (const Step::Kind kind : {Step::submit, Step::sign, Step::receive, Step::close}) end_with({kind, body, 0, 0});
    for (const Step::Kind kind : {Step::submit, Step::sign}) end_with({kind, 3, 0, 0});
    end_with({Step::adjust, 0, 0, 777});
  }
  void end_with(const Step& step) {
    take(step);
    hold();
  }
};
ON_BOTH_STORES(RandomRounds);

// RC_PARAMS chooses the seed and the number of cases (max_success); each begins with a fresh store.
TEST_P(RandomRounds, Official_totals_are_what_was_signed_and_closed_and_what_is_carried) {
  auto params = rc::detail::configuration().testParams;
  params.maxSuccess = std::max(1, params.maxSuccess / (store().dialect() == db::Dialect::postgres ? 20 : 2));
  constexpr int steps = 60;
  const auto result = rc::detail::checkTestable([&] { run_case(*rc::gen::resize(steps, rc::gen::container<std::vector<Step>>(any_step()))); }, rc::detail::TestMetadata{"rounds", "rounds"}, params);
  if (result.template is<rc::detail::SuccessResult>()) {
    EXPECT_TRUE(params.maxSuccess < 40 || (seen_alike > 0 && seen_apart > 0)) << "the cases never came to a closed upper report: " << seen_alike << ", " << seen_apart;
    return;
  }
  std::ostringstream text;
  rc::detail::printResultMessage(result, text);
  FAIL() << text.str();
}

}  // namespace
}  // namespace khuyenhoc
