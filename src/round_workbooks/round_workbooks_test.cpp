// Workbooks of a round: 102 go out in one zip, 160 come back, each with its verdict; the good ones are written once, the wrong ones given back marked.
#include "round_workbooks/round_workbooks_fixture.h"

namespace khuyenhoc {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class RoundWorkbooks : public OnProvinceOf102 {};
ON_BOTH_STORES(RoundWorkbooks);

TEST_P(RoundWorkbooks, Every_commune_gets_its_own_workbook_in_the_order_of_the_board) {
  const auto files = handed_out();
  ASSERT_EQ(files.size(), 102U) << "the commune without branches gets none";
  EXPECT_EQ(files[0].name, "001 Số liệu Xã Ea Số 001 2026-H1.xlsx");
  EXPECT_EQ(files[101].name, "102 Số liệu Xã Ea Số 102 2026-H1.xlsx");
  for (std::size_t i = 0; i < files.size(); i += 17) {
    const auto owner = owner_of_workbook(house(), files[i].content);
    ASSERT_TRUE(owner) << owner.error().message;
    EXPECT_EQ(owner->body, communes[i]);
    EXPECT_EQ(owner->period, "2026-H1");
  }
  auto package = spreadsheet::Package::open(spreadsheet::bytes_of(files[0].content), {});
  const std::string texts = *package->read("xl/sharedStrings.xml", 10U << 20), grid = *package->read("xl/worksheets/sheet1.xml", 10U << 20);
  EXPECT_THAT(texts, AllOf(HasSubstr("Hạn gửi: 10/6/2026"), HasSubstr("Gửi về: Hội Khuyến học tỉnh Đắk Lắk"), HasSubstr("Đợt: Báo cáo 6 tháng đầu năm 2026"), HasSubstr("Chỉ ghi vào các ô màu vàng")));
  EXPECT_THAT(grid, AllOf(HasSubstr("<sheetProtection "), HasSubstr("<dataValidation "), HasSubstr("<conditionalFormatting "), HasSubstr("IF(G7&lt;=E7,"), HasSubstr("Công nhận ")))
      << "locked, with checks inside";
}

TEST_P(RoundWorkbooks, What_is_chosen_on_the_board_is_what_goes_out) {
  const Viewer who = viewer(office);
  submit(communes[4]);
  const auto files = handed_out(BoardFilter::of_words("cho-duyet", {}, -1));
  ASSERT_EQ(files.size(), 1U);
  EXPECT_THAT(files[0].name, HasSubstr("Xã Ea Số 005"));
  const auto nothing = ask_for_bundle(house(), who, round.id, {}, BoardFilter::of_words("da-chot", {}, -1));
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().code, "bundle.nothing");
  EXPECT_FALSE(ask_for_bundle(house(), viewer(commune_secretary), round.id, small.dak_lak, {})) << "not over the whole province";
}

class HundredAndSixty : public OnProvinceOf102 {
 protected:
  // 90 good ones, 8 with something wrong inside, 1 as it was, 9 that are none of it, and 52 sent twice.
  NamedFiles sent(const std::vector<spreadsheet::BundledFile>& out) {
    NamedFiles files;
    for (std::size_t i = 0; i < 90; ++i) files.emplace_back(fmt::format("Cụm {}/So lieu ({}).xlsx", i % 4, i), honest(out[i].content, 100 + static_cast<int>(i)));
    for (std::size_t i = 90; i < 96; ++i) files.emplace_back(fmt::format("sai {}.xlsx", i), filled(out[i].content, {{"B7", "trăm hai"}, {"C7", "2"}, {"B8", "77"}}));
    for (std::size_t i = 96; i < 98; ++i) files.emplace_back(fmt::format("đăng ký {}.xlsx", i), filled(out[i].content, {{"E7", "5"}, {"G7", "9"}}));
    files.emplace_back("không đổi.xlsx", out[98].content);
    files.emplace_back("đã trình.xlsx", honest(out[99].content));
    files.emplace_back("hai sổ (1).xlsx", honest(out[100].content, 100));
    files.emplace_back("hai sổ (2).xlsx", honest(out[100].content, 200));
    files.emplace_back("kỳ trước.xlsx", workbook_of(communes[101], *Periods::house().named("bao_cao", "H2", 2025)));
    files.emplace_back("sửa trang ẩn.xlsx", changed(out[101].content, [](std::string_view, std::string& content) {
                         if (const auto found = content.find("<t>2026-H1</t>"); found != std::string::npos) content.replace(found, 14, "<t>2026-H2</t>");
                       }));
    files.emplace_back("ghi chú.txt", "Kính gửi tỉnh, xã gửi số liệu qua điện thoại.");
    files.emplace_back("trống.xlsx", "");
    files.emplace_back("lồng.zip", zip_of({{"a.xlsx", out[0].content}}));
    files.emplace_back("nửa tệp.xlsx", out[2].content.substr(0, out[2].content.size() / 2));
    while (files.size() < 160) files.emplace_back(fmt::format("gửi lần hai ({}).xlsx", files.size()), files[files.size() % 50].second);
    return files;
  }
};
ON_BOTH_STORES(HundredAndSixty);

TEST_P(HundredAndSixty, Files_in_one_zip_come_back_each_with_its_verdict_and_twice_changes_nothing) {
  const auto out = handed_out();
  ASSERT_EQ(out.size(), 102U);
  const Viewer who = viewer(office);
  submit(communes[99]);
  const NamedFiles files = sent(out);
  const WorkbookIntakeId intake = taken({{"Sổ các xã.zip", zip_of(files)}});
  const auto verdicts = files_of(intake);
  ASSERT_EQ(verdicts.size(), 160U);
  const auto said = [&](std::string_view name) {
    const auto found = std::ranges::find_if(verdicts, [&](const IntakeFile& file) { return file.file_name.find(name) != std::string::npos; });
    EXPECT_NE(found, verdicts.end()) << name;
    return found == verdicts.end() ? IntakeFile{} : *found;
  };
  auto by_verdict = counts(intake);
  EXPECT_EQ(by_verdict[WorkbookVerdict::ready], 90U);
  EXPECT_EQ(by_verdict[WorkbookVerdict::to_mend], 8U);
  EXPECT_EQ(by_verdict[WorkbookVerdict::nothing_new], 1U + 52U);
  EXPECT_EQ(by_verdict[WorkbookVerdict::refused], 9U);
  EXPECT_EQ(verdicts[0].file_name, "Cụm 0/So lieu (0).xlsx");
  EXPECT_EQ(verdicts[0].changes, 3U) << verdicts[0].message << verdicts[0].places;
  EXPECT_EQ(said("sai 90").problems, 1U);
  EXPECT_THAT(said("sai 90").places, HasSubstr("trăm hai"));
  EXPECT_THAT(said("đăng ký 96").places, HasSubstr("Công nhận 9 hộ, nhưng chỉ có 5 hộ đăng ký"));
  EXPECT_THAT(said("đã trình").message, HasSubstr("đã trình Chủ tịch duyệt"));
  EXPECT_THAT(said("hai sổ (2)").message, HasSubstr("2 sổ khác nhau"));
  EXPECT_THAT(said("kỳ trước").message, HasSubstr("Sổ này là số liệu 6 tháng cuối năm 2025, còn đợt này hỏi 6 tháng đầu năm 2026"));
  EXPECT_THAT(said("sửa trang ẩn").message, HasSubstr("Trang ẩn của tệp này đã bị sửa"));
  EXPECT_THAT(said("ghi chú").message, HasSubstr("không phải sổ Excel"));
  EXPECT_THAT(said("trống").message, HasSubstr("không có dữ liệu"));
  EXPECT_THAT(said("lồng").message, HasSubstr("gói nén nằm trong gói nén"));
  EXPECT_EQ(said("nửa tệp").verdict, WorkbookVerdict::refused);
  EXPECT_EQ(said("gửi lần hai").verdict, WorkbookVerdict::nothing_new);
  for (const IntakeFile& file : verdicts) EXPECT_FALSE(file.message.empty()) << file.file_name;
  EXPECT_EQ(stated(branches[communes[0]][0], "B01"), std::nullopt) << "a dry run writes nothing";

  write(intake);
  by_verdict = counts(intake);
  EXPECT_EQ(by_verdict[WorkbookVerdict::written], 90U);
  EXPECT_EQ(by_verdict[WorkbookVerdict::ready], 0U);
  for (std::size_t i = 0; i < 90; ++i) {
    EXPECT_EQ(stated(branches[communes[i]][0], "B01"), 100 + static_cast<int>(i)) << i;
    EXPECT_EQ(stated(branches[communes[i]][1], "B01"), 101 + static_cast<int>(i)) << i;
  }
  EXPECT_EQ(stated(branches[communes[90]][1], "B01"), std::nullopt) << "a workbook that needs mending is written in no part";
  EXPECT_THAT(on_behalf_words(*house().organisation.current(), report(communes[3]), today()), AllOf(HasSubstr("Y Bhiông Niê"), HasSubstr("sổ Excel")));
  EXPECT_FALSE(report(communes[90]).on_behalf());

  const auto version = report(communes[3]).row_version;
  const WorkbookIntakeId again = taken({{"Sổ các xã.zip", zip_of(files)}});
  auto second = counts(again);
  EXPECT_EQ(second[WorkbookVerdict::ready], 0U);
  EXPECT_EQ(second[WorkbookVerdict::already], 90U + 52U);
  EXPECT_THAT(files_of(again)[0].message, StartsWith("Sổ này đã nhận lúc"));
  EXPECT_EQ(ask_to_write(house(), who, again).error().code, "intake.nothing");
  EXPECT_EQ(report(communes[3]).row_version, version);
}

TEST_P(RoundWorkbooks, What_others_write_between_the_dry_run_and_the_writing_stops_that_workbook_alone) {
  const WorkbookIntakeId intake = taken({{"một.xlsx", honest(workbook_of(communes[0]), 50)}, {"hai.xlsx", honest(workbook_of(communes[1]), 60)}});
  EXPECT_EQ(counts(intake)[WorkbookVerdict::ready], 2U);
  state(branches[communes[0]][0], "B01", round.period.period, 55);
  write(intake);
  const auto files = files_of(intake);
  EXPECT_EQ(files[0].verdict, WorkbookVerdict::changed) << files[0].message;
  EXPECT_EQ(files[1].verdict, WorkbookVerdict::written);
  EXPECT_EQ(stated(branches[communes[0]][0], "B01"), 55);
  EXPECT_EQ(stated(branches[communes[0]][1], "B01"), std::nullopt) << "all of a workbook or nothing";
  // looked at again it says which figure somebody else wrote
  ASSERT_TRUE(judge_again(house(), viewer(office), intake));
  work();
  const auto now = files_of(intake);
  EXPECT_EQ(now[0].verdict, WorkbookVerdict::to_mend);
  EXPECT_THAT(now[0].places, HasSubstr("vừa ghi 55"));
  EXPECT_EQ(now[1].verdict, WorkbookVerdict::written);
}

TEST_P(RoundWorkbooks, A_workbook_given_back_holds_all_that_was_typed_and_can_be_mended_and_sent_again) {
  const WorkbookIntakeId intake = taken({{"sai.xlsx", filled(workbook_of(communes[0]), {{"B7", "trăm hai"}, {"C7", "2"}, {"B8", "77"}})}});
  const auto marked = ask_for_marked(house(), viewer(office), intake);
  ASSERT_TRUE(marked) << marked.error().message;
  work();
  const auto back = spreadsheet::read_bundle(*store().read([&](db::Reader& reader) { return bundle_content(reader, *marked); }));
  ASSERT_TRUE(back);
  ASSERT_EQ(back->size(), 2U);
  EXPECT_EQ((*back)[0].name, "001 Số liệu Xã Ea Số 001 2026-H1 - cần sửa.xlsx");
  EXPECT_THAT((*back)[1].content, AllOf(HasSubstr("Kính gửi Hội Khuyến học xã Ea Số 001."), HasSubstr("còn 1 chỗ cần sửa"), HasSubstr("trăm hai"), HasSubstr("chậm nhất ngày 10/6/2026")));
  const std::string mended = filled((*back)[0].content, {{"B7", "120"}});
  const WorkbookIntakeId second = taken({{"sai - cần sửa (1).xlsx", mended}});
  ASSERT_EQ(counts(second)[WorkbookVerdict::ready], 1U) << files_of(second)[0].message << files_of(second)[0].places;
  write(second);
  EXPECT_EQ(stated(branches[communes[0]][0], "B01"), 120);
  EXPECT_EQ(stated(branches[communes[0]][0], "B02"), 2);
  EXPECT_EQ(stated(branches[communes[0]][1], "B01"), 77) << "good rows came back as they were typed";
}

TEST_P(RoundWorkbooks, A_commune_takes_in_only_its_own_and_not_on_behalf) {
  const Viewer who = viewer(commune_secretary);
  const std::string own = honest(workbook_of(communes[0])), other = honest(workbook_of(communes[1]));
  const auto intake = take_in_workbooks(house(), who, round.id, {}, {{"một.xlsx", own}, {"hai.xlsx", other}});
  ASSERT_TRUE(intake) << intake.error().message;
  work();
  const auto files = files_of(*intake);
  EXPECT_EQ(files[0].verdict, WorkbookVerdict::ready) << files[0].message;
  EXPECT_EQ(files[1].verdict, WorkbookVerdict::refused);
  EXPECT_THAT(files[1].message, AllOf(HasSubstr("đơn vị khác"), Not(HasSubstr("Ea Số 002"))));
  ASSERT_TRUE(ask_to_write(house(), who, *intake));
  work();
  EXPECT_EQ(stated(branches[communes[0]][0], "B01"), 120);
  EXPECT_FALSE(report(communes[0]).on_behalf());
  const auto sees = [&](const Person& somebody) { return store().read([&](db::Reader& reader) { return find_intake(reader, viewer(somebody), *intake).has_value(); }); };
  EXPECT_TRUE(sees(office)) << "the office above";
  EXPECT_FALSE(sees(person("Bà", "H’Ngoan Niê", communes[5], "thu_ky")));
}

TEST_P(RoundWorkbooks, Nothing_sent_and_too_much_sent_are_refused) {
  EXPECT_EQ(take_in_workbooks(house(), viewer(office), round.id, {}, {}).error().code, "intake.nothing");
  NamedFiles many;
  for (int i = 0; i < 401; ++i) many.emplace_back(fmt::format("{}.xlsx", i), "x");
  const std::string zip = zip_of(many);
  EXPECT_EQ(take_in_workbooks(house(), viewer(office), round.id, {}, {{"nhiều.zip", zip}}).error().code, "intake.bundle");
  EXPECT_EQ(take_in_workbooks(house(), viewer(office), RoundId{99}, {}, {{"một.xlsx", "x"}}).error().code, "round.unknown");
}

}  // namespace
}  // namespace khuyenhoc
