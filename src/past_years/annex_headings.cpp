#include "past_years/annex_headings.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "base/i18n.h"
#include "base/text.h"
#include "platform/config/table.h"

namespace khuyenhoc {

extern const std::string_view annex_headings_catalogue;

namespace {

bool has_words(std::string_view text, std::string_view words) {
  for (auto at = text.find(words); at != std::string_view::npos; at = text.find(words, at + 1)) {
    const bool begins = at == 0 || text[at - 1] == ' ';
    const bool ends = at + words.size() == text.size() || text[at + words.size()] == ' ';
    if (begins && ends) return true;
  }
  return false;
}

std::string without_brackets(std::string_view text) {
  std::string out;
  int depth = 0;
  for (const char c : text) {
    if (c == '(') ++depth;
    if (depth == 0) out += c;
    if (c == ')' && depth > 0) --depth;
  }
  return out;
}

// Units and ordinals say nothing about the indicator.
std::string bare(std::string_view line) {
  std::string words = folded(without_brackets(line));
  for (const std::string_view unit : {"don vi tinh", "dvt", "trieu dong", "nghin dong", "ngan dong", "ty dong"})
    if (const auto at = words.find(unit); at != std::string::npos) words.erase(at, unit.size());
  return folded(words);
}

}  // namespace

std::optional<std::int64_t> money_factor(std::string_view text) {
  const std::string words = folded(text);
  constexpr std::array<std::pair<std::string_view, std::int64_t>, 14> known{{{"ty dong", 1'000'000'000},
                                                                            {"trieu dong", 1'000'000},
                                                                            {"tr dong", 1'000'000},
                                                                            {"tr d", 1'000'000},
                                                                            {"trd", 1'000'000},
                                                                            {"nghin dong", 1'000},
                                                                            {"ngan dong", 1'000},
                                                                            {"1 000 dong", 1'000},
                                                                            {"1000 dong", 1'000},
                                                                            {"1 000d", 1'000},
                                                                            {"1 000 d", 1'000},
                                                                            {"1000d", 1'000},
                                                                            {"1000 d", 1'000},
                                                                            {"dong", 1}}};
  for (const auto& [unit, factor] : known)
    if (has_words(words, unit)) return factor;
  return std::nullopt;
}

std::string factor_words(std::int64_t factor) {
  switch (factor) {
    case 1'000'000'000: return tr("tỷ đồng");
    case 1'000'000: return tr("triệu đồng");
    case 1'000: return tr("nghìn đồng");
    default: return tr("đồng");
  }
}

AnnexHeadings::AnnexHeadings(const Catalogue& catalogue) : catalogue_(catalogue) {
  const auto add = [&](std::string_view text, Series series) {
    if (std::string words = folded(text); !words.empty()) words_.push_back({std::move(words), series});
  };
  for (std::size_t i = 0; i < catalogue.measures().size(); ++i) {
    const auto index = static_cast<MeasureIndex>(i);
    const Measure& measure = catalogue.measure(index);
    const Series whole = catalogue.series(index);
    add(measure.code, whole);
    for (const std::string& label : {measure.label_vi, measure.short_vi}) {
      add(label, whole);
      add(without_brackets(label), whole);
    }
    for (const Dimension& dimension : measure.dimensions)
      for (const Member& member : dimension.members)
        if (const auto series = catalogue.series(index, dimension.code, member.code))
          for (const std::string& label : {measure.label_vi, measure.short_vi}) add(label + " " + member.label_vi, *series);
  }
  const auto file = config::Table::parse(annex_headings_catalogue, "annex_headings.toml");
  assert(file && "the embedded file is ours");
  for (const auto& entry : file->tables("heading")) {
    const auto series = catalogue.series_by_key(entry.text("measure"), entry.text("member"));
    assert(series && "the embedded file names indicators of the catalogue");
    for (const std::string& words : entry.texts("words")) add(words, *series);
  }
}

const AnnexHeadings& AnnexHeadings::house() {
  static const AnnexHeadings headings(Catalogue::house());
  return headings;
}

HeadingGuess AnnexHeadings::guess(const std::vector<std::string>& lines, std::int64_t usual_factor) const {
  HeadingGuess out;
  std::string whole, raw;
  for (const std::string& line : lines) {
    if (const std::string words = bare(line); !words.empty()) whole += (whole.empty() ? "" : " ") + words;
    raw += " " + line;
  }
  const std::string leaf = lines.empty() ? std::string{} : bare(lines.back());
  constexpr std::size_t whole_head = 2000, last_line = 1000;
  std::size_t best = 0;
  std::optional<Series> found;
  bool several = false;
  for (const Words& words : words_) {
    std::size_t score = 0;
    if (words.folded == whole) score = whole_head + words.folded.size();
    else if (has_words(whole, words.folded)) score = words.folded.size() + (words.folded == leaf && words.folded.size() > 3 ? last_line : 0);
    if (score == 0 || score < best) continue;
    if (score > best) several = false;
    else if (found && *found != words.series) several = true;
    best = score;
    found = words.series;
  }
  const bool share = has_words(whole, "ty le") || raw.find('%') != std::string::npos;
  if (share) found.reset();
  if (!found || several) {
    if (share) out.computed = tr("tỷ lệ");
    return out;
  }
  const Measure& measure = catalogue_.measure(catalogue_.measure_of(*found));
  if (!is_typed(measure.kind)) {
    out.computed = measure.label(current_language());
    return out;
  }
  out.series = found;
  if (measure.is_money) out.factor = money_factor(raw).value_or(usual_factor);
  return out;
}

}  // namespace khuyenhoc
