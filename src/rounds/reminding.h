// Calling in what has not come: whom to telephone, the ready message with its link, the circular that asks for the reports.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "platform/document/document.h"
#include "rounds/board.h"

namespace khuyenhoc {

// Somebody to call. Name and number only where the viewer may see them; names stay with the unit that keeps them.
struct CallLine {
  BodyId body;
  std::string name;                      // with its association: "Chi hội Thôn 8, Hội Khuyến học xã Ea Kar"
  ReportState state = ReportState::not_started;
  BodyKind::Level level = BodyKind::Level::commune;
  std::optional<int> days_left;
  bool late = false;
  std::string head_name, telephone;
  std::string carer;                     // who of the office looks after it
};
// Of whom: those past their due day, or all that have not sent yet.
enum class CallFor { late, missing };
struct CallList {
  std::vector<CallLine> lines;           // those of the page, late ones first, the longest late before the others
  std::size_t all = 0;
};
CallList call_list(const House& house, db::Reader& reader, const Viewer& viewer, const RoundBoard& board, BodyKind::Level level_of, CallFor whom, std::size_t from, std::size_t limit);

// Ready to be pasted into Zalo, in Vietnamese whoever asks; `link` is the whole address of the round. Names at most thirty.
std::string reminder_message(const Organisation& organisation, const Viewer& viewer, const RoundBoard& board, BodyKind::Level level_of, CallFor whom, const std::string& link);
// To one body: "Kính gửi ông Phạm Văn Lượng. …"
std::string reminder_to(const Organisation& organisation, const Viewer& viewer, const ReportingRound& round, const RoundReport& report, const std::string& head_name, const std::string& link);

// The official letter (công văn) that asks for the reports, or reminds of them when the due day has passed, with the block of who signs.
document::Document round_circular(db::Reader& reader, const Organisation& organisation, const Viewer& viewer, const RoundBoard& board);

}  // namespace khuyenhoc
