#include "platform/document/cards.h"

#include <algorithm>

#include "platform/document/pdf_canvas.h"

namespace khuyenhoc::document {
namespace {

constexpr int across = 2, down = 4;
constexpr double margin_mm = 6, padding_mm = 5, picture_mm = 27, gap_mm = 3;

class Sheet {
 public:
  explicit Sheet(Canvas& canvas) : canvas_(canvas) {}

  void put(const Card& card, std::size_t place) {
    const double width = (canvas_.page_width() - 2 * pt_of_mm(margin_mm)) / across;
    const double height = (canvas_.page_height() - 2 * pt_of_mm(margin_mm)) / down;
    const double left = pt_of_mm(margin_mm) + width * static_cast<double>(place % across) + pt_of_mm(padding_mm);
    const double top = pt_of_mm(margin_mm) + height * static_cast<double>(place / across) + pt_of_mm(padding_mm);
    const double inner_width = width - 2 * pt_of_mm(padding_mm), inner_height = height - 2 * pt_of_mm(padding_mm);
    double y = top;
    if (!card.head.empty()) y = lines({{Text(card.head), 8.5}}, left, y, inner_width, Weight::bold) + 2;
    const double beside = card.picture ? inner_width - pt_of_mm(picture_mm + gap_mm) : inner_width;
    if (card.picture) canvas_.picture(*card.picture, left + inner_width - pt_of_mm(picture_mm), y, pt_of_mm(picture_mm));
    lines(card.lines, left, y, beside, Weight::regular);
    double foot = 0;
    for (const CardLine& line : card.foot) foot += canvas_.set(line.text, inner_width, style(line, Weight::regular)).height;
    lines(card.foot, left, top + inner_height - foot, inner_width, Weight::regular);
  }

  // Cut along the edges that two cards share, and around the outside.
  void cut_lines() {
    const double margin = pt_of_mm(margin_mm);
    const double width = canvas_.page_width() - 2 * margin, height = canvas_.page_height() - 2 * margin;
    for (int i = 0; i <= across; ++i) canvas_.dashes(margin + width * i / across, margin, margin + width * i / across, margin + height);
    for (int i = 0; i <= down; ++i) canvas_.dashes(margin, margin + height * i / down, margin + width, margin + height * i / down);
  }

 private:
  static TextStyle style(const CardLine& line, Weight weight) { return {.points = line.points, .weight = weight}; }
  double lines(const std::vector<CardLine>& all, double left, double y, double width, Weight weight) {
    for (const CardLine& line : all) {
      const auto text = canvas_.set(line.text, width, style(line, weight));
      canvas_.draw(text, left, y);
      y += text.height;
    }
    return y;
  }

  Canvas& canvas_;
};

}  // namespace

std::string to_pdf(const CardSheets& sheets) {
  Canvas canvas(sheets.title, {}, sheets.day);
  Sheet sheet(canvas);
  constexpr std::size_t a_page = across * down;
  for (std::size_t first = 0; first < std::max<std::size_t>(sheets.cards.size(), 1); first += a_page) {
    canvas.open_page(Orientation::portrait);
    sheet.cut_lines();
    for (std::size_t i = first; i < std::min(first + a_page, sheets.cards.size()); ++i) sheet.put(sheets.cards[i], i - first);
    canvas.close_page();
  }
  return canvas.finish();
}

}  // namespace khuyenhoc::document
