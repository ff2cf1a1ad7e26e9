// Where an association makes the links to its branches' forms, and takes them back.
#include "accounts/accounts.h"
#include "base/i18n.h"
#include "reporting/known_sheets.h"
#include "reporting/links.h"
#include "reporting/pages/link_page.h"
#include "reporting/pages/link_pages.h"
#include "reporting/pages/links.html.h"
#include "reporting/pages/reporting_pages.h"
#include "reporting/reporting_queries.h"
#include "shell/form_answers.h"

namespace khuyenhoc {
namespace {

constexpr int days_after_due = 3;          // where the due day is over already

std::string name_of(const Visit& visit, BodyId body) { return visit.organisation()->body(body).on(visit.today()).name; }

// The round that asks this branch, or its association, in the period.
std::optional<AskedByRound> round_for(const Visit& visit, BodyId association, BodyId branch) {
  return visit.house().store.read([&](db::Reader& reader) {
    auto asked = round_that_asks(reader, visit.house(), branch, entered_period(visit));
    return asked ? asked : round_that_asks(reader, visit.house(), association, entered_period(visit));
  });
}

Day usual_until(const Visit& visit, BodyId association, BodyId branch) {
  const auto asked = round_for(visit, association, branch);
  const Day due = asked && asked->due ? *asked->due : visit.house().periods.due(entered_period(visit), "branch").value_or(entered_period(visit).period.last);
  return due < visit.today() ? visit.today() + days_after_due : due;
}

std::string title_of(const Visit& visit, BodyId association, BodyId branch) {
  const auto asked = round_for(visit, association, branch);
  const LanguageScope in_vietnamese(Language::vietnamese);
  return asked && !asked->title.empty() ? asked->title : entered_title(visit, entered_period(visit));
}

struct Sent {
  std::string day, error;
  std::set<BodyId> ticked;
  bool was_sent = false;
};

http::Response show(const Visit& visit, const Sent& sent, std::vector<LinkMessage> made, http::Status status) {
  House& house = visit.house();
  const BodyId body = *entered_body(visit);
  const auto sheet = known_sheet(house, body, entered_period(visit), visit.today());
  if (!sheet) return visit.refused(sheet.error(), http::Status::unprocessable);
  // whoever is asked anything, be it in words alone
  const auto rows = sheet_rows(visit.organisation(), body, (*sheet)->day, visit.language());
  const auto is_asked = [&](const SheetRow& row) {
    const auto form = (*sheet)->asked->branches.find(visit.organisation()->kind(row.body).short_form);
    return form != (*sheet)->asked->branches.end() && !form->second.asks_nothing();
  };
  if (std::ranges::none_of(rows->groups, [&](const SheetGroup& group) { return std::ranges::any_of(group.rows, is_asked); })) return visit.refused({"link.no_branches", tr("Đơn vị này không có chi hội, ban để lập đường dẫn."), {}}, http::Status::unprocessable);
  LinksPage page;
  const NamedPeriod named_period = entered_period(visit);
  page.title = tr("Đường dẫn điền phiếu: {}", is_request(named_period) ? entered_title(visit, named_period) : house.periods.label(named_period, visit.language()));
  page.intro = tr("Mỗi đường dẫn mở đúng một phiếu của một chi hội, ban trên điện thoại: không cần mật khẩu, không hiện tên ai, tự hết hạn.");
  page.made = std::move(made);
  const std::string named = entered_period(visit).name();
  page.post_link = path("/nhap-so-lieu/{}/duong-dan", body).with("ky", named);
  page.revoke_link = path("/nhap-so-lieu/{}/duong-dan/thu-hoi", body).with("ky", named);
  page.back_link = path("/nhap-so-lieu/{}", body).with("phan", "chi-hoi").with("ky", named);
  const auto asked_for = visit.request().query_number("don-vi");
  house.store.read([&](db::Reader& reader) {
    const auto links = links_of(reader, body, entered_period(visit));
    for (const SheetGroup& group : rows->groups) {
      if (std::ranges::none_of(group.rows, is_asked)) continue;
      page.groups.push_back({group.label, {}});
      for (const SheetRow& one : group.rows) {
        if (!is_asked(one)) continue;
        const EntryRow* entered = (*sheet)->row(one.body);
        const bool reported = entered != nullptr && entered->reported;
        LinkRow row;
        row.body = one.body;
        row.name = one.name;
        const auto confirmed = reporting_sql::confirmation(reader, one.body, entered_period(visit));
        row.state = confirmed ? tr("Đã gửi lúc {}", time_text(confirmed->at_ms)) : reported ? tr("Đã có số liệu") : tr("Chưa báo cáo");
        row.look = confirmed || reported ? "good" : "attention";
        const auto link = std::ranges::find_if(links, [&](const EntryLink& known) { return known.body == one.body && known.state(visit.today()) == EntryLink::State::open; });
        if (link != links.end()) {
          row.link = link->id;
          row.words = tr("Đường dẫn còn dùng đến hết {}, lập lúc {}.", link->until.text(), short_time(link->at_ms, visit.today()));
          std::set<std::string> names;                                   // one may have come on two devices
          for (const EntryVisitor& visitor : visitors_of_link(reader, link->id))
            if (names.insert(visitor.name).second) row.words += " " + tr("Người ghi: {}.", visitor.name);
        }
        row.ticked = sent.was_sent ? sent.ticked.contains(one.body) : asked_for ? one.body.value == *asked_for : !confirmed && !reported && row.link == 0;
        if (!page.made.empty()) row.ticked = false;
        page.groups.back().rows.push_back(std::move(row));
      }
    }
  });
  page.until = sent.was_sent ? sent.day : usual_until(visit, body, page.groups.front().rows.front().body).text();
  page.error = sent.error;
  return http::Response::html(reporting_pages::links(visit.frame(page.title, MenuItem::entry), page), status);
}

std::set<BodyId> ticked_of(const http::Request& request) {
  std::set<BodyId> out;
  for (std::size_t i = 0; i < request.form.fields.size(); ++i) {
    const auto field = request.form.fields.at(i);
    if (field.name.starts_with("d."))
      if (const std::int64_t body = whole_number(field.name.substr(2)); body > 0) out.insert(BodyId{body});
  }
  return out;
}

http::Response make(const Visit& visit) {
  House& house = visit.house();
  const BodyId body = *entered_body(visit);
  Sent sent{visit.request().text("den-ngay"), {}, ticked_of(visit.request()), true};
  FormErrors errors;
  const auto until = typed_day(sent.day, "den-ngay", errors);
  if (sent.ticked.empty()) sent.error = tr("Chưa đánh dấu chi hội, ban nào.");
  else if (!until) sent.error = errors.empty() ? tr("Xin ghi ngày cuối dùng đường dẫn.") : errors.front().second;
  if (!sent.error.empty()) return show(visit, sent, {}, http::Status::unprocessable);
  const auto rows = sheet_rows(visit.organisation(), body, entry_day(entered_period(visit), visit.today()), visit.language());
  std::map<BodyId, std::string> names, titles;
  for (const SheetGroup& group : rows->groups)
    for (const SheetRow& row : group.rows) names.emplace(row.body, row.name);
  for (const BodyId branch : sent.ticked) titles.emplace(branch, title_of(visit, body, branch));
  const NamedPeriod period = entered_period(visit);
  const auto done = house.store.write([&](db::Writer& writer) -> Result<std::vector<MadeLink>> {
    std::vector<MadeLink> made;
    for (const BodyId branch : sent.ticked) {
      if (!names.contains(branch)) return refuse("link.body", tr("Có đơn vị không thuộc bảng này. Xin tải lại trang."));
      auto one = make_link(writer, house, visit.viewer(), branch, period, *until, titles.at(branch));
      if (!one) return std::unexpected(one.error());
      made.push_back(std::move(*one));
    }
    return made;
  });
  if (!done) {
    sent.error = done.error().message;
    return show(visit, sent, {}, http::Status::unprocessable);
  }
  const std::string site = site_address(visit.request().header("Host"), visit.request().header("X-Forwarded-Proto"));
  std::vector<LinkMessage> messages;
  for (const MadeLink& one : *done) {
    const std::string& name = names.at(one.link.body);
    messages.push_back({name, fmt::format("tin-{}", one.link.body.value),
                        tr(Language::vietnamese, "Kính gửi {}. Kính nhờ ghi {} (số liệu {}) trước hết ngày {}. Bấm vào đường dẫn, ghi tên rồi ghi số, không cần mật khẩu: {} . {}", name, one.link.title,
                           one.link.period.period.text(), one.link.until.text(), site + path("/l/{}", one.token).text(), name_of(visit, body))});
  }
  return show(visit, sent, std::move(messages), http::Status::ok);
}

http::Response revoke(const Visit& visit) {
  House& house = visit.house();
  const BodyId body = *entered_body(visit);
  const std::int64_t link = whole_number(visit.request().text("thu-hoi"));
  const auto done = house.store.write([&](db::Writer& writer) { return revoke_link(writer, house, visit.viewer(), body, link); });
  if (!done) return visit.refused(done.error(), http::Status::unprocessable);
  return visit.done(path("/nhap-so-lieu/{}/duong-dan", body).with("ky", entered_period(visit).name()), tr("Đã thu hồi đường dẫn. Ai mở sẽ thấy lời nhắc gọi cho Hội."));
}

}  // namespace

void add_link_making_pages(Pages& pages) {
  pages.get("/nhap-so-lieu/{body:number}/duong-dan", Permission::enter_figures, RouteScope::body, [](const Visit& visit) { return show(visit, {}, {}, http::Status::ok); });
  pages.post("/nhap-so-lieu/{body:number}/duong-dan", Permission::enter_figures, RouteScope::body, make);
  pages.post("/nhap-so-lieu/{body:number}/duong-dan/thu-hoi", Permission::enter_figures, RouteScope::body, revoke);
}

}  // namespace khuyenhoc
