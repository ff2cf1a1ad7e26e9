// An entry of the trail in a sentence: what was done, and what stood there before.
#pragma once

#include <string>

#include "access/audit.h"

namespace khuyenhoc {

// "Số liệu: Hội viên cuối kỳ của Chi hội Thôn 8, 118 thành 120". Entries may carry a ready "summary" in their JSON; others are told by their changed fields.
std::string trail_sentence(const AuditEntry& entry);

}  // namespace khuyenhoc
