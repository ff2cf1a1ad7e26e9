// What rounds ask of whoever opens the home page: reports due with the days left, those sent back with the reason, those that wait for a signature or to be received.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rounds/reporting_round.h"

namespace khuyenhoc {

struct RoundDuty {
  enum class Kind {
    returned,                            // asked to correct, with the reason
    due,                                 // to fill in and send
    to_sign,                             // waits for the head's signature, who is the viewer
    to_receive,                          // sent by bodies below, not yet received
    to_pass_down,                        // a commune has not passed the round to its branches yet
    waiting,                             // with somebody else: the head, or the office above
  } kind = Kind::due;
  RoundReport report;                    // of to_receive: the viewer's own, which collects them
  std::string title;                     // "Báo cáo 6 tháng đầu năm 2026"
  std::string sentence;                  // of a returned one the reason
  std::string address;                   // where it is done
  std::string button;
  std::string sent_to;                   // name of the office above; empty: none
  std::optional<int> days_left;
  std::size_t done = 0, of = 0;          // of to_receive and of an association: reports below that came, and those asked
  bool mine = false;                     // the viewer may do it
};
// Of the body the viewer acts for, in the windows that are not all done: returned first, then what is due, nearest first, waiting last. Reads of its own.
std::vector<RoundDuty> round_duties(const House& house, const Viewer& viewer);

}  // namespace khuyenhoc
