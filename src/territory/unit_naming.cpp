#include "territory/unit_naming.h"

#include <algorithm>
#include <span>
#include <string_view>

#include <fmt/format.h>

#include "base/i18n.h"
#include "base/text.h"

namespace khuyenhoc {
namespace {

constexpr std::size_t longest_name = 120;
constexpr std::size_t longest_code = 60;

// Luật Tổ chức chính quyền địa phương; types of the past stay valid for units of the past. Villages are named by custom: any type.
std::span<const std::string_view> types_of(UnitLevel level) {
  static constexpr std::string_view country[] = {"quốc gia"};
  static constexpr std::string_view province[] = {"tỉnh", "thành phố"};
  static constexpr std::string_view district[] = {"huyện", "quận", "thị xã", "thành phố"};
  static constexpr std::string_view commune[] = {"xã", "phường", "đặc khu", "thị trấn"};
  switch (level) {
    case UnitLevel::country: return country;
    case UnitLevel::province: return province;
    case UnitLevel::district: return district;
    case UnitLevel::commune: return commune;
    case UnitLevel::village: break;
  }
  return {};
}

std::string small_letters(UnitLevel level, std::string type) {
  if (std::ranges::find(types_of(level), type) != types_of(level).end()) return type;
  // only the first letter is ever a capital in "Thị trấn"; the known types decide how it is written
  const auto sought = tone_neutral(type);
  for (const auto known : types_of(level)) {
    if (tone_neutral(known) == sought) return std::string(known);
  }
  return type;
}

bool is_code(std::string_view code) {
  return !code.empty() && code.size() <= longest_code && std::ranges::all_of(code, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.';
  });
}

}  // namespace

Result<UnitNaming> checked_naming(UnitLevel level, const UnitNaming& naming) {
  UnitNaming out{normalised(naming.code), normalised(naming.name), small_letters(level, normalised(naming.type))};
  if (out.name.empty()) return refuse("territory.name_empty", tr("Chưa ghi tên đơn vị hành chính. Xin ghi tên không kèm loại, ví dụ “Ea Kar”."), "name");
  if (count_characters(out.name) > longest_name) {
    return refuse("territory.name_long", tr("Tên đơn vị dài quá {} chữ. Xin ghi đúng tên trong nghị quyết.", longest_name), "name");
  }
  if (!is_code(out.code)) {
    return refuse("territory.code_form", tr("Mã “{}” của {} không hợp lệ: mã chỉ gồm chữ số, chữ cái không dấu, dấu chấm và dấu gạch nối.", out.code, out.name), "code");
  }
  const auto types = types_of(level);
  if (level == UnitLevel::village ? out.type.empty() : std::ranges::find(types, out.type) == types.end()) {
    return refuse("territory.type", tr("“{}” không phải là loại đơn vị hành chính ở cấp này.{}", out.type,
                                                types.empty() ? " " + tr("Xin ghi thôn, buôn, tổ dân phố …") : " " + tr("Xin ghi một trong: {}.", fmt::format("{}", fmt::join(types, ", ")))),
                  "type");
  }
  return out;
}

bool may_stand_under(UnitLevel level, UnitLevel parent) {
  switch (level) {
    case UnitLevel::country: return false;
    case UnitLevel::province: return parent == UnitLevel::country;
    case UnitLevel::district: return parent == UnitLevel::province;
    case UnitLevel::commune: return parent == UnitLevel::district || parent == UnitLevel::province;
    case UnitLevel::village: return parent == UnitLevel::commune;
  }
  return false;
}

std::string full_of(const UnitNaming& naming) {
  return UnitVersion{.from = {}, .code = naming.code, .name = naming.name, .type = naming.type, .parent = {}}.full_name();
}

void apply(const UnitChange& change, UnitVersion& version) {
  version.from = change.from;
  if (change.code) version.code = *change.code;
  if (change.name) version.name = *change.name;
  if (change.type) version.type = *change.type;
  if (change.parent) version.parent = *change.parent;
}

}  // namespace khuyenhoc
