// The C++ side of a compiled template: literals, parameter lists, calls, and the two files written from the functions found.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace khuyenhoc::tools {

struct TemplateFunction {
  std::string name;
  std::vector<std::string> parameters;   // "const BoardPage& page", "int start = 1"
  std::string body;
  int line = 1;
};

// "reporting_pages::row(item, 3)" cut into "reporting_pages::append_row" and "item, 3".
struct CallParts {
  std::string function;
  std::string arguments;
};

std::string quoted(std::string_view text);                       // as a C++ literal
bool is_identifier(std::string_view text);
std::vector<std::string> split_parameters(std::string_view text);   // at the commas outside brackets
CallParts call_parts(const std::string& call, int line);         // throws TemplateError

std::string template_name(std::string_view path);                // "reporting/pages/board.html" -> "board"
std::string written_header(std::string_view path, const std::vector<std::string>& includes, const std::vector<const TemplateFunction*>& functions);
std::string written_source(std::string_view path, const std::vector<const TemplateFunction*>& functions);

}  // namespace khuyenhoc::tools
