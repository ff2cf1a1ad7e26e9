// {{…}} in a text, and small turns of Markdown that need no parser.
#include "platform/markdown/markdown.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace khuyenhoc::markdown {
namespace {

constexpr std::string_view opening = "{{", closing = "}}";
constexpr std::size_t longest_inside = 200;

struct Braces {
  std::size_t at, end;                   // of the whole, closing braces included
  std::string_view inside;
};
// The next pair on one line; none: no more.
std::optional<Braces> next_braces(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find(opening, from); at != std::string_view::npos; at = text.find(opening, at + 1)) {
    const std::size_t end = text.find(closing, at + opening.size());
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view inside = text.substr(at + opening.size(), end - at - opening.size());
    if (inside.size() <= longest_inside && inside.find('\n') == std::string_view::npos && inside.find(opening) == std::string_view::npos) return Braces{at, end + closing.size(), inside};
  }
  return std::nullopt;
}

void fill_text(document::Text& text, const Fill& fill) {
  std::vector<document::Run> out;
  for (document::Run& run : text.runs) {
    std::size_t done = 0;
    for (auto braces = next_braces(run.text, 0); braces; braces = next_braces(run.text, done)) {
      if (braces->at > done) out.push_back({.text = run.text.substr(done, braces->at - done), .weight = run.weight});
      document::Run filled = fill(braces->inside);
      filled.weight = run.weight;
      out.push_back(std::move(filled));
      done = braces->end;
    }
    if (done == 0) out.push_back(std::move(run));
    else if (done < run.text.size()) out.push_back({.text = run.text.substr(done), .weight = run.weight});
  }
  text.runs = std::move(out);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string stored_form(std::string_view typed) {
  std::string out;
  const std::string_view text = typed;
  std::size_t blank_lines = 0;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    constexpr std::size_t deepest = 12;
    std::size_t indent = 0;
    for (const char c : line) {
      if (c == ' ') ++indent;
      else if (c == '\t') indent += 4;
      else break;
    }
    const std::string words = normalised(line);
    if (words.empty()) {
      ++blank_lines;
    } else {
      if (!out.empty()) out.append(std::min<std::size_t>(blank_lines, 2) + 1, '\n');
      out.append(std::min(indent, deepest), ' ');
      out += words;
      blank_lines = 0;
    }
    at = end + 1;
  }
  return out;
}

void fill_braces(std::vector<Part>& parts, const Fill& fill) {
  for (Part& part : parts) {
    fill_text(part.text, fill);
    for (auto& row : part.rows)
      for (document::Text& cell : row) fill_text(cell, fill);
  }
}

std::string with_braces_filled(std::string_view markdown, const std::function<std::string(std::string_view inside)>& fill) {
  std::string out;
  std::size_t done = 0;
  for (auto braces = next_braces(markdown, 0); braces; braces = next_braces(markdown, done)) {
    out += markdown.substr(done, braces->at - done);
    out += fill(braces->inside);
    done = braces->end;
  }
  out += markdown.substr(done);
  return out;
}

std::string escaped(std::string_view plain) {
  std::string out;
  bool line_begins = true;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const char c = plain[i];
    constexpr std::string_view always = "\\`*_[]<>&|~";
    const bool at_start = line_begins && (c == '#' || c == '+' || c == '-' || c == '=');
    // "2026. " would begin a numbered list
    std::size_t digits = i;
    while (line_begins && digits < plain.size() && is_digit(plain[digits])) ++digits;
    if (digits > i && digits < plain.size() && (plain[digits] == '.' || plain[digits] == ')') && (digits + 1 == plain.size() || plain[digits + 1] == ' ')) {
      out += plain.substr(i, digits - i);
      out.push_back('\\');
      out.push_back(plain[digits]);
      i = digits;
      line_begins = false;
      continue;
    }
    if (at_start || always.find(c) != std::string_view::npos) out.push_back('\\');
    out.push_back(c);
    line_begins = c == '\n' || (line_begins && c == ' ');
  }
  return out;
}

std::string quoted(std::string_view markdown) {
  std::string out;
  for (std::size_t at = 0; at <= markdown.size();) {
    const std::size_t end = std::min(markdown.find('\n', at), markdown.size());
    const std::string_view line = markdown.substr(at, end - at);
    out += line.empty() ? ">" : "> ";
    out += line;
    at = end + 1;
    if (at <= markdown.size()) out.push_back('\n');
  }
  return out;
}

std::string plain(std::string_view markdown, std::size_t longest_letters) {
  std::string out;
  const auto add = [&](const document::Text& text) {
    const std::string words = normalised(text.plain());
    if (words.empty()) return;
    if (!out.empty()) out.push_back(' ');
    out += words;
  };
  for (const Part& part : parts_of(markdown)) {
    add(part.text);
    for (const auto& row : part.rows)
      for (const document::Text& cell : row) add(cell);
  }
  if (count_characters(out) <= longest_letters) return out;
  std::size_t letters = 0, end = 0;
  while (end < out.size()) {
    if ((static_cast<unsigned char>(out[end]) & 0xC0) != 0x80 && ++letters > longest_letters) break;
    ++end;
  }
  // whole words only
  const std::size_t blank = out.rfind(' ', end);
  return out.substr(0, blank == std::string::npos || blank == 0 ? end : blank) + "…";
}

}  // namespace khuyenhoc::markdown
