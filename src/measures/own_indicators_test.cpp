#include "measures/own_indicators.h"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "measures/measures_fixture.h"

namespace khuyenhoc {
namespace {

class OwnIndicatorsOfOffices : public db::OnBothStores {
 protected:
  void SetUp() override {
    db::OnBothStores::SetUp();
    if (IsSkipped()) return;
    start(mine);
  }
  void TearDown() override {
    stop(mine);
    stop(other);
    db::OnBothStores::TearDown();
  }
  // One process: a catalogue with room of its own, a ledger, statements.
  struct Process {
    std::unique_ptr<Catalogue> catalogue;
    std::unique_ptr<Ledger> ledger;
    std::unique_ptr<Statements> statements;
  };
  static void stop(Process& process) {
    process.statements.reset();
    process.ledger.reset();
    process.catalogue.reset();
  }
  void start(Process& process) {
    stop(process);
    process.catalogue = std::make_unique<Catalogue>(Catalogue::house());
    process.catalogue->make_room(500);
    process.ledger = std::make_unique<Ledger>(store(), *process.catalogue, small.organisation);
    process.ledger->load();
    process.statements = std::make_unique<Statements>(*process.ledger);
  }
  OwnIndicator wells(BodyId owner) const {
    OwnIndicator out;
    out.owner = owner;
    out.label_vi = "Số giếng nước tặng trường học";
    out.unit_vi = "giếng";
    return out;
  }
  Result<OwnIndicator> define(OwnIndicator one) {
    return store().write([&](db::Writer& writer) { return mine.ledger->own().define(writer, one, secretary, june_2026_ms); });
  }
  Result<StatementOutcome> state(Process& at, BodyId body, const std::string& code, std::int64_t value) {
    const Series series = at.catalogue->series(at.catalogue->index(code));
    return store().write([&](db::Writer& writer) { return at.statements->state(writer, body, series, half, value, 0, Arrival::within, secretary, june_2026_ms); });
  }
  static Result<Figure> figure(Process& at, const Subject& subject, const std::string& code) {
    return Figures(at.ledger->view()).figure(at.catalogue->index(code), {subject, half, half.last, Lens::live});
  }

  static constexpr int year = 2026;
  inline static const Period half = Periods::house().named("bao_cao", "H1", year)->period;
  SmallOrganisation small = small_organisation();
  Process mine, other;
};

TEST_P(OwnIndicatorsOfOffices, An_indicator_of_a_commune_is_stated_below_it_and_summed_there_only) {
  const auto made = define(wells(small.ea_kar));
  ASSERT_TRUE(made) << made.error().message;
  ASSERT_TRUE(state(mine, small.thon_8, made->code(), 3));
  EXPECT_EQ(figure(mine, small.ea_kar, made->code())->value, 3);
  EXPECT_EQ(figure(mine, small.thon_8, made->code())->value, 3);
  const auto above = figure(mine, small.dak_lak, made->code());
  ASSERT_FALSE(above);
  EXPECT_EQ(above.error().code, "figure.not_additive");
  EXPECT_NE(above.error().message.find("Ea Kar"), std::string::npos);
  const auto beside = state(mine, small.ea_o, made->code(), 1);
  ASSERT_FALSE(beside);
  EXPECT_EQ(beside.error().code, "statement.owner");
}

TEST_P(OwnIndicatorsOfOffices, After_a_restart_it_is_there_with_its_figures) {
  const auto made = define(wells(small.ea_kar));
  ASSERT_TRUE(made);
  ASSERT_TRUE(state(mine, small.thon_8, made->code(), 3));
  start(mine);
  ASSERT_TRUE(mine.catalogue->find(made->code()));
  EXPECT_EQ(mine.catalogue->measure(mine.catalogue->index(made->code())).label_vi, "Số giếng nước tặng trường học");
  EXPECT_EQ(figure(mine, small.ea_kar, made->code())->value, 3);
  const auto of_owner = store().read([&](db::Reader& reader) { return mine.ledger->own().of_owner(reader, small.ea_kar); });
  ASSERT_EQ(of_owner.size(), 1u);
  EXPECT_EQ(of_owner.front().unit_vi, "giếng");
}

TEST_P(OwnIndicatorsOfOffices, Another_process_learns_of_it_before_the_first_figure) {
  if (GetParam() != db::Dialect::postgres) GTEST_SKIP() << "one process writes to a file";
  start(other);
  const auto made = define(wells(small.ea_kar));
  ASSERT_TRUE(made);
  ASSERT_TRUE(state(mine, small.thon_8, made->code(), 3));
  EXPECT_FALSE(other.catalogue->find(made->code()));
  other.ledger->follow();
  ASSERT_TRUE(other.catalogue->find(made->code()));
  EXPECT_EQ(figure(other, small.ea_kar, made->code())->value, 3);
}

TEST_P(OwnIndicatorsOfOffices, What_was_rolled_back_is_nobodys_indicator) {
  std::string code;
  const auto refused = store().write([&](db::Writer& writer) -> Result<void> {
    code = mine.ledger->own().define(writer, wells(small.ea_kar), secretary, june_2026_ms)->code();
    return refuse("test.no", "");
  });
  ASSERT_FALSE(refused);
  EXPECT_FALSE(mine.catalogue->find(code));
  start(mine);
  EXPECT_FALSE(mine.catalogue->find(code));
  EXPECT_EQ(mine.catalogue->own_count(), 0u);
}

TEST_P(OwnIndicatorsOfOffices, A_yes_of_a_branch_is_one_and_a_commune_counts_the_yeses) {
  OwnIndicator house;
  house.owner = small.ea_kar;
  house.label_vi = "Có nhà sinh hoạt cộng đồng";
  house.answer = OwnAnswer::yes_no;
  house.kind = MeasureKind::stock;
  const auto made = define(house);
  ASSERT_TRUE(made) << made.error().message;
  const auto two = state(mine, small.thon_8, made->code(), 2);
  ASSERT_FALSE(two);
  EXPECT_EQ(two.error().code, "statement.yes_no");
  ASSERT_TRUE(state(mine, small.thon_8, made->code(), 1));
  EXPECT_EQ(figure(mine, small.ea_kar, made->code())->value, 1);
}

TEST_P(OwnIndicatorsOfOffices, Lists_of_the_house_do_not_know_it_and_what_is_unclear_is_refused) {
  const std::size_t before = mine.catalogue->measures().size();
  ASSERT_TRUE(define(wells(small.ea_kar)));
  EXPECT_EQ(mine.catalogue->measures().size(), before);
  EXPECT_EQ(mine.catalogue->own_count(), 1u);
  OwnIndicator unclear = wells(small.ea_kar);
  unclear.unit_vi.clear();
  EXPECT_EQ(define(unclear).error().code, "indicator.unit");
  unclear = wells(small.ea_kar);
  unclear.label_vi.clear();
  EXPECT_EQ(define(unclear).error().code, "indicator.label");
  unclear = wells(small.ea_kar);
  unclear.kind = MeasureKind::ratio;
  EXPECT_EQ(define(unclear).error().code, "indicator.kind");
}

ON_BOTH_STORES(OwnIndicatorsOfOffices);

TEST(CatalogueThatGrows, A_reader_never_sees_a_half_made_indicator_and_its_references_stay) {
  Catalogue catalogue = Catalogue::house();
  constexpr std::size_t many = 2'000;
  catalogue.make_room(many);
  const auto made = [](std::size_t number) {
    Measure out;
    out.code = "R" + std::to_string(number);
    out.label_vi = out.label_en = out.short_vi = out.short_en = "Chỉ tiêu riêng số " + std::to_string(number);
    out.group = "G";
    return out;
  };
  const Measure& first = catalogue.measure(*catalogue.add(made(0)));
  std::atomic<bool> done{false};
  std::atomic<std::size_t> wrong{0};
  std::vector<std::jthread> readers;
  for (int i = 0; i < 3; ++i)
    readers.emplace_back([&] {
      while (!done) {
        const std::size_t count = catalogue.own_count();
        const auto index = static_cast<MeasureIndex>(catalogue.measures().size() + count - 1);
        const Measure& last = catalogue.measure(index);
        if (last.code != "R" + std::to_string(count - 1) || last.label_vi.empty()) ++wrong;
        if (catalogue.measure_of(catalogue.series(index)) != index || !catalogue.is_whole(catalogue.series(index))) ++wrong;
        if (const auto found = catalogue.find(last.code); found && *found != index) ++wrong;
      }
    });
  for (std::size_t number = 1; number < many; ++number) ASSERT_TRUE(catalogue.add(made(number)));
  done = true;
  readers.clear();
  EXPECT_EQ(wrong, 0u);
  EXPECT_EQ(&first, &catalogue.measure(catalogue.index("R0")));
  EXPECT_EQ(catalogue.add(made(many)).error().code, "indicator.full");
  EXPECT_EQ(catalogue.add(made(7)), catalogue.index("R7"));
}

TEST(WindowsOfAnOffice, December_the_fifteenth_chains_with_what_was_before_or_is_refused) {
  const Periods& house = Periods::house();
  const auto from_the_fifteenth = [&](OfficeWindows::Seam seam) {
    OfficeWindows out{2027, {}, seam};
    for (PeriodWindow window : house.family("bao_cao")->windows) {
      window.first_day = 15;
      window.last_day = 14;
      window.last_month = window.last_month % 12 + 1;              // 31/5 becomes 14/6
      if (window.last_month == 1) window.last_year += 1;
      out.windows.push_back(window);
    }
    return out;
  };
  const auto hole = house.with("bao_cao", {from_the_fifteenth(OfficeWindows::Seam::exact)});
  ASSERT_FALSE(hole);
  EXPECT_EQ(hole.error().code, "periods.gap");
  EXPECT_NE(hole.error().message.find("14 ngày"), std::string::npos);
  const auto made = house.with("bao_cao", {from_the_fifteenth(OfficeWindows::Seam::joined)});
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->named("bao_cao", "H1", 2026)->period, house.named("bao_cao", "H1", 2026)->period);
  EXPECT_EQ(made->named("bao_cao", "H1", 2027)->period, (Period{Day::of(2026, 12, 1), Day::of(2027, 6, 14)}));
  EXPECT_EQ(made->named("bao_cao", "H1", 2028)->period, (Period{Day::of(2027, 12, 15), Day::of(2028, 6, 14)}));
  EXPECT_EQ(made->named("bao_cao", "9M", 2028)->period.last, Day::of(2028, 9, 14));
  EXPECT_EQ(made->before(*made->named("bao_cao", "H1", 2028)).period.last, Day::of(2027, 12, 14));
  EXPECT_EQ(made->find(Period{Day::of(2027, 12, 15), Day::of(2028, 6, 14)})->name(), "2028-H1");
  EXPECT_EQ(made->due(*made->named("bao_cao", "H1", 2028), "commune"), Day::of(2028, 6, 24));
  for (Day day = Day::of(2026, 1, 1); day < Day::of(2030, 1, 1); day = day + 1) {
    int halves = 0;
    for (const auto& named : made->at("bao_cao", day)) halves += named.window == "H1" || named.window == "H2" ? 1 : 0;
    ASSERT_EQ(halves, 1) << day.text();
  }
}

TEST(WindowsOfAnOffice, What_overlaps_inside_the_year_is_refused_by_name) {
  const Periods& house = Periods::house();
  OfficeWindows own{2027, {house.family("bao_cao")->windows.begin(), house.family("bao_cao")->windows.end()}, OfficeWindows::Seam::joined};
  own.windows[0].last_month = 6;                                     // the first half to 30/6, the second still from 1/6
  own.windows[0].last_day = 30;
  const auto made = house.with("bao_cao", {own});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, "periods.overlap");
  EXPECT_NE(made.error().message.find("30 ngày"), std::string::npos);
}

}  // namespace
}  // namespace khuyenhoc
