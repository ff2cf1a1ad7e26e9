#include "reports/frozen_paper.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace khuyenhoc {
namespace {

// "118", or of a ratio "12/34*100".
std::string figure_text(const Figure& figure) { return figure.is_ratio ? fmt::format("{}/{}*{}", figure.value, figure.denominator, figure.scale) : std::to_string(figure.value); }

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(out) : std::nullopt;
}

std::optional<Figure> figure_of(std::string_view text) {
  const auto slash = text.find('/'), star = text.find('*');
  const auto value = number_of(text.substr(0, slash));
  if (!value) return std::nullopt;
  if (slash == std::string_view::npos) return Figure{*value};
  if (star == std::string_view::npos || star < slash) return std::nullopt;
  const auto denominator = number_of(text.substr(slash + 1, star - slash - 1)), scale = number_of(text.substr(star + 1));
  return denominator && scale ? std::optional(Figure{*value, *denominator, true, *scale}) : std::nullopt;
}

std::string_view next_word(std::string_view& rest) {
  const auto end = std::min(rest.find(' '), rest.size());
  const auto word = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return word;
}

}  // namespace

std::string stored_form(const FrozenPaper& paper, const Catalogue& catalogue) {
  std::string out;
  const auto code = [&](MeasureIndex measure) -> const std::string& { return catalogue.measure(measure).code; };
  for (const auto& [measure, figure] : paper.same_period) out += fmt::format("cung_ky {} {}\n", code(measure), figure_text(figure));
  for (const auto& [measure, value] : paper.plan) out += fmt::format("ke_hoach {} {}\n", code(measure), value);
  for (const auto& [measure, figure] : paper.from_before) out += fmt::format("dau_ky {} {}\n", code(measure), figure_text(figure));
  if (!paper.columns.empty()) {
    out += "cot";
    for (const MeasureIndex measure : paper.columns) out += " " + code(measure);
    out += '\n';
  }
  for (const FrozenPaper::Row& row : paper.rows) {
    out += fmt::format("dong {}", row.body.value);
    for (const auto& [measure, figure] : row.figures) out += fmt::format(" {} {}", code(measure), figure_text(figure));
    out += '\n';
  }
  std::string missing = paper.missing;
  std::ranges::replace(missing, '\n', ' ');
  if (!missing.empty()) out += fmt::format("thieu {}\n", missing);
  if (paper.paper_template != 0) out += fmt::format("mau {}\n", paper.paper_template);
  if (paper.restated) out += "quy_ve dia_gioi_moi\n";
  return out;
}

FrozenPaper frozen_paper_of(std::string_view stored, const Catalogue& catalogue) {
  FrozenPaper out;
  while (!stored.empty()) {
    const auto end = std::min(stored.find('\n'), stored.size());
    std::string_view line = stored.substr(0, end);
    stored.remove_prefix(std::min(end + 1, stored.size()));
    const auto word = next_word(line);
    if (word == "thieu") out.missing = line;
    else if (word == "mau") out.paper_template = number_of(line).value_or(0);
    else if (word == "quy_ve") out.restated = true;
    else if (word == "cot") {
      while (!line.empty())
        if (const auto measure = catalogue.find(next_word(line))) out.columns.push_back(*measure);
    } else if (word == "cung_ky" || word == "ke_hoach" || word == "dau_ky") {
      const auto measure = catalogue.find(next_word(line));
      const auto figure = figure_of(line);
      if (!measure || !figure) continue;
      if (word == "cung_ky") out.same_period.emplace(*measure, *figure);
      else if (word == "dau_ky") out.from_before.emplace(*measure, *figure);
      else out.plan.emplace(*measure, figure->value);
    } else if (word == "dong") {
      FrozenPaper::Row row{BodyId{number_of(next_word(line)).value_or(0)}, {}};
      while (!line.empty()) {
        const auto measure = catalogue.find(next_word(line));
        const auto figure = figure_of(next_word(line));
        if (measure && figure) row.figures.emplace(*measure, *figure);
      }
      out.rows.push_back(std::move(row));
    }
  }
  return out;
}

std::optional<FrozenPaper> frozen_paper_of(const std::vector<FrozenText>& texts, const Catalogue& catalogue) {
  const auto found = std::ranges::find(texts, frozen_beside, &FrozenText::code);
  return found == texts.end() ? std::nullopt : std::optional(frozen_paper_of(found->markdown, catalogue));
}

}  // namespace khuyenhoc
