// embed_file FILE NAME OUTPUT.cpp: a file's bytes as `const std::string_view khuyenhoc::NAME`.
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

int main(int count, char** arguments) {
  if (count != 4) {
    std::cerr << "usage: embed_file FILE NAME OUTPUT.cpp\n";
    return 2;
  }
  std::ifstream in(arguments[1], std::ios::binary);
  if (!in) {
    std::cerr << arguments[1] << ": error: cannot read\n";
    return 1;
  }
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  std::string code = "#include <string_view>\n\nnamespace khuyenhoc {\n\nextern const std::string_view " + std::string(arguments[2]) + ";\nnamespace {\nconstexpr unsigned char bytes[] = {";
  for (std::size_t i = 0; i < bytes.size(); ++i) code += (i % 24 == 0 ? "\n  " : "") + std::to_string(static_cast<unsigned char>(bytes[i])) + ",";
  code += "0};\n}  // namespace\nconst std::string_view " + std::string(arguments[2]) + "(reinterpret_cast<const char*>(bytes), " + std::to_string(bytes.size()) + ");\n\n}  // namespace khuyenhoc\n";
  std::ofstream(arguments[3], std::ios::binary) << code;
  return 0;
}
