#include "platform/markdown/markdown.h"

#include <md4c.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace khuyenhoc::markdown {
namespace {

using document::Run;
using document::Text;
using document::Weight;

// A code point as UTF-8; none for what is no character.
std::optional<std::string> utf8(std::uint32_t code) {
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return std::nullopt;
  std::string out;
  if (code < 0x80) {
    out.push_back(static_cast<char>(code));
  } else if (code < 0x800) {
    out.push_back(static_cast<char>(0xC0 | (code >> 6)));
    out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
  } else if (code < 0x10000) {
    out.push_back(static_cast<char>(0xE0 | (code >> 12)));
    out.push_back(static_cast<char>(0x80 | ((code >> 6) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
  } else {
    out.push_back(static_cast<char>(0xF0 | (code >> 18)));
    out.push_back(static_cast<char>(0x80 | ((code >> 12) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | ((code >> 6) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (code & 0x3F)));
  }
  return out;
}

// "&amp;", "&#39;", "&#x1EA1;": what people paste. Any other stays as it is written.
std::string entity(std::string_view written) {
  if (written == "&amp;") return "&";
  if (written == "&lt;") return "<";
  if (written == "&gt;") return ">";
  if (written == "&quot;") return "\"";
  if (written == "&nbsp;") return " ";
  if (written.size() > 3 && written.starts_with("&#") && written.back() == ';') {
    const bool hex = written[2] == 'x' || written[2] == 'X';
    const std::string_view digits = written.substr(hex ? 3 : 2, written.size() - (hex ? 4 : 3));
    std::uint32_t code = 0;
    const auto [end, wrong] = std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
    if (wrong == std::errc{} && end == digits.data() + digits.size())
      if (auto character = utf8(code)) return *character;
  }
  return std::string(written);
}

// Called by the parser as it meets each piece; puts parts together.
class Reading {
 public:
  std::vector<Part> take() { return std::move(parts_); }

  void enter(MD_BLOCKTYPE type, void* detail) {
    switch (type) {
      case MD_BLOCK_QUOTE: ++quoted_; break;
      case MD_BLOCK_UL: lists_.push_back({.numbered = false, .next = 0, .plus = static_cast<MD_BLOCK_UL_DETAIL*>(detail)->mark == '+'}); break;
      case MD_BLOCK_OL: lists_.push_back({.numbered = true, .next = static_cast<int>(std::min(static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start, 9'999u)), .plus = false}); break;
      case MD_BLOCK_LI: begin_item(); break;
      case MD_BLOCK_H: begin(Part::Kind::heading); break;
      case MD_BLOCK_P: begin(Part::Kind::paragraph); break;
      case MD_BLOCK_CODE: begin(Part::Kind::paragraph); break;
      case MD_BLOCK_TABLE:
        begin(Part::Kind::table);
        break;
      case MD_BLOCK_TR: parts_.back().rows.emplace_back(); break;
      case MD_BLOCK_TH:
      case MD_BLOCK_TD: parts_.back().rows.back().emplace_back(); break;
      default: break;
    }
  }

  void leave(MD_BLOCKTYPE type) {
    switch (type) {
      case MD_BLOCK_QUOTE: --quoted_; break;
      case MD_BLOCK_UL:
      case MD_BLOCK_OL: lists_.pop_back(); break;
      case MD_BLOCK_LI: end_item(); break;
      default: break;
    }
    if (type == MD_BLOCK_CODE) trim_end();
  }

  void enter(MD_SPANTYPE type) {
    if (type == MD_SPAN_EM) ++italic_;
    if (type == MD_SPAN_STRONG) ++bold_;
  }
  void leave(MD_SPANTYPE type) {
    if (type == MD_SPAN_EM) --italic_;
    if (type == MD_SPAN_STRONG) --bold_;
  }

  void put(MD_TEXTTYPE type, std::string_view text) {
    switch (type) {
      case MD_TEXT_BR:
      case MD_TEXT_SOFTBR: add("\n"); break;
      case MD_TEXT_NULLCHAR: break;
      case MD_TEXT_ENTITY: add(entity(text)); break;
      default: add(text); break;
    }
  }

 private:
  struct List {
    bool numbered;
    int next;
    bool plus;
  };

  // "+ " under "- " is how papers write the second level, whether or not it is indented.
  int depth() const { return static_cast<int>(lists_.size()) + (lists_.size() == 1 && lists_.back().plus && after_dash() ? 1 : 0); }
  bool after_dash() const {
    return std::ranges::any_of(parts_, [&](const Part& part) { return part.kind == Part::Kind::bullet && part.depth == 1 && part.quoted == quoted_; });
  }

  Part& begin(Part::Kind kind) {
    // the first paragraph of an item is the item's own text
    if (kind == Part::Kind::paragraph && item_is_fresh_) {
      item_is_fresh_ = false;
      return parts_.back();
    }
    item_is_fresh_ = false;
    parts_.push_back({.kind = kind, .depth = kind == Part::Kind::table ? 0 : depth(), .quoted = quoted_});
    return parts_.back();
  }
  void begin_item() {
    List& list = lists_.back();
    parts_.push_back({.kind = list.numbered ? Part::Kind::numbered : Part::Kind::bullet, .depth = depth(), .number = list.numbered ? list.next++ : 0, .quoted = quoted_});
    item_is_fresh_ = true;
  }
  void end_item() { item_is_fresh_ = false; }

  Text* target() {
    if (parts_.empty()) return nullptr;
    Part& part = parts_.back();
    if (part.kind != Part::Kind::table) return &part.text;
    return part.rows.empty() || part.rows.back().empty() ? nullptr : &part.rows.back().back();
  }
  void add(std::string_view text) {
    Text* into = target();
    if (into == nullptr || text.empty()) return;
    const Weight weight = bold_ > 0 ? (italic_ > 0 ? Weight::bold_italic : Weight::bold) : italic_ > 0 ? Weight::italic : Weight::regular;
    if (!into->runs.empty() && into->runs.back().weight == weight) into->runs.back().text += text;
    else into->add(std::string(text), weight);
  }
  void trim_end() {
    if (Text* into = target(); into != nullptr && !into->runs.empty())
      while (into->runs.back().text.ends_with('\n')) into->runs.back().text.pop_back();
  }

  std::vector<Part> parts_;
  std::vector<List> lists_;
  int quoted_ = 0, bold_ = 0, italic_ = 0;
  bool item_is_fresh_ = false;
};

Reading& reading(void* data) { return *static_cast<Reading*>(data); }

// A row of a table may be shorter or longer than its head.
void even_out(std::vector<Part>& parts) {
  for (Part& part : parts)
    if (part.kind == Part::Kind::table && !part.rows.empty())
      for (auto& row : part.rows) row.resize(part.rows.front().size());
}

}  // namespace

std::vector<Part> parts_of(std::string_view markdown) {
  Reading state;
  MD_PARSER parser{};
  parser.flags = MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_NOINDENTEDCODEBLOCKS | MD_FLAG_COLLAPSEWHITESPACE;
  parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* data) { return reading(data).enter(type, detail), 0; };
  parser.leave_block = [](MD_BLOCKTYPE type, void*, void* data) { return reading(data).leave(type), 0; };
  parser.enter_span = [](MD_SPANTYPE type, void*, void* data) { return reading(data).enter(type), 0; };
  parser.leave_span = [](MD_SPANTYPE type, void*, void* data) { return reading(data).leave(type), 0; };
  parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* data) { return reading(data).put(type, {text, size}), 0; };
  const std::string stored = stored_form(markdown);
  if (md_parse(stored.data(), static_cast<MD_SIZE>(stored.size()), &parser, &state) != 0) return {{.kind = Part::Kind::paragraph, .text = Text(stored)}};   // no room for more
  std::vector<Part> parts = state.take();
  even_out(parts);
  return parts;
}

std::vector<document::Block> to_blocks(const std::vector<Part>& parts) {
  std::vector<document::Block> out;
  const auto before = [](std::string mark, const Text& text) {
    Text marked;
    marked.add(std::move(mark));
    marked.runs.insert(marked.runs.end(), text.runs.begin(), text.runs.end());
    return marked;
  };
  for (const Part& part : parts) {
    switch (part.kind) {
      case Part::Kind::heading: out.emplace_back(document::Heading{3, part.text}); break;
      case Part::Kind::paragraph:
        if (!part.text.runs.empty()) out.emplace_back(document::Paragraph{.text = part.text});
        break;
      case Part::Kind::bullet:
        if (part.depth > 1) {
          out.emplace_back(document::Paragraph{.text = before("+ ", part.text)});
        } else {
          if (out.empty() || !std::holds_alternative<document::BulletList>(out.back())) out.emplace_back(document::BulletList{});
          std::get<document::BulletList>(out.back()).items.push_back(part.text);
        }
        break;
      case Part::Kind::numbered: out.emplace_back(document::Paragraph{.text = before(fmt::format("{}. ", part.number), part.text)}); break;
      case Part::Kind::table: {
        if (part.rows.empty() || part.rows.front().empty()) break;
        document::Table table;
        table.columns.resize(part.rows.front().size());
        std::vector<document::HeadCell> head;
        for (const Text& cell : part.rows.front()) head.push_back({.text = cell.plain()});
        table.head.push_back(std::move(head));
        for (std::size_t row = 1; row < part.rows.size(); ++row) {
          document::TableRow cells;
          for (const Text& cell : part.rows[row]) cells.cells.push_back({.text = cell});
          table.rows.push_back(std::move(cells));
        }
        out.emplace_back(std::move(table));
        break;
      }
    }
  }
  return out;
}

std::vector<document::Block> to_blocks(std::string_view markdown) { return to_blocks(parts_of(markdown)); }

}  // namespace khuyenhoc::markdown
