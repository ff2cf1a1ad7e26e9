#include "measures/provinces_covered.h"

#include <algorithm>

#include "base/i18n.h"

namespace khuyenhoc {
namespace {

constexpr std::string_view everybody_tells = "B01";

// The country a subject speaks for; none for all others.
UnitId country_of(const Organisation& organisation, const Question& question) {
  UnitId unit;
  if (const auto* body = std::get_if<BodyId>(&question.subject)) {
    if (organisation.kind(*body).level != BodyKind::Level::centre) return {};
    unit = organisation.body(*body).on(question.tree).area;
  } else {
    unit = std::get<UnitId>(question.subject);
  }
  const Unit* found = organisation.territory().find(unit);
  return found != nullptr && found->level == UnitLevel::country ? unit : UnitId{};
}

bool is_province(const Organisation& organisation, const Subject& subject) {
  if (const auto* unit = std::get_if<UnitId>(&subject)) return organisation.territory().unit(*unit).level == UnitLevel::province;
  return organisation.kind(std::get<BodyId>(subject)).level == BodyKind::Level::province;
}

}  // namespace

std::optional<ProvincesCovered> provinces_covered(const Figures& figures, const Question& question) {
  const Organisation& organisation = *figures.view().organisation;
  const UnitId country = country_of(organisation, question);
  if (!country) return std::nullopt;
  const auto parts = figures.by_child(figures.catalogue().index(everybody_tells), question);
  if (!parts) return std::nullopt;
  ProvincesCovered out;
  out.all = organisation.territory().children(country, question.tree).size();
  out.with_figures = static_cast<std::size_t>(std::ranges::count_if(
      *parts, [&](const Part& part) { return part.kind == Part::Kind::child && is_province(organisation, part.subject) && part.figure.defined() && part.figure.value != 0; }));
  return out;
}

std::string provinces_covered_words(const Figures& figures, const Question& question) {
  const auto covered = provinces_covered(figures, question);
  return covered && !covered->is_whole() ? tr("Mới có số liệu của {}/{} tỉnh, thành phố.", covered->with_figures, covered->all) : std::string();
}

}  // namespace khuyenhoc
