// The rows of zeros written into blank cells as one step.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "measures/statements.h"
#include "platform/db/db.h"

namespace khuyenhoc::zeros_sql {

struct Step {
  std::int64_t id = 0;
  BodyId body;
  Period period;
  UserId by;
  std::int64_t at_ms = 0;
  std::int64_t cells = 0, bodies = 0;
  std::optional<std::int64_t> undone_ms;
};
struct Cell {
  BodyId body;
  std::string measure;
  std::int64_t row_version = 0;
};
void insert(db::Writer& writer, const Step& step, const std::vector<Cell>& cells);
std::optional<Step> find(db::Reader& reader, std::int64_t id);
// The last one of a page's body in a period that was not taken back.
std::optional<Step> last(db::Reader& reader, BodyId body, Period period);
std::vector<Cell> cells(db::Reader& reader, std::int64_t step);
void mark_undone(db::Writer& writer, std::int64_t id, std::int64_t at_ms);

}  // namespace khuyenhoc::zeros_sql
