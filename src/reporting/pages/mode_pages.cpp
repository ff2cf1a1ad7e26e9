#include <boost/json.hpp>

#include "base/i18n.h"
#include "base/number.h"
#include "measures/acts.h"
#include "platform/crypto/crypto.h"
#include "reporting/pages/mode.html.h"
#include "reporting/pages/mode_page.h"
#include "reporting/pages/question.html.h"
#include "reporting/pages/reporting_pages.h"
#include "reporting/reporting_queries.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

Url grid_of(const Visit& visit, BodyId body) { return path("/nhap-so-lieu/{}", body).with("ky", entered_period(visit).name()); }

struct Switch {
  EntryMode now = EntryMode::unset, next = EntryMode::unset;
  std::vector<ModeEffect> effects;
  // What was shown: a switch is made only while its effect is still the one that was read.
  std::string digest() const {
    std::string text = fmt::format("{}>{}", static_cast<int>(now), static_cast<int>(next));
    for (const ModeEffect& effect : effects) text += fmt::format(";{}:{}:{}", effect.series, effect.before, effect.after);
    return crypto::hex(crypto::digest(crypto::bytes_of(text)));
  }
};

Switch planned(db::Reader& reader, const Visit& visit, BodyId body, Period period) {
  Switch out;
  out.now = entry_mode(reader, body, period);
  out.next = out.now == EntryMode::stated_whole ? EntryMode::from_branches : EntryMode::stated_whole;
  out.effects = preview_entry_mode(reader, visit.house().statements, body, period, out.next);
  return out;
}

bool has_a_choice(const Visit& visit, BodyId body) { return visit.organisation()->kind(body).level != BodyKind::Level::branch; }

ModePage mode_page(const Visit& visit, BodyId body, const Switch& plan) {
  const House& house = visit.house();
  const Language language = visit.language();
  ModePage page;
  page.unit_word = unit_word(*visit.organisation(), body, visit.today());
  page.title = tr("Đổi cách tính số toàn {}", page.unit_word);
  page.name = fmt::format("{}, {}", visit.organisation()->body(body).on(visit.today()).name, house.periods.label(entered_period(visit), language));
  page.now = entry_mode_label(plan.now == EntryMode::unset ? EntryMode::from_branches : plan.now, language);
  page.next = entry_mode_label(plan.next, language);
  page.effect_digest = plan.digest();
  page.consequence = plan.next == EntryMode::from_branches
                         ? tr("Số toàn {} sẽ là tổng các chi hội, ban. Số chung đã ghi trong kỳ này không dùng nữa.", page.unit_word)
                         : tr("Hội ghi số chung cho toàn {}; chi hội, ban không ghi riêng trong kỳ này. Số chi hội, ban đã ghi vẫn được giữ và nằm trong số chung.", page.unit_word);
  for (const ModeEffect& effect : plan.effects) {
    const Measure& measure = house.catalogue.measure(house.catalogue.measure_of(effect.series));
    page.rows.push_back({fmt::format("{} ({})", house.catalogue.label(effect.series, language), measure.unit(language)), number_text(effect.before), number_text(effect.after),
                         change_text(effect.after - effect.before)});
  }
  page.post_link = path("/nhap-so-lieu/{}/cach-tinh", body).with("ky", entered_period(visit).name());
  page.back_link = grid_of(visit, body);
  return page;
}

http::Response show_mode(const Visit& visit, const Switch& plan, http::Status status) {
  const ModePage page = mode_page(visit, *entered_body(visit), plan);
  return http::Response::html(reporting_pages::mode(visit.frame(page.title, MenuItem::entry), page), status);
}

http::Response ask_mode(const Visit& visit) {
  const BodyId body = *entered_body(visit);
  if (!has_a_choice(visit, body)) return visit.not_found();
  if (const auto fine = check_sheet(visit.house(), body, entered_period(visit), visit.today()); !fine) return no_sheet(visit, body, fine.error());
  const Period period = entered_period(visit).period;
  return show_mode(visit, visit.house().store.read([&](db::Reader& reader) { return planned(reader, visit, body, period); }), http::Status::ok);
}

http::Response switch_mode(const Visit& visit) {
  House& house = visit.house();
  const BodyId body = *entered_body(visit);
  if (!has_a_choice(visit, body)) return visit.not_found();
  if (const auto fine = check_sheet(house, body, entered_period(visit), visit.today()); !fine) return no_sheet(visit, body, fine.error());
  const std::string seen = visit.request().text("xem");
  Switch plan;
  const NamedPeriod period = entered_period(visit);
  const auto done = house.store.write([&](db::Writer& writer) -> Result<void> {
    plan = planned(writer, visit, body, period.period);
    if (plan.digest() != seen) return refuse("entry.mode_changed", tr("Số liệu vừa thay đổi nên kết quả xem trước đã khác. Xin xem lại rồi bấm đổi."));
    say_way(writer, "mode");
    if (auto set = set_entry_mode(writer, house.statements, body, period.period, plan.next, visit.viewer().user(), house.clock.now_ms()); !set) return set;
    const std::string summary = tr(Language::vietnamese, "Cách tính số toàn đơn vị, {}: “{}” thành “{}”", house.periods.label(period, Language::vietnamese), entry_mode_label(plan.now, Language::vietnamese), entry_mode_label(plan.next, Language::vietnamese));
    house.trail.write(writer, visit.viewer(), body, "entry_mode", body.value, "switch", json::serialize(json::object{{"mode", static_cast<std::int64_t>(plan.now)}}),
                      json::serialize(json::object{{"summary", summary}, {"mode", static_cast<std::int64_t>(plan.next)}, {"totals_changed", plan.effects.size()}}));
    return {};
  });
  if (!done && done.error().code == "entry.mode_changed") return show_mode(visit, plan, http::Status::conflict);
  if (!done) return visit.refused(done.error(), http::Status::unprocessable);
  return visit.done(grid_of(visit, body), tr("Đã đổi sang “{}”.", entry_mode_label(plan.next, visit.language())));
}

http::Response show_question(const Visit& visit, std::string error, http::Status status) {
  House& house = visit.house();
  const BodyId body = *entered_body(visit);
  const auto sheet = house.store.read([&](db::Reader& reader) { return entry_sheet(house, reader, body, entered_period(visit), visit.today(), Lists::left_out); });
  if (!sheet) return visit.refused(sheet.error(), http::Status::unprocessable);
  QuestionPage page;
  page.unit_word = unit_word(*visit.organisation(), body, visit.today());
  page.title = tr("Số chi hội, ban nằm trong hay ngoài số chung?");
  page.error = std::move(error);
  page.post_link = path("/nhap-so-lieu/{}/cau-hoi", body).with("ky", entered_period(visit).name());
  page.back_link = grid_of(visit, body);
  const auto columns = sheet->columns();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!sheet->stated[i]) continue;
    std::int64_t branches = 0;
    for (const EntryGroup& group : sheet->groups) branches += group.totals[i].now;
    const std::string& label = house.catalogue.measure(columns[i].measure).label(visit.language());
    const std::string& unit = house.catalogue.measure(columns[i].measure).unit(visit.language());
    page.rows.push_back({fmt::format("{} ({})", label, unit), number_text(*sheet->stated[i]), number_text(branches)});
    if (page.rows.size() > 1) continue;
    page.within_words = tr("Chi hội ghi thêm 10 thì tổng vẫn là {}: phần chưa phân theo chi hội bớt đi 10.", number_text(*sheet->stated[i]));
    page.beyond_words = tr("Chi hội ghi thêm 10 thì tổng thành {}.", number_text(*sheet->stated[i] + 10));
  }
  if (page.rows.empty()) return http::Response::redirect(grid_of(visit, body));
  return http::Response::html(reporting_pages::question(visit.frame(page.title, MenuItem::entry), page), status);
}

http::Response answer_question(const Visit& visit) {
  House& house = visit.house();
  const BodyId body = *entered_body(visit);
  const std::string meaning = visit.request().text("nghia");
  if (meaning != "trong" && meaning != "ngoai") return show_question(visit, tr("Xin chọn một trong hai câu trả lời."), http::Status::unprocessable);
  const Arrival arrival = meaning == "trong" ? Arrival::within : Arrival::beyond;
  const NamedPeriod period = entered_period(visit);
  house.store.write([&](db::Writer& writer) {
    reporting_sql::keep_arrival_answer(writer, body, period.period, arrival, visit.viewer().user(), house.clock.now_ms());
    const std::string summary = arrival == Arrival::within ? tr(Language::vietnamese, "Số chi hội, ban nằm trong số chung đã ghi, {}", house.periods.label(period, Language::vietnamese))
                                                           : tr(Language::vietnamese, "Số chi hội, ban ngoài số chung đã ghi, {}", house.periods.label(period, Language::vietnamese));
    house.trail.write(writer, visit.viewer(), body, "entry_mode", body.value, "answer", {}, json::serialize(json::object{{"summary", summary}}));
  });
  return visit.done(grid_of(visit, body), tr("Đã ghi câu trả lời. Xin ghi tiếp số của chi hội, ban."));
}

}  // namespace

void add_mode_pages(Pages& pages) {
  pages.get("/nhap-so-lieu/{body:number}/cach-tinh", Permission::enter_figures, RouteScope::body, ask_mode);
  pages.post("/nhap-so-lieu/{body:number}/cach-tinh", Permission::enter_figures, RouteScope::body, switch_mode);
  pages.get("/nhap-so-lieu/{body:number}/cau-hoi", Permission::enter_figures, RouteScope::body, [](const Visit& visit) { return show_question(visit, {}, http::Status::ok); });
  pages.post("/nhap-so-lieu/{body:number}/cau-hoi", Permission::enter_figures, RouteScope::body, answer_question);
}

}  // namespace khuyenhoc
