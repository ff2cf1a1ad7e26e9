// The pages of rounds, for who puts the house together.
#pragma once

#include <functional>
#include <optional>

#include "rounds/reporting_round.h"
#include "shell/visit.h"

namespace khuyenhoc {

// Where an association's report itself is read, signed, sent and received (signed_reports); none: nowhere yet.
using ReportPage = std::function<std::optional<Url>(const RoundReport&)>;

// /dot-bao-cao…; also joins the house's hooks (join_rounds).
void add_reporting_round_pages(Pages& pages, ReportPage report_page = {});

}  // namespace khuyenhoc
