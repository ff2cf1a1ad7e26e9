#include "template_code.h"

#include <algorithm>
#include <cctype>

#include "template_tokens.h"

namespace khuyenhoc::tools {
namespace {

std::string joined(const std::vector<std::string>& parts) {
  std::string result;
  for (const std::string& part : parts) result += (result.empty() ? "" : ", ") + part;
  return result;
}

std::string without_default(const std::string& parameter) {
  const std::size_t equals = parameter.find('=');
  return equals == std::string::npos ? parameter : trimmed(parameter.substr(0, equals));
}

std::string parameter_name(const std::string& parameter) {
  const std::string text = without_default(parameter);
  std::size_t start = text.size();
  while (start > 0 && (std::isalnum(static_cast<unsigned char>(text[start - 1])) != 0 || text[start - 1] == '_')) --start;
  return text.substr(start);
}

// reporting/pages/grid/row.html -> reporting_grid_pages
std::string space_of(std::string_view path) {
  std::string result;
  std::size_t start = 0;
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos; start = slash + 1, slash = path.find('/', start)) {
    const std::string_view part = path.substr(start, slash - start);
    if (part != "pages") result += std::string(part) + "_";
  }
  return result + "pages";
}

}  // namespace

std::string quoted(std::string_view text) {
  static constexpr std::string_view digits = "01234567";
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (c == '\n') {
      result += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20) {   // octal, always three digits, so the next character cannot join it
      const auto code = static_cast<unsigned char>(c);
      result += {'\\', digits[code >> 6], digits[(code >> 3) & 7], digits[code & 7]};
    } else {
      result += c;
    }
  }
  return result + "\"";
}

bool is_identifier(std::string_view text) {
  return !text.empty() && std::isdigit(static_cast<unsigned char>(text.front())) == 0 && std::all_of(text.begin(), text.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; });
}

std::vector<std::string> split_parameters(std::string_view text) {
  std::vector<std::string> result(1);
  int depth = 0;
  for (const char c : text) {
    if (c == '(' || c == '<' || c == '{' || c == '[') ++depth;
    if (c == ')' || c == '>' || c == '}' || c == ']') --depth;
    if (c == ',' && depth == 0) {
      result.emplace_back();
    } else {
      result.back() += c;
    }
  }
  for (std::string& parameter : result) parameter = trimmed(parameter);
  if (result.size() == 1 && result.front().empty()) result.clear();
  return result;
}

CallParts call_parts(const std::string& call, int line) {
  const std::size_t open = call.find('(');
  if (open == std::string::npos || call.back() != ')') throw TemplateError(line, "write the template to call with its arguments: name(first, second)");
  const std::string function = trimmed(call.substr(0, open));
  const std::size_t colons = function.rfind("::");
  const std::size_t last = colons == std::string::npos ? 0 : colons + 2;
  if (!is_identifier(function.substr(last))) throw TemplateError(line, function + " is not the name of a template");
  return {function.substr(0, last) + "append_" + function.substr(last), trimmed(call.substr(open + 1, call.size() - open - 2))};
}

std::string template_name(std::string_view path) {
  std::string name(path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1));
  name = name.substr(0, name.find('.'));
  std::replace(name.begin(), name.end(), '-', '_');
  if (!is_identifier(name)) throw TemplateError(1, "a template's file is named in letters, digits and _: " + name);
  return name;
}

std::string written_header(std::string_view path, const std::vector<std::string>& includes, const std::vector<const TemplateFunction*>& functions) {
  std::string result = "// Made from src/" + std::string(path) + "; edit that.\n#pragma once\n\n#include \"platform/html/render.h\"\n";
  for (const std::string& include : includes) result += "#include " + include + "\n";
  result += "\nnamespace khuyenhoc::" + space_of(path) + " {\n\n";
  for (const TemplateFunction* function : functions) {
    result += "html::SafeHtml " + function->name + "(" + joined(function->parameters) + ");\n";
    std::vector<std::string> parameters = {"html::SafeHtml& out_0"};
    parameters.insert(parameters.end(), function->parameters.begin(), function->parameters.end());
    result += "void append_" + function->name + "(" + joined(parameters) + ");\n";
  }
  return result + "\n}  // namespace khuyenhoc::" + space_of(path) + "\n";
}

std::string written_source(std::string_view path, const std::vector<const TemplateFunction*>& functions) {
  const std::string back = "#line 1 " + quoted(std::string(path) + ".cpp") + "\n";
  std::string result = "// Made from src/" + std::string(path) + "; edit that.\n#include \"" + std::string(path) + ".h\"\n\nnamespace khuyenhoc::" + space_of(path) + " {\n\n";
  for (const TemplateFunction* function : functions) {
    std::vector<std::string> parameters;
    std::vector<std::string> names = {"out_0"};
    for (const std::string& parameter : function->parameters) {
      parameters.push_back("[[maybe_unused]] " + without_default(parameter));
      names.push_back(parameter_name(parameter));
    }
    std::vector<std::string> with_out = {"html::SafeHtml& out_0"};
    with_out.insert(with_out.end(), parameters.begin(), parameters.end());
    result += "void append_" + function->name + "(" + joined(with_out) + ") {\n" + function->body + back + "}\n\n";
    result += "html::SafeHtml " + function->name + "(" + joined(parameters) + ") {\n  html::SafeHtml out_0;\n  append_" + function->name + "(" + joined(names) + ");\n  return out_0;\n}\n\n";
  }
  return result + "}  // namespace khuyenhoc::" + space_of(path) + "\n";
}

}  // namespace khuyenhoc::tools
