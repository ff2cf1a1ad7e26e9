// Finds the string literals of C++ or TypeScript code, and which of them are marked for translation by tr(…) or mark(…).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace khuyenhoc::tools {

struct CppString {
  std::string text;      // escapes resolved, neighbouring literals joined
  int line = 1;
  bool marked = false;   // stands as the message of tr("…"), tr(language, "…") or mark("…")
};

std::vector<CppString> find_strings(std::string_view code, int first_line = 1);

// Whether a person would read a letter in it: Latin letters with or without marks.
bool has_letter(std::string_view text);
// As `has_letter`, but only letters beyond ASCII: a sure sign of Vietnamese.
bool has_accented_letter(std::string_view text);

}  // namespace khuyenhoc::tools
