#include <charconv>

#include "directory/pages/found_form.html.h"
#include "directory/pages/parts_of_directory.h"
#include "organisation/namesakes.h"
#include "shell/form.h"
#include "shell/pages/form.html.h"

namespace khuyenhoc {
namespace {

using namespace directory;

FormHead form_head(const Visit& visit, BodyId body) { return {body, name_among_siblings(*visit.organisation(), body, visit.today()), {}, {}}; }
bool may_change(const Visit& visit, BodyId body) { return visit.organisation()->body(body).alive(visit.today()); }

http::Response found_page(const Visit& visit, const FormHead& head, const FoundForm& form, http::Status status) {
  const FoundChoices choices = found_choices(visit.house(), *visit.organisation(), head.body, visit.today(), visit.language());
  return http::Response::html(directory_pages::found_form(visit.frame(tr("Thành lập tổ chức trực thuộc"), MenuItem::organisation), head, form, choices), status);
}

http::Response ask_founding(const Visit& visit) {
  const BodyId superior = *visit.body(Permission::keep_bodies);
  if (!may_change(visit, superior)) return visit.not_found();
  FoundForm form;
  form.area = std::to_string(visit.organisation()->body(superior).on(visit.today()).area.value);
  form.born = visit.today().text();
  form.uid = Uuid::make(visit.house().clock.now_ms()).text();
  return found_page(visit, form_head(visit, superior), form, http::Status::ok);
}

http::Response take_founding(const Visit& visit) {
  const BodyId superior = *visit.body(Permission::keep_bodies);
  if (!may_change(visit, superior)) return visit.not_found();
  const http::Request& request = visit.request();
  FoundForm form;
  const std::pair<std::string_view, std::string*> fields[] = {{"kind", &form.kind}, {"name", &form.name}, {"short_name", &form.short_name}, {"area", &form.area}, {"former_area", &form.former_area},
                                                              {"born", &form.born}, {"uid", &form.uid}, {"decision_number", &form.decision_number}, {"decision_day", &form.decision_day},
                                                              {"decision_issuer", &form.decision_issuer}, {"members", &form.members}, {"arrival", &form.arrival}, {"head_name", &form.head_name},
                                                              {"telephone", &form.telephone}, {"contact_name", &form.contact_name}, {"contact_task", &form.contact_task},
                                                              {"contact_telephone", &form.contact_telephone}};
  for (const auto& [name, into] : fields) *into = request.text(name);
  const Kept kept = found_body(visit.house(), visit.viewer(), superior, form);
  if (kept.done()) return visit.done(html::path("/to-chuc/{}", kept.founded), kept.said);
  FormHead head = form_head(visit, superior);
  head.errors = kept.errors;
  return found_page(visit, head, form, http::Status::unprocessable);
}

enum class Ending { docx, pdf };

http::Response paper(const Visit& visit, Ending ending) {
  const BodyId body = *visit.body(Permission::see_names);
  const auto made = founding_paper(visit.house(), visit.viewer(), body);
  if (!made) return visit.refused(made.error(), http::Status::unprocessable);
  const std::string name = fmt::format("Quyết định thành lập {}", visit.organisation()->body(body).on(visit.today()).name);
  if (ending == Ending::pdf) return http::Response::download(std::make_shared<const std::string>(document::to_pdf(*made)), "application/pdf", name + ".pdf");
  return http::Response::download(std::make_shared<const std::string>(document::to_docx(*made)), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", name + ".docx");
}

// ---- another area from a day on ----

http::Response area_page(const Visit& visit, BodyId body, const AreaForm& form, const Kept& kept, http::Status status) {
  const std::string name = name_among_siblings(*visit.organisation(), body, visit.today());
  PlainForm page{.trail = {{tr("Tổ chức Hội"), Url("/to-chuc")}, {name, html::path("/to-chuc/{}", body)}}, .action = html::path("/to-chuc/{}/doi-dia-ban", body), .fields = {}, .button = tr("Đổi địa bàn"),
                 .consequence = tr("Số liệu trước ngày này vẫn đứng ở địa bàn cũ.")};
  page.errors = kept.errors;
  if (kept.meanwhile) page.notice = tr("Có người vừa sửa trước; đang lưu: {}. Bấm nút lần nữa nếu vẫn muốn dùng điều ông/bà ghi.", kept.meanwhile->now);
  std::vector<FormChoice> areas;
  for (const Choice& choice : area_choices(*visit.organisation(), body, visit.today())) areas.push_back({choice.value, choice.label});
  page.fields = {FormLine::hidden("version", std::to_string(kept.meanwhile ? kept.meanwhile->version : form.version)), FormLine::choice("area", tr("Địa bàn"), form.area, areas, tr("Nơi tổ chức hoạt động hoặc đặt trụ sở.")),
                 FormLine::text("from", tr("Từ ngày"), form.from, {}, FormLine::Wanted::yes), FormLine::text("reason", tr("Lý do"), form.reason, tr("Ví dụ: theo quyết định sắp xếp thôn, tổ dân phố."))};
  return http::Response::html(shell_pages::form(visit.frame(tr("Đổi địa bàn của {}", name), MenuItem::organisation), page), status);
}

http::Response area(const Visit& visit) {
  const BodyId body = *visit.body(Permission::keep_bodies);
  if (!may_change(visit, body)) return visit.not_found();
  const http::Request& request = visit.request();
  const Body& now = visit.organisation()->body(body);
  if (request.method == http::Method::get)
    return area_page(visit, body, {std::to_string(now.on(visit.today()).area.value), visit.today().text(), {}, now.row_version}, {}, http::Status::ok);
  AreaForm form{request.text("area"), request.text("from"), request.text("reason"), 0};
  const std::string version = request.text("version");
  std::from_chars(version.data(), version.data() + version.size(), form.version);
  const Kept kept = change_area(visit.house(), visit.viewer(), body, form);
  if (kept.done()) return visit.done(html::path("/to-chuc/{}", body).with("phan", "ten-goi"), kept.said);
  return area_page(visit, body, form, kept, kept.meanwhile ? http::Status::conflict : http::Status::unprocessable);
}

}  // namespace

void add_founding_pages(Pages& pages) {
  pages.get("/to-chuc/{body:number}/thanh-lap", Permission::keep_bodies, RouteScope::body, ask_founding);
  pages.post("/to-chuc/{body:number}/thanh-lap", Permission::keep_bodies, RouteScope::body, take_founding);
  pages.get("/to-chuc/{body:number}/quyet-dinh-thanh-lap.docx", Permission::see_names, RouteScope::body, [](const Visit& visit) { return paper(visit, Ending::docx); });
  pages.get("/to-chuc/{body:number}/quyet-dinh-thanh-lap.pdf", Permission::see_names, RouteScope::body, [](const Visit& visit) { return paper(visit, Ending::pdf); });
  pages.get("/to-chuc/{body:number}/doi-dia-ban", Permission::keep_bodies, RouteScope::body, area);
  pages.post("/to-chuc/{body:number}/doi-dia-ban", Permission::keep_bodies, RouteScope::body, area);
}

}  // namespace khuyenhoc
