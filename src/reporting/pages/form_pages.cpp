#include <boost/json.hpp>

#include "base/i18n.h"
#include "base/number.h"
#include "organisation/contacts.h"
#include "reporting/pages/desk_form.html.h"
#include "reporting/pages/form_page.h"
#include "reporting/pages/form_saving.h"
#include "reporting/pages/news.h"
#include "reporting/pages/reporting_pages.h"
#include "reporting/pages/short_form.html.h"
#include "reporting/reporting_queries.h"
#include "reporting/zeros.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

Result<FigureForm> form_of(const Visit& visit, BodyId body, FigureForm::Kind kind) {
  const House& house = visit.house();
  const std::string news = news_position(house).text();          // before anything is read
  const auto make = kind == FigureForm::Kind::own ? own_form : whole_form;
  auto form = kind == FigureForm::Kind::branch ? branch_form(house, body, entered_period(visit), visit.today())
                                               : house.store.read([&](db::Reader& reader) { return make(house, reader, body, entered_period(visit), visit.today()); });
  if (form) form->news = news;
  return form;
}

std::string name_of(const Visit& visit, BodyId body) { return visit.organisation()->body(body).on(visit.today()).name; }

FormPage shared_page(const Visit& visit, FigureForm form) {
  FormPage page;
  const std::string named = form.period.name();
  page.name = name_of(visit, form.body);
  page.association_name = name_of(visit, form.association);
  page.unit_word = unit_word(*visit.organisation(), form.association, visit.today());
  page.news = form.news;
  page.saved = form.saved_ms == 0 ? tr("Chưa ghi số nào") : tr("Đã lưu lúc {}", short_time(form.saved_ms, visit.today()));
  page.filled = tr("{}/{} số", form.filled, form.asked);
  page.store_key = fmt::format("phieu:{}:{}:{}:{}", visit.viewer().user().value, form.body.value, named, static_cast<int>(form.kind));
  page.back_link = path("/nhap-so-lieu/{}", form.association).with("ky", named);
  page.user = visit.viewer().user().value;
  page.session_link = Url("/nhap-so-lieu/phien");
  const std::string_view part = form.kind == FigureForm::Kind::own ? "rieng" : "chung";
  const bool branch = form.kind == FigureForm::Kind::branch;
  page.news_link = branch ? path("/phieu/{}/moi", form.body).with("ky", named) : path("/nhap-so-lieu/{}/moi", form.body).with("phan", part).with("ky", named);
  page.zeros_link = branch ? path("/phieu/{}/ghi-so-0", form.body).with("ky", named) : path("/nhap-so-lieu/{}/ghi-so-0", form.body).with("phan", part).with("ky", named);
  page.blanks = blank_row(form, {}).cells.size();
  page.undo = undo_offer(visit.house(), visit.viewer(), form.body, form.period, page.zeros_link);
  page.form = std::move(form);
  return page;
}

void say_sending(FormPage& page, const Visit& visit, const EntryDesk& desk) {
  House& house = visit.house();
  const auto [locked, confirmed, head] = house.store.read([&](db::Reader& reader) {
    return std::tuple(desk.may_write(reader, page.form.body), reporting_sql::confirmation(reader, page.form.body, page.form.period), contact(reader, house.keys, page.form.association));
  });
  if (!locked) page.locked = locked.error().message;
  if (confirmed) {
    page.sent = tr("{} đã gửi lúc {}", confirmed->by_name, time_text(confirmed->at_ms));
    if (page.form.saved_ms > confirmed->at_ms) page.sent += tr("; đã sửa sau khi gửi");
  }
  page.sends = !desk.writes_for_association();
  const Day due = house.store.read([&](db::Reader& reader) { return desk.due(reader, page.form.body); });
  const auto round = house.store.read([&](db::Reader& reader) { return round_that_asks(reader, house, page.form.body, page.form.period); });
  if (round) page.record_link = Url::local(round->address);      // sent, its report is locked until it is taken back there
  else if (page.sends && visit.today() <= due) page.until = tr("Gửi rồi vẫn sửa được đến hết {}.", due.text());
  if (head && !head->head_name.empty() && page.sends) {
    page.help_name = fmt::format("{}, {}", inside_sentence(head->head_name), page.association_name);
    if (!head->telephone.empty()) page.help_call = Url::telephone(head->telephone);
  }
}

http::Response show_branch(const Visit& visit, FigureForm form, std::vector<CorrectionLine> asked, Typed typed, std::vector<std::pair<std::string, std::string>> errors, http::Status status) {
  FormPage page = shared_page(visit, std::move(form));
  const EntryDesk desk(visit.house(), visit.viewer(), page.form.association, page.form.period);
  const std::string window = page.form.period.period.text();
  const bool own = visit.viewer().acting_for() == page.form.body;
  if (page.form.asked == 0) page.intro = tr("Xin trả lời các câu dưới đây, tính {}.", window);
  else page.intro = own ? tr("Chào {}, {}. Xin ghi {} số dưới đây, tính {}.", inside_sentence(visit.viewer().name()), visit.viewer().post_title(), page.form.asked, window)
                        : tr("Ghi thay {}: {} số dưới đây, tính {}.", page.name, page.form.asked, window);
  const Day due = visit.house().store.read([&](db::Reader& reader) { return desk.due(reader, page.form.body); });
  page.due_level = due < visit.today() ? "bad" : "attention";
  page.due = tr("Hạn gửi: {}, {}", due.text(), days_left_words(due, visit.today()));
  page.save_link = path("/phieu/{}/o", page.form.body).with("ky", page.form.period.name());
  page.post_link = path("/phieu/{}", page.form.body).with("ky", page.form.period.name());
  if (own) page.back_link = Url("/");
  say_sending(page, visit, desk);
  page.asked = std::move(asked);
  page.typed = std::move(typed);
  page.errors = std::move(errors);
  return http::Response::html(reporting_pages::short_form(visit.frame(page.form.title, MenuItem::entry, {"phone_form.js"}), page), status);
}

http::Response show_desk(const Visit& visit, FigureForm form, std::vector<CorrectionLine> asked, Typed typed, std::vector<std::pair<std::string, std::string>> errors, http::Status status) {
  FormPage page = shared_page(visit, std::move(form));
  const std::string named = page.form.period.name();
  const bool whole = page.form.kind == FigureForm::Kind::whole;
  const bool has_branches = !reporting_branches(*visit.organisation(), page.form.body, entry_day(page.form.period, visit.today())).empty();
  const bool of_commune = visit.organisation()->kind(page.form.body).level == BodyKind::Level::commune;
  page.intro = whole        ? tr("{}. Ghi tổng số của toàn {}, tính {}.", page.name, page.unit_word, page.form.period.period.text())
               : !of_commune ? tr("{}. Số của riêng Hội, không kể số các đơn vị trực thuộc đã ghi, tính {}.", page.name, page.form.period.period.text())
                            : tr("{}. Số của địa bàn và của riêng Hội, không kể số chi hội, ban đã ghi, tính {}.", page.name, page.form.period.period.text());
  page.save_link = path("/nhap-so-lieu/{}/o-rieng", page.form.body).with("phan", whole ? "chung" : "rieng").with("ky", named);
  page.post_link = path("/nhap-so-lieu/{}/rieng", page.form.body).with("phan", whole ? "chung" : "rieng").with("ky", named);
  page.back_words = whole ? tr("Số liệu riêng của Hội") : !of_commune ? tr("Tiến độ của các đơn vị trực thuộc") : has_branches ? tr("Bảng số liệu theo chi hội, ban") : tr("Số chung toàn {}", page.unit_word);
  if (whole) page.back_link = page.back_link.with("phan", "rieng");
  if (whole && has_branches) page.other_mode_label = entry_mode_label(EntryMode::from_branches, visit.language());
  page.mode_link = path("/nhap-so-lieu/{}/cach-tinh", page.form.body).with("ky", named);
  // a request that asks no figure of its branches has no table to go back to
  if (is_request(page.form.period) && (!of_commune || page.form.form->columns.all().empty())) {
    page.back_link = Url("/");
    page.back_words = tr("Việc cần làm");
  }
  if (!page.form.form->own.blocks.empty())
    if (const auto round = visit.house().store.read([&](db::Reader& reader) { return round_that_asks(reader, visit.house(), page.form.body, page.form.period); })) page.words_link = Url::local(round->address);
  page.asked = std::move(asked);
  page.typed = std::move(typed);
  page.errors = std::move(errors);
  return http::Response::html(reporting_pages::desk_form(visit.frame(page.form.title, MenuItem::entry, {"phone_form.js"}), page), status);
}

http::Response show_form(const Visit& visit, FigureForm form, const AskedCorrections& asked, Typed typed, std::vector<std::pair<std::string, std::string>> errors, http::Status status) {
  const bool branch = form.kind == FigureForm::Kind::branch;
  auto lines = asked_lines(visit, asked, form.association, form.period, branch ? std::optional(form.body) : std::nullopt);
  return branch ? show_branch(visit, std::move(form), std::move(lines), std::move(typed), std::move(errors), status)
                : show_desk(visit, std::move(form), std::move(lines), std::move(typed), std::move(errors), status);
}

http::Response show(const Visit& visit, BodyId body, FigureForm::Kind kind, const AskedCorrections& asked) {
  auto form = form_of(visit, body, kind);
  if (!form) return visit.refused(form.error(), http::Status::unprocessable);
  return show_form(visit, std::move(*form), asked, {}, {}, http::Status::ok);
}

http::Response post_form(const Visit& visit, BodyId body, FigureForm::Kind kind, const AskedCorrections& asked) {
  House& house = visit.house();
  auto form = form_of(visit, body, kind);
  if (!form) return visit.refused(form.error(), http::Status::unprocessable);
  EntryDesk desk(house, visit.viewer(), form->association, form->period);
  desk.written_in("form");
  FormSaved saved = save_posted_form(house, visit.request(), *form, desk);
  form = form_of(visit, body, kind);
  if (!form) return visit.refused(form.error(), http::Status::unprocessable);
  if (!saved.errors.empty()) return show_form(visit, std::move(*form), asked, std::move(saved.kept), std::move(saved.errors), http::Status::unprocessable);
  const Url here = kind == FigureForm::Kind::branch ? path("/phieu/{}", body).with("ky", form->period.name())
                                                    : path("/nhap-so-lieu/{}", body).with("phan", kind == FigureForm::Kind::own ? "rieng" : "chung").with("ky", form->period.name());
  if (kind == FigureForm::Kind::branch && !desk.writes_for_association()) {
    if (auto missing = hindrances(*form); !missing.empty()) return show_form(visit, std::move(*form), asked, {}, std::move(missing), http::Status::unprocessable);
    const auto sent = confirm_figures(house, visit.viewer(), *form, desk);
    return sent ? visit.done(here, tr("Đã gửi số liệu đến {} lúc {}.", name_of(visit, form->association), time_text(house.clock.now_ms()))) : visit.refused(sent.error(), http::Status::unprocessable);
  }
  const Url next = kind == FigureForm::Kind::branch ? path("/nhap-so-lieu/{}", form->association).with("ky", form->period.name()) : here;
  return visit.done(next, saved.written == 0 ? tr("Không có số nào thay đổi.") : tr("Đã ghi {} số của {}.", saved.written, name_of(visit, body)));
}

http::Response cells_of_branch(const Visit& visit) {
  const BodyId body = *entered_body(visit);
  const auto association = association_of(*visit.organisation(), body, entry_day(entered_period(visit), visit.today()));
  if (!association) return json_refusal(tr("Đơn vị này không có phiếu số liệu riêng."), http::Status::unprocessable);
  EntryDesk desk(visit.house(), visit.viewer(), *association, entered_period(visit));
  desk.written_in("form");
  return answer_cells(visit, desk, Amounts::as_stored, [&](json::object& answer, const SavedCells&) {
    if (const auto form = form_of(visit, body, FigureForm::Kind::branch)) add_form_words(*form, answer);
  });
}

http::Response cells_of_association(const Visit& visit) {
  const BodyId body = *entered_body(visit);
  EntryDesk desk(visit.house(), visit.viewer(), body, entered_period(visit));
  desk.written_in("form");
  const auto kind = visit.request().query.value("phan") == "chung" ? FigureForm::Kind::whole : FigureForm::Kind::own;
  return answer_cells(visit, desk, Amounts::as_stored, [&](json::object& answer, const SavedCells&) {
    if (const auto form = form_of(visit, body, kind)) add_form_words(*form, answer);
  });
}

}  // namespace

std::string FormPage::text_of(const FigureField& field) const {
  if (const auto found = typed.find(field_name(form.body, field.name)); found != typed.end()) return found->second;
  return field.value ? number_text(*field.value) : std::string();
}

std::string FormPage::answer_of(const FigureQuestion& question) const {
  const auto found = typed.find(fmt::format("lv.{}.{}", form.body.value, question.code));
  return found != typed.end() ? found->second : question.text;
}

std::string FormPage::answer_error_of(const FigureQuestion& question) const {
  for (const auto& [place, message] : errors)
    if (place == "lv-" + question.code) return message.starts_with(question.heading + ": ") ? message.substr(question.heading.size() + 2) : message;
  return {};
}

std::string FormPage::reason_of(const FigureField& field) const {
  const auto found = typed.find(fmt::format("ly.{}.{}", form.body.value, field.name));
  return found != typed.end() ? found->second : field.reason;
}

std::string FormPage::reason_error_of(const FigureField& field) const {
  for (const auto& [place, message] : errors)
    if (place == "ly-" + field.name) return message.starts_with(field.label + ": ") ? message.substr(field.label.size() + 2) : message;
  return {};
}

std::string FormPage::error_of(const FigureField& field) const {
  for (const auto& [place, message] : errors)
    if (place == "so-" + field.name) return message.starts_with(field.label + ": ") ? message.substr(field.label.size() + 2) : message;   // it stands beside its label
  return {};
}

std::string original_words(const FigureField& field) { return fmt::format("{}:{}", field.version, field.value ? std::to_string(*field.value) : std::string()); }

http::Response show_own_form(const Visit& visit, BodyId body, const AskedCorrections& asked) { return show(visit, body, FigureForm::Kind::own, asked); }
http::Response show_whole_form(const Visit& visit, BodyId body, const AskedCorrections& asked) { return show(visit, body, FigureForm::Kind::whole, asked); }

void add_entry_form_pages(Pages& pages, AskedCorrections asked) {
  pages.get("/phieu/{body:number}", Permission::enter_figures, RouteScope::body, [asked](const Visit& visit) { return show(visit, *entered_body(visit), FigureForm::Kind::branch, asked); });
  pages.post("/phieu/{body:number}", Permission::enter_figures, RouteScope::body, [asked](const Visit& visit) { return post_form(visit, *entered_body(visit), FigureForm::Kind::branch, asked); });
  pages.post("/phieu/{body:number}/o", Permission::enter_figures, RouteScope::body, cells_of_branch);
  pages.post("/nhap-so-lieu/{body:number}/o-rieng", Permission::enter_figures, RouteScope::body, cells_of_association);
  pages.post("/nhap-so-lieu/{body:number}/rieng", Permission::enter_figures, RouteScope::body, [asked](const Visit& visit) {
    return post_form(visit, *entered_body(visit), visit.request().query.value("phan") == "chung" ? FigureForm::Kind::whole : FigureForm::Kind::own, asked);
  });
}

}  // namespace khuyenhoc
