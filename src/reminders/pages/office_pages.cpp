// An office's mail: server, trial, rule, preview, what was sent.
#include <algorithm>

#include "accounts/accounts.h"
#include "base/i18n.h"
#include "base/number.h"
#include "organisation/posts.h"
#include "reminders/pages/office.html.h"
#include "reminders/pages/reminder_pages.h"
#include "reminders/pages/sent.html.h"
#include "reminders/reminders_queries.h"
#include "shell/form_answers.h"

namespace khuyenhoc::reminder_pages {
namespace {

using reminder_views::Office;

constexpr std::size_t rows_shown = 200;
constexpr std::string_view offered_posts[] = {"chu_tich", "pho_chu_tich_thuong_truc", "pho_chu_tich", "chanh_van_phong", "thu_ky"};

// What was typed and refused, shown again beside its field.
struct Typed {
  enum class Form { none, server, rule, address, trial } form = Form::none;
  FormErrors errors;
  std::string error(std::string_view field) const {
    for (const auto& [name, message] : errors)
      if (name == field) return message;
    return {};
  }
};

std::string days_text(std::int64_t days) { return days > 0 ? std::to_string(days) : std::string(); }
std::string name_of(const Visit& visit, BodyId body) { return visit.organisation()->body(body).on(visit.today()).name; }

void put_server(const Visit& visit, db::Reader& reader, BodyId body, const Typed& typed, Office& page) {
  const http::Request& request = visit.request();
  const auto own = own_mail_server(reader, visit.house().keys, body);
  const auto used = mail_server_for(reader, visit.house().keys, *visit.organisation(), body, visit.today());
  page.has_own = own.has_value();
  page.has_password = own && own->has_password;
  page.server_version = own ? own->row_version : 0;
  page.may_try = used.has_value();
  if (!used) page.in_use = tr("Chưa có máy chủ thư. Người quản trị hộp thư của đơn vị cho biết các mục dưới đây.");
  else if (!own) page.in_use = tr("Đang gửi qua {} của {}. Ghi máy chủ riêng dưới đây nếu muốn gửi từ hộp thư của đơn vị.", used->host, name_of(visit, used->body));
  const bool again = typed.form == Typed::Form::server;
  MailServer shown = own.value_or(MailServer{});
  const auto value = [&](const char* field, const std::string& stored) { return again ? request.text(field) : stored; };
  page.server.action = html::path("/thu-dien-tu/{}/may-chu", body);
  page.server.errors = again ? typed.errors : FormErrors{};
  using enum FormLine::Wanted;
  page.server.fields = {
      FormLine::hidden("version", again ? request.text("version") : std::to_string(page.server_version)),
      FormLine::text("may-chu", tr("Tên máy chủ gửi thư (SMTP)"), value("may-chu", shown.host), tr("Ví dụ smtp.gmail.com, hoặc máy chủ thư của tỉnh."), yes),
      FormLine::choice("bao-mat", tr("Bảo mật"), value("bao-mat", std::to_string(static_cast<std::int64_t>(shown.security))),
                       {{"1", tr("STARTTLS (thường dùng, cổng 587)")}, {"2", tr("TLS ngay từ đầu (cổng 465)")}, {"0", tr("Không mã hóa (chỉ cho máy chủ trong cùng cơ quan, cổng 25)")}}),
      FormLine::text("cong", tr("Cổng"), value("cong", own ? std::to_string(shown.port) : "587"), {}, yes),
      FormLine::text("thu-gui", tr("Địa chỉ gửi đi"), value("thu-gui", shown.from_address), tr("Ví dụ hoikhuyenhoc@daklak.gov.vn."), yes),
      FormLine::text("ten-gui", tr("Tên hiện ở người gửi"), value("ten-gui", own ? shown.from_name : name_of(visit, body))),
      FormLine::text("ten-dang-nhap", tr("Tên đăng nhập máy chủ"), value("ten-dang-nhap", shown.user), tr("Thường là chính địa chỉ thư. Để trống nếu máy chủ không đòi đăng nhập.")),
  };
  if (again) page.password_error = typed.error("mat-khau");
}

void put_rule(const Visit& visit, db::Reader& reader, BodyId body, const Typed& typed, Office& page) {
  const http::Request& request = visit.request();
  const ReminderRule rule = reminder_rule(reader, body);
  page.sends = rule.sends() && rule.row_version > 0;
  const bool again = typed.form == Typed::Form::rule;
  const auto value = [&](const char* field, const std::string& stored) { return again ? request.text(field) : stored; };
  page.rule.action = html::path("/thu-dien-tu/{}/quy-tac", body);
  page.rule.errors = again ? typed.errors : FormErrors{};
  page.rule.button = tr("Ghi cách nhắc");
  page.rule.consequence = tr("Mỗi người nhận mỗi dịp nhiều nhất một thư cho một báo cáo, gửi từ 7 giờ sáng. Để trống cả ba mục là không gửi thư nào.");
  page.rule.fields = {
      FormLine::hidden("version", again ? request.text("version") : std::to_string(rule.row_version)),
      FormLine::text("truoc", tr("Nhắc trước hạn bao nhiêu ngày"), value("truoc", days_text(rule.before_days)), tr("Ví dụ 3. Để trống là không nhắc trước.")),
      {.kind = FormLine::Kind::tick, .name = "dung-ngay", .label = tr("Nhắc đúng ngày hạn"), .value = value("dung-ngay", rule.on_day ? "1" : "")},
      FormLine::text("sau", tr("Nhắc khi quá hạn bao nhiêu ngày"), value("sau", days_text(rule.after_days)), tr("Ví dụ 2. Để trống là không nhắc sau hạn.")),
      {.kind = FormLine::Kind::tick, .name = "hop-thu", .label = tr("Gửi cả hộp thư chung của đơn vị"), .value = value("hop-thu", rule.to_body ? "1" : "")},
  };
  const auto chosen = request.form.fields.all("chuc-vu");
  for (const std::string_view code : offered_posts) {
    const bool ticked = again ? std::ranges::find(chosen, code) != chosen.end() : std::ranges::find(rule.posts, code) != rule.posts.end();
    page.posts.push_back({std::string(code), post_label(std::string(code), visit.language()), ticked});
  }
  if (again) page.posts_error = typed.error("ai");
}

// As it would go out today for a report that is asked for; an example where there is none yet.
void put_preview(const Visit& visit, db::Reader& reader, BodyId body, Office& page) {
  House& house = visit.house();
  std::optional<RoundReport> found;
  for (const auto& rounds : {rounds_opened_by(reader, body), rounds_asking(reader, body)})
    for (const ReportingRound& round : rounds)
      for (const RoundReport& report : reports_sent_to(reader, body, round.form, round.period.period))
        if (!found && report.due && visit.organisation()->find(report.body) != nullptr) found = report;
  const auto round = found ? find_round(reader, found->round) : std::nullopt;
  page.without_links = site_address({}, {}).empty();      // as it is sent: nobody's browser is there to tell
  ReminderText text;
  if (round) {
    text = reminder_text(house, body, *round, *found, {}, site_address({}, {}), visit.today());
    page.preview_note = tr("Theo báo cáo của {}", name_of(visit, found->body));
  } else {
    ReportingRound example;
    example.office = body;
    example.title = tr(Language::vietnamese, "Báo cáo {}", house.periods.label(visit.period(), Language::vietnamese));
    example.period = visit.period();
    RoundReport report;
    report.body = body;
    report.level = visit.organisation()->kind(body).level;
    report.due = visit.today() + 3;
    text = reminder_text(house, body, example, report, {}, {}, visit.today());
    page.preview_note = tr("Thư mẫu, vì chưa có đợt báo cáo nào");
  }
  page.preview_subject = text.subject;
  page.preview_text = text.text;
}

void put_address(const Visit& visit, db::Reader& reader, BodyId body, const Typed& typed, Office& page) {
  page.may_keep_address = visit.viewer().may(Permission::keep_bodies, body);
  const auto known = mail_address(reader, visit.house().keys, MailAddress::Owner::body, body.value);
  const bool again = typed.form == Typed::Form::address;
  page.address = PlainForm{.trail = {}, .action = html::path("/thu-dien-tu/{}/hop-thu", body), .fields = {}, .button = tr("Ghi hộp thư"), .consequence = tr("Hội cấp trên dùng địa chỉ này để nhắc đơn vị, nếu bật.")};
  page.address.fields = {FormLine::hidden("version", again ? visit.request().text("version") : std::to_string(known ? known->row_version : 0)),
                         FormLine::text("thu", tr("Địa chỉ thư điện tử"), again ? visit.request().text("thu") : known ? known->address : std::string(), known && known->stopped_ms ? tr("Hộp thư này đã chọn không nhận thư nhắc.") : tr("Để trống nếu đơn vị không có."))};
  if (again) page.address.errors = typed.errors;
}

http::Response show(const Visit& visit, BodyId body, const Typed& typed, http::Status status) {
  Office page;
  page.body = body.value;
  page.name = name_of(visit, body);
  page.trail.push_back({page.name, html::path("/to-chuc/{}", body)});
  page.sent = html::path("/thu-dien-tu/{}/da-gui", body);
  visit.house().store.read([&](db::Reader& reader) {
    put_server(visit, reader, body, typed, page);
    put_rule(visit, reader, body, typed, page);
    put_preview(visit, reader, body, page);
    put_address(visit, reader, body, typed, page);
    const auto mine = mail_address(reader, visit.house().keys, MailAddress::Owner::user, visit.viewer().user().value);
    page.try_to = typed.form == Typed::Form::trial ? visit.request().text("den") : mine ? mine->address : std::string();
    page.try_error = typed.form == Typed::Form::trial ? typed.error("den") : std::string();
    page.may_try = page.may_try || !page.try_error.empty();      // the sentence stands at its field
    std::int64_t sent = 0, failed = 0;
    for (const auto& [state, count] : reminder_counts(reader, body)) {
      if (state == ReminderMail::State::sent) sent += count;
      if (state == ReminderMail::State::failed || state == ReminderMail::State::unknown) failed += count;
    }
    page.sent_words = failed > 0 ? tr("Thư đã gửi: {}, không gửi được: {}", number_text(sent), number_text(failed)) : tr("Thư đã gửi: {}", number_text(sent));
  });
  return http::Response::html(reminders_pages::office(visit.frame(tr("Nhắc hạn qua thư điện tử"), MenuItem::reports), page), status);
}

http::Response refused(const Visit& visit, BodyId body, Typed::Form form, const Refusal& why, const std::string& otherwise) {
  if (why.code == "mail.may_not") return visit.not_found();
  Typed typed{form, {}};
  put(typed.errors, why, otherwise);
  return show(visit, body, typed, why.code == "mail.stale" ? http::Status::conflict : http::Status::unprocessable);
}

// A number of days; blank is none, anything else that is no number is said at its field.
std::int64_t typed_days(const http::Request& request, const std::string& field, FormErrors& errors) {
  const std::string typed = request.text(field);
  if (typed.empty()) return 0;
  const auto days = parse_whole_number(typed);
  if (!days || *days < 1) {
    errors.emplace_back(field, tr("“{}” không phải là số ngày. Xin ghi một số, ví dụ 3, hoặc để trống.", typed));
    return 0;
  }
  return *days;
}

http::Response keep_server(const Visit& visit) {
  const BodyId body = *visit.body(Permission::manage_users);
  const http::Request& request = visit.request();
  MailServer given;
  given.body = body;
  given.host = request.text("may-chu");
  given.port = whole_number(request.text("cong"));
  const std::int64_t security = whole_number(request.text("bao-mat"));
  given.security = security == 0 && request.text("bao-mat") == "0" ? mail::Security::none : security == 2 ? mail::Security::tls : mail::Security::starttls;
  given.user = request.text("ten-dang-nhap");
  given.password = std::string(request.form.fields.value("mat-khau"));      // as typed: blanks may belong to it
  given.from_address = request.text("thu-gui");
  given.from_name = request.text("ten-gui");
  given.row_version = typed_number(request, "version");
  const auto done = visit.house().store.write([&](db::Writer& writer) { return keep_mail_server(writer, visit.house(), visit.viewer(), given); });
  if (!done) return refused(visit, body, Typed::Form::server, done.error(), "may-chu");
  return visit.done(html::path("/thu-dien-tu/{}", body), tr("Đã ghi máy chủ thư. Xin gửi một thư thử."));
}

http::Response drop_server(const Visit& visit) {
  const BodyId body = *visit.body(Permission::manage_users);
  const auto done = visit.house().store.write([&](db::Writer& writer) { return remove_mail_server(writer, visit.house(), visit.viewer(), body, typed_number(visit.request(), "version")); });
  if (!done) return refused(visit, body, Typed::Form::server, done.error(), "may-chu");
  return visit.done(html::path("/thu-dien-tu/{}", body), tr("Đã bỏ máy chủ thư của đơn vị."));
}

http::Response try_it(const Visit& visit) {
  House& house = visit.house();
  const BodyId body = *visit.body(Permission::manage_users);
  const auto to = mail::checked_address(visit.request().text("den"));
  if (!to) return refused(visit, body, Typed::Form::trial, {"mail.address", to.error().message, "den"}, "den");
  const auto server = house.store.read([&](db::Reader& reader) { return mail_server_for(reader, house.keys, *visit.organisation(), body, visit.today()); });
  if (!server) return refused(visit, body, Typed::Form::trial, {"mail.none", tr("Chưa có máy chủ thư."), "den"}, "den");
  const mail::Delivery done = try_mail_server(house, *server, *to);
  if (done.fate != mail::Delivery::Fate::sent) return refused(visit, body, Typed::Form::trial, {"mail.trial", done.reason, "den"}, "den");
  return visit.done(html::path("/thu-dien-tu/{}", body), tr("Máy chủ thư đã nhận thư thử gửi đến {}. Xin xem hộp thư, cả mục thư rác.", *to));
}

http::Response keep_rule(const Visit& visit) {
  const BodyId body = *visit.body(Permission::manage_users);
  const http::Request& request = visit.request();
  ReminderRule given;
  given.body = body;
  FormErrors errors;
  given.before_days = typed_days(request, "truoc", errors);
  given.after_days = typed_days(request, "sau", errors);
  given.on_day = request.text("dung-ngay") == "1";
  given.to_body = request.text("hop-thu") == "1";
  for (const std::string_view code : request.form.fields.all("chuc-vu")) given.posts.emplace_back(code);
  given.row_version = typed_number(request, "version");
  if (!errors.empty()) return show(visit, body, {Typed::Form::rule, std::move(errors)}, http::Status::unprocessable);
  const auto done = visit.house().store.write([&](db::Writer& writer) { return keep_reminder_rule(writer, visit.house(), visit.viewer(), given); });
  if (!done) return refused(visit, body, Typed::Form::rule, done.error(), "truoc");
  return visit.done(html::path("/thu-dien-tu/{}", body), done->sends() ? tr("Đã bật nhắc hạn qua thư điện tử.") : tr("Đã tắt nhắc hạn qua thư điện tử."));
}

http::Response keep_body_address(const Visit& visit) {
  const BodyId body = *visit.body(Permission::keep_bodies);
  MailAddress given;
  given.owner = MailAddress::Owner::body;
  given.of = body.value;
  given.address = visit.request().text("thu");
  given.row_version = typed_number(visit.request(), "version");
  const auto done = visit.house().store.write([&](db::Writer& writer) { return keep_mail_address(writer, visit.house(), visit.viewer(), given); });
  if (!done && visit.viewer().may(Permission::manage_users, body)) return refused(visit, body, Typed::Form::address, done.error(), "thu");
  if (!done) return visit.refused(done.error(), status_of(done.error()));
  return visit.done(html::path("/thu-dien-tu/{}", body), done->address.empty() ? tr("Đã bỏ hộp thư của đơn vị.") : tr("Đã ghi hộp thư của đơn vị."));
}

// Addresses belong to people: the unit and whose they are, not the letters.
std::string recipient(const Visit& visit, db::Reader& reader, const ReminderMail& mail, BodyId body) {
  const auto address = reminders_sql::address_by_id(reader, visit.house().keys, mail.address);
  if (!address || address->owner == MailAddress::Owner::body) return tr("Hộp thư chung");
  if (!visit.viewer().may(Permission::see_names, body)) return tr("Người giữ chức vụ");
  const auto row = visit.house().users.row(reader, UserId{address->of});
  return row ? row->salutation + " " + row->name : tr("Người giữ chức vụ");
}

http::Response sent(const Visit& visit) {
  using State = ReminderMail::State;
  const BodyId office = *visit.body(Permission::manage_users);
  reminder_views::Sent page;
  page.trail = {{name_of(visit, office), html::path("/to-chuc/{}", office)}, {tr("Nhắc hạn qua thư điện tử"), html::path("/thu-dien-tu/{}", office)}};
  visit.house().store.read([&](db::Reader& reader) {
    for (const auto& [state, count] : reminder_counts(reader, office)) page.counts += (page.counts.empty() ? "" : " · ") + fmt::format("{}: {}", reminder_state_words(state), number_text(count));
    for (const ReminderMail& mail : reminders_of(reader, office, rows_shown)) {
      const auto report = find_report(reader, mail.report);
      const BodyId body = report ? report->body : BodyId{};
      reminder_views::SentRow row;
      row.when = time_text(mail.ended_ms.value_or(mail.asked_ms));
      row.body = visit.organisation()->find(body) != nullptr ? name_of(visit, body) : std::string("–");
      row.to = recipient(visit, reader, mail, body);
      row.occasion = occasion_words(mail.occasion);
      row.state = reminder_state_words(mail.state);
      row.look = mail.state == State::sent ? "good" : mail.state == State::failed ? "bad" : mail.state == State::unknown ? "attention" : "wait";
      row.icon = mail.state == State::sent ? "circle-check" : mail.state == State::failed || mail.state == State::unknown ? "alert-triangle" : "clock";
      row.reason = mail.reason;
      if (mail.state == State::failed || mail.state == State::unknown) row.again = html::path("/thu-dien-tu/{}/gui-lai/{}", office, mail.id);
      page.rows.push_back(std::move(row));
    }
  });
  return http::Response::html(reminders_pages::sent(visit.frame(tr("Thư nhắc đã gửi"), MenuItem::reports), page));
}

http::Response again(const Visit& visit) {
  House& house = visit.house();
  const BodyId office = *visit.body(Permission::manage_users);
  const std::int64_t id = visit.request().number("thu");
  const auto known = house.store.read([&](db::Reader& reader) { return find_reminder(reader, id); });
  if (!known || known->office != office) return visit.not_found();
  const auto done = house.store.write([&](db::Writer& writer) { return ask_again(writer, house, visit.viewer(), id); });
  if (!done) return visit.refused(done.error(), http::Status::conflict);
  return visit.done(html::path("/thu-dien-tu/{}/da-gui", office), tr("Thư sẽ được gửi lại trong ít phút."));
}

}  // namespace

std::string site_of(const http::Request& request) { return site_address(request.header("Host"), request.header("X-Forwarded-Proto")); }

void add_office_pages(Pages& pages) {
  constexpr Permission keeps = Permission::manage_users;
  pages.get("/thu-dien-tu", keeps, RouteScope::signed_in, [](const Visit& visit) { return http::Response::redirect(html::path("/thu-dien-tu/{}", visit.viewer().acting_for())); });
  pages.get("/thu-dien-tu/{body:number}", keeps, RouteScope::body, [](const Visit& visit) { return show(visit, *visit.body(Permission::manage_users), {}, http::Status::ok); });
  pages.post("/thu-dien-tu/{body:number}/may-chu", keeps, RouteScope::body, keep_server);
  pages.post("/thu-dien-tu/{body:number}/bo-may-chu", keeps, RouteScope::body, drop_server);
  pages.post("/thu-dien-tu/{body:number}/thu-thu", keeps, RouteScope::body, try_it);
  pages.post("/thu-dien-tu/{body:number}/quy-tac", keeps, RouteScope::body, keep_rule);
  pages.post("/thu-dien-tu/{body:number}/hop-thu", Permission::keep_bodies, RouteScope::body, keep_body_address);
  pages.get("/thu-dien-tu/{body:number}/da-gui", keeps, RouteScope::body, sent);
  pages.post("/thu-dien-tu/{body:number}/gui-lai/{thu:number}", keeps, RouteScope::body, again);
}

}  // namespace khuyenhoc::reminder_pages
