// Comma-separated files as data sets are published: RFC 4180, UTF-8 with or without its mark, any line ending.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace khuyenhoc::spreadsheet {

struct CsvRow {
  std::size_t line = 0;                // the file's line on which the row begins, from 1
  std::vector<std::string> fields;
};

struct CsvTable {
  std::vector<std::string> head;
  std::vector<CsvRow> rows;            // each with as many fields as the head

  std::optional<std::size_t> column(std::string_view name) const;     // exact name
};

// Codes: csv.not_utf8, csv.quote (a quote opened and not closed), csv.fields (place "dòng 7"), csv.empty, csv.too_large. Blank lines are skipped.
Result<CsvTable> read_csv(std::string_view bytes, char separator = ',');

}  // namespace khuyenhoc::spreadsheet
