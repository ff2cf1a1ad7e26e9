#include "platform/spreadsheet/elements.h"

#include <cstring>

#include "base/i18n.h"

namespace khuyenhoc::spreadsheet {
namespace {

constexpr std::size_t step = 256u << 10;
constexpr std::size_t longest_item = 64u << 20;
constexpr std::size_t longest_prelude = 8u << 20;
constexpr std::size_t longest_name = 128;

bool ends_a_name(char c) { return c == ' ' || c == '>' || c == '/' || c == '\n' || c == '\r' || c == '\t'; }

struct Walker {
  PartStream& part;
  ElementNames names;
  const EachElement& each;
  std::string buffer = {};
  std::string prefix = {};
  pugi::xml_document document = {};

  Result<std::size_t> more() {
    const auto before = buffer.size();
    if (before > longest_item) return std::unexpected(broken_xml());
    buffer.resize(before + step);
    const auto got = part.read({buffer.data() + before, step});
    if (!got) return got;
    buffer.resize(before + *got);
    return got;
  }

  // Reads up to and past the container's opening tag. False: the container is empty.
  Result<bool> open_container() {
    std::size_t from = 0;
    for (;;) {
      if (buffer.size() > longest_prelude) return std::unexpected(broken_xml());
      const auto got = more();
      if (!got) return std::unexpected(got.error());
      for (auto at = buffer.find(names.container, from); at != std::string::npos; at = buffer.find(names.container, at + 1)) {
        const auto end = at + names.container.size();
        const auto open = buffer.rfind('<', at);
        if (end >= buffer.size() || open == std::string::npos || !ends_a_name(buffer[end])) continue;
        const std::string_view before(buffer.data() + open + 1, at - open - 1);
        if (!before.empty() && (before.back() != ':' || before.find_first_of(" \"'/!?>") != std::string_view::npos)) continue;
        const auto close = buffer.find('>', end);
        if (close == std::string::npos) break;
        prefix = std::string(before);
        const bool empty = buffer[close - 1] == '/';
        buffer.erase(0, close + 1);
        return !empty;
      }
      if (*got == 0) return std::unexpected(broken_xml());
      from = buffer.size() > longest_name ? buffer.size() - longest_name : 0;
      // The opening tag may itself be cut by the end of the piece: keep looking from its start.
      if (const auto open = buffer.rfind('<'); open != std::string::npos && open < from) from = open;
    }
  }

  std::optional<Refusal> take(std::size_t length) {
    if (length == 0) return std::nullopt;
    if (!document.load_buffer_inplace(buffer.data(), length, xml_flags, pugi::encoding_utf8)) return broken_xml();
    const auto wanted = prefix + std::string(names.item);
    for (const auto node : document.children()) {
      if (node.type() != pugi::node_element || std::strcmp(node.name(), wanted.c_str()) != 0) continue;
      if (auto refusal = each(node, prefix)) return refusal;
    }
    return std::nullopt;
  }

  // Where the last item after `from` begins, or 0: all before it is whole, because items never nest.
  std::size_t last_item(std::size_t from) const {
    const auto tag = "<" + prefix + std::string(names.item);
    const std::string_view fresh = std::string_view(buffer).substr(from);
    for (auto at = fresh.rfind(tag); at != std::string_view::npos; at = fresh.rfind(tag, at - 1)) {
      const auto end = at + tag.size();
      if (end < fresh.size() && ends_a_name(fresh[end])) return from + at;
      if (at == 0) break;
    }
    return 0;
  }

  std::optional<Refusal> walk() {
    const auto end_tag = "</" + prefix + std::string(names.container);
    std::size_t from = 0;
    for (;;) {
      if (const auto end = buffer.find(end_tag, from); end != std::string::npos) {
        if (auto refusal = take(end)) return refusal;
        buffer.erase(0, end);
        return std::nullopt;
      }
      if (buffer.size() >= step) {
        const auto cut = last_item(from);
        if (auto refusal = take(cut)) return refusal;
        buffer.erase(0, cut);
      }
      // What has been looked through once is not looked through again, however long one item grows.
      from = buffer.size() > longest_name ? buffer.size() - longest_name : 0;
      const auto got = more();
      if (!got) return got.error();
      if (*got == 0) return broken_xml();
    }
  }

  std::optional<Refusal> rest() {
    for (;;) {
      const auto got = more();
      if (!got) return got.error();
      if (*got == 0) return std::nullopt;
    }
  }
};

}  // namespace

Refusal broken_xml() {
  return {"workbook.broken", tr("Nội dung bảng tính bị hỏng nên không đọc được. Xin mở tệp bằng Excel, lưu lại dạng .xlsx rồi gửi lại.")};
}

std::string_view local_name(const char* name) {
  const std::string_view whole(name);
  const auto colon = whole.rfind(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

pugi::xml_node child_named(pugi::xml_node node, std::string_view local) {
  for (const auto child : node.children())
    if (child.type() == pugi::node_element && local_name(child) == local) return child;
  return {};
}

pugi::xml_attribute attribute_named(pugi::xml_node node, std::string_view local) {
  for (const auto attribute : node.attributes())
    if (local_name(attribute.name()) == local) return attribute;
  return {};
}

Result<std::string> for_each_element(PartStream& part, ElementNames names, const EachElement& each) {
  Walker walker{.part = part, .names = names, .each = each};
  const auto opened = walker.open_container();
  if (!opened) return std::unexpected(opened.error());
  if (*opened)
    if (auto refusal = walker.walk()) return std::unexpected(*refusal);
  if (auto refusal = walker.rest()) return std::unexpected(*refusal);
  return std::move(walker.buffer);
}

}  // namespace khuyenhoc::spreadsheet
