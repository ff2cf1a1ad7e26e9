#include "template_tokens.h"

#include <algorithm>
#include <cctype>

namespace khuyenhoc::tools {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text) {}

  std::vector<Token> run() {
    while (position_ < text_.size()) {
      if (starts_with("{#")) {
        skip_comment("{#", "#}");
      } else if (starts_with("<!--")) {
        skip_comment("<!--", "-->");
      } else if (starts_with("{{")) {
        const int line = line_;
        add({Token::Kind::expression, code_until('}', '}'), line});
      } else if (starts_with("{%")) {
        const int line = line_;
        add({Token::Kind::statement, code_until('%', '}'), line});
      } else if (starts_with("[[")) {
        add(message());
      } else {
        literal();
      }
    }
    return std::move(tokens_);
  }

 private:
  bool starts_with(std::string_view prefix) const { return text_.substr(position_).starts_with(prefix); }
  void advance(std::size_t count = 1) {
    const auto begin = text_.begin() + static_cast<std::ptrdiff_t>(position_);
    const std::size_t taken = std::min(count, text_.size() - position_);
    line_ += static_cast<int>(std::count(begin, begin + static_cast<std::ptrdiff_t>(taken), '\n'));
    position_ += taken;
  }
  void add(Token token) {
    if (token.kind != Token::Kind::markup && token.kind != Token::Kind::message && token.text.empty()) throw TemplateError(token.line, "empty braces: write an expression or a statement between them");
    tokens_.push_back(std::move(token));
  }

  void literal() {
    if (tokens_.empty() || tokens_.back().kind != Token::Kind::markup) tokens_.push_back({Token::Kind::markup, "", line_});
    tokens_.back().text += text_[position_];
    advance();
  }

  void skip_comment(std::string_view open, std::string_view close) {
    const std::size_t end = text_.find(close, position_ + open.size());
    if (end == std::string_view::npos) throw TemplateError(line_, "this comment is never closed with " + std::string(close));
    advance(end + close.size() - position_);
  }

  // The C++ between two-character brackets; strings and nested braces inside it do not end it.
  std::string code_until(char first, char second) {
    const int start_line = line_;
    advance(2);
    const std::size_t start = position_;
    int depth = 0;
    while (position_ < text_.size()) {
      const char c = text_[position_];
      if (depth == 0 && c == first && position_ + 1 < text_.size() && text_[position_ + 1] == second) {
        const std::string code = trimmed(text_.substr(start, position_ - start));
        advance(2);
        return code;
      }
      if (c == '"' || c == '\'') {
        skip_quoted(c);
        continue;
      }
      if (c == '{') ++depth;
      if (c == '}') --depth;
      advance();
    }
    throw TemplateError(start_line, std::string("these braces are never closed with ") + first + second);
  }

  void skip_quoted(char quote) {
    const int start_line = line_;
    advance();
    while (position_ < text_.size() && text_[position_] != quote) advance(text_[position_] == '\\' ? 2 : 1);
    if (position_ >= text_.size()) throw TemplateError(start_line, "a quoted text in an expression is never closed");
    advance();
  }

  Token message() {
    Token token{Token::Kind::message, "", line_};
    advance(2);
    while (!starts_with("]]")) {
      if (position_ >= text_.size()) throw TemplateError(token.line, "this message is never closed with ]]");
      if (starts_with("{{")) {
        const int line = line_;
        token.arguments.push_back({code_until('}', '}'), line});
        token.text += "{}";
        continue;
      }
      const char c = text_[position_];
      if (starts_with("{%") || c == '<') throw TemplateError(line_, "a message holds only text and {{ expressions }}: put the markup into a {% block %} and name it, or end the message before it");
      if (is_blank(c)) {
        if (!token.text.empty() && token.text.back() != ' ') token.text += ' ';
      } else if (c == '{' || c == '}') {
        token.text += std::string(2, c);
      } else {
        token.text += c;
      }
      advance();
    }
    advance(2);
    while (!token.text.empty() && token.text.back() == ' ') token.text.pop_back();
    const std::size_t entity = token.text.find('&');
    if (entity != std::string::npos && token.text.find(';', entity) < entity + 10) throw TemplateError(token.line, "write the character itself in a message, not its &name;");
    if (token.text.empty()) throw TemplateError(token.line, "empty message");
    return token;
  }

  std::string_view text_;
  std::size_t position_ = 0;
  int line_ = 1;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> split_template(std::string_view text) { return Splitter(text).run(); }

std::string trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return std::string(text);
}

}  // namespace khuyenhoc::tools
