#include <charconv>

#include "base/text.h"
#include "directory/pages/head_form.html.h"
#include "directory/pages/parts_of_directory.h"
#include "directory/pages/rename_form.html.h"
#include "organisation/namesakes.h"

namespace khuyenhoc {
namespace {

using namespace directory;

Url page_of(BodyId body) { return html::path("/to-chuc/{}", body); }

FormHead form_head(const Visit& visit, BodyId body) { return {body, name_among_siblings(*visit.organisation(), body, visit.today()), {}, {}}; }

// Somebody saved first: the form comes again with both, and carries the version that is there now.
template <class Form>
http::Status say_what_happened(const Kept& kept, FormHead& head, Form& form) {
  head.errors = kept.errors;
  head.meanwhile = kept.meanwhile;
  if (!kept.meanwhile) return http::Status::unprocessable;
  form.version = kept.meanwhile->version;
  return http::Status::conflict;
}

// A body that has ended keeps its name and its people as they were.
bool may_change(const Visit& visit, BodyId body) { return visit.organisation()->body(body).alive(visit.today()); }

std::int64_t version_in(const Visit& visit) {
  const auto typed = visit.request().form.fields.value("version");
  std::int64_t version = 0;
  std::from_chars(typed.data(), typed.data() + typed.size(), version);
  return version;
}

http::Response rename_page(const Visit& visit, const FormHead& head, const RenameForm& form, http::Status status) {
  return http::Response::html(directory_pages::rename_form(visit.frame(tr("Đổi tên {}", head.body_name), MenuItem::organisation), head, form), status);
}

http::Response ask_name(const Visit& visit) {
  const BodyId body = *visit.body(Permission::keep_bodies);
  if (!may_change(visit, body)) return visit.not_found();
  return rename_page(visit, form_head(visit, body), rename_form(*visit.organisation(), body, visit.today()), http::Status::ok);
}

http::Response take_name(const Visit& visit) {
  const BodyId body = *visit.body(Permission::keep_bodies);
  if (!may_change(visit, body)) return visit.not_found();
  const http::Request& request = visit.request();
  RenameForm form{request.text("name"), request.text("short_name"), request.text("from"), request.text("reason"), version_in(visit)};
  // without a version the form did not come from our page
  if (form.version <= 0) form.version = -1;
  const Kept kept = rename_body(visit.house(), visit.viewer(), body, form);
  if (kept.done()) return visit.done(page_of(body).with("phan", "ten-goi"), kept.said);
  FormHead head = form_head(visit, body);
  const http::Status status = say_what_happened(kept, head, form);
  return rename_page(visit, head, form, status);
}

http::Response head_page(const Visit& visit, const FormHead& head, const HeadForm& form, http::Status status) {
  const HeadKnown known = head_known(visit.house(), head.body, visit.today(), visit.language());
  const std::string title = known.head.empty() ? tr("Người đứng đầu của {}", head.body_name) : tr("Người liên hệ của {}", head.body_name);
  return http::Response::html(directory_pages::head_form(visit.frame(title, MenuItem::organisation), head, form, known), status);
}

http::Response ask_head(const Visit& visit) {
  const BodyId body = *visit.body(Permission::keep_bodies);
  if (!may_change(visit, body) || !visit.viewer().may(Permission::see_names, body)) return visit.not_found();
  return head_page(visit, form_head(visit, body), head_form(visit.house(), body), http::Status::ok);
}

http::Response take_head(const Visit& visit) {
  const BodyId body = *visit.body(Permission::keep_bodies);
  if (!may_change(visit, body) || !visit.viewer().may(Permission::see_names, body)) return visit.not_found();
  HeadForm form{visit.request().text("head_name"), visit.request().text("telephone"), version_in(visit)};
  const bool forget = visit.request().text("bo") == "1";
  const Kept kept = forget ? forget_head(visit.house(), visit.viewer(), body, form.version) : keep_head(visit.house(), visit.viewer(), body, form);
  if (kept.done()) return visit.done(page_of(body), kept.said);
  FormHead head = form_head(visit, body);
  const http::Status status = say_what_happened(kept, head, form);
  return head_page(visit, head, form, status);
}

}  // namespace

void add_body_change_pages(Pages& pages) {
  pages.get("/to-chuc/{body:number}/doi-ten", Permission::keep_bodies, RouteScope::body, ask_name);
  pages.post("/to-chuc/{body:number}/doi-ten", Permission::keep_bodies, RouteScope::body, take_name);
  pages.get("/to-chuc/{body:number}/nguoi-dung-dau", Permission::keep_bodies, RouteScope::body, ask_head);
  pages.post("/to-chuc/{body:number}/nguoi-dung-dau", Permission::keep_bodies, RouteScope::body, take_head);
}

}  // namespace khuyenhoc
