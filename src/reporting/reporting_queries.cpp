#include "reporting/reporting_queries.h"

#include "measures/facts_queries.h"

namespace khuyenhoc::reporting_sql {
namespace {

// Of the usual periods there is one form; a request is told by its code.
std::string form_key(const NamedPeriod& period) { return period.window.empty() ? period.family : std::string(); }

const ListQueries& lists(const db::Reader& reader) { return reader.dialect() == db::Dialect::sqlite ? sqlite_lists() : postgres_lists(); }

}  // namespace

std::vector<StoredCell> cells(db::Reader& reader, std::span<const BodyId> bodies, Period period) {
  return reader.all(lists(reader).cells, {facts_sql::list_of(bodies), period.first, period.last}, [&](const db::Row& row) {
    return StoredCell{row.id<BodyId>(0), row.number(1), row.as<Extent>(2), {row.day(3), period.last}, row.maybe_number(4), row.number(5), row.id<UserId>(6), row.number(7)};
  });
}

std::vector<StatedFor> stated(db::Reader& reader, std::span<const BodyId> bodies, Day one, Day other) {
  return reader.all(lists(reader).stated, {facts_sql::list_of(bodies), one, other},
                    [](const db::Row& row) { return StatedFor{row.id<BodyId>(0), row.number(1), {row.day(2), row.day(3)}}; });
}

std::vector<ListedCount> listed(db::Reader& reader, std::span<const BodyId> bodies, std::int64_t stored_series, Day until) {
  return reader.all(lists(reader).listed, {facts_sql::list_of(bodies), stored_series, until}, [](const db::Row& row) { return ListedCount{row.id<BodyId>(0), row.number(1)}; });
}

constexpr std::string_view select_confirmation =
    "SELECT by_user, by_name, at_ms, figures, row_version FROM form_confirmation WHERE body = $1 AND first_day = $2 AND last_day = $3 AND form = $4";
std::optional<Confirmation> confirmation(db::Reader& reader, BodyId body, const NamedPeriod& period) {
  return reader.first(select_confirmation, {body, period.period.first, period.period.last, form_key(period)}, [&](const db::Row& row) {
    return Confirmation{body, period, row.id<UserId>(0), std::string(row.text(1)), row.number(2), row.number(3), row.number(4)};
  });
}

constexpr std::string_view upsert_confirmation =
    "INSERT INTO form_confirmation (body, first_day, last_day, form, by_user, by_name, at_ms, figures, row_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1) "
    "ON CONFLICT (body, first_day, last_day, form) DO UPDATE SET by_user = excluded.by_user, by_name = excluded.by_name, at_ms = excluded.at_ms, "
    "figures = excluded.figures, row_version = form_confirmation.row_version + 1";
void confirm(db::Writer& writer, const Confirmation& given) {
  const Period days = given.period.period;
  writer.run(upsert_confirmation, {given.body, days.first, days.last, form_key(given.period), given.by, given.by_name, given.at_ms, given.figures});
}

constexpr std::string_view select_arrival = "SELECT arrival FROM entry_arrival WHERE body = $1 AND first_day = $2 AND last_day = $3";
std::optional<Arrival> arrival_answer(db::Reader& reader, BodyId body, Period period) {
  return reader.first(select_arrival, {body, period.first, period.last}, [](const db::Row& row) { return row.as<Arrival>(0); });
}

constexpr std::string_view upsert_arrival =
    "INSERT INTO entry_arrival (body, first_day, last_day, arrival, by_user, at_ms) VALUES ($1, $2, $3, $4, $5, $6) "
    "ON CONFLICT (body, first_day, last_day) DO UPDATE SET arrival = excluded.arrival, by_user = excluded.by_user, at_ms = excluded.at_ms";
void keep_arrival_answer(db::Writer& writer, BodyId body, Period period, Arrival arrival, UserId by, std::int64_t at_ms) {
  writer.run(upsert_arrival, {body, period.first, period.last, arrival, by, at_ms});
}

std::vector<Reason> reasons(db::Reader& reader, std::span<const BodyId> bodies, Period period) {
  return reader.all(lists(reader).reasons, {facts_sql::list_of(bodies), period.first, period.last}, [](const db::Row& row) {
    return Reason{row.id<BodyId>(0), std::string(row.text(1)), std::string(row.text(2)), row.id<UserId>(3), row.number(4)};
  });
}

constexpr std::string_view upsert_reason =
    "INSERT INTO entry_reason (body, measure, first_day, last_day, reason, by_user, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7) "
    "ON CONFLICT (body, first_day, last_day, measure) DO UPDATE SET reason = excluded.reason, by_user = excluded.by_user, at_ms = excluded.at_ms";
void keep_reason(db::Writer& writer, BodyId body, Period period, std::string_view measure, std::string_view reason, UserId by, std::int64_t at_ms) {
  writer.run(upsert_reason, {body, measure, period.first, period.last, reason, by, at_ms});
}

constexpr std::string_view delete_reason = "DELETE FROM entry_reason WHERE body = $1 AND first_day = $2 AND last_day = $3 AND measure = $4";
void forget_reason(db::Writer& writer, BodyId body, Period period, std::string_view measure) {
  writer.run(delete_reason, {body, period.first, period.last, measure});
}

std::vector<StoredText> texts(db::Reader& reader, std::span<const BodyId> bodies, Period period) {
  return reader.all(lists(reader).texts, {facts_sql::list_of(bodies), period.first, period.last}, [](const db::Row& row) {
    return StoredText{row.id<BodyId>(0), std::string(row.text(1)), std::string(row.text(2)), row.id<UserId>(3), row.number(4)};
  });
}

constexpr std::string_view upsert_text =
    "INSERT INTO entry_text (body, code, first_day, last_day, answer, by_user, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7) "
    "ON CONFLICT (body, first_day, last_day, code) DO UPDATE SET answer = excluded.answer, by_user = excluded.by_user, at_ms = excluded.at_ms";
void keep_text(db::Writer& writer, BodyId body, Period period, std::string_view code, std::string_view text, UserId by, std::int64_t at_ms) {
  writer.run(upsert_text, {body, code, period.first, period.last, text, by, at_ms});
}

constexpr std::string_view delete_text = "DELETE FROM entry_text WHERE body = $1 AND first_day = $2 AND last_day = $3 AND code = $4";
void forget_text(db::Writer& writer, BodyId body, Period period, std::string_view code) { writer.run(delete_text, {body, period.first, period.last, code}); }

constexpr std::string_view insert_one_upload =
    "INSERT INTO entry_upload (id, body, first_day, last_day, content_digest, file_name, by_user, at_ms, written_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL)";
void insert_upload(db::Writer& writer, const Upload& given) {
  writer.run(insert_one_upload, {given.id, given.body, given.period.first, given.period.last, db::Blob(given.content.begin(), given.content.end()), given.file_name, given.by,
                                 given.at_ms});
}

constexpr std::string_view select_upload =
    "SELECT id, body, first_day, last_day, content_digest, file_name, by_user, at_ms, written_ms FROM entry_upload WHERE id = $1";
std::optional<Upload> upload(db::Reader& reader, std::int64_t id) {
  return reader.first(select_upload, {id}, [](const db::Row& row) {
    Upload out{row.number(0), row.id<BodyId>(1), {row.day(2), row.day(3)}, {}, std::string(row.text(5)), row.id<UserId>(6), row.number(7), row.maybe_number(8)};
    const auto digest = row.bytes(4);
    if (digest.size() == out.content.size()) std::ranges::copy(digest, out.content.begin());
    return out;
  });
}

constexpr std::string_view mark_upload_written = "UPDATE entry_upload SET written_ms = $2 WHERE id = $1";
void mark_written(db::Writer& writer, std::int64_t id, std::int64_t at_ms) { writer.run(mark_upload_written, {id, at_ms}); }

}  // namespace khuyenhoc::reporting_sql
