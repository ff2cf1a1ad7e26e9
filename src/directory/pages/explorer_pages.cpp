#include <charconv>

#include "base/text.h"
#include "directory/pages/explorer.html.h"
#include "directory/pages/found.html.h"
#include "directory/pages/parts_of_directory.h"

namespace khuyenhoc {
namespace {

using namespace directory;

constexpr std::size_t found_while_typing = 15;
constexpr std::size_t found_on_a_page = 60;

std::optional<std::int64_t> start_of(const Visit& visit) { return visit.request().query_number("tu"); }

// Of a body merged from a province and its districts only what stands on top: the rest is found below it. What may not be seen is left out first.
template <class Id>
std::vector<Id> topmost(const Outlook& outlook, const TreeInTime& tree, std::vector<Id> all, const std::function<Node(Id)>& node_of) {
  std::erase_if(all, [&](Id one) { return !outlook.scope.contains(one); });
  std::vector<Id> out;
  for (const Id one : all) {
    const bool below_another = std::ranges::any_of(all, [&](Id other) { return other != one && tree.is_within(node_of(one), node_of(other), outlook.tree); });
    if (!below_another) out.push_back(one);
  }
  return out;
}

// Where the explorer begins: what stands for the body in the tree of the chosen day, as far as the viewer may see it.
void begin_at(const Outlook& outlook, BodyId wanted, ExplorerPage& page) {
  const Organisation& organisation = outlook.organisation();
  const std::function<Node(BodyId)> node_of = [&](BodyId body) { return organisation.node(body); };
  for (const BodyId body : topmost(outlook, organisation.superiors(), standing_for(organisation, wanted, outlook.tree), node_of)) {
    page.starts.push_back(row_of(outlook, body));
    page.below.push_back(rows_below(outlook, body));
  }
  if (!page.starts.empty()) page.path = path_of(outlook, std::get<BodyId>(page.starts.front().who.subject));
}

void begin_at(const Outlook& outlook, UnitId wanted, ExplorerPage& page) {
  const Territory& territory = outlook.territory();
  const std::function<Node(UnitId)> node_of = [&](UnitId unit) { return territory.node(unit); };
  for (const UnitId unit : topmost(outlook, territory.tree(), standing_for(territory, wanted, outlook.tree), node_of)) {
    page.starts.push_back(row_of(outlook, unit));
    page.below.push_back(rows_below(outlook, unit));
  }
  if (!page.starts.empty()) page.path = path_of(outlook, std::get<UnitId>(page.starts.front().who.subject));
}

// Names stay with those who may see them; an old tree had others to look after it.
void name_carers_of(const Visit& visit, BodyId office, std::vector<TreeRow>& rows) {
  if (visit.tree_is_old() || !visit.viewer().may(Permission::see_names, office)) return;
  visit.house().store.read([&](db::Reader& reader) { name_carers(reader, office, visit.today(), rows); });
}

http::Response explorer(const Visit& visit) {
  const Outlook outlook = outlook_of(visit);
  const Organisation& organisation = outlook.organisation();
  ExplorerPage page;
  page.by_area = visit.request().query.value("xem") == "dia-ban";
  const auto typed = start_of(visit);
  const Body* own = organisation.find(visit.viewer().acting_for());
  if (page.by_area) {
    const UnitId wanted = typed ? UnitId{*typed} : own != nullptr ? own->on(visit.today()).area : UnitId{};
    if (typed && (outlook.territory().find(wanted) == nullptr || !outlook.scope.contains(wanted))) return visit.not_found();
    if (outlook.territory().find(wanted) != nullptr) begin_at(outlook, wanted, page);
    if (page.starts.empty())
      page.explanation = tr("Số liệu theo địa bàn mở cho tổ chức Hội phụ trách cả địa bàn. Đơn vị của ông/bà xem ở mục Theo tổ chức.");
  } else {
    page.system = visit.request().query.value("he").empty() ? std::string(hkh) : std::string(visit.request().query.value("he"));
    page.systems = systems_in_sight(outlook, visit.house().organisation.systems());
    if (std::ranges::find(page.systems, page.system, &SystemChoice::code) == page.systems.end()) return visit.not_found();
    if (page.system == hkh) {
      const BodyId wanted = typed ? BodyId{*typed} : visit.viewer().acting_for();
      if (typed && (organisation.find(wanted) == nullptr || !outlook.scope.contains(wanted))) return visit.not_found();
      if (organisation.find(wanted) != nullptr) begin_at(outlook, wanted, page);
      for (std::size_t i = 0; i < page.starts.size(); ++i) name_carers_of(visit, std::get<BodyId>(page.starts[i].who.subject), page.below[i]);
      if (page.starts.empty()) page.explanation = tr("Ngày {} chưa có tổ chức nào ứng với đơn vị của ông/bà. Xin chọn ngày khác, hoặc về địa giới hiện nay.", outlook.tree.text());
    } else {
      page.partners = partners(outlook, page.system);
    }
  }
  page.may_restructure = visit.viewer().may_somewhere(Permission::restructure);
  if (visit.viewer().may(Permission::keep_bodies, visit.viewer().acting_for())) page.keeps = visit.viewer().acting_for();
  return http::Response::html(directory_pages::explorer(visit.frame(tr("Tổ chức Hội"), MenuItem::organisation), page));
}

http::Response rows_of_body(const Visit& visit) {
  const Outlook outlook = outlook_of(visit);
  const auto body = visit.body(Permission::see_figures);
  if (!body) return visit.not_found();
  if (!visit.request().is_htmx()) return http::Response::redirect(Url("/to-chuc").with("tu", body->value));
  auto rows = rows_below(outlook, *body);
  name_carers_of(visit, *body, rows);
  return http::Response::html(directory_pages::tree_groups(grouped(std::move(rows))));
}

http::Response rows_of_unit(const Visit& visit) {
  const Outlook outlook = outlook_of(visit);
  const UnitId unit = visit.request().id<struct UnitTag>("unit");
  if (!outlook.scope.contains(unit)) return visit.not_found();
  if (!visit.request().is_htmx()) return http::Response::redirect(Url("/to-chuc?xem=dia-ban").with("tu", unit.value));
  return http::Response::html(directory_pages::tree_rows(rows_below(outlook, unit)));
}

http::Response found(const Visit& visit) {
  const Outlook outlook = outlook_of(visit);
  FoundPage page;
  page.typed = normalised(visit.request().query.value("q"));
  const bool at_once = visit.request().is_htmx();
  if (!page.typed.empty())
    page.found = search(outlook, page.typed, at_once ? found_while_typing : found_on_a_page);
  if (at_once) return http::Response::html(directory_pages::found_rows(page));
  return http::Response::html(directory_pages::found(visit.frame(tr("Tìm tổ chức, địa bàn"), MenuItem::organisation), page));
}

}  // namespace

void add_explorer_pages(Pages& pages) {
  pages.get("/to-chuc", Permission::see_figures, RouteScope::signed_in, explorer);
  pages.get("/to-chuc/tim", Permission::see_figures, RouteScope::signed_in, found);
  pages.get("/to-chuc/{body:number}/nhanh", Permission::see_figures, RouteScope::body, rows_of_body);
  pages.get("/dia-gioi/{unit:number}/nhanh", Permission::see_figures, RouteScope::signed_in, rows_of_unit);
}

}  // namespace khuyenhoc
