// Fills a workbook in as a program other than ours would: numbers of one column changed inside the package.
#pragma once

#include <functional>
#include <string>

namespace khuyenhoc::bench {

// Gives every plain number of the first sheet's column to `change` and writes what it returns: a number, or any text. None may be left out of the package.
std::string with_column_changed(const std::string& workbook, const std::string& column, const std::function<std::string(const std::string& cell, long value)>& change);

}  // namespace khuyenhoc::bench
