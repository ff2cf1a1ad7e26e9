#include "base/i18n.h"
#include "organisation/contacts.h"
#include "reporting/own_form.h"
#include "reporting/pages/form_page.h"
#include "reporting/pages/reminder.html.h"
#include "reporting/pages/reporting_pages.h"
#include "reporting/pages/round.html.h"
#include "reporting/pages/round_page.h"

namespace khuyenhoc {
namespace {

enum class RoundFilter { all, not_started, entering, done, late };
struct FilterWord {
  RoundFilter filter;
  std::string_view word;
};
constexpr FilterWord filter_words[] = {{RoundFilter::not_started, "chua-nhap"}, {RoundFilter::entering, "dang-nhap"}, {RoundFilter::done, "da-du"}, {RoundFilter::late, "qua-han"}};

RoundFilter chosen_filter(const http::Request& request) {
  for (const FilterWord& known : filter_words)
    if (request.query.value("loc") == known.word) return known.filter;
  return RoundFilter::all;
}

bool passes(const AssociationState& one, RoundFilter filter) {
  switch (filter) {
    case RoundFilter::all: return true;
    case RoundFilter::not_started: return one.state == EntryState::not_started;
    case RoundFilter::entering: return one.state == EntryState::entering;
    case RoundFilter::done: return one.state == EntryState::done;
    case RoundFilter::late: return one.late;
  }
  return true;
}

RoundRow row_of(const AssociationState& one, const NamedPeriod& period) {
  RoundRow out;
  out.name = one.name;
  out.state = entry_state_words(one.state) + (one.late ? tr(", quá hạn") : "");
  out.level = one.late ? "bad" : one.state == EntryState::done ? "good" : one.state == EntryState::entering ? "attention" : "wait";
  out.reported = one.reported;
  out.rows = one.rows;
  out.progress = one.stated_whole ? tr("Nhập số chung") : tr("{}/{} chi hội, ban", one.reported, one.rows);
  out.link = path("/nhap-so-lieu/{}", one.body).with("ky", period.name());
  return out;
}

http::Response reminder(const Visit& visit) {
  House& house = visit.house();
  const BodyId body = *entered_body(visit);
  const BodyId branch = visit.request().id<struct BodyTag>("chi_hoi");
  const auto branches = reporting_branches(*visit.organisation(), body, entry_day(entered_period(visit), visit.today()));
  if (std::ranges::find(branches, branch) == branches.end()) return visit.not_found();
  const std::string& name = visit.organisation()->body(branch).on(visit.today()).name;
  const auto head = visit.viewer().may(Permission::see_names, branch) ? house.store.read([&](db::Reader& reader) { return contact(reader, house.keys, branch); }) : std::nullopt;
  const std::string period = is_request(entered_period(visit)) ? fmt::format("“{}”", entered_title(visit, entered_period(visit))) : house.periods.label(entered_period(visit), Language::vietnamese);
  const Day due = house.store.read([&](db::Reader& reader) { return EntryDesk(house, visit.viewer(), body, entered_period(visit)).due(reader, branch); });
  const std::string by_when = due < visit.today() ? tr(Language::vietnamese, "đã quá hạn ngày {}", due.text()) : tr(Language::vietnamese, "chậm nhất ngày {}", due.text());
  ReminderPage page;
  page.title = tr("Nhắc {}", name);
  page.who = head && !head->head_name.empty() ? head->head_name : tr("Chưa có tên và số điện thoại của người phụ trách; xin bổ sung ở mục Tổ chức Hội.");
  page.message = tr(Language::vietnamese, "Kính gửi {}. {} chưa có số liệu {}. Kính nhờ ghi số và gửi cho {} ({}). Vào phần mềm Khuyến học, mục “Việc cần làm”, bấm “Ghi số liệu”; nếu vướng xin gọi lại cho {}.",
                    head && !head->head_name.empty() ? inside_sentence(head->head_name) : name, name, period, visit.organisation()->body(body).on(visit.today()).name, by_when, inside_sentence(visit.viewer().name()));
  if (head && !head->telephone.empty()) {
    page.telephone = head->telephone;
    page.call = Url::telephone(head->telephone);
  }
  page.back_link = path("/nhap-so-lieu/{}", body).with("ky", entered_period(visit).name());
  page.form_link = path("/phieu/{}", branch).with("ky", entered_period(visit).name());
  page.link_link = path("/nhap-so-lieu/{}/duong-dan", body).with("ky", entered_period(visit).name()).with("don-vi", branch.value);
  return http::Response::html(reporting_pages::reminder(visit.frame(page.title, MenuItem::entry), page));
}

}  // namespace

http::Response show_round(const Visit& visit, BodyId body, const AskedCorrections& asked) {
  House& house = visit.house();
  const NamedPeriod period = entered_period(visit);
  if (is_request(period)) {              // its board is the round's; here it is answered
    const auto forms = house.store.read([&](db::Reader& reader) { return asked_forms(reader, house, body, period); });
    if (forms && !(*forms)->own.asked.parts.empty()) return show_own_form(visit, body, asked);
    const auto address = house.round_address ? house.round_address(visit, body, period) : std::nullopt;
    const auto board = address ? Url::local(*address) : std::nullopt;
    return board ? http::Response::redirect(*board) : visit.not_found();
  }
  const RoundState round = round_state(house, body, period, visit.today());
  const EntryProgress own = house.store.read([&](db::Reader& reader) { return own_form_progress(house, reader, body, period); });
  RoundPage page;
  page.title = tr("Nhập số liệu: {}", house.periods.label(period, visit.language()));
  page.name = visit.organisation()->body(body).on(visit.today()).name;
  if (house.round_address)
    if (const auto address = house.round_address(visit, body, period)) page.round_link = Url::local(*address);
  page.due = fmt::format("{}. {}", page.name, tr("Số liệu {}.", period.period.text()));
  if (round.due) page.due += " " + tr("Hạn của xã, phường: {}, {}.", round.due->text(), days_left_words(*round.due, visit.today()));
  page.sentence = round.sentence() + ".";
  page.with_figures = round.with_figures();
  page.all = round.associations.size();
  const RoundFilter filter = chosen_filter(visit.request());
  const auto add_chip = [&](RoundFilter one, std::string label) {
    Url link = path("/nhap-so-lieu/{}", body).with("ky", period.name());
    for (const FilterWord& known : filter_words)
      if (known.filter == one) link = link.with("loc", known.word);
    page.chips.push_back({std::move(label), link, filter == one});
  };
  add_chip(RoundFilter::all, tr("Tất cả: {}", round.associations.size()));
  add_chip(RoundFilter::not_started, tr("Chưa nhập: {}", round.not_started));
  add_chip(RoundFilter::entering, tr("Đang nhập: {}", round.entering));
  add_chip(RoundFilter::done, tr("Đã nhập đủ: {}", round.done));
  add_chip(RoundFilter::late, tr("Quá hạn: {}", round.late));
  for (const AssociationState& one : round.associations)
    if (passes(one, filter)) page.rows.push_back(row_of(one, period));
  page.own_link = path("/nhap-so-lieu/{}", body).with("phan", "rieng").with("ky", period.name());
  page.own_words = tr("{}/{} số", own.filled, own.asked);
  if (!reporting_branches(*visit.organisation(), body, entry_day(period, visit.today())).empty())
    page.branches_link = path("/nhap-so-lieu/{}", body).with("phan", "chi-hoi").with("ky", period.name());
  return http::Response::html(reporting_pages::round(visit.frame(page.title, MenuItem::entry), page));
}

void add_round_pages(Pages& pages) {
  pages.get("/nhap-so-lieu/{body:number}/nhac/{chi_hoi:number}", Permission::enter_figures, RouteScope::body, reminder);
}

}  // namespace khuyenhoc
