#include "reminders/reminders_queries.h"

#include "base/text.h"

namespace khuyenhoc::reminders_sql {
namespace {

std::string text_of(const std::optional<crypto::Bytes>& bytes) { return bytes ? std::string(reinterpret_cast<const char*>(bytes->data()), bytes->size()) : std::string(); }

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& one : words) out += (out.empty() ? "" : " ") + one;
  return out;
}
std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::string_view one = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), one.size() + 1));
    if (!one.empty()) out.emplace_back(one);
  }
  return out;
}

auto address_row(const crypto::KeyRing& keys) {
  return [&keys](const db::Row& row) {
    MailAddress out{row.number(0), row.as<MailAddress::Owner>(1), row.number(2), {}, row.maybe_number(4), row.number(5)};
    if (!row.is_null(3)) out.address = text_of(keys.unseal({"mail_address", out.id, "address"}, row.bytes(3)));
    return out;
  };
}

ReminderMail mail_row(const db::Row& row) {
  return {row.number(0), row.id<BodyId>(1), row.id<ReportId>(2), row.number(3), row.as<Occasion>(4), row.as<ReminderMail::State>(5), row.number(6), row.number(7), std::string(row.text(8)),
          row.number(9), row.maybe_number(10)};
}

}  // namespace

constexpr std::string_view select_server =
    "SELECT host, port, security, user_name, password_sealed, from_address, from_name, row_version FROM mail_server WHERE body = $1";
std::optional<MailServer> server(db::Reader& reader, const crypto::KeyRing& keys, BodyId body) {
  return reader.first(select_server, {body}, [&](const db::Row& row) {
    MailServer out{body, std::string(row.text(0)), row.number(1), row.as<mail::Security>(2), std::string(row.text(3)), {}, !row.is_null(4), std::string(row.text(5)), std::string(row.text(6)), row.number(7)};
    if (out.has_password) out.password = text_of(keys.unseal({"mail_server", body.value, "password"}, row.bytes(4)));
    return out;
  });
}

constexpr std::string_view upsert_server =
    "INSERT INTO mail_server (body, host, port, security, user_name, password_sealed, from_address, from_name, by_user, at_ms, row_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
    "ON CONFLICT (body) DO UPDATE SET host = excluded.host, port = excluded.port, security = excluded.security, user_name = excluded.user_name, password_sealed = excluded.password_sealed, "
    "from_address = excluded.from_address, from_name = excluded.from_name, by_user = excluded.by_user, at_ms = excluded.at_ms, row_version = excluded.row_version";
void put_server(db::Writer& writer, const MailServer& server, const std::optional<crypto::Bytes>& password, UserId by, std::int64_t at_ms) {
  writer.run(upsert_server, {server.body, server.host, server.port, server.security, server.user, password, server.from_address, server.from_name, by, at_ms, server.row_version});
}

constexpr std::string_view delete_server = "DELETE FROM mail_server WHERE body = $1";
void remove_server(db::Writer& writer, BodyId body) { writer.run(delete_server, {body}); }

constexpr std::string_view select_rule = "SELECT before_days, on_day, after_days, posts, to_body, row_version FROM reminder_rule WHERE body = $1";
std::optional<ReminderRule> rule(db::Reader& reader, BodyId body) {
  return reader.first(select_rule, {body}, [&](const db::Row& row) {
    return ReminderRule{body, row.number(0), row.flag(1), row.number(2), split(row.text(3)), row.flag(4), row.number(5)};
  });
}

constexpr std::string_view select_bodies_with_rules = "SELECT body FROM reminder_rule WHERE before_days > 0 OR on_day > 0 OR after_days > 0 ORDER BY body";
std::vector<BodyId> bodies_with_rules(db::Reader& reader) {
  return reader.all(select_bodies_with_rules, {}, [](const db::Row& row) { return row.id<BodyId>(0); });
}

constexpr std::string_view upsert_rule =
    "INSERT INTO reminder_rule (body, before_days, on_day, after_days, posts, to_body, by_user, at_ms, row_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
    "ON CONFLICT (body) DO UPDATE SET before_days = excluded.before_days, on_day = excluded.on_day, after_days = excluded.after_days, posts = excluded.posts, to_body = excluded.to_body, "
    "by_user = excluded.by_user, at_ms = excluded.at_ms, row_version = excluded.row_version";
void put_rule(db::Writer& writer, const ReminderRule& rule, UserId by, std::int64_t at_ms) {
  writer.run(upsert_rule, {rule.body, rule.before_days, rule.on_day ? 1 : 0, rule.after_days, joined(rule.posts), rule.to_body ? 1 : 0, by, at_ms, rule.row_version});
}

constexpr std::string_view select_address = "SELECT id, owner_kind, owner, address_sealed, stopped_ms, row_version FROM mail_address WHERE owner_kind = $1 AND owner = $2";
std::optional<MailAddress> address(db::Reader& reader, const crypto::KeyRing& keys, MailAddress::Owner owner, std::int64_t of) {
  return reader.first(select_address, {owner, of}, address_row(keys));
}

constexpr std::string_view select_address_by_id = "SELECT id, owner_kind, owner, address_sealed, stopped_ms, row_version FROM mail_address WHERE id = $1";
std::optional<MailAddress> address_by_id(db::Reader& reader, const crypto::KeyRing& keys, std::int64_t id) { return reader.first(select_address_by_id, {id}, address_row(keys)); }

constexpr std::string_view upsert_address =
    "INSERT INTO mail_address (id, owner_kind, owner, address_sealed, stopped_ms, row_version) VALUES ($1, $2, $3, $4, $5, $6) "
    "ON CONFLICT (id) DO UPDATE SET address_sealed = excluded.address_sealed, stopped_ms = excluded.stopped_ms, row_version = excluded.row_version";
void put_address(db::Writer& writer, const crypto::KeyRing& keys, const MailAddress& address) {
  std::optional<crypto::Bytes> sealed;
  if (!address.address.empty()) sealed = keys.seal({"mail_address", address.id, "address"}, crypto::bytes_of(address.address));
  writer.run(upsert_address, {address.id, address.owner, address.of, sealed, address.stopped_ms, address.row_version});
}

constexpr std::string_view update_stopped = "UPDATE mail_address SET stopped_ms = $2, row_version = row_version + 1 WHERE id = $1";
void set_stopped(db::Writer& writer, std::int64_t address, std::optional<std::int64_t> at_ms) { writer.run(update_stopped, {address, at_ms}); }

constexpr std::string_view insert_mail_row =
    "INSERT INTO reminder_mail (id, office, report, address, occasion, state, attempts, code, reason, asked_ms, ended_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
    "ON CONFLICT (report, address, occasion) DO NOTHING";
bool insert_mail(db::Writer& writer, const ReminderMail& mail) {
  return writer.run(insert_mail_row, {mail.id, mail.office, mail.report, mail.address, mail.occasion, mail.state, mail.attempts, mail.code, mail.reason, mail.asked_ms, mail.ended_ms}) > 0;
}

constexpr std::string_view update_mail_row = "UPDATE reminder_mail SET state = $2, attempts = $3, code = $4, reason = $5, ended_ms = $6 WHERE id = $1";
void update_mail(db::Writer& writer, const ReminderMail& mail) { writer.run(update_mail_row, {mail.id, mail.state, mail.attempts, mail.code, mail.reason, mail.ended_ms}); }

constexpr std::string_view select_mail = "SELECT id, office, report, address, occasion, state, attempts, code, reason, asked_ms, ended_ms FROM reminder_mail WHERE id = $1";
std::optional<ReminderMail> mail(db::Reader& reader, std::int64_t id) { return reader.first(select_mail, {id}, mail_row); }

constexpr std::string_view select_mails =
    "SELECT id, office, report, address, occasion, state, attempts, code, reason, asked_ms, ended_ms FROM reminder_mail WHERE office = $1 ORDER BY asked_ms DESC, id DESC LIMIT $2";
std::vector<ReminderMail> mails_of(db::Reader& reader, BodyId office, std::int64_t limit) { return reader.all(select_mails, {office, limit}, mail_row); }

constexpr std::string_view select_counts = "SELECT state, COUNT(*) FROM reminder_mail WHERE office = $1 GROUP BY state";
std::map<ReminderMail::State, std::int64_t> counts(db::Reader& reader, BodyId office) {
  std::map<ReminderMail::State, std::int64_t> out;
  reader.each(select_counts, {office}, [&](const db::Row& row) { out[row.as<ReminderMail::State>(0)] = row.number(1); });
  return out;
}

constexpr std::string_view select_sealed_token = "SELECT token_sealed FROM calendar_feed WHERE user_id = $1";
std::optional<db::Blob> sealed_token(db::Reader& reader, UserId user) {
  return reader.first(select_sealed_token, {user}, [](const db::Row& row) { return db::Blob(row.bytes(0).begin(), row.bytes(0).end()); });
}

constexpr std::string_view select_user_of_token = "SELECT user_id FROM calendar_feed WHERE token_digest = $1";
std::optional<UserId> user_of_token(db::Reader& reader, const db::Digest& token) {
  return reader.first(select_user_of_token, {db::Blob(token.begin(), token.end())}, [](const db::Row& row) { return row.id<UserId>(0); });
}

constexpr std::string_view upsert_feed =
    "INSERT INTO calendar_feed (user_id, token_digest, token_sealed, made_ms) VALUES ($1, $2, $3, $4) "
    "ON CONFLICT (user_id) DO UPDATE SET token_digest = excluded.token_digest, token_sealed = excluded.token_sealed, made_ms = excluded.made_ms";
void put_feed(db::Writer& writer, UserId user, const db::Digest& token, const crypto::Bytes& sealed, std::int64_t made_ms) {
  writer.run(upsert_feed, {user, db::Blob(token.begin(), token.end()), sealed, made_ms});
}

constexpr std::string_view delete_feed = "DELETE FROM calendar_feed WHERE user_id = $1";
void remove_feed(db::Writer& writer, UserId user) { writer.run(delete_feed, {user}); }

constexpr std::string_view select_days = "SELECT uid, day, said, sequence, changed_ms, called_off FROM calendar_day WHERE user_id = $1 ORDER BY uid";
std::vector<KeptDay> days(db::Reader& reader, UserId user) {
  return reader.all(select_days, {user}, [](const db::Row& row) { return KeptDay{std::string(row.text(0)), row.day(1), std::string(row.text(2)), row.number(3), row.number(4), row.flag(5)}; });
}

constexpr std::string_view upsert_day =
    "INSERT INTO calendar_day (user_id, uid, day, said, sequence, changed_ms, called_off) VALUES ($1, $2, $3, $4, $5, $6, $7) "
    "ON CONFLICT (user_id, uid) DO UPDATE SET day = excluded.day, said = excluded.said, sequence = excluded.sequence, changed_ms = excluded.changed_ms, called_off = excluded.called_off";
void put_day(db::Writer& writer, UserId user, const KeptDay& day) {
  writer.run(upsert_day, {user, day.uid, day.day, day.said, day.sequence, day.changed_ms, day.called_off ? 1 : 0});
}

}  // namespace khuyenhoc::reminders_sql
