#include "app/usage_words.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "app/command.h"
#include "base/text.h"

namespace khuyenhoc {
namespace {

// How many letters must be changed, added or left out to make one word of the other.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t before = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t above = row[j + 1];
      row[j + 1] = std::min({above + 1, row[j] + 1, before + (a[i] == b[j] ? 0U : 1U)});
      before = above;
    }
  }
  return row.back();
}

std::string suggestion(std::string_view typed, const std::vector<std::string>& known) {
  const std::string near = nearest_word(typed, known);
  return near.empty() ? std::string() : fmt::format("; có lẽ là “{}”", near);
}

// The command the words went to: the last one that was named.
const CLI::App& innermost(const CLI::App& program) {
  const CLI::App* at = &program;
  for (auto parsed = at->get_subcommands(); !parsed.empty(); parsed = at->get_subcommands()) at = parsed.front();
  return *at;
}

std::vector<std::string> options_of(const CLI::App& command) {
  std::vector<std::string> out;
  for (const CLI::Option* option : command.get_options())
    for (const std::string& name : option->get_lnames()) out.push_back("--" + name);
  return out;
}

std::vector<std::string> subcommands_of(const CLI::App& command) {
  std::vector<std::string> out;
  for (const CLI::App* sub : command.get_subcommands([](const CLI::App*) { return true; })) out.push_back(sub->get_name());
  return out;
}

// The first word that no command knew what to do with, which explains more than whatever is missing because of it.
std::string unknown_word(const CLI::App& command) {
  const auto left = command.remaining();
  if (left.empty()) return {};
  const std::string& word = left.front();
  if (word.starts_with("-")) return fmt::format("lệnh “{}” không có “{}”{}", command.get_name(), word, suggestion(word, options_of(command)));
  const auto below = subcommands_of(command);
  if (below.empty()) return fmt::format("thừa “{}”", word);
  return fmt::format("không có lệnh “{}”{}", word, suggestion(word, below));
}

class Help : public CLI::Formatter {
 public:
  Help() {
    label("REQUIRED", "(bắt buộc)");
    label("Positionals", "Giá trị");
    label("Options", "Tùy chọn");
    label("Subcommands", "Các lệnh");
    label("SUBCOMMAND", "LỆNH");
    label("SUBCOMMANDS", "LỆNH");
    label("OPTIONS", "TÙY CHỌN");
    label("Usage", "Cách dùng");
    label("Excludes", "không dùng cùng");
    label("TEXT", "");
  }
  // Columns are counted in letters as people see them.
  std::string make_option(const CLI::Option* option, bool is_positional) const override {
    const bool is_help = option->check_lname("help");
    return line(make_option_name(option, is_positional) + make_option_opts(option), is_help ? "in phần hướng dẫn này rồi thôi" : option->get_description());
  }
  std::string make_option_opts(const CLI::Option* option) const override {
    std::string out;
    if (option->get_type_size() != 0) {
      if (const std::string type = get_label(option->get_type_name()); !type.empty()) out += " " + type;
      if (!option->get_default_str().empty()) out += " = " + option->get_default_str();
      if (option->get_required()) out += " " + get_label("REQUIRED");
    }
    for (const CLI::Option* other : option->get_excludes()) out += fmt::format(" ({} {})", get_label("Excludes"), other->get_name());
    return out;
  }
  std::string make_group(std::string group, bool is_positional, std::vector<const CLI::Option*> options) const override {
    return CLI::Formatter::make_group(get_label(std::move(group)), is_positional, std::move(options));
  }
  std::string make_subcommands(const CLI::App* app, CLI::AppFormatMode) const override {
    std::string out;
    for (const CLI::App* sub : app->get_subcommands([](const CLI::App*) { return true; })) out += make_subcommand(sub);
    return out.empty() ? out : fmt::format("\n{}:\n{}", get_label("Subcommands"), out);
  }
  std::string make_subcommand(const CLI::App* sub) const override { return line(sub->get_name(), sub->get_description()); }
  std::string make_usage(const CLI::App* app, std::string name) const override {
    std::string out = fmt::format("{}: {}", get_label("Usage"), name);
    if (!app->get_options([](const CLI::Option* option) { return option->nonpositional(); }).empty()) out += fmt::format(" [{}]", get_label("OPTIONS"));
    for (const CLI::Option* option : app->get_options([](const CLI::Option* one) { return one->get_positional(); }))
      out += option->get_required() ? " " + option->get_name(true) : fmt::format(" [{}]", option->get_name(true));
    if (!app->get_subcommands([](const CLI::App*) { return true; }).empty()) out += " " + get_label("SUBCOMMAND");
    return out + "\n";
  }

 private:
  static std::string line(const std::string& what, const std::string& description) {
    constexpr std::size_t width = 34;
    const std::string left = "  " + what;
    if (count_characters(left) + 2 > width) return left + "\n" + padded("", width, Align::left) + description + "\n";
    return padded(left, width, Align::left) + description + "\n";
  }
};

}  // namespace

std::string nearest_word(std::string_view typed, const std::vector<std::string>& known) {
  const auto far = [&](const std::string& word) { return distance(typed, word); };
  const auto best = std::ranges::min_element(known, {}, far);
  if (best == known.end()) return {};
  const std::size_t allowed = std::max<std::size_t>(2, typed.size() / 3);
  return far(*best) <= allowed && far(*best) < best->size() ? *best : std::string();
}

CLI::Validator one_of(std::vector<std::string> words) {
  return CLI::Validator(
      [words = std::move(words)](std::string& typed) {
        if (std::ranges::find(words, typed) != words.end()) return std::string();
        return fmt::format("không có “{}”{}; xin chọn {}", typed, suggestion(typed, words), fmt::join(words, ", "));
      },
      "");
}

std::shared_ptr<CLI::FormatterBase> help_in_vietnamese() { return std::make_shared<Help>(); }

std::string usage_words(const CLI::App& program, const CLI::ParseError& error) {
  const CLI::App& command = innermost(program);
  const std::string what = error.what();
  const auto is = [code = error.get_exit_code()](CLI::ExitCodes one) { return code == static_cast<int>(one); };
  using enum CLI::ExitCodes;
  if (is(RequiredError) || is(ExtrasError))
    if (const std::string unknown = unknown_word(command); !unknown.empty()) return unknown;
  if (is(RequiredError)) {
    if (what == "A subcommand is required") return fmt::format("thiếu tên lệnh; xin chọn {}", fmt::join(subcommands_of(command), ", "));
    return "thiếu " + what.substr(0, what.find(" is required"));
  }
  if (is(ArgumentMismatch)) return fmt::format("{} cần một giá trị đi sau", what.substr(0, what.find(':')));
  if (is(ExcludesError)) {
    constexpr std::string_view excludes = " excludes ";
    if (const auto between = what.find(excludes); between != std::string::npos) return fmt::format("{} không dùng cùng {}", what.substr(0, between), what.substr(between + excludes.size()));
  }
  if (is(ConversionError)) {
    const auto option = what.find("--"), sign = what.find(" = ");
    if (option != std::string::npos && sign != std::string::npos) return fmt::format("{} cần một số, không phải “{}”", what.substr(option, sign - option), what.substr(sign + 3));
  }
  return what;                           // of our own checks, which speak Vietnamese
}

}  // namespace khuyenhoc
