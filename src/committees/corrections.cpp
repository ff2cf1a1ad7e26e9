#include "committees/corrections.h"

#include "access/appointments.h"
#include "base/i18n.h"
#include "base/text.h"
#include "committees/telling.h"
#include "committees/terms_queries.h"
#include "organisation/post_corrections.h"

namespace khuyenhoc {
namespace {

using namespace committees;
namespace json = boost::json;

constexpr Language vi = Language::vietnamese;

Refusal term_stale() { return Refusal{"committee.stale", tr("Nhiệm kỳ này vừa được người khác sửa. Xin xem lại rồi ghi tiếp."), {}}; }
Refusal seat_stale() { return Refusal{"committee.stale", tr("Thông tin ủy viên này vừa được người khác sửa. Xin xem lại rồi ghi tiếp."), {}}; }

// What was and what is, one after the other, for the sentence in the trail.
class Changes {
 public:
  void say(const std::string& what, const std::string& before, const std::string& after) {
    if (before != after) add(tr(vi, "{}: {} thành {}", what, before, after));
  }
  void say_personal(const std::string& what, bool differs) {
    if (differs) add(what);
  }
  bool empty() const { return text_.empty(); }
  const std::string& text() const { return text_; }

 private:
  void add(const std::string& one) { text_ += (text_.empty() ? "" : "; ") + one; }
  std::string text_;
};

std::string day_text(std::optional<Day> day) { return day ? day->text() : tr(vi, "chưa ghi"); }
std::string basis_text(const Decision& decision) { return decision.empty() ? tr(vi, "chưa ghi") : decision_text(decision); }

bool came_with(const PostHolding& holding, const CommitteeMember& member, const CommitteeTerm& term) { return holding.from == member.from && holding.term == term.name; }

Result<std::string> checked_reason(std::string reason) {
  reason = normalised(reason);
  if (reason.empty()) return refuse("committee.reason", tr("Xin ghi lý do, ví dụ ghi trùng, nhầm người."), "reason");
  if (count_characters(reason) > longest_work) return refuse("committee.reason", tr("Lý do dài quá 200 chữ; xin rút gọn."), "reason");
  return reason;
}

// One correction under way: who makes it, and where it is written.
struct Desk {
  House& house;
  db::Writer& writer;
  const Viewer& viewer;

  std::string body_name(const CommitteeTerm& term) const { return name_on(house, term.body, term.from); }
  AuditSink sink(std::string summary) const {
    return sink_of(house.trail, viewer, [summary = std::move(summary)](const ChangeNote&) { return summary; });
  }

  void keep_seat(const CommitteeTerm& term, const CommitteeMember& before, CommitteeMember after, std::string_view action, const std::string& summary, const std::string& reason = {}) const {
    after.row_version = before.row_version + 1;
    committees_sql::update(writer, after);
    tell(house, writer, viewer, term.body, "committee_member", after, action, json::serialize(state_of(before)), summary, reason,
         Personal{"committee_member", after.id, json::serialize(json::object{{"before", person_of(before)}, {"after", person_of(after)}})});
  }

  Result<void> keep_post(const CommitteeTerm& term, const PostHolding& before, PostHolding after) const {
    if (after.post == before.post && after.person_name == before.person_name && after.from == before.from && after.until == before.until && after.term == before.term) return {};
    Changes changes;
    changes.say(tr(vi, "chức vụ"), post_name(before.post), post_name(after.post));
    changes.say(tr(vi, "từ ngày"), before.from.text(), after.from.text());
    changes.say(tr(vi, "thôi từ ngày"), day_text(before.until), day_text(after.until));
    changes.say(tr(vi, "nhiệm kỳ"), before.term, after.term);
    changes.say_personal(tr(vi, "họ và tên"), before.person_name != after.person_name);
    const std::string summary = tr(vi, "Sửa chức vụ {} ở {}: {}", post_name(before.post), body_name(term), changes.text());
    auto done = correct_appointment(writer, Giver::viewer(viewer), sink(summary), std::move(after), before.row_version);
    if (!done) return std::unexpected(done.error());
    return {};
  }

  Result<void> void_post_of(const CommitteeTerm& term, const PostHolding& held, const std::string& reason) const {
    return void_post(writer, sink(tr(vi, "Bỏ khỏi danh sách chức vụ {} ở {} vì ghi nhầm", post_name(held.post), body_name(term))), held.id, held.row_version, reason);
  }

  // The post goes with the last seat it came with; one that was entered by itself stays.
  Result<bool> void_seat(const CommitteeTerm& term, const CommitteeMember& member, const std::string& reason) const {
    CommitteeMember after = member;
    after.until = member.from;
    after.reason = tr(vi, "ghi nhầm, {}", reason);
    keep_seat(term, member, after, "void", tr(vi, "Bỏ một ủy viên khỏi danh sách {} của {} vì ghi nhầm", label_of(term), body_name(term)), reason);
    const auto held = member.holding == 0 ? std::nullopt : find_post_holding(writer, member.holding);
    if (!held || is_void(*held) || !came_with(*held, member, term) || !seats_with(writer, held->id).empty()) return false;
    if (auto gone = void_post_of(term, *held, reason); !gone) return std::unexpected(gone.error());
    return true;
  }

  // Other seats of the same person that hold the same post.
  void share_post(std::int64_t holding, std::int64_t but, const std::string& post, std::int64_t held) const {
    for (const CommitteeMember& other : seats_with(writer, holding)) {
      const auto term = find_term(writer, other.term);
      if (other.id == but || !term || (other.post == post && held == holding)) continue;
      CommitteeMember after = other;
      after.post = post;
      after.holding = held;
      keep_seat(*term, other, after, "correct", tr(vi, "Sửa một ủy viên {} của {}: {}", label_of(*term), body_name(*term), tr(vi, "{}: {} thành {}", tr(vi, "chức vụ"), post_name(other.post), post_name(post))));
    }
  }

  Result<void> mend_post(const CommitteeTerm& term, const CommitteeMember& before, CommitteeMember& wanted) const {
    wanted.holding = before.holding;
    const auto held = before.holding == 0 ? std::nullopt : find_post_holding(writer, before.holding);
    const bool same_post = wanted.post == before.post;
    if (!held || is_void(*held)) {
      wanted.holding = 0;
      return same_post && before.holding != 0 ? Result<void>() : give_post(house, writer, viewer, term, wanted);
    }
    if (!came_with(*held, before, term)) {
      if (!same_post) {
        wanted.holding = 0;
        return give_post(house, writer, viewer, term, wanted);
      }
      PostHolding after = *held;
      after.person_name = wanted.person_name;
      return keep_post(term, *held, std::move(after));
    }
    if (wanted.post.empty()) {
      wanted.holding = 0;
      share_post(held->id, before.id, {}, 0);
      return void_post_of(term, *held, tr(vi, "sửa chức vụ của ủy viên"));
    }
    PostHolding after = *held;
    after.post = wanted.post;
    after.person_name = wanted.person_name;
    after.from = wanted.from;
    if (after.until == before.until) after.until = wanted.until;
    share_post(held->id, before.id, wanted.post, held->id);
    return keep_post(term, *held, std::move(after));
  }
};

// Committees chosen from this one, running or ended with it.
std::vector<CommitteeTerm> chosen_within(db::Reader& reader, const CommitteeTerm& term) {
  if (term.kind != CommitteeKind::executive) return {};
  auto out = terms_of(reader, term.body);
  std::erase_if(out, [&](const CommitteeTerm& other) {
    return !is_chosen_among_executive(other.kind) || other.voided() || other.from < term.from || (term.ended && other.from >= *term.ended);
  });
  return out;
}

// Seats chosen from this one must lie within its days.
Result<void> chosen_fit(db::Reader& reader, const CommitteeMember& wanted) {
  for (const CommitteeMember& seat : chosen_from(reader, wanted.id)) {
    const bool early = seat.from < wanted.from, late = wanted.until && (!seat.until || *seat.until > *wanted.until);
    if (!early && !late) continue;
    const auto term = find_term(reader, seat.term);
    return refuse("committee.days", tr("{} tham gia {} từ {}. Xin sửa ngày ở ban đó trước.", seat.person_name, term ? label_of(*term) : std::string(), seat.from.text()), early ? "from" : "until");
  }
  return {};
}

}  // namespace

Result<CommitteeTerm> correct_term(House& house, const Viewer& viewer, CommitteeTerm given, std::int64_t expected_version) {
  const auto done = house.store.write([&](db::Writer& writer) -> Result<CommitteeTerm> {
    const Desk desk{house, writer, viewer};
    const auto before = find_term(writer, given.id);
    if (!before || before->voided()) return refuse("committee.unknown", tr("Không tìm thấy nhiệm kỳ này."));
    if (before->row_version != expected_version) return std::unexpected(term_stale());
    CommitteeTerm wanted = given;
    wanted.body = before->body;
    wanted.kind = before->kind;
    if (!before->ended) wanted.ended = std::nullopt;
    if (auto fits = check_term(writer, house, wanted); !fits) return std::unexpected(fits.error());
    for (const CommitteeTerm& chosen : chosen_within(writer, *before))
      if (chosen.from < wanted.from || (wanted.ended && chosen.from >= *wanted.ended))
        return refuse("committee.days", tr("{} bắt đầu từ {}. Xin sửa ngày của ban đó trước.", label_of(chosen), chosen.from.text()), "from");

    Changes changes;
    changes.say(tr(vi, "tên nhiệm kỳ"), before->name, wanted.name);
    changes.say(tr(vi, "từ ngày"), before->from.text(), wanted.from.text());
    changes.say(tr(vi, "đến hết ngày"), before->planned_until.text(), wanted.planned_until.text());
    changes.say(tr(vi, "kết thúc từ ngày"), day_text(before->ended), day_text(wanted.ended));
    changes.say(tr(vi, "hình thành"), began_label(before->began, vi), began_label(wanted.began, vi));
    changes.say(tr(vi, "quyết định"), basis_text(before->decision), basis_text(wanted.decision));
    if (changes.empty()) return *before;
    wanted.row_version = before->row_version + 1;
    committees_sql::update(writer, wanted);
    tell(house, writer, viewer, wanted.body, "committee", wanted, "correct", json::serialize(state_of(*before)), tr(vi, "Sửa {} của {}: {}", label_of(*before), desk.body_name(wanted), changes.text()));

    for (const CommitteeMember& member : members_of(writer, wanted.id)) {
      if (member.voided()) continue;
      CommitteeMember moved = member;
      if (member.from == before->from) moved.from = wanted.from;
      if (before->ended && member.until == before->ended) moved.until = wanted.ended;
      if (moved.from < wanted.from || (moved.until && *moved.until <= moved.from) || (wanted.ended && (!moved.until || *moved.until > *wanted.ended)))
        return refuse("committee.days", tr("{} tham gia từ {}. Xin sửa ngày của ủy viên này trước.", member.person_name, member.from.text()), "from");
      if (auto fits = chosen_fit(writer, moved); !fits) return std::unexpected(fits.error());
      if (const auto seat = member.among == 0 ? std::nullopt : find_member(writer, member.among); seat && !seat->on(moved.from))
        return refuse("committee.days", tr("{} là ủy viên Ban Chấp hành từ {}. Xin sửa ngày ở Ban Chấp hành trước.", member.person_name, seat->from.text()), "from");
      if (const auto held = member.holding == 0 ? std::nullopt : find_post_holding(writer, member.holding); held && !is_void(*held)) {
        PostHolding after = *held;
        if (came_with(*held, member, *before)) {
          after.from = moved.from;
          if (held->until == member.until) after.until = moved.until;
        }
        if (held->term == before->name) after.term = wanted.name;
        if (auto kept = desk.keep_post(wanted, *held, std::move(after)); !kept) return std::unexpected(kept.error());
      }
      if (moved.from != member.from || moved.until != member.until)
        desk.keep_seat(wanted, member, moved, "correct", tr(vi, "Sửa ngày tham gia của một ủy viên {} của {} theo ngày của nhiệm kỳ", label_of(wanted), desk.body_name(wanted)));
    }
    return wanted;
  });
  if (done) house.sessions.forget_cached();
  return done;
}

Result<EndedTerm> void_term(House& house, const Viewer& viewer, std::int64_t id, std::int64_t expected_version, std::string given_reason) {
  const auto reason = checked_reason(std::move(given_reason));
  if (!reason) return std::unexpected(reason.error());
  const auto done = house.store.write([&](db::Writer& writer) -> Result<EndedTerm> {
    const Desk desk{house, writer, viewer};
    const auto before = find_term(writer, id);
    if (!before || before->voided()) return refuse("committee.unknown", tr("Không tìm thấy nhiệm kỳ này."));
    if (before->row_version != expected_version) return std::unexpected(term_stale());
    if (const auto chosen = chosen_within(writer, *before); !chosen.empty())
      return refuse("committee.chosen", tr("{} được bầu trong Ban Chấp hành này. Xin bỏ ban đó khỏi danh sách trước.", label_of(chosen.front())), "reason");
    EndedTerm out;
    for (const CommitteeMember& member : members_of(writer, id)) {
      if (member.voided()) continue;
      const auto with_post = desk.void_seat(*before, member, *reason);
      if (!with_post) return std::unexpected(with_post.error());
      ++out.members;
      if (*with_post) ++out.posts;
    }
    CommitteeTerm after = *before;
    after.ended = before->from;
    ++after.row_version;
    committees_sql::update(writer, after);
    tell(house, writer, viewer, after.body, "committee", after, "void", json::serialize(state_of(*before)), tr(vi, "Bỏ khỏi danh sách {} của {} vì ghi nhầm", label_of(*before), desk.body_name(*before)), *reason);
    return out;
  });
  if (done) house.sessions.forget_cached();
  return done;
}

Result<CommitteeMember> correct_member(House& house, const Viewer& viewer, CommitteeMember given, std::int64_t expected_version) {
  const auto done = house.store.write([&](db::Writer& writer) -> Result<CommitteeMember> {
    const Desk desk{house, writer, viewer};
    const auto before = find_member(writer, given.id);
    const auto term = before ? find_term(writer, before->term) : std::nullopt;
    if (!term || before->voided() || term->voided()) return refuse("committee.member_unknown", tr("Không tìm thấy ủy viên này."));
    if (before->row_version != expected_version) return std::unexpected(seat_stale());
    CommitteeMember wanted = given;
    wanted.term = before->term;
    wanted.among = before->among;
    if (!before->until) wanted.until = std::nullopt;
    wanted.reason = before->reason;
    if (auto fits = check_seat(writer, *term, wanted); !fits) return std::unexpected(fits.error());
    if (auto fits = chosen_fit(writer, wanted); !fits) return std::unexpected(fits.error());
    if (term->ended && (!wanted.until || *wanted.until > *term->ended)) return refuse("committee.days", tr("{} đã kết thúc từ {}.", label_of(*term), term->ended->text()), "until");

    Changes changes;
    changes.say_personal(tr(vi, "họ và tên"), before->person_name != wanted.person_name);
    changes.say_personal(tr(vi, "nam hay nữ"), before->gender != wanted.gender);
    changes.say_personal(tr(vi, "năm sinh"), before->birth_year != wanted.birth_year);
    changes.say_personal(tr(vi, "chức vụ, nơi công tác"), before->work != wanted.work);
    changes.say(tr(vi, "chức vụ"), post_name(before->post), post_name(wanted.post));
    changes.say(tr(vi, "tham gia"), joined_label(before->joined, vi), joined_label(wanted.joined, vi));
    changes.say(tr(vi, "từ ngày"), before->from.text(), wanted.from.text());
    changes.say(tr(vi, "thôi từ ngày"), day_text(before->until), day_text(wanted.until));
    if (changes.empty()) return *before;
    if (auto mended = desk.mend_post(*term, *before, wanted); !mended) return std::unexpected(mended.error());
    wanted.row_version = before->row_version;
    desk.keep_seat(*term, *before, wanted, "correct", tr(vi, "Sửa một ủy viên {} của {}: {}", label_of(*term), desk.body_name(*term), changes.text()));
    ++wanted.row_version;
    for (const CommitteeMember& seat : chosen_from(writer, wanted.id)) {
      CommitteeMember after = seat;
      after.person_name = wanted.person_name;
      after.birth_year = wanted.birth_year;
      after.gender = wanted.gender;
      after.work = wanted.work;
      const auto other = find_term(writer, seat.term);
      if (other && json::serialize(person_of(after)) != json::serialize(person_of(seat)))
        desk.keep_seat(*other, seat, after, "correct", tr(vi, "Sửa tên, nơi công tác của một ủy viên {} của {} theo Ban Chấp hành", label_of(*other), desk.body_name(*other)));
    }
    return wanted;
  });
  if (done) house.sessions.forget_cached();
  return done;
}

Result<void> void_member(House& house, const Viewer& viewer, std::int64_t id, std::int64_t expected_version, std::string given_reason) {
  const auto reason = checked_reason(std::move(given_reason));
  if (!reason) return std::unexpected(reason.error());
  const auto done = house.store.write([&](db::Writer& writer) -> Result<void> {
    const Desk desk{house, writer, viewer};
    const auto member = find_member(writer, id);
    const auto term = member ? find_term(writer, member->term) : std::nullopt;
    if (!term || member->voided()) return refuse("committee.member_unknown", tr("Không tìm thấy ủy viên này."));
    if (member->row_version != expected_version) return std::unexpected(seat_stale());
    for (const CommitteeMember& seat : chosen_from(writer, id))
      if (const auto other = find_term(writer, seat.term))
        if (auto gone = desk.void_seat(*other, seat, *reason); !gone) return std::unexpected(gone.error());
    if (auto gone = desk.void_seat(*term, *member, *reason); !gone) return std::unexpected(gone.error());
    return {};
  });
  if (done) house.sessions.forget_cached();
  return done;
}

std::optional<CommitteeMember> seat_of_post(db::Reader& reader, const PostHolding& holding) {
  for (CommitteeMember& seat : seats_with(reader, holding.id))
    if (const auto term = find_term(reader, seat.term); term && came_with(holding, seat, *term)) return std::move(seat);
  return std::nullopt;
}

namespace {

Result<PostHolding> post_by_itself(db::Reader& reader, std::int64_t id) {
  const auto held = find_post_holding(reader, id);
  if (!held || is_void(*held)) return refuse("post.unknown", tr("Không tìm thấy người giữ chức vụ này."));
  if (seat_of_post(reader, *held)) return refuse("committee.with_seat", tr("Chức vụ này được ghi cùng ủy viên của một Ban. Xin sửa ở danh sách ủy viên của Ban đó."));
  return *held;
}

// Enough of a term to say where a post by itself is held.
CommitteeTerm place_of(const PostHolding& held) {
  CommitteeTerm out;
  out.body = held.body;
  out.from = held.from;
  return out;
}

}  // namespace

Result<PostHolding> correct_holding(House& house, const Viewer& viewer, PostHolding given, std::int64_t expected_version) {
  const auto done = house.store.write([&](db::Writer& writer) -> Result<PostHolding> {
    const Desk desk{house, writer, viewer};
    const auto before = post_by_itself(writer, given.id);
    if (!before) return std::unexpected(before.error());
    if (before->row_version != expected_version) return refuse("post.stale", tr("Thông tin chức vụ này vừa được người khác sửa. Xin xem lại rồi ghi tiếp."));
    PostHolding wanted = given;
    wanted.person_name = normalised(wanted.person_name);
    wanted.term = normalised(wanted.term);
    if (!before->until) wanted.until = std::nullopt;
    if (auto kept = desk.keep_post(place_of(*before), *before, wanted); !kept) return std::unexpected(kept.error());
    desk.share_post(before->id, 0, wanted.post, before->id);
    return *find_post_holding(writer, before->id);
  });
  if (done) house.sessions.forget_cached();
  return done;
}

Result<void> void_holding(House& house, const Viewer& viewer, std::int64_t id, std::int64_t expected_version, std::string given_reason) {
  const auto reason = checked_reason(std::move(given_reason));
  if (!reason) return std::unexpected(reason.error());
  const auto done = house.store.write([&](db::Writer& writer) -> Result<void> {
    const Desk desk{house, writer, viewer};
    const auto held = post_by_itself(writer, id);
    if (!held) return std::unexpected(held.error());
    if (held->row_version != expected_version) return refuse("post.stale", tr("Thông tin chức vụ này vừa được người khác sửa. Xin xem lại rồi ghi tiếp."));
    desk.share_post(id, 0, {}, 0);
    return desk.void_post_of(place_of(*held), *held, *reason);
  });
  if (done) house.sessions.forget_cached();
  return done;
}

}  // namespace khuyenhoc
