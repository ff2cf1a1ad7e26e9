// The ground a world stands on: the periods it reports in, the national territory with its divided communes.
#include <algorithm>

#include "world/steps.h"

namespace khuyenhoc::world {

std::vector<WorldPeriod> periods_until(const Periods& periods, int first_year, const NamedPeriod& open) {
  constexpr int half_yearly_from = 2024;
  std::vector<WorldPeriod> out;
  int step = 0;
  for (int year = first_year; year <= open.year; ++year)
    for (const std::string_view window : year < half_yearly_from ? std::vector<std::string_view>{"Y"} : std::vector<std::string_view>{"H1", "H2"}) {
      WorldPeriod one;
      one.named = periods.named("bao_cao", window, year).value();
      if (one.named.period.first > open.period.first) break;
      one.index = static_cast<int>(out.size());
      one.halves = window == "Y" ? 2 : 1;
      one.step = step += one.halves;
      one.after_reform = one.named.period.last >= reform_day();
      one.detail = one.after_reform ? Detail::full : one.halves == 1 ? Detail::form : Detail::annex;
      one.second_half = window == "H2";
      one.references = window != "H2";
      one.open = one.named == open;
      out.push_back(one);
    }
  return out;
}

Result<void> install_territory(World& world) {
  House& house = world.house;
  // a server that waited here for its first office has put the frame in already
  if (!house.territory.current()->country())
    if (auto done = house.store.write([&](db::Writer& writer) { return house.territory.install_frame(writer); }); !done) return done;
  if (!world.script.divided.empty()) {
    const RestructureAct act{reform_day(), "Bổ sung các xã bị chia trong đợt sắp xếp ngày 01/7/2025", "Các Nghị quyết từ số 1654 đến số 1687/NQ-UBTVQH15"};
    const TerritoryView land = house.territory.current();
    const auto linked = house.store.write([&](db::Writer& writer) {
      return house.territory.apply(writer, act, [&](TerritoryBuilder& builder) -> Result<void> {
        for (const DividedScript& one : world.script.divided) {
          const auto old = land->resolve(one.province + "/" + one.commune, eve_of_reform());
          if (!old) return std::unexpected(old.error());
          const auto known = land->successors(*old);
          const std::string province = land->unit(land->ancestor(known.front(), UnitLevel::province, reform_day())).on(reform_day()).code;
          for (const std::string& code : one.into) {
            const auto successor = land->resolve(province + "/" + code, reform_day());
            if (!successor) return std::unexpected(successor.error());
            if (std::ranges::find(known, *successor) != known.end()) continue;
            if (auto fine = builder.link(*old, *successor); !fine) return fine;
          }
        }
        return {};
      });
    });
    if (!linked) return std::unexpected(linked.error());
  }
  world.land = house.territory.current();
  const Territory& land = *world.land;
  for (WorldProvince& province : world.provinces) {
    const auto old = land.resolve(province.script.code, eve_of_reform());
    if (!old) return std::unexpected(old.error());
    province.old_unit = *old;
    province.unit = land.unit(*old).alive(reform_day()) ? *old : land.successors(*old).front();
    for (const UnitId district : land.children(*old, eve_of_reform()))
      for (const UnitId commune : land.children(district, eve_of_reform())) {
        auto into = land.unit(commune).alive(reform_day()) ? std::vector{commune} : land.successors(commune);
        for (const UnitId one : into) world.from[one].push_back(commune);
        world.into[commune] = std::move(into);
      }
  }
  return {};
}

}  // namespace khuyenhoc::world
