// For tests: a ledger over the small named association (organisation_fixture.h), and its figures in words.
#pragma once

#include <gtest/gtest.h>

#include "measures/figures.h"
#include "measures/periods.h"
#include "measures/statements.h"
#include "organisation/organisation_fixture.h"
#include "platform/db/test_stores.h"

namespace khuyenhoc {

inline const UserId secretary{7};
inline constexpr std::int64_t june_2026_ms = 1'781'000'000'000;   // 9 June 2026

class OnSmallMeasures : public db::OnBothStores {
 protected:
  void SetUp() override {
    db::OnBothStores::SetUp();
    if (IsSkipped()) return;
    restart();
  }
  void TearDown() override {
    statements.reset();
    ledger.reset();
    db::OnBothStores::TearDown();
  }
  // As after a restart of the program: the cube is built anew from the log.
  void restart() {
    statements.reset();
    ledger = std::make_unique<Ledger>(store(), catalogue, small.organisation);
    ledger->load();
    statements = std::make_unique<Statements>(*ledger);
  }

  MeasureIndex index(std::string_view code) const { return catalogue.index(code); }
  Series series(std::string_view code) const { return catalogue.series(index(code)); }

  Result<StatementOutcome> try_state(BodyId body, std::string_view code, Period period, std::optional<std::int64_t> value, std::int64_t version,
                                     Arrival arrival = Arrival::within, Extent extent = Extent::subtree) {
    return store().write([&](db::Writer& writer) { return statements->state(writer, body, series(code), period, value, version, arrival, secretary, june_2026_ms, extent); });
  }
  // States over whatever was stated before.
  StatementOutcome state(BodyId body, std::string_view code, Period period, std::optional<std::int64_t> value, Arrival arrival = Arrival::within,
                         Extent extent = Extent::subtree) {
    const auto known = store().read([&](db::Reader& reader) { return statements->find(reader, body, series(code), period, extent); });
    auto done = try_state(body, code, period, value, known ? known->row_version : 0, arrival, extent);
    EXPECT_TRUE(done) << done.error().message;
    return done.value_or(StatementOutcome{});
  }
  Fact fact(BodyId body, std::string_view code, Day day, std::int64_t amount) {
    Fact made;
    made.body = body;
    made.day = day;
    made.series = series(code);
    made.amount = amount;
    made.source = {"member", ++records};
    return made;
  }
  void record(BodyId body, std::string_view code, Day day, std::int64_t amount, Arrival arrival) {
    store().write([&](db::Writer& writer) { statements->record(writer, fact(body, code, day, amount), arrival, secretary, june_2026_ms); });
  }
  std::int64_t figure(BodyId body, std::string_view code, Period period, std::optional<Day> tree = {}) const {
    const auto answer = Figures(ledger->view()).figure(index(code), {body, period, tree.value_or(period.last)});
    EXPECT_TRUE(answer) << answer.error().message;
    return answer ? answer->value : -1;
  }
  std::int64_t level(BodyId body, std::string_view code, Day day) const { return figure(body, code, {day, day}); }
  StatementOutcome explain(BodyId body, std::string_view code, Period period, Extent extent = Extent::subtree) {
    return store().read([&](db::Reader& reader) { return statements->explain(reader, statements->find(reader, body, series(code), period, extent).value()); });
  }

  static Period half_year(int year) { return Periods::house().named("bao_cao", "H1", year)->period; }
  static Period second_half(int year) { return Periods::house().named("bao_cao", "H2", year)->period; }
  static Period whole_year(int year) { return Periods::house().named("bao_cao", "Y", year)->period; }
  static Period school_year(int year) { return Periods::house().named("nam_hoc", "Y", year)->period; }

  const Catalogue& catalogue = Catalogue::house();
  SmallOrganisation small = small_organisation();
  std::unique_ptr<Ledger> ledger;
  std::unique_ptr<Statements> statements;
  std::int64_t records = 0;
};

}  // namespace khuyenhoc
