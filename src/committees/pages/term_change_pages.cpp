#include <algorithm>
#include <iterator>

#include "committees/pages/parts_of_committees.h"

namespace khuyenhoc {
namespace {

using namespace committees;

// ---- a new term ----

PlainForm term_form(const Visit& visit, BodyId body) {
  const http::Request& request = visit.request();
  PlainForm page{.trail = trail_to_leaders(visit, body), .action = html::path("/to-chuc/{}/nhan-su/nhiem-ky", body), .fields = {}, .button = tr("Ghi nhiệm kỳ")};
  page.fields.push_back(FormLine::choice("kind", tr("Ban"), request.text("kind"), kind_choices(visit.language())));
  std::ranges::move(term_lines(visit, [&](const std::string& field) { return request.text(field); }), std::back_inserter(page.fields));
  return page;
}

std::string term_title(const Visit& visit, BodyId body) { return tr("Nhiệm kỳ mới của {}", name_of(visit, body)); }

http::Response ask_term(const Visit& visit) {
  const auto body = body_to_keep(visit);
  if (!body) return visit.not_found();
  return form_answer(visit, term_title(visit, *body), term_form(visit, *body), http::Status::ok);
}

http::Response take_term(const Visit& visit) {
  const auto body = body_to_keep(visit);
  if (!body) return visit.not_found();
  const http::Request& request = visit.request();
  PlainForm page = term_form(visit, *body);
  CommitteeTerm given = typed_term(visit, page.errors);
  if (!page.errors.empty()) return form_answer(visit, term_title(visit, *body), page, http::Status::unprocessable);
  given.body = *body;
  given.kind = static_cast<CommitteeKind>(typed_number(request, "kind"));
  const auto opened = open_term(visit.house(), visit.viewer(), given);
  if (opened) return visit.done(term_link(*body, opened->id), tr("Đã ghi {} {}. Xin ghi tiếp các ủy viên.", committee_label(opened->kind, visit.language()), opened->name));
  put(page.errors, opened.error(), "name");
  return form_answer(visit, term_title(visit, *body), page, http::Status::unprocessable);
}

// ---- its end ----

PlainForm end_form(const Visit& visit, BodyId body, const CommitteeTerm& term) {
  const auto day = Day::parse(visit.request().text("until"));
  const EndedTerm ends = visit.house().store.read([&](db::Reader& reader) { return what_ends_with(reader, term, day ? *day : visit.today()); });
  PlainForm page{.trail = trail_to_leaders(visit, body), .action = html::path("/to-chuc/{}/nhan-su/{}/ket-thuc", body, term.id), .fields = {}, .button = tr("Kết thúc nhiệm kỳ")};
  page.notice = tr("{} ủy viên thôi tham gia và {} chức vụ đi kèm thôi giữ từ ngày này. Danh sách của nhiệm kỳ vẫn xem và in được.", ends.members, ends.posts);
  if (term.kind == CommitteeKind::executive) page.lead.push_back(tr("Ban Thường vụ và Thường trực bầu trong Ban Chấp hành này cũng kết thúc cùng ngày."));
  page.fields = {FormLine::hidden("version", visit.request().text("version").empty() ? std::to_string(term.row_version) : visit.request().text("version")),
                 FormLine::text("until", tr("Ngày đầu tiên không còn nhiệm kỳ này"), visit.request().text("until"), tr("Thường là ngày bắt đầu nhiệm kỳ mới."), FormLine::Wanted::yes)};
  return page;
}

std::string end_title(const Visit& visit, const CommitteeTerm& term) { return tr("Kết thúc {} {}", committee_label(term.kind, visit.language()), term.name); }

http::Response ask_end(const Visit& visit) {
  const auto body = body_to_keep(visit);
  const auto term = body ? term_in(visit, *body) : std::nullopt;
  if (!term || term->ended) return visit.not_found();
  return form_answer(visit, end_title(visit, *term), end_form(visit, *body, *term), http::Status::ok);
}

http::Response take_end(const Visit& visit) {
  const auto body = body_to_keep(visit);
  const auto term = body ? term_in(visit, *body) : std::nullopt;
  if (!term || term->ended) return visit.not_found();
  PlainForm page = end_form(visit, *body, *term);
  const auto until = typed_day(visit.request(), "until", page.errors);
  if (!until) return form_answer(visit, end_title(visit, *term), page, http::Status::unprocessable);
  const auto ended = end_term(visit.house(), visit.viewer(), term->id, *until, typed_number(visit.request(), "version"));
  if (ended) return visit.done(leaders_of(*body), tr("Đã kết thúc {} {} từ {}: {} ủy viên, {} chức vụ.", committee_label(term->kind, visit.language()), term->name, until->text(), ended->members, ended->posts));
  put(page.errors, ended.error(), "until");
  if (status_of(ended.error()) == http::Status::conflict) page.fields.front().value = std::to_string(term->row_version);
  return form_answer(visit, end_title(visit, *term), page, status_of(ended.error()));
}

// ---- who joins ----

PlainForm member_form(const Visit& visit, BodyId body, const CommitteeTerm& term) {
  const http::Request& request = visit.request();
  auto way = trail_to_leaders(visit, body);
  way.push_back({committee_label(term.kind, visit.language()) + " " + term.name, term_link(body, term.id)});
  PlainForm page{.trail = std::move(way), .action = html::path("/to-chuc/{}/nhan-su/{}/them", body, term.id), .fields = {}, .button = tr("Ghi ủy viên"),
                .consequence = tr("Ghi xong hiện lại mẫu này để ghi người tiếp theo.")};
  if (is_chosen_among_executive(term.kind)) {
    std::vector<FormChoice> members{{"", tr("Xin chọn")}};
    visit.house().store.read([&](db::Reader& reader) {
      if (const auto executive = term_on(reader, body, CommitteeKind::executive, std::max(term.from, std::min(visit.today(), term.planned_until))))
        for (const CommitteeMember& member : members_of(reader, executive->id))
          if (!member.until) members.push_back({std::to_string(member.id), member.person_name});
    });
    page.fields.push_back(FormLine::choice("among", tr("Ủy viên Ban Chấp hành"), request.text("among"), members, tr("Chỉ người trong Ban Chấp hành đương nhiệm mới được bầu vào đây.")));
  }
  const Typed typed = [&](const std::string& field) { return field == "from" && request.method != http::Method::post ? term.from.text() : request.text(field); };
  std::ranges::move(member_lines(visit, term, typed), std::back_inserter(page.fields));
  return page;
}

std::string member_title(const Visit& visit, const CommitteeTerm& term) { return tr("Ghi ủy viên {}", committee_label(term.kind, visit.language())); }

http::Response ask_member(const Visit& visit) {
  const auto body = body_to_keep(visit);
  const auto term = body ? term_in(visit, *body) : std::nullopt;
  if (!term || term->ended) return visit.not_found();
  return form_answer(visit, member_title(visit, *term), member_form(visit, *body, *term), http::Status::ok);
}

http::Response take_member(const Visit& visit) {
  const auto body = body_to_keep(visit);
  const auto term = body ? term_in(visit, *body) : std::nullopt;
  if (!term || term->ended) return visit.not_found();
  const http::Request& request = visit.request();
  PlainForm page = member_form(visit, *body, *term);
  CommitteeMember given = typed_member(visit, page.errors);
  given.term = term->id;
  given.among = typed_number(request, "among");
  if (!page.errors.empty()) return form_answer(visit, member_title(visit, *term), page, http::Status::unprocessable);
  const auto added = add_member(visit.house(), visit.viewer(), given);
  if (added) return visit.done(html::path("/to-chuc/{}/nhan-su/{}/them", *body, term->id), tr("Đã ghi {} vào {} {}.", added->person_name, committee_label(term->kind, visit.language()), term->name));
  put(page.errors, added.error(), "person_name");
  return form_answer(visit, member_title(visit, *term), page, http::Status::unprocessable);
}

// ---- who leaves ----

std::optional<CommitteeMember> member_in(const Visit& visit, const CommitteeTerm& term) {
  auto member = visit.house().store.read([&](db::Reader& reader) { return find_member(reader, visit.request().number("nguoi")); });
  if (!member || member->term != term.id || member->until) return std::nullopt;
  return member;
}

PlainForm leave_form(const Visit& visit, BodyId body, const CommitteeTerm& term, const CommitteeMember& member) {
  auto way = trail_to_leaders(visit, body);
  way.push_back({committee_label(term.kind, visit.language()) + " " + term.name, term_link(body, term.id)});
  PlainForm page{.trail = std::move(way), .action = html::path("/to-chuc/{}/nhan-su/{}/thoi/{}", body, term.id, member.id), .fields = {}, .button = tr("Ghi thôi tham gia")};
  if (member.holding != 0) page.notice = tr("Chức vụ {} đi kèm cũng thôi giữ từ ngày này, cùng quyền đăng nhập theo chức vụ đó.", post_label(member.post, visit.language()));
  const http::Request& request = visit.request();
  page.fields = {FormLine::hidden("version", request.text("version").empty() ? std::to_string(member.row_version) : request.text("version")),
                 FormLine::text("until", tr("Ngày đầu tiên không còn tham gia"), request.text("until"), {}, FormLine::Wanted::yes),
                 FormLine::text("reason", tr("Lý do"), request.text("reason"), tr("Ví dụ: nghỉ hưu, chuyển công tác, xin thôi, miễn nhiệm, qua đời."), FormLine::Wanted::yes)};
  return page;
}

http::Response leave(const Visit& visit) {
  const auto body = body_to_keep(visit);
  const auto term = body ? term_in(visit, *body) : std::nullopt;
  const auto member = term ? member_in(visit, *term) : std::nullopt;
  if (!member) return visit.not_found();
  PlainForm page = leave_form(visit, *body, *term, *member);
  const std::string title = tr("{} thôi tham gia {}", member->person_name, committee_label(term->kind, visit.language()));
  if (visit.request().method == http::Method::get) return form_answer(visit, title, page, http::Status::ok);
  const auto until = typed_day(visit.request(), "until", page.errors);
  if (visit.request().text("reason").empty()) page.errors.emplace_back("reason", tr("Xin ghi lý do, ví dụ nghỉ hưu, chuyển công tác."));
  if (!page.errors.empty()) return form_answer(visit, title, page, http::Status::unprocessable);
  const auto ended = end_membership(visit.house(), visit.viewer(), member->id, *until, typed_number(visit.request(), "version"), visit.request().text("reason"));
  if (ended) return visit.done(term_link(*body, term->id), tr("Đã ghi {} thôi tham gia từ {}.", member->person_name, until->text()));
  put(page.errors, ended.error(), "until");
  if (status_of(ended.error()) == http::Status::conflict) page.fields.front().value = std::to_string(member->row_version);
  return form_answer(visit, title, page, status_of(ended.error()));
}

}  // namespace

void add_term_change_pages(Pages& pages) {
  pages.get("/to-chuc/{body:number}/nhan-su/nhiem-ky", Permission::keep_bodies, RouteScope::body, ask_term);
  pages.post("/to-chuc/{body:number}/nhan-su/nhiem-ky", Permission::keep_bodies, RouteScope::body, take_term);
  pages.get("/to-chuc/{body:number}/nhan-su/{ky:number}/ket-thuc", Permission::keep_bodies, RouteScope::body, ask_end);
  pages.post("/to-chuc/{body:number}/nhan-su/{ky:number}/ket-thuc", Permission::keep_bodies, RouteScope::body, take_end);
  pages.get("/to-chuc/{body:number}/nhan-su/{ky:number}/them", Permission::keep_bodies, RouteScope::body, ask_member);
  pages.post("/to-chuc/{body:number}/nhan-su/{ky:number}/them", Permission::keep_bodies, RouteScope::body, take_member);
  pages.get("/to-chuc/{body:number}/nhan-su/{ky:number}/thoi/{nguoi:number}", Permission::keep_bodies, RouteScope::body, leave);
  pages.post("/to-chuc/{body:number}/nhan-su/{ky:number}/thoi/{nguoi:number}", Permission::keep_bodies, RouteScope::body, leave);
}

}  // namespace khuyenhoc
