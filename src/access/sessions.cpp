#include "access/sessions.h"

#include <algorithm>

#include "access/held.h"
#include "access/sessions_queries.h"
#include "access/users_queries.h"
#include "base/i18n.h"

namespace khuyenhoc {
namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t session_ms = 30 * 24 * 60 * minute_ms;   // a month on one's own machine, renewed by use
constexpr std::int64_t see_again_ms = 60 * minute_ms;
constexpr std::int64_t cache_ms = 2'000;                        // other processes may change grants: seen within two seconds
constexpr std::size_t cache_size = 10'000;
constexpr std::int64_t free_failures = 5;
constexpr std::int64_t longest_wait_minutes = 15;
constexpr std::int64_t address_free_failures = 50;              // an office shares one address

db::Blob blob(std::span<const std::byte> bytes) { return {bytes.begin(), bytes.end()}; }

// After the free tries: 1, 2, 4, 8, 15 minutes.
std::int64_t wait_until(const sessions_sql::Failures& failures, std::int64_t free) {
  if (failures.count < free) return 0;
  const std::int64_t step = std::min<std::int64_t>(failures.count - free, 4);
  return failures.last_ms + std::min(std::int64_t{1} << step, longest_wait_minutes) * minute_ms;
}

// The code on a slip is printed in two groups, and a telephone begins with a small letter.
std::string code_as_made(std::string_view typed) {
  constexpr std::size_t letters = 8;
  std::string code;
  for (const char c : typed)
    if (c != ' ' && c != '-') code += static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  const bool is_code = code.size() == letters && std::ranges::all_of(code, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
  return is_code ? code : std::string(typed);
}

}  // namespace

Sessions::Sessions(Users& users, CurrentOrganisation organisation) : users_(users), organisation_(std::move(organisation)) {}

Result<SignedIn> Sessions::sign_in(std::string_view telephone, std::string_view password, std::string_view remote_address) {
  const auto wrong = [] {
    return refuse("sign_in.wrong", tr("Số điện thoại hoặc mật khẩu chưa đúng. Xin ghi lại; nếu quên, xin gọi Hội cấp trên trực tiếp để được cấp phiếu mới."), "password");
  };
  const auto normal = normalised_telephone(telephone);
  if (!normal) return std::unexpected(normal.error());
  const auto& keys = users_.keys();
  const std::int64_t now = users_.clock().now_ms();
  const db::Blob user_key = blob(keys.blind_index("sign-in-user", *normal));
  const db::Blob address_key = blob(keys.blind_index("sign-in-address", remote_address));

  sessions_sql::Failures by_user, by_address;
  std::optional<users_sql::StoredUser> user;
  std::vector<ActingUnit> units;
  BodyId to_ask;
  users_.store().read([&](db::Reader& reader) {
    by_user = sessions_sql::failures(reader, user_key);
    by_address = sessions_sql::failures(reader, address_key);
    user = users_sql::find_by_index(reader, blob(keys.blind_index("telephone", *normal)));
    if (!user) return;
    const auto organisation = organisation_();
    units = units_alive(*organisation, units_held(reader, user->id, users_.clock().today()), users_.clock().today());
    if (units.empty()) to_ask = office_to_ask(reader, *organisation, user->id, users_.clock().today());
  });
  const std::int64_t until = std::max(wait_until(by_user, free_failures), wait_until(by_address, address_free_failures));
  if (until > now)
    return refuse("sign_in.wait", tr("Đã ghi sai nhiều lần. Xin đợi {} phút rồi thử lại, hoặc gọi Hội cấp trên trực tiếp để được cấp phiếu mới.",
                                              (until - now + minute_ms - 1) / minute_ms), "password");

  const auto verified = users_.hasher().verify(user ? user->password_hash : std::nullopt, user && user->must_change ? code_as_made(password) : std::string(password));
  if (!verified) return std::unexpected(verified.error());
  const auto closed = [&](const users_sql::StoredUser& one) { return one.closed_from && *one.closed_from <= users_.clock().today(); };
  const bool expired = user && user->password_until_ms && *user->password_until_ms < now;
  if (!*verified || !user->active || expired) {
    users_.store().write([&](db::Writer& writer) {
      for (const auto& key : {user_key, address_key}) {
        auto failures = sessions_sql::failures(writer, key);
        if (failures.last_ms < now - 60 * minute_ms) failures.count = 0;
        sessions_sql::set_failures(writer, key, {failures.count + 1, now});
      }
    });
    if (*verified && expired)
      return refuse("sign_in.expired", tr("Mã trên phiếu đã quá hạn. Xin gọi Hội cấp trên trực tiếp để được cấp phiếu mới."), "password");
    return wrong();
  }
  const auto office = [&] { return to_ask ? organisation_()->body(to_ask).on(users_.clock().today()).name : tr("Hội cấp trên trực tiếp"); };
  if (closed(*user))
    return refuse("sign_in.closed", tr("Tài khoản này đã đóng từ ngày {}, khi ông/bà thôi việc ở Hội. Nếu chưa đúng, xin liên hệ {} để được mở lại.", user->closed_from->text(), office()), "telephone");
  if (units.empty())
    return refuse("sign_in.no_unit", tr("Tài khoản này hiện không còn giữ chức vụ ở đơn vị nào. Xin liên hệ {} để được phân công.", office()), "telephone");

  SignedIn out{crypto::random_token(), user->must_change};
  sessions_sql::StoredSession session;
  session.user = user->id;
  session.csrf = crypto::random_token();
  session.acting_for = units.front().body;
  session.seen_ms = now;
  session.expires_ms = now + session_ms;
  users_.store().write([&](db::Writer& writer) {
    sessions_sql::forget_failures(writer, user_key);
    sessions_sql::forget_expired(writer, now);
    sessions_sql::insert(writer, blob(keys.token_key_digest(out.token)), session, now);
  });
  return out;
}

std::optional<ViewerData> Sessions::load(db::Reader& reader, const db::Blob& digest, std::int64_t now_ms, bool& refresh) {
  const auto session = sessions_sql::find(reader, digest, now_ms);
  if (!session) return std::nullopt;
  const auto user = users_sql::find(reader, session->user);
  if (!user || !user->active || (user->closed_from && *user->closed_from <= users_.clock().today())) return std::nullopt;
  refresh = session->seen_ms < now_ms - see_again_ms;
  const Day today = users_.clock().today();
  ViewerData data;
  data.user = user->id;
  data.name = user->salutation.empty() ? user->name : user->salutation + " " + user->name;
  const auto organisation = organisation_();
  data.units = units_alive(*organisation, units_held(reader, user->id, today), today);
  data.grants = grants_held(reader, user->id, today);
  data.acting_for = session->acting_for;
  data.language = user->language;
  data.large_type = user->large_type;
  data.must_change_password = user->must_change;
  data.csrf = session->csrf;
  data.today = today;
  // Deputising: the grants of the one who is away, over that body, until the day.
  for (const auto& deputy : users_sql::deputies(reader, user->id, today)) {
    const auto away = users_sql::find(reader, deputy.for_user);
    if (!away || !away->active || (away->closed_from && *away->closed_from <= today)) continue;
    auto theirs = units_alive(*organisation, units_held(reader, deputy.for_user, today), today);
    const auto unit = std::ranges::find(theirs, deputy.body, &ActingUnit::body);
    if (unit == theirs.end()) continue;        // who is away holds nothing there any more
    unit->post_title = fmt::format("Thay {} {}", away->salutation, away->name);
    data.units.push_back(*unit);
    if (session->on_behalf_of == deputy.for_user && session->acting_for == deputy.body) {
      data.on_behalf_of = deputy.for_user;
      data.on_behalf_of_name = away->salutation + " " + away->name;
      data.grants = grants_within(*organisation, grants_held(reader, deputy.for_user, today), deputy.body, today);
    }
  }
  if (data.units.empty()) return std::nullopt;
  if (std::ranges::none_of(data.units, [&](const ActingUnit& unit) { return unit.body == data.acting_for; })) data.acting_for = data.units.front().body;
  return data;
}

std::optional<Viewer> Sessions::viewer(std::string_view token) {
  if (token.size() != 43) return std::nullopt;
  const std::int64_t now = users_.clock().now_ms();
  const db::Blob digest = blob(users_.keys().token_key_digest(token));
  const std::string key(reinterpret_cast<const char*>(digest.data()), digest.size());
  {
    const std::lock_guard lock(mutex_);
    const auto found = cached_.find(key);
    if (found != cached_.end() && found->second.until_ms > now) return Viewer(found->second.data, organisation_());
  }
  bool refresh = false;
  auto data = users_.store().read([&](db::Reader& reader) { return load(reader, digest, now, refresh); });
  if (!data) return std::nullopt;
  if (refresh) users_.store().write([&](db::Writer& writer) { sessions_sql::see(writer, digest, now, now + session_ms); });
  {
    const std::lock_guard lock(mutex_);
    if (cached_.size() >= cache_size) cached_.clear();
    cached_[key] = {*data, now + cache_ms};
  }
  return Viewer(std::move(*data), organisation_());
}

Result<void> Sessions::act_for(std::string_view token, BodyId body) {
  const std::int64_t now = users_.clock().now_ms();
  const db::Blob digest = blob(users_.keys().token_key_digest(token));
  auto done = users_.store().write([&](db::Writer& writer) -> Result<void> {
    const auto refused = [] { return refuse("session.unit", tr("Ông/bà chưa được phân công ở đơn vị này."), "unit"); };
    const auto session = sessions_sql::find(writer, digest, now);
    if (!session) return refused();
    const Day today = users_.clock().today();
    for (const auto& unit : units_held(writer, session->user, today)) {
      if (unit.body != body) continue;
      sessions_sql::act_for(writer, digest, body, std::nullopt);
      return {};
    }
    for (const auto& deputy : users_sql::deputies(writer, session->user, today)) {
      if (deputy.body != body) continue;
      sessions_sql::act_for(writer, digest, body, deputy.for_user);
      return {};
    }
    return refused();
  });
  forget_cached();
  return done;
}

void Sessions::sign_out(std::string_view token) {
  const db::Blob digest = blob(users_.keys().token_key_digest(token));
  users_.store().write([&](db::Writer& writer) { sessions_sql::end(writer, digest); });
  forget_cached();
}

void Sessions::forget_cached() {
  const std::lock_guard lock(mutex_);
  cached_.clear();
}

}  // namespace khuyenhoc
