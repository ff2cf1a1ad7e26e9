#include "bench/workbook_edit.h"

#include <algorithm>
#include <array>
#include <regex>
#include <string_view>

#include "platform/spreadsheet/package.h"
#include "platform/spreadsheet/workbook.h"

namespace khuyenhoc::bench {
namespace {

constexpr std::array parts{"[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
                           "xl/sharedStrings.xml", "xl/theme/theme1.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"};
constexpr std::size_t largest_part = 50U << 20;

bool is_number(const std::string& text) { return !text.empty() && std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || c == '-'; }); }

std::string changed_sheet(const std::string& sheet, const std::string& column, const std::function<std::string(const std::string&, long)>& change) {
  const std::regex cell("<c r=\"(" + column + "\\d+)\"( s=\"\\d+\")?><v>(-?\\d+)</v></c>");
  std::string out;
  auto from = sheet.begin();
  for (std::sregex_iterator at(sheet.begin(), sheet.end(), cell), end; at != end; ++at) {
    const std::smatch& found = *at;
    out.append(from, found[0].first);
    const std::string address = found[1].str(), style = found[2].str(), value = change(address, std::stol(found[3].str()));
    out += is_number(value) ? "<c r=\"" + address + "\"" + style + "><v>" + value + "</v></c>"
                            : "<c r=\"" + address + "\"" + style + " t=\"inlineStr\"><is><t>" + value + "</t></is></c>";
    from = found[0].second;
  }
  out.append(from, sheet.end());
  return out;
}

}  // namespace

std::string with_column_changed(const std::string& workbook, const std::string& column, const std::function<std::string(const std::string& cell, long value)>& change) {
  auto package = spreadsheet::Package::open(spreadsheet::bytes_of(workbook), {});
  if (!package) return {};
  spreadsheet::PackageWriter out;
  for (const char* name : parts) {
    if (!package->has(name)) continue;
    auto content = package->read(name, largest_part);
    if (!content) return {};
    out.add(name, std::string_view(name) == "xl/worksheets/sheet1.xml" ? changed_sheet(*content, column, change) : std::move(*content));
  }
  return out.finish();
}

}  // namespace khuyenhoc::bench
