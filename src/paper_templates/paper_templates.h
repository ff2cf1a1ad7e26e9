// An office's own Word templates for its reports, version after version, and what its papers of a form use: which template, and which indicators stand in the annex.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "forms/forms.h"
#include "platform/db/digest.h"
#include "platform/document/docx_template.h"
#include "shell/visit.h"

namespace khuyenhoc {

using PaperTemplateId = Id<struct PaperTemplateTag>;

// Never changed: a newer file is a further version.
struct PaperTemplate {
  PaperTemplateId id;
  BodyId body;
  std::string form;                      // code: "bao_cao"
  std::int64_t version = 0;              // 1, 2, … of the body and form
  db::Digest digest{};
  std::string file_name;
  UserId by;
  std::string by_name;
  std::int64_t at_ms = 0;
};
std::vector<PaperTemplate> paper_templates(db::Reader& reader, BodyId body, std::string_view form);   // newest first
std::optional<PaperTemplate> find_paper_template(db::Reader& reader, PaperTemplateId id);
std::string template_bytes(db::Reader& reader, const PaperTemplate& given);                           // the file as it was uploaded

// What the papers of a form use. Kept as history: a signature remembers what was chosen (reports/frozen_paper.h).
struct PaperChoice {
  BodyId body;
  std::string form;
  std::int64_t number = 0;               // 0: nothing was chosen yet
  PaperTemplateId paper_template;        // none: the house's layout
  std::vector<std::string> columns;      // codes of indicators, in the order of the annex; empty: the usual ones
};
PaperChoice paper_choice(db::Reader& reader, BodyId body, std::string_view form);

inline constexpr std::size_t most_annex_columns = 24;
// The columns of an annex: the chosen ones that the form still asks, or the usual ones.
std::vector<MeasureIndex> annex_columns(const Catalogue& catalogue, const ComposedForm& form, const PaperChoice& choice);

// ---- names of places

struct TemplateField {
  std::string name;                      // as people write it: "Lời văn: ưu điểm"
  std::string key;                       // template_key(name)
  std::string gives;                     // "Tổng số hội viên cuối kỳ"
  std::string example;                   // what a trial fills in: "12.309"
  enum class Kind { words, paragraphs, of_row } kind = Kind::words;   // paragraphs stand alone on their line; of_row: the table row is repeated for each body
  std::string group;                     // "Đầu văn bản", "Lời văn", …
};
// All that a template for this form may name.
std::vector<TemplateField> template_fields(const Catalogue& catalogue, const ComposedForm& form);
std::string with_unit(const Measure& measure, const std::string& shown);   // "12.309 hội viên"
// The indicators that a template's repeated rows name.
std::vector<MeasureIndex> columns_of_rows(const document::DocxTemplate& made, const Catalogue& catalogue, const ComposedForm& form);

// A place that is not understood, or stands wrong, in a whole sentence that names where.
std::vector<std::string> template_problems(const document::DocxTemplate& made, const std::vector<TemplateField>& fields);
// Every place filled with its example.
std::string trial_document(const document::DocxTemplate& made, const std::vector<TemplateField>& fields);
// A DOCX to begin with: every part of the form with its places, in the house's layout.
std::string first_template(const ComposedForm& form, document::LetterheadFamily family);

// ---- changing; inside a write(), by who keeps the body's papers (keep_bodies). Told to the trail.

// "template.…" of DocxTemplate::read, "template.fields" (places that are not understood; the message names them), "file.…", "template.may_not"
Result<PaperTemplate> keep_template(db::Writer& writer, const House& house, const Viewer& viewer, BodyId body, const ComposedForm& form, std::string content, const std::string& file_name);
// Both say what is used from now on. "paper_choice.stale" (expected_number), "paper_choice.template", "paper_choice.columns"
Result<void> use_template(db::Writer& writer, const House& house, const Viewer& viewer, BodyId body, const ComposedForm& form, PaperTemplateId paper_template, std::int64_t expected_number);
Result<void> use_columns(db::Writer& writer, const House& house, const Viewer& viewer, BodyId body, const ComposedForm& form, const std::vector<std::string>& columns, std::int64_t expected_number);

Url paper_templates_page(BodyId body);                        // "/to-chuc/17/the-thuc/mau-bao-cao"
void add_paper_template_pages(Pages& pages);

}  // namespace khuyenhoc
