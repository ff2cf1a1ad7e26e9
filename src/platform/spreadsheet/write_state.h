// What the workbook writer keeps between calls; used by write*.cpp only.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include <xlsxwriter.h>

#include "platform/spreadsheet/write.h"

namespace khuyenhoc::spreadsheet {

struct SheetState {
  WorkbookState* book = nullptr;
  lxw_worksheet* sheet = nullptr;
  std::string name;
};

struct WorkbookState {
  int descriptor = -1;
  std::string path;
  lxw_workbook* book = nullptr;
  std::deque<SheetState> sheets;
  std::set<std::string> names;                  // folded, because Excel's names ignore case
  std::map<std::tuple<Look, NumberFormat, Align>, lxw_format*> formats;
  lxw_format* marking = nullptr;
  SheetState* lists = nullptr;                  // the hidden sheet of long drop-down lists
  int list_columns = 0;

  WorkbookState() = default;
  WorkbookState(const WorkbookState&) = delete;
  WorkbookState& operator=(const WorkbookState&) = delete;
  ~WorkbookState();
  lxw_format* format(Look look, NumberFormat number, Align align = Align::usual);
  lxw_format* mark();                    // of a condition: only what it changes
  SheetState& add(std::string_view name);
};

// Text as XML and Excel accept it: valid UTF-8, no control characters but line breaks, at most `most` characters.
std::string cell_text(std::string_view value, std::size_t most = 32'767);

}  // namespace khuyenhoc::spreadsheet
