#include "directory/explorer.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "committees/committees.h"
#include "organisation/in_charge.h"
#include "organisation/namesakes.h"

namespace khuyenhoc::directory {
namespace {

struct CountedMeasures {
  MeasureIndex members, branches, boards;
  explicit CountedMeasures(const Catalogue& catalogue) : members(catalogue.index("B01")), branches(catalogue.index("A04")), boards(catalogue.index("A05")) {}
  std::array<MeasureIndex, 3> all() const { return {members, branches, boards}; }
};

std::optional<std::int64_t> whole(const Figure& figure) { return figure.defined() ? std::optional(figure.value) : std::nullopt; }

RowCounts counts_of(std::span<const Figure> figures) { return {whole(figures[1]), whole(figures[2]), whole(figures[0])}; }

bool is_branch(const Outlook& outlook, const Subject& subject) {
  const auto* body = std::get_if<BodyId>(&subject);
  return body != nullptr && outlook.organisation().kind(*body).level == BodyKind::Level::branch;
}

bool is_counted(const Outlook& outlook, BodyId body) { return outlook.organisation().kind(body).system == hkh; }

std::int64_t count_below(const Outlook& outlook, BodyId body) {
  if (!outlook.scope.contains(body)) return 0;
  return std::ranges::count_if(outlook.organisation().directly_below(body, outlook.tree), [&](BodyId child) { return outlook.scope.contains(child); });
}

std::int64_t count_below(const Outlook& outlook, UnitId unit) {
  return std::ranges::count_if(outlook.territory().children(unit, outlook.tree), [&](UnitId child) { return outlook.scope.contains(child); });
}

TreeRow plain_row(const Outlook& outlook, BodyId body) {
  TreeRow row;
  row.who = named(outlook, body);
  row.below = count_below(outlook, body);
  row.former_area = former_unit_name(outlook.organisation(), body, outlook.tree);
  return row;
}

TreeRow plain_row(const Outlook& outlook, UnitId unit) {
  TreeRow row;
  row.kind = TreeRow::Kind::unit;
  row.who = named(outlook, unit);
  row.below = count_below(outlook, unit);
  row.wants_association = outlook.territory().unit(unit).level == UnitLevel::commune;
  if (const BodyId body = association_in_charge(outlook.organisation(), unit, outlook.tree)) row.association = named(outlook, body);
  else if (row.wants_association) row.of_old_units = associations_of_old_units(outlook, unit);
  return row;
}

void add_counts(const Outlook& outlook, TreeRow& row) {
  const Figures figures(outlook.ledger);
  const CountedMeasures measures(figures.catalogue());
  const Question question = outlook.about(row.who.subject);
  const auto ask = [&](MeasureIndex measure) {
    const auto figure = figures.figure(measure, question);
    return figure ? whole(*figure) : std::nullopt;
  };
  row.counts.members = ask(measures.members);
  if (is_branch(outlook, row.who.subject)) return;
  row.counts.branches = ask(measures.branches);
  row.counts.boards = ask(measures.boards);
}

}  // namespace

TreeRow row_of(const Outlook& outlook, BodyId body) {
  TreeRow row = plain_row(outlook, body);
  if (is_counted(outlook, body)) add_counts(outlook, row);
  return row;
}

TreeRow row_of(const Outlook& outlook, UnitId unit) {
  TreeRow row = plain_row(outlook, unit);
  add_counts(outlook, row);
  return row;
}

std::vector<TreeRow> rows_below(const Outlook& outlook, BodyId superior) {
  std::vector<TreeRow> rows;
  if (!outlook.scope.contains(superior)) return rows;
  std::map<BodyId, std::vector<Figure>> known;
  std::vector<TreeRow> lines;
  if (is_counted(outlook, superior)) {
    const Figures figures(outlook.ledger);
    const CountedMeasures measures(figures.catalogue());
    if (const auto table = figures.table(measures.all(), outlook.about(superior)))
      for (std::size_t i = 0; i < table->rows.size(); ++i) {
        const Part& part = table->rows[i];
        if (part.kind == Part::Kind::own) continue;
        if (part.kind == Part::Kind::child) {
          known.emplace(std::get<BodyId>(part.subject), table->figures[i]);
          continue;
        }
        TreeRow line;
        line.kind = TreeRow::Kind::line;
        const BodyId body = std::get<BodyId>(part.subject);
        line.counts.members = whole(table->figures[i].front());
        if (line.counts.members.value_or(0) == 0) continue;             // everything was handed over
        line.who = {part.subject, part.label, outlook.scope.contains(body)};
        lines.push_back(std::move(line));
      }
  }
  const auto children = outlook.organisation().children(superior, outlook.tree);
  const Namesakes names(outlook.organisation(), children, outlook.tree);
  for (const BodyId child : children) {
    if (!outlook.scope.contains(child)) continue;
    TreeRow row = plain_row(outlook, child);
    row.who.name = names.name(child);
    if (const auto found = known.find(child); found != known.end()) row.counts = counts_of(found->second);
    if (is_branch(outlook, child)) row.counts.branches = row.counts.boards = std::nullopt;
    rows.push_back(std::move(row));
  }
  // chi hội first, then boards and what else there is, each by name
  std::ranges::stable_sort(rows, {}, [&](const TreeRow& row) { return outlook.organisation().kind(std::get<BodyId>(row.who.subject)).family != "chi_hoi"; });
  std::ranges::move(lines, std::back_inserter(rows));
  return rows;
}

void name_carers(db::Reader& reader, BodyId office, Day day, std::vector<TreeRow>& rows) {
  const auto all = looked_after_by(reader, office, day);
  if (all.empty()) return;
  std::map<std::int64_t, std::string> names;
  std::map<BodyId, std::string> carers;
  for (const LookedAfter& one : all) {
    auto [at, is_new] = names.try_emplace(one.holding);
    if (is_new)
      if (const auto held = find_post_holding(reader, one.holding)) at->second = held->person_name;
    carers[one.body] = at->second;
  }
  for (TreeRow& row : rows) {
    if (row.kind != TreeRow::Kind::body) continue;
    const auto at = carers.find(std::get<BodyId>(row.who.subject));
    row.carer = at == carers.end() ? tr("chưa có người theo dõi") : tr("{} theo dõi", at->second);
  }
}

std::vector<RowGroup> grouped(std::vector<TreeRow> rows) {
  std::vector<RowGroup> out;
  for (TreeRow& row : rows) {
    auto group = std::ranges::find(out, row.former_area, &RowGroup::label);
    if (group == out.end()) group = out.insert(out.end(), {row.former_area, {}});
    group->rows.push_back(std::move(row));
  }
  std::ranges::sort(out, {}, [](const RowGroup& group) { return std::pair(group.label.empty(), sort_key(group.label)); });
  if (out.size() == 1) out.front().label.clear();
  return out;
}

std::vector<TreeRow> rows_below(const Outlook& outlook, UnitId parent) {
  std::vector<TreeRow> rows;
  const Figures figures(outlook.ledger);
  const CountedMeasures measures(figures.catalogue());
  std::map<UnitId, std::vector<Figure>> known;
  std::vector<TreeRow> lines;
  if (const auto table = figures.table(measures.all(), outlook.about(parent)))
    for (std::size_t i = 0; i < table->rows.size(); ++i) {
      const Part& part = table->rows[i];
      const auto* unit = std::get_if<UnitId>(&part.subject);
      if (unit == nullptr || part.kind == Part::Kind::own) continue;
      if (part.kind == Part::Kind::child) {
        known.emplace(*unit, table->figures[i]);
        continue;
      }
      if (!outlook.scope.contains(*unit)) continue;
      TreeRow line;
      line.kind = TreeRow::Kind::line;
      line.counts.members = whole(table->figures[i].front());
      if (line.counts.members.value_or(0) == 0) continue;
      line.who = {part.subject, part.label, true};
      lines.push_back(std::move(line));
    }
  std::vector<std::pair<std::string, UnitId>> sorted;
  for (const UnitId child : outlook.territory().children(parent, outlook.tree))
    if (outlook.scope.contains(child)) sorted.emplace_back(sort_key(outlook.territory().unit(child).on(outlook.tree).name), child);
  std::ranges::sort(sorted);
  for (const auto& [key, child] : sorted) {
    TreeRow row = plain_row(outlook, child);
    if (const auto found = known.find(child); found != known.end()) row.counts = counts_of(found->second);
    rows.push_back(std::move(row));
  }
  std::ranges::move(lines, std::back_inserter(rows));
  return rows;
}

namespace {

// Where the viewer's unit works, as the territory of the outlook's day names it.
std::vector<BodyId> partner_bodies(const Outlook& outlook, std::string_view system) {
  const Organisation& organisation = outlook.organisation();
  const Body* own = organisation.find(outlook.viewer.acting_for());
  if (own == nullptr) return {};
  std::vector<BodyId> out;
  for (const UnitId unit : standing_for(outlook.territory(), own->on(outlook.viewer.today()).area, outlook.tree))
    for (const BodyId body : organisation.bodies_within(unit, system, outlook.tree)) out.push_back(body);
  return out;
}

}  // namespace

std::vector<SystemChoice> systems_in_sight(const Outlook& outlook, const Systems& systems) {
  std::vector<SystemChoice> out;
  const Language language = outlook.viewer.language();
  for (const BodySystem& system : systems.systems()) {
    SystemChoice choice{system.code, language == Language::english ? system.label_en : system.label_vi, 0};
    if (system.code != hkh) choice.bodies = static_cast<std::int64_t>(partner_bodies(outlook, system.code).size());
    if (system.code == hkh || choice.bodies > 0) out.push_back(std::move(choice));
  }
  return out;
}

std::vector<Partner> partners(const Outlook& outlook, std::string_view system) {
  const Organisation& organisation = outlook.organisation();
  const auto bodies = partner_bodies(outlook, system);
  std::vector<std::pair<std::string, Partner>> sorted;
  for (const BodyId body : bodies) {
    const BodyVersion& version = organisation.body(body).on(outlook.tree);
    if (std::ranges::find(bodies, version.superior) != bodies.end()) continue;
    const BodyKind& kind = organisation.kind(body);
    Partner partner{version.name, outlook.viewer.language() == Language::english ? kind.label_en : kind.label_vi, {}};
    for (const BodyId child : organisation.children(body, outlook.tree)) partner.below.push_back(organisation.body(child).on(outlook.tree).name);
    sorted.emplace_back(fmt::format("{} {}", static_cast<int>(kind.level), sort_key(version.name)), std::move(partner));
  }
  std::ranges::sort(sorted, {}, &std::pair<std::string, Partner>::first);
  std::vector<Partner> out;
  for (auto& [key, partner] : sorted) out.push_back(std::move(partner));
  return out;
}

}  // namespace khuyenhoc::directory
