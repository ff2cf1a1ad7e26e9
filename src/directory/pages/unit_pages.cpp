#include <array>

#include "directory/pages/parts_of_directory.h"
#include "directory/pages/unit.html.h"

namespace khuyenhoc {
namespace {

using namespace directory;

constexpr std::array<std::string_view, 6> of_a_unit{"B01", "B05", "A04", "A05", "C03", "D04"};

http::Response unit_page(const Visit& visit) {
  const Outlook outlook = outlook_of(visit);
  const UnitId unit = visit.request().id<struct UnitTag>("unit");
  if (outlook.territory().find(unit) == nullptr || !outlook.scope.contains(unit)) return visit.not_found();
  UnitPage page;
  page.record = record_of(outlook, unit);
  if (page.record.alive) {
    page.figures = key_figures(outlook, unit, of_a_unit);
    page.compared = compared_with(outlook, unit);
  }
  page.period = visit.house().periods.label(visit.period(), visit.language());
  page.acts = visit.house().store.read([&](db::Reader& reader) { return acts_of(reader, unit); });
  return http::Response::html(directory_pages::unit(visit.frame(page.record.name, MenuItem::organisation), page));
}

}  // namespace

void add_unit_pages(Pages& pages) { pages.get("/dia-gioi/{unit:number}", Permission::see_figures, RouteScope::signed_in, unit_page); }

}  // namespace khuyenhoc
