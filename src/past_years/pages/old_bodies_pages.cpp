#include <algorithm>
#include <set>

#include "base/i18n.h"
#include "past_years/annex_loading.h"
#include "past_years/old_bodies.h"
#include "past_years/pages/old_bodies.html.h"
#include "past_years/pages/past_year_views.h"
#include "past_years/past_years.h"
#include "past_years/past_years_queries.h"

namespace khuyenhoc {
namespace {

using namespace past_years;

constexpr int years_before_reform = 5;

struct Wanted {
  std::vector<UnitId> units;
  Day first = Day::latest();            // of the periods of the drafts that want them
};

// What the drafts of the office have rows for and no association.
Wanted wanted_by_drafts(const Visit& visit, BodyId body) {
  House& house = visit.house();
  Wanted out;
  std::set<UnitId> units;
  house.store.read([&](db::Reader& reader) {
    for (const Annex& annex : past_years_sql::of_body(reader, house.catalogue, body)) {
      if (annex.state != AnnexState::draft) continue;
      const auto plan = plan_annex(house, reader, annex);
      if (!plan || plan->without_association.empty()) continue;
      units.insert(plan->without_association.begin(), plan->without_association.end());
      out.first = std::min(out.first, annex.period.period.first);
    }
  });
  out.units.assign(units.begin(), units.end());
  return out;
}

Day proposed_day(const Wanted& wanted) { return std::min(wanted.first, Day::of(reform_year - years_before_reform, 12, 1)) - 1; }

OldBodiesPage page_for(const Visit& visit, BodyId body, const OldBodiesPlan& plan) {
  const auto organisation = visit.organisation();
  OldBodiesPage page;
  page.office = organisation->body(body).on(visit.today()).name;
  page.back = visit.way_back(past_years_page(body));
  page.page = html::path("/so-lieu-nam-truoc/{}/to-chuc-cu", body);
  page.undo = html::path("/so-lieu-nam-truoc/{}/to-chuc-cu/khoi-phuc", body);
  for (const OldBody& one : plan.bodies) {
    OldBodiesPage::Row row{one.name, {}, one.ended.text(), one.follows, one.heirs.size() != 1};
    const auto above = std::ranges::find(plan.bodies, one.above, &OldBody::unit);
    if (above != plan.bodies.end()) row.above = above->name;
    else if (const BodyId known = one.above ? association_of(*organisation, one.above, plan.from) : organisation->head(hkh, visit.today())) row.above = organisation->body(known).on(visit.today()).name;
    if (one.heirs.size() > 1) row.follows = tr("chia về {}; phần chưa tách được giữ một dòng riêng", one.follows);
    page.rows.push_back(std::move(row));
  }
  for (const BodyId id : plan.adopted) page.adopted.push_back(organisation->body(id).on(visit.today()).name);
  page.problems = plan.problems;
  visit.house().store.read([&](db::Reader& reader) {
    for (const auto& one : past_years_sql::foundings(reader))
      if (one.body == body) page.built.push_back({one.id, tr("Đã dựng {} tổ chức tính từ ngày {}, lúc {}.", one.bodies.size(), one.from.text(), time_text(one.at_ms))});
  });
  return page;
}

http::Response answer(const Visit& visit, const OldBodiesPage& page, http::Status status) {
  return http::Response::html(past_years_pages::old_bodies(visit.frame(tr("Dựng tổ chức của thời kỳ trước"), MenuItem::figures), page), status);
}

http::Response show(const Visit& visit) {
  const auto body = office_of(visit, Permission::keep_bodies);
  if (!body) return visit.not_found();
  const Wanted wanted = wanted_by_drafts(visit, *body);
  const Day from = proposed_day(wanted);
  OldBodiesPage page = page_for(visit, *body, plan_old_bodies(visit.house(), *body, wanted.units, from));
  page.from = from.text();
  page.number = "202/2025/QH15";
  page.day = Day::of(reform_year, 6, 12).text();
  page.issuer = tr("Quốc hội");
  return answer(visit, page, http::Status::ok);
}

http::Response build(const Visit& visit) {
  const auto body = office_of(visit, Permission::keep_bodies);
  if (!body) return visit.not_found();
  const Wanted wanted = wanted_by_drafts(visit, *body);
  const std::string from_typed = visit.request().text("tu"), number = visit.request().text("so"), day_typed = visit.request().text("ngay"), issuer = visit.request().text("cua");
  std::vector<std::pair<std::string, std::string>> errors;
  const auto from = Day::parse(from_typed);
  if (!from) errors.emplace_back("tu", from_typed.empty() ? tr("Xin ghi ngày, ví dụ 30/11/2020.") : from.error().message);
  else if (*from >= std::min(wanted.first, reform_day())) errors.emplace_back("tu", tr("Ngày này phải trước ngày đầu của kỳ sớm nhất sẽ nạp ({}).", std::min(wanted.first, reform_day()).text()));
  const auto day = Day::parse(day_typed);
  if (!day) errors.emplace_back("ngay", day_typed.empty() ? tr("Xin ghi ngày ban hành văn bản.") : day.error().message);
  if (number.empty()) errors.emplace_back("so", tr("Xin ghi số của văn bản làm căn cứ."));
  if (issuer.empty()) errors.emplace_back("cua", tr("Xin ghi cơ quan ban hành."));
  const auto plan = plan_old_bodies(visit.house(), *body, wanted.units, errors.empty() ? *from : proposed_day(wanted));
  const auto again = [&](http::Status status) {
    OldBodiesPage page = page_for(visit, *body, plan);
    page.errors = errors;
    page.from = from_typed;
    page.number = number;
    page.day = day_typed;
    page.issuer = issuer;
    return answer(visit, page, status);
  };
  if (!errors.empty()) return again(http::Status::unprocessable);
  const auto done = build_old_bodies(visit.house(), visit.viewer(), *body, plan, {number, *day, issuer});
  if (!done) {
    errors.emplace_back("tu", done.error().message);
    return again(done.error().code == "old_bodies.nothing" ? http::Status::conflict : http::Status::unprocessable);
  }
  return visit.done(visit.way_back(html::path("/so-lieu-nam-truoc/{}/to-chuc-cu", *body)), tr("Đã dựng {} tổ chức của thời kỳ trước. Bây giờ ghi được số liệu của các đơn vị ấy.", plan.bodies.size()));
}

http::Response undo(const Visit& visit) {
  const auto body = office_of(visit, Permission::keep_bodies);
  if (!body) return visit.not_found();
  const std::string typed = visit.request().text("lan");
  const auto founding = visit.house().store.read([&](db::Reader& reader) -> std::int64_t {
    for (const auto& one : past_years_sql::foundings(reader))
      if (one.body == *body && std::to_string(one.id) == typed) return one.id;
    return 0;
  });
  if (founding == 0) return visit.not_found();
  if (const auto done = undo_old_bodies(visit.house(), visit.viewer(), founding); !done) return visit.refused(done.error(), http::Status::conflict);
  return visit.done(html::path("/so-lieu-nam-truoc/{}/to-chuc-cu", *body), tr("Đã khôi phục như cũ: các tổ chức vừa dựng không còn."));
}

}  // namespace

void add_old_bodies_pages(Pages& pages) {
  pages.get("/so-lieu-nam-truoc/{body:number}/to-chuc-cu", Permission::keep_bodies, RouteScope::body, show);
  pages.post("/so-lieu-nam-truoc/{body:number}/to-chuc-cu", Permission::keep_bodies, RouteScope::body, build);
  pages.post("/so-lieu-nam-truoc/{body:number}/to-chuc-cu/khoi-phuc", Permission::keep_bodies, RouteScope::body, undo);
}

}  // namespace khuyenhoc
