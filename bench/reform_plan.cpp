// The acts of the reform, read from who followed whom in the territory; and the mergers of one province's villages.
#include <map>
#include <set>

#include <fmt/format.h>

#include "bench/reform_world.h"

namespace khuyenhoc::bench {
namespace {

class Plan {
 public:
  Plan(const Territory& land, const Organisation& bodies) : land_(land), bodies_(bodies) {
    for (Node node = 0; node < bodies.size(); ++node) {
      const BodyId id = bodies.id(node);
      if (bodies.kind(id).level < BodyKind::Level::branch) of_unit_[bodies.body(id).on(eve_of_reform()).area] = id;
    }
  }

  std::vector<BodyAct> acts() {
    for (const UnitId unit : land_.units(UnitLevel::province, reform_day())) province(unit);
    for (const UnitId unit : land_.units(UnitLevel::commune, reform_day())) commune(unit);
    for (const UnitId unit : land_.units(UnitLevel::commune, eve_of_reform())) divide(unit);
    return std::move(acts_);
  }

 private:
  BodyId old_body(UnitId unit) const {
    const auto at = of_unit_.find(unit);
    return at == of_unit_.end() ? BodyId{} : at->second;
  }
  std::vector<UnitId> came_from(UnitId unit) const {
    auto out = land_.predecessors(unit);
    if (land_.unit(unit).alive(eve_of_reform())) out.push_back(unit);
    return out;
  }
  void open_or_go_on(BodyAct& act, UnitId unit, std::string_view kind, BodyId superior) {
    if (const BodyId goes_on = land_.unit(unit).alive(eve_of_reform()) ? old_body(unit) : BodyId{}) {
      now_[unit] = goes_on;
      act.successors.push_back(goes_on);
      return;
    }
    const auto& version = land_.unit(unit).on(reform_day());
    NewBody opened;
    opened.kind = std::string(kind);
    opened.name = "Hội Khuyến học " + version.running_name();
    opened.short_name = version.full_name();
    opened.superior = superior;
    opened.area = unit;
    act.opened.push_back(std::move(opened));
    now_[unit] = planned(opened_++);
  }
  void keep(BodyAct act) {
    act.kind = act.bodies.empty() ? BodyAct::Kind::open : BodyAct::Kind::merge;
    if (!act.bodies.empty() || !act.opened.empty()) acts_.push_back(std::move(act));
  }

  void province(UnitId unit) {
    BodyAct act;
    for (const UnitId old : came_from(unit)) {
      if (old != unit) act.bodies.push_back(old_body(old));
      // five islands were districts without communes and are one commune now
      for (const UnitId district : land_.children(old, eve_of_reform()))
        if (land_.successors(district).empty()) act.bodies.push_back(old_body(district));
    }
    open_or_go_on(act, unit, "tinh_hoi", bodies_.head(hkh, eve_of_reform()));
    keep(std::move(act));
  }
  void commune(UnitId unit) {
    BodyAct act;
    bool any = false;
    for (const UnitId old : came_from(unit)) {
      const BodyId body = old_body(old);
      any = any || body;
      if (body && old != unit && land_.successors(old).size() == 1) act.bodies.push_back(body);
    }
    if (!any) return;
    open_or_go_on(act, unit, "hoi_co_so", now_.at(land_.ancestor(unit, UnitLevel::province, reform_day())));
    keep(std::move(act));
  }
  void divide(UnitId unit) {
    const BodyId body = old_body(unit);
    const auto into = land_.successors(unit);
    if (!body || into.size() < 2) return;
    BodyAct act;
    act.kind = BodyAct::Kind::split;
    act.bodies.push_back(body);
    for (const UnitId one : into) act.successors.push_back(now_.at(one));
    std::size_t n = 0;
    for (const BodyId branch : bodies_.directly_below(body, eve_of_reform())) act.branches.emplace_back(branch, act.successors[n++ % act.successors.size()]);
    acts_.push_back(std::move(act));
  }

  const Territory& land_;
  const Organisation& bodies_;
  std::map<UnitId, BodyId> of_unit_, now_;
  std::vector<BodyAct> acts_;
  std::size_t opened_ = 0;
};

}  // namespace

BodyRestructure ReformWorld::reform() const {
  const auto now = bodies->current();
  return {reform_day(), "Sắp xếp tổ chức Hội Khuyến học cả nước theo đơn vị hành chính mới", {"250/QĐ-KHVN", reform_day() - 4, "Trung ương Hội Khuyến học Việt Nam"},
          Plan(now->territory(), *now).acts()};
}

BodyRestructure ReformWorld::villages() const {
  const Day day = Day::of(2026, 1, 1);
  constexpr std::size_t mergers = 800;
  const auto now = bodies->current();
  const auto in_pairs = [&](BodyId province) {
    std::vector<std::pair<BodyId, BodyId>> out;
    for (const BodyId commune : now->directly_below(province, day)) {
      const auto branches = now->directly_below(commune, day);
      for (std::size_t i = 0; i + 1 < branches.size(); i += 2) out.emplace_back(branches[i], branches[i + 1]);
    }
    return out;
  };
  std::vector<std::pair<BodyId, BodyId>> pairs;
  for (const BodyId province : now->directly_below(now->head(hkh, day), day))
    if (auto here = in_pairs(province); here.size() > pairs.size()) pairs = std::move(here);
  BodyRestructure out{day, "Sáp nhập thôn, tổ dân phố", {"12/QĐ-HKH", day - 9, "Hội Khuyến học tỉnh"}, {}};
  // spread over all communes of the province
  for (std::size_t i = 0; i < mergers && i < pairs.size(); ++i) {
    const auto& [one, other] = pairs[pairs.size() <= mergers ? i : i * pairs.size() / mergers];
    const auto& old = now->body(one).on(day);
    BodyAct act;
    act.kind = BodyAct::Kind::merge;
    act.bodies = {one, other};
    NewBody opened;
    opened.kind = now->body(one).kind;
    opened.name = fmt::format("Chi hội Thôn Mới {}", i + 1);
    opened.short_name = fmt::format("Thôn Mới {}", i + 1);
    opened.superior = old.superior;
    opened.area = old.area;
    act.opened.push_back(std::move(opened));
    out.acts.push_back(std::move(act));
  }
  return out;
}

}  // namespace khuyenhoc::bench
