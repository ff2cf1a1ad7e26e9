#include "round_workbooks/round_workbooks_queries.h"

#include <algorithm>

namespace khuyenhoc {

namespace {

db::Value digest_value(const std::optional<db::Digest>& digest) { return digest ? db::Value(db::Blob(digest->begin(), digest->end())) : db::Value(); }

std::optional<db::Digest> digest_at(const db::Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  db::Digest out{};
  const auto bytes = row.bytes(column);
  std::copy_n(bytes.begin(), std::min(bytes.size(), out.size()), out.begin());
  return out;
}

template <class IdType>
std::optional<IdType> maybe_id(const db::Row& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional(IdType{row.number(column)});
}

WorkbookIntake intake_of(const db::Row& row) {
  return {.id = row.id<WorkbookIntakeId>(0), .round = row.id<RoundId>(1), .from = row.id<BodyId>(2), .by = row.id<UserId>(3), .on_behalf_of = maybe_id<UserId>(row, 4), .by_name = std::string(row.text(5)),
          .at_ms = row.number(6), .label = std::string(row.text(7)), .state = row.as<WorkbookIntake::State>(8), .job = maybe_id<jobs::JobId>(row, 9)};
}

IntakeFile file_of(const db::Row& row) {
  return {.place = static_cast<std::size_t>(row.number(0)), .file_name = std::string(row.text(1)), .content = digest_at(row, 2), .verdict = row.as<WorkbookVerdict>(3), .body = row.id<BodyId>(4),
          .changes = static_cast<std::size_t>(row.number(5)), .problems = static_cast<std::size_t>(row.number(6)), .message = std::string(row.text(7)), .places = std::string(row.text(8)),
          .plan_digest = std::string(row.text(9)), .written_ms = row.maybe_number(10)};
}

db::Value body_value(BodyId body) { return body ? db::Value(body) : db::Value(); }
std::int64_t whole(std::size_t value) { return static_cast<std::int64_t>(value); }

constexpr std::string_view select_bundle =
    "SELECT id, round, from_body, by_user, on_behalf_of, by_name, intake, state_word, carer, asked_ms, job, files, file_name, left_out, made_ms FROM workbook_bundle WHERE id = $1";

}  // namespace

std::optional<WorkbookBundle> find_bundle(db::Reader& reader, WorkbookBundleId id) {
  return reader.first(select_bundle, {id}, [](const db::Row& row) {
    return WorkbookBundle{.id = row.id<WorkbookBundleId>(0), .round = row.id<RoundId>(1), .from = row.id<BodyId>(2), .by = row.id<UserId>(3), .on_behalf_of = maybe_id<UserId>(row, 4),
                          .by_name = std::string(row.text(5)), .intake = maybe_id<WorkbookIntakeId>(row, 6), .state_word = std::string(row.text(7)), .carer = row.number(8), .asked_ms = row.number(9),
                          .job = maybe_id<jobs::JobId>(row, 10), .files = static_cast<std::size_t>(row.number(11)), .file_name = std::string(row.text(12)), .left_out = std::string(row.text(13)),
                          .made_ms = row.maybe_number(14)};
  });
}

namespace {

constexpr std::string_view select_content = "SELECT content FROM workbook_bundle WHERE id = $1 AND content IS NOT NULL";

}  // namespace

std::optional<std::string> bundle_content(db::Reader& reader, WorkbookBundleId id) {
  return reader.first(select_content, {id}, [](const db::Row& row) {
    const auto bytes = row.bytes(0);
    return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  });
}

namespace {

constexpr std::string_view select_files =
    "SELECT place, file_name, content, verdict, body, changes, problems, message, places, plan_digest, written_ms FROM workbook_intake_file WHERE intake = $1 ORDER BY place";

}  // namespace

std::vector<IntakeFile> intake_files(db::Reader& reader, WorkbookIntakeId id) {
  return reader.all(select_files, {id}, file_of);
}

namespace {

constexpr std::string_view select_intakes =
    "SELECT id, round, from_body, by_user, on_behalf_of, by_name, at_ms, label, state, job FROM workbook_intake WHERE round = $1 AND from_body = $2 ORDER BY at_ms DESC, id DESC LIMIT 30";

}  // namespace

std::vector<WorkbookIntake> intakes_of_round(db::Reader& reader, RoundId round, BodyId from) {
  return reader.all(select_intakes, {round, from}, intake_of);
}

namespace round_workbooks_sql {
namespace {

constexpr std::string_view add_bundle =
    "INSERT INTO workbook_bundle (id, round, from_body, by_user, on_behalf_of, by_name, intake, state_word, carer, asked_ms, job, files, file_name, left_out) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

}  // namespace

void insert_bundle(db::Writer& writer, const WorkbookBundle& bundle) {
  writer.run(add_bundle, {bundle.id, bundle.round, bundle.from, bundle.by, bundle.on_behalf_of, bundle.by_name, bundle.intake, bundle.state_word, bundle.carer, bundle.asked_ms, bundle.job,
                          whole(bundle.files), bundle.file_name, bundle.left_out});
}

namespace {

constexpr std::string_view update_bundle = "UPDATE workbook_bundle SET files = $2, left_out = $3, content = $4, made_ms = $5 WHERE id = $1";

}  // namespace

void keep_bundle(db::Writer& writer, WorkbookBundleId id, std::size_t files, const std::string& left_out, std::string_view content, std::int64_t now_ms) {
  writer.run(update_bundle, {id, whole(files), left_out, db::Value::bytes(content), now_ms});
}

namespace {

constexpr std::string_view delete_bundles = "DELETE FROM workbook_bundle WHERE asked_ms < $1";

}  // namespace

void forget_bundles(db::Writer& writer, std::int64_t before_ms) { writer.run(delete_bundles, {before_ms}); }

namespace {

constexpr std::string_view add_intake =
    "INSERT INTO workbook_intake (id, round, from_body, by_user, on_behalf_of, by_name, at_ms, label, state, job) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

}  // namespace

void insert_intake(db::Writer& writer, const WorkbookIntake& intake) {
  writer.run(add_intake, {intake.id, intake.round, intake.from, intake.by, intake.on_behalf_of, intake.by_name, intake.at_ms, intake.label, intake.state, intake.job});
}

namespace {

constexpr std::string_view select_intake = "SELECT id, round, from_body, by_user, on_behalf_of, by_name, at_ms, label, state, job FROM workbook_intake WHERE id = $1";

}  // namespace

std::optional<WorkbookIntake> intake(db::Reader& reader, WorkbookIntakeId id) {
  return reader.first(select_intake, {id}, intake_of);
}

namespace {

constexpr std::string_view update_state = "UPDATE workbook_intake SET state = $3, job = $4 WHERE id = $1 AND state = $2";

}  // namespace

bool set_state(db::Writer& writer, WorkbookIntakeId id, WorkbookIntake::State from, WorkbookIntake::State to, std::optional<jobs::JobId> job) {
  return writer.run(update_state, {id, from, to, job}) > 0;
}

namespace {

constexpr std::string_view add_file =
    "INSERT INTO workbook_intake_file (intake, place, file_name, content, verdict, body, changes, problems, message, places, plan_digest, written_ms) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

}  // namespace

void insert_file(db::Writer& writer, WorkbookIntakeId id, const IntakeFile& file) {
  writer.run(add_file, {id, whole(file.place), file.file_name, digest_value(file.content), file.verdict, body_value(file.body), whole(file.changes), whole(file.problems), file.message, file.places,
                        file.plan_digest, file.written_ms});
}

namespace {

constexpr std::string_view change_file =
    "UPDATE workbook_intake_file SET verdict = $3, body = $4, changes = $5, problems = $6, message = $7, places = $8, plan_digest = $9, written_ms = $10 WHERE intake = $1 AND place = $2";

}  // namespace

void update_file(db::Writer& writer, WorkbookIntakeId id, const IntakeFile& file) {
  writer.run(change_file, {id, whole(file.place), file.verdict, body_value(file.body), whole(file.changes), whole(file.problems), file.message, file.places, file.plan_digest, file.written_ms});
}

namespace {

constexpr std::string_view select_file =
    "SELECT place, file_name, content, verdict, body, changes, problems, message, places, plan_digest, written_ms FROM workbook_intake_file WHERE intake = $1 AND place = $2";

}  // namespace

std::optional<IntakeFile> file(db::Reader& reader, WorkbookIntakeId id, std::size_t place) {
  return reader.first(select_file, {id, whole(place)}, file_of);
}

namespace {

constexpr std::string_view select_written =
    "SELECT MIN(f.written_ms) FROM workbook_intake_file f JOIN workbook_intake i ON i.id = f.intake WHERE f.content = $2 AND i.round = $1 AND f.written_ms IS NOT NULL";

}  // namespace

std::optional<std::int64_t> written_before(db::Reader& reader, RoundId round, const db::Digest& content) {
  return reader.first_number(select_written, {round, digest_value(content)});
}

}  // namespace round_workbooks_sql
}  // namespace khuyenhoc
