#include <algorithm>

#include <sys/mman.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/i18n.h"
#include "base/text.h"
#include "platform/spreadsheet/write_state.h"

namespace khuyenhoc::spreadsheet {
namespace {

constexpr lxw_color_t line_grey = 0xB7C3C6;
constexpr lxw_color_t head_green = 0x0F5A63;
constexpr lxw_color_t group_green = 0xD9ECEE;
constexpr lxw_color_t input_cream = 0xFFF8E1;
constexpr lxw_color_t locked_grey = 0xF1F3F4;
constexpr lxw_color_t total_green = 0xE9F4F1;
constexpr lxw_color_t note_grey = 0x5F6B6E;
constexpr lxw_color_t wrong_red = 0xFDE3E1;
constexpr lxw_color_t wrong_ink = 0x9C1B12;

// In the file the thousands separator is always a comma; Vietnamese Excel shows it as a point.
const char* format_code(NumberFormat format) {
  switch (format) {
    case NumberFormat::general: return "General";
    case NumberFormat::whole:
    case NumberFormat::money: return "#,##0";
    case NumberFormat::percent: return "0.0%";
    case NumberFormat::day: return "dd/mm/yyyy";
    case NumberFormat::text: return "@";
  }
  return "General";
}

void outline(lxw_format* format) {
  format_set_border(format, LXW_BORDER_THIN);
  format_set_border_color(format, line_grey);
}

void fill(lxw_format* format, lxw_color_t colour) {
  format_set_pattern(format, LXW_PATTERN_SOLID);
  format_set_bg_color(format, colour);
}

void dress(lxw_format* format, Look look) {
  switch (look) {
    case Look::plain: outline(format); break;
    case Look::title:
      format_set_bold(format);
      format_set_font_size(format, 15);
      break;
    case Look::subtitle: format_set_italic(format); break;
    case Look::head:
      outline(format);
      fill(format, head_green);
      format_set_font_color(format, LXW_COLOR_WHITE);
      format_set_bold(format);
      format_set_align(format, LXW_ALIGN_CENTER);
      break;
    case Look::group:
      outline(format);
      fill(format, group_green);
      format_set_bold(format);
      break;
    case Look::input:
      outline(format);
      fill(format, input_cream);
      format_set_unlocked(format);
      break;
    case Look::locked:
      outline(format);
      fill(format, locked_grey);
      break;
    case Look::total:
      outline(format);
      fill(format, total_green);
      format_set_bold(format);
      break;
    case Look::note:
      format_set_italic(format);
      format_set_font_color(format, note_grey);
      format_set_font_size(format, 11);
      break;
    case Look::wrong:
      outline(format);
      fill(format, wrong_red);
      format_set_font_color(format, wrong_ink);
      format_set_unlocked(format);
      break;
  }
}

}  // namespace

std::string cell_text(std::string_view value, std::size_t most) {
  auto clean = xml_text(value);
  std::size_t characters = 0;
  for (std::size_t at = 0; at < clean.size(); ++at) {
    if ((static_cast<unsigned char>(clean[at]) & 0xC0) == 0x80) continue;
    if (characters++ == most) {
      clean.resize(at);
      break;
    }
  }
  return clean;
}

WorkbookState::~WorkbookState() {
  if (book != nullptr) lxw_workbook_free(book);
  if (descriptor >= 0) close(descriptor);
}

lxw_format* WorkbookState::format(Look look, NumberFormat number, Align align) {
  auto& known = formats[{look, number, align}];
  if (known != nullptr) return known;
  known = workbook_add_format(book);
  format_set_font_name(known, "Times New Roman");
  format_set_font_size(known, 13);
  format_set_align(known, LXW_ALIGN_VERTICAL_CENTER);
  if (look != Look::title && look != Look::subtitle && look != Look::note) format_set_text_wrap(known);
  format_set_num_format(known, format_code(number));
  dress(known, look);
  if (align == Align::left) format_set_align(known, LXW_ALIGN_LEFT);
  if (align == Align::centre) format_set_align(known, LXW_ALIGN_CENTER);
  if (align == Align::right) format_set_align(known, LXW_ALIGN_RIGHT);
  return known;
}

lxw_format* WorkbookState::mark() {
  if (marking != nullptr) return marking;
  marking = workbook_add_format(book);
  format_set_bg_color(marking, wrong_red);
  format_set_font_color(marking, wrong_ink);
  return marking;
}

std::string sheet_name(std::string_view wanted) {
  constexpr std::size_t longest = 31;
  auto name = normalised(wanted);
  for (auto& c : name)
    if (std::string_view("[]:*?/\\").find(c) != std::string_view::npos) c = '-';
  name = cell_text(name, longest);
  while (name.starts_with('\'')) name.erase(0, 1);
  while (name.ends_with('\'') || name.ends_with(' ')) name.pop_back();
  return name.empty() ? "Trang" : name;
}

SheetState& WorkbookState::add(std::string_view wanted) {
  auto name = sheet_name(wanted);
  for (int number = 2; !names.insert(upper_case(name)).second; ++number) {
    const auto suffix = fmt::format(" ({})", number);
    name = cell_text(sheet_name(wanted), 31 - suffix.size()) + suffix;
  }
  auto* sheet = workbook_add_worksheet(book, name.c_str());
  if (sheet == nullptr) throw std::logic_error("a sheet name that the workbook library refuses: " + name);
  worksheet_set_paper(sheet, 9);     // A4
  return sheets.emplace_back(SheetState{.book = this, .sheet = sheet, .name = name});
}

WorkbookWriter::WorkbookWriter(std::string_view title, Day day, WritingOrder order) : state_(std::make_unique<WorkbookState>()) {
  // The library writes only to a path: a file in memory has one, and leaves nothing behind when the power fails.
  state_->descriptor = memfd_create("khuyenhoc-workbook", MFD_CLOEXEC);
  if (state_->descriptor < 0) throw std::runtime_error("no room for a workbook in memory");
  state_->path = fmt::format("/proc/self/fd/{}", state_->descriptor);
  lxw_workbook_options options{};
  options.constant_memory = order == WritingOrder::row_by_row ? LXW_TRUE : LXW_FALSE;
  state_->book = workbook_new_opt(state_->path.c_str(), &options);
  if (state_->book == nullptr) throw std::bad_alloc();
  auto name = cell_text(title, 255);
  std::string author = "khuyenhoc";
  lxw_doc_properties properties{};
  properties.title = name.data();
  properties.author = author.data();
  properties.created = static_cast<time_t>(day.number()) * 86'400;
  workbook_set_properties(state_->book, &properties);
}

WorkbookWriter::WorkbookWriter(WorkbookWriter&&) noexcept = default;
WorkbookWriter::~WorkbookWriter() = default;

SheetWriter WorkbookWriter::add_sheet(std::string_view name) { return SheetWriter(state_->add(name)); }

Result<std::string> WorkbookWriter::finish() {
  auto* const book = std::exchange(state_->book, nullptr);
  if (book == nullptr) throw std::logic_error("a workbook finished twice");
  const auto error = workbook_close(book);     // frees the book, whatever happens
  std::string bytes;
  const auto size = error == LXW_NO_ERROR ? lseek(state_->descriptor, 0, SEEK_END) : -1;
  if (size > 0) {
    bytes.resize(static_cast<std::size_t>(size));
    for (std::size_t at = 0; at < bytes.size();) {
      const auto got = pread(state_->descriptor, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
      if (got <= 0) break;
      at += static_cast<std::size_t>(got);
      if (at == bytes.size()) return bytes;
    }
  }
  return refuse("workbook.no_room", tr("Máy chủ không còn đủ chỗ để lập bảng tính. Xin thử lại sau ít phút hoặc báo cho người quản trị."));
}

}  // namespace khuyenhoc::spreadsheet
