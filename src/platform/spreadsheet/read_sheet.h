// Turns the rows of one sheet's XML into cells; used by read_workbook only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

#include "platform/spreadsheet/text_store.h"
#include "platform/spreadsheet/workbook.h"

namespace khuyenhoc::spreadsheet {

enum class Epoch { from_1900, from_1904 };

// Days since 1970 of Excel's day count. Excel believes in 29 February 1900, so counts up to 60 are one off in its 1900 epoch.
double day_number(double serial, Epoch epoch);

struct SheetContext {
  std::vector<std::string_view> shared;
  std::vector<bool> day_styles;
  Epoch epoch = Epoch::from_1900;
  TextStore* texts = nullptr;
  std::size_t cells_left = 0;
};

// Appends the text of a string item (plain or rich, without phonetic hints); false when it is not valid UTF-8.
bool gather_text(pugi::xml_node item, std::string_view prefix, std::string& text);

class SheetBuilder {
 public:
  explicit SheetBuilder(SheetContext& context) : context_(context) {}
  std::optional<Refusal> add_row(pugi::xml_node row, std::string_view prefix);
  std::optional<Refusal> finish(Sheet& sheet);

 private:
  std::optional<Refusal> add_cell(pugi::xml_node node, std::string_view prefix);
  std::optional<Refusal> fill(Cell& cell, std::string_view type, unsigned style, const char* value);

  SheetContext& context_;
  std::vector<Cell> cells_;
  std::string scratch_;
  int row_ = 0;
  int column_ = 0;
  bool in_order_ = true;
};

}  // namespace khuyenhoc::spreadsheet
