#include "base/number.h"
#include "directory/directory.h"
#include "directory/pages/parts_of_directory.h"

namespace khuyenhoc {
namespace directory {

Outlook outlook_of(const Visit& visit) {
  return {visit.viewer(), visit.viewer().scope(Permission::see_figures), visit.house().ledger.view(), visit.period().period, visit.tree()};
}

Url link_to(const Named& named) {
  if (const auto* unit = std::get_if<UnitId>(&named.subject)) return html::path("/dia-gioi/{}", *unit);
  return html::path("/to-chuc/{}", std::get<BodyId>(named.subject));
}

Url more_link(const Named& named) {
  if (const auto* unit = std::get_if<UnitId>(&named.subject)) return html::path("/dia-gioi/{}/nhanh", *unit);
  return html::path("/to-chuc/{}/nhanh", std::get<BodyId>(named.subject));
}

Url explorer_link(const Named& named) {
  if (const auto* unit = std::get_if<UnitId>(&named.subject)) return Url("/to-chuc?xem=dia-ban").with("tu", unit->value);
  return Url("/to-chuc").with("tu", std::get<BodyId>(named.subject).value);
}

std::string counts_text(const TreeRow& row) {
  std::string text;
  const auto add = [&](std::string part) {
    if (!text.empty()) text += ", ";
    text += part;
  };
  // a commune without an association has no members to be told of
  const bool nobody_counts = row.kind == TreeRow::Kind::unit && row.association.name.empty() && row.counts.members == 0;
  if (row.counts.members && !nobody_counts) add(tr("{} hội viên", number_text(*row.counts.members)));
  if (row.counts.branches.value_or(0) > 0) add(tr("{} chi hội", number_text(*row.counts.branches)));
  if (row.counts.boards.value_or(0) > 0) add(tr("{} ban", number_text(*row.counts.boards)));
  return text;
}

std::string below_text(const TreeRow& row) {
  if (row.kind == TreeRow::Kind::unit) return tr("{} đơn vị hành chính trực thuộc", row.below);
  return tr("{} tổ chức trực thuộc", row.below);
}

std::string_view order_word(SubordinateOrder order) {
  switch (order) {
    case SubordinateOrder::kind: return "loai";
    case SubordinateOrder::members: return "hoi-vien";
    case SubordinateOrder::name: break;
  }
  return "ten";
}

Url list_link(const BodyPage& page, const ListChange& change) {
  const SubordinateQuery& query = page.list.query;
  Url url = html::path("/to-chuc/{}", page.record.id).with("phan", "truc-thuoc");
  if (!query.typed.empty()) url = url.with("q", query.typed);
  if (const std::string kind = change.kind.value_or(query.kind); !kind.empty()) url = url.with("loai", kind);
  if (const auto order = change.order.value_or(query.order); order != SubordinateOrder::name) url = url.with("xep", order_word(order));
  if (change.page.value_or(1) > 1) url = url.with("trang", static_cast<std::int64_t>(*change.page));
  return url;
}

Url workbook_link(const BodyPage& page) {
  const SubordinateQuery& query = page.list.query;
  Url url = html::path("/to-chuc/{}/truc-thuoc.xlsx", page.record.id);
  if (!query.typed.empty()) url = url.with("q", query.typed);
  if (!query.kind.empty()) url = url.with("loai", query.kind);
  if (query.order != SubordinateOrder::name) url = url.with("xep", order_word(query.order));
  return url;
}

std::vector<std::size_t> page_numbers(const Subordinates& list) {
  std::vector<std::size_t> out;
  for (std::size_t page = 1; page <= list.pages; ++page)
    if (page == 1 || page == list.pages || (page + 2 >= list.query.page && page <= list.query.page + 2)) out.push_back(page);
  return out;
}

std::string FormHead::error_of(std::string_view field) const {
  for (const auto& [name, message] : errors)
    if (name == field) return message;
  return {};
}

}  // namespace directory

void add_directory_pages(Pages& pages) {
  add_explorer_pages(pages);
  add_body_pages(pages);
  add_body_change_pages(pages);
  add_founding_pages(pages);
  add_contact_pages(pages);
  add_unit_pages(pages);
}

}  // namespace khuyenhoc
