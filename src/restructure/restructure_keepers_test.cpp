#include <gmock/gmock.h>

#include "committees/committees.h"
#include "importing/importing_fixture.h"
#include "measures/closing.h"
#include "measures/targets.h"
#include "ratings/ratings.h"
#include "restructure/desk.h"
#include "shell/house_fixture.h"

namespace khuyenhoc {
namespace {

using testing::AllOf;
using testing::HasSubstr;

Day day_of_change() { return Day::of(2026, 5, 1); }

// Of each kind of thing that other rooms keep about a body: it is counted before the body ends, and stands in the way of taking back a body that was opened.
class RestructureKeepers : public OnSmallHouse {
 protected:
  void add_pages(Pages&) override {}
  void SetUp() override {
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    officer = person("Bà", "H’Ngoan Niê", small.dak_lak, "pho_chu_tich_thuong_truc");
  }
  // Anew for each step, as each request has its own: what other rooms keep is counted once in its life.
  std::unique_ptr<Restructures> rules() { return restructures_of(house()); }
  Viewer viewer() { return *house().sessions.viewer(officer.token); }
  RestructureBy by() { return {officer.user, now_ms, {}}; }

  static BodyRestructure merger(std::vector<BodyId> ended, NewBody opened) {
    BodyAct act;
    act.kind = BodyAct::Kind::merge;
    act.bodies = std::move(ended);
    act.opened = {std::move(opened)};
    return {day_of_change(), "Hợp nhất", {"15/QĐ-HKH", Day::of(2026, 4, 20), "Hội Khuyến học tỉnh Đắk Lắk"}, {std::move(act)}};
  }
  static NewBody association(std::string kind, std::string name, BodyId superior, UnitId area) {
    NewBody out;
    out.kind = std::move(kind);
    out.name = std::move(name);
    out.superior = superior;
    out.area = area;
    return out;
  }
  // Ea Kar and Ea Ô become one.
  BodyRestructure of_communes() const { return merger({small.ea_kar, small.ea_o}, association("hoi_co_so", "Hội Khuyến học xã Ea Kar mới", small.dak_lak, small.land.ea_kar)); }
  // Two branches of one commune.
  BodyRestructure of_branches() const { return merger({small.thon_8, small.thon_2}, association("chi_hoi_thon_tdp", "Chi hội Thôn Hòa Bình", small.ea_kar, small.land.ea_kar)); }
  BodyId opened(BodyRestructureId id) {
    for (const auto& line : store().read([&](db::Reader& reader) { return rules()->fates(reader, id); }))
      if (line.fate == BodyFate::opened) return line.body;
    return {};
  }

  using Keep = std::function<void(BodyId, Day)>;
  void counted_and_in_the_way(const BodyRestructure& wanted, BodyId ends, const std::string& noun, const Keep& keep, const Keep& give_up = {}) {
    keep(ends, Day::of(2025, 9, 1));
    const auto preview = rules()->preview(wanted, by());
    ASSERT_TRUE(preview) << preview.error().message;
    std::int64_t counted = 0;
    for (const auto& one : preview->dependents)
      if (one.body == ends && one.noun == noun) counted += one.count;
    EXPECT_EQ(counted, 1) << noun;
    for (const auto& one : preview->dependents) EXPECT_EQ(one.body, ends) << one.name << ": " << one.noun;

    const auto done = rules()->apply(wanted, by());
    ASSERT_TRUE(done) << done.error().message;
    const BodyId fresh = opened(*done);
    keep(fresh, Day::of(2026, 5, 2));
    const auto refused = rules()->undo(*done, by());
    ASSERT_FALSE(refused) << noun;
    EXPECT_EQ(refused.error().code, "restructure.depends");
    EXPECT_THAT(refused.error().message, AllOf(HasSubstr("Không khôi phục được vì “" + wanted.acts.front().opened.front().name + "”"), HasSubstr("đã có 1 " + noun)));
    EXPECT_TRUE(house().organisation.current()->body(fresh).alive(today()));
    if (!give_up) return;
    give_up(fresh, Day::of(2026, 5, 2));
    const auto undone = rules()->undo(*done, by());
    EXPECT_TRUE(undone) << noun << ": " << undone.error().message;
  }

  Person officer;
};
ON_BOTH_STORES(RestructureKeepers);

TEST_P(RestructureKeepers, Terms_of_committees) {
  counted_and_in_the_way(of_communes(), small.ea_o, "nhiệm kỳ của ban chấp hành, ban thường vụ, thường trực, ban kiểm tra", [&](BodyId body, Day from) {
    CommitteeTerm term;
    term.body = body;
    term.name = "nhiệm kỳ 2025 - 2030";
    term.from = from;
    term.planned_until = from + 1'800;
    term.decision = {"3/QĐ-HKH", from, "Hội Khuyến học tỉnh Đắk Lắk"};
    const auto kept = open_term(house(), viewer(), term);
    ASSERT_TRUE(kept) << kept.error().message;
  });
}

TEST_P(RestructureKeepers, Ratings_of_branches) {
  counted_and_in_the_way(
      of_branches(), small.thon_8, "lần xếp loại từ năm sắp xếp",
      [&](BodyId body, Day from) {
        const auto kept = rate(house(), viewer(), small.ea_kar, 2026, {{body, Grade::good, 0}}, {"4/QĐ-HKH", from, "Hội Khuyến học xã Ea Kar"});
        ASSERT_TRUE(kept) << kept.error().message;
      },
      [&](BodyId body, Day) {
        const auto back = rate(house(), viewer(), small.ea_kar, 2026, {{body, std::nullopt, 1}}, {});
        ASSERT_TRUE(back) << back.error().message;
      });
}

TEST_P(RestructureKeepers, Targets_of_the_year) {
  const MeasureIndex members = Catalogue::house().index("B01");
  counted_and_in_the_way(
      of_communes(), small.ea_o, "chỉ tiêu được giao từ năm sắp xếp",
      [&](BodyId body, Day) { store().write([&](db::Writer& writer) { set_target(writer, Catalogue::house(), {body, members, 2026, 200}); }); },
      [&](BodyId body, Day) { store().write([&](db::Writer& writer) { withdraw_target(writer, Catalogue::house(), body, members, 2026); }); });
}

TEST_P(RestructureKeepers, Closed_periods) {
  counted_and_in_the_way(of_communes(), small.ea_o, "kỳ số liệu đã chốt", [&](BodyId body, Day) {
    const std::array bodies{body};
    const auto kept = store().write([&](db::Writer& writer) { return close_period(writer, house().ledger, "bao_cao", half_year(2026), bodies, officer.user, now_ms); });
    ASSERT_TRUE(kept) << kept.error().message;
  });
}

TEST_P(RestructureKeepers, Imported_lists) {
  const ContactListKind kind;
  ImportId last;
  counted_and_in_the_way(
      of_communes(), small.ea_o, "tệp đã nhập",
      [&](BodyId body, Day) {
        const auto organisation = house().organisation.current();
        const auto branches = organisation->children(body, today());
        ASSERT_FALSE(branches.empty());
        const auto kept = import_directly(kind, house(), viewer(), body,
                                          {.file_name = "danh sách.xlsx", .content = workbook_of({{"Tên tổ chức", "Người đứng đầu"}, {organisation->body(branches.front()).on(today()).name, "Lê Thị Hoa"}})});
        ASSERT_TRUE(kept) << kept.error().message;
        ASSERT_EQ(kept->record.added + kept->record.changed, 1);
        last = kept->record.id;
      },
      [&](BodyId, Day) {
        const auto back = undo_import(kind, house(), viewer(), last);
        ASSERT_TRUE(back) << back.error().message;
      });
}

TEST_P(RestructureKeepers, Accounts) {
  counted_and_in_the_way(of_communes(), small.ea_o, "tài khoản được cấp riêng", [&](BodyId body, Day) { person("Ông", "Nguyễn Văn Bình", body, "thu_ky"); });
}

}  // namespace
}  // namespace khuyenhoc
