#include <set>

#include "organisation/namesakes.h"
#include "rounds/pages/late.html.h"
#include "rounds/pages/pass.html.h"
#include "rounds/pages/round_pages.h"

namespace khuyenhoc::rounds {
namespace {

constexpr std::size_t longest_message = 2000;

http::Status status_for(const Refusal& why) { return why.code.ends_with(".stale") ? http::Status::conflict : http::Status::unprocessable; }

// ---- passing down

// The round as the body acted for is asked in it; none: it is not, or has nobody to pass it to.
std::optional<PassPage> pass_page(const Visit& visit) {
  House& house = visit.house();
  const BodyId own = visit.viewer().acting_for();
  return house.store.read([&](db::Reader& reader) -> std::optional<PassPage> {
    const auto round = find_round(reader, round_of(visit));
    const auto report = round ? report_of(reader, round->id, own) : std::nullopt;
    if (!report || report->level == BodyKind::Level::branch || !may_pass_down(visit.viewer(), own)) return std::nullopt;
    PassPage page;
    page.round = round->id;
    page.body = own;
    page.round_title = round->title;
    page.unit = name_on(*visit.organisation(), own, visit.today());
    page.asked = round->message;
    page.lead = report->due ? tr("Số liệu {}. Hạn của đơn vị: {}, {}.", round->period.period.text(), report->due->weekday_text(), report->due->text()) : tr("Số liệu {}.", round->period.period.text());
    const Day day = asking_day(round->period.period, visit.today());
    for (const BodyId body : visit.organisation()->below(own, day))
      if (body != own && visit.organisation()->kind(body).system == visit.organisation()->kind(own).system && reports_to(*visit.organisation(), body, day) == own) ++page.below;
    const auto passed = passing_of(reader, round->id, own);
    if (passed) {
      page.version = passed->row_version;
      page.due = passed->due ? passed->due->text() : std::string();
      page.message = passed->message;
      page.done = tr("Đã chuyển tiếp lúc {}.", time_text(passed->at_ms));
    } else if (round->due.branch && (!report->due || *round->due.branch <= *report->due)) {
      page.due = round->due.branch->text();
    }
    return page;
  });
}

http::Response answer(const Visit& visit, const PassPage& page, http::Status status) {
  return http::Response::html(rounds_pages::pass(visit.frame(tr("Chuyển tiếp xuống chi hội, ban"), MenuItem::reports), page), status);
}

http::Response show_pass(const Visit& visit) {
  const auto page = pass_page(visit);
  return page ? answer(visit, *page, http::Status::ok) : visit.not_found();
}

http::Response take_pass(const Visit& visit) {
  auto page = pass_page(visit);
  if (!page) return visit.not_found();
  House& house = visit.house();
  page->due = visit.request().text("han");
  page->message = visit.request().lines("loi-nhan");
  std::optional<Day> due;
  if (!page->due.empty()) due = typed_day(page->due, "han", page->errors);
  if (page->message.size() > longest_message) page->errors.emplace_back("loi-nhan", tr("Lời nhắn dài quá. Xin rút gọn."));
  if (!page->errors.empty()) return answer(visit, *page, http::Status::unprocessable);
  const auto done = house.store.write([&](db::Writer& writer) {
    return pass_down(writer, house, visit.viewer(), {page->round, page->body, due, page->message, {}, 0, typed_whole(visit, "version")});
  });
  if (!done) {
    page->errors.emplace_back(done.error().place.empty() ? "han" : done.error().place, done.error().message);
    return answer(visit, *page, status_for(done.error()));
  }
  return visit.done(html::path("/dot-bao-cao/{}", page->round).with("trong", page->body.value), tr("Đã chuyển tiếp đến {} chi hội, ban, đơn vị; hạn {}.", page->below, done->due->text()));
}

// ---- a body asked late

std::optional<LatePage> late_page(const Visit& visit) {
  House& house = visit.house();
  return house.store.read([&](db::Reader& reader) -> std::optional<LatePage> {
    const auto round = find_round(reader, round_of(visit));
    if (!round || !visit.viewer().may(Permission::receive, round->office)) return std::nullopt;
    LatePage page;
    page.round = round->id;
    page.round_title = round->title;
    const Day day = asking_day(round->period.period, visit.today());
    page.due_usual = round->due.commune ? tr("Để trống: hạn chung của cấp đó (xã, phường: {}).", round->due.commune->text()) : tr("Để trống: hạn chung của cấp đó.");
    std::set<BodyId> asked;
    for (const RoundReport& report : reports_of_round(reader, round->id)) asked.insert(report.body);
    const std::string chosen = visit.request().text("don-vi");
    const Organisation& organisation = *visit.organisation();
    // associations of every level, and the branches that report to the office itself; the others are asked by their association
    for (const BodyId body : organisation.below(round->office, day)) {
      const BodyKind& kind = organisation.kind(body);
      if (asked.contains(body) || kind.system != organisation.kind(round->office).system) continue;
      if (kind.level == BodyKind::Level::branch && !asked.contains(reports_to(organisation, body, day))) continue;
      const std::string id = std::to_string(body.value);
      page.bodies.push_back({id, kind.level == BodyKind::Level::branch ? organisation.path(body, day) : organisation.body(body).on(day).name, id == chosen});
      constexpr std::size_t most = 2000;
      if (page.bodies.size() == most) break;
    }
    return page;
  });
}

http::Response answer(const Visit& visit, const LatePage& page, http::Status status) {
  return http::Response::html(rounds_pages::late(visit.frame(tr("Bổ sung đơn vị vào đợt"), MenuItem::reports), page), status);
}

http::Response show_late(const Visit& visit) {
  const auto page = late_page(visit);
  return page ? answer(visit, *page, http::Status::ok) : visit.not_found();
}

http::Response take_late(const Visit& visit) {
  auto page = late_page(visit);
  if (!page) return visit.not_found();
  House& house = visit.house();
  page->due = visit.request().text("han");
  std::optional<Day> due;
  if (!page->due.empty()) due = typed_day(page->due, "han", page->errors);
  const BodyId body{typed_whole(visit, "don-vi")};
  if (!body) page->errors.emplace_back("don-vi", tr("Xin chọn đơn vị trong danh sách."));
  if (!page->errors.empty()) return answer(visit, *page, http::Status::unprocessable);
  const auto added = house.store.write([&](db::Writer& writer) { return add_body_late(writer, house, visit.viewer(), page->round, body, due); });
  if (!added) {
    page->errors.emplace_back(added.error().place.empty() ? "don-vi" : added.error().place, added.error().message);
    return answer(visit, *page, status_for(added.error()));
  }
  return visit.done(html::path("/dot-bao-cao/{}", page->round), tr("Đã bổ sung {} vào đợt.", name_on(*visit.organisation(), body, visit.today())));
}

}  // namespace

void add_passing_pages(Pages& pages) {
  pages.get("/dot-bao-cao/{round:number}/chuyen-tiep", Permission::see_figures, RouteScope::signed_in, show_pass);
  pages.post("/dot-bao-cao/{round:number}/chuyen-tiep", Permission::see_figures, RouteScope::signed_in, take_pass);
  pages.get("/dot-bao-cao/{round:number}/them", Permission::receive, RouteScope::signed_in, show_late);
  pages.post("/dot-bao-cao/{round:number}/them", Permission::receive, RouteScope::signed_in, take_late);
}

}  // namespace khuyenhoc::rounds
