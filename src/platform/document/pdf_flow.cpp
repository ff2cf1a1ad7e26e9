#include "platform/document/pdf_flow.h"

namespace khuyenhoc::document {
namespace {

constexpr double above_notes_pt = 10;

}  // namespace

void Flow::open() {
  canvas_.open_page(orientation_);
  y_ = pt_of_mm(measure::top_mm);
  notes_height_ = 0;
  notes_.clear();
  if (canvas_.page() == 1) return;
  const auto number = canvas_.set(std::to_string(canvas_.page()), width(), {.points = measure::page_number_pt, .alignment = Alignment::centre});
  canvas_.draw(number, left(), pt_of_mm(measure::header_mm));
}

void Flow::close() {
  if (!notes_.empty()) {
    double at = bottom() + above_notes_pt / 2;
    canvas_.rule(left(), at, width() / 3);
    at += above_notes_pt / 2;
    for (const auto& note : notes_) {
      canvas_.draw(note.text, left(), at);
      at += note.text.height;
    }
  }
  canvas_.close_page();
}

void Flow::next_page() {
  close();
  open();
}

void Flow::turn(Orientation orientation) {
  close();
  orientation_ = orientation;
  open();
}

void Flow::finish() { close(); }

SetText Flow::set_note(int number, const std::string& note) {
  return canvas_.set(std::to_string(number) + ". " + note, width(), {.points = measure::footnote_pt, .alignment = Alignment::justified});
}

double Flow::note_height(const Line& line) {
  double height = 0;
  int number = line.first_footnote;
  for (const auto& note : line.footnotes) height += set_note(number++, note).height;
  return height;
}

double Flow::height_of(const std::vector<Line>& lines) {
  double height = 0;
  for (const auto& line : lines) height += note_height(line);
  return height > 0 && notes_.empty() ? height + above_notes_pt : height;
}

void Flow::mention(const Line& line) {
  int number = line.first_footnote;
  for (const auto& note : line.footnotes) {
    if (notes_.empty()) notes_height_ += above_notes_pt;
    notes_.push_back({set_note(number++, note)});
    notes_height_ += notes_.back().text.height;
  }
}

void Flow::flow(const SetText& text, double x) {
  const auto count = text.lines.size();
  for (std::size_t index = 0; index < count; ++index) {
    const auto& line = text.lines[index];
    double wanted = line.height + height_of({line});
    const bool first_of_several = index == 0 && count > 1;
    const bool last_but_one_of_several = index + 2 == count && count > 2;
    if (first_of_several || last_but_one_of_several) wanted += text.lines[index + 1].height + height_of({text.lines[index + 1]});
    if (first_of_several && count == 3) wanted += text.lines[2].height;
    need(wanted);
    canvas_.draw(line, x, y_);
    mention(line);
    y_ += line.height;
  }
}

}  // namespace khuyenhoc::document
