#include "organisation/body_rules.h"

#include "base/i18n.h"
#include "base/text.h"

namespace khuyenhoc {
namespace {

const std::string& label_of(const BodyKind& kind) { return current_language() == Language::english ? kind.label_en : kind.label_vi; }

constexpr std::size_t longest_name = 200;

}  // namespace

Result<std::string> checked_body_name(std::string_view typed, std::string_view place) {
  auto name = normalised(typed);
  if (name.empty()) return refuse("body.name", tr("Cần ghi tên tổ chức."), std::string(place));
  if (count_characters(name) > longest_name)
    return refuse("body.name", tr("Tên tổ chức dài quá {} chữ; xin rút gọn lại.", longest_name), std::string(place));
  return name;
}

Result<Body> body_to_found(const Systems& systems, const Territory& territory, const NewBody& given) {
  const auto* kind = systems.find(given.kind);
  if (!kind) return refuse("body.kind", tr("Không có loại tổ chức “{}”; xin chọn trong danh sách.", given.kind), "kind");
  if (kind->until && given.born >= *kind->until)
    return refuse("body.kind_closed", tr("Từ ngày {} không còn {}.", kind->until->text(), label_of(*kind)), "born");
  auto name = checked_body_name(given.name, "name");
  if (!name) return std::unexpected(name.error());
  auto short_name = checked_body_name(given.short_name.empty() ? given.name : given.short_name, "short_name");
  if (!short_name) return std::unexpected(short_name.error());
  if (given.former_area && !territory.find(given.former_area)) return refuse("body.area", tr("Không tìm thấy đơn vị hành chính cũ đã chọn."), "former_area");
  Body body;
  body.kind = given.kind;
  body.born = given.born;
  body.former_area = given.former_area;
  body.uid = given.uid;
  body.versions.push_back({given.born, std::move(*name), std::move(*short_name), given.superior, given.area});
  return body;
}

Result<void> check_place(const Systems& systems, const Territory& territory, const Body& child, const BodyVersion& version, Day day, const FindBody& find) {
  const auto& kind = systems.kind(child.kind);
  const auto* area = territory.find(version.area);
  if (!area) return refuse("body.area", tr("Cần chọn địa bàn hoặc nơi đặt trụ sở."), "area");
  if (!version.superior) {
    if (kind.under.empty() || kind.system != hkh) return {};
    return refuse("body.superior", tr("Cần chọn tổ chức cấp trên của {}.", label_of(kind)), "superior");
  }
  const auto* superior = find(version.superior);
  if (!superior) return refuse("body.superior", tr("Không tìm thấy tổ chức cấp trên đã chọn."), "superior");
  const auto& above = systems.kind(superior->kind);
  if (above.system != kind.system || std::ranges::find(kind.under, above.family) == kind.under.end())
    return refuse("body.superior", tr("{} không trực thuộc {}; xin chọn tổ chức cấp trên khác.", label_of(kind), label_of(above)), "superior");
  if (!superior->alive(day))
    return refuse("body.superior", tr("Ngày {1}, “{0}” chưa thành lập hoặc đã kết thúc; xin chọn tổ chức cấp trên khác hoặc sửa ngày.", superior->on(day).name, day.text()),
                  "superior");
  for (const Body* next = superior; next != nullptr;) {
    if (next->id == child.id)
      return refuse("body.circle", tr("“{}” đang trực thuộc chính “{}”, nên không thể là cấp trên của tổ chức này.", superior->on(day).name, child.on(day).name),
                    "superior");
    const auto up = next->on(day).superior;
    next = up ? find(up) : nullptr;
  }
  return {};
}

std::string namesake_key(std::string_view name) { return tone_neutral(name); }

std::unexpected<Refusal> refuse_namesake(std::string_view name) {
  return refuse("body.namesake", tr("Đã có “{}” trực thuộc cùng cấp trên. Nếu là tổ chức khác, xin ghi tên để phân biệt.", name), "name");
}

}  // namespace khuyenhoc
