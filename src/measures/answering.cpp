#include "measures/answering.h"

#include <algorithm>

#include "measures/periods.h"
#include "organisation/heirs.h"

namespace khuyenhoc {

Result<Standing> standing_of(const LedgerView& view, const Question& question) {
  Standing out;
  const bool by_area = std::holds_alternative<UnitId>(question.subject);
  out.axis = view.cube->axis(by_area ? AxisKind::areas : AxisKind::superiors, question.tree);
  const Layout& layout = out.axis->layout();
  std::string name;
  if (by_area) {
    const UnitId id = std::get<UnitId>(question.subject);
    const Unit* unit = view.organisation->territory().find(id);
    if (!unit) return refuse("figure.unplaced", tr("Không có đơn vị hành chính này."));
    out.node = view.organisation->territory().node(id);
    name = unit->full_name(question.tree);
  } else {
    const BodyId id = std::get<BodyId>(question.subject);
    const Body* body = view.organisation->find(id);
    if (!body) return refuse("figure.unplaced", tr("Không có đơn vị này."));
    out.node = view.organisation->node(id);
    name = body->on(question.tree).name;
  }
  if (out.node >= layout.size()) return refuse("figure.unplaced", tr("{} vừa được thành lập. Xin mở lại trang này.", name));
  const Placement placed = layout.placement(out.node);
  if (placed.kind == Placement::Kind::inside || placed.kind == Placement::Kind::nowhere)
    return refuse("figure.unplaced", tr("Ngày {1} không có {0}. Xin chọn ngày khác, hoặc xem đơn vị kế thừa.", name, question.tree.text()));
  out.range = layout.subtree(out.node);
  out.has_parts = !layout.children(out.node).empty() || !layout.lines(out.node).empty();
  return out;
}

Result<std::string> closed_family(const LedgerView& view, Period period) {
  const auto families = view.closed->families(period);
  if (families.empty()) return refuse("figure.no_official", tr("Kỳ {} chưa có số đã chốt. Xin xem số tạm tính.", Periods::house().label(period, current_language())));
  if (const auto named = Periods::house().find(period))
    if (std::ranges::find(families, named->family) != families.end()) return named->family;
  return families.front();
}

namespace {

bool has_closed(const LedgerView& view, const std::string& family, Period period, BodyId body) {
  return view.closed->of(family, period, body) || view.closed->last_before(family, period, body);
}

bool an_heir_has_closed(const LedgerView& view, const std::string& family, Period period, BodyId body) {
  std::vector<BodyId> all = heirs(*view.organisation, body);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (has_closed(view, family, period, all[i])) return true;
    for (const BodyId next : heirs(*view.organisation, all[i]))
      if (std::ranges::find(all, next) == all.end()) all.push_back(next);
  }
  return false;
}

// Branches report through the association above them.
Result<void> check_closes_itself(const Organisation& organisation, const Question& question) {
  const auto* asked = std::get_if<BodyId>(&question.subject);
  if (!asked || organisation.kind(*asked).level != BodyKind::Level::branch) return {};
  BodyId above = organisation.body(*asked).on(question.tree).superior;
  constexpr int highest = 8;
  for (int i = 0; i < highest && above && organisation.kind(above).level == BodyKind::Level::branch; ++i) above = organisation.body(above).on(question.tree).superior;
  return refuse("figure.no_official", above ? tr("Chi hội, ban không chốt số riêng: số của đơn vị này nằm trong số đã chốt của {}. Xin xem số tạm tính.", organisation.body(above).on(question.tree).name)
                                            : tr("Chi hội, ban không chốt số riêng. Xin xem số tạm tính."));
}

}  // namespace

const ClosedRound* round_shown(const LedgerView& view, const std::string& family, Period period, BodyId body, MeasureKind kind) {
  if (const ClosedRound* round = view.closed->of(family, period, body)) return round;
  const ClosedRound* last = is_level(kind) ? view.closed->last_before(family, period, body) : nullptr;
  if (!last || view.organisation->body(body).alive(period.last)) return last;
  const Placement placed = view.organisation->superiors().place(view.organisation->node(body), period.last);
  return placed.kind == Placement::Kind::inside && !an_heir_has_closed(view, family, period, body) ? last : nullptr;
}

std::optional<Label> label_of(const LedgerView& view, const Axis& axis, BodyId body) {
  Node node = view.organisation->node(body);
  if (axis.kind() == AxisKind::areas) node = view.organisation->area_nodes()[node];
  if (node == no_node || node >= axis.layout().size()) return std::nullopt;
  return axis.layout().label(node);
}

Result<Answering> Answering::make(const LedgerView& view, const Question& question, std::shared_ptr<const Axis> axis, std::vector<LabelRange> ranges) {
  Answering out;
  out.view_ = view;
  out.period_ = question.period;
  out.lens_ = question.lens;
  out.axis_ = std::move(axis);
  out.ranges_ = std::move(ranges);
  if (question.lens == Lens::official) {
    if (auto fine = check_closes_itself(*view.organisation, question); !fine) return std::unexpected(fine.error());
    auto family = closed_family(view, question.period);
    if (!family) return std::unexpected(family.error());
    out.family_ = std::move(*family);
  }
  return out;
}

Answering::Sums Answering::live(Series series, Moment moment, MeasureKind kind) const {
  std::vector<std::int64_t> values(ranges_.size());
  Period period = period_;
  if (is_level(kind)) {
    const Day day = moment == Moment::period ? period_.last : period_.first - 1;
    view_.cube->levels(*axis_, series, ranges_, day, values);
  } else {
    if (moment == Moment::before) period = Periods::house().before(period_);
    if (moment == Moment::earlier) period = {period_.first.plus_years(-1), period_.first - 1};
    view_.cube->flows(*axis_, series, ranges_, period, values);
    for (const auto& entry : view_.windows->entries(series, period)) {
      const auto label = label_of(view_, *axis_, view_.organisation->id(entry.body));
      for (std::size_t i = 0; label && i < ranges_.size(); ++i)
        if (ranges_[i].first <= *label && *label < ranges_[i].end) values[i] += entry.amount;
    }
  }
  return {values.begin(), values.end()};
}

// Bodies that closed the round give their frozen figures; of the others the last closed levels stand in, and no flows.
Answering::Sums Answering::official(Series series, Moment moment, MeasureKind kind) const {
  if (moment != Moment::period && !is_level(kind)) return Sums(ranges_.size());
  std::vector<std::int64_t> values(ranges_.size());
  for (const BodyId body : view_.closed->bodies(family_)) {
    const auto label = view_.organisation->find(body) ? label_of(view_, *axis_, body) : std::nullopt;
    // whose place is outside has nothing to say, and that is nearly everybody when a commune is asked about
    if (!label || std::ranges::none_of(ranges_, [&](const LabelRange& range) { return range.first <= *label && *label < range.end; })) continue;
    const ClosedRound* round = nullptr;
    if (moment == Moment::period) round = round_shown(view_, family_, period_, body, kind);
    else if (view_.organisation->body(body).alive(period_.last)) round = view_.closed->last_before(family_, period_, body);
    const auto figure = round ? round->figure(series) : std::nullopt;
    if (!figure) continue;
    for (std::size_t i = 0; i < ranges_.size(); ++i)
      if (ranges_[i].first <= *label && *label < ranges_[i].end) values[i] += *figure;
  }
  return {values.begin(), values.end()};
}

const Answering::Sums& Answering::sums(const Term& term) {
  const auto [at, fresh] = known_.try_emplace({term.series, term.moment});
  if (!fresh) return at->second;
  const MeasureKind kind = view_.catalogue->measure(term.measure).kind;
  if (kind == MeasureKind::count && !view_.counts->contains(term.series)) return at->second = Sums(ranges_.size());
  // bodies are counted by the organisation itself, so their count does not wait for reports
  return at->second = lens_ == Lens::live || kind == MeasureKind::count ? live(term.series, term.moment, kind) : official(term.series, term.moment, kind);
}

// A member of a ratio's breakdown is the ratio of the same members, where the terms have them.
Series Answering::member_like(Series asked, const Term& term) const {
  const Catalogue& catalogue = *view_.catalogue;
  if (catalogue.is_whole(asked) || !catalogue.is_whole(term.series)) return term.series;
  return catalogue.series_by_key(catalogue.measure(term.measure).code, catalogue.member_key(asked)).value_or(term.series);
}

std::vector<Figure> Answering::figures(Series series) {
  const Catalogue& catalogue = *view_.catalogue;
  const MeasureIndex measure = catalogue.measure_of(series);
  std::vector<Figure> out(ranges_.size(), undefined_figure);
  const Formula* formula = catalogue.formula(measure);
  if (!formula) {
    const Sums& values = sums({measure, series, Moment::period});
    for (std::size_t i = 0; i < out.size(); ++i)
      if (values[i]) out[i] = {*values[i], 1, false, 1};
    return out;
  }
  std::vector<Term> terms = formula->terms;
  for (Term& term : terms) term.series = member_like(series, term);
  for (const Term& term : terms) (void)sums(term);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto values = [&](std::size_t name) { return known_.at({terms[name].series, terms[name].moment})[i]; };
    if (formula->expression.is_ratio()) {
      const auto ratio = formula->expression.ratio(values);
      if (ratio) out[i] = {ratio->numerator, ratio->denominator, true, formula->expression.scale()};
      else out[i] = {0, 0, true, formula->expression.scale()};
    } else if (const auto whole = formula->expression.whole(values)) {
      out[i] = {*whole, 1, false, 1};
    }
  }
  return out;
}

}  // namespace khuyenhoc
