// Cuts a template into literal markup, {{ expressions }}, {% statements %} and [[messages]].
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace khuyenhoc::tools {

struct TemplateError : std::runtime_error {
  TemplateError(int at_line, const std::string& message) : std::runtime_error(message), line(at_line) {}
  int line;
};

struct Expression {
  std::string code;
  int line = 1;
};

struct Token {
  enum class Kind { markup, expression, statement, message };
  Kind kind = Kind::markup;
  std::string text;                     // markup, code, statement or the message with {} where its expressions stand
  int line = 1;
  std::vector<Expression> arguments = {};   // of a message, in order
};

std::vector<Token> split_template(std::string_view text);

std::string trimmed(std::string_view text);

}  // namespace khuyenhoc::tools
