#include "measures/acts.h"

#include <random>

#include "measures/measures_fixture.h"
#include "measures/regions.h"

namespace khuyenhoc {
namespace {

class Acts : public OnSmallMeasures {
 protected:
  std::vector<LoggedFact> log_of(BodyId body, std::string_view code, Period window) {
    const auto bodies = region_below(ledger->view(), body, window.last);
    return store().read([&](db::Reader& reader) { return logged_facts(reader, *ledger, series(code), bodies, window); });
  }
  std::int64_t added_up(BodyId body, std::string_view code, Period window) {
    std::int64_t sum = 0;
    for (const LoggedFact& one : log_of(body, code, window)) sum += one.amount;
    return sum;
  }
  FigureAct act(std::int64_t id) {
    const std::int64_t ids[] = {id};
    return store().read([&](db::Reader& reader) { return acts(reader, ids); })[id];
  }
};
ON_BOTH_STORES(Acts);

TEST_P(Acts, A_change_knows_who_made_it_and_in_what_way) {
  const Period period = half_year(2026);
  state(small.ea_kar, "E01", period, 100);
  store().write([&](db::Writer& writer) {
    say_way(writer, "form", 17);
    return statements->state(writer, small.thon_8, series("E01"), period, 43, 0, Arrival::beyond, UserId{12}, june_2026_ms + 5);
  });
  const auto log = log_of(small.ea_kar, "E01", period);
  ASSERT_FALSE(log.empty());
  const FigureAct last = act(log.back().act);
  EXPECT_EQ(last.by, UserId{12});
  EXPECT_EQ(last.at_ms, june_2026_ms + 5);
  EXPECT_EQ(last.way, "form");
  EXPECT_EQ(last.record, 17);
  EXPECT_LT(last.first, log.back().position);
  EXPECT_GT(last.last, log.back().position);
  // the total above was raised by the same act, and says so
  const BodyId bodies[] = {small.ea_kar, small.thon_8};
  const auto versions = store().read([&](db::Reader& reader) { return logged_versions(reader, *ledger, series("E01"), bodies, period); });
  ASSERT_EQ(versions.size(), 3u);
  for (const LoggedVersion& one : versions)
    if (one.row_version == 2) {
      EXPECT_EQ(one.body, small.ea_kar);
      EXPECT_EQ(one.before, 100);
      EXPECT_EQ(one.value, 143);
      EXPECT_EQ(one.act, last.id);
    }
}

TEST_P(Acts, What_is_refused_leaves_no_act_and_a_way_without_figures_none_either) {
  EXPECT_FALSE(try_state(small.thon_8, "E01", half_year(2026), -1, 0));
  store().write([&](db::Writer& writer) { say_way(writer, "form"); });
  state(small.thon_8, "E01", half_year(2026), 4);
  const auto log = log_of(small.thon_8, "E01", half_year(2026));
  ASSERT_EQ(log.size(), 1u);
  EXPECT_EQ(act(log.front().act).way, "");
}

// Whatever is done in whatever order, the log read for a figure adds up to it, at every level, for windows that cross, too.
TEST_P(Acts, The_log_of_a_figure_adds_up_to_the_figure) {
  std::mt19937 random(20261122);
  const auto any = [&](std::size_t count) { return static_cast<std::size_t>(random() % count); };
  const std::vector<BodyId> bodies{small.thon_8, small.ea_kar, small.dak_lak};
  const std::vector<Period> windows{half_year(2026), second_half(2026), whole_year(2026), school_year(2025), half_year(2025)};
  const std::vector<std::string_view> codes{"B01", "E01", "D02"};
  for (int step = 0; step < 60; ++step) {
    const BodyId body = bodies[any(bodies.size())];
    const std::string_view code = codes[any(codes.size())];
    const Period window = windows[any(windows.size())];
    const Arrival arrival = any(2) == 0 ? Arrival::within : Arrival::beyond;
    if (any(3) == 0) {
      record(small.thon_8, code, window.first + static_cast<int>(any(100)), static_cast<std::int64_t>(any(9)) + 1, arrival);
    } else {
      const auto known = store().read([&](db::Reader& reader) { return statements->find(reader, body, series(code), window); });
      (void)try_state(body, code, window, any(5) == 0 ? std::nullopt : std::optional(static_cast<std::int64_t>(any(300))), known ? known->row_version : 0, arrival);
    }
    const BodyId asked = bodies[any(bodies.size())];
    const Period when = windows[any(windows.size())];
    ASSERT_EQ(added_up(asked, code, when), figure(asked, code, when)) << "after step " << step;
    for (const LoggedFact& one : log_of(asked, code, when)) ASSERT_NE(one.act, 0) << "every fact belongs to the act that wrote it";
  }
}

}  // namespace
}  // namespace khuyenhoc
