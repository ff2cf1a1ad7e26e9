// The associations, branches and boards as they were before the reform.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "world/steps.h"

namespace khuyenhoc::world {
namespace {

constexpr int born_year = 2005;
Day born() { return Day::of(born_year, 10, 2); }

// Bodies of one old commune by kind.
struct Counts {
  std::size_t villages = 0, schools = 0, offices = 0, clans = 0, faiths = 0;
};

class Founder {
 public:
  explicit Founder(World& world) : world_(world), territory_(world.territory()) {}

  Result<void> found() {
    choose_full_communes();
    world_.centre = add(Role::centre, "trung_uong", "Trung ương Hội Khuyến học Việt Nam", "Trung ương Hội", nobody, territory_.country(), "centre");
    for (std::size_t at = 0; at < world_.provinces.size(); ++at) found_province(at);
    share_groups();
    std::vector<BodySuccession> successions;
    found_other_systems(world_, bodies_, successions);
    auto done = world_.house.store.write([&](db::Writer& writer) -> Result<void> {
      OrganisationChanges changes(world_.house.organisation, writer, {}, world_.now_ms());
      changes.import_all(bodies_, successions);
      return {};
    });
    return done;
  }

 private:
  std::size_t add(Role role, std::string kind, std::string name, std::string short_name, std::size_t superior, UnitId area, const std::string& key) {
    const BodyId above = superior == nobody ? BodyId{} : world_.bodies[superior].id;
    bodies_.push_back(new_body(world_, kind, std::move(name), std::move(short_name), above, area, born()));
    WorldBody made;
    made.role = role;
    made.id = bodies_.back().id;
    made.key = Chance::key(key);
    made.form = world_.house.catalogue.form(Systems::house().kind(kind).short_form);
    made.kind = std::move(kind);
    made.superior = superior;
    made.area = area;
    world_.bodies.push_back(std::move(made));
    return world_.bodies.size() - 1;
  }

  void choose_full_communes() {
    const Day now = world_.options.today;
    for (const WorldProvince& province : world_.provinces) {
      if (!world_.is_demo()) {
        for (const UnitId commune : territory_.children(province.unit, now)) full_.insert(commune);
        continue;
      }
      for (const std::string& code : province.script.full)
        if (const auto unit = territory_.resolve(territory_.unit(province.unit).on(now).code + "/" + code, now)) full_.insert(*unit);
      for (const std::string& district : province.script.full_districts)
        if (const auto unit = territory_.resolve(province.script.code + "/" + district, eve_of_reform()))
          for (const UnitId old : territory_.children(*unit, eve_of_reform()))
            for (const UnitId commune : world_.into[old]) full_.insert(commune);
    }
  }

  bool wanted(UnitId old_commune) const {
    if (world_.options.scale != WorldScale::commune) return true;
    const auto& into = world_.into.at(old_commune);
    return into.size() == 1 && territory_.unit(into.front()).on(world_.options.today).code == world_.script.commune;
  }

  void found_province(std::size_t at) {
    WorldProvince& province = world_.provinces[at];
    const auto& unit = territory_.unit(province.old_unit);
    const std::string running = unit.on(eve_of_reform()).running_name();
    const std::string code = province.script.code;
    const std::size_t body = add(Role::province, "tinh_hoi", "Hội Khuyến học " + running, unit.full_name(eve_of_reform()), world_.centre, province.old_unit, code);
    world_.bodies[body].province = at;
    province.old_body = body;
    std::vector<std::pair<UnitId, std::size_t>> communes;       // with the district's association
    for (const UnitId district : territory_.children(province.old_unit, eve_of_reform())) {
      std::vector<UnitId> within;
      for (const UnitId commune : territory_.children(district, eve_of_reform()))
        if (wanted(commune)) within.push_back(commune);
      if (within.empty()) continue;
      const auto& version = territory_.unit(district).on(eve_of_reform());
      const std::size_t above = add(Role::district, "huyen_hoi", "Hội Khuyến học " + version.running_name(), version.full_name(), body, district, code + "/" + version.name);
      world_.bodies[above].province = at;
      for (const UnitId commune : within) communes.emplace_back(commune, above);
    }
    std::vector<std::int64_t> weights;
    std::int64_t all = 0;
    for (const auto& [commune, above] : communes) {
      const auto& version = territory_.unit(commune).on(eve_of_reform());
      const std::int64_t size = version.type == "phường" ? 1300 : version.type == "thị trấn" ? 1100 : 1000;
      weights.push_back(size * world_.chance.between(550, 1500, Chance::key(code + "/" + version.code), 21) / 1000);
      all += weights.back();
    }
    for (std::size_t i = 0; i < communes.size(); ++i) {
      const std::int64_t share = world_.options.scale == WorldScale::commune ? 9'000 : province.script.people * weights[i] / all;
      found_commune(at, communes[i].first, communes[i].second, share);
    }
    if (world_.options.scale == WorldScale::commune) return;
    for (const std::string& name : world_.words.associations(code)) {
      const std::size_t one = add(Role::unit, "hoi_co_so_don_vi", "Hội Khuyến học " + name, name, body, province.old_unit, code + "/" + name);
      world_.bodies[one].province = at;
      world_.bodies[one].members = world_.chance.between(150, 600, world_.bodies[one].key, 22);
    }
  }

  void found_commune(std::size_t at, UnitId unit, std::size_t district, std::int64_t people) {
    const WorldProvince& province = world_.provinces[at];
    const auto& version = territory_.unit(unit).on(eve_of_reform());
    const std::string key = province.script.code + "/" + version.code;
    const std::size_t index = add(Role::commune, "hoi_co_so", "Hội Khuyến học " + version.running_name(), version.full_name(), district, unit, key);
    world_.commune_of_old[unit] = index;
    WorldBody& made = world_.bodies[index];
    made.province = at;
    made.people = people;
    const auto& into = world_.into.at(unit);
    const auto divided = std::ranges::find_if(world_.script.divided, [&](const DividedScript& one) { return one.province == province.script.code && one.commune == version.code; });
    if (divided != world_.script.divided.end() && into.size() > 1) {
      world_.divided.emplace_back(&*divided, index);
      if (divided->branches > 0) return found_divided(index, *divided, unit);
    }
    const bool full = into.size() == 1 && full_.contains(into.front());
    if (!full) {
      made.members = people * province.script.members_permille / 1000 * world_.chance.between(820, 1180, made.key, 23) / 1000;
      made.households = people * 250 / 1000;
      made.villages = std::max<std::int64_t>(4, people / 1300);
      made.offices = world_.chance.between(5, 14, made.key, 24);
      made.clans = std::max<std::int64_t>(3, people / 480);
      return;
    }
    made.adds_up = true;
    found_branches(index, unit, counts_of(index, into.front()));
  }

  Counts counts_of(std::size_t commune, UnitId into) const {
    const WorldBody& made = world_.bodies[commune];
    const auto drawn = [&](std::int64_t low, std::int64_t high, std::uint64_t what) { return static_cast<std::size_t>(world_.chance.between(low, high, made.key, what)); };
    if (world_.is_demo()) return {static_cast<std::size_t>(std::clamp<std::int64_t>(made.people / 1300, 5, 14)), drawn(2, 4, 31), drawn(1, 3, 32), drawn(1, 2, 33), drawn(0, 1, 34)};
    const std::size_t target = world_.options.scale == WorldScale::commune ? 40 : world_.options.scale == WorldScale::province ? 88 : 60;
    const auto from = world_.from.find(into);
    const std::size_t here = std::max<std::size_t>(4, target / std::max<std::size_t>(1, from == world_.from.end() ? 1 : from->second.size()));
    return {here * 55 / 100, here * 15 / 100, here * 13 / 100, here - here * 55 / 100 - here * 15 / 100 - here * 13 / 100 - here * 4 / 100, here * 4 / 100};
  }

  std::size_t branch(std::size_t commune, const std::string& kind, const std::string& name, UnitId unit, const std::string& salt = {}) {
    const bool board = kind.starts_with("ban_");
    const std::string key = fmt::format("{}/{}/{}{}", world_.bodies[commune].key, kind, name, salt);
    const std::string full_name = (board ? "Ban khuyến học " : "Chi hội ") + name;
    const std::size_t index = add(Role::branch, kind, full_name, board && !name.empty() ? upper_first(name) : name, commune, unit, key);
    world_.bodies[index].province = world_.bodies[commune].province;
    const bool lies_in_old = kind == "chi_hoi_thon_tdp" || kind == "ban_dong_ho" || kind == "ban_ton_giao";
    if (lies_in_old && !territory_.unit(unit).alive(reform_day())) bodies_.back().former_area = unit;
    return index;
  }

  static std::string upper_first(const std::string& name) {
    for (std::size_t length = 1; length <= name.size(); ++length)
      if (length == name.size() || (static_cast<unsigned char>(name[length]) & 0xC0) != 0x80) return upper_case(name.substr(0, length)) + name.substr(length);
    return name;
  }

  void found_branches(std::size_t commune, UnitId unit, Counts counts) {
    const auto& version = territory_.unit(unit).on(eve_of_reform());
    const std::uint64_t key = world_.bodies[commune].key;
    const std::string region = world_.provinces[world_.bodies[commune].province].script.region;
    const Chance& chance = world_.chance;
    const WordLists& words = world_.words;
    const auto told = told_of(version.code, commune);
    if (told.group != nullptr) counts = {static_cast<std::size_t>(told.group->villages), told.schools, told.offices, 0, 0};
    if (!told.rows.empty()) counts = {0, told.schools, told.offices, 0, 0};
    const std::int64_t each = counts.villages == 0 ? 0 : world_.bodies[commune].people * 198 / 1000 / static_cast<std::int64_t>(counts.villages);
    std::vector<std::size_t> villages;
    for (std::size_t n = 0; n < counts.villages; ++n) {
      const std::size_t one = branch(commune, "chi_hoi_thon_tdp", words.village(chance, key, region, version.type, n), unit);
      world_.bodies[one].members = std::max<std::int64_t>(12, each * chance.between(720, 1280, world_.bodies[one].key, 41) / 1000);
      villages.push_back(one);
    }
    for (const RowScript* row : told.rows) {
      const std::size_t one = branch(commune, row->kind, row->name, unit);
      world_.bodies[one].told = {row->before, row->now};
      world_.bodies[one].row = row;
      world_.bodies[one].silent = row->silent;
      world_.bodies[one].typed_by_hand = row->typed_by_hand;
      world_.bodies[one].members = row->before.front();
      if (row->kind == "chi_hoi_thon_tdp") villages.push_back(one);
    }
    for (std::size_t n = 0; n < counts.schools; ++n) {
      const std::size_t one = branch(commune, "chi_hoi_truong", words.school(chance, key, version.name, n), unit);
      world_.bodies[one].members = chance.between(24, 70, world_.bodies[one].key, 42);
      if (told.schools > 0) schools_.push_back(one);
    }
    for (std::size_t n = 0; n < counts.offices; ++n) {
      const bool enterprise = told.offices == 0 && n % 5 == 4;
      const std::string kind = told.offices > 0 || n % 3 == 1 ? "ban_co_quan" : enterprise ? "chi_hoi_doanh_nghiep" : "chi_hoi_co_quan";
      const std::size_t one = branch(commune, kind, words.office(chance, key, version.name, n), unit);
      world_.bodies[one].members = chance.between(14, 48, world_.bodies[one].key, 43);
      if (told.offices > 0) offices_.push_back(one);
    }
    for (std::size_t n = 0; n < counts.clans; ++n) {
      const std::size_t one = branch(commune, "ban_dong_ho", words.clan(chance, key, n), unit);
      world_.bodies[one].members = chance.between(20, 70, world_.bodies[one].key, 44);
    }
    for (std::size_t n = 0; n < counts.faiths; ++n) {
      const std::size_t one = branch(commune, "ban_ton_giao", words.faith(chance, key, n), unit);
      world_.bodies[one].members = chance.between(15, 40, world_.bodies[one].key, 45);
    }
    if (told.group != nullptr) groups_.emplace_back(told.group, villages);
    size_of_full(commune, villages, counts);
  }

  void size_of_full(std::size_t commune, const std::vector<std::size_t>& villages, const Counts& counts) {
    WorldBody& made = world_.bodies[commune];
    if (const GroupScript* group = group_of(villages)) {
      const auto shares = shared_out(world_.chance, group->before.front(), villages.size(), Chance::key(group->old_commune));
      for (std::size_t i = 0; i < villages.size(); ++i) world_.bodies[villages[i]].members = shares[i];
    }
    std::int64_t homes = 0;
    for (const std::size_t one : villages) {
      world_.bodies[one].households = world_.bodies[one].members * 12 / 10;
      homes += world_.bodies[one].households;
    }
    made.households = homes * 105 / 100 + 20;
    made.people = made.households * 4;
    made.villages = static_cast<std::int64_t>(villages.size());
    made.offices = static_cast<std::int64_t>(counts.schools + counts.offices) + world_.chance.between(1, 4, made.key, 46);
    made.clans = static_cast<std::int64_t>(counts.clans) + world_.chance.between(4, 12, made.key, 47);
  }

  const GroupScript* group_of(const std::vector<std::size_t>& villages) const {
    for (const auto& [group, members] : groups_)
      if (members == villages && !members.empty()) return group;
    return nullptr;
  }

  void found_divided(std::size_t commune, const DividedScript& script, UnitId unit) {
    const auto shares = shared_out(world_.chance, script.branch_members, static_cast<std::size_t>(script.branches), world_.bodies[commune].key);
    for (std::size_t n = 0; n < shares.size(); ++n) {
      const std::size_t one = branch(commune, "chi_hoi_thon_tdp", fmt::format("Thôn {}", n + 1), unit);
      world_.bodies[one].members = shares[n];
      world_.bodies[one].households = shares[n] * 12 / 10;
    }
    WorldBody& made = world_.bodies[commune];
    made.divided_rest = script.remaining;
    made.members = script.branch_members + script.remaining;
    made.people = made.members * 5;
    made.households = made.people / 4;
    made.villages = script.branches + 2;
    made.offices = 9;
    made.clans = 14;
  }

  // What the script tells of an old commune of its one commune of today.
  struct Told {
    const GroupScript* group = nullptr;
    std::vector<const RowScript*> rows;
    std::size_t schools = 0, offices = 0;
  };
  Told told_of(const std::string& code, std::size_t commune) {
    Told out;
    if (!world_.is_demo() || world_.provinces[world_.bodies[commune].province].script.code != "66") return out;
    for (const GroupScript& group : world_.script.groups)
      if (group.old_commune == code) out.group = &group;
    for (const RowScript& row : world_.script.rows)
      if (row.old_commune == code) out.rows.push_back(&row);
    if (out.group == nullptr && out.rows.empty()) return out;
    std::set<std::string> communes;
    for (const GroupScript& group : world_.script.groups)
      if (!group.old_commune.empty()) communes.insert(group.old_commune);
    for (const RowScript& row : world_.script.rows) communes.insert(row.old_commune);
    const auto place = static_cast<std::size_t>(std::distance(communes.begin(), communes.find(code)));
    for (const GroupScript& group : world_.script.groups) {
      const auto share = [&](std::int64_t all) {
        const auto whole = static_cast<std::size_t>(all);
        return whole / communes.size() + (place < whole % communes.size() ? 1 : 0);
      };
      out.schools += share(group.schools);
      out.offices += share(group.offices);
    }
    return out;
  }

  // The totals of the groups, shared out over their rows.
  void share_groups() {
    for (const GroupScript& group : world_.script.groups) {
      if (group.schools > 0 && !schools_.empty()) groups_.emplace_back(&group, schools_);
      if (group.offices > 0 && !offices_.empty()) groups_.emplace_back(&group, offices_);
    }
    for (const auto& [group, members] : groups_) {
      for (const std::size_t one : members) world_.bodies[one].told = {group->before, group->now};
      for (std::size_t column = 0; column < world_.script.columns.size(); ++column) share_column(*group, members, column);
      for (const std::size_t one : members) world_.bodies[one].members = world_.bodies[one].told[0].front();
    }
  }

  void share_column(const GroupScript& group, const std::vector<std::size_t>& members, std::size_t column) {
    const std::string& code = world_.script.columns[column];
    for (const std::size_t round : {std::size_t{0}, std::size_t{1}}) {
      const std::int64_t total = (round == 0 ? group.before : group.now)[column];
      const auto value = [&](std::size_t member, std::size_t at) -> std::int64_t& { return world_.bodies[member].told[round][at]; };
      if (total < 0) {
        for (const std::size_t one : members) value(one, column) = -1;
        continue;
      }
      if (code == "E09") {               // nobody brings back more than dropped out
        std::int64_t left = total;
        for (const std::size_t one : members) value(one, column) = 0;
        for (bool again = true; again && left > 0;) {
          again = false;
          for (const std::size_t one : members)
            if (left > 0 && value(one, column) < value(one, column - 1)) {
              ++value(one, column);
              --left;
              again = true;
            }
        }
        continue;
      }
      constexpr std::int64_t note = 50'000;
      const bool money = code.starts_with("D");
      const std::uint64_t key = Chance::key(group.old_commune + (code == "B01" ? "" : code.substr(0, 1)));
      const auto shares = shared_out(world_.chance, money ? total / note : total, members.size(), key);
      for (std::size_t i = 0; i < members.size(); ++i) value(members[i], column) = shares[i] * (money ? note : 1);
    }
    if (code != "B03") return;
    for (const std::size_t one : members) {
      auto& [before, now] = world_.bodies[one].told;
      now[0] = before[0] + now[1] - now[2];       // B01 follows from what came and went
    }
  }

  World& world_;
  const Territory& territory_;
  std::vector<Body> bodies_;
  std::set<UnitId> full_;
  std::vector<std::pair<const GroupScript*, std::vector<std::size_t>>> groups_;
  std::vector<std::size_t> schools_, offices_;
};

}  // namespace

std::vector<std::int64_t> shared_out(const Chance& chance, std::int64_t total, std::size_t parts, std::uint64_t key) {
  std::vector<std::int64_t> weights;
  std::int64_t all = 0;
  for (std::size_t i = 0; i < parts; ++i) all += weights.emplace_back(chance.between(700, 1300, key, 900 + i));
  std::vector<std::int64_t> out;
  std::int64_t weight = 0, given = 0;
  for (const std::int64_t one : weights) {
    weight += one;
    out.push_back(total * weight / all - given);
    given += out.back();
  }
  return out;
}

Body new_body(World& world, std::string kind, std::string name, std::string short_name, BodyId superior, UnitId area, Day born) {
  Body body;
  body.id = world.house.store.new_id<BodyId>();
  body.kind = std::move(kind);
  body.born = born;
  body.versions.push_back({born, std::move(name), std::move(short_name), superior, area});
  // the same every time: what a version 7 looks like, of the founding day, with the rest from the seed
  const std::uint64_t high = world.chance.of(static_cast<std::uint64_t>(body.id.value), 51), low = world.chance.of(static_cast<std::uint64_t>(body.id.value), 52);
  for (std::size_t i = 0; i < 8; ++i) {
    body.uid.bytes[i] = static_cast<std::uint8_t>(high >> (8 * i));
    body.uid.bytes[8 + i] = static_cast<std::uint8_t>(low >> (8 * i));
  }
  body.uid.bytes[6] = static_cast<std::uint8_t>((body.uid.bytes[6] & 0x0F) | 0x70);
  body.uid.bytes[8] = static_cast<std::uint8_t>((body.uid.bytes[8] & 0x3F) | 0x80);
  return body;
}

Result<void> found_bodies(World& world) { return Founder(world).found(); }

}  // namespace khuyenhoc::world
