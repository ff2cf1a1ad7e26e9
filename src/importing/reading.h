// The rows under the headings as a kind is told them: every cell read as what its column holds, and every cell that cannot be read explained.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "importing/columns.h"

namespace khuyenhoc::importing {

struct Reading {
  std::shared_ptr<const ReadFile> source;             // texts of cells live in it
  std::deque<std::string> texts;                    // or here, when they had to be tidied
  std::vector<ImportColumn> columns;
  std::vector<int> placed;                          // column of the file by place in `columns`; 0: not matched
  ImportRows rows{0};
  std::vector<std::pair<std::size_t, ImportFinding>> findings;   // by row, in order: what cannot be read
  std::vector<std::string> remarks;                 // rows passed over and why
};

// Codes of findings: import.formula, import.error, import.missing, import.too_long, import.telephone, import.choice, import.merged, and those of whole_number,
// day_value and Money::parse.
std::shared_ptr<Reading> read_rows(std::shared_ptr<const ReadFile> source, const SourceSheet& sheet, int heading_row, const Matching& matching, std::vector<ImportColumn> columns);

}  // namespace khuyenhoc::importing
