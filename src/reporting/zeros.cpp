#include "reporting/zeros.h"

#include <set>

#include <boost/json.hpp>

#include "base/i18n.h"
#include "reporting/zeros_queries.h"

namespace khuyenhoc {

namespace json = boost::json;

std::vector<BlankRow> blank_rows(const Catalogue& catalogue, const EntrySheet& sheet) {
  std::vector<BlankRow> out;
  const auto columns = sheet.columns();
  for (const EntryGroup& group : sheet.groups)
    for (const EntryRow& row : group.rows) {
      BlankRow one{row.body, row.name, row.reported, {}, {}};
      for (std::size_t i = 0; i < columns.size(); ++i) {
        const EntryCell& cell = row.cells[i];
        if (!cell.asked || cell.value || columns[i].is_yes_no) continue;       // no is an answer, and not for a whole column at once
        const std::string& label = catalogue.measure(columns[i].measure).label(current_language());
        if (is_level(catalogue.measure(columns[i].measure).kind) && cell.counted != 0) one.carried.push_back(label);
        else one.cells.push_back({columns[i].code, label, cell.version});
      }
      if (!one.cells.empty() || !one.carried.empty()) out.push_back(std::move(one));
    }
  return out;
}

BlankRow blank_row(const FigureForm& form, std::string name) {
  BlankRow out{form.body, std::move(name), form.filled > 0, {}, {}};
  for (const FigureSection& section : form.sections)
    for (const FigureField& field : section.fields) {
      if (field.value || field.is_yes_no) continue;
      if (field.carried.value_or(0) != 0 || (field.is_level && field.was.value_or(0) != 0)) out.carried.push_back(field.label);
      else out.cells.push_back({field.name, field.label, field.version});
    }
  return out;
}

namespace {

void tell_step(db::Writer& writer, const House& house, const Viewer& viewer, const EntryDesk& desk, BodyId page, std::int64_t id, std::string_view action, std::string summary) {
  house.trail.write(writer, viewer, page, "entry_zeros", id, action, {}, json::serialize(json::object{{"summary", summary + desk.said_through()}}));
}

}  // namespace

ZeroOutcome write_zeros(db::Writer& writer, const House& house, const Viewer& viewer, EntryDesk& desk, BodyId page, const std::vector<CellEntry>& blank) {
  ZeroOutcome out;
  std::vector<CellEntry> zeros = blank;
  for (CellEntry& cell : zeros) cell.value = 0;
  std::vector<zeros_sql::Cell> written;
  std::set<BodyId> bodies;
  for (CellOutcome& outcome : desk.save(writer, zeros, Telling::together)) {
    if (outcome.state == CellOutcome::State::saved) {
      if (!outcome.changed) continue;
      written.push_back({outcome.body, outcome.measure, outcome.version});
      bodies.insert(outcome.body);
    } else {
      out.refused.push_back(std::move(outcome));
    }
  }
  if (written.empty()) return out;
  out.step = {house.store.new_id(), static_cast<std::int64_t>(written.size()), static_cast<std::int64_t>(bodies.size()), house.clock.now_ms()};
  zeros_sql::insert(writer, {out.step.id, page, desk.period().period, viewer.user(), out.step.at_ms, out.step.cells, out.step.bodies, std::nullopt}, written);
  const LanguageScope in_vietnamese(Language::vietnamese);
  tell_step(writer, house, viewer, desk, page, out.step.id, "fill",
            tr("Ghi 0 vào {} ô còn trống của {} đơn vị, {}", out.step.cells, out.step.bodies, house.periods.label(desk.period(), Language::vietnamese)));
  return out;
}

std::optional<ZeroStep> zeros_to_take_back(db::Reader& reader, const House& house, const Viewer& viewer, BodyId page, const NamedPeriod& period) {
  constexpr std::int64_t day_ms = 24 * 3'600'000;
  const auto last = zeros_sql::last(reader, page, period.period);
  if (!last || last->by != viewer.user() || house.clock.now_ms() - last->at_ms > day_ms) return std::nullopt;
  return ZeroStep{last->id, last->cells, last->bodies, last->at_ms};
}

Result<std::size_t> take_zeros_back(db::Writer& writer, const House& house, const Viewer& viewer, EntryDesk& desk, BodyId page, std::int64_t step) {
  const auto known = zeros_sql::find(writer, step);
  if (!known || known->body != page || known->period != desk.period().period) return refuse("zeros.unknown", tr("Không có lần ghi 0 này, hoặc lần ấy thuộc kỳ khác."));
  if (known->undone_ms) return refuse("zeros.undone", tr("Lần ghi 0 này đã được hoàn tác lúc {}.", time_text(*known->undone_ms)));
  std::vector<CellEntry> back;
  for (const zeros_sql::Cell& cell : zeros_sql::cells(writer, step)) back.push_back({cell.body, cell.measure, std::nullopt, cell.row_version});
  std::size_t done = 0, locked = 0;
  Refusal why;
  for (const CellOutcome& outcome : desk.save(writer, back, Telling::together)) {
    done += outcome.changed ? 1 : 0;
    if (outcome.state != CellOutcome::State::refused) continue;
    ++locked;
    why = {outcome.code, outcome.message, {}};
  }
  if (done == 0 && locked > 0) return std::unexpected(why);
  zeros_sql::mark_undone(writer, step, house.clock.now_ms());
  const LanguageScope in_vietnamese(Language::vietnamese);
  tell_step(writer, house, viewer, desk, page, step, "take_back", tr("Hoàn tác lần ghi 0: {} ô để trống trở lại, {}", done, house.periods.label(desk.period(), Language::vietnamese)));
  return done;
}

}  // namespace khuyenhoc
