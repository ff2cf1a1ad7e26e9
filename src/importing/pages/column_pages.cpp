#include <charconv>
#include <set>

#include "base/i18n.h"
#include "base/phrases.h"
#include "importing/pages/columns.html.h"
#include "importing/pages/wizard_pages.h"

namespace khuyenhoc::importing {
namespace {

constexpr std::size_t longest_in_a_list = 30, most_spread = 8;

int whole(const std::string& text) {
  int out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() ? out : 0;
}

std::string field_of(const ImportField& field) { return "chon-" + field.code; }
std::string field_of(const ImportColumn& column) { return "cot-" + column.code; }

// An answer as a person reads it.
std::string shown(const ImportField& field, const std::string& canonical) {
  if (field.holds != ImportField::Holds::day) return canonical;
  const auto day = Day::parse_iso(canonical);
  return day ? day->text() : canonical;
}

// A heading among the choices: with what stands under it only where the heading alone does not tell the column.
std::vector<ImportChoice> heading_choices(const std::vector<Heading>& headings) {
  std::map<std::string_view, int> alike;
  for (const Heading& heading : headings) ++alike[heading.text];
  std::vector<ImportChoice> out;
  for (const Heading& heading : headings) {
    std::string label = tr("Cột {}", spreadsheet::column_name(heading.column));
    if (!heading.text.empty()) label += ": " + heading.text;
    if (!heading.example.empty() && (heading.text.empty() || heading.shared || alike[heading.text] > 1)) label += fmt::format(" ({})", heading.example);
    out.push_back({std::to_string(heading.column), std::move(label)});
  }
  return out;
}

std::string stands_there(const std::vector<Heading>& headings, int column) {
  const auto heading = std::ranges::find(headings, column, &Heading::column);
  if (heading == headings.end() || heading->example.empty()) return {};
  const std::string name = spreadsheet::column_name(column);
  return heading->text.empty() ? tr("Cột {} ghi: {}", name, heading->example) : tr("Cột {}, “{}”, ghi: {}", name, heading->text, heading->example);
}

struct Typed {
  std::map<std::string, std::string> options;      // as typed
  Matching matching;
};

http::Response columns_page(const Visit& visit, const Room& room, const Batch& batch, const ImportContext& context, const Typed& typed, const FormErrors& errors, std::string sheet_error,
                            http::Status status) {
  const auto source = room.desk->source_of(batch);
  if (!source) return visit.refused(source.error(), http::Status::unprocessable);
  ColumnsPage page;
  page.head = head_of(visit, room, &batch, 1);
  page.notice = batch.note;
  for (const SourceSheet& sheet : (*source)->sheets()) page.sheets.push_back(sheet.name());
  page.sheet = batch.sheet;
  page.sheet_error = std::move(sheet_error);
  page.heading_row = batch.heading_row;
  const auto error_of = [&](const std::string& code) {
    for (const auto& [field, message] : errors)
      if (field == code) return message;
    return std::string();
  };
  for (const ImportField& field : room.kind->options(context)) {
    FieldView view{field, field_of(field), {}, error_of(field.code)};
    const auto given = typed.options.find(field.code);
    view.value = given != typed.options.end() ? given->second : field.proposed;
    if (!view.error.empty()) page.errors.emplace_back(view.name, view.error);
    const auto is_long = [](const ImportChoice& choice) { return choice.label.size() > longest_in_a_list; };
    view.spread = field.choices.size() <= most_spread && std::ranges::any_of(field.choices, is_long);
    page.options.push_back(std::move(view));
  }
  const SourceSheet* sheet = (*source)->find(batch.sheet);
  const std::vector<Heading> seen = sheet != nullptr ? headings(*sheet, batch.heading_row) : std::vector<Heading>{};
  page.headings = heading_choices(seen);
  std::set<int> used;
  for (ImportColumn& column : room.kind->columns(context)) {
    ColumnView view{column, {}, field_of(column), error_of("cot-" + column.code), 0};
    if (const auto placed = typed.matching.find(column.code); placed != typed.matching.end()) view.placed = placed->second;
    if (view.placed > 0) used.insert(view.placed);
    view.stands_there = stands_there(seen, view.placed);
    if (!view.error.empty()) page.errors.emplace_back(view.name, view.error);
    page.columns.push_back(std::move(view));
  }
  std::vector<std::string> unread, merged;
  for (const Heading& heading : seen) {
    if (!used.contains(heading.column) && !heading.text.empty()) unread.push_back(heading.text);
    if (heading.shared) merged.push_back(spreadsheet::column_name(heading.column));
  }
  page.unread = enumerated(unread);
  if (!merged.empty()) page.merged = tr("Tiêu đề của các cột {} gộp chung một ô, nên không đoán được; xin chọn đúng cột.", enumerated(merged));
  if (!page.sheet_error.empty()) page.errors.emplace_back("dong", page.sheet_error);
  page.post = page_of(room, batch, "cot");
  page.leave = page_of(room, batch, "bo");
  return http::Response::html(importing_pages::columns(visit.frame(page.head.title, room.kind->section()), page), status);
}

Typed typed_of(const Batch& batch, const Room& room, const ImportContext& context) {
  Typed out;
  for (const ImportField& field : room.kind->options(context))
    if (const auto known = batch.options.find(field.code); known != batch.options.end()) out.options.emplace(field.code, shown(field, known->second));
  out.matching = batch.matching;
  return out;
}

}  // namespace

http::Response show_columns(const Visit& visit, const Room& room, const Batch& batch) {
  const ImportContext context = room.desk->context_of(batch, visit.viewer());
  return columns_page(visit, room, batch, context, typed_of(batch, room, context), {}, {}, http::Status::ok);
}

http::Response take_columns(const Visit& visit, const Room& room, Batch batch) {
  const http::Request& request = visit.request();
  const auto source = room.desk->source_of(batch);
  if (!source) return visit.refused(source.error(), http::Status::unprocessable);
  ImportContext context = room.desk->context_of(batch, visit.viewer());
  Typed typed;
  for (const ImportField& field : room.kind->options(context)) typed.options.emplace(field.code, request.text(field_of(field)));
  FormErrors errors = room.desk->answer(*room.kind, context, typed.options);
  if (errors.empty()) {
    batch.options.clear();
    batch.options.insert(context.options.values().begin(), context.options.values().end());
  }
  const auto columns = room.kind->columns(context);
  const std::string sheet_name = request.text("trang");
  const SourceSheet* sheet = (*source)->find(sheet_name);
  int row = whole(request.text("dong"));
  const bool other_sheet = sheet != nullptr && sheet_name != batch.sheet;
  const bool other_place = other_sheet || (sheet != nullptr && row != batch.heading_row);
  const int last = sheet == nullptr || sheet->rows().empty() ? 0 : sheet->rows().back().number;
  std::string sheet_error;
  if (sheet == nullptr) sheet_error = tr("Xin chọn một trang của tệp.");
  else if (row < 1 || row > last) sheet_error = tr("Trang “{}” có dữ liệu đến dòng {}. Xin ghi số thứ tự của dòng tiêu đề.", sheet_name, last);

  // another sheet or another row: what the columns are is guessed anew, and looked at again
  if (sheet_error.empty() && (request.text("viec") == "doc-lai" || other_place)) {
    const Remembered known = visit.house().store.read([&](db::Reader& reader) { return sql::remembered(reader, room.kind->code(), batch.record.body); });
    batch.sheet = sheet_name;
    if (other_sheet && row == batch.heading_row) {
      const Guess guessed = guess(*sheet, columns, known);
      row = std::max(guessed.heading_row, 1);
    }
    batch.heading_row = row;
    batch.matching = match(headings(*sheet, row), columns, known);
    batch.matched = false;
    batch.decisions.clear();
    if (auto kept = room.desk->keep(batch); !kept) return visit.refused(kept.error(), http::Status::conflict);
    if (errors.empty()) return http::Response::redirect(page_of(room, batch, "cot"));
    typed.matching = batch.matching;
    return columns_page(visit, room, batch, context, typed, errors, {}, http::Status::unprocessable);
  }

  const int widest = sheet == nullptr ? 0 : sheet->last_column();
  std::map<int, std::string> taken;
  for (const ImportColumn& column : columns) {
    const int at = whole(request.text(field_of(column)));
    if (at < 1 || at > widest) {
      if (column.need == ImportNeed::required) errors.emplace_back("cot-" + column.code, tr("Danh sách phải có cột “{}”. Xin chọn cột ghi nội dung này.", column.label));
      continue;
    }
    typed.matching.emplace(column.code, at);
    if (const auto [before, fresh] = taken.emplace(at, column.label); !fresh)
      errors.emplace_back("cot-" + column.code, tr("Cột {} đã được chọn cho “{}”. Xin chọn cột khác.", spreadsheet::column_name(at), before->second));
  }
  if (!errors.empty() || !sheet_error.empty()) return columns_page(visit, room, batch, context, typed, errors, sheet_error, http::Status::unprocessable);
  if (batch.matching != typed.matching) batch.decisions.clear();
  batch.matching = std::move(typed.matching);
  batch.matched = true;
  batch.note.clear();
  if (auto kept = room.desk->keep(batch); !kept) return visit.refused(kept.error(), http::Status::conflict);
  return http::Response::redirect(page_of(room, batch, "xem-truoc"));
}

}  // namespace khuyenhoc::importing
