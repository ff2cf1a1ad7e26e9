#include <boost/json.hpp>

#include "base/i18n.h"
#include "base/number.h"
#include "base/text.h"
#include "measures/checks.h"
#include "platform/spreadsheet/workbook.h"
#include "reporting/entry_workbook.h"
#include "reporting/workbook_layout.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;
using namespace workbook_layout;

constexpr std::size_t problems_shown = 200;

std::optional<std::int64_t> number_at(const spreadsheet::Sheet& sheet, int row, int column) {
  const auto parsed = parse_whole_number(spreadsheet::text_value(sheet.at(row, column)));
  return parsed ? std::optional(*parsed) : std::nullopt;
}

// "Có" and "Không" as the drop-down gives them, however they are typed; 1 and 0 as well.
Result<std::optional<std::int64_t>> yes_or_no(const spreadsheet::Cell& cell) {
  const std::string typed = folded(normalised(spreadsheet::text_value(cell)));
  if (cell.is_formula()) return spreadsheet::whole_number(cell);
  if (typed.empty()) return std::optional<std::int64_t>();
  if (typed == folded(yes_word) || typed == "1") return std::optional<std::int64_t>(1);
  if (typed == folded(no_word) || typed == "0") return std::optional<std::int64_t>(0);
  return refuse("cell.not_number", tr("Ô {} ghi “{}”; xin chọn “{}” hoặc “{}”.", cell.address(), spreadsheet::text_value(cell), yes_word, no_word), cell.address());
}

Refusal not_ours() {
  return {"workbook.not_ours", tr("Tệp này không phải bảng nhập số liệu do chương trình lập. Xin bấm “Tải tệp Excel”, chép số liệu vào tệp ấy rồi gửi lại."), {}};
}

Result<HiddenData> read_hidden(const House& house, const spreadsheet::Workbook& book) {
  const spreadsheet::Sheet* sheet = book.find(hidden_sheet);
  if (sheet == nullptr || spreadsheet::text_value(sheet->at(kind_row, 1)) != kind) return std::unexpected(not_ours());
  if (number_at(*sheet, format_row, 1) != format)
    return refuse("workbook.form", tr("Tệp này lập theo mẫu khác với mẫu đang dùng. Xin tải tệp mới rồi chép số liệu sang."));
  HiddenData out;
  const auto body = number_at(*sheet, body_row, 1);
  if (!body) return std::unexpected(not_ours());
  out.body = *body;
  out.period = spreadsheet::text_value(sheet->at(period_row, 1));
  for (int at = 1; sheet->at(columns_row, at).kind != spreadsheet::CellKind::empty; ++at) out.columns.push_back(spreadsheet::text_value(sheet->at(columns_row, at)));
  for (int at = keys_first_row; sheet->at(at, 1).kind != spreadsheet::CellKind::empty; ++at) {
    const auto row = number_at(*sheet, at, 1);
    const auto row_body = number_at(*sheet, at, 2);
    if (!row || !row_body) return std::unexpected(not_ours());
    RowKey key{static_cast<int>(*row), *row_body, {}};
    for (std::size_t i = 0; i < out.columns.size(); ++i) {
      const auto seen = parse_cell_words(spreadsheet::text_value(sheet->at(at, static_cast<int>(i) + 3)));
      if (!seen) return std::unexpected(not_ours());
      key.cells.push_back(*seen);
    }
    out.rows.push_back(std::move(key));
  }
  if (spreadsheet::text_value(sheet->at(digest_row, 1)) != out.digest(house.keys))
    return refuse("workbook.edited", tr("Trang ẩn của tệp này đã bị sửa, hoặc tệp lập ở máy khác. Xin tải tệp mới rồi chép số liệu sang."));
  return out;
}

Result<void> fits(const House& house, const EntrySheet& sheet, const HiddenData& hidden) {
  const OrganisationView organisation = house.organisation.current();
  if (hidden.body != sheet.body.value) {
    const Body* other = organisation->find(BodyId{hidden.body});
    return refuse("workbook.body", tr("Tệp này là của {}, không phải của {}. Xin chọn lại tệp.", other ? other->on(sheet.day).name : tr("đơn vị khác"),
                                      organisation->body(sheet.body).on(sheet.day).name));
  }
  if (hidden.period != sheet.period.name()) {
    const auto other = house.periods.parse_name(sheet.period.family, hidden.period);
    return refuse("workbook.period", tr("Tệp này là số liệu {}, còn kỳ đang mở là {}. Xin đổi kỳ ở đầu trang hoặc chọn lại tệp.",
                                        other ? house.periods.label(*other, current_language()) : hidden.period, house.periods.label(sheet.period, current_language())));
  }
  if (!std::ranges::equal(hidden.columns, sheet.columns(), {}, {}, &EntryColumn::code))
    return refuse("workbook.form", tr("Tệp này lập theo mẫu khác với mẫu đang dùng. Xin tải tệp mới rồi chép số liệu sang."));
  return {};
}

class Reading {
 public:
  Reading(const House& house, const EntrySheet& sheet, const spreadsheet::Sheet& from, const HiddenData& hidden)
      : house_(house), sheet_(sheet), from_(from), hidden_(hidden), columns_(sheet.columns()) {}

  WorkbookPlan plan() {
    for (const RowKey& key : hidden_.rows) read_row(key);
    look_beyond();
    return std::move(plan_);
  }
  void add_problem(std::string address, std::string where, std::string message) {
    if (plan_.problems.size() < problems_shown) plan_.problems.push_back({std::move(address), std::move(where), std::move(message)});
    else ++plan_.problems_not_shown;
  }

 private:
  struct Read {
    std::vector<CellEntry> cells;
    std::vector<WorkbookChange> changes;
    WorkbookCells contents;
    bool good = true;
  };

  void read_row(const RowKey& key) {
    const EntryRow* row = sheet_.row(BodyId{key.body});
    const std::string name = normalised(spreadsheet::text_value(from_.at(key.row, name_column)));
    if (row == nullptr) {
      if (row_has_input(key)) {
        add_problem({}, name, tr("Đơn vị ở dòng {} không còn trong bảng của kỳ này; dòng này không được đọc.", key.row));
        ++plan_.rows_left_out;
      }
      return;
    }
    if (name != normalised(row->name)) {
      add_problem(spreadsheet::address(key.row, name_column), row->name, tr("Dòng {} phải là “{}” nhưng đang ghi “{}”. Có thể các dòng đã bị xếp lại; xin chép số vào tệp mới.", key.row, row->name, name));
      ++plan_.rows_left_out;
      return;
    }
    Read read;
    EntryRow after = *row;
    for (std::size_t i = 0; i < columns_.size(); ++i) read_cell(key, *row, i, read, after);
    if (!read.cells.empty()) judge(key, *row, after, read);
    if (!read.good) {
      ++plan_.rows_left_out;
      plan_.contents.merge(read.contents);
      return;
    }
    if (!read.cells.empty()) plan_.accepted.merge(read.contents);
    std::ranges::move(read.cells, std::back_inserter(plan_.cells));
    std::ranges::move(read.changes, std::back_inserter(plan_.changes));
  }

  void read_cell(const RowKey& key, const EntryRow& row, std::size_t i, Read& read, EntryRow& after) {
    const spreadsheet::Cell cell = from_.at(key.row, input_column(i));
    const auto refuse_cell = [&](const std::string& message) {
      add_problem(cell.address(), where(row, i), message);
      read.contents[{row.body, i}].problem = message;
      read.good = false;
    };
    if (!key.cells[i] || !row.cells[i].asked) {
      if (cell.kind != spreadsheet::CellKind::empty || cell.is_formula()) refuse_cell(tr("Ô {} không phải nhập; xin xóa nội dung ô này.", spreadsheet::address(key.row, input_column(i))));
      return;
    }
    const auto value = columns_[i].is_yes_no ? yes_or_no(cell) : spreadsheet::whole_number(cell);
    if (!value) {
      read.contents[{row.body, i}].text = spreadsheet::text_value(cell);
      return refuse_cell(value.error().message);
    }
    read.contents[{row.body, i}].number = *value;
    const std::optional<std::int64_t> stored = row.cells[i].value;
    const auto shown = stored ? std::optional(columns_[i].shown(*stored)) : std::nullopt;
    if (*value == key.cells[i]->value || *value == shown) return;       // untouched, or already so
    if (*value && **value < 0) return refuse_cell(tr("Ô {} ghi {}. Số liệu không được âm.", cell.address(), number_text(**value)));
    if (row.cells[i].version != key.cells[i]->version) {
      const std::string who = house_.store.read([&](db::Reader& reader) { return name_of_user(house_, reader, row.cells[i].by); });
      return refuse_cell(tr("{} vừa ghi {} lúc {}, sau khi tệp này được tải; tệp ghi {}.", who, shown ? number_text(*shown) : tr("để trống"), time_text(row.cells[i].at_ms),
                            *value ? number_text(**value) : tr("để trống")));
    }
    constexpr std::int64_t largest = 999'999'999'999;
    if (*value && **value > largest) return refuse_cell(tr("Số ở ô {} quá lớn. Xin xem lại số chữ số và đơn vị tính.", cell.address()));
    const std::optional<std::int64_t> amount = *value ? std::optional(**value * columns_[i].scale) : std::nullopt;
    after.cells[i].value = amount;
    read.cells.push_back({row.body, columns_[i].code, amount, key.cells[i]->version});
    const auto words = [](std::optional<std::int64_t> number) { return number ? number_text(*number) : tr("để trống"); };
    read.changes.push_back({row.body, row.name, column_words(i), words(shown), words(*value)});
  }

  // What cannot be true of one row whatever the others say: recognised above registered.
  void judge(const RowKey& key, const EntryRow& row, const EntryRow& after, Read& read) {
    const auto figures = [&](const Term& term) -> std::optional<std::int64_t> {
      const auto column = sheet_.place(term.measure);
      if (!column || term.moment != Moment::period || !house_.catalogue.is_whole(term.series)) return std::nullopt;
      return after.cells[*column].value;
    };
    for (const Finding& finding : findings(house_.catalogue, sheet_.asked->checks(), figures, current_language())) {
      if (finding.severity != Check::Severity::error) continue;
      const auto column = sheet_.place(finding.measure);
      if (!column) continue;
      add_problem(spreadsheet::address(key.row, input_column(*column)), where(row, *column), finding.message);
      read.contents[{row.body, *column}].problem = finding.message;
      read.good = false;
    }
  }

  bool row_has_input(const RowKey& key) const {
    for (std::size_t i = 0; i < columns_.size(); ++i)
      if (from_.at(key.row, input_column(i)).kind != spreadsheet::CellKind::empty) return true;
    return false;
  }

  // Figures typed under or beside the table would otherwise be lost without a word.
  void look_beyond() {
    int last = first_row;
    for (const RowKey& key : hidden_.rows) last = std::max(last, key.row);
    for (const spreadsheet::Row& row : from_.rows()) {
      if (row.number <= last + 1) continue;          // the total stands right below
      for (const spreadsheet::Cell& cell : row.cells)
        add_problem(cell.address(), {}, tr("Ô {} nằm ngoài bảng (bảng hết ở dòng {}); số ở đó không được đọc.", cell.address(), last));
    }
  }

  std::string column_words(std::size_t i) const { return fmt::format("{} – {}", columns_[i].group(current_language(), sheet_.period.year), columns_[i].label(current_language())); }
  std::string where(const EntryRow& row, std::size_t i) const { return fmt::format("{}, {}", row.name, column_words(i)); }

  const House& house_;
  const EntrySheet& sheet_;
  const spreadsheet::Sheet& from_;
  const HiddenData& hidden_;
  std::span<const EntryColumn> columns_;
  WorkbookPlan plan_;
};

std::string digest_of_cells(const std::vector<CellEntry>& cells) {
  std::string text;
  for (const CellEntry& cell : cells) text += fmt::format("{}.{}={}@{};", cell.body.value, cell.measure, cell.value ? std::to_string(*cell.value) : std::string("-"), cell.version);
  return crypto::hex(crypto::digest(crypto::bytes_of(text)));
}

// What the desk would say to each cell, asked in a transaction that leaves nothing behind.
std::vector<CellOutcome> tried(const House& house, const Viewer& viewer, const EntrySheet& sheet, const std::vector<CellEntry>& cells) {
  std::vector<CellOutcome> outcomes;
  EntryDesk desk(house, viewer, sheet.body, sheet.period);
  (void)house.store.write([&](db::Writer& writer) -> Result<void> {
    outcomes = desk.save(writer, cells, Telling::together);
    return refuse("entry.tried", {});
  });
  return outcomes;
}

}  // namespace

Result<WorkbookOwner> owner_of_workbook(const House& house, std::string_view bytes) {
  const auto book = spreadsheet::read_workbook(spreadsheet::bytes_of(bytes));
  if (!book) return std::unexpected(book.error());
  auto hidden = read_hidden(house, *book);
  if (!hidden) return std::unexpected(hidden.error());
  return WorkbookOwner{BodyId{hidden->body}, std::move(hidden->period)};
}

Result<WorkbookPlan> plan_entry_workbook(const House& house, const Viewer& viewer, const EntrySheet& sheet, std::string_view bytes) {
  const auto book = spreadsheet::read_workbook(spreadsheet::bytes_of(bytes));
  if (!book) return std::unexpected(book.error());
  const auto hidden = read_hidden(house, *book);
  if (!hidden) return std::unexpected(hidden.error());
  if (auto fine = fits(house, sheet, *hidden); !fine) return std::unexpected(fine.error());
  if (sheet.mode == EntryMode::stated_whole)
    return refuse("workbook.mode", tr("Kỳ này đơn vị nhập số chung, nên không đọc tệp của chi hội, ban. Xin đổi cách tính số trước."));
  const spreadsheet::Sheet* visible = book->find(visible_sheet);
  if (visible == nullptr) return refuse("workbook.edited", tr("Tệp này không còn trang “{}”. Xin tải tệp mới rồi chép số liệu sang.", visible_sheet));
  Reading reading(house, sheet, *visible, *hidden);
  WorkbookPlan plan = reading.plan();
  std::set<BodyId> refused;
  for (const CellOutcome& outcome : tried(house, viewer, sheet, plan.cells)) {
    if (outcome.state == CellOutcome::State::saved) continue;
    const EntryRow* row = sheet.row(outcome.body);
    const EntryColumn* column = sheet.column(outcome.measure);
    int at = 0;
    for (const RowKey& key : hidden->rows)
      if (key.body == outcome.body.value) at = key.row;
    const std::size_t place = *sheet.place(column->measure);
    plan.problems.push_back({spreadsheet::address(at, input_column(place)), fmt::format("{}, {}", row->name, column->label(current_language())), outcome.message});
    plan.contents[{outcome.body, place}].problem = outcome.message;
    refused.insert(outcome.body);
  }
  for (const CellEntry& cell : plan.cells)
    if (refused.contains(cell.body)) {
      plan.accepted.erase({cell.body, *sheet.place(sheet.column(cell.measure)->measure)});
      const EntryColumn* column = sheet.column(cell.measure);
      if (cell.value) plan.contents[{cell.body, *sheet.place(column->measure)}].number = column->shown(*cell.value);
    }
  std::erase_if(plan.cells, [&](const CellEntry& cell) { return refused.contains(cell.body); });
  std::erase_if(plan.changes, [&](const WorkbookChange& change) { return refused.contains(change.body); });
  plan.rows_left_out += refused.size();
  plan.digest = digest_of_cells(plan.cells);
  return plan;
}

Result<std::size_t> carry_out(const House& house, const Viewer& viewer, db::Writer& writer, const EntrySheet& sheet, const WorkbookPlan& plan, std::string_view shown_digest,
                              std::int64_t upload, std::string_view file_name) {
  const auto moved_on = [] { return refuse("workbook.changed", tr("Số liệu vừa thay đổi nên kết quả xem trước đã khác. Chưa ghi số nào; xin xem lại rồi bấm ghi.")); };
  if (plan.digest != shown_digest) return moved_on();
  EntryDesk desk(house, viewer, sheet.body, sheet.period);
  std::size_t written = 0;
  for (const CellOutcome& outcome : desk.save(writer, plan.cells, Telling::together)) {
    if (outcome.state != CellOutcome::State::saved) return moved_on();
    written += outcome.changed ? 1 : 0;
  }
  std::set<BodyId> bodies;
  for (const CellEntry& cell : plan.cells) bodies.insert(cell.body);
  const std::string summary = tr(Language::vietnamese, "Đọc tệp Excel “{}”, {}: ghi {} số của {} chi hội, ban", file_name, house.periods.label(sheet.period, Language::vietnamese), written, bodies.size());
  house.trail.write(writer, viewer, sheet.body, "statement", upload, "workbook", {}, json::serialize(json::object{{"summary", summary}, {"digest", plan.digest}, {"figures", written}}));
  return written;
}

}  // namespace khuyenhoc
