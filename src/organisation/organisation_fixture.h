// A small named association for tests, to be known by heart, over the small territory (territory_fixture.h).
//
//   until 31/7/2025                                                    from 1/8/2025, by the associations' own decisions
//   Trung ương Hội
//     tỉnh Hội Đắk Lắk (old), tỉnh Hội Phú Yên                          tỉnh Hội Đắk Lắk
//       Hội KH Trường Đại học Tây Nguyên   Chi hội Khoa Sư phạm         the same, under the new one
//       Hội KH huyện Ea Kar                                             gone; its stocks go to Ea Kar and Ea Ô by minutes
//         Hội KH thị trấn Ea Kar           Chi hội Thôn 8,              Hội KH xã Ea Kar
//                                          Chi hội Trường THCS Nguyễn Du
//         Hội KH xã Cư Huê                 Chi hội Thôn 2,              Hội KH xã Ea Kar
//                                          Ban khuyến học dòng họ Nguyễn Đình
//         Hội KH xã Ea Ô                   Chi hội Thôn 11              Hội KH xã Ea Ô
//       Hội KH xã Ea BHốk                  Chi hội Thôn 5               divided: Hội KH xã Ea Ktur (with the branch), Hội KH xã Dray Bhăng
//       Hội KH thị trấn Hai Riêng (Phú Yên) Chi hội Khu phố 3           Hội KH xã Sông Hinh
//   Xã Ea Trang and xã Cư ELang have no association.
//   UBND xã Ea Kar and its learning centre since 1/7/2025, in their own system.
#pragma once

#include "organisation/organisation_builder.h"
#include "organisation/organisation_store.h"
#include "territory/territory_fixture.h"

namespace khuyenhoc {

struct SmallOrganisation {
  SmallTerritory land;
  BodyId centre;
  BodyId old_dak_lak, phu_yen, dak_lak;                                        // provincial associations
  BodyId university, education_branch;
  BodyId ea_kar_district;
  BodyId old_ea_kar, cu_hue, old_ea_o, ea_bhok, hai_rieng;                     // commune associations until 31/7/2025
  BodyId ea_kar, ea_o, ea_ktur, dray_bhang, song_hinh;                         // since 1/8/2025; none in small_organisation_before()
  BodyId thon_8, nguyen_du, thon_2, nguyen_dinh, thon_11, thon_5, khu_pho_3;   // branches and a board
  BodyId committee, centre_for_learning;                                       // UBND xã Ea Kar, TTHTCĐ xã Ea Kar
  OrganisationView organisation;
};

Day associations_followed();                     // 1/8/2025

SmallOrganisation small_organisation_before();   // nobody has followed the reform yet
SmallOrganisation small_organisation();          // everybody has

// Another "Chi hội Thôn 8" beside the first, from the other old commune, as a merger leaves them.
NewBody namesake_of_thon_8(const SmallOrganisation& small);

// Writes every body of a snapshot into a store, as an import would.
void import_organisation(OrganisationStore& store, const Organisation& organisation);

}  // namespace khuyenhoc
