// The national case: the frame of the npm package, followed by the published mapping that knows the divided communes (shared data beside the repository).
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "platform/db/test_stores.h"
#include "platform/spreadsheet/csv.h"
#include "territory/frame.h"
#include "territory/territory_fixture.h"
#include "territory/territory_import.h"
#include "territory/territory_store.h"

namespace khuyenhoc {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const Day eve = Day::of(2025, 6, 30);
const Day today = Day::of(2026, 6, 30);

std::filesystem::path shared_data() { return std::filesystem::path(KHUYENHOC_SOURCE_DIR) / ".." / "shared" / "data"; }

std::string content(const char* name) {
  std::ifstream file(shared_data() / name, std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

RestructureAct reform_act() { return {reform_day(), "Bổ sung các xã bị chia trong đợt sắp xếp ngày 01/7/2025", "Các Nghị quyết từ số 1654 đến số 1687/NQ-UBTVQH15"}; }

class NationalCase : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(shared_data() / "map_old_to_new.csv")) {
      GTEST_SKIP() << "The published mapping is not beside this clone (../shared/data/map_old_to_new.csv), so the national case with its divided communes is left out.";
    }
    static const Made once = make();
    made_ = &once;
    ASSERT_TRUE(made_->report.problems.empty()) << made_->report.problems.front().message;
  }

  struct Made {
    TerritoryRecords records;
    TerritoryView frame, territory;
    TerritoryImportReport report;
  };
  static Made make() {
    Made out;
    TerritoryBuilder builder;
    EXPECT_TRUE(build_frame(builder));
    out.frame = builder.build();
    auto report = import_territory_changes(builder, {content("map_old_to_new.csv"), content("legacy_units_63.csv")}, reform_act());
    EXPECT_TRUE(report.has_value()) << report.error().message;
    out.report = std::move(*report);
    out.territory = builder.build();
    out.records = std::move(builder).take();
    return out;
  }
  const Made& made() const { return *made_; }
  const Territory& territory() const { return *made_->territory; }
  UnitId unit(std::string_view code, Day day) const { return territory().resolve(code, day).value(); }

 private:
  const Made* made_ = nullptr;
};

TEST_F(NationalCase, The_file_tells_of_every_old_commune_and_471_divided_ones) {
  const auto& report = made().report;
  EXPECT_EQ(report.rows, 10602);
  EXPECT_EQ(report.old_communes, 10035);
  EXPECT_EQ(report.divided, 471);
  EXPECT_EQ(report.known_links, 10040);      // each old commune's one successor, and the five districts without communes
  EXPECT_EQ(report.added_links, 562);
  EXPECT_EQ(report.removed_links, 0);
  EXPECT_EQ(report.ended_units, 0);
  EXPECT_EQ(report.added_units, 0);
  EXPECT_EQ(report.completed_codes, 696);
}

TEST_F(NationalCase, Every_old_commune_stands_within_its_successor_or_on_a_line_under_its_province) {
  const auto& tree = territory().tree();
  std::map<Placement::Kind, int> kinds;
  for (const auto id : territory().units(UnitLevel::commune, eve)) {
    const auto place = tree.place(territory().node(id), today);
    ++kinds[place.kind];
    const auto old_province = territory().ancestor(id, UnitLevel::province, eve);
    const auto now = territory().unit(old_province).alive(today) ? old_province : territory().successors(old_province).front();
    ASSERT_NE(place.kind, Placement::Kind::nowhere);
    if (place.kind == Placement::Kind::line) {
      EXPECT_EQ(territory().id(place.at), now) << territory().path(id, eve);
      EXPECT_GE(territory().successors(id).size(), 2u);
    } else {
      EXPECT_EQ(territory().ancestor(territory().id(place.at), UnitLevel::province, today), now) << territory().path(id, eve);
    }
  }
  EXPECT_EQ(kinds[Placement::Kind::line], 471);
  EXPECT_EQ(kinds[Placement::Kind::itself], 132);
  EXPECT_EQ(kinds[Placement::Kind::inside], 10035 - 471 - 132);
}

TEST_F(NationalCase, Each_of_the_34_provinces_is_the_union_of_its_predecessors_seen_from_either_side) {
  const auto& tree = territory().tree();
  // seen from today: every commune of the province, and every line under it, comes from communes of its predecessors and from nowhere else
  std::map<UnitId, std::set<UnitId>> from_old, from_new;
  for (const auto id : territory().units(UnitLevel::commune, eve)) {
    auto at = tree.place(territory().node(id), today).at;
    from_old[territory().ancestor(territory().id(at), UnitLevel::province, today)].insert(territory().ancestor(id, UnitLevel::province, eve));
  }
  for (const auto id : territory().units(UnitLevel::province, today)) {
    const auto before = territory().predecessors(id);
    from_new[id] = before.empty() ? std::set<UnitId>{id} : std::set<UnitId>(before.begin(), before.end());
  }
  EXPECT_EQ(from_old, from_new);
  EXPECT_THAT(from_new, SizeIs(34));
}

TEST_F(NationalCase, A_new_commune_made_of_several_old_ones_is_placed_among_them_before_the_reform) {
  const auto& tree = territory().tree();
  int inside = 0, lines = 0, itself = 0;
  for (const auto id : territory().units(UnitLevel::commune, reform_day())) {
    const auto place = tree.place(territory().node(id), eve);
    if (place.kind == Placement::Kind::itself) ++itself;
    if (place.kind == Placement::Kind::inside) ++inside;
    if (place.kind == Placement::Kind::line) ++lines;
    const bool one_past = place.kind == Placement::Kind::inside;
    EXPECT_TRUE(!one_past || territory().predecessors(id).size() == 1u) << territory().path(id, today);
  }
  EXPECT_EQ(itself, 132);
  EXPECT_EQ(itself + inside + lines, 3321);
}

TEST_F(NationalCase, Old_units_are_found_by_the_States_codes_and_by_their_names_as_well) {
  EXPECT_EQ(territory().path(unit("66/651/24373@2025-06-30", today), eve), "Thị trấn Ea Kar, huyện Ea Kar, tỉnh Đắk Lắk");
  EXPECT_EQ(territory().code_path(unit("66/24373", eve), eve), "66/651/24373");
  EXPECT_EQ(territory().units(UnitLevel::district, eve).size(), 696u);
  for (const auto id : territory().units(UnitLevel::district, eve)) EXPECT_THAT(territory().unit(id).on(eve).code, SizeIs(3)) << territory().path(id, eve);
}

TEST_F(NationalCase, The_codes_types_and_names_of_today_are_those_of_the_published_list) {
  if (!std::filesystem::exists(shared_data() / "communes_3321.csv")) GTEST_SKIP() << "../shared/data/communes_3321.csv is not beside this clone.";
  const auto list = spreadsheet::read_csv(content("communes_3321.csv"));
  ASSERT_TRUE(list.has_value());
  const auto code = *list->column("code"), name = *list->column("name"), type = *list->column("type"), province = *list->column("province_code");
  std::set<UnitId> seen;
  std::vector<std::string> respelled;
  for (const auto& row : list->rows) {
    const auto id = territory().resolve(row.fields[province] + "/" + row.fields[code], today);
    ASSERT_TRUE(id.has_value()) << id.error().message;
    seen.insert(*id);
    const auto& version = territory().unit(*id).on(today);
    EXPECT_EQ(folded(version.type), row.fields[type] == "dac_khu" ? "dac khu" : row.fields[type]) << version.full_name();
    if (tone_neutral(version.name) != tone_neutral(row.fields[name])) respelled.push_back(version.full_name());
  }
  EXPECT_EQ(seen.size(), 3321u);
  EXPECT_THAT(respelled, IsEmpty());
}

TEST_F(NationalCase, Where_the_two_sources_disagree_is_listed) {
  const auto path = std::filesystem::path(KHUYENHOC_BUILD_DIR) / "territory-disagreements.txt";
  std::ofstream out(path);
  for (const auto& mended : frame_corrections()) out << mended << '\n';
  EXPECT_THAT(frame_corrections(), SizeIs(6));
  std::map<TerritoryDifference::Kind, int> kinds;
  for (const auto& difference : made().report.differences) {
    ++kinds[difference.kind];
    out << difference.text() << '\n';
  }
  out.close();
  EXPECT_EQ(kinds[TerritoryDifference::Kind::name], 6);
  EXPECT_EQ(kinds[TerritoryDifference::Kind::added_successor], 562);
  EXPECT_EQ(made().report.differences.size(), 568u) << "see " << path;
}

TEST_F(NationalCase, The_same_files_again_change_nothing) {
  TerritoryBuilder builder(made().records);
  const auto report = import_territory_changes(builder, {content("map_old_to_new.csv"), content("legacy_units_63.csv")}, reform_act());
  ASSERT_TRUE(report.has_value());
  EXPECT_THAT(report->problems, IsEmpty());
  EXPECT_EQ(report->added_links + report->removed_links + report->completed_codes + report->added_units, 0);
  EXPECT_EQ(builder.records().last_act, made().records.last_act);
}

TEST_F(NationalCase, Undoing_the_import_restores_the_frame) {
  TerritoryBuilder builder(made().records);
  ASSERT_TRUE(builder.undo(RestructureId{builder.records().last_act}));
  ASSERT_TRUE(builder.undo(RestructureId{builder.records().last_act - 1}));
  const auto again = builder.build();
  ASSERT_EQ(again->size(), made().frame->size());
  for (Node node = 0; node < again->size(); ++node) {
    EXPECT_EQ(again->tree().place(node, today), made().frame->tree().place(node, today));
    EXPECT_EQ(again->code_path(again->id(node), eve), made().frame->code_path(made().frame->id(node), eve));
  }
}

// The small fixture as an importer meets it; needs no file.
class ChangesFromAFile : public testing::Test {
 protected:
  SmallTerritory small = small_territory();
  TerritoryBuilder builder{small.records};
  const std::string head = "old_province,old_district,old_ward,new_province,new_ward,split\n";

  TerritoryImportReport import(const std::string& rows, const std::string& old_units = {}) {
    auto report = import_territory_changes(builder, {head + rows, old_units}, reform_act());
    EXPECT_TRUE(report.has_value()) << report.error().message;
    return report ? std::move(*report) : TerritoryImportReport{};
  }
};

TEST_F(ChangesFromAFile, A_second_successor_makes_the_commune_divided) {
  const auto report = import("66,651,24385,66,24373,1\n66,651,24385,66,24403,1\n");
  EXPECT_THAT(report.problems, IsEmpty());
  EXPECT_EQ(report.divided, 1);
  EXPECT_EQ(report.known_links, 1);
  EXPECT_EQ(report.added_links, 1);
  EXPECT_THAT(builder.successors(small.cu_hue), ElementsAre(small.ea_kar, small.ea_o));
  ASSERT_THAT(report.differences, SizeIs(1));
  EXPECT_EQ(report.differences[0].text(), "Xã Cư Huê, huyện Ea Kar, tỉnh Đắk Lắk (66/651/24385): theo tệp còn có phần chuyển về Xã Ea Ô (24403).");
}

TEST_F(ChangesFromAFile, A_successor_that_the_file_does_not_know_is_dropped) {
  const auto report = import("66,657,24550,66,24561,0\n");
  EXPECT_EQ(report.removed_links, 1);
  EXPECT_THAT(builder.successors(small.ea_bhok), ElementsAre(small.dray_bhang));
}

TEST_F(ChangesFromAFile, A_missing_old_commune_is_added_and_ends_with_its_list) {
  const auto report = import("66,651,24379,66,24373,0\n", "level,code,full_name,parent_code\nP,66,Tỉnh Đắk Lắk,\nD,651,Huyện Ea Kar,66\nW,24379,Xã Ea Sô,651\nW,24403,Xã Ea Õ,651\n");
  EXPECT_THAT(report.problems, IsEmpty());
  EXPECT_EQ(report.added_units, 1);
  const auto territory = builder.build();
  const auto added = territory->resolve("66/651/24379", eve);
  ASSERT_TRUE(added.has_value()) << added.error().message;
  EXPECT_EQ(territory->unit(*added).full_name(eve), "Xã Ea Sô");
  EXPECT_THAT(territory->successors(*added), ElementsAre(small.ea_kar));
  EXPECT_FALSE(territory->unit(*added).alive(reform_day()));
  EXPECT_TRUE(std::ranges::any_of(report.differences, [](const TerritoryDifference& d) { return d.kind == TerritoryDifference::Kind::name && d.theirs == "Xã Ea Õ"; }));
}

TEST_F(ChangesFromAFile, Bad_rows_are_named_with_their_place_and_change_nothing) {
  const auto acts = builder.records().last_act;
  const auto report = import("66,651,24385,66,24403,1\n99,651,24385,66,24403,0\n66,651,11111,66,24403,0\n66,651,24385,54,24403,0\n66,651,24385,66,99999,0\n66,999,,66,24403,0\n");
  ASSERT_THAT(report.problems, SizeIs(5));
  EXPECT_EQ(report.problems[0].place, "dòng 3 của tệp sáp nhập");
  EXPECT_EQ(report.problems[0].message, "Dòng 3 của tệp sáp nhập: cột old_province: không có tỉnh nào mang mã “99” đến hết ngày 30/6/2025.");
  EXPECT_THAT(report.problems[1].message, HasSubstr("cột old_ward"));
  EXPECT_THAT(report.problems[2].message, HasSubstr("cột new_province"));
  EXPECT_THAT(report.problems[3].message, HasSubstr("cột new_ward"));
  EXPECT_THAT(report.problems[4].message, HasSubstr("cột old_district"));
  EXPECT_EQ(builder.records().last_act, acts);
  EXPECT_THAT(builder.successors(small.cu_hue), ElementsAre(small.ea_kar));
}

TEST_F(ChangesFromAFile, A_file_without_its_columns_is_refused) {
  const auto refused = import_territory_changes(builder, {"ma,ten\n1,2\n", {}}, reform_act());
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, "territory_import.columns");
  EXPECT_THAT(refused.error().message, HasSubstr("Thiếu cột old_province"));
  EXPECT_FALSE(import_territory_changes(builder, {"", {}}, reform_act()).has_value());
}

class StoredNationalCase : public db::OnBothStores {};
ON_BOTH_STORES(StoredNationalCase);

TEST_P(StoredNationalCase, The_import_is_kept_and_undone_in_the_store) {
  if (!std::filesystem::exists(shared_data() / "map_old_to_new.csv")) GTEST_SKIP() << "../shared/data/map_old_to_new.csv is not beside this clone.";
  TerritoryStore territories;
  ASSERT_TRUE(store().write([&](db::Writer& writer) { return territories.install_frame(writer); }));
  const auto done = store().write([&](db::Writer& writer) {
    return territories.apply_acts(writer, [](TerritoryBuilder& builder) -> Result<void> {
      const auto report = import_territory_changes(builder, {content("map_old_to_new.csv"), content("legacy_units_63.csv")}, reform_act());
      if (!report) return std::unexpected(report.error());
      return {};
    });
  });
  ASSERT_TRUE(done.has_value()) << done.error().message;
  TerritoryStore other;
  store().read([&](db::Reader& reader) { other.load(reader); });
  const auto ours = territories.current(), theirs = other.current();
  ASSERT_EQ(ours->size(), theirs->size());
  int lines = 0;
  for (Node node = 0; node < ours->size(); ++node) {
    const auto place = ours->tree().place(node, today);
    ASSERT_EQ(place, theirs->tree().place(node, today));
    ASSERT_EQ(ours->code_path(ours->id(node), today), theirs->code_path(theirs->id(node), today));
    if (place.kind == Placement::Kind::line && ours->at(node).level == UnitLevel::commune) ++lines;
  }
  EXPECT_EQ(lines, 471);
  const auto undone = store().write([&](db::Writer& writer) { return territories.undo(writer, territories.restructures().back().id); });
  ASSERT_TRUE(undone.has_value()) << undone.error().message;
  store().read([&](db::Reader& reader) { other.load(reader); });
  EXPECT_THAT(other.current()->successors(other.current()->resolve("66/657/24550", eve).value()), SizeIs(1));
}

}  // namespace
}  // namespace khuyenhoc
