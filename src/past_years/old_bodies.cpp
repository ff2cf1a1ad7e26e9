#include "past_years/old_bodies.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "access/viewer.h"
#include "base/i18n.h"
#include "past_years/carrying.h"
#include "restructure/restructure.h"

#include <boost/json.hpp>

namespace khuyenhoc {
namespace {

std::string_view kind_of(UnitLevel level) {
  switch (level) {
    case UnitLevel::province: return "tinh_hoi";
    case UnitLevel::district: return "huyen_hoi";
    case UnitLevel::commune: return "hoi_co_so";
    default: return {};
  }
}

// The associations of one unit through time, those taken back left out.
std::vector<const Body*> ever_of(const Organisation& organisation, UnitId unit) {
  std::vector<const Body*> out;
  const std::string_view kind = kind_of(organisation.territory().unit(unit).level);
  for (Node node = 0; node < organisation.size(); ++node) {
    const Body& body = organisation.body(organisation.id(node));
    if (body.voided || body.kind != kind) continue;
    if (std::ranges::any_of(body.versions, [&](const BodyVersion& version) { return version.area == unit; })) out.push_back(&body);
  }
  return out;
}

class Planning {
 public:
  Planning(House& house, BodyId office, Day from) : organisation_(house.organisation.current()), land_(organisation_->territory()), from_(from) {
    today_ = day_of_ms(house.clock.now_ms());
    const UnitId area = organisation_->body(office).on(today_).area;
    const UnitId province = land_.ancestor(area, UnitLevel::province, today_);
    if (province) province_now_ = association_of(*organisation_, province, today_);
    out_.from = from;
  }

  OldBodiesPlan plan(std::span<const UnitId> wanted) {
    for (const UnitId unit : wanted) want(unit);
    std::ranges::stable_sort(out_.bodies, {}, [&](const OldBody& one) { return land_.unit(one.unit).level; });
    for (OldBody& one : out_.bodies) follow(one);
    adopt();
    if (!province_now_) out_.problems.push_back(tr("Chưa có Hội Khuyến học cấp tỉnh hiện nay để các tổ chức cũ nối tiếp. Xin lập Hội cấp tỉnh trước."));
    return std::move(out_);
  }

 private:
  void want(UnitId unit) {
    if (!planned_.insert(unit).second) return;
    const auto& known = land_.unit(unit);
    const UnitId above = known.level == UnitLevel::province ? UnitId{} : land_.parent(unit, std::max(from_, known.born));
    if (above && land_.unit(above).level != UnitLevel::country) want(above);
    if (association_of(*organisation_, unit, from_)) return;
    OldBody one;
    one.unit = unit;
    one.kind = kind_of(known.level);
    const auto& version = known.on(from_);
    one.name = "Hội Khuyến học " + version.running_name();
    one.short_name = version.full_name();
    if (above && land_.unit(above).level != UnitLevel::country) one.above = above;
    out_.bodies.push_back(std::move(one));
  }

  // A body that covers the same unit later goes on; else those of the units that this one became.
  void follow(OldBody& one) {
    const auto& unit = land_.unit(one.unit);
    one.ended = unit.ended.value_or(reform_day());
    const Body* same = nullptr;
    for (const Body* body : ever_of(*organisation_, one.unit))
      if (body->born > from_ && (same == nullptr || body->born < same->born)) same = body;
    if (same != nullptr) {
      one.heirs = {same->id};
      one.ended = same->born;
    } else {
      std::set<BodyId> heirs;
      bool all = true;
      Day last = one.ended;
      for (const UnitId next : becomes(unit)) {
        const BodyId heir = association_of(*organisation_, next, today_);
        all = all && heir;
        if (!heir) continue;
        heirs.insert(heir);
        last = std::max(last, organisation_->body(heir).born);
      }
      if (all && !heirs.empty()) {
        one.heirs.assign(heirs.begin(), heirs.end());
        one.ended = last;
      }
    }
    if (one.heirs.empty()) one.follows = tr("số liệu chung chưa tách được, xếp dưới {}", province_now_ ? organisation_->body(province_now_).on(today_).name : tr("tỉnh"));
    for (const BodyId heir : one.heirs) one.follows += (one.follows.empty() ? "" : "; ") + organisation_->body(heir).on(today_).name;
  }

  // The units of today it is part of; of a district only a single commune that holds nothing of other districts.
  std::vector<UnitId> becomes(const Unit& unit) const {
    if (unit.level != UnitLevel::district) return alive_successors(unit.id);
    std::set<UnitId> into;
    for (const UnitId commune : land_.children(unit.id, from_))
      for (const UnitId next : alive_successors(commune)) into.insert(next);
    for (const UnitId next : alive_successors(unit.id)) into.insert(next);
    if (into.size() != 1) return {};
    for (const UnitId before : land_.predecessors(*into.begin()))
      if (before != unit.id && land_.parent(before, from_) != unit.id) return {};
    return {into.begin(), into.end()};
  }

  std::vector<UnitId> alive_successors(UnitId unit) const {
    std::vector<UnitId> out, open{unit};
    std::set<UnitId> seen{unit};
    while (!open.empty()) {
      const UnitId at = open.back();
      open.pop_back();
      if (land_.unit(at).alive(today_)) {
        out.push_back(at);
        continue;
      }
      for (const UnitId next : land_.successors(at))
        if (seen.insert(next).second) open.push_back(next);
    }
    return out;
  }

  // An association that worked through the reform hung under the old district, not under today's province.
  void adopt() {
    for (const UnitId unit : planned_) {
      const BodyId body = association_of(*organisation_, unit, from_);
      const auto& known = land_.unit(unit);
      if (!body || known.level == UnitLevel::province) continue;
      const UnitId above = land_.parent(unit, from_);
      const bool superior_is_new = std::ranges::any_of(out_.bodies, [&](const OldBody& one) { return one.unit == above; });
      if (superior_is_new && organisation_->body(body).alive(reform_day())) out_.adopted.push_back(body);
    }
  }

  OrganisationView organisation_;
  const Territory& land_;
  Day from_, today_;
  BodyId province_now_;
  std::set<UnitId> planned_;
  OldBodiesPlan out_;
};

class Building {
 public:
  Building(House& house, const Viewer& viewer, BodyId office, const OldBodiesPlan& plan, const OldBodiesBasis& basis)
      : house_(house), viewer_(viewer), office_(office), plan_(plan), basis_(basis), organisation_(house.organisation.current()) {}

  Result<std::int64_t> build(db::Writer& writer, Restructures& restructures) {
    ids_.clear();
    founding_ = {house_.store.new_id(), office_, plan_.from, viewer_.user(), house_.clock.now_ms(), {}, {}, {}};
    found(writer);
    if (auto done = adopt(writer); !done) return std::unexpected(done.error());
    const RestructureBy by{viewer_.user(), founding_.at_ms, sink_of(house_.trail, viewer_, [](const ChangeNote& note) { return std::string(note.reason); })};
    std::set<Day> days;
    for (const OldBody& one : plan_.bodies) days.insert(one.ended);
    for (const Day day : days) {
      const auto done = restructures.apply(writer, restructure(day), by);
      if (!done) return std::unexpected(done.error());
      founding_.restructures.push_back(*done);
    }
    past_years_sql::insert(writer, founding_);
    house_.trail.write(writer, viewer_, office_, "past_founding", founding_.id, "found", {},
                       boost::json::serialize(boost::json::object{{"summary", tr(Language::vietnamese, "Dựng {} tổ chức Hội của thời kỳ trước, từ {}", plan_.bodies.size(), plan_.from.text())},
                                                                  {"bodies", plan_.bodies.size()}}));
    return founding_.id;
  }

 private:
  void found(db::Writer& writer) {
    const BodyId centre = organisation_->head(hkh, today());
    std::vector<Body> bodies;
    for (const OldBody& one : plan_.bodies) {
      Body body;
      body.id = house_.store.new_id<BodyId>();
      body.uid = Uuid::make(founding_.at_ms);
      body.kind = one.kind;
      body.born = plan_.from;
      body.versions.push_back({plan_.from, one.name, one.short_name, one.above ? body_of(one.above) : centre, one.unit});
      ids_[one.unit] = body.id;
      founding_.bodies.push_back(body.id);
      bodies.push_back(std::move(body));
    }
    OrganisationChanges changes(house_.organisation, writer, {}, founding_.at_ms);
    changes.import_all(std::move(bodies), {});
  }

  Result<void> adopt(db::Writer& writer) {
    OrganisationChanges changes(house_.organisation, writer, sink_of(house_.trail, viewer_), founding_.at_ms, "Dựng tổ chức Hội của thời kỳ trước");
    const auto& land = organisation_->territory();
    for (const BodyId id : plan_.adopted) {
      const Body& body = organisation_->body(id);
      const BodyVersion now = body.on(reform_day());
      const Day first = std::max(plan_.from, body.born);
      founding_.moved.push_back({id, first, now.superior});
      if (auto moved = changes.move(id, first, body_of(land.parent(now.area, plan_.from)), now.area); !moved) return moved;
      if (auto moved = changes.move(id, reform_day(), now.superior, now.area); !moved) return moved;
    }
    return {};
  }

  BodyId body_of(UnitId unit) const {
    const auto at = ids_.find(unit);
    return at != ids_.end() ? at->second : association_of(*organisation_, unit, plan_.from);
  }
  Day today() const { return viewer_.today(); }

  BodyRestructure restructure(Day day) const {
    BodyRestructure out;
    out.day = day;
    out.title = tr(Language::vietnamese, "Các Hội Khuyến học theo đơn vị hành chính cũ kết thúc, các Hội hiện nay nối tiếp");
    out.basis = {basis_.number, basis_.date, basis_.issuer};
    move_waiting(out, day);
    std::map<std::vector<BodyId>, std::vector<BodyId>> merged;
    BodyAct dissolved;
    dissolved.kind = BodyAct::Kind::dissolve;
    for (const OldBody& one : plan_.bodies) {
      if (one.ended != day) continue;
      const BodyId id = ids_.at(one.unit);
      if (one.heirs.empty()) {
        dissolved.bodies.push_back(id);
      } else if (one.heirs.size() == 1) {
        merged[one.heirs].push_back(id);
      } else {
        BodyAct act;
        act.kind = BodyAct::Kind::split;
        act.bodies = {id};
        act.successors = one.heirs;
        out.acts.push_back(std::move(act));
      }
    }
    for (auto& [heirs, bodies] : merged) {
      BodyAct act;
      act.kind = BodyAct::Kind::merge;
      act.bodies = std::move(bodies);
      act.successors = heirs;
      out.acts.push_back(std::move(act));
    }
    if (!dissolved.bodies.empty()) out.acts.push_back(std::move(dissolved));
    return out;
  }

  // Communes whose own decision came later answered to the province from the day their district was gone.
  void move_waiting(BodyRestructure& out, Day day) const {
    for (const OldBody& above : plan_.bodies) {
      if (above.ended != day) continue;
      BodyAct act;
      act.kind = BodyAct::Kind::transfer;
      for (const OldBody& one : plan_.bodies)
        if (one.above == above.unit && one.ended > day) act.bodies.push_back(ids_.at(one.unit));
      if (act.bodies.empty()) continue;
      if (above.heirs.size() == 1 && above.kind == "tinh_hoi") act.superior = above.heirs.front();
      else act.superior = province_on(above, day);
      out.acts.push_back(std::move(act));
    }
  }

  BodyId province_on(const OldBody& district, Day day) const {
    const auto at = std::ranges::find(plan_.bodies, district.above, &OldBody::unit);
    if (at != plan_.bodies.end() && at->ended > day) return ids_.at(at->unit);
    if (at != plan_.bodies.end() && at->heirs.size() == 1) return at->heirs.front();
    return body_of(district.above);
  }

  House& house_;
  const Viewer& viewer_;
  BodyId office_;
  const OldBodiesPlan& plan_;
  const OldBodiesBasis& basis_;
  OrganisationView organisation_;
  std::map<UnitId, BodyId> ids_;
  past_years_sql::Founding founding_;
};

}  // namespace

BodyId association_of(const Organisation& organisation, UnitId unit, Day day) {
  const auto* known = organisation.territory().find(unit);
  if (known == nullptr) return {};
  const std::string_view kind = kind_of(known->level);
  for (const BodyId id : organisation.bodies_covering(unit, hkh, day))
    if (organisation.body(id).kind == kind) return id;
  return {};
}

OldBodiesPlan plan_old_bodies(House& house, BodyId office, std::span<const UnitId> wanted, Day from) { return Planning(house, office, from).plan(wanted); }

Result<std::int64_t> build_old_bodies(House& house, const Viewer& viewer, BodyId office, const OldBodiesPlan& plan, const OldBodiesBasis& basis) {
  if (!plan.problems.empty()) return refuse("old_bodies.problem", plan.problems.front());
  if (plan.bodies.empty()) return refuse("old_bodies.nothing", tr("Các tổ chức của thời kỳ trước đã có đủ, không phải dựng thêm."));
  Restructures restructures(house.organisation, house.ledger, house.statements);
  Building building(house, viewer, office, plan, basis);
  auto done = house.store.write([&](db::Writer& writer) { return building.build(writer, restructures); });
  if (!done) return done;
  if (auto settled = restructures.settle({viewer.user(), house.clock.now_ms(), {}}); !settled) return std::unexpected(settled.error());
  return done;
}

Result<void> undo_old_bodies(House& house, const Viewer& viewer, std::int64_t id) {
  Restructures restructures(house.organisation, house.ledger, house.statements);
  const std::int64_t now = house.clock.now_ms();
  const std::string reason = tr(Language::vietnamese, "Khôi phục như cũ: dựng tổ chức Hội của thời kỳ trước");
  const RestructureBy by{viewer.user(), now, sink_of(house.trail, viewer, [&](const ChangeNote&) { return reason; })};
  auto done = house.store.write([&](db::Writer& writer) -> Result<void> {
    const auto all = past_years_sql::foundings(writer);
    const auto at = std::ranges::find(all, id, &past_years_sql::Founding::id);
    if (at == all.end()) return refuse("old_bodies.unknown", tr("Không tìm thấy lần dựng tổ chức này, hoặc đã được khôi phục như cũ."));
    const auto organisation = house.organisation.current();
    for (const BodyId body : at->bodies)
      if (const auto annexes = past_years_sql::annexes_at(writer, body); !annexes.empty())
        return refuse("old_bodies.depends", tr("Không khôi phục được vì {} còn số liệu của báo cáo số {}. Xin khôi phục phụ lục ấy trước.", organisation->body(body).on(at->from).name,
                                               annexes.front()));
    take_back_carried(house, writer, *at, viewer.user(), now);
    for (auto one = at->restructures.rbegin(); one != at->restructures.rend(); ++one)
      if (auto undone = restructures.undo(writer, *one, by); !undone) return undone;
    OrganisationChanges changes(house.organisation, writer, sink_of(house.trail, viewer), now, reason);
    for (const auto& moved : at->moved)
      if (auto back = changes.move(moved.body, moved.from, moved.superior_before, organisation->body(moved.body).on(reform_day()).area); !back) return back;
    for (auto body = at->bodies.rbegin(); body != at->bodies.rend(); ++body)
      if (auto gone = changes.take_back(*body); !gone) {
        if (gone.error().code == "body.has_branches") return refuse("old_bodies.depends", gone.error().message);
        return gone;
      }
    past_years_sql::set_undone(writer, id, now);
    house.trail.write(writer, viewer, at->body, "past_founding", id, "undo", {}, boost::json::serialize(boost::json::object{{"summary", reason}}));
    return {};
  });
  if (!done) return done;
  return restructures.settle({viewer.user(), now, {}});
}

}  // namespace khuyenhoc
