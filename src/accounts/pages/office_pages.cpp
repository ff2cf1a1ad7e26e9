#include <algorithm>

#include "accounts/pages/account_pages.h"
#include "accounts/pages/parts_of_accounts.h"
#include "accounts/pages/slip.html.h"
#include "accounts/pages/trail.html.h"
#include "accounts/pages/users.html.h"
#include "accounts/trail_words.h"
#include "base/i18n.h"
#include "base/text.h"
#include "organisation/namesakes.h"

namespace khuyenhoc {
namespace {

constexpr std::size_t rows_shown = 200;
constexpr std::size_t trail_rows = 50;
constexpr std::size_t code_letters = 8;

std::string units_text(const Visit& visit, const std::vector<ActingUnit>& units) {
  std::string text;
  for (const ActingUnit& unit : units) {
    const Body* body = visit.organisation()->find(unit.body);
    if (body == nullptr) continue;
    if (!text.empty()) text += "; ";
    text += unit.post_title + ", " + body->on(visit.today()).name;
  }
  return text;
}

http::Response users(const Visit& visit) {
  House& house = visit.house();
  const std::string query = normalised(visit.request().query.value("q"));
  const std::string wanted = folded(query);
  const Scope scope = visit.viewer().scope(Permission::manage_users);
  const auto all = house.store.read([&](db::Reader& reader) { return house.users.list(reader, scope); });
  std::vector<AccountRow> rows;
  std::size_t total = 0;
  for (const UserRow& user : all) {
    AccountRow row{user.id.value, user.salutation + " " + user.name, user.telephone, units_text(visit, user.units), user.active, user.must_change};
    if (!wanted.empty() && folded(row.name + " " + row.units + " " + row.telephone).find(wanted) == std::string::npos) continue;
    ++total;
    if (rows.size() < rows_shown) rows.push_back(std::move(row));
  }
  return http::Response::html(accounts_pages::users(visit.frame(tr("Tài khoản"), MenuItem::users), rows, query, total));
}

http::Response new_slip(const Visit& visit) {
  House& house = visit.house();
  const UserId user = visit.request().id<struct UserTag>("user");
  const Scope scope = visit.viewer().scope(Permission::manage_users);
  const auto row = house.store.read([&](db::Reader& reader) { return house.users.row(reader, user); });
  const bool in_care = row && std::ranges::any_of(row->units, [&](const ActingUnit& unit) { return scope.contains(unit.body); });
  if (!in_care) return visit.not_found();
  const std::string code = crypto::readable_code(code_letters);
  const auto hash = house.users.hash(code);
  if (!hash) return visit.refused(hash.error(), http::Status::unavailable);
  const auto slip = house.store.write([&](db::Writer& writer) -> Result<Users::Slip> {
    auto made = house.users.reset(writer, user, code, *hash);
    if (made) house.trail.write(writer, visit.viewer(), row->units.front().body, "user", user.value, "slip", {}, {});
    return made;
  });
  house.sessions.forget_cached();
  if (!slip) return visit.refused(slip.error(), http::Status::unprocessable);
  return http::Response::html(accounts_pages::slip(visit.frame(tr("Phiếu cấp tài khoản"), MenuItem::users), *slip));
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
    for (std::size_t i = 0; i < std::min(entries.size(), trail_rows); ++i) {
      const AuditEntry& entry = entries[i];
      TrailRow row{entry.position, time_text(entry.at_ms), {}, {}, trail_sentence(entry), entry.reason};
      const auto user = entry.user ? house.users.row(reader, entry.user) : std::nullopt;
      row.who = user ? user->salutation + " " + user->name : tr("Chương trình");
      if (entry.on_behalf_of)
        if (const auto away = house.users.row(reader, *entry.on_behalf_of)) row.who += tr(" (thay {} {})", away->salutation, away->name);
      if (visit.organisation()->find(entry.body) != nullptr) row.unit = name_among_siblings(*visit.organisation(), entry.body, visit.today());
      page.rows.push_back(std::move(row));
    }
    if (entries.size() > trail_rows) page.next_before = page.rows.back().position;
  });
  return http::Response::html(accounts_pages::trail(visit.frame(tr("Nhật ký thay đổi"), MenuItem::audit), page));
}

}  // namespace

void add_office_pages(Pages& pages) {
  pages.get("/tai-khoan", Permission::manage_users, RouteScope::signed_in, users);
  pages.post("/tai-khoan/{user:number}/phieu", Permission::manage_users, RouteScope::signed_in, new_slip);
  pages.get("/nhat-ky", Permission::see_audit, RouteScope::signed_in, trail);
}

void add_account_pages(Pages& pages) {
  add_sign_in_pages(pages);
  add_setting_pages(pages);
  add_office_pages(pages);
}

}  // namespace khuyenhoc
