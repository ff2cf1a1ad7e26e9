#include "body_lists/places.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/i18n.h"
#include "base/phrases.h"
#include "base/text.h"

namespace khuyenhoc::body_lists {
namespace {

struct TypeWords {
  std::string_view folded, type;
};
constexpr std::array type_words{TypeWords{"xa", "xã"}, TypeWords{"phuong", "phường"}, TypeWords{"thi tran", "thị trấn"}, TypeWords{"tt", "thị trấn"}, TypeWords{"dac khu", "đặc khu"}, TypeWords{"p", "phường"},
                                TypeWords{"x", "xã"}};

std::string key(std::string_view text) { return normalised(folded(text)); }

bool has_marks(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

// "Xã Cư Huê cũ", "xã Cư Huê (cũ)": the name without the word, and whether it was there.
bool take_old(std::string& whole) {
  constexpr std::string_view old = " cu";
  if (!whole.ends_with(old) || whole.size() == old.size()) return false;
  whole.resize(whole.size() - old.size());
  return true;
}

// Keeps those that fit where any does.
template <class Fits>
void prefer(std::vector<UnitId>& units, Fits fits) {
  std::vector<UnitId> kept;
  std::ranges::copy_if(units, std::back_inserter(kept), fits);
  if (!kept.empty()) units = std::move(kept);
}

}  // namespace

Places::Places(const Territory& territory, UnitId within, Day today)
    : territory_(territory), within_(within), level_(territory.find(within) == nullptr ? UnitLevel::country : territory.unit(within).level), today_(today) {
  for (Node node = 0; node < static_cast<Node>(territory.size()); ++node) {
    const Unit& unit = territory.at(node);
    if (unit.level != UnitLevel::commune) continue;
    std::set<std::string> names, codes;
    for (const UnitVersion& version : unit.versions) {
      names.insert(key(version.name));
      codes.insert(version.code);
    }
    for (const std::string& name : names) by_name_[name].push_back(unit.id);
    for (const std::string& code : codes) by_code_[code].push_back(unit.id);
  }
}

bool Places::inside(UnitId unit) const {
  if (level_ == UnitLevel::country) return true;
  return territory_.ancestor(unit, level_, today_) == within_;
}

std::vector<UnitId> Places::named(std::string_view head, std::string_view rest) const {
  const std::string whole = key(head);
  if (!whole.empty() && std::ranges::all_of(whole, [](char c) { return c >= '0' && c <= '9'; }) && whole.size() >= 4) {
    const auto found = by_code_.find(whole);
    return found == by_code_.end() ? std::vector<UnitId>{} : found->second;
  }
  std::string name;
  std::string_view type;
  const auto read = [&](const std::string& words_typed) {
    name = words_typed;
    type = {};
    for (const TypeWords& words : type_words)
      if (words_typed.size() > words.folded.size() + 1 && words_typed.starts_with(words.folded) && words_typed[words.folded.size()] == ' ') {
        name = words_typed.substr(words.folded.size() + 1);
        type = words.type;
        break;
      }
    const auto found = by_name_.find(name);
    return found != by_name_.end() ? found : by_name_.find(words_typed);
  };
  auto found = read(whole);
  std::string without_old = whole;
  const bool old = found == by_name_.end() && take_old(without_old);
  if (old) found = read(without_old);
  if (found == by_name_.end()) return {};
  std::vector<UnitId> units = found->second;
  if (old) {
    std::erase_if(units, [&](UnitId unit) { return territory_.unit(unit).alive(today_); });
    // of one name in many places those that went into the area come first, whatever kind of unit the list calls them
    prefer(units, [&](UnitId unit) { return std::ranges::any_of(alive_successors(unit), [&](UnitId one) { return inside(one); }); });
  }
  if (!type.empty())
    prefer(units, [&](UnitId unit) { return std::ranges::any_of(territory_.unit(unit).versions, [&](const UnitVersion& version) { return version.type == type; }); });
  if (has_marks(head)) {
    // one mark may be the type's alone, so the name is compared where it ends the heading
    std::string toned = normalised(tone_neutral(head));
    if (constexpr std::string_view word = " cũ"; old && toned.ends_with(tone_neutral(word))) toned.resize(toned.size() - tone_neutral(word).size());
    prefer(units, [&](UnitId unit) {
      return std::ranges::any_of(territory_.unit(unit).versions, [&](const UnitVersion& version) { return toned.ends_with(normalised(tone_neutral(version.name))); });
    });
  }
  if (const std::string where = key(rest); !where.empty())
    prefer(units, [&](UnitId unit) {
      const std::string path = key(territory_.path(unit, territory_.unit(unit).alive(today_) ? today_ : territory_.unit(unit).ended.value_or(today_) - 1));
      return path.find(where) != std::string::npos;
    });
  return units;
}

std::vector<UnitId> Places::alive_successors(UnitId old) const {
  std::vector<UnitId> out, open{old};
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (territory_.unit(open[i]).alive(today_)) {
      out.push_back(open[i]);
      continue;
    }
    for (const UnitId next : territory_.successors(open[i]))
      if (std::ranges::find(open, next) == open.end()) open.push_back(next);
  }
  return out;
}

PlaceFound Places::look(std::string_view typed) const {
  PlaceFound out;
  const std::size_t comma = typed.find(',');
  std::string_view head = typed.substr(0, comma);
  std::string_view rest = comma == std::string_view::npos ? std::string_view{} : typed.substr(comma + 1);
  if (const std::size_t slash = head.rfind('/'); slash != std::string_view::npos && slash + 1 < head.size() && head[slash + 1] >= '0' && head[slash + 1] <= '9') head = head.substr(slash + 1);
  const auto units = named(head, rest);
  if (units.empty()) {
    out.code = "body_list.unknown_area";
    out.message = tr("Không có xã, phường, đặc khu nào tên “{}”. Xin xem lại tên, hoặc ghi mã xã.", typed);
    return out;
  }
  std::vector<UnitId> here, elsewhere, old;
  for (const UnitId unit : units) {
    if (!territory_.unit(unit).alive(today_)) old.push_back(unit);
    else if (inside(unit)) here.push_back(unit);
    else elsewhere.push_back(unit);
  }
  if (here.size() == 1) {
    out.unit = here.front();
    return out;
  }
  if (here.size() > 1) {
    std::vector<std::string> names;
    for (const UnitId unit : here) names.push_back(fmt::format("{} ({})", territory_.running_path(unit, today_), territory_.unit(unit).on(today_).code));
    out.code = "body_list.ambiguous_area";
    out.message = tr("Tên “{}” có ở nhiều nơi: {}. Xin ghi mã xã.", typed, enumerated(names));
    return out;
  }
  for (const UnitId unit : old) {
    const auto successors = alive_successors(unit);
    const bool any_here = std::ranges::any_of(successors, [&](UnitId one) { return inside(one); });
    if (!any_here) continue;
    const std::string old_name = capitalised(territory_.unit(unit).full_name(today_));
    if (successors.size() > 1) {
      std::vector<std::string> names;
      for (const UnitId one : successors) names.push_back(territory_.unit(one).on(today_).running_name());
      out.code = "body_list.divided_unit";
      out.message = tr("{} đã chia về {}. Xin ghi xã, phường mới.", old_name, enumerated(names));
      return out;
    }
    out.unit = successors.front();
    out.former = unit;
    out.note = tr("{} từ {} thuộc {}; xếp vào {}.", old_name, territory_.unit(unit).ended->text(), territory_.unit(out.unit).on(today_).running_name(), territory_.unit(out.unit).on(today_).running_name());
    return out;
  }
  if (elsewhere.empty() && !old.empty()) elsewhere = alive_successors(old.front());
  std::vector<std::string> provinces;
  for (const UnitId unit : elsewhere) {
    const UnitId province = territory_.ancestor(unit, UnitLevel::province, today_);
    if (province) provinces.push_back(territory_.unit(province).on(today_).running_name());
  }
  std::ranges::sort(provinces);
  provinces.erase(std::ranges::unique(provinces).begin(), provinces.end());
  const std::string own = territory_.find(within_) == nullptr ? std::string() : territory_.unit(within_).on(today_).running_name();
  if (level_ == UnitLevel::commune) {
    out.code = "body_list.other_area";
    out.message = tr("“{}” không phải {}. Danh sách này chỉ nhận tổ chức ở {}.", typed, own, own);
  } else {
    out.code = "body_list.other_province";
    out.message = tr("“{}” thuộc {}, không thuộc {}. Xin xem lại, hoặc để đơn vị ở đó nhập.", typed, enumerated(provinces), own);
  }
  return out;
}

const PlaceFound& Places::find(std::string_view typed) {
  const auto [at, fresh] = known_.try_emplace(std::string(typed));
  if (fresh) at->second = look(typed);
  return at->second;
}

PlaceFound Places::find_former(std::string_view typed, UnitId now) const {
  PlaceFound out;
  const auto before = territory_.predecessors(now);
  const std::string_view head = typed.substr(0, typed.find(','));
  // a commune that is gone before today's of the same name, whatever kind of unit the list calls it, where only one bears the name
  const auto of_name = [&](std::string_view with_type) {
    std::string wanted = key(with_type);
    take_old(wanted);
    std::vector<UnitId> alike;
    for (const UnitId unit : before) {
      if (unit == now || !territory_.unit(unit).ended) continue;
      const UnitVersion& last = territory_.unit(unit).on(*territory_.unit(unit).ended - 1);
      if (wanted == key(last.full_name())) return std::vector<UnitId>{unit};
      if (std::ranges::any_of(type_words, [&](const TypeWords& words) { return wanted == fmt::format("{} {}", words.folded, key(last.name)); })) alike.push_back(unit);
    }
    return alike;
  };
  if (const auto alike = of_name(head); alike.size() == 1) {
    out.unit = now;
    out.former = alike.front();
    const auto last = *territory_.unit(out.former).ended - 1;
    std::string wanted = key(head);
    take_old(wanted);
    if (wanted != key(territory_.unit(out.former).full_name(last))) out.note = tr("“{}” được hiểu là {}.", typed, tr("{} cũ", territory_.unit(out.former).on(last).running_name()));
    return out;
  }
  for (const UnitId unit : named(head, {}))
    if (unit == now || std::ranges::find(before, unit) != before.end()) {
      if (unit != now) out.former = unit;
      out.unit = now;
      return out;
    }
  std::vector<std::string> names;
  for (const UnitId unit : before) names.push_back(territory_.unit(unit).full_name(today_));
  out.code = "body_list.unknown_area";
  out.message = tr("“{}” không phải xã, thị trấn cũ của {}. Các xã, thị trấn cũ ở đây: {}.", typed, territory_.unit(now).on(today_).running_name(), enumerated(names));
  return out;
}

}  // namespace khuyenhoc::body_lists
