#include "reporting/entry_workbook.h"

#include <gmock/gmock.h>

#include "platform/spreadsheet/package.h"
#include "platform/spreadsheet/write.h"
#include "reporting/reporting_fixture.h"

namespace khuyenhoc {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class EntryWorkbooks : public OnSmallHouse {
 protected:
  static std::size_t place(std::string_view code) { return *EntryColumns::house().place(Catalogue::house().index(code)); }
  static WorkbookCell number(std::int64_t value) { return {value, {}, {}}; }
  static WorkbookCell text(std::string words) { return {std::nullopt, std::move(words), {}}; }

  // The commune's workbook, filled in.
  std::string filled(const WorkbookCells& typed) { return filled(commune().ea_kar, first_half(), typed); }
  std::string filled(BodyId body, const NamedPeriod& period, const WorkbookCells& typed) {
    const auto made = write_entry_workbook(*small->house, small->sheet(body, period), typed);
    EXPECT_TRUE(made) << made.error().message;
    return made.value_or("");
  }
  Result<WorkbookPlan> plan(const std::string& bytes) { return plan_entry_workbook(*small->house, small->viewer_at(commune().ea_kar), small->sheet(commune().ea_kar), bytes); }
  Result<std::size_t> carry(const WorkbookPlan& plan) {
    const EntrySheet sheet = small->sheet(commune().ea_kar);
    const Viewer viewer = small->viewer_at(commune().ea_kar);
    return small->house->store.write([&](db::Writer& writer) { return carry_out(*small->house, viewer, writer, sheet, plan, plan.digest, 1, "so-lieu.xlsx"); });
  }
  // The same file with one part of it changed, as a program other than ours might save it.
  static std::string patched(const std::string& bytes, std::string_view part, const std::string& from, const std::string& to) {
    auto package = spreadsheet::Package::open(spreadsheet::bytes_of(bytes), {});
    EXPECT_TRUE(package);
    spreadsheet::PackageWriter out;
    bool found = false;
    for (const std::string_view name : {"[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
                                        "xl/sharedStrings.xml", "xl/theme/theme1.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"}) {
      if (!package->has(name)) continue;
      std::string content = *package->read(name, 50u << 20);
      if (name == part)
        if (const auto at = content.find(from); at != std::string::npos) {
          content.replace(at, from.size(), to);
          found = true;
        }
      out.add(std::string(name), std::move(content));
    }
    EXPECT_TRUE(found) << from << " is not in " << part;
    return out.finish();
  }
  std::string problems(const WorkbookPlan& plan) {
    std::string out;
    for (const WorkbookProblem& problem : plan.problems) out += problem.address + " " + problem.where + ": " + problem.message + "\n";
    return out;
  }
};
ON_BOTH_STORES(EntryWorkbooks);

TEST_P(EntryWorkbooks, A_filled_workbook_comes_back_as_what_was_typed_and_the_same_file_twice_changes_nothing) {
  small->state(commune().thon_8, "B01", first_half(), 118);
  const std::string file = filled({{{commune().thon_8, place("B01")}, number(120)}, {{commune().thon_8, place("D02")}, number(6'400)}, {{commune().nguyen_du, place("B02")}, number(0)}});
  const auto first = plan(file);
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_THAT(first->problems, IsEmpty()) << problems(*first);
  ASSERT_EQ(first->changes.size(), 3u);
  EXPECT_EQ(first->changes[0].before, "118");
  EXPECT_EQ(first->changes[0].after, "120");
  EXPECT_EQ(small->stated(commune().thon_8, "B01"), 118) << "a dry run writes nothing";
  EXPECT_EQ(carry(*first), 3u);
  EXPECT_EQ(small->stated(commune().thon_8, "B01"), 120);
  EXPECT_EQ(small->stated(commune().thon_8, "D02"), 6'400'000);
  EXPECT_EQ(small->stated(commune().nguyen_du, "B02"), 0);
  EXPECT_EQ(small->figure(commune().province, "B01"), 120);
  const auto again = plan(file);
  ASSERT_TRUE(again);
  EXPECT_THAT(again->cells, IsEmpty());
  EXPECT_THAT(again->problems, IsEmpty()) << problems(*again);
}

TEST_P(EntryWorkbooks, An_empty_workbook_changes_nothing_and_an_emptied_cell_takes_its_figure_back) {
  small->state(commune().thon_8, "E08", first_half(), 3);
  EXPECT_THAT(plan(filled(WorkbookCells{}))->cells, IsEmpty());
  const auto emptied = plan(filled({{{commune().thon_8, place("E08")}, WorkbookCell{}}}));
  ASSERT_TRUE(emptied);
  ASSERT_EQ(emptied->cells.size(), 1u);
  EXPECT_EQ(emptied->cells[0].value, std::nullopt);
  EXPECT_EQ(emptied->changes[0].after, "để trống");
}

TEST_P(EntryWorkbooks, A_row_with_a_bad_cell_is_left_out_whole_and_named_with_address_and_reason) {
  const std::string file = filled({{{commune().thon_8, place("B01")}, number(120)},
                                   {{commune().thon_8, place("B02")}, text("năm")},
                                   {{commune().thon_11, place("B02")}, number(-4)},
                                   {{commune().tung_kraih, place("C02")}, number(10)},
                                   {{commune().tung_kraih, place("C03")}, number(20)},
                                   {{commune().nguyen_du, place("B01")}, number(60)}});
  const auto read = plan(file);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->rows_left_out, 3u);
  ASSERT_EQ(read->cells.size(), 1u);
  EXPECT_EQ(read->cells[0].body, commune().nguyen_du);
  const std::string said = problems(*read);
  EXPECT_THAT(said, HasSubstr("C9 Chi hội Thôn 8, Hội viên – Mới: Ô C9 ghi “năm”, không phải là số"));
  EXPECT_THAT(said, HasSubstr("Số liệu không được âm"));
  EXPECT_THAT(said, HasSubstr("Công nhận 20 hộ, nhưng chỉ có 10 hộ đăng ký."));
  EXPECT_EQ(carry(*read), 1u);
  EXPECT_EQ(small->stated(commune().thon_8, "B01"), std::nullopt);
  EXPECT_EQ(small->stated(commune().tung_kraih, "C02"), std::nullopt);
  EXPECT_EQ(small->stated(commune().nguyen_du, "B01"), 60);
  // given back with what was typed, and read again after mending
  const auto marked = write_entry_workbook(*small->house, small->sheet(commune().ea_kar), read->contents);
  ASSERT_TRUE(marked);
  const auto same = plan(*marked);
  ASSERT_TRUE(same);
  EXPECT_EQ(same->rows_left_out, 3u);
  EXPECT_THAT(same->cells, IsEmpty());
  auto package = spreadsheet::Package::open(spreadsheet::bytes_of(*marked), {});
  EXPECT_THAT(*package->read("xl/comments1.xml", 1u << 20), HasSubstr("không phải là số"));
}

TEST_P(EntryWorkbooks, Formulas_are_refused_where_figures_are_typed) {
  const std::string file = filled({{{commune().thon_8, place("B01")}, number(777'123)}, {{commune().thon_8, place("B02")}, number(1)}, {{commune().tung_kraih, place("B01")}, number(1)}});
  const auto read = plan(patched(file, "xl/worksheets/sheet1.xml", "<v>777123</v>", "<f>HYPERLINK(\"x\")</f><v>777123</v>"));
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read->cells.size(), 1u);
  EXPECT_EQ(read->cells[0].body, commune().tung_kraih) << "the row with the formula is left out whole";
  EXPECT_THAT(problems(*read), HasSubstr("công thức"));
}

TEST_P(EntryWorkbooks, What_others_wrote_meanwhile_is_never_overwritten) {
  const std::string file = filled({{{commune().thon_8, place("B01")}, number(120)}});
  small->state(commune().thon_8, "B01", first_half(), 125);
  const auto read = plan(file);
  ASSERT_TRUE(read);
  EXPECT_THAT(read->cells, IsEmpty());
  EXPECT_THAT(problems(*read), HasSubstr("vừa ghi 125"));
  // and what changes between the dry run and the writing stops the whole
  const auto fresh = plan(filled({{{commune().thon_8, place("B01")}, number(130)}, {{commune().thon_11, place("B01")}, number(80)}}));
  ASSERT_TRUE(fresh);
  small->state(commune().thon_8, "B01", first_half(), 126);
  const auto refused = carry(*fresh);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "workbook.changed");
  EXPECT_EQ(small->stated(commune().thon_11, "B01"), std::nullopt) << "all or nothing";
}

TEST_P(EntryWorkbooks, Files_that_are_none_of_this_grid_are_refused_whole) {
  struct Wrong {
    std::string what, bytes, code;
  };
  spreadsheet::WorkbookWriter other("Danh sách", small_commune_today());
  other.add_sheet("Số liệu").whole(6, 2, 120);
  spreadsheet::PackageWriter bomb;
  bomb.add("[Content_Types].xml", "<Types/>");
  bomb.add("xl/worksheets/sheet1.xml", std::string(40u << 20, ' '));
  const std::string good = filled({{{commune().thon_8, place("B01")}, number(120)}});
  const std::string body_text = "<t>" + std::to_string(commune().ea_kar.value) + "</t>";
  const std::vector<Wrong> wrong{
      {"another commune's", filled(commune().ea_ktur, first_half(), {}), "workbook.body"},
      {"another period's", filled(commune().ea_kar, *Periods::house().named("bao_cao", "H2", 2025), {}), "workbook.period"},
      {"a workbook of their own", *other.finish(), "workbook.not_ours"},
      {"an edited hidden sheet", patched(good, "xl/sharedStrings.xml", body_text, "<t>1" + std::to_string(commune().ea_ktur.value) + "</t>"), "workbook.edited"},
      {"no workbook at all", "Kính gửi xã, chi hội Thôn 8 có 120 hội viên.", "workbook.text_file"},
      {"nothing", "", "workbook.empty_file"},
      {"half a file", good.substr(0, good.size() / 2), "workbook.broken"},
      {"a bomb", bomb.finish(), "workbook.bomb"},
  };
  for (const Wrong& one : wrong) {
    const auto refused = plan(one.bytes);
    ASSERT_FALSE(refused) << one.what;
    EXPECT_EQ(refused.error().code, one.code) << one.what << ": " << refused.error().message;
    EXPECT_FALSE(refused.error().message.empty());
  }
  EXPECT_EQ(small->stated(commune().thon_8, "B01"), std::nullopt);
}

TEST_P(EntryWorkbooks, A_hundred_thousand_empty_rows_cost_nothing_and_figures_beyond_the_table_are_named) {
  const std::string good = filled({{{commune().thon_8, place("B01")}, number(120)}});
  std::string empty_rows, far_row = "<row r=\"150000\"><c r=\"B150000\"><v>5</v></c></row>";
  for (int row = 100; row < 100'100; ++row) empty_rows += fmt::format("<row r=\"{0}\"><c r=\"A{0}\"/><c r=\"B{0}\"/></row>", row);
  const auto read = plan(patched(good, "xl/worksheets/sheet1.xml", "</sheetData>", empty_rows + "</sheetData>"));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_THAT(read->problems, IsEmpty()) << problems(*read);
  EXPECT_EQ(read->cells.size(), 1u);
  const auto beyond = plan(patched(good, "xl/worksheets/sheet1.xml", "</sheetData>", far_row + "</sheetData>"));
  ASSERT_TRUE(beyond);
  EXPECT_THAT(problems(*beyond), HasSubstr("Ô B150000 nằm ngoài bảng"));
}

TEST_P(EntryWorkbooks, Rows_put_in_another_order_are_noticed) {
  const std::string file = filled({{{commune().thon_8, place("B01")}, number(120)}});
  const auto read = plan(patched(file, "xl/sharedStrings.xml", "<t>Chi hội Thôn 8</t>", "<t>Chi hội Thôn 9</t>"));
  ASSERT_TRUE(read);
  EXPECT_THAT(read->cells, IsEmpty());
  EXPECT_THAT(problems(*read), HasSubstr("phải là “Chi hội Thôn 8” nhưng đang ghi “Chi hội Thôn 9”"));
}

TEST_P(EntryWorkbooks, Where_the_commune_states_its_totals_no_workbook_of_branches_is_read) {
  const std::string file = filled({{{commune().thon_8, place("B01")}, number(120)}});
  ASSERT_TRUE(small->house->store.write([&](db::Writer& writer) {
    return set_entry_mode(writer, *small->statements, commune().ea_kar, first_half().period, EntryMode::stated_whole, UserId{7}, small->clock.now_ms());
  }));
  const auto refused = plan(file);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "workbook.mode");
}

TEST_P(EntryWorkbooks, A_question_that_is_not_answered_yet_is_asked_before_anything_is_written) {
  small->state(commune().ea_kar, "B01", first_half(), 500);
  const auto read = plan(filled({{{commune().thon_8, place("B01")}, number(120)}, {{commune().thon_11, place("B02")}, number(3)}}));
  ASSERT_TRUE(read);
  ASSERT_EQ(read->cells.size(), 1u);
  EXPECT_EQ(read->cells[0].body, commune().thon_11);
  EXPECT_THAT(problems(*read), HasSubstr("nằm trong hay ngoài"));
  EXPECT_EQ(small->stated(commune().thon_8, "B01"), std::nullopt) << "trying leaves nothing behind";
}

}  // namespace
}  // namespace khuyenhoc
