// "Điều chỉnh số liệu đã chốt": cells of a closed report with old and new and a reason, what they do to every signed parent, signed by the head.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "measures/statements.h"
#include "rounds/rounds.h"
#include "signed_reports/signed_version.h"

namespace khuyenhoc {

using AdjustmentId = Id<struct AdjustmentTag>;

struct AdjustedCell {
  BodyId body;                           // the association itself or one of its branches
  std::string measure;                   // "B01"; "D02-rieng": the association's own
  std::optional<std::int64_t> was, now;  // as stated; none: blank
  std::string reason;
};

// One total of one signed report that contains the cells.
struct AdjustmentEffect {
  ReportId report;                       // the adjusted one itself, or a parent's
  BodyId body;
  ReportVersionId version;               // the signed one that showed `as_signed`
  Series series = 0;
  std::int64_t as_signed = 0, before = 0, after = 0;   // before and after: official totals
};

struct Adjustment {
  AdjustmentId id;
  ReportId report;
  enum class State : std::int64_t { draft = 1, waiting_for_head = 2, in_force = 3, dropped = 4 } state = State::draft;
  std::string reason;                    // of the whole
  std::vector<AdjustedCell> cells;
  UserId by;
  std::int64_t at_ms = 0;
  ReportVersionId version;               // once signed
  std::string sent_back;                 // why the head gave it back
  std::int64_t row_version = 1;
};

std::optional<Adjustment> find_adjustment(db::Reader& reader, AdjustmentId id);
std::vector<Adjustment> adjustments_of(db::Reader& reader, ReportId report);             // newest first, dropped ones left out
std::optional<Adjustment> open_adjustment(db::Reader& reader, ReportId report);          // the draft or the waiting one: at most one

// Only of a closed report. "adjust.state", "adjust.open" (there is one already), "adjust.may_not"
Result<Adjustment> begin_adjustment(db::Writer& writer, const House& house, const Viewer& viewer, ReportId report, const std::string& reason);
// Puts a cell into the draft, or in place of the one there; `now` as it is stored takes it out. "adjust.cell", "adjust.reason", "adjust.stale"
Result<Adjustment> put_cell(db::Writer& writer, const House& house, const Viewer& viewer, AdjustmentId id, std::int64_t expected_version, const AdjustedCell& cell);
Result<Adjustment> submit_adjustment(db::Writer& writer, const House& house, const Viewer& viewer, AdjustmentId id, std::int64_t expected_version, const std::string& reason);
Result<Adjustment> give_back_adjustment(db::Writer& writer, const House& house, const Viewer& viewer, AdjustmentId id, std::int64_t expected_version, const std::string& reason);
Result<void> drop_adjustment(db::Writer& writer, const House& house, const Viewer& viewer, AdjustmentId id, std::int64_t expected_version);

// What signing it now would do: tried in a transaction that is rolled back. "adjust.changed" when a cell is no longer what the draft says it was.
Result<std::vector<AdjustmentEffect>> preview_adjustment(const House& house, const Viewer& viewer, const Adjustment& adjustment);
// A new version in force; each parent's office is told. "adjust.changed", "adjust.may_not", "adjust.state"
Result<SignedVersion> sign_adjustment(db::Writer& writer, const House& house, const Viewer& viewer, AdjustmentId id, std::int64_t expected_version, std::int64_t holding = 0);
std::vector<AdjustmentEffect> effects_of(db::Reader& reader, const Ledger& ledger, AdjustmentId id);   // as stored when it was signed

// Something in a signed report's totals has changed below it; stands until somebody of its office says it has been seen.
struct ChangeNotice {
  std::int64_t id = 0;
  ReportId report, cause;                // the parent's, and the one that changed
  ReportVersionId version;
  std::int64_t at_ms = 0;
  std::string reason;
};
std::vector<ChangeNotice> open_notices(db::Reader& reader, ReportId report);
Result<void> notice_seen(db::Writer& writer, const House& house, const Viewer& viewer, std::int64_t notice);

}  // namespace khuyenhoc
