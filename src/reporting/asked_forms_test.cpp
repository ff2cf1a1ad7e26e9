// What is typed is what is asked: the grid, the short forms, the links and the workbook against the composed form, by pins of a round and by the versions in force.
#include "reporting/asked_forms.h"

#include <gmock/gmock.h>

#include <random>

#include "platform/spreadsheet/workbook.h"
#include "reporting/entry_texts.h"
#include "reporting/entry_workbook.h"
#include "reporting/own_form.h"
#include "reporting/reporting_fixture.h"
#include "reporting/workbook_layout.h"

namespace khuyenhoc {
namespace {

using testing::HasSubstr;

using Asked = std::vector<std::pair<std::string, std::string>>;          // code of the indicator, question

class FormsAsked : public OnSmallHouse {
 protected:
  void SetUp() override {
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    keep_house_forms(store(), house().catalogue, small->clock.now_ms());
  }
  House& house() { return *small->house; }
  Viewer head_of(BodyId body) const {
    ViewerData data;
    data.user = UserId{5};
    data.name = "Ông Nguyễn Đình Sơn";
    data.acting_for = body;
    data.units = {{body, "Chủ tịch"}};
    for (const Permission permission : {Permission::see_figures, Permission::enter_figures, Permission::sign, Permission::keep_bodies}) data.grants.push_back({permission, Grant::Reach::subtree, {body}});
    data.today = small->clock.today();
    return Viewer(data, small->organisation.current());
  }
  FormVersion version(FormVersionId id) {
    return store().read([&](db::Reader& reader) { return form_version(reader, house(), id).value(); });
  }
  // The office adds questions, and perhaps a check, to the usual report; of the centre a new version of it.
  template <class Change>
  FormVersionId publish(BodyId office, Change change) {
    const auto draft = begin_draft(house(), head_of(office), office, "bao_cao");
    EXPECT_TRUE(draft) << draft.error().message;
    return keep_and_publish(*draft, office, change);
  }
  template <class Change>
  FormVersionId keep_and_publish(FormVersionId draft, BodyId office, Change change) {
    FormVersion edited = version(draft);
    change(edited);
    const auto kept = keep_draft(house(), head_of(office), edited);
    EXPECT_TRUE(kept) << kept.error().message;
    const auto published = publish_draft(house(), head_of(office), draft, kept.value_or(0), small->clock.today());
    EXPECT_TRUE(published) << published.error().message;
    return draft;
  }
  // A request of the province about two months that no family names.
  FormVersionId request(std::vector<OwnQuestion> questions, Period days = {Day::of(2026, 3, 1), Day::of(2026, 4, 30)}) {
    const auto draft = begin_request(house(), head_of(commune().province), commune().province);
    EXPECT_TRUE(draft);
    return keep_and_publish(*draft, commune().province, [&](FormVersion& edited) {
      edited.name_vi = "Rà soát nước sạch trường học";
      edited.request_period = days;
      edited.request_due = Day::of(2026, 6, 20);
      edited.content.questions = std::move(questions);
    });
  }
  NamedPeriod days_of(FormVersionId request) {
    const auto found = store().read([&](db::Reader& reader) { return request_window(reader, house(), version(request).code); });
    EXPECT_TRUE(found);
    return found.value_or(NamedPeriod{});
  }
  // As a round of reports says it.
  void asked_by_a_round(std::vector<FormVersionId> pins, std::string form, std::string family, std::set<BodyId> bodies) {
    house().asked_by_rounds = [=](db::Reader&, BodyId body, Period) {
      if (!bodies.contains(body)) return std::vector<AskedByRound>();
      return std::vector<AskedByRound>{{{}, form, family, pins, "Đợt báo cáo", Day::of(2026, 6, 20), "/dot-bao-cao/1/don-vi/1"}};
    };
  }
  // The year is the half's that is worked on: its last day is behind the day on which versions come into force here.
  static NamedPeriod year() { return *Periods::house().named("bao_cao", "Y", 2026); }
  ComposedForm composed_for(BodyId body, const NamedPeriod& period = year()) {
    return store().read([&](db::Reader& reader) {
      return compose(reader, house(), pins_in_force(reader, house(), "bao_cao", body, period.period.last, PinBelow::no), body, period.period.last).value();
    });
  }
  Asked asked_in(const ShortForm& form, const NamedPeriod& period = year()) {
    Asked out;
    for (const FormPart& part : form.parts)
      for (const FormField& field : part.fields) out.emplace_back(house().catalogue.measure(field.measure).code, said_of(house(), field.label_vi, period));
    return out;
  }
  static Asked asked_in(const FigureForm& form) {
    Asked out;
    for (const FigureSection& section : form.sections)
      for (const FigureField& field : section.fields) out.emplace_back(field.name.substr(0, field.name.find(own_suffix)), field.label);
    return out;
  }
  static std::set<std::string> codes(const Asked& asked) {
    std::set<std::string> out;
    for (const auto& [code, question] : asked) out.insert(code);
    return out;
  }
  std::vector<std::string> questions_in(const std::vector<NarrativeBlock>& blocks) {
    std::vector<std::string> out;
    for (const NarrativeBlock& block : blocks) out.push_back(said_of(house(), block.heading_vi, year()));
    return out;
  }
  // By row of the workbook's hidden sheet: what it takes figures for.
  std::map<BodyId, std::set<std::string>> asked_in_workbook(const EntrySheet& sheet) {
    namespace at = workbook_layout;
    std::map<BodyId, std::set<std::string>> out;
    const auto bytes = write_entry_workbook(house(), sheet);
    EXPECT_TRUE(bytes);
    const auto book = spreadsheet::read_workbook(spreadsheet::bytes_of(*bytes));
    EXPECT_TRUE(book);
    const spreadsheet::Sheet* hidden = book->find(at::hidden_sheet);
    for (int row = at::keys_first_row; hidden->at(row, 1).kind != spreadsheet::CellKind::empty; ++row)
      for (int column = 1; hidden->at(at::columns_row, column).kind != spreadsheet::CellKind::empty; ++column)
        if (spreadsheet::text_value(hidden->at(row, column + 2)) != "-")
          out[BodyId{std::stoll(spreadsheet::text_value(hidden->at(row, 2)))}].insert(spreadsheet::text_value(hidden->at(at::columns_row, column)));
    return out;
  }
  FigureForm form_of(BodyId body, const NamedPeriod& period = year()) {
    const auto made = branch_form(house(), body, period, small->clock.today());
    EXPECT_TRUE(made) << made.error().message;
    return made.value_or(FigureForm{});
  }
  FigureForm own_of(BodyId body, const NamedPeriod& period = year()) {
    const auto made = store().read([&](db::Reader& reader) { return own_form(house(), reader, body, period, small->clock.today()); });
    EXPECT_TRUE(made) << made.error().message;
    return made.value_or(FigureForm{});
  }

  void expect_the_composed_form(const std::string& step) {
    SCOPED_TRACE(step);
    for (const BodyId association : {commune().ea_kar, commune().ea_ktur, commune().ea_o}) {
      const EntrySheet sheet = small->sheet(association, year());
      const auto workbook = asked_in_workbook(sheet);
      for (const BodyId body : reporting_branches(*small->organisation.current(), association, small->clock.today())) {
        const ComposedForm composed = composed_for(body);
        const Asked wanted = asked_in(composed.asked);
        const EntryRow* row = sheet.row(body);
        ASSERT_NE(row, nullptr);
        std::set<std::string> in_grid;
        for (std::size_t i = 0; i < sheet.columns().size(); ++i)
          if (row->cells[i].asked) in_grid.insert(sheet.columns()[i].code);
        EXPECT_EQ(in_grid, codes(wanted));
        EXPECT_EQ(workbook.at(body), codes(wanted));
        const FigureForm form = form_of(body);
        EXPECT_EQ(asked_in(form), wanted) << "in its order and wording";
        std::vector<std::string> questions;
        for (const FigureQuestion& question : form.questions) questions.push_back(question.heading);
        EXPECT_EQ(questions, questions_in(composed.blocks));
      }
      EXPECT_EQ(asked_in(own_of(association)), asked_in(composed_for(association).asked));
      std::vector<std::string> wanted_checks, checks;
      for (const Check& check : composed_for(association).checks) wanted_checks.push_back(check.code);
      for (const Check& check : sheet.asked->checks()) checks.push_back(check.code);
      EXPECT_EQ(checks, wanted_checks);
    }
  }
  static OwnQuestion question(std::string text, OwnQuestion::Kind kind, std::vector<std::string> asked_of) {
    return {std::move(text), kind, OwnQuestion::Moment::during, kind == OwnQuestion::Kind::number ? "giếng" : "", "Tính cả giếng khoan.", std::move(asked_of)};
  }
  Check check_of(FormVersion& draft, std::string expression, std::string message) {
    Check out;
    out.code = fmt::format("bao_cao-{}", draft.content.checks.size() + 1);
    out.expression = std::move(expression);
    out.message_vi = out.message_en = std::move(message);
    out.formula = house().catalogue.read_formula(out.expression).value();
    for (const Term& term : out.formula.terms) out.measures.push_back(term.measure);
    return out;
  }
};
ON_BOTH_STORES(FormsAsked);

TEST_P(FormsAsked, Whatever_centre_province_and_commune_add_is_what_is_typed) {
  expect_the_composed_form("the house's form");
  std::mt19937 chance(11);
  const std::vector<std::string> kinds{"thon", "truong", "co_quan", "dong_ho", "xa", "tinh"};
  const OwnQuestion::Kind answers[] = {OwnQuestion::Kind::number, OwnQuestion::Kind::money, OwnQuestion::Kind::yes_no, OwnQuestion::Kind::text};
  const BodyId offices[] = {commune().province, commune().ea_kar, commune().centre, commune().ea_ktur, commune().ea_kar, commune().province};
  int asked = 0;
  for (const BodyId office : offices) {
    publish(office, [&](FormVersion& draft) {
      for (std::size_t more = 1 + chance() % 3; more > 0; --more) {
        std::vector<std::string> of;
        for (const std::string& kind : kinds)
          if (chance() % 2 == 0) of.push_back(kind);
        if (of.empty()) of.push_back("thon");
        draft.content.questions.push_back(question(fmt::format("Câu hỏi {} năm {{year}}", ++asked), answers[chance() % 4], std::move(of)));
      }
      // an indicator of the catalogue that is usually asked of others
      if (office == commune().province && draft.content.short_form("dong_ho") == nullptr) {
        ShortForm form;
        form.code = "dong_ho";
        FormField field;
        field.measure = house().catalogue.index("C02");
        form.parts.push_back({"Thêm cho dòng họ", "More", {field}});
        draft.content.short_forms.push_back(std::move(form));
      }
      draft.content.checks.push_back(check_of(draft, "B02 <= B01", "Xin xem lại."));
    });
    expect_the_composed_form(fmt::format("after {} questions", asked));
  }
}

TEST_P(FormsAsked, A_column_says_which_office_asks_it_and_in_which_unit) {
  publish(commune().province, [&](FormVersion& draft) {
    draft.content.questions = {question("Số giếng nước tặng trường học", OwnQuestion::Kind::number, {"thon", "xa"}), question("Tiền mua máy lọc nước", OwnQuestion::Kind::money, {"truong"}),
                               question("Có tủ sách không?", OwnQuestion::Kind::yes_no, {"thon"})};
  });
  publish(commune().ea_kar, [&](FormVersion& draft) { draft.content.questions = {question("Số cây trồng", OwnQuestion::Kind::number, {"thon"})}; });
  const EntrySheet sheet = small->sheet(commune().ea_kar, year());
  const auto columns = sheet.columns();
  ASSERT_EQ(columns.size(), EntryColumns::house().all().size() + 4);
  const auto added = columns.last(4);
  EXPECT_EQ(added[0].group_vi, "Tỉnh Đắk Lắk hỏi thêm");
  EXPECT_EQ(added[0].unit_vi, "giếng");
  EXPECT_EQ(added[1].unit_vi, "nghìn đồng");
  EXPECT_EQ(added[1].shown(6'400'000), 6'400);
  EXPECT_TRUE(added[2].is_yes_no);
  EXPECT_EQ(added[3].group_vi, "Xã Ea Kar hỏi thêm");
  EXPECT_EQ(small->sheet(commune().ea_ktur, year()).columns().size(), columns.size() - 1) << "what one commune asks its own is no other's";

  // one answer is yes or no; a total may count them
  const Viewer secretary = small->viewer_at(commune().ea_kar);
  const auto typed = small->save(secretary, commune().ea_kar,
                                 {{commune().thon_8, added[2].code, 2, 0}, {commune().thon_11, added[2].code, 1, 0}, {commune().thon_8, added[0].code, 3, 0}, {commune().nguyen_du, added[0].code, 3, 0}}, year());
  EXPECT_EQ(typed[0].code, "statement.yes_no");
  EXPECT_EQ(typed[1].state, CellOutcome::State::saved);
  EXPECT_EQ(typed[2].state, CellOutcome::State::saved);
  EXPECT_EQ(typed[3].code, "entry.not_asked");
  const EntrySheet after = small->sheet(commune().ea_kar, year());
  EXPECT_EQ(after.whole[*after.place(added[0].measure)].now, 3);
  EXPECT_EQ(after.row(commune().thon_11)->cells[*after.place(added[2].measure)].value, 1);
  EXPECT_NE(own_of(commune().ea_kar).field(added[0].code + std::string(own_suffix)), nullptr) << "beside its branches";
  EXPECT_TRUE(form_of(commune().thon_8).field(added[2].code)->is_yes_no);
}

TEST_P(FormsAsked, A_workbook_takes_yes_and_no_from_a_list) {
  publish(commune().province, [&](FormVersion& draft) { draft.content.questions = {question("Có tủ sách không?", OwnQuestion::Kind::yes_no, {"thon"})}; });
  const EntrySheet sheet = small->sheet(commune().ea_kar, year());
  const std::size_t at = sheet.columns().size() - 1;
  const auto bytes = write_entry_workbook(house(), sheet, {{{commune().thon_8, at}, {1, {}, {}}}, {{commune().thon_11, at}, {0, {}, {}}}, {{commune().tung_kraih, at}, {std::nullopt, "chưa rõ", {}}}});
  ASSERT_TRUE(bytes) << bytes.error().message;
  auto package = spreadsheet::Package::open(spreadsheet::bytes_of(*bytes), {});
  EXPECT_THAT(*package->read("xl/worksheets/sheet1.xml", 10U << 20), testing::HasSubstr("\"Có,Không\""));
  const auto plan = plan_entry_workbook(house(), small->viewer_at(commune().ea_kar), sheet, *bytes);
  ASSERT_TRUE(plan) << plan.error().message;
  ASSERT_EQ(plan->cells.size(), 2U);
  std::map<BodyId, std::int64_t> read;
  for (const CellEntry& cell : plan->cells) read[cell.body] = cell.value.value_or(-1);
  EXPECT_EQ(read, (std::map<BodyId, std::int64_t>{{commune().thon_8, 1}, {commune().thon_11, 0}}));
  ASSERT_EQ(plan->problems.size(), 1U);
  EXPECT_THAT(plan->problems[0].message, testing::HasSubstr("xin chọn “Có” hoặc “Không”"));
}

TEST_P(FormsAsked, A_version_published_while_a_round_runs_changes_nothing_that_is_asked_or_typed) {
  const FormVersionId first = publish(commune().province, [&](FormVersion& draft) { draft.content.questions = {question("Số giếng nước", OwnQuestion::Kind::number, {"thon"})}; });
  const FormPins pins = store().read([&](db::Reader& reader) { return pins_in_force(reader, house(), "bao_cao", commune().ea_kar, year().period.last, PinBelow::no); });
  ASSERT_THAT(pins.versions, testing::Contains(first));
  asked_by_a_round(pins.versions, "bao_cao", "bao_cao", {commune().ea_kar, commune().thon_8});
  const auto before = asked_in(form_of(commune().thon_8));
  EXPECT_EQ(before.back().second, "Số giếng nước");
  const std::string code = before.back().first;
  EXPECT_EQ(small->save(small->viewer_at(commune().ea_kar), commune().ea_kar, {{commune().thon_8, code, 4, 0}}, year()).front().state, CellOutcome::State::saved);

  publish(commune().province, [&](FormVersion& draft) {
    draft.content.short_forms.clear();
    draft.content.sections.clear();
    draft.content.questions = {question("Số máy tính", OwnQuestion::Kind::number, {"thon"})};
  });
  EXPECT_EQ(asked_in(form_of(commune().thon_8)), before);
  EXPECT_EQ(form_of(commune().thon_8).field(code)->value, 4);
  EXPECT_EQ(small->sheet(commune().ea_kar, year()).columns().back().code, code);
  asked_by_a_round({}, "bao_cao", "bao_cao", {});
  EXPECT_EQ(asked_in(form_of(commune().thon_8)).back().second, "Số máy tính") << "where no round asks, what is in force";
  EXPECT_EQ(small->save(small->viewer_at(commune().ea_kar), commune().ea_kar, {{commune().thon_8, code, 5, 1}}, year()).front().code, "entry.not_asked");
}

TEST_P(FormsAsked, A_check_of_an_office_is_said_where_its_figures_are_typed) {
  publish(commune().province, [&](FormVersion& draft) {
    draft.content.checks.push_back(check_of(draft, "B02 <= B01", "Mới vào {B02} mà cuối kỳ chỉ có {B01}."));
    draft.content.checks.back().severity = Check::Severity::error;
  });
  small->save(small->viewer_at(commune().ea_kar), commune().ea_kar, {{commune().thon_8, "B01", 3, 0}, {commune().thon_8, "B02", 5, 0}}, year());
  const EntrySheet sheet = small->sheet(commune().ea_kar, year());
  const auto& remarks = sheet.row(commune().thon_8)->remarks;
  const auto said = std::ranges::find_if(remarks, [](const EntryRemark& remark) { return remark.code.starts_with("bao_cao-1"); });
  ASSERT_NE(said, remarks.end());
  EXPECT_EQ(said->text, "Mới vào 5 mà cuối kỳ chỉ có 3.");
  EXPECT_EQ(said->severity, Check::Severity::error);
  EXPECT_TRUE(sheet.row(commune().thon_8)->mismatched);
  EXPECT_THAT(form_of(commune().thon_8).field("B02")->remarks, testing::Contains(testing::Field(&EntryRemark::text, "Mới vào 5 mà cuối kỳ chỉ có 3.")));
}

TEST_P(FormsAsked, A_request_is_answered_whole_by_a_branch_and_by_a_commune) {
  const FormVersionId id = request({question("Số giếng nước", OwnQuestion::Kind::number, {"thon", "xa"}), question("Có máy lọc không?", OwnQuestion::Kind::yes_no, {"thon"}), question("Kinh phí", OwnQuestion::Kind::money, {"xa"}),
                                    question("Khó khăn lớn nhất?", OwnQuestion::Kind::text, {"thon"}), question("Kiến nghị với tỉnh", OwnQuestion::Kind::text, {"xa"})});
  const NamedPeriod days = days_of(id);
  EXPECT_EQ(days.name(), version(id).code);
  EXPECT_EQ(days.period, (Period{Day::of(2026, 3, 1), Day::of(2026, 4, 30)}));
  asked_by_a_round({id}, days.family, "", {commune().province, commune().ea_kar, commune().thon_8, commune().thon_11});

  // as the preview shows it to each kind
  for (const BodyId body : {commune().thon_8, commune().ea_kar}) {
    const ComposedForm preview =
        store().read([&](db::Reader& reader) { return compose_for_kind(reader, house(), FormPins{{id}}, small->organisation.current()->kind(body), commune().province, days.period.last).value(); });
    const FigureForm form = body == commune().thon_8 ? form_of(body, days) : own_of(body, days);
    EXPECT_EQ(asked_in(form), asked_in(preview.asked, days));
    EXPECT_EQ(form.title, "Rà soát nước sạch trường học");
  }
  const FigureForm blank = form_of(commune().thon_8, days);
  ASSERT_EQ(blank.asked, 2u);
  ASSERT_EQ(blank.questions.size(), 1u);
  EXPECT_EQ(blank.questions.front().heading, "Khó khăn lớn nhất?");
  EXPECT_EQ(small->sheet(commune().ea_kar, days).columns().size(), 2u) << "only what it asks";
  EXPECT_EQ(small->sheet(commune().ea_kar, days).rows, 4u) << "schools and clans are not asked";

  const Viewer secretary = small->viewer_at(commune().ea_kar);
  EntryDesk desk(house(), secretary, commune().ea_kar, days);
  const std::string wells = asked_in(blank)[0].first, filter = asked_in(blank)[1].first, words = blank.questions.front().code;
  const auto saved = store().write([&](db::Writer& writer) {
    auto cells = desk.save(writer, std::vector<CellEntry>{{commune().thon_8, wells, 2, 0}, {commune().thon_8, filter, 1, 0}, {commune().ea_kar, wells + std::string(own_suffix), 5, 0}, {commune().thon_8, "B01", 5, 0}});
    auto texts = desk.save_texts(writer, std::vector<TextEntry>{{commune().thon_8, words, "Thiếu máy bơm.\nGiếng cạn từ tháng 3.", 0}, {commune().nguyen_du, words, "Không hỏi trường", 0}});
    return std::pair(std::move(cells), std::move(texts));
  });
  EXPECT_EQ(saved.first[0].state, CellOutcome::State::saved);
  EXPECT_EQ(saved.first[1].state, CellOutcome::State::saved);
  EXPECT_EQ(saved.first[2].state, CellOutcome::State::saved) << saved.first[2].message;
  EXPECT_EQ(saved.first[3].code, "entry.not_asked") << "the usual figures are no part of it";
  EXPECT_EQ(saved.second[0].state, CellOutcome::State::saved) << saved.second[0].message;
  EXPECT_EQ(saved.second[1].code, "entry.not_asked");
  const FigureForm filled = form_of(commune().thon_8, days);
  EXPECT_EQ(filled.filled, 2u);
  EXPECT_EQ(filled.answered(), 1u);
  EXPECT_EQ(filled.questions.front().text, "Thiếu máy bơm.\nGiếng cạn từ tháng 3.");
  EXPECT_EQ(small->sheet(commune().ea_kar, days).whole.front().now, 7) << "the branch's two and the commune's own five";

  // who saw an older answer is shown the newer one
  const auto stale = store().write([&](db::Writer& writer) { return desk.save_texts(writer, std::vector<TextEntry>{{commune().thon_8, words, "Khác", 1}}); });
  EXPECT_EQ(stale.front().state, CellOutcome::State::stale);
  EXPECT_THAT(stale.front().message, HasSubstr("Thiếu máy bơm"));
}

TEST_P(FormsAsked, A_request_goes_to_whom_its_round_asks) {
  const FormVersionId id = request({question("Số giếng nước", OwnQuestion::Kind::number, {"thon"})});
  const NamedPeriod days = days_of(id);
  asked_by_a_round({id}, days.family, "", {commune().thon_8});
  EXPECT_EQ(form_of(commune().thon_8, days).asked, 1u);
  EXPECT_EQ(branch_form(house(), commune().thon_5, days, small->clock.today()).error().code, "entry.not_asked");
  const std::string code = asked_in(form_of(commune().thon_8, days)).front().first;
  EXPECT_EQ(small->save(small->viewer_at(commune().ea_ktur), commune().ea_ktur, {{commune().thon_5, code, 1, 0}}, days).front().code, "entry.not_asked");
  EXPECT_EQ(small->save(small->viewer_at(commune().ea_kar), commune().ea_kar, {{commune().thon_8, code, 1, 0}}, days).front().state, CellOutcome::State::saved);
}

TEST_P(FormsAsked, A_request_about_the_days_of_a_half_year_is_confirmed_and_locked_by_itself) {
  const FormVersionId id = request({question("Số giếng nước", OwnQuestion::Kind::number, {"thon"})}, first_half().period);
  const NamedPeriod days = days_of(id);
  house().entry_lock = [](db::Reader&, BodyId, BodyId, Period, std::string_view form) -> Result<void> {
    return form == "bao_cao" ? refuse("entry.locked", "Báo cáo đã gửi.", "Người ký gửi: Ông Sơn.") : Result<void>{};
  };
  const Viewer secretary = small->viewer_at(commune().ea_kar);
  const std::string code = asked_in(form_of(commune().thon_8, days)).front().first;
  EXPECT_EQ(small->save(secretary, commune().ea_kar, {{commune().thon_8, code, 1, 0}}, days).front().state, CellOutcome::State::saved);
  const CellOutcome locked = small->save(secretary, commune().ea_kar, {{commune().thon_8, "B01", 1, 0}}).front();
  EXPECT_EQ(locked.code, "entry.locked");
  EXPECT_THAT(locked.message, HasSubstr("Người ký gửi: Ông Sơn."));
}

}  // namespace
}  // namespace khuyenhoc
