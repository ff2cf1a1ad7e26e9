#include "boards/silence.h"

#include <algorithm>

#include "base/i18n.h"
#include "measures/figures.h"

namespace khuyenhoc {
namespace {

bool is_silent(const BoardRow& row) { return row.kind == Part::Kind::child && row.report == BoardRow::Report::silent; }

template <class Each>
void each_row(const Board& board, Each each) {
  for (const BoardSection& section : board.sections)
    for (const BoardRow& row : section.rows) each(row);
}

}  // namespace

std::size_t silent_children(const Board& board) {
  std::size_t out = 0;
  each_row(board, [&](const BoardRow& row) { out += is_silent(row) ? 1 : 0; });
  return out;
}

bool fall_may_be_silence(const Measure& measure, const Board& board) {
  const Figure &now = board.total.now, &then = board.total.then;
  if (!now.defined() || !then.defined() || now.is_ratio || then.is_ratio || now.value >= then.value) return false;
  bool out = false;
  each_row(board, [&](const BoardRow& row) { out = out || (is_silent(row) && (!is_level(measure.kind) || row.now.value == 0)); });
  return out;
}

std::optional<Heard> heard(const Board& board) {
  Heard out;
  bool elsewhere = false;
  each_row(board, [&](const BoardRow& row) {
    elsewhere = elsewhere || (row.kind == Part::Kind::line && row.then.value != 0);
    if (row.kind != Part::Kind::child || is_silent(row)) return;
    ++out.bodies;
    add_figure(out.now, row.now);
    add_figure(out.then, row.then);
  });
  if (elsewhere || out.bodies == 0 || !out.now.defined() || !out.then.defined() || out.then.value == 0) return std::nullopt;
  return out;
}

std::string waiting_words(const Measure& measure, const Board& board, const std::string& children, const std::string& compared_with) {
  if (const auto some = heard(board))
    return tr(", riêng {} {} đã có số {}", some->bodies, children, comparison_sentence(measure, some->now, some->then, compared_with, current_language()));
  return tr("; chưa so sánh với {} vì {} {} chưa có số kỳ này", compared_with, silent_children(board), children);
}

}  // namespace khuyenhoc
