#include <thread>

#include <gmock/gmock.h>

#include "body_lists/body_lists.h"
#include "body_lists/names.h"
#include "importing/importing_fixture.h"
#include "organisation/contacts_in_bulk.h"
#include "organisation/in_charge.h"
#include "platform/spreadsheet/workbook.h"
#include "shell/house_fixture.h"

namespace khuyenhoc {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using body_lists::keys_of;
using body_lists::kind_of_words;

std::string code_of(std::string_view words) {
  const BodyKind* kind = kind_of_words(Systems::house(), words);
  return kind == nullptr ? "" : kind->code;
}

TEST(BodyNames, Say_their_kind_in_the_words_people_use) {
  EXPECT_EQ(code_of("chi hội thôn"), "chi_hoi_thon_tdp");
  EXPECT_EQ(code_of("CHI HOI TO DAN PHO 5"), "chi_hoi_thon_tdp");
  EXPECT_EQ(code_of("Chi hội khuyến học Buôn Trinh"), "chi_hoi_thon_tdp");
  EXPECT_EQ(code_of("Chi hội Trường THCS Nguyễn Du"), "chi_hoi_truong");
  EXPECT_EQ(code_of("ban khuyến học trường học"), "ban_truong");
  EXPECT_EQ(code_of("Ban khuyến học dòng họ Nguyễn Đình"), "ban_dong_ho");
  EXPECT_EQ(code_of("Hội Khuyến học phường Tân An"), "hoi_co_so");
  EXPECT_EQ(code_of("Chi hội khuyến học lực lượng vũ trang"), "chi_hoi_llvt");
  EXPECT_EQ(code_of("Village branch"), "chi_hoi_thon_tdp");
  EXPECT_EQ(code_of("Chi hội"), "");
  EXPECT_EQ(code_of("câu lạc bộ"), "");
}

TEST(BodyNames, Are_compared_without_what_every_name_has) {
  EXPECT_EQ(keys_of("Chi hội khuyến học Thôn 08").loose, keys_of("chi hoi thon 8").loose);
  EXPECT_EQ(keys_of("Chi hội Thôn 8").exact, keys_of("CHKH Thôn 8").exact);
  EXPECT_NE(keys_of("Chi hội Thôn Hòa").exact, keys_of("Chi hội Thôn Hoa").exact);
  EXPECT_EQ(keys_of("Chi hội Thôn Hòa").exact, keys_of("Chi hội Thôn Hoà").exact);
  EXPECT_NE(keys_of("Chi hội Thôn 10").loose, keys_of("Chi hội Thôn 1").loose);
  EXPECT_NE(keys_of("Chi hội Thôn 100").loose, keys_of("Chi hội Thôn 10").loose);
}

class BodyLists : public OnSmallHouse {
 protected:
  void add_pages(Pages& pages) override {
    kinds->add(body_lists_import(pages.house()));
    add_importing_pages(pages, kinds);
  }
  void SetUp() override {
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    office = person("Ông", "Y Bhiông Niê", small.dak_lak, "chanh_van_phong");
    liên = person("Bà", "Trần Kim Liên", small.ea_kar, "thu_ky");
  }
  const ImportKind& kind() { return *kinds->find("to-chuc"); }
  Viewer viewer(const Person& who) { return *house().sessions.viewer(who.token); }

  DirectOutcome read(const Lines& lines, DirectImport::Trial trial = DirectImport::Trial::yes) { return read_for(office, small.dak_lak, lines, trial); }
  DirectOutcome read_for(const Person& who, BodyId body, const Lines& lines, DirectImport::Trial trial = DirectImport::Trial::yes) {
    auto outcome = import_directly(kind(), house(), viewer(who), body, {.file_name = "danh sách.xlsx", .content = workbook_of(lines), .trial = trial});
    EXPECT_TRUE(outcome) << outcome.error().message;
    return outcome ? std::move(*outcome) : DirectOutcome{};
  }
  // Verdict, and the first finding.
  static std::pair<ImportVerdict, std::string> row(const DirectOutcome& outcome, std::size_t at) {
    if (at >= outcome.rows.size()) return {ImportVerdict::refused, "no such row"};
    return {outcome.rows[at].verdict, outcome.rows[at].findings.empty() ? std::string() : outcome.rows[at].findings.front()};
  }
  BodyId below(BodyId superior, std::string_view name) {
    const auto now = house().organisation.current();
    for (const BodyId body : now->children(superior, today()))
      if (now->body(body).on(today()).name == name) return body;
    return {};
  }
  std::optional<Contact> known(BodyId body) {
    return store().read([&](db::Reader& reader) { return contact(reader, house().keys, body); });
  }
  std::size_t bodies() { return house().organisation.current()->below(small.dak_lak, today()).size(); }

  std::shared_ptr<ImportKinds> kinds = std::make_shared<ImportKinds>();
  Person office, liên;
};
ON_BOTH_STORES(BodyLists);

constexpr auto written = DirectImport::Trial::no;
using enum ImportVerdict;

TEST_P(BodyLists, Communes_branches_and_heads_are_founded_together) {
  const auto outcome = read({{"STT", "Tên tổ chức", "Loại hình", "Xã, phường", "Ngày thành lập", "Chủ tịch / Chi hội trưởng", "Số điện thoại"},
                             {"1", "Hội Khuyến học xã Ea Trang", "", "", "15/8/2025", "Lê Thị Hoa", "0912 000 001"},
                             {"2", "Chi hội Thôn 1", "chi hội thôn", "Ea Trang", "", "Nguyễn Văn Tư", "0912 000 002"},
                             {"3", "Thôn 21", "Chi hội khuyến học thôn, tổ dân phố", "xa ea o", "01/9/2025", "", ""}},
                            written);
  EXPECT_EQ(outcome.record.added, 3);
  const BodyId ea_trang = below(small.dak_lak, "Hội Khuyến học xã Ea Trang");
  ASSERT_TRUE(ea_trang);
  const auto now = house().organisation.current();
  EXPECT_EQ(now->body(ea_trang).on(today()).area, small.land.ea_trang);
  EXPECT_EQ(now->body(ea_trang).on(today()).short_name, "Xã Ea Trang");
  EXPECT_EQ(now->body(ea_trang).born, Day::of(2025, 8, 15));
  EXPECT_EQ(known(ea_trang)->telephone, "0912000001");
  const BodyId thon_1 = below(ea_trang, "Chi hội Thôn 1");
  ASSERT_TRUE(thon_1);
  EXPECT_EQ(known(thon_1)->head_name, "Nguyễn Văn Tư");
  EXPECT_TRUE(below(small.ea_o, "Chi hội Thôn 21"));
  const auto of_record = store().read([&](db::Reader& reader) { return imports_that_wrote(reader, "to-chuc", thon_1.value); });
  ASSERT_EQ(of_record.size(), 1U);
  EXPECT_THAT(of_record.front().summary, HasSubstr("lập 3 tổ chức"));
  const auto entries = store().read([&](db::Reader& reader) { return house().trail.of_body(reader, small.dak_lak, 0, 10); });
  EXPECT_THAT(entries, Contains(testing::Field(&AuditEntry::noun, "import")));
}

TEST_P(BodyLists, Twice_the_same_is_once) {
  const Lines list{{"Tên tổ chức", "Xã", "Người đứng đầu", "Điện thoại"}, {"Hội Khuyến học xã Ea Trang", "", "Lê Thị Hoa", "0912 000 001"}, {"Chi hội Thôn 1", "Xã Ea Trang", "", ""}, {"Chi hoi Thon 8", "24373", "", ""}};
  read(list, written);
  const std::size_t before = bodies();
  const auto again = read(list, written);
  EXPECT_EQ(again.record.added + again.record.changed, 0);
  EXPECT_EQ(again.record.unchanged, 3);
  EXPECT_EQ(bodies(), before);
}

TEST_P(BodyLists, A_body_is_known_again_with_and_without_accents_and_a_doubtful_one_is_asked_about) {
  const auto outcome = read_for(liên, small.ea_kar, {{"Tên chi hội"}, {"chi hoi thon 8"}, {"Chi hội khuyến học Thôn 02"}, {"Chi hội Trường THCS Nguyễn Dụ"}});
  EXPECT_EQ(row(outcome, 0).first, unchanged);
  EXPECT_EQ(row(outcome, 1).first, unchanged);
  EXPECT_EQ(row(outcome, 2).first, to_review);
  EXPECT_THAT(row(outcome, 2).second, HasSubstr("gần giống “Chi hội Trường THCS Nguyễn Du” đã có"));
}

TEST_P(BodyLists, Without_the_wish_plain_names_are_looked_at_one_by_one) {
  const auto outcome = import_directly(kind(), house(), viewer(liên), small.ea_kar, {.file_name = "a.xlsx", .content = workbook_of({{"Tên chi hội"}, {"chi hoi thon 8"}}), .options = {{"khong-dau", ""}}, .trial = DirectImport::Trial::yes});
  ASSERT_TRUE(outcome);
  EXPECT_EQ(row(*outcome, 0).first, to_review);
}

TEST_P(BodyLists, A_former_commune_is_found_whatever_kind_of_unit_the_list_calls_it) {
  const auto outcome = read({{"Tên tổ chức", "Xã", "Xã, thị trấn cũ"},
                             {"Chi hội Thôn 51", "xã Ea Kar cũ", ""},             // it was a thị trấn
                             {"Chi hội Thôn 52", "Xã Ea Kar", "Xã Ea Kar"},
                             {"Chi hội Thôn 53", "Xã Ea Kar", "xã Cư Huê (cũ)"},
                             {"Chi hội Thôn 54", "Xã Ea Kar", "Xã Ea Ô cũ"}},
                            written);
  EXPECT_EQ(row(outcome, 0), std::pair(added, std::string("B2: Thị trấn Ea Kar từ 01/7/2025 thuộc xã Ea Kar; xếp vào xã Ea Kar.")));
  EXPECT_EQ(row(outcome, 1), std::pair(added, std::string("C3: “Xã Ea Kar” được hiểu là thị trấn Ea Kar cũ.")));
  EXPECT_EQ(row(outcome, 2).first, added) << row(outcome, 2).second;
  EXPECT_EQ(row(outcome, 3).first, refused);
  const auto now = house().organisation.current();
  EXPECT_EQ(now->body(below(small.ea_kar, "Chi hội Thôn 51")).former_area, small.land.old_ea_kar);
  EXPECT_EQ(now->body(below(small.ea_kar, "Chi hội Thôn 52")).former_area, small.land.old_ea_kar);
  EXPECT_EQ(now->body(below(small.ea_kar, "Chi hội Thôn 53")).former_area, small.land.cu_hue);
}

TEST_P(BodyLists, Every_wrong_row_is_explained) {
  const auto outcome = read({{"Tên tổ chức", "Loại", "Xã", "Cấp trên", "Ngày thành lập", "Người đứng đầu", "Điện thoại"},
                             {"Chi hội Thôn 31", "", "Ea Kar", "", "", "Lê Thị Hoa", "0912 000 001"},                     // 0, 1: two heads with one telephone
                             {"Chi hội Thôn 32", "", "Ea Kar", "", "", "Nguyễn Văn Tư", "0912.000.001"},
                             {"Chi hội Thôn Hòa Bình", "", "Ea O", "", "", "", ""},                                       // 2, 3: twice, with accents and without
                             {"chi hoi thon hoa binh", "", "Ea Ô", "", "", "", ""},
                             {"Câu lạc bộ Ông bà", "", "Ea Kar", "", "", "", ""},                                         // 4: unknown kind
                             {"Chi hội Thôn 33", "", "Xã Không Có", "", "", "", ""},                                      // 5: unknown commune
                             {"Chi hội Thôn 34", "", "Ea Kar", "", "01/01/2030", "", ""},                                 // 6: day ahead
                             {"Chi hội Thôn 35", "", "Ea Kar", "", "01/7/2020", "", ""},                                  // 7: before its superior
                             {"Chi hội Thôn 36", "", "", "Chi hội Thôn 8", "", "", ""},                                   // 8: a branch under a branch
                             {"Chi hội Thôn 37", "", "Ea BHốk", "", "", "", ""},                                          // 9: a divided commune
                             {"Chi hội Thôn 38", "", "Ea Trang", "", "", "", ""},                                         // 10: no association there
                             {"Chi hội Thôn 39", "", "Ea Kar", "Hội Khuyến học xã Ea Ô", "", "", ""},                     // 11: superior elsewhere
                             {"Chi hội Thôn 40", "", "", "Hội Ma", "", "", ""},                                           // 12: unknown superior
                             {"Chi hội Thôn 41", "", "Cư Huê", "", "", "", ""}});                                         // 13: an old commune, good
  EXPECT_EQ(row(outcome, 0).first, refused);
  EXPECT_THAT(row(outcome, 0).second, HasSubstr("Số 0912 000 001 ghi cho cả Lê Thị Hoa và Nguyễn Văn Tư (dòng 3)"));
  EXPECT_THAT(row(outcome, 1).second, HasSubstr("G3: Số 0912 000 001 ghi cho cả Nguyễn Văn Tư và Lê Thị Hoa (dòng 2)"));
  EXPECT_EQ(row(outcome, 2).first, added);
  EXPECT_EQ(row(outcome, 3).first, refused);
  EXPECT_THAT(row(outcome, 3).second, HasSubstr("đã có ở dòng 4 (“Chi hội Thôn Hòa Bình”)"));
  EXPECT_THAT(row(outcome, 4).second, HasSubstr("không cho biết đây là loại tổ chức nào"));
  EXPECT_THAT(row(outcome, 5).second, HasSubstr("Không có xã, phường, đặc khu nào tên “Xã Không Có”"));
  EXPECT_THAT(row(outcome, 6).second, HasSubstr("chưa đến"));
  EXPECT_THAT(row(outcome, 7).second, AllOf(HasSubstr("trước ngày thành lập của cấp trên"), HasSubstr("01/8/2025")));
  EXPECT_THAT(row(outcome, 8).second, HasSubstr("không trực thuộc"));
  EXPECT_THAT(row(outcome, 9).second, AllOf(HasSubstr("đã chia về"), HasSubstr("xã Ea Ktur"), HasSubstr("xã Dray Bhăng")));
  EXPECT_THAT(row(outcome, 10).second, HasSubstr("Xã Ea Trang chưa có Hội Khuyến học"));
  EXPECT_THAT(row(outcome, 11).second, HasSubstr("ở xã Ea Ô, còn dòng này ghi xã Ea Kar"));
  EXPECT_THAT(row(outcome, 12).second, HasSubstr("Không có tổ chức nào tên “Hội Ma”"));
  EXPECT_EQ(row(outcome, 13).first, added);
  EXPECT_THAT(row(outcome, 13).second, HasSubstr("từ 01/7/2025 thuộc xã Ea Kar"));
  EXPECT_EQ(outcome.record.refused, 12);
}

TEST_P(BodyLists, A_commune_of_another_province_is_named_with_its_province) {
  const auto opened = store().write([&](db::Writer& writer) {
    return house().territory.apply_acts(writer, [&](TerritoryBuilder& builder) -> Result<void> {
      if (auto begun = builder.begin({Day::of(2026, 1, 1), "Thêm tỉnh", "Nghị quyết 1"}); !begun) return std::unexpected(begun.error());
      const auto province = builder.open(UnitLevel::province, small.land.country, {"68", "Lâm Đồng", "tỉnh"});
      if (!province) return std::unexpected(province.error());
      if (auto commune = builder.open(UnitLevel::commune, *province, {"24800", "Đạ Tẻh", "xã"}); !commune) return std::unexpected(commune.error());
      return builder.finish();
    });
  });
  ASSERT_TRUE(opened) << opened.error().message;
  house().organisation.territory_changed(house().territory.current());
  const auto outcome = read({{"Tên tổ chức", "Xã"}, {"Chi hội Thôn 1", "Đạ Tẻh"}});
  EXPECT_EQ(row(outcome, 0).first, refused);
  EXPECT_THAT(row(outcome, 0).second, HasSubstr("“Đạ Tẻh” thuộc tỉnh Lâm Đồng, không thuộc tỉnh Đắk Lắk"));
  const auto of_commune = read_for(liên, small.ea_kar, {{"Tên tổ chức", "Xã"}, {"Chi hội Thôn 1", "Ea Ô"}});
  EXPECT_THAT(row(of_commune, 0).second, HasSubstr("không phải xã Ea Kar"));
}

TEST_P(BodyLists, A_row_under_one_that_cannot_be_read_waits_for_it) {
  const auto outcome = read({{"Tên tổ chức", "Xã", "Ngày thành lập"}, {"Hội Khuyến học xã Ea Trang", "", "01/01/2030"}, {"Chi hội Thôn 1", "Ea Trang", ""}});
  EXPECT_EQ(row(outcome, 0).first, refused);
  EXPECT_EQ(row(outcome, 1).first, refused);
  EXPECT_THAT(row(outcome, 1).second, HasSubstr("dòng ấy chưa nhập được"));
}

TEST_P(BodyLists, New_contact_people_are_shown_before_and_after_and_given_back) {
  store().write([&](db::Writer& writer) { return keep_contact(writer, house().keys, {}, {small.thon_8, "Phạm Văn Lượng", "0911111111", 0}); });
  const Lines list{{"Tên chi hội", "Chi hội trưởng", "SĐT"}, {"Chi hội Thôn 8", "Lê Thị Hoa", "0922222222"}, {"Chi hội Thôn 2", "", ""}, {"Chi hội Thôn 50", "", ""}};
  const auto outcome = read_for(liên, small.ea_kar, list, written);
  EXPECT_EQ(row(outcome, 0).first, changed);
  EXPECT_THAT(outcome.rows[0].effect, HasSubstr("người liên hệ từ Phạm Văn Lượng, 0911 111 111 thành Lê Thị Hoa, 0922 222 222"));
  EXPECT_EQ(row(outcome, 1).first, unchanged);
  EXPECT_EQ(known(small.thon_8)->head_name, "Lê Thị Hoa");
  const BodyId fifty = below(small.ea_kar, "Chi hội Thôn 50");
  ASSERT_TRUE(fifty);

  const auto undone = undo_import(kind(), house(), viewer(liên), outcome.record.id);
  ASSERT_TRUE(undone) << undone.error().message;
  EXPECT_EQ(known(small.thon_8)->head_name, "Phạm Văn Lượng");
  EXPECT_EQ(known(small.thon_8)->telephone, "0911111111");
  EXPECT_FALSE(house().organisation.current()->body(fifty).alive(today()));
  EXPECT_EQ(read_for(liên, small.ea_kar, list).record.added, 1);
}

TEST_P(BodyLists, Very_many_new_numbers_come_into_force_together_and_wait_for_nobody) {
  constexpr int branches = 1'500;
  Lines list{{"Tên chi hội", "Chi hội trưởng", "SĐT"}}, changed_list = list;
  for (int n = 0; n < branches; ++n) {
    list.push_back({fmt::format("Chi hội Thôn {}", 100 + n), "Lê Thị Hoa", fmt::format("09120{:05}", n)});
    changed_list.push_back({fmt::format("Chi hội Thôn {}", 100 + n), "Lê Thị Hoa", fmt::format("09130{:05}", n)});
  }
  read_for(liên, small.ea_kar, list, written);
  const BodyId first = below(small.ea_kar, "Chi hội Thôn 100"), last = below(small.ea_kar, fmt::format("Chi hội Thôn {}", 99 + branches));
  const auto outcome = read_for(liên, small.ea_kar, changed_list, written);
  EXPECT_EQ(outcome.record.changed, branches);
  EXPECT_EQ(known(first)->telephone, "0913000000");
  EXPECT_EQ(known(first)->row_version, 2);
  EXPECT_EQ(known(last)->telephone, fmt::format("09130{:05}", branches - 1));
  EXPECT_EQ(read_for(liên, small.ea_kar, changed_list, written).record.unchanged, branches);

  const auto undone = undo_import(kind(), house(), viewer(liên), outcome.record.id);
  ASSERT_TRUE(undone) << undone.error().message;
  EXPECT_EQ(known(first)->telephone, "0912000000");
  sweep_contact_changes(store(), house().clock, StagedContactsSweep::at_start);
  EXPECT_EQ(known(first)->telephone, "0912000000");
  EXPECT_EQ(known(first)->row_version, 3);
  EXPECT_EQ(known(last)->telephone, fmt::format("09120{:05}", branches - 1));
}

TEST_P(BodyLists, A_number_that_somebody_saved_meanwhile_is_never_lost) {
  const Lines list{{"Tên chi hội", "Chi hội trưởng", "SĐT"}, {"Chi hội Thôn 8", "Lê Thị Hoa", "0922222222"}, {"Chi hội Thôn 2", "Y Thu Êban", "0933333333"}};
  const auto outcome = read_for(liên, small.ea_kar, list, written);
  const auto save = [&](std::int64_t seen) {
    return store().write([&](db::Writer& writer) { return keep_contact(writer, house().keys, {}, {small.thon_8, "Phạm Văn Lượng", "0911111111", seen}); });
  };
  EXPECT_EQ(save(0).error().code, "contact.stale");                     // the list came first
  ASSERT_TRUE(save(known(small.thon_8)->row_version));
  const auto refused_undo = undo_import(kind(), house(), viewer(liên), outcome.record.id);
  ASSERT_FALSE(refused_undo);
  EXPECT_THAT(refused_undo.error().message, HasSubstr("Người liên hệ của Chi hội Thôn 8 đã được sửa sau lần nhập này"));
  sweep_contact_changes(store(), house().clock, StagedContactsSweep::at_start);
  EXPECT_EQ(known(small.thon_8)->telephone, "0911111111");
  EXPECT_EQ(known(small.thon_2)->telephone, "0933333333");
}

TEST_P(BodyLists, Verdicts_hold_only_while_nobody_changes_a_contact) {
  const Viewer who = viewer(liên);
  const ImportContext context{house(), who, small.ea_kar};
  const auto stamp = [&] { return store().read([&](db::Reader& reader) { return kind().stamp(reader, context); }); };
  const std::string before = stamp();
  EXPECT_EQ(stamp(), before);
  ASSERT_TRUE(store().write([&](db::Writer& writer) { return keep_contact(writer, house().keys, {}, {small.thon_8, "Phạm Văn Lượng", "0911111111", 0}); }));
  const std::string after_one = stamp();
  EXPECT_NE(after_one, before);
  read_for(liên, small.ea_kar, {{"Tên chi hội", "Chi hội trưởng", "SĐT"}, {"Chi hội Thôn 8", "Lê Thị Hoa", "0922222222"}}, written);
  EXPECT_NE(stamp(), after_one);
}

TEST_P(BodyLists, A_list_is_judged_once_and_written_as_it_was_judged) {
  class Counted : public ImportKind {
   public:
    explicit Counted(const ImportKind& kind) : kind_(kind) {}
    mutable int judged = 0;
    std::string_view code() const override { return kind_.code(); }
    Permission needs() const override { return kind_.needs(); }
    MenuItem section() const override { return kind_.section(); }
    std::string title() const override { return kind_.title(); }
    std::string explanation(const ImportContext& context) const override { return kind_.explanation(context); }
    std::string way_back(BodyId body) const override { return kind_.way_back(body); }
    std::vector<ImportField> options(const ImportContext& context) const override { return kind_.options(context); }
    std::vector<ImportColumn> columns(const ImportContext& context) const override { return kind_.columns(context); }
    std::size_t slice() const override { return kind_.slice(); }
    std::string stamp(db::Reader& reader, const ImportContext& context) const override { return kind_.stamp(reader, context); }
    std::unique_ptr<ImportPlan> judge(db::Reader& reader, const ImportContext& context, const ImportRows& rows) const override {
      ++judged;
      return kind_.judge(reader, context, rows);
    }
    Result<void> before_staging(const ImportContext& context, const ImportRows& rows, ImportPlan& plan, std::span<const std::size_t> chosen, ImportId batch) const override {
      return kind_.before_staging(context, rows, plan, chosen, batch);
    }
    Result<std::vector<ImportWritten>> stage(db::Writer& writer, const ImportContext& context, const ImportRows& rows, ImportPlan& plan, std::span<const std::size_t> slice,
                                             ImportId batch) const override {
      return kind_.stage(writer, context, rows, plan, slice, batch);
    }
    Result<void> before_appearing(const ImportContext& context, ImportPlan& plan) const override { return kind_.before_appearing(context, plan); }
    Result<Done> write(db::Writer& writer, const ImportContext& context, const ImportRows& rows, ImportPlan& plan, std::span<const std::size_t> chosen, ImportId batch) const override {
      return kind_.write(writer, context, rows, plan, chosen, batch);
    }
    Result<std::string> undo(db::Writer& writer, const ImportContext& context, const ImportRecord& import, std::span<const ImportWritten> rows) const override {
      return kind_.undo(writer, context, import, rows);
    }

   private:
    const ImportKind& kind_;
  };
  const Counted counted(kind());
  const auto outcome = import_directly(counted, house(), viewer(liên), small.ea_kar, {.file_name = "a.xlsx", .content = workbook_of({{"Tên chi hội"}, {"Chi hội Thôn 50"}})});
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(outcome->record.added, 1);
  EXPECT_EQ(counted.judged, 1);
}

TEST_P(BodyLists, Staged_contacts_are_seen_by_nobody_until_they_appear) {
  const auto staged = [&](std::int64_t seen) {
    auto out = std::make_unique<StagedContacts>(store(), house().keys, house().clock);
    EXPECT_TRUE(out->gather({{small.thon_8, "Lê Thị Hoa", "0922 222 222", seen}}));
    store().write([&](db::Writer& writer) { out->stage(writer, 0, out->size()); });
    return out;
  };
  const auto prepare = [&](StagedContacts& contacts) { return store().read([&](db::Reader& reader) { return contacts.prepare(reader); }); };
  const auto appear = [&](StagedContacts& contacts) { return store().write([&](db::Writer& writer) { return contacts.appear(writer); }); };
  const auto first = staged(0), second = staged(0);
  EXPECT_FALSE(known(small.thon_8));
  EXPECT_FALSE(prepare(*first));
  EXPECT_FALSE(prepare(*second));
  ASSERT_TRUE(appear(*first));
  EXPECT_EQ(known(small.thon_8)->telephone, "0922222222");
  EXPECT_EQ(appear(*second).error().code, "staged.again");
  EXPECT_EQ(prepare(*second), small.thon_8);
  second->discard();
  EXPECT_EQ(known(small.thon_8)->row_version, 1);
  EXPECT_FALSE(StagedContacts(store(), house().keys, house().clock).gather({{small.thon_2, "", "12", 0}}));
}

TEST_P(BodyLists, What_something_depends_on_stays_and_is_named) {
  const auto outcome = read_for(liên, small.ea_kar, {{"Tên chi hội", "Ngày thành lập"}, {"Chi hội Thôn 50", "01/9/2025"}, {"Chi hội Thôn 51", ""}}, written);
  const BodyId fifty = below(small.ea_kar, "Chi hội Thôn 50");
  ASSERT_TRUE(fifty);
  state(fifty, "B01", half_year(2026), 12);
  const auto refused_undo = undo_import(kind(), house(), viewer(liên), outcome.record.id);
  ASSERT_FALSE(refused_undo);
  EXPECT_THAT(refused_undo.error().message, HasSubstr("Chi hội Thôn 50 đã có số liệu"));
  EXPECT_TRUE(house().organisation.current()->body(fifty).alive(today()));
  EXPECT_TRUE(house().organisation.current()->body(below(small.ea_kar, "Chi hội Thôn 51")).alive(today()));
}

TEST_P(BodyLists, An_account_given_since_keeps_the_body_too) {
  const auto outcome = read_for(liên, small.ea_kar, {{"Tên chi hội"}, {"Chi hội Thôn 50"}}, written);
  person("Ông", "Nguyễn Văn Tư", below(small.ea_kar, "Chi hội Thôn 50"), "chi_hoi_truong");
  EXPECT_FALSE(undo_import(kind(), house(), viewer(liên), outcome.record.id));
}

TEST_P(BodyLists, Two_lists_at_once_found_each_body_once) {
  const std::string list = workbook_of({{"Tên chi hội"}, {"Chi hội Thôn 50"}, {"Chi hội Thôn 51"}});
  std::vector<int> added_rows(2);
  const auto one = [&](int which) {
    const auto outcome = import_directly(kind(), house(), viewer(liên), small.ea_kar, {.file_name = "a.xlsx", .content = list});
    added_rows[static_cast<std::size_t>(which)] = outcome ? static_cast<int>(outcome->record.added) : 0;
  };
  std::thread first(one, 0), second(one, 1);
  first.join();
  second.join();
  EXPECT_EQ(std::max(added_rows[0], added_rows[1]), 2);
  std::size_t fifties = 0;
  const auto now = house().organisation.current();
  for (const BodyId body : now->children(small.ea_kar, today()))
    if (now->body(body).on(today()).name == "Chi hội Thôn 50") ++fifties;
  EXPECT_EQ(fifties, 1U);
}

TEST_P(BodyLists, A_board_may_stand_under_a_branch_and_a_branch_imports_boards) {
  const Person head = person("Ông", "Phạm Văn Lượng", small.thon_8, "chi_hoi_truong", {{Permission::keep_bodies, Grant::Reach::subtree, {small.thon_8}}});
  const auto outcome = read_for(head, small.thon_8, {{"Tên ban"}, {"Ban khuyến học dòng họ Phạm"}, {"Chi hội Thôn 9"}}, written);
  EXPECT_EQ(row(outcome, 0).first, added);
  EXPECT_EQ(row(outcome, 1).first, refused);
  EXPECT_TRUE(below(small.thon_8, "Ban khuyến học dòng họ Phạm"));
}

TEST_P(BodyLists, The_page_offers_the_choice_and_keeps_it) {
  EXPECT_EQ(get(liên, import_path(small.ea_kar, "to-chuc")).status(), http::Status::ok);
  EXPECT_EQ(get(liên, import_path(small.ea_o, "to-chuc")).status(), http::Status::not_found);
  const auto given = get(office, import_path(small.dak_lak, "to-chuc") + "/mau.xlsx");
  ASSERT_EQ(given.status(), http::Status::ok);
  const auto book = spreadsheet::read_workbook(spreadsheet::bytes_of(given.body()));
  ASSERT_TRUE(book);
  EXPECT_EQ(book->sheets[0].at(1, 1).text, "Tên tổ chức");
  EXPECT_NE(book->find("Xã, phường"), nullptr);
}

}  // namespace
}  // namespace khuyenhoc
