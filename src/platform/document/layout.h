// What every renderer shares: the decree's measures, and where each cell of a table stands.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "platform/document/document.h"

namespace khuyenhoc::document {

// Decree 30/2020/NĐ-CP, Appendix I, section I: A4; margins 20-25 (top, bottom), 30-35 (left), 15-20 (right); sizes by element.
namespace measure {
constexpr double page_short_mm = 210;
constexpr double page_long_mm = 297;
constexpr double top_mm = 20;
constexpr double bottom_mm = 20;
constexpr double left_mm = 30;
constexpr double right_mm = 15;
constexpr double header_mm = 10;
constexpr double first_line_mm = 12.7;
constexpr double letterhead_left_share = 0.455;
constexpr double line_spacing = 1.1;
constexpr double between_paragraphs_pt = 6;
constexpr double signature_room_pt = 72;
constexpr double body_pt = 14;
constexpr double capitals_pt = 12;           // names of issuer and superior, national line
constexpr double motto_pt = 13;
constexpr double number_pt = 13;
constexpr double note_pt = 12;
constexpr double recipients_head_pt = 12;
constexpr double recipients_pt = 11;
constexpr double footnote_pt = 10;
constexpr double page_number_pt = 13;
constexpr double rule_pt = 0.75;
}  // namespace measure

constexpr std::string_view national_line = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
constexpr std::string_view motto_line = "Độc lập - Tự do - Hạnh phúc";
constexpr std::string_view youth_union_line = "ĐOÀN TNCS HỒ CHÍ MINH";

// Narrower letters where many columns share the width.
double table_font_pt(const Table& table);

// Where the head cells stand, and for each place of the head which cell covers it (-1: none).
struct PlacedHead {
  const HeadCell* cell = nullptr;
  int row = 0;
  int column = 0;
  int rows = 1;
  int columns = 1;
};
struct HeadGrid {
  int rows = 0;
  int columns = 0;
  std::vector<PlacedHead> cells;
  std::vector<int> owner;                    // rows x columns
  int owner_at(int row, int column) const { return owner[static_cast<std::size_t>(row * columns + column)]; }
};
HeadGrid head_grid(const Table& table);

struct PlacedCell {
  const TableCell* cell = nullptr;           // null: a blank that fills the row up
  int column = 0;
  int columns = 1;
};
std::vector<PlacedCell> placed_cells(const Table& table, const TableRow& row);
Alignment alignment_of(const Table& table, const TableRow& row, const PlacedCell& placed);
// Each column's part of `width`; together exactly `width`.
std::vector<double> column_widths(const Table& table, double width);

// "- TW Hội …;" and, for the last, "- Lưu: VT."
std::vector<std::string> recipient_lines(const Closing& closing);
// How long the rule under a centred line of capitals is to be: a third to a half of the line (item 2 of the decree's diagram).
constexpr double rule_share = 0.4;
// Capitals of this face are about this part of their size wide.
constexpr double capital_width = 0.63;
// An issuer's name that is too long for one line, broken as offices break it: before "TỈNH", "XÃ", …, or else in the middle.
std::string broken_name(std::string_view name, double width_pt);
double longest_line_pt(std::string_view lines_of_capitals);

bool has_footnotes(const Document& document);

}  // namespace khuyenhoc::document
