#include "organisation/systems.h"

#include <cassert>

#include <toml++/toml.h>

namespace khuyenhoc {

extern const std::string_view systems_catalogue;

namespace {

std::string text_of(const toml::table& table, std::string_view key) { return table[key].value_or(std::string{}); }

std::optional<BodyKind::Level> level_of(std::string_view word) {
  using enum BodyKind::Level;
  if (word == "centre") return centre;
  if (word == "province") return province;
  if (word == "district") return district;
  if (word == "commune") return commune;
  if (word == "branch") return branch;
  return std::nullopt;
}

Result<BodyKind> kind_of(const toml::table& entry) {
  BodyKind kind;
  kind.code = text_of(entry, "code");
  kind.system = text_of(entry, "system");
  kind.label_vi = text_of(entry, "vi");
  kind.label_en = text_of(entry, "en");
  kind.family = text_of(entry, "family");
  if (kind.family.empty()) kind.family = kind.code;
  kind.group = text_of(entry, "group");
  kind.short_form = text_of(entry, "short_form");
  if (kind.code.empty() || kind.label_vi.empty() || kind.label_en.empty())
    return refuse("systems.entry", "Mỗi loại tổ chức cần có mã, tên tiếng Việt và tên tiếng Anh.", kind.code);
  const auto level = level_of(text_of(entry, "level"));
  if (!level) return refuse("systems.entry", "Cấp của loại tổ chức phải là centre, province, district, commune hoặc branch.", kind.code);
  kind.level = *level;
  if (const auto* under = entry["under"].as_array())
    for (const auto& family : *under)
      if (const auto* word = family.as_string()) kind.under.push_back(word->get());
  if (const auto* until = entry["until"].as_date()) kind.until = Day::checked(until->get().year, until->get().month, until->get().day);
  return kind;
}

}  // namespace

Result<Systems> Systems::parse(std::string_view text) {
  toml::table file;
  try {
    file = toml::parse(text);
  } catch (const toml::parse_error& error) {
    return refuse("systems.syntax", fmt::format("Tệp danh mục tổ chức không đúng cú pháp: {}.", error.description()),
                  fmt::format("dòng {}", error.source().begin.line));
  }
  Systems out;
  if (const auto* entries = file["system"].as_array())
    for (const auto& entry : *entries) {
      const auto* table = entry.as_table();
      if (!table) continue;
      BodySystem system{text_of(*table, "code"), text_of(*table, "vi"), text_of(*table, "en")};
      if (system.code.empty() || out.find_system(system.code))
        return refuse("systems.entry", "Mỗi hệ thống tổ chức cần có một mã riêng.", system.code);
      out.systems_.push_back(std::move(system));
    }
  if (const auto* entries = file["kind"].as_array())
    for (const auto& entry : *entries) {
      const auto* table = entry.as_table();
      if (!table) continue;
      auto kind = kind_of(*table);
      if (!kind) return std::unexpected(kind.error());
      if (!out.find_system(kind->system)) return refuse("systems.entry", fmt::format("Không có hệ thống tổ chức “{}”.", kind->system), kind->code);
      if (out.find(kind->code)) return refuse("systems.entry", "Mã loại tổ chức bị trùng.", kind->code);
      out.kinds_.push_back(std::move(*kind));
    }
  for (const auto& kind : out.kinds_)
    for (const auto& family : kind.under)
      if (std::ranges::none_of(out.kinds_, [&](const BodyKind& other) { return other.family == family && other.system == kind.system; }))
        return refuse("systems.entry", fmt::format("Không có loại tổ chức “{}” để trực thuộc.", family), kind.code);
  return out;
}

const Systems& Systems::house() {
  static const Systems systems = [] {
    auto parsed = parse(systems_catalogue);
    assert(parsed && "the embedded catalogue of systems must be readable");
    return std::move(*parsed);
  }();
  return systems;
}

const BodySystem* Systems::find_system(std::string_view code) const {
  const auto at = std::ranges::find(systems_, code, &BodySystem::code);
  return at == systems_.end() ? nullptr : &*at;
}

const BodyKind* Systems::find(std::string_view code) const {
  const auto at = std::ranges::find(kinds_, code, &BodyKind::code);
  return at == kinds_.end() ? nullptr : &*at;
}

const BodyKind& Systems::kind(std::string_view code) const {
  const auto* found = find(code);
  assert(found && "a body's kind must be in the catalogue");
  return *found;
}

}  // namespace khuyenhoc
