#include <algorithm>
#include <set>
#include <utility>

#include "base/i18n.h"
#include "base/number.h"
#include "figure_history/figure_history.h"
#include "figure_history/pages/history.html.h"
#include "organisation/namesakes.h"
#include "reporting/reporting.h"
#include "rounds/rounds.h"
#include "shell/figure_history_link.h"
#include "shell/form_answers.h"
#include "signed_reports/signed_reports.h"

namespace khuyenhoc {
namespace {

using figure_history_view::Chip;
using figure_history_view::Line;
using figure_history_view::Page;

constexpr std::size_t rows_a_page = 50;
constexpr std::size_t pages_named = 12;

std::string number(std::size_t value) { return number_text(static_cast<std::int64_t>(value)); }
std::string words(std::optional<std::int64_t> value) { return value ? number_text(*value) : tr("chưa báo cáo"); }

// What the address asks for.
struct Asked {
  AskedHistory history;
  MeasureIndex measure = 0;
  HistoryFilter filter;
  std::size_t page = 1;
};

Result<Asked> read_asked(const Visit& visit, BodyId body) {
  const auto& query = visit.request().query;
  const Catalogue& catalogue = visit.house().catalogue;
  const auto name = parse_series_name(catalogue, query.value("chi-tieu"));
  if (!name) return refuse("history.measure", tr("Đường dẫn thiếu hoặc sai chỉ tiêu. Xin mở lại từ bảng số liệu hoặc báo cáo."), "chi-tieu");
  Asked out;
  out.measure = name->measure;
  out.history.body = body;
  out.history.series = catalogue.series(name->measure);
  if (const std::string key(query.value("muc")); !key.empty()) {
    const auto member = catalogue.series_by_key(catalogue.measure(name->measure).code, key);
    if (!member) return refuse("history.member", tr("Chỉ tiêu này không có mục phân tổ “{}”.", key), "muc");
    out.history.series = *member;
  }
  out.history.window = visit.period().period;
  if (query.has("tu") || query.has("den")) {
    const auto first = Day::parse_iso(query.value("tu")), last = Day::parse_iso(query.value("den"));
    if (!first || !last || *last < *first) return refuse("history.window", tr("Khoảng ngày trong đường dẫn chưa đúng. Xin mở lại từ bảng số liệu hoặc báo cáo."), "tu");
    out.history.window = {*first, *last};
  }
  out.history.tree = visit.tree();
  for (int i = 0; i <= static_cast<int>(FigureWay::other); ++i)
    if (query.value("nguon") == figure_way_code(static_cast<FigureWay>(i))) out.filter.way = static_cast<FigureWay>(i);
  for (int i = 0; i <= static_cast<int>(FigurePhase::after_closing); ++i)
    if (query.value("khi") == figure_phase_code(static_cast<FigurePhase>(i))) out.filter.phase = static_cast<FigurePhase>(i);
  const BodyId within{whole_number(query.value("trong"))};
  if (visit.organisation()->find(within) != nullptr && visit.viewer().may(Permission::see_figures, within)) out.filter.within = within;
  out.page = static_cast<std::size_t>(std::max<std::int64_t>(1, whole_number(query.value("trang"))));
  out.filter.from = (out.page - 1) * rows_a_page;
  out.filter.limit = rows_a_page;
  return out;
}

class Telling {
 public:
  Telling(const Visit& visit, db::Reader& reader, const Asked& asked)
      : visit_(visit), house_(visit.house()), reader_(reader), asked_(asked), organisation_(*visit.organisation()), measure_(house_.catalogue.measure(asked.measure)) {}

  Page page() {
    const AskedHistory& asked = asked_.history;
    const Language language = visit_.language();
    page_.measure = house_.catalogue.label(asked.series, language);
    page_.subject = name(asked.body);
    page_.window = house_.periods.label(asked.window, language);
    page_.unit = measure_.unit(language);
    page_.trail.push_back({tr("Bảng số liệu của {}", page_.subject), html::path("/so-lieu/{}", asked.body)});
    if (!is_typed(measure_.kind)) return worked_out();
    const auto found = figure_history(reader_, house_, asked, asked_.filter);
    if (!found) {
      page_.refused = found.error().message;
      return std::move(page_);
    }
    page_.figure = number_text(found->figure);
    page_.sentence = found->unfiltered == 0 ? std::string() : tr("Số này do {} lần ghi, cộng trừ lại mà thành. Lần mới nhất ở trên.", number(found->unfiltered));
    put_filters(*found);
    const auto effects = figure_effects(reader_, house_, asked, found->changes);
    for (std::size_t i = 0; i < found->changes.size(); ++i) page_.lines.push_back(line(found->changes[i], effects[i]));
    put_versions();
    if (names_hidden_) page_.hidden_names = tr("Tên người ghi chỉ hiện với người được xem danh sách hoặc nhật ký của đơn vị đó.");
    return std::move(page_);
  }

 private:
  std::string name(BodyId body) const { return name_among_siblings(organisation_, body, standing_day(body)); }
  Day standing_day(BodyId body) const {
    const Body& known = organisation_.body(body);
    const Day day = asked_.history.tree;
    return known.ended && *known.ended <= day ? *known.ended - 1 : std::max(day, known.born);
  }
  Url address() const {
    Url out = figure_history_link(asked_.history.body, measure_.code, asked_.history.window);
    if (!house_.catalogue.is_whole(asked_.history.series)) out = out.with("muc", house_.catalogue.member_key(asked_.history.series));
    return out;
  }
  Url filtered(std::optional<FigureWay> way, std::optional<FigurePhase> phase) const {
    Url out = address();
    if (asked_.filter.within) out = out.with("trong", asked_.filter.within.value);
    if (way) out = out.with("nguon", figure_way_code(*way));
    if (phase) out = out.with("khi", figure_phase_code(*phase));
    return out;
  }

  // A ratio, a count: by what it is worked out from.
  Page worked_out() {
    const auto figure = Figures(house_.ledger.view()).member(asked_.history.series, {asked_.history.body, asked_.history.window, asked_.history.tree});
    if (figure) page_.figure = figure->text(measure_);
    const Formula* formula = house_.catalogue.formula(asked_.measure);
    page_.refused = formula == nullptr ? tr("Chương trình đếm số này từ danh sách tổ chức, không ai phải nhập; thay đổi xem ở mục Tổ chức Hội.")
                                       : tr("“{}” do chương trình tính từ các số khác. Xin xem lịch sử của các số ấy.", measure_.label(visit_.language()));
    std::set<std::string> named;
    if (formula != nullptr)
      for (const Term& term : formula->terms)
        if (const Measure& of = house_.catalogue.measure(term.measure); named.insert(of.code).second)
          page_.terms.push_back({of.label(visit_.language()), figure_history_link(asked_.history.body, of.code, asked_.history.window)});
    return std::move(page_);
  }

  void put_filters(const FigureHistory& found) {
    const HistoryFilter& filter = asked_.filter;
    std::size_t all = 0;
    for (const auto& [way, count] : found.by_way) all += count;
    page_.ways.push_back({tr("Mọi cách ghi: {}", number(all)), filtered(std::nullopt, filter.phase), !filter.way});
    for (const auto& [way, count] : found.by_way) page_.ways.push_back({fmt::format("{}: {}", figure_way_words(way), number(count)), filtered(way, filter.phase), filter.way == way});
    page_.phases.push_back({tr("Mọi lúc: {}", number(all)), filtered(filter.way, std::nullopt), !filter.phase});
    for (const auto& [phase, count] : found.by_phase) page_.phases.push_back({fmt::format("{}: {}", figure_phase_words(phase), number(count)), filtered(filter.way, phase), filter.phase == phase});
    if (organisation_.kind(asked_.history.body).level != BodyKind::Level::branch) {
      const auto parts = Figures(house_.ledger.view()).by_child(asked_.history.series, {asked_.history.body, asked_.history.window, asked_.history.tree});
      if (parts)
        for (const Part& part : *parts)
          if (const auto* body = std::get_if<BodyId>(&part.subject); body != nullptr && part.kind == Part::Kind::child)
            page_.below.push_back({body->value, part.label, *body == filter.within});
    }
    page_.kept = {{"don-vi", std::to_string(asked_.history.body.value)}, {"chi-tieu", measure_.code}, {"tu", asked_.history.window.first.iso()}, {"den", asked_.history.window.last.iso()}};
    if (filter.way) page_.kept.emplace_back("nguon", std::string(figure_way_code(*filter.way)));
    if (filter.phase) page_.kept.emplace_back("khi", std::string(figure_phase_code(*filter.phase)));
    if (!house_.catalogue.is_whole(asked_.history.series)) page_.kept.emplace_back("muc", house_.catalogue.member_key(asked_.history.series));
    page_.from_to = found.changes.empty() ? std::string() : tr("{}–{} trong {}", number(filter.from + 1), number(filter.from + found.changes.size()), number(found.all));
    const std::size_t last = (found.all + rows_a_page - 1) / rows_a_page;
    for (std::size_t at = 1; at <= last; ++at)
      if (at <= pages_named || at == last || at == asked_.page) page_.pages.push_back({std::to_string(at), filtered(filter.way, filter.phase).with("trang", static_cast<std::int64_t>(at)), at == asked_.page});
  }

  bool may_know_names(const FigureChange& change) const {
    return visit_.viewer().may(Permission::see_names, change.body) || visit_.viewer().may(Permission::see_audit, change.body) || change.by == visit_.viewer().user();
  }
  // The unit of whoever wrote: the body itself, or the one above it that the writer acts for. Behalf: not the branch itself.
  struct Writer {
    std::string name;
    BodyId unit;
  };
  const Writer& writer(UserId user, BodyId body) {
    const auto [at, fresh] = writers_.try_emplace({user, body});
    if (!fresh) return at->second;
    at->second.name = name_of_user(house_, reader_, user);
    if (user.value < 0) at->second.unit = body;                 // through a link to that body's form
    const auto row = user.value > 0 ? house_.users.row(reader_, user) : std::nullopt;
    for (BodyId unit = body; unit && row && !at->second.unit; unit = organisation_.body(unit).on(standing_day(unit)).superior)
      if (std::ranges::any_of(row->units, [&](const ActingUnit& one) { return one.body == unit; })) at->second.unit = unit;
    return at->second;
  }

  std::string who(const FigureChange& change) {
    if (!change.by) return change.way == FigureWay::restructure ? tr("Theo quyết định sắp xếp đơn vị") : tr("Chương trình");
    const Writer& by = writer(change.by, change.body);
    const std::string unit = by.unit ? name(by.unit) : std::string();
    if (!may_know_names(change)) {
      names_hidden_ = true;
      return unit.empty() ? tr("Người của Hội cấp trên") : tr("Người của {}", unit);
    }
    return unit.empty() || by.unit == change.body ? by.name : fmt::format("{} ({})", by.name, unit);
  }

  std::string behalf(const FigureChange& change) {
    if (!change.by || organisation_.kind(change.body).level != BodyKind::Level::branch || (change.way != FigureWay::grid && change.way != FigureWay::form)) return {};
    const BodyId unit = writer(change.by, change.body).unit;
    if (!unit || unit == change.body) return {};
    for (const RoundReport& report : reports_in_window(reader_, change.body, asked_.history.window))
      if (report.on_behalf() && !report.behalf_how.empty()) return tr("{} ghi thay, {}", name(unit), report.behalf_how);
    return tr("{} ghi thay", name(unit));
  }

  Line line(const FigureChange& change, const std::vector<FigureEffect>& effects) {
    Line out;
    out.when = change.at_ms == 0 ? tr("Chưa rõ lúc nào") : time_text(change.at_ms);
    out.who = who(change);
    out.way = figure_way_words(change.way);
    out.behalf = behalf(change);
    if (change.phase != FigurePhase::before_sending) out.phase = figure_phase_words(change.phase);
    if (change.body != asked_.history.body) {
      out.body = name(change.body);
      if (visit_.viewer().may(Permission::see_figures, change.body)) out.body_link = figure_history_link(change.body, measure_.code, asked_.history.window);
    }
    for (const FigureChange::Stated& one : change.stated) {
      std::string what;
      const Period window = statement_window(house_.catalogue, asked_.history.series, asked_.history.window);
      if (one.period != window) what = is_level(measure_.kind) ? tr("Số đến hết ngày {}:", one.period.last.text()) : tr("Số {}:", house_.periods.label(one.period, visit_.language()));
      else if (one.own) what = tr("Số riêng của Hội:");
      out.stated.push_back({std::move(what), words(one.before), words(one.value)});
    }
    if (change.stated.empty()) {
      out.told = untyped(change);
      if (out.body.empty()) out.body = name(change.body);
    } else if (change.amount == 0 && change.stated.size() == 1 && change.stated.front().before && change.stated.front().value && *change.stated.front().before < *change.stated.front().value) {
      out.told = tr("Số chung tăng theo số mới của đơn vị cấp dưới.");      // nobody typed it: what came lay beyond it
    }
    out.effect = effect_words(change, effects);
    put_trail(change, out);
    if (change.way == FigureWay::restructure && change.record != 0 && visit_.viewer().may_somewhere(Permission::restructure)) out.link = html::path("/sap-xep/{}", change.record);
    if (change.way == FigureWay::adjustment && change.record != 0)
      if (const auto adjustment = find_adjustment(reader_, AdjustmentId{change.record}); adjustment && adjustment->version) out.link = html::path("/bao-cao-ky/{}/ban/{}", adjustment->report, adjustment->version);
    return out;
  }

  // A total that was stated stays while what is below it changes; or something came in that nobody typed.
  std::string untyped(const FigureChange& change) const {
    const bool branch = organisation_.kind(change.body).level == BodyKind::Level::branch;
    if (change.way == FigureWay::restructure) return change_of(change.amount);
    if (change.way == FigureWay::list) return tr("danh sách {}.", change_of(change.amount));
    return branch ? tr("phần chưa có danh sách {}.", change_of(change.amount)) : tr("phần chưa phân theo chi hội {}.", change_of(change.amount));
  }
  static std::string change_of(std::int64_t amount) { return change_text(amount); }

  // "Hội Khuyến học xã Ea Kar: 500 → 505. Hội Khuyến học tỉnh Đắk Lắk, Hội Khuyến học Việt Nam: tăng 5."
  std::string effect_words(const FigureChange& change, const std::vector<FigureEffect>& effects) const {
    std::string out, above;
    std::int64_t change_above = 0;
    for (const FigureEffect& one : effects) {
      if (one.body == change.body && said_already(change, one)) continue;
      const std::string& name = organisation_.body(one.body).on(standing_day(one.body)).name;
      if (one.before && one.after && visit_.viewer().may(Permission::see_figures, one.body)) {
        const std::string said = one.change != 0 ? fmt::format("{} → {}", number_text(*one.before), number_text(*one.after)) : tr("vẫn là {}", number_text(*one.after));
        out += (out.empty() ? "" : " ") + fmt::format("{}: {}.", name, said);
        continue;
      }
      if (!above.empty() && one.change != change_above) out += (out.empty() ? "" : " ") + fmt::format("{}: {}.", std::exchange(above, {}), change_of(change_above));
      above += (above.empty() ? "" : ", ") + name;
      change_above = one.change;
    }
    if (!above.empty()) out += (out.empty() ? "" : " ") + fmt::format("{}: {}.", above, change_of(change_above));
    return out;
  }
  // What was typed is the figure of the body itself: before and after stand in the line.
  static bool said_already(const FigureChange& change, const FigureEffect& one) {
    return change.stated.size() == 1 && one.after == change.stated.front().value.value_or(0) && (!one.before || *one.before == change.stated.front().before.value_or(0));
  }

  // The reason, and in whose name, as the trail has them.
  void put_trail(const FigureChange& change, Line& out) {
    if (change.act == 0 || change.stated.empty()) return;
    for (const FigureChange::Stated& one : change.stated)
      for (const AuditEntry& entry : house_.trail.of_record(reader_, "statement", one.statement)) {
        if (entry.position <= change.first || entry.position >= change.position) continue;
        if (!entry.reason.empty()) out.reason = entry.reason;
        if (entry.on_behalf_of && may_know_names(change)) out.who += " " + tr("thay {}", inside_sentence(name_of_user(house_, reader_, *entry.on_behalf_of)));
        break;
      }
  }

  void put_versions() {
    for (const RoundReport& report : reports_in_window(reader_, asked_.history.body, asked_.history.window))
      for (const SignedVersion& one : versions_of(reader_, report.id))
        page_.versions.push_back({one.number_text, one.signed_day.text(), number_text(content_of(reader_, house_.ledger, one).total(asked_.history.series)),
                                  one.kind == SignedVersion::Kind::signing ? tr("Báo cáo") : tr("Điều chỉnh số liệu đã chốt"), one.reason, is_in_force(reader_, one),
                                  html::path("/bao-cao-ky/{}/ban/{}", report.id, one.id)});
  }

  const Visit& visit_;
  House& house_;
  db::Reader& reader_;
  const Asked& asked_;
  const Organisation& organisation_;
  const Measure& measure_;
  Page page_;
  std::map<std::pair<UserId, BodyId>, Writer> writers_;
  bool names_hidden_ = false;
};

http::Response show(const Visit& visit) {
  const BodyId body{whole_number(visit.request().query.value("don-vi"))};
  if (visit.organisation()->find(body) == nullptr || !visit.viewer().may(Permission::see_figures, body)) return visit.not_found();
  const auto asked = read_asked(visit, body);
  if (!asked) return visit.refused(asked.error(), http::Status::unprocessable);
  const Page page = visit.house().store.read([&](db::Reader& reader) { return Telling(visit, reader, *asked).page(); });
  return http::Response::html(figure_history_pages::history(visit.frame(tr("Lịch sử của số liệu"), MenuItem::figures), page));
}

}  // namespace

void add_figure_history_pages(Pages& pages) { pages.get("/lich-su-so-lieu", Permission::see_figures, RouteScope::signed_in, show); }

}  // namespace khuyenhoc
