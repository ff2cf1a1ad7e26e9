#include "base/i18n.h"
#include "platform/files/files.h"
#include "reporting/entry_workbook.h"
#include "reporting/pages/plan.html.h"
#include "reporting/pages/reporting_pages.h"
#include "reporting/pages/upload.html.h"
#include "reporting/pages/workbook_page.h"
#include "reporting/reporting_queries.h"

namespace khuyenhoc {
namespace {

constexpr std::string_view xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

Result<EntrySheet> sheet_of(const Visit& visit, BodyId body, const NamedPeriod& period) {
  return visit.house().store.read([&](db::Reader& reader) { return entry_sheet(visit.house(), reader, body, period, visit.today()); });
}

std::string heading(const Visit& visit, BodyId body, const NamedPeriod& period) {
  return fmt::format("{}, {}", visit.organisation()->body(body).on(visit.today()).name, visit.house().periods.label(period, visit.language()));
}

// The waiting file knows its days; which request asks about them stands in the address.
Url upload_address(Url link, const NamedPeriod& period) { return is_request(period) ? link.with("ky", period.name()) : link; }

http::Response download(const Visit& visit, const EntrySheet& sheet, const WorkbookCells& given_back) {
  WorkbookLetter letter;
  if (const auto asked = visit.house().store.read([&](db::Reader& reader) { return round_that_asks(reader, visit.house(), sheet.body, sheet.period); })) {
    letter.round_title = asked->title;
    letter.due = asked->due;
  }
  auto bytes = write_entry_workbook(visit.house(), sheet, given_back, letter);
  if (!bytes) return visit.refused(bytes.error(), http::Status::unavailable);
  return http::Response::download(std::make_shared<const std::string>(std::move(*bytes)), xlsx, entry_workbook_name(visit.house(), sheet));
}

http::Response give_workbook(const Visit& visit) {
  const auto sheet = sheet_of(visit, *entered_body(visit), entered_period(visit));
  return sheet ? download(visit, *sheet, {}) : no_sheet(visit, *entered_body(visit), sheet.error());
}

http::Response show_upload(const Visit& visit, std::string error, http::Status status) {
  const BodyId body = *entered_body(visit);
  if (const auto fine = check_sheet(visit.house(), body, entered_period(visit), visit.today()); !fine) return no_sheet(visit, body, fine.error());
  const std::string named = entered_period(visit).name();
  UploadPage page;
  page.title = tr("Đọc tệp Excel đã điền");
  page.name = heading(visit, body, entered_period(visit));
  page.error = std::move(error);
  page.post_link = path("/nhap-so-lieu/{}/tep", body).with("ky", named);
  page.workbook_link = page.post_link;
  page.back_link = path("/nhap-so-lieu/{}", body).with("ky", named);
  return http::Response::html(reporting_pages::upload(visit.frame(page.title, MenuItem::entry), page), status);
}

// Judges the file first; only one that could be written is kept, so that the confirmation needs no second upload.
http::Response take_file(const Visit& visit) {
  House& house = visit.house();
  const BodyId body = *entered_body(visit);
  const http::Upload* given = visit.request().file("tep");
  if (given == nullptr || given->content.empty()) return show_upload(visit, tr("Xin chọn tệp Excel đã điền."), http::Status::unprocessable);
  const auto sheet = sheet_of(visit, body, entered_period(visit));
  if (!sheet) return no_sheet(visit, body, sheet.error());
  if (const auto plan = plan_entry_workbook(house, visit.viewer(), *sheet, given->content); !plan) return show_upload(visit, plan.error().message, http::Status::unprocessable);
  const std::string name = files::safe_name(given->file_name);
  const auto attachment = files::accept(std::string(given->content), name);
  if (!attachment) return show_upload(visit, attachment.error().message, http::Status::unprocessable);
  reporting_sql::Upload upload;
  upload.id = house.store.new_id();
  upload.body = body;
  upload.period = entered_period(visit).period;
  upload.content = attachment->digest;
  upload.file_name = name;
  upload.by = visit.viewer().user();
  upload.at_ms = house.clock.now_ms();
  house.store.write([&](db::Writer& writer) {
    files::keep(writer, *attachment, upload.at_ms);
    reporting_sql::insert_upload(writer, upload);
  });
  return http::Response::redirect(upload_address(path("/nhap-so-lieu/{}/tep/{}", body, upload.id), entered_period(visit)));
}

// A waiting upload with its sheet as it is now, and what the file would do to it.
struct Waiting {
  reporting_sql::Upload upload;
  NamedPeriod period;
  EntrySheet sheet;
  WorkbookPlan plan;
};

Result<Waiting> waiting(const Visit& visit) {
  House& house = visit.house();
  const BodyId body = *entered_body(visit);
  const auto upload = house.store.read([&](db::Reader& reader) { return reporting_sql::upload(reader, visit.request().number("lan")); });
  const NamedPeriod here = entered_period(visit);
  const auto period = upload && is_request(here) && here.period == upload->period ? std::optional(here) : upload ? visit.periods().find(upload->period) : std::nullopt;
  if (!upload || upload->body != body || !period) return refuse("workbook.unknown", {});
  const auto file = house.store.read([&](db::Reader& reader) { return files::find(reader, upload->content); });
  if (!file) return refuse("workbook.unknown", {});
  auto sheet = sheet_of(visit, body, *period);
  if (!sheet) return std::unexpected(sheet.error());
  auto plan = plan_entry_workbook(house, visit.viewer(), *sheet, file->content);
  if (!plan) return std::unexpected(plan.error());
  return Waiting{*upload, *period, std::move(*sheet), std::move(*plan)};
}

http::Response refused_upload(const Visit& visit, const Refusal& refusal) {
  return refusal.code == "workbook.unknown" ? visit.not_found() : visit.refused(refusal, http::Status::unprocessable);
}

http::Response show_plan(const Visit& visit, Waiting given, std::string notice, http::Status status) {
  const BodyId body = given.upload.body;
  PlanPage page;
  page.title = tr("Xem trước (chưa ghi)");
  page.name = heading(visit, body, given.period);
  page.file_name = given.upload.file_name;
  page.notice = std::move(notice);
  if (given.upload.written_ms) page.written = tr("đã ghi lúc {}", time_text(*given.upload.written_ms));
  std::set<BodyId> bodies;
  for (const CellEntry& cell : given.plan.cells) bodies.insert(cell.body);
  page.bodies = bodies.size();
  page.button = given.plan.rows_left_out == 0 ? tr("Ghi {} số", given.plan.changes.size()) : tr("Ghi {} số của các dòng đúng", given.plan.changes.size());
  page.post_link = upload_address(path("/nhap-so-lieu/{}/tep/{}", body, given.upload.id), given.period);
  page.marked_link = upload_address(path("/nhap-so-lieu/{}/tep/{}/loi", body, given.upload.id), given.period);
  page.back_link = path("/nhap-so-lieu/{}", body).with("ky", given.period.name());
  page.other_link = path("/nhap-so-lieu/{}/doc-tep", body).with("ky", given.period.name());
  page.plan = std::move(given.plan);
  return http::Response::html(reporting_pages::plan(visit.frame(page.title, MenuItem::entry), page), status);
}

http::Response preview(const Visit& visit) {
  auto given = waiting(visit);
  return given ? show_plan(visit, std::move(*given), {}, http::Status::ok) : refused_upload(visit, given.error());
}

http::Response write_plan(const Visit& visit) {
  House& house = visit.house();
  auto given = waiting(visit);
  if (!given) return refused_upload(visit, given.error());
  const std::string shown = visit.request().text("xem");
  if (given->plan.cells.empty()) return visit.done(path("/nhap-so-lieu/{}", given->upload.body).with("ky", given->period.name()), tr("Các số trong tệp đã được ghi từ trước; không có số nào thay đổi."));
  const auto written = house.store.write([&](db::Writer& writer) {
    auto done = carry_out(house, visit.viewer(), writer, given->sheet, given->plan, shown, given->upload.id, given->upload.file_name);
    if (done) reporting_sql::mark_written(writer, given->upload.id, house.clock.now_ms());
    return done;
  });
  if (!written) {
    auto again = waiting(visit);
    return again ? show_plan(visit, std::move(*again), written.error().message, http::Status::conflict) : refused_upload(visit, again.error());
  }
  const std::string sentence = given->plan.rows_left_out == 0 ? tr("Đã ghi {} số từ tệp “{}”.", *written, given->upload.file_name)
                                                              : tr("Đã ghi {} số từ tệp “{}”; {} dòng chưa đúng chưa được ghi.", *written, given->upload.file_name, given->plan.rows_left_out);
  return visit.done(given->plan.rows_left_out == 0 ? path("/nhap-so-lieu/{}", given->upload.body).with("ky", given->period.name())
                                                   : upload_address(path("/nhap-so-lieu/{}/tep/{}", given->upload.body, given->upload.id), given->period), sentence);
}

http::Response give_back(const Visit& visit) {
  const auto given = waiting(visit);
  return given ? download(visit, given->sheet, given->plan.contents) : refused_upload(visit, given.error());
}

}  // namespace

void add_workbook_pages(Pages& pages) {
  pages.get("/nhap-so-lieu/{body:number}/tep", Permission::enter_figures, RouteScope::body, give_workbook);
  pages.post_file("/nhap-so-lieu/{body:number}/tep", Permission::enter_figures, RouteScope::body, take_file);
  pages.get("/nhap-so-lieu/{body:number}/doc-tep", Permission::enter_figures, RouteScope::body, [](const Visit& visit) { return show_upload(visit, {}, http::Status::ok); });
  pages.get("/nhap-so-lieu/{body:number}/tep/{lan:number}", Permission::enter_figures, RouteScope::body, preview);
  pages.post("/nhap-so-lieu/{body:number}/tep/{lan:number}", Permission::enter_figures, RouteScope::body, write_plan);
  pages.get("/nhap-so-lieu/{body:number}/tep/{lan:number}/loi", Permission::enter_figures, RouteScope::body, give_back);
}

}  // namespace khuyenhoc
