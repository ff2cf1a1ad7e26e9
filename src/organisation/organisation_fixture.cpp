#include "organisation/organisation_fixture.h"

namespace khuyenhoc {
namespace {

SmallOrganisation founded(OrganisationBuilder& bodies, SmallTerritory land) {
  SmallOrganisation out;
  const auto year = [](int given) { return Day::of(given, 1, 1); };
  const auto association = [&](const char* kind, const char* name, const char* short_name, BodyId superior, UnitId area, int born) {
    return bodies.found(kind, std::string("Hội Khuyến học ") + name, short_name, superior, area, year(born));
  };
  const auto branch = [&](const char* kind, const char* name, BodyId superior, int born) {
    const auto area = bodies.build()->body(superior).versions.front().area;
    const std::string whole = name;
    return bodies.found(kind, whole, whole.starts_with("Chi hội ") ? whole.substr(std::string_view("Chi hội ").size()) : whole, superior, area, year(born));
  };
  out.centre = bodies.found("trung_uong", "Trung ương Hội Khuyến học Việt Nam", "Trung ương Hội", BodyId{}, land.country, Day::of(1996, 10, 2));
  out.old_dak_lak = association("tinh_hoi", "tỉnh Đắk Lắk", "Tỉnh Đắk Lắk", out.centre, land.old_dak_lak, 1999);
  out.phu_yen = association("tinh_hoi", "tỉnh Phú Yên", "Tỉnh Phú Yên", out.centre, land.phu_yen, 1999);
  out.university = association("hoi_co_so_don_vi", "Trường Đại học Tây Nguyên", "Trường Đại học Tây Nguyên", out.old_dak_lak, land.old_dak_lak, 2005);
  out.education_branch = branch("chi_hoi_khac", "Chi hội Khoa Sư phạm", out.university, 2006);
  out.ea_kar_district = association("huyen_hoi", "huyện Ea Kar", "Huyện Ea Kar", out.old_dak_lak, land.ea_kar_district, 2000);
  out.old_ea_kar = association("hoi_co_so", "thị trấn Ea Kar", "Thị trấn Ea Kar", out.ea_kar_district, land.old_ea_kar, 2001);
  out.cu_hue = association("hoi_co_so", "xã Cư Huê", "Xã Cư Huê", out.ea_kar_district, land.cu_hue, 2001);
  out.old_ea_o = association("hoi_co_so", "xã Ea Ô", "Xã Ea Ô", out.ea_kar_district, land.old_ea_o, 2001);
  out.ea_bhok = association("hoi_co_so", "xã Ea BHốk", "Xã Ea BHốk", out.old_dak_lak, land.ea_bhok, 2002);
  out.hai_rieng = association("hoi_co_so", "thị trấn Hai Riêng", "Thị trấn Hai Riêng", out.phu_yen, land.hai_rieng, 2002);
  out.thon_8 = branch("chi_hoi_thon_tdp", "Chi hội Thôn 8", out.old_ea_kar, 2003);
  out.nguyen_du = branch("chi_hoi_truong", "Chi hội Trường THCS Nguyễn Du", out.old_ea_kar, 2004);
  out.thon_2 = branch("chi_hoi_thon_tdp", "Chi hội Thôn 2", out.cu_hue, 2003);
  out.nguyen_dinh = branch("ban_dong_ho", "Ban khuyến học dòng họ Nguyễn Đình", out.cu_hue, 2010);
  out.thon_11 = branch("chi_hoi_thon_tdp", "Chi hội Thôn 11", out.old_ea_o, 2003);
  out.thon_5 = branch("chi_hoi_thon_tdp", "Chi hội Thôn 5", out.ea_bhok, 2004);
  out.khu_pho_3 = branch("chi_hoi_thon_tdp", "Chi hội Khu phố 3", out.hai_rieng, 2004);
  out.committee = bodies.found("ubnd_xa", "Ủy ban nhân dân xã Ea Kar", "UBND xã Ea Kar", BodyId{}, land.ea_kar, reform_day());
  out.centre_for_learning = bodies.found("tthtcd", "Trung tâm học tập cộng đồng xã Ea Kar", "TTHTCĐ xã Ea Kar", out.committee, land.ea_kar, reform_day());
  out.land = std::move(land);
  return out;
}

void follow_the_reform(OrganisationBuilder& bodies, SmallOrganisation& out) {
  const auto day = associations_followed();
  const auto& land = out.land;
  const auto association = [&](const char* kind, const char* name, const char* short_name, BodyId superior, UnitId area) {
    return bodies.found(kind, std::string("Hội Khuyến học ") + name, short_name, superior, area, day);
  };
  out.dak_lak = association("tinh_hoi", "tỉnh Đắk Lắk", "Tỉnh Đắk Lắk", out.centre, land.dak_lak);
  out.ea_kar = association("hoi_co_so", "xã Ea Kar", "Xã Ea Kar", out.dak_lak, land.ea_kar);
  out.ea_o = association("hoi_co_so", "xã Ea Ô", "Xã Ea Ô", out.dak_lak, land.ea_o);
  out.ea_ktur = association("hoi_co_so", "xã Ea Ktur", "Xã Ea Ktur", out.dak_lak, land.ea_ktur);
  out.dray_bhang = association("hoi_co_so", "xã Dray Bhăng", "Xã Dray Bhăng", out.dak_lak, land.dray_bhang);
  out.song_hinh = association("hoi_co_so", "xã Sông Hinh", "Xã Sông Hinh", out.dak_lak, land.song_hinh);
  bodies.move(out.university, day, out.dak_lak, land.dak_lak);
  bodies.move(out.education_branch, day, out.university, land.dak_lak);
  for (const auto branch : {out.thon_8, out.nguyen_du, out.thon_2, out.nguyen_dinh}) bodies.move(branch, day, out.ea_kar, land.ea_kar);
  bodies.move(out.thon_11, day, out.ea_o, land.ea_o);
  bodies.move(out.thon_5, day, out.ea_ktur, land.ea_ktur);
  bodies.move(out.khu_pho_3, day, out.song_hinh, land.song_hinh);
  for (const auto ended : {out.old_ea_kar, out.cu_hue, out.old_ea_o, out.ea_bhok, out.hai_rieng, out.ea_kar_district, out.old_dak_lak, out.phu_yen}) bodies.end(ended, day);
  bodies.succeed(out.old_dak_lak, out.dak_lak);
  bodies.succeed(out.phu_yen, out.dak_lak);
  bodies.succeed(out.ea_kar_district, out.ea_kar);
  bodies.succeed(out.ea_kar_district, out.ea_o);
  bodies.succeed(out.old_ea_kar, out.ea_kar);
  bodies.succeed(out.cu_hue, out.ea_kar);
  bodies.succeed(out.old_ea_o, out.ea_o);
  bodies.succeed(out.ea_bhok, out.ea_ktur);
  bodies.succeed(out.ea_bhok, out.dray_bhang);
  bodies.succeed(out.hai_rieng, out.song_hinh);
}

}  // namespace

Day associations_followed() { return Day::of(2025, 8, 1); }

SmallOrganisation small_organisation_before() {
  auto land = small_territory();
  OrganisationBuilder bodies(land.territory);
  auto out = founded(bodies, std::move(land));
  out.organisation = bodies.build();
  return out;
}

SmallOrganisation small_organisation() {
  auto land = small_territory();
  OrganisationBuilder bodies(land.territory);
  auto out = founded(bodies, std::move(land));
  follow_the_reform(bodies, out);
  out.organisation = bodies.build();
  return out;
}

NewBody namesake_of_thon_8(const SmallOrganisation& small) {
  NewBody out;
  out.kind = "chi_hoi_thon_tdp";
  out.name = "Chi hội Thôn 8";
  out.short_name = "Thôn 8";
  out.superior = small.ea_kar;
  out.area = small.land.ea_kar;
  out.former_area = small.land.cu_hue;
  out.born = associations_followed();
  out.namesake = NewBody::Namesake::allowed;
  return out;
}

void import_organisation(OrganisationStore& store, const Organisation& organisation) {
  // The fixture counts its own ids from 1; the store must not give them out again.
  std::int64_t highest = 0;
  for (Node node = 0; node < organisation.size(); ++node) highest = std::max(highest, organisation.id(node).value);
  while (store.store().new_id() <= highest) {
  }
  store.store().write([&](db::Writer& writer) {
    std::vector<Body> bodies;
    for (Node node = 0; node < organisation.size(); ++node) bodies.push_back(organisation.body(organisation.id(node)));
    const auto links = organisation.successions();
    OrganisationChanges changes(store, writer, {}, 0);
    changes.import_all(std::move(bodies), {links.begin(), links.end()});
  });
}

}  // namespace khuyenhoc
