#include "accounts/pages/account_parts.h"

#include <algorithm>
#include <charconv>

#include "access/held.h"
#include "accounts/pages/parts_of_accounts.h"
#include "accounts/pages/slip.html.h"
#include "accounts/site_address.h"
#include "accounts/slips.h"
#include "accounts/trail_words.h"
#include "base/i18n.h"
#include "base/text.h"
#include "organisation/namesakes.h"

namespace khuyenhoc {

std::string error_of(const FormErrors& errors, std::string_view field) {
  for (const auto& [name, message] : errors)
    if (name == field) return message;
  return {};
}

const std::vector<std::string>& salutations() {
  static const std::vector<std::string> words{"Ông", "Bà", "Anh", "Chị"};
  return words;
}

std::optional<UserRow> account_in_care(const Visit& visit) {
  House& house = visit.house();
  const UserId user = visit.request().id<struct UserTag>("user");
  const Scope scope = visit.viewer().scope(Permission::manage_users);
  return house.store.read([&](db::Reader& reader) -> std::optional<UserRow> {
    auto row = house.users.row(reader, user);
    if (!row) return std::nullopt;
    if (std::ranges::any_of(row->units, [&](const ActingUnit& unit) { return scope.contains(unit.body); })) return row;
    if (std::ranges::any_of(posts_with_access(reader, user, visit.today()), [&](const PostHolding& post) { return scope.contains(post.body); })) return row;
    return row->units.empty() && scope.contains(last_body_acted_for(reader, user)) ? row : std::nullopt;
  });
}

AccountState state_of(const AccountStanding& standing, Day today, std::int64_t now_ms) {
  if (!standing.active || (standing.closed_from && *standing.closed_from <= today)) return AccountState::closed;
  if (standing.never_had_a_code) return AccountState::no_slip;
  if (!standing.waits_for_first_sign_in) return AccountState::in_use;
  return standing.slip_until_ms && *standing.slip_until_ms < now_ms ? AccountState::expired : AccountState::waits;
}

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

std::string permission_words(std::span<const Permission> permissions) {
  std::string text;
  for (const Permission permission : permissions) {
    const std::string label(permission_label(permission));
    text += text.empty() ? label : ", " + lower_case(label);
  }
  return text;
}

AccountHead head_of(const UserRow& user) { return {user.id.value, user.salutation.empty() ? user.name : user.salutation + " " + user.name}; }

std::vector<TrailRow> history_rows(const Visit& visit, db::Reader& reader, const std::vector<AuditEntry>& entries, std::size_t limit) {
  std::vector<TrailRow> out;
  House& house = visit.house();
  for (const AuditEntry& entry : entries) {
    if (out.size() == limit) break;
    TrailRow row{entry.position, time_text(entry.at_ms), {}, {}, trail_sentence(entry), entry.reason};
    const auto user = entry.user ? house.users.row(reader, entry.user) : std::nullopt;
    row.who = user ? head_of(*user).name : tr("Chương trình");
    if (entry.on_behalf_of)
      if (const auto away = house.users.row(reader, *entry.on_behalf_of)) row.who += tr(" (thay {} {})", away->salutation, away->name);
    if (visit.organisation()->find(entry.body) != nullptr) row.unit = name_among_siblings(*visit.organisation(), entry.body, visit.today());
    out.push_back(std::move(row));
  }
  return out;
}

std::vector<DeputisingRow> deputising_rows(const Visit& visit, db::Reader& reader, std::vector<Deputising> all) {
  std::vector<DeputisingRow> out;
  House& house = visit.house();
  for (const Deputising& one : all) {
    const auto deputy = house.users.row(reader, one.deputy), away = house.users.row(reader, one.for_user);
    const Body* body = visit.organisation()->find(one.body);
    if (!deputy || !away || body == nullptr) continue;
    DeputisingRow row;
    row.words = tr("{} làm thay {} ở {}, từ {} đến hết {}", head_of(*deputy).name, head_of(*away).name, body->on(visit.today()).name, one.from.text(), one.until.text());
    row.key = fmt::format("{}-{}-{}-{}-{}", one.deputy.value, one.for_user.value, one.body.value, one.from.iso(), one.until.iso());
    std::ranges::replace(row.key, '-', '.');
    row.may_end = one.for_user == visit.viewer().user() || visit.viewer().may(Permission::manage_users, one.body);
    out.push_back(std::move(row));
  }
  return out;
}

std::optional<Deputising> deputising_of_key(const std::string& key) {
  std::vector<std::int64_t> numbers;
  for (std::size_t begin = 0; begin <= key.size();) {
    const auto end = std::min(key.find('.', begin), key.size());
    std::int64_t number = 0;
    const auto [stopped, error] = std::from_chars(key.data() + begin, key.data() + end, number);
    if (error != std::errc{} || stopped != key.data() + end) return std::nullopt;
    numbers.push_back(number);
    begin = end + 1;
  }
  constexpr std::size_t parts = 9;             // three ids, two days of three numbers each
  if (numbers.size() != parts) return std::nullopt;
  const auto day = [&](std::size_t at) {
    return Day::parse_iso(fmt::format("{:04}-{:02}-{:02}", numbers[at], numbers[at + 1], numbers[at + 2]));
  };
  const auto from = day(3), until = day(6);
  if (!from || !until) return std::nullopt;
  return Deputising{UserId{numbers[0]}, UserId{numbers[1]}, BodyId{numbers[2]}, *from, *until};
}

std::string site_address(const http::Request& request) { return site_address(request.header("Host"), request.header("X-Forwarded-Proto")); }

http::Response slip_response(const Visit& visit, const Users::Slip& slip, std::string said) {
  SlipPage page{slip, {}, std::move(said), {}, {}, {}};
  const auto row = visit.house().store.read([&](db::Reader& reader) { return visit.house().users.row(reader, slip.user); });
  if (row) page.post = units_text(visit, row->units);
  const std::string site = site_address(visit.request());
  page.address = sign_in_in_words(site);
  if (const auto code = qr::encode(sign_in_link(site, slip.telephone))) {
    constexpr int quiet = 4;
    page.qr_box = fmt::format("0 0 {0} {0}", code->size + 2 * quiet);
    for (int row_at = 0; row_at < code->size; ++row_at)
      for (int column = 0; column < code->size; ++column)
        if (code->at(row_at, column)) page.qr_path += fmt::format("M{} {}h1v1h-1z", column + quiet, row_at + quiet);
  }
  return http::Response::html(accounts_pages::slip(visit.frame(tr("Phiếu đăng nhập"), MenuItem::users), page));
}

}  // namespace khuyenhoc
