// The builder's other half: checking a state, taking an act back, and making the snapshot that readers hold.
#include <algorithm>
#include <cassert>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "base/i18n.h"
#include "territory/territory_builder.h"
#include "territory/unit_naming.h"

namespace khuyenhoc {
namespace {

// A unit on one day, without copying its names.
struct Standing {
  const UnitRecord* unit = nullptr;
  const std::string* code = nullptr;
  UnitId parent;
};

Standing standing(const UnitRecord& unit, Day day) {
  Standing out{&unit, nullptr, {}};
  for (const auto& change : unit.changes) {
    if (change.from > day) break;
    if (change.code) out.code = &*change.code;
    if (change.parent) out.parent = *change.parent;
  }
  return out;
}

bool alive_on(const UnitRecord& unit, Day day) { return unit.born <= day && (!unit.ended || day < *unit.ended); }

struct Taken {
  UnitLevel level;
  UnitId area;
  std::string_view code;
  bool operator==(const Taken&) const = default;
};

struct TakenHash {
  std::size_t operator()(const Taken& taken) const {
    return std::hash<std::string_view>{}(taken.code) ^ (static_cast<std::size_t>(taken.area.value) * 0x9E3779B97F4A7C15u) ^ static_cast<std::size_t>(taken.level);
  }
};

}  // namespace

Result<void> TerritoryBuilder::check(Day day) const {
  const auto& units = records_.units;
  std::unordered_map<UnitId, Standing> now;
  now.reserve(units.size());
  for (const auto& unit : units) {
    if (alive_on(unit, day)) now.emplace(unit.id, standing(unit, day));
  }
  std::vector<const UnitRecord*> orphans;
  std::unordered_map<Taken, UnitId, TakenHash> taken;
  taken.reserve(now.size());
  for (const auto& unit : units) {
    const auto here = now.find(unit.id);
    if (here == now.end() || unit.level == UnitLevel::country) continue;
    const auto parent = now.find(here->second.parent);
    if (parent == now.end() || !may_stand_under(unit.level, parent->second.unit->level)) {
      orphans.push_back(&unit);
      continue;
    }
    // Districts and communes are numbered within their province, villages within their commune.
    auto area = here->second.parent;
    if (unit.level == UnitLevel::commune && parent->second.unit->level == UnitLevel::district) area = parent->second.parent;
    const auto [other, fresh] = taken.emplace(Taken{unit.level, area, *here->second.code}, unit.id);
    if (!fresh) {
      return refuse("territory.code_taken", tr("Từ ngày {} mã {} thuộc cả {} và {}. Mỗi đơn vị cần một mã riêng; xin sửa lại mã.", day.text(), *here->second.code,
                                                        version(other->second, day).running_name(), version(unit.id, day).running_name()));
    }
  }
  if (orphans.empty()) return {};
  std::string names;
  for (std::size_t i = 0; i < std::min<std::size_t>(3, orphans.size()); ++i) names += (i == 0 ? "" : ", ") + version(orphans[i]->id, day).running_name();
  if (orphans.size() > 3) names += ", …";
  return refuse("territory.orphan", tr("Từ ngày {} có {} đơn vị không còn cấp trên ({}). Xin chuyển các đơn vị ấy trong cùng đợt sắp xếp.", day.text(), orphans.size(), names));
}

std::vector<UnitId> TerritoryBuilder::touched_by(RestructureId act) const {
  std::set<UnitId> out;
  for (const auto& unit : records_.units) {
    const bool changed = std::ranges::any_of(unit.changes, [act](const UnitChange& change) { return change.by == act; });
    if (unit.opened_by == act || unit.ended_by == act || changed) out.insert(unit.id);
  }
  for (const auto& link : records_.successions) {
    if (link.by != act && link.forgotten_by != act) continue;
    out.insert(link.predecessor);
    out.insert(link.successor);
  }
  return {out.begin(), out.end()};
}

Result<void> TerritoryBuilder::undo(RestructureId act) {
  assert(!open_act_);
  const auto found = std::ranges::find(records_.acts, act, &Restructure::id);
  if (found == records_.acts.end() || found->undone) {
    return refuse("restructure.unknown", tr("Không tìm thấy đợt sắp xếp này, hoặc đợt này đã được khôi phục như cũ."));
  }
  const auto touched = touched_by(act);
  for (const auto& later : records_.acts) {
    if (later.id <= act || later.undone) continue;
    auto others = touched_by(later.id);
    // a unit under another depends on it as well
    for (const auto& unit : records_.units) {
      for (const auto& change : unit.changes) {
        if (change.by == later.id && change.parent && *change.parent) others.push_back(*change.parent);
      }
    }
    std::ranges::sort(others);
    const auto shared = std::ranges::find_if(touched, [&](UnitId unit) { return std::ranges::binary_search(others, unit) && find(unit)->level != UnitLevel::country; });
    if (shared == touched.end()) continue;
    return refuse("restructure.depends", tr("Chưa thể khôi phục như cũ “{}”: đợt “{}” nhập sau đó đã dựa trên {}. Xin khôi phục đợt nhập sau trước.", found->title, later.title,
                                                     version(*shared, std::max(found->day, later.day)).running_name()));
  }

  std::erase_if(records_.units, [act](const UnitRecord& unit) { return unit.opened_by == act; });
  for (auto& unit : records_.units) {
    std::erase_if(unit.changes, [act](const UnitChange& change) { return change.by == act; });
    if (unit.ended_by == act) {
      unit.ended.reset();
      unit.ended_by = {};
    }
  }
  std::erase_if(records_.successions, [act](const SuccessionRecord& link) { return link.by == act; });
  for (auto& link : records_.successions) {
    if (link.forgotten_by == act) link.forgotten_by = {};
  }
  links_.clear();
  for (std::size_t i = 0; i < records_.successions.size(); ++i) links_.emplace(records_.successions[i].predecessor.value, i);
  const auto day = found->day;
  found->undone = true;
  return check(day);
}

TerritoryView TerritoryBuilder::build() const {
  std::shared_ptr<Territory> out(new Territory);
  out->version_ = records_.version;
  out->units_.reserve(records_.units.size());
  for (const auto& record : records_.units) {
    Unit unit{.id = record.id, .level = record.level, .born = record.born, .ended = record.ended, .versions = {}};
    for (const auto& change : record.changes) {
      // changes of one day make one version
      if (unit.versions.empty() || unit.versions.back().from != change.from) {
        auto next = unit.versions.empty() ? UnitVersion{} : unit.versions.back();
        unit.versions.push_back(std::move(next));
      }
      apply(change, unit.versions.back());
    }
    assert(!unit.versions.empty());
    if (unit.level == UnitLevel::country && !out->country_) out->country_ = unit.id;
    out->units_.push_back(std::move(unit));
  }
  auto& tree = out->tree_;
  const auto node_of = [&](UnitId id) { return id ? out->node(id) : no_node; };
  for (Node node = 0; node < out->units_.size(); ++node) {
    const auto& unit = out->units_[node];
    const auto parent = node_of(unit.versions.front().parent);
    const auto added = tree.add(unit.born, parent != no_node && parent < node ? parent : no_node);
    assert(added == node);
    static_cast<void>(added);
  }
  for (Node node = 0; node < out->units_.size(); ++node) {
    const auto& unit = out->units_[node];
    for (std::size_t i = 0; i < unit.versions.size(); ++i) {
      const auto& version = unit.versions[i];
      const auto parent = node_of(version.parent);
      const bool known = i == 0 ? parent == no_node || parent < node : version.parent == unit.versions[i - 1].parent;
      if (!known) tree.move(node, version.from, parent);
    }
    if (unit.ended) tree.end(node, *unit.ended);
  }
  for (const auto& link : records_.successions) {
    if (!link.forgotten_by) tree.succeed(out->node(link.predecessor), out->node(link.successor));
  }
  out->index_codes();
  return out;
}

}  // namespace khuyenhoc
