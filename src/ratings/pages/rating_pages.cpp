#include <algorithm>
#include <charconv>

#include "organisation/namesakes.h"
#include "ratings/pages/rating_page.h"
#include "ratings/pages/ratings.html.h"

namespace khuyenhoc {
namespace {

using namespace ratings;

constexpr int years_offered = 5;
constexpr Grade grades[] = {Grade::excellent, Grade::good, Grade::fulfilled, Grade::not_fulfilled};

std::string code_of(Grade grade) { return std::to_string(static_cast<std::int64_t>(grade)); }
std::string field_of(BodyId body) { return fmt::format("loai-{}", body.value); }

std::int64_t typed_number(const http::Request& request, const std::string& field) {
  const std::string typed = request.text(field);
  std::int64_t out = 0;
  const auto [end, wrong] = std::from_chars(typed.data(), typed.data() + typed.size(), out);
  return wrong == std::errc{} && end == typed.data() + typed.size() ? out : 0;
}

// Branches are rated at the end of a year: until December one looks at the year before.
int year_asked(const Visit& visit) {
  const int now = visit.today().year();
  const auto asked = visit.request().method == http::Method::post ? std::optional(typed_number(visit.request(), "nam")) : visit.request().query_number("nam");
  if (asked && *asked > now - years_offered && *asked <= now) return static_cast<int>(*asked);
  return visit.today().month() == 12 ? now : now - 1;
}

bool may_keep(const Visit& visit, BodyId body) { return visit.viewer().may(Permission::keep_bodies, body) && visit.organisation()->body(body).alive(visit.today()); }

RatingPage page_of(const Visit& visit, BodyId superior) {
  RatingPage page;
  page.superior = superior;
  page.superior_name = name_among_siblings(*visit.organisation(), superior, visit.today());
  page.year = year_asked(visit);
  for (int year = visit.today().year(); year > visit.today().year() - years_offered; --year) page.years.push_back(year);
  page.may_keep = may_keep(visit, superior);
  page.grades.push_back({"", tr("Chưa xếp loại")});
  for (const Grade grade : grades) page.grades.push_back({code_of(grade), grade_label(grade, visit.language())});
  const auto below = visit.house().store.read([&](db::Reader& reader) { return ratings_below(reader, *visit.organisation(), superior, visit.today()); });
  std::map<Grade, std::size_t> counts;
  const auto bodies = rated_by(*visit.organisation(), superior, visit.today());
  const Namesakes names(*visit.organisation(), bodies, visit.today());
  for (const BodyId body : bodies) {
    const BodyKind& kind = visit.organisation()->kind(body);
    RatingRow row{.body = body, .name = names.name(body), .kind = visit.language() == Language::english ? kind.label_en : kind.label_vi, .wanted = {}, .error = {}, .before = {}, .decided = {}};
    for (const Rating& rating : below.at(body)) {
      if (rating.year == page.year) {
        row.known = rating.row_version;
        if (rating.grade == Grade::taken_back) {
          row.decided = grade_label(rating.grade, visit.language());
          continue;
        }
        row.wanted = code_of(rating.grade);
        row.decided = decision_text(rating.decision);
        ++counts[rating.grade];
        ++page.rated;
      } else {
        row.before += fmt::format("{}{}: {}", row.before.empty() ? "" : "; ", rating.year, grade_label(rating.grade, visit.language()));
      }
    }
    page.rows.push_back(std::move(row));
  }
  for (const Grade grade : grades) page.counts.emplace_back(grade_label(grade, visit.language()), counts[grade]);
  const http::Request& request = visit.request();
  page.decision = {FormLine::text("decision_number", tr("Số quyết định"), request.text("decision_number"), tr("Ví dụ: 20/QĐ-HKH. Để trống nếu chưa có quyết định.")),
                          FormLine::text("decision_day", tr("Ngày quyết định"), request.text("decision_day")),
                          FormLine::text("decision_issuer", tr("Cơ quan ban hành"), request.text("decision_issuer"))};
  return page;
}

http::Response answer(const Visit& visit, const RatingPage& page, http::Status status) {
  const std::vector<FrameLink> way{{tr("Tổ chức Hội"), Url("/to-chuc")}, {page.superior_name, html::path("/to-chuc/{}", page.superior)}};
  return http::Response::html(ratings_pages::ratings(visit.frame(tr("Xếp loại chi hội, ban năm {}", std::to_string(page.year)), MenuItem::organisation), page, way), status);
}

http::Response show(const Visit& visit) { return answer(visit, page_of(visit, *visit.body(Permission::see_figures)), http::Status::ok); }

http::Response take(const Visit& visit) {
  const BodyId superior = *visit.body(Permission::keep_bodies);
  if (!may_keep(visit, superior)) return visit.not_found();
  const http::Request& request = visit.request();
  RatingPage page = page_of(visit, superior);
  if (const auto year = typed_number(request, "nam"); year != page.year) page.errors.emplace_back("nam", tr("Xin chọn năm trong danh sách."));
  const auto decision = decision_from(request.text("decision_number"), request.text("decision_day"), request.text("decision_issuer"), DecisionIs::optional);
  if (!decision) page.errors.emplace_back(decision.error().place, decision.error().message);
  std::vector<RatingWanted> wanted;
  for (RatingRow& row : page.rows) {
    if (!request.form.fields.has(field_of(row.body))) continue;
    row.wanted = request.text(field_of(row.body));
    const auto grade = typed_number(request, field_of(row.body));
    if (!row.wanted.empty() && (grade < 1 || grade > 4)) {
      row.error = tr("Xin chọn mức xếp loại trong danh sách.");
      page.errors.emplace_back(field_of(row.body), row.error);
      continue;
    }
    wanted.push_back({row.body, row.wanted.empty() ? std::nullopt : std::optional(static_cast<Grade>(grade)), typed_number(request, fmt::format("biet-{}", row.body.value))});
  }
  if (page.errors.empty()) {
    const auto done = rate(visit.house(), visit.viewer(), superior, page.year, wanted, *decision);
    if (done) return visit.done(html::path("/to-chuc/{}/xep-loai", superior).with("nam", page.year), *done == 0 ? tr("Không có thay đổi nào so với xếp loại đang có.") : tr("Đã ghi xếp loại của {} chi hội, ban.", *done));
    page.errors.emplace_back(done.error().place, done.error().message);
    for (RatingRow& row : page.rows)
      if (field_of(row.body) == done.error().place) row.error = done.error().message;
    if (done.error().code == "rating.stale") return answer(visit, page, http::Status::conflict);
  }
  return answer(visit, page, http::Status::unprocessable);
}

}  // namespace

void add_rating_pages(Pages& pages) {
  pages.get("/to-chuc/{body:number}/xep-loai", Permission::see_figures, RouteScope::body, show);
  pages.post("/to-chuc/{body:number}/xep-loai", Permission::keep_bodies, RouteScope::body, take);
}

}  // namespace khuyenhoc
