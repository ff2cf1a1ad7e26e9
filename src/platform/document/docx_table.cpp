#include "platform/document/docx_table.h"

#include "platform/document/docx_parts.h"
#include "platform/document/layout.h"

namespace khuyenhoc::document {
namespace {

using pugi::xml_node;

class TableWriter {
 public:
  TableWriter(DocxBuilder& builder, Formatting formatting) : builder_(builder), formatting_(formatting) {}

  void write(xml_node parent, const Table& table, int width) {
    if (!table.caption.empty()) builder_.run(line(parent, "DocCaption", Alignment::centre), table.caption, if_direct(Weight::bold));
    if (!table.unit_note.empty()) builder_.run(line(parent, "DocUnit", Alignment::right), table.unit_note, if_direct(Weight::italic), points(measure::note_pt));
    std::vector<int> widths;
    for (const double one : column_widths(table, width)) widths.push_back(static_cast<int>(one));
    auto node = builder_.table(parent, widths, Border::grid);
    head(node, table, widths);
    for (const auto& row : table.rows) body_row(node, table, row, widths);
    auto gap = line(parent, "DocRule", Alignment::left);     // two tables without a paragraph between them would melt into one
    if (formatting_ == Formatting::by_styles) child_value(gap.child("w:pPr"), "w:jc", "left");
  }

 private:
  Weight if_direct(Weight weight) const { return formatting_ == Formatting::direct ? weight : Weight::regular; }
  double points(double size) const { return formatting_ == Formatting::direct ? size : 0; }

  xml_node line(xml_node parent, const char* style, Alignment alignment) {
    if (formatting_ == Formatting::by_styles) return builder_.paragraph(parent, style);
    auto properties = child(child(parent, "w:p"), "w:pPr");
    auto spacing = child(properties, "w:spacing");
    for (const auto* side : {"w:before", "w:after"}) spacing.append_attribute(side) = 30;
    spacing.append_attribute("w:line") = 240;
    spacing.append_attribute("w:lineRule") = "auto";
    auto indent = child(properties, "w:ind");
    for (const auto* side : {"w:left", "w:right", "w:firstLine"}) indent.append_attribute(side) = 0;
    if (alignment != Alignment::left) child_value(properties, "w:jc", justification(alignment));
    return properties.parent();
  }

  // A cell's paragraph; its style says left.
  xml_node cell_line(xml_node box, Alignment alignment) {
    auto node = line(box, "DocCell", alignment);
    if (formatting_ == Formatting::by_styles && alignment != Alignment::left) child_value(node.child("w:pPr"), "w:jc", justification(alignment));
    return node;
  }

  static int width_of(const std::vector<int>& widths, int column, int columns) {
    int sum = 0;
    for (int at = column; at < column + columns; ++at) sum += widths[static_cast<std::size_t>(at)];
    return sum;
  }

  void head(xml_node node, const Table& table, const std::vector<int>& widths) {
    const auto grid = head_grid(table);
    for (int row = 0; row < grid.rows; ++row) {
      auto row_node = builder_.table_row(node, Break::stays_whole);
      child(row_node.child("w:trPr"), "w:tblHeader");
      for (int column = 0; column < grid.columns;) {
        const int owner = grid.owner_at(row, column);
        const int columns = owner < 0 ? 1 : grid.cells[static_cast<std::size_t>(owner)].columns;
        auto box = builder_.cell(row_node, width_of(widths, column, columns), columns);
        auto properties = box.child("w:tcPr");
        auto words = Text();
        if (owner >= 0) {
          const auto& placed = grid.cells[static_cast<std::size_t>(owner)];
          if (placed.rows > 1) child_value(properties, "w:vMerge", placed.row == row ? "restart" : "continue");
          if (placed.row == row) words.add(placed.cell->text, Weight::bold);
        }
        child_value(properties, "w:vAlign", "center");
        builder_.text(cell_line(box, Alignment::centre), words, table_font_pt(table));
        column += columns;
      }
    }
  }

  void body_row(xml_node node, const Table& table, const TableRow& row, const std::vector<int>& widths) {
    auto row_node = builder_.table_row(node, Break::stays_whole);
    const auto weight = row.kind == RowKind::body ? Weight::regular : Weight::bold;
    for (const auto& placed : placed_cells(table, row)) {
      auto box = builder_.cell(row_node, width_of(widths, placed.column, placed.columns), placed.columns);
      child_value(box.child("w:tcPr"), "w:vAlign", "center");
      auto content = cell_line(box, alignment_of(table, row, placed));
      if (placed.cell != nullptr) builder_.text(content, placed.cell->text, table_font_pt(table), weight);
    }
  }

  DocxBuilder& builder_;
  Formatting formatting_;
};

}  // namespace

void put_table(DocxBuilder& builder, pugi::xml_node parent, const Table& table, int width, Formatting formatting) {
  if (!table.columns.empty()) TableWriter(builder, formatting).write(parent, table, width);
}

}  // namespace khuyenhoc::document
