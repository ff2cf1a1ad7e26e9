// Writing, finding one's text again, two people at once, live figures, gathering from below, and what a signature freezes.
#include <thread>

#include "base/text.h"
#include "measures/targets.h"
#include "report_texts/report_texts.h"
#include "signed_reports/signed_fixture.h"

namespace khuyenhoc {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

template <class T>
std::string code(const Result<T>& result) { return result ? std::string("done") : result.error().code; }

class ReportTexts : public OnSmallRound {
 protected:
  void SetUp() override {
    OnSmallRound::SetUp();
    if (IsSkipped()) return;
    keep_house_forms(store(), house().catalogue, house().clock.now_ms());
    // what is known of the year before, when these villages lay in another commune
    write([&](db::Writer& writer) { small->ledger->post(writer, {.body = commune().thon_8, .day = Day::of(2025, 5, 20), .series = small->series("B01"), .amount = 110, .source = {}}); });
    small->state(commune().thon_8, "B01", first_half(), 120);
    small->state(commune().ea_o, "B01", first_half(), 70);
    round = open_on_house_form(commune().province);
  }
  RoundId open_on_house_form(BodyId office) {
    NewRound given;
    given.office = office;
    given.form = "bao_cao";
    given.period = first_half();
    given.form_versions = read([&](db::Reader& reader) { return pins_in_force(reader, house(), "bao_cao", office, first_half().period.last, PinBelow::yes).versions; });
    EXPECT_THAT(given.form_versions, Not(IsEmpty()));
    given.due = {.centre = {}, .province = first_half().period.last + 20, .commune = first_half().period.last + 10, .branch = {}};
    const auto done = write([&](db::Writer& writer) { return open_round(writer, house(), chairman(office), given); });
    EXPECT_TRUE(done) << done.error().message;
    return done ? done->id : RoundId{};
  }
  RoundReport of(BodyId body) { return report(round, body); }
  ReportText text(BodyId body, std::string_view block = "uu_diem") {
    return read([&](db::Reader& reader) { return text_of(reader, of(body).id, block); });
  }
  Result<ReportText> save_as(const Viewer& viewer, BodyId body, std::string_view markdown, std::int64_t version, std::string_view block = "uu_diem") {
    const ReportId id = of(body).id;
    return write([&](db::Writer& writer) { return save_text(writer, house(), viewer, id, block, markdown, version); });
  }
  Result<ReportText> save(BodyId body, std::string_view markdown, std::string_view block = "uu_diem") { return save_as(secretary(desk(body)), body, markdown, text(body, block).row_version, block); }
  std::vector<ReportTextVersion> history(BodyId body, std::string_view block = "uu_diem") {
    return read([&](db::Reader& reader) { return text_versions(reader, of(body).id, block); });
  }
  Viewer another(BodyId body) { return holder(body, {Permission::see_figures, Permission::enter_figures}, UserId{18}, "Ông Lê Văn Minh"); }
  std::string said(BodyId body, std::string_view markdown, TextLens lens = TextLens::live) {
    return read([&](db::Reader& reader) { return figures_of_texts(reader, house(), of(body), lens).resolved(markdown); });
  }
  std::vector<std::string> problems(BodyId body, std::string_view markdown) {
    return read([&](db::Reader& reader) {
      std::vector<std::string> out;
      for (const TextProblem& one : figures_of_texts(reader, house(), of(body), TextLens::live).problems("uu_diem", markdown))
        out.push_back(fmt::format("{}:{}:{}", one.line, one.token, one.weight == TextProblem::Weight::error ? "error" : "remark"));
      return out;
    });
  }
  std::size_t trail_entries() {
    return read([&](db::Reader& reader) {
      const auto all = small->trail->page(reader, small->viewer_at(commune().centre).scope(Permission::see_figures), 0, 1000);
      return static_cast<std::size_t>(std::ranges::count_if(all, [](const AuditEntry& entry) { return entry.noun == "report_text"; }));
    });
  }
  void sent(BodyId body) {
    const auto submitted = submit(round, body);
    ASSERT_TRUE(submitted) << submitted.error().message;
    const RoundReport now = of(body);
    const auto done = write([&](db::Writer& writer) {
      return sign_report(writer, house(), chairman(desk(body)), {now.id, now.row_version, 0}, [&](db::Reader& reader, const RoundReport& report) { return frozen_texts(reader, house(), report); });
    });
    ASSERT_TRUE(done) << done.error().message;
  }
  RoundId round;
};
ON_BOTH_STORES(ReportTexts);

TEST_P(ReportTexts, A_text_is_kept_as_it_was_written) {
  EXPECT_EQ(text(commune().ea_kar).row_version, 0);
  const auto saved = save(commune().ea_kar, "Tổ chức **Hội** được kiện toàn.\r\n\r\n- Vận động quỹ\n  - Trao học bổng  \n");
  ASSERT_TRUE(saved) << saved.error().message;
  EXPECT_EQ(saved->row_version, 1);
  EXPECT_EQ(saved->markdown, "Tổ chức **Hội** được kiện toàn.\n\n- Vận động quỹ\n  - Trao học bổng");
  EXPECT_EQ(text(commune().ea_kar).markdown, saved->markdown);
  EXPECT_EQ(text(commune().ea_kar).by_name, "Bà Trần Kim Liên");
  EXPECT_THAT(text(commune().ea_kar, "han_che").markdown, IsEmpty()) << "no other block";
  EXPECT_THAT(text(commune().ea_o).markdown, IsEmpty()) << "no other report";
  EXPECT_EQ(trail_entries(), 1);
}

TEST_P(ReportTexts, A_text_in_decomposed_letters_is_stored_composed) {
  ASSERT_TRUE(save(commune().ea_kar, "Ho\xCC\xA3\x63 sinh nghe\xCC\x80o"));
  EXPECT_EQ(text(commune().ea_kar).markdown, "Họ\x63 sinh nghèo");
}

TEST_P(ReportTexts, The_blocks_are_those_of_the_form_with_the_period_said) {
  const auto blocks = read([&](db::Reader& reader) { return blocks_of(reader, house(), of(commune().ea_kar)); });
  ASSERT_THAT(blocks, SizeIs(6));
  EXPECT_EQ(blocks[0].code, "tinh_hinh");
  EXPECT_EQ(blocks[4].part_vi, "III. Phương hướng, nhiệm vụ 6 tháng cuối năm 2026");
  EXPECT_THAT(blocks[1].guidance_vi, Not(IsEmpty()));
  EXPECT_EQ(code(save(commune().ea_kar, "x", "khong_co")), "text.block");
}

TEST_P(ReportTexts, Who_may_write_and_who_may_not) {
  EXPECT_EQ(code(save_as(secretary(commune().ea_o), commune().ea_kar, "x", 0)), "report.unknown");
  EXPECT_EQ(code(save_as(holder(commune().ea_kar, {Permission::see_figures}, UserId{30}, "Bà Hòa"), commune().ea_kar, "x", 0)), "text.may_not");
  EXPECT_EQ(code(save_as(chairman(commune().ea_kar), commune().ea_kar, "Chủ tịch viết", 0)), "done");
  EXPECT_EQ(text(commune().ea_kar).by_name, "Ông Y Bhiông Niê");
}

TEST_P(ReportTexts, A_text_that_is_too_long_is_refused_with_what_to_cut) {
  std::string longest;
  for (std::size_t i = 0; i < longest_report_text; ++i) longest += "ạ";
  EXPECT_TRUE(save(commune().ea_kar, longest));
  const auto refused = save(commune().ea_kar, longest + "ạạạ");
  ASSERT_EQ(code(refused), "text.too_long");
  EXPECT_THAT(refused.error().message, HasSubstr("20.003"));
  EXPECT_THAT(refused.error().message, HasSubstr("bớt 3 ký tự"));
  EXPECT_EQ(text(commune().ea_kar).row_version, 1);
}

TEST_P(ReportTexts, Whoever_saves_second_sees_both_and_nothing_is_lost) {
  ASSERT_TRUE(save(commune().ea_kar, "Bài chung"));
  ASSERT_TRUE(save_as(another(commune().ea_kar), commune().ea_kar, "Bài chung, ông Minh thêm", 1));
  const auto second = save_as(secretary(commune().ea_kar), commune().ea_kar, "Bài chung, bà Liên thêm", 1);
  ASSERT_EQ(code(second), "text.stale");
  EXPECT_THAT(second.error().message, HasSubstr("Ông Lê Văn Minh"));
  EXPECT_EQ(text(commune().ea_kar).markdown, "Bài chung, ông Minh thêm");
  ASSERT_TRUE(save_as(secretary(commune().ea_kar), commune().ea_kar, "Bài chung, bà Liên thêm", 2));
  EXPECT_THAT(history(commune().ea_kar), Contains(testing::Field(&ReportTextVersion::markdown, "Bài chung, ông Minh thêm"))) << "what was written over stays";

  const ReportId id = of(commune().ea_kar).id;
  const auto aside = [&] { return write([&](db::Writer& writer) { return set_text_aside(writer, house(), another(commune().ea_kar), id, "uu_diem", "Bài thứ ba"); }); };
  ASSERT_TRUE(aside());
  ASSERT_TRUE(aside());
  const auto kept = history(commune().ea_kar);
  EXPECT_EQ(std::ranges::count(kept, ReportTextVersion::Kind::set_aside, &ReportTextVersion::kind), 1) << "not twice";
  EXPECT_EQ(text(commune().ea_kar).markdown, "Bài chung, bà Liên thêm");
}

TEST_P(ReportTexts, The_same_text_sent_twice_changes_nothing) {
  ASSERT_TRUE(save(commune().ea_kar, "Một bài"));
  const auto again = save_as(another(commune().ea_kar), commune().ea_kar, "Một bài", 0);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->row_version, 1);
  EXPECT_EQ(again->by_name, "Bà Trần Kim Liên");
  EXPECT_THAT(history(commune().ea_kar), SizeIs(1));
}

TEST_P(ReportTexts, Many_writers_at_once_never_overwrite_each_other) {
  ASSERT_TRUE(save(commune().ea_kar, "Bắt đầu"));
  const ReportId id = of(commune().ea_kar).id;
  std::vector<std::thread> people;
  for (int person = 0; person < 4; ++person)
    people.emplace_back([&, person] {
      const Viewer viewer = holder(commune().ea_kar, {Permission::see_figures, Permission::enter_figures}, UserId{40 + person}, fmt::format("Người {}", person));
      for (int added = 0; added < 5;) {
        const ReportText now = store().read([&](db::Reader& reader) { return text_of(reader, id, "uu_diem"); });
        const auto done = store().write([&](db::Writer& writer) { return save_text(writer, house(), viewer, id, "uu_diem", now.markdown + fmt::format("\n\n{}.{}", person, added), now.row_version); });
        if (done) ++added;
        else ASSERT_EQ(done.error().code, "text.stale");
      }
    });
  for (std::thread& one : people) one.join();
  const ReportText end = text(commune().ea_kar);
  EXPECT_EQ(end.row_version, 21);
  for (int person = 0; person < 4; ++person)
    for (int added = 0; added < 5; ++added) EXPECT_THAT(end.markdown, HasSubstr(fmt::format("\n{}.{}", person, added)));
}

TEST_P(ReportTexts, Saving_while_typing_is_one_entry_of_the_history_until_much_is_taken_away) {
  ASSERT_TRUE(save(commune().ea_kar, "Một hai"));
  ASSERT_TRUE(save(commune().ea_kar, "Một hai ba"));
  ASSERT_TRUE(save(commune().ea_kar, "Một hai ba bốn năm sáu"));
  EXPECT_THAT(history(commune().ea_kar), SizeIs(1));
  EXPECT_EQ(trail_entries(), 1);
  ASSERT_TRUE(save(commune().ea_kar, ""));
  ASSERT_THAT(history(commune().ea_kar), SizeIs(2)) << "emptied by a slip: what stood there can be had again";
  EXPECT_EQ(history(commune().ea_kar)[1].markdown, "Một hai ba bốn năm sáu");
  const ReportId id = of(commune().ea_kar).id;
  const auto earlier = history(commune().ea_kar)[1].id, version = text(commune().ea_kar).row_version;
  const auto back = write([&](db::Writer& writer) { return restore_text(writer, house(), secretary(commune().ea_kar), id, "uu_diem", earlier, version); });
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(text(commune().ea_kar).markdown, "Một hai ba bốn năm sáu");
  EXPECT_EQ(history(commune().ea_kar).front().kind, ReportTextVersion::Kind::restored);
  EXPECT_EQ(code(write([&](db::Writer& writer) { return restore_text(writer, house(), secretary(commune().ea_kar), id, "han_che", earlier, 0); })), "text.version") << "only of its own block";
}

TEST_P(ReportTexts, Figures_are_said_as_they_stand) {
  EXPECT_EQ(said(commune().ea_kar, "Có {{B01: kèm đơn vị}}, {{B01: so sánh}}; cùng kỳ {{B01: cùng kỳ}}."), "Có 120 hội viên, tăng 10 hội viên (9,1%) so với cùng kỳ năm 2025; cùng kỳ 110.");
  small->state(commune().thon_8, "B01", first_half(), 125);
  EXPECT_EQ(said(commune().ea_kar, "{{B01}}"), "125") << "live";
  EXPECT_EQ(said(commune().province, "{{B01}}"), "195");
  EXPECT_EQ(said(commune().ea_kar, "{{B01: so kế hoạch}}, {{B01: kế hoạch}}"), "chưa có kế hoạch năm để so sánh, –");
  write([&](db::Writer& writer) { set_target(writer, house().catalogue, {commune().ea_kar, small->index("B01"), 2026, 250}); });
  EXPECT_EQ(said(commune().ea_kar, "{{B01: so kế hoạch}}, {{B01: kế hoạch}}"), "đạt 50,0% kế hoạch năm, 250");
}

TEST_P(ReportTexts, A_figure_may_be_named_by_code_or_label_and_is_kept_by_code) {
  const std::string label = house().catalogue.measure(small->index("B01")).label_vi;
  ASSERT_TRUE(save(commune().ea_kar, fmt::format("{{{{b01}}}} {{{{ {} : SO SANH }}}} {{{{B1O}}}}", label)));
  EXPECT_EQ(text(commune().ea_kar).markdown, "{{B01}} {{B01: so sánh}} {{B1O}}");
}

TEST_P(ReportTexts, An_unknown_figure_is_an_error_at_its_place) {
  EXPECT_THAT(problems(commune().ea_kar, "Một\n\n{{B1O}} và {{B01: tăng}} và {{B01}}\n{{B01"), ElementsAre("3:{{B1O}}:error", "3:{{B01: tăng}}:error", "4:{{:error"));
  EXPECT_THAT(problems(commune().ea_o, "{{B01: so sánh}}"), ElementsAre("1:{{B01: so sánh}}:remark")) << "nothing is known of the year before";
  EXPECT_EQ(said(commune().ea_kar, "{{B1O}}"), "{{B1O}}");
  ASSERT_TRUE(save(commune().ea_kar, "{{B1O}}"));
  const auto all = read([&](db::Reader& reader) { return text_problems(reader, house(), of(commune().ea_kar)); });
  const auto findings = read([&](db::Reader& reader) { return text_findings(reader, house(), of(commune().ea_kar)); });
  EXPECT_EQ(static_cast<std::ptrdiff_t>(findings.size()), std::ranges::count(all, TextProblem::Weight::error, &TextProblem::weight));
  EXPECT_TRUE(std::ranges::all_of(findings, [](const ReportFinding& one) { return one.severity == Check::Severity::error && !one.message.empty(); }));
  ASSERT_THAT(all, Not(IsEmpty()));
  EXPECT_THAT(all, Contains(testing::Field(&TextProblem::token, "{{B1O}}")));
  EXPECT_THAT(all, Contains(testing::AllOf(testing::Field(&TextProblem::block, "han_che"), testing::Field(&TextProblem::weight, TextProblem::Weight::error)))) << "a required block without a word";
}

TEST_P(ReportTexts, A_signature_freezes_the_words_and_locks_the_text) {
  ASSERT_TRUE(save(commune().ea_kar, "Có **{{B01: kèm đơn vị}}**."));
  sent(commune().ea_kar);
  small->state(commune().thon_8, "B01", first_half(), 999);
  const auto frozen = read([&](db::Reader& reader) { return frozen_texts(reader, house(), of(commune().ea_kar)); });
  ASSERT_THAT(frozen, SizeIs(1));
  EXPECT_EQ(frozen[0].code, "uu_diem");
  EXPECT_EQ(frozen[0].markdown, "Có **120 hội viên**.");
  const auto refused = save(commune().ea_kar, "Sửa sau khi ký");
  ASSERT_EQ(code(refused), "entry.locked");
  EXPECT_THAT(refused.error().message, HasSubstr("rút lại"));
  const ReportId id = of(commune().ea_kar).id;
  ASSERT_TRUE(write([&](db::Writer& writer) { return set_text_aside(writer, house(), secretary(commune().ea_kar), id, "uu_diem", "Sửa sau khi ký"); }));
  EXPECT_EQ(text(commune().ea_kar).markdown, "Có **{{B01: kèm đơn vị}}**.") << "the report's text stays";
  const auto printed = read([&](db::Reader& reader) { return printed_texts(reader, house(), of(commune().ea_kar), TextLens::as_signed); });
  const auto found = std::ranges::find(printed, "uu_diem", &PrintedText::code);
  ASSERT_NE(found, printed.end());
  EXPECT_EQ(std::get<document::Paragraph>(found->blocks.at(0)).text.plain(), "Có 120 hội viên.");
}

TEST_P(ReportTexts, A_draft_is_printed_with_figures_that_lead_to_what_they_are_made_of) {
  ASSERT_TRUE(save(commune().ea_kar, "Có {{B01}} hội viên."));
  const auto printed = read([&](db::Reader& reader) { return printed_texts(reader, house(), of(commune().ea_kar), TextLens::live); });
  ASSERT_THAT(printed, SizeIs(6)) << "also the blocks without a word";
  const auto& paragraph = std::get<document::Paragraph>(printed[1].blocks.at(0));
  ASSERT_THAT(paragraph.text.runs, SizeIs(3));
  EXPECT_EQ(paragraph.text.runs[1].text, "120");
  EXPECT_EQ(paragraph.text.runs[1].link, fmt::format("/so-lieu/{}?ct=B01&ky=2026-H1", commune().ea_kar.value));
}

TEST_P(ReportTexts, What_was_sent_below_is_taken_over_as_a_quote_with_its_source) {
  ASSERT_TRUE(save(commune().ea_kar, "Có {{B01}} hội viên.\n\n- Quỹ tăng"));
  ASSERT_TRUE(save(commune().ea_o, "Chưa gửi"));
  const auto below = [&] { return read([&](db::Reader& reader) { return texts_below(reader, house(), of(commune().province), "uu_diem"); }); };
  EXPECT_THAT(below(), IsEmpty()) << "nobody reads over a shoulder";
  sent(commune().ea_kar);
  ASSERT_THAT(below(), SizeIs(1));
  EXPECT_EQ(below()[0].source, "Xã Ea Kar");
  EXPECT_EQ(below()[0].markdown, "Có 120 hội viên.\n\n- Quỹ tăng");
  EXPECT_FALSE(below()[0].taken);

  ASSERT_TRUE(save(commune().province, "Tỉnh đã viết."));
  const ReportId province = of(commune().province).id;
  const auto gather = [&](std::vector<ReportId> from, std::int64_t version) {
    return write([&](db::Writer& writer) { return gather_texts(writer, house(), secretary(commune().province), province, "uu_diem", from, version); });
  };
  EXPECT_EQ(code(gather({}, 1)), "text.nothing_chosen");
  EXPECT_EQ(code(gather({of(commune().ea_o).id}, 1)), "text.nothing_chosen") << "not sent yet";
  EXPECT_EQ(code(gather({of(commune().ea_kar).id}, 0)), "text.stale");
  const auto done = gather({of(commune().ea_kar).id}, 1);
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->markdown, "Tỉnh đã viết.\n\n> **Xã Ea Kar:**\n>\n> Có 120 hội viên.\n>\n> - Quỹ tăng");
  EXPECT_TRUE(below()[0].taken);
  EXPECT_EQ(history(commune().province).front().kind, ReportTextVersion::Kind::gathered);
}

}  // namespace
}  // namespace khuyenhoc
