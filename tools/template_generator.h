// Turns one template into a C++ header and source: a function with typed arguments per template and per partial.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "template_tokens.h"

namespace khuyenhoc::tools {

struct MarkedMessage {
  std::string text;
  int line = 1;
};

struct CompiledTemplate {
  std::string header;
  std::string source;
  std::vector<MarkedMessage> messages;
};

// `path` is relative to the source root: "reporting/pages/board.html" becomes reporting_pages::board(…).
// Throws TemplateError, with the line, for whatever the language refuses.
CompiledTemplate compile_template(std::string_view path, std::string_view text);

}  // namespace khuyenhoc::tools
