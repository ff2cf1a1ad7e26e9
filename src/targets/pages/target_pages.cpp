#include <algorithm>
#include <charconv>

#include "base/i18n.h"
#include "base/number.h"
#include "measures/targets.h"
#include "organisation/namesakes.h"
#include "shell/start_under_way.h"
#include "targets/pages/assign.html.h"
#include "targets/pages/sheet.html.h"
#include "targets/targets.h"

namespace khuyenhoc {
namespace {

constexpr std::size_t history_shown = 20;
constexpr int first_year = 2000, years_ahead = 2;

std::int64_t number_in(std::string_view typed) {
  std::int64_t number = 0;
  std::from_chars(typed.data(), typed.data() + typed.size(), number);
  return number;
}

int year_of(const Visit& visit, std::string_view typed) {
  const std::int64_t year = number_in(typed);
  return year >= first_year && year <= visit.today().year() + years_ahead ? static_cast<int>(year) : visit.period().year;
}

std::string shown(std::optional<std::int64_t> value) { return value ? number_text(*value) : std::string(); }

// "còn thiếu 1.200", "vượt 300", "vừa đủ"; nothing where one of the two is not there.
std::pair<std::string, bool> difference_words(std::optional<std::int64_t> own, std::optional<std::int64_t> sum) {
  if (!own || !sum) return {{}, true};
  if (*sum == *own) return {tr("vừa đủ"), true};
  return *sum > *own ? std::pair(tr("vượt {}", number_text(*sum - *own)), true) : std::pair(tr("còn thiếu {}", number_text(*own - *sum)), false);
}

bool has_targets(const Organisation& organisation, BodyId body) { return organisation.kind(body).level != BodyKind::Level::branch; }

Refusal none_here() { return {"target.branch", tr("Chi hội, ban khuyến học không có chỉ tiêu riêng ở đây. Xin mở chỉ tiêu của Hội cấp trên trực tiếp."), {}}; }

// One cell as typed: "1.234", "1234", nothing for not assigned.
std::optional<std::int64_t> typed_value(const std::string& typed, const std::string& field, std::string& error, std::vector<std::pair<std::string, std::string>>& errors) {
  if (typed.empty()) return std::nullopt;
  const auto value = parse_whole_number(typed);
  if (value && *value >= 0) return *value;
  error = value ? tr("Chỉ tiêu phải là số không âm và không quá lớn. Xin xem lại.") : value.error().message;
  errors.emplace_back("o-" + field, error);
  return std::nullopt;
}

std::optional<Day> from_day(const Visit& visit, std::vector<std::pair<std::string, std::string>>& errors) {
  const std::string typed = visit.request().text("tu-ngay");
  if (typed.empty()) return visit.today();
  const auto day = Day::parse(typed);
  if (day) return *day;
  errors.emplace_back("tu-ngay", day.error().message);
  return std::nullopt;
}

// ---- the sheet of one body

TargetPage sheet_page(const Visit& visit, BodyId body, int year) {
  House& house = visit.house();
  const Organisation& organisation = *visit.organisation();
  const Figures figures(house.ledger.view());
  TargetPage page;
  page.body = body.value;
  page.name = name_among_siblings(organisation, body, visit.today());
  page.office_start = start_under_way(visit);
  page.year = year;
  page.from = visit.today().text();
  page.is_office = !bodies_assigned_to(organisation, body, visit.today()).empty();
  for (int one = visit.today().year() - 1; one <= visit.today().year() + 1; ++one)
    page.years.push_back({tr("Năm {}", one), targets_page(body).with("nam", one), one == year});
  page.docx = html::path("/chi-tieu-nam/{}/quyet-dinh.docx", body).with("nam", year);
  page.xlsx = html::path("/chi-tieu-nam/{}/bang.xlsx", body).with("nam", year);
  page.may_import = page.is_office && visit.viewer().may(Permission::keep_bodies, body);
  page.import_link = Url::local(import_path(body, "chi-tieu")).value_or(Url("/"));
  house.store.read([&](db::Reader& reader) {
    page.may_set = may_set_targets(reader, visit.viewer(), body, year);
    if (!page.may_set && visit.viewer().may(Permission::keep_bodies, body)) page.why_not = tr("Chỉ tiêu này do cấp trên giao theo quyết định, nên đơn vị không tự sửa được.");
    const TargetSheet sheet = target_sheet(reader, house, figures, body, year, visit.today());
    page.version = sheet.version;
    const auto below = bodies_assigned_to(organisation, body, visit.today());
    std::map<MeasureIndex, std::int64_t> sums;
    for (const Target& one : targets(reader, house.catalogue, below, year)) sums[one.measure] += one.value;
    for (const TargetCell& cell : sheet.cells) {
      const Measure& measure = house.catalogue.measure(cell.measure);
      TargetRow row{.field = measure.code, .label = measure.label(visit.language()), .unit = measure.unit(visit.language()), .last_year = shown(cell.last_year), .suggested = shown(cell.suggested), .value = shown(cell.value)};
      if (page.is_office) {
        const auto sum = sums.find(cell.measure);
        row.sum = sum == sums.end() ? tr("Phân giao") : number_text(sum->second);
        std::tie(row.difference, row.fits) = difference_words(cell.value, sum == sums.end() ? std::nullopt : std::optional(sum->second));
        row.link = html::path("/chi-tieu-nam/{}/phan-giao", body).with("chi-tieu", measure.code).with("nam", year);
      }
      page.rows.push_back(std::move(row));
    }
    const BodyId above = organisation.body(body).on(visit.today()).superior;
    for (const BodyId assigns : {body, above})
      if (assigns)
        if (const auto decision = target_decision(reader, assigns, year)) {
          page.decision = tr("{}: Quyết định số {} ngày {}", organisation.body(assigns).on(visit.today()).name, decision->number, decision->day.text());
          if (assigns == body) {
            page.number = decision->number;
            page.day = decision->day.text();
            page.decision_version = decision->version;
          }
          break;
        }
    for (const TargetChange& change : target_changes(reader, body, year, history_shown)) {
      const auto user = house.users.row(reader, change.user);
      const Measure& measure = house.catalogue.measure(change.measure);
      page.history.push_back({time_text(change.at_ms), user ? user->salutation + " " + user->name : tr("Chương trình"),
                              tr("{}: {} thành {}, từ {}", measure.short_label(visit.language()), change.before ? number_text(*change.before) : tr("chưa giao"),
                                 change.value ? number_text(*change.value) : tr("chưa giao"), change.from.text())});
    }
  });
  return page;
}

http::Response show_sheet(const Visit& visit, const TargetPage& page, http::Status status) {
  return http::Response::html(targets_pages::sheet(visit.frame(tr("Chỉ tiêu năm {}", page.year), MenuItem::figures), page), status);
}

http::Response sheet(const Visit& visit) {
  const BodyId body = *visit.body(Permission::see_figures);
  if (!has_targets(*visit.organisation(), body)) return visit.refused(none_here(), http::Status::unprocessable);
  return show_sheet(visit, sheet_page(visit, body, year_of(visit, visit.request().query.value("nam"))), http::Status::ok);
}

http::Response save_sheet(const Visit& visit) {
  const BodyId body = *visit.body(Permission::keep_bodies);
  if (!has_targets(*visit.organisation(), body)) return visit.refused(none_here(), http::Status::unprocessable);
  House& house = visit.house();
  const http::Request& request = visit.request();
  const int year = year_of(visit, request.text("nam"));
  TargetPage page = sheet_page(visit, body, year);
  if (!page.may_set) return visit.refused({"target.assigned", page.why_not.empty() ? tr("Đơn vị này đã kết thúc, nên không ghi chỉ tiêu được.") : page.why_not, {}}, http::Status::unprocessable);
  std::vector<TypedTarget> typed;
  for (TargetRow& row : page.rows) {
    if (!request.form.fields.has("o-" + row.field)) continue;
    const std::string stored = row.value;
    row.value = request.text("o-" + row.field);
    typed.push_back({body, house.catalogue.index(row.field), typed_value(row.value, row.field, row.error, page.errors)});
    if (request.text("buoc") == "goi-y" && row.value.empty()) row.value = row.suggested;
    if (number_in(request.text("version")) != page.version && stored != row.value) row.stored = stored.empty() ? tr("chưa giao") : stored;
  }
  page.from = request.text("tu-ngay");
  if (request.text("buoc") == "goi-y" && page.errors.empty()) {
    page.suggested_note = tr("Đã điền gợi ý vào các ô trống, chưa ghi. Xin xem lại rồi bấm ghi.");
    page.version = number_in(request.text("version"));
    return show_sheet(visit, page, http::Status::ok);
  }
  if (typed.empty()) page.errors.emplace_back("tu-ngay", tr("Chưa có ô nào để ghi. Xin mở lại trang này."));
  const auto from = from_day(visit, page.errors);
  if (!page.errors.empty()) return show_sheet(visit, page, http::Status::unprocessable);
  const SheetVersion shown_version{body, number_in(request.text("version"))};
  const auto done = house.store.write([&](db::Writer& writer) { return set_targets(house, writer, visit.viewer(), year, typed, {&shown_version, 1}, *from); });
  if (!done) {
    page.errors.emplace_back("o-" + page.rows.front().field, done.error().message);
    return show_sheet(visit, page, done.error().code == "target.stale" ? http::Status::conflict : http::Status::unprocessable);
  }
  return visit.done(targets_page(body).with("nam", year), *done == 0 ? tr("Không có gì thay đổi.") : tr("Đã ghi {} chỉ tiêu năm {}.", *done, year));
}

// ---- one indicator over all units below

AssignPage assign_page(const Visit& visit, BodyId body, const TargetKind& kind, int year) {
  House& house = visit.house();
  const Organisation& organisation = *visit.organisation();
  const Figures figures(house.ledger.view());
  const Measure& measure = house.catalogue.measure(kind.measure);
  AssignPage page;
  page.body = body.value;
  page.name = name_among_siblings(organisation, body, visit.today());
  page.year = year;
  page.code = measure.code;
  page.label = measure.short_label(visit.language());
  page.unit = measure.unit(visit.language());
  page.from = visit.today().text();
  page.may_set = visit.viewer().may(Permission::keep_bodies, body) && organisation.body(body).alive(visit.today());
  for (const TargetKind& one : TargetKinds::house().all())
    page.indicators.push_back({house.catalogue.measure(one.measure).short_label(visit.language()),
                               html::path("/chi-tieu-nam/{}/phan-giao", body).with("chi-tieu", house.catalogue.measure(one.measure).code).with("nam", year), one.measure == kind.measure});
  const Assignment all = house.store.read([&](db::Reader& reader) { return assignment(reader, house, figures, body, kind, year, visit.today()); });
  for (std::size_t i = 0; i < all.parts.size(); ++i) {
    const TargetCell& cell = all.parts[i];
    page.rows.push_back({.field = std::to_string(cell.body.value), .label = organisation.body(cell.body).on(visit.today()).short_name, .unit = {}, .last_year = shown(cell.last_year), .suggested = shown(cell.suggested),
                         .value = shown(cell.value), .version = all.versions[i], .link = targets_page(cell.body).with("nam", year)});
  }
  page.own = all.whole.value ? number_text(*all.whole.value) : tr("chưa giao");
  page.sum = all.sum ? number_text(*all.sum) : tr("chưa giao");
  std::tie(page.difference, page.fits) = difference_words(all.whole.value, all.sum);
  return page;
}

http::Response show_assign(const Visit& visit, const AssignPage& page, http::Status status) {
  return http::Response::html(targets_pages::assign(visit.frame(tr("Phân giao năm {}: {}", page.year, page.label), MenuItem::figures), page), status);
}

http::Response assign(const Visit& visit) {
  const BodyId body = *visit.body(Permission::see_figures);
  const auto code = visit.request().query.value("chi-tieu");
  const TargetKind* kind = code.empty() ? &TargetKinds::house().all().front() : TargetKinds::house().find(code);
  if (kind == nullptr || bodies_assigned_to(*visit.organisation(), body, visit.today()).empty()) return visit.not_found();
  return show_assign(visit, assign_page(visit, body, *kind, year_of(visit, visit.request().query.value("nam"))), http::Status::ok);
}

http::Response save_assign(const Visit& visit) {
  const BodyId body = *visit.body(Permission::keep_bodies);
  House& house = visit.house();
  const http::Request& request = visit.request();
  const TargetKind* kind = TargetKinds::house().find(request.text("chi-tieu"));
  if (bodies_assigned_to(*visit.organisation(), body, visit.today()).empty()) return visit.not_found();
  if (kind == nullptr) return visit.refused({"target.measure", tr("Xin chọn chỉ tiêu để phân giao."), {}}, http::Status::unprocessable);
  const int year = year_of(visit, request.text("nam"));
  AssignPage page = assign_page(visit, body, *kind, year);
  std::vector<TypedTarget> typed;
  std::vector<SheetVersion> versions;
  for (TargetRow& row : page.rows) {
    if (!request.form.fields.has("o-" + row.field)) continue;
    const std::string stored = row.value;
    const std::int64_t version = number_in(request.text("v-" + row.field));
    row.value = request.text("o-" + row.field);
    const BodyId unit{number_in(row.field)};
    typed.push_back({unit, kind->measure, typed_value(row.value, row.field, row.error, page.errors)});
    versions.push_back({unit, version});
    if (request.text("buoc") == "goi-y" && row.value.empty()) row.value = row.suggested;
    if (version != row.version && stored != row.value) row.stored = stored.empty() ? tr("chưa giao") : stored;
  }
  page.from = request.text("tu-ngay");
  if (request.text("buoc") == "goi-y" && page.errors.empty()) {
    page.suggested_note = tr("Đã điền gợi ý vào các ô trống, chưa ghi. Xin xem lại rồi bấm ghi.");
    return show_assign(visit, page, http::Status::ok);
  }
  const auto from = from_day(visit, page.errors);
  if (!page.errors.empty()) return show_assign(visit, page, http::Status::unprocessable);
  const auto done = house.store.write([&](db::Writer& writer) { return set_targets(house, writer, visit.viewer(), year, typed, versions, *from); });
  if (!done) {
    page.errors.emplace_back("o-" + done.error().place, done.error().message);
    for (TargetRow& row : page.rows)
      if (row.field == done.error().place) row.error = done.error().message;
    return show_assign(visit, page, done.error().code == "target.stale" ? http::Status::conflict : http::Status::unprocessable);
  }
  return visit.done(html::path("/chi-tieu-nam/{}/phan-giao", body).with("chi-tieu", page.code).with("nam", year), *done == 0 ? tr("Không có gì thay đổi.") : tr("Đã ghi chỉ tiêu của {} đơn vị.", *done));
}

// ---- the decision

http::Response decide(const Visit& visit) {
  const BodyId body = *visit.body(Permission::keep_bodies);
  if (!has_targets(*visit.organisation(), body)) return visit.refused(none_here(), http::Status::unprocessable);
  const http::Request& request = visit.request();
  const int year = year_of(visit, request.text("nam"));
  TargetPage page = sheet_page(visit, body, year);
  page.number = request.text("number");
  page.day = request.text("day");
  const auto day = Day::parse(page.day);
  if (!day) page.errors.emplace_back("day", page.day.empty() ? tr("Xin ghi ngày, ví dụ 01/7/2026.") : day.error().message);
  if (page.errors.empty()) {
    House& house = visit.house();
    const auto kept = house.store.write([&](db::Writer& writer) { return keep_decision(house, writer, visit.viewer(), {body, year, page.number, *day, number_in(request.text("version"))}); });
    if (kept) return visit.done(targets_page(body).with("nam", year), tr("Đã ghi Quyết định số {} ngày {}.", page.number, day->text()));
    page.errors.emplace_back(kept.error().place, kept.error().message);
  }
  return show_sheet(visit, page, http::Status::unprocessable);
}

http::Response download(const Visit& visit, bool as_docx) {
  const BodyId body = *visit.body(Permission::see_figures);
  if (!has_targets(*visit.organisation(), body)) return visit.refused(none_here(), http::Status::unprocessable);
  const int year = year_of(visit, visit.request().query.value("nam"));
  const document::Document paper = target_paper(visit.house(), visit.viewer(), body, year);
  const std::string name = fmt::format("chi-tieu-nam-{}", year);
  if (as_docx) return http::Response::download(std::make_shared<const std::string>(document::to_docx(paper)), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", name + ".docx");
  const auto sheet_bytes = document::to_xlsx(paper);
  if (!sheet_bytes) return visit.refused(sheet_bytes.error(), http::Status::unavailable);
  return http::Response::download(std::make_shared<const std::string>(*sheet_bytes), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name + ".xlsx");
}

}  // namespace

void add_target_pages(Pages& pages) {
  using enum Permission;
  pages.get("/chi-tieu-nam", see_figures, RouteScope::signed_in, [](const Visit& visit) { return http::Response::redirect(targets_page(visit.viewer().acting_for())); });
  pages.get("/chi-tieu-nam/{body:number}", see_figures, RouteScope::body, sheet);
  pages.post("/chi-tieu-nam/{body:number}", keep_bodies, RouteScope::body, save_sheet);
  pages.get("/chi-tieu-nam/{body:number}/phan-giao", see_figures, RouteScope::body, assign);
  pages.post("/chi-tieu-nam/{body:number}/phan-giao", keep_bodies, RouteScope::body, save_assign);
  pages.post("/chi-tieu-nam/{body:number}/quyet-dinh", keep_bodies, RouteScope::body, decide);
  pages.get("/chi-tieu-nam/{body:number}/quyet-dinh.docx", see_figures, RouteScope::body, [](const Visit& visit) { return download(visit, true); });
  pages.get("/chi-tieu-nam/{body:number}/bang.xlsx", see_figures, RouteScope::body, [](const Visit& visit) { return download(visit, false); });
}

}  // namespace khuyenhoc
