// The board of a round: every body with its state, days left and lateness; how complete and how timely, by subtree and by who of the office looks after whom.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "rounds/reporting_round.h"

namespace khuyenhoc {

struct BoardLine {
  RoundReport report;
  ReportState state = ReportState::not_started;      // as shown
  std::optional<int> days_left;                      // none once it is out of the hands of the body, or without a due day
  bool late = false;
  ReportsFor::Manner manner = ReportsFor::Manner::itself;
};

// Of some bodies that are asked; those whose figures are part of their heirs' reports are none of them.
struct BoardCounts {
  std::size_t asked = 0, late = 0, in_time = 0;      // in time: sent not after the due day
  std::map<ReportState, std::size_t> by_state;
  std::size_t of(ReportState state) const;
  std::size_t sent() const { return of(ReportState::sent) + of(ReportState::received) + of(ReportState::closed); }
  void add(const BoardLine& line);
  void add(const BoardCounts& other);
};
// "96,1%" of a part; "–" without a whole.
std::string share_words(std::size_t part, std::size_t whole);

// What hangs directly under the office of the viewer, with all that is asked below it.
struct BoardGroup {
  BodyId body;                                       // an association; of the groups by carer none
  std::int64_t holding = 0;                          // who looks after them; 0: nobody
  std::string name;
  BoardCounts associations, branches;
};

struct RoundBoard {
  ReportingRound round;
  BodyId from;                                       // whose region is shown: all below it, itself included
  std::optional<RoundReport> own;                    // the report of that body
  std::vector<BoardLine> lines;                      // those below it whose figures the viewer may see, by superior and name
  BoardCounts associations, branches;
  std::size_t part_of_heirs = 0;
  std::vector<BodyId> heirs_missing;                 // lived on the cut-off day, stand in for a body that was asked, and are not asked themselves
};
// "round.unknown" where the viewer sees nothing of it. `from`: a body of the round to look at; none: the office for who may see it, else the body acted for.
Result<RoundBoard> round_board(const House& house, db::Reader& reader, const Viewer& viewer, RoundId round, BodyId from);

// By what hangs directly under the body shown, and by who of its office looks after it (committees/areas.h), in the order of the posts; nobody last.
std::vector<BoardGroup> groups_by_subtree(const Organisation& organisation, const RoundBoard& board, Day today);
std::vector<BoardGroup> groups_by_carer(const House& house, db::Reader& reader, const RoundBoard& board, Day today);

}  // namespace khuyenhoc
