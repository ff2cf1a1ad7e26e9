// What the bench decides: the reform as the territory tells it, and the mergers of one province's villages.
#include <fmt/format.h>

#include "bench/reform_world.h"
#include "restructure/following_territory.h"

namespace khuyenhoc::bench {

BodyRestructure ReformWorld::reform() const {
  const auto now = bodies->current();
  return {reform_day(), "Sắp xếp tổ chức Hội Khuyến học cả nước theo đơn vị hành chính mới", {"250/QĐ-KHVN", reform_day() - 4, "Trung ương Hội Khuyến học Việt Nam"},
          acts_following_territory(*now, reform_day())};
}

BodyRestructure ReformWorld::villages() const {
  const Day day = Day::of(2026, 1, 1);
  constexpr std::size_t mergers = 800;
  const auto now = bodies->current();
  const auto in_pairs = [&](BodyId province) {
    std::vector<std::pair<BodyId, BodyId>> out;
    for (const BodyId commune : now->directly_below(province, day)) {
      const auto branches = now->directly_below(commune, day);
      for (std::size_t i = 0; i + 1 < branches.size(); i += 2) out.emplace_back(branches[i], branches[i + 1]);
    }
    return out;
  };
  std::vector<std::pair<BodyId, BodyId>> pairs;
  for (const BodyId province : now->directly_below(now->head(hkh, day), day))
    if (auto here = in_pairs(province); here.size() > pairs.size()) pairs = std::move(here);
  BodyRestructure out{day, "Sáp nhập thôn, tổ dân phố", {"12/QĐ-HKH", day - 9, "Hội Khuyến học tỉnh"}, {}};
  // spread over all communes of the province
  for (std::size_t i = 0; i < mergers && i < pairs.size(); ++i) {
    const auto& [one, other] = pairs[pairs.size() <= mergers ? i : i * pairs.size() / mergers];
    const auto& old = now->body(one).on(day);
    BodyAct act;
    act.kind = BodyAct::Kind::merge;
    act.bodies = {one, other};
    NewBody opened;
    opened.kind = now->body(one).kind;
    opened.name = fmt::format("Chi hội Thôn Mới {}", i + 1);
    opened.short_name = fmt::format("Thôn Mới {}", i + 1);
    opened.superior = old.superior;
    opened.area = old.area;
    act.opened.push_back(std::move(opened));
    out.acts.push_back(std::move(act));
  }
  return out;
}

BodyRestructure ReformWorld::two_communes() const {
  const Day day = Day::of(2026, 1, 1);
  const auto now = bodies->current();
  BodyAct act;
  act.kind = BodyAct::Kind::merge;
  for (const BodyId province : now->directly_below(now->head(hkh, day), day)) {
    auto communes = now->directly_below(province, day);
    std::erase_if(communes, [&](BodyId id) { return now->kind(id).level != BodyKind::Level::commune || now->directly_below(id, day).empty(); });
    if (communes.size() < 2) continue;
    act.bodies = {communes[0]};
    act.successors = {communes[1]};
    break;
  }
  return {day, "Sáp nhập hai xã", {"15/QĐ-HKH", day - 9, "Hội Khuyến học tỉnh"}, {act}};
}

}  // namespace khuyenhoc::bench
