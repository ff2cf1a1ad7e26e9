#include "forms/forms.h"

#include <gmock/gmock.h>

#include "forms/form_content.h"
#include "forms/forms_queries.h"
#include "forms/house_forms.h"
#include "forms/judging.h"
#include "measures/own_indicators.h"
#include "shell/house_fixture.h"

namespace khuyenhoc {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(HouseForms, The_reports_of_the_house_name_only_what_the_catalogues_know) {
  ASSERT_EQ(house_forms().size(), 3u);
  const FormVersion& usual = house_forms().front();
  EXPECT_EQ(usual.code, "bao_cao");
  EXPECT_EQ(usual.windows, (std::vector<std::string>{"H1", "9M", "Y"}));
  EXPECT_TRUE(usual.content.has(Catalogue::house().index("B01")));
  EXPECT_NE(usual.content.short_form("thon"), nullptr);
  EXPECT_EQ(house_forms()[1].systems, (std::vector<std::string>{"DOAN", "HSV", "GD"}));
  EXPECT_EQ(house_forms()[2].family, "nhiem_ky");
}

TEST(HouseForms, A_wrong_line_in_the_file_is_named) {
  const auto wrong = parse_forms("[[form]]\ncode = \"x\"\nnumber = 1\nfrom = 2020-01-01\nvi = \"a\"\nen = \"a\"\nsystems = [\"HKH\"]\nfamily = \"bao_cao\"\nwindows = [\"H9\"]\n", Catalogue::house(), Periods::house());
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, "forms.entry");
  EXPECT_THAT(wrong.error().message, HasSubstr("H9"));
}

TEST(HouseForms, Content_comes_back_from_its_stored_text_as_it_was) {
  for (const FormVersion& form : house_forms()) {
    const std::string text = content_text(Catalogue::house(), form.content);
    const auto back = content_of_text(Catalogue::house(), text);
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(content_text(Catalogue::house(), *back), text);
  }
  EXPECT_EQ(content_of_text(Catalogue::house(), "{\"sections\":[{\"lines\":[{\"measure\":\"Z99\"}]}]}").error().place, "Z99");
  EXPECT_EQ(content_of_text(Catalogue::house(), "no").error().code, "form.content");
}

TEST(HouseForms, The_headings_speak_of_the_round) {
  const Periods& periods = Periods::house();
  EXPECT_EQ(said_in("Nhiệm vụ {next}", periods, *periods.named("bao_cao", "H1", 2026), Language::vietnamese), "Nhiệm vụ 6 tháng cuối năm 2026");
  EXPECT_EQ(said_in("{period}: {next}", periods, *periods.named("nam_hoc", "Y", 2025), Language::vietnamese), "năm học 2025–2026: năm học 2026–2027");
}

TEST(ChecksOfForms, A_wrong_formula_is_told_at_its_place) {
  const Catalogue& catalogue = Catalogue::house();
  const std::vector<MeasureIndex> asked{catalogue.index("B01"), catalogue.index("B02")};
  EXPECT_TRUE(judge_check(catalogue, "x", "B01 >= B02", "Hội viên mới nhiều hơn tổng số.", asked));
  const auto unknown = judge_check(catalogue, "x", "B01 >= B99", "…", asked);
  ASSERT_FALSE(unknown);
  EXPECT_THAT(unknown.error().message, HasSubstr("Ở chữ thứ 8"));
  EXPECT_THAT(unknown.error().message, HasSubstr("B99"));
  EXPECT_THAT(judge_check(catalogue, "x", "B01 >= B03", "…", asked).error().message, HasSubstr("không hỏi B03"));
  EXPECT_THAT(judge_check(catalogue, "x", "B01 + B02", "…", asked).error().message, HasSubstr("phép so sánh"));
  EXPECT_FALSE(judge_check(catalogue, "x", "B01 >= (", "…", asked));
  EXPECT_THAT(judge_check(catalogue, "x", "B01 >= B02", "", asked).error().message, HasSubstr("câu báo"));
}

class FormsOfOffices : public OnSmallHouse {
 protected:
  void add_pages(Pages& pages) override {
    add_form_pages(pages, [](db::Reader&, FormVersionId) { return std::vector<FormUse>{{"6 tháng đầu năm 2026, tỉnh Đắk Lắk", "/dot-bao-cao/1"}}; }, "/dot-bao-cao/moi");
  }
  void SetUp() override {
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    keep_house_forms(store(), house().catalogue, now_ms);
    chairman = person("Ông", "Nguyễn Đình Sơn", small.ea_kar, "chu_tich");
    secretary = person("Bà", "Trần Kim Liên", small.ea_kar, "thu_ky");
    of_province = person("Ông", "Lê Văn Bình", small.dak_lak, "chu_tich");
  }
  Viewer viewer(const Person& who) { return *house().sessions.viewer(who.token); }
  FormVersion version(FormVersionId id) {
    return store().read([&](db::Reader& reader) { return form_version(reader, house(), id).value(); });
  }
  FormPins pins(std::string_view code, BodyId office, PinBelow below = PinBelow::no, Day day = today()) {
    return store().read([&](db::Reader& reader) { return pins_in_force(reader, house(), code, office, day, below); });
  }
  ComposedForm form_of(const FormPins& pinned, BodyId body) {
    return store().read([&](db::Reader& reader) { return compose(reader, house(), pinned, body, today()).value(); });
  }
  static OwnQuestion wells() { return {"Số giếng nước tặng trường học", OwnQuestion::Kind::number, OwnQuestion::Moment::during, "giếng", "", {"thon", "xa"}}; }
  // The office adds one question of its own to the usual report.
  FormVersionId add_to_report(const Person& by, BodyId office, const OwnQuestion& question, Day from = today()) {
    const auto draft = begin_draft(house(), viewer(by), office, "bao_cao");
    EXPECT_TRUE(draft) << draft.error().message;
    FormVersion edited = version(*draft);
    edited.content.questions.push_back(question);
    const auto kept = keep_draft(house(), viewer(by), edited);
    EXPECT_TRUE(kept) << kept.error().message;
    const auto published = publish_draft(house(), viewer(by), *draft, *kept, from);
    EXPECT_TRUE(published) << published.error().message;
    return *draft;
  }
  static std::vector<std::string> labels(const ShortForm& form) {
    std::vector<std::string> out;
    for (const auto& part : form.parts)
      for (const auto& field : part.fields) out.push_back(field.label_vi);
    return out;
  }

  Person chairman, secretary, of_province;
};
ON_BOTH_STORES(FormsOfOffices);

TEST_P(FormsOfOffices, The_houses_forms_are_kept_once_and_stand_for_the_centre) {
  keep_house_forms(store(), house().catalogue, now_ms);
  const auto forms = store().read([&](db::Reader& reader) { return forms_in_force(reader, house(), small.ea_kar, today()); });
  ASSERT_EQ(forms.size(), 2u);
  EXPECT_EQ(forms[0].code, "bao_cao");
  EXPECT_FALSE(forms[0].owner);
  EXPECT_EQ(forms[1].code, "nhiem_ky");
  EXPECT_EQ(pins("bao_cao", small.ea_kar).versions.size(), 1u);
}

TEST_P(FormsOfOffices, A_form_is_the_centres_with_the_provinces_additions_and_the_communes_own) {
  OwnQuestion of_the_province = wells();
  of_the_province.text = "Có phòng đọc";
  of_the_province.kind = OwnQuestion::Kind::yes_no;
  add_to_report(of_province, small.dak_lak, of_the_province);
  add_to_report(chairman, small.ea_kar, wells());
  const FormPins pinned = pins("bao_cao", small.dak_lak, PinBelow::yes);
  ASSERT_EQ(pinned.versions.size(), 3u);
  EXPECT_EQ(FormPins::of_text(pinned.text()).versions, pinned.versions);
  const ComposedForm branch = form_of(pinned, small.thon_8);
  EXPECT_THAT(labels(branch.asked), Contains("Có phòng đọc"));
  EXPECT_THAT(labels(branch.asked), Contains("Số giếng nước tặng trường học"));
  EXPECT_TRUE(branch.sections.empty());
  EXPECT_TRUE(branch.blocks.empty());
  const ComposedForm beside = form_of(pinned, small.thon_11);
  EXPECT_THAT(labels(beside.asked), Contains("Có phòng đọc"));
  EXPECT_THAT(labels(beside.asked), Not(Contains("Số giếng nước tặng trường học")));
  const ComposedForm commune = form_of(pinned, small.ea_kar);
  EXPECT_EQ(commune.asked.code, "xa");
  EXPECT_EQ(commune.sections.back().lines.back().added_by, small.ea_kar);
  EXPECT_FALSE(commune.blocks.empty());
  EXPECT_FALSE(commune.checks.empty());
  const ComposedForm province = form_of(pinned, small.dak_lak);
  EXPECT_EQ(province.asked.code, "tinh");
  EXPECT_EQ(province.pins.versions.size(), 2u);
}

TEST_P(FormsOfOffices, A_new_version_never_changes_an_old_report) {
  add_to_report(chairman, small.ea_kar, wells());
  const FormPins old = pins("bao_cao", small.ea_kar);
  const auto before = labels(form_of(old, small.thon_8).asked);
  const auto draft = begin_draft(house(), viewer(chairman), small.ea_kar, "bao_cao");
  FormVersion edited = version(*draft);
  EXPECT_EQ(edited.number, 2);
  EXPECT_EQ(edited.content.sections.size(), 1u);
  edited.content = {};
  edited.content.questions.push_back({"Số tủ sách", OwnQuestion::Kind::number, OwnQuestion::Moment::at_the_end, "tủ", "", {"thon"}});
  const auto kept = keep_draft(house(), viewer(chairman), edited);
  ASSERT_TRUE(publish_draft(house(), viewer(chairman), *draft, *kept, today() + 30));
  EXPECT_EQ(pins("bao_cao", small.ea_kar).text(), old.text());
  EXPECT_EQ(labels(form_of(old, small.thon_8).asked), before);
  const FormPins next = pins("bao_cao", small.ea_kar, PinBelow::no, today() + 30);
  EXPECT_NE(next.text(), old.text());
  EXPECT_THAT(labels(form_of(next, small.thon_8).asked), Contains("Số tủ sách"));
  EXPECT_THAT(labels(form_of(next, small.thon_8).asked), Not(Contains("Số giếng nước tặng trường học")));
}

TEST_P(FormsOfOffices, What_is_published_stands_and_two_writers_do_not_overwrite_each_other) {
  const auto draft = begin_draft(house(), viewer(secretary), small.ea_kar, "bao_cao");
  ASSERT_TRUE(draft);
  EXPECT_EQ(begin_draft(house(), viewer(chairman), small.ea_kar, "bao_cao"), draft);
  FormVersion mine = version(*draft), theirs = version(*draft);
  mine.content.questions.push_back(wells());
  theirs.note = "khác";
  const auto kept = keep_draft(house(), viewer(secretary), mine);
  ASSERT_TRUE(kept);
  EXPECT_EQ(keep_draft(house(), viewer(chairman), theirs).error().code, "form.stale");
  EXPECT_EQ(publish_draft(house(), viewer(secretary), *draft, *kept, today()).error().code, "form.may_not");
  EXPECT_EQ(publish_draft(house(), viewer(chairman), *draft, *kept, today() - 1).error().code, "form.window");
  ASSERT_TRUE(publish_draft(house(), viewer(chairman), *draft, *kept, today()));
  FormVersion after = version(*draft);
  after.content = {};
  EXPECT_EQ(keep_draft(house(), viewer(chairman), after).error().code, "form.published");
  EXPECT_FALSE(discard_draft(house(), viewer(chairman), *draft, after.row_version));
  EXPECT_EQ(begin_draft(house(), viewer(chairman), small.thon_8, "bao_cao").error().code, "form.may_not");
  EXPECT_EQ(begin_draft(house(), viewer(chairman), small.ea_o, "bao_cao").error().code, "form.may_not");
}

TEST_P(FormsOfOffices, An_ad_hoc_request_becomes_indicators_that_are_stated_and_summed) {
  const auto draft = begin_request(house(), viewer(of_province), small.dak_lak);
  ASSERT_TRUE(draft);
  FormVersion edited = version(*draft);
  edited.name_vi = edited.name_en = "Rà soát giếng nước";
  edited.content.questions = {wells(), {"Khó khăn, đề xuất", OwnQuestion::Kind::text, OwnQuestion::Moment::during, "", "", {"xa"}}};
  const auto early = keep_draft(house(), viewer(of_province), edited);
  ASSERT_TRUE(early);
  EXPECT_EQ(publish_draft(house(), viewer(of_province), *draft, *early, today()).error().place, "tu");
  edited.row_version = *early;
  edited.request_period = Period{Day::of(2026, 1, 1), Day::of(2026, 5, 31)};
  edited.request_due = today() + 10;
  const auto kept = keep_draft(house(), viewer(of_province), edited);
  ASSERT_TRUE(kept);
  ASSERT_TRUE(publish_draft(house(), viewer(of_province), *draft, *kept, today()));
  const FormPins pinned{{*draft}};
  const ComposedForm form = form_of(pinned, small.ea_kar);
  EXPECT_EQ(form.kind, FormVersion::Kind::request);
  ASSERT_EQ(form.blocks.size(), 1u);
  EXPECT_EQ(form.blocks.front().heading_vi, "Khó khăn, đề xuất");
  const MeasureIndex measure = form_of(pinned, small.thon_8).asked.parts.front().fields.front().measure;
  const auto stated = store().write([&](db::Writer& writer) {
    return house().statements.state(writer, small.thon_8, house().catalogue.series(measure), *edited.request_period, 4, 0, Arrival::within, UserId{1}, now_ms);
  });
  ASSERT_TRUE(stated) << stated.error().message;
  const Figures figures(house().ledger.view());
  EXPECT_EQ(figures.figure(measure, {small.dak_lak, *edited.request_period, today(), Lens::live})->value, 4);
  EXPECT_EQ(figures.figure(measure, {small.centre, *edited.request_period, today(), Lens::live}).error().code, "figure.not_additive");
}

TEST_P(FormsOfOffices, Windows_of_a_province_hold_for_its_communes_until_one_sets_its_own) {
  const PeriodFamily& family = *house().periods.family("bao_cao");
  const auto set = [&](const Person& by, BodyId office, Day first, OfficeWindows::Seam seam) {
    return set_own_windows(house(), viewer(by), office, "bao_cao", moved_windows(family, 2027, first, std::nullopt, std::nullopt, seam));
  };
  EXPECT_EQ(set(of_province, small.dak_lak, Day::of(2026, 12, 15), OfficeWindows::Seam::exact).error().code, "periods.gap");
  ASSERT_TRUE(set(of_province, small.dak_lak, Day::of(2026, 12, 15), OfficeWindows::Seam::joined));
  const auto half_of = [&](BodyId office, int year) {
    return store().read([&](db::Reader& reader) { return periods_of(reader, house(), office)->named("bao_cao", "H1", year)->period; });
  };
  EXPECT_EQ(half_of(small.ea_kar, 2028), (Period{Day::of(2027, 12, 15), Day::of(2028, 6, 14)}));
  EXPECT_EQ(half_of(small.ea_kar, 2027), (Period{Day::of(2026, 12, 1), Day::of(2027, 6, 14)}));
  EXPECT_EQ(half_of(small.ea_kar, 2026), half_year(2026));
  EXPECT_EQ(half_of(small.song_hinh, 2028).first, Day::of(2027, 12, 15));
  EXPECT_EQ(half_of(small.centre, 2028), half_year(2028));
  ASSERT_TRUE(set(chairman, small.ea_kar, Day::of(2026, 12, 1), OfficeWindows::Seam::exact));
  EXPECT_EQ(half_of(small.ea_kar, 2028), half_year(2028));
  const auto begun = set_own_windows(house(), viewer(chairman), small.ea_kar, "bao_cao", moved_windows(family, 2026, Day::of(2025, 12, 1), std::nullopt, std::nullopt, OfficeWindows::Seam::exact));
  EXPECT_EQ(begun.error().code, "form.window");
  EXPECT_EQ(set(secretary, small.ea_kar, Day::of(2026, 12, 1), OfficeWindows::Seam::exact).error().code, "form.may_not");
}

// ---- pages

TEST_P(FormsOfOffices, An_office_sees_its_forms_and_each_as_each_kind_of_body_will) {
  const auto list = get(secretary, "/bieu-mau");
  EXPECT_EQ(list.status(), http::Status::ok);
  EXPECT_THAT(list.body(), HasSubstr("Báo cáo công tác khuyến học"));
  EXPECT_THAT(list.body(), HasSubstr("từ 01/12/2025 đến hết 30/11/2026"));
  const auto id = pins("bao_cao", small.ea_kar).versions.front().value;
  const auto village = get(secretary, fmt::format("/bieu-mau/{}/mau/{}?loai=chi_hoi_thon_tdp", small.ea_kar.value, id));
  EXPECT_EQ(village.status(), http::Status::ok);
  EXPECT_THAT(village.body(), HasSubstr("Chi hội khuyến học thôn, tổ dân phố thấy mẫu như sau"));
  EXPECT_THAT(village.body(), Not(HasSubstr("Bảng số liệu của báo cáo")));
  EXPECT_THAT(village.body(), Not(HasSubstr("{last}"))) << "a form serves several periods";
  EXPECT_THAT(village.body(), Not(HasSubstr("“Số xã, phường"))) << "no check on what it is not asked for";
  const auto commune = get(secretary, fmt::format("/bieu-mau/{}/mau/{}?loai=hoi_co_so", small.ea_kar.value, id));
  EXPECT_THAT(commune.body(), HasSubstr("Bảng số liệu của báo cáo"));
  EXPECT_THAT(commune.body(), HasSubstr("6 tháng cuối năm 2026"));
  EXPECT_THAT(commune.body(), HasSubstr("” không lớn hơn “"));
  EXPECT_THAT(commune.body(), Not(HasSubstr("C02 &lt;= C01")));
  EXPECT_THAT(commune.body(), HasSubstr("/dot-bao-cao/1"));
  EXPECT_THAT(commune.body(), HasSubstr(fmt::format("/dot-bao-cao/moi?mau={}", id)));
  EXPECT_EQ(get(secretary, fmt::format("/bieu-mau/{}", small.ea_o.value)).status(), http::Status::not_found);
}

TEST_P(FormsOfOffices, A_draft_is_written_in_the_page_keeps_what_was_typed_wrongly_and_is_published) {
  const std::string office = fmt::format("/bieu-mau/{}", small.ea_kar.value);
  EXPECT_EQ(post(chairman, office + "/soan", {{"mau", "bao_cao"}}).status(), http::Status::see_other);
  const FormVersionId draft = *begin_draft(house(), viewer(chairman), small.ea_kar, "bao_cao");
  const std::string page = fmt::format("{}/nhap/{}", office, draft.value);
  const auto shown = get(chairman, page);
  EXPECT_EQ(shown.status(), http::Status::ok);
  EXPECT_THAT(shown.body(), HasSubstr("Phần thêm của đơn vị"));
  EXPECT_EQ(get(of_province, page).status(), http::Status::ok);
  const auto wrong = post(chairman, page, {{"version", "1"}, {"ch-1", "Số tủ sách"}, {"ch-loai-1", "1"}, {"ch-dv-1", "tủ"}, {"ch-luc-1", "2"}, {"ch-ai-1-thon", "1"}, {"lv-1", "Gương điển hình"},
                                           {"lv-muc-1", ""}, {"lv-hd-1", "Một tấm gương"}, {"kt-1", "B01 >= B99"}, {"kt-cau-1", "Sai"}});
  EXPECT_EQ(wrong.status(), http::Status::unprocessable);
  EXPECT_THAT(wrong.body(), HasSubstr("Ở chữ thứ 8"));
  EXPECT_THAT(wrong.body(), HasSubstr("B01 &gt;= B99"));
  EXPECT_THAT(wrong.body(), HasSubstr("Gương điển hình"));
  const auto unread = post(chairman, page, {{"version", "1"}, {"kt-1", "B01 === B02"}, {"kt-cau-1", "Sai"}});
  EXPECT_THAT(unread.body(), HasSubstr("chưa đọc được, từ chữ thứ"));
  const auto kept = post(chairman, page, {{"version", "1"}, {"ch-1", "Số tủ sách"}, {"ch-loai-1", "1"}, {"ch-dv-1", "tủ"}, {"ch-luc-1", "2"}, {"ch-ai-1-thon", "1"}, {"lv-1", "Gương điển hình"},
                                          {"lv-muc-1", ""}, {"lv-hd-1", "Một tấm gương"}, {"kt-1", "B01 >= B02"}, {"kt-cau-1", "Mới nhiều hơn tổng"}, {"tiep", "ban-hanh"}});
  EXPECT_EQ(kept.status(), http::Status::see_other) << kept.body();
  EXPECT_EQ(post(chairman, page, {{"version", "1"}}).status(), http::Status::conflict);
  EXPECT_EQ(get(secretary, page + "/ban-hanh").status(), http::Status::not_found);
  const auto effect = get(chairman, page + "/ban-hanh");
  EXPECT_THAT(effect.body(), HasSubstr("Thêm câu hỏi riêng: Số tủ sách"));
  EXPECT_THAT(effect.body(), HasSubstr("Thêm phần lời văn: Gương điển hình"));
  EXPECT_EQ(post(chairman, page + "/ban-hanh", {{"version", "2"}, {"tu-ngay", "31/2/2026"}}).status(), http::Status::unprocessable);
  EXPECT_EQ(post(chairman, page + "/ban-hanh", {{"version", "2"}, {"tu-ngay", "08/6/2026"}}).status(), http::Status::see_other);
  const ComposedForm form = form_of(pins("bao_cao", small.ea_kar), small.ea_kar);
  EXPECT_EQ(form.blocks.back().heading_vi, "Gương điển hình");
  EXPECT_EQ(form.checks.back().expression, "B01 >= B02");
  EXPECT_THAT(labels(form_of(pins("bao_cao", small.ea_kar), small.thon_8).asked), Contains("Số tủ sách"));
  const auto seen = get(secretary, fmt::format("{}/mau/{}?loai=chi_hoi_thon_tdp", office, draft.value));
  EXPECT_THAT(seen.body(), HasSubstr("Số tủ sách"));
}

TEST_P(FormsOfOffices, A_request_is_built_and_previewed_in_the_page) {
  const std::string office = fmt::format("/bieu-mau/{}", small.dak_lak.value);
  const auto begun = post(of_province, office + "/yeu-cau", {});
  ASSERT_EQ(begun.status(), http::Status::see_other);
  const FormVersionId draft = store().read([&](db::Reader& reader) { return forms_sql::of_owner(reader, small.dak_lak).front().id; });
  const std::string page = fmt::format("{}/nhap/{}", office, draft.value);
  const auto kept = post(of_province, page, {{"version", "1"}, {"ten", "Rà soát phòng đọc"}, {"tu", "01/01/2026"}, {"den", "31/5/2026"}, {"han", "20/6/2026"}, {"ch-1", "Có phòng đọc không?"},
                                             {"ch-loai-1", "3"}, {"ch-dv-1", ""}, {"ch-luc-1", "2"}, {"ch-ai-1-truong", "1"}});
  ASSERT_EQ(kept.status(), http::Status::see_other) << kept.body();
  const auto school = get(of_province, fmt::format("{}/mau/{}?loai=chi_hoi_truong", office, draft.value));
  EXPECT_THAT(school.body(), HasSubstr("Có phòng đọc không?"));
  EXPECT_THAT(school.body(), HasSubstr("có hoặc không"));
  EXPECT_THAT(get(of_province, fmt::format("{}/mau/{}?loai=chi_hoi_thon_tdp", office, draft.value)).body(), Not(HasSubstr("Có phòng đọc không?")));
  EXPECT_EQ(get(chairman, fmt::format("/bieu-mau/{}/mau/{}", small.ea_kar.value, draft.value)).status(), http::Status::not_found);
  EXPECT_EQ(post(of_province, page + "/ban-hanh", {{"version", "2"}}).status(), http::Status::see_other);
  EXPECT_EQ(get(chairman, fmt::format("/bieu-mau/{}/mau/{}", small.ea_kar.value, draft.value)).status(), http::Status::ok);
  const auto wrong = post(of_province, page, {{"version", "3"}});
  EXPECT_EQ(wrong.status(), http::Status::not_found);
}

TEST_P(FormsOfOffices, Windows_are_set_in_the_page_and_a_hole_is_told) {
  const std::string page = fmt::format("/bieu-mau/{}/ky", small.dak_lak.value);
  EXPECT_EQ(get(of_province, page).status(), http::Status::ok);
  const auto hole = post(of_province, page, {{"ho", "bao_cao"}, {"tu-nam", "2027"}, {"dau", "15/12/2026"}, {"giua", ""}, {"chin", ""}});
  EXPECT_EQ(hole.status(), http::Status::unprocessable);
  EXPECT_THAT(hole.body(), HasSubstr("còn hở 14 ngày"));
  EXPECT_EQ(post(of_province, page, {{"ho", "bao_cao"}, {"tu-nam", "2027"}, {"dau", "15/12/2026"}, {"giua", ""}, {"chin", ""}, {"noi", "1"}}).status(), http::Status::see_other);
  EXPECT_EQ(get(secretary, fmt::format("/bieu-mau/{}/ky", small.ea_kar.value)).status(), http::Status::not_found);
}

}  // namespace
}  // namespace khuyenhoc
