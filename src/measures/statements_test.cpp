#include "measures/entry_mode.h"
#include "measures/measures_fixture.h"

namespace khuyenhoc {
namespace {

class StatedTotals : public OnSmallMeasures {};
ON_BOTH_STORES(StatedTotals);

TEST_P(StatedTotals, Stated_120_and_listed_45_then_a_list_of_30_more_within_is_still_120) {
  const Period period = half_year(2026);
  record(small.thon_8, "B01", Day::of(2026, 1, 10), 45, Arrival::beyond);
  const auto stated = state(small.thon_8, "B01", period, 120);
  EXPECT_EQ(stated.listed, 45);
  EXPECT_EQ(stated.residual, 75);
  EXPECT_FALSE(stated.conflict);
  EXPECT_EQ(level(small.thon_8, "B01", period.last), 120);
  record(small.thon_8, "B01", Day::of(2026, 3, 1), 30, Arrival::within);
  EXPECT_EQ(level(small.thon_8, "B01", period.last), 120);
  EXPECT_EQ(level(small.dak_lak, "B01", period.last), 120);
  const auto now = explain(small.thon_8, "B01", period);
  EXPECT_EQ(now.listed, 75);
  EXPECT_EQ(now.residual, 45);
  // found later, dated after the statement: the list grows, the total does not
  record(small.thon_8, "B01", Day::of(2026, 6, 5), 20, Arrival::within);
  EXPECT_EQ(level(small.thon_8, "B01", Day::of(2026, 6, 5)), 120);
  record(small.thon_8, "B01", Day::of(2026, 6, 6), 1, Arrival::beyond);
  EXPECT_EQ(level(small.thon_8, "B01", Day::of(2026, 6, 6)), 121) << "a member who joins after the count";
  EXPECT_EQ(level(small.thon_8, "B01", period.last), 120);
  restart();
  EXPECT_EQ(level(small.centre, "B01", Day::of(2026, 6, 6)), 121);
}

TEST_P(StatedTotals, What_is_stated_at_the_commune_and_typed_by_its_branches_is_never_counted_twice) {
  const Period period = half_year(2026);
  for (const std::string_view code : {"B01", "B02"}) {
    state(small.ea_kar, code, period, 500);
    state(small.thon_8, code, period, 120);
    state(small.thon_2, code, period, 80);
    EXPECT_EQ(figure(small.ea_kar, code, period), 500) << code;
    EXPECT_EQ(explain(small.ea_kar, code, period).residual, 300);
    EXPECT_EQ(figure(small.thon_8, code, period), 120);
    EXPECT_EQ(figure(small.dak_lak, code, period), 500);
    // the other way round is the same
    state(small.thon_11, code, period, 70);
    state(small.ea_o, code, period, 90);
    EXPECT_EQ(figure(small.ea_o, code, period), 90);
    EXPECT_EQ(figure(small.centre, code, period), 590);
  }
}

TEST_P(StatedTotals, Corrected_for_last_period_this_periods_level_is_unchanged) {
  const Period last = second_half(2025);
  const Period now = half_year(2026);
  state(small.thon_8, "B01", last, 118);
  state(small.thon_8, "B01", now, 120);
  state(small.thon_8, "B01", last, 130);
  EXPECT_EQ(level(small.thon_8, "B01", last.last), 130);
  EXPECT_EQ(level(small.thon_8, "B01", now.last), 120);
  state(small.thon_8, "B01", last, std::nullopt);
  EXPECT_EQ(level(small.thon_8, "B01", last.last), 0);
  EXPECT_EQ(level(small.thon_8, "B01", now.last), 120);
}

TEST_P(StatedTotals, A_list_longer_than_the_stated_total_is_shown_and_never_hidden) {
  const Period period = half_year(2026);
  state(small.thon_8, "B01", period, 20);
  record(small.thon_8, "B01", Day::of(2026, 2, 1), 25, Arrival::within);
  const auto now = explain(small.thon_8, "B01", period);
  EXPECT_TRUE(now.conflict);
  EXPECT_EQ(now.residual, 0);
  EXPECT_EQ(level(small.thon_8, "B01", period.last), 25);
  EXPECT_EQ(level(small.ea_kar, "B01", period.last), 25);
}

TEST_P(StatedTotals, What_comes_beyond_a_stated_total_raises_it_with_history) {
  const Period period = half_year(2026);
  state(small.ea_kar, "E01", period, 100);
  state(small.thon_8, "E01", period, 10);
  record(small.thon_8, "E01", Day::of(2026, 4, 1), 4, Arrival::within);
  EXPECT_EQ(figure(small.thon_8, "E01", period), 10);
  EXPECT_EQ(figure(small.ea_kar, "E01", period), 100);
  record(small.thon_8, "E01", Day::of(2026, 4, 2), 3, Arrival::beyond);
  EXPECT_EQ(figure(small.thon_8, "E01", period), 13);
  EXPECT_EQ(figure(small.ea_kar, "E01", period), 103);
  const auto branch = store().read([&](db::Reader& reader) { return statements->find(reader, small.thon_8, series("E01"), period); });
  ASSERT_TRUE(branch);
  EXPECT_EQ(branch->value, 13);
  const auto history = store().read([&](db::Reader& reader) { return statements->history(reader, branch->id); });
  ASSERT_EQ(history.size(), 2u);
  EXPECT_EQ(history[0].value, 10);
  EXPECT_EQ(history[1].value, 13);
}

TEST_P(StatedTotals, A_record_taken_back_leaves_everything_as_it_was) {
  const Period period = half_year(2026);
  state(small.thon_8, "B01", period, 120);
  record(small.thon_8, "B01", Day::of(2026, 6, 5), 20, Arrival::within);
  record(small.thon_8, "B01", Day::of(2026, 2, 5), 7, Arrival::beyond);
  EXPECT_EQ(level(small.thon_8, "B01", period.last), 127);
  const auto facts = store().read([&](db::Reader& reader) { return ledger->facts(reader, small.thon_8, series("B01"), {Day::earliest(), Day::latest()}); });
  for (const Fact& one : facts)
    if (one.kind == FactKind::record) store().write([&](db::Writer& writer) { statements->take_back(writer, one, secretary, june_2026_ms); });
  EXPECT_EQ(level(small.thon_8, "B01", period.last), 120);
  EXPECT_EQ(level(small.thon_8, "B01", Day::of(2026, 6, 9)), 120);
  EXPECT_EQ(explain(small.thon_8, "B01", period).residual, 120);
}

TEST_P(StatedTotals, A_longer_period_posts_only_what_the_shorter_ones_leave) {
  state(small.thon_8, "D02", half_year(2026), 80);
  state(small.thon_8, "D02", whole_year(2026), 200);
  EXPECT_EQ(figure(small.thon_8, "D02", half_year(2026)), 80);
  EXPECT_EQ(figure(small.thon_8, "D02", second_half(2026)), 120);
  EXPECT_EQ(figure(small.thon_8, "D02", whole_year(2026)), 200);
  EXPECT_EQ(figure(small.dak_lak, "D02", whole_year(2026)), 200);
  // the two halves cover the year: what it has more stands in the year and in neither half
  state(small.thon_8, "D02", second_half(2026), 110);
  EXPECT_EQ(figure(small.thon_8, "D02", half_year(2026)), 80);
  EXPECT_EQ(figure(small.thon_8, "D02", second_half(2026)), 110);
  EXPECT_EQ(figure(small.dak_lak, "D02", second_half(2026)), 110);
  EXPECT_EQ(figure(small.dak_lak, "D02", whole_year(2026)), 200);
  state(small.thon_8, "D02", half_year(2026), std::nullopt);
  EXPECT_EQ(figure(small.thon_8, "D02", half_year(2026)), 90) << "the year less its second half";
}

TEST_P(StatedTotals, A_school_year_that_crosses_the_half_years_answers_only_for_itself) {
  const auto refused = try_state(small.nguyen_du, "H01", school_year(2025), 9, 0);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "statement.level") << "schools' activities are recorded at the commune";
  for (const BodyId body : {small.ea_kar, small.ea_o}) {
    state(body, "H01", second_half(2025), 4);
    state(body, "H01", half_year(2026), 6);
    state(body, "H01", school_year(2025), 9);
  }
  EXPECT_EQ(figure(small.ea_kar, "H01", school_year(2025)), 9);
  EXPECT_EQ(figure(small.dak_lak, "H01", school_year(2025)), 18);
  EXPECT_EQ(figure(small.centre, "H01", school_year(2025)), 18);
  EXPECT_EQ(figure(small.ea_kar, "H01", half_year(2026)), 6);
  EXPECT_EQ(figure(small.ea_kar, "H01", whole_year(2026)), 6);
  EXPECT_EQ(figure(small.dak_lak, "H01", second_half(2025)), 8);
  restart();
  EXPECT_EQ(figure(small.dak_lak, "H01", school_year(2025)), 18);
  // without the half-years it counts like any other window
  state(small.ea_kar, "H01", second_half(2025), std::nullopt);
  EXPECT_EQ(figure(small.ea_kar, "H01", school_year(2025)), 9);
  state(small.dak_lak, "H01", school_year(2025), 30);
  EXPECT_EQ(figure(small.dak_lak, "H01", school_year(2025)), 30);
  EXPECT_EQ(figure(small.centre, "H01", school_year(2025)), 30);
}

TEST_P(StatedTotals, A_body_has_figures_of_its_own_beside_those_below_it) {
  const Period period = half_year(2026);
  state(small.dak_lak, "D04", period, 900, Arrival::within, Extent::own);
  state(small.ea_kar, "D04", period, 100);
  EXPECT_EQ(figure(small.dak_lak, "D04", period), 1'000);
  EXPECT_EQ(explain(small.dak_lak, "D04", period, Extent::own).residual, 900);
  state(small.dak_lak, "D04", period, 1'500);
  EXPECT_EQ(figure(small.dak_lak, "D04", period), 1'500);
  EXPECT_EQ(explain(small.dak_lak, "D04", period).residual, 500);
  state(small.dak_lak, "D04", period, 1'000, Arrival::within, Extent::own);
  EXPECT_EQ(figure(small.dak_lak, "D04", period), 1'500) << "the province's own figure is part of its total";
}

TEST_P(StatedTotals, Whoever_saves_second_sees_both_figures) {
  const Period period = half_year(2026);
  state(small.thon_8, "B01", period, 120);
  const auto late = try_state(small.thon_8, "B01", period, 119, 0);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, "statement.stale");
  EXPECT_EQ(late.error().message, "Số này vừa được người khác ghi là 120; ông/bà định ghi là 119. Xin xem lại rồi ghi lại nếu cần.");
  EXPECT_EQ(level(small.thon_8, "B01", period.last), 120);
}

TEST_P(StatedTotals, What_cannot_be_stated_is_refused_in_words) {
  const Period period = half_year(2026);
  const auto code_of = [&](BodyId body, std::string_view code, Period when, std::int64_t value) {
    const auto done = try_state(body, code, when, value, 0);
    return done ? std::string("done") : done.error().code;
  };
  EXPECT_EQ(code_of(small.thon_8, "B01", period, -1), "statement.negative");
  EXPECT_EQ(code_of(small.thon_8, "B01", period, 1'000'000'000'000'000), "statement.size");
  EXPECT_EQ(code_of(small.thon_8, "B05", period, 5), "statement.kind");
  EXPECT_EQ(code_of(small.ea_kar, "A04", period, 5), "statement.kind");
  EXPECT_EQ(code_of(small.thon_8, "B04", period, 500), "statement.level");
  EXPECT_EQ(code_of(small.thon_8, "B01", {period.last, period.first}, 5), "statement.window");
  EXPECT_EQ(code_of(small.thon_8, "B01", half_year(2040), 5), "statement.window");
  EXPECT_EQ(code_of(small.cu_hue, "B01", period, 5), "statement.body") << "ended before the period began";
  EXPECT_EQ(code_of(small.ea_kar, "B01", half_year(2020), 5), "statement.body") << "not yet founded";
  EXPECT_EQ(level(small.centre, "B01", period.last), 0);
}

TEST_P(StatedTotals, Come_from_the_branches_or_from_the_unit_and_never_from_both) {
  const Period period = half_year(2026);
  state(small.ea_kar, "B01", period, 500);
  state(small.ea_kar, "B04", period, 9'000);
  state(small.thon_8, "B01", period, 120);
  const auto effect = store().read([&](db::Reader& reader) { return preview_entry_mode(reader, *statements, small.ea_kar, period, EntryMode::from_branches); });
  ASSERT_EQ(effect.size(), 1u);
  EXPECT_EQ(effect[0].series, series("B01"));
  EXPECT_EQ(effect[0].before, 500);
  EXPECT_EQ(effect[0].after, 120);
  const auto turn = [&](EntryMode mode) {
    return store().write([&](db::Writer& writer) { return set_entry_mode(writer, *statements, small.ea_kar, period, mode, secretary, june_2026_ms); });
  };
  ASSERT_TRUE(turn(EntryMode::from_branches));
  EXPECT_EQ(level(small.ea_kar, "B01", period.last), 120);
  EXPECT_EQ(level(small.ea_kar, "B04", period.last), 9'000) << "what the commune records itself stays";
  EXPECT_EQ(try_state(small.ea_kar, "B01", period, 400, 2).error().code, "statement.mode");
  ASSERT_TRUE(turn(EntryMode::stated_whole));
  EXPECT_EQ(try_state(small.thon_2, "B01", period, 10, 0).error().code, "statement.mode");
  EXPECT_TRUE(try_state(small.ea_kar, "B01", period, 400, 2));
  EXPECT_EQ(level(small.ea_kar, "B01", period.last), 400);
}

TEST_P(StatedTotals, One_total_of_a_day_serves_the_half_year_and_the_year) {
  state(small.thon_8, "B01", second_half(2025), 118);
  const auto found = store().read([&](db::Reader& reader) {
    const BodyId bodies[] = {small.thon_8};
    return statements->of_bodies(reader, bodies, whole_year(2025));
  });
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].value, 118);
}

TEST_P(StatedTotals, A_grid_learns_at_once_what_is_not_yet_listed) {
  const Period period = half_year(2026);
  record(small.thon_8, "B01", Day::of(2026, 1, 10), 45, Arrival::beyond);
  state(small.thon_8, "B01", period, 120);
  state(small.thon_2, "E01", period, 4);
  state(small.thon_2, "E01", half_year(2025), 9);
  state(small.ea_kar, "D02", period, 700, Arrival::within, Extent::own);
  const auto found = store().read([&](db::Reader& reader) {
    const BodyId bodies[] = {small.thon_8, small.thon_2, small.ea_kar};
    return statements->unlisted(reader, bodies, period);
  });
  ASSERT_EQ(found.size(), 3u);
  for (const Unlisted& one : found) {
    const std::int64_t wanted = one.body == small.thon_8 ? 75 : one.body == small.thon_2 ? 4 : 700;
    EXPECT_EQ(one.amount, wanted);
    EXPECT_EQ(one.extent, one.body == small.ea_kar ? Extent::own : Extent::subtree);
  }
}

TEST_P(StatedTotals, Statements_of_one_save_see_each_other) {
  const Period period = half_year(2026);
  const auto done = store().write([&](db::Writer& writer) -> Result<void> {
    for (const auto& [body, value] : {std::pair(small.ea_kar, 500), std::pair(small.thon_8, 120), std::pair(small.thon_2, 450)}) {
      const auto one = statements->state(writer, body, series("B01"), period, value, 0, Arrival::within, secretary, june_2026_ms);
      if (!one) return std::unexpected(one.error());
    }
    const auto again = statements->state(writer, small.thon_2, series("B01"), period, 80, 1, Arrival::within, secretary, june_2026_ms);
    if (!again) return std::unexpected(again.error());
    EXPECT_EQ(again->total_before, 450);
    return {};
  });
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(level(small.ea_kar, "B01", period.last), 500);
  EXPECT_EQ(explain(small.ea_kar, "B01", period).residual, 300);
}

TEST_P(StatedTotals, A_refused_save_leaves_nothing_in_the_cube) {
  const Period period = half_year(2026);
  const auto done = store().write([&](db::Writer& writer) -> Result<void> {
    EXPECT_TRUE(statements->state(writer, small.thon_8, series("B01"), period, 120, 0, Arrival::within, secretary, june_2026_ms));
    return refuse("test.no", "không");
  });
  EXPECT_FALSE(done);
  EXPECT_EQ(level(small.centre, "B01", period.last), 0);
  state(small.thon_8, "B01", period, 5);
  EXPECT_EQ(level(small.centre, "B01", period.last), 5);
}

}  // namespace
}  // namespace khuyenhoc
