#include "access/sessions_queries.h"

namespace khuyenhoc::sessions_sql {

constexpr std::string_view insert_session =
    "INSERT INTO user_session (token_digest, user_id, csrf, acting_for, on_behalf_of, created_ms, seen_ms, expires_ms) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
void insert(db::Writer& writer, const db::Blob& token_digest, const StoredSession& session, std::int64_t now_ms) {
  writer.run(insert_session, {token_digest, session.user, session.csrf, session.acting_for, session.on_behalf_of, now_ms, session.seen_ms, session.expires_ms});
}

constexpr std::string_view select_session =
    "SELECT user_id, csrf, acting_for, on_behalf_of, seen_ms, expires_ms FROM user_session WHERE token_digest = $1 AND expires_ms > $2";
std::optional<StoredSession> find(db::Reader& reader, const db::Blob& token_digest, std::int64_t now_ms) {
  return reader.first(select_session, {token_digest, now_ms}, [](const db::Row& row) {
    StoredSession session;
    session.user = row.id<UserId>(0);
    session.csrf = row.text(1);
    session.acting_for = row.id<BodyId>(2);
    if (!row.is_null(3)) session.on_behalf_of = row.id<UserId>(3);
    session.seen_ms = row.number(4);
    session.expires_ms = row.number(5);
    return session;
  });
}

constexpr std::string_view update_seen = "UPDATE user_session SET seen_ms = $2, expires_ms = $3 WHERE token_digest = $1";
void see(db::Writer& writer, const db::Blob& token_digest, std::int64_t seen_ms, std::int64_t expires_ms) {
  writer.run(update_seen, {token_digest, seen_ms, expires_ms});
}

constexpr std::string_view update_acting = "UPDATE user_session SET acting_for = $2, on_behalf_of = $3 WHERE token_digest = $1";
void act_for(db::Writer& writer, const db::Blob& token_digest, BodyId body, std::optional<UserId> on_behalf_of) {
  writer.run(update_acting, {token_digest, body, on_behalf_of});
}

constexpr std::string_view delete_session = "DELETE FROM user_session WHERE token_digest = $1";
void end(db::Writer& writer, const db::Blob& token_digest) { writer.run(delete_session, {token_digest}); }

constexpr std::string_view delete_sessions_of = "DELETE FROM user_session WHERE user_id = $1";
void end_all_of(db::Writer& writer, UserId user) { writer.run(delete_sessions_of, {user}); }

constexpr std::string_view delete_expired = "DELETE FROM user_session WHERE expires_ms <= $1";
void forget_expired(db::Writer& writer, std::int64_t now_ms) { writer.run(delete_expired, {now_ms}); }

constexpr std::string_view select_failures = "SELECT failures, last_ms FROM sign_in_failure WHERE key_digest = $1";
Failures failures(db::Reader& reader, const db::Blob& key_digest) {
  return reader.first(select_failures, {key_digest}, [](const db::Row& row) { return Failures{row.number(0), row.number(1)}; }).value_or(Failures{});
}

constexpr std::string_view upsert_failures =
    "INSERT INTO sign_in_failure (key_digest, failures, last_ms) VALUES ($1, $2, $3) "
    "ON CONFLICT (key_digest) DO UPDATE SET failures = excluded.failures, last_ms = excluded.last_ms";
void set_failures(db::Writer& writer, const db::Blob& key_digest, Failures failures) {
  writer.run(upsert_failures, {key_digest, failures.count, failures.last_ms});
}

constexpr std::string_view delete_failures = "DELETE FROM sign_in_failure WHERE key_digest = $1";
void forget_failures(db::Writer& writer, const db::Blob& key_digest) { writer.run(delete_failures, {key_digest}); }

}  // namespace khuyenhoc::sessions_sql
