#include "base/i18n.h"
#include "reporting/visitors.h"

namespace khuyenhoc {
namespace {

constexpr std::string_view insert_one = "INSERT INTO entry_visitor (id, link, secret_digest, name, at_ms) VALUES ($1, $2, $3, $4, $5)";
constexpr std::string_view update_name = "UPDATE entry_visitor SET name = $2 WHERE id = $1";
constexpr std::string_view select_by_secret = "SELECT id, link, name, at_ms FROM entry_visitor WHERE secret_digest = $1";
constexpr std::string_view select_by_id = "SELECT id, link, name, at_ms FROM entry_visitor WHERE id = $1";
constexpr std::string_view select_by_link = "SELECT id, link, name, at_ms FROM entry_visitor WHERE link = $1 ORDER BY at_ms, id";

EntryVisitor visitor_of_row(const db::Row& row) { return {row.number(0), row.number(1), std::string(row.text(2)), row.number(3)}; }

}  // namespace

void insert_visitor(db::Writer& writer, const EntryVisitor& visitor, const db::Digest& secret) {
  writer.run(insert_one, {visitor.id, visitor.link, db::Blob(secret.begin(), secret.end()), visitor.name, visitor.at_ms});
}
void rename_visitor(db::Writer& writer, std::int64_t id, const std::string& name) { writer.run(update_name, {id, name}); }

std::optional<EntryVisitor> find_visitor(db::Reader& reader, const db::Digest& secret) {
  return reader.first(select_by_secret, {db::Blob(secret.begin(), secret.end())}, visitor_of_row);
}

std::optional<EntryVisitor> visitor_of(db::Reader& reader, UserId user) {
  if (user.value >= 0) return std::nullopt;
  return reader.first(select_by_id, {-user.value}, visitor_of_row);
}

std::vector<EntryVisitor> visitors_of_link(db::Reader& reader, std::int64_t link) { return reader.all(select_by_link, {link}, visitor_of_row); }

std::string visitor_words(const EntryVisitor& visitor) { return tr("{}, qua đường dẫn", visitor.name); }

}  // namespace khuyenhoc
