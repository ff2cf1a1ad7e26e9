// A small true piece of the country for tests, to be known by heart: Đắk Lắk and Phú Yên before the reform and Đắk Lắk after it.
//
//   until 30/6/2025                                              from 1/7/2025: tỉnh Đắk Lắk (66)
//   tỉnh Đắk Lắk (66)
//     huyện Ea Kar (651)    thị trấn Ea Kar 24373, xã Cư Huê 24385   ->  xã Ea Kar 24373
//                           xã Ea Ô 24403, xã Cư ELang 24404         ->  xã Ea Ô 24403
//     huyện M'Đrắk (652)    xã Ea Trang 24445                        ->  the same commune goes on
//     huyện Cư Kuin (657)   xã Ea Ktur 24544                         ->  xã Ea Ktur 24544
//                           xã Ea BHốk 24550                         ->  divided: xã Ea Ktur and xã Dray Bhăng
//                           xã Dray Bhăng 24561                      ->  xã Dray Bhăng 24561
//   tỉnh Phú Yên (54)
//     huyện Sông Hinh (561) thị trấn Hai Riêng 22207, xã Sông Hinh 22234 -> xã Sông Hinh 22207
#pragma once

#include "territory/territory_builder.h"

namespace khuyenhoc {

struct SmallTerritory {
  UnitId country;
  UnitId old_dak_lak, phu_yen, dak_lak;                                                     // provinces
  UnitId ea_kar_district, m_drak_district, cu_kuin_district, song_hinh_district;
  UnitId old_ea_kar, cu_hue, old_ea_o, cu_elang, old_ea_ktur, ea_bhok, old_dray_bhang, hai_rieng, old_song_hinh;   // communes until 30/6/2025
  UnitId ea_trang;                                                                          // goes on through the reform
  UnitId ea_kar, ea_o, ea_ktur, dray_bhang, song_hinh;                                      // communes since 1/7/2025
  RestructureId before, reform;

  TerritoryRecords records;        // to go on from: TerritoryBuilder(small.records)
  TerritoryView territory;
};

// Fills an empty builder (of a store's apply_acts, say); asserts that nothing is refused. `records` and `territory` stay empty.
SmallTerritory build_small_territory(TerritoryBuilder& builder);
SmallTerritory small_territory();

}  // namespace khuyenhoc
