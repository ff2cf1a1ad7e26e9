#include "territory/territory_fixture.h"

#include <cassert>
#include <initializer_list>

namespace khuyenhoc {
namespace {

template <class T>
T sure(Result<T> result) {
  assert(result.has_value());
  return *std::move(result);
}
void sure(Result<void> result) {
  assert(result.has_value());
  static_cast<void>(result);
}

}  // namespace

SmallTerritory build_small_territory(TerritoryBuilder& builder) {
  SmallTerritory out;
  const auto open = [&](UnitLevel level, UnitId parent, const char* code, const char* name, const char* type) { return sure(builder.open(level, parent, {code, name, type})); };
  const auto commune = [&](UnitId parent, const char* code, const char* name, const char* type = "xã") { return open(UnitLevel::commune, parent, code, name, type); };
  const auto district = [&](UnitId parent, const char* code, const char* name) { return open(UnitLevel::district, parent, code, name, "huyện"); };

  out.before = sure(builder.begin({Day::earliest(), "Danh mục đơn vị hành chính áp dụng đến hết ngày 30/6/2025", "Quyết định số 124/2004/QĐ-TTg ngày 08/7/2004"}));
  out.country = open(UnitLevel::country, {}, "VN", "Việt Nam", "quốc gia");
  out.old_dak_lak = open(UnitLevel::province, out.country, "66", "Đắk Lắk", "tỉnh");
  out.phu_yen = open(UnitLevel::province, out.country, "54", "Phú Yên", "tỉnh");
  out.ea_kar_district = district(out.old_dak_lak, "651", "Ea Kar");
  out.m_drak_district = district(out.old_dak_lak, "652", "M'Đrắk");
  out.cu_kuin_district = district(out.old_dak_lak, "657", "Cư Kuin");
  out.song_hinh_district = district(out.phu_yen, "561", "Sông Hinh");
  out.old_ea_kar = commune(out.ea_kar_district, "24373", "Ea Kar", "thị trấn");
  out.cu_hue = commune(out.ea_kar_district, "24385", "Cư Huê");
  out.old_ea_o = commune(out.ea_kar_district, "24403", "Ea Ô");
  out.cu_elang = commune(out.ea_kar_district, "24404", "Cư ELang");
  out.ea_trang = commune(out.m_drak_district, "24445", "Ea Trang");
  out.old_ea_ktur = commune(out.cu_kuin_district, "24544", "Ea Ktur");
  out.ea_bhok = commune(out.cu_kuin_district, "24550", "Ea BHốk");
  out.old_dray_bhang = commune(out.cu_kuin_district, "24561", "Dray Bhăng");
  out.hai_rieng = commune(out.song_hinh_district, "22207", "Hai Riêng", "thị trấn");
  out.old_song_hinh = commune(out.song_hinh_district, "22234", "Sông Hinh");
  sure(builder.finish());

  out.reform = sure(builder.begin({reform_day(), "Sắp xếp đơn vị hành chính các cấp", "Nghị quyết số 202/2025/QH15 ngày 12/6/2025 của Quốc hội; Nghị quyết số 1660/NQ-UBTVQH15"}));
  const std::array provinces{out.old_dak_lak, out.phu_yen};
  out.dak_lak = sure(builder.merge(provinces, out.country, {"66", "Đắk Lắk", "tỉnh"}));
  const auto merged = [&](std::initializer_list<UnitId> from, const char* code, const char* name) {
    return sure(builder.merge(std::span(from.begin(), from.size()), out.dak_lak, {code, name, "xã"}));
  };
  out.ea_kar = merged({out.old_ea_kar, out.cu_hue}, "24373", "Ea Kar");
  out.ea_o = merged({out.old_ea_o, out.cu_elang}, "24403", "Ea Ô");
  out.ea_ktur = merged({out.old_ea_ktur}, "24544", "Ea Ktur");
  out.dray_bhang = merged({out.old_dray_bhang}, "24561", "Dray Bhăng");
  out.song_hinh = merged({out.hai_rieng, out.old_song_hinh}, "22207", "Sông Hinh");
  sure(builder.hand_over(out.ea_bhok, std::array{out.ea_ktur, out.dray_bhang}));
  sure(builder.transfer(out.ea_trang, out.dak_lak));
  for (const auto ended : {out.ea_kar_district, out.m_drak_district, out.cu_kuin_district, out.song_hinh_district}) sure(builder.dissolve(ended));
  sure(builder.finish());
  return out;
}

SmallTerritory small_territory() {
  TerritoryBuilder builder;
  auto out = build_small_territory(builder);
  out.territory = builder.build();
  out.records = std::move(builder).take();
  return out;
}

}  // namespace khuyenhoc
