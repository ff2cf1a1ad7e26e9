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
  if (index < measures_.size()) return measures_[index];
  const Measure* added = own(index);
  assert(added != nullptr);
  return *added;
}

std::optional<MeasureIndex> Catalogue::find(std::string_view code) const {
  const auto at = std::ranges::find(measures_, code, &Measure::code);
  if (at != measures_.end()) return static_cast<MeasureIndex>(at - measures_.begin());
  return own_by_code(code);
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

const Formula* Catalogue::formula(MeasureIndex measure) const { return measure < formulas_.size() && formulas_[measure] ? &*formulas_[measure] : nullptr; }

Series Catalogue::series(MeasureIndex measure) const {
  if (measure < first_series_.size()) return first_series_[measure];
  assert(own(measure) != nullptr);                               // an own indicator has one series
  return static_cast<Series>(series_.size() + (measure - first_series_.size()));
}

std::optional<Series> Catalogue::series(MeasureIndex measure, std::string_view dimension, std::string_view member) const {
  Series series = this->series(measure);
  for (const auto& known : this->measure(measure).dimensions)
    for (const auto& value : known.members) {
      ++series;
      if (known.code == dimension && value.code == member) return series;
    }
  return std::nullopt;
}

MeasureIndex Catalogue::measure_of(Series series) const {
  if (series < series_.size()) return series_[series].measure;
  const auto index = static_cast<MeasureIndex>(measures_.size() + (series - series_.size()));
  assert(own(index) != nullptr);
  return index;
}

bool Catalogue::is_whole(Series series) const {
  return series >= series_.size() || series_[series].dimension < 0;
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
  if (member_key.empty()) return series(*measure);
  const auto slash = member_key.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  return series(*measure, member_key.substr(0, slash), member_key.substr(slash + 1));
}

std::string Catalogue::label(Series series, Language language) const {
  const Measure& measure = this->measure(measure_of(series));
  if (is_whole(series)) return measure.label(language);
  const auto& place = series_[series];
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
  for (const auto& dimension : this->measure(*measure).dimensions)
    if (const auto member = series(*measure, dimension.code, name.substr(dot + 1))) {
      out.series = *member;
      return out;
    }
  return std::nullopt;
}

}  // namespace khuyenhoc
