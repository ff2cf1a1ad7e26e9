// The reporting rounds of the demo world: in every state, over and closed, asked beside the usual ones.
#include <map>

#include "measures/own_indicators.h"
#include "rounds/rounds.h"
#include "signed_reports/signed_reports.h"
#include "world/demo_world_fixture.h"

namespace khuyenhoc {
namespace {

TEST_F(DemoWorld, The_half_year_round_shows_every_state_that_a_report_can_be_in) {
  const BodyId dak_lak = association("66");
  house.store.read([&](db::Reader& reader) {
    const auto rounds = rounds_opened_by(reader, dak_lak);
    const auto half = std::ranges::find(rounds, period("2026-H1"), [](const ReportingRound& one) { return one.period.period; });
    ASSERT_NE(half, rounds.end());
    EXPECT_EQ(half->title, "Báo cáo 6 tháng đầu năm 2026");
    std::map<ReportState, std::size_t> communes, branches;
    std::size_t late = 0, on_behalf = 0, passed = 0, without_remark = 0;
    const auto entered = house.ledger.view().entered->round(half->period.period);
    for (const RoundReport& one : reports_of_round(reader, half->id)) {
      ++(one.level == BodyKind::Level::branch ? branches : communes)[shown_state(organisation, entered, one, today)];
      late += is_late(one, today) ? 1 : 0;
      on_behalf += one.on_behalf() ? 1 : 0;
      passed += one.level != BodyKind::Level::branch && passing_of(reader, half->id, one.body) ? 1 : 0;
      if (one.state == ReportState::returned && one.reason.empty() && open_remarks(reader, one.id).empty()) ++without_remark;
      if (!is_locked(one.state) || one.level == BodyKind::Level::branch || one.state == ReportState::waiting_for_head) continue;
      const auto version = last_version(reader, one.id);
      ASSERT_TRUE(version) << organisation->body(one.body).on(today).name;
      EXPECT_FALSE(is_in_force(reader, *version)) << "nothing is official before it is closed";
      const VersionContent content = content_of(reader, house.ledger, *version);
      EXPECT_GE(content.texts.size(), 3u);
      for (const FrozenText& text : content.texts) EXPECT_EQ(text.markdown.find("{{"), std::string::npos) << text.markdown;
    }
    for (const ReportState state : {ReportState::not_started, ReportState::entering, ReportState::waiting_for_head, ReportState::sent, ReportState::received, ReportState::returned}) EXPECT_GE(communes[state], 2u) << static_cast<int>(state);
    EXPECT_GE(communes[ReportState::sent] + communes[ReportState::received], 40u);
    EXPECT_GE(branches[ReportState::sent], 100u);
    EXPECT_GE(late, 20u);
    EXPECT_GE(on_behalf, 20u);
    EXPECT_GE(passed, 15u);
    EXPECT_EQ(without_remark, 0u) << "who is asked to correct is told what";
    const auto own = report_of(reader, half->id, association("66/24373"));
    ASSERT_TRUE(own);
    EXPECT_FALSE(is_locked(own->state)) << "whoever tries the program out can type there";
  });
}

TEST_F(DemoWorld, Rounds_that_are_over_are_closed_with_what_was_signed_and_both_numbers_show_since) {
  const BodyId dak_lak = association("66");
  house.store.read([&](db::Reader& reader) {
    const auto year = report_in_window(reader, dak_lak, "bao_cao", period("2025"));
    ASSERT_TRUE(year);
    EXPECT_EQ(year->state, ReportState::closed);
    std::size_t closed = 0, adjusted = 0;
    for (const RoundReport& one : reports_sent_to(reader, dak_lak, "bao_cao", period("2025"))) {
      const auto versions = versions_of(reader, one.id);
      closed += one.state == ReportState::closed ? 1 : 0;
      adjusted += versions.size() > 1 ? 1 : 0;
      for (const SignedVersion& version : versions) EXPECT_TRUE(is_as_signed(reader, version));
    }
    EXPECT_GE(closed, 95u);
    EXPECT_EQ(adjusted, 3u);
    const Differences both = differences(reader, house, *year);
    EXPECT_GE(both.figures.size(), 2u);
    EXPECT_GE(both.causes.size(), 3u);
    EXPECT_THAT(difference_sentence(house, both), testing::HasSubstr("số đã chốt hiện nay là"));
    const BodyId before = association(unit("66", eve), eve);
    const auto half = report_in_window(reader, before, "bao_cao", period("2025-H1"));
    ASSERT_TRUE(half);
    EXPECT_EQ(half->state, ReportState::closed);
    EXPECT_GE(reports_sent_to(reader, before, "bao_cao", period("2025-H1")).size(), 15u) << "the districts of that time";
  });
}

TEST_F(DemoWorld, A_request_a_school_year_and_a_term_are_asked_beside_and_the_province_asks_two_things_more) {
  const BodyId dak_lak = association("66");
  house.store.read([&](db::Reader& reader) {
    std::map<std::string, ReportingRound> rounds;
    for (const ReportingRound& one : rounds_opened_by(reader, dak_lak)) rounds.emplace(one.form.starts_with("yc") ? "request" : one.form, one);
    ASSERT_TRUE(rounds.contains("request") && rounds.contains("nhiem_ky"));
    std::size_t late = 0;
    for (const RoundReport& one : reports_of_round(reader, rounds.at("request").id)) late += is_late(one, today) ? 1 : 0;
    EXPECT_GE(late, 1u);
    std::map<ReportState, std::size_t> unions;
    for (const BodyId body : organisation->bodies_within(unit("66"), "DOAN", today))
      for (const RoundReport& one : reports_of_body(reader, body)) ++unions[one.state];
    EXPECT_GE(unions[ReportState::sent], 2u);
    EXPECT_GE(unions[ReportState::not_started], 60u);
  });
  std::size_t answered = 0;
  for (const OwnIndicator& one : house.store.read([&](db::Reader& reader) { return house.ledger.own().of_owner(reader, dak_lak); }))
    answered += figure(dak_lak, one.code(), period("2026-H1"), today) > 0 ? 1 : 0;
  EXPECT_GE(answered, 2u) << "its own questions are answered";
}

}  // namespace
}  // namespace khuyenhoc
