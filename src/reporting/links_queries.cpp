#include "reporting/links_queries.h"

namespace khuyenhoc::links_sql {
namespace {

constexpr std::string_view insert_link =
    "INSERT INTO entry_link (id, token_digest, body, association, family, window_code, window_year, first_day, last_day, until_day, title, by_user, at_ms, revoked_ms, revoked_by, "
    "confirmed_ms, confirmed_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, NULL, NULL, NULL, '')";
constexpr std::string_view select_by_token =
    "SELECT id, body, association, family, window_code, window_year, first_day, last_day, until_day, title, by_user, at_ms, revoked_ms, confirmed_ms, confirmed_by "
    "FROM entry_link WHERE token_digest = $1";
constexpr std::string_view select_by_id =
    "SELECT id, body, association, family, window_code, window_year, first_day, last_day, until_day, title, by_user, at_ms, revoked_ms, confirmed_ms, confirmed_by "
    "FROM entry_link WHERE id = $1";
constexpr std::string_view select_of_association =
    "SELECT id, body, association, family, window_code, window_year, first_day, last_day, until_day, title, by_user, at_ms, revoked_ms, confirmed_ms, confirmed_by "
    "FROM entry_link WHERE association = $1 AND first_day = $2 AND last_day = $3 AND family = $4 ORDER BY at_ms DESC, id DESC";
constexpr std::string_view update_ended_of_body =
    "UPDATE entry_link SET revoked_ms = $5, revoked_by = $6 WHERE body = $1 AND first_day = $2 AND last_day = $3 AND family = $4 AND revoked_ms IS NULL";
constexpr std::string_view update_ended = "UPDATE entry_link SET revoked_ms = $2, revoked_by = $3 WHERE id = $1 AND revoked_ms IS NULL";
constexpr std::string_view update_confirmed = "UPDATE entry_link SET confirmed_ms = $2, confirmed_by = $3 WHERE id = $1";

EntryLink link_of_row(const db::Row& row) {
  EntryLink out;
  out.id = row.number(0);
  out.body = row.id<BodyId>(1);
  out.association = row.id<BodyId>(2);
  out.period = {std::string(row.text(3)), std::string(row.text(4)), static_cast<int>(row.number(5)), {row.day(6), row.day(7)}};
  out.until = row.day(8);
  out.title = row.text(9);
  out.by = row.id<UserId>(10);
  out.at_ms = row.number(11);
  out.revoked_ms = row.maybe_number(12);
  out.confirmed_ms = row.maybe_number(13);
  out.confirmed_by = row.text(14);
  return out;
}

db::Blob blob_of(const db::Digest& digest) { return {digest.begin(), digest.end()}; }

}  // namespace

void insert(db::Writer& writer, const EntryLink& link, const db::Digest& token) {
  writer.run(insert_link, {link.id, blob_of(token), link.body, link.association, link.period.family, link.period.window, static_cast<std::int64_t>(link.period.year), link.period.period.first,
                           link.period.period.last, link.until, link.title, link.by, link.at_ms});
}
std::optional<EntryLink> by_token(db::Reader& reader, const db::Digest& token) { return reader.first(select_by_token, {blob_of(token)}, link_of_row); }
std::optional<EntryLink> by_id(db::Reader& reader, std::int64_t id) { return reader.first(select_by_id, {id}, link_of_row); }
std::vector<EntryLink> of_association(db::Reader& reader, BodyId association, const NamedPeriod& period) {
  return reader.all(select_of_association, {association, period.period.first, period.period.last, period.family}, link_of_row);
}
void end_of_body(db::Writer& writer, BodyId body, const NamedPeriod& period, std::int64_t at_ms, UserId by) {
  writer.run(update_ended_of_body, {body, period.period.first, period.period.last, period.family, at_ms, by});
}
void end_one(db::Writer& writer, std::int64_t id, std::int64_t at_ms, UserId by) { writer.run(update_ended, {id, at_ms, by}); }
void confirm(db::Writer& writer, std::int64_t id, std::int64_t at_ms, const std::string& name) { writer.run(update_confirmed, {id, at_ms, name}); }

}  // namespace khuyenhoc::links_sql
