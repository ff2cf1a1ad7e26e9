#include "measures/figures.h"

#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "measures/answering.h"
#include "organisation/heirs.h"
#include "organisation/namesakes.h"
#include "organisation/systems.h"

namespace khuyenhoc {

std::string Figure::text(const Measure&) const {
  if (!defined()) return "–";
  if (!is_ratio) return number_text(value);
  return scale == 100 ? percent_text(value, denominator) : number_text(rounded_ratio(value * scale, denominator));
}

Question Figures::same_last_year(const Question& question) {
  Question out = question;
  out.period = question.period.same_last_year();
  return out;
}

namespace {

// An own indicator is asked only below its owner: a sum further up would pass the few for all.
bool within_owner(const LedgerView& view, BodyId owner, const Standing& standing) {
  const Layout& layout = standing.axis->layout();
  if (view.organisation->find(owner) == nullptr) return false;
  Node node = view.organisation->node(owner);
  if (standing.axis->kind() == AxisKind::areas) {
    node = view.organisation->area_nodes()[node];                        // a leaf under the unit it covers
    if (node != no_node && node < layout.size()) node = layout.shown_parent(node);
  }
  if (node == no_node || node >= layout.size()) return false;
  if (const Placement placed = layout.placement(node); placed.kind == Placement::Kind::inside) node = placed.at;
  const LabelRange whole = layout.subtree(node);
  return whole.first <= standing.range.first && standing.range.end <= whole.end;
}

Result<void> check_additive(const LedgerView& view, Series series, const Standing& standing) {
  const Measure& measure = view.catalogue->measure(view.catalogue->measure_of(series));
  if (measure.owner && !within_owner(view, measure.owner, standing)) {
    const Body* owner = view.organisation->find(measure.owner);
    return refuse("figure.not_additive", tr("“{}” là chỉ tiêu riêng của {}, chỉ cộng trong phạm vi đơn vị đó.", measure.label(current_language()),
                                            owner ? owner->on(standing.axis->day()).name : tr("một đơn vị khác")));
  }
  if (measure.adds_over_bodies || !standing.has_parts) return {};
  return refuse("figure.not_additive", tr("“{}” không cộng được từ các đơn vị cấp dưới. Xin xem ở từng đơn vị.", measure.label(current_language())));
}

struct Row {
  Part part;
  LabelRange range;
  std::string sort;
};

// Own figures first, children by name, lines last; together they are the subject's whole range.
std::vector<Row> rows_of(const LedgerView& view, const Question& question, const Standing& standing) {
  const Organisation& organisation = *view.organisation;
  const Territory& territory = organisation.territory();
  const Layout& layout = standing.axis->layout();
  const bool by_area = standing.axis->kind() == AxisKind::areas;
  std::vector<BodyId> body_at;          // on the areas axis, behind the units
  const auto subject_of = [&](Node node) -> Subject {
    if (!by_area) return organisation.id(node);
    if (node < territory.size()) return territory.id(node);
    if (body_at.empty()) {
      body_at.resize(layout.size() - territory.size());
      const auto& nodes = organisation.area_nodes();
      for (Node body = 0; body < nodes.size(); ++body)
        if (nodes[body] != no_node && nodes[body] < layout.size()) body_at[nodes[body] - territory.size()] = organisation.id(body);
    }
    return body_at[node - territory.size()];
  };
  std::vector<Row> out;
  out.push_back({{Part::Kind::own, question.subject, by_area ? tr("Số chung của địa bàn") : tr("Số chung của đơn vị"), {}}, layout.own(standing.node), {}});
  std::vector<BodyId> bodies;
  for (const Node child : layout.children(standing.node))
    if (const Subject subject = subject_of(child); const auto* body = std::get_if<BodyId>(&subject)) bodies.push_back(*body);
  const Namesakes names(organisation, bodies, question.tree);
  for (const Node child : layout.children(standing.node)) {
    const Subject subject = subject_of(child);
    const auto* body = std::get_if<BodyId>(&subject);
    std::string name = body != nullptr ? names.short_name(*body) : territory.unit(std::get<UnitId>(subject)).full_name(question.tree);
    std::string sort = sort_key(name);
    out.push_back({{Part::Kind::child, subject, std::move(name), {}}, layout.subtree(child), std::move(sort)});
  }
  std::ranges::stable_sort(out.begin() + 1, out.end(), {}, &Row::sort);
  for (const Node line : layout.lines(standing.node)) {
    const Subject subject = subject_of(line);
    out.push_back({{Part::Kind::line, subject, line_label(organisation, subject, question.tree), {}}, layout.subtree(line), {}});
  }
  return out;
}

}  // namespace

std::string line_label(const Organisation& organisation, const Subject& subject, Day tree) {
  const auto* unit = std::get_if<UnitId>(&subject);
  const std::string name = unit != nullptr ? organisation.territory().unit(*unit).full_name(tree) : organisation.body(std::get<BodyId>(subject)).on(tree).short_name;
  const Day born = unit != nullptr ? organisation.territory().unit(*unit).born : organisation.body(std::get<BodyId>(subject)).born;
  return tree < born ? tr("{} (có từ {})", name, born.text()) : tr("{} (cũ)", name);
}

Result<Figure> Figures::figure(MeasureIndex measure, const Question& question) const { return member(catalogue().series(measure), question); }

Result<Figure> Figures::member(Series series, const Question& question) const {
  const auto standing = standing_of(view_, question);
  if (!standing) return std::unexpected(standing.error());
  if (auto fine = check_additive(view_, series, *standing); !fine) return std::unexpected(fine.error());
  auto answering = Answering::make(view_, question, standing->axis, {standing->range});
  if (!answering) return std::unexpected(answering.error());
  return answering->figures(series).front();
}

Result<std::vector<Part>> Figures::by_child(MeasureIndex measure, const Question& question) const { return by_child(catalogue().series(measure), question); }

Result<std::vector<Part>> Figures::by_child(Series series, const Question& question) const {
  const Series asked[] = {series};
  auto made = table_of(asked, question);
  if (!made) return std::unexpected(made.error());
  return std::move(made->rows);
}

Result<Figures::Table> Figures::table(std::span<const MeasureIndex> measures, const Question& question) const {
  std::vector<Series> asked;
  for (const MeasureIndex measure : measures) asked.push_back(catalogue().series(measure));
  return table_of(asked, question);
}

Result<Figures::Table> Figures::table_of(std::span<const Series> asked, const Question& question) const {
  const auto standing = standing_of(view_, question);
  if (!standing) return std::unexpected(standing.error());
  for (const Series series : asked)
    if (auto fine = check_additive(view_, series, *standing); !fine) return std::unexpected(fine.error());
  const auto rows = rows_of(view_, question, *standing);
  std::vector<LabelRange> ranges;
  for (const Row& row : rows) ranges.push_back(row.range);
  ranges.push_back(standing->range);
  auto answering = Answering::make(view_, question, standing->axis, std::move(ranges));
  if (!answering) return std::unexpected(answering.error());
  Table out;
  for (const Row& row : rows) out.rows.push_back(row.part);
  out.figures.resize(rows.size());
  for (const Series series : asked) {
    const auto figures = answering->figures(series);
    // a branch has no closed figure of its own: it is part of its association's, which is not nothing
    const bool counted = catalogue().measure(catalogue().measure_of(series)).kind == MeasureKind::count;
    const auto is_known = [&](const Part& part) {
      const auto* body = std::get_if<BodyId>(&part.subject);
      return question.lens == Lens::live || counted || !body || part.kind != Part::Kind::child || view_.organisation->kind(*body).level != BodyKind::Level::branch;
    };
    for (std::size_t i = 0; i < rows.size(); ++i) out.figures[i].push_back(is_known(rows[i].part) ? figures[i] : undefined_figure);
    out.whole.push_back(figures.back());
  }
  if (!asked.empty())
    for (std::size_t i = 0; i < rows.size(); ++i) out.rows[i].figure = out.figures[i].front();
  return out;
}

Result<std::vector<Figure>> Figures::by_month(MeasureIndex measure, const Question& question) const {
  const auto standing = standing_of(view_, question);
  if (!standing) return std::unexpected(standing.error());
  const Series series = catalogue().series(measure);
  if (auto fine = check_additive(view_, series, *standing); !fine) return std::unexpected(fine.error());
  if (question.lens == Lens::official)
    return refuse("figure.no_official", tr("Số đã chốt không có theo tháng. Xin xem số tạm tính."));
  std::vector<Figure> out;
  for (Day day = question.period.first; day <= question.period.last; day = day.last_of_month() + 1) {
    Question month = question;
    month.period = {day, std::min(day.last_of_month(), question.period.last)};
    auto answering = Answering::make(view_, month, standing->axis, {standing->range});
    if (!answering) return std::unexpected(answering.error());
    out.push_back(answering->figures(series).front());
  }
  return out;
}

std::optional<std::int64_t> Figures::term(const Term& term, const Question& question) const {
  const auto standing = standing_of(view_, question);
  if (!standing) return std::nullopt;
  auto answering = Answering::make(view_, question, standing->axis, {standing->range});
  return answering ? answering->sums(term).front() : std::nullopt;
}

Result<Coverage> Figures::coverage(const Question& question) const {
  const auto standing = standing_of(view_, question);
  if (!standing) return std::unexpected(standing.error());
  auto family = closed_family(view_, question.period);
  if (!family) return std::unexpected(family.error());
  Coverage out;
  out.family = std::move(*family);
  const Organisation& organisation = *view_.organisation;
  const auto stands_for = [&](BodyId id) {
    return std::ranges::any_of(inherited_from(organisation, id), [&](BodyId before) {
      const ClosedRound* round = round_shown(view_, out.family, question.period, before, MeasureKind::stock);
      return round && round->period != question.period;         // else it is a line, closed by whoever it hangs under
    });
  };
  for (Node node = 0; node < organisation.size(); ++node) {
    const BodyId id = organisation.id(node);
    const BodyKind& kind = organisation.kind(id);
    if (kind.system != hkh || kind.level != BodyKind::Level::commune || !organisation.body(id).alive(question.period.last)) continue;
    const auto label = label_of(view_, *standing->axis, id);
    if (!label || *label < standing->range.first || *label >= standing->range.end) continue;
    ++out.expected;
    if (view_.closed->of(out.family, question.period, id)) ++out.closed;
    else if (view_.closed->last_before(out.family, question.period, id) || stands_for(id)) out.carried.push_back(id);
    else out.absent.push_back(id);
  }
  for (const BodyId id : view_.closed->bodies(out.family)) {
    const auto label = organisation.find(id) ? label_of(view_, *standing->axis, id) : std::nullopt;
    if (!label || *label < standing->range.first || *label >= standing->range.end) continue;
    if (const ClosedRound* round = view_.closed->of(out.family, question.period, id)) out.closed_ms = std::max(out.closed_ms, round->closed_ms);
  }
  return out;
}

}  // namespace khuyenhoc
