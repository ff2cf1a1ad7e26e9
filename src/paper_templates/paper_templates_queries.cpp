#include "paper_templates/paper_templates_queries.h"

#include <algorithm>

#include "platform/files/files.h"

namespace khuyenhoc {
namespace {

PaperTemplate template_from(const db::Row& row) {
  PaperTemplate out{row.id<PaperTemplateId>(0), row.id<BodyId>(1), std::string(row.text(2)), row.number(3), {}, std::string(row.text(5)), row.id<UserId>(6), std::string(row.text(7)), row.number(8)};
  const auto bytes = row.bytes(4);
  std::copy_n(bytes.begin(), std::min(bytes.size(), out.digest.size()), out.digest.begin());
  return out;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace

constexpr std::string_view select_templates = "SELECT id, body, form, version, digest, file_name, by_user, by_name, at_ms FROM paper_template WHERE body = $1 AND form = $2 ORDER BY version DESC";
std::vector<PaperTemplate> paper_templates(db::Reader& reader, BodyId body, std::string_view form) { return reader.all(select_templates, {body, form}, template_from); }

constexpr std::string_view select_template = "SELECT id, body, form, version, digest, file_name, by_user, by_name, at_ms FROM paper_template WHERE id = $1";
std::optional<PaperTemplate> find_paper_template(db::Reader& reader, PaperTemplateId id) { return reader.first(select_template, {id}, template_from); }

std::string template_bytes(db::Reader& reader, const PaperTemplate& given) {
  auto kept = files::find(reader, given.digest);
  return kept ? std::move(kept->content) : std::string();
}

constexpr std::string_view select_choice = "SELECT number, paper_template, columns FROM paper_choice WHERE body = $1 AND form = $2 ORDER BY number DESC LIMIT 1";
PaperChoice paper_choice(db::Reader& reader, BodyId body, std::string_view form) {
  PaperChoice out{body, std::string(form), 0, {}, {}};
  auto found = reader.first(select_choice, {body, form}, [](const db::Row& row) { return PaperChoice{{}, {}, row.number(0), row.id<PaperTemplateId>(1), words_of(row.text(2))}; });
  if (!found) return out;
  out.number = found->number;
  out.paper_template = found->paper_template;
  out.columns = std::move(found->columns);
  return out;
}

namespace paper_template_sql {

constexpr std::string_view insert_template = "INSERT INTO paper_template (id, body, form, version, digest, file_name, by_user, by_name, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
void insert(db::Writer& writer, const PaperTemplate& given) {
  writer.run(insert_template, {given.id, given.body, given.form, given.version, db::Blob(given.digest.begin(), given.digest.end()), given.file_name, given.by, given.by_name, given.at_ms});
}

constexpr std::string_view insert_choice_row = "INSERT INTO paper_choice (body, form, number, paper_template, columns, by_user, by_name, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
void insert_choice(db::Writer& writer, const PaperChoice& given, UserId by, const std::string& by_name, std::int64_t at_ms) {
  std::string columns;
  for (const std::string& code : given.columns) columns += (columns.empty() ? "" : " ") + code;
  writer.run(insert_choice_row, {given.body, given.form, given.number, given.paper_template ? db::Value(given.paper_template) : db::Value(), columns, by, by_name, at_ms});
}

}  // namespace paper_template_sql

}  // namespace khuyenhoc
