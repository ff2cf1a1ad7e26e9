// Where the parts of an annex table stand in its workbook: the sheet, the lines of its head, the column of names, the rows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "past_years/annex.h"
#include "past_years/annex_units.h"
#include "platform/spreadsheet/workbook.h"

namespace khuyenhoc {

struct AnnexLayout {
  const spreadsheet::Sheet* sheet = nullptr;
  int head_first = 0, head_last = 0;
  int unit_column = 0;
  int first_row = 0;                    // of the table's body
  std::int64_t usual_factor = 1;        // "Đơn vị tính: triệu đồng" above the head
};

// "annex.sheet", "annex.no_units"
Result<AnnexLayout> annex_layout(const spreadsheet::Workbook& book, const Annex& annex, const AnnexUnits& units);

// How many different units a workbook names: tells which of several provinces an annex is of.
std::size_t units_named(const spreadsheet::Workbook& book, const AnnexUnits& units);

enum class RowWords { name, total, subtotal, office };
// What the words of a row say by themselves: "TỔNG CỘNG", "Cộng huyện Ea Kar", "Cơ quan Tỉnh hội", or a name.
RowWords row_kind(std::string_view label);
// The words that name a row: in the column of names, or merged from the left of it.
std::string row_label(const spreadsheet::Sheet& sheet, int row, int unit_column);
// The lines of one column's head, repeated ones once, without the line that numbers the columns.
std::vector<std::string> head_lines(const AnnexLayout& layout, int column);

}  // namespace khuyenhoc
