#include <algorithm>
#include <set>

#include "boards/pages/board_parts.h"
#include "boards/words.h"
#include "organisation/in_charge.h"
#include "reporting/reporting.h"

namespace khuyenhoc {
namespace {

// Whose entries the board is about; none for branches, and for the centre, whose provinces each look after their own round.
BodyId holder_of_round(const Organisation& organisation, const Subject& subject) {
  const auto* body = std::get_if<BodyId>(&subject);
  if (!body) return {};
  const BodyKind::Level level = organisation.kind(*body).level;
  return level == BodyKind::Level::branch || level == BodyKind::Level::centre ? BodyId{} : *body;
}

void mark(Board& board, const std::set<BodyId>& silent) {
  for (BoardSection& section : board.sections)
    for (BoardRow& row : section.rows)
      if (const auto* body = std::get_if<BodyId>(&row.subject); body && row.kind == Part::Kind::child && silent.contains(*body)) row.report = BoardRow::Report::silent;
}

// A unit's board says nothing of the round, but what its associations have not sent is no fall there either.
void mark_units(const Visit& visit, Board& board, const BoardAsk& ask) {
  const Organisation& organisation = *visit.organisation();
  const BodyId holder = association_in_charge(organisation, std::get<UnitId>(board.total.subject), ask.question.tree);
  if (!holder || board.is_parted() || ask.question.tree != ask.today || organisation.kind(holder).level != BodyKind::Level::province) return;
  std::set<BodyId> silent;
  for (const AssociationState& one : round_state(visit.house(), holder, ask.period, ask.today).associations)
    if (one.state == EntryState::not_started) silent.insert(one.body);
  for (BoardSection& section : board.sections)
    for (BoardRow& row : section.rows)
      if (const auto* unit = std::get_if<UnitId>(&row.subject); unit && row.kind == Part::Kind::child && silent.contains(association_in_charge(organisation, *unit, ask.question.tree)))
        row.report = BoardRow::Report::silent;
}

}  // namespace

void put_coverage(BoardView& view, const Visit& visit, Board& board, const BoardAsk& ask) {
  const Organisation& organisation = *visit.organisation();
  if (std::holds_alternative<UnitId>(board.total.subject)) return mark_units(visit, board, ask);
  const BodyId holder = holder_of_round(organisation, board.total.subject);
  if (!holder || board.is_parted() || ask.question.tree != ask.today) return;
  const House& house = visit.house();
  std::set<BodyId> silent;
  std::string said, noun;
  const RoundState round = round_state(house, holder, ask.period, ask.today);
  if (round.associations.empty()) return;
  if (organisation.kind(holder).level == BodyKind::Level::commune) {
    const AssociationState& own = round.associations.front();
    if (own.stated_whole) return;
    for (const BodyId branch : silent_branches(house, holder, ask.period, ask.today)) silent.insert(branch);
    noun = children_words(organisation, board.sections.front().rows, ask.question.tree);
    said = tr("{}/{} {} đã có số liệu", own.reported, own.rows, noun);
  } else {
    for (const AssociationState& one : round.associations)
      if (one.state == EntryState::not_started) silent.insert(one.body);
    noun = round.offices.asked == 0 ? tr("xã, phường") : tr("đơn vị");
    said = round.sentence();
  }
  mark(board, silent);
  view.coverage = std::move(said);
  if (visit.viewer().may(Permission::enter_figures, holder)) view.coverage_link = html::path("/nhap-so-lieu/{}", holder);
  const Measure& measure = house.catalogue.measure(board.measure);
  if (silent.empty()) view.coverage_rest = ".";
  else if (measure.code == "B01") view.coverage_rest = tr("; hội viên của {} {} còn lại lấy theo kỳ trước.", silent.size(), noun);
  else if (is_level(measure.kind)) view.coverage_rest = tr("; số của {} {} còn lại lấy theo kỳ trước.", silent.size(), noun);
  else view.coverage_rest = tr("; {} {} còn lại chưa có số kỳ này, nên chưa so sánh đủ với cùng kỳ.", silent.size(), noun);
}

}  // namespace khuyenhoc
