#include "reporting/workbook_checks.h"

#include <set>

#include "base/i18n.h"
#include "platform/spreadsheet/workbook.h"
#include "reporting/workbook_layout.h"

namespace khuyenhoc {
namespace {

using namespace workbook_layout;
using formula::Expression;
using formula::Operation;

constexpr std::size_t longest_formula = 7'000;      // Excel takes 8,192 characters

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

// One check over the cells of one row.
class CheckedRow {
 public:
  CheckedRow(const Catalogue& catalogue, const EntrySheet& sheet, const EntryRow& row, int at, const Check& check) : catalogue_(catalogue), sheet_(sheet), row_(row), at_(at), check_(check) {}

  // IF(not all is typed, "", IF(it holds, "", its sentence)); none where the row does not hold all it needs.
  std::optional<std::string> part() {
    if (!find_cells()) return std::nullopt;
    const Expression& expression = check_.formula.expression;
    const auto left = written(expression.left()), right = written(expression.right());
    if (!left || !right || used_.empty()) return std::nullopt;
    const auto holds = comparison(expression.operation(), *left, *right);
    if (!holds) return std::nullopt;
    std::string known;
    for (const std::string& cell : used_) known += (known.empty() ? "" : ",") + cell;
    return fmt::format("IF(COUNT({})<{},\"\",IF({},\"\",{}))", known, used_.size(), *holds, sentence(*left, *right));
  }

 private:
  // What each name of the check stands for: a cell, or 0 for what no branch has. Amounts in thousands are only compared with others in thousands.
  bool find_cells() {
    std::optional<std::int64_t> scale;
    for (const Term& term : check_.formula.terms) {
      if (!catalogue_.is_whole(term.series) || term.moment == Moment::earlier) return false;
      const auto column = sheet_.place(term.measure);
      if (!column) {
        const Measure& measure = catalogue_.measure(term.measure);
        if (measure.level != RecordedAt::commune || measure.kind != MeasureKind::flow) return false;
        cells_.emplace_back("0");
        continue;
      }
      const EntryColumn& of = sheet_.columns()[*column];
      const bool before = term.moment == Moment::before;
      if (of.is_yes_no || !row_.cells[*column].asked || (before && !is_level(catalogue_.measure(term.measure).kind))) return false;
      if (scale.value_or(of.scale) != of.scale) return false;
      scale = of.scale;
      if (before && of.scale > 1) rounded_ = true;
      const int place = before ? beside_column(*column, sheet_.columns().size()) : input_column(*column);
      cells_.push_back(spreadsheet::address(at_, place));
      used_.insert(cells_.back());
    }
    return true;
  }

  std::optional<std::string> written(const Expression& piece) const {
    const auto both = [&](char sign) -> std::optional<std::string> {
      const auto left = written(piece.left()), right = written(piece.right());
      return left && right ? std::optional(fmt::format("({}{}{})", *left, sign, *right)) : std::nullopt;
    };
    switch (piece.operation()) {
      case Operation::literal: return std::to_string(piece.whole([](std::size_t) { return std::optional<std::int64_t>(); }).value_or(0));
      case Operation::name: {
        std::size_t number = 0;
        (void)piece.whole([&](std::size_t name) { number = name; return std::optional<std::int64_t>(0); });
        return cells_.at(number);
      }
      case Operation::add: return both('+');
      case Operation::subtract: return both('-');
      case Operation::multiply: return both('*');
      default: return std::nullopt;
    }
  }

  std::optional<std::string> comparison(Operation operation, const std::string& left, const std::string& right) const {
    switch (operation) {
      // what was known in đồng is shown in thousands: it may be off by one
      case Operation::equal: return rounded_ ? fmt::format("ABS({}-{})<=1", left, right) : fmt::format("{}={}", left, right);
      case Operation::at_most: return fmt::format("{}<={}", left, right);
      case Operation::at_least: return fmt::format("{}>={}", left, right);
      case Operation::less: return fmt::format("{}<{}", left, right);
      case Operation::greater: return fmt::format("{}>{}", left, right);
      default: return std::nullopt;
    }
  }

  // The check's sentence with its figures: "Kỳ trước "&S9&", thêm "&C9&…
  std::string sentence(const std::string& left, const std::string& right) const {
    std::string_view text = current_language() == Language::english ? check_.message_en : check_.message_vi;
    std::string out;
    const auto add = [&](const std::string& piece) { out += (out.empty() ? "" : "&") + piece; };
    while (!text.empty()) {
      const auto open = text.find('{');
      const auto close = open == std::string_view::npos ? open : text.find('}', open);
      if (close == std::string_view::npos) break;
      if (open > 0) add(quoted(text.substr(0, open)));
      add(value_of(text.substr(open + 1, close - open - 1), left, right));
      text.remove_prefix(close + 1);
    }
    add(quoted(std::string(text) + " "));
    return out;
  }
  std::string value_of(std::string_view name, const std::string& left, const std::string& right) const {
    if (name == "left") return left;
    if (name == "right") return right;
    if (name == "over") return fmt::format("ABS({}-{})", left, right);
    const auto names = check_.formula.expression.names();
    for (std::size_t i = 0; i < names.size(); ++i)
      if (names[i] == name) return cells_[i];
    return quoted(name);
  }

  const Catalogue& catalogue_;
  const EntrySheet& sheet_;
  const EntryRow& row_;
  int at_;
  const Check& check_;
  std::vector<std::string> cells_;       // by number of the name
  std::set<std::string> used_;
  bool rounded_ = false;
};

}  // namespace

std::optional<std::string> row_check_formula(const Catalogue& catalogue, const EntrySheet& sheet, const EntryRow& row, int at) {
  const auto asked = std::ranges::count_if(row.cells, &EntryCell::asked);
  if (asked == 0 || !sheet.asked) return std::nullopt;
  constexpr std::string_view count = "§";
  const std::string blanks = tr("Còn {} ô trống, không có thì ghi 0.", count);
  const auto at_count = std::min(blanks.find(count), blanks.size());
  const std::string typed = fmt::format("COUNTA({}:{})", spreadsheet::address(at, first_column), spreadsheet::address(at, input_column(sheet.columns().size() - 1)));
  const std::string blank_cells = fmt::format("IF({0}<{1},{2}&({1}-{0})&{3},\"\")", typed, asked, quoted(blanks.substr(0, at_count)), quoted(blanks.substr(std::min(at_count + count.size(), blanks.size())) + " "));
  std::string parts;
  for (const Check& check : sheet.asked->checks()) {
    const auto part = CheckedRow(catalogue, sheet, row, at, check).part();
    if (part && parts.size() + part->size() < longest_formula) parts += *part + "&";
  }
  return fmt::format("=IF({}=0,\"\",TRIM({}))", typed, parts + blank_cells);      // what is wrong stands before what is missing
}

}  // namespace khuyenhoc
