// For the tests of this folder: the small association in a store, with figures, ready to be restructured.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "measures/figures.h"
#include "organisation/organisation_fixture.h"
#include "platform/db/test_stores.h"
#include "restructure/restructure.h"

namespace khuyenhoc {

class RestructureWorld {
 public:
  explicit RestructureWorld(db::Store& the_store, SmallOrganisation before = small_organisation_before()) : small(std::move(before)), store(the_store) {
    bodies = std::make_unique<OrganisationStore>(store, small.land.territory);
    bodies->load();
    import_organisation(*bodies, *small.organisation);
    ledger = std::make_unique<Ledger>(store, Catalogue::house(), bodies->current());
    bodies->on_change([this](OrganisationView view) { ledger->organisation_changed(std::move(view)); });
    ledger->load();
    statements = std::make_unique<Statements>(*ledger);
    house = std::make_unique<Restructures>(*bodies, *ledger, *statements);
  }

  const Catalogue& catalogue() const { return Catalogue::house(); }
  Series members() const { return catalogue().series(catalogue().index("B01")); }
  Series new_members() const { return catalogue().series(catalogue().index("B02")); }
  Series fund() const { return catalogue().series(catalogue().index("D04")); }

  RestructureBy by() {
    return {UserId{7}, 1'780'000'000'000, [this](db::Writer&, const ChangeNote& note) { told.push_back(fmt::format("{} {}", note.noun, note.action)); }};
  }
  void record(BodyId body, Series series, Day day, std::int64_t amount) {
    store.write([&](db::Writer& writer) {
      Fact fact;
      fact.body = body;
      fact.day = day;
      fact.series = series;
      fact.amount = amount;
      fact.source = {"test", 1};
      ledger->post(writer, fact);
    });
  }
  Result<StatementOutcome> state(BodyId body, Series series, Period period, std::int64_t value, Arrival arrival = Arrival::within) {
    return store.write([&](db::Writer& writer) { return statements->state(writer, body, series, period, value, 0, arrival, UserId{7}, 1'780'000'000'000); });
  }

  // The figure of a body in the tree of a day: a level on the period's last day, or a flow of the period.
  std::int64_t figure(BodyId body, Series series, Period period, Day tree) {
    const auto got = Figures(ledger->view()).member(series, {body, period, tree});
    EXPECT_TRUE(got) << got.error().message;
    return got ? got->value : -1;
  }
  std::int64_t level(BodyId body, Series series, Day day, Day tree) { return figure(body, series, {day, day}, tree); }
  std::int64_t level_of_unit(UnitId unit, Series series, Day day, Day tree) {
    const auto got = Figures(ledger->view()).member(series, {unit, {day, day}, tree});
    EXPECT_TRUE(got) << got.error().message;
    return got ? got->value : -1;
  }
  // Own facts of a body, in no tree at all.
  std::int64_t own(BodyId body, Series series, Day day) {
    return store.read([&](db::Reader& reader) {
      std::int64_t sum = 0;
      for (const auto& level : own_levels(reader, *ledger, body, day))
        if (level.series == series) sum += level.amount;
      return sum;
    });
  }

  // Every level and flow of every body and unit in the trees of some days, as one list to compare. `question` tells what the number at a place was asked for.
  std::vector<std::int64_t> all_answers(const std::vector<Day>& days, std::size_t bodies_known, std::span<const Series> series,
                                        std::optional<std::size_t> place = std::nullopt, std::string* question = nullptr) {
    std::vector<std::int64_t> out;
    const auto asked = [&](AxisKind kind, Day tree, const std::string& whose, Series one, Day day) {
      if (place && out.size() / 2 == *place / 2)
        *question = fmt::format("{} of {} by {} in the tree of {}, {}", catalogue().label(one, Language::english), whose,
                                kind == AxisKind::superiors ? "superiors" : "areas", tree.iso(), day.iso());
    };
    const auto view = ledger->view();
    for (const auto kind : {AxisKind::superiors, AxisKind::areas})
      for (const auto tree : days) {
        const auto axis = view.cube->axis(kind, tree);
        const auto& layout = axis->layout();
        for (Node n = 0; n < bodies_known; ++n) {
          const Node node = kind == AxisKind::superiors ? n : view.organisation->area_nodes()[n];
          const auto range = node == no_node ? LabelRange{} : layout.subtree(node);
          for (const auto one : series)
            for (const auto day : days) {
              asked(kind, tree, view.organisation->body(view.organisation->id(n)).versions.front().name, one, day);
              out.push_back(view.cube->level(*axis, one, range, day));
              out.push_back(view.cube->flow(*axis, one, range, {days.front(), day}));
            }
        }
        for (Node unit = 0; kind == AxisKind::areas && unit < view.organisation->territory().size(); ++unit)
          for (const auto one : series)
            for (const auto day : days) {
              asked(kind, tree, view.organisation->territory().at(unit).versions.front().name, one, day);
              out.push_back(view.cube->level(*axis, one, layout.subtree(unit), day));
              out.push_back(view.cube->flow(*axis, one, layout.subtree(unit), {days.front(), day}));
            }
      }
    return out;
  }
  // The grand totals of each series on each day, in every tree: one row per tree, all rows must be equal.
  std::vector<std::vector<std::int64_t>> grand_totals(const std::vector<Day>& days, std::span<const Series> series) {
    std::vector<std::vector<std::int64_t>> out;
    const auto view = ledger->view();
    for (const auto kind : {AxisKind::superiors, AxisKind::areas})
      for (const auto tree : days) {
        const auto axis = view.cube->axis(kind, tree);
        auto& row = out.emplace_back();
        for (const auto one : series)
          for (const auto day : days) {
            row.push_back(view.cube->level(*axis, one, axis->layout().everything(), day));
            row.push_back(view.cube->flow(*axis, one, axis->layout().everything(), {days.front(), day}));
          }
      }
    return out;
  }

  static NewBody association(const char* name, const char* short_name, BodyId superior, UnitId area, const char* kind = "hoi_co_so") {
    NewBody given;
    given.kind = kind;
    given.name = fmt::format("Hội Khuyến học {}", name);
    given.short_name = short_name;
    given.superior = superior;
    given.area = area;
    return given;
  }
  static BodyRestructure decision(Day day, std::vector<BodyAct> acts) {
    return {day, "Sắp xếp tổ chức Hội theo đơn vị hành chính mới", {"15/QĐ-HKH", day - 10, "Hội Khuyến học tỉnh Đắk Lắk"}, std::move(acts)};
  }
  // Ea Kar and Cư Huê become Ea Kar, directly under the province.
  BodyAct merge_ea_kar() const {
    BodyAct act;
    act.kind = BodyAct::Kind::merge;
    act.bodies = {small.old_ea_kar, small.cu_hue};
    act.opened = {association("xã Ea Kar", "Xã Ea Kar", small.ea_kar_district, small.land.ea_kar)};
    return act;
  }
  // `opened_before`: how many bodies the same decision opens in earlier acts.
  BodyAct split_ea_bhok(std::size_t opened_before = 0) const {
    BodyAct act;
    act.kind = BodyAct::Kind::split;
    act.bodies = {small.ea_bhok};
    act.opened = {association("xã Ea Ktur", "Xã Ea Ktur", small.old_dak_lak, small.land.ea_ktur),
                  association("xã Dray Bhăng", "Xã Dray Bhăng", small.old_dak_lak, small.land.dray_bhang)};
    act.branches = {{small.thon_5, planned(opened_before)}};
    return act;
  }
  BodyId opened(BodyRestructureId id, std::size_t n) {
    std::vector<BodyId> out;
    for (const auto& line : store.read([&](db::Reader& reader) { return house->fates(reader, id); }))
      if (line.fate == BodyFate::opened) out.push_back(line.body);
    return out.at(n);
  }

  SmallOrganisation small;
  db::Store& store;
  std::unique_ptr<OrganisationStore> bodies;
  std::unique_ptr<Ledger> ledger;
  std::unique_ptr<Statements> statements;
  std::unique_ptr<Restructures> house;
  std::vector<std::string> told;
};

}  // namespace khuyenhoc
