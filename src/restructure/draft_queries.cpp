#include "restructure/draft_queries.h"

namespace khuyenhoc::restructure_sql {
namespace {

RestructureDraft draft_in(const db::Row& row) {
  RestructureDraft out;
  out.id = row.id<DraftId>(0);
  out.unit = row.id<BodyId>(1);
  out.by = row.id<UserId>(2);
  out.state = row.as<RestructureDraft::State>(3);
  out.restructure = row.id<BodyRestructureId>(4);
  read_content(out, row.text(5));
  out.row_version = row.number(6);
  out.created_ms = row.number(7);
  out.changed_ms = row.number(8);
  return out;
}

db::Value id_or_null(BodyRestructureId id) { return id ? db::Value(id) : db::Value(); }

}  // namespace

constexpr std::string_view insert_draft_sql =
    "INSERT INTO restructure_draft (id, unit, by_user, state, restructure, content, row_version, created_ms, changed_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
void insert_draft(db::Writer& writer, const RestructureDraft& draft) {
  writer.run(insert_draft_sql, {draft.id, draft.unit, draft.by, draft.state, id_or_null(draft.restructure), content_json(draft), draft.row_version, draft.created_ms,
                                draft.changed_ms});
}

constexpr std::string_view update_draft_sql =
    "UPDATE restructure_draft SET state = $3, restructure = $4, content = $5, row_version = row_version + 1, changed_ms = $6 WHERE id = $1 AND row_version = $2";
bool update_draft(db::Writer& writer, RestructureDraft& draft) {
  if (writer.run(update_draft_sql, {draft.id, draft.row_version, draft.state, id_or_null(draft.restructure), content_json(draft), draft.changed_ms}) == 0) return false;
  ++draft.row_version;
  return true;
}

constexpr std::string_view select_draft =
    "SELECT id, unit, by_user, state, restructure, content, row_version, created_ms, changed_ms FROM restructure_draft WHERE id = $1";
std::optional<RestructureDraft> draft(db::Reader& reader, DraftId id) { return reader.first(select_draft, {id}, draft_in); }

constexpr std::string_view select_open_drafts =
    "SELECT id, unit, by_user, state, restructure, content, row_version, created_ms, changed_ms FROM restructure_draft WHERE state = 1 ORDER BY changed_ms DESC, id DESC";
std::vector<RestructureDraft> open_drafts(db::Reader& reader) { return reader.all(select_open_drafts, {}, draft_in); }

constexpr std::string_view select_draft_of =
    "SELECT id, unit, by_user, state, restructure, content, row_version, created_ms, changed_ms FROM restructure_draft WHERE restructure = $1";
std::optional<RestructureDraft> draft_of(db::Reader& reader, BodyRestructureId id) { return reader.first(select_draft_of, {id}, draft_in); }

constexpr std::string_view insert_appointed_sql = "INSERT INTO body_restructure_appointed (restructure, holding, former) VALUES ($1, $2, $3)";
void insert_appointed(db::Writer& writer, BodyRestructureId id, std::int64_t holding, std::int64_t former) { writer.run(insert_appointed_sql, {id, holding, former}); }

constexpr std::string_view select_appointed = "SELECT holding, former FROM body_restructure_appointed WHERE restructure = $1 ORDER BY holding";
std::vector<Appointed> appointed(db::Reader& reader, BodyRestructureId id) {
  return reader.all(select_appointed, {id}, [](const db::Row& row) { return Appointed{row.number(0), row.number(1)}; });
}

constexpr std::string_view select_minutes = "SELECT id, body, minutes_number, minutes_date FROM body_handover WHERE restructure = $1 ORDER BY at_ms, id";
std::vector<KeptMinutes> minutes_of(db::Reader& reader, BodyRestructureId id) {
  return reader.all(select_minutes, {id}, [](const db::Row& row) { return KeptMinutes{row.number(0), row.id<BodyId>(1), {std::string(row.text(2)), row.day(3)}}; });
}

constexpr std::string_view select_named = "SELECT body, other FROM body_restructure_item WHERE restructure = $1 ORDER BY number";
bool concerns(db::Reader& reader, BodyRestructureId id, const BodyFilter& wanted) {
  bool found = false;
  reader.each(select_named, {id}, [&](const db::Row& row) {
    if (!found) found = wanted(row.id<BodyId>(0)) || (!row.is_null(1) && wanted(row.id<BodyId>(1)));
  });
  return found;
}

}  // namespace khuyenhoc::restructure_sql
