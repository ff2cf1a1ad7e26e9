#include "starting/steps_queries.h"

namespace khuyenhoc::starting_sql {

constexpr std::string_view all_contacts = "SELECT body, head_name <> '', telephone_sealed IS NOT NULL FROM body_contact_now";
std::unordered_map<BodyId, KnownContact> known_contacts(db::Reader& reader) {
  std::unordered_map<BodyId, KnownContact> out;
  reader.each(all_contacts, {}, [&](const db::Row& row) { out[row.id<BodyId>(0)] = {row.flag(1), row.flag(2)}; });
  return out;
}

constexpr std::string_view holders_of_post = "SELECT DISTINCT body FROM post_holding WHERE post = $1 AND from_day <= $2 AND (until_day IS NULL OR until_day > $2)";
std::unordered_set<BodyId> bodies_with_post(db::Reader& reader, std::string_view post, Day day) {
  std::unordered_set<BodyId> out;
  reader.each(holders_of_post, {post, day}, [&](const db::Row& row) { out.insert(row.id<BodyId>(0)); });
  return out;
}

constexpr std::string_view all_accounts = "SELECT id, password_hash IS NOT NULL, must_change, password_until_ms FROM app_user WHERE active <> 0";
std::unordered_map<UserId, KnownAccount> known_accounts(db::Reader& reader) {
  std::unordered_map<UserId, KnownAccount> out;
  reader.each(all_accounts, {}, [&](const db::Row& row) {
    const auto state = !row.flag(1) ? AccountState::no_slip : row.flag(2) ? AccountState::slip_unused : AccountState::in_use;
    out[row.id<UserId>(0)] = {state, row.maybe_number(3)};
  });
  return out;
}

constexpr std::string_view put_off_of_body = "SELECT step, put_off_by, put_off_ms FROM starting_put_off WHERE body = $1 ORDER BY step";
std::vector<StoredPutOff> steps_put_off(db::Reader& reader, BodyId body) {
  return reader.all(put_off_of_body, {body}, [](const db::Row& row) { return StoredPutOff{std::string(row.text(0)), row.id<UserId>(1), row.number(2)}; });
}

constexpr std::string_view insert_put_off =
    "INSERT INTO starting_put_off (body, step, put_off_by, put_off_ms) VALUES ($1, $2, $3, $4) ON CONFLICT (body, step) DO NOTHING";
std::int64_t keep_put_off(db::Writer& writer, BodyId body, const StoredPutOff& put_off) { return writer.run(insert_put_off, {body, put_off.step, put_off.by, put_off.at_ms}); }

constexpr std::string_view delete_put_off = "DELETE FROM starting_put_off WHERE body = $1 AND step = $2";
std::int64_t forget_put_off(db::Writer& writer, BodyId body, std::string_view step) { return writer.run(delete_put_off, {body, step}); }

constexpr std::string_view first_begun = "SELECT min(begun_ms) FROM starting_office";
std::optional<std::int64_t> begun_ms(db::Reader& reader) { return reader.first_number(first_begun); }

}  // namespace khuyenhoc::starting_sql
