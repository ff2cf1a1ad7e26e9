// What others have saved meanwhile, asked for every few seconds by whoever has the page open: answered from memory as long as nothing was written.
#include <charconv>

#include <boost/json.hpp>

#include "base/i18n.h"
#include "measures/touched.h"
#include "reporting/known_sheets.h"
#include "reporting/pages/news.h"
#include "reporting/pages/reporting_pages.h"
#include "reporting/reasons.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

json::object cell_json(BodyId body, std::string_view measure, std::optional<std::int64_t> value, std::int64_t version, const std::string& by) {
  json::object out{{"body", std::to_string(body.value)}, {"measure", measure}, {"version", std::to_string(version)}};
  out["value"] = value ? json::value(*value) : json::value(nullptr);
  if (!by.empty()) out["by"] = by;
  return out;
}

json::object reason_json(const FigureReason& reason, std::string_view prefix = reason_prefix) {
  return {{"body", std::to_string(reason.body.value)}, {"measure", std::string(prefix) + reason.measure}, {"value", nullptr}, {"text", reason.text}, {"version", std::to_string(reason.at_ms)}};
}

// Names of those who wrote, each looked up once.
class Names {
 public:
  Names(const House& house, db::Reader& reader, Day today) : house_(house), reader_(reader), today_(today) {}
  std::string words(UserId user, std::int64_t at_ms) {
    if (at_ms == 0) return {};
    const auto known = names_.find(user);
    const std::string& name = known != names_.end() ? known->second : names_.emplace(user, name_of_user(house_, reader_, user)).first->second;
    return tr("{} ghi lúc {}", name, short_time(at_ms, today_));
  }

 private:
  const House& house_;
  db::Reader& reader_;
  Day today_;
  std::map<UserId, std::string> names_;
};

http::Response grid_news(const Visit& visit, const AskedCorrections& corrections) {
  const House& house = visit.house();
  const BodyId body = *entered_body(visit);
  const NewsPosition now = news_position(house);
  const auto asked = NewsPosition::parse(visit.request().query.value("tu"));
  const OrganisationView organisation = house.ledger.organisation();
  const auto rows = sheet_rows(organisation, body, entry_day(entered_period(visit), visit.today()), visit.language());
  std::set<BodyId> written;
  if (asked && asked->epoch == now.epoch) {
    std::vector<BodyId> bodies = rows->bodies;
    bodies.push_back(body);
    std::vector<Node> nodes = rows->nodes;
    nodes.push_back(organisation->node(body));
    for (const std::size_t place : house.ledger.touched().since(nodes, asked->count)) written.insert(bodies[place]);
    if (written.empty()) return http::Response::json(JsonText(json::object{{"tu", now.text()}}));
  } else {
    written.insert(rows->bodies.begin(), rows->bodies.end());
  }
  const auto sheet = known_sheet(house, body, entered_period(visit), visit.today());
  if (!sheet) return json_refusal(sheet.error().message, http::Status::unprocessable);
  written.erase(body);
  json::object answer{{"tu", now.text()}};
  const auto columns = (*sheet)->columns();
  house.store.read([&](db::Reader& reader) {
    Names names(house, reader, visit.today());
    json::array cells;
    for (const BodyId one : written) {
      const EntryRow* row = (*sheet)->row(one);
      if (row == nullptr) continue;
      for (std::size_t i = 0; i < columns.size(); ++i) {
        const EntryCell& cell = row->cells[i];
        if (!cell.asked || cell.version == 0) continue;
        cells.push_back(cell_json(one, columns[i].code, cell.value ? std::optional(columns[i].shown(*cell.value)) : std::nullopt, cell.version, names.words(cell.by, cell.at_ms)));
      }
    }
    const std::vector<BodyId> named(written.begin(), written.end());
    for (const FigureReason& reason : figure_reasons(reader, named, entered_period(visit).period)) cells.push_back(reason_json(reason));
    answer["cells"] = std::move(cells);
  });
  add_sheet_words(visit, **sheet, written, corrections, answer);
  return http::Response::json(JsonText(answer));
}

http::Response form_of_page(const Visit& visit) {
  const House& house = visit.house();
  const BodyId body = *entered_body(visit);
  const bool branch = visit.request().path.starts_with("/phieu/");
  return form_news(house, visit.request(), visit.today(), body, NamesIn::shown, [&]() -> Result<FigureForm> {
    if (branch) return branch_form(house, body, entered_period(visit), visit.today());
    const auto make = visit.request().query.value("phan") == "rieng" ? own_form : whole_form;
    return house.store.read([&](db::Reader& reader) { return make(house, reader, body, entered_period(visit), visit.today()); });
  });
}

}  // namespace

NewsPosition news_position(const House& house) {
  static const std::string of_process = crypto::readable_code(8);
  return {fmt::format("{}-{}", of_process, house.ledger.number()), house.ledger.touched().now()};
}

std::string NewsPosition::text() const { return fmt::format("{}.{}", epoch, count); }

std::optional<NewsPosition> NewsPosition::parse(std::string_view text) {
  const auto dot = text.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  std::uint64_t count = 0;
  const std::string_view digits = text.substr(dot + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return NewsPosition{std::string(text.substr(0, dot)), count};
}

http::Response form_news(const House& house, const http::Request& request, Day today, BodyId body, NamesIn names_in, const std::function<Result<FigureForm>()>& make) {
  const NewsPosition now = news_position(house);
  const auto asked = NewsPosition::parse(request.query.value("tu"));
  if (asked && asked->epoch == now.epoch) {
    const Node nodes[] = {house.ledger.organisation()->node(body)};
    if (house.ledger.touched().since(nodes, asked->count).empty()) return http::Response::json(JsonText(json::object{{"tu", now.text()}}));
  }
  const auto form = make();
  if (!form) return json_refusal(form.error().message, http::Status::unprocessable);
  json::object answer{{"tu", now.text()}};
  house.store.read([&](db::Reader& reader) {
    Names names(house, reader, today);
    json::array cells;
    for (const FigureSection& section : form->sections)
      for (const FigureField& field : section.fields) {
        if (field.version != 0) cells.push_back(cell_json(form->body, field.name, field.value, field.version, names_in == NamesIn::shown ? names.words(field.by, field.at_ms) : std::string()));
        if (!field.reason.empty()) cells.push_back(reason_json({form->body, field.name, field.reason, {}, field.reason_version}));
      }
    for (const FigureQuestion& question : form->questions)
      if (question.version != 0) cells.push_back(reason_json({form->body, question.code, question.text, {}, question.version}, text_prefix));
    answer["cells"] = std::move(cells);
  });
  add_form_words(*form, answer);
  return http::Response::json(JsonText(answer));
}

void add_news_pages(Pages& pages, AskedCorrections asked) {
  pages.get("/nhap-so-lieu/{body:number}/moi", Permission::enter_figures, RouteScope::body, [asked](const Visit& visit) {
    const std::string_view part = visit.request().query.value("phan");
    return part == "rieng" || part == "chung" ? form_of_page(visit) : grid_news(visit, asked);
  });
  pages.get("/phieu/{body:number}/moi", Permission::enter_figures, RouteScope::body, form_of_page);
  // Who is signed in on this browser now, and the token of that session: for a page whose own session has ended.
  pages.get("/nhap-so-lieu/phien", [](const Visit& visit) {
    return http::Response::json(JsonText(json::object{{"user", std::to_string(visit.viewer().user().value)}, {"csrf", visit.frame({}, MenuItem::none).csrf}}));
  });
}

}  // namespace khuyenhoc
