#include <algorithm>

#include "access/appointments.h"
#include "committees/pages/parts_of_committees.h"

namespace khuyenhoc {
namespace {

using namespace committees;

// Accounts that act for the body already: whoever of them gets the post signs in with it.
std::vector<FormChoice> accounts_of(const Visit& visit, BodyId body) {
  std::vector<FormChoice> out{{"", tr("Không gắn với tài khoản")}};
  if (!visit.viewer().may(Permission::manage_users, body)) return out;
  const auto rows = visit.house().store.read([&](db::Reader& reader) { return visit.house().users.list(reader, visit.viewer().scope(Permission::manage_users)); });
  for (const UserRow& row : rows)
    if (row.active && std::ranges::find(row.units, body, &ActingUnit::body) != row.units.end()) out.push_back({std::to_string(row.id.value), row.salutation + " " + row.name});
  return out;
}

PlainForm post_form(const Visit& visit, BodyId body) {
  const http::Request& request = visit.request();
  std::vector<FormChoice> posts{{"", tr("Xin chọn")}};
  for (const PostKind& kind : Posts::house().kinds()) posts.push_back({kind.code, kind.label(visit.language())});
  PlainForm page{.trail = trail_to_leaders(visit, body), .action = html::path("/to-chuc/{}/nhan-su/chuc-vu", body), .fields = {}, .button = tr("Ghi chức vụ")};
  page.fields = {FormLine::choice("post", tr("Chức vụ"), request.text("post"), posts),
                 FormLine::text("person_name", tr("Họ và tên"), request.text("person_name"), tr("Như in dưới chữ ký, không ghi học hàm, học vị."), FormLine::Wanted::yes),
                 FormLine::text("from", tr("Giữ chức vụ từ ngày"), request.method == http::Method::post ? request.text("from") : visit.today().text(), {}, FormLine::Wanted::yes),
                 FormLine::text("term", tr("Nhiệm kỳ"), request.text("term"), tr("Ví dụ: nhiệm kỳ 2025 - 2030. Để trống nếu không theo nhiệm kỳ."))};
  const auto accounts = accounts_of(visit, body);
  if (accounts.size() > 1)
    page.fields.push_back(FormLine::choice("user", tr("Tài khoản"), request.text("user"), accounts, tr("Chọn tài khoản của chính người này để chức vụ mở quyền tương ứng. Chưa có thì cấp ở mục Tài khoản.")));
  return page;
}

std::string post_title(const Visit& visit, BodyId body) { return tr("Ghi người giữ chức vụ ở {}", name_of(visit, body)); }

http::Response ask_post(const Visit& visit) {
  const auto body = body_to_keep(visit);
  if (!body) return visit.not_found();
  return form_answer(visit, post_title(visit, *body), post_form(visit, *body), http::Status::ok);
}

http::Response take_post(const Visit& visit) {
  const auto body = body_to_keep(visit);
  if (!body) return visit.not_found();
  House& house = visit.house();
  PlainForm page = post_form(visit, *body);
  const auto from = typed_day(visit.request(), "from", page.errors);
  PostHolding holding;
  holding.body = *body;
  holding.post = visit.request().text("post");
  holding.person_name = visit.request().text("person_name");
  holding.term = visit.request().text("term");
  if (holding.person_name.empty()) page.errors.emplace_back("person_name", tr("Cần ghi họ và tên người giữ chức vụ."));
  if (Posts::house().find(holding.post) == nullptr) page.errors.emplace_back("post", tr("Xin chọn chức vụ trong danh sách."));
  const auto account = visit.request().text("user");
  const auto accounts = accounts_of(visit, *body);
  if (!account.empty() && std::ranges::find(accounts, account, &FormChoice::value) == accounts.end()) page.errors.emplace_back("user", tr("Xin chọn tài khoản trong danh sách."));
  if (!page.errors.empty()) return form_answer(visit, post_title(visit, *body), page, http::Status::unprocessable);
  holding.from = *from;
  holding.user = UserId{typed_number(visit.request(), "user")};
  const std::string label = post_label(holding.post, Language::vietnamese);
  const std::string where = visit.organisation()->body(*body).on(*from).name;
  const auto made = house.store.write([&](db::Writer& writer) -> Result<PostHolding> {
    const auto sink = sink_of(house.trail, visit.viewer(), [&](const ChangeNote&) { return tr(Language::vietnamese, "Ghi người giữ chức vụ {} ở {}, từ {}", label, where, from->text()); });
    if (holding.user) return appoint_with_access(house.store, writer, Giver::viewer(visit.viewer()), sink, {.holding = holding});
    return appoint(house.store, writer, sink, holding);
  });
  if (made) {
    house.sessions.forget_cached();
    return visit.done(leaders_of(*body), tr("Đã ghi {} giữ chức vụ {} từ {}.", made->person_name, post_label(made->post, visit.language()), from->text()));
  }
  put(page.errors, made.error(), "post");
  return form_answer(visit, post_title(visit, *body), page, http::Status::unprocessable);
}

http::Response leave(const Visit& visit) {
  const auto body = body_to_keep(visit);
  House& house = visit.house();
  const auto holding = body ? house.store.read([&](db::Reader& reader) { return find_post_holding(reader, visit.request().number("giu")); }) : std::nullopt;
  if (!holding || holding->body != *body || holding->until) return visit.not_found();
  const std::string label = post_label(holding->post, visit.language());
  const http::Request& request = visit.request();
  PlainForm page{.trail = trail_to_leaders(visit, *body), .action = html::path("/to-chuc/{}/nhan-su/chuc-vu/{}", *body, holding->id), .fields = {}, .button = tr("Ghi thôi giữ chức vụ")};
  page.lead.push_back(tr("{}, {}, giữ từ {}.", holding->person_name, label, holding->from.text()));
  if (house.store.read([&](db::Reader& reader) { return gives_access(reader, holding->id); })) page.notice = tr("Quyền đăng nhập theo chức vụ này cũng hết từ ngày ghi dưới đây.");
  page.fields = {FormLine::hidden("version", request.text("version").empty() ? std::to_string(holding->row_version) : request.text("version")),
                 FormLine::text("until", tr("Ngày đầu tiên không còn giữ"), request.method == http::Method::post ? request.text("until") : visit.today().text(), {}, FormLine::Wanted::yes),
                 FormLine::text("reason", tr("Lý do"), request.text("reason"), tr("Ví dụ: nghỉ hưu, chuyển công tác, hết nhiệm kỳ."))};
  const std::string title = tr("Thôi giữ chức vụ {}", label);
  if (request.method == http::Method::get) return form_answer(visit, title, page, http::Status::ok);
  const auto until = typed_day(request, "until", page.errors);
  if (!until) return form_answer(visit, title, page, http::Status::unprocessable);
  const std::string where = visit.organisation()->body(*body).on(visit.today()).name;
  const auto done = house.store.write([&](db::Writer& writer) {
    return leave_post(writer, sink_of(house.trail, visit.viewer(), [&](const ChangeNote&) { return tr(Language::vietnamese, "Thôi giữ chức vụ {} ở {}, từ {}", post_label(holding->post, Language::vietnamese), where, until->text()); }),
                      holding->id, *until, typed_number(request, "version"), request.text("reason"));
  });
  if (done) {
    house.sessions.forget_cached();
    return visit.done(leaders_of(*body), tr("Đã ghi {} thôi giữ chức vụ {} từ {}.", holding->person_name, label, until->text()));
  }
  put(page.errors, done.error(), "until");
  if (status_of(done.error()) == http::Status::conflict) page.fields.front().value = std::to_string(holding->row_version);
  return form_answer(visit, title, page, status_of(done.error()));
}

}  // namespace

void add_post_pages(Pages& pages) {
  pages.get("/to-chuc/{body:number}/nhan-su/chuc-vu", Permission::keep_bodies, RouteScope::body, ask_post);
  pages.post("/to-chuc/{body:number}/nhan-su/chuc-vu", Permission::keep_bodies, RouteScope::body, take_post);
  pages.get("/to-chuc/{body:number}/nhan-su/chuc-vu/{giu:number}", Permission::keep_bodies, RouteScope::body, leave);
  pages.post("/to-chuc/{body:number}/nhan-su/chuc-vu/{giu:number}", Permission::keep_bodies, RouteScope::body, leave);
}

}  // namespace khuyenhoc
