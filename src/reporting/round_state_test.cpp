// Who has reported, held against the answer read from the statements one by one, whatever was saved, taken back, founded, moved or ended.
#include <gmock/gmock.h>

#include <random>

#include "base/text.h"
#include "measures/entered.h"
#include "organisation/systems.h"
#include "reporting/entry_state.h"
#include "reporting/reporting_fixture.h"

namespace khuyenhoc {
namespace {

class Rounds : public OnSmallHouse {
 protected:
  void SetUp() override {
    OnSmallHouse::SetUp();
    if (IsSkipped()) return;
    beside = std::make_unique<Ledger>(store(), Catalogue::house(), small->organisation.current());
    beside->load();
    small->organisation.on_change([this](OrganisationView organisation) {
      small->ledger->organisation_changed(organisation);
      beside->organisation_changed(std::move(organisation));
    });
    associations = {commune().ea_kar, commune().ea_o, commune().ea_ktur};
    bodies = {commune().thon_8, commune().thon_11, commune().tung_kraih, commune().nguyen_dinh, commune().to_dan_pho_1, commune().nguyen_du, commune().uy_ban, commune().thon_5};
    bodies.insert(bodies.end(), associations.begin(), associations.end());
  }
  void TearDown() override {
    beside.reset();
    OnSmallHouse::TearDown();
  }

  House& house() { return *small->house; }
  Day today() const { return small_commune_today(); }
  template <class Change>
  bool change_bodies(Change change) {
    return house().store.write([&](db::Writer& writer) -> Result<void> {
      OrganisationChanges changes(small->organisation, writer, [](db::Writer&, const ChangeNote&) {}, small->clock.now_ms());
      return change(changes);
    }).has_value();
  }

  bool stated_something(BodyId body, const NamedPeriod& period) {
    const BodyId asked[] = {body};
    return house().store.read([&](db::Reader& reader) { return !small->statements->of_bodies(reader, asked, period.period).empty(); });
  }
  EntryMode mode_of(BodyId body, const NamedPeriod& period) {
    return house().store.read([&](db::Reader& reader) { return entry_mode(reader, body, period.period); });
  }
  std::vector<BodyId> branches_of(BodyId association, const NamedPeriod& period) {
    auto out = reporting_branches(*small->organisation.current(), association, entry_day(period, today()));
    std::ranges::stable_sort(out, {}, [&](BodyId body) { return sort_key(small->organisation.current()->body(body).on(entry_day(period, today())).short_name); });
    return out;
  }

  void expect_the_truth(const NamedPeriod& period) {
    const OrganisationView organisation = small->organisation.current();
    const RoundState round = round_state(house(), commune().province, period, today());
    std::size_t seen = 0;
    for (const BodyId association : organisation->below(commune().province, entry_day(period, today()))) {
      if (organisation->kind(association).level != BodyKind::Level::commune) continue;
      ++seen;
      const auto one = std::ranges::find(round.associations, association, &AssociationState::body);
      ASSERT_NE(one, round.associations.end());
      std::vector<BodyId> silent;
      const auto branches = branches_of(association, period);
      for (const BodyId branch : branches)
        if (!stated_something(branch, period)) silent.push_back(branch);
      const bool own = stated_something(association, period), whole = branches.empty() || mode_of(association, period) == EntryMode::stated_whole;
      EXPECT_EQ(one->rows, branches.size());
      EXPECT_EQ(one->reported, branches.size() - silent.size());
      EXPECT_EQ(one->stated_whole, whole);
      const bool done = whole ? own : silent.empty(), begun = whole ? own : own || silent.size() < branches.size();
      EXPECT_EQ(one->state, done ? EntryState::done : begun ? EntryState::entering : EntryState::not_started);
      EXPECT_EQ(silent_branches(house(), association, period, today()), mode_of(association, period) == EntryMode::stated_whole ? std::vector<BodyId>() : silent);
    }
    EXPECT_EQ(round.associations.size(), seen);
    EXPECT_EQ(round.communes.asked + round.offices.asked, seen);
    EXPECT_EQ(round.communes.with_figures + round.offices.with_figures, round.with_figures());
  }

  // Another process on PostgreSQL follows; on SQLite, where no other can write, it is one that starts now.
  void expect_the_same_beside(const NamedPeriod& period) {
    if (house().store.dialect() == db::Dialect::postgres) beside->follow();
    else beside->load();
    const auto here = small->ledger->view().entered->round(period.period), there = beside->view().entered->round(period.period);
    for (Node node = 0; node < small->organisation.current()->size(); ++node) {
      EXPECT_EQ(here.has_stated(node), there.has_stated(node)) << node;
      EXPECT_EQ(here.mode(node), there.mode(node)) << node;
    }
  }

  std::unique_ptr<Ledger> beside;
  std::vector<BodyId> associations, bodies;
};
ON_BOTH_STORES(Rounds);

TEST_P(Rounds, Know_who_has_reported_whatever_was_saved_taken_back_founded_moved_or_ended) {
  const std::vector<NamedPeriod> periods{first_half(), *Periods::house().named("bao_cao", "H2", 2025), *Periods::house().named("bao_cao", "Y", 2025)};
  std::mt19937 chance(20261122);
  const auto any = [&](const auto& list) -> const auto& { return list[chance() % list.size()]; };
  constexpr int steps = 120, steps_between_looks = 6;
  for (int step = 0; step < steps; ++step) {
    const NamedPeriod period = any(periods);
    switch (chance() % 10) {
      case 0:
        change_bodies([&](OrganisationChanges& changes) -> Result<void> {
          NewBody given;
          given.kind = "chi_hoi_thon_tdp";
          given.name = fmt::format("Chi hội Thôn mới {}", step);
          given.short_name = fmt::format("Thôn mới {}", step);
          given.superior = any(associations);
          given.area = commune().land.ea_kar;
          given.born = Day::of(2025, 8, 1);
          const auto founded = changes.found(given);
          if (founded) bodies.push_back(*founded);
          return founded ? Result<void>{} : std::unexpected(founded.error());
        });
        break;
      case 1: change_bodies([&](OrganisationChanges& changes) { return changes.move(any(bodies), Day::of(2026, 2, 1), any(associations), commune().land.ea_kar); }); break;
      case 2: change_bodies([&](OrganisationChanges& changes) { return changes.end(any(bodies), Day::of(2026, 3, 1)); }); break;
      case 3:
        (void)house().store.write([&](db::Writer& writer) {
          return set_entry_mode(writer, *small->statements, any(associations), period.period, chance() % 2 == 0 ? EntryMode::stated_whole : EntryMode::from_branches, UserId{7}, 1'780'000'000'000);
        });
        break;
      default: {
        const BodyId body = any(bodies);
        const Series series = small->series(any(std::vector<std::string>{"B01", "B02", "D02"}));
        const auto value = chance() % 2 == 0 ? std::nullopt : std::optional<std::int64_t>(chance() % 3);
        (void)house().store.write([&](db::Writer& writer) {
          const auto known = small->statements->find(writer, body, series, period.period);
          return small->statements->state(writer, body, series, period.period, value, known ? known->row_version : 0, Arrival::within, UserId{7}, 1'780'000'000'000);
        });
      }
    }
    if (step % steps_between_looks != 0) continue;
    SCOPED_TRACE(step);
    for (const NamedPeriod& one : periods) {
      expect_the_truth(one);
      expect_the_same_beside(one);
    }
    if (HasFailure()) return;
  }
}

TEST_P(Rounds, Count_nobody_whose_transaction_was_taken_back) {
  (void)house().store.write([&](db::Writer& writer) -> Result<void> {
    (void)small->statements->state(writer, commune().thon_8, small->series("B01"), first_half().period, 120, 0, Arrival::within, UserId{7}, 1'780'000'000'000);
    return refuse("test", "");
  });
  EXPECT_EQ(round_state(house(), commune().province, first_half(), today()).with_figures(), 0u);
  expect_the_same_beside(first_half());
}

TEST_P(Rounds, Tell_offices_and_universities_apart_from_communes) {
  ASSERT_TRUE(change_bodies([&](OrganisationChanges& changes) -> Result<void> {
    NewBody given;
    given.kind = "hoi_co_so_don_vi";
    given.name = "Hội Khuyến học Trường Đại học Tây Nguyên";
    given.short_name = "Trường Đại học Tây Nguyên";
    given.superior = commune().province;
    given.area = commune().land.ea_kar;
    given.born = Day::of(2025, 8, 1);
    const auto founded = changes.found(given);
    return founded ? Result<void>{} : std::unexpected(founded.error());
  }));
  small->state(commune().thon_5, "B01", first_half(), 50);
  EXPECT_EQ(round_state(house(), commune().province, first_half(), today()).sentence(), "1/3 xã, phường và 0/1 cơ quan, trường đại học đã có số liệu");
}

}  // namespace
}  // namespace khuyenhoc
