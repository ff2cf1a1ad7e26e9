#include "rounds/board_filter.h"

#include <set>

#include "committees/committees.h"
#include "rounds/round_parts.h"

namespace khuyenhoc {

using namespace rounds;

namespace {

struct StateWord {
  ReportState state;
  std::string_view word;
};
constexpr StateWord state_words[] = {{ReportState::not_started, "chua-nhap"}, {ReportState::entering, "dang-nhap"}, {ReportState::waiting_for_head, "cho-duyet"},
                                     {ReportState::sent, "da-gui"}, {ReportState::received, "da-tiep-nhan"}, {ReportState::returned, "de-nghi-sua"}, {ReportState::closed, "da-chot"}};
constexpr std::string_view late_word = "qua-han";

// The bodies in the care of one holder, each with all below it; none: everybody.
std::optional<std::set<BodyId>> cared_for(db::Reader& reader, const RoundBoard& board, const Organisation& organisation, const BoardFilter& filter, Day today) {
  if (filter.carer < 0) return std::nullopt;
  std::set<BodyId> out;
  const auto by_carer = bodies_by_carer(reader, organisation, board.from, today);
  if (const auto found = by_carer.find(filter.carer); found != by_carer.end()) out.insert(found->second.begin(), found->second.end());
  return out;
}

bool stands_below(const Organisation& organisation, const std::set<BodyId>& tops, BodyId body, BodyId from, Day day) {
  for (BodyId at = body; at && at != from; at = organisation.body(at).on(day).superior)
    if (tops.contains(at)) return true;
  return false;
}

}  // namespace

BoardFilter BoardFilter::of_words(std::string_view state, std::string_view level, std::int64_t carer) {
  BoardFilter out;
  for (const StateWord& known : state_words)
    if (known.word == state) out.state = known.state;
  out.late = state == late_word;
  out.branches = level == "chi-hoi";
  out.carer = carer;
  return out;
}

std::string BoardFilter::state_word() const {
  if (late) return std::string(late_word);
  for (const StateWord& known : state_words)
    if (state == known.state) return std::string(known.word);
  return {};
}

bool passes_state(const BoardLine& line, const BoardFilter& filter) {
  if (filter.late) return line.late;
  return !filter.state || (line.state == *filter.state && line.manner != ReportsFor::Manner::part_of_heirs);
}

std::vector<const BoardLine*> lines_of_level(const House& house, db::Reader& reader, const RoundBoard& board, const BoardFilter& filter, Day today) {
  const Organisation& organisation = *house.organisation.current();
  const Day day = asking_day(board.round.period.period, today);
  const auto cared = cared_for(reader, board, organisation, filter, today);
  std::vector<const BoardLine*> out;
  for (const BoardLine& line : board.lines) {
    if ((line.report.level == BodyKind::Level::branch) != filter.branches) continue;
    if (!cared || stands_below(organisation, *cared, line.report.body, board.from, day)) out.push_back(&line);
  }
  return out;
}

std::vector<const BoardLine*> chosen_lines(const House& house, db::Reader& reader, const RoundBoard& board, const BoardFilter& filter, Day today) {
  auto out = lines_of_level(house, reader, board, filter, today);
  std::erase_if(out, [&](const BoardLine* line) { return !passes_state(*line, filter); });
  return out;
}

}  // namespace khuyenhoc
