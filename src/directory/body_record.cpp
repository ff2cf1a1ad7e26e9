#include "directory/body_record.h"

#include <algorithm>

#include "base/number.h"
#include "base/phrases.h"
#include "organisation/namesakes.h"
#include "organisation/systems.h"

namespace khuyenhoc::directory {
namespace {

// Counts of bodies of the old and the new territory say nothing about each other.
bool crosses_the_reform(const Question& now, const Question& then) { return then.period.last < reform_day() && reform_day() <= now.period.last; }

std::vector<Named> all_named(const Outlook& outlook, const std::vector<BodyId>& bodies) {
  std::vector<Named> out;
  for (const BodyId body : bodies) {
    // ended ones are called by the name they had to the last
    Named one{body, outlook.organisation().body(body).on(outlook.tree).name, outlook.scope.contains(body)};
    out.push_back(std::move(one));
  }
  return out;
}

std::string below_label(const BodyKind& kind) {
  if (kind.level == BodyKind::Level::branch) return tr("Tổ chức trực thuộc");
  if (kind.level == BodyKind::Level::commune && kind.system == hkh) return tr("Chi hội, ban trực thuộc");
  return tr("Tổ chức trực thuộc");
}

std::string basis_text(const LegalBasis& basis) {
  if (basis.number.empty()) return {};
  return tr("{} ngày {} của {}", basis.number, basis.date.text(), basis.issuer);
}

// "Tăng 14.030 (2,1%)"; of money "Tăng 6.206.000.000 đồng (7,5%)", for an amount without its unit is misread.
std::string change_words(const Measure& measure, const Figure& now, const Figure& then, Language language) {
  if (!measure.is_money || now.is_ratio || now.value == then.value) return capitalised(comparison_text(measure, now, then, language));
  const std::int64_t size = std::abs(now.value - then.value);
  std::string amount = fmt::format("{} {}", number_text(size), measure.unit(language));
  if (then.value > 0) amount += fmt::format(" ({})", percent_text(size, then.value));
  return now.value > then.value ? tr("Tăng {}", amount) : tr("Giảm {}", amount);
}

}  // namespace

std::vector<KeyFigure> key_figures(const Outlook& outlook, Subject subject, std::span<const std::string_view> codes) {
  const Figures figures(outlook.ledger);
  const Catalogue& catalogue = figures.catalogue();
  const Language language = outlook.viewer.language();
  const Question now = outlook.about(subject);
  const Question then = Figures::same_last_year(now);
  std::vector<KeyFigure> out;
  for (const std::string_view code : codes) {
    const auto index = catalogue.find(code);
    if (!index) continue;
    if (const auto* body = std::get_if<BodyId>(&subject); body != nullptr && !is_asked(outlook, *body, *index)) continue;
    const Measure& measure = catalogue.measure(*index);
    const auto value = figures.figure(*index, now);
    if (!value || !value->defined()) continue;
    KeyFigure figure{measure.code, measure.short_label(language), value->text(measure), measure.unit(language) == "%" ? std::string() : measure.unit(language), {}};
    if (measure.kind == MeasureKind::count && crosses_the_reform(now, then)) figure.change = tr("Không so sánh qua lần sắp xếp đơn vị");
    else if (const auto before = figures.figure(*index, then); before && before->defined()) figure.change = change_words(measure, *value, *before, language);
    out.push_back(std::move(figure));
  }
  return out;
}

std::string compared_with(const Outlook& outlook, Subject subject) {
  const Question now = outlook.about(subject);
  const bool restated = crosses_the_reform(now, Figures::same_last_year(now)) && outlook.tree >= reform_day();
  return same_last_year_words(now, restated ? Restated::yes : Restated::no, outlook.viewer.language());
}

BodyRecord record_of(const Outlook& outlook, BodyId id) {
  const Organisation& organisation = outlook.organisation();
  const Body& body = organisation.body(id);
  const BodyKind& kind = organisation.kind(id);
  const BodyVersion& version = body.on(outlook.tree);
  BodyRecord out;
  out.id = id;
  out.name = name_among_siblings(organisation, id, outlook.tree);
  out.kind = outlook.viewer.language() == Language::english ? kind.label_en : kind.label_vi;
  out.born = body.born;
  out.ended = body.ended;
  out.alive = body.alive(outlook.viewer.today());
  out.path = path_of(outlook, id);
  if (version.superior) out.superior = named(outlook, version.superior);
  out.area = named(outlook, version.area);
  out.former_area = former_unit_name(organisation, id, outlook.tree);
  out.predecessors = all_named(outlook, organisation.predecessors(id));
  out.successors = all_named(outlook, organisation.successors(id));
  out.below = organisation.children(id, outlook.tree).size();
  out.is_branch = kind.level == BodyKind::Level::branch;
  out.is_above_communes = kind.level < BodyKind::Level::commune;
  out.is_counted = kind.system == hkh;
  out.below_label = below_label(kind);
  return out;
}

BodyStory story_of(db::Reader& reader, const Outlook& outlook, Restructures& restructures, BodyId id) {
  const Organisation& organisation = outlook.organisation();
  const Body& body = organisation.body(id);
  const auto acts = restructures.of_body(reader, id);
  const auto act_on = [&](Day day) -> const StoredRestructure* {
    for (const StoredRestructure& act : acts)
      if (!act.undone_ms && act.day == day) return &act;
    return nullptr;
  };
  BodyStory out;
  for (std::size_t i = 0; i < body.versions.size(); ++i) {
    const BodyVersion& version = body.versions[i];
    Era era;
    era.from = i == 0 ? body.born : version.from;
    if (i + 1 < body.versions.size()) era.until = body.versions[i + 1].from - 1;
    else if (body.ended) era.until = *body.ended - 1;
    era.name = version.name;
    if (version.superior) {
      era.superior = named(outlook, version.superior);
      era.superior.name = organisation.body(version.superior).on(era.from).name;
    }
    if (const Unit* area = outlook.territory().find(version.area)) {
      era.area = named(outlook, version.area);
      era.area.name = area->full_name(std::max(era.from, area->born));
    }
    if (const auto* act = act_on(era.from)) {
      era.restructure = act->id;
      era.act = act->title;
      era.basis = basis_text(act->basis);
    }
    out.eras.push_back(std::move(era));
  }
  std::ranges::reverse(out.eras);
  out.ended = body.ended;
  if (body.ended)
    if (const auto* act = act_on(*body.ended)) {
      out.end_restructure = act->id;
      out.end_act = act->title;
      out.end_basis = basis_text(act->basis);
    }
  out.predecessors = all_named(outlook, organisation.predecessors(id));
  out.successors = all_named(outlook, organisation.successors(id));
  return out;
}

}  // namespace khuyenhoc::directory
