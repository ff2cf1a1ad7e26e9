// The reform of 1 July 2025 as the associations lived it: provinces merged that day and districts went, communes followed by decisions of their own.
#include <algorithm>
#include <array>
#include <cassert>
#include <functional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "restructure/restructure.h"
#include "world/steps.h"

namespace khuyenhoc::world {
namespace {

constexpr int decision_days = 4;
Day decision_day(int n) {
  constexpr std::array<std::pair<int, int>, decision_days> days{{{7, 15}, {8, 1}, {8, 25}, {9, 15}}};
  return Day::of(reform_year, days[static_cast<std::size_t>(n)].first, days[static_cast<std::size_t>(n)].second);
}

class Reform {
 public:
  explicit Reform(World& world)
      : world_(world), house_(world.house), land_(world.territory()), restructures_(house_.organisation, house_.ledger, house_.statements) {}

  Result<void> carry_out() {
    std::set<UnitId> provinces;
    for (const WorldProvince& province : world_.provinces) provinces.insert(province.unit);
    for (const UnitId province : provinces) merge_province(province);
    if (auto done = carry_out("Hợp nhất Hội Khuyến học cấp tỉnh, kết thúc hoạt động của Hội Khuyến học cấp huyện", 250); !done) return done;
    for (const UnitId province : provinces) {
      choose_without(province);
      choose_days(province);
    }
    for (int day = 0; day < decision_days; ++day) {
      for (const UnitId province : provinces) found_communes(province, day);
      if (auto done = carry_out(fmt::format("Thành lập Hội Khuyến học các xã, phường (đợt {})", day + 1), 261 + day); !done) return done;
    }
    for (const UnitId province : provinces) wait_with_province(province);
    if (auto done = carry_out("Kết thúc hoạt động của Hội Khuyến học các xã cũ ở nơi chưa thành lập Hội mới", 270); !done) return done;
    if (auto settled = restructures_.settle(by()); !settled) return settled;
    return {};
  }

 private:
  RestructureBy by() const { return {UserId{}, world_.now_ms(), {}}; }
  std::string code(UnitId unit) const { return land_.unit(unit).on(reform_day()).code; }

  Result<BodyRestructureId> apply(const BodyRestructure& restructure) {
    return house_.store.write([&](db::Writer& writer) { return restructures_.apply(writer, restructure, by()); });
  }

  // What one province decides, and what the world has to know of it afterwards.
  struct Decision {
    BodyRestructure plan;
    std::function<Result<void>(BodyRestructureId)> afterwards;
  };
  void decide(BodyRestructure plan, std::function<Result<void>(BodyRestructureId)> afterwards) { decisions_.push_back({std::move(plan), std::move(afterwards)}); }

  // Each province by a decision of its own; in the nation, which would be written and laid out anew two hundred times, by one of the centre.
  Result<void> carry_out(const std::string& title, int number) {
    const auto decisions = std::exchange(decisions_, {});
    std::vector<BodyRestructureId> done(decisions.size());
    if (world_.options.scale == WorldScale::nation && !decisions.empty()) {
      BodyRestructure all{decisions.front().plan.day, title, {fmt::format("{}/QĐ-KHVN", number), decisions.front().plan.day - 4, "Trung ương Hội Khuyến học Việt Nam"}, {}};
      std::size_t opened = 0;
      for (const Decision& one : decisions) append(all, one.plan, opened);
      const auto applied = apply(all);
      if (!applied) return std::unexpected(applied.error());
      std::ranges::fill(done, *applied);
    }
    for (std::size_t i = 0; i < decisions.size(); ++i) {
      if (!done[i]) {
        const auto applied = apply(decisions[i].plan);
        if (!applied) return std::unexpected(applied.error());
        done[i] = *applied;
      }
      if (auto told = decisions[i].afterwards(done[i]); !told) return told;
    }
    return {};
  }

  // Behind those that open `opened` bodies already, so what it plans has other numbers there.
  static void append(BodyRestructure& all, const BodyRestructure& plan, std::size_t& opened) {
    const auto renumbered = [before = opened](BodyId& id) {
      if (id.value < 0) id = planned(static_cast<std::size_t>(-1 - id.value) + before);
    };
    for (BodyAct act : plan.acts) {
      for (BodyId& id : act.successors) renumbered(id);
      for (auto& [branch, part] : act.branches) renumbered(part);
      for (NewBody& body : act.opened) renumbered(body.superior);
      renumbered(act.superior);
      opened += act.opened.size();
      all.acts.push_back(std::move(act));
    }
  }

  void merge_province(UnitId unit) {
    BodyRestructure plan;
    plan.day = reform_day();
    BodyAct act;
    act.kind = BodyAct::Kind::merge;
    std::vector<std::size_t> ended;
    std::size_t goes_on = nobody;
    for (WorldProvince& province : world_.provinces) {
      if (province.unit != unit) continue;
      if (province.old_unit == unit) goes_on = province.old_body;
      else ended.push_back(province.old_body);
      for (std::size_t at = 0; at < world_.bodies.size(); ++at)
        if (world_.bodies[at].role == Role::district && world_.bodies[at].superior == province.old_body) ended.push_back(at);
    }
    for (const std::size_t one : ended) act.bodies.push_back(world_.bodies[one].id);
    const auto& version = land_.unit(unit).on(reform_day());
    const std::string name = "Hội Khuyến học " + version.running_name();
    if (goes_on == nobody) {
      plan.title = fmt::format("Thành lập {} trên cơ sở hợp nhất các Hội Khuyến học cấp tỉnh, kết thúc hoạt động của Hội Khuyến học cấp huyện", name);
      NewBody opened;
      opened.kind = "tinh_hoi";
      opened.name = name;
      opened.short_name = version.full_name();
      opened.superior = world_.bodies[world_.centre].id;
      opened.area = unit;
      act.opened.push_back(std::move(opened));
    } else {
      plan.title = fmt::format("Kết thúc hoạt động của các Hội Khuyến học cấp huyện thuộc {}", name);
      act.successors.push_back(world_.bodies[goes_on].id);
    }
    plan.basis = {fmt::format("{}/QĐ-KHVN", 200 + std::stoi(code(unit))), Day::of(reform_year, 6, 27), "Trung ương Hội Khuyến học Việt Nam"};
    plan.acts.push_back(std::move(act));
    decide(std::move(plan), [this, unit, name, goes_on, ended](BodyRestructureId) -> Result<void> {
      std::size_t heir = goes_on;
      if (heir == nobody) heir = opened_body(Role::province, "tinh_hoi", name, unit, world_.centre, ended.front());
      for (const std::size_t one : ended) end_into(one, heir);
      for (std::size_t at = 0; at < world_.bodies.size(); ++at)
        if (std::ranges::find(ended, world_.bodies[at].superior) != ended.end() && !world_.bodies[at].ended) world_.bodies[at].superior = heir;
      for (WorldProvince& province : world_.provinces)
        if (province.unit == unit) province.body = heir;
      return {};
    });
  }

  // A body that a restructure opened, as the store knows it now.
  std::size_t opened_body(Role role, const std::string& kind, const std::string& name, UnitId area, std::size_t superior, std::size_t like) {
    const auto covering = house_.organisation.current()->bodies_covering(area, hkh, Day::of(reform_year, 12, 1));
    const auto found = std::ranges::find_if(covering, [&](BodyId id) { return house_.organisation.current()->body(id).kind == kind; });
    assert(found != covering.end() && "the restructure opened it");
    WorldBody made;
    made.role = role;
    made.id = *found;
    made.key = Chance::key(name + "@" + code(area));
    made.kind = kind;
    made.superior = superior;
    made.province = world_.bodies[like].province;
    made.area = area;
    made.old = false;
    world_.bodies.push_back(std::move(made));
    return world_.bodies.size() - 1;
  }

  void end_into(std::size_t old, std::size_t heir) {
    world_.bodies[old].ended = true;
    world_.bodies[heir].levels.add(world_.bodies[old].levels);
    world_.bodies[heir].pace.add(world_.bodies[old].pace);
    world_.bodies[old].levels.clear();
  }

  bool lies_in(UnitId commune, UnitId province) const { return land_.parent(commune, reform_day()) == province; }
  std::vector<UnitId> new_communes(UnitId province) const {
    std::vector<UnitId> out;
    for (const auto& [commune, from] : world_.from) {
      const bool here = std::ranges::any_of(from, [&](UnitId old) { return world_.commune_of_old.contains(old); });
      if (lies_in(commune, province) && !world_.into.contains(commune) && here) out.push_back(commune);
    }
    return out;
  }

  bool takes_part_of_divided(UnitId commune) const {
    return std::ranges::any_of(world_.from.at(commune), [&](UnitId old) { return world_.into.at(old).size() > 1; });
  }

  // Some communes have no association yet: their old associations wait for the decision.
  void choose_without(UnitId province) {
    std::vector<UnitId> may;
    std::int64_t wanted = 0;
    for (const WorldProvince& one : world_.provinces)
      if (one.unit == province && one.script.without >= 0) wanted = one.script.without;
    for (const UnitId commune : new_communes(province)) {
      const auto& from = world_.from.at(commune);
      const bool plain = std::ranges::none_of(from, [&](UnitId old) { return !world_.commune_of_old.contains(old) || world_.bodies[world_.commune_of_old.at(old)].adds_up; });
      const bool named_like_new = std::ranges::any_of(from, [&](UnitId old) { return !named_like(old, province, commune).empty(); });
      if (plain && from.size() <= 2 && !takes_part_of_divided(commune) && !named_like_new) may.push_back(commune);
    }
    const std::uint64_t key = Chance::key(code(province));
    if (wanted == 0) wanted = world_.chance.between(3, 8, key, 71);
    std::ranges::sort(may, {}, [&](UnitId commune) { return world_.chance.of(Chance::key(code(commune)), 72); });
    for (std::size_t i = 0; i < may.size() && static_cast<std::int64_t>(i) < wanted; ++i) {
      without_.insert(may[i]);
    }
  }

  // What their old associations held waits with the province.
  void wait_with_province(UnitId province) {
    std::size_t heir = nobody;
    for (const WorldProvince& one : world_.provinces)
      if (one.unit == province) heir = one.body;
    BodyAct act;
    act.kind = BodyAct::Kind::dissolve;
    act.successors.push_back(world_.bodies[heir].id);
    std::vector<std::size_t> ended;
    for (const UnitId commune : without_)
      if (lies_in(commune, province))
        for (const UnitId old : world_.from.at(commune)) ended.push_back(world_.commune_of_old.at(old));
    if (ended.empty()) return;
    for (const std::size_t one : ended) act.bodies.push_back(world_.bodies[one].id);
    const auto& version = land_.unit(province).on(reform_day());
    BodyRestructure plan;
    plan.day = decision_day(decision_days - 1) + 5;
    plan.title = fmt::format("Kết thúc hoạt động của Hội Khuyến học các xã cũ ở nơi chưa thành lập Hội mới; số liệu, quỹ bàn giao về Hội Khuyến học {}", version.running_name());
    plan.basis = {fmt::format("{}/QĐ-HKH", 92 + std::stoi(code(province)) % 10), plan.day - 3, "Hội Khuyến học " + version.running_name()};
    plan.acts.push_back(std::move(act));
    decide(std::move(plan), [this, ended, heir](BodyRestructureId) -> Result<void> {
      for (const std::size_t one : ended) end_into_office(one, heir);
      return {};
    });
  }

  // The office keeps what they held; it does not do their work.
  void end_into_office(std::size_t old, std::size_t office) {
    world_.bodies[old].ended = true;
    world_.bodies[office].levels.add(world_.bodies[old].levels);
    world_.bodies[old].levels.clear();
  }

  // Other communes of today that carry the name of an old one.
  std::vector<UnitId> named_like(UnitId old, UnitId province, UnitId but) {
    const auto [names, fresh] = named_.try_emplace(province);
    if (fresh)
      for (const UnitId commune : new_communes(province)) names->second[tone_neutral(land_.unit(commune).on(reform_day()).running_name())].push_back(commune);
    const auto found = names->second.find(tone_neutral(land_.unit(old).on(eve_of_reform()).running_name()));
    std::vector<UnitId> out = found == names->second.end() ? std::vector<UnitId>{} : found->second;
    std::erase(out, but);
    return out;
  }

  // Each commune has its day; where one takes the name that another's predecessor still carries, both have the same.
  void choose_days(UnitId province) {
    const auto communes = new_communes(province);
    for (const UnitId commune : communes)
      days_[commune] = takes_part_of_divided(commune) ? 0 : static_cast<int>(world_.chance.of(Chance::key(code(commune)), 73) % decision_days);
    for (bool again = true; again;) {
      again = false;
      for (const UnitId commune : communes)
        for (const UnitId old : world_.from.at(commune))
          for (const UnitId other : named_like(old, province, commune)) {
            int& one = days_[commune];
            int& two = days_[other];
            if (one == two) continue;
            one = two = std::min(one, two);
            again = true;
          }
    }
  }

  void found_communes(UnitId province, int day) {
    BodyRestructure plan;
    plan.day = decision_day(day);
    const auto& version = land_.unit(province).on(reform_day());
    plan.title = fmt::format("Thành lập Hội Khuyến học các xã, phường thuộc {} (đợt {})", version.running_name(), day + 1);
    plan.basis = {fmt::format("{}/QĐ-HKH", 31 + 12 * day + std::stoi(code(province)) % 10), plan.day - 3, "Hội Khuyến học " + version.running_name()};
    std::size_t superior = nobody;
    for (const WorldProvince& one : world_.provinces)
      if (one.unit == province) superior = one.body;
    std::vector<UnitId> founded;
    std::map<UnitId, std::size_t> place;       // among those that the plan opens
    for (const UnitId commune : new_communes(province)) {
      if (without_.contains(commune) || days_.at(commune) != day) continue;
      const auto& named = land_.unit(commune).on(reform_day());
      NewBody opened;
      opened.kind = "hoi_co_so";
      opened.name = "Hội Khuyến học " + named.running_name();
      opened.short_name = named.full_name();
      opened.superior = world_.bodies[superior].id;
      opened.area = commune;
      BodyAct act;
      for (const UnitId old : world_.from.at(commune))
        if (world_.into.at(old).size() == 1 && world_.commune_of_old.contains(old)) act.bodies.push_back(world_.bodies[world_.commune_of_old.at(old)].id);
      act.kind = act.bodies.empty() ? BodyAct::Kind::open : BodyAct::Kind::merge;
      act.opened.push_back(std::move(opened));
      plan.acts.push_back(std::move(act));
      place[commune] = founded.size();
      founded.push_back(commune);
    }
    if (founded.empty()) return;
    if (day == 0) divide(plan, province, place);
    decide(std::move(plan), [this, founded, superior, day, province](BodyRestructureId id) -> Result<void> {
      for (const UnitId commune : founded) take_over(commune, superior);
      return day == 0 ? hand_over_divided(id, province) : Result<void>{};
    });
  }

  bool divided_here(std::size_t body, UnitId province) const {
    return lies_in(world_.into.at(world_.bodies[body].area).front(), province);
  }

  void divide(BodyRestructure& plan, UnitId province, const std::map<UnitId, std::size_t>& place) {
    for (const auto& [script, body] : world_.divided) {
      if (!divided_here(body, province)) continue;
      BodyAct act;
      act.kind = BodyAct::Kind::split;
      act.bodies.push_back(world_.bodies[body].id);
      const auto& into = world_.into.at(world_.bodies[body].area);
      for (const UnitId commune : into) act.successors.push_back(planned(place.at(commune)));
      std::size_t n = 0;
      for (const WorldBody& one : world_.bodies)
        if (one.role == Role::branch && one.superior == body) {
          act.branches.emplace_back(one.id, act.successors[n * 2 < static_cast<std::size_t>(script->branches) ? 0 : 1]);
          ++n;
        }
      plan.acts.push_back(std::move(act));
    }
  }

  void take_over(UnitId commune, std::size_t superior) {
    const auto& named = land_.unit(commune).on(reform_day());
    const auto& from = world_.from.at(commune);
    const std::size_t like = world_.commune_of_old.at(*std::ranges::find_if(from, [&](UnitId old) { return world_.commune_of_old.contains(old); }));
    const std::size_t heir = opened_body(Role::commune, "hoi_co_so", "Hội Khuyến học " + named.running_name(), commune, superior, like);
    world_.commune_of_new[commune] = heir;
    for (const UnitId old : from) {
      if (!world_.commune_of_old.contains(old)) continue;
      const std::size_t body = world_.commune_of_old.at(old);
      if (world_.into.at(old).size() > 1) continue;
      WorldBody& made = world_.bodies[heir];
      const WorldBody& ended = world_.bodies[body];
      made.adds_up = made.adds_up || ended.adds_up;
      made.people += ended.people;
      made.households += ended.households;
      made.villages += ended.villages;
      made.offices += ended.offices;
      made.clans += ended.clans;
      end_into(body, heir);
      for (WorldBody& one : world_.bodies)
        if (one.role == Role::branch && one.superior == body) one.superior = heir;
    }
    sizes(heir);
  }

  void sizes(std::size_t at) {
    const Catalogue& catalogue = house_.catalogue;
    WorldBody& body = world_.bodies[at];
    body.members = body.levels.of(catalogue.series(catalogue.index("B01")));
  }

  // Most of what divided communes held was handed over by minutes; what is not yet stays on its line.
  Result<void> hand_over_divided(BodyRestructureId id, UnitId province) {
    for (const auto& [script, body] : world_.divided) {
      if (!divided_here(body, province)) continue;
      const auto& into = world_.into.at(world_.bodies[body].area);
      const Series members = house_.catalogue.series(house_.catalogue.index("B01"));
      std::vector<Allocation> parts;
      const auto open = house_.store.read([&](db::Reader& reader) { return restructures_.open_remainders(reader, id); });
      for (const Remainder& one : open) {
        if (one.body != world_.bodies[body].id || (one.series == members && script->remaining > 0)) continue;
        std::int64_t left = one.amount;
        for (std::size_t n = 0; n < into.size(); ++n) {
          const std::int64_t share = n + 1 == into.size() ? left : one.amount * 6 / 10;
          WorldBody& heir = world_.bodies[world_.commune_of_new.at(into[n])];
          parts.push_back({one.series, heir.id, share});
          heir.levels.set(one.series, heir.levels.of(one.series) + share);
          left -= share;
        }
      }
      const HandoverMinutes minutes{fmt::format("{:02}/BBBG", 4 + static_cast<int>(body % 9)), decision_day(0) + 12};
      if (!parts.empty()) {
        auto done = house_.store.write([&](db::Writer& writer) {
          return restructures_.hand_over(writer, id, world_.bodies[body].id, parts, minutes, Arrival::within, by());
        });
        if (!done) return done;
      }
      for (std::size_t n = 0; n < into.size(); ++n) {
        const std::size_t heir = world_.commune_of_new.at(into[n]);
        WorldBody& made = world_.bodies[heir];
        const WorldBody& ended = world_.bodies[body];
        const std::int64_t of = n == 0 ? 6 : 4;
        Levels pace;
        for (const auto& [series, held] : ended.pace.held()) pace.set(series, held * of / 10);
        made.pace.add(pace);
        made.people += ended.people * of / 10;
        made.households += ended.households * of / 10;
        made.villages += ended.villages / 2;
        made.offices += ended.offices / 2;
        made.clans += ended.clans / 2;
        const auto organisation = house_.organisation.current();
        for (WorldBody& one : world_.bodies)
          if (one.role == Role::branch && one.superior == body && organisation->body(one.id).on(plan_end()).superior == made.id) {
            one.superior = heir;
            one.quiet = true;             // its commune states the whole
            made.levels.set(members, made.levels.of(members) + one.levels.of(members));
          }
        sizes(heir);
      }
      world_.bodies[body].ended = true;
    }
    return {};
  }
  static Day plan_end() { return Day::of(reform_year, 12, 1); }

  World& world_;
  House& house_;
  const Territory& land_;
  Restructures restructures_;
  std::vector<Decision> decisions_;              // of one day, not yet carried out
  std::set<UnitId> without_;
  std::map<UnitId, int> days_;
  std::map<UnitId, std::map<std::string, std::vector<UnitId>>> named_;      // communes of today by name, as the rules compare names
};

}  // namespace

Result<void> carry_out_reform(World& world) { return Reform(world).carry_out(); }

}  // namespace khuyenhoc::world
