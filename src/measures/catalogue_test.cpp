#include "measures/catalogue.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <gmock/gmock.h>

#include "measures/checks.h"

namespace khuyenhoc {
namespace {

using testing::HasSubstr;

TEST(Indicators, The_house_has_all_of_them_in_both_languages) {
  const Catalogue& house = Catalogue::house();
  EXPECT_EQ(house.measures().size(), 83u);
  for (const auto& measure : house.measures()) {
    EXPECT_FALSE(measure.label_vi.empty() || measure.label_en.empty() || measure.short_vi.empty() || measure.unit_en.empty()) << measure.code;
    EXPECT_EQ(measure.unit_vi.starts_with("đồng"), measure.is_money) << measure.code;
  }
  EXPECT_EQ(house.measure(house.index("C02")).kind, MeasureKind::yearly);
  EXPECT_EQ(house.measure(house.index("B04")).level, RecordedAt::commune);
  EXPECT_EQ(house.measure(house.index("A04")).register_name, "branches");
}

TEST(Indicators, Series_are_dense_and_keep_their_names) {
  const Catalogue& house = Catalogue::house();
  for (Series series = 0; series < house.series_count(); ++series) {
    const auto& measure = house.measure(house.measure_of(series));
    EXPECT_EQ(house.series_by_key(measure.code, house.member_key(series)), series);
  }
  const auto women = house.series(house.index("B01"), "gioi", "nu");
  ASSERT_TRUE(women);
  EXPECT_EQ(house.member_key(*women), "gioi/nu");
  EXPECT_EQ(house.label(*women, Language::vietnamese), "Tổng số hội viên cuối kỳ – Nữ");
  EXPECT_FALSE(house.series_by_key("B01", "gioi/nam"));
  EXPECT_FALSE(house.series_by_key("Z99", ""));
}

TEST(Indicators, A_breakdown_says_whether_its_members_make_the_whole) {
  const Catalogue& house = Catalogue::house();
  const auto& members = house.measure(house.index("B01")).dimensions;
  ASSERT_EQ(members.size(), 3u);
  EXPECT_EQ(members[0].kind, Dimension::Kind::subset) << "women";
  EXPECT_EQ(members[1].kind, Dimension::Kind::partition) << "fields";
}

TEST(Indicators, Short_forms_ask_what_their_branch_knows) {
  const Catalogue& house = Catalogue::house();
  const std::map<std::string, std::size_t> sizes{{"thon", 15}, {"truong", 12}, {"co_quan", 10}, {"dong_ho", 5}};
  for (const auto& [code, size] : sizes) {
    const auto* form = house.form(code);
    ASSERT_NE(form, nullptr) << code;
    std::size_t fields = 0;
    for (const auto& part : form->parts) fields += part.fields.size();
    EXPECT_EQ(fields, size) << code;
    for (const auto& part : form->parts)
      for (const auto& field : part.fields) EXPECT_EQ(house.measure(field.measure).level, RecordedAt::branch) << code;
  }
  EXPECT_FALSE(house.form("dong_ho")->asks(house.index("C02")));
  EXPECT_EQ(house.form("thon")->parts.front().fields.front().label_vi, "Hội viên mới vào");
  EXPECT_EQ(house.form("khong_co"), nullptr);
}

std::string minimal(std::string_view rest) {
  return R"([[section]]
code = "B"
vi = "Hội viên"
en = "Members"
[[measure]]
code = "B01"
vi = "Hội viên"
en = "Members"
short_vi = "Hội viên"
short_en = "Members"
unit_vi = "người"
unit_en = "people"
kind = "stock"
level = "branch"
section = "B"
)" + std::string(rest);
}

std::string refusal(const std::string& toml) {
  const auto made = Catalogue::parse(toml);
  return made ? "" : made.error().code + " " + made.error().place + ": " + made.error().message;
}

TEST(Indicators, A_wrong_file_is_refused_with_its_place_and_reason) {
  EXPECT_EQ(refusal(minimal("")), "");
  EXPECT_THAT(refusal("[[measure]"), HasSubstr("catalogue.syntax dòng 1"));
  EXPECT_THAT(refusal(""), HasSubstr("chưa có chỉ tiêu nào"));
  EXPECT_THAT(refusal(minimal("[[measure.dimension]]\nkind = \"all\"\ncode = \"x\"\n")), HasSubstr("partition hoặc subset"));
  EXPECT_THAT(refusal(minimal(minimal(""))), HasSubstr("catalogue.entry B01: Danh mục chỉ tiêu: mã chỉ tiêu bị trùng"));
  const std::string ratio = "[[measure]]\ncode = \"R\"\nvi = \"r\"\nen = \"r\"\nshort_vi = \"r\"\nshort_en = \"r\"\nunit_vi = \"%\"\nunit_en = \"%\"\nkind = \"ratio\"\nlevel = \"computed\"\nsection = \"B\"\n";
  EXPECT_THAT(refusal(minimal(ratio)), HasSubstr("cần có công thức"));
  EXPECT_THAT(refusal(minimal(ratio + "formula = \"B01/B99*100\"\n")), HasSubstr("catalogue.formula R"));
  EXPECT_THAT(refusal(minimal(ratio + "formula = \"B01*100\"\n")), HasSubstr("tỷ lệ cần một phép chia"));
  EXPECT_EQ(refusal(minimal(ratio + "formula = \"B01/B01@before*100\"\n")), "");
  EXPECT_THAT(refusal(minimal("[[check]]\ncode = \"c\"\nexpression = \"B01 + 1\"\nat = \"B01\"\nvi = \"a\"\nen = \"a\"\n")), HasSubstr("phải là một phép so sánh"));
  EXPECT_THAT(refusal(minimal("[[form]]\ncode = \"f\"\n[[form.part]]\nfields = [ { measure = \"B01\" }, { measure = \"B01\" } ]\n")), HasSubstr("bị hỏi hai lần"));
}

// The table abbreviates where the product writes out.
std::string written_out(std::string line) {
  for (const auto& [short_form, whole] : {std::pair("BCH", "Ban Chấp hành"), std::pair(", DN ", ", doanh nghiệp ")})
    if (const std::size_t at = line.find(short_form); at != std::string::npos) line.replace(at, std::string_view(short_form).size(), whole);
  return line;
}

TEST(Indicators, Are_those_of_the_shared_table) {
  const std::filesystem::path table = std::filesystem::path(KHUYENHOC_SOURCE_DIR) / "../shared/data/indicators.csv";
  if (!std::filesystem::exists(table)) GTEST_SKIP() << "../shared is not beside this clone";
  std::ifstream file(table);
  std::string line;
  std::getline(file, line);
  std::size_t rows = 0;
  while (std::getline(file, line)) {
    const std::string code = line.substr(0, line.find(','));
    const auto index = Catalogue::house().find(code);
    ASSERT_TRUE(index) << code;
    const auto& measure = Catalogue::house().measure(*index);
    EXPECT_THAT(written_out(line), HasSubstr(measure.label_vi));
    static const std::map<MeasureKind, std::string> kinds{{MeasureKind::stock, "stock"}, {MeasureKind::flow, "flow"}, {MeasureKind::reference, "reference"},
                                                          {MeasureKind::yearly, "yearly"}, {MeasureKind::count, "count"}, {MeasureKind::ratio, "ratio"},
                                                          {MeasureKind::derived, "derived"}};
    static const std::map<RecordedAt, std::string> levels{{RecordedAt::branch, "branch"}, {RecordedAt::commune, "commune"}, {RecordedAt::computed, "computed"}};
    EXPECT_THAT(line, HasSubstr("," + kinds.at(measure.kind) + "," + levels.at(measure.level) + ","));
    if (measure.kind == MeasureKind::ratio) {
      EXPECT_THAT(line, HasSubstr(measure.formula));
    }
    ++rows;
  }
  EXPECT_EQ(rows, Catalogue::house().measures().size());
}

class CrossChecks : public testing::Test {
 protected:
  TermLookup lookup() {
    return [this](const Term& term) -> std::optional<std::int64_t> {
      const auto& house = Catalogue::house();
      std::string name = house.measure(term.measure).code;
      if (!house.is_whole(term.series)) name += "." + house.member_key(term.series);
      if (term.moment == Moment::before) name += "@before";
      if (term.moment == Moment::earlier) name += "@earlier";
      const auto at = figures.find(name);
      return at == figures.end() ? std::nullopt : std::optional(at->second);
    };
  }
  std::map<std::string, std::int64_t> figures;
};

TEST_F(CrossChecks, Say_the_arithmetic_of_members_who_do_not_add_up) {
  figures = {{"B01@before", 96}, {"B02", 4}, {"B03", 1}, {"B01", 102}};
  const auto found = findings(Catalogue::house(), lookup());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].title + " " + found[0].message, "Chưa khớp, thừa 3. Kỳ trước 96, thêm 4, giảm 1 thì còn 99; đang ghi 102.");
  figures["B01"] = 99;
  EXPECT_TRUE(findings(Catalogue::house(), lookup()).empty());
  const auto& movement = Catalogue::house().checks().front();
  EXPECT_EQ(agreement(Catalogue::house(), movement, lookup()), "Khớp: 96 thêm 4, giảm 1 thì còn 99.");
}

TEST_F(CrossChecks, Are_silent_where_a_figure_is_blank) {
  figures = {{"B01@before", 96}, {"B02", 4}, {"B01", 102}};
  EXPECT_TRUE(findings(Catalogue::house(), lookup()).empty()) << "blank is not zero";
}

TEST_F(CrossChecks, Recognised_above_registered_is_an_error) {
  figures = {{"C02", 60}, {"C03", 61}, {"C01", 132}};
  const auto found = findings(Catalogue::house(), lookup());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].severity, Check::Severity::error);
  EXPECT_EQ(found[0].message, "Công nhận 61 hộ, nhưng chỉ có 60 hộ đăng ký.");
}

TEST_F(CrossChecks, Members_of_a_breakdown_make_the_whole_or_are_part_of_it) {
  figures = {{"C15", 10}, {"C15.loai/truong", 4}, {"C15.loai/co_quan", 3}, {"C15.loai/doanh_nghiep", 2}, {"B01", 5}, {"B01.gioi/nu", 6}};
  const auto found = findings(Catalogue::house(), lookup());
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].message, "Nữ có 6 người, nhưng tổng số chỉ có 5.");
  EXPECT_EQ(found[1].title, "Chưa khớp, thiếu 1.");
}

TEST_F(CrossChecks, A_jump_of_more_than_30_percent_asks_for_a_reason) {
  const auto& house = Catalogue::house();
  const auto members = house.index("B01");
  EXPECT_FALSE(jump_question(house, members, 130, 100));
  const auto found = jump_question(house, members, 131, 100);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->message, "Cùng kỳ năm trước 100, nay 131, tăng 31,0%. Xin ghi lý do.");
  EXPECT_FALSE(jump_question(house, members, 7, 2)) << "few";
  EXPECT_FALSE(jump_question(house, members, 700, 0)) << "nothing to compare with";
  EXPECT_FALSE(jump_question(house, house.index("D02"), 1'900'000, 1'000'000));
}

}  // namespace
}  // namespace khuyenhoc
