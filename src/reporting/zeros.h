// "Ghi 0 vào các ô còn trống": blank is "chưa báo cáo", zero is "không có". What would be written is shown first; written it is one step, taken back as one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reporting/entry_desk.h"
#include "reporting/entry_sheet.h"
#include "reporting/own_form.h"

namespace khuyenhoc {

struct BlankCell {
  std::string measure, label;           // as the desk names it; "Hội viên mới"
  std::int64_t version = 0;             // of a figure that was taken back
};
// The blank cells of one body. A level of which an earlier figure is known is left out: it counts on until somebody says otherwise. So are questions of yes and no.
struct BlankRow {
  BodyId body;
  std::string name;
  bool reported = false;                // at least one figure
  std::vector<BlankCell> cells;
  std::vector<std::string> carried;     // labels of the levels left out
};
std::vector<BlankRow> blank_rows(const Catalogue& catalogue, const EntrySheet& sheet);
BlankRow blank_row(const FigureForm& form, std::string name);

struct ZeroStep {
  std::int64_t id = 0;
  std::int64_t cells = 0, bodies = 0;
  std::int64_t at_ms = 0;
};
struct ZeroOutcome {
  ZeroStep step;                        // id 0: nothing was written
  std::vector<CellOutcome> refused;     // filled in meanwhile, or locked
};
// Writes zero into these cells where they are still blank, with one entry in the trail. `page` is the body whose page it was done on. Inside one write(); may run again.
ZeroOutcome write_zeros(db::Writer& writer, const House& house, const Viewer& viewer, EntryDesk& desk, BodyId page, const std::vector<CellEntry>& blank);
// What may still be taken back by this viewer on the page of a body: the last step, of the last day.
std::optional<ZeroStep> zeros_to_take_back(db::Reader& reader, const House& house, const Viewer& viewer, BodyId page, const NamedPeriod& period);
// The cells of the step that nobody touched since are blank again; how many. "zeros.unknown", "zeros.undone"
Result<std::size_t> take_zeros_back(db::Writer& writer, const House& house, const Viewer& viewer, EntryDesk& desk, BodyId page, std::int64_t step);

}  // namespace khuyenhoc
