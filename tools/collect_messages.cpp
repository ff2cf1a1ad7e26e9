// collect_messages SOURCE_ROOT...: prints every marked message of templates, C++ and islands under the folders as a .pot, with the places where it stands.
// An island's sentence that is not marked is an error: a page in English would show it in Vietnamese.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

#include "cpp_strings.h"
#include "template_generator.h"

namespace fs = std::filesystem;

namespace {

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string po_text(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    if (c == '\n') {
      result += "\\n";
    } else {
      result += c;
    }
  }
  return result + "\"";
}

bool is_source(const std::string& name) {
  if (name.ends_with("_test.cpp") || name.ends_with("_test.html") || name.ends_with(".d.ts")) return false;
  return name.ends_with(".cpp") || name.ends_with(".h") || name.ends_with(".html") || name.ends_with(".ts");
}

// Reads amounts aloud in Vietnamese whatever the language of the page, as number_in_words does.
bool speaks_vietnamese_only(const fs::path& path) { return path.filename() == "number_words.ts"; }

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    std::cerr << "usage: collect_messages SOURCE_ROOT...\n";
    return 2;
  }
  std::vector<std::pair<fs::path, std::string>> files;   // with the name that the .pot gives
  for (int i = 1; i < count; ++i) {
    for (const auto& entry : fs::recursive_directory_iterator(arguments[i])) {
      if (entry.is_regular_file() && is_source(entry.path().filename().string())) files.emplace_back(entry.path(), fs::relative(entry.path(), arguments[i]).string());
    }
  }
  std::sort(files.begin(), files.end());
  bool unmarked = false;
  std::map<std::string, std::vector<std::string>> places;
  const auto add = [&](const std::string& message, const std::string& file, int line) {
    if (!message.empty()) places[message].push_back(file + ":" + std::to_string(line));
  };
  for (const auto& [path, file] : files) {
    try {
      if (path.extension() == ".html") {
        for (const auto& message : khuyenhoc::tools::compile_template(file, read_file(path)).messages) add(message.text, file, message.line);
      } else {
        for (const auto& found : khuyenhoc::tools::find_strings(read_file(path))) {
          if (found.marked) {
            add(found.text, file, found.line);
          } else if (path.extension() == ".ts" && !speaks_vietnamese_only(path) && khuyenhoc::tools::has_accented_letter(found.text)) {
            std::cerr << path.string() << ":" << found.line << ": error: mark this text, tr(\"…\") of texts.ts: " << found.text << "\n";
            unmarked = true;
          }
        }
      }
    } catch (const khuyenhoc::tools::TemplateError& error) {
      std::cerr << path.string() << ":" << error.line << ": error: " << error.what() << "\n";
      return 1;
    }
  }
  if (unmarked) return 1;
  std::cout << "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Content-Transfer-Encoding: 8bit\\n\"\n\n";
  for (const auto& [message, where] : places) {
    std::cout << "#:";
    for (const std::string& place : where) std::cout << " " << place;
    std::cout << "\nmsgid " << po_text(message) << "\nmsgstr \"\"\n\n";
  }
  return 0;
}
