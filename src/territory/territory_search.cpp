#include "territory/territory_search.h"

#include <algorithm>

#include "base/text.h"

namespace khuyenhoc {
namespace {

enum class Fit { whole, whole_words, start, word_start, inside, path, none };

bool starts_word(std::string_view text, std::size_t at) { return at == 0 || text[at - 1] == ' '; }
bool ends_word(std::string_view text, std::size_t end) { return end == text.size() || text[end] == ' '; }

Fit fit(std::string_view text, std::string_view sought) {
  if (text == sought) return Fit::whole;
  auto best = Fit::none;
  for (auto at = text.find(sought); at != std::string_view::npos; at = text.find(sought, at + 1)) {
    const auto here = at == 0 ? (ends_word(text, sought.size()) ? Fit::whole_words : Fit::start) : starts_word(text, at) ? Fit::word_start : Fit::inside;
    best = std::min(best, here);
  }
  return best;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const auto blank = text.find(' ');
    if (blank != 0) out.push_back(text.substr(0, blank));
    text = blank == std::string_view::npos ? std::string_view{} : text.substr(blank + 1);
  }
  return out;
}

bool has_word_starting(std::string_view text, std::string_view start) {
  for (auto at = text.find(start); at != std::string_view::npos; at = text.find(start, at + 1)) {
    if (starts_word(text, at)) return true;
  }
  return false;
}

std::string without_blanks(std::string_view text) {
  std::string out(text);
  std::erase(out, ' ');
  return out;
}

struct Hit {
  Fit fit;
  bool written_so;       // with the very accents that were typed
  bool alive;
  const Unit* unit;
  std::string_view name; // folded
};

}  // namespace

const Territory::SearchIndex& Territory::search_index() const {
  std::call_once(search_once_, [this] {
    auto made = std::make_unique<SearchIndex>();
    made->versions.reserve(units_.size());
    for (const auto& unit : units_) {
      auto& versions = made->versions.emplace_back();
      versions.reserve(unit.versions.size());
      for (const auto& version : unit.versions) {
        auto name = folded(version.name);
        auto full = version.type == "quốc gia" ? name : folded(version.type) + " " + name;
        versions.push_back({std::move(name), std::move(full)});
      }
    }
    search_ = std::move(made);
  });
  return *search_;
}

std::vector<UnitId> Territory::search(std::string_view typed, Day day, std::size_t limit) const {
  return search(typed, day, limit, [](UnitId) { return true; });
}

std::vector<UnitId> Territory::search(std::string_view typed, Day day, std::size_t limit, const UnitFilter& allowed) const {
  const auto sought = folded(typed);
  if (sought.empty() || limit == 0) return {};
  const auto written = upper_case(normalised(typed));
  const auto words = words_of(sought);
  const auto joined = without_blanks(sought);
  const auto& index = search_index();
  const auto names_of = [&](const Unit& unit) -> const SearchIndex::Names& {
    const auto version = static_cast<std::size_t>(&unit.on(day) - unit.versions.data());
    return index.versions[static_cast<std::size_t>(&unit - units_.data())][version];
  };
  const auto fits_path = [&](const Unit& unit) {
    // at least one word in its own name, so that "dak lak" does not list every commune of Đắk Lắk; the others anywhere above
    bool own = false;
    for (const auto word : words) {
      if (has_word_starting(names_of(unit).name, word)) {
        own = true;
        continue;
      }
      bool found = has_word_starting(names_of(unit).full, word);
      for (auto above = unit.on(day).parent; !found && above; above = this->unit(above).on(day).parent) {
        found = has_word_starting(names_of(this->unit(above)).full, word);
      }
      if (!found) return false;
    }
    return own;
  };

  std::vector<Hit> hits;
  for (const auto& unit : units_) {
    const auto& names = names_of(unit);
    auto best = std::min(fit(names.name, sought), fit(names.full, sought));
    if (const auto& code = unit.on(day).code; code.starts_with(sought)) best = std::min(best, code == sought ? Fit::whole : Fit::start);
    // M'Drắk is written "M Drắk" and "Mdrắk" as well
    if (best == Fit::none && joined.size() > 3 && without_blanks(names.name).starts_with(joined)) best = Fit::start;
    if (best == Fit::none && words.size() > 1 && fits_path(unit)) best = Fit::path;
    if (best == Fit::none || !allowed(unit.id)) continue;
    hits.push_back({best, false, unit.alive(day), &unit, names.name});
  }
  // Without an accent typed there is nothing to prefer, and thousands of names need not be compared.
  const bool accented = std::ranges::any_of(written, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  for (auto& hit : hits) hit.written_so = accented && upper_case(hit.unit->full_name(day)).find(written) != std::string::npos;
  const auto better = [](const Hit& a, const Hit& b) {
    if (a.fit != b.fit) return a.fit < b.fit;
    if (a.written_so != b.written_so) return a.written_so;
    if (a.alive != b.alive) return a.alive;
    if (a.unit->level != b.unit->level) return a.unit->level < b.unit->level;
    if (a.name != b.name) return a.name < b.name;
    return a.unit->id < b.unit->id;
  };
  const auto kept = std::min(limit, hits.size());
  std::ranges::partial_sort(hits, hits.begin() + static_cast<std::ptrdiff_t>(kept), better);
  std::vector<UnitId> out;
  out.reserve(kept);
  for (std::size_t i = 0; i < kept; ++i) out.push_back(hits[i].unit->id);
  return out;
}

}  // namespace khuyenhoc
