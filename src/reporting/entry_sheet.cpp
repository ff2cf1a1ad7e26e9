#include "reporting/entry_sheet.h"

#include <algorithm>

#include "base/i18n.h"
#include "measures/entered.h"
#include "measures/targets.h"
#include "organisation/systems.h"
#include "reporting/entry_checks.h"
#include "reporting/reporting_queries.h"
#include "reporting/sheet_rows.h"
#include "reporting/stated_cells.h"

namespace khuyenhoc {
namespace {

constexpr std::string_view members = "B01";

using Stated = std::map<std::pair<BodyId, std::size_t>, Statement>;

Stated stated_now(db::Reader& reader, const Ledger& ledger, const EntryColumns& columns, std::span<const BodyId> bodies, Period period) {
  const Catalogue& catalogue = ledger.catalogue();
  Stated out;
  for (const Statement& one : stated_cells(reader, ledger, bodies, period))
    if (const auto column = columns.place(catalogue.measure_of(one.series)); column && one.extent == Extent::subtree) out.emplace(std::pair(one.body, *column), one);
  return out;
}

class SheetMaker {
 public:
  SheetMaker(const House& house, const Organisation& organisation, EntrySheet& sheet, const ComparedFigures& compared, std::map<BodyId, std::int64_t> listed, Lists lists)
      : house_(house), organisation_(organisation), sheet_(sheet), compared_(compared), listed_(std::move(listed)), lists_(lists) {}

  EntryRow row(const SheetRow& known, const Stated& stated) {
    EntryRow out;
    out.body = known.body;
    out.name = known.name;
    out.form = known.form;
    out.direct = known.direct;
    const auto columns = sheet_.columns();
    out.cells.resize(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
      EntryCell& cell = out.cells[i];
      cell.asked = out.form != nullptr && out.form->asks(columns[i].measure);
      cell.was = compared_.was(columns[i], house_.catalogue, known.body, i);
      cell.counted = compared_.now.at(known.body, i);
      if (const auto found = stated.find({known.body, i}); found != stated.end()) {
        cell.value = found->second.value;
        cell.version = found->second.row_version;
        cell.by = found->second.by;
        cell.at_ms = found->second.at_ms;
        sheet_.saved_ms = std::max(sheet_.saved_ms, cell.at_ms);
      }
    }
    const RowTerms terms(house_.catalogue, sheet_.asked->columns, compared_, out, organisation_.body(known.body).born, sheet_.period);
    judge_row(out, house_.catalogue, *sheet_.asked, compared_, terms, listed(out));
    return out;
  }

  void add_totals(EntryGroup& group) const {
    const auto columns = sheet_.columns();
    group.totals.assign(columns.size(), {});
    for (std::size_t i = 0; i < columns.size(); ++i)
      for (const EntryRow& row : group.rows) {
        EntryTotal& total = group.totals[i];
        total.asked = total.asked || row.cells[i].asked;
        if (!row.direct) continue;
        total.now += row.cells[i].counted;
        if (row.cells[i].was) total.was = total.was.value_or(0) + *row.cells[i].was;
      }
  }

  void add_whole(const Stated& stated) const {
    const auto columns = sheet_.columns();
    sheet_.whole.clear();
    sheet_.own.clear();
    sheet_.stated.clear();
    for (std::size_t i = 0; i < columns.size(); ++i) {
      EntryTotal whole, own;
      whole.asked = own.asked = true;
      whole.now = own.now = compared_.now.whole[i];
      const std::int64_t before = (is_level(house_.catalogue.measure(columns[i].measure).kind) ? compared_.before : compared_.last_year).whole[i];
      bool known = before != 0;
      for (const EntryGroup& group : sheet_.groups) {
        own.now -= group.totals[i].now;
        known = known || group.totals[i].was;
      }
      if (known) whole.was = before;
      sheet_.whole.push_back(whole);
      sheet_.own.push_back(own);
      const auto found = stated.find({sheet_.body, i});
      sheet_.stated.push_back(found == stated.end() ? std::nullopt : found->second.value);
    }
  }

 private:
  std::optional<ListedMembers> listed(const EntryRow& row) const {
    if (lists_ == Lists::left_out) return std::nullopt;
    const auto at = sheet_.place(house_.catalogue.index(members));
    if (!at || !row.cells[*at].value) return std::nullopt;
    const EntryCell& cell = row.cells[*at];
    const auto found = listed_.find(row.body);
    return ListedMembers{*cell.value, found == listed_.end() ? 0 : found->second};
  }

  const House& house_;
  const Organisation& organisation_;
  EntrySheet& sheet_;
  const ComparedFigures& compared_;
  std::map<BodyId, std::int64_t> listed_;
  Lists lists_;
};

void count(EntrySheet& sheet) {
  sheet.rows = sheet.reported = sheet.mismatched = sheet.with_blanks = sheet.unlisted = 0;
  for (EntryGroup& group : sheet.groups) {
    group.reported = static_cast<std::size_t>(std::ranges::count_if(group.rows, &EntryRow::reported));
    sheet.rows += group.rows.size();
    sheet.reported += group.reported;
    for (const EntryRow& row : group.rows) {
      sheet.mismatched += row.mismatched ? 1 : 0;
      sheet.with_blanks += row.reported && row.blanks > 0 ? 1 : 0;
      sheet.unlisted += row.unlisted ? 1 : 0;
    }
  }
}

}  // namespace

Day entry_day(const NamedPeriod& period, Day today) { return std::max(period.period.first, std::min(period.period.last, today)); }

Period period_beside(const Catalogue& catalogue, const Periods& periods, MeasureIndex measure, const NamedPeriod& period) {
  const Day eve = period.period.first - 1;
  return is_level(catalogue.measure(measure).kind) ? Period{eve, eve} : periods.same_last_year(period).period;
}

std::vector<BodyId> reporting_branches(const Organisation& organisation, BodyId body, Day day) {
  std::vector<BodyId> out, open{body};
  while (!open.empty()) {
    const BodyId above = open.back();
    open.pop_back();
    for (const BodyId child : organisation.children(above, day)) {
      const BodyKind& kind = organisation.kind(child);
      if (kind.level != BodyKind::Level::branch) continue;       // an association of its own types for its branches
      if (!kind.short_form.empty()) out.push_back(child);
      open.push_back(child);
    }
  }
  return out;
}

const EntryRow* EntrySheet::row(BodyId wanted) const {
  for (const EntryGroup& group : groups)
    for (const EntryRow& one : group.rows)
      if (one.body == wanted) return &one;
  return nullptr;
}

const EntryGroup* EntrySheet::group_of(BodyId wanted) const {
  for (const EntryGroup& group : groups)
    for (const EntryRow& one : group.rows)
      if (one.body == wanted) return &group;
  return nullptr;
}

namespace {

// The sheet without anything on it.
Result<EntrySheet> empty_sheet(const House& house, const Organisation& organisation, BodyId body, const NamedPeriod& period, Day today, std::shared_ptr<const AskedForms> asked = {}) {
  const Body* known = organisation.find(body);
  if (known == nullptr || organisation.kind(body).level == BodyKind::Level::branch)
    return refuse("entry.body", tr("Bảng nhập số liệu chỉ có ở các cấp Hội có chi hội, ban trực thuộc."));
  EntrySheet sheet;
  sheet.body = body;
  sheet.period = period;
  sheet.day = entry_day(period, today);
  sheet.asked = std::move(asked);
  if (!known->alive(sheet.day))
    return refuse("entry.not_alive", tr("Ngày {1}, {0} chưa thành lập hoặc đã kết thúc, nên không có số liệu của {2}. Xin chọn kỳ khác.", known->on(sheet.day).name, sheet.day.text(),
                                        house.periods.label(period, current_language())));
  return sheet;
}

// What stands below the rows and above them.
void finish(EntrySheet& sheet, const House& house, db::Reader& reader, const ComparedFigures& compared) {
  sheet.targets.assign(sheet.columns().size(), std::nullopt);
  const BodyId whole[] = {sheet.body};
  for (const Target& target : targets(reader, house.catalogue, whole, sheet.period.year))
    if (const auto column = sheet.place(target.measure)) sheet.targets[*column] = target.value;
  count(sheet);
  constexpr std::size_t nearly_all = 9, of = 10;     // before that everything has "fallen"
  sheet.jumps.clear();
  if (sheet.reported * of >= sheet.rows * nearly_all) sheet.jumps = jumps_of_whole(house.catalogue, sheet.asked->columns, compared);
}

std::map<BodyId, std::int64_t> listed_members(const House& house, db::Reader& reader, std::span<const BodyId> bodies, const NamedPeriod& period) {
  std::map<BodyId, std::int64_t> out;
  const Series series = house.catalogue.series(house.catalogue.index(members));
  for (const auto& one : reporting_sql::listed(reader, bodies, house.ledger.stored_series(series), period.period.last)) out.emplace(one.body, one.listed);
  return out;
}

}  // namespace

Result<void> check_sheet(const House& house, BodyId body, const NamedPeriod& period, Day today) {
  const auto made = empty_sheet(house, *house.organisation.current(), body, period, today);
  return made ? Result<void>{} : std::unexpected(made.error());
}

Result<EntrySheet> entry_sheet(const House& house, db::Reader& reader, BodyId body, const NamedPeriod& period, Day today, Lists lists, BodyId branch) {
  if (const auto fine = empty_sheet(house, *house.organisation.current(), body, period, today); !fine) return fine;
  auto asked = asked_forms(reader, house, body, period, branch);
  if (!asked) return std::unexpected(asked.error());
  return entry_sheet(house, reader, body, period, today, lists, std::move(*asked));
}

Result<EntrySheet> entry_sheet(const House& house, db::Reader& reader, BodyId body, const NamedPeriod& period, Day today, Lists lists, std::shared_ptr<const AskedForms> asked_by) {
  const LedgerView view = house.ledger.view();
  const Organisation& organisation = *view.organisation;
  auto made = empty_sheet(house, organisation, body, period, today, std::move(asked_by));
  if (!made) return made;
  EntrySheet& sheet = *made;
  const auto rows = rows_asked(view.organisation, sheet.asked, body, sheet.day, current_language());
  auto compared = compared_figures(view, reader, house.ledger, *periods_of(reader, house, body), sheet.asked->columns, body, period, sheet.day, rows->bodies);
  if (!compared) return std::unexpected(compared.error());
  sheet.mode = entry_mode(reader, body, period.period);

  std::vector<BodyId> asked = rows->bodies;
  asked.push_back(body);
  const Stated stated = stated_now(reader, house.ledger, sheet.asked->columns, asked, period.period);
  SheetMaker maker(house, organisation, sheet, *compared, lists == Lists::looked_up ? listed_members(house, reader, rows->bodies, period) : std::map<BodyId, std::int64_t>(), lists);
  for (const SheetGroup& known : rows->groups) {
    EntryGroup group;
    group.key = known.key;
    group.label = known.label;
    group.counts = known.counts;
    group.size = known.rows.size();
    group.rows.reserve(known.rows.size());
    for (const SheetRow& one : known.rows) group.rows.push_back(maker.row(one, stated));
    maker.add_totals(group);
    sheet.groups.push_back(std::move(group));
  }
  maker.add_whole(stated);
  finish(sheet, house, reader, *compared);
  return made;
}

Result<EntrySheet> refreshed_sheet(const House& house, db::Reader& reader, const EntrySheet& before, const SheetRows& rows, const std::set<BodyId>& written) {
  const LedgerView view = house.ledger.view();
  Result<EntrySheet> made = before;
  EntrySheet& sheet = *made;
  std::vector<BodyId> named(written.begin(), written.end());
  const auto compared = compared_figures(view, reader, house.ledger, *periods_of(reader, house, sheet.body), sheet.asked->columns, sheet.body, sheet.period, sheet.day, named);
  if (!compared) return std::unexpected(compared.error());
  sheet.mode = entry_mode(reader, sheet.body, sheet.period.period);
  auto listed = listed_members(house, reader, named, sheet.period);
  named.push_back(sheet.body);
  const Stated stated = stated_now(reader, house.ledger, sheet.asked->columns, named, sheet.period.period);
  SheetMaker maker(house, *view.organisation, sheet, *compared, std::move(listed), Lists::looked_up);
  for (std::size_t g = 0; g < rows.groups.size(); ++g) {
    EntryGroup& group = sheet.groups[g];
    bool changed = false;
    for (std::size_t r = 0; r < group.rows.size(); ++r) {
      if (!written.contains(group.rows[r].body)) continue;
      group.rows[r] = maker.row(rows.groups[g].rows[r], stated);
      changed = true;
    }
    if (changed) maker.add_totals(group);
  }
  maker.add_whole(stated);
  finish(sheet, house, reader, *compared);
  return made;
}

Result<EntrySheet> saved_part(const House& house, db::Reader& reader, BodyId body, const NamedPeriod& period, Day today, const SavedCells& saved) {
  const LedgerView view = house.ledger.view();
  const Organisation& organisation = *view.organisation;
  auto asked = asked_forms(reader, house, body, period);
  if (!asked) return std::unexpected(asked.error());
  // what was stated in its days tells nothing of a request: another form may ask the same days
  if (is_request(period)) return entry_sheet(house, reader, body, period, today, Lists::looked_up, std::move(*asked));
  auto made = empty_sheet(house, organisation, body, period, today, std::move(*asked));
  if (!made) return made;
  EntrySheet& sheet = *made;
  const auto rows = rows_asked(view.organisation, sheet.asked, body, sheet.day, current_language());
  const std::vector<BodyId> named(saved.bodies.begin(), saved.bodies.end());
  const auto compared = compared_figures(view, reader, house.ledger, *periods_of(reader, house, body), sheet.asked->columns, body, period, sheet.day, named);
  if (!compared) return std::unexpected(compared.error());
  const Stated stated = stated_now(reader, house.ledger, sheet.asked->columns, named, period.period);
  SheetMaker maker(house, organisation, sheet, *compared, listed_members(house, reader, named, period), Lists::looked_up);
  const auto columns = sheet.columns();
  std::vector<EntryColumn> totalled;
  std::vector<std::size_t> places;
  for (const MeasureIndex measure : saved.measures)
    if (const auto place = sheet.place(measure)) {
      places.push_back(*place);
      totalled.push_back(columns[*place]);
    }
  const Entered::Round entered = view.entered->round(period.period);
  for (const SheetGroup& known : rows->groups) {
    const auto reported = static_cast<std::size_t>(std::ranges::count_if(known.rows, [&](const SheetRow& row) { return entered.has_stated(row.node); }));
    sheet.rows += known.rows.size();
    sheet.reported += reported;
    if (std::ranges::none_of(known.rows, [&](const SheetRow& row) { return saved.bodies.contains(row.body); })) continue;
    EntryGroup group;
    group.key = known.key;
    group.size = known.rows.size();
    group.reported = reported;
    std::vector<BodyId> counted;
    for (const SheetRow& row : known.rows) {
      if (row.direct) counted.push_back(row.body);
      if (saved.bodies.contains(row.body)) group.rows.push_back(maker.row(row, stated));
    }
    const auto now = row_figures(view, totalled, {body, period.period, sheet.day}, counted);
    if (!now) return std::unexpected(now.error());
    group.totals.resize(columns.size());
    std::size_t place = 0;
    for (const std::size_t column : places) {
      EntryTotal& total = group.totals[column];
      total.asked = std::ranges::any_of(known.rows, [&](const SheetRow& row) { return row.form != nullptr && row.form->asks(columns[column].measure); });
      for (const BodyId one : counted) total.now += now->at(one, place);
      ++place;
    }
    sheet.groups.push_back(std::move(group));
  }
  sheet.whole.resize(columns.size());
  for (const std::size_t column : places) sheet.whole[column] = {true, compared->now.whole[column], std::nullopt};
  return made;
}

}  // namespace khuyenhoc
