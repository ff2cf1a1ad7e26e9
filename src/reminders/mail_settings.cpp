// An office's mail server and its rule, and the addresses that can be written to.
#include <algorithm>

#include "base/i18n.h"
#include "base/text.h"
#include "organisation/posts.h"
#include "reminders/reminders_queries.h"

namespace khuyenhoc {
namespace {

constexpr std::size_t longest_host = 200, longest_text = 200;
constexpr std::int64_t most_days = 30;

Refusal stale() { return {"mail.stale", tr("Phần này vừa được người khác sửa. Xin tải lại trang rồi ghi lại."), {}}; }
Refusal may_not() { return {"mail.may_not", tr("Chỉ người quản lý tài khoản của đơn vị đặt được phần này."), {}}; }

bool is_host(std::string_view host) {
  return !host.empty() && host.size() <= longest_host && std::ranges::all_of(host, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-'; });
}

void tell(db::Writer& writer, const House& house, const Viewer& viewer, BodyId body, std::string_view noun, std::string_view action, const std::string& summary) {
  house.trail.write(writer, viewer, body, noun, body.value, action, {}, fmt::format(R"({{"summary":{}}})", json_text(summary)));
}

std::string body_name(const House& house, BodyId body, Day day) { return house.organisation.current()->body(body).on(day).name; }

crypto::Place password_place(BodyId body) { return {"mail_server", body.value, "password"}; }

}  // namespace

std::optional<MailServer> own_mail_server(db::Reader& reader, const crypto::KeyRing& keys, BodyId body) { return reminders_sql::server(reader, keys, body); }

std::optional<MailServer> mail_server_for(db::Reader& reader, const crypto::KeyRing& keys, const Organisation& organisation, BodyId body, Day day) {
  for (BodyId at = body; at; at = organisation.body(at).on(day).superior)
    if (auto found = reminders_sql::server(reader, keys, at)) return found;
  return std::nullopt;
}

Result<MailServer> keep_mail_server(db::Writer& writer, const House& house, const Viewer& viewer, MailServer given) {
  if (!viewer.may(Permission::manage_users, given.body)) return std::unexpected(may_not());
  given.host = normalised(given.host);
  given.user = normalised(given.user);
  given.from_name = normalised(given.from_name);
  if (!is_host(given.host)) return refuse("mail.host", tr("Xin ghi tên máy chủ thư, ví dụ smtp.gmail.com."), "may-chu");
  if (given.port < 1 || given.port > 65'535) return refuse("mail.port", tr("Cổng là số từ 1 đến 65535; thường là 587 hoặc 465."), "cong");
  auto from = mail::checked_address(given.from_address);
  if (!from) return refuse("mail.address", from.error().message, "thu-gui");
  given.from_address = std::move(*from);
  if (given.user.size() > longest_text || given.password.size() > longest_text || given.from_name.size() > longest_text) return refuse("mail.host", tr("Tên hoặc mật khẩu dài quá. Xin xem lại."), "ten-dang-nhap");
  const auto stored = reminders_sql::server(writer, house.keys, given.body);
  if ((stored ? stored->row_version : 0) != given.row_version) return std::unexpected(stale());
  // a password given to one server is not told to another
  const bool same = stored && stored->has_password && stored->host == given.host && stored->user == given.user && stored->port == given.port && stored->security <= given.security;
  if (given.password.empty() && same && !given.user.empty()) given.password = stored->password;
  if (given.password.empty() && !given.user.empty())
    return refuse("mail.password", stored && stored->has_password ? tr("Đổi máy chủ, cổng, bảo mật hoặc tên đăng nhập thì xin ghi lại mật khẩu.") : tr("Xin ghi mật khẩu của hộp thư."), "mat-khau");
  if (given.user.empty()) given.password.clear();
  std::optional<crypto::Bytes> sealed;
  if (!given.password.empty()) sealed = house.keys.seal(password_place(given.body), crypto::bytes_of(given.password));
  given.has_password = sealed.has_value();
  ++given.row_version;
  reminders_sql::put_server(writer, given, sealed, viewer.user(), house.clock.now_ms());
  const LanguageScope in_vietnamese(Language::vietnamese);
  tell(writer, house, viewer, given.body, "mail_server", "keep", tr("Máy chủ thư của {}: {} cổng {}, gửi từ {}", body_name(house, given.body, viewer.today()), given.host, given.port, given.from_address));
  return given;
}

Result<void> remove_mail_server(db::Writer& writer, const House& house, const Viewer& viewer, BodyId body, std::int64_t expected_version) {
  if (!viewer.may(Permission::manage_users, body)) return std::unexpected(may_not());
  const auto stored = reminders_sql::server(writer, house.keys, body);
  if ((stored ? stored->row_version : 0) != expected_version) return std::unexpected(stale());
  if (!stored) return {};
  reminders_sql::remove_server(writer, body);
  tell(writer, house, viewer, body, "mail_server", "remove", tr(Language::vietnamese, "Bỏ máy chủ thư của {}", body_name(house, body, viewer.today())));
  return {};
}

mail::Delivery try_mail_server(const House& house, const MailServer& server, const std::string& to) {
  const LanguageScope in_vietnamese(Language::vietnamese);
  constexpr int patience_ms = 8'000;               // somebody waits before a page
  mail::Message message;
  message.from = {server.from_name, server.from_address};
  message.to = {{}, to};
  message.subject = tr("Thư thử từ phần mềm Khuyến học");
  message.text = tr("Thư này gửi thử từ phần mềm Khuyến học của {}. Nhận được thư này là máy chủ thư đã cài đặt đúng.", body_name(house, server.body, house.clock.today()));
  message.at_ms = house.clock.now_ms();
  message.id = fmt::format("thu-thu-{}@{}", house.store.new_id(), server.from_address.substr(server.from_address.rfind('@') + 1));
  return mail::send({.host = server.host, .port = static_cast<int>(server.port), .security = server.security, .user = server.user, .password = server.password, .timeout_ms = patience_ms}, message);
}

ReminderRule reminder_rule(db::Reader& reader, BodyId body) {
  if (auto found = reminders_sql::rule(reader, body)) return std::move(*found);
  ReminderRule none;                               // nothing is sent until the office says so; this is what its form begins with
  none.body = body;
  none.posts = {"chu_tich", "thu_ky"};
  return none;
}

Result<ReminderRule> keep_reminder_rule(db::Writer& writer, const House& house, const Viewer& viewer, ReminderRule given) {
  if (!viewer.may(Permission::manage_users, given.body)) return std::unexpected(may_not());
  if (given.before_days < 0 || given.before_days > most_days) return refuse("reminder.days", tr("Số ngày trước hạn từ 1 đến {}; để trống là không nhắc trước.", most_days), "truoc");
  if (given.after_days < 0 || given.after_days > most_days) return refuse("reminder.days", tr("Số ngày sau hạn từ 1 đến {}; để trống là không nhắc sau.", most_days), "sau");
  std::erase_if(given.posts, [](const std::string& code) { return Posts::house().find(code) == nullptr; });
  const bool wanted = given.before_days > 0 || given.on_day || given.after_days > 0;
  if (wanted && given.posts.empty() && !given.to_body) return refuse("reminder.nobody", tr("Xin chọn ai nhận thư: ít nhất một chức vụ, hoặc hộp thư chung của đơn vị."), "ai");
  const OrganisationView organisation = house.organisation.current();
  if (wanted && !mail_server_for(writer, house.keys, *organisation, given.body, viewer.today())) return refuse("reminder.no_server", tr("Chưa có máy chủ thư nên chưa bật nhắc được. Xin ghi máy chủ thư ở phần trên và gửi thư thử trước."), "truoc");
  const auto stored = reminders_sql::rule(writer, given.body);
  if ((stored ? stored->row_version : 0) != given.row_version) return std::unexpected(stale());
  ++given.row_version;
  reminders_sql::put_rule(writer, given, viewer.user(), house.clock.now_ms());
  const LanguageScope in_vietnamese(Language::vietnamese);
  tell(writer, house, viewer, given.body, "reminder_rule", "keep", given.sends() ? tr("Bật nhắc hạn báo cáo qua thư điện tử của {}", body_name(house, given.body, viewer.today())) : tr("Tắt nhắc hạn báo cáo qua thư điện tử của {}", body_name(house, given.body, viewer.today())));
  return given;
}

std::optional<MailAddress> mail_address(db::Reader& reader, const crypto::KeyRing& keys, MailAddress::Owner owner, std::int64_t of) { return reminders_sql::address(reader, keys, owner, of); }

Result<MailAddress> keep_mail_address(db::Writer& writer, const House& house, const Viewer& viewer, MailAddress given) {
  const bool own = given.owner == MailAddress::Owner::user && viewer.user() == UserId{given.of};
  if (given.owner == MailAddress::Owner::body ? !viewer.may(Permission::keep_bodies, BodyId{given.of}) : !own) return std::unexpected(may_not());
  if (!normalised(given.address).empty()) {
    auto checked = mail::checked_address(given.address);
    if (!checked) return std::unexpected(checked.error());
    given.address = std::move(*checked);
  } else {
    given.address.clear();
  }
  const auto stored = reminders_sql::address(writer, house.keys, given.owner, given.of);
  if ((stored ? stored->row_version : 0) != given.row_version) return std::unexpected(stale());
  given.id = stored ? stored->id : house.store.new_id();
  if (!stored || stored->address != given.address) given.stopped_ms.reset();
  ++given.row_version;
  reminders_sql::put_address(writer, house.keys, given);
  const BodyId body = own ? viewer.acting_for() : BodyId{given.of};
  const LanguageScope in_vietnamese(Language::vietnamese);
  tell(writer, house, viewer, body, "mail_address", given.address.empty() ? "remove" : "keep",
       own ? (given.address.empty() ? tr("Bỏ địa chỉ thư của mình") : tr("Ghi địa chỉ thư của mình")) : (given.address.empty() ? tr("Bỏ địa chỉ thư của {}", body_name(house, body, viewer.today())) : tr("Ghi địa chỉ thư của {}", body_name(house, body, viewer.today()))));
  return given;
}

// "42.kA3…": the number of the address and what only this house can work out of it.
std::string stop_token(const crypto::KeyRing& keys, std::int64_t address) {
  const std::string number = std::to_string(address);
  return number + "." + crypto::base64url(keys.blind_index("mail stop", number));
}

std::optional<MailAddress> address_of_stop_token(db::Reader& reader, const crypto::KeyRing& keys, std::string_view token) {
  constexpr std::size_t longest = 80;
  const auto dot = token.find('.');
  if (token.size() > longest || dot == std::string_view::npos) return std::nullopt;
  std::int64_t number = 0;
  for (const char c : token.substr(0, dot)) {
    if (c < '0' || c > '9' || number > 1'000'000'000'000'000) return std::nullopt;
    number = 10 * number + (c - '0');
  }
  const std::string right = stop_token(keys, number);
  if (right.size() != token.size() || !crypto::equal_in_constant_time(crypto::bytes_of(right), crypto::bytes_of(token))) return std::nullopt;
  return reminders_sql::address_by_id(reader, keys, number);
}

void set_stopped(db::Writer& writer, const House& house, std::int64_t address, bool stopped) {
  reminders_sql::set_stopped(writer, address, stopped ? std::optional(house.clock.now_ms()) : std::nullopt);
}

}  // namespace khuyenhoc
