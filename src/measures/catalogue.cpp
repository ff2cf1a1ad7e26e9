#include "measures/catalogue.h"

#include <cassert>

#include <fmt/format.h>

namespace khuyenhoc {

extern const std::string_view indicators_catalogue;

bool is_level(MeasureKind kind) {
  using enum MeasureKind;
  return kind == stock || kind == reference || kind == yearly || kind == count;
}

bool is_typed(MeasureKind kind) {
  using enum MeasureKind;
  return kind == stock || kind == flow || kind == reference || kind == yearly;
}

bool ShortForm::asks(MeasureIndex measure) const {
  return std::ranges::any_of(parts, [&](const FormPart& part) {
    return std::ranges::any_of(part.fields, [&](const FormField& field) { return field.measure == measure; });
  });
}

const Catalogue& Catalogue::house() {
  static const Catalogue catalogue = [] {
    auto parsed = parse(indicators_catalogue);
    if (!parsed) fmt::print(stderr, "{} {}: {}\n", parsed.error().code, parsed.error().place, parsed.error().message);
    assert(parsed && "the embedded catalogue of indicators must be readable");
    return std::move(*parsed);
  }();
  return catalogue;
}

const Measure& Catalogue::measure(MeasureIndex index) const {
  assert(index < measures_.size());
  return measures_[index];
}

std::optional<MeasureIndex> Catalogue::find(std::string_view code) const {
  const auto at = std::ranges::find(measures_, code, &Measure::code);
  return at == measures_.end() ? std::nullopt : std::optional(static_cast<MeasureIndex>(at - measures_.begin()));
}

MeasureIndex Catalogue::index(std::string_view code) const {
  const auto found = find(code);
  assert(found && "the catalogue must have this measure");
  return *found;
}

const ShortForm* Catalogue::form(std::string_view code) const {
  const auto at = std::ranges::find(forms_, code, &ShortForm::code);
  return at == forms_.end() ? nullptr : &*at;
}

const Formula* Catalogue::formula(MeasureIndex measure) const { return formulas_[measure] ? &*formulas_[measure] : nullptr; }

Series Catalogue::series(MeasureIndex measure) const {
  assert(measure < first_series_.size());
  return first_series_[measure];
}

std::optional<Series> Catalogue::series(MeasureIndex measure, std::string_view dimension, std::string_view member) const {
  Series series = first_series_[measure];
  for (const auto& known : measures_[measure].dimensions)
    for (const auto& value : known.members) {
      ++series;
      if (known.code == dimension && value.code == member) return series;
    }
  return std::nullopt;
}

MeasureIndex Catalogue::measure_of(Series series) const {
  assert(series < series_.size());
  return series_[series].measure;
}

bool Catalogue::is_whole(Series series) const {
  assert(series < series_.size());
  return series_[series].dimension < 0;
}

std::string Catalogue::member_key(Series series) const {
  if (is_whole(series)) return "";
  const auto& place = series_[series];
  const auto& dimension = measures_[place.measure].dimensions[static_cast<std::size_t>(place.dimension)];
  return dimension.code + "/" + dimension.members[static_cast<std::size_t>(place.member)].code;
}

std::optional<Series> Catalogue::series_by_key(std::string_view measure_code, std::string_view member_key) const {
  const auto measure = find(measure_code);
  if (!measure) return std::nullopt;
  if (member_key.empty()) return first_series_[*measure];
  const auto slash = member_key.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  return series(*measure, member_key.substr(0, slash), member_key.substr(slash + 1));
}

std::string Catalogue::label(Series series, Language language) const {
  const auto& place = series_[series];
  const Measure& measure = measures_[place.measure];
  if (is_whole(series)) return measure.label(language);
  const auto& dimension = measure.dimensions[static_cast<std::size_t>(place.dimension)];
  return fmt::format("{} – {}", measure.label(language), dimension.members[static_cast<std::size_t>(place.member)].label(language));
}

std::optional<Term> Catalogue::term(std::string_view name) const {
  Term out;
  if (const auto at = name.find('@'); at != std::string_view::npos) {
    const auto moment = name.substr(at + 1);
    if (moment == "before") out.moment = Moment::before;
    else if (moment == "earlier") out.moment = Moment::earlier;
    else return std::nullopt;
    name = name.substr(0, at);
  }
  const auto dot = name.find('.');
  const auto measure = find(name.substr(0, dot));
  if (!measure) return std::nullopt;
  out.measure = *measure;
  out.series = series(*measure);
  if (dot == std::string_view::npos) return out;
  for (const auto& dimension : measures_[*measure].dimensions)
    if (const auto member = series(*measure, dimension.code, name.substr(dot + 1))) {
      out.series = *member;
      return out;
    }
  return std::nullopt;
}

}  // namespace khuyenhoc
