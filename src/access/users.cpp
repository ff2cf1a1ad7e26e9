#include "access/users.h"

#include <algorithm>
#include <unordered_map>

#include "access/held.h"
#include "access/sessions_queries.h"
#include "access/users_queries.h"
#include "base/i18n.h"
#include "base/telephone.h"
#include "base/text.h"

namespace khuyenhoc {
namespace {

constexpr std::int64_t slip_days = 7;
constexpr std::int64_t day_ms = 86'400'000;

db::Blob blob(std::span<const std::byte> bytes) { return {bytes.begin(), bytes.end()}; }

db::Blob telephone_index(const crypto::KeyRing& keys, std::string_view telephone) { return blob(keys.blind_index("telephone", telephone)); }

std::string opened_telephone(const crypto::KeyRing& keys, const users_sql::StoredUser& user) {
  const auto open = keys.unseal({"app_user", user.id.value, "telephone"}, user.telephone_sealed);
  return open ? std::string(reinterpret_cast<const char*>(open->data()), open->size()) : std::string();
}

UserRow listed(const crypto::KeyRing& keys, const users_sql::StoredUser& user, std::vector<ActingUnit> units) {
  return {user.id, user.salutation, user.name, opened_telephone(keys, user), user.active, user.must_change, std::move(units), user.row_version};
}

Refusal unknown_user() { return {"user.unknown", "Không tìm thấy người dùng này. Có thể tài khoản đã được chuyển sang đơn vị khác."}; }

}  // namespace

Result<std::string> normalised_telephone(std::string_view typed) {
  auto digits = telephone_digits(typed);
  if (!digits) return refuse("user.telephone", tr("Số điện thoại chưa đúng. Xin ghi đủ 10 chữ số, bắt đầu bằng số 0, ví dụ 0912 345 678."), "telephone");
  return std::move(*digits);
}

Result<void> acceptable_password(std::string_view password, std::string_view telephone) {
  const std::size_t length = count_characters(password);
  const bool has_digit = std::ranges::any_of(password, [](char c) { return c >= '0' && c <= '9'; });
  const bool has_other = std::ranges::any_of(password, [](char c) { return c < '0' || c > '9'; });
  if (password.size() > 500) return refuse("user.password", tr("Mật khẩu quá dài. Xin dùng dưới 100 ký tự."), "password");
  if (length < 8 || (length < 12 && !(has_digit && has_other)))
    return refuse("user.password", tr("Mật khẩu cần ít nhất 8 ký tự gồm cả chữ và số, hoặc một câu từ 12 ký tự trở lên."), "password");
  if (!telephone.empty() && password.find(telephone) != std::string_view::npos)
    return refuse("user.password", tr("Mật khẩu không được chứa số điện thoại, vì nhiều người biết số này."), "password");
  return {};
}

Users::Users(db::Store& store, const crypto::KeyRing& keys, crypto::PasswordHasher& hasher, Clock clock)
    : store_(store), keys_(keys), hasher_(hasher), clock_(std::move(clock)) {}

Result<UserId> Users::add(db::Writer& writer, const NewUser& user, const std::optional<std::string>& password_hash) {
  const auto telephone = normalised_telephone(user.telephone);
  if (!telephone) return std::unexpected(telephone.error());
  const std::string name = normalised(user.name);
  if (name.empty()) return refuse("user.name", tr("Xin ghi họ và tên."), "name");
  if (count_characters(name) > 80) return refuse("user.name", tr("Họ và tên dài quá 80 ký tự. Xin xem lại."), "name");
  const db::Blob index = telephone_index(keys_, *telephone);
  if (const auto taken = users_sql::find_by_index(writer, index))
    return refuse("user.telephone_taken", tr("Số điện thoại này đã có tài khoản ({} {}). Xin kiểm tra lại, hoặc cấp phiếu mới cho tài khoản đó.",
                                                      taken->salutation, taken->name), "telephone");
  users_sql::StoredUser row;
  row.id = store_.new_id<UserId>();
  row.telephone_sealed = keys_.seal({"app_user", row.id.value, "telephone"}, crypto::bytes_of(*telephone));
  row.salutation = normalised(user.salutation);
  row.name = name;
  row.password_hash = password_hash;
  users_sql::insert(writer, row, Uuid::make(clock_.now_ms()), index, person_sort_key(name), clock_.now_ms());
  for (const ActingUnit& unit : user.units) users_sql::insert_unit(writer, row.id, unit, user.from);
  for (const Grant& grant : user.grants) users_sql::insert_grant(writer, store_.new_id(), row.id, grant, user.from);
  return row.id;
}

Result<Users::Slip> Users::reset(db::Writer& writer, UserId user, const std::string& code, const std::string& code_hash) {
  const auto row = users_sql::find(writer, user);
  if (!row) return std::unexpected(unknown_user());
  const std::int64_t until = clock_.now_ms() + slip_days * day_ms;
  users_sql::set_password(writer, user, code_hash, true, until);
  sessions_sql::end_all_of(writer, user);
  return Slip{user, row->salutation + " " + row->name, opened_telephone(keys_, *row), code, day_of_ms(until)};
}

Result<void> Users::change_password(db::Writer& writer, UserId user, const std::string& new_hash) {
  if (users_sql::set_password(writer, user, new_hash, false, std::nullopt) == 0) return std::unexpected(unknown_user());
  return {};
}

Result<void> Users::set_active(db::Writer& writer, UserId user, bool active) {
  if (users_sql::set_active(writer, user, active) == 0) return std::unexpected(unknown_user());
  if (!active) sessions_sql::end_all_of(writer, user);
  return {};
}

void Users::set_large_type(db::Writer& writer, UserId user, bool large) { users_sql::set_large_type(writer, user, large); }
void Users::set_language(db::Writer& writer, UserId user, Language language) { users_sql::set_language(writer, user, language); }

Result<void> Users::deputise(db::Writer& writer, UserId deputy, UserId for_user, BodyId body, Day from, Day until) {
  if (deputy == for_user) return refuse("user.deputy_self", tr("Người được ủy quyền phải là người khác."), "deputy");
  if (until < from) return refuse("user.deputy_days", tr("Ngày thôi ủy quyền phải sau ngày bắt đầu."), "until");
  users_sql::insert_deputy(writer, deputy, for_user, body, from, until);
  return {};
}

std::optional<UserId> Users::find_by_telephone(db::Reader& reader, std::string_view telephone) {
  const auto normal = normalised_telephone(telephone);
  if (!normal) return std::nullopt;
  const auto found = users_sql::find_by_index(reader, telephone_index(keys_, *normal));
  return found ? std::optional(found->id) : std::nullopt;
}

std::vector<UserRow> Users::list(db::Reader& reader, const Scope& scope) {
  std::unordered_map<UserId, std::vector<ActingUnit>> units;
  for (auto& held : units_of_everybody(reader, clock_.today()))
    if (scope.contains(held.unit.body)) units[held.user].push_back(std::move(held.unit));
  std::vector<UserRow> out;
  users_sql::each_user_by_name(reader, [&](const users_sql::StoredUser& user) {
    const auto found = units.find(user.id);
    if (found != units.end()) out.push_back(listed(keys_, user, found->second));
  });
  return out;
}

std::optional<UserRow> Users::row(db::Reader& reader, UserId user) {
  const auto found = users_sql::find(reader, user);
  if (!found) return std::nullopt;
  return listed(keys_, *found, units_held(reader, user, clock_.today()));
}

}  // namespace khuyenhoc
