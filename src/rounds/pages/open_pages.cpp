#include <algorithm>

#include "base/number.h"
#include "organisation/systems.h"
#include "rounds/pages/form_choices.h"
#include "rounds/pages/open.html.h"
#include "rounds/pages/round_pages.h"

namespace khuyenhoc::rounds {
namespace {

constexpr int days_back = 400, days_ahead = 200;
constexpr std::size_t names_shown = 30;
constexpr std::size_t longest_title = 200, longest_message = 2000;

bool may_open(const Visit& visit, BodyId office) {
  return visit.organisation()->find(office) != nullptr && visit.viewer().may(Permission::receive, office) && visit.organisation()->kind(office).level != BodyKind::Level::branch;
}

// The windows people may ask for now: those whose last day is not far off, the nearest to today first in the list when nothing was chosen.
std::vector<NamedPeriod> windows_of(const Periods& periods, const FormChoice& form, Day today) {
  std::vector<NamedPeriod> out;
  const PeriodFamily* family = periods.family(form.family);
  if (family == nullptr) return out;
  for (const PeriodWindow& window : family->windows) {
    if (!form.windows.empty() && std::ranges::find(form.windows, window.code) == form.windows.end()) continue;
    for (int year = today.year() - 2; year <= today.year() + 1; ++year)
      if (const auto named = periods.named(form.family, window.code, year))
        if (named->period.last + days_back > today && named->period.last < today + days_ahead) out.push_back(*named);
  }
  std::ranges::stable_sort(out, [](const NamedPeriod& one, const NamedPeriod& other) { return one.period.last > other.period.last; });
  return out;
}

std::string period_value(const NamedPeriod& named) { return named.family + ":" + window_name(named); }

struct Typed {
  OpenPage page;
  NewRound round;
  std::shared_ptr<const Periods> periods;
  std::optional<Day> request_due;
};

std::optional<Day> usual_due(const Typed& typed, std::string_view level) { return typed.request_due ? typed.request_due : typed.periods->due(typed.round.period, level); }

std::string usual_words(const Typed& typed, std::string_view level) {
  const auto due = usual_due(typed, level);
  return due ? tr("Để trống: {}.", due->text()) : tr("Cần ghi khi yêu cầu cấp này.");
}

std::optional<Day> due_typed(const Visit& visit, Typed& typed, const std::string& field, std::string_view level) {
  const std::string text = visit.request().text(field);
  if (text.empty()) return usual_due(typed, level);
  return typed_day(text, field, typed.page.errors);
}

// The page as asked for or as sent: what is chosen, what is offered.
Typed read_page(const Visit& visit, BodyId office, bool posted) {
  const http::Request& request = visit.request();
  const Organisation& organisation = *visit.organisation();
  House& house = visit.house();
  const auto value = [&](std::string_view field) { return posted ? request.text(field) : std::string(request.query.value(field)); };
  Typed out;
  out.page.unit = name_on(organisation, office, visit.today());
  out.page.token = posted ? request.text("ma") : Uuid::make(house.clock.now_ms()).text();
  out.page.centre = organisation.kind(office).level == BodyKind::Level::centre;
  out.round.office = office;
  const auto [forms, periods] = house.store.read([&](db::Reader& reader) { return std::pair(form_choices(reader, house, office, visit.today(), value("mau")), round_periods(reader, house, office)); });
  out.periods = periods;
  const FormChoice* chosen = nullptr;
  for (const FormChoice& form : forms)
    if (form.value == value("mau")) chosen = &form;
  if (posted && chosen == nullptr) out.page.errors.emplace_back("mau", tr("Xin chọn mẫu báo cáo trong danh sách."));
  if (chosen == nullptr && !forms.empty()) chosen = &forms.front();
  // of every form offered, so that no form has to be sent only to see its windows
  std::optional<NamedPeriod> window;
  const std::string typed_window = value("ky");
  for (const FormChoice& form : forms) {
    const bool mine = &form == chosen;
    out.page.forms.push_back({form.value, form.label, mine});
    if (!mine) continue;
    auto windows = windows_of(*periods, form, visit.today());
    if (form.request) windows.assign(1, *form.request);
    for (const NamedPeriod& one : windows)
      if (period_value(one) == typed_window || (typed_window.empty() && one == visit.period())) window = one;
    if (!window && !typed_window.empty() && posted) out.page.errors.emplace_back("ky", tr("Mẫu này không dùng cho kỳ đã chọn. Xin chọn kỳ trong danh sách."));
    if (!window && !windows.empty()) window = windows.front();
    for (const NamedPeriod& one : windows)
      out.page.periods.push_back({period_value(one), fmt::format("{} ({})", form.request ? form.label : periods->label(one, visit.language()), one.period.text()), window && one == *window});
  }
  if (chosen != nullptr) {
    out.round.form = chosen->code;
    out.request_due = chosen->request_due;
  }
  if (chosen != nullptr && window && posted)
    out.round.form_versions = house.store.read([&](db::Reader& reader) { return form_pins(reader, house, *chosen, office, window->period); });
  if (window) out.round.period = *window;
  else if (posted) out.page.errors.emplace_back("ky", tr("Xin chọn kỳ báo cáo."));
  out.page.whom = value("doi-tuong").empty() ? "truc-tiep" : value("doi-tuong");
  out.page.with_branches = !value("den-chi-hoi").empty();
  out.page.due_own_usual = usual_words(out, "province");
  out.page.due_commune_usual = usual_words(out, "commune");
  out.page.due_branch_usual = usual_words(out, "branch");

  const auto ticked = [&](std::string_view field, const std::string& one) {
    const auto sent = request.form.fields.all(field);
    return posted && std::ranges::find(sent, std::string_view(one)) != sent.end();
  };
  std::map<std::string, std::size_t> kinds;
  for (const BodyId body : organisation.below(office, visit.today()))
    if (body != office && organisation.kind(body).system == organisation.kind(office).system) ++kinds[organisation.kind(body).code];
  for (const BodyKind& kind : house.organisation.systems().kinds())
    if (const auto found = kinds.find(kind.code); found != kinds.end())
      out.page.kinds.push_back({kind.code, fmt::format("{}: {}", visit.language() == Language::vietnamese ? kind.label_vi : kind.label_en, number_text(static_cast<std::int64_t>(found->second))), ticked("loai", kind.code)});
  for (const BodyId body : organisation.children(office, visit.today()))
    if (organisation.kind(body).system == organisation.kind(office).system)
      out.page.bodies.push_back({std::to_string(body.value), organisation.body(body).on(visit.today()).short_name, ticked("don-vi", std::to_string(body.value))});
  if (!posted) return out;

  out.page.title = request.text("ten");
  out.page.message = request.lines("loi-nhan");
  if (out.page.title.size() > longest_title) out.page.errors.emplace_back("ten", tr("Tên đợt dài quá. Xin rút gọn."));
  if (out.page.message.size() > longest_message) out.page.errors.emplace_back("loi-nhan", tr("Lời nhắn dài quá. Xin rút gọn."));
  out.page.due_own = request.text("han-tinh");
  out.page.due_commune = request.text("han-xa");
  out.page.due_branch = request.text("han-chi-hoi");
  out.round.title = out.page.title.empty() && chosen != nullptr && chosen->request ? chosen->label : out.page.title;
  out.round.message = out.page.message;
  out.round.due = {.centre = {}, .province = due_typed(visit, out, "han-tinh", "province"), .commune = due_typed(visit, out, "han-xa", "commune"), .branch = due_typed(visit, out, "han-chi-hoi", "branch")};
  out.round.depth = out.page.whom == "tat-ca" || (out.page.with_branches && (out.page.whom == "loai" || out.page.whom == "danh-sach")) ? RoundDepth::branches : RoundDepth::associations;
  if (out.page.whom == "loai") {
    out.round.asked.how = AskedBodies::How::kinds;
    for (const Ticked& one : out.page.kinds)
      if (one.set) out.round.asked.kinds.push_back(one.value);
  } else if (out.page.whom == "danh-sach") {
    out.round.asked.how = AskedBodies::How::list;
    for (const Ticked& one : out.page.bodies)
      if (one.set) out.round.asked.bodies.push_back(BodyId{std::stoll(one.value)});
  }
  return out;
}

std::string day_text(std::optional<Day> day) { return day ? fmt::format("{}, {}", day->weekday_text(), day->text()) : std::string("–"); }

OpenPage::Preview preview_of(const Visit& visit, const NewRound& given, const RoundPreview& found) {
  const Organisation& organisation = *visit.organisation();
  OpenPage::Preview out;
  const std::size_t asked = found.asked.size() - 1;
  out.sentence = tr("{} đơn vị được yêu cầu báo cáo {}.", number_text(static_cast<std::int64_t>(asked)), given.period.period.text());
  out.lines.push_back({tr("Đơn vị mở đợt (báo cáo tổng hợp)"), day_text(found.asked.front().due), 1});
  if (found.provinces > 0) out.lines.push_back({tr("Tỉnh, thành phố"), day_text(given.due.province), found.provinces});
  if (found.associations > 0) out.lines.push_back({tr("Xã, phường, đơn vị"), day_text(given.due.commune), found.associations});
  if (found.branches > 0) out.lines.push_back({tr("Chi hội, ban"), day_text(given.due.branch), found.branches});
  for (std::size_t i = 1; i < found.asked.size() && out.names.size() < names_shown; ++i) out.names.push_back(organisation.body(found.asked[i].body).on(visit.today()).short_name);
  out.more = asked - out.names.size();
  std::string past;
  const auto look_at = [&](std::size_t count, std::optional<Day> due, const std::string& who) {
    if (count > 0 && due && *due < visit.today()) past += (past.empty() ? "" : "; ") + fmt::format("{} ({})", who, due->text());
  };
  look_at(found.branches, given.due.branch, tr("Chi hội, ban"));
  look_at(found.associations, given.due.commune, tr("Xã, phường, đơn vị"));
  look_at(found.provinces, given.due.province, tr("Tỉnh, thành phố"));
  if (!past.empty()) out.already_past = tr("Hạn gửi đã qua trước ngày mở đợt: {}. Mở với hạn này thì các nơi chưa gửi hiện ngay là quá hạn; xin sửa hạn ở dưới nếu cần thêm ngày.", past);
  if (!found.elsewhere.empty())
    out.elsewhere = tr("{} đơn vị đã được yêu cầu báo cáo kỳ này trong đợt khác, nên không yêu cầu lại.", number_text(static_cast<std::int64_t>(found.elsewhere.size())));
  return out;
}

http::Response answer(const Visit& visit, const OpenPage& page, http::Status status) {
  return http::Response::html(rounds_pages::open(visit.frame(tr("Mở đợt báo cáo"), MenuItem::reports), page), status);
}

http::Response show(const Visit& visit) {
  const BodyId office = visit.viewer().acting_for();
  if (!may_open(visit, office)) return visit.not_found();
  return answer(visit, read_page(visit, office, false).page, http::Status::ok);
}

http::Response take(const Visit& visit) {
  const BodyId office = visit.viewer().acting_for();
  if (!may_open(visit, office)) return visit.not_found();
  House& house = visit.house();
  Typed typed = read_page(visit, office, true);
  if (!typed.page.errors.empty()) return answer(visit, typed.page, http::Status::unprocessable);
  const auto refused = [&](const Refusal& why) {
    typed.page.errors.emplace_back(why.place.empty() ? "doi-tuong" : why.place, why.message);
    return answer(visit, typed.page, http::Status::unprocessable);
  };
  if (visit.request().text("buoc") != "mo") {
    const auto found = house.store.read([&](db::Reader& reader) { return preview_round(reader, house, visit.viewer(), typed.round); });
    if (!found) return refused(found.error());
    typed.page.preview = preview_of(visit, typed.round, *found);
    return answer(visit, typed.page, http::Status::ok);
  }
  const auto done = once(visit, typed.page.token, [&](db::Writer& writer) -> Result<std::string> {
    const auto opened = open_round(writer, house, visit.viewer(), typed.round);
    if (!opened) return std::unexpected(opened.error());
    return std::to_string(opened->id.value);
  });
  if (!done) return refused(done.error());
  return visit.done(html::path("/dot-bao-cao/{}", *done), tr("Đã mở đợt báo cáo. Các đơn vị được yêu cầu đã thấy ở trang Việc cần làm."));
}

}  // namespace

void add_open_pages(Pages& pages) {
  pages.get("/dot-bao-cao/moi", Permission::receive, RouteScope::signed_in, show);
  pages.post("/dot-bao-cao/moi", Permission::receive, RouteScope::signed_in, take);
}

}  // namespace khuyenhoc::rounds
