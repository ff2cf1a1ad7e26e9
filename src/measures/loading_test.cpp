#include "measures/loading.h"

#include <algorithm>
#include <random>

#include "measures/measures_fixture.h"

namespace khuyenhoc {
namespace {

class BulkDoor : public OnSmallMeasures {
 protected:
  Statement one(BodyId body, std::string_view code, Period period, std::int64_t value, Extent extent = Extent::subtree) const {
    Statement made;
    made.body = body;
    made.series = series(code);
    made.period = period;
    made.value = value;
    made.extent = extent;
    made.arrival = Arrival::within;
    made.by = secretary;
    made.at_ms = june_2026_ms;
    return made;
  }
  Result<void> load(std::span<const Statement> statements_given) {
    auto loading = store().read([&](db::Reader& reader) { return StatementLoading(reader, *ledger); });
    return store().write([&](db::Writer& writer) { return loading.load(writer, statements_given, june_2026_ms); });
  }

  // At a restructure, from bodies that this test does not have.
  void take_over(BodyId body, std::string_view code, Day day, std::int64_t amount, Extent extent) {
    Fact made = fact(body, code, day, amount);
    made.kind = FactKind::handover;
    made.layer = extent == Extent::own ? FactLayer::own_remainder : FactLayer::remainder;
    made.source = {"restructure", 1};
    store().write([&](db::Writer& writer) { statements->record(writer, made, Arrival::beyond, secretary, june_2026_ms); });
  }

  // Everything that a statement leaves behind, without the numbers that differ from store to store.
  struct Left {
    std::vector<std::string> rows;
    bool operator==(const Left&) const = default;
  };
  Left left_behind() {
    Left out;
    store().read([&](db::Reader& reader) {
      const auto& organisation = *small.organisation;
      for (Node node = 0; node < organisation.size(); ++node)
        for (Series series = 0; series < catalogue.series_count(); ++series) {
          std::map<std::string, std::int64_t> sums;
          for (const Fact& fact : ledger->facts(reader, organisation.id(node), series, {Day::earliest(), Day::latest()}))
            sums[fmt::format("{} {} layer {} arrival {}", catalogue.label(series, Language::vietnamese), fact.day.iso(), static_cast<int>(fact.layer), static_cast<int>(fact.arrival))] += fact.amount;
          for (const auto& [what, amount] : sums)
            if (amount != 0) out.rows.push_back(fmt::format("{} {}: {}", organisation.id(node).value, what, amount));
        }
      for (const Period period : asked_)
        for (Node node = 0; node < organisation.size(); ++node) {
          const BodyId body = organisation.id(node);
          for (const Statement& statement : statements->of_bodies(reader, std::span(&body, 1), period))
            out.rows.push_back(fmt::format("{} {} {} extent {} = {} version {} by {} history {}", body.value, catalogue.label(statement.series, Language::vietnamese), statement.period.iso(),
                                           static_cast<int>(statement.extent), *statement.value, statement.row_version, statement.by.value, statements->history(reader, statement.id).size()));
        }
    });
    return out;
  }

  const std::vector<Period> asked_{second_half(2024), half_year(2025), second_half(2025), half_year(2026)};
};
ON_BOTH_STORES(BulkDoor);

TEST_P(BulkDoor, A_total_of_the_commune_takes_only_what_its_branches_do_not_explain) {
  const Period period = half_year(2026);
  const std::vector<Statement> given{one(small.ea_kar, "B01", period, 500), one(small.thon_8, "B01", period, 120), one(small.ea_kar, "B02", period, 30), one(small.thon_8, "B02", period, 5)};
  ASSERT_TRUE(load(given));
  EXPECT_EQ(level(small.ea_kar, "B01", period.last), 500);
  EXPECT_EQ(level(small.thon_8, "B01", period.last), 120);
  EXPECT_EQ(figure(small.dak_lak, "B02", period), 30);
  EXPECT_EQ(explain(small.ea_kar, "B01", period).residual, 380);
  restart();
  EXPECT_EQ(level(small.centre, "B01", period.last), 500);
}

TEST_P(BulkDoor, What_comes_too_late_or_explains_an_older_total_is_left_to_single_statements) {
  ASSERT_TRUE(load(std::vector{one(small.ea_kar, "B01", second_half(2025), 500), one(small.thon_11, "B02", half_year(2026), 3)}));
  EXPECT_EQ(load(std::vector{one(small.thon_11, "B01", half_year(2025), 90)}).error().code, "loading.order") << "there are figures of a later day";
  EXPECT_EQ(load(std::vector{one(small.thon_8, "B01", half_year(2026), 120)}).error().code, "loading.order") << "its commune has stated a total that it would explain";
  EXPECT_EQ(load(std::vector{one(small.thon_11, "B02", half_year(2026), 4)}).error().code, "loading.order") << "stated already";
  EXPECT_EQ(load(std::vector{one(small.thon_8, "B01", half_year(2026), -1)}).error().code, "statement.negative");
  EXPECT_EQ(load(std::vector{one(small.thon_8, "B04", half_year(2026), 900)}).error().code, "statement.level");
  EXPECT_EQ(level(small.centre, "B01", half_year(2026).last), 500) << "a refused load leaves nothing";
}

TEST_P(BulkDoor, Branches_stay_out_where_their_commune_states_the_whole) {
  const Period period = half_year(2026);
  auto loading = store().read([&](db::Reader& reader) { return StatementLoading(reader, *ledger); });
  const std::vector<StatementLoading::Mode> modes{{small.ea_kar, period, EntryMode::stated_whole}, {small.ea_o, period, EntryMode::from_branches}};
  store().write([&](db::Writer& writer) { loading.set_modes(writer, modes, secretary, june_2026_ms); });
  const auto tried = [&](const Statement& statement) {
    return store().write([&](db::Writer& writer) { return loading.load(writer, std::span(&statement, 1), june_2026_ms); });
  };
  EXPECT_EQ(tried(one(small.thon_8, "B01", period, 120)).error().code, "statement.mode");
  EXPECT_EQ(tried(one(small.ea_o, "B01", period, 120)).error().code, "statement.mode");
  EXPECT_TRUE(tried(one(small.ea_o, "D04", period, 9'000'000, Extent::own))) << "its own fund is its own";
  EXPECT_TRUE(tried(one(small.thon_11, "B01", period, 40)));
}

TEST_P(BulkDoor, A_total_taken_over_is_explained_by_what_branches_state_and_replaced_by_what_the_commune_states) {
  take_over(small.ea_kar, "B01", associations_followed(), 500, Extent::subtree);
  take_over(small.ea_o, "B01", associations_followed(), 400, Extent::subtree);
  take_over(small.university, "B01", associations_followed(), 30, Extent::subtree);
  const auto too_early = load(std::vector{one(small.education_branch, "B01", half_year(2025), 90)});
  ASSERT_FALSE(too_early) << "a period before the handover";
  EXPECT_EQ(too_early.error().code, "loading.order");
  ASSERT_TRUE(load(std::vector{one(small.thon_8, "B01", second_half(2025), 120), one(small.ea_o, "B01", second_half(2025), 350), one(small.thon_11, "B01", second_half(2025), 90)}));
  const Day day = second_half(2025).last;
  EXPECT_EQ(level(small.ea_kar, "B01", day), 500);
  EXPECT_EQ(level(small.ea_o, "B01", day), 350) << "it counted again and found fewer";
  EXPECT_EQ(level(small.ea_o, "B01", day - 1), 400);
  EXPECT_EQ(level(small.dak_lak, "B01", day), 880);
  EXPECT_EQ(explain(small.ea_o, "B01", second_half(2025)).listed, 90);
  EXPECT_FALSE(explain(small.ea_o, "B01", second_half(2025)).conflict);
}

// Random half-years, stated one by one in one store and loaded at once in the other: the very same rows.
TEST_P(BulkDoor, Loading_leaves_the_very_rows_that_stating_one_by_one_would) {
  const BodyId branches[] = {small.thon_8, small.nguyen_du, small.thon_2, small.nguyen_dinh, small.thon_11};
  const BodyId communes[] = {small.ea_kar, small.ea_o, small.ea_ktur};
  for (unsigned seed = 1; seed <= 4; ++seed) {
    std::mt19937 random(seed);
    const auto drawn = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
    // whoever states a total does so in every period, as reports do
    std::map<std::pair<BodyId, std::string>, bool> states;
    for (const BodyId body : communes)
      for (const char* code : {"B01", "B02", "C02", "D02"}) states[{body, code}] = drawn(0, 1) == 1;
    states[{small.dak_lak, "B01"}] = drawn(0, 1) == 1;
    // some took over what their predecessors had stated
    std::vector<std::tuple<BodyId, const char*, std::int64_t, Extent>> taken_over;
    for (const BodyId body : {small.ea_kar, small.ea_o, small.ea_ktur, small.dak_lak})
      for (const char* code : {"B01", "C02", "D04"})
        for (const Extent extent : {Extent::subtree, Extent::own})
          if (drawn(0, 1) == 1) taken_over.emplace_back(body, code, drawn(1, 700), extent);
    const auto reform = [&] {
      for (const auto& [body, code, amount, extent] : taken_over) take_over(body, code, associations_followed(), amount, extent);
    };
    std::vector<std::vector<Statement>> rounds;
    for (const Period period : {second_half(2025), half_year(2026)}) {
      auto& round = rounds.emplace_back();
      for (const BodyId body : branches)
        for (const char* code : {"B01", "B02", "C02", "D02"})
          if (drawn(0, 4) > 0) round.push_back(one(body, code, period, drawn(0, 150)));
      for (const auto& [who, does] : states)
        if (does) round.push_back(one(who.first, who.second, period, drawn(0, 600)));
      for (const BodyId body : communes) round.push_back(one(body, "D04", period, drawn(0, 90'000), Extent::own));
      std::ranges::stable_sort(round, std::greater<>{}, [&](const Statement& statement) {     // branches first, then communes, then the province
        int depth = statement.extent == Extent::own ? 1 : 0;
        for (BodyId at = statement.body; at; at = small.organisation->body(at).on(period.last).superior) depth += 2;
        return depth;
      });
    }
    reform();
    for (const auto& round : rounds)
      for (const Statement& statement : round) {
        const auto done = store().write([&](db::Writer& writer) {
          return statements->state(writer, statement.body, statement.series, statement.period, statement.value, 0, Arrival::within, secretary, june_2026_ms, statement.extent);
        });
        ASSERT_TRUE(done) << done.error().message;
      }
    const Left one_by_one = left_behind();
    TearDown();
    SetUp();
    reform();
    auto loading = store().read([&](db::Reader& reader) { return StatementLoading(reader, *ledger); });
    for (auto& round : rounds) {
      std::ranges::shuffle(round, random);
      const auto done = store().write([&](db::Writer& writer) { return loading.load(writer, round, june_2026_ms); });
      ASSERT_TRUE(done) << done.error().message;
    }
    const Left at_once = left_behind();
    ASSERT_FALSE(at_once.rows.empty());
    EXPECT_EQ(at_once.rows, one_by_one.rows) << "seed " << seed;
    TearDown();
    SetUp();
  }
}

}  // namespace
}  // namespace khuyenhoc
