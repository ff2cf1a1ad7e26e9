// The bodies of the other systems that the associations work with: unions, Front, education with its schools, people's committees with their learning centres,
// universities. Those of districts and of old communes ended with them.
#include <array>
#include <map>
#include <set>

#include <fmt/format.h>

#include "world/steps.h"

namespace khuyenhoc::world {
namespace {

struct ProvincialKind {
  std::string_view centre_kind, centre_name, kind, prefix;
};
constexpr std::array provincial{
    ProvincialKind{"trung_uong_doan", "Trung ương Đoàn Thanh niên Cộng sản Hồ Chí Minh", "tinh_doan", "Ban Chấp hành Đoàn"},
    ProvincialKind{"trung_uong_hsv", "Trung ương Hội Sinh viên Việt Nam", "hsv_tinh", "Hội Sinh viên Việt Nam"},
    ProvincialKind{"mttq_trung_uong", "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam", "mttq_tinh", "Ủy ban Mặt trận Tổ quốc Việt Nam"},
    ProvincialKind{"bo_gd", "Bộ Giáo dục và Đào tạo", "so_gd", "Sở Giáo dục và Đào tạo"},
    ProvincialKind{"chinh_phu", "Chính phủ", "ubnd_tinh", "Ủy ban nhân dân"},
    ProvincialKind{"cuu_giao_chuc_trung_uong", "Hội Cựu giáo chức Việt Nam", "cuu_giao_chuc_tinh", "Hội Cựu giáo chức"},
};
struct CommuneKind {
  std::string_view kind, above, name, short_name;      // the unit's running name follows
};
constexpr std::array of_communes{
    CommuneKind{"doan_xa", "tinh_doan", "Đoàn Thanh niên Cộng sản Hồ Chí Minh", "Đoàn"},
    CommuneKind{"mttq_xa", "mttq_tinh", "Ủy ban Mặt trận Tổ quốc Việt Nam", "MTTQ"},
    CommuneKind{"cuu_giao_chuc_xa", "cuu_giao_chuc_tinh", "Hội Cựu giáo chức", "Hội Cựu giáo chức"},
    CommuneKind{"ubnd_xa", "ubnd_tinh", "Ủy ban nhân dân", "UBND"},
};
struct SchoolKind {
  std::string_view kind, prefix;
  bool everywhere;                                     // each commune has one at least
};
constexpr std::array schools{SchoolKind{"truong_mam_non", "Trường Mầm non", true}, SchoolKind{"truong_tieu_hoc", "Trường Tiểu học", true}, SchoolKind{"truong_thcs", "Trường THCS", true},
                             SchoolKind{"truong_thpt", "Trường THPT", false}};

constexpr Day founded() { return Day::from_number(13'000); }

class Beside {
 public:
  Beside(World& world, std::vector<Body>& bodies, std::vector<BodySuccession>& successions)
      : world_(world), land_(world.territory()), bodies_(bodies), successions_(successions), associations_(bodies.size()) {}

  void found() {
    for (const ProvincialKind& system : provincial) found_provincial(system);
    for (const auto& [old, into] : world_.into) found_old_commune(old, into);
    for (const auto& [commune, from] : world_.from) found_commune(commune);
    found_schools();
    found_universities();
  }

 private:
  BodyId add(std::string_view kind, std::string name, std::string short_name, BodyId superior, UnitId area, Day born) {
    bodies_.push_back(new_body(world_, std::string(kind), std::move(name), std::move(short_name), superior, area, born));
    return bodies_.back().id;
  }
  bool goes_on(UnitId unit) const { return land_.unit(unit).alive(reform_day()); }
  UnitId province_of(UnitId commune, Day day) const { return land_.ancestor(commune, UnitLevel::province, day); }
  BodyId above(std::string_view kind, UnitId province) const {
    const auto found = provincial_.find({std::string(kind), province});
    return found == provincial_.end() ? BodyId{} : found->second;
  }

  void found_provincial(const ProvincialKind& system) {
    const BodyId centre = add(system.centre_kind, std::string(system.centre_name), std::string(system.centre_name), {}, land_.country(), founded());
    const auto add_one = [&](UnitId unit, Day day, Day born) {
      const auto& version = land_.unit(unit).on(day);
      return provincial_[{std::string(system.kind), unit}] = add(system.kind, fmt::format("{} {}", system.prefix, version.running_name()), fmt::format("{} {}", system.prefix, version.name), centre, unit, born);
    };
    for (const WorldProvince& province : world_.provinces)
      if (!above(system.kind, province.unit)) add_one(province.unit, reform_day(), province.unit == province.old_unit ? founded() : reform_day());
    for (const WorldProvince& province : world_.provinces) {
      if (province.unit == province.old_unit) continue;
      const BodyId old = add_one(province.old_unit, eve_of_reform(), founded());
      bodies_.back().ended = reform_day();
      successions_.push_back({old, above(system.kind, province.unit)});
    }
  }

  // The committee and the learning centre of a commune as it was; one that went on is met again among those of today.
  void found_old_commune(UnitId commune, const std::vector<UnitId>& into) {
    const BodyId province = above("ubnd_tinh", province_of(commune, eve_of_reform()));
    if (!province || goes_on(commune)) return;
    const UnitId district = land_.parent(commune, eve_of_reform());
    if (!districts_.contains(district)) {
      const auto& version = land_.unit(district).on(eve_of_reform());
      districts_[district] = add("ubnd_huyen", "Ủy ban nhân dân " + version.running_name(), "UBND " + version.running_name(), province, district, founded());
      bodies_.back().ended = reform_day();
    }
    const auto& version = land_.unit(commune).on(eve_of_reform());
    const BodyId committee = add("ubnd_xa", "Ủy ban nhân dân " + version.running_name(), "UBND " + version.running_name(), districts_.at(district), commune, founded());
    bodies_.back().ended = reform_day();
    const BodyId centre = add("tthtcd", "Trung tâm học tập cộng đồng " + version.running_name(), "TTHTCĐ " + version.running_name(), committee, commune, founded());
    bodies_.back().ended = reform_day();
    for (const UnitId heir : into) {
      old_committees_[heir].push_back(committee);
      old_centres_[heir].push_back(centre);
    }
  }

  void found_commune(UnitId commune) {
    const UnitId province = province_of(commune, reform_day());
    if (!above("ubnd_tinh", province)) return;
    const std::string running = land_.unit(commune).on(reform_day()).running_name();
    const Day born = world_.into.contains(commune) ? founded() : reform_day();
    for (const CommuneKind& one : of_communes) {
      const BodyId superior = born == founded() ? above(one.above, province_of(commune, eve_of_reform())) : above(one.above, province);
      const BodyId body = add(one.kind, fmt::format("{} {}", one.name, running), fmt::format("{} {}", one.short_name, running), superior, commune, born);
      move_under(above(one.above, province));
      if (one.kind == "doan_xa") unions_[commune] = body;
      if (one.kind != "ubnd_xa") continue;
      for (const BodyId old : old_committees_[commune]) successions_.push_back({old, body});
      const BodyId centre = add("tthtcd", "Trung tâm học tập cộng đồng " + running, "TTHTCĐ " + running, body, commune, born);
      for (const BodyId old : old_centres_[commune]) successions_.push_back({old, centre});
    }
  }

  // The one added last answers to another since the reform.
  void move_under(BodyId superior) {
    Body& body = bodies_.back();
    if (body.versions.back().superior == superior) return;
    BodyVersion since = body.versions.back();
    since.from = reform_day();
    since.superior = superior;
    body.versions.push_back(std::move(since));
  }

  // In communes whose branches are known: the schools that have a branch, and what every commune has.
  void found_schools() {
    std::set<std::pair<UnitId, std::string>> known;
    std::set<UnitId> communes;                         // as they were
    for (std::size_t at = 0; at < associations_; ++at) {
      const WorldBody& one = world_.bodies[at];
      if (one.kind != "chi_hoi_truong") continue;
      communes.insert(one.area);
      found_school(one.area, bodies_[at].versions.front().short_name, known);
    }
    for (const UnitId commune : communes)
      for (const SchoolKind& kind : schools)
        if (kind.everywhere && !has_one_.contains({commune, std::string(kind.kind)})) found_school(commune, fmt::format("{} {}", kind.prefix, land_.unit(commune).on(eve_of_reform()).name), known);
  }

  void found_school(UnitId old, const std::string& name, std::set<std::pair<UnitId, std::string>>& known) {
    const UnitId commune = world_.into.at(old).front();
    const UnitId before = province_of(old, eve_of_reform()), now = province_of(commune, reform_day());
    for (const SchoolKind& kind : schools) {
      if (!name.starts_with(kind.prefix)) continue;
      has_one_.emplace(old, std::string(kind.kind));
      if (!known.emplace(commune, name).second) return;
      add(kind.kind, name, name, above("so_gd", before), old, founded());
      move_under(above("so_gd", now));
      if (commune != old) {
        Body& school = bodies_.back();
        if (school.versions.size() == 1) {
          school.versions.push_back(school.versions.front());
          school.versions.back().from = reform_day();
        }
        school.versions.back().area = commune;
      }
      if (kind.kind == "truong_tieu_hoc" || kind.kind == "truong_thcs")
        add("lien_doi", "Liên đội " + name, "Liên đội " + name, unions_.at(commune), commune, commune == old ? founded() : reform_day());
      return;
    }
  }

  void found_universities() {
    for (const WorldProvince& province : world_.provinces)
      for (const std::string& name : world_.words.associations(province.script.code)) {
        if (!name.starts_with("Trường")) continue;
        add("dai_hoc", name, name, {}, province.unit, founded());
        add("hsv_truong", "Hội Sinh viên " + name, "Hội Sinh viên " + name, above("hsv_tinh", province.unit), province.unit, province.unit == province.old_unit ? founded() : reform_day());
      }
  }

  World& world_;
  const Territory& land_;
  std::vector<Body>& bodies_;
  std::vector<BodySuccession>& successions_;
  std::size_t associations_;                           // the first of the bodies, as in world_.bodies
  std::map<std::pair<std::string, UnitId>, BodyId> provincial_;
  std::map<UnitId, BodyId> districts_, unions_;
  std::map<UnitId, std::vector<BodyId>> old_committees_, old_centres_;      // by the commune of today
  std::set<std::pair<UnitId, std::string>> has_one_;                        // old commune and kind of school
};

}  // namespace

void found_other_systems(World& world, std::vector<Body>& bodies, std::vector<BodySuccession>& successions) {
  if (world.options.scale != WorldScale::commune) Beside(world, bodies, successions).found();
}

}  // namespace khuyenhoc::world
