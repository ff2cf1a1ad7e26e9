// What stands above a body's papers: the superior line, its own name, the place, and the letters of its numbers. Settings with a day, for old papers keep theirs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "organisation/audit_sink.h"
#include "organisation/organisation.h"
#include "platform/db/db.h"

namespace khuyenhoc {

struct Letterhead {
  BodyId body;
  Day from;
  std::string superior_line;             // "HỘI KHUYẾN HỌC VIỆT NAM", "UBND XÃ EA KAR", …
  std::string issuer_line;               // "HỘI KHUYẾN HỌC TỈNH ĐẮK LẮK"
  std::string place_name;                // "Đắk Lắk"
  std::string numbering_suffix;          // "HKH" in "05/BC-HKH"
  std::int64_t row_version = 0;          // 0: follows from the organisation, not set
};

// As set, or as follows from the organisation: the superior's name above, the body's own below, the commune's or province's name as place.
Letterhead letterhead(db::Reader& reader, const Organisation& organisation, BodyId body, Day day);
std::vector<Letterhead> letterheads(db::Reader& reader, BodyId body);                    // as set, by day
// From its day on. Its version is that of the one in force on that day: "letterhead.stale" when it was saved since. "letterhead.issuer", "letterhead.place", "letterhead.suffix"
Result<void> set_letterhead(db::Writer& writer, const AuditSink& sink, Letterhead given);

}  // namespace khuyenhoc
