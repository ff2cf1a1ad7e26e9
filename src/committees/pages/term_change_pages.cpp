#include "base/text.h"
#include "committees/pages/parts_of_committees.h"

namespace khuyenhoc {
namespace {

using namespace committees;

constexpr CommitteeKind kinds[] = {CommitteeKind::executive, CommitteeKind::standing, CommitteeKind::permanent, CommitteeKind::inspection};

template <class E>
std::string code_of(E value) { return std::to_string(static_cast<std::int64_t>(value)); }

// ---- a new term ----

PlainForm term_form(const Visit& visit, BodyId body) {
  const http::Request& request = visit.request();
  PlainForm page{.trail = trail_to_leaders(visit, body), .action = html::path("/to-chuc/{}/nhan-su/nhiem-ky", body), .fields = {}, .button = tr("Ghi nhiệm kỳ")};
  std::vector<FormChoice> committees;
  for (const CommitteeKind kind : kinds) committees.push_back({code_of(kind), committee_label(kind, visit.language())});
  page.fields = {FormLine::choice("kind", tr("Ban"), request.text("kind"), committees),
                 FormLine::text("name", tr("Tên nhiệm kỳ"), request.text("name"), tr("Ví dụ: nhiệm kỳ 2025 - 2030."), FormLine::Wanted::yes),
                 FormLine::text("from", tr("Bắt đầu từ ngày"), request.text("from"), tr("Ngày đại hội, hoặc ngày quyết định chỉ định có hiệu lực."), FormLine::Wanted::yes),
                 FormLine::text("planned_until", tr("Đến hết ngày"), request.text("planned_until"), tr("Ngày cuối của nhiệm kỳ; không quá 5 năm."), FormLine::Wanted::yes),
                 FormLine::choice("began", tr("Hình thành"), request.text("began"),
                                   {{code_of(TermBegan::by_congress), began_label(TermBegan::by_congress, visit.language())}, {code_of(TermBegan::by_appointment), began_label(TermBegan::by_appointment, visit.language())}}),
                 FormLine::heading(tr("Quyết định công nhận hoặc chỉ định (nếu có)")),
                 FormLine::text("decision_number", tr("Số quyết định"), request.text("decision_number"), tr("Ví dụ: 12/QĐ-HKH.")),
                 FormLine::text("decision_day", tr("Ngày quyết định"), request.text("decision_day")),
                 FormLine::text("decision_issuer", tr("Cơ quan ban hành"), request.text("decision_issuer"), tr("Ví dụ: Hội Khuyến học tỉnh Đắk Lắk."))};
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
  const auto from = typed_day(request, "from", page.errors);
  const auto until = typed_day(request, "planned_until", page.errors);
  const auto decision = decision_from(request.text("decision_number"), request.text("decision_day"), request.text("decision_issuer"), DecisionIs::optional);
  if (!decision) put(page.errors, decision.error(), "decision_number");
  if (!page.errors.empty()) return form_answer(visit, term_title(visit, *body), page, http::Status::unprocessable);
  CommitteeTerm given;
  given.body = *body;
  given.kind = static_cast<CommitteeKind>(typed_number(request, "kind"));
  given.name = request.text("name");
  given.from = *from;
  given.planned_until = *until;
  given.began = typed_number(request, "began") == static_cast<std::int64_t>(TermBegan::by_appointment) ? TermBegan::by_appointment : TermBegan::by_congress;
  given.decision = *decision;
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

// ---- a member ----

std::vector<FormChoice> seats(const Visit& visit, const CommitteeTerm& term) {
  std::vector<FormChoice> out{{"", tr("Ủy viên")}};
  for (const PostKind& kind : Posts::house().kinds()) {
    const bool of_inspection = kind.code == "truong_ban_kiem_tra";
    static constexpr std::string_view of_associations[] = {"chu_tich", "pho_chu_tich_thuong_truc", "pho_chu_tich", "uy_vien_btv", "chanh_van_phong", "thu_ky", "ke_toan", "thu_quy"};
    if (term.kind == CommitteeKind::inspection ? of_inspection : of_inspection || std::ranges::find(of_associations, kind.code) != std::end(of_associations))
      out.push_back({kind.code, kind.label(visit.language())});
  }
  return out;
}

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
  } else {
    page.fields.push_back(FormLine::text("person_name", tr("Họ và tên"), request.text("person_name"), {}, FormLine::Wanted::yes));
    page.fields.push_back(FormLine::choice("gender", tr("Nam hay nữ"), request.text("gender"), {{code_of(Gender::man), tr("Nam")}, {code_of(Gender::woman), tr("Nữ")}}));
    page.fields.push_back(FormLine::text("birth_year", tr("Năm sinh"), request.text("birth_year"), tr("Chỉ ghi năm, ví dụ 1965. Để trống nếu chưa rõ.")));
    page.fields.push_back(FormLine::text("work", tr("Chức vụ, nơi công tác"), request.text("work"), tr("Như in trong danh sách, ví dụ Phó Chủ tịch HĐND xã.")));
  }
  page.fields.push_back(FormLine::choice("post", tr("Chức vụ trong Ban"), request.text("post"), seats(visit, term), tr("Người giữ chức vụ được in tên dưới chữ ký. Cấp tài khoản ở mục Tài khoản.")));
  page.fields.push_back(FormLine::choice("joined", tr("Tham gia bằng cách"), request.text("joined"),
                                          {{code_of(Joined::elected), joined_label(Joined::elected, visit.language())}, {code_of(Joined::appointed), joined_label(Joined::appointed, visit.language())},
                                           {code_of(Joined::elected_later), joined_label(Joined::elected_later, visit.language())}}));
  page.fields.push_back(FormLine::text("from", tr("Từ ngày"), request.method == http::Method::post ? request.text("from") : term.from.text(), {}, FormLine::Wanted::yes));
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
  CommitteeMember given;
  given.term = term->id;
  given.among = typed_number(request, "among");
  given.person_name = request.text("person_name");
  given.work = request.text("work");
  given.post = request.text("post");
  const auto gender = typed_number(request, "gender"), joined = typed_number(request, "joined");
  given.gender = gender == 1 ? Gender::man : gender == 2 ? Gender::woman : Gender::unsaid;
  given.joined = joined == 2 ? Joined::appointed : joined == 3 ? Joined::elected_later : Joined::elected;
  if (!request.text("birth_year").empty()) {
    const auto year = typed_number(request, "birth_year");
    if (year <= 0 || year > 9'999) page.errors.emplace_back("birth_year", tr("Năm sinh gồm 4 chữ số, ví dụ 1965."));
    else given.birth_year = static_cast<int>(year);
  }
  if (const auto from = typed_day(request, "from", page.errors)) given.from = *from;
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
