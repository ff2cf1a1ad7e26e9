#include <algorithm>
#include <charconv>

#include "accounts/pages/account_parts.h"
#include "accounts/pages/deputise.html.h"
#include "accounts/pages/hand_over.html.h"
#include "accounts/pages/leave.html.h"
#include "accounts/pages/parts_of_accounts.h"
#include "base/i18n.h"
#include "base/text.h"
#include "organisation/namesakes.h"

namespace khuyenhoc {
namespace {

std::int64_t number_in(std::string_view typed) {
  std::int64_t number = 0;
  std::from_chars(typed.data(), typed.data() + typed.size(), number);
  return number;
}

http::Response show_hand_over(const Visit& visit, HandOverPage page, http::Status status) {
  page.post_words = accounts::post_in_words(*visit.organisation(), page.plan.before, visit.today());
  page.permissions = permission_words(page.plan.permissions);
  page.successor_name = page.plan.successor ? head_of(*page.plan.successor).name : normalised(page.form.successor.salutation + " " + page.form.successor.name);
  if (const auto telephone = normalised_telephone(page.form.successor.telephone)) page.telephone = telephone_text(*telephone);
  if (page.plan.before.user)
    if (const auto user = visit.house().store.read([&](db::Reader& reader) { return visit.house().users.row(reader, page.plan.before.user); })) page.head = head_of(*user);
  return http::Response::html(accounts_pages::hand_over(visit.frame(tr("Bàn giao chức vụ {}, {}", page.plan.post, page.plan.body_name), MenuItem::users), page), status);
}

http::Response ask_hand_over(const Visit& visit) {
  HandOverPage page;
  page.form.holding = visit.request().number("holding");
  auto plan = accounts::plan_hand_over(visit.house(), visit.viewer(), page.form);
  if (!plan) return visit.not_found();
  page.plan = std::move(*plan);
  page.form.version = page.plan.before.row_version;
  page.form.day = visit.today().text();
  page.form.term = page.plan.before.term;
  return show_hand_over(visit, std::move(page), http::Status::ok);
}

http::Response hand_over(const Visit& visit) {
  const http::Request& request = visit.request();
  HandOverPage page;
  page.form = {request.number("holding"), number_in(request.text("version")), {request.text("telephone"), request.text("salutation"), request.text("name")},
               request.text("day"), request.text("term"), request.text("cung_nguoi") == "1"};
  auto plan = accounts::plan_hand_over(visit.house(), visit.viewer(), page.form);
  if (!plan) return visit.not_found();
  page.plan = std::move(*plan);
  page.errors = page.plan.errors;
  page.known_person = page.plan.known_person;
  const std::string step = request.text("buoc");
  if (step == "sua") {
    page.errors.clear();
    return show_hand_over(visit, std::move(page), http::Status::ok);
  }
  if (!page.errors.empty()) {
    page.form.version = page.plan.before.row_version;     // what is shown now is what is there now
    return show_hand_over(visit, std::move(page), http::Status::unprocessable);
  }
  if (step != "ghi") {
    page.checked = true;
    return show_hand_over(visit, std::move(page), http::Status::ok);
  }
  accounts::Outcome done = accounts::hand_over(visit.house(), visit.viewer(), page.form);
  if (!done.done()) {
    page.errors = std::move(done.errors);
    return show_hand_over(visit, std::move(page), http::Status::unprocessable);
  }
  if (done.slip) return slip_response(visit, *done.slip, done.said);
  return visit.done(html::path("/tai-khoan/{}", done.user), done.said);
}

http::Response show_leave(const Visit& visit, const UserRow& user, LeavePage page, http::Status status) {
  page.head = head_of(user);
  for (const accounts::Why& why : accounts::reasons_to_leave()) page.reasons.push_back({why.code, why.label});
  const auto typed = Day::parse(page.day);
  const Day day = typed ? *typed : visit.today();
  House& house = visit.house();
  house.store.read([&](db::Reader& reader) {
    for (const PostHolding& post : posts_from(reader, user.id, day)) {
      PostLine line{accounts::post_in_words(*visit.organisation(), post, visit.today()), {}};
      if (visit.viewer().may(Permission::manage_users, post.body)) line.link = html::path("/ban-giao-chuc-vu/{}", post.id);
      page.posts.push_back(std::move(line));
    }
    for (const DeputisingRow& row : deputising_rows(visit, reader, deputising_of(reader, user.id, day))) page.deputies.push_back(row.words);
  });
  return http::Response::html(accounts_pages::leave(visit.frame(tr("{} nghỉ hoặc chuyển công tác", page.head.name), MenuItem::users), page), status);
}

http::Response ask_leave(const Visit& visit) {
  const auto user = account_in_care(visit);
  if (!user) return visit.not_found();
  LeavePage page;
  page.day = visit.today().text();
  return show_leave(visit, *user, std::move(page), http::Status::ok);
}

http::Response leave(const Visit& visit) {
  const auto user = account_in_care(visit);
  if (!user) return visit.not_found();
  const http::Request& request = visit.request();
  LeavePage page;
  page.why = request.text("why");
  page.day = request.text("day");
  page.note = request.text("note");
  accounts::Outcome done = accounts::leave(visit.house(), visit.viewer(), {user->id, page.day, page.why, page.note});
  if (!done.done()) {
    page.errors = std::move(done.errors);
    return show_leave(visit, *user, std::move(page), http::Status::unprocessable);
  }
  return visit.done(html::path("/tai-khoan/{}", user->id), done.said);
}

http::Response come_back(const Visit& visit) {
  const auto user = account_in_care(visit);
  if (!user) return visit.not_found();
  const accounts::Outcome done = accounts::take_back(visit.house(), visit.viewer(), user->id);
  if (!done.done()) return visit.refused({"user.come_back", done.errors.front().second, {}}, http::Status::unprocessable);
  return visit.done(html::path("/tai-khoan/{}", user->id), done.said);
}

// ---- deputising: of somebody in one's care, or of oneself

http::Response show_deputise(const Visit& visit, const UserRow& away, DeputisePage page, http::Status status) {
  House& house = visit.house();
  page.head = head_of(away);
  for (const ActingUnit& unit : away.units) {
    const Body* body = visit.organisation()->find(unit.body);
    if (body == nullptr || !body->alive(visit.today())) continue;
    if (!page.own && !visit.viewer().may(Permission::manage_users, unit.body)) continue;
    page.bodies.push_back({std::to_string(unit.body.value), unit.post_title + ", " + name_among_siblings(*visit.organisation(), unit.body, visit.today())});
  }
  house.store.read([&](db::Reader& reader) {
    auto all = deputising_of(reader, away.id, visit.today());
    if (page.own) std::erase_if(all, [&](const Deputising& one) { return one.for_user != away.id; });
    page.running = deputising_rows(visit, reader, std::move(all));
  });
  return http::Response::html(accounts_pages::deputise(visit.frame(tr("Ủy quyền làm thay"), page.own ? MenuItem::none : MenuItem::users), page), status);
}

enum class Whose { own, of_others };

DeputisePage empty_deputise(const Visit& visit, const UserRow& away, Whose whose) {
  DeputisePage page;
  page.own = whose == Whose::own;
  if (!page.own) page.action = html::path("/tai-khoan/{}/uy-quyen", away.id);
  page.from = visit.today().text();
  return page;
}

http::Response end_one(const Visit& visit, const UserRow& away, const DeputisePage& page) {
  const auto which = deputising_of_key(visit.request().text("ket_thuc"));
  const bool theirs = which && (which->for_user == away.id || which->deputy == away.id);
  const bool may_end = theirs && (which->for_user == visit.viewer().user() || visit.viewer().may(Permission::manage_users, which->body));
  if (!may_end) return visit.not_found();
  const accounts::Outcome done = accounts::end_deputising(visit.house(), visit.viewer(), *which);
  if (!done.done()) return visit.refused({"user.deputy_unknown", done.errors.front().second, {}}, http::Status::unprocessable);
  return visit.done(page.action, done.said);
}

http::Response take_deputise(const Visit& visit, const UserRow& away, DeputisePage page) {
  const http::Request& request = visit.request();
  if (!request.text("ket_thuc").empty()) return end_one(visit, away, page);
  page.body = request.text("body");
  page.deputy = request.text("deputy");
  page.from = request.text("from");
  page.until = request.text("until");
  const BodyId body{number_in(page.body)};
  if (!page.own && body && visit.organisation()->find(body) != nullptr && !visit.viewer().may(Permission::manage_users, body)) return visit.not_found();
  accounts::Outcome done = accounts::deputise(visit.house(), visit.viewer(), {away.id, page.deputy, body, page.from, page.until});
  if (!done.done()) {
    page.errors = std::move(done.errors);
    return show_deputise(visit, away, std::move(page), http::Status::unprocessable);
  }
  return visit.done(page.own ? Url("/uy-quyen") : html::path("/tai-khoan/{}", away.id), done.said);
}

std::optional<UserRow> oneself(const Visit& visit) {
  return visit.house().store.read([&](db::Reader& reader) { return visit.house().users.row(reader, visit.viewer().user()); });
}

}  // namespace

void add_change_pages(Pages& pages) {
  using enum Permission;
  pages.get("/ban-giao-chuc-vu/{holding:number}", manage_users, RouteScope::signed_in, ask_hand_over);
  pages.post("/ban-giao-chuc-vu/{holding:number}", manage_users, RouteScope::signed_in, hand_over);
  pages.get("/tai-khoan/{user:number}/nghi", manage_users, RouteScope::signed_in, ask_leave);
  pages.post("/tai-khoan/{user:number}/nghi", manage_users, RouteScope::signed_in, leave);
  pages.post("/tai-khoan/{user:number}/mo-lai", manage_users, RouteScope::signed_in, come_back);
  pages.get("/tai-khoan/{user:number}/uy-quyen", manage_users, RouteScope::signed_in, [](const Visit& visit) {
    const auto away = account_in_care(visit);
    return away ? show_deputise(visit, *away, empty_deputise(visit, *away, Whose::of_others), http::Status::ok) : visit.not_found();
  });
  pages.post("/tai-khoan/{user:number}/uy-quyen", manage_users, RouteScope::signed_in, [](const Visit& visit) {
    const auto away = account_in_care(visit);
    return away ? take_deputise(visit, *away, empty_deputise(visit, *away, Whose::of_others)) : visit.not_found();
  });
  pages.get("/uy-quyen", [](const Visit& visit) {
    const auto own = oneself(visit);
    return own ? show_deputise(visit, *own, empty_deputise(visit, *own, Whose::own), http::Status::ok) : visit.not_found();
  });
  pages.post("/uy-quyen", [](const Visit& visit) {
    const auto own = oneself(visit);
    return own ? take_deputise(visit, *own, empty_deputise(visit, *own, Whose::own)) : visit.not_found();
  });
}

}  // namespace khuyenhoc
