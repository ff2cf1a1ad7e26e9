#include "organisation/systems.h"

#include <cassert>

#include "platform/config/table.h"

namespace khuyenhoc {

extern const std::string_view systems_catalogue;

namespace {

std::optional<BodyKind::Level> level_of(std::string_view word) {
  using enum BodyKind::Level;
  if (word == "centre") return centre;
  if (word == "province") return province;
  if (word == "district") return district;
  if (word == "commune") return commune;
  if (word == "branch") return branch;
  return std::nullopt;
}

Result<BodyKind> kind_of(const config::Table& entry) {
  BodyKind kind;
  kind.code = entry.text("code");
  kind.system = entry.text("system");
  kind.label_vi = entry.text("vi");
  kind.label_en = entry.text("en");
  kind.family = entry.text("family");
  if (kind.family.empty()) kind.family = kind.code;
  kind.group = entry.text("group");
  kind.short_form = entry.text("short_form");
  if (kind.code.empty() || kind.label_vi.empty() || kind.label_en.empty())
    return refuse("systems.entry", "Mỗi loại tổ chức cần có mã, tên tiếng Việt và tên tiếng Anh.", kind.code.empty() ? entry.place() : kind.code);
  const auto level = level_of(entry.text("level"));
  if (!level) return refuse("systems.entry", "Cấp của loại tổ chức phải là centre, province, district, commune hoặc branch.", kind.code);
  kind.level = *level;
  kind.under = entry.texts("under");
  kind.until = entry.day("until");
  return kind;
}

}  // namespace

Result<Systems> Systems::parse(std::string_view text) {
  const auto file = config::Table::parse(text, "systems.toml");
  if (!file) return std::unexpected(file.error());
  Systems out;
  for (const auto& entry : file->tables("system")) {
    BodySystem system{entry.text("code"), entry.text("vi"), entry.text("en")};
    const std::string papers = entry.text("papers");
    if (papers == "youth_union") system.papers = BodySystem::Papers::youth_union;
    else if (!papers.empty()) return refuse("systems.entry", "Thể thức văn bản của hệ thống tổ chức phải là youth_union hoặc để trống.", system.code);
    if (system.code.empty() || out.find_system(system.code))
      return refuse("systems.entry", "Mỗi hệ thống tổ chức cần có một mã riêng.", system.code.empty() ? entry.place() : system.code);
    out.systems_.push_back(std::move(system));
  }
  for (const auto& entry : file->tables("kind")) {
    auto kind = kind_of(entry);
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

BodySystem::Papers Systems::papers_of(std::string_view system) const {
  const BodySystem* found = find_system(system);
  return found != nullptr ? found->papers : BodySystem::Papers::state;
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
