#include "cpp_strings.h"

#include <cctype>
#include <cstdint>

namespace khuyenhoc::tools {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

class Scanner {
 public:
  Scanner(std::string_view code, int line) : code_(code), line_(line) {}

  std::vector<CppString> run() {
    while (position_ < code_.size()) step();
    return std::move(found_);
  }

 private:
  // How deep we stand in brackets, and where a message may still come: the first or second argument of tr(, the first of mark(.
  struct Call {
    int depth = 0;
    int arguments_left = 0;
  };

  char at(std::size_t offset = 0) const { return position_ + offset < code_.size() ? code_[position_ + offset] : '\0'; }
  void advance() {
    if (at() == '\n') ++line_;
    ++position_;
  }

  void step() {
    const char c = at();
    if (c == '/' && at(1) == '/') {
      while (position_ < code_.size() && at() != '\n') ++position_;
    } else if (c == '/' && at(1) == '*') {
      while (position_ < code_.size() && !(at() == '*' && at(1) == '/')) advance();
      position_ += 2;
    } else if (c == '\'') {
      take_quoted_once();
    } else if (c == '`') {
      ++position_;
      take_template();
    } else if (c == '"') {
      take_literal(at_message());
    } else if (is_word(c)) {
      word();
    } else {
      const bool template_goes_on = c == '}' && !templates_.empty() && templates_.back() == depth_;
      bracket(c);
      advance();
      if (template_goes_on) {
        templates_.pop_back();
        take_template();
      }
      if (std::isspace(static_cast<unsigned char>(c)) == 0) fresh_argument_ = c == '(' || c == ',';
    }
  }

  void word() {
    const std::size_t start = position_;
    while (is_word(at())) ++position_;
    const std::string_view text = code_.substr(start, position_ - start);
    if (at() == '\'') {   // 1'000'000
      while (is_word(at()) || at() == '\'') ++position_;
    }
    if (at() == '"' && (text == "R" || text == "u8R" || text == "LR")) {
      take_raw_literal(at_message());
      return;
    }
    if (at() == '"' && (text == "u8" || text == "L" || text == "u" || text == "U")) {
      take_literal(at_message());
      return;
    }
    if (at() == '(' && (text == "tr" || text == "mark")) calls_.push_back({depth_ + 1, text == "tr" ? 2 : 1});
    fresh_argument_ = false;
  }

  void bracket(char c) {
    if (c == '(' || c == '{' || c == '[') ++depth_;
    if (c == ',' && !calls_.empty() && calls_.back().depth == depth_) --calls_.back().arguments_left;
    if (c == ')' || c == '}' || c == ']') {
      if (!calls_.empty() && calls_.back().depth == depth_) calls_.pop_back();
      --depth_;
    }
  }

  bool at_message() {
    if (calls_.empty() || calls_.back().depth != depth_ || !fresh_argument_ || calls_.back().arguments_left <= 0) return false;
    calls_.back().arguments_left = 0;
    return true;
  }

  // A character of C++, or a string of TypeScript: never a message, but a person may read it.
  void take_quoted_once() {
    CppString result{"", line_, false};
    for (++position_; position_ < code_.size() && at() != '\''; advance()) {
      if (at() == '\\') ++position_;
      result.text += at();
    }
    ++position_;
    if (has_accented_letter(result.text)) found_.push_back(std::move(result));
    fresh_argument_ = false;
  }

  // The text of a TypeScript template up to its end or to the next ${, whose code is read as any other. Never a message: its holes have no places.
  void take_template() {
    CppString result{"", line_, false};
    while (position_ < code_.size() && at() != '`' && !(at() == '$' && at(1) == '{')) {
      if (at() == '\\') ++position_;
      result.text += at();
      advance();
    }
    if (!result.text.empty()) found_.push_back(std::move(result));
    fresh_argument_ = false;
    if (at() == '$') {
      templates_.push_back(++depth_);
      ++position_;
    }
    ++position_;
  }

  void take_literal(bool marked) {
    CppString result{"", line_, marked};
    while (at() == '"') {
      ++position_;
      while (position_ < code_.size() && at() != '"') {
        if (at() == '\\') {
          ++position_;
          result.text += at() == 'n' ? '\n' : at() == 't' ? '\t' : at();
        } else {
          result.text += at();
        }
        advance();
      }
      ++position_;
      while (std::isspace(static_cast<unsigned char>(at())) != 0) advance();
    }
    found_.push_back(std::move(result));
    fresh_argument_ = false;
  }

  void take_raw_literal(bool marked) {
    CppString result{"", line_, marked};
    const std::size_t open = code_.find('(', position_);
    if (open == std::string_view::npos) {
      position_ = code_.size();
      return;
    }
    const std::string close = ")" + std::string(code_.substr(position_ + 1, open - position_ - 1)) + "\"";
    position_ = open + 1;
    while (position_ < code_.size() && code_.substr(position_, close.size()) != close) {
      result.text += at();
      advance();
    }
    position_ += close.size();
    found_.push_back(std::move(result));
    fresh_argument_ = false;
  }

  std::string_view code_;
  int line_;
  std::size_t position_ = 0;
  int depth_ = 0;
  bool fresh_argument_ = false;
  std::vector<Call> calls_;
  std::vector<int> templates_;   // how deep each ${ stands that is not closed yet
  std::vector<CppString> found_;
};

// The next code point of well-formed UTF-8; broken bytes come back one by one.
std::uint32_t next_code_point(std::string_view text, std::size_t& position) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(position);
  const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  if (length == 1 || position + length > text.size()) {
    ++position;
    return lead;
  }
  std::uint32_t value = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) value = (value << 6) | (byte(position + i) & 0x3FU);
  position += length;
  return value;
}

bool is_accented(std::uint32_t c) { return (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) || (c >= 0x1E00 && c <= 0x1EFF); }

}  // namespace

std::vector<CppString> find_strings(std::string_view code, int first_line) { return Scanner(code, first_line).run(); }

bool has_letter(std::string_view text) {
  for (std::size_t position = 0; position < text.size();) {
    const std::uint32_t c = next_code_point(text, position);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_accented(c)) return true;
  }
  return false;
}

bool has_accented_letter(std::string_view text) {
  for (std::size_t position = 0; position < text.size();) {
    if (is_accented(next_code_point(text, position))) return true;
  }
  return false;
}

}  // namespace khuyenhoc::tools
