// Any bytes given as a workbook or a CSV file: an answer or a refusal, never a crash, and cells that can all be asked for.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/text.h"
#include "platform/spreadsheet/csv.h"
#include "platform/spreadsheet/workbook.h"

namespace {

using namespace khuyenhoc::spreadsheet;

void expect(bool truth) {
  if (!truth) std::abort();
}

void look_at(const Workbook& workbook) {
  for (const auto& sheet : workbook.sheets) {
    int row_before = 0;
    for (const auto& row : sheet.rows()) {
      expect(row.number > row_before && !row.cells.empty());
      row_before = row.number;
      int column_before = 0;
      for (const auto& cell : row.cells) {
        expect(cell.column > column_before && cell.row == row.number);
        column_before = cell.column;
        expect(khuyenhoc::is_valid_utf8(cell.text));
        expect(sheet.at(cell.row, cell.column).text == cell.text);
        (void)whole_number(cell);
        (void)day_value(cell, Formulas::accepted);
        (void)text_value(cell);
      }
    }
  }
}

// Most random packages fail at the zip's checksums, so the bytes are also tried as the sheet inside a sound package.
std::string as_sheet(std::string_view xml) {
  PackageWriter package;
  package.add("xl/workbook.xml", R"(<workbook><workbookPr/><sheets><sheet name="A" r:id="a"/></sheets></workbook>)");
  package.add("xl/_rels/workbook.xml.rels", R"(<Relationships><Relationship Id="a" Type="x/worksheet" Target="a.xml"/><Relationship Id="s" Type="x/sharedStrings" Target="a.xml"/><Relationship Id="t" Type="x/styles" Target="a.xml"/></Relationships>)");
  package.add("xl/a.xml", std::string(xml));
  return package.finish();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const ReadLimits limits{.package = {.unpacked_bytes = 4u << 20}, .cells = 100'000};
  if (const auto workbook = read_workbook(bytes_of(bytes), limits)) look_at(*workbook);
  const auto packed = as_sheet(bytes);
  if (const auto workbook = read_workbook(bytes_of(packed), limits)) look_at(*workbook);
  if (const auto table = read_csv(bytes))
    for (const auto& row : table->rows) expect(row.fields.size() == table->head.size());
  return 0;
}
