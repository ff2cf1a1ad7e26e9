// The report of a round on paper: figures as signed, words, annexes that add up, what was frozen beside, and an office's own Word template.
#include "reports/round_paper.h"

#include <regex>

#include "measures/targets.h"
#include "organisation/numbering.h"
#include "paper_templates/paper_templates.h"
#include "platform/spreadsheet/workbook.h"
#include "reports/paper_fields.h"
// The other tests of this program stand on the house of shell/house_fixture.h, which bears the same name: one program may hold only one of them.
#define OnSmallHouse OnSmallHouseOfRounds
#include "signed_reports/signed_fixture.h"
#undef OnSmallHouse

namespace khuyenhoc {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class RoundPapers : public OnSmallRound {
 protected:
  void SetUp() override {
    OnSmallRound::SetUp();
    if (IsSkipped()) return;
    keep_house_forms(store(), house().catalogue, house().clock.now_ms());
    write([&](db::Writer& writer) { small->ledger->post(writer, {.body = commune().thon_8, .day = Day::of(2025, 5, 20), .series = small->series("B01"), .amount = 110, .source = {}}); });
    write([&](db::Writer& writer) { set_target(writer, house().catalogue, {commune().ea_kar, small->index("B01"), 2026, 250}); });
    small->state(commune().ea_kar, "B04", first_half(), 1'000);
    small->state(commune().thon_8, "B01", first_half(), 120);
    small->state(commune().thon_11, "B01", first_half(), 60);
    small->state(commune().nguyen_dinh, "B01", first_half(), 20);
    small->state(commune().ea_kar, "B01", first_half(), 230);
    small->state(commune().thon_8, "D02", first_half(), 6'400'000);
    small->state(commune().ea_o, "B04", first_half(), 500);
    small->state(commune().ea_o, "B01", first_half(), 70);
    NewRound given;
    given.office = commune().province;
    given.form = "bao_cao";
    given.period = first_half();
    given.form_versions = read([&](db::Reader& reader) { return pins_in_force(reader, house(), "bao_cao", commune().province, first_half().period.last, PinBelow::yes).versions; });
    given.due = {.centre = {}, .province = first_half().period.last + 20, .commune = first_half().period.last + 10, .branch = {}};
    const auto done = write([&](db::Writer& writer) { return open_round(writer, house(), chairman(commune().province), given); });
    ASSERT_TRUE(done) << done.error().message;
    round = done->id;
  }
  RoundReport of(BodyId body) { return report(round, body); }
  ComposedForm form_of(BodyId body) {
    auto form = read([&](db::Reader& reader) { return compose(reader, house(), pins_in_force(reader, house(), "bao_cao", body, small->clock.today(), PinBelow::no), body, small->clock.today()); });
    EXPECT_TRUE(form) << form.error().message;
    return form.value_or(ComposedForm{});
  }
  Viewer keeper(BodyId body) { return holder(body, {Permission::see_figures, Permission::keep_bodies}, UserId{5}, "Bà Lê Thị Thu"); }
  Result<void> use_annex_columns(BodyId body, const std::vector<std::string>& columns) {
    const ComposedForm form = form_of(body);
    return write([&](db::Writer& writer) { return use_columns(writer, house(), keeper(body), body, form, columns, 0); });
  }
  void signed_by(BodyId body) {
    for (const char* block : {"uu_diem", "han_che", "phuong_huong"}) {
      const ReportId id = of(body).id;
      ASSERT_TRUE(write([&](db::Writer& writer) { return save_text(writer, house(), secretary(body), id, block, "Có {{B01: kèm đơn vị}}.", 0); }));
    }
    ASSERT_TRUE(submit(round, body));
    const RoundReport now = of(body);
    const auto done = write([&](db::Writer& writer) {
      return sign_report(writer, house(), chairman(body), {now.id, now.row_version, 0}, [&](db::Reader& reader, const RoundReport& one) {
        auto texts = frozen_texts(reader, house(), one);
        texts.push_back(paper_to_freeze(reader, house(), one));
        return texts;
      });
    });
    ASSERT_TRUE(done) << done.error().message;
  }
  RoundPaper paper(BodyId body, ReportVersionId version = {}, TextLens lens = TextLens::as_signed) {
    auto made = read([&](db::Reader& reader) { return round_paper(reader, house(), {.report = of(body).id, .version = version, .draft_lens = lens}); });
    EXPECT_TRUE(made) << made.error().message;
    return made.value_or(RoundPaper{});
  }
  std::string html(const RoundPaper& made) { return document::to_html(paper_document(made)); }
  std::int64_t total(const RoundPaper& made, std::string_view code) {
    const PaperLine* line = made.line(small->index(code));
    return line != nullptr && line->done ? line->done->value : -1;
  }
  const AnnexLine* row(const RoundPaper& made, std::string_view name) {
    const auto at = std::ranges::find(made.annex.rows, name, &AnnexLine::name);
    return at == made.annex.rows.end() ? nullptr : &*at;
  }
  std::optional<std::int64_t> cell(const RoundPaper& made, std::string_view name, std::string_view code) {
    const auto* line = row(made, name);
    const auto column = std::ranges::find(made.annex.columns, small->index(code));
    if (line == nullptr || column == made.annex.columns.end()) return std::nullopt;
    const auto& figure = line->figures[static_cast<std::size_t>(column - made.annex.columns.begin())];
    return figure ? std::optional(figure->value) : std::nullopt;
  }
  RoundId round;
};
ON_BOTH_STORES(RoundPapers);

// Works every formula of a sheet out again from the cells it names, to the last one.
class Recalculated {
 public:
  Recalculated(const std::string& xlsx, std::size_t sheet) {
    auto package = spreadsheet::Package::open(spreadsheet::bytes_of(xlsx), {});
    const std::string xml = package->read(fmt::format("xl/worksheets/sheet{}.xml", sheet + 1), 8u << 20).value();
    static const std::regex one_cell("<c r=\"([A-Z]+[0-9]+)\"[^>]*?(/>|>(?:<f>([^<]*)</f>)?(?:<v>([^<]*)</v>)?</c>)");
    for (std::sregex_iterator at(xml.begin(), xml.end(), one_cell), end; at != end; ++at) {
      if ((*at)[3].matched) formulas[(*at)[1]] = (*at)[3];
      if ((*at)[4].matched && at->str(0).find("t=\"s\"") == std::string::npos) values[(*at)[1]] = std::stod((*at)[4]);
    }
  }
  double value(const std::string& at) const {
    const auto formula = formulas.find(at);
    if (formula == formulas.end()) return values.contains(at) ? values.at(at) : 0;
    static const std::regex quotient("IF\\(([A-Z0-9]+)=0,0,([A-Z0-9]+)/([A-Z0-9]+)\\)"), ranges("([A-Z]+)([0-9]+)(?::[A-Z]+([0-9]+))?");
    std::smatch parts;
    if (std::regex_match(formula->second, parts, quotient)) return value(parts[3]) == 0 ? 0 : value(parts[2]) / value(parts[3]);
    EXPECT_TRUE(formula->second.starts_with("SUM(")) << formula->second;
    const std::string inside = formula->second.substr(4);
    double sum = 0;
    for (std::sregex_iterator range(inside.begin(), inside.end(), ranges), end; range != end; ++range) {
      const int first = std::stoi((*range)[2]), last = (*range)[3].matched ? std::stoi((*range)[3]) : first;
      for (int line = first; line <= last; ++line) sum += value((*range)[1].str() + std::to_string(line));
    }
    return sum;
  }
  std::map<std::string, std::string> formulas;
  std::map<std::string, double> values;
};

TEST_P(RoundPapers, A_draft_says_that_it_is_one_and_leaves_number_and_day_open) {
  const RoundPaper made = paper(commune().ea_kar);
  EXPECT_TRUE(made.is_draft());
  const document::Document document = paper_document(made);
  EXPECT_EQ(document.letterhead->number, "Số:      /BC-HKH");
  EXPECT_EQ(document.letterhead->subject, "DỰ THẢO");
  EXPECT_THAT(document.letterhead->place_and_date, HasSubstr("ngày      tháng 6 năm 2026"));
  EXPECT_EQ(document.summary, "Sơ kết công tác khuyến học, khuyến tài, xây dựng xã hội học tập 6 tháng đầu năm 2026; phương hướng, nhiệm vụ 6 tháng cuối năm 2026");
  EXPECT_EQ(total(made, "B01"), 230);
  EXPECT_THAT(html(made), AllOf(HasSubstr("(chưa viết)"), HasSubstr("tăng 120 hội viên (109,1%) so với cùng kỳ năm 2025, đạt 92,0% kế hoạch năm"), HasSubstr("Nơi nhận")));
  // the province has received nothing yet: what would be signed now knows of nobody, what is entered of everybody
  EXPECT_EQ(total(paper(commune().province), "B01"), 0);
  EXPECT_EQ(total(paper(commune().province, {}, TextLens::live), "B01"), 300);
}

TEST_P(RoundPapers, Of_a_commune_each_branch_has_a_row_and_the_rest_one_of_its_own) {
  signed_by(commune().ea_kar);
  const RoundPaper made = paper(commune().ea_kar);
  ASSERT_FALSE(made.is_draft());
  EXPECT_EQ(cell(made, "Thôn 8", "B01"), 120);
  EXPECT_EQ(cell(made, "Dòng họ Nguyễn Đình", "B01"), 20);
  EXPECT_EQ(cell(made, "Thôn 8", "D02"), 6'400'000);
  EXPECT_EQ(cell(made, "Chưa phân theo chi hội", "B01"), 30);
  EXPECT_EQ(cell(made, "Buôn Tung Kraih", "B01"), std::nullopt) << "it has not reported, which is not zero";
  EXPECT_EQ(row(made, "Buôn Tung Kraih")->note, "Chưa báo cáo");
  EXPECT_EQ(row(made, "Dòng họ Nguyễn Đình")->group, "Ban khuyến học");
  const std::string said = html(made);
  EXPECT_THAT(said, AllOf(HasSubstr("Số: 01/BC-HKH"), HasSubstr("ngày 08 tháng 6 năm 2026"), HasSubstr("Có 230 hội viên."), HasSubstr("CHỦ TỊCH"), HasSubstr("Chưa phân theo chi hội"), Not(HasSubstr("DỰ THẢO"))));
  EXPECT_THAT(said, Not(HasSubstr("cung_ky"))) << "what is frozen beside is no text";
}

TEST_P(RoundPapers, Sums_of_the_workbook_are_formulas_that_agree_with_the_signed_totals) {
  signed_by(commune().ea_kar);
  signed_by(commune().ea_o);
  ASSERT_TRUE(receive(round, commune().ea_kar));
  ASSERT_TRUE(receive(round, commune().ea_o));
  ASSERT_TRUE(use_annex_columns(commune().province, {"B01", "B04", "B05", "D02"}));
  signed_by(commune().province);
  const RoundPaper made = paper(commune().province);
  const VersionContent content = read([&](db::Reader& reader) { return content_of(reader, *small->ledger, *last_version(reader, of(commune().province).id)); });
  for (const PaperSection& section : made.sections)
    for (const PaperLine& line : section.lines)
      if (is_typed(house().catalogue.measure(line.measure).kind)) {
        EXPECT_EQ(line.done->value, content.total(house().catalogue.series(line.measure))) << line.label;
      }
  EXPECT_EQ(total(made, "B01"), 300);
  EXPECT_THAT(made.missing, HasSubstr("Chưa có báo cáo của 1/3 đơn vị (Xã Ea Ktur)"));
  EXPECT_EQ(row(made, "Xã Ea Ktur")->note, "Chưa báo cáo");
  const auto xlsx = document::to_xlsx(paper_document(made));
  ASSERT_TRUE(xlsx);
  const Recalculated sheet(*xlsx, 1);
  ASSERT_THAT(sheet.formulas, Not(IsEmpty()));
  for (const auto& [at, formula] : sheet.formulas) EXPECT_NEAR(sheet.value(at), sheet.values.at(at), 1e-9) << at << " " << formula;
  const auto book = spreadsheet::read_workbook(spreadsheet::bytes_of(*xlsx));
  ASSERT_TRUE(book);
  int totals = 0;
  for (const auto& line : book->sheets[1].rows()) {
    if (spreadsheet::text_value(book->sheets[1].at_merged(line.number, 1)) != "TỔNG CỘNG") continue;
    for (std::size_t column = 0; column < made.annex.columns.size(); ++column) {
      const std::string at = spreadsheet::address(line.number, static_cast<int>(column) + 3);
      const Figure whole = made.annex.whole[column].value();
      EXPECT_NEAR(sheet.value(at), whole.is_ratio ? static_cast<double>(whole.value) / static_cast<double>(whole.denominator) : static_cast<double>(whole.value), 1e-9) << at;
      EXPECT_TRUE(sheet.formulas.contains(at)) << at;
      ++totals;
    }
  }
  EXPECT_EQ(totals, 4);
}

TEST_P(RoundPapers, A_signed_paper_stays_as_it_was_whatever_comes_after) {
  signed_by(commune().ea_kar);
  const std::string before = html(paper(commune().ea_kar));
  write([&](db::Writer& writer) {
    small->ledger->post(writer, {.body = commune().thon_8, .day = Day::of(2025, 5, 21), .series = small->series("B01"), .amount = 33, .source = {}});
    set_target(writer, house().catalogue, {commune().ea_kar, small->index("B01"), 2026, 999});
  });
  ASSERT_TRUE(use_annex_columns(commune().ea_kar, {"D02"}));
  EXPECT_EQ(html(paper(commune().ea_kar)), before);
}

TEST_P(RoundPapers, Each_version_has_its_paper_and_the_report_above_shows_both_numbers) {
  signed_by(commune().ea_kar);
  ASSERT_TRUE(receive(round, commune().ea_kar));
  signed_by(commune().province);
  EXPECT_THAT(paper(commune().province).apart, IsEmpty());
  const auto first = read([&](db::Reader& reader) { return last_version(reader, of(commune().ea_kar).id)->id; });
  const auto adjusted = adjust(round, commune().ea_kar, commune().ea_kar, "B01", 240);
  ASSERT_TRUE(adjusted) << adjusted.error().message;
  EXPECT_EQ(total(paper(commune().ea_kar, first), "B01"), 230);
  EXPECT_EQ(total(paper(commune().ea_kar), "B01"), 240);
  const RoundPaper above = paper(commune().province);
  EXPECT_EQ(total(above, "B01"), 230) << "the paper keeps what was signed";
  EXPECT_THAT(above.apart, HasSubstr("báo cáo đã ký ghi 230"));
  EXPECT_THAT(html(above), HasSubstr("Ghi khi in ngày 08/6/2026"));
  EXPECT_EQ(read([&](db::Reader& reader) { return round_paper(reader, house(), {.report = of(commune().province).id, .version = first}); }).error().code, "report.unknown") << "a version of another report";
}

TEST_P(RoundPapers, The_Youth_Union_has_a_layout_and_a_number_of_its_own) {
  RoundPaper made = paper(commune().ea_kar);
  made.layout = BodySystem::Papers::youth_union;
  made.head.numbering_suffix = "TĐTN";
  const document::Document document = paper_document(made);
  EXPECT_EQ(document.letterhead->number, "Số:      -BC/TĐTN");
  EXPECT_THAT(document::to_html(document), AllOf(HasSubstr("ĐOÀN TNCS HỒ CHÍ MINH"), HasSubstr("***"), Not(HasSubstr("CỘNG HÒA XÃ HỘI"))));
}

TEST_P(RoundPapers, A_signed_report_remembers_the_template_of_its_office) {
  const ComposedForm form = form_of(commune().ea_kar);
  const std::string file = first_template(form, document::LetterheadFamily::state);
  const auto keep = [&](const Viewer& who, const std::string& content) { return write([&](db::Writer& writer) { return keep_template(writer, house(), who, commune().ea_kar, form, content, "Mẫu xã Ea Kar.docx"); }); };
  EXPECT_EQ(keep(secretary(commune().ea_kar), file).error().code, "template.may_not");
  const auto kept = keep(keeper(commune().ea_kar), file);
  ASSERT_TRUE(kept) << kept.error().message;
  EXPECT_EQ(keep(keeper(commune().ea_kar), file)->version, 1) << "the same file twice is one";
  const auto use = [&](PaperTemplateId one, std::int64_t seen) { return write([&](db::Writer& writer) { return use_template(writer, house(), keeper(commune().ea_kar), commune().ea_kar, form, one, seen); }); };
  ASSERT_TRUE(use(kept->id, 0));
  EXPECT_EQ(use({}, 0).error().code, "paper_choice.stale");
  EXPECT_EQ(use(PaperTemplateId{12345}, 1).error().code, "paper_choice.template");
  signed_by(commune().ea_kar);
  ASSERT_TRUE(use({}, 1));
  const auto texts = read([&](db::Reader& reader) { return content_of(reader, *small->ledger, *last_version(reader, of(commune().ea_kar).id)).texts; });
  EXPECT_EQ(frozen_paper_of(texts, house().catalogue)->paper_template, kept->id.value);
  // and it says what the paper says
  const RoundPaper made = paper(commune().ea_kar);
  const auto own = document::DocxTemplate::read(file);
  ASSERT_TRUE(own);
  const std::string filled = own->fill(paper_fields(made));
  auto package = spreadsheet::Package::open(spreadsheet::bytes_of(filled), {});
  const std::string xml = package->read("word/document.xml", 8u << 20).value();
  EXPECT_THAT(xml, AllOf(HasSubstr("01/BC-HKH"), HasSubstr("Có 230 hội viên."), HasSubstr("Thôn 8"), HasSubstr("CHỦ TỊCH"), Not(HasSubstr("&lt;&lt;")), Not(HasSubstr("DỰ THẢO"))));
}

TEST_P(RoundPapers, A_template_whose_names_are_not_understood_is_refused_with_their_places) {
  document::Document words;
  words.summary = "Thử";
  for (const char* line : {"Tổng số có <<B011>> người; <<B01: so sanh>>.", "Xem <<lời văn: ưu điểm>>.", "<<dòng: đơn vị>>", "<<D03.quan_li>> <<Số>>"}) words.blocks.emplace_back(document::Paragraph{.text = document::Text(line)});
  const ComposedForm form = form_of(commune().ea_kar);
  const auto kept = write([&](db::Writer& writer) { return keep_template(writer, house(), keeper(commune().ea_kar), commune().ea_kar, form, document::to_docx(words), "Mẫu.docx"); });
  ASSERT_FALSE(kept);
  EXPECT_EQ(kept.error().code, "template.fields");
  EXPECT_THAT(kept.error().message, AllOf(HasSubstr("“<<B011>>” (trong bài, ở chỗ “Tổng số có <<B011>> người; <<B01: so sanh>>.”)"), HasSubstr("phải đứng riêng một dòng"), HasSubstr("chỉ dùng trong một dòng của bảng"), HasSubstr("D03.quan_li"),
                                          Not(HasSubstr("“<<Số>>”"))));
  EXPECT_THAT(read([&](db::Reader& reader) { return paper_templates(reader, commune().ea_kar, "bao_cao"); }), IsEmpty());
}

TEST(FrozenPaper, is_read_as_it_was_written_and_passes_over_what_it_does_not_know) {
  const Catalogue& catalogue = Catalogue::house();
  FrozenPaper paper;
  paper.same_period = {{catalogue.index("B01"), Figure{118}}, {catalogue.index("B05"), Figure{118, 1'000, true, 100}}};
  paper.plan = {{catalogue.index("B01"), 250}};
  paper.from_before = {{catalogue.index("D01"), Figure{1'234}}};
  paper.columns = {catalogue.index("D02"), catalogue.index("B01")};
  paper.rows = {{BodyId{17}, {{catalogue.index("B01"), Figure{0}}}}, {BodyId{18}, {}}};
  paper.missing = "Chưa có báo cáo của 7/102 đơn vị.";
  paper.paper_template = 12;
  paper.restated = true;
  const FrozenPaper again = frozen_paper_of(stored_form(paper, catalogue) + "moi_hon gi do\ncung_ky Z99 5\ncung_ky B01 x\n", catalogue);
  EXPECT_EQ(again.same_period, paper.same_period);
  EXPECT_EQ(again.plan, paper.plan);
  EXPECT_EQ(again.from_before, paper.from_before);
  EXPECT_EQ(again.columns, paper.columns);
  ASSERT_THAT(again.rows, SizeIs(2));
  EXPECT_EQ(again.rows[0].figures, paper.rows[0].figures);
  EXPECT_EQ(again.rows[1].body, BodyId{18});
  EXPECT_EQ(again.missing, paper.missing);
  EXPECT_EQ(again.paper_template, 12);
  EXPECT_TRUE(again.restated);
}

}  // namespace
}  // namespace khuyenhoc
