// Rules of rounds: who is asked, when it is due, which steps are allowed, what is locked, who reports for a body that is no more.
#include <algorithm>

#include <gmock/gmock.h>

#include "committees/areas.h"
#include "measures/closing.h"
#include "reporting/reporting_fixture.h"
#include "rounds/board.h"
#include "rounds/reporting_round.h"

namespace khuyenhoc {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class Rounds : public db::OnBothStores {
 protected:
  void SetUp() override {
    db::OnBothStores::SetUp();
    if (IsSkipped()) return;
    small = std::make_unique<SmallHouse>(store());
    small->organisation.on_change([this](OrganisationView now) { small->ledger->organisation_changed(std::move(now)); });
    join_rounds(*small->house);
  }
  void TearDown() override {
    small.reset();
    db::OnBothStores::TearDown();
  }
  const SmallCommune& commune() const { return small->commune; }
  House& house() { return *small->house; }
  Viewer holder(BodyId body, std::vector<Permission> permissions, UserId user = UserId{7}, std::string name = "Bà Trần Kim Liên") {
    ViewerData data;
    data.user = user;
    data.name = std::move(name);
    data.acting_for = body;
    data.units = {{body, "Thư ký"}};
    for (const Permission permission : permissions) data.grants.push_back({permission, Grant::Reach::subtree, {body}});
    data.today = small->clock.today();
    return Viewer(data, small->organisation.current());
  }
  Viewer officer(BodyId body, UserId user = UserId{7}) {
    return holder(body, {Permission::see_figures, Permission::enter_figures, Permission::see_names, Permission::receive, Permission::sign}, user);
  }
  Viewer typist(BodyId body, UserId user = UserId{8}) { return holder(body, {Permission::see_figures, Permission::enter_figures}, user); }

  NewRound asked(RoundDepth depth = RoundDepth::associations) {
    NewRound out;
    out.office = commune().province;
    out.form = "bao_cao";
    out.form_versions = {FormVersionId{11}, FormVersionId{12}};
    out.period = first_half();
    out.depth = depth;
    out.due = {.centre = {}, .province = Day::of(2026, 6, 20), .commune = Day::of(2026, 6, 10), .branch = Day::of(2026, 6, 5)};
    return out;
  }
  Result<ReportingRound> open(const NewRound& given, const Viewer& viewer) {
    return store().write([&](db::Writer& writer) { return open_round(writer, house(), viewer, given); });
  }
  ReportingRound opened(RoundDepth depth = RoundDepth::associations) {
    auto done = open(asked(depth), officer(commune().province));
    EXPECT_TRUE(done) << done.error().message;
    return done.value_or(ReportingRound{});
  }
  std::vector<BodyId> bodies(RoundId round) {
    std::vector<BodyId> out;
    for (const RoundReport& one : all(round)) out.push_back(one.body);
    return out;
  }
  std::vector<RoundReport> all(RoundId round) {
    return store().read([&](db::Reader& reader) { return reports_of_round(reader, round); });
  }
  RoundReport report(RoundId round, BodyId body) {
    auto found = store().read([&](db::Reader& reader) { return report_of(reader, round, body); });
    EXPECT_TRUE(found);
    return found.value_or(RoundReport{});
  }
  Result<RoundReport> step(const Viewer& viewer, RoundId round, BodyId body, ReportStep one, const std::string& reason = {}, const std::string& how = {}) {
    const RoundReport now = report(round, body);
    return store().write([&](db::Writer& writer) { return take_step(writer, house(), viewer, now.id, one, now.row_version, {reason, how}); });
  }
  Result<RoundPassing> pass(const Viewer& viewer, RoundId round, BodyId association, std::optional<Day> due, std::int64_t version = 0) {
    return store().write([&](db::Writer& writer) { return pass_down(writer, house(), viewer, {round, association, due, "Kính nhờ các chi hội ghi số.", {}, 0, version}); });
  }
  RoundBoard board(const Viewer& viewer, RoundId round, BodyId from = {}) {
    auto out = store().read([&](db::Reader& reader) { return round_board(house(), reader, viewer, round, from); });
    EXPECT_TRUE(out) << out.error().message;
    return out.value_or(RoundBoard{});
  }
  std::string code(const auto& result) { return result ? "" : result.error().code; }

  std::unique_ptr<SmallHouse> small;
};
ON_BOTH_STORES(Rounds);

TEST_P(Rounds, A_round_asks_the_associations_directly_below_and_the_office_reports_too) {
  const auto round = opened();
  EXPECT_THAT(bodies(round.id), UnorderedElementsAre(commune().province, commune().ea_kar, commune().ea_o, commune().ea_ktur));
  const RoundReport own = report(round.id, commune().province), ea_kar = report(round.id, commune().ea_kar);
  EXPECT_FALSE(own.sends_to);
  EXPECT_EQ(own.due, Day::of(2026, 6, 20));
  EXPECT_EQ(ea_kar.sends_to, commune().province);
  EXPECT_EQ(ea_kar.due, Day::of(2026, 6, 10));
  EXPECT_EQ(ea_kar.state, ReportState::not_started);
  const auto stored = store().read([&](db::Reader& reader) { return find_round(reader, round.id); });
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->title, "Báo cáo 6 tháng đầu năm 2026");
  EXPECT_EQ(stored->period, first_half());
  EXPECT_THAT(stored->form_versions, ElementsAre(FormVersionId{11}, FormVersionId{12}));
  EXPECT_THAT(store().read([&](db::Reader& reader) { return rounds_on_form(reader, FormVersionId{12}); }), SizeIs(1));
  EXPECT_THAT(store().read([&](db::Reader& reader) { return rounds_asking(reader, commune().ea_kar); }), SizeIs(1));
  EXPECT_THAT(store().read([&](db::Reader& reader) { return rounds_opened_by(reader, commune().province); }), SizeIs(1));
  EXPECT_THAT(store().read([&](db::Reader& reader) { return reports_sent_to(reader, commune().province, "bao_cao", first_half().period); }), SizeIs(3));
}

TEST_P(Rounds, A_round_may_go_down_to_every_branch_at_once) {
  const auto round = opened(RoundDepth::branches);
  EXPECT_THAT(all(round.id), SizeIs(1 + 3 + 8));
  const RoundReport branch = report(round.id, commune().thon_8);
  EXPECT_EQ(branch.sends_to, commune().ea_kar);
  EXPECT_EQ(branch.due, Day::of(2026, 6, 5));
  EXPECT_EQ(branch.level, BodyKind::Level::branch);
}

TEST_P(Rounds, A_round_may_ask_kinds_or_a_list_and_what_is_not_asked_between_is_passed_over) {
  NewRound given = asked();
  given.asked = {AskedBodies::How::kinds, {"chi_hoi_truong"}, {}};
  const auto schools = open(given, officer(commune().province));
  ASSERT_TRUE(schools) << schools.error().message;
  EXPECT_EQ(report(schools->id, commune().nguyen_du).sends_to, commune().province);
  NewRound others = asked(RoundDepth::branches);
  others.form = "dot_xuat";
  others.asked = {AskedBodies::How::list, {}, {commune().ea_ktur}};
  const auto list = open(others, officer(commune().province));
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_THAT(bodies(list->id), UnorderedElementsAre(commune().province, commune().ea_ktur, commune().thon_5));
}

TEST_P(Rounds, What_is_wrong_is_refused_at_its_place) {
  const Viewer province = officer(commune().province);
  const auto refused = [&](NewRound given) { return code(open(given, province)); };
  NewRound given = asked();
  given.form.clear();
  EXPECT_EQ(refused(given), "round.form");
  given = asked();
  given.due.commune = std::nullopt;
  const auto no_due = open(given, province);
  ASSERT_FALSE(no_due);
  EXPECT_EQ(no_due.error().place, "han-xa");
  given.due.commune = Day::of(2026, 5, 30);
  EXPECT_EQ(refused(given), "round.due");
  given.due.commune = Day::of(2026, 6, 25);
  EXPECT_EQ(refused(given), "round.due");
  given = asked();
  given.asked = {AskedBodies::How::list, {}, {commune().centre}};
  EXPECT_EQ(refused(given), "round.list");
  given.asked = {AskedBodies::How::kinds, {}, {}};
  EXPECT_EQ(refused(given), "round.kinds");
  given.asked = {AskedBodies::How::kinds, {"huyen_hoi"}, {}};
  EXPECT_EQ(refused(given), "round.asked");
  given = asked();
  given.office = commune().thon_8;
  EXPECT_EQ(refused(given), "round.branch");
  EXPECT_EQ(code(open(asked(), typist(commune().province))), "round.unknown");
  EXPECT_THAT(store().read([&](db::Reader& reader) { return rounds_opened_by(reader, commune().province); }), IsEmpty());
}

TEST_P(Rounds, Nobody_is_asked_twice_for_the_same_form_and_window) {
  opened();
  EXPECT_EQ(code(open(asked(), officer(commune().province))), "round.asked_already");
  NewRound commune_round = asked();
  commune_round.office = commune().ea_kar;
  EXPECT_EQ(code(open(commune_round, officer(commune().ea_kar))), "round.asked_above");
}

TEST_P(Rounds, An_office_that_opened_its_own_round_is_asked_from_above_afterwards) {
  const auto own = opened();
  NewRound above = asked();
  above.office = commune().centre;
  above.title = "Báo cáo toàn quốc";
  const auto round = open(above, officer(commune().centre));
  ASSERT_TRUE(round) << round.error().message;
  EXPECT_EQ(report(round->id, commune().province).sends_to, commune().centre);
  EXPECT_THAT(bodies(own.id), UnorderedElementsAre(commune().ea_kar, commune().ea_o, commune().ea_ktur));
  const auto events = store().read([&](db::Reader& reader) { return events_of_report(reader, report(round->id, commune().province).id); });
  ASSERT_THAT(events, SizeIs(1));
  EXPECT_EQ(events.front().step, ReportStep::moved);
}

TEST_P(Rounds, A_commune_passes_the_round_down_with_a_due_day_not_after_its_own) {
  const auto round = opened();
  const Viewer ea_kar = officer(commune().ea_kar);
  EXPECT_EQ(code(pass(ea_kar, round.id, commune().ea_kar, Day::of(2026, 6, 11))), "round.due");
  EXPECT_EQ(code(pass(ea_kar, round.id, commune().ea_kar, Day::of(2026, 5, 20))), "round.due");
  EXPECT_EQ(code(pass(ea_kar, round.id, commune().ea_kar, std::nullopt)), "round.due");
  EXPECT_EQ(code(pass(ea_kar, round.id, commune().ea_o, Day::of(2026, 6, 9))), "round.unknown");
  EXPECT_EQ(code(pass(officer(commune().ea_o), round.id, commune().ea_o, Day::of(2026, 6, 9))), "round.no_branches");
  ASSERT_TRUE(pass(ea_kar, round.id, commune().ea_kar, Day::of(2026, 6, 9)));
  EXPECT_EQ(report(round.id, commune().thon_8).due, Day::of(2026, 6, 9));
  EXPECT_THAT(all(round.id), SizeIs(4 + 7));
  // another day for the same branches, known by its version
  EXPECT_EQ(code(pass(ea_kar, round.id, commune().ea_kar, Day::of(2026, 6, 8))), "round.stale");
  ASSERT_TRUE(pass(ea_kar, round.id, commune().ea_kar, Day::of(2026, 6, 8), 1));
  EXPECT_EQ(report(round.id, commune().thon_8).due, Day::of(2026, 6, 8));
  EXPECT_THAT(all(round.id), SizeIs(4 + 7));
}

TEST_P(Rounds, Every_step_of_a_report_is_allowed_only_from_its_states) {
  using enum ReportState;
  const std::vector<std::tuple<ReportStep, std::vector<ReportState>, ReportState>> table{
      {ReportStep::submit, {not_started, entering, returned}, waiting_for_head}, {ReportStep::take_back, {waiting_for_head}, entering},
      {ReportStep::send, {not_started, entering, returned, waiting_for_head}, sent}, {ReportStep::withdraw, {sent}, entering}, {ReportStep::receive, {sent}, received},
      {ReportStep::give_back, {sent, received}, returned}, {ReportStep::close, {received}, closed}};
  for (const auto& [one, from, to] : table)
    for (const ReportState state : {not_started, entering, waiting_for_head, sent, received, returned, closed}) {
      const bool allowed = std::ranges::find(from, state) != from.end();
      EXPECT_EQ(state_after(state, one), allowed ? std::optional(to) : std::nullopt) << static_cast<int>(state);
    }
  for (const ReportStep event : {ReportStep::add_late, ReportStep::on_behalf, ReportStep::adjusted, ReportStep::moved}) EXPECT_FALSE(state_after(sent, event));
}

TEST_P(Rounds, A_report_goes_up_and_comes_back_with_its_reason) {
  const auto round = opened();
  const Viewer secretary = typist(commune().ea_kar), chairman = officer(commune().ea_kar, UserId{9}), province = officer(commune().province, UserId{10});
  EXPECT_EQ(code(step(secretary, round.id, commune().ea_kar, ReportStep::send)), "report.may_not");
  ASSERT_TRUE(step(secretary, round.id, commune().ea_kar, ReportStep::submit));
  EXPECT_EQ(code(step(province, round.id, commune().ea_kar, ReportStep::receive)), "report.step");
  ASSERT_TRUE(step(chairman, round.id, commune().ea_kar, ReportStep::send));
  EXPECT_EQ(code(step(chairman, round.id, commune().ea_kar, ReportStep::receive)), "report.may_not");
  EXPECT_EQ(code(step(province, round.id, commune().ea_kar, ReportStep::give_back)), "report.reason");
  ASSERT_TRUE(step(province, round.id, commune().ea_kar, ReportStep::give_back, "Số hội viên chưa khớp."));
  EXPECT_EQ(report(round.id, commune().ea_kar).reason, "Số hội viên chưa khớp.");
  ASSERT_TRUE(step(chairman, round.id, commune().ea_kar, ReportStep::send));
  ASSERT_TRUE(step(province, round.id, commune().ea_kar, ReportStep::receive));
  EXPECT_EQ(code(step(chairman, round.id, commune().ea_kar, ReportStep::withdraw)), "report.step");
  ASSERT_TRUE(step(province, round.id, commune().ea_kar, ReportStep::close));
  EXPECT_EQ(code(step(province, round.id, commune().ea_kar, ReportStep::give_back, "Muộn rồi")), "report.step");
  const RoundReport last = report(round.id, commune().ea_kar);
  EXPECT_EQ(last.state, ReportState::closed);
  EXPECT_TRUE(last.reason.empty());
  EXPECT_EQ(last.confirmed_by, "Bà Trần Kim Liên");
  const auto events = store().read([&](db::Reader& reader) { return events_of_report(reader, last.id); });
  ASSERT_THAT(events, SizeIs(6));
  EXPECT_EQ(events[2].reason, "Số hội viên chưa khớp.");
  EXPECT_EQ(events[2].from, ReportState::sent);
  EXPECT_EQ(events[2].to, ReportState::returned);
}

TEST_P(Rounds, Whoever_saw_an_older_state_is_told_so) {
  const auto round = opened();
  const Viewer chairman = officer(commune().ea_kar);
  const RoundReport before = report(round.id, commune().ea_kar);
  ASSERT_TRUE(step(chairman, round.id, commune().ea_kar, ReportStep::send));
  const auto late = store().write([&](db::Writer& writer) { return take_step(writer, house(), chairman, before.id, ReportStep::withdraw, before.row_version); });
  EXPECT_EQ(code(late), "report.stale");
  EXPECT_EQ(code(step(officer(commune().ea_o), round.id, commune().ea_kar, ReportStep::withdraw)), "report.unknown");
}

TEST_P(Rounds, A_branch_confirms_by_name_and_time_and_somebody_else_is_marked) {
  const auto round = opened(RoundDepth::branches);
  ASSERT_TRUE(step(typist(commune().thon_8), round.id, commune().thon_8, ReportStep::send));
  const RoundReport own = report(round.id, commune().thon_8);
  EXPECT_EQ(own.confirmed_by, "Bà Trần Kim Liên");
  EXPECT_TRUE(own.sent_ms);
  EXPECT_FALSE(own.on_behalf());
  ASSERT_TRUE(step(typist(commune().ea_kar), round.id, commune().thon_11, ReportStep::send, {}, "qua điện thoại của chi hội trưởng"));
  const RoundReport for_it = report(round.id, commune().thon_11);
  EXPECT_EQ(on_behalf_words(*small->organisation.current(), for_it, small_commune_today()),
            "Bà Trần Kim Liên (Hội Khuyến học xã Ea Kar) nhập thay, qua điện thoại của chi hội trưởng");
  // the branch confirms itself afterwards
  ASSERT_TRUE(step(typist(commune().thon_11), round.id, commune().thon_11, ReportStep::withdraw));
  ASSERT_TRUE(step(typist(commune().thon_11), round.id, commune().thon_11, ReportStep::send));
  EXPECT_FALSE(report(round.id, commune().thon_11).on_behalf());
  EXPECT_EQ(code(step(typist(commune().ea_o), round.id, commune().thon_8, ReportStep::withdraw)), "report.unknown");
}

TEST_P(Rounds, Entering_on_behalf_is_marked_before_anything_is_sent) {
  const auto round = opened(RoundDepth::branches);
  const Viewer helper = typist(commune().ea_kar);
  const RoundReport before = report(round.id, commune().thon_8);
  const auto marked = store().write([&](db::Writer& writer) { return enter_on_behalf(writer, house(), helper, before.id, before.row_version, "theo phiếu giấy"); });
  ASSERT_TRUE(marked) << marked.error().message;
  EXPECT_EQ(report(round.id, commune().thon_8).behalf_how, "theo phiếu giấy");
  EXPECT_EQ(report(round.id, commune().thon_8).behalf_body, commune().ea_kar);
  const RoundReport own = report(round.id, commune().ea_kar);
  EXPECT_EQ(code(store().write([&](db::Writer& writer) { return enter_on_behalf(writer, house(), helper, own.id, own.row_version, ""); })), "report.own");
}

TEST_P(Rounds, Cells_are_locked_while_the_report_or_that_of_the_association_is_out_of_hand) {
  const auto round = opened(RoundDepth::branches);
  const Viewer secretary = typist(commune().ea_kar);
  const auto type = [&](BodyId body, std::int64_t value) {
    const auto known = store().read([&](db::Reader& reader) { return small->statements->find(reader, body, small->series("B02"), first_half().period); });
    return small->save(secretary, commune().ea_kar, {{body, "B02", value, known ? known->row_version : 0}}).front();
  };
  EXPECT_EQ(type(commune().thon_8, 5).state, CellOutcome::State::saved);
  ASSERT_TRUE(step(typist(commune().thon_8), round.id, commune().thon_8, ReportStep::send));
  const CellOutcome locked = type(commune().thon_8, 6);
  EXPECT_EQ(locked.state, CellOutcome::State::refused);
  EXPECT_EQ(locked.code, "entry.locked");
  EXPECT_THAT(locked.message, HasSubstr("“Đề nghị sửa”"));
  EXPECT_EQ(small->stated(commune().thon_8, "B02"), 5);
  EXPECT_EQ(type(commune().thon_11, 2).state, CellOutcome::State::saved);
  ASSERT_TRUE(step(secretary, round.id, commune().thon_8, ReportStep::give_back, "Xin xem lại số hội viên."));
  EXPECT_EQ(type(commune().thon_8, 6).state, CellOutcome::State::saved);
  // the association's own report locks its whole region, until it comes back
  ASSERT_TRUE(step(secretary, round.id, commune().ea_kar, ReportStep::submit));
  EXPECT_EQ(type(commune().thon_11, 3).code, "entry.locked");
  ASSERT_TRUE(step(officer(commune().ea_kar), round.id, commune().ea_kar, ReportStep::send));
  EXPECT_EQ(type(commune().thon_11, 3).code, "entry.locked");
  const auto other_window = small->save(secretary, commune().ea_kar, {{commune().thon_11, "B02", 3, 0}}, *Periods::house().named("bao_cao", "H2", 2025));
  EXPECT_EQ(other_window.front().state, CellOutcome::State::saved);
  ASSERT_TRUE(step(officer(commune().province), round.id, commune().ea_kar, ReportStep::give_back, "Thiếu số của Thôn 11."));
  EXPECT_EQ(type(commune().thon_11, 3).state, CellOutcome::State::saved);
}

TEST_P(Rounds, A_province_that_has_sent_does_not_keep_late_communes_out) {
  const auto round = opened(RoundDepth::branches);
  ASSERT_TRUE(step(officer(commune().province), round.id, commune().province, ReportStep::send));
  EXPECT_EQ(small->save(typist(commune().ea_kar), commune().ea_kar, {{commune().thon_8, "B02", 5, 0}}).front().state, CellOutcome::State::saved);
  EXPECT_EQ(code(store().read([&](db::Reader& reader) { return entry_lock(reader, *small->organisation.current(), commune().province, commune().province, first_half().period); })),
            "entry.locked");
}

TEST_P(Rounds, Closing_to_entry_locks_everybody_but_those_asked_to_correct) {
  const auto round = opened(RoundDepth::branches);
  const Viewer province = officer(commune().province), chairman = officer(commune().ea_kar);
  ASSERT_TRUE(step(chairman, round.id, commune().ea_kar, ReportStep::send));
  EXPECT_EQ(code(store().write([&](db::Writer& writer) { return close_entry(writer, house(), chairman, round.id, round.row_version); })), "round.may_not");
  const auto closed = store().write([&](db::Writer& writer) { return close_entry(writer, house(), province, round.id, round.row_version); });
  ASSERT_TRUE(closed) << closed.error().message;
  EXPECT_EQ(code(store().write([&](db::Writer& writer) { return close_entry(writer, house(), province, round.id, closed->row_version); })), "round.entry_closed");
  EXPECT_EQ(code(step(officer(commune().ea_o), round.id, commune().ea_o, ReportStep::send)), "round.entry_closed");
  EXPECT_EQ(small->save(typist(commune().ea_ktur), commune().ea_ktur, {{commune().thon_5, "B02", 5, 0}}).front().code, "entry.locked");
  EXPECT_EQ(code(pass(officer(commune().ea_ktur), round.id, commune().ea_ktur, Day::of(2026, 6, 9))), "round.entry_closed");
  // received, sent back, and corrected all the same; the office's own report goes on
  ASSERT_TRUE(step(province, round.id, commune().ea_kar, ReportStep::give_back, "Xin sửa số hội viên."));
  ASSERT_TRUE(step(chairman, round.id, commune().ea_kar, ReportStep::send));
  ASSERT_TRUE(step(province, round.id, commune().province, ReportStep::submit));
  const auto open_again = store().write([&](db::Writer& writer) { return reopen_entry(writer, house(), province, round.id, closed->row_version); });
  ASSERT_TRUE(open_again) << open_again.error().message;
  ASSERT_TRUE(step(officer(commune().ea_o), round.id, commune().ea_o, ReportStep::send));
}

TEST_P(Rounds, A_body_is_asked_late_once) {
  NewRound given = asked();
  given.asked = {AskedBodies::How::list, {}, {commune().ea_kar}};
  const auto round = open(given, officer(commune().province));
  ASSERT_TRUE(round) << round.error().message;
  const Viewer province = officer(commune().province);
  const auto add = [&](const Viewer& viewer, BodyId body, std::optional<Day> due) {
    return store().write([&](db::Writer& writer) { return add_body_late(writer, house(), viewer, round->id, body, due); });
  };
  EXPECT_EQ(code(add(typist(commune().ea_kar), commune().ea_o, {})), "round.may_not");
  EXPECT_EQ(code(add(province, commune().centre, {})), "round.body");
  EXPECT_EQ(code(add(province, commune().ea_kar, {})), "round.asked_already");
  EXPECT_EQ(code(add(province, commune().ea_o, Day::of(2026, 5, 1))), "round.due");
  const auto added = add(province, commune().ea_o, {});
  ASSERT_TRUE(added) << added.error().message;
  EXPECT_EQ(added->due, Day::of(2026, 6, 10));
  EXPECT_TRUE(report(round->id, commune().ea_o).added_late_ms);
  // a commune adds a branch of its own
  const auto branch = add(officer(commune().ea_kar), commune().thon_8, Day::of(2026, 6, 9));
  ASSERT_TRUE(branch) << branch.error().message;
  EXPECT_EQ(branch->sends_to, commune().ea_kar);
}

TEST_P(Rounds, Heirs_that_nobody_asked_are_added_and_what_stands_in_the_way_of_a_restructure_is_told) {
  NewRound given = asked();
  given.asked = {AskedBodies::How::list, {}, {commune().ea_kar, commune().ea_o}};
  const Viewer province = officer(commune().province);
  const auto round = open(given, province);
  ASSERT_TRUE(round) << round.error().message;
  const auto kept = [&](Day from) { return store().read([&](db::Reader& reader) { return reports_kept_from(reader, from); }); };
  EXPECT_THAT(kept(Day::of(2026, 5, 1)), IsEmpty()) << "only asked for: stands in nobody's way";
  ASSERT_TRUE(step(officer(commune().ea_kar), round->id, commune().ea_kar, ReportStep::submit));
  EXPECT_THAT(kept(Day::of(2026, 5, 31)), ElementsAre(testing::Pair(commune().ea_kar, 1)));
  EXPECT_THAT(kept(Day::of(2026, 6, 1)), IsEmpty()) << "of a window that was over by then";
  const auto add = [&](const Viewer& viewer) { return store().write([&](db::Writer& writer) { return add_heirs(writer, house(), viewer, round->id); }); };
  EXPECT_EQ(add(province).value_or(9), 0u);
  const auto merged = store().write([&](db::Writer& writer) -> Result<void> {
    OrganisationChanges changes(small->organisation, writer, {}, small->clock.now_ms());
    if (auto ended = changes.end(commune().ea_o, Day::of(2026, 4, 1)); !ended) return ended;
    return changes.succeed(commune().ea_o, commune().ea_ktur);
  });
  ASSERT_TRUE(merged) << merged.error().message;
  const Viewer now = officer(commune().province);
  EXPECT_THAT(board(now, round->id).heirs_missing, ElementsAre(commune().ea_ktur));
  EXPECT_EQ(code(add(officer(commune().ea_kar))), "round.may_not");
  EXPECT_EQ(add(now).value_or(9), 1u);
  EXPECT_EQ(report(round->id, commune().ea_ktur).sends_to, commune().province);
  EXPECT_THAT(board(now, round->id).heirs_missing, IsEmpty());
  EXPECT_EQ(board(now, round->id).part_of_heirs, 1u);
  EXPECT_EQ(add(now).value_or(9), 0u) << "once";
}

TEST_P(Rounds, The_board_shows_how_far_those_are_whom_a_member_of_the_office_looks_after) {
  const auto holding = store().write([&](db::Writer& writer) { return appoint(store(), writer, {}, {.body = commune().province, .post = "uy_vien_btv", .person_name = "Bà H’Ngoan Niê", .user = {}, .from = Day::of(2025, 7, 1), .until = {}, .term = {}}); });
  ASSERT_TRUE(holding) << holding.error().message;
  const Viewer keeper = holder(commune().province, {Permission::see_figures, Permission::keep_bodies, Permission::receive});
  const auto given = assign_carers(house(), keeper, commune().province, {{commune().ea_kar, holding->id, 0}, {commune().ea_o, holding->id, 0}}, Day::of(2026, 1, 1));
  ASSERT_TRUE(given) << given.error().message;
  const auto round = opened(RoundDepth::branches);
  ASSERT_TRUE(step(officer(commune().ea_o), round.id, commune().ea_o, ReportStep::send));
  const RoundBoard shown = board(officer(commune().province), round.id);
  const auto groups = store().read([&](db::Reader& reader) { return groups_by_carer(house(), reader, shown, small_commune_today()); });
  ASSERT_THAT(groups, SizeIs(2));
  EXPECT_EQ(groups.front().name, "Bà H’Ngoan Niê");
  EXPECT_EQ(groups.front().associations.asked, 2u);
  EXPECT_EQ(groups.front().associations.sent(), 1u);
  EXPECT_EQ(groups.front().branches.asked, 7u) << "the branches of Ea Kar are in her care, too";
  EXPECT_EQ(groups.back().holding, 0) << "nobody's stand last";
  EXPECT_EQ(groups.back().associations.asked, 1u);
}

TEST_P(Rounds, The_board_shows_every_body_with_its_state_and_how_complete_it_is) {
  const auto round = opened(RoundDepth::branches);
  small->state(commune().thon_8, "B02", first_half(), 3);
  ASSERT_TRUE(step(typist(commune().thon_11), round.id, commune().thon_11, ReportStep::send));
  ASSERT_TRUE(step(officer(commune().ea_o), round.id, commune().ea_o, ReportStep::send));
  const RoundBoard all_of_it = board(officer(commune().province), round.id);
  EXPECT_THAT(all_of_it.lines, SizeIs(3 + 8));
  ASSERT_TRUE(all_of_it.own);
  EXPECT_EQ(all_of_it.associations.asked, 3u);
  EXPECT_EQ(all_of_it.associations.sent(), 1u);
  EXPECT_EQ(all_of_it.associations.of(ReportState::entering), 1u);      // something was entered below Ea Kar
  EXPECT_EQ(all_of_it.branches.asked, 8u);
  EXPECT_EQ(all_of_it.branches.sent(), 1u);
  EXPECT_EQ(all_of_it.branches.of(ReportState::entering), 1u);
  EXPECT_EQ(all_of_it.branches.late, 7u);                               // due on 5 June, today is the 8th
  EXPECT_EQ(all_of_it.branches.in_time, 0u);
  EXPECT_EQ(all_of_it.associations.late, 0u);
  const auto line = std::ranges::find(all_of_it.lines, commune().ea_kar, [](const BoardLine& one) { return one.report.body; });
  ASSERT_NE(line, all_of_it.lines.end());
  EXPECT_EQ(line->days_left, 2);
  const auto groups = groups_by_subtree(*small->organisation.current(), all_of_it, small_commune_today());
  ASSERT_THAT(groups, SizeIs(3));
  const auto ea_kar = std::ranges::find(groups, commune().ea_kar, &BoardGroup::body);
  EXPECT_EQ(ea_kar->branches.asked, 7u);
  EXPECT_EQ(share_words(ea_kar->branches.sent(), ea_kar->branches.asked), "14,3%");

  // a commune sees its own region only, a branch nothing but itself, others nothing at all
  const RoundBoard below = board(typist(commune().ea_kar), round.id);
  EXPECT_EQ(below.from, commune().ea_kar);
  EXPECT_THAT(below.lines, SizeIs(7));
  EXPECT_EQ(code(store().read([&](db::Reader& reader) { return round_board(house(), reader, typist(commune().ea_kar), round.id, commune().ea_o); })), "round.unknown");
  EXPECT_THAT(board(typist(commune().thon_8), round.id).lines, IsEmpty());
}

}  // namespace
}  // namespace khuyenhoc
