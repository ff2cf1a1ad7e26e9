// The bodies of the other systems that the associations work with: unions, Front, education, people's committees with their learning centres, universities.
#include <fmt/format.h>

#include "world/steps.h"

namespace khuyenhoc::world {
namespace {

struct ProvincialKind {
  std::string_view centre_kind, centre_name, kind, prefix;
};
constexpr ProvincialKind provincial[] = {
    {"trung_uong_doan", "Trung ương Đoàn Thanh niên Cộng sản Hồ Chí Minh", "tinh_doan", "Ban Chấp hành Đoàn"},
    {"trung_uong_hsv", "Trung ương Hội Sinh viên Việt Nam", "hsv_tinh", "Hội Sinh viên Việt Nam"},
    {"mttq_trung_uong", "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam", "mttq_tinh", "Ủy ban Mặt trận Tổ quốc Việt Nam"},
    {"bo_gd", "Bộ Giáo dục và Đào tạo", "so_gd", "Sở Giáo dục và Đào tạo"},
    {"chinh_phu", "Chính phủ", "ubnd_tinh", "Ủy ban nhân dân"},
    {"cuu_giao_chuc_trung_uong", "Hội Cựu giáo chức Việt Nam", "cuu_giao_chuc_tinh", "Hội Cựu giáo chức"},
};

constexpr Day founded() { return Day::from_number(13'000); }

}  // namespace

void found_other_systems(World& world, std::vector<Body>& bodies, std::vector<BodySuccession>& successions) {
  if (world.options.scale == WorldScale::commune) return;
  const Territory& land = world.territory();
  std::map<UnitId, BodyId> committees;         // of provinces, since the reform
  for (const ProvincialKind& system : provincial) {
    bodies.push_back(new_body(world, std::string(system.centre_kind), std::string(system.centre_name), {}, {}, land.country(), founded()));
    bodies.back().versions.front().short_name = bodies.back().versions.front().name;
    const BodyId centre = bodies.back().id;
    std::map<UnitId, BodyId> now;
    const auto add = [&](UnitId unit, Day day, Day born) {
      const auto& version = land.unit(unit).on(day);
      bodies.push_back(new_body(world, std::string(system.kind), fmt::format("{} {}", system.prefix, version.running_name()), fmt::format("{} {}", system.prefix, version.name), centre, unit, born));
      return bodies.back().id;
    };
    for (const WorldProvince& province : world.provinces)
      if (!now.contains(province.unit)) now[province.unit] = add(province.unit, reform_day(), province.unit == province.old_unit ? founded() : reform_day());
    for (const WorldProvince& province : world.provinces) {
      if (province.unit == province.old_unit) continue;
      const BodyId old = add(province.old_unit, eve_of_reform(), founded());
      bodies.back().ended = reform_day();
      successions.push_back({old, now.at(province.unit)});
    }
    if (system.kind == "ubnd_tinh") committees = now;
  }
  for (const WorldProvince& province : world.provinces)
    for (const std::string& name : world.words.associations(province.script.code))
      if (name.starts_with("Trường")) bodies.push_back(new_body(world, "dai_hoc", name, name, {}, province.unit, founded()));
  // each commune of today has its committee and its learning centre
  for (const auto& [commune, from] : world.from) {
    const UnitId province = land.parent(commune, reform_day());
    const auto above = committees.find(province);
    if (above == committees.end()) continue;
    const auto& version = land.unit(commune).on(reform_day());
    bodies.push_back(new_body(world, "ubnd_xa", "Ủy ban nhân dân " + version.running_name(), "UBND " + version.running_name(), above->second, commune, reform_day()));
    const BodyId committee = bodies.back().id;
    bodies.push_back(new_body(world, "tthtcd", "Trung tâm học tập cộng đồng " + version.running_name(), "TTHTCĐ " + version.running_name(), committee, commune, reform_day()));
  }
}

}  // namespace khuyenhoc::world
