#include <algorithm>

#include "base/i18n.h"
#include "base/text.h"
#include "committees/telling.h"
#include "committees/terms_queries.h"

namespace khuyenhoc {
namespace committees {

namespace json = boost::json;

constexpr int youngest = 16, oldest = 110;

std::string name_on(const House& house, BodyId body, Day day) { return house.organisation.current()->body(body).on(day).name; }
std::string label_of(const CommitteeTerm& term) { return committee_label(term.kind, Language::vietnamese) + " " + term.name; }
std::string post_name(const std::string& code) {
  const PostKind* kind = Posts::house().find(code);
  return kind != nullptr ? kind->label_vi : "Ủy viên";
}

json::object state_of(const CommitteeTerm& term) {
  return {{"kind", static_cast<std::int64_t>(term.kind)}, {"name", term.name}, {"from", term.from.iso()}, {"planned_until", term.planned_until.iso()},
          {"ended", term.ended ? json::value(term.ended->iso()) : json::value(nullptr)}, {"began", static_cast<std::int64_t>(term.began)}, {"decision", decision_text(term.decision)}};
}
json::object state_of(const CommitteeMember& member) {
  return {{"term", member.term}, {"post", member.post}, {"joined", static_cast<std::int64_t>(member.joined)}, {"from", member.from.iso()},
          {"until", member.until ? json::value(member.until->iso()) : json::value(nullptr)}};
}
json::object person_of(const CommitteeMember& member) {
  json::object who{{"person_name", member.person_name}, {"work", member.work}, {"gender", static_cast<std::int64_t>(member.gender)}};
  if (member.birth_year) who["birth_year"] = *member.birth_year;
  return who;
}

std::vector<CommitteeTerm> chosen_among(db::Reader& reader, const CommitteeTerm& term, Day gone) {
  std::vector<CommitteeTerm> out;
  if (term.kind != CommitteeKind::executive) return out;
  for (CommitteeTerm& other : terms_of(reader, term.body))
    if (is_chosen_among_executive(other.kind) && !other.voided() && (!other.ended || *other.ended > gone) && other.from >= term.from && other.from < gone) out.push_back(std::move(other));
  return out;
}

Result<void> check_term(db::Reader& reader, const House& house, CommitteeTerm& term) {
  term.name = normalised(term.name);
  if (term.kind < CommitteeKind::executive || term.kind > CommitteeKind::inspection) return refuse("committee.kind", tr("Xin chọn ban trong danh sách."), "kind");
  if (term.name.empty() || count_characters(term.name) > longest_name) return refuse("committee.name", tr("Xin ghi tên nhiệm kỳ, ví dụ nhiệm kỳ 2025 - 2030."), "name");
  if (term.planned_until <= term.from) return refuse("committee.days", tr("Ngày hết nhiệm kỳ phải sau ngày bắt đầu."), "planned_until");
  if (term.voided()) return refuse("committee.days", tr("Ngày kết thúc phải sau ngày bắt đầu nhiệm kỳ."), "ended");
  if (!house.organisation.current()->body(term.body).alive(term.from)) return refuse("committee.days", tr("Ngày {}, tổ chức này chưa thành lập hoặc đã kết thúc.", term.from.text()), "from");
  for (const CommitteeTerm& other : terms_of(reader, term.body)) {
    const bool apart = (other.ended && *other.ended <= term.from) || (term.ended && *term.ended <= other.from);
    if (other.id == term.id || other.kind != term.kind || other.voided() || apart) continue;
    if (term.ended) return refuse("committee.running", tr("Trùng ngày với {} {}. Xin xem lại ngày bắt đầu và ngày kết thúc.", committee_label(other.kind, current_language()), other.name), "from");
    return refuse("committee.running", tr("{} {} chưa kết thúc vào ngày này. Xin ghi ngày kết thúc nhiệm kỳ đó trước.", committee_label(other.kind, current_language()), other.name), "from");
  }
  if (is_chosen_among_executive(term.kind) && !term_on(reader, term.body, CommitteeKind::executive, term.from))
    return refuse("committee.executive", tr("Ban Thường vụ và Thường trực được bầu trong Ban Chấp hành. Xin ghi Ban Chấp hành trước."), term.id == 0 ? "kind" : "from");
  return {};
}

Result<void> check_seat(db::Reader& reader, const CommitteeTerm& term, CommitteeMember& member) {
  member.person_name = normalised(member.person_name);
  member.work = normalised(member.work);
  if (member.from < term.from || (term.ended && member.from >= *term.ended)) return refuse("committee.days", tr("Ngày {} nằm ngoài {}.", member.from.text(), term.name), "from");
  if (member.until && *member.until <= member.from) return refuse("committee.days", tr("Ngày thôi tham gia phải sau ngày bắt đầu."), "until");
  if (is_chosen_among_executive(term.kind)) {
    const auto seat = find_member(reader, member.among);
    const auto executive = seat ? find_term(reader, seat->term) : std::nullopt;
    if (!seat || !executive || executive->body != term.body || executive->kind != CommitteeKind::executive || !seat->on(member.from))
      return refuse("committee.among", tr("Xin chọn một ủy viên Ban Chấp hành đương nhiệm ngày {}.", member.from.text()), member.id == 0 ? "among" : "from");
    member.person_name = seat->person_name;
    member.birth_year = seat->birth_year;
    member.gender = seat->gender;
    member.work = seat->work;
  } else {
    member.among = 0;
  }
  if (member.person_name.empty()) return refuse("committee.member_name", tr("Xin ghi họ và tên."), "person_name");
  if (count_characters(member.person_name) > longest_name) return refuse("committee.member_name", tr("Họ và tên dài quá 100 chữ; xin xem lại."), "person_name");
  if (count_characters(member.work) > longest_work) return refuse("committee.work", tr("Chức vụ, nơi công tác dài quá 200 chữ; xin rút gọn."), "work");
  if (member.birth_year && (*member.birth_year > member.from.year() - youngest || *member.birth_year < member.from.year() - oldest))
    return refuse("committee.birth_year", tr("Năm sinh {} không phù hợp; xin xem lại.", *member.birth_year), "birth_year");
  for (const CommitteeMember& other : members_of(reader, term.id)) {
    const bool apart = (member.until && *member.until <= other.from) || !still_in(other, member.from);
    if (other.id != member.id && !apart && tone_neutral(other.person_name) == tone_neutral(member.person_name) &&
        (!other.birth_year || !member.birth_year || other.birth_year == member.birth_year))
      return refuse("committee.twice", tr("{} đã có trong {}.", other.person_name, label_of(term)), is_chosen_among_executive(term.kind) ? (member.id == 0 ? "among" : "from") : "person_name");
  }
  return {};
}

Result<void> give_post(House& house, db::Writer& writer, const Viewer& viewer, const CommitteeTerm& term, CommitteeMember& member) {
  if (member.post.empty()) return {};
  // the chairman of the executive committee who sits in the standing one holds the one post
  for (const PostHolding& held : post_holders(writer, term.body, member.from))
    if (held.post == member.post && tone_neutral(held.person_name) == tone_neutral(member.person_name)) member.holding = held.id;
  if (member.holding != 0) return {};
  PostHolding holding;
  holding.body = term.body;
  holding.post = member.post;
  holding.person_name = member.person_name;
  holding.from = member.from;
  holding.until = member.until;
  holding.term = term.name;
  const std::string summary = tr(Language::vietnamese, "Ghi người giữ chức vụ {} ở {}, từ {}", post_name(member.post), name_on(house, term.body, member.from), member.from.text());
  const auto made = appoint(house.store, writer, sink_of(house.trail, viewer, [&](const ChangeNote&) { return summary; }), holding);
  if (!made) return std::unexpected(made.error());
  member.holding = made->id;
  return {};
}

}  // namespace committees

namespace {

using namespace committees;

// The post that came with a seat ends with it.
std::size_t end_holding(House& house, db::Writer& writer, const Viewer& viewer, std::int64_t holding, Day gone, const std::string& summary, const std::string& reason) {
  const auto held = holding == 0 ? std::nullopt : find_post_holding(writer, holding);
  if (!held || (held->until && *held->until <= gone) || gone <= held->from) return 0;
  const auto left = leave_post(writer, sink_of(house.trail, viewer, [&](const ChangeNote&) { return summary; }), holding, gone, held->row_version, reason);
  return left ? 1 : 0;
}

// A seat ends; one that would begin only later never began.
std::size_t end_seat(House& house, db::Writer& writer, const Viewer& viewer, const CommitteeTerm& term, CommitteeMember member, Day gone, const std::string& reason) {
  const std::string before = json::serialize(state_of(member));
  member.until = std::max(gone, member.from);
  member.reason = reason;
  ++member.row_version;
  committees_sql::update(writer, member);
  const std::string body = name_on(house, term.body, term.from);
  tell(house, writer, viewer, term.body, "committee_member", member, "leave", before, tr(Language::vietnamese, "Một ủy viên thôi tham gia {} của {}, từ {}", label_of(term), body, gone.text()), reason);
  return end_holding(house, writer, viewer, member.holding, gone, tr(Language::vietnamese, "Thôi giữ chức vụ ở {}, từ {}", body, gone.text()), reason);
}

}  // namespace

Result<CommitteeTerm> open_term(House& house, const Viewer& viewer, CommitteeTerm given) {
  return house.store.write([&](db::Writer& writer) -> Result<CommitteeTerm> {
    CommitteeTerm term = given;
    if (auto fits = check_term(writer, house, term); !fits) return std::unexpected(fits.error());
    term.id = house.store.new_id();
    term.row_version = 1;
    committees_sql::insert(writer, term);
    tell(house, writer, viewer, term.body, "committee", term, "open", {}, tr(Language::vietnamese, "Ghi {} của {}, từ {}", label_of(term), name_on(house, term.body, term.from), term.from.text()));
    return term;
  });
}

EndedTerm what_ends_with(db::Reader& reader, const CommitteeTerm& term, Day gone) {
  EndedTerm out;
  auto all = chosen_among(reader, term, gone);
  all.push_back(term);
  for (const CommitteeTerm& one : all)
    for (const CommitteeMember& member : members_of(reader, one.id)) {
      if (!still_in(member, gone)) continue;
      if (one.id == term.id) ++out.members;
      const auto held = member.holding == 0 ? std::nullopt : find_post_holding(reader, member.holding);
      if (held && (!held->until || *held->until > gone)) ++out.posts;
    }
  return out;
}

Result<EndedTerm> end_term(House& house, const Viewer& viewer, std::int64_t id, Day gone, std::int64_t expected_version) {
  const auto done = house.store.write([&](db::Writer& writer) -> Result<EndedTerm> {
    auto term = find_term(writer, id);
    if (!term) return refuse("committee.unknown", tr("Không tìm thấy nhiệm kỳ này."));
    if (term->row_version != expected_version) return refuse("committee.stale", tr("Nhiệm kỳ này vừa được người khác sửa. Xin xem lại rồi ghi tiếp."));
    if (gone <= term->from) return refuse("committee.days", tr("Ngày kết thúc phải sau ngày bắt đầu nhiệm kỳ."), "until");
    EndedTerm out;
    auto all = chosen_among(writer, *term, gone);
    all.push_back(*term);
    const std::string reason = tr(Language::vietnamese, "Hết {}", term->name);
    for (CommitteeTerm& one : all) {
      for (const CommitteeMember& member : members_of(writer, one.id)) {
        if (!still_in(member, gone)) continue;
        if (one.id == id) ++out.members;
        out.posts += end_seat(house, writer, viewer, one, member, gone, reason);
      }
      const std::string before = json::serialize(state_of(one));
      one.ended = gone;
      ++one.row_version;
      committees_sql::update(writer, one);
      tell(house, writer, viewer, one.body, "committee", one, "end", before,
           tr(Language::vietnamese, "Kết thúc {} của {}, từ {}", label_of(one), name_on(house, one.body, one.from), gone.text()));
    }
    return out;
  });
  if (done) house.sessions.forget_cached();
  return done;
}

Result<CommitteeMember> add_member(House& house, const Viewer& viewer, CommitteeMember given) {
  const auto done = house.store.write([&](db::Writer& writer) -> Result<CommitteeMember> {
    CommitteeMember member = given;
    const auto term = find_term(writer, member.term);
    if (!term) return refuse("committee.unknown", tr("Không tìm thấy nhiệm kỳ này."));
    if (auto fits = check_seat(writer, *term, member); !fits) return std::unexpected(fits.error());
    if (auto given_post = give_post(house, writer, viewer, *term, member); !given_post) return std::unexpected(given_post.error());
    member.id = house.store.new_id();
    member.row_version = 1;
    committees_sql::insert(writer, member);
    tell(house, writer, viewer, term->body, "committee_member", member, "join", {},
         tr(Language::vietnamese, "Ghi thêm một ủy viên {} của {}, từ {}", label_of(*term), name_on(house, term->body, member.from), member.from.text()), {},
         Personal{"committee_member", member.id, boost::json::serialize(boost::json::object{{"after", person_of(member)}})});
    return member;
  });
  if (done) house.sessions.forget_cached();
  return done;
}

Result<void> end_membership(House& house, const Viewer& viewer, std::int64_t id, Day gone, std::int64_t expected_version, std::string reason) {
  reason = normalised(reason);
  const auto done = house.store.write([&](db::Writer& writer) -> Result<void> {
    const auto member = find_member(writer, id);
    const auto term = member ? find_term(writer, member->term) : std::nullopt;
    if (!term) return refuse("committee.member_unknown", tr("Không tìm thấy ủy viên này."));
    if (member->row_version != expected_version) return refuse("committee.stale", tr("Thông tin ủy viên này vừa được người khác sửa. Xin xem lại rồi ghi tiếp."));
    if (reason.empty()) return refuse("committee.reason", tr("Xin ghi lý do, ví dụ nghỉ hưu, chuyển công tác."), "reason");
    if (count_characters(reason) > longest_work) return refuse("committee.reason", tr("Lý do dài quá 200 chữ; xin rút gọn."), "reason");
    if (gone <= member->from) return refuse("committee.days", tr("Ngày thôi tham gia phải sau ngày bắt đầu."), "until");
    for (const CommitteeTerm& chosen : chosen_among(writer, *term, gone))
      for (const CommitteeMember& seat : members_of(writer, chosen.id))
        if (seat.among == id && still_in(seat, gone)) end_seat(house, writer, viewer, chosen, seat, gone, reason);
    end_seat(house, writer, viewer, *term, *member, gone, reason);
    return {};
  });
  if (done) house.sessions.forget_cached();
  return done;
}

}  // namespace khuyenhoc
