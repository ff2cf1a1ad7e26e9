#include "directory/subordinates.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "organisation/namesakes.h"

namespace khuyenhoc::directory {
namespace {

constexpr std::array<std::string_view, 5> shown_measures{"B01", "A04", "A05", "C03", "D04"};

std::optional<std::int64_t> whole(const Figure& figure) { return figure.defined() ? std::optional(figure.value) : std::nullopt; }

std::map<BodyId, std::vector<Figure>> figures_below(const Outlook& outlook, BodyId superior) {
  const Figures figures(outlook.ledger);
  std::vector<MeasureIndex> measures;
  for (const std::string_view code : shown_measures) measures.push_back(figures.catalogue().index(code));
  std::map<BodyId, std::vector<Figure>> out;
  const auto table = figures.table(measures, outlook.about(superior));
  if (!table) return out;
  for (std::size_t i = 0; i < table->rows.size(); ++i)
    if (table->rows[i].kind == Part::Kind::child) out.emplace(std::get<BodyId>(table->rows[i].subject), table->figures[i]);
  return out;
}

SubordinateRow row_of(const Outlook& outlook, BodyId id, const Namesakes& names) {
  const Body& body = outlook.organisation().body(id);
  const BodyKind& kind = outlook.organisation().kind(id);
  SubordinateRow row;
  row.id = id;
  row.name = names.name(id);
  row.kind_code = kind.code;
  row.kind = outlook.viewer.language() == Language::english ? kind.label_en : kind.label_vi;
  row.born = body.born;
  row.former_area = former_unit_name(outlook.organisation(), id, outlook.tree);
  return row;
}

}  // namespace

Subordinates subordinates(const Outlook& outlook, BodyId superior, const SubordinateQuery& query, Extract extract) {
  const Organisation& organisation = outlook.organisation();
  const std::string wanted = folded(query.typed);
  const auto known = figures_below(outlook, superior);
  Subordinates out;
  out.query = query;
  std::vector<SubordinateRow> fitting;
  const auto children = organisation.children(superior, outlook.tree);
  const Namesakes names(organisation, children, outlook.tree);
  for (const BodyId id : children) {
    if (!outlook.scope.contains(id)) continue;
    SubordinateRow row = row_of(outlook, id, names);
    ++out.all;
    const bool is_branch = organisation.kind(id).level == BodyKind::Level::branch;
    out.with_branches = out.with_branches || !is_branch;
    const auto chip = std::ranges::find(out.kinds, row.kind_code, &KindChip::code);
    if (chip == out.kinds.end()) out.kinds.push_back({row.kind_code, row.kind, 1});
    else ++chip->count;
    if (!query.kind.empty() && row.kind_code != query.kind) continue;
    if (!wanted.empty() && folded(row.name + " " + row.former_area).find(wanted) == std::string::npos) continue;
    if (const auto found = known.find(id); found != known.end()) {
      const auto& figures = found->second;
      row.members = whole(figures[0]);
      if (!is_branch) row.branches = whole(figures[1]);
      if (!is_branch) row.boards = whole(figures[2]);
      if (is_asked(outlook, id, outlook.ledger.catalogue->index("C03"))) row.families = whole(figures[3]);
      if (is_asked(outlook, id, outlook.ledger.catalogue->index("D04"))) row.fund = whole(figures[4]);
    }
    fitting.push_back(std::move(row));
  }
  std::ranges::sort(out.kinds, std::ranges::greater{}, &KindChip::count);
  if (query.order == SubordinateOrder::name) std::ranges::stable_sort(fitting, {}, [](const SubordinateRow& row) { return sort_key(row.name); });
  if (query.order == SubordinateOrder::kind) std::ranges::stable_sort(fitting, {}, [](const SubordinateRow& row) { return sort_key(row.kind); });
  if (query.order == SubordinateOrder::members) std::ranges::stable_sort(fitting, std::ranges::greater{}, [](const SubordinateRow& row) { return row.members.value_or(-1); });
  out.found = fitting.size();
  out.pages = std::max<std::size_t>(1, (out.found + rows_a_page - 1) / rows_a_page);
  out.query.page = std::clamp<std::size_t>(query.page, 1, out.pages);
  if (extract == Extract::everything) {
    out.first = fitting.empty() ? 0 : 1;
    out.rows = std::move(fitting);
    return out;
  }
  const std::size_t begin = (out.query.page - 1) * rows_a_page;
  const std::size_t end = std::min(out.found, begin + rows_a_page);
  out.first = out.found == 0 ? 0 : begin + 1;
  for (std::size_t i = begin; i < end; ++i) out.rows.push_back(std::move(fitting[i]));
  return out;
}

}  // namespace khuyenhoc::directory
