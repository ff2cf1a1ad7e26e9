#include "platform/document/docx_places.h"

#include <algorithm>

#include "base/text.h"
#include "platform/spreadsheet/package.h"

namespace khuyenhoc::document {
namespace {

using pugi::xml_node;

constexpr std::string_view barrier = "\n";
constexpr std::size_t longest_name = 200;      // bytes; what is longer is no name

bool is(xml_node node, std::string_view name) { return name == node.name(); }

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\n\r");
  return first == std::string_view::npos ? std::string_view() : text.substr(first, text.find_last_not_of(" \t\n\r") - first + 1);
}

// "MERGEFIELD  so_hieu \* MERGEFORMAT": its first word, and the name behind it.
struct Instruction {
  std::string word, name;
};
Instruction instruction_of(std::string_view text) {
  text = trimmed(text);
  Instruction out;
  const auto end = text.find_first_of(" \t");
  out.word = upper_case(text.substr(0, end));
  if (end == std::string_view::npos) return out;
  text = trimmed(text.substr(end));
  if (text.starts_with('"')) {
    text.remove_prefix(1);
    out.name = text.substr(0, text.find('"'));
  } else {
    out.name = trimmed(text.substr(0, std::min(text.find('\\'), text.size())));
  }
  return out;
}

xml_node new_run_text(xml_node run) {
  auto text = run.append_child("w:t");
  text.append_attribute("xml:space") = "preserve";
  return text;
}

// <w:fldSimple w:instr=" MERGEFIELD so "> with its runs: they stay, in place of the field.
void open_simple_field(xml_node field, const std::string& name) {
  xml_node first;
  while (auto inside = field.first_child()) {
    auto moved = field.parent().insert_move_before(inside, field);
    if (!is(moved, "w:r")) continue;
    if (!first) {
      first = moved;
      continue;
    }
    moved.parent().remove_child(moved);
  }
  if (!first) first = field.parent().insert_child_before("w:r", field);
  for (auto inside = first.first_child(); inside;) {
    const auto next = inside.next_sibling();
    if (!is(inside, "w:rPr")) first.remove_child(inside);
    inside = next;
  }
  new_run_text(first).append_child(pugi::node_pcdata).set_value(("<<" + name + ">>").c_str());
  field.parent().remove_child(field);
}

// Runs between a field's begin and end: those of the result keep the look, the machinery goes.
struct ComplexField {
  std::string instruction;
  std::vector<xml_node> machinery, result;       // elements inside runs
  bool separated = false;
};

void open_complex_field(const ComplexField& field, const std::string& name) {
  xml_node run = field.result.empty() ? field.machinery.back().parent() : field.result.front().parent();
  for (const auto& one : field.result) one.parent().remove_child(one);
  new_run_text(run).append_child(pugi::node_pcdata).set_value(("<<" + name + ">>").c_str());
  for (const auto& one : field.machinery) one.parent().remove_child(one);
}

void open_mail_merge(xml_node paragraph) {
  std::vector<std::pair<xml_node, std::string>> simple;
  for (auto at = paragraph.first_child(); at; at = next_node(at, paragraph, is(at, "w:p")))
    if (is(at, "w:fldSimple"))
      if (const auto said = instruction_of(at.attribute("w:instr").value()); said.word == "MERGEFIELD") simple.emplace_back(at, said.name);
  for (const auto& [field, name] : simple) open_simple_field(field, name);

  std::vector<ComplexField> open, done;
  for (auto at = paragraph.first_child(); at; at = next_node(at, paragraph, is(at, "w:p"))) {
    if (is(at, "w:fldChar")) {
      const std::string_view type = at.attribute("w:fldCharType").value();
      if (type == "begin") open.emplace_back();
      if (open.empty()) continue;
      open.back().machinery.push_back(at);
      if (type == "separate") open.back().separated = true;
      if (type == "end") {
        done.push_back(std::move(open.back()));
        open.pop_back();
      }
    } else if (is(at, "w:instrText") && !open.empty()) {
      open.back().instruction += at.text().get();
      open.back().machinery.push_back(at);
    } else if (is(at, "w:t") && !open.empty() && open.back().separated) {
      open.back().result.push_back(at);
    }
  }
  for (const auto& field : done)
    if (const auto said = instruction_of(field.instruction); said.word == "MERGEFIELD") open_complex_field(field, said.name);
}

}  // namespace

xml_node next_node(xml_node at, xml_node root, bool skip) {
  if (!skip && at.first_child()) return at.first_child();
  while (at && at != root) {
    if (at.next_sibling()) return at.next_sibling();
    at = at.parent();
  }
  return {};
}

std::vector<xml_node> paragraphs_of(xml_node root) {
  std::vector<xml_node> out;
  for (auto at = root.first_child(); at; at = next_node(at, root))
    if (is(at, "w:p")) out.push_back(at);
  return out;
}

xml_node ancestor_named(xml_node node, std::string_view name) {
  for (auto at = node.parent(); at; at = at.parent())
    if (is(at, name)) return at;
  return {};
}

ParagraphText::ParagraphText(xml_node paragraph) {
  open_mail_merge(paragraph);
  for (auto at = paragraph.first_child(); at; at = next_node(at, paragraph, is(at, "w:p"))) {
    if (is(at, "w:t")) pieces_.push_back({at, at.text().get(), 0, false});
    else if (is(at, "w:noBreakHyphen") || is(at, "w:softHyphen")) pieces_.push_back({{}, "-", 0, false});
    else if (is(at, "w:tab") || is(at, "w:br") || is(at, "w:cr") || is(at, "w:drawing") || is(at, "w:fldChar") || is(at, "w:footnoteReference"))
      pieces_.push_back({{}, std::string(barrier), 0, false});
  }
  join();
}

void ParagraphText::join() {
  text_.clear();
  for (Piece& piece : pieces_) {
    piece.from = text_.size();
    text_ += piece.value;
  }
}

namespace {

struct Marks {
  std::string_view open, close;
};
constexpr Marks marks[] = {{"<<", ">>"}, {"{{", "}}"}};

// The next opening mark from `at` on, and where its closing one stands on the same line (npos: nowhere).
struct Opened {
  std::size_t at = std::string::npos, close = std::string::npos;
};
// In one pass, and looking no further than a name is long: a file from outside may hold a million marks.
Opened next_mark(std::string_view text, std::size_t at) {
  for (; at + 1 < text.size(); ++at) {
    const Marks* const mark = text[at] == '<' && text[at + 1] == '<' ? &marks[0] : text[at] == '{' && text[at + 1] == '{' ? &marks[1] : nullptr;
    if (mark == nullptr) continue;
    std::string_view line = text.substr(at + 2, longest_name);
    line = line.substr(0, std::min(line.find(barrier), line.size()));
    const auto close = line.find(mark->close), again = line.find(mark->open);
    return {at, close < again ? at + 2 + close : std::string::npos};
  }
  return {};
}

}  // namespace

std::vector<ParagraphText::Found> ParagraphText::places() const {
  std::vector<Found> out;
  for (Opened mark = next_mark(text_, 0); mark.at != std::string::npos; mark = next_mark(text_, mark.close == std::string::npos ? mark.at + 2 : mark.close + 2)) {
    if (mark.close == std::string::npos) continue;
    const std::string_view name = trimmed(std::string_view(text_).substr(mark.at + 2, mark.close - mark.at - 2));
    if (!name.empty()) out.push_back({mark.at, mark.close + 2, std::string(name)});
  }
  return out;
}

std::string ParagraphText::unclosed() const {
  for (Opened mark = next_mark(text_, 0); mark.at != std::string::npos; mark = next_mark(text_, mark.close == std::string::npos ? mark.at + 2 : mark.close + 2))
    if (mark.close == std::string::npos) return text_.substr(mark.at, std::min({text_.find(barrier, mark.at), text_.size(), mark.at + longest_name}) - mark.at);
  return {};
}

void ParagraphText::replace(const Found& place, const std::string& value) {
  bool put = false;
  for (Piece& piece : pieces_) {
    const std::size_t end = piece.from + piece.value.size();
    if (end <= place.from || piece.from >= place.to || piece.value.empty()) continue;
    const std::size_t first = std::max(place.from, piece.from) - piece.from, last = std::min(place.to, end) - piece.from;
    piece.value.replace(first, last - first, put ? std::string() : value);
    piece.changed = true;
    put = true;
  }
}

xml_node ParagraphText::run_of(const Found& place) const {
  for (const Piece& piece : pieces_)
    if (piece.text && piece.from <= place.from && place.from < piece.from + piece.value.size()) return piece.text.parent();
  return {};
}

void ParagraphText::write() {
  for (Piece& piece : pieces_) {
    if (!piece.changed || !piece.text) continue;
    const std::string clean = spreadsheet::xml_text(piece.value);
    auto run = piece.text.parent();
    auto at = piece.text;
    for (std::size_t from = 0;;) {
      const auto end = clean.find('\n', from);
      if (!at.attribute("xml:space")) at.append_attribute("xml:space");
      at.attribute("xml:space").set_value("preserve");
      at.text().set(clean.substr(from, end - from).c_str());
      if (end == std::string::npos) break;
      at = run.insert_child_after("w:t", run.insert_child_after("w:br", at));
      from = end + 1;
    }
    piece.changed = false;
  }
}

std::vector<std::string> field_words(xml_node root) {
  std::vector<std::string> out;
  std::string instruction;
  const auto said = [&] {
    if (!instruction.empty()) out.push_back(instruction_of(instruction).word);
    instruction.clear();
  };
  for (auto at = root.first_child(); at; at = next_node(at, root)) {
    if (is(at, "w:fldSimple")) out.push_back(instruction_of(at.attribute("w:instr").value()).word);
    if (is(at, "w:fldChar")) said();
    if (is(at, "w:instrText")) instruction += at.text().get();
  }
  said();
  return out;
}

}  // namespace khuyenhoc::document
