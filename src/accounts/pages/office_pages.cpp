#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "access/held.h"
#include "accounts/pages/account.html.h"
#include "accounts/pages/account_parts.h"
#include "accounts/pages/give.html.h"
#include "accounts/pages/parts_of_accounts.h"
#include "accounts/pages/trail.html.h"
#include "accounts/pages/users.html.h"
#include "base/i18n.h"
#include "base/text.h"
#include "organisation/namesakes.h"
#include "shell/start_under_way.h"

namespace khuyenhoc {
namespace {

constexpr std::size_t rows_of_a_page = 50;
constexpr std::size_t trail_rows = 50;
constexpr std::size_t history_shown = 20;

struct Chip {
  std::string_view code;
  Message label;
};
constexpr std::array chips{Chip{"", mark("Tất cả: {}")}, Chip{"cho", mark("Chờ đăng nhập lần đầu: {}")}, Chip{"dong", mark("Đã đóng: {}")}};

bool shown_under(std::string_view chip, AccountState state) {
  if (chip == "dong") return state == AccountState::closed;
  if (chip == "cho") return state == AccountState::waits || state == AccountState::no_slip || state == AccountState::expired;
  return state != AccountState::closed;
}

// Those who act for a body within the scope, and those who did so last and hold nothing now.
std::vector<std::pair<UserRow, AccountState>> accounts_in_care(const Visit& visit) {
  House& house = visit.house();
  const Scope scope = visit.viewer().scope(Permission::manage_users);
  std::vector<std::pair<UserRow, AccountState>> out;
  house.store.read([&](db::Reader& reader) {
    std::unordered_map<UserId, AccountStanding> standings;
    for (const AccountStanding& one : all_standings(reader)) standings.emplace(one.user, one);
    const auto add = [&](std::vector<UserRow> users) {
      for (UserRow& user : users) {
        const AccountState state = state_of(standings.at(user.id), visit.today(), house.clock.now_ms());
        out.emplace_back(std::move(user), state);
      }
    };
    add(house.users.list(reader, scope));
    add(former_accounts(house.users, reader, scope));
  });
  return out;
}

http::Response users(const Visit& visit) {
  const http::Fields& query = visit.request().query;
  AccountList list;
  list.office_start = start_under_way(visit);
  list.query = normalised(query.value("q"));
  list.state = query.value("loc");
  const std::string wanted = folded(list.query);
  std::vector<AccountRow> rows;
  std::array<std::int64_t, chips.size()> counts{};
  for (const auto& [user, state] : accounts_in_care(visit)) {
    AccountRow row{user.id.value, head_of(user).name, user.telephone, units_text(visit, user.units), state};
    if (!wanted.empty() && folded(row.name + " " + row.units + " " + row.telephone).find(wanted) == std::string::npos) continue;
    for (std::size_t i = 0; i < chips.size(); ++i) counts[i] += shown_under(chips[i].code, state) ? 1 : 0;
    if (shown_under(list.state, state)) rows.push_back(std::move(row));
  }
  const Url here = list.query.empty() ? Url("/tai-khoan") : Url("/tai-khoan").with("q", list.query);
  for (std::size_t i = 0; i < chips.size(); ++i)
    list.chips.push_back({fmt::format(fmt::runtime(translated(chips[i].label.vietnamese)), counts[i]), chips[i].code.empty() ? here : here.with("loc", chips[i].code), chips[i].code == list.state});
  list.total = static_cast<std::int64_t>(rows.size());
  list.pages = std::max<std::size_t>(1, (rows.size() + rows_of_a_page - 1) / rows_of_a_page);
  const auto asked = static_cast<std::size_t>(std::clamp<std::int64_t>(visit.request().query_number("trang").value_or(1), 1, static_cast<std::int64_t>(list.pages)));
  const Url with_state = list.state.empty() ? here : here.with("loc", list.state);
  for (std::size_t page = 1; page <= list.pages; ++page)
    if (page == 1 || page == list.pages || (page + 2 >= asked && page <= asked + 2)) list.page_links.push_back({std::to_string(page), with_state.with("trang", static_cast<std::int64_t>(page)), page == asked});
  const std::size_t first = (asked - 1) * rows_of_a_page, last = std::min(rows.size(), first + rows_of_a_page);
  list.first = static_cast<std::int64_t>(first + 1);
  list.last = static_cast<std::int64_t>(last);
  for (std::size_t i = first; i < last; ++i) list.rows.push_back(std::move(rows[i]));
  return http::Response::html(accounts_pages::users(visit.frame(tr("Tài khoản"), MenuItem::users), list));
}

std::string state_words(const Visit& visit, const AccountStanding& standing, AccountState state) {
  switch (state) {
    case AccountState::closed: return standing.closed_from ? tr("Đóng từ {}.", standing.closed_from->text()) : std::string();
    case AccountState::waits: return standing.slip_until_ms ? tr("Phiếu dùng được đến hết {}.", day_of_ms(*standing.slip_until_ms).text()) : std::string();
    case AccountState::expired: return tr("Mã trên phiếu đã quá 7 ngày. Xin cấp phiếu mới.");
    case AccountState::no_slip: return tr("Chưa đăng nhập được: xin cấp phiếu đầu tiên.");
    case AccountState::in_use:
      if (standing.closed_from) return tr("Sẽ đóng từ {}.", standing.closed_from->text());
      return visit.viewer().user() == standing.user ? tr("Đây là tài khoản của ông/bà.") : std::string();
  }
  return {};
}

http::Response account(const Visit& visit) {
  const auto user = account_in_care(visit);
  if (!user) return visit.not_found();
  House& house = visit.house();
  const Organisation& organisation = *visit.organisation();
  AccountPage page;
  page.head = head_of(*user);
  page.telephone = user->telephone;
  page.own = user->id == visit.viewer().user();
  page.deputise_action = html::path("/tai-khoan/{}/uy-quyen", user->id);
  house.store.read([&](db::Reader& reader) {
    const auto standing = standing_of(reader, user->id).value_or(AccountStanding{});
    page.state = state_of(standing, visit.today(), house.clock.now_ms());
    page.state_words = state_words(visit, standing, page.state);
    page.closed = standing.closed_from.has_value();
    const auto allowed = may_act_upon(reader, visit.viewer(), user->id);
    page.may_act = allowed.has_value() && user->active;
    if (!allowed) page.why_not = allowed.error().message;
    std::vector<BodyId> by_post;
    for (const PostHolding& post : posts_from(reader, user->id, visit.today())) {
      by_post.push_back(post.body);
      PostLine line{accounts::post_in_words(organisation, post, visit.today()), {}};
      if (visit.viewer().may(Permission::manage_users, post.body)) line.link = html::path("/ban-giao-chuc-vu/{}", post.id);
      page.posts.push_back(std::move(line));
    }
    for (const ActingUnit& unit : user->units)
      if (std::ranges::find(by_post, unit.body) == by_post.end()) page.by_hand.push_back(units_text(visit, {unit}));
    std::vector<Permission> held;
    for (const Grant& grant : grants_held(reader, user->id, visit.today()))
      if (std::ranges::find(held, grant.permission) == held.end()) held.push_back(grant.permission);
    std::ranges::sort(held);
    page.permissions = permission_words(held);
    page.deputising = deputising_rows(visit, reader, deputising_of(reader, user->id, visit.today()));
    for (const PostHolding& post : accounts::waiting_for_a_successor(reader, visit.viewer(), user->id))
      page.waiting.push_back({accounts::post_in_words(organisation, post, visit.today()), Url("/tai-khoan/moi").with("don-vi", post.body.value).with("chuc-vu", post.post)});
    page.history = history_rows(visit, reader, house.trail.of_record(reader, "user", user->id.value), history_shown);
  });
  return http::Response::html(accounts_pages::account(visit.frame(page.head.name, MenuItem::users), page));
}

http::Response slip(const Visit& visit) {
  const auto user = account_in_care(visit);
  if (!user) return visit.not_found();
  const auto made = accounts::new_slip(visit.house(), visit.viewer(), user->id);
  if (!made) return visit.refused(made.error(), made.error().code == "crypto.busy" ? http::Status::unavailable : http::Status::unprocessable);
  return slip_response(visit, *made, {});
}

BodyId body_in(std::string_view typed) {
  std::int64_t number = 0;
  std::from_chars(typed.data(), typed.data() + typed.size(), number);
  return BodyId{number};
}

// The unit acted for with what stands directly under it, and the one that was asked for.
std::vector<AccountChoice> bodies_to_choose(const Visit& visit, BodyId asked) {
  const Organisation& organisation = *visit.organisation();
  std::vector<BodyId> bodies;
  const BodyId own = visit.viewer().acting_for();
  if (visit.viewer().may(Permission::manage_users, own)) {
    bodies.push_back(own);
    for (const BodyId below : organisation.children(own, visit.today()))
      if (visit.viewer().may(Permission::manage_users, below)) bodies.push_back(below);
  }
  if (std::ranges::find(bodies, asked) == bodies.end()) bodies.insert(bodies.begin(), asked);
  std::vector<AccountChoice> out;
  for (const BodyId body : bodies) out.push_back({std::to_string(body.value), name_among_siblings(organisation, body, visit.today())});
  return out;
}

http::Response show_give(const Visit& visit, GivePage page, http::Status status) {
  page.bodies = bodies_to_choose(visit, page.form.body);
  for (const PostKind* kind : accounts::posts_to_give(visit.viewer(), page.form.body)) page.posts.push_back({kind->code, kind->label(visit.language())});
  return http::Response::html(accounts_pages::give(visit.frame(tr("Cấp tài khoản"), MenuItem::users), page), status);
}

bool may_give_at(const Visit& visit, BodyId body) {
  const Body* found = visit.organisation()->find(body);
  return found != nullptr && found->alive(visit.today()) && visit.viewer().may(Permission::manage_users, body);
}

http::Response ask_give(const Visit& visit) {
  const auto asked = visit.request().query.value("don-vi");
  GivePage page;
  page.form.body = asked.empty() ? visit.viewer().acting_for() : body_in(asked);
  if (!may_give_at(visit, page.form.body)) {
    if (!asked.empty()) return visit.not_found();
    for (const BodyId body : visit.viewer().scope(Permission::manage_users).bodies())
      if (may_give_at(visit, body)) {
        page.form.body = body;
        break;
      }
    if (!may_give_at(visit, page.form.body)) return visit.not_found();
  }
  page.form.post = visit.request().query.value("chuc-vu");
  page.form.from = visit.today().text();
  return show_give(visit, std::move(page), http::Status::ok);
}

http::Response give(const Visit& visit) {
  const http::Request& request = visit.request();
  GivePage page;
  page.form.body = body_in(request.text("don-vi"));
  if (!may_give_at(visit, page.form.body)) {
    if (page.form.body) return visit.not_found();
    page.form.body = visit.viewer().acting_for();
    if (!may_give_at(visit, page.form.body)) return visit.not_found();
    page.errors.emplace_back("don-vi", tr("Xin chọn đơn vị."));
  }
  page.form.person = {request.text("telephone"), request.text("salutation"), request.text("name")};
  page.form.post = request.text("post");
  page.form.from = request.text("from");
  page.form.until = request.text("until");
  page.form.term = request.text("term");
  page.form.same_person = request.text("cung_nguoi") == "1";
  if (!page.errors.empty()) return show_give(visit, std::move(page), http::Status::unprocessable);
  accounts::Outcome done = accounts::give_account(visit.house(), visit.viewer(), page.form);
  if (!done.done()) {
    page.errors = std::move(done.errors);
    page.known_person = std::move(done.known_person);
    return show_give(visit, std::move(page), http::Status::unprocessable);
  }
  if (done.slip) return slip_response(visit, *done.slip, done.said);
  return visit.done(html::path("/tai-khoan/{}", done.user), done.said);
}

http::Response trail(const Visit& visit) {
  House& house = visit.house();
  const Scope scope = visit.viewer().scope(Permission::see_audit);
  TrailPage page;
  house.store.read([&](db::Reader& reader) {
    const AuditVerdict verdict = visit.request().query.value("kiem-tra") == "het" ? house.trail.verify(reader) : house.trail.verify_on(reader);
    page.whole_at = time_text(verdict.whole_ms);
    page.entries = verdict.entries;
    page.sealed = verdict.sealed;
    page.unsealed = verdict.unsealed;
    page.head = verdict.head_hex.substr(0, 32);
    page.good = verdict.good();
    page.first_bad = verdict.first_bad.value_or(0);
    const auto entries = house.trail.page(reader, scope, visit.request().query_number("truoc").value_or(0), trail_rows + 1);
    page.rows = history_rows(visit, reader, entries, trail_rows);
    if (entries.size() > trail_rows) page.next_before = page.rows.back().position;
  });
  return http::Response::html(accounts_pages::trail(visit.frame(tr("Nhật ký thay đổi"), MenuItem::audit), page));
}

}  // namespace

void add_office_pages(Pages& pages) {
  pages.get("/tai-khoan", Permission::manage_users, RouteScope::signed_in, users);
  pages.get("/tai-khoan/moi", Permission::manage_users, RouteScope::signed_in, ask_give);
  pages.post("/tai-khoan/moi", Permission::manage_users, RouteScope::signed_in, give);
  pages.get("/tai-khoan/{user:number}", Permission::manage_users, RouteScope::signed_in, account);
  pages.post("/tai-khoan/{user:number}/phieu", Permission::manage_users, RouteScope::signed_in, slip);
  pages.get("/nhat-ky", Permission::see_audit, RouteScope::signed_in, trail);
}

void add_account_pages(Pages& pages) {
  add_sign_in_pages(pages);
  add_setting_pages(pages);
  add_office_pages(pages);
  add_change_pages(pages);
  add_slip_pages(pages);
}

}  // namespace khuyenhoc
