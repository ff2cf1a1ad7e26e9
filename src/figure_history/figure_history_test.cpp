#include "figure_history/figure_history.h"

#include <random>

#include "forms/forms.h"
#include "shell/figure_history_link.h"
#include "signed_reports/signed_fixture.h"

namespace khuyenhoc {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class FigureHistories : public OnSmallRound {
 protected:
  AskedHistory asked(BodyId body, std::string_view code, const NamedPeriod& period = first_half()) { return {body, small->series(code), period.period, small->clock.today()}; }
  FigureHistory history(BodyId body, std::string_view code, HistoryFilter filter = {}, const NamedPeriod& period = first_half()) {
    auto found = read([&](db::Reader& reader) { return figure_history(reader, house(), asked(body, code, period), filter); });
    EXPECT_TRUE(found) << found.error().message;
    return found.value_or(FigureHistory{});
  }
  std::vector<std::string> effects(BodyId body, std::string_view code, const FigureChange& change) {
    const auto found = read([&](db::Reader& reader) { return figure_effects(reader, house(), asked(body, code), {change}); });
    std::vector<std::string> out;
    for (const FigureEffect& one : found.front())
      out.push_back(fmt::format("{} {}{}", house().organisation.current()->body(one.body).on(small->clock.today()).short_name, one.change,
                                one.before ? fmt::format(": {} -> {}", *one.before, *one.after) : std::string()));
    return out;
  }
  // With the forms as they are published, so that adjustments know what is asked.
  RoundId open_published(BodyId office, const NamedPeriod& period) {
    keep_house_forms(store(), house().catalogue, small->clock.now_ms());
    NewRound given;
    given.office = office;
    given.form = "bao_cao";
    given.period = period;
    given.form_versions = read([&](db::Reader& reader) { return pins_in_force(reader, house(), "bao_cao", office, period.period.last, PinBelow::yes).versions; });
    given.due = {.centre = {}, .province = period.period.last + 20, .commune = period.period.last + 10, .branch = period.period.last + 5};
    const auto done = write([&](db::Writer& writer) { return open_round(writer, house(), chairman(office), given); });
    EXPECT_TRUE(done) << done.error().message;
    return done ? done->id : RoundId{};
  }
  void type(BodyId body, const std::string& code, std::optional<std::int64_t> value, std::string_view way = "grid", UserId by = UserId{7}) {
    write([&](db::Writer& writer) {
      const auto known = small->statements->find(writer, body, small->series(code), first_half().period);
      say_way(writer, way);
      return small->statements->state(writer, body, small->series(code), first_half().period, value, known ? known->row_version : 0, Arrival::within, by, small->clock.now_ms());
    });
  }
};
ON_BOTH_STORES(FigureHistories);

TEST_P(FigureHistories, A_figure_tells_who_changed_it_from_what_and_what_that_did_above) {
  type(commune().thon_11, "B01", 100);
  type(commune().thon_8, "B01", 41, "link", UserId{-5});
  type(commune().thon_8, "B01", 43, "form", UserId{12});
  const FigureHistory own = history(commune().thon_8, "B01");
  EXPECT_EQ(own.figure, 43);
  ASSERT_EQ(own.changes.size(), 2u);
  EXPECT_EQ(own.changes[0].by, UserId{12});
  EXPECT_EQ(own.changes[0].way, FigureWay::form);
  EXPECT_EQ(own.changes[0].at_ms / 60'000, small->clock.now_ms() / 60'000);
  ASSERT_EQ(own.changes[0].stated.size(), 1u);
  EXPECT_EQ(own.changes[0].stated[0].before, 41);
  EXPECT_EQ(own.changes[0].stated[0].value, 43);
  EXPECT_EQ(own.changes[0].amount, 2);
  EXPECT_EQ(own.changes[0].after, 43);
  EXPECT_EQ(own.changes[1].way, FigureWay::link);
  EXPECT_EQ(own.changes[1].by, UserId{-5});
  EXPECT_EQ(own.changes[1].after, 41);
  EXPECT_THAT(effects(commune().thon_8, "B01", own.changes[0]), testing::ElementsAre("Thôn 8 2: 41 -> 43", "Xã Ea Kar 2: 141 -> 143", "Tỉnh Đắk Lắk 2: 141 -> 143", "Trung ương 2: 141 -> 143"));
}

TEST_P(FigureHistories, A_stated_total_stays_while_what_is_below_it_changes) {
  type(commune().ea_kar, "E01", 200);
  type(commune().thon_8, "E01", 40);
  const FigureHistory whole = history(commune().ea_kar, "E01");
  EXPECT_EQ(whole.figure, 200);
  ASSERT_EQ(whole.changes.size(), 3u) << "the branch, the remainder that shrank with it, the total";
  EXPECT_EQ(whole.changes[0].amount + whole.changes[1].amount, 0);
  EXPECT_EQ(whole.changes[2].amount, 200);
  const FigureHistory own = history(commune().thon_8, "E01");
  ASSERT_EQ(own.changes.size(), 1u);
  EXPECT_THAT(effects(commune().thon_8, "E01", own.changes[0]), testing::Contains("Xã Ea Kar 0: 200 -> 200"));
}

TEST_P(FigureHistories, Blank_and_nought_are_told_apart_though_no_total_moves) {
  type(commune().thon_8, "E01", 0);
  type(commune().thon_8, "E01", std::nullopt);
  const FigureHistory own = history(commune().thon_8, "E01");
  ASSERT_EQ(own.changes.size(), 2u);
  EXPECT_EQ(own.changes[0].stated[0].before, 0);
  EXPECT_EQ(own.changes[0].stated[0].value, std::nullopt);
  EXPECT_EQ(own.changes[1].stated[0].before, std::nullopt);
  EXPECT_EQ(own.changes[1].stated[0].value, 0);
}

TEST_P(FigureHistories, What_came_after_closing_is_an_adjustment_with_its_reason) {
  small->state(commune().thon_8, "B01", first_half(), 120);
  const RoundId round = open_published(commune().province, first_half());
  ASSERT_TRUE(submit(round, commune().ea_kar));
  ASSERT_TRUE(sign(round, commune().ea_kar));
  ASSERT_TRUE(receive(round, commune().ea_kar));
  ASSERT_TRUE(close(round, commune().ea_kar));
  const auto adjusted = adjust(round, commune().ea_kar, commune().thon_8, "B01", 126);
  ASSERT_TRUE(adjusted) << adjusted.error().code << ": " << adjusted.error().message;
  const FigureHistory whole = history(commune().ea_kar, "B01");
  ASSERT_EQ(whole.changes.size(), 2u);
  EXPECT_EQ(whole.changes[0].way, FigureWay::adjustment);
  EXPECT_EQ(whole.changes[0].phase, FigurePhase::after_closing);
  EXPECT_NE(whole.changes[0].record, 0);
  EXPECT_EQ(whole.changes[0].after, 126);
  EXPECT_EQ(whole.changes[1].phase, FigurePhase::before_sending);
  HistoryFilter after;
  after.phase = FigurePhase::after_closing;
  EXPECT_EQ(history(commune().province, "B01", after).changes.size(), 1u);
  EXPECT_EQ(history(commune().province, "B01", after).by_phase[FigurePhase::before_sending], 1u) << "the filter says how many there are of the others";
}

// Whatever is entered in whatever order, by whoever, the changes told of a figure add up to it, and page by page and filter by filter none is lost or told twice.
TEST_P(FigureHistories, The_changes_told_of_a_figure_add_up_to_it) {
  std::mt19937 random(4);
  const auto any = [&](std::size_t count) { return static_cast<std::size_t>(random() % count); };
  const std::vector<BodyId> bodies{commune().thon_8, commune().thon_11, commune().nguyen_du, commune().thon_5, commune().ea_kar, commune().ea_o, commune().province};
  const std::vector<std::string> codes{"B01", "E01", "D02"};
  const std::vector<std::string_view> ways{"grid", "form", "link", "workbook", "zeros"};
  const std::vector<NamedPeriod> periods{first_half(), first_half(2025), *Periods::house().named("bao_cao", "Y", 2026), *Periods::house().named("nam_hoc", "Y", 2025)};
  for (int step = 0; step < 70; ++step) {
    const NamedPeriod& period = periods[any(periods.size())];
    const BodyId body = bodies[any(bodies.size())];
    const std::string& code = codes[any(codes.size())];
    (void)store().write([&](db::Writer& writer) {
      const auto known = small->statements->find(writer, body, small->series(code), period.period);
      say_way(writer, ways[any(ways.size())]);
      return small->statements->state(writer, body, small->series(code), period.period, any(6) == 0 ? std::nullopt : std::optional(static_cast<std::int64_t>(any(200))), known ? known->row_version : 0,
                                      any(2) == 0 ? Arrival::within : Arrival::beyond, UserId{static_cast<std::int64_t>(any(9)) + 1}, small->clock.now_ms());
    });
  }
  for (const BodyId body : bodies)
    for (const std::string& code : codes)
      for (const NamedPeriod& period : periods) {
        HistoryFilter all;
        all.limit = 100'000;
        const FigureHistory whole = history(body, code, all, period);
        std::int64_t sum = 0;
        for (const FigureChange& one : whole.changes) sum += one.amount;
        EXPECT_EQ(sum, whole.figure);
        const auto answer = Figures(small->ledger->view()).figure(small->index(code), {body, period.period, small->clock.today()});
        ASSERT_TRUE(answer);
        EXPECT_EQ(whole.figure, answer->value) << "the figure is the cube's";
        if (!whole.changes.empty()) {
          EXPECT_EQ(whole.changes.front().after, whole.figure);
          std::int64_t first_act = 0;
          for (const FigureChange& one : whole.changes)
            if (one.act == whole.changes.back().act) first_act += one.amount;
          EXPECT_EQ(whole.changes.back().after, first_act) << "before the first there was nothing";
        }
        std::size_t paged = 0, by_way = 0;
        for (std::size_t from = 0; from < whole.all; from += 3) {
          HistoryFilter page;
          page.from = from;
          page.limit = 3;
          for (const FigureChange& one : history(body, code, page, period).changes) {
            EXPECT_EQ(one.position, whole.changes[paged].position);
            EXPECT_EQ(one.body, whole.changes[paged].body);
            ++paged;
          }
        }
        EXPECT_EQ(paged, whole.all);
        for (const auto& [way, count] : whole.by_way) {
          HistoryFilter only = all;
          only.way = way;
          EXPECT_EQ(history(body, code, only, period).all, count);
          by_way += count;
        }
        EXPECT_EQ(by_way, whole.all);
      }
}

// ---- the page

class FigureHistoryPages : public FigureHistories {
 protected:
  void SetUp() override {
    FigureHistories::SetUp();
    if (IsSkipped()) return;
    router = std::make_unique<http::Router>();
    Pages pages(*router, house());
    add_figure_history_pages(pages);
  }
  void TearDown() override {
    router.reset();
    FigureHistories::TearDown();
  }
  http::Response get(const SmallHouse::Person& who, const std::string& target) {
    http::Request request = http::Request::get(target);
    request.with_header("Cookie", fmt::format("{}={}", session_cookie, who.token));
    return router->handle(std::move(request));
  }
  // Sees the figures of the province, and no names.
  SmallHouse::Person onlooker() {
    NewUser given;
    given.telephone = "0912000009";
    given.salutation = "Ông";
    given.name = "Lê Văn Hòa";
    given.units = {{commune().province, "Ủy viên"}};
    given.grants = {{Permission::see_figures, Grant::Reach::subtree, {commune().province}}};
    given.from = Day::of(2025, 7, 1);
    const auto hash = small->users->hash("Khuyen-hoc-2026");
    const auto added = store().write([&](db::Writer& writer) { return small->users->add(writer, given, *hash); });
    const auto signed_in = small->sessions->sign_in(given.telephone, "Khuyen-hoc-2026", "127.0.0.1");
    return {*added, signed_in->token, *small->sessions->viewer(signed_in->token)};
  }
  std::unique_ptr<http::Router> router;
};
ON_BOTH_STORES(FigureHistoryPages);

TEST_P(FigureHistoryPages, The_page_says_who_when_from_what_and_what_it_did_and_names_only_to_whom_they_belong) {
  const auto liên = small->sign_in("0912000001", "Bà", "Trần Kim Liên", commune().ea_kar, "Thư ký");
  small->save(liên.viewer, commune().ea_kar, {{commune().thon_8, "B01", 41, 0}});
  small->save(liên.viewer, commune().ea_kar, {{commune().thon_8, "B01", 43, 1}});
  const std::string own = figure_history_link(commune().thon_8, "B01", first_half().period).text(), whole = figure_history_link(commune().province, "B01", first_half().period).text();
  const auto page = get(liên, own);
  ASSERT_EQ(page.status(), http::Status::ok);
  EXPECT_THAT(page.body(), AllOf(HasSubstr("Bà Trần Kim Liên"), HasSubstr("<del>41</del> → <ins>43</ins>"), HasSubstr("Ghi trên bảng số liệu"), HasSubstr("Hội Khuyến học xã Ea Kar ghi thay")));
  EXPECT_THAT(page.body(), HasSubstr("Hội Khuyến học xã Ea Kar: 41 → 43"));
  EXPECT_THAT(page.body(), HasSubstr("Hội Khuyến học tỉnh Đắk Lắk, Hội Khuyến học Việt Nam: tăng 2.")) << "of a unit above that may not be looked at only the difference";
  EXPECT_EQ(get(liên, whole).status(), http::Status::not_found);
  const auto seen = get(onlooker(), whole);
  ASSERT_EQ(seen.status(), http::Status::ok);
  EXPECT_THAT(seen.body(), AllOf(HasSubstr("Người của Hội Khuyến học xã Ea Kar"), HasSubstr("Chi hội Thôn 8"), HasSubstr("41 → 43"), HasSubstr("Tên người ghi chỉ hiện"), Not(HasSubstr("Trần Kim Liên"))));
}

TEST_P(FigureHistoryPages, A_wrong_address_is_told_and_a_figure_that_is_worked_out_leads_to_its_parts) {
  const auto liên = small->sign_in("0912000001", "Bà", "Trần Kim Liên", commune().ea_kar, "Thư ký");
  EXPECT_EQ(get(liên, "/lich-su-so-lieu").status(), http::Status::not_found);
  const std::string body = fmt::format("/lich-su-so-lieu?don-vi={}", commune().ea_kar.value);
  EXPECT_EQ(get(liên, body).status(), http::Status::unprocessable);
  EXPECT_EQ(get(liên, body + "&chi-tieu=ZZ").status(), http::Status::unprocessable);
  EXPECT_EQ(get(liên, body + "&chi-tieu=B01&tu=2026-13-01&den=x").status(), http::Status::unprocessable);
  EXPECT_EQ(get(liên, body + "&chi-tieu=B01&muc=khong/co").status(), http::Status::unprocessable);
  EXPECT_THAT(get(liên, body + "&chi-tieu=B01&trang=99&nguon=la&khi=la&trong=abc").body(), HasSubstr("Chưa có lần ghi nào"));
  std::string ratio;
  for (const Measure& one : Catalogue::house().measures())
    if (one.kind == MeasureKind::ratio && ratio.empty()) ratio = one.code;
  EXPECT_THAT(get(liên, body + "&chi-tieu=" + ratio).body(), HasSubstr("Tính từ"));
}

}  // namespace
}  // namespace khuyenhoc
