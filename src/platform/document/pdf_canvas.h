// Pango and cairo behind plain words: measured text, pages, rules. Used by pdf*.cpp and cards.cpp only.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <pango/pangocairo.h>

#include "platform/document/cards.h"
#include "platform/document/document.h"
#include "platform/document/layout.h"

namespace khuyenhoc::document {

constexpr double pt_of_mm(double mm) { return mm * 72.0 / 25.4; }

struct Unref {
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(PangoContext* context) const { g_object_unref(context); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* pen) const { cairo_destroy(pen); }
  void operator()(cairo_pattern_t* pattern) const { cairo_pattern_destroy(pattern); }
};

// One line of a set text; `top` and `height` are within the text, `footnotes` those whose mark stands in it.
struct Line {
  PangoLayoutLine* line = nullptr;
  double x = 0;
  double top = 0;
  double baseline = 0;
  double height = 0;
  double width = 0;
  std::vector<std::string> footnotes = {};
  int first_footnote = 0;
};

struct SetText {
  std::unique_ptr<PangoLayout, Unref> layout;
  std::vector<Line> lines;
  double height = 0;
};

struct TextStyle {
  double points = measure::body_pt;
  Weight weight = Weight::regular;                 // at least
  Alignment alignment = Alignment::left;
  double first_line = 0;
  double line_spacing = 1;
};

// A PDF in memory, one page open at a time; y grows downwards, all in points.
class Canvas {
 public:
  Canvas(const std::string& title, const std::string& author, Day day);
  ~Canvas();

  SetText set(const Text& text, double width, const TextStyle& style);
  void draw(const Line& line, double x, double top);           // `top`: where the line's own top goes
  void draw(const SetText& text, double x, double top);        // all lines
  void rule(double x, double y, double length);
  void box(double x, double y, double width, double height);
  void picture(const Picture& picture, double x, double y);    // its top left corner
  void dashes(double from_x, double from_y, double to_x, double to_y);    // a line to cut along
  void picture(const BitPicture& picture, double x, double y, double side);   // as one mask: a tenth of what the dots would cost as rectangles
  void outline(const std::string& title, int level, double y);

  void open_page(Orientation orientation);
  void close_page();
  int page() const { return page_; }
  double page_width() const { return width_; }
  double page_height() const { return height_; }
  std::string finish();

 private:
  std::string bytes_;
  std::unique_ptr<cairo_surface_t, Unref> surface_;
  std::unique_ptr<cairo_t, Unref> pen_;
  std::unique_ptr<PangoContext, Unref> context_;
  std::vector<int> outline_parents_;
  int page_ = 0;
  int footnotes_ = 0;
  double width_ = 0;
  double height_ = 0;
};

}  // namespace khuyenhoc::document
