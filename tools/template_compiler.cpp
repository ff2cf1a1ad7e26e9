// template_compiler SOURCE_ROOT OUTPUT_ROOT PATH: compiles one template; an error is one line "src/…/page.html:12: error: …".
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "template_generator.h"

namespace {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

// An unchanged file keeps its time, so that nothing is compiled again for it.
void write_file_if_changed(const std::filesystem::path& path, const std::string& content) {
  if (std::filesystem::exists(path) && read_file(path) == content) return;
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << content;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 4) {
    std::cerr << "usage: template_compiler SOURCE_ROOT OUTPUT_ROOT PATH\n";
    return 2;
  }
  const std::filesystem::path source_root = arguments[1];
  const std::filesystem::path output_root = arguments[2];
  const std::string path = arguments[3];
  try {
    const auto compiled = khuyenhoc::tools::compile_template(path, read_file(source_root / path));
    write_file_if_changed(output_root / (path + ".h"), compiled.header);
    write_file_if_changed(output_root / (path + ".cpp"), compiled.source);
  } catch (const khuyenhoc::tools::TemplateError& error) {
    std::cerr << (source_root / path).string() << ":" << error.line << ": error: " << error.what() << "\n";
    return 1;
  } catch (const std::exception& error) {
    std::cerr << (source_root / path).string() << ": error: " << error.what() << "\n";
    return 1;
  }
  return 0;
}
