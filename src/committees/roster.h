// The printed roster of a committee: "DANH SÁCH Ban Chấp hành … nhiệm kỳ …", in the order offices use.
#pragma once

#include "committees/terms.h"
#include "platform/document/document.h"

namespace khuyenhoc {

// Those who sit on the day. "committee.unknown"
Result<document::Document> committee_roster(House& house, std::int64_t term, Day day);

}  // namespace khuyenhoc
