#include <map>

#include "base/i18n.h"
#include "base/text.h"
#include "platform/spreadsheet/elements.h"
#include "platform/spreadsheet/read_sheet.h"
#include "platform/spreadsheet/sniff.h"
#include "platform/spreadsheet/styles.h"

namespace khuyenhoc::spreadsheet {
namespace {

constexpr std::size_t small_part_bytes = 32u << 20;

// "xl/workbook.xml" and "worksheets/sheet1.xml" -> "xl/worksheets/sheet1.xml"; "/xl/…" is already whole.
std::string resolve(std::string_view base, std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  std::string path(base.substr(0, base.rfind('/') + 1));
  while (target.starts_with("../")) {
    target.remove_prefix(3);
    if (path.empty()) break;
    path.erase(path.size() - 1);
    path.erase(path.rfind('/') + 1);
  }
  if (target.starts_with("./")) target.remove_prefix(2);
  return path.append(target);
}

struct Relation {
  std::string type;       // the last word of its address: "worksheet"
  std::string target;
};

Result<std::map<std::string, Relation>> relations_of(Package& package, std::string_view part) {
  const auto slash = part.rfind('/');
  const auto folder = slash == std::string_view::npos ? std::string_view{} : part.substr(0, slash + 1);
  const auto file = slash == std::string_view::npos ? part : part.substr(slash + 1);
  auto xml = package.read(std::string(folder) + "_rels/" + std::string(file) + ".rels", small_part_bytes);
  if (!xml) return std::unexpected(xml.error());
  pugi::xml_document document;
  if (!document.load_buffer_inplace(xml->data(), xml->size(), xml_flags, pugi::encoding_utf8)) return std::unexpected(broken_xml());
  std::map<std::string, Relation> relations;
  for (const auto node : document.document_element().children()) {
    const std::string_view type = node.attribute("Type").as_string();
    relations[node.attribute("Id").as_string()] = {std::string(type.substr(type.rfind('/') + 1)), resolve(part, node.attribute("Target").as_string())};
  }
  return relations;
}

Result<std::string> workbook_part(Package& package) {
  if (package.has("_rels/.rels")) {
    const auto relations = relations_of(package, "");
    if (!relations) return std::unexpected(relations.error());
    for (const auto& [id, relation] : *relations)
      if (relation.type == "officeDocument" && package.has(relation.target) && relation.target.ends_with(".xml") && !relation.target.starts_with("word/") && !relation.target.starts_with("ppt/"))
        return relation.target;
  }
  if (package.has("xl/workbook.xml")) return "xl/workbook.xml";
  return std::unexpected(refusal_by_parts(package));
}

Result<std::vector<std::string_view>> shared_strings(Package& package, const std::string& part, TextStore& texts) {
  std::vector<std::string_view> strings;
  auto stream = package.stream(part);
  if (!stream) return std::unexpected(stream.error());
  std::string text;
  const auto tail = for_each_element(*stream, {.container = "sst", .item = "si"}, [&](pugi::xml_node item, std::string_view prefix) -> std::optional<Refusal> {
    text.clear();
    if (!gather_text(item, prefix, text)) return broken_xml();
    strings.push_back(texts.keep(text));
    return std::nullopt;
  });
  if (!tail) return std::unexpected(tail.error());
  return strings;
}

std::optional<Refusal> read_merged(std::string& tail, std::string_view prefix_free_name, std::vector<Range>& merged) {
  // Only the mergeCells element is wanted from what follows the rows; the rest may be anything.
  const auto begin = tail.find(prefix_free_name);
  if (begin == std::string::npos) return std::nullopt;
  const auto open = tail.rfind('<', begin);
  auto end = tail.rfind(prefix_free_name);
  end = tail.find('>', end);
  if (open == std::string::npos || end == std::string::npos || open > end) return broken_xml();
  pugi::xml_document document;
  if (!document.load_buffer_inplace(tail.data() + open, end + 1 - open, xml_flags, pugi::encoding_utf8)) return broken_xml();
  for (const auto node : document.document_element().children()) {
    const std::string_view range = node.attribute("ref").as_string();
    const auto colon = range.find(':');
    const auto first = parse_address(range.substr(0, colon));
    const auto last = parse_address(colon == std::string_view::npos ? range : range.substr(colon + 1));
    if (!first || !last || last->row < first->row || last->column < first->column) return broken_xml();
    merged.push_back({first->row, first->column, last->row, last->column});
  }
  return std::nullopt;
}

}  // namespace

class WorkbookBuilder {
 public:
  WorkbookBuilder(Package& package, const ReadLimits& limits) : package_(package), limits_(limits) { workbook_.texts_ = std::make_unique<TextStore>(); }

  Result<Workbook> build() {
    const auto part = workbook_part(package_);
    if (!part) return std::unexpected(part.error());
    auto xml = package_.read(*part, small_part_bytes);
    if (!xml) return std::unexpected(xml.error());
    const auto relations = relations_of(package_, *part);
    if (!relations) return std::unexpected(relations.error());
    pugi::xml_document document;
    if (!document.load_buffer_inplace(xml->data(), xml->size(), xml_flags, pugi::encoding_utf8)) return std::unexpected(broken_xml());
    const auto root = document.document_element();
    context_.epoch = attribute_named(child_named(root, "workbookPr"), "date1904").as_bool() ? Epoch::from_1904 : Epoch::from_1900;
    context_.texts = workbook_.texts_.get();
    context_.cells_left = limits_.cells;
    if (auto refusal = read_helpers(*relations)) return std::unexpected(*refusal);
    for (const auto node : child_named(root, "sheets").children()) {
      if (local_name(node) != "sheet") continue;
      if (workbook_.sheets.size() >= limits_.sheets)
        return refuse("workbook.too_many_sheets", tr("Tệp có quá nhiều trang tính. Xin giữ lại các trang cần gửi rồi gửi lại."));
      if (auto refusal = read_sheet(node, *relations)) return std::unexpected(*refusal);
    }
    if (workbook_.sheets.empty()) return std::unexpected(broken_xml());
    return std::move(workbook_);
  }

 private:
  std::optional<Refusal> read_helpers(const std::map<std::string, Relation>& relations) {
    for (const auto& [id, relation] : relations) {
      if (!package_.has(relation.target)) continue;
      if (relation.type == "sharedStrings") {
        auto strings = shared_strings(package_, relation.target, *workbook_.texts_);
        if (!strings) return strings.error();
        context_.shared = std::move(*strings);
      } else if (relation.type == "styles") {
        auto xml = package_.read(relation.target, small_part_bytes);
        if (!xml) return xml.error();
        auto days = day_styles(std::move(*xml));
        if (!days) return days.error();
        context_.day_styles = std::move(*days);
      }
    }
    return std::nullopt;
  }

  std::optional<Refusal> read_sheet(pugi::xml_node node, const std::map<std::string, Relation>& relations) {
    const auto relation = relations.find(attribute_named(node, "id").as_string());
    if (relation == relations.end() || !package_.has(relation->second.target)) return broken_xml();
    if (relation->second.type != "worksheet") return std::nullopt;     // a chart sheet holds no cells
    Sheet sheet;
    sheet.name = normalised(node.attribute("name").as_string());
    sheet.visibility = std::string_view(node.attribute("state").as_string()).ends_with("idden") ? Visibility::hidden : Visibility::shown;
    auto stream = package_.stream(relation->second.target);
    if (!stream) return stream.error();
    SheetBuilder builder(context_);
    auto tail = for_each_element(*stream, {.container = "sheetData", .item = "row"},
                                 [&](pugi::xml_node row, std::string_view prefix) { return builder.add_row(row, prefix); });
    if (!tail) return tail.error();
    if (auto refusal = builder.finish(sheet)) return refusal;
    if (auto refusal = read_merged(*tail, "mergeCells", sheet.merged)) return refusal;
    workbook_.sheets.push_back(std::move(sheet));
    return std::nullopt;
  }

  Package& package_;
  const ReadLimits& limits_;
  SheetContext context_;
  Workbook workbook_;
};

Workbook::Workbook() = default;
Workbook::Workbook(Workbook&&) noexcept = default;
Workbook& Workbook::operator=(Workbook&&) noexcept = default;
Workbook::~Workbook() = default;

const Sheet* Workbook::find(std::string_view name) const {
  for (const auto& sheet : sheets)
    if (sheet.name == name) return &sheet;
  return nullptr;
}

Result<Workbook> read_workbook(std::span<const std::byte> bytes, const ReadLimits& limits) {
  // The size comes before the look inside, so that a huge file costs nothing.
  if (bytes.size() <= limits.package.file_bytes)
    if (const auto refusal = refusal_by_first_bytes(bytes)) return std::unexpected(*refusal);
  auto package = Package::open(bytes, limits.package);
  if (!package) return std::unexpected(package.error());
  return WorkbookBuilder(*package, limits).build();
}

}  // namespace khuyenhoc::spreadsheet
