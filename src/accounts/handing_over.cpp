#include <algorithm>

#include "accounts/handing_out_parts.h"
#include "base/i18n.h"
#include "base/text.h"
#include "organisation/namesakes.h"

namespace khuyenhoc::accounts {
namespace {

std::string name_of(House& house, db::Reader& reader, UserId user) {
  const auto row = house.users.row(reader, user);
  return row ? full_name(*row) : std::string();
}

}  // namespace

std::optional<HandOverPlan> plan_hand_over(House& house, const Viewer& viewer, const HandOverForm& form) {
  HandOverPlan plan;
  const auto found = house.store.read([&](db::Reader& reader) { return find_post_holding(reader, form.holding); });
  if (!found || !viewer.may(Permission::manage_users, found->body)) return std::nullopt;
  plan.before = *found;
  const PostKind* kind = Posts::house().find(found->post);
  if (kind == nullptr) return std::nullopt;
  plan.post = kind->label(current_language());
  plan.body_name = name_among_siblings(*viewer.organisation(), found->body, viewer.today());
  plan.permissions = usual_permissions(*kind);
  plan.term = normalised(form.term);
  if (found->row_version != form.version) plan.errors.emplace_back("day", tr("Thông tin chức vụ này vừa được người khác sửa. Xin xem lại rồi ghi tiếp."));
  const auto day = typed_day(form.day, "day", plan.errors);
  if (day) {
    plan.day = *day;
    if (*day <= found->from) plan.errors.emplace_back("day", tr("Ngày bàn giao phải sau ngày {} nhận chức vụ ({}).", found->person_name, found->from.text()));
    if (found->until && *day > *found->until) plan.errors.emplace_back("day", tr("{} đã thôi giữ chức vụ này từ {}. Xin ghi ngày đó hoặc một ngày trước đó.", found->person_name, found->until->text()));
  }
  const Somebody who = check_person(house, form.successor, form.same_person, plan.errors);
  plan.known_person = who.asks_whether;
  plan.successor = who.known;
  if (who.known && found->user && who.known->id == found->user) plan.errors.emplace_back("telephone", tr("Đây là số điện thoại của chính người đang giữ chức vụ. Xin ghi số của người kế nhiệm."));
  if (auto allowed = Giver::viewer(viewer).may_give(found->body, plan.permissions, kind->reach == PostKind::Reach::subtree ? Grant::Reach::subtree : Grant::Reach::alone); !allowed)
    plan.errors.emplace_back("telephone", allowed.error().message);
  house.store.read([&](db::Reader& reader) {
    plan.had_access = gives_access(reader, found->id);
    if (!found->user || !day) return;
    for (const PostHolding& other : posts_from(reader, found->user, *day))
      if (other.id != found->id) plan.kept.push_back(post_in_words(*viewer.organisation(), other, viewer.today()));
    for (const Deputising& one : deputising_of(reader, found->user, *day))
      if (one.for_user == found->user && one.body == found->body) plan.deputies.push_back(tr("{} làm thay đến hết {}", name_of(house, reader, one.deputy), one.until.text()));
  });
  return plan;
}

Outcome hand_over(House& house, const Viewer& viewer, const HandOverForm& form) {
  const auto plan = plan_hand_over(house, viewer, form);
  if (!plan) return refused_in({"post.unknown", tr("Không tìm thấy người giữ chức vụ này."), {}}, "day");
  Outcome out;
  out.errors = plan->errors;
  out.known_person = plan->known_person;
  if (!out.errors.empty()) return out;
  Somebody who;
  who.known = plan->successor;
  who.name = who.known ? who.known->name : normalised(form.successor.name);
  const auto code = who.known ? Result<Code>(Code{}) : made_code(house);
  if (!code) return refused_in(code.error(), "telephone");

  const PostKind& kind = *Posts::house().find(plan->before.post);
  const std::string sentence = tr(Language::vietnamese, "Bàn giao chức vụ {}, {}, cho người kế nhiệm từ {}", kind.label_vi, viewer.organisation()->body(plan->before.body).on(viewer.today()).name, plan->day.text());
  const auto done = house.store.write([&](db::Writer& writer) -> Result<Placed> {
    const AuditSink sink = told_as(house, viewer, sentence);
    if (!plan->before.until || *plan->before.until > plan->day)
      if (auto left = leave_post(writer, sink, plan->before.id, plan->day, form.version, sentence); !left) return std::unexpected(left.error());
    if (plan->before.user)
      for (const Deputising& one : deputising_of(writer, plan->before.user, plan->day))
        if (one.for_user == plan->before.user && one.body == plan->before.body)
          if (auto ended = khuyenhoc::end_deputising(writer, one, plan->day); !ended) return std::unexpected(ended.error());
    PostHolding next{.body = plan->before.body, .post = plan->before.post, .person_name = who.name, .user = {}, .from = plan->day, .until = {}, .term = plan->term};
    return place(house, writer, viewer, form.successor, who, *code, std::move(next), sentence);
  });
  house.sessions.forget_cached();
  if (!done) return refused_in(done.error(), "telephone");
  out.user = done->user;
  out.slip = done->slip;
  out.said = tr("Đã bàn giao chức vụ {} của {} cho {} từ {}.", plan->post, plan->body_name, who.name, plan->day.text());
  return out;
}

std::vector<Why> reasons_to_leave() {
  return {{"nghi", tr("Nghỉ công tác Hội")}, {"chuyen", tr("Chuyển công tác")}, {"nham", tr("Tài khoản cấp nhầm")}, {"khac", tr("Lý do khác")}};
}

Outcome leave(House& house, const Viewer& viewer, const LeaveForm& form) {
  Outcome out;
  const auto reasons = reasons_to_leave();
  const auto why = std::ranges::find(reasons, form.why, &Why::code);
  if (why == reasons.end()) out.errors.emplace_back("why", tr("Xin chọn lý do."));
  const auto day = typed_day(form.day, "day", out.errors);
  const std::string note = normalised(form.note);
  if (count_characters(note) > 300) out.errors.emplace_back("note", tr("Ghi chú dài quá 300 chữ. Xin ghi ngắn hơn."));
  if (form.user == viewer.user()) out.errors.emplace_back("day", tr("Ông/bà không tự đóng tài khoản của mình được. Xin nhờ Hội cấp trên hoặc người quản lý tài khoản khác."));
  if (!out.errors.empty()) return out;
  const std::string reason = note.empty() ? why->label : why->label + ". " + note;
  const auto done = house.store.write([&](db::Writer& writer) -> Result<Leaving> {
    if (auto allowed = may_act_upon(writer, viewer, form.user); !allowed) return std::unexpected(allowed.error());
    const auto row = house.users.row(writer, form.user);
    const BodyId body = row && !row->units.empty() ? row->units.front().body : viewer.acting_for();
    const std::string sentence = tr(Language::vietnamese, "Đóng tài khoản và kết thúc các chức vụ từ {}: {}", day->text(), why->label);
    auto left = leave_office(house.users, writer, told_as(house, viewer, sentence), form.user, *day, reason);
    if (left) house.trail.write(writer, viewer, body, "user", form.user.value, "leave", {}, summary_json(sentence), note);     // why is said in the sentence
    return left;
  });
  house.sessions.forget_cached();
  if (!done) return refused_in(done.error(), "day");
  out.user = form.user;
  out.said = *day <= viewer.today() ? tr("Đã đóng tài khoản từ {}.", day->text()) : tr("Tài khoản sẽ đóng từ {}.", day->text());
  return out;
}

Outcome take_back(House& house, const Viewer& viewer, UserId user) {
  Outcome out;
  const auto done = house.store.write([&](db::Writer& writer) -> Result<BackInOffice> {
    const std::string sentence = tr(Language::vietnamese, "Mở lại tài khoản đã đóng");
    auto back = take_leaving_back(house.users, writer, told_as(house, viewer, sentence), user, sentence);
    if (!back) return back;
    // judged by what the account can do again: nobody opens more than they hold
    if (auto allowed = may_act_upon(writer, viewer, user); !allowed) return std::unexpected(allowed.error());
    house.trail.write(writer, viewer, back->given_back.empty() ? viewer.acting_for() : back->given_back.front().body, "user", user.value, "come_back", {}, summary_json(sentence));
    return back;
  });
  house.sessions.forget_cached();
  if (!done) return refused_in(done.error(), "day");
  out.user = user;
  out.said = tr("Đã mở lại tài khoản, giao lại {} chức vụ.", done->given_back.size());
  if (!done->taken_meanwhile.empty()) {
    std::string posts;
    for (const PostHolding& holding : done->taken_meanwhile) posts += (posts.empty() ? "" : "; ") + post_in_words(*viewer.organisation(), holding, viewer.today());
    out.said += " " + tr("Chức vụ đã có người khác giữ hoặc đơn vị đã kết thúc nên không giao lại: {}.", posts);
  }
  return out;
}

std::vector<PostHolding> waiting_for_a_successor(db::Reader& reader, const Viewer& viewer, UserId user) {
  std::vector<PostHolding> out;
  for (PostHolding& left : posts_left(reader, user)) {
    const Body* body = viewer.organisation()->find(left.body);
    if (body == nullptr || !body->alive(viewer.today()) || !viewer.may(Permission::manage_users, left.body)) continue;
    const auto holders = post_holdings(reader, left.body);
    const bool taken = std::ranges::any_of(holders, [&](const PostHolding& other) {
      return other.id != left.id && other.post == left.post && (!other.until || (*other.until > viewer.today() && *other.until > other.from));
    });
    if (!taken) out.push_back(std::move(left));
  }
  return out;
}

Outcome deputise(House& house, const Viewer& viewer, const DeputiseForm& form) {
  Outcome out;
  std::optional<UserRow> deputy;
  if (const auto telephone = normalised_telephone(form.deputy); !telephone) out.errors.emplace_back("deputy", telephone.error().message);
  else if (deputy = account_of(house, *telephone); !deputy || closed_on(house, deputy->id))
    out.errors.emplace_back("deputy", tr("Chưa có tài khoản nào dùng số {}. Người làm thay cần có tài khoản trước.", *telephone));
  else if (deputy->id == form.for_user) out.errors.emplace_back("deputy", tr("Người được ủy quyền phải là người khác."));
  const auto away = house.store.read([&](db::Reader& reader) { return house.users.row(reader, form.for_user); });
  if (!away || std::ranges::find(away->units, form.body, &ActingUnit::body) == away->units.end())
    out.errors.emplace_back("body", tr("Xin chọn đơn vị mà người vắng đang giữ chức vụ."));
  const auto from = typed_day(form.from, "from", out.errors);
  const auto until = typed_day(form.until, "until", out.errors);
  constexpr int longest_days = 366;
  if (from && *from < viewer.today()) out.errors.emplace_back("from", tr("Ngày bắt đầu đã qua. Xin ghi hôm nay hoặc một ngày sắp tới."));
  if (from && until && *until < *from) out.errors.emplace_back("until", tr("Ngày cuối phải từ ngày bắt đầu trở đi."));
  else if (from && until && *until > *from + longest_days) out.errors.emplace_back("until", tr("Ủy quyền dài nhất một năm. Nếu lâu hơn, xin bàn giao chức vụ."));
  if (!out.errors.empty()) return out;
  const std::string unit = viewer.organisation()->body(form.body).on(viewer.today()).name;
  const std::string sentence = tr(Language::vietnamese, "Ủy quyền làm thay ở {}, từ {} đến hết {}", unit, from->text(), until->text());
  const Deputising wanted{deputy->id, form.for_user, form.body, *from, *until};
  bool there = false;
  const auto done = house.store.write([&](db::Writer& writer) -> Result<void> {
    if (form.for_user != viewer.user())
      if (auto allowed = may_act_upon(writer, viewer, form.for_user); !allowed) return allowed;
    const auto known = deputising_of(writer, form.for_user, viewer.today());
    there = std::ranges::find(known, wanted) != known.end();
    if (there) return {};                // sent twice: nothing is written, neither here nor in the trail
    if (auto given = house.users.deputise(writer, deputy->id, form.for_user, form.body, *from, *until); !given) return given;
    house.trail.write(writer, viewer, form.body, "user", form.for_user.value, "deputise", {}, summary_json(sentence), {},
                      Personal{"user", form.for_user.value, summary_json(tr(Language::vietnamese, "{} làm thay {}", full_name(*deputy), full_name(*away)))});
    return {};
  });
  house.sessions.forget_cached();
  if (!done) return refused_in(done.error(), "deputy");
  out.user = form.for_user;
  if (there) {
    out.said = tr("Việc ủy quyền này đã có: {} làm thay {} ở {}, từ {} đến hết {}.", full_name(*deputy), full_name(*away), unit, from->text(), until->text());
    return out;
  }
  out.said = tr("{} làm thay {} ở {}, từ {} đến hết {}. Mỗi việc làm thay được ghi dưới cả hai tên.", full_name(*deputy), full_name(*away), unit, from->text(), until->text());
  return out;
}

Outcome end_deputising(House& house, const Viewer& viewer, const Deputising& which) {
  Outcome out;
  const auto done = house.store.write([&](db::Writer& writer) -> Result<void> {
    if (auto ended = khuyenhoc::end_deputising(writer, which, viewer.today()); !ended) return ended;
    house.trail.write(writer, viewer, which.body, "user", which.for_user.value, "end_deputising", {},
                      summary_json(tr(Language::vietnamese, "Kết thúc ủy quyền làm thay ở {}", viewer.organisation()->body(which.body).on(viewer.today()).name)));
    return {};
  });
  house.sessions.forget_cached();
  if (!done) return refused_in(done.error(), "deputy");
  out.said = tr("Đã kết thúc việc ủy quyền.");
  return out;
}

}  // namespace khuyenhoc::accounts
