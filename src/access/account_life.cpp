#include "access/account_life.h"

#include <algorithm>

#include "access/account_life_queries.h"
#include "access/held.h"
#include "access/sessions_queries.h"
#include "access/users_queries.h"
#include "base/i18n.h"
#include "organisation/body_queries.h"
#include "organisation/post_corrections.h"

namespace khuyenhoc {
namespace {

Refusal unknown_user() { return {"user.unknown", tr("Không tìm thấy người dùng này. Có thể tài khoản đã được chuyển sang đơn vị khác."), {}}; }

bool same_days(const PostHolding& a, const PostHolding& b) { return (!a.until || b.from < *a.until) && (!b.until || a.from < *b.until); }

// Somebody else holds a post that only one person can hold, on a day of this holding.
bool taken_by_another(db::Reader& reader, const PostHolding& holding) {
  const PostKind* kind = Posts::house().find(holding.post);
  if (kind == nullptr || !kind->single) return false;
  return std::ranges::any_of(post_holdings(reader, holding.body), [&](const PostHolding& other) {
    const bool held_at_all = !other.until || other.from < *other.until;
    return other.id != holding.id && other.post == holding.post && held_at_all && same_days(other, holding);
  });
}

// A post that was made void after the person left does not come back with them; one that was yet to begin when they left does.
bool found_wrong(const PostHolding& holding, const Leaving& leaving) { return is_void(holding) && holding.from < leaving.day; }

}  // namespace

std::vector<Deputising> deputising_of(db::Reader& reader, UserId user, Day today) { return account_life_sql::deputising_of(reader, user, today); }

std::vector<Deputising> deputising_over(db::Reader& reader, const Scope& scope, Day today) {
  auto out = account_life_sql::all_deputising(reader, today);
  std::erase_if(out, [&](const Deputising& one) { return !scope.contains(one.body); });
  return out;
}

Result<void> end_deputising(db::Writer& writer, const Deputising& which, Day first_day_gone) {
  const std::int64_t changed = first_day_gone <= which.from ? account_life_sql::drop_deputising(writer, which) : account_life_sql::end_deputising(writer, which, first_day_gone - 1);
  if (changed == 0) return refuse("user.deputy_unknown", tr("Việc ủy quyền này đã kết thúc trước đó."));
  return {};
}

Result<void> may_act_upon(db::Reader& reader, const Viewer& viewer, UserId user) {
  const Giver giver = Giver::viewer(viewer);
  const Organisation& organisation = *viewer.organisation();
  auto grants = grants_held(reader, user, viewer.today());
  for (const PostHolding& coming : posts_with_access(reader, user, viewer.today())) {
    const PostKind* kind = Posts::house().find(coming.post);
    if (kind == nullptr || coming.on(viewer.today())) continue;
    for (const Permission permission : usual_permissions(*kind))
      grants.push_back({permission, kind->reach == PostKind::Reach::subtree ? Grant::Reach::subtree : Grant::Reach::alone, {coming.body}});
  }
  for (const Grant& grant : grants)
    for (const BodyId body : grant.bodies) {
      if (organisation.find(body) == nullptr || !organisation.body(body).alive(viewer.today())) continue;
      const Permission permissions[] = {grant.permission};
      auto allowed = giver.may_give(body, permissions, grant.reach);
      if (allowed) continue;
      if (allowed.error().code == "access.scope")
        return refuse("access.scope", tr("Tài khoản này còn làm việc cho {}, ngoài phạm vi của ông/bà. Xin nhờ Hội cấp trên của đơn vị đó.", organisation.body(body).on(viewer.today()).name));
      return refuse("access.more_than_held", tr("Tài khoản này có quyền mà ông/bà không có: {}. Xin nhờ người có đủ quyền (Chủ tịch, Phó Chủ tịch thường trực) hoặc Hội cấp trên.",
                                                permission_label(grant.permission)));
    }
  return {};
}

std::vector<PostHolding> posts_from(db::Reader& reader, UserId user, Day day) { return account_life_sql::posts_from(reader, user, day); }

void end_post(db::Writer& writer, const AuditSink& sink, const PostHolding& holding, Day first_day_gone, const std::string& reason) {
  if (first_day_gone > holding.from) {
    (void)leave_post(writer, sink, holding.id, first_day_gone, holding.row_version, reason);
    return;
  }
  PostHolding never = holding;
  never.until = never.from;
  restore_post(writer, sink, never, reason);
}

Result<Leaving> leave_office(Users& users, db::Writer& writer, const AuditSink& sink, UserId user, Day first_day_gone, const std::string& reason) {
  const auto row = users_sql::find(writer, user);
  if (!row) return std::unexpected(unknown_user());
  if (row->closed_from) return refuse("user.closed", tr("Tài khoản này đã đóng từ ngày {}.", row->closed_from->text()), "day");
  const Leaving leaving{users.store().new_id(), user, first_day_gone, reason, users.clock().now_ms(), std::nullopt};
  account_life_sql::insert_leaving(writer, leaving);
  for (const PostHolding& holding : posts_from(writer, user, first_day_gone)) {
    account_life_sql::insert_leaving_post(writer, leaving.id, holding.id, holding.until);
    end_post(writer, sink, holding, first_day_gone, reason);
  }
  for (const Deputising& one : deputising_of(writer, user, first_day_gone)) (void)end_deputising(writer, one, first_day_gone);
  account_life_sql::set_closed_from(writer, user, first_day_gone);
  if (first_day_gone <= users.clock().today()) sessions_sql::end_all_of(writer, user);
  return leaving;
}

Result<BackInOffice> take_leaving_back(Users& users, db::Writer& writer, const AuditSink& sink, UserId user, const std::string& reason) {
  const auto row = users_sql::find(writer, user);
  if (!row) return std::unexpected(unknown_user());
  if (!row->closed_from) return refuse("user.not_closed", tr("Tài khoản này đang mở."));
  BackInOffice out;
  if (const auto leaving = account_life_sql::open_leaving(writer, user)) {
    for (const auto& left : account_life_sql::left_posts(writer, leaving->id)) {
      auto holding = find_post_holding(writer, left.holding);
      if (!holding || found_wrong(*holding, *leaving)) continue;
      holding->until = left.until;
      const auto body = load_body(writer, holding->body);
      if (taken_by_another(writer, *holding) || !body || !body->alive(users.clock().today())) {
        out.taken_meanwhile.push_back(std::move(*holding));
        continue;
      }
      restore_post(writer, sink, *holding, reason);
      out.given_back.push_back(std::move(*holding));
    }
    account_life_sql::set_taken_back(writer, leaving->id, users.clock().now_ms());
  }
  account_life_sql::set_closed_from(writer, user, std::nullopt);
  return out;
}

std::vector<PostHolding> posts_left(db::Reader& reader, UserId user) {
  std::vector<PostHolding> out;
  const auto leaving = account_life_sql::open_leaving(reader, user);
  if (!leaving) return out;
  for (const auto& left : account_life_sql::left_posts(reader, leaving->id))
    if (auto holding = find_post_holding(reader, left.holding); holding && !found_wrong(*holding, *leaving)) {
      holding->until = left.until;
      out.push_back(std::move(*holding));
    }
  return out;
}

std::optional<AccountStanding> standing_of(db::Reader& reader, UserId user) { return account_life_sql::standing_of(reader, user); }
std::vector<AccountStanding> all_standings(db::Reader& reader) { return account_life_sql::all_standings(reader); }

std::vector<UserRow> former_accounts(Users& users, db::Reader& reader, const Scope& scope) {
  std::vector<UserId> current;
  for (const auto& held : units_of_everybody(reader, users.clock().today())) current.push_back(held.user);
  std::vector<UserRow> out;
  for (const AccountStanding& one : all_standings(reader)) {
    if (std::ranges::binary_search(current, one.user)) continue;
    if (scope.contains(last_body_acted_for(reader, one.user)))
      if (auto row = users.row(reader, one.user)) out.push_back(std::move(*row));
  }
  return out;
}

}  // namespace khuyenhoc
