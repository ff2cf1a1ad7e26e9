#include "starting/first_run_queries.h"

namespace khuyenhoc::starting_sql {

constexpr std::string_view insert_code = "INSERT INTO first_run_code (digest, made_ms) VALUES ($1, $2)";
void keep_code(db::Writer& writer, const db::Blob& digest, std::int64_t now_ms) { writer.run(insert_code, {digest, now_ms}); }

constexpr std::string_view select_code = "SELECT made_ms FROM first_run_code WHERE digest = $1";
bool has_code(db::Reader& reader, const db::Blob& digest) { return reader.first_number(select_code, {digest}).has_value(); }

constexpr std::string_view delete_codes = "DELETE FROM first_run_code";
void forget_codes(db::Writer& writer) { writer.run(delete_codes); }

constexpr std::string_view insert_office = "INSERT INTO starting_office (body, begun_ms, begun_by) VALUES ($1, $2, $3)";
void begin_office(db::Writer& writer, BodyId body, UserId by, std::int64_t now_ms) { writer.run(insert_office, {body, now_ms, by}); }

}  // namespace khuyenhoc::starting_sql
