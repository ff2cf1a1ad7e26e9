#include "importing/columns.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace khuyenhoc::importing {
namespace {

constexpr int rows_looked_at = 40;
constexpr int surely = 1'000, exactly = 200, almost = 150, possibly = 68;

std::string tidy(std::string_view text) { return normalised(text); }

std::string collapsed(std::string_view text) { return normalised(folded(text)); }

bool has_words(std::string_view text, std::string_view words) {
  if (words.empty()) return false;
  for (std::size_t at = text.find(words); at != std::string_view::npos; at = text.find(words, at + 1)) {
    const bool begins = at == 0 || text[at - 1] == ' ';
    const bool ends = at + words.size() == text.size() || text[at + words.size()] == ' ';
    if (begins && ends) return true;
  }
  return false;
}

// How well a heading names a column.
int points_of(const std::string& whole, const std::string& without_brackets, const std::vector<std::string>& words) {
  int best = 0;
  for (const std::string& word : words) {
    if (word.empty()) continue;
    if (whole == word) best = std::max(best, exactly);
    else if (without_brackets == word) best = std::max(best, almost);
    else if (has_words(without_brackets, word)) best = std::max(best, 40 + static_cast<int>(60 * word.size() / without_brackets.size()));
  }
  return best;
}

std::vector<std::string> words_for(const ImportColumn& column) {
  std::vector<std::string> out{collapsed(column.label), heading_key(column.label)};
  for (const std::string& other : column.other_headings) out.push_back(collapsed(other));
  return out;
}

bool is_column_number(const spreadsheet::Cell& cell) {
  if (cell.kind == spreadsheet::CellKind::number) return cell.number >= 1 && cell.number <= 200;
  const std::string text = collapsed(cell.text);
  if (text.size() == 1 && text[0] >= 'a' && text[0] <= 'z') return true;
  return !text.empty() && text.size() <= 3 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string heading_key(std::string_view text) {
  std::string out;
  int depth = 0;
  for (const char c : text) {
    if (c == '(' || c == '[') ++depth;
    if (depth == 0) out.push_back(c);
    if ((c == ')' || c == ']') && depth > 0) --depth;
  }
  return collapsed(out);
}

std::vector<Heading> headings(const SourceSheet& sheet, int heading_row) {
  std::vector<Heading> out;
  const int data = first_data_row(sheet, heading_row);
  for (int column = 1; column <= sheet.last_column(); ++column) {
    Heading one;
    one.column = column;
    one.own = tidy(spreadsheet::text_value(sheet.at(heading_row, column)));
    one.text = one.own;
    const spreadsheet::Range* range = sheet.merged_at(heading_row, column);
    one.shared = range != nullptr && range->last_column > range->first_column;
    // a heading over several columns in the row above says whose these are
    if (range == nullptr && heading_row > 1) {
      const spreadsheet::Range* above = sheet.merged_at(heading_row - 1, column);
      if (above != nullptr && above->last_column > above->first_column && above->last_row == heading_row - 1) {
        const std::string group = tidy(spreadsheet::text_value(sheet.at(heading_row - 1, column)));
        if (!group.empty()) one.text = one.own.empty() ? group : group + " – " + one.own;
      }
    }
    for (int row = data; row < data + 20 && one.example.empty(); ++row) one.example = tidy(spreadsheet::text_value(sheet.at(row, column)));
    if (!one.text.empty() || !one.example.empty()) out.push_back(std::move(one));
  }
  return out;
}

Matching match(const std::vector<Heading>& headings, const std::vector<ImportColumn>& columns, const Remembered& remembered, int* points) {
  struct Pair {
    int points;
    std::size_t column;
    int at;
  };
  std::vector<Pair> pairs;
  std::set<int> set_aside;
  for (const Heading& heading : headings) {
    if (heading.text.empty()) continue;
    const std::string whole = collapsed(heading.text), own = collapsed(heading.own);
    const auto known = remembered.find(whole);
    if (known != remembered.end()) set_aside.insert(heading.column);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (known != remembered.end()) {
        if (known->second == columns[i].code) pairs.push_back({surely, i, heading.column});
        continue;
      }
      const auto words = words_for(columns[i]);
      int best = points_of(whole, heading_key(heading.text), words);
      if (own != whole) best = std::max(best, points_of(own, heading_key(heading.own), words) - 1);
      if (best >= possibly) pairs.push_back({best, i, heading.column});
    }
  }
  std::ranges::stable_sort(pairs, std::ranges::greater{}, &Pair::points);
  Matching out;
  std::set<int> taken;
  int sum = 0;
  for (const Pair& pair : pairs) {
    if (taken.contains(pair.at) || out.contains(columns[pair.column].code)) continue;
    out.emplace(columns[pair.column].code, pair.at);
    taken.insert(pair.at);
    sum += pair.points >= exactly ? 12 : 10;
  }
  if (points != nullptr) *points = sum;
  return out;
}

Guess guess(const SourceSheet& sheet, const std::vector<ImportColumn>& columns, const Remembered& remembered) {
  Guess best;
  int looked_at = 0;
  for (const spreadsheet::Row& row : sheet.rows()) {
    if (++looked_at > rows_looked_at) break;
    int points = 0;
    Matching matching = match(headings(sheet, row.number), columns, remembered, &points);
    // of a heading over two rows the lower one has the data under it
    bool goes_on = false;
    for (const auto& [code, column] : matching) {
      const spreadsheet::Range* range = sheet.merged_at(row.number, column);
      goes_on = goes_on || (range != nullptr && range->first_row == best.heading_row && range->first_row < row.number);
    }
    if (points > best.points || (points == best.points && goes_on)) best = {row.number, std::move(matching), points};
  }
  return best;
}

int first_data_row(const SourceSheet& sheet, int heading_row) {
  int next = heading_row + 1;
  for (int column = 1; column <= sheet.last_column(); ++column)
    if (const spreadsheet::Range* range = sheet.merged_at(heading_row, column); range != nullptr && range->last_column == range->first_column) next = std::max(next, range->last_row + 1);
  const spreadsheet::Row* row = sheet.row(next);
  if (row == nullptr || row->cells.size() < 2) return next;
  int cells = 0;
  for (const spreadsheet::Cell& cell : row->cells) {
    if (is_blank(cell)) continue;
    if (!is_column_number(cell)) return next;
    ++cells;
  }
  return cells >= 2 ? next + 1 : next;
}

Remembered remembered_of(const std::vector<Heading>& headings, const Matching& matching) {
  Remembered out;
  for (const Heading& heading : headings) {
    if (heading.text.empty()) continue;
    std::string code;
    for (const auto& [one, column] : matching)
      if (column == heading.column) code = one;
    out.insert_or_assign(collapsed(heading.text), std::move(code));
  }
  return out;
}

}  // namespace khuyenhoc::importing
