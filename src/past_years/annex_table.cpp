#include "past_years/annex_table.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/i18n.h"
#include "base/number.h"
#include "base/text.h"
#include "past_years/annex_layout.h"

namespace khuyenhoc {
namespace {

using spreadsheet::CellKind;

constexpr double largest_exact = 9e14;

// A number of the annex times its factor: amounts in "triệu đồng" may have decimals, counts may not.
Result<std::optional<std::int64_t>> amount(const spreadsheet::Cell& cell, std::int64_t factor) {
  double number = 0;
  switch (cell.kind) {
    case CellKind::empty:
      if (cell.is_formula()) return refuse("annex.cell", tr("Công thức ở ô này chưa có kết quả. Xin mở tệp bằng Excel, lưu lại rồi gửi."));
      return std::nullopt;
    case CellKind::number: number = cell.number; break;
    case CellKind::error: return refuse("annex.cell", tr("Ô này báo lỗi {}. Xin sửa công thức hoặc ghi số.", cell.text));
    case CellKind::text: {
      const std::string text = normalised(cell.text);
      if (text.empty() || text == "-" || text == "–" || text == "—" || text == "x" || text == "X") return std::nullopt;
      if (const auto whole = parse_whole_number(text)) {
        number = static_cast<double>(*whole);
        break;
      }
      // "1.234,5" as Vietnamese write it
      std::string plain;
      bool comma = false, good = !text.empty();
      for (const char c : text) {
        if (c == '.' || c == ' ') continue;
        if (c == ',' && !comma) {
          comma = true;
          plain += '.';
        } else if (c >= '0' && c <= '9') {
          plain += c;
        } else {
          good = false;
        }
      }
      if (!good || !comma) return refuse("annex.cell", tr("“{}” không phải là số.", text));
      number = std::strtod(plain.c_str(), nullptr);
      break;
    }
    default: return refuse("annex.cell", tr("“{}” không phải là số.", spreadsheet::text_value(cell)));
  }
  if (number < 0) return refuse("annex.cell", tr("Số liệu không được âm."));
  const double all = number * static_cast<double>(factor);
  if (all > largest_exact) return refuse("annex.cell", tr("Số này quá lớn. Xin xem lại số chữ số và đơn vị tính."));
  const double whole = std::round(all);
  constexpr double hair = 1e-6, rounding = 0.01;      // what a spreadsheet's own arithmetic leaves of a sum of amounts
  if (std::abs(all - whole) > (factor == 1 ? hair : rounding))
    return refuse("annex.cell", factor == 1 ? tr("Số này có phần lẻ. Nếu cột ghi bằng nghìn đồng hay triệu đồng, xin chọn lại đơn vị tính của cột.")
                                            : tr("Số này nhân ra không tròn đồng. Xin xem lại đơn vị tính của cột."));
  return static_cast<std::int64_t>(whole);
}

class Reading {
 public:
  Reading(const AnnexLayout& layout, const Annex& annex, const Catalogue& catalogue, const AnnexUnits& units, std::span<const AnnexColumnChoice> remembered)
      : layout_(layout), sheet_(*layout.sheet), annex_(annex), catalogue_(catalogue), units_(units), remembered_(remembered) {}

  Result<AnnexTable> read(const spreadsheet::Workbook& book) {
    for (const auto& sheet : book.sheets) out_.sheets.push_back(sheet.name);
    out_.sheet = sheet_.name;
    out_.head_first = layout_.head_first;
    out_.head_last = layout_.head_last;
    out_.unit_column = layout_.unit_column;
    read_columns();
    if (std::ranges::none_of(out_.columns, [](const AnnexColumn& one) { return one.series.has_value(); }) && annex_.columns.empty() && out_.columns.empty())
      return refuse("annex.no_columns", tr("Không tìm thấy cột số liệu nào trong trang “{}”. Xin chọn lại trang hoặc dòng tiêu đề.", sheet_.name), "sheet");
    read_rows();
    group_rows();
    find_duplicates();
    read_values();
    add_up();
    std::ranges::stable_sort(out_.problems, {}, [](const AnnexProblem& one) { return std::pair(one.row, one.column); });
    return std::move(out_);
  }

 private:
  void problem(int row, int column, std::string message) { out_.problems.push_back({spreadsheet::address(row, column), row, column, std::move(message)}); }

  bool has_numbers(int column) const {
    return std::ranges::any_of(sheet_.rows(), [&](const auto& row) { return row.number >= layout_.first_row && sheet_.at(row.number, column).kind == CellKind::number; });
  }

  void read_columns() {
    std::map<Series, const AnnexColumn*> taken;
    out_.columns.reserve(static_cast<std::size_t>(sheet_.last_column()));
    for (int number = 1; number <= sheet_.last_column(); ++number) {
      if (number == layout_.unit_column) continue;
      const auto lines = head_lines(layout_, number);
      if (lines.empty() && !has_numbers(number)) continue;
      const std::string leaf = lines.empty() ? std::string{} : folded(lines.back());
      if (leaf == "stt" || leaf == "tt" || leaf == "so tt" || leaf == "so thu tu" || leaf == "ghi chu") continue;
      AnnexColumn column;
      column.number = number;
      column.letter = spreadsheet::column_name(number);
      for (const std::string& line : lines) column.heading += (column.heading.empty() ? "" : " – ") + line;
      understand(column, lines);
      for (const auto& row : sheet_.rows()) {
        if (row.number < layout_.first_row || !column.example.empty()) continue;
        column.example = normalised(spreadsheet::text_value(sheet_.at(row.number, number)));
      }
      if (column.series) {
        const auto [at, fresh] = taken.try_emplace(*column.series, nullptr);
        if (!fresh) {
          column.remark = tr("Cột {} cũng là “{}”. Xin giữ một cột, cột kia chọn “Không đọc cột này”.", at->second->letter, catalogue_.label(*column.series, current_language()));
          problem(layout_.head_last, number, column.remark);
        }
        out_.columns.push_back(std::move(column));
        if (fresh) at->second = &out_.columns.back();
      } else {
        out_.columns.push_back(std::move(column));
      }
    }
  }

  void understand(AnnexColumn& column, const std::vector<std::string>& lines) {
    if (const auto chosen = std::ranges::find(annex_.columns, column.number, &AnnexColumnChoice::number);
        chosen != annex_.columns.end() && chosen->heading == column.heading) {
      column.series = chosen->series;
      column.factor = chosen->factor;
      if (!column.series) column.remark = tr("Không đọc cột này.");
      return;
    }
    column.guessed = true;
    const std::string key = folded(column.heading);
    if (const auto known = std::ranges::find(remembered_, key, [](const AnnexColumnChoice& one) { return folded(one.heading); }); known != remembered_.end()) {
      column.series = known->series;
      column.factor = known->factor;
      if (!column.series) column.remark = tr("Lần trước không đọc cột này.");
      return;
    }
    const HeadingGuess guess = AnnexHeadings::house().guess(lines, layout_.usual_factor);
    column.series = guess.series;
    column.factor = guess.factor;
    if (!guess.computed.empty()) column.remark = tr("Không đọc: “{}” do chương trình tự tính.", guess.computed);
    else if (!guess.series) column.remark = tr("Chưa rõ cột này là chỉ tiêu nào. Xin chọn, hoặc để “Không đọc cột này”.");
  }

  bool has_figures(int row) const {
    return std::ranges::any_of(out_.columns, [&](const AnnexColumn& column) {
      const auto cell = sheet_.at(row, column.number);
      return cell.kind == CellKind::number || cell.kind == CellKind::error || (cell.kind == CellKind::text && parse_whole_number(cell.text).has_value());
    });
  }

  // "12" left of the name: a row of the table, whatever stands in it.
  bool is_numbered(int row) const {
    for (int column = 1; column < layout_.unit_column; ++column)
      if (const auto cell = sheet_.at(row, column); cell.kind == CellKind::number || (cell.kind == CellKind::text && parse_whole_number(cell.text).has_value())) return true;
    return false;
  }

  void read_rows() {
    bool after_total = false;
    for (const auto& given : sheet_.rows()) {
      if (given.number < layout_.first_row) continue;
      AnnexRow row;
      row.number = given.number;
      row.label = row_label(sheet_, given.number, layout_.unit_column);
      const auto chosen = std::ranges::find(annex_.rows, given.number, &AnnexRowChoice::number);
      if (chosen != annex_.rows.end()) {
        row.role = chosen->role;
        row.unit = chosen->unit;
        if ((row.role == AnnexRole::unit || row.role == AnnexRole::subtotal) && units_.find(row.unit) == nullptr) row.problem = units_.why_not(row.label);
      } else if (!judge_words(row, after_total)) {
        continue;
      }
      if (row.role == AnnexRole::total) after_total = true;
      row.values.resize(out_.columns.size());
      out_.rows.push_back(std::move(row));
    }
  }

  // False for rows that are no part of the table: signatures, notes, blank lines.
  bool judge_words(AnnexRow& row, bool after_total) {
    if (row.label.empty()) {
      if (!has_figures(row.number)) return false;
      row.problem = tr("Dòng này có số nhưng không ghi tên đơn vị.");
      return true;
    }
    const auto found = units_.matching(row.label);
    const RowWords words = row_kind(row.label);
    if (found.empty() && !has_figures(row.number) && !is_numbered(row.number)) return false;
    if (!found.empty()) {
      row.role = AnnexRole::unit;
      row.unit = found.front()->id;
      if (found.size() > 1) several_.push_back({out_.rows.size(), found});
      return true;
    }
    if (words == RowWords::total) {
      row.role = after_total ? AnnexRole::left_out : AnnexRole::total;
      return true;
    }
    if (words == RowWords::subtotal) {
      const auto district = units_.matching(row_words(row.label).substr(std::string_view("cong ").size()));
      row.role = district.empty() ? AnnexRole::left_out : AnnexRole::subtotal;
      if (!district.empty()) row.unit = district.front()->id;
      return true;
    }
    if (words == RowWords::office && units_.territory().unit(units_.area()).level == UnitLevel::province) {
      row.role = AnnexRole::office;
      return true;
    }
    row.problem = units_.why_not(row.label);
    return true;
  }

  // Districts that stand above their communes are subtotals; a bare name that is both goes with its neighbours.
  void group_rows() {
    std::set<std::size_t> open;
    for (const auto& [row, found] : several_) open.insert(row);
    std::size_t districts = 0, communes = 0;
    for (std::size_t i = 0; i < out_.rows.size(); ++i)
      if (out_.rows[i].role == AnnexRole::unit && out_.rows[i].problem.empty() && !open.contains(i)) {
        const auto* unit = units_.find(out_.rows[i].unit);
        (unit != nullptr && unit->level == UnitLevel::district ? districts : communes)++;
      }
    for (const auto& [at, found] : several_) choose(at, found, districts >= communes);
    UnitId district;
    for (std::size_t i = 0; i < out_.rows.size(); ++i) {
      AnnexRow& row = out_.rows[i];
      const auto* unit = units_.find(row.unit);
      if (row.role == AnnexRole::unit && unit != nullptr && unit->level == UnitLevel::district) {
        district = unit->id;
        if (has_communes_of(district)) row.role = AnnexRole::subtotal;
      }
      if (unit != nullptr) row.district = unit->district;
    }
  }

  bool has_communes_of(UnitId district) const {
    return std::ranges::any_of(out_.rows, [&](const AnnexRow& row) {
      const auto* unit = units_.find(row.unit);
      return row.role == AnnexRole::unit && unit != nullptr && unit->district == district;
    });
  }

  void choose(std::size_t at, const std::vector<const AnnexUnits::Unit*>& found, bool mostly_districts) {
    AnnexRow& row = out_.rows[at];
    if (std::ranges::find(annex_.rows, row.number, &AnnexRowChoice::number) != annex_.rows.end()) return;
    std::vector<const AnnexUnits::Unit*> left;
    const auto keep_level = [&](UnitLevel level) {
      for (const auto* unit : found)
        if (unit->level == level) left.push_back(unit);
    };
    keep_level(mostly_districts ? UnitLevel::district : UnitLevel::commune);
    if (left.empty()) left = found;
    if (left.size() > 1) {              // of the district whose rows stand around it
      UnitId near;
      for (std::size_t i = at; i-- > 0 && !near;)
        if (const auto* unit = units_.find(out_.rows[i].unit); unit != nullptr && out_.rows[i].problem.empty()) near = unit->level == UnitLevel::district ? unit->id : unit->district;
      std::vector<const AnnexUnits::Unit*> here;
      for (const auto* unit : left)
        if (near && unit->district == near) here.push_back(unit);
      if (here.size() == 1) left = here;
    }
    row.unit = left.front()->id;
    if (left.size() == 1) return;
    std::string names;
    for (const auto* unit : left) names += (names.empty() ? "" : "; ") + units_.territory().running_path(unit->id, units_.day());
    row.problem = tr("“{}” có ở nhiều nơi: {}. Xin chọn đơn vị cho dòng này.", row.label, names);
    row.unit = {};
  }

  void find_duplicates() {
    std::map<UnitId, const AnnexRow*> seen;
    for (AnnexRow& row : out_.rows) {
      if (row.role == AnnexRole::unit && row.problem.empty()) {
        const auto [at, fresh] = seen.try_emplace(row.unit, &row);
        if (!fresh)
          row.problem = tr("{} có hai dòng: dòng {} “{}” và dòng {} “{}”. Xin giữ một dòng, dòng kia chọn “Không đọc dòng này”.", units_.find(row.unit)->label, at->second->number,
                           at->second->label, row.number, row.label);
      }
      if (!row.problem.empty()) problem(row.number, layout_.unit_column, row.problem);
    }
    std::set<UnitLevel> levels;
    for (const auto& [unit, row] : seen) levels.insert(units_.find(unit)->level);
    if (levels.size() == 1)
      for (const auto& unit : units_.all())
        if (unit.level == *levels.begin() && !seen.contains(unit.id)) out_.without_row.push_back(unit.id);
  }

  void read_values() {
    for (AnnexRow& row : out_.rows) {
      if (row.role == AnnexRole::left_out || !row.problem.empty()) continue;
      out_.has_total = out_.has_total || row.role == AnnexRole::total;
      for (std::size_t i = 0; i < out_.columns.size(); ++i) {
        const AnnexColumn& column = out_.columns[i];
        if (!column.series) continue;
        auto cell = sheet_.at(row.number, column.number);
        const auto value = amount(cell, column.factor);
        if (!value) problem(row.number, column.number, tr("{}, cột “{}”: {}", row.label, column.heading, value.error().message));
        else row.values[i] = *value;
      }
    }
  }

  void add_up() {
    for (std::size_t i = 0; i < out_.columns.size(); ++i) {
      const AnnexColumn& column = out_.columns[i];
      if (!column.series) continue;
      std::int64_t all = 0, offices = 0;
      std::optional<std::size_t> office_row;
      std::map<UnitId, std::int64_t> by_district;
      for (std::size_t at = 0; at < out_.rows.size(); ++at) {
        const AnnexRow& row = out_.rows[at];
        const auto value = row.values[i];
        if (!value || !row.problem.empty()) continue;
        if (row.role == AnnexRole::unit) {
          all += *value;
          by_district[row.district] += *value;
          out_.values.push_back({row.unit, Extent::subtree, *column.series, *value, row.number, column.number});
        } else if (row.role == AnnexRole::office) {
          all += *value;
          offices += *value;
          if (!office_row) office_row = at;
        }
      }
      if (office_row) out_.values.push_back({units_.area(), Extent::own, *column.series, offices, out_.rows[*office_row].number, column.number});
      for (const AnnexRow& row : out_.rows) {
        const auto value = row.values[i];
        if (!value || !row.problem.empty()) continue;
        if (row.role == AnnexRole::total)
          out_.totals.push_back({units_.area(), units_.territory().unit(units_.area()).level, row.label, row.number, *column.series, all, *value});
        else if (row.role == AnnexRole::subtotal && units_.find(row.unit) != nullptr)
          out_.totals.push_back({row.unit, units_.find(row.unit)->level, units_.find(row.unit)->label, row.number, *column.series, by_district[row.unit], *value});
      }
    }
  }

  const AnnexLayout& layout_;
  const spreadsheet::Sheet& sheet_;
  const Annex& annex_;
  const Catalogue& catalogue_;
  const AnnexUnits& units_;
  std::span<const AnnexColumnChoice> remembered_;
  std::vector<std::pair<std::size_t, std::vector<const AnnexUnits::Unit*>>> several_;    // rows whose words mean more than one unit
  AnnexTable out_;
};

}  // namespace

const AnnexRow* AnnexTable::row_of(UnitId unit) const {
  const auto at = std::ranges::find_if(rows, [&](const AnnexRow& row) { return row.role == AnnexRole::unit && row.unit == unit && row.problem.empty(); });
  return at == rows.end() ? nullptr : &*at;
}

Result<AnnexTable> read_annex(const spreadsheet::Workbook& book, const Annex& annex, const Catalogue& catalogue, const AnnexUnits& units,
                              std::span<const AnnexColumnChoice> remembered) {
  const auto layout = annex_layout(book, annex, units);
  if (!layout) return std::unexpected(layout.error());
  return Reading(*layout, annex, catalogue, units, remembered).read(book);
}

}  // namespace khuyenhoc
