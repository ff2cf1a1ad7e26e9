#include "shell/visit.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/text.h"
#include "shell/page_token.h"
#include "shell/pages/layout.html.h"
#include "shell/pages/refusal.html.h"
#include "shell/start_under_way.h"

namespace khuyenhoc {
namespace {

constexpr std::string_view period_cookie = "ky";
constexpr std::string_view tree_cookie = "dia_gioi";
constexpr std::string_view said_cookie = "da_noi";
constexpr std::string_view report_family = "bao_cao";
constexpr int years_to_choose = 4;
constexpr int window_days_after = 25;      // people work on a window until its report is received, some three weeks after its end

std::shared_ptr<const Periods> periods_for(House& house, BodyId unit) {
  if (house.windows_of && unit) return house.store.read([&](db::Reader& reader) { return house.windows_of(reader, unit); });
  return {std::shared_ptr<const Periods>(), &house.periods};              // those of the house outlive everybody
}

NamedPeriod chosen_period(const Periods& periods, const http::Request& request, Day today) {
  for (const std::string_view name : {request.query.value("ky"), request.cookie(period_cookie)})
    if (const auto named = periods.parse_name(report_family, name)) return *named;
  return current_period(periods, today);
}

Day chosen_tree(const http::Request& request, Day today) {
  if (request.query.has("ngay")) return Day::parse_iso(request.query.value("ngay")).value_or(today);
  return Day::parse_iso(request.cookie(tree_cookie)).value_or(today);
}

std::string access_word(std::optional<Permission> permission, RouteScope scope) {
  if (scope == RouteScope::open) return "open";
  std::string word = permission ? std::string(permission_code(*permission)) : "signed_in";
  if (scope == RouteScope::body) word += " of the body";
  return word;
}

http::Response to_sign_in(const http::Request& request) {
  const bool reading = request.method == http::Method::get || request.method == http::Method::head;
  if (request.header("Accept") == "application/json" || request.header("Content-Type").starts_with("application/json"))
    return http::Response::json(html::JsonText(boost::json::object{{"message", tr("Phiên làm việc đã hết. Xin ông/bà đăng nhập lại.")}}), http::Status::unauthorised);
  const Url sign_in = reading ? Url("/dang-nhap").with("ve", request.target) : Url("/dang-nhap");
  if (request.is_htmx()) return std::move(http::Response::empty(http::Status::ok).htmx_redirect(sign_in));
  return http::Response::redirect(sign_in);
}

}  // namespace

NamedPeriod current_period(const Periods& periods, Day today) {
  const Day worked_on = today - window_days_after;
  for (int year = worked_on.year(); year <= worked_on.year() + 1; ++year)
    for (const std::string_view window : {"H1", "H2"})
      if (const auto named = periods.named(report_family, window, year); named && named->period.contains(worked_on)) return *named;
  return {std::string(report_family), "Y", today.year(), Period::year(today.year())};
}

Visit::Visit(House& house, const http::Request& request, Viewer viewer)
    : house_(house),
      request_(request),
      viewer_(std::move(viewer)),
      periods_(periods_for(house, viewer_.acting_for())),
      period_(chosen_period(*periods_, request, viewer_.today())),
      tree_(chosen_tree(request, viewer_.today())),
      lens_(request.query.value("so") == "chot" ? Lens::official : Lens::live) {}

std::optional<BodyId> Visit::body(Permission permission, std::string_view parameter) const {
  const BodyId id = request_.id<struct BodyTag>(parameter);
  if (organisation()->find(id) == nullptr || !viewer_.may(permission, id)) return std::nullopt;
  return id;
}

Frame Visit::frame(std::string title, MenuItem section, std::vector<std::string_view> scripts) const {
  Frame frame;
  frame.title = std::move(title);
  frame.section = section;
  frame.scripts = std::move(scripts);
  frame.user_name = viewer_.name();
  frame.user_title = viewer_.post_title();
  frame.on_behalf_of = viewer_.on_behalf_of_name();
  for (const ActingUnit& unit : viewer_.units()) {
    const Body* body = organisation()->find(unit.body);
    if (body == nullptr) continue;
    const bool current = unit.body == viewer_.acting_for();
    frame.units.push_back({unit.body.value, body->on(today()).name, unit.post_title, current});
    if (current) frame.unit_name = body->on(today()).name;
  }
  frame.period_label = periods_->label(period_, language());
  const NamedPeriod now = current_period(*periods_, today());
  for (int year = now.year; year > now.year - years_to_choose; --year)
    for (const std::string_view window : {"Y", "H2", "H1"}) {
      const auto named = periods_->named(report_family, window, year);
      if (!named || (year == now.year && now.window == "H1" && window == "H2")) continue;
      frame.periods.push_back({periods_->label(*named, language()), Url("/ky").with("ky", named->name()).with("ve", here()), *named == period_});
    }
  if (tree_is_old()) frame.old_territory = tree_;
  frame.here = here();
  frame.csrf = masked_token(viewer_.csrf());
  frame.large_type = viewer_.large_type();
  frame.may_see_audit = viewer_.may_somewhere(Permission::see_audit);
  frame.may_manage_users = viewer_.may_somewhere(Permission::manage_users);
  frame.start_under_way = start_under_way(*this).has_value();
  if (house_.things_to_do) frame.things_to_do = house_.things_to_do(*this);
  if (const auto said = crypto::from_base64url(request_.cookie(said_cookie)); said && !said->empty())
    frame.said.assign(reinterpret_cast<const char*>(said->data()), said->size());
  return frame;
}

http::Response Visit::not_found() const {
  return refusal_page(frame(tr("Không tìm thấy trang này"), MenuItem::none), tr("Trang này không có, hoặc nằm ngoài phạm vi đơn vị của ông/bà."),
                      tr("Nếu cần xem số liệu của đơn vị khác, xin liên hệ văn phòng Hội cấp trên."), http::Status::not_found);
}

http::Response Visit::refused(const Refusal& refusal, http::Status status) const {
  return refusal_page(frame(tr("Chưa thực hiện được"), MenuItem::none), refusal.message, {}, status);
}

http::Response Visit::done(const Url& to, const std::string& sentence) const {
  auto response = http::Response::redirect(to);
  response.set_cookie({.name = std::string(said_cookie), .value = crypto::base64url(crypto::bytes_of(sentence)), .transport = http::Cookie::Transport::any});
  return response;
}

Url Visit::way_back(const Url& otherwise) const {
  const std::string typed = request_.method == http::Method::post ? request_.text("ve") : std::string(request_.query.value("ve"));
  return Url::local(typed).value_or(otherwise);
}

Frame open_frame(std::string title) {
  Frame frame;
  frame.title = std::move(title);
  frame.signed_in = false;
  return frame;
}

http::Response refusal_page(const Frame& frame, const std::string& sentence, const std::string& help, http::Status status) {
  return http::Response::html(shell_pages::refusal(frame, sentence, help), status);
}

void Pages::add(http::Method method, std::string_view pattern, std::optional<Permission> permission, RouteScope scope, Handler handler, std::size_t body_limit) {
  House& house = house_;
  const auto answer = [&house, permission, scope, handler = std::move(handler)](http::Request& request) -> http::Response {
    auto viewer = house.sessions.viewer(request.cookie(session_cookie));
    if (!viewer) return to_sign_in(request);
    const LanguageScope speaking(viewer->language());
    const bool changes = request.method != http::Method::get && request.method != http::Method::head;
    const Visit visit(house, request, std::move(*viewer));
    if (changes && !carries_token(request, visit.viewer().csrf()))
      return visit.refused({"request.token", tr("Trang này đã mở quá lâu nên chưa ghi được. Xin tải lại trang rồi làm lại."), {}}, http::Status::forbidden);
    const bool changing_password = request.path == "/doi-mat-khau" || request.path == "/dang-xuat";
    if (visit.viewer().must_change_password() && !changing_password) return http::Response::redirect(Url("/doi-mat-khau"));
    if (permission && scope == RouteScope::body && !visit.body(*permission)) return visit.not_found();
    if (permission && scope == RouteScope::signed_in && !visit.viewer().may_somewhere(*permission)) return visit.not_found();
    http::Response response = handler(visit);
    if (!changes && !request.cookie(said_cookie).empty())
      response.set_cookie({.name = std::string(said_cookie), .value = {}, .lifetime = http::Cookie::Lifetime::lasting, .seconds = 0, .transport = http::Cookie::Transport::any});
    return response;
  };
  router_.add(method, pattern, answer, {.access = access_word(permission, scope), .body_limit = body_limit});
}

void Pages::get(std::string_view pattern, Permission permission, RouteScope scope, Handler handler) {
  add(http::Method::get, pattern, permission, scope, std::move(handler));
}
void Pages::post(std::string_view pattern, Permission permission, RouteScope scope, Handler handler) {
  add(http::Method::post, pattern, permission, scope, std::move(handler));
}
void Pages::post_file(std::string_view pattern, Permission permission, RouteScope scope, Handler handler) {
  constexpr std::size_t file_and_form = 11 * 1024 * 1024;
  add(http::Method::post, pattern, permission, scope, std::move(handler), file_and_form);
}
void Pages::get(std::string_view pattern, Handler handler) { add(http::Method::get, pattern, std::nullopt, RouteScope::signed_in, std::move(handler)); }
void Pages::post(std::string_view pattern, Handler handler) { add(http::Method::post, pattern, std::nullopt, RouteScope::signed_in, std::move(handler)); }

void Pages::open_get(std::string_view pattern, OpenHandler handler) {
  router_.add(http::Method::get, pattern, [handler = std::move(handler)](http::Request& request) { return handler(request); }, {.access = "open"});
}
void Pages::open_post(std::string_view pattern, OpenHandler handler) {
  router_.add(http::Method::post, pattern, [handler = std::move(handler)](http::Request& request) { return handler(request); }, {.access = "open"});
}

}  // namespace khuyenhoc
