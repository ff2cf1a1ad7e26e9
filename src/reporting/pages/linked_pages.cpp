// What opens behind a link: a name, one branch's form, saved as one goes, confirmed at the end. Nobody is signed in here: the link and the cookie of this device say what may be done.
#include <boost/json.hpp>

#include "base/i18n.h"
#include "organisation/contacts.h"
#include "reporting/links.h"
#include "reporting/pages/form_saving.h"
#include "reporting/pages/link_closed.html.h"
#include "reporting/pages/link_page.h"
#include "reporting/pages/link_pages.h"
#include "reporting/pages/link_start.html.h"
#include "reporting/pages/link_zeros.html.h"
#include "reporting/pages/linked_form.html.h"
#include "reporting/pages/news.h"
#include "reporting/pages/reporting_pages.h"
#include "reporting/pages/zeros_page.h"
#include "shell/page_token.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

constexpr std::int64_t cookie_seconds = 60 * 24 * 3'600;
constexpr std::size_t longest_token = 100;

// One request through a link that opens.
struct Linked {
  House& house;
  const http::Request& request;
  EntryLink link;
  std::string token;                      // as in the address
  Day today;
  std::string secret;                     // of this device's cookie
  std::optional<EntryVisitor> visitor;
  Url at(html::UrlLiteral pattern) const { return path(pattern, token); }
  Viewer viewer() const { return link_viewer(house, link, *visitor, today); }
  std::string csrf() const { return crypto::base64url(house.keys.blind_index("linked form", secret)); }
};

std::string cookie_of(const EntryLink& link) { return fmt::format("ghi_{}", link.id); }

bool wants_json(const http::Request& request) { return request.header("Accept") == "application/json" || request.header("Content-Type").starts_with("application/json"); }

http::Response kept_out_of_searches(http::Response response) {
  response.header("X-Robots-Tag", "noindex, nofollow");
  return response;
}

// Whom to call: the association and its number, without anybody's name.
void say_whom_to_call(const House& house, LinkedPage& page, BodyId association, const std::string& name) {
  const auto known = house.store.read([&](db::Reader& reader) { return contact(reader, house.keys, association); });
  page.call_words = name;
  if (!known || known->telephone.empty()) return;
  page.call_words = fmt::format("{}, {}", name, telephone_text(known->telephone));
  page.call = Url::telephone(known->telephone);
}

LinkedPage about(const House& house, const EntryLink& link, Day today, const std::string& token) {
  LinkedPage page;
  const OrganisationView organisation = house.organisation.current();
  page.body_name = organisation->body(link.body).on(today).name;
  page.association_name = organisation->body(link.association).on(today).name;
  page.title = link.title;
  page.until = tr("Đường dẫn dùng được đến hết {}.", link.until.text());
  page.post_link = path("/l/{}", token);
  say_whom_to_call(house, page, link.association, page.association_name);
  return page;
}

http::Response closed(LinkedPage page, const http::Request& request, std::string text, std::string help, http::Status status) {
  if (wants_json(request)) return json_refusal(text + " " + help, status == http::Status::too_many_requests ? status : http::Status::unprocessable);
  page.text = std::move(text);
  page.help = std::move(help);
  return kept_out_of_searches(http::Response::html(reporting_pages::link_closed(open_frame(page.title), page, FormPage{}), status));
}

http::Response unknown_link(const http::Request& request, const std::string& token) {
  LinkedPage page;
  page.body_name = tr("Khuyến học");
  page.title = tr("Đường dẫn không mở được");
  page.post_link = path("/l/{}", token);
  return closed(std::move(page), request, tr("Không có đường dẫn này."), tr("Có thể khi chép bị thiếu chữ. Xin mở lại từ tin nhắn đã nhận, hoặc gọi cho Hội nơi gửi tin nhắn để xin đường dẫn mới."), http::Status::not_found);
}

http::Response too_often(const http::Request& request, const std::string& token) {
  LinkedPage page;
  page.body_name = tr("Khuyến học");
  page.title = tr("Xin chờ ít phút");
  page.post_link = path("/l/{}", token);
  return closed(std::move(page), request, tr("Máy này vừa mở quá nhiều đường dẫn không đúng."), tr("Xin chờ mười phút rồi mở lại đường dẫn từ tin nhắn đã nhận."), http::Status::too_many_requests);
}

using Handler = std::function<http::Response(const Linked&)>;
enum class Asks { reading, name, writing };

http::Response show_start(const Linked& linked, std::string typed, std::string error, http::Status status) {
  LinkedPage page = about(linked.house, linked.link, linked.today, linked.token);
  page.name = std::move(typed);
  page.name_error = std::move(error);
  page.intro = tr("{}: số liệu tính {}. Không cần mật khẩu; ghi đến đâu lưu đến đó, khoảng năm phút.", page.body_name, linked.link.period.period.text());
  return kept_out_of_searches(http::Response::html(reporting_pages::link_start(open_frame(page.title), page, FormPage{}), status));
}

// The order of the questions: is there such a link, does it still open, who is on this device, does the form come from our own page.
http::Response enter(House& house, LinkGate& gate, const http::Request& request, Asks asks, const Handler& handler) {
  const std::string token(request.parameter("token"));
  if (!gate.lets_in(request.remote_address)) return too_often(request, token.substr(0, longest_token));
  std::optional<EntryLink> link;
  if (token.size() <= longest_token) link = house.store.read([&](db::Reader& reader) { return find_link(reader, house.keys, token); });
  if (!link || house.organisation.current()->find(link->body) == nullptr) {
    gate.unknown(request.remote_address);
    return unknown_link(request, token.substr(0, longest_token));
  }
  const Day today = house.clock.today();
  if (link->state(today) != EntryLink::State::open) {
    LinkedPage page = about(house, *link, today, token);
    const std::string why = link->state(today) == EntryLink::State::revoked ? tr("Đường dẫn này đã được thu hồi.") : tr("Đường dẫn này đã hết hạn ngày {}.", link->until.text());
    const std::string help = tr("Số đã ghi vẫn được giữ. Muốn ghi hoặc sửa tiếp, xin gọi {} để xin đường dẫn mới.", page.association_name);
    return closed(std::move(page), request, why, help, http::Status::gone);
  }
  Linked linked{house, request, std::move(*link), token, today, std::string(request.cookie(cookie_of(*link))), std::nullopt};
  if (!linked.secret.empty() && linked.secret.size() <= longest_token) {
    const auto known = house.store.read([&](db::Reader& reader) { return find_visitor(reader, house.keys.token_key_digest(linked.secret)); });
    if (known && known->link == linked.link.id) linked.visitor = known;
  }
  if (asks == Asks::name) return handler(linked);
  if (!linked.visitor) {
    if (wants_json(request)) return json_refusal(tr("Xin tải lại trang và ghi tên người ghi."), http::Status::unauthorised);
    return asks == Asks::reading ? show_start(linked, {}, {}, http::Status::ok) : http::Response::redirect(path("/l/{}", token));
  }
  if (asks == Asks::writing) {
    if (!carries_token(request, linked.csrf())) return closed(about(house, linked.link, today, token), request, tr("Trang này đã mở quá lâu nên chưa ghi được."), tr("Xin mở lại đường dẫn từ tin nhắn rồi làm lại."), http::Status::forbidden);
    if (!gate.lets_write(linked.link.id)) return closed(about(house, linked.link, today, token), request, tr("Đường dẫn này vừa ghi quá nhiều lần."), tr("Xin chờ mười phút rồi ghi tiếp. Số đã ghi vẫn được giữ."), http::Status::too_many_requests);
  }
  return handler(linked);
}

EntryDesk desk_of(const Linked& linked, const Viewer& viewer) {
  EntryDesk desk(linked.house, viewer, linked.link.association, linked.link.period);
  desk.written_through(tr(Language::vietnamese, "qua đường dẫn, người ghi {}", linked.visitor->name));
  return desk;
}

Result<FigureForm> form_of(const Linked& linked) {
  const std::string news = news_position(linked.house).text();
  auto form = branch_form(linked.house, linked.link.body, linked.link.period, linked.today);
  if (form) form->news = news;
  return form;
}

http::Response show_form(const Linked& linked, Typed typed, std::vector<std::pair<std::string, std::string>> errors, http::Status status) {
  House& house = linked.house;
  auto form = form_of(linked);
  LinkedForm page;
  page.about = about(house, linked.link, linked.today, linked.token);
  if (!form) return closed(std::move(page.about), linked.request, form.error().message, {}, http::Status::gone);
  const Viewer viewer = linked.viewer();
  const EntryDesk desk = desk_of(linked, viewer);
  page.about.csrf = masked_token(linked.csrf());
  page.about.name = linked.visitor->name;
  page.about.intro = form->asked > 0 ? tr("Xin ghi {} số dưới đây, tính {}.", form->asked, form->period.period.text()) : tr("Xin trả lời các câu dưới đây, tính {}.", form->period.period.text());
  page.rename_link = linked.at("/l/{}").with("ten", "doi");
  page.confirm_link = linked.at("/l/{}/gui");
  FormPage& shown = page.form;
  shown.name = page.about.body_name;
  shown.association_name = page.about.association_name;
  shown.saved = form->saved_ms == 0 ? tr("Chưa ghi số nào") : tr("Đã lưu lúc {}", short_time(form->saved_ms, linked.today));
  shown.filled = tr("{}/{} số", form->filled, form->asked);
  shown.due_level = linked.link.until - linked.today <= 3 ? "attention" : "";
  shown.due = tr("Hạn: hết ngày {}, {}", linked.link.until.text(), days_left_words(linked.link.until, linked.today));
  shown.store_key = fmt::format("lien-ket:{}", linked.link.id);
  shown.save_link = linked.at("/l/{}/o");
  shown.news_link = linked.at("/l/{}/moi");
  shown.zeros_link = linked.at("/l/{}/ghi-so-0");
  shown.blanks = blank_row(*form, {}).cells.size();
  shown.undo = undo_offer(house, viewer, linked.link.body, linked.link.period, shown.zeros_link);
  shown.news = form->news;
  if (const auto open = house.store.read([&](db::Reader& reader) { return desk.may_write(reader, linked.link.body); }); !open) shown.locked = open.error().message;
  if (linked.link.confirmed_ms) page.confirmed = tr("Đã xác nhận ghi đủ lúc {}. Xin cảm ơn.", time_text(*linked.link.confirmed_ms));
  shown.typed = std::move(typed);
  shown.errors = std::move(errors);
  shown.form = std::move(*form);
  Frame frame = open_frame(page.about.title);
  frame.scripts = {"phone_form.js"};
  return kept_out_of_searches(http::Response::html(reporting_pages::linked_form(frame, page), status));
}

http::Response show(const Linked& linked) {
  if (linked.request.query.value("ten") == "doi") return show_start(linked, linked.visitor->name, {}, http::Status::ok);
  return show_form(linked, {}, {}, http::Status::ok);
}

http::Response start(const Linked& linked) {
  const std::string typed = linked.request.text("ten");
  const auto name = checked_visitor_name(typed);
  if (!name) return show_start(linked, typed, name.error().message, http::Status::unprocessable);
  auto response = http::Response::redirect(linked.at("/l/{}"));
  if (linked.visitor && linked.visitor->name == *name) return response;
  const NewVisitor made = linked.house.store.write([&](db::Writer& writer) { return receive_visitor(writer, linked.house, linked.link, *name); });
  response.set_cookie({.name = cookie_of(linked.link), .value = made.secret, .lifetime = http::Cookie::Lifetime::lasting, .seconds = cookie_seconds, .transport = http::Cookie::Transport::any, .path = "/l/"});
  return response;
}

http::Response save_cells(const Linked& linked) {
  const Viewer viewer = linked.viewer();
  EntryDesk desk = desk_of(linked, viewer);
  return answer_cells(linked.house, linked.request, linked.visitor->user().value, desk, Amounts::as_stored, [&](json::object& answer, const SavedCells&) {
    if (const auto form = form_of(linked)) add_form_words(*form, answer);
  });
}

http::Response confirm(const Linked& linked) {
  House& house = linked.house;
  const Viewer viewer = linked.viewer();
  EntryDesk desk = desk_of(linked, viewer);
  auto form = form_of(linked);
  if (!form) return show_form(linked, {}, {}, http::Status::ok);
  FormSaved saved = save_posted_form(house, linked.request, *form, desk);
  if (!saved.errors.empty()) return show_form(linked, std::move(saved.kept), std::move(saved.errors), http::Status::unprocessable);
  form = form_of(linked);
  if (auto missing = hindrances(*form); !missing.empty()) return show_form(linked, {}, std::move(missing), http::Status::unprocessable);
  const auto sent = confirm_figures(house, viewer, *form, desk);
  if (!sent) return show_form(linked, {}, {{"phieu", sent.error().message}}, http::Status::unprocessable);
  house.store.write([&](db::Writer& writer) { mark_confirmed(writer, linked.link.id, house.clock.now_ms(), linked.visitor->name); });
  return http::Response::redirect(linked.at("/l/{}"));
}

http::Response news(const Linked& linked) {
  return form_news(linked.house, linked.request, linked.today, linked.link.body, NamesIn::hidden, [&] { return form_of(linked); });
}

http::Response show_zeros(const Linked& linked) {
  const auto form = form_of(linked);
  LinkedPage page = about(linked.house, linked.link, linked.today, linked.token);
  if (!form) return closed(std::move(page), linked.request, form.error().message, {}, http::Status::gone);
  page.csrf = masked_token(linked.csrf());
  ZerosPage zeros = zeros_page({blank_row(*form, page.body_name)}, true);
  zeros.intro = page.body_name;
  zeros.post_link = linked.at("/l/{}/ghi-so-0");
  zeros.back_link = linked.at("/l/{}");
  zeros.back_words = tr("Quay lại phiếu số liệu");
  return kept_out_of_searches(http::Response::html(reporting_pages::link_zeros(open_frame(zeros.title), page, FormPage{}, zeros)));
}

http::Response write_zeros_of(const Linked& linked) {
  const Viewer viewer = linked.viewer();
  EntryDesk desk = desk_of(linked, viewer);
  std::vector<CellEntry> blank = sent_blanks(linked.request);
  std::erase_if(blank, [&](const CellEntry& cell) { return cell.body != linked.link.body; });
  const ZeroOutcome done = linked.house.store.write([&](db::Writer& writer) { return write_zeros(writer, linked.house, viewer, desk, linked.link.body, blank); });
  if (done.step.id == 0 && !done.refused.empty()) return show_form(linked, {}, {{"so-" + done.refused.front().measure, done.refused.front().message}}, http::Status::unprocessable);
  return http::Response::redirect(linked.at("/l/{}"));
}

http::Response take_back(const Linked& linked) {
  const Viewer viewer = linked.viewer();
  EntryDesk desk = desk_of(linked, viewer);
  const auto done = linked.house.store.write([&](db::Writer& writer) { return take_zeros_back(writer, linked.house, viewer, desk, linked.link.body, linked.request.number("lan")); });
  if (!done) return show_form(linked, {}, {{"phieu", done.error().message}}, http::Status::unprocessable);
  return http::Response::redirect(linked.at("/l/{}"));
}

}  // namespace

void add_linked_pages(Pages& pages) {
  House& house = pages.house();
  const auto gate = std::make_shared<LinkGate>(house.clock);
  const auto behind = [&house, gate](Asks asks, http::Response (*handler)(const Linked&)) {
    return [&house, gate, asks, handler](const http::Request& request) { return enter(house, *gate, request, asks, handler); };
  };
  pages.open_get("/l/{token}", behind(Asks::reading, show));
  pages.open_post("/l/{token}", behind(Asks::name, start));
  pages.open_post("/l/{token}/o", behind(Asks::writing, save_cells));
  pages.open_get("/l/{token}/moi", behind(Asks::reading, news));
  pages.open_post("/l/{token}/gui", behind(Asks::writing, confirm));
  pages.open_get("/l/{token}/ghi-so-0", behind(Asks::reading, show_zeros));
  pages.open_post("/l/{token}/ghi-so-0", behind(Asks::writing, write_zeros_of));
  pages.open_post("/l/{token}/ghi-so-0/{lan:number}", behind(Asks::writing, take_back));
}

void add_link_pages(Pages& pages) {
  add_link_making_pages(pages);
  add_linked_pages(pages);
}

}  // namespace khuyenhoc
