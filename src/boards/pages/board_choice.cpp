#include <algorithm>

#include "boards/boards.h"
#include "boards/pages/board_view.h"

namespace khuyenhoc {
namespace {

constexpr std::string_view first_measure = "B01";
constexpr std::size_t most_columns = 24;

using By = Arrangement::By;
constexpr std::array sort_words{std::pair{By::name, std::string_view("ten")}, std::pair{By::now, std::string_view("so")}, std::pair{By::then, std::string_view("cung-ky")},
                                std::pair{By::change, std::string_view("thay-doi")}, std::pair{By::target, std::string_view("ke-hoach")},
                                std::pair{By::reached, std::string_view("dat")}};
constexpr std::array filter_words{std::pair{Arrangement::Filter::below_90, std::string_view("duoi-90")}, std::pair{Arrangement::Filter::fallen, std::string_view("giam")},
                                  std::pair{Arrangement::Filter::silent, std::string_view("chua-co-so")}};

Url with_filter(Url out, Arrangement::Filter filter) {
  for (const auto& [known, word] : filter_words)
    if (known == filter) return out.with("loc", word);
  return out;
}

Arrangement read_arrangement(const http::Request& request) {
  Arrangement out;
  std::string_view by = request.query.value("xep");
  if (by.starts_with('-')) {
    out.order = Arrangement::Order::descending;
    by.remove_prefix(1);
  }
  for (const auto& [sort, word] : sort_words)
    if (word == by) out.by = sort;
  if (out.by == By::usual) out.order = Arrangement::Order::ascending;
  for (const auto& [filter, word] : filter_words)
    if (word == request.query.value("loc")) out.filter = filter;
  if (request.query.value("het") == "1") out.shown = Arrangement::Shown::all;
  return out;
}

}  // namespace

Url board_url(const Subject& subject) {
  if (const auto* unit = std::get_if<UnitId>(&subject)) return html::path("/so-lieu/dia-gioi/{}", *unit);
  return html::path("/so-lieu/{}", std::get<BodyId>(subject));
}

Result<BoardChoice> read_choice(const Visit& visit, const Subject& subject) {
  const Catalogue& catalogue = visit.house().catalogue;
  BoardChoice out;
  out.ask.period = visit.period();
  out.ask.today = visit.today();
  out.ask.question = {subject, visit.period().period, std::min(visit.tree(), visit.today()), visit.lens()};
  // a form of checkboxes sends the name many times, a link once with commas
  for (const std::string_view value : visit.request().query.all("ct")) {
    for (std::string_view rest = value; !rest.empty();) {
      const auto comma = std::min(rest.find(','), rest.size());
      const std::string_view code = rest.substr(0, comma);
      rest.remove_prefix(std::min(comma + 1, rest.size()));
      if (code.empty()) continue;
      const auto found = catalogue.find(code);
      if (!found) return refuse("board.measure", tr("Không có chỉ tiêu “{}”. Xin chọn trong danh sách chỉ tiêu.", code), "ct");
      if (std::ranges::find(out.measures, *found) == out.measures.end() && out.measures.size() < most_columns) out.measures.push_back(*found);
    }
  }
  if (out.measures.empty()) out.measures.push_back(catalogue.index(first_measure));
  if (visit.request().query.value("bang") == "1") out.shape = BoardChoice::Shape::wide;
  else if (visit.request().query.value("theo") == "thang") out.shape = BoardChoice::Shape::by_month;
  out.arrangement = read_arrangement(visit.request());
  return out;
}

bool may_see(const Visit& visit, const Subject& subject) {
  const Scope scope = visit.viewer().scope(Permission::see_figures);
  return std::visit([&](auto id) { return scope.contains(id); }, subject);
}

std::optional<Subject> asked_body(const Visit& visit) {
  const Subject subject = visit.request().parameters.has("body") ? visit.request().id<struct BodyTag>("body") : visit.viewer().acting_for();
  return may_see(visit, subject) ? std::optional(subject) : std::nullopt;
}

std::optional<Subject> asked_unit(const Visit& visit) {
  const Subject subject = visit.request().id<struct UnitTag>("unit");
  return may_see(visit, subject) ? std::optional(subject) : std::nullopt;
}

BoardLinks::BoardLinks(const Visit& visit, const BoardChoice& choice) : visit_(visit), choice_(choice) {}

std::string BoardLinks::codes() const {
  std::string out;
  for (const MeasureIndex measure : choice_.measures) out += (out.empty() ? "" : ",") + visit_.house().catalogue.measure(measure).code;
  return out;
}

Url BoardLinks::kept(Url base, std::string_view code) const {
  if (code != first_measure) base = base.with("ct", code);
  if (choice_.official()) base = base.with("so", "chot");
  for (const std::string_view name : {"ky", "ngay"})
    if (visit_.request().query.has(name)) base = base.with(name, visit_.request().query.value(name));
  return base;
}

Url BoardLinks::board(const Subject& subject) const { return choice_.shape == BoardChoice::Shape::wide ? kept(board_url(subject), codes()).with("bang", 1) : kept(board_url(subject), codes()); }
Url BoardLinks::measure(std::string_view code) const { return kept(board_url(choice_.ask.question.subject), code); }

Url BoardLinks::ingredients(const Subject& subject, std::string_view code) const {
  if (const auto* unit = std::get_if<UnitId>(&subject)) return kept(html::path("/so-lieu/dia-gioi/{}/gom", *unit), code);
  return kept(html::path("/so-lieu/{}/gom", std::get<BodyId>(subject)), code);
}
Url BoardLinks::ingredients_on(const Subject& subject, Day tree) const {
  const auto& measure = visit_.house().catalogue.measure(choice_.measures.front()).code;
  const auto* unit = std::get_if<UnitId>(&subject);
  Url out = unit ? html::path("/so-lieu/dia-gioi/{}/gom", *unit) : html::path("/so-lieu/{}/gom", std::get<BodyId>(subject));
  if (measure != first_measure) out = out.with("ct", measure);
  if (choice_.official()) out = out.with("so", "chot");
  return out.with("ky", choice_.ask.period.name()).with("ngay", tree.iso());
}
Url BoardLinks::ingredients(const Subject& subject) const { return ingredients(subject, visit_.house().catalogue.measure(choice_.measures.front()).code); }
Url BoardLinks::ingredients_of_series(std::string_view member_key) const { return ingredients(choice_.ask.question.subject).with("muc", member_key); }

std::optional<Url> BoardLinks::target(const Subject& subject) const {
  const BodyId holder = target_holder(*visit_.organisation(), subject, choice_.ask.question.tree);
  if (!holder || !visit_.viewer().may(Permission::see_figures, holder)) return std::nullopt;
  return html::path("/chi-tieu-nam/{}", holder).with("nam", choice_.ask.period.year);
}

std::optional<Url> BoardLinks::handover(const BoardRow& line) const {
  const auto* body = std::get_if<BodyId>(&line.subject);
  if (line.kind != Part::Kind::line || body == nullptr || !visit_.viewer().scope(Permission::restructure).contains(*body)) return std::nullopt;
  return html::path("/sap-xep/ban-giao/{}", *body);
}

Url BoardLinks::lens(Lens lens) const {
  Url out = board_url(choice_.ask.question.subject);
  if (codes() != first_measure) out = out.with("ct", codes());
  if (choice_.shape == BoardChoice::Shape::wide) out = out.with("bang", 1);
  if (lens == Lens::official) out = out.with("so", "chot");
  for (const std::string_view name : {"ky", "ngay"})
    if (visit_.request().query.has(name)) out = out.with(name, visit_.request().query.value(name));
  return out;
}

Url BoardLinks::wide() const { return kept(board_url(choice_.ask.question.subject), codes()).with("bang", 1); }
Url BoardLinks::by_month() const { return measure(visit_.house().catalogue.measure(choice_.measures.front()).code).with("theo", "thang"); }
Url BoardLinks::by_child() const { return measure(visit_.house().catalogue.measure(choice_.measures.front()).code); }

Url BoardLinks::picker() const {
  if (const auto* unit = std::get_if<UnitId>(&choice_.ask.question.subject)) return kept(html::path("/so-lieu/dia-gioi/{}/chi-tieu", *unit), codes());
  return kept(html::path("/so-lieu/{}/chi-tieu", std::get<BodyId>(choice_.ask.question.subject)), codes());
}

Url BoardLinks::workbook() const {
  const auto* unit = std::get_if<UnitId>(&choice_.ask.question.subject);
  Url out = unit ? html::path("/so-lieu/dia-gioi/{}/bang.xlsx", *unit) : html::path("/so-lieu/{}/bang.xlsx", std::get<BodyId>(choice_.ask.question.subject));
  out = kept(std::move(out), codes());
  if (choice_.shape == BoardChoice::Shape::wide) out = out.with("bang", 1);
  if (choice_.shape == BoardChoice::Shape::by_month) out = out.with("theo", "thang");
  return out;
}

Url BoardLinks::sorted(By by) const {
  const Arrangement& now = choice_.arrangement;
  const bool turn = now.by == by && now.order == Arrangement::Order::ascending;
  Url out = by_child();
  for (const auto& [sort, word] : sort_words)
    if (sort == by) out = out.with("xep", (turn ? "-" : "") + std::string(word));
  out = with_filter(std::move(out), now.filter);
  if (now.shown == Arrangement::Shown::all) out = out.with("het", 1);
  return out.at("bang-so");
}

Url BoardLinks::filtered(Arrangement::Filter filter) const {
  const Url out = with_filter(by_child(), filter);
  return filter == Arrangement::Filter::all ? out.at("bang-so") : out.with("het", 1).at("bang-so");
}

Url BoardLinks::everything() const {
  Url out = choice_.shape == BoardChoice::Shape::by_month ? by_month() : by_child();
  for (const std::string_view name : {"xep", "loc"})
    if (visit_.request().query.has(name)) out = out.with(name, visit_.request().query.value(name));
  return out.with("het", 1).at("bang-so");
}

Url BoardLinks::other_day(std::string_view iso_day) const { return Url("/dia-gioi-xem").with("ngay", iso_day).with("ve", visit_.here()); }

}  // namespace khuyenhoc
