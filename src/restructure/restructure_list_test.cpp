#include <gmock/gmock.h>

#include "importing/importing_fixture.h"
#include "restructure/desk.h"
#include "restructure/draft_queries.h"
#include "restructure/restructure_list.h"
#include "shell/house_fixture.h"

namespace khuyenhoc {
namespace {

using testing::HasSubstr;
namespace sql = restructure_sql;

// The villages of Ea Kar and the communes of the province, as lists name them.
class RestructureList : public OnSmallHouse {
 protected:
  void add_pages(Pages&) override {}
  void SetUp() override {
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    kind = restructure_import(house());
    const Person officer = person("Bà", "H’Ngoan Niê", small.dak_lak, "pho_chu_tich_thuong_truc");
    store().write([&](db::Writer& writer) {
      OrganisationChanges changes(house().organisation, writer, {}, now_ms);
      thon_9 = *changes.found(branch("Chi hội Thôn 9", "Thôn 9", small.ea_kar, small.land.ea_kar));
      hoa_binh = *changes.found(branch("Chi hội Thôn Hòa Bình", "Thôn Hòa Bình", small.ea_kar, small.land.ea_kar));
      other_thon_8 = *changes.found(branch("Chi hội Thôn 8", "Thôn 8", small.ea_o, small.land.ea_o));
    });
    viewer = house().sessions.viewer(officer.token);
    ASSERT_TRUE(viewer);
  }
  NewBody branch(const char* name, const char* short_name, BodyId superior, UnitId area) {
    NewBody given;
    given.kind = "chi_hoi_thon_tdp";
    given.name = name;
    given.short_name = short_name;
    given.superior = superior;
    given.area = area;
    given.born = Day::of(2025, 9, 1);
    return given;
  }
  DirectOutcome read(Lines lines, DirectImport::Choose choose = DirectImport::Choose::good_rows, std::string draft = "moi") {
    lines.insert(lines.begin(), {"Đơn vị cũ", "Xã", "Hình thức", "Đơn vị mới", "Xã mới", "Ghi chú"});
    DirectImport given{.file_name = "sap-xep.xlsx", .content = workbook_of(lines), .options = {{"ban_nhap", draft}, {"ngay", "01/6/2026"}}, .choose = choose};
    auto outcome = import_directly(*kind, house(), *viewer, small.dak_lak, given);
    EXPECT_TRUE(outcome) << (outcome ? "" : outcome.error().message);
    return outcome ? *outcome : DirectOutcome{};
  }
  std::vector<RestructureDraft> drafts() {
    return store().read([](db::Reader& reader) { return sql::open_drafts(reader); });
  }
  static std::string why(const DirectOutcome& outcome, std::size_t row) {
    std::string out;
    for (const auto& one : outcome.rows.at(row).findings) out += one + "\n";
    return out;
  }

  std::unique_ptr<ImportKind> kind;
  std::optional<Viewer> viewer;
  BodyId thon_9, hoa_binh, other_thon_8;
};
ON_BOTH_STORES(RestructureList);

TEST_P(RestructureList, Rows_with_one_new_name_are_a_merger_whether_written_with_accents_or_not) {
  const auto outcome = read({{"thon 8", "xa ea kar", "", "Thôn Thống Nhất"}, {"Chi hội Thôn 9", "Xã Ea Kar", "", "thôn Thống Nhất"}, {"Thôn Hoà Bình", "", "Đổi tên", "Thôn Hòa Bình Mới"},
                             {"Thôn 2", "Ea Kar", "giữ nguyên", "Thôn 2"}});
  ASSERT_EQ(outcome.rows.size(), 4u);
  EXPECT_EQ(outcome.rows[0].verdict, ImportVerdict::added) << why(outcome, 0);
  EXPECT_EQ(outcome.rows[2].verdict, ImportVerdict::added) << why(outcome, 2);
  EXPECT_EQ(outcome.rows[3].verdict, ImportVerdict::unchanged) << why(outcome, 3);
  ASSERT_EQ(drafts().size(), 1u);
  const auto draft = drafts().front();
  EXPECT_EQ(draft.unit, small.dak_lak);
  EXPECT_EQ(draft.day, "01/6/2026");
  ASSERT_EQ(draft.acts.size(), 2u);
  const auto& merger = draft.acts.front();
  EXPECT_EQ(merger.kind, BodyAct::Kind::merge);
  EXPECT_THAT(merger.bodies, testing::UnorderedElementsAre(small.thon_8, thon_9));
  ASSERT_EQ(merger.opened.size(), 1u);
  EXPECT_EQ(merger.opened.front().name, "Chi hội Thôn Thống Nhất");
  EXPECT_EQ(merger.opened.front().kind, "chi_hoi_thon_tdp");
  EXPECT_EQ(merger.opened.front().superior.body, small.ea_kar);
  EXPECT_EQ(draft.acts.back().kind, BodyAct::Kind::rename);
  EXPECT_EQ(draft.acts.back().name, "Chi hội Thôn Hòa Bình Mới");
}

TEST_P(RestructureList, Villages_called_alike_are_told_apart_by_the_commune_they_lay_in) {
  const auto twin = store().write([&](db::Writer& writer) {
    OrganisationChanges changes(house().organisation, writer, {}, now_ms);
    return *changes.found(namesake_of_thon_8(small));
  });
  auto outcome = read({{"Thôn 8", "Xã Ea Kar", "Hợp nhất", "Thôn Mới"}, {"Thôn 9", "Xã Ea Kar", "Hợp nhất", "Thôn Mới"}});
  EXPECT_EQ(outcome.rows[0].verdict, ImportVerdict::to_review) << why(outcome, 0);
  EXPECT_TRUE(drafts().empty());
  outcome = read({{"Thôn 8", "Xã Cư Huê", "Hợp nhất", "Thôn Mới", "Xã Ea Kar"}, {"Chi hội Thôn 8", "thi tran Ea Kar cu", "", "Thôn Mới", "Xã Ea Kar"}});
  EXPECT_EQ(outcome.rows[0].verdict, ImportVerdict::added) << why(outcome, 0);
  ASSERT_EQ(drafts().size(), 1u) << why(outcome, 1);
  const auto draft = drafts().front();
  ASSERT_EQ(draft.acts.size(), 1u);
  EXPECT_THAT(draft.acts.front().bodies, testing::UnorderedElementsAre(small.thon_8, twin));
  const auto sentence = act_sentence(draft, draft.acts.front(), *house().organisation.current(), today());
  EXPECT_THAT(sentence, HasSubstr("Chi hội Thôn 8 (xã Cư Huê cũ)"));
}

TEST_P(RestructureList, A_place_is_found_whatever_kind_of_unit_the_list_calls_it_when_only_one_bears_the_name) {
  const auto outcome = read({{"Thôn 8", "xã Ea Kar cũ", "Đổi tên", "Thôn Tám"},                     // it was a thị trấn
                             {"Thôn 11", "Phường Ea Ô", "Đổi tên", "Thôn Mười Một"},                 // it is a xã
                             {"Hội Khuyến học phường Ea Ktur", "", "Đổi tên", "Hội Khuyến học xã Ea Ktur Mới"},
                             {"Thôn 9", "xã Ea Kar", "Chuyển", "", "Phường Ea Ô"},
                             {"Thôn 2", "phường Ea Trang", "Đổi tên", "Thôn Hai"},                   // no such village there
                             {"Thôn 2", "thị trấn Cư Ê-bua cũ", "Đổi tên", "Thôn Hai"}});
  EXPECT_EQ(outcome.rows[0].verdict, ImportVerdict::added) << why(outcome, 0);
  EXPECT_THAT(why(outcome, 0), HasSubstr("“xã Ea Kar cũ” được hiểu là thị trấn Ea Kar cũ."));
  EXPECT_EQ(outcome.rows[1].verdict, ImportVerdict::added) << why(outcome, 1);
  EXPECT_THAT(why(outcome, 1), HasSubstr("“Phường Ea Ô” được hiểu là xã Ea Ô."));
  EXPECT_EQ(outcome.rows[2].verdict, ImportVerdict::added) << why(outcome, 2);
  EXPECT_THAT(why(outcome, 2), HasSubstr("được hiểu là Hội Khuyến học xã Ea Ktur."));
  EXPECT_EQ(outcome.rows[3].verdict, ImportVerdict::added) << why(outcome, 3);
  EXPECT_THAT(why(outcome, 3), HasSubstr("được hiểu là Hội Khuyến học xã Ea Ô."));
  EXPECT_EQ(outcome.rows[4].verdict, ImportVerdict::refused);
  EXPECT_EQ(outcome.rows[5].verdict, ImportVerdict::refused);
  ASSERT_EQ(drafts().size(), 1u);
  EXPECT_EQ(drafts().front().acts.size(), 4u);
}

TEST_P(RestructureList, A_list_can_be_carried_out_as_it_was_read) {
  read({{"Thôn 8", "Xã Ea Kar", "Hợp nhất", "Thôn 8 mới"}, {"Thôn 9", "Xã Ea Kar", "Hợp nhất", "Thôn 8 mới"}, {"Thôn 11", "Xã Ea Ô", "Chuyển", "", "Xã Ea Kar"}, {"", "", "Thành lập", "Thôn 20", "Xã Ea Ô"}});
  ASSERT_EQ(drafts().size(), 1u);
  auto draft = drafts().front();
  draft.title = "Sắp xếp thôn năm 2026";
  draft.number = "7/QĐ-HKH";
  draft.date = "01/6/2026";
  RestructureDesk desk(house(), *viewer);
  const auto preview = desk.preview(draft);
  ASSERT_TRUE(preview) << preview.error().message;
  const auto done = desk.apply(draft);
  ASSERT_TRUE(done) << done.error().message;
  const auto now = house().organisation.current();
  EXPECT_FALSE(now->body(small.thon_8).alive(today()));
  EXPECT_EQ(now->body(small.thon_11).on(today()).superior, small.ea_kar);
  EXPECT_EQ(now->children(small.ea_o, today()).size(), 2u) << "the other Thôn 8 and the new Thôn 20";
}

TEST_P(RestructureList, One_old_with_several_new_names_divides) {
  const auto outcome = read({{"Hội Khuyến học xã Ea Ô", "", "", "Hội Khuyến học xã Ea Ô Đông"}, {"xã Ea Ô", "", "", "Hội Khuyến học xã Ea Ô Tây"}});
  ASSERT_EQ(drafts().size(), 1u) << why(outcome, 0);
  const auto act = drafts().front().acts.front();
  EXPECT_EQ(act.kind, BodyAct::Kind::split);
  EXPECT_EQ(act.bodies, std::vector{small.ea_o});
  EXPECT_EQ(act.opened.size(), 2u);
  EXPECT_EQ(act.branches.size(), 2u) << "both branches wait to be given to a part";
  EXPECT_THAT(why(outcome, 0), HasSubstr("phải chọn nơi nhận"));
}

TEST_P(RestructureList, Wrong_rows_are_explained_and_keep_only_their_own_group_back) {
  const auto outcome = read({{"Thôn 8", "", "", "Thôn Mới"},                               // two of that name
                             {"Thôn 88", "Xã Ea Kar", "", "Thôn A"},                       // unknown
                             {"Thôn 9", "Xã Ea Kar", "", "Thôn A"},                        // of the same group
                             {"Thôn 2", "Xã Krông Năng", "", "Thôn B"},                    // not there
                             {"", "", "", ""},
                             {"Thôn Hòa Bình", "Xã Ea Kar", "nhảy dù", "Thôn C"},          // no such form
                             {"Thôn 11", "Xã Ea Ô", "Chia tách", "Thôn D"},                // divides into one
                             {"Thôn 5", "", "", "Thôn 5 mới", "Xã Không Có"},
                             {"Khu phố 3", "", "Giải thể", ""}});
  ASSERT_EQ(outcome.rows.size(), 8u) << "the blank row is no row";
  EXPECT_EQ(outcome.rows[0].verdict, ImportVerdict::to_review);
  EXPECT_THAT(why(outcome, 1), HasSubstr("Không có “Thôn 88” thuộc “Xã Ea Kar”"));
  EXPECT_THAT(why(outcome, 2), HasSubstr("Dòng 3 của cùng đơn vị chưa đúng"));
  EXPECT_THAT(why(outcome, 3), HasSubstr("Không có “Thôn 2” thuộc “Xã Krông Năng”"));
  EXPECT_EQ(outcome.rows[4].verdict, ImportVerdict::refused);
  EXPECT_THAT(why(outcome, 5), HasSubstr("ít nhất hai dòng"));
  EXPECT_THAT(why(outcome, 6), HasSubstr("Không có “Xã Không Có”"));
  EXPECT_EQ(outcome.rows[7].verdict, ImportVerdict::added) << why(outcome, 7);
  ASSERT_EQ(drafts().size(), 1u);
  EXPECT_EQ(drafts().front().acts.size(), 1u) << "only the good row";
}

TEST_P(RestructureList, The_same_file_twice_changes_nothing_and_it_can_be_taken_back) {
  const Lines lines{{"Thôn 8", "Xã Ea Kar", "", "Thôn Mới"}, {"Thôn 9", "Xã Ea Kar", "", "Thôn Mới"}};
  const auto first = read(lines);
  const auto again = read(lines);
  EXPECT_EQ(again.rows.at(0).verdict, ImportVerdict::unchanged);
  ASSERT_EQ(drafts().size(), 1u);
  EXPECT_EQ(drafts().front().acts.size(), 1u);
  ASSERT_TRUE(undo_import(*kind, house(), *viewer, first.record.id));
  EXPECT_TRUE(drafts().front().acts.empty());
  const auto into = read(lines, DirectImport::Choose::good_rows, std::to_string(drafts().front().id.value));
  EXPECT_EQ(into.rows.at(0).verdict, ImportVerdict::added);
  EXPECT_EQ(drafts().size(), 1u) << "into the draft that was there";
}

}  // namespace
}  // namespace khuyenhoc
