// The small association of the access tests: a centre, the province of Đắk Lắk with two communes and their branches, and the people who work there.
#pragma once

#include "access/audit.h"
#include "access/sessions.h"
#include "access/users.h"
#include "organisation/organisation_builder.h"
#include "territory/territory_fixture.h"

namespace khuyenhoc {

struct SmallOffices {
  SmallTerritory land = small_territory();
  BodyId centre, province, ea_kar, ea_o, branch_8, branch_11, branch_in_ea_o, old_branch;
  OrganisationView organisation;

  SmallOffices() {
    OrganisationBuilder builder(land.territory);
    const Day long_ago = Day::of(2018, 1, 1);
    const Day reform = Day::of(2025, 7, 1);
    centre = builder.found("trung_uong", "Hội Khuyến học Việt Nam", "Trung ương", {}, land.country, long_ago);
    province = builder.found("tinh_hoi", "Hội Khuyến học tỉnh Đắk Lắk", "Tỉnh Đắk Lắk", centre, land.dak_lak, reform);
    ea_kar = builder.found("hoi_co_so", "Hội Khuyến học xã Ea Kar", "Xã Ea Kar", province, land.ea_kar, reform);
    ea_o = builder.found("hoi_co_so", "Hội Khuyến học xã Ea Ô", "Xã Ea Ô", province, land.ea_o, reform);
    branch_8 = builder.found("chi_hoi_thon_tdp", "Chi hội Thôn 8", "Thôn 8", ea_kar, land.ea_kar, reform);
    branch_11 = builder.found("chi_hoi_thon_tdp", "Chi hội Thôn 11", "Thôn 11", ea_kar, land.ea_kar, reform);
    branch_in_ea_o = builder.found("chi_hoi_thon_tdp", "Chi hội Thôn 2", "Thôn 2", ea_o, land.ea_o, reform);
    old_branch = builder.found("chi_hoi_thon_tdp", "Chi hội Thôn 4", "Thôn 4", ea_kar, land.ea_kar, reform);
    builder.end(old_branch, Day::of(2026, 1, 1));
    builder.succeed(old_branch, branch_8);
    organisation = builder.build();
  }

  static Day today() { return Day::of(2026, 6, 8); }
};

}  // namespace khuyenhoc
