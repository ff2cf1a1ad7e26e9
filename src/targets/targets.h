// Targets of the year ("Chỉ tiêu năm"): what a body sets itself, what it assigns to those below it, suggested from last year and from the population, with
// history and the decision that assigns them. The current value is measures/targets.h, which boards and reports read.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "importing/importing.h"
#include "measures/figures.h"
#include "platform/document/document.h"
#include "shell/visit.h"

namespace khuyenhoc {

// Which indicators have targets, and how they are suggested: catalogue/targets.toml.
struct TargetKind {
  MeasureIndex measure = 0;
  std::int64_t growth_permille = 0;
  MeasureIndex by = 0;                    // the reference that shares are taken of
  std::int64_t round = 1;
};
class TargetKinds {
 public:
  static Result<TargetKinds> parse(std::string_view toml, const Catalogue& catalogue);   // "targets.entry"
  static const TargetKinds& house();
  std::span<const TargetKind> all() const { return kinds_; }
  const TargetKind* find(std::string_view code) const;       // of the house's catalogue of indicators

 private:
  std::vector<TargetKind> kinds_;
};

struct TargetCell {
  BodyId body;
  MeasureIndex measure = 0;
  std::optional<std::int64_t> value;      // as it stands
  std::optional<std::int64_t> last_year;  // the figure of the whole year before, today's tree
  std::optional<std::int64_t> suggested;
};
struct TargetSheet {                      // of one body
  BodyId body;
  int year = 0;
  std::int64_t version = 0;               // grows with every change of this body's targets of the year
  std::vector<TargetCell> cells;          // in the order of the kinds
};
// `body` and, for an office, the associations directly below it in the order of their names.
TargetSheet target_sheet(db::Reader& reader, House& house, const Figures& figures, BodyId body, int year, Day today);
std::vector<BodyId> bodies_assigned_to(const Organisation& organisation, BodyId body, Day day);
// One indicator over all those below.
struct Assignment {
  TargetCell whole;                       // of the office itself
  std::vector<TargetCell> parts;
  std::vector<std::int64_t> versions;     // of each part's sheet
  std::optional<std::int64_t> sum;        // of the parts that have one
};
Assignment assignment(db::Reader& reader, House& house, const Figures& figures, BodyId body, const TargetKind& kind, int year, Day today);

// Who assigned last by a decision, so that the unit below does not change it.
struct TargetDecision {
  BodyId body;                            // the office
  int year = 0;
  std::string number;                     // "15/QĐ-HKH"
  Day day;
  std::int64_t version = 0;
};
std::optional<TargetDecision> target_decision(db::Reader& reader, BodyId body, int year);
// "target.number", "target.day", "target.stale"
Result<void> keep_decision(House& house, db::Writer& writer, const Viewer& viewer, TargetDecision given);
// Whether the viewer may change the targets of this body: the office above may, the body itself as long as nobody above has assigned them by a decision.
bool may_set_targets(db::Reader& reader, const Viewer& viewer, BodyId body, int year);

// What somebody typed for one cell; none: the cell is emptied. Cells that say what is there already change nothing and leave no trace.
struct TypedTarget {
  BodyId body;
  MeasureIndex measure = 0;
  std::optional<std::int64_t> value;
};
struct SheetVersion {
  BodyId body;
  std::int64_t version = 0;               // as the form was shown
};
// All or nothing, with one entry in the trail for each body. "target.stale" (place: the body's number), "target.value"
Result<std::size_t> set_targets(House& house, db::Writer& writer, const Viewer& viewer, int year, std::span<const TypedTarget> typed, std::span<const SheetVersion> versions, Day from);

struct TargetChange {
  BodyId body;
  MeasureIndex measure = 0;
  int year = 0;
  std::optional<std::int64_t> before, value;
  Day from;
  UserId user;
  std::int64_t at_ms = 0;
};
std::vector<TargetChange> target_changes(db::Reader& reader, BodyId body, int year, std::size_t limit);     // newest first
// As it stood at the end of a day, by the days the changes hold from.
std::optional<std::int64_t> target_on(db::Reader& reader, BodyId body, MeasureIndex measure, int year, Day day);

// The decision with its annex: one row a unit, one column an indicator.
document::Document target_paper(House& house, const Viewer& viewer, BodyId body, int year);

void add_target_pages(Pages& pages);
std::unique_ptr<ImportKind> target_import();
Url targets_page(BodyId body);            // "/chi-tieu-nam/17"

}  // namespace khuyenhoc
