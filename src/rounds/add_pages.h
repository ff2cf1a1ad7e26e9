// The pages of rounds, for who puts the house together.
#pragma once

#include <functional>
#include <optional>

#include "rounds/board_filter.h"
#include "shell/visit.h"

namespace khuyenhoc {

// Where an association's report itself is read, signed, sent and received (signed_reports); none: nowhere yet.
using ReportPage = std::function<std::optional<Url>(const RoundReport&)>;

// What else can be done with the lines of a board that are chosen: buttons of rooms above (their workbooks); none: nothing.
using BoardActions = std::function<std::vector<FrameLink>(const Visit&, const RoundBoard&, const BoardFilter&)>;

// /dot-bao-cao…; also joins the house's hooks (join_rounds).
void add_reporting_round_pages(Pages& pages, ReportPage report_page = {}, BoardActions more = {});

}  // namespace khuyenhoc
