// What reminds one person: the address, the calendar; and the links that open without signing in.
#include "base/i18n.h"
#include "reminders/pages/mine.html.h"
#include "reminders/pages/reminder_pages.h"
#include "reminders/pages/stop.html.h"
#include "shell/form_answers.h"

namespace khuyenhoc {
namespace reminder_pages {
namespace {

constexpr std::string_view calendar_ending = ".ics";

http::Response show(const Visit& visit, const FormErrors& errors, http::Status status) {
  House& house = visit.house();
  reminder_views::Mine page;
  const bool again = status != http::Status::ok;
  house.store.read([&](db::Reader& reader) {
    const auto known = mail_address(reader, house.keys, MailAddress::Owner::user, visit.viewer().user().value);
    page.stopped = known && known->stopped_ms;
    page.has_address = known && !known->address.empty();
    page.address = PlainForm{.trail = {}, .action = Url("/nhac-viec/thu"), .fields = {}, .errors = errors, .button = tr("Ghi địa chỉ thư"), .consequence = tr("Địa chỉ được mã hóa khi lưu; chỉ dùng để nhắc hạn.")};
    page.address.fields = {FormLine::hidden("version", again ? visit.request().text("version") : std::to_string(known ? known->row_version : 0)),
                           FormLine::text("thu", tr("Địa chỉ thư điện tử của tôi"), again ? visit.request().text("thu") : known ? known->address : std::string(), tr("Ví dụ lien.tran@gmail.com. Để trống là không nhận thư."))};
    if (const auto token = calendar_token(reader, house.keys, visit.viewer().user())) page.calendar = fmt::format("{}/lich/{}{}", site_of(visit.request()), *token, calendar_ending);
  });
  return http::Response::html(reminders_pages::mine(visit.frame(tr("Nhắc việc của tôi"), MenuItem::more), page), status);
}

http::Response keep(const Visit& visit) {
  MailAddress given;
  given.owner = MailAddress::Owner::user;
  given.of = visit.viewer().user().value;
  given.address = visit.request().text("thu");
  given.row_version = typed_number(visit.request(), "version");
  const auto done = visit.house().store.write([&](db::Writer& writer) { return keep_mail_address(writer, visit.house(), visit.viewer(), given); });
  if (done) return visit.done(Url("/nhac-viec"), done->address.empty() ? tr("Đã bỏ địa chỉ thư.") : tr("Đã ghi địa chỉ thư."));
  FormErrors errors;
  put(errors, done.error(), "thu");
  return show(visit, errors, status_of(done.error()));
}

http::Response stop_own(const Visit& visit, bool stopped) {
  House& house = visit.house();
  house.store.write([&](db::Writer& writer) {
    if (const auto known = mail_address(writer, house.keys, MailAddress::Owner::user, visit.viewer().user().value)) set_stopped(writer, house, known->id, stopped);
  });
  return visit.done(Url("/nhac-viec"), stopped ? tr("Từ nay không gửi thư nhắc đến ông/bà nữa.") : tr("Thư nhắc lại được gửi đến ông/bà."));
}

// "li…@eakar.vn": enough to know whose, not to learn it.
std::string hinted(const std::string& address) {
  const auto at = address.rfind('@');
  return at == std::string::npos ? std::string() : address.substr(0, std::min<std::size_t>(2, at)) + "…" + address.substr(at);
}

http::Response stop_page(House& house, const http::Request& request) {
  const std::string token(request.parameter("token"));
  const auto address = house.store.read([&](db::Reader& reader) { return address_of_stop_token(reader, house.keys, token); });
  if (!address || address->address.empty())
    return refusal_page(open_frame(tr("Đường dẫn không mở được")), tr("Không có đường dẫn này."), tr("Có thể khi chép bị thiếu chữ. Xin mở lại từ thư đã nhận."), http::Status::not_found);
  reminder_views::Stop page{hinted(address->address), address->stopped_ms.has_value(), html::path("/thoi-nhac/{}", token)};
  if (request.method == http::Method::post) {
    const bool stopped = request.text("viec") != "nhan-lai";
    house.store.write([&](db::Writer& writer) { set_stopped(writer, house, address->id, stopped); });
    page.stopped = stopped;
  }
  return http::Response::html(reminders_pages::stop(open_frame(tr("Thư nhắc hạn báo cáo")), page));
}

http::Response calendar(House& house, const http::Request& request, const std::vector<DueDaySource>& sources) {
  const std::string_view name = request.parameter("tep");
  std::optional<std::string> file;
  if (name.ends_with(calendar_ending)) file = calendar_file(house, name.substr(0, name.size() - calendar_ending.size()), site_of(request), sources);
  if (!file) return http::Response::text(tr("Không có lịch này. Có thể đường dẫn đã được thu hồi.") + "\n", http::Status::not_found);
  http::Response response = http::Response::bytes(std::make_shared<const std::string>(std::move(*file)), "text/calendar; charset=utf-8");
  response.header("Cache-Control", "private, no-cache");
  response.header("X-Robots-Tag", "noindex, nofollow");
  return response;
}

}  // namespace

void add_own_pages(Pages& pages, const std::vector<DueDaySource>& sources) {
  House& house = pages.house();
  pages.get("/nhac-viec", [](const Visit& visit) { return show(visit, {}, http::Status::ok); });
  pages.post("/nhac-viec/thu", keep);
  pages.post("/nhac-viec/thoi", [](const Visit& visit) { return stop_own(visit, true); });
  pages.post("/nhac-viec/nhan-lai", [](const Visit& visit) { return stop_own(visit, false); });
  pages.post("/nhac-viec/lich", [](const Visit& visit) {
    visit.house().store.write([&](db::Writer& writer) { make_calendar(writer, visit.house(), visit.viewer()); });
    return visit.done(Url("/nhac-viec"), tr("Đã lập đường dẫn lịch. Xin thêm vào điện thoại theo hướng dẫn dưới đây."));
  });
  pages.post("/nhac-viec/bo-lich", [](const Visit& visit) {
    visit.house().store.write([&](db::Writer& writer) { revoke_calendar(writer, visit.house(), visit.viewer()); });
    return visit.done(Url("/nhac-viec"), tr("Đã thu hồi đường dẫn lịch. Điện thoại không cập nhật lịch này nữa."));
  });
  pages.open_get("/thoi-nhac/{token}", [&house](const http::Request& request) { return stop_page(house, request); });
  pages.open_post("/thoi-nhac/{token}", [&house](const http::Request& request) { return stop_page(house, request); });
  pages.open_get("/lich/{tep}", [&house, sources](const http::Request& request) { return calendar(house, request, sources); });
}

}  // namespace reminder_pages

void add_reminder_pages(Pages& pages, std::vector<DueDaySource> sources) {
  reminder_pages::add_office_pages(pages);
  reminder_pages::add_own_pages(pages, sources);
}

}  // namespace khuyenhoc
