#include <algorithm>

#include "committees/pages/care.html.h"
#include "committees/pages/parts_of_committees.h"
#include "organisation/namesakes.h"

namespace khuyenhoc {
namespace {

using namespace committees;

std::string field_of(BodyId body) { return fmt::format("nguoi-{}", body.value); }
std::string known_field_of(BodyId body) { return fmt::format("biet-{}", body.value); }

CarePage care_page(const Visit& visit, BodyId office) {
  CarePage page;
  page.office = office;
  page.office_name = name_of(visit, office);
  page.from = visit.today().text();
  page.may_keep = body_to_keep(visit).has_value();
  page.only_without = visit.request().query.value("loc") == "chua";
  page.carers.push_back({"0", tr("Chưa phân công")});
  visit.house().store.read([&](db::Reader& reader) {
    std::map<std::int64_t, std::size_t> counts;
    std::map<BodyId, LookedAfter> now;
    for (const LookedAfter& one : looked_after_by(reader, office, visit.today())) now[one.body] = one;
    const auto children = visit.organisation()->children(office, visit.today());
    const Namesakes names(*visit.organisation(), children, visit.today());
    for (const BodyId body : children) {
      const auto at = now.find(body);
      const bool cared_for = at != now.end();
      if (cared_for) ++counts[at->second.holding];
      else ++page.without;
      if (page.only_without && cared_for) continue;
      page.rows.push_back({body, names.name(body), {}, cared_for ? at->second.id : 0, std::to_string(cared_for ? at->second.holding : 0)});
    }
    for (const PostHolding& holding : possible_carers(reader, office, visit.today())) {
      const std::string who = fmt::format("{} ({})", holding.person_name, post_label(holding.post, visit.language()));
      page.carers.push_back({std::to_string(holding.id), who});
      if (counts[holding.id] > 0) page.groups.push_back({who, counts[holding.id]});
    }
  });
  return page;
}

http::Response answer(const Visit& visit, const CarePage& page, http::Status status) {
  return http::Response::html(committees_pages::care(visit.frame(tr("Phân công theo dõi địa bàn"), MenuItem::organisation), page, trail_to(visit, page.office)), status);
}

http::Response show(const Visit& visit) {
  const BodyId office = *visit.body(Permission::see_names);
  return answer(visit, care_page(visit, office), http::Status::ok);
}

http::Response take(const Visit& visit) {
  const auto office = body_to_keep(visit);
  if (!office) return visit.not_found();
  CarePage page = care_page(visit, *office);
  page.from = visit.request().text("from");
  const auto from = typed_day(visit.request(), "from", page.errors);
  std::vector<CareWanted> wanted;
  for (CareRow& row : page.rows) {
    const std::string typed = visit.request().text(field_of(row.body));
    if (typed.empty()) continue;      // not in the form that was sent
    row.wanted = typed;
    wanted.push_back({row.body, typed_number(visit.request(), field_of(row.body)), typed_number(visit.request(), known_field_of(row.body))});
  }
  if (!page.errors.empty()) return answer(visit, page, http::Status::unprocessable);
  const auto done = assign_carers(visit.house(), visit.viewer(), *office, wanted, *from);
  if (done) return visit.done(html::path("/to-chuc/{}/phan-cong", *office), *done == 0 ? tr("Không có thay đổi nào so với phân công đang có.") : tr("Đã phân công {} đơn vị từ {}.", *done, from->text()));
  put(page.errors, done.error(), "from");
  for (CareRow& row : page.rows) row.error = page.error_of(field_of(row.body));
  return answer(visit, page, status_of(done.error()));
}

}  // namespace

void add_care_pages(Pages& pages) {
  pages.get("/to-chuc/{body:number}/phan-cong", Permission::see_names, RouteScope::body, show);
  pages.post("/to-chuc/{body:number}/phan-cong", Permission::keep_bodies, RouteScope::body, take);
}

}  // namespace khuyenhoc
