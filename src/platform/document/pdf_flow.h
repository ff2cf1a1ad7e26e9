// Text flowing over numbered pages, with footnotes at the foot of the page that mentions them. Used by pdf*.cpp only.
#pragma once

#include <string>
#include <vector>

#include "platform/document/pdf_canvas.h"

namespace khuyenhoc::document {

class Flow {
 public:
  explicit Flow(Canvas& canvas) : canvas_(canvas) { open(); }

  Canvas& canvas() { return canvas_; }
  double left() const { return pt_of_mm(measure::left_mm); }
  double width() const { return canvas_.page_width() - pt_of_mm(measure::left_mm + measure::right_mm); }
  double y() const { return y_; }
  double room() const { return bottom() - y_; }
  double whole_page() const { return canvas_.page_height() - pt_of_mm(measure::top_mm + measure::bottom_mm); }
  bool at_top() const { return y_ <= pt_of_mm(measure::top_mm); }

  void skip(double height) { if (!at_top()) y_ += height; }      // white space at a page's top is dropped
  void advance(double height) { y_ += height; }
  // A new page unless this much still fits.
  void need(double height) { if (room() < height && !at_top()) next_page(); }
  void next_page();
  void turn(Orientation orientation);                            // a new page that way round
  // A paragraph, line by line: never one line alone at the foot or the top of a page.
  void flow(const SetText& text, double x);
  // Notes mentioned by something drawn on this page; `height_of` says what they would take.
  double height_of(const std::vector<Line>& lines);
  void mention(const Line& line);
  void finish();

 private:
  struct PlacedNote {
    SetText text;
  };
  void open();
  void close();
  double bottom() const { return canvas_.page_height() - pt_of_mm(measure::bottom_mm) - notes_height_; }
  double note_height(const Line& line);
  SetText set_note(int number, const std::string& note);

  Canvas& canvas_;
  Orientation orientation_ = Orientation::portrait;
  double y_ = 0;
  double notes_height_ = 0;
  std::vector<PlacedNote> notes_;
};

}  // namespace khuyenhoc::document
