// Codes of units: found as of a day, written as a path, and refused with what is near.
#include <algorithm>
#include <cassert>
#include <numeric>

#include <fmt/format.h>

#include "base/i18n.h"
#include "base/text.h"
#include "territory/territory.h"

namespace khuyenhoc {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos ? std::string_view{} : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// How many letters must change, at most; enough to tell a slip of the finger.
std::size_t slips(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto before = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, before + (a[i - 1] == b[j - 1] ? 0u : 1u)});
      before = above;
    }
  }
  return row.back();
}

}  // namespace

void Territory::index_codes() {
  by_code_.clear();
  by_code_.reserve(units_.size() * 2);
  for (Node node = 0; node < units_.size(); ++node) {
    std::string_view last;
    for (const auto& version : units_[node].versions) {
      if (version.code != last) by_code_.emplace(version.code, node);
      last = version.code;
    }
  }
}

std::vector<const Unit*> Territory::with_code(std::string_view code, Day day) const {
  std::vector<const Unit*> out;
  const auto [first, last] = by_code_.equal_range(code);
  for (auto at = first; at != last; ++at) {
    const auto& unit = units_[at->second];
    if (unit.alive(day) && unit.on(day).code == code && std::ranges::find(out, &unit) == out.end()) out.push_back(&unit);
  }
  std::ranges::sort(out, {}, [](const Unit* unit) { return unit->id; });
  return out;
}

bool Territory::lies_in(const Unit& unit, UnitId area, Day day) const {
  for (auto above = unit.on(day).parent; above; above = this->unit(above).on(day).parent) {
    if (above == area) return true;
  }
  return false;
}

Result<UnitId> Territory::resolve(std::string_view code, Day day) const {
  auto path = trimmed(code);
  if (const auto mark = path.find('@'); mark != std::string_view::npos) {
    const auto written = trimmed(path.substr(mark + 1));
    const auto own_day = Day::parse(written);
    if (!own_day) {
      return refuse("territory.bad_day", tr("“{}” sau dấu @ không phải là một ngày. Xin ghi như 66@2025-06-30 hoặc 66@30/6/2025.", written));
    }
    day = *own_day;
    path = trimmed(path.substr(0, mark));
  }
  if (path.empty()) {
    return refuse("territory.code_empty", tr("Chưa ghi mã đơn vị. Xin ghi VN (cả nước), mã tỉnh như 66, hoặc mã tỉnh và mã xã như 66/24490."));
  }
  if (path == "VN" || path == "vn") {
    if (country_) return country_;
    return refuse("territory.unknown_unit", tr("Danh mục địa giới còn trống, chưa có đơn vị nào."));
  }

  const Unit* at = nullptr;
  while (true) {
    const auto slash = path.find('/');
    const auto segment = trimmed(path.substr(0, slash));
    const Unit* next = nullptr;
    for (const auto* unit : with_code(segment, day)) {
      if (at == nullptr ? unit->level == UnitLevel::province : lies_in(*unit, at->id, day)) {
        next = unit;
        break;
      }
    }
    if (next == nullptr) return std::unexpected(at == nullptr ? unknown_province(segment, day) : unknown_unit(segment, *at, day));
    at = next;
    if (slash == std::string_view::npos) return at->id;
    path = path.substr(slash + 1);
  }
}

std::string Territory::code_path(UnitId id, Day day) const {
  const auto& unit = this->unit(id);
  std::string own_day;
  if (!unit.alive(day)) {
    day = day < unit.born ? unit.born : *unit.ended - 1;
    own_day = "@" + day.iso();
  }
  if (id == country_) return "VN" + own_day;
  auto out = unit.on(day).code;
  for (auto above = unit.on(day).parent; above && above != country_; above = this->unit(above).on(day).parent) out = this->unit(above).on(day).code + "/" + out;
  return out + own_day;
}

std::string Territory::nearest(std::string_view code, const std::vector<UnitId>& among, Day day) const {
  struct Near {
    std::size_t slips;
    std::size_t behind;        // characters after the common start: 24490 stands nearer to 24491 than 64490 does
    const Unit* unit;
  };
  std::vector<Near> found;
  for (const auto id : among) {
    const auto& unit = this->unit(id);
    const auto& other = unit.on(day).code;
    const auto apart = slips(code, other);
    if (apart > 2 || apart >= std::max(code.size(), other.size())) continue;
    const auto common = static_cast<std::size_t>(std::ranges::mismatch(code, other).in1 - code.begin());
    found.push_back({apart, code.size() - common, &unit});
  }
  const auto least = found.empty() ? 0 : std::ranges::min(found, {}, &Near::slips).slips;
  std::erase_if(found, [least](const Near& near) { return near.slips > least; });
  const auto kept = static_cast<std::ptrdiff_t>(std::min<std::size_t>(3, found.size()));
  std::ranges::partial_sort(found, found.begin() + kept, {}, [day](const Near& near) { return std::tuple(near.slips, near.behind, near.unit->on(day).code); });
  std::string out;
  for (std::ptrdiff_t i = 0; i < kept; ++i) {
    const auto& version = found[static_cast<std::size_t>(i)].unit->on(day);
    out += fmt::format("{}{} ({})", i == 0 ? "" : ", ", version.code, version.running_name());
  }
  return out;
}

std::string Territory::elsewhere(std::string_view code, Day day) const {
  for (const auto* unit : with_code(code, day)) {
    return " " + tr("Mã {} ngày ấy là của {}; xin ghi {}.", code, running_path(unit->id, day), code_path(unit->id, day));
  }
  const auto [first, last] = by_code_.equal_range(code);
  const Unit* other = nullptr;
  for (auto at = first; at != last; ++at) {
    const auto& unit = units_[at->second];
    if (other == nullptr || unit.level < other->level || (unit.level == other->level && unit.id < other->id)) other = &unit;
  }
  if (other == nullptr) return {};
  if (day < other->born) {
    return " " + tr("Mã {} từ ngày {} là của {}; xin ghi {}.", code, other->born.text(), running_path(other->id, other->born), code_path(other->id, day));
  }
  if (!other->ended) return {};
  const auto last_day = *other->ended - 1;
  std::string now;
  for (const auto next : successors(other->id)) {
    if (this->unit(next).alive(day)) now += fmt::format("{}{} ({})", now.empty() ? "" : ", ", this->unit(next).on(day).running_name(), code_path(next, day));
  }
  const auto whose = running_path(other->id, last_day);
  const auto written = code_path(other->id, last_day) + "@" + last_day.iso();
  return " " + (now.empty() ? tr("Mã {} đến hết ngày {} là của {} (ghi {}).", code, last_day.text(), whose, written)
                            : tr("Mã {} đến hết ngày {} là của {} (ghi {}), nay thuộc {}.", code, last_day.text(), whose, written, now));
}

Refusal Territory::unknown_province(std::string_view code, Day day) const {
  auto message = tr("Không có tỉnh, thành phố nào mang mã “{}” theo danh mục ngày {}.", code, day.text());
  if (const auto other = elsewhere(code, day); !other.empty()) {
    message += other;
  } else if (const auto near = nearest(code, units(UnitLevel::province, day), day); !near.empty()) {
    message += " " + tr("Mã gần giống: {}.", near);
  } else {
    message += " " + tr("Xin ghi VN (cả nước), mã tỉnh như 66, hoặc mã tỉnh và mã xã như 66/24490.");
  }
  return {"territory.unknown_province", std::move(message), std::string(code)};
}

Refusal Territory::unknown_unit(std::string_view code, const Unit& within, Day day) const {
  auto message = tr("Trong {} không có đơn vị nào mang mã “{}” theo danh mục ngày {}.", running_path(within.id, day), code, day.text());
  std::vector<UnitId> inside;
  for (const auto& unit : units_) {
    if (unit.alive(day) && lies_in(unit, within.id, day)) inside.push_back(unit.id);
  }
  if (const auto other = elsewhere(code, day); !other.empty()) {
    message += other;
  } else if (const auto near = nearest(code, inside, day); !near.empty()) {
    message += " " + tr("Mã gần giống: {}.", near);
  } else if (inside.empty()) {
    message += " " + tr("Đơn vị này không có cấp dưới trong danh mục.");
  } else {
    message += " " + tr("Xin tìm theo tên đơn vị để lấy đúng mã.");
  }
  return {"territory.unknown_unit", std::move(message), std::string(code)};
}

}  // namespace khuyenhoc
