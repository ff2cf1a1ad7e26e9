// collect_messages SOURCE_ROOT: prints every marked message of templates and C++ under it as a .pot, with the places where it stands.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

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

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: collect_messages SOURCE_ROOT\n";
    return 2;
  }
  const fs::path root = arguments[1];
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const std::string name = entry.path().filename().string();
    const bool is_test = name.ends_with("_test.cpp") || name.ends_with("_test.html");
    if (entry.is_regular_file() && !is_test && (name.ends_with(".cpp") || name.ends_with(".h") || name.ends_with(".html"))) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::map<std::string, std::vector<std::string>> places;
  const auto add = [&](const std::string& message, const std::string& file, int line) {
    if (!message.empty()) places[message].push_back(file + ":" + std::to_string(line));
  };
  for (const fs::path& path : files) {
    const std::string file = fs::relative(path, root).string();
    try {
      if (path.extension() == ".html") {
        for (const auto& message : khuyenhoc::tools::compile_template(file, read_file(path)).messages) add(message.text, file, message.line);
      } else {
        for (const auto& found : khuyenhoc::tools::find_strings(read_file(path))) {
          if (found.marked) add(found.text, file, found.line);
        }
      }
    } catch (const khuyenhoc::tools::TemplateError& error) {
      std::cerr << path.string() << ":" << error.line << ": error: " << error.what() << "\n";
      return 1;
    }
  }
  std::cout << "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Content-Transfer-Encoding: 8bit\\n\"\n\n";
  for (const auto& [message, where] : places) {
    std::cout << "#:";
    for (const std::string& place : where) std::cout << " " << place;
    std::cout << "\nmsgid " << po_text(message) << "\nmsgstr \"\"\n\n";
  }
  return 0;
}
