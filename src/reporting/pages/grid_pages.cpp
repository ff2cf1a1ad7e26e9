#include <boost/json.hpp>

#include "base/i18n.h"
#include "reporting/known_sheets.h"
#include "reporting/own_form.h"
#include "reporting/pages/news.h"
#include "reporting/pages/form_saving.h"
#include "reporting/pages/grid.html.h"
#include "reporting/pages/reporting_pages.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

BodyKind::Level level_of(const Visit& visit, BodyId body) { return visit.organisation()->kind(body).level; }

std::string asked_title(const CorrectionLine& line) { return tr("Đề nghị sửa {}", line.where.substr(line.where.find(", ") + 2)); }

// At the rows, too: whoever works down the grid reads it there.
void put_asked(GridPage& page, std::vector<CorrectionLine> asked) {
  for (GridGroup& group : page.groups)
    for (GridRow& row : group.rows)
      for (const CorrectionLine& line : asked)
        if (line.body == row.body) {
          row.note.lines.push_back({asked_title(line), line.reason, true, std::nullopt, std::nullopt});
          if (row.note.level != "bad") row.note.level = "attention";
        }
  page.asked = std::move(asked);
}

http::Response show_grid(const Visit& visit, const NewsPosition& news, const EntrySheet& sheet, const AskedCorrections& asked, const Typed& typed, std::vector<std::pair<std::string, std::string>> errors, http::Status status) {
  GridPage page = grid_page(visit, sheet, grid_view(visit.request()), typed);
  put_asked(page, asked_lines(visit, asked, sheet.body, sheet.period));
  page.errors = std::move(errors);
  page.news = news.text();
  return http::Response::html(reporting_pages::grid(visit.frame(page.title, MenuItem::entry, {"grid.js"}), page), status);
}

Result<EntrySheet> sheet_of(const Visit& visit, BodyId body) {
  return visit.house().store.read([&](db::Reader& reader) { return entry_sheet(visit.house(), reader, body, entered_period(visit), visit.today()); });
}

http::Response start(const Visit& visit) {
  const Scope scope = visit.viewer().scope(Permission::enter_figures);
  if (scope.contains(visit.viewer().acting_for())) return http::Response::redirect(path("/nhap-so-lieu/{}", visit.viewer().acting_for()));
  for (const ActingUnit& unit : visit.viewer().units())
    if (scope.contains(unit.body)) return http::Response::redirect(path("/nhap-so-lieu/{}", unit.body));
  return visit.not_found();
}

// One address, by what the body has to enter: its short form, its grid, its own figures, or the round of those below it.
http::Response show(const Visit& visit, const AskedCorrections& asked) {
  const BodyId body = *entered_body(visit);
  const std::string_view part = visit.request().query.value("phan");
  const BodyKind::Level level = level_of(visit, body);
  if (level == BodyKind::Level::branch) return http::Response::redirect(path("/phieu/{}", body).with("ky", entered_period(visit).name()));
  if (part == "rieng") return show_own_form(visit, body, asked);
  if (level != BodyKind::Level::commune && part != "chi-hoi") return show_round(visit, body, asked);
  const NewsPosition news = news_position(visit.house());
  const auto known = known_sheet(visit.house(), body, entered_period(visit), visit.today());
  if (!known) return visit.refused(known.error(), http::Status::unprocessable);
  const EntrySheet& sheet = **known;
  const bool has_no_rows = sheet.rows == 0;
  // a request may ask the association alone, or its branches in words alone
  if (is_request(sheet.period) && sheet.columns().empty()) {
    const bool in_words = std::ranges::any_of(sheet.asked->branches, [](const auto& one) { return !one.second.blocks.empty(); });
    if (sheet.asked->own.asked.parts.empty() && in_words) return http::Response::redirect(path("/nhap-so-lieu/{}/tra-loi", body).with("ky", sheet.period.name()));
    return show_own_form(visit, body, asked);
  }
  if (level == BodyKind::Level::commune && part != "chi-hoi" && (sheet.mode == EntryMode::stated_whole || has_no_rows)) return show_whole_form(visit, body, asked);
  if (part == "chung" && sheet.mode != EntryMode::from_branches) return show_whole_form(visit, body, asked);
  return show_grid(visit, news, sheet, asked, {}, {}, http::Status::ok);
}

// Sent without script: good cells are written, the others stay as typed with their reason. Sending the same page twice is harmless without a key, for a cell
// that holds the value already counts as written.
http::Response post(const Visit& visit, const AskedCorrections& asked) {
  House& house = visit.house();
  const BodyId body = *entered_body(visit);
  auto sheet = sheet_of(visit, body);
  if (!sheet) return visit.refused(sheet.error(), http::Status::unprocessable);
  PostedForm posted = parse_posted(house.catalogue, visit.request(), Amounts::in_columns, [&](BodyId row_body, const std::string& measure) -> std::optional<std::string> {
    const EntryRow* row = sheet->row(row_body);
    const EntryColumn* column = sheet->column(measure);
    if (row == nullptr || column == nullptr) return std::nullopt;
    const auto& value = row->cells[*sheet->place(column->measure)].value;
    return value ? std::to_string(column->shown(*value)) : std::string();
  });
  EntryDesk desk(house, visit.viewer(), body, entered_period(visit));
  const auto reasons = posted_reasons(visit.request());
  std::vector<ReasonOutcome> said;
  const auto outcomes = house.store.write([&](db::Writer& writer) {
    auto done = desk.save(writer, posted.changed);
    said = desk.save_reasons(writer, reasons);
    return done;
  });
  Typed kept;
  std::vector<std::pair<std::string, std::string>> errors;
  const auto name_cell = [&](BodyId row_body, const std::string& measure, const std::string& message) {
    const EntryRow* row = sheet->row(row_body);
    const EntryColumn* column = sheet->column(measure);
    const std::string where = row != nullptr && column != nullptr ? fmt::format("{}, {}: ", row->name, column->label(visit.language())) : std::string();
    errors.emplace_back(fmt::format("o-{}-{}", row_body.value, measure), where + message);
  };
  for (const auto& [name, message] : posted.errors) {
    const auto dot = name.find('.', 2);
    kept.emplace(name, posted.texts.at(name));
    name_cell(BodyId{std::stoll(name.substr(2, dot - 2))}, name.substr(dot + 1), message);
  }
  std::size_t written = 0;
  for (const CellOutcome& outcome : outcomes) {
    if (outcome.state == CellOutcome::State::saved) {
      written += outcome.changed ? 1 : 0;
      continue;
    }
    const std::string name = field_name(outcome.body, outcome.measure);
    kept.emplace(name, posted.texts.at(name));
    name_cell(outcome.body, outcome.measure, outcome.message);
  }
  for (const ReasonOutcome& outcome : said) {
    written += outcome.changed ? 1 : 0;
    if (outcome.state != CellOutcome::State::saved) errors.emplace_back(fmt::format("ly-{}-{}", outcome.body.value, outcome.measure), outcome.message);
  }
  if (errors.empty()) return visit.done(path("/nhap-so-lieu/{}", body).with("ky", entered_period(visit).name()), written == 0 ? tr("Không có số nào thay đổi.") : tr("Đã ghi {} số.", written));
  const NewsPosition news = news_position(house);
  sheet = sheet_of(visit, body);
  return show_grid(visit, news, *sheet, asked, kept, std::move(errors), http::Status::unprocessable);
}

json::object totals_json(const EntrySheet& sheet, const std::vector<EntryTotal>& totals) {
  json::object out;
  const auto columns = sheet.columns();
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (totals[i].asked) out[columns[i].code] = columns[i].shown(totals[i].now);
  return out;
}

void add_checks(const Visit& visit, const EntrySheet& sheet, const std::set<BodyId>& named, const AskedCorrections& asked, json::object& answer) {
  json::array checks;
  const auto reasons = reasons_of(visit, sheet, &named);
  for (const BodyId body : named) {
    const EntryRow* row = sheet.row(body);
    if (row == nullptr) continue;
    const GridNote note = grid_note(visit, sheet, *row, reasons);
    for (std::size_t i = 0; i < row->remarks.size(); ++i) {
      const EntryRemark& remark = row->remarks[i];
      json::object one{{"body", std::to_string(body.value)}, {"text", note.lines[i].text}};
      one["level"] = remark.level == EntryRemark::Level::bad ? "bad" : remark.level == EntryRemark::Level::attention ? "attention" : "info";
      if (!note.lines[i].title.empty()) one["title"] = note.lines[i].title;
      json::array measures;
      if (remark.level == EntryRemark::Level::bad)
        for (const std::string& code : remark.measures) measures.emplace_back(code);
      one["measures"] = std::move(measures);
      if (note.lines[i].link) one["link"] = json::object{{"href", note.lines[i].link->link.text()}, {"text", note.lines[i].link->text}};
      if (const auto& box = note.lines[i].reason)
        one["reason"] = json::object{{"body", std::to_string(box->body.value)}, {"measure", std::string(reason_prefix) + box->measure}, {"label", box->label}, {"text", box->text}, {"version", box->version}};
      checks.emplace_back(std::move(one));
    }
  }
  // the answer replaces all that stands in a row's margin
  for (const CorrectionLine& line : asked_lines(visit, asked, sheet.body, sheet.period))
    if (named.contains(line.body) && sheet.row(line.body) != nullptr)
      checks.push_back(json::object{{"body", std::to_string(line.body.value)}, {"level", "bad"}, {"title", asked_title(line)}, {"text", line.reason}});
  answer["checks"] = std::move(checks);
}

http::Response post_cells(const Visit& visit, const AskedCorrections& asked) {
  const BodyId body = *entered_body(visit);
  EntryDesk desk(visit.house(), visit.viewer(), body, entered_period(visit));
  return answer_cells(visit, desk, Amounts::in_columns, [&](json::object& answer, const SavedCells& saved) {
    SavedCells of_rows = saved;
    of_rows.bodies.erase(body);              // reasons of the whole
    const auto sheet = visit.house().store.read([&](db::Reader& reader) { return saved_part(visit.house(), reader, body, entered_period(visit), visit.today(), of_rows); });
    if (!sheet) return;
    add_sheet_words(visit, *sheet, saved.bodies, asked, answer);
  });
}

}  // namespace

void add_sheet_words(const Visit& visit, const EntrySheet& sheet, const std::set<BodyId>& named, const AskedCorrections& asked, json::object& answer) {
  json::object groups, notes;
  for (const EntryGroup& group : sheet.groups) {
    groups[group.key] = totals_json(sheet, group.totals);
    notes[group.key] = group_note(group);
  }
  notes["all"] = whole_note(sheet);
  answer["totals"] = json::object{{"all", totals_json(sheet, sheet.whole)}, {"groups", std::move(groups)}};
  answer["notes"] = std::move(notes);
  add_checks(visit, sheet, named, asked, answer);
}

NamedPeriod entered_period(const Visit& visit) {
  const std::string code(visit.request().query.value("ky"));
  if (code.starts_with("yc"))
    if (const auto asked = visit.house().store.read([&](db::Reader& reader) { return request_window(reader, visit.house(), code); })) return *asked;
  return visit.period();
}

std::string entered_title(const Visit& visit, const NamedPeriod& period) {
  if (is_request(period))
    if (const auto forms = visit.house().store.read([&](db::Reader& reader) { return asked_forms(reader, visit.house(), visit.viewer().acting_for(), period); })) return (*forms)->name(visit.language());
  return tr("Số liệu {}", visit.house().periods.label(period, visit.language()));
}

http::Response no_sheet(const Visit& visit, BodyId body, const Refusal& why) {
  const bool has_form = !visit.organisation()->kind(body).short_form.empty() && level_of(visit, body) == BodyKind::Level::branch;
  const std::string instead = has_form ? tr("Chi hội, ban ghi số liệu trên phiếu số liệu của mình: xin mở mục “Việc cần làm” rồi bấm “Ghi số liệu”.") : std::string();
  return refusal_page(visit.frame(tr("Chưa thực hiện được"), MenuItem::entry), why.message, instead, http::Status::unprocessable);
}

std::vector<CorrectionLine> asked_lines(const Visit& visit, const AskedCorrections& asked, BodyId association, const NamedPeriod& period, std::optional<BodyId> branch) {
  std::vector<CorrectionLine> out;
  if (!asked) return out;
  const Catalogue& catalogue = visit.house().catalogue;
  for (AskedCorrection& one : visit.house().store.read([&](db::Reader& reader) { return asked(reader, association, period); })) {
    const auto measure = catalogue.find(one.measure);
    if (!measure || (branch && one.body != *branch) || visit.organisation()->find(one.body) == nullptr) continue;
    CorrectionLine line{one.body, one.measure, fmt::format("{}, {}", visit.organisation()->body(one.body).on(period.period.last).name, catalogue.measure(*measure).label(visit.language())), std::move(one.reason), std::nullopt};
    if (!branch && one.body != association) line.form = path("/phieu/{}", one.body).with("ky", period.name());
    out.push_back(std::move(line));
  }
  return out;
}

void add_grid_pages(Pages& pages, AskedCorrections asked) {
  pages.get("/nhap-so-lieu", Permission::enter_figures, RouteScope::signed_in, start);
  pages.get("/nhap-so-lieu/{body:number}", Permission::enter_figures, RouteScope::body, [asked](const Visit& visit) { return show(visit, asked); });
  pages.post("/nhap-so-lieu/{body:number}", Permission::enter_figures, RouteScope::body, [asked](const Visit& visit) { return post(visit, asked); });
  pages.post("/nhap-so-lieu/{body:number}/o", Permission::enter_figures, RouteScope::body, [asked](const Visit& visit) { return post_cells(visit, asked); });
}

void add_reporting_pages(Pages& pages, AskedCorrections asked) {
  add_link_pages(pages);
  add_grid_pages(pages, asked);
  add_entry_form_pages(pages, asked);
  add_zero_pages(pages);
  add_news_pages(pages, std::move(asked));
  add_mode_pages(pages);
  add_round_pages(pages);
  add_answer_pages(pages);
  add_workbook_pages(pages);
}

}  // namespace khuyenhoc
