// Walks the repeated elements of a large XML part (rows, shared strings) a batch at a time, so that a sheet never becomes one tree in memory.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <pugixml.hpp>

#include "platform/spreadsheet/package.h"

namespace khuyenhoc::spreadsheet {

constexpr unsigned xml_flags = pugi::parse_default | pugi::parse_ws_pcdata_single | pugi::parse_fragment;

// Some writers give every element a namespace prefix ("x:row"); this is the name without it.
std::string_view local_name(const char* name);
inline std::string_view local_name(pugi::xml_node node) { return local_name(node.name()); }
pugi::xml_node child_named(pugi::xml_node node, std::string_view local);
pugi::xml_attribute attribute_named(pugi::xml_node node, std::string_view local);

struct ElementNames {
  std::string_view container;     // "sheetData"
  std::string_view item;          // "row"
};

// Calls `each` with every item of the container and with the prefix in use ("" or "x:"). What follows the container comes back, at most 64 MB of it.
// The node handed over lives only during the call.
using EachElement = std::function<std::optional<Refusal>(pugi::xml_node item, std::string_view prefix)>;
Result<std::string> for_each_element(PartStream& part, ElementNames names, const EachElement& each);

Refusal broken_xml();

}  // namespace khuyenhoc::spreadsheet
