#include "restructure/following_territory.h"

#include <map>

#include "organisation/in_charge.h"
#include "organisation/systems.h"

namespace khuyenhoc {
namespace {

class Following {
 public:
  Following(const Organisation& bodies, Day day) : land_(bodies.territory()), bodies_(bodies), day_(day) {
    for (Node node = 0; node < bodies.size(); ++node) {
      const BodyId id = bodies.id(node);
      if (level_in_charge_of(bodies.kind(id)) && bodies.kind(id).system == hkh && bodies.body(id).alive(eve())) of_unit_[bodies.body(id).on(eve()).area] = id;
    }
  }

  std::vector<BodyAct> acts() {
    for (const UnitId unit : land_.units(UnitLevel::province, day_)) province(unit);
    for (const UnitId unit : land_.units(UnitLevel::commune, day_)) commune(unit);
    for (const UnitId unit : land_.units(UnitLevel::commune, eve())) divide(unit);
    return std::move(acts_);
  }

 private:
  Day eve() const { return day_ - 1; }
  BodyId old_body(UnitId unit) const {
    const auto at = of_unit_.find(unit);
    return at == of_unit_.end() ? BodyId{} : at->second;
  }
  std::vector<UnitId> came_from(UnitId unit) const {
    auto out = land_.predecessors(unit);
    if (land_.unit(unit).alive(eve())) out.push_back(unit);
    return out;
  }
  void open_or_go_on(BodyAct& act, UnitId unit, std::string_view kind, BodyId superior) {
    if (const BodyId goes_on = land_.unit(unit).alive(eve()) ? old_body(unit) : BodyId{}) {
      now_[unit] = goes_on;
      act.successors.push_back(goes_on);
      return;
    }
    const auto& version = land_.unit(unit).on(day_);
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
    const auto ends = [&](UnitId old) {
      if (const BodyId body = old_body(old)) act.bodies.push_back(body);
    };
    bool any = false;
    for (const UnitId old : came_from(unit)) {
      any = any || old_body(old);
      if (old != unit) ends(old);
      // islands that were districts without communes are one commune now
      for (const UnitId district : land_.children(old, eve()))
        if (!land_.unit(district).alive(day_) && land_.successors(district).empty()) ends(district);
    }
    if (!any) return;
    open_or_go_on(act, unit, "tinh_hoi", bodies_.head(hkh, eve()));
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
    const auto above = now_.find(land_.ancestor(unit, UnitLevel::province, day_));
    if (!any || above == now_.end()) return;
    open_or_go_on(act, unit, "hoi_co_so", above->second);
    keep(std::move(act));
  }
  void divide(UnitId unit) {
    const BodyId body = old_body(unit);
    const auto into = land_.successors(unit);
    if (!body || into.size() < 2) return;
    BodyAct act;
    act.kind = BodyAct::Kind::split;
    act.bodies.push_back(body);
    for (const UnitId one : into)
      if (const auto there = now_.find(one); there != now_.end()) act.successors.push_back(there->second);
    std::size_t n = 0;
    for (const BodyId branch : bodies_.directly_below(body, eve())) act.branches.emplace_back(branch, act.successors[n++ % act.successors.size()]);
    acts_.push_back(std::move(act));
  }

  const Territory& land_;
  const Organisation& bodies_;
  Day day_;
  std::map<UnitId, BodyId> of_unit_, now_;
  std::vector<BodyAct> acts_;
  std::size_t opened_ = 0;
};

}  // namespace

std::vector<BodyAct> acts_following_territory(const Organisation& organisation, Day day) { return Following(organisation, day).acts(); }

}  // namespace khuyenhoc
