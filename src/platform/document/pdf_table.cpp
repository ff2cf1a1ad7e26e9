#include "platform/document/pdf_table.h"

#include <algorithm>
#include <numeric>

namespace khuyenhoc::document {
namespace {

constexpr double pad_x_pt = 3.5;
constexpr double pad_y_pt = 2.5;

struct Box {
  SetText text;
  double x = 0;
  double width = 0;
  Alignment vertical = Alignment::centre;
};

class TableDrawer {
 public:
  TableDrawer(Flow& flow, const Table& table) : flow_(flow), table_(table), widths_(column_widths(table, flow.width())), points_(table_font_pt(table)) {
    lefts_.push_back(flow.left());
    for (const double width : widths_) lefts_.push_back(lefts_.back() + width);
    set_head();
  }

  void draw() {
    // Each row is set once, because setting counts its footnotes.
    auto boxes = table_.rows.empty() ? std::vector<Box>{} : boxes_of(table_.rows.front());
    flow_.need(head_height() + std::min(height_of(boxes), flow_.whole_page() / 3));
    draw_head();
    for (std::size_t index = 0; index < table_.rows.size(); ++index) {
      auto next = index + 1 < table_.rows.size() ? boxes_of(table_.rows[index + 1]) : std::vector<Box>{};
      const double height = height_of(boxes);
      double wanted = height + notes_of(boxes);
      // A group's name never stands alone at the foot of a page.
      if (table_.rows[index].kind == RowKind::group && !next.empty()) wanted += height_of(next);
      if (flow_.room() < wanted && height + head_height() <= flow_.whole_page()) {
        flow_.next_page();
        draw_head();
      }
      if (height <= flow_.room()) draw_row(boxes, height);
      else draw_split(boxes);
      boxes = std::move(next);
    }
  }

 private:
  double span_width(int column, int columns) const { return lefts_[static_cast<std::size_t>(column + columns)] - lefts_[static_cast<std::size_t>(column)]; }

  Box box(const Text& text, int column, int columns, Alignment alignment, Weight weight) {
    const double width = span_width(column, columns);
    return {.text = flow_.canvas().set(text, width - 2 * pad_x_pt, {.points = points_, .weight = weight, .alignment = alignment}), .x = lefts_[static_cast<std::size_t>(column)], .width = width};
  }

  void set_head() {
    grid_ = head_grid(table_);
    head_heights_.assign(static_cast<std::size_t>(grid_.rows), 0);
    for (const auto& placed : grid_.cells) {
      head_.push_back(box(placed.cell->text, placed.column, placed.columns, Alignment::centre, Weight::bold));
      auto& height = head_heights_[static_cast<std::size_t>(placed.row)];
      if (placed.rows == 1) height = std::max(height, head_.back().text.height + 2 * pad_y_pt);
    }
    for (std::size_t index = 0; index < head_.size(); ++index) {
      const auto& placed = grid_.cells[index];
      const double missing = head_[index].text.height + 2 * pad_y_pt - head_span(placed.row, placed.rows);
      if (missing > 0) head_heights_[static_cast<std::size_t>(placed.row + placed.rows - 1)] += missing;
    }
  }

  double head_span(int row, int rows) const { return std::accumulate(head_heights_.begin() + row, head_heights_.begin() + row + rows, 0.0); }
  double head_height() const { return std::accumulate(head_heights_.begin(), head_heights_.end(), 0.0); }

  void draw_head() {
    const double top = flow_.y();
    for (std::size_t index = 0; index < head_.size(); ++index) {
      const auto& placed = grid_.cells[index];
      const double y = top + head_span(0, placed.row);
      const double height = head_span(placed.row, placed.rows);
      flow_.canvas().box(head_[index].x, y, head_[index].width, height);
      flow_.canvas().draw(head_[index].text, head_[index].x + pad_x_pt, y + (height - head_[index].text.height) / 2);
    }
    flow_.advance(head_height());
  }

  std::vector<Box> boxes_of(const TableRow& row) {
    const auto weight = row.kind == RowKind::body ? Weight::regular : Weight::bold;
    std::vector<Box> boxes;
    for (const auto& placed : placed_cells(table_, row))
      boxes.push_back(box(placed.cell == nullptr ? Text() : placed.cell->text, placed.column, placed.columns, alignment_of(table_, row, placed), weight));
    return boxes;
  }

  static double height_of(const std::vector<Box>& boxes) {
    double height = 0;
    for (const auto& each : boxes) height = std::max(height, each.text.height);
    return height + 2 * pad_y_pt;
  }

  double notes_of(const std::vector<Box>& boxes) {
    double height = 0;
    for (const auto& each : boxes) height += flow_.height_of(each.text.lines);
    return height;
  }

  void draw_row(const std::vector<Box>& boxes, double height) {
    for (const auto& each : boxes) {
      flow_.canvas().box(each.x, flow_.y(), each.width, height);
      flow_.canvas().draw(each.text, each.x + pad_x_pt, flow_.y() + (height - each.text.height) / 2);
    }
    flow_.advance(height);
    for (const auto& each : boxes)
      for (const auto& line : each.text.lines) flow_.mention(line);
  }

  // A row taller than a page: as many lines of every cell as fit, the rest under a repeated head.
  void draw_split(const std::vector<Box>& boxes) {
    std::vector<std::size_t> done(boxes.size(), 0);
    for (bool left = true; left;) {
      left = false;
      double height = 0;
      std::vector<std::size_t> until(done);
      const double room = flow_.room() - 2 * pad_y_pt;
      for (std::size_t cell = 0; cell < boxes.size(); ++cell) {
        const auto& lines = boxes[cell].text.lines;
        double taken = 0;
        while (until[cell] < lines.size() && (taken + lines[until[cell]].height <= room || (flow_.at_top() && taken == 0))) taken += lines[until[cell]++].height;
        height = std::max(height, taken);
        left = left || until[cell] < lines.size();
      }
      const bool progress = until != done;
      if (progress) {
        for (std::size_t cell = 0; cell < boxes.size(); ++cell) {
          flow_.canvas().box(boxes[cell].x, flow_.y(), boxes[cell].width, height + 2 * pad_y_pt);
          double y = flow_.y() + pad_y_pt;
          for (auto line = done[cell]; line < until[cell]; ++line) {
            flow_.canvas().draw(boxes[cell].text.lines[line], boxes[cell].x + pad_x_pt, y);
            y += boxes[cell].text.lines[line].height;
          }
        }
        flow_.advance(height + 2 * pad_y_pt);
        done = until;
      }
      if (!left) break;
      flow_.next_page();
      // A head that leaves no room for a single line is not repeated, or this would never end.
      if (head_height() < flow_.whole_page() / 2) draw_head();
    }
    for (const auto& each : boxes)
      for (const auto& line : each.text.lines) flow_.mention(line);
  }

  Flow& flow_;
  const Table& table_;
  std::vector<double> widths_;
  std::vector<double> lefts_;
  double points_;
  HeadGrid grid_;
  std::vector<Box> head_;
  std::vector<double> head_heights_;
};

}  // namespace

void draw_table(Flow& flow, const Table& table) {
  if (!table.columns.empty()) TableDrawer(flow, table).draw();
}

}  // namespace khuyenhoc::document
