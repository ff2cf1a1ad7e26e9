#include <map>

#include "access/appointments.h"
#include "committees/corrections.h"
#include "committees/pages/correction.html.h"
#include "committees/pages/parts_of_committees.h"
#include "organisation/post_corrections.h"

namespace khuyenhoc {
namespace {

using namespace committees;

template <class E>
std::string code_of(E value) { return std::to_string(static_cast<std::int64_t>(value)); }

bool is_post(const Visit& visit) { return visit.request().method == http::Method::post; }

// What the form shows: as typed once it was sent, before that what is stored.
Typed typed_or(const Visit& visit, std::map<std::string, std::string> stored) {
  if (is_post(visit)) return [&request = visit.request()](const std::string& field) { return request.text(field); };
  return [stored = std::move(stored)](const std::string& field) { return stored.contains(field) ? stored.at(field) : std::string(); };
}

FormLine version_line(const Visit& visit, std::int64_t version) {
  const std::string sent = visit.request().text("version");
  return FormLine::hidden("version", is_post(visit) && !sent.empty() ? sent : std::to_string(version));
}

http::Response correction_answer(const Visit& visit, const std::string& title, const PlainForm& page, const Url& voiding, http::Status status) {
  return http::Response::html(committees_pages::correction(visit.frame(title, MenuItem::organisation), page, voiding), status);
}

// The refusal at its field; where somebody saved first, what is stored now beside what was typed, and the version that is there now.
http::Status say_what_happened(PlainForm& page, const Refusal& refusal, const std::string& otherwise, const std::string& stored, std::int64_t version) {
  const http::Status status = status_of(refusal);
  if (status != http::Status::conflict) {
    put(page.errors, refusal, otherwise);
    return status;
  }
  page.notice = tr("Có người vừa sửa trước; đang lưu: {}. Bấm nút lần nữa nếu vẫn muốn dùng điều ông/bà ghi.", stored);
  for (FormLine& field : page.fields)
    if (field.name == "version") field.value = std::to_string(version);
  return status;
}

PlainForm voiding_form(const Visit& visit, std::vector<FrameLink> way, const Url& action, std::int64_t version, const std::string& what) {
  PlainForm page{.trail = std::move(way), .lead = {what}, .action = action, .fields = {}, .button = tr("Bỏ khỏi danh sách"), .consequence = tr("Mục này vẫn còn trong phần đã qua và nhật ký, có ghi là đã bỏ.")};
  page.fields = {version_line(visit, version), FormLine::text("reason", tr("Lý do"), visit.request().text("reason"), tr("Ví dụ: ghi trùng, nhầm người, nhầm đơn vị."), FormLine::Wanted::yes)};
  return page;
}

// ---- terms ----

std::string term_label(const Visit& visit, const CommitteeTerm& term) { return committee_label(term.kind, visit.language()) + " " + term.name; }

std::string stored_term(const Visit& visit, const CommitteeTerm& term) {
  const std::string basis = decision_text(term.decision);
  return tr("{}, từ {} đến hết {}, {}", term_label(visit, term), term.from.text(), (term.ended ? *term.ended - 1 : term.planned_until).text(), began_label(term.began, visit.language())) + (basis.empty() ? "" : ", " + basis);
}

std::optional<CommitteeTerm> term_to_mend(const Visit& visit, const std::optional<BodyId>& body) {
  auto term = body ? term_in(visit, *body) : std::nullopt;
  if (!term || term->voided()) return std::nullopt;
  return term;
}

std::vector<FrameLink> trail_to_term(const Visit& visit, BodyId body, const CommitteeTerm& term) {
  auto way = trail_to_leaders(visit, body);
  way.push_back({term_label(visit, term), term_link(body, term.id)});
  return way;
}

http::Response correct_term_page(const Visit& visit) {
  const auto body = body_to_keep(visit);
  const auto term = term_to_mend(visit, body);
  if (!term) return visit.not_found();
  const auto typed = typed_or(visit, {{"name", term->name}, {"from", term->from.text()}, {"planned_until", term->planned_until.text()}, {"began", code_of(term->began)}, {"ended", term->ended ? term->ended->text() : ""},
                                      {"decision_number", term->decision.number}, {"decision_day", term->decision.day ? term->decision.day->text() : ""}, {"decision_issuer", term->decision.issuer}});
  PlainForm page{.trail = trail_to_term(visit, *body, *term), .action = html::path("/to-chuc/{}/nhan-su/{}/sua", *body, term->id), .fields = term_lines(visit, typed), .button = tr("Ghi sửa đổi"),
                 .consequence = tr("Ủy viên và chức vụ ghi từ ngày đầu nhiệm kỳ được sửa ngày theo.")};
  if (term->ended) page.fields.insert(page.fields.begin() + 3, FormLine::text("ended", tr("Đã kết thúc từ ngày"), typed("ended"), tr("Ngày đầu tiên không còn nhiệm kỳ này."), FormLine::Wanted::yes));
  page.fields.push_back(version_line(visit, term->row_version));
  const Url voiding = html::path("/to-chuc/{}/nhan-su/{}/bo", *body, term->id);
  const std::string title = tr("Sửa {}", term_label(visit, *term));
  if (!is_post(visit)) return correction_answer(visit, title, page, voiding, http::Status::ok);
  CommitteeTerm wanted = typed_term(visit, page.errors);
  wanted.id = term->id;
  if (term->ended) wanted.ended = typed_day(visit.request(), "ended", page.errors);
  if (!page.errors.empty()) return correction_answer(visit, title, page, voiding, http::Status::unprocessable);
  const auto done = correct_term(visit.house(), visit.viewer(), wanted, typed_number(visit.request(), "version"));
  if (done) return visit.done(term_link(*body, term->id), tr("Đã sửa {}.", term_label(visit, *done)));
  const auto status = say_what_happened(page, done.error(), "name", stored_term(visit, *term), term->row_version);
  return correction_answer(visit, title, page, voiding, status);
}

http::Response void_term_page(const Visit& visit) {
  const auto body = body_to_keep(visit);
  const auto term = term_to_mend(visit, body);
  if (!term) return visit.not_found();
  const auto [members, posts] = visit.house().store.read([&](db::Reader& reader) {
    std::size_t seats = 0, held = 0;
    for (const CommitteeMember& member : members_of(reader, term->id)) {
      if (member.voided()) continue;
      ++seats;
      if (member.holding != 0) ++held;
    }
    return std::pair(seats, held);
  });
  PlainForm page = voiding_form(visit, trail_to_term(visit, *body, *term), html::path("/to-chuc/{}/nhan-su/{}/bo", *body, term->id), term->row_version, stored_term(visit, *term) + ".");
  if (members > 0) page.notice = tr("{} ủy viên của nhiệm kỳ này và {} chức vụ ghi cùng cũng được bỏ, kể cả quyền đăng nhập theo chức vụ.", members, posts);
  const std::string title = tr("Bỏ {} khỏi danh sách", term_label(visit, *term));
  if (!is_post(visit)) return form_answer(visit, title, page, http::Status::ok);
  const auto done = void_term(visit.house(), visit.viewer(), term->id, typed_number(visit.request(), "version"), visit.request().text("reason"));
  if (done) return visit.done(leaders_of(*body), tr("Đã bỏ {} khỏi danh sách: {} ủy viên, {} chức vụ.", term_label(visit, *term), done->members, done->posts));
  const auto status = say_what_happened(page, done.error(), "reason", stored_term(visit, *term), term->row_version);
  return form_answer(visit, title, page, status);
}

// ---- seats ----

std::string days_text(Day from, std::optional<Day> until) { return until ? tr("từ {} đến hết {}", from.text(), (*until - 1).text()) : tr("từ {}", from.text()); }

std::string stored_member(const Visit& visit, const CommitteeMember& member) {
  std::string out = member.person_name;
  if (member.birth_year) out += ", " + std::to_string(*member.birth_year);
  if (!member.work.empty()) out += ", " + member.work;
  out += ", " + (member.post.empty() ? tr("Ủy viên") : post_label(member.post, visit.language()));
  return out + ", " + joined_label(member.joined, visit.language()) + ", " + days_text(member.from, member.until);
}

std::optional<CommitteeMember> member_to_mend(const Visit& visit, const std::optional<CommitteeTerm>& term) {
  if (!term) return std::nullopt;
  auto member = visit.house().store.read([&](db::Reader& reader) { return find_member(reader, visit.request().number("nguoi")); });
  if (!member || member->term != term->id || member->voided()) return std::nullopt;
  return member;
}

http::Response correct_member_page(const Visit& visit) {
  const auto body = body_to_keep(visit);
  const auto term = term_to_mend(visit, body);
  const auto member = member_to_mend(visit, term);
  if (!member) return visit.not_found();
  const auto typed = typed_or(visit, {{"person_name", member->person_name}, {"gender", code_of(member->gender)}, {"birth_year", member->birth_year ? std::to_string(*member->birth_year) : ""}, {"work", member->work},
                                      {"post", member->post}, {"joined", code_of(member->joined)}, {"from", member->from.text()}, {"until", member->until ? member->until->text() : ""}});
  PlainForm page{.trail = trail_to_term(visit, *body, *term), .action = html::path("/to-chuc/{}/nhan-su/{}/sua/{}", *body, term->id, member->id), .fields = member_lines(visit, *term, typed), .button = tr("Ghi sửa đổi")};
  if (is_chosen_among_executive(term->kind)) page.lead.push_back(tr("Họ tên, năm sinh, nơi công tác được sửa ở danh sách Ban Chấp hành."));
  if (member->holding != 0) page.consequence = tr("Chức vụ ghi cùng được sửa theo, kể cả quyền đăng nhập theo chức vụ.");
  if (member->until) page.fields.push_back(FormLine::text("until", tr("Thôi tham gia từ ngày"), typed("until"), tr("Ngày đầu tiên không còn tham gia."), FormLine::Wanted::yes));
  page.fields.push_back(version_line(visit, member->row_version));
  const Url voiding = html::path("/to-chuc/{}/nhan-su/{}/bo/{}", *body, term->id, member->id);
  const std::string title = tr("Sửa thông tin {}", member->person_name);
  if (!is_post(visit)) return correction_answer(visit, title, page, voiding, http::Status::ok);
  CommitteeMember wanted = typed_member(visit, page.errors);
  wanted.id = member->id;
  if (member->until) wanted.until = typed_day(visit.request(), "until", page.errors);
  if (!page.errors.empty()) return correction_answer(visit, title, page, voiding, http::Status::unprocessable);
  const auto done = correct_member(visit.house(), visit.viewer(), wanted, typed_number(visit.request(), "version"));
  if (done) return visit.done(term_link(*body, term->id), tr("Đã sửa thông tin {}.", done->person_name));
  const auto status = say_what_happened(page, done.error(), "from", stored_member(visit, *member), member->row_version);
  return correction_answer(visit, title, page, voiding, status);
}

http::Response void_member_page(const Visit& visit) {
  const auto body = body_to_keep(visit);
  const auto term = term_to_mend(visit, body);
  const auto member = member_to_mend(visit, term);
  if (!member) return visit.not_found();
  PlainForm page = voiding_form(visit, trail_to_term(visit, *body, *term), html::path("/to-chuc/{}/nhan-su/{}/bo/{}", *body, term->id, member->id), member->row_version, stored_member(visit, *member) + ".");
  if (member->holding != 0) page.notice = tr("Chức vụ {} ghi cùng cũng được bỏ, kể cả quyền đăng nhập theo chức vụ đó.", post_label(member->post, visit.language()));
  const std::string title = tr("Bỏ {} khỏi {}", member->person_name, term_label(visit, *term));
  if (!is_post(visit)) return form_answer(visit, title, page, http::Status::ok);
  const auto done = void_member(visit.house(), visit.viewer(), member->id, typed_number(visit.request(), "version"), visit.request().text("reason"));
  if (done) return visit.done(term_link(*body, term->id), tr("Đã bỏ {} khỏi danh sách.", member->person_name));
  const auto status = say_what_happened(page, done.error(), "reason", stored_member(visit, *member), member->row_version);
  return form_answer(visit, title, page, status);
}

// ---- posts that were entered by themselves ----

std::string stored_holding(const Visit& visit, const PostHolding& held) {
  return held.person_name + ", " + post_label(held.post, visit.language()) + ", " + days_text(held.from, held.until) + (held.term.empty() ? "" : ", " + held.term);
}

std::optional<PostHolding> holding_to_mend(const Visit& visit, const std::optional<BodyId>& body) {
  if (!body) return std::nullopt;
  return visit.house().store.read([&](db::Reader& reader) -> std::optional<PostHolding> {
    auto held = find_post_holding(reader, visit.request().number("giu"));
    if (!held || held->body != *body || is_void(*held)) return std::nullopt;
    return held;
  });
}

// A post that came with a seat has one place where it is mended: the seat.
std::optional<CommitteeMember> seat_with(const Visit& visit, const PostHolding& held) {
  return visit.house().store.read([&](db::Reader& reader) { return seat_of_post(reader, held); });
}

http::Response correct_holding_page(const Visit& visit) {
  const auto body = body_to_keep(visit);
  const auto held = holding_to_mend(visit, body);
  if (!held) return visit.not_found();
  if (const auto seat = seat_with(visit, *held); seat && !is_post(visit)) return http::Response::redirect(html::path("/to-chuc/{}/nhan-su/{}/sua/{}", *body, seat->term, seat->id));
  const auto typed = typed_or(visit, {{"post", held->post}, {"person_name", held->person_name}, {"from", held->from.text()}, {"until", held->until ? held->until->text() : ""}, {"term", held->term}});
  std::vector<FormChoice> posts;
  for (const PostKind& kind : Posts::house().kinds()) posts.push_back({kind.code, kind.label(visit.language())});
  PlainForm page{.trail = trail_to_leaders(visit, *body), .action = html::path("/to-chuc/{}/nhan-su/chuc-vu/{}/sua", *body, held->id), .fields = {}, .button = tr("Ghi sửa đổi")};
  page.fields = {FormLine::choice("post", tr("Chức vụ"), typed("post"), posts),
                 FormLine::text("person_name", tr("Họ và tên"), typed("person_name"), tr("Như in dưới chữ ký, không ghi học hàm, học vị."), FormLine::Wanted::yes),
                 FormLine::text("from", tr("Giữ chức vụ từ ngày"), typed("from"), {}, FormLine::Wanted::yes)};
  if (held->until) page.fields.push_back(FormLine::text("until", tr("Thôi giữ từ ngày"), typed("until"), tr("Ngày đầu tiên không còn giữ."), FormLine::Wanted::yes));
  page.fields.push_back(FormLine::text("term", tr("Nhiệm kỳ"), typed("term"), tr("Ví dụ: nhiệm kỳ 2025 - 2030. Để trống nếu không theo nhiệm kỳ.")));
  page.fields.push_back(version_line(visit, held->row_version));
  if (visit.house().store.read([&](db::Reader& reader) { return gives_access(reader, held->id); })) page.consequence = tr("Quyền đăng nhập theo chức vụ đổi theo ngay.");
  const Url voiding = html::path("/to-chuc/{}/nhan-su/chuc-vu/{}/bo", *body, held->id);
  const std::string title = tr("Sửa chức vụ {}", post_label(held->post, visit.language()));
  if (!is_post(visit)) return correction_answer(visit, title, page, voiding, http::Status::ok);
  PostHolding wanted = *held;
  wanted.post = visit.request().text("post");
  wanted.person_name = visit.request().text("person_name");
  wanted.term = visit.request().text("term");
  if (const auto from = typed_day(visit.request(), "from", page.errors)) wanted.from = *from;
  if (held->until) wanted.until = typed_day(visit.request(), "until", page.errors);
  if (!page.errors.empty()) return correction_answer(visit, title, page, voiding, http::Status::unprocessable);
  const auto done = correct_holding(visit.house(), visit.viewer(), wanted, typed_number(visit.request(), "version"));
  if (done) return visit.done(leaders_of(*body), tr("Đã sửa chức vụ {} của {}.", post_label(done->post, visit.language()), done->person_name));
  const auto status = say_what_happened(page, done.error(), "post", stored_holding(visit, *held), held->row_version);
  return correction_answer(visit, title, page, voiding, status);
}

http::Response void_holding_page(const Visit& visit) {
  const auto body = body_to_keep(visit);
  const auto held = holding_to_mend(visit, body);
  if (!held) return visit.not_found();
  if (const auto seat = seat_with(visit, *held); seat && !is_post(visit)) return http::Response::redirect(html::path("/to-chuc/{}/nhan-su/{}/bo/{}", *body, seat->term, seat->id));
  PlainForm page = voiding_form(visit, trail_to_leaders(visit, *body), html::path("/to-chuc/{}/nhan-su/chuc-vu/{}/bo", *body, held->id), held->row_version, stored_holding(visit, *held) + ".");
  if (visit.house().store.read([&](db::Reader& reader) { return gives_access(reader, held->id); })) page.notice = tr("Quyền đăng nhập theo chức vụ này cũng hết ngay khi bỏ.");
  const std::string title = tr("Bỏ chức vụ {} khỏi danh sách", post_label(held->post, visit.language()));
  if (!is_post(visit)) return form_answer(visit, title, page, http::Status::ok);
  const auto done = void_holding(visit.house(), visit.viewer(), held->id, typed_number(visit.request(), "version"), visit.request().text("reason"));
  if (done) return visit.done(leaders_of(*body), tr("Đã bỏ chức vụ {} của {} khỏi danh sách.", post_label(held->post, visit.language()), held->person_name));
  const auto status = say_what_happened(page, done.error(), "reason", stored_holding(visit, *held), held->row_version);
  return form_answer(visit, title, page, status);
}

}  // namespace

void add_correction_pages(Pages& pages) {
  const auto both = [&](const char* address, http::Response (*answer)(const Visit&)) {
    pages.get(address, Permission::keep_bodies, RouteScope::body, answer);
    pages.post(address, Permission::keep_bodies, RouteScope::body, answer);
  };
  both("/to-chuc/{body:number}/nhan-su/{ky:number}/sua", correct_term_page);
  both("/to-chuc/{body:number}/nhan-su/{ky:number}/bo", void_term_page);
  both("/to-chuc/{body:number}/nhan-su/{ky:number}/sua/{nguoi:number}", correct_member_page);
  both("/to-chuc/{body:number}/nhan-su/{ky:number}/bo/{nguoi:number}", void_member_page);
  both("/to-chuc/{body:number}/nhan-su/chuc-vu/{giu:number}/sua", correct_holding_page);
  both("/to-chuc/{body:number}/nhan-su/chuc-vu/{giu:number}/bo", void_holding_page);
}

}  // namespace khuyenhoc
