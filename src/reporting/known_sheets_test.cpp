// A sheet that was kept and brought up to date, held against one that is read anew, whatever was written in between.
#include <gmock/gmock.h>

#include <random>

#include "reporting/known_sheets.h"
#include "reporting/reporting_fixture.h"

namespace khuyenhoc {
namespace {

void write_totals(std::string& out, std::string_view what, const std::vector<EntryTotal>& totals) {
  out += fmt::format("{}:", what);
  for (const EntryTotal& one : totals) out += fmt::format(" {}{}/{}", one.asked ? "" : "-", one.now, one.was ? std::to_string(*one.was) : "");
  out += "\n";
}

// Everything a sheet says, as a text to compare.
std::string told(const EntrySheet& sheet) {
  const auto number = [](const std::optional<std::int64_t>& value) { return value ? std::to_string(*value) : std::string("_"); };
  std::string out = fmt::format("{} {} mode {} rows {} reported {} mismatched {} blanks {} unlisted {}\n", sheet.body.value, sheet.day.iso(), static_cast<int>(sheet.mode), sheet.rows, sheet.reported,
                                sheet.mismatched, sheet.with_blanks, sheet.unlisted);
  for (const EntryGroup& group : sheet.groups) {
    out += fmt::format("{} {} {} {}/{}\n", group.key, group.label, group.counts, group.reported, group.size);
    for (const EntryRow& row : group.rows) {
      out += fmt::format("  {} {} blanks {} {}{}{}:", row.body.value, row.name, row.blanks, row.reported, row.mismatched, row.unlisted);
      for (const EntryCell& cell : row.cells) out += fmt::format(" {}{}v{}w{}c{}", cell.asked ? "" : "-", number(cell.value), cell.version, number(cell.was), cell.counted);
      for (const EntryRemark& remark : row.remarks) out += fmt::format(" [{} {} {}]", remark.code, remark.title, remark.text);
      out += "\n";
    }
    write_totals(out, "  totals", group.totals);
  }
  write_totals(out, "own", sheet.own);
  write_totals(out, "whole", sheet.whole);
  for (const auto& value : sheet.stated) out += number(value) + " ";
  for (const auto& value : sheet.targets) out += number(value) + " ";
  for (const EntryRemark& jump : sheet.jumps) out += jump.text;
  return out;
}

class KnownSheets : public OnSmallHouse {
 protected:
  void SetUp() override {
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    small->organisation.on_change([this](OrganisationView organisation) { small->ledger->organisation_changed(std::move(organisation)); });
  }
  std::string kept(const NamedPeriod& period = first_half()) { return told(**known_sheet(*small->house, commune().ea_kar, period, small_commune_today())); }
  std::string anew(const NamedPeriod& period = first_half()) { return told(small->sheet(commune().ea_kar, period)); }
};
ON_BOTH_STORES(KnownSheets);

TEST_P(KnownSheets, Say_what_the_store_says_whatever_was_written_since) {
  const std::vector<NamedPeriod> periods{first_half(), *Periods::house().named("bao_cao", "H2", 2025), *Periods::house().named("bao_cao", "H1", 2025)};
  const std::vector<BodyId> bodies{commune().thon_8, commune().thon_11, commune().nguyen_dinh, commune().to_dan_pho_1, commune().nguyen_du, commune().uy_ban, commune().ea_kar, commune().thon_5};
  std::mt19937 chance(7);
  const auto any = [&](const auto& list) -> const auto& { return list[chance() % list.size()]; };
  constexpr int steps = 80;
  for (int step = 0; step < steps; ++step) {
    const NamedPeriod period = any(periods);
    const BodyId body = any(bodies);
    const Series series = small->series(any(std::vector<std::string>{"B01", "B02", "B03", "D02", "C01"}));
    switch (chance() % 12) {
      case 0:
        (void)small->house->store.write([&](db::Writer& writer) {
          return set_entry_mode(writer, *small->statements, commune().ea_kar, period.period, chance() % 2 == 0 ? EntryMode::stated_whole : EntryMode::from_branches, UserId{7}, 1'780'000'000'000);
        });
        break;
      case 1:
        small->house->store.write([&](db::Writer& writer) {
          Fact fact;
          fact.body = commune().thon_8;
          fact.day = period.period.last;
          fact.series = small->series("B01");
          fact.amount = 3;
          fact.source = {"member", step + 1};
          small->statements->record(writer, fact, chance() % 2 == 0 ? Arrival::within : Arrival::beyond, UserId{7}, 1'780'000'000'000);
        });
        break;
      case 2:
        (void)small->house->store.write([&](db::Writer& writer) -> Result<void> {
          OrganisationChanges changes(small->organisation, writer, [](db::Writer&, const ChangeNote&) {}, 1'780'000'000'000);
          return changes.rename(commune().tung_kraih, Day::of(2025, 9, 1) + step, fmt::format("Chi hội Buôn Tung Kraih {}", step), fmt::format("Buôn Tung Kraih {}", step));
        });
        break;
      default: {
        const auto value = chance() % 4 == 0 ? std::nullopt : std::optional<std::int64_t>(chance() % 120);
        (void)small->house->store.write([&](db::Writer& writer) {
          const auto known = small->statements->find(writer, body, series, period.period);
          return small->statements->state(writer, body, series, period.period, value, known ? known->row_version : 0, chance() % 3 == 0 ? Arrival::beyond : Arrival::within, UserId{7},
                                          1'780'000'000'000 + step);
        });
      }
    }
    SCOPED_TRACE(step);
    ASSERT_EQ(kept(), anew());
    if (chance() % 3 == 0) {
      ASSERT_EQ(kept(periods[1]), anew(periods[1]));
    }
  }
}

TEST_P(KnownSheets, Are_the_same_object_until_something_is_written) {
  const auto first = known_sheet(*small->house, commune().ea_kar, first_half(), small_commune_today());
  const auto second = known_sheet(*small->house, commune().ea_kar, first_half(), small_commune_today());
  EXPECT_EQ(first->get(), second->get());
  small->state(commune().thon_5, "B01", first_half(), 50);
  EXPECT_EQ(known_sheet(*small->house, commune().ea_kar, first_half(), small_commune_today())->get(), first->get()) << "another commune's branch";
  small->state(commune().thon_8, "B01", first_half(), 0);
  EXPECT_NE(known_sheet(*small->house, commune().ea_kar, first_half(), small_commune_today())->get(), first->get()) << "a nought posts no fact, and is a figure";
}

}  // namespace
}  // namespace khuyenhoc
