#include "scenario_text.h"

#include <fmt/format.h>

namespace khuyenhoc::scenarios {
namespace {

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

}  // namespace

void trouble(const std::string& path, int line, const std::string& what) { throw Trouble(fmt::format("{}:{}: {}", path, line, what)); }

Scenario read_scenario(const std::string& path, std::string_view text) {
  Scenario scenario{path, {}, {}};
  bool in_title = true;
  int number = 0;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::string_view raw = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    ++number;
    const bool indented = raw.starts_with(' ') || raw.starts_with('\t');
    const std::string_view line = without_blanks(raw);
    if (in_title) {
      if (line.empty()) in_title = scenario.title.empty();
      else scenario.title += (scenario.title.empty() ? "" : " ") + std::string(line);
      continue;
    }
    if (line.empty() || line.starts_with('#')) continue;
    Sentence sentence{number, std::string(line.substr(0, line.size() - 1)), line.ends_with(':'), {}};
    if (!line.ends_with('.') && !sentence.opens_a_list) trouble(path, number, "a sentence ends with a full stop, one that lists something with a colon");
    if (!indented) {
      scenario.sentences.push_back(std::move(sentence));
      continue;
    }
    if (scenario.sentences.empty() || !scenario.sentences.back().opens_a_list) trouble(path, number, "an indented line belongs to a sentence that ends with a colon");
    scenario.sentences.back().under.push_back(std::move(sentence));
  }
  if (scenario.title.empty() || scenario.sentences.empty()) trouble(path, number, "a scenario opens with the sentence it proves, then a blank line, then what happens");
  for (const Sentence& sentence : scenario.sentences)
    if (sentence.opens_a_list && sentence.under.empty()) trouble(path, sentence.line, "nothing is listed below the colon");
  return scenario;
}

std::vector<std::string> listed(std::string_view words) {
  std::vector<std::string> out;
  while (!words.empty()) {
    const auto comma = words.find(", ");
    const auto with = words.find(" and ");
    const auto end = std::min(comma, with);
    out.emplace_back(without_blanks(words.substr(0, end)));
    if (end == std::string_view::npos) break;
    words.remove_prefix(end + (end == comma ? 2 : 5));
  }
  return out;
}

}  // namespace khuyenhoc::scenarios
