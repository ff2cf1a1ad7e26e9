#include "territory/territory_builder.h"

#include <algorithm>
#include <cassert>

#include <fmt/format.h>

#include "base/i18n.h"
#include "base/text.h"
#include "territory/unit_naming.h"

namespace khuyenhoc {

TerritoryBuilder::TerritoryBuilder(TerritoryRecords records) : records_(std::move(records)) {
  for (std::size_t i = 0; i < records_.successions.size(); ++i) links_.emplace(records_.successions[i].predecessor.value, i);
}

const Restructure* TerritoryBuilder::act() const {
  assert(open_act_ && !records_.acts.empty());
  return &records_.acts.back();
}

UnitRecord* TerritoryBuilder::record(UnitId unit) { return const_cast<UnitRecord*>(find(unit)); }

const UnitRecord* TerritoryBuilder::find(UnitId unit) const {
  const auto found = std::ranges::lower_bound(records_.units, unit, {}, &UnitRecord::id);
  return found == records_.units.end() || found->id != unit ? nullptr : &*found;
}

bool TerritoryBuilder::alive(UnitId unit, Day day) const {
  const auto* found = find(unit);
  return found != nullptr && found->born <= day && (!found->ended || day < *found->ended);
}

UnitVersion TerritoryBuilder::version(UnitId unit, Day day) const {
  const auto* found = find(unit);
  assert(found != nullptr && !found->changes.empty());
  UnitVersion out;
  day = std::max(day, found->born);
  for (const auto& change : found->changes) {
    if (change.from > day) break;
    apply(change, out);
  }
  return out;
}

std::string TerritoryBuilder::full_title_of(UnitId unit) const { return version(unit, act()->day).full_name(); }
std::string TerritoryBuilder::title_of(UnitId unit) const { return version(unit, act()->day).running_name(); }

std::vector<UnitId> TerritoryBuilder::successors(UnitId unit) const {
  std::vector<UnitId> out;
  const auto [first, last] = links_.equal_range(unit.value);
  for (auto at = first; at != last; ++at) {
    const auto& link = records_.successions[at->second];
    if (!link.forgotten_by) out.push_back(link.successor);
  }
  std::ranges::sort(out);
  return out;
}

bool TerritoryBuilder::linked(UnitId predecessor, UnitId successor) const {
  const auto [first, last] = links_.equal_range(predecessor.value);
  return std::any_of(first, last, [&](const auto& at) {
    const auto& link = records_.successions[at.second];
    return link.successor == successor && !link.forgotten_by;
  });
}

void TerritoryBuilder::note(RestructureItem::Kind kind, UnitId unit, UnitId other) { records_.items.push_back({act()->id, kind, unit, other}); }

Result<RestructureId> TerritoryBuilder::begin(const RestructureAct& act) {
  assert(!open_act_);
  auto title = normalised(act.title);
  auto legal_basis = normalised(act.legal_basis);
  if (title.empty()) return refuse("restructure.title", tr("Chưa ghi tên đợt sắp xếp. Xin ghi ngắn gọn, ví dụ “Sáp nhập thôn trên địa bàn xã Ea Kar”."), "title");
  if (legal_basis.empty()) {
    return refuse("restructure.legal_basis", tr("Chưa ghi căn cứ pháp lý. Xin ghi số, ngày và cơ quan ban hành nghị quyết hoặc quyết định."), "legal_basis");
  }
  const RestructureId id{++records_.last_act};
  records_.acts.push_back({id, act.day, std::move(title), std::move(legal_basis)});
  open_act_ = true;
  return id;
}

Result<void> TerritoryBuilder::finish() {
  // The act holds when every later state of the tree holds, too: it may have been entered long after its day.
  const auto first = std::min(act()->day, unchecked_from_.value_or(act()->day));
  std::vector<Day> days{first};
  for (const auto& unit : records_.units) {
    const auto add = [&](Day day) {
      if (day > first) days.push_back(day);
    };
    add(unit.born);
    if (unit.ended) add(*unit.ended);
    for (const auto& change : unit.changes) add(change.from);
  }
  std::ranges::sort(days);
  days.erase(std::ranges::unique(days).begin(), days.end());
  for (const auto day : days) {
    if (auto checked = check(day); !checked) return checked;
  }
  open_act_ = false;
  unchecked_from_.reset();
  return {};
}

void TerritoryBuilder::finish_with_the_next() {
  unchecked_from_ = std::min(act()->day, unchecked_from_.value_or(act()->day));
  open_act_ = false;
}

Result<void> TerritoryBuilder::changeable(UnitId unit) const {
  const auto* found = find(unit);
  if (found == nullptr) return refuse("territory.unknown", tr("Không tìm thấy đơn vị hành chính này. Có thể lần sắp xếp lập ra đơn vị đã được khôi phục như cũ; xin chọn lại."));
  const auto day = act()->day;
  if (day < found->born) {
    return refuse("territory.not_alive", tr("{} đến ngày {} mới được thành lập, nên ngày {} chưa thể thay đổi.", version(unit, day).full_name(), found->born.text(), day.text()));
  }
  if (found->ended && day >= *found->ended) {
    return refuse("territory.not_alive", tr("{} đã kết thúc từ ngày {}, nên ngày {} không thể thay đổi.", version(unit, day).full_name(), found->ended->text(), day.text()));
  }
  return {};
}

UnitChange& TerritoryBuilder::change_of(UnitRecord& unit) {
  const auto* now = act();
  const auto after = std::ranges::upper_bound(unit.changes, std::pair(now->day, now->id), {}, [](const UnitChange& c) { return std::pair(c.from, c.by); });
  if (after != unit.changes.begin() && std::prev(after)->from == now->day && std::prev(after)->by == now->id) return *std::prev(after);
  return *unit.changes.insert(after, {.from = now->day, .by = now->id, .code = {}, .name = {}, .type = {}, .parent = {}});
}

Result<UnitId> TerritoryBuilder::open(UnitLevel level, UnitId parent, const UnitNaming& naming) {
  auto named = checked_naming(level, naming);
  if (!named) return std::unexpected(named.error());
  if (level != UnitLevel::country) {
    if (auto can = changeable(parent); !can) return std::unexpected(can.error());
    if (!may_stand_under(level, find(parent)->level)) {
      return refuse("territory.parent_level", tr("{} không thể trực thuộc {}.", full_of(*named), title_of(parent)));
    }
  }
  const UnitId id{++records_.last_unit};
  UnitRecord unit{.id = id, .level = level, .born = act()->day, .opened_by = act()->id, .ended = {}, .ended_by = {}, .changes = {}};
  unit.changes.push_back({.from = act()->day, .by = act()->id, .code = named->code, .name = named->name, .type = named->type, .parent = parent});
  records_.units.push_back(std::move(unit));
  note(RestructureItem::Kind::open, id, parent);
  return id;
}

Result<void> TerritoryBuilder::dissolve(UnitId unit) { return hand_over(unit, {}); }

Result<void> TerritoryBuilder::hand_over(UnitId unit, std::span<const UnitId> successors) {
  if (auto can = changeable(unit); !can) return can;
  auto* found = record(unit);
  const auto day = act()->day;
  if (found->born == day) {
    return refuse("territory.later_change", tr("{} được thành lập đúng ngày {}, không thể kết thúc trong cùng ngày.", full_title_of(unit), day.text()));
  }
  const auto later = std::ranges::find_if(found->changes, [day](const UnitChange& change) { return change.from >= day; });
  if (found->ended || later != found->changes.end()) {
    return refuse("territory.later_change", tr("Không thể kết thúc {} từ ngày {}: đơn vị này còn thay đổi ngày {}. Xin khôi phục lần thay đổi ấy trước.", title_of(unit), day.text(),
                                                        (found->ended ? *found->ended : later->from).text()));
  }
  found->ended = day;
  found->ended_by = act()->id;
  if (successors.empty()) note(RestructureItem::Kind::dissolve, unit);
  for (const auto next : successors) {
    if (auto done = link(unit, next); !done) return done;
    records_.items.back().kind = RestructureItem::Kind::hand_over;
  }
  return {};
}

Result<UnitId> TerritoryBuilder::merge(std::span<const UnitId> units, UnitId parent, const UnitNaming& naming) {
  if (units.empty()) return refuse("territory.unknown", tr("Chưa chọn đơn vị để sáp nhập. Xin chọn ít nhất một đơn vị."));
  const auto* first = find(units.front());
  if (first == nullptr) return refuse("territory.unknown", tr("Không tìm thấy đơn vị hành chính cần sáp nhập. Xin chọn lại."));
  const auto made = open(first->level, parent, naming);
  if (!made) return made;
  for (const auto unit : units) {
    if (auto done = hand_over(unit, std::span(&*made, 1)); !done) return std::unexpected(done.error());
  }
  return made;
}

Result<void> TerritoryBuilder::merge_into(std::span<const UnitId> units, UnitId survivor) {
  if (auto can = changeable(survivor); !can) return can;
  for (const auto unit : units) {
    if (unit == survivor) return refuse("territory.itself", tr("Không thể sáp nhập {} vào chính nó.", title_of(unit)));
    if (auto done = hand_over(unit, std::span(&survivor, 1)); !done) return done;
  }
  return {};
}

Result<std::vector<UnitId>> TerritoryBuilder::split(UnitId unit, std::span<const UnitNaming> parts) {
  if (auto can = changeable(unit); !can) return std::unexpected(can.error());
  if (parts.size() < 2) return refuse("territory.parts", tr("Muốn chia {}, xin ghi ít nhất hai đơn vị mới.", title_of(unit)));
  const auto level = find(unit)->level;
  const auto parent = version(unit, act()->day).parent;
  std::vector<UnitId> made;
  for (const auto& part : parts) {
    const auto id = open(level, parent, part);
    if (!id) return std::unexpected(id.error());
    made.push_back(*id);
  }
  if (auto done = hand_over(unit, made); !done) return std::unexpected(done.error());
  return made;
}

Result<void> TerritoryBuilder::transfer(UnitId unit, UnitId parent) {
  if (auto can = changeable(unit); !can) return can;
  if (auto can = changeable(parent); !can) return can;
  if (!may_stand_under(find(unit)->level, find(parent)->level)) {
    return refuse("territory.parent_level", tr("{} không thể trực thuộc {}.", full_title_of(unit), title_of(parent)));
  }
  change_of(*record(unit)).parent = parent;
  note(RestructureItem::Kind::transfer, unit, parent);
  return {};
}

Result<void> TerritoryBuilder::rename(UnitId unit, const PartialNaming& naming) {
  if (auto can = changeable(unit); !can) return can;
  const auto now = version(unit, act()->day);
  const auto named = checked_naming(find(unit)->level, {naming.code.value_or(now.code), naming.name.value_or(now.name), naming.type.value_or(now.type)});
  if (!named) return std::unexpected(named.error());
  auto& change = change_of(*record(unit));
  if (naming.code) change.code = named->code;
  if (naming.name) change.name = named->name;
  if (naming.type) change.type = named->type;
  note(RestructureItem::Kind::rename, unit);
  return {};
}

Result<void> TerritoryBuilder::link(UnitId predecessor, UnitId successor) {
  const auto* from = find(predecessor);
  const auto* to = find(successor);
  if (from == nullptr || to == nullptr) return refuse("territory.unknown", tr("Không tìm thấy đơn vị kế thừa. Xin chọn lại."));
  if (predecessor == successor) return refuse("territory.itself", tr("{} không thể kế thừa chính nó.", full_title_of(predecessor)));
  if (from->born >= act()->day || !alive(successor, act()->day)) {
    return refuse("territory.not_alive", tr("{} phải đang hoạt động ngày {} mới nhận được địa bàn của {}.", full_title_of(successor), act()->day.text(), title_of(predecessor)));
  }
  if (linked(predecessor, successor)) return {};
  links_.emplace(predecessor.value, records_.successions.size());
  records_.successions.push_back({predecessor, successor, act()->id, {}});
  note(RestructureItem::Kind::link, predecessor, successor);
  return {};
}

Result<void> TerritoryBuilder::unlink(UnitId predecessor, UnitId successor) {
  const auto [first, last] = links_.equal_range(predecessor.value);
  for (auto at = first; at != last; ++at) {
    auto& link = records_.successions[at->second];
    if (link.successor != successor || link.forgotten_by) continue;
    link.forgotten_by = act()->id;
    note(RestructureItem::Kind::unlink, predecessor, successor);
    return {};
  }
  return refuse("territory.unknown", tr("Hai đơn vị này không có quan hệ kế thừa."));
}

Result<void> TerritoryBuilder::complete_code(UnitId unit, const std::string& code) {
  auto* found = record(unit);
  if (found == nullptr) return refuse("territory.unknown", tr("Không tìm thấy đơn vị hành chính này."));
  const auto first = version(unit, found->born);
  const auto named = checked_naming(found->level, {code, first.name, first.type});
  if (!named) return std::unexpected(named.error());
  // right after what the opening act said, on the same day
  const auto after = std::ranges::upper_bound(found->changes, std::pair(found->born, act()->id), {}, [](const UnitChange& c) { return std::pair(c.from, c.by); });
  found->changes.insert(after, {.from = found->born, .by = act()->id, .code = named->code, .name = {}, .type = {}, .parent = {}});
  note(RestructureItem::Kind::rename, unit);
  return {};
}

}  // namespace khuyenhoc
