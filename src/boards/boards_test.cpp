#include "boards/arrangement.h"
#include "boards/boards_fixture.h"
#include "boards/words.h"
#include "measures/drill_down.h"
#include "platform/spreadsheet/workbook.h"

namespace khuyenhoc {
namespace {

// As testing::HasSubstr, without printing the whole page when it fails.
testing::AssertionResult shows(const std::string& page, std::string_view text) {
  if (page.find(text) != std::string::npos) return testing::AssertionSuccess();
  const auto answer = page.find("class=\"answer\"");
  return testing::AssertionFailure() << "not in the page: " << text << "\nthe answer there: " << (answer == std::string::npos ? "" : page.substr(answer, 400));
}

class Boards : public OnSmallBoards {
 protected:
  BoardAsk ask(const Subject& subject, int year, Day tree) {
    const auto named = Periods::house().named("bao_cao", "H1", year);
    return {{subject, named->period, tree}, *named, Day::of(2026, 6, 8)};
  }
  Board board(const Subject& subject, std::string_view code, int year, Day tree) {
    const Figures figures(house().ledger.view());
    const auto made = store().read([&](db::Reader& reader) { return make_board(reader, figures, Catalogue::house().index(code), ask(subject, year, tree)); });
    EXPECT_TRUE(made) << made.error().message;
    return made.value_or(Board{});
  }
  static std::int64_t sum(std::span<const BoardRow> rows) {
    std::int64_t out = 0;
    for (const BoardRow& row : rows) out += row.now.value;
    return out;
  }
  // As minutes would have it: what is left of an old body's level goes to its successors.
  void hand_over(BodyId from, std::string_view code, const std::vector<std::pair<BodyId, std::int64_t>>& to, FactLayer layer = FactLayer::listed) {
    const Series series = Catalogue::house().series(Catalogue::house().index(code));
    store().write([&](db::Writer& writer) {
      const auto post = [&](BodyId body, std::int64_t amount) {
        Fact fact;
        fact.body = body;
        fact.day = associations_followed();
        fact.series = series;
        fact.amount = amount;
        fact.kind = FactKind::handover;
        fact.source = {"handover", 1};
        if (body != from) fact.layer = layer;
        house().ledger.post(writer, fact);
      };
      for (const auto& [body, amount] : to) {
        post(from, -amount);
        post(body, amount);
      }
    });
  }
  const BoardRow* line_in(const Board& made, std::string_view of) {
    for (const BoardRow& row : made.sections.front().rows)
      if (row.kind == Part::Kind::line && row.note.starts_with(of)) return &row;
    return nullptr;
  }
  const Day today = Day::of(2026, 6, 8), before_reform = Day::of(2025, 6, 30);
};
ON_BOTH_STORES(Boards);

TEST_P(Boards, Rows_and_lines_of_a_province_add_up_to_its_total) {
  const Board made = board(small.dak_lak, "B01", 2026, today);
  ASSERT_EQ(made.sections.size(), 1U);
  EXPECT_EQ(sum(made.sections[0].rows), made.total.now.value);
  EXPECT_EQ(made.total.now.value, 120 + 52 + 78 + 66 + 33 + 95 + 20 + 40);
  const auto line = std::ranges::find(made.sections[0].rows, Part::Kind::line, &BoardRow::kind);
  ASSERT_NE(line, made.sections[0].rows.end());
  EXPECT_EQ(line->now.value, 40);
  EXPECT_EQ(line->note, "Xã Ea BHốk (cũ), nay thuộc xã Ea Ktur và xã Dray Bhăng.");
  EXPECT_EQ(made.total.target, 366) << "no target of its own: those of the communes together";
}

TEST_P(Boards, The_old_territory_shows_both_old_provinces_and_the_same_grand_total) {
  const Board now = board(small.dak_lak, "B01", 2025, today);
  const Board old = board(small.dak_lak, "B01", 2025, before_reform);
  ASSERT_EQ(old.sections.size(), 2U);
  EXPECT_EQ(old.total.now.value, now.total.now.value);
  EXPECT_EQ(old.total.now, *old.in_todays_tree);
  EXPECT_EQ(old.total.now.value, 100 + 50 + 80 + 60 + 70 + 90 + 20);
  for (const BoardSection& section : old.sections) EXPECT_EQ(sum(section.rows), section.whole.now.value) << section.whole.name;
  const Board later = board(small.dak_lak, "B01", 2026, before_reform);
  EXPECT_EQ(later.total.now.value, board(small.dak_lak, "B01", 2026, today).total.now.value);
}

TEST_P(Boards, A_commune_in_the_old_territory_is_the_communes_it_was_made_of) {
  const Board old = board(small.ea_kar, "B01", 2025, before_reform);
  ASSERT_EQ(old.sections.size(), 2U);
  EXPECT_EQ(old.total.now.value, 230);
  EXPECT_EQ(old.total.now, *old.in_todays_tree);
  // the whole of one old commune and nothing else
  EXPECT_EQ(standings(house().ledger.view(), small.song_hinh, before_reform, today).kind, Standings::Kind::one);
  // a share of an old commune has no figures of its own
  const Figures figures(house().ledger.view());
  const auto refused = store().read([&](db::Reader& reader) { return make_board(reader, figures, Catalogue::house().index("B01"), ask(small.dray_bhang, 2025, before_reform)); });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "board.no_part");
}

TEST_P(Boards, Counts_of_bodies_are_not_compared_across_the_reform) {
  EXPECT_EQ(board(small.dak_lak, "A01", 2026, today).compared, Compared::across_reform);
  EXPECT_EQ(board(small.dak_lak, "A03", 2026, today).compared, Compared::across_reform);
  EXPECT_EQ(board(small.dak_lak, "B01", 2026, today).compared, Compared::usual);
  EXPECT_EQ(board(small.dak_lak, "A01", 2025, today).compared, Compared::usual);
  EXPECT_TRUE(shows(page(province_officer, address(small.dak_lak, "?ct=A01")), "không so sánh"));
}

TEST_P(Boards, A_line_that_was_handed_over_has_not_fallen) {
  hand_over(small.ea_bhok, "B01", {{small.ea_ktur, 25}, {small.dray_bhang, 15}});
  const Board made = board(small.dak_lak, "B01", 2026, today);
  EXPECT_EQ(made.total.now.value, 504) << "what went over is still there";
  const BoardRow* line = line_in(made, "Xã Ea BHốk (cũ)");
  ASSERT_NE(line, nullptr);
  EXPECT_EQ(line->note, "Xã Ea BHốk (cũ), đã bàn giao cho xã Ea Ktur và xã Dray Bhăng.");
  EXPECT_EQ(change_words(Catalogue::house().measure(made.measure), made, *line), "đã bàn giao");
  const std::string shown = page(province_officer, address(small.dak_lak));
  EXPECT_TRUE(shows(shown, "đã bàn giao cho xã Ea Ktur"));
  EXPECT_TRUE(shows(shown, ">đã bàn giao<"));
  EXPECT_TRUE(shows(shown, "<b>Số của đơn vị cũ</b>"));
  EXPECT_FALSE(shows(shown, "Số liệu chung chưa tách được"));
  EXPECT_FALSE(shows(shown, "giảm 40"));
  EXPECT_FALSE(shows(shown, "biên bản bàn giao")) << "nothing is left to be divided";
  const auto book = get(province_officer, address(small.dak_lak, "/bang.xlsx"));
  EXPECT_EQ(book.status(), http::Status::ok);
}

TEST_P(Boards, A_line_that_was_handed_over_in_part_says_how_much) {
  hand_over(small.ea_bhok, "B01", {{small.ea_ktur, 25}});
  const Board made = board(small.dak_lak, "B01", 2026, today);
  const BoardRow* line = line_in(made, "Xã Ea BHốk (cũ), nay thuộc xã Ea Ktur và xã Dray Bhăng.");
  ASSERT_NE(line, nullptr);
  EXPECT_EQ(change_words(Catalogue::house().measure(made.measure), made, *line), "đã bàn giao 25");
}

TEST_P(Boards, What_a_province_took_over_for_communes_without_an_association_is_no_rise) {
  hand_over(small.ea_bhok, "B01", {{small.dak_lak, 40}}, FactLayer::own_remainder);
  const Board made = board(small.dak_lak, "B01", 2026, today);
  EXPECT_EQ(made.total.now.value, 504) << "it is still there";
  const auto own = std::ranges::find(made.sections[0].rows, Part::Kind::own, &BoardRow::kind);
  ASSERT_NE(own, made.sections[0].rows.end());
  EXPECT_EQ(change_words(Catalogue::house().measure(made.measure), made, *own), "nhận bàn giao 40");
  const std::string shown = page(province_officer, address(small.dak_lak));
  EXPECT_TRUE(shows(shown, "nhận bàn giao 40"));
  EXPECT_TRUE(shows(shown, "Gồm số nhận bàn giao của các đơn vị cũ, nơi xã, phường mới chưa có tổ chức Hội."));
  EXPECT_FALSE(shows(shown, "tăng 40"));
}

TEST_P(Boards, What_is_counted_in_times_is_not_called_people) {
  for (const char* code : {"E03", "E05", "E14", "E15", "F03", "G03"}) {
    const Measure& measure = Catalogue::house().measure(Catalogue::house().index(code));
    EXPECT_TRUE(measure.label_vi.starts_with("Số lượt")) << code;
    EXPECT_EQ(measure.unit_vi, "lượt") << code;
  }
}

TEST_P(Boards, A_flow_of_a_body_that_ended_says_since_when) {
  state(small.ea_bhok, "D02", half_year(2025), 3'000'000);
  const Board made = board(small.dak_lak, "D02", 2026, today);
  const BoardRow* line = line_in(made, "Xã Ea BHốk (cũ)");
  ASSERT_NE(line, nullptr);
  EXPECT_EQ(change_words(Catalogue::house().measure(made.measure), made, *line), "kết thúc từ 01/8/2025");
  EXPECT_EQ(line_in(board(small.dak_lak, "E01", 2026, today), "Xã Ea BHốk (cũ)"), nullptr) << "a line with nothing on it in both years is not shown";
}

TEST_P(Boards, What_waits_for_its_division_says_who_can_divide_it) {
  EXPECT_TRUE(shows(page(province_officer, address(small.dak_lak)), "khi các bên nhận có biên bản bàn giao"));
  EXPECT_FALSE(shows(page(commune_secretary, address(small.ea_kar)), "biên bản bàn giao"));
}

TEST_P(Boards, A_line_of_one_not_yet_born_is_not_called_an_old_one) {
  const Figures figures(house().ledger.view());
  const auto parts = figures.by_child(Catalogue::house().index("B04"), ask(small.ea_kar_district, 2026, before_reform).question);
  ASSERT_TRUE(parts) << parts.error().message;
  std::vector<std::string> lines;
  for (const Part& part : *parts)
    if (part.kind == Part::Kind::line) lines.push_back(part.label);
  EXPECT_THAT(lines, testing::Contains("Xã Ea Kar (có từ 01/8/2025)"));
}

TEST_P(Boards, Branches_of_one_name_are_told_apart_in_rows_and_headings) {
  const auto founded = store().write([&](db::Writer& writer) { return OrganisationChanges(house().organisation, writer, {}, now_ms).found(namesake_of_thon_8(small)); });
  ASSERT_TRUE(founded) << founded.error().message;
  const std::string shown = page(commune_secretary, address(small.ea_kar));
  EXPECT_TRUE(shows(shown, "Thôn 8 (xã Cư Huê cũ)"));
  EXPECT_TRUE(shows(shown, "Thôn 8 (thị trấn Ea Kar cũ)"));
  EXPECT_TRUE(shows(page(commune_secretary, address(*founded)), "Chi hội Thôn 8 (xã Cư Huê cũ)"));
  const auto answer = get(commune_secretary, address(small.ea_kar, "/bang.xlsx"));
  const auto book = spreadsheet::read_workbook(spreadsheet::bytes_of(answer.body()));
  ASSERT_TRUE(book);
  std::vector<std::string> names;
  for (int row = 1; row <= book->sheets.front().last_row(); ++row) names.emplace_back(book->sheets.front().at(row, 1).text);
  EXPECT_THAT(names, testing::IsSupersetOf({"Thôn 8 (xã Cư Huê cũ)", "Thôn 8 (thị trấn Ea Kar cũ)"}));
}

TEST_P(Boards, The_answer_is_a_sentence) {
  const std::string shown = page(province_officer, "/so-lieu");
  EXPECT_TRUE(shows(shown, "Số liệu 6 tháng đầu năm 2026"));
  EXPECT_TRUE(shows(shown, "Toàn tỉnh có 504 hội viên, chiếm 33,6% dân số, tăng 34 hội viên (7,2%) so với cùng kỳ năm 2025 (quy về địa giới hiện nay)."));
  EXPECT_TRUE(shows(shown, "Số liệu chung chưa tách được"));
  EXPECT_TRUE(shows(shown, "Xã Ea BHốk (cũ), nay thuộc xã Ea Ktur và xã Dray Bhăng."));
  EXPECT_TRUE(shows(shown, "so với cùng kỳ năm 2025 (quy về địa giới hiện nay). Bấm vào một số"));
  EXPECT_TRUE(shows(shown, "83,3%")) << "250 of 300";
  EXPECT_TRUE(shows(shown, "Dưới 90% kế hoạch: 1"));
  EXPECT_TRUE(shows(shown, "\"kind\":\"years\""));
  EXPECT_TRUE(shows(shown, "4/5 xã, phường và 0/1 cơ quan, trường đại học đã có số liệu"));
  EXPECT_TRUE(shows(shown, "hội viên của 2 đơn vị còn lại lấy theo kỳ trước."));
  EXPECT_TRUE(shows(shown, "Chưa có số liệu kỳ này: 2"));
  EXPECT_TRUE(shows(page(commune_secretary, "/so-lieu"), "3/4 chi hội, ban đã có số liệu"));
  EXPECT_TRUE(shows(page(province_officer, address(small.dak_lak, "?ct=D02")), "Thu trong kỳ của toàn tỉnh là 6.400.000 đồng, tăng 2.400.000 đồng (60,0%) so với cùng kỳ năm 2025"));
  EXPECT_TRUE(shows(page(province_officer, address(small.dak_lak, "?ct=E01")), "Toàn tỉnh chưa có số liệu về chỉ tiêu “Số suất học bổng đã trao” trong kỳ này."));
}

TEST_P(Boards, The_old_territory_says_so_and_leads_back) {
  const std::string shown = page(province_officer, address(small.dak_lak, "?ky=2025-H1&ngay=2025-06-30"));
  EXPECT_TRUE(shows(shown, "class=\"territory-bar\""));
  EXPECT_TRUE(shows(shown, "Tỉnh Đắk Lắk (cũ) có 380 hội viên, tỉnh Phú Yên (cũ) có 90 hội viên; cộng lại 470, bằng đúng số quy về địa giới hiện nay."));
  EXPECT_TRUE(shows(shown, "Cộng tỉnh Đắk Lắk (cũ)"));
  EXPECT_TRUE(shows(shown, "Toàn bộ địa bàn tỉnh Đắk Lắk hiện nay"));
  EXPECT_FALSE(shows(shown, "Xem theo địa giới cũ"));
}

TEST_P(Boards, Outside_the_scope_a_board_does_not_exist) {
  for (const std::string_view rest : {"", "/gom", "/chi-tieu", "/bang.xlsx"}) {
    EXPECT_EQ(get(commune_secretary, address(small.ea_o, rest)).status(), http::Status::not_found) << rest;
    EXPECT_EQ(get(commune_secretary, address(small.dak_lak, rest)).status(), http::Status::not_found) << rest;
    EXPECT_EQ(get(commune_secretary, address(small.land.ea_o, rest)).status(), http::Status::not_found) << rest;
    EXPECT_EQ(get(commune_secretary, address(BodyId{987'654}, rest)).status(), http::Status::not_found) << rest;
    EXPECT_EQ(get(commune_secretary, address(UnitId{987'654}, rest)).status(), http::Status::not_found) << rest;
    EXPECT_EQ(get(commune_secretary, address(small.thon_8, rest)).status(), http::Status::ok) << rest;
    EXPECT_EQ(get(commune_secretary, address(small.land.ea_kar, rest)).status(), http::Status::ok) << rest;
    EXPECT_EQ(get(province_officer, address(small.land.ea_trang, rest)).status(), http::Status::ok) << "no association: the province answers for it";
    EXPECT_EQ(get(Person{}, address(small.thon_8, rest)).status(), http::Status::see_other) << "not signed in";
  }
  EXPECT_FALSE(shows(page(commune_secretary, address(small.ea_kar)), "Xã Ea Ô"));
}

TEST_P(Boards, A_wrong_address_is_refused_with_a_sentence) {
  const auto answer = get(province_officer, address(small.dak_lak, "?ct=Z99"));
  EXPECT_EQ(answer.status(), http::Status::unprocessable);
  EXPECT_TRUE(shows(std::string(answer.body()), "Không có chỉ tiêu “Z99”"));
  EXPECT_EQ(get(province_officer, address(small.dak_lak, "/gom?ct=B01&muc=gioi/khac")).status(), http::Status::unprocessable);
  EXPECT_TRUE(shows(page(province_officer, address(small.dak_lak, "?so=chot")), "chưa có số đã chốt. Xin xem số tạm tính."));
  EXPECT_TRUE(shows(page(province_officer, address(small.dak_lak, "?xep=lung-tung&loc=gi-do&ngay=mai")), "Toàn tỉnh có 504 hội viên"));
}

TEST_P(Boards, A_unit_of_the_territory_has_the_same_total_as_its_association) {
  EXPECT_EQ(board(small.land.ea_kar, "B01", 2026, today).total.now.value, 250);
  EXPECT_EQ(board(small.land.dak_lak, "B01", 2026, today).total.now.value, 504);
  const Board commune = board(small.land.ea_kar, "B01", 2026, today);
  EXPECT_EQ(commune.total.target, 300);
  for (const BoardRow& row : commune.sections[0].rows) EXPECT_FALSE(row.target) << row.name << ": the association's plan is that of the whole";
  EXPECT_EQ(board(small.land.dak_lak, "B01", 2026, today).total.target, 366);
  const Board old = board(small.land.dak_lak, "B01", 2025, before_reform);
  EXPECT_EQ(old.sections.size(), 2U);
  EXPECT_EQ(old.total.now.value, 470);
  EXPECT_EQ(*old.in_todays_tree, old.total.now);
  EXPECT_TRUE(shows(page(province_officer, address(small.land.dak_lak)), "Toàn tỉnh có 504 hội viên"));
}

TEST_P(Boards, Sorting_and_filters_lose_nothing_from_the_total) {
  const Board made = board(small.dak_lak, "B01", 2026, today);
  const BoardSection& section = made.sections[0];
  for (const auto by : {Arrangement::By::usual, Arrangement::By::name, Arrangement::By::now, Arrangement::By::change, Arrangement::By::reached})
    for (const auto filter : {Arrangement::Filter::all, Arrangement::Filter::below_90, Arrangement::Filter::fallen}) {
      const ArrangedSection rows = arranged(section, made, {by, Arrangement::Order::descending, filter, Arrangement::Shown::first_ones}, 2);
      std::int64_t total = rows.rest ? rows.rest->now.value : 0;
      for (const auto* list : {&rows.shown, &rows.apart})
        for (const BoardRow* row : *list) total += row->now.value;
      EXPECT_EQ(total, 504);
      EXPECT_EQ(rows.shown.size() + rows.rest_count, rows.children);
    }
  const ArrangedSection largest = arranged(section, made, {Arrangement::By::now, Arrangement::Order::descending, {}, {}}, 10);
  EXPECT_EQ(largest.shown.front()->name, "Xã Ea Kar");
  EXPECT_EQ(usual_sort(made), Arrangement::By::reached);
}

TEST_P(Boards, Months_and_many_measures_have_boards_of_their_own) {
  const std::string months = page(province_officer, address(small.dak_lak, "?theo=thang"));
  EXPECT_TRUE(shows(months, "tháng 12/2025"));
  EXPECT_TRUE(shows(page(province_officer, address(small.dak_lak, "?theo=thang&het=1")), "tháng 12<br>năm 2025"));
  EXPECT_TRUE(shows(months, "\"kind\":\"months\""));
  const std::string wide = page(province_officer, address(small.dak_lak, "?bang=1&ct=B01,B04&ct=D02"));
  EXPECT_TRUE(shows(wide, "3 chỉ tiêu theo đơn vị"));
  EXPECT_TRUE(shows(wide, "Dân số (người)"));
  EXPECT_TRUE(shows(wide, "6.400.000"));
  EXPECT_TRUE(shows(page(province_officer, address(small.dak_lak, "/chi-tieu?q=hoi%20vien")), "Tổng số hội viên cuối kỳ"));
  EXPECT_FALSE(shows(page(province_officer, address(small.dak_lak, "/chi-tieu?q=hoi%20vien")), "Thu trong kỳ"));
  EXPECT_TRUE(shows(page(commune_secretary, address(small.thon_8)), "Các chỉ tiêu của đơn vị"));
}

TEST_P(Boards, A_figure_says_what_it_is_made_of_and_who_changed_it) {
  const std::string commune = page(commune_secretary, address(small.ea_kar, "/gom?ct=B01"));
  EXPECT_TRUE(shows(commune, "Chi hội Thôn 8"));
  EXPECT_TRUE(shows(commune, "Chưa có danh sách"));
  EXPECT_TRUE(shows(commune, fmt::format("/phieu/{}", small.thon_8.value)));
  const std::string branch = page(commune_secretary, address(small.thon_8, "/gom?ct=B01"));
  EXPECT_TRUE(shows(branch, "<del>118</del> <ins>120</ins>. Tổng số của đơn vị tăng 2."));
  EXPECT_TRUE(shows(branch, "<del>chưa báo cáo</del> <ins>118</ins>"));
  EXPECT_TRUE(shows(page(province_officer, address(small.dak_lak, "/gom?ct=B01")), "Chưa phân theo chi hội"));
  const std::string ratio = page(province_officer, address(small.dak_lak, "/gom?ct=B05"));
  EXPECT_TRUE(shows(ratio, "Chương trình tính số này"));
  EXPECT_TRUE(shows(ratio, "504 người"));
}

TEST_P(Boards, What_a_figure_is_made_of_adds_up_to_the_figure) {
  const Figures figures(house().ledger.view());
  const Catalogue& catalogue = Catalogue::house();
  for (const std::string_view code : {"B01", "B04", "D02"})
    for (const int year : {2025, 2026})
      for (const Subject& subject : {Subject(small.dak_lak), Subject(small.ea_kar), Subject(small.thon_8), Subject(small.land.dak_lak), Subject(small.land.ea_ktur)}) {
        const Series series = catalogue.series(catalogue.index(code));
        const Question question = ask(subject, year, today).question;
        const auto made = store().read([&](db::Reader& reader) { return what_is_it_made_of(reader, house().ledger, series, question, [&](BodyId body) { return body != small.thon_2; }); });
        ASSERT_TRUE(made) << made.error().message;
        std::int64_t sum = 0;
        for (const Ingredient& one : made->rows) sum += one.amount;
        EXPECT_EQ(sum, made->total);
        EXPECT_EQ(made->total, figures.member(series, question)->value) << code << " " << year;
      }
  // a body outside the scope has a part in the sum and no name
  const std::string shown = page(province_officer, address(small.ea_kar, "/gom"));
  EXPECT_TRUE(shows(shown, "<p class=\"answer\">250 người</p>"));
}

TEST_P(Boards, The_workbook_reads_back_with_the_same_figures_and_working_sums) {
  for (const std::string_view rest : {"/bang.xlsx", "/bang.xlsx?ky=2025-H1&ngay=2025-06-30", "/bang.xlsx?bang=1&ct=B01,D02,B05"}) {
    const auto answer = get(province_officer, address(small.dak_lak, rest));
    ASSERT_EQ(answer.status(), http::Status::ok) << rest;
    const auto book = spreadsheet::read_workbook(spreadsheet::bytes_of(answer.body()));
    ASSERT_TRUE(book) << book.error().message;
    const auto& sheet = book->sheets.front();
    EXPECT_TRUE(shows(std::string(sheet.at(1, 1).text), "Số liệu 6 tháng đầu năm"));
    const auto total = sheet.at(sheet.last_row(), 2);
    EXPECT_TRUE(total.is_formula()) << rest;
    EXPECT_EQ(total.number, rest.find("2025") == std::string_view::npos ? 504 : 470) << rest;
  }
}

}  // namespace
}  // namespace khuyenhoc
