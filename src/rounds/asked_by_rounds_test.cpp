// What rounds tell the rooms of entering figures: which form is asked with which pins, locks of one form, who brought a report where it is.
#include <gmock/gmock.h>

#include "forms/forms.h"
#include "reporting/asked_forms.h"
#include "reporting/own_form.h"
#include "reporting/reporting_fixture.h"
#include "rounds/duties.h"
#include "rounds/reporting_round.h"

namespace khuyenhoc {
namespace {

using testing::HasSubstr;
using testing::Not;

class AskedByRounds : public db::OnBothStores {
 protected:
  void SetUp() override {
    db::OnBothStores::SetUp();
    if (IsSkipped()) return;
    small = std::make_unique<SmallHouse>(store());
    join_rounds(*small->house);
    keep_house_forms(store(), house().catalogue, small->clock.now_ms());
  }
  void TearDown() override {
    small.reset();
    db::OnBothStores::TearDown();
  }
  const SmallCommune& commune() const { return small->commune; }
  House& house() { return *small->house; }
  Viewer officer(BodyId body, std::string name = "Bà Trần Kim Liên") {
    ViewerData data;
    data.user = UserId{7};
    data.name = std::move(name);
    data.acting_for = body;
    data.units = {{body, "Thư ký"}};
    for (const Permission permission : {Permission::see_figures, Permission::enter_figures, Permission::receive, Permission::sign, Permission::keep_bodies}) data.grants.push_back({permission, Grant::Reach::subtree, {body}});
    data.today = small->clock.today();
    return Viewer(data, small->organisation.current());
  }
  // A request of the province about these days, and the round that asks it of everybody.
  NamedPeriod asked(Period days, ReportingRound& round) {
    const Viewer province = officer(commune().province);
    const auto draft = begin_request(house(), province, commune().province);
    EXPECT_TRUE(draft);
    FormVersion edited = store().read([&](db::Reader& reader) { return form_version(reader, house(), *draft).value(); });
    edited.name_vi = "Rà soát nước sạch trường học";
    edited.request_period = days;
    edited.request_due = Day::of(2026, 6, 20);
    edited.content.questions = {{"Số giếng nước", OwnQuestion::Kind::number, OwnQuestion::Moment::during, "giếng", "", {"thon", "xa"}}};
    const auto kept = keep_draft(house(), province, edited);
    EXPECT_TRUE(publish_draft(house(), province, *draft, kept.value_or(0), small->clock.today()));
    const NamedPeriod out = store().read([&](db::Reader& reader) { return request_window(reader, house(), edited.code).value(); });
    NewRound given;
    given.office = commune().province;
    given.form = edited.code;
    given.form_versions = {*draft};
    const auto named = Periods::house().find(days);                       // as the page of opening does
    given.period = named ? *named : NamedPeriod{"", "", days.last.year(), days};
    given.depth = RoundDepth::branches;
    given.due = {.centre = {}, .province = Day::of(2026, 6, 25), .commune = Day::of(2026, 6, 20), .branch = Day::of(2026, 6, 15)};
    auto opened = store().write([&](db::Writer& writer) { return open_round(writer, house(), province, given); });
    EXPECT_TRUE(opened) << opened.error().message;
    round = opened.value_or(ReportingRound{});
    return out;
  }
  Result<RoundReport> step(const Viewer& viewer, const ReportingRound& round, BodyId body, ReportStep one) {
    return store().write([&](db::Writer& writer) { return take_step(writer, house(), viewer, report_of(writer, round.id, body)->id, one, 0); });
  }
  std::unique_ptr<SmallHouse> small;
};
ON_BOTH_STORES(AskedByRounds);

TEST_P(AskedByRounds, A_request_stands_among_the_things_to_do_and_its_way_leads_to_its_form) {
  ReportingRound round;
  const NamedPeriod days = asked({Day::of(2026, 3, 1), Day::of(2026, 4, 30)}, round);
  EXPECT_EQ(store().read([&](db::Reader& reader) { return entry_period(reader, house(), round); }), days);
  const auto duties = round_duties(house(), officer(commune().thon_8));
  ASSERT_EQ(duties.size(), 1u);
  EXPECT_EQ(duties.front().address, fmt::format("/phieu/{}?ky={}", commune().thon_8.value, days.family));
  const auto form = branch_form(house(), commune().thon_8, days, small->clock.today());
  ASSERT_TRUE(form) << form.error().message;
  EXPECT_EQ(form->asked, 1u);
  const EntryDesk desk(house(), officer(commune().thon_8), commune().ea_kar, days);
  EXPECT_EQ(store().read([&](db::Reader& reader) { return desk.due(reader, commune().thon_8); }), Day::of(2026, 6, 15)) << "as its round says";
}

TEST_P(AskedByRounds, A_request_about_the_days_of_a_half_year_and_the_half_year_are_locked_and_sent_each_by_itself) {
  ReportingRound round;
  const NamedPeriod days = asked(first_half().period, round);
  NewRound usual;
  usual.office = commune().province;
  usual.form = "bao_cao";
  usual.form_versions = store().read([&](db::Reader& reader) { return pins_in_force(reader, house(), "bao_cao", commune().province, first_half().period.last, PinBelow::yes).versions; });
  usual.period = first_half();
  usual.depth = RoundDepth::branches;
  usual.due = {.centre = {}, .province = Day::of(2026, 6, 20), .commune = Day::of(2026, 6, 15), .branch = Day::of(2026, 6, 12)};
  const auto half = store().write([&](db::Writer& writer) { return open_round(writer, house(), officer(commune().province), usual); });
  ASSERT_TRUE(half) << half.error().message;
  const auto both = store().read([&](db::Reader& reader) { return house().asked_by_rounds(reader, commune().ea_kar, first_half().period); });
  ASSERT_EQ(both.size(), 2u);
  EXPECT_EQ(store().read([&](db::Reader& reader) { return round_that_asks(reader, house(), commune().ea_kar, days)->title; }), round.title);
  EXPECT_EQ(store().read([&](db::Reader& reader) { return round_that_asks(reader, house(), commune().ea_kar, first_half())->title; }), half->title);

  ASSERT_TRUE(step(officer(commune().ea_kar), *half, commune().ea_kar, ReportStep::submit));
  const Viewer secretary = officer(commune().ea_kar, "Bà Hoàng Thị Mai");
  const auto locked = small->save(secretary, commune().ea_kar, {{commune().thon_8, "B02", 1, 0}}).front();
  EXPECT_EQ(locked.code, "entry.locked");
  EXPECT_THAT(locked.message, HasSubstr("Người trình: Bà Trần Kim Liên."));
  EntryDesk through(house(), secretary, commune().ea_kar, first_half());
  through.written_through("qua đường dẫn");
  EXPECT_THAT(store().read([&](db::Reader& reader) { return through.may_write(reader, commune().thon_8); }).error().message, Not(HasSubstr("Trần Kim Liên"))) << "whoever comes through a link is told no names";
  const auto form = branch_form(house(), commune().thon_8, days, small->clock.today());
  ASSERT_TRUE(form) << form.error().message;
  EXPECT_EQ(small->save(secretary, commune().ea_kar, {{commune().thon_8, form->sections.front().fields.front().name, 2, 0}}, days).front().state, CellOutcome::State::saved);

  ASSERT_TRUE(store().write([&](db::Writer& writer) { return house().figures_confirmed(writer, officer(commune().thon_8), commune().thon_8, days.period, days.family); }));
  const auto state = [&](const ReportingRound& of) { return store().read([&](db::Reader& reader) { return report_of(reader, of.id, commune().thon_8)->state; }); };
  EXPECT_EQ(state(round), ReportState::sent);
  EXPECT_EQ(state(*half), ReportState::not_started);
}

}  // namespace
}  // namespace khuyenhoc
