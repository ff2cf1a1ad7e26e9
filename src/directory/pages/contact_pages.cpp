#include <charconv>

#include "directory/pages/contacts.html.h"
#include "directory/pages/parts_of_directory.h"
#include "organisation/heads.h"
#include "organisation/namesakes.h"
#include "shell/form.h"

namespace khuyenhoc {
namespace {

using namespace directory;

std::int64_t typed_number(const http::Request& request, const std::string& field) {
  const std::string typed = request.text(field);
  std::int64_t out = 0;
  const auto [end, wrong] = std::from_chars(typed.data(), typed.data() + typed.size(), out);
  return wrong == std::errc{} && end == typed.data() + typed.size() ? out : 0;
}

// The body of the address where people are kept, alive; none: answer not_found().
std::optional<BodyId> body_to_keep(const Visit& visit) {
  const auto body = visit.body(Permission::keep_bodies);
  if (!body || !visit.viewer().may(Permission::see_names, *body) || !visit.organisation()->body(*body).alive(visit.today())) return std::nullopt;
  return body;
}

http::Response answer(const Visit& visit, BodyId body, const FormErrors& errors, http::Status status) {
  ContactPage page{body, name_among_siblings(*visit.organisation(), body, visit.today()), {}, {}};
  visit.house().store.read([&](db::Reader& reader) {
    if (const auto head = head_of(reader, body, visit.today(), contact(reader, visit.house().keys, body))) page.head = head->name;
    for (const ContactPerson& person : contact_people(reader, visit.house().keys, body))
      page.people.push_back({person.id, person.row_version, person.name, person.task, person.telephone,
                             person.until ? tr("từ {} đến hết {}", person.from.text(), (*person.until - 1).text()) : tr("từ {}", person.from.text()), person.on(visit.today())});
  });
  const http::Request& request = visit.request();
  PlainForm form{.trail = {{tr("Tổ chức Hội"), Url("/to-chuc")}, {page.body_name, html::path("/to-chuc/{}", body)}}, .action = html::path("/to-chuc/{}/lien-he", body), .fields = {}, .errors = errors,
                 .button = tr("Ghi người liên hệ")};
  form.fields = {FormLine::text("contact_name", tr("Họ và tên"), request.text("contact_name"), {}, FormLine::Wanted::yes),
                 FormLine::text("contact_task", tr("Phụ trách"), request.text("contact_task"), tr("Ví dụ: số liệu, quỹ.")),
                 FormLine::text("contact_telephone", tr("Số điện thoại"), request.text("contact_telephone"), tr("Số di động có 10 chữ số. Chỉ đơn vị quản lý trực tiếp xem được.")),
                 FormLine::text("from", tr("Từ ngày"), request.method == http::Method::post ? request.text("from") : visit.today().text(), {}, FormLine::Wanted::yes)};
  return http::Response::html(directory_pages::contacts(visit.frame(tr("Người liên hệ của {}", page.body_name), MenuItem::organisation), page, form), status);
}

http::Response show(const Visit& visit) {
  const auto body = body_to_keep(visit);
  return body ? answer(visit, *body, {}, http::Status::ok) : visit.not_found();
}

http::Response take(const Visit& visit) {
  const auto body = body_to_keep(visit);
  if (!body) return visit.not_found();
  House& house = visit.house();
  FormErrors errors;
  const auto from = typed_day(visit.request().text("from"), "from", errors);
  if (visit.request().text("contact_name").empty()) errors.emplace_back("contact_name", tr("Xin ghi họ và tên."));
  if (!errors.empty()) return answer(visit, *body, errors, http::Status::unprocessable);
  const ContactPerson given{.body = *body, .name = visit.request().text("contact_name"), .task = visit.request().text("contact_task"), .telephone = visit.request().text("contact_telephone"), .from = *from, .until = {}};
  const auto done = house.store.write([&](db::Writer& writer) { return add_contact_person(house, writer, visit.viewer(), given); });
  if (done) return visit.done(html::path("/to-chuc/{}/lien-he", *body), tr("Đã ghi {} là người liên hệ.", done->name));
  errors.emplace_back(done.error().place, done.error().message);
  return answer(visit, *body, errors, http::Status::unprocessable);
}

http::Response end(const Visit& visit) {
  const auto body = body_to_keep(visit);
  if (!body) return visit.not_found();
  House& house = visit.house();
  const auto done = house.store.write([&](db::Writer& writer) {
    return end_contact_person(house, writer, visit.viewer(), *body, visit.request().number("nguoi"), visit.today(), typed_number(visit.request(), "version"));
  });
  if (done) return visit.done(html::path("/to-chuc/{}/lien-he", *body), tr("Đã ghi thôi liên hệ từ hôm nay."));
  if (done.error().code == "person.unknown") return visit.not_found();
  return answer(visit, *body, {{"contact_name", done.error().message}}, done.error().code == "person.stale" ? http::Status::conflict : http::Status::unprocessable);
}

}  // namespace

void add_contact_pages(Pages& pages) {
  pages.get("/to-chuc/{body:number}/lien-he", Permission::keep_bodies, RouteScope::body, show);
  pages.post("/to-chuc/{body:number}/lien-he", Permission::keep_bodies, RouteScope::body, take);
  pages.post("/to-chuc/{body:number}/lien-he/{nguoi:number}/thoi", Permission::keep_bodies, RouteScope::body, end);
}

}  // namespace khuyenhoc
