#include "access/appointments.h"

#include <algorithm>
#include <cassert>

#include "access/appointments_queries.h"
#include "base/i18n.h"
#include "organisation/post_corrections.h"

namespace khuyenhoc {
namespace {

Grant::Reach reach_of(const PostKind& kind) { return kind.reach == PostKind::Reach::subtree ? Grant::Reach::subtree : Grant::Reach::alone; }

std::string listed(std::span<const Permission> permissions) {
  std::string text;
  for (const Permission permission : permissions) text += (text.empty() ? "" : ", ") + std::string(permission_label(permission));
  return text;
}

// A permission over a body with all below it; a scope that names bodies one by one does not reach what will be founded there.
bool reaches_all(const Scope& scope, const Organisation& organisation, BodyId body, Day today) {
  return scope.contains(body) && std::ranges::all_of(organisation.directly_below(body, today), [&](BodyId below) { return scope.contains(below); });
}

Result<PostHolding> known(db::Reader& reader, std::int64_t id) {
  auto holding = find_post_holding(reader, id);
  if (!holding) return refuse("post.unknown", tr("Không tìm thấy người giữ chức vụ này."));
  return std::move(*holding);
}

Result<void> may_give_post(const Giver& giver, const PostKind& kind, BodyId body, std::span<const Permission> without, std::span<const BodyId> areas) {
  auto permissions = usual_permissions(kind);
  std::erase_if(permissions, [&](Permission permission) { return std::ranges::find(without, permission) != without.end(); });
  if (auto allowed = giver.may_give(body, permissions, reach_of(kind)); !allowed) return allowed;
  for (const BodyId area : areas)
    if (auto allowed = giver.may_give(area, permissions, Grant::Reach::list); !allowed) return allowed;
  return {};
}

void void_holding(db::Writer& writer, const AuditSink& sink, PostHolding holding, const std::string& reason) {
  holding.until = holding.from;
  restore_post(writer, sink, holding, reason);
}

}  // namespace

Result<void> Giver::may_give(BodyId body, std::span<const Permission> permissions, Grant::Reach reach) const {
  if (viewer_ == nullptr) return {};
  const Organisation& organisation = *viewer_->organisation();
  const auto covers = [&](Permission permission) {
    const Scope scope = viewer_->scope(permission);
    return reach == Grant::Reach::alone ? scope.contains(body) : organisation.find(body) != nullptr && reaches_all(scope, organisation, body, viewer_->today());
  };
  if (!covers(Permission::manage_users))
    return refuse("access.scope", tr("Đơn vị này không thuộc phạm vi ông/bà được cấp tài khoản."), "body");
  std::vector<Permission> lacking;
  for (const Permission permission : permissions)
    if (permission != Permission::enter_figures && !covers(permission)) lacking.push_back(permission);
  if (!lacking.empty())
    return refuse("access.more_than_held",
                  tr("Chức vụ này có quyền mà ông/bà không có ở đơn vị đó: {}. Xin nhờ người có đủ quyền (Chủ tịch, Phó Chủ tịch thường trực) hoặc Hội cấp trên cấp.", listed(lacking)), "post");
  return {};
}

std::vector<Permission> usual_permissions(const PostKind& kind) {
  std::vector<Permission> out;
  for (const std::string& code : kind.permissions)
    if (const auto permission = permission_from_code(code)) out.push_back(*permission);
  return out;
}

Result<PostHolding> appoint_with_access(db::Store& store, db::Writer& writer, const Giver& giver, const AuditSink& sink, Appointment appointment) {
  if (!appointment.holding.user) return refuse("post.user", tr("Người giữ chức vụ này chưa có tài khoản."), "person_name");
  const PostKind* kind = Posts::house().find(appointment.holding.post);
  if (kind == nullptr) return refuse("post.kind", tr("Xin chọn chức vụ trong danh sách."), "post");
  if (auto allowed = may_give_post(giver, *kind, appointment.holding.body, appointment.without, appointment.areas); !allowed) return std::unexpected(allowed.error());
  auto made = appoint(store, writer, sink, std::move(appointment.holding));
  if (!made) return made;
  appointments_sql::give(writer, made->id);
  for (const Permission permission : appointment.without) appointments_sql::withhold(writer, made->id, permission);
  if (kind->reach == PostKind::Reach::list)
    for (const BodyId area : appointment.areas) appointments_sql::begin_area(writer, made->id, area, made->from);
  return made;
}

Result<void> give_access(db::Writer& writer, const Giver& giver, const AuditSink& sink, std::int64_t id, UserId user, std::int64_t expected_version) {
  assert(user);
  const auto holding = known(writer, id);
  if (!holding) return std::unexpected(holding.error());
  if (holding->row_version != expected_version) return refuse("post.stale", tr("Thông tin chức vụ này vừa được người khác sửa. Xin xem lại rồi ghi tiếp."));
  if (holding->user && holding->user != user) return refuse("post.user", tr("Chức vụ này đã gắn với tài khoản của người khác."), "person_name");
  const PostKind* kind = Posts::house().find(holding->post);
  if (kind == nullptr) return refuse("post.kind", tr("Xin chọn chức vụ trong danh sách."), "post");
  if (auto allowed = may_give_post(giver, *kind, holding->body, {}, {}); !allowed) return allowed;
  appointments_sql::link_user(writer, id, user);
  appointments_sql::give(writer, id);
  if (sink)
    sink(writer, ChangeNote{holding->body, "post", id, "give_access", fmt::format(R"({{"user":{}}})", holding->user.value),
                            fmt::format(R"({{"post":{},"user":{}}})", json_text(holding->post), user.value), {}, fmt::format(R"({{"person_name":{}}})", json_text(holding->person_name))});
  return {};
}

Result<PostHolding> correct_appointment(db::Writer& writer, const Giver& giver, const AuditSink& sink, PostHolding wanted, std::int64_t expected_version) {
  const auto before = known(writer, wanted.id);
  if (!before) return std::unexpected(before.error());
  const PostKind* kind = Posts::house().find(wanted.post);
  const bool gives_other = wanted.post != before->post || wanted.from != before->from || wanted.until != before->until;
  if (kind != nullptr && gives_other && before->user && gives_access(writer, wanted.id)) {
    const auto areas = kind->reach == PostKind::Reach::list ? appointments_sql::areas(writer, wanted.id, before->from) : std::vector<BodyId>{};
    if (auto allowed = may_give_post(giver, *kind, before->body, appointments_sql::withheld(writer, wanted.id), areas); !allowed) return std::unexpected(allowed.error());
  }
  return correct_post(writer, sink, std::move(wanted), expected_version);
}

Result<void> look_after(db::Writer& writer, const Giver& giver, std::int64_t id, std::span<const BodyId> bodies, Day from) {
  const auto holding = known(writer, id);
  if (!holding) return std::unexpected(holding.error());
  const PostKind* kind = Posts::house().find(holding->post);
  if (kind == nullptr || kind->reach != PostKind::Reach::list || !gives_access(writer, id))
    return refuse("post.areas", tr("Chức vụ này không kèm việc phụ trách từng đơn vị, hoặc người giữ chưa có tài khoản."), "areas");
  if (from < holding->from) return refuse("post.days", tr("Ngày bắt đầu phụ trách phải từ ngày giữ chức vụ ({}) trở đi.", holding->from.text()), "from");
  if (auto allowed = may_give_post(giver, *kind, holding->body, {}, bodies); !allowed) return allowed;
  appointments_sql::drop_areas_from(writer, id, from);
  for (const BodyId before : appointments_sql::areas(writer, id, from))
    if (std::ranges::find(bodies, before) == bodies.end()) appointments_sql::end_area(writer, id, before, from);
  const auto kept = appointments_sql::areas(writer, id, from);
  for (const BodyId body : bodies)
    if (std::ranges::find(kept, body) == kept.end()) appointments_sql::begin_area(writer, id, body, from);
  return {};
}

std::vector<BodyId> areas_looked_after(db::Reader& reader, std::int64_t holding, Day day) { return appointments_sql::areas(reader, holding, day); }

Result<MovedPost> move_post(db::Store& store, db::Writer& writer, const Giver& giver, const AuditSink& sink, std::int64_t id, BodyId to, Day day,
                            std::optional<std::string> post, const std::string& reason) {
  const auto before = known(writer, id);
  if (!before) return std::unexpected(before.error());
  if (day <= before->from) return refuse("post.days", tr("Ngày chuyển phải sau ngày bắt đầu giữ chức vụ ({}).", before->from.text()), "day");
  MovedPost moved{.before = id, .before_until = before->until};
  if (!before->until || *before->until > day) {
    moved.ended_here = true;
    if (auto left = leave_post(writer, sink, id, day, before->row_version, reason); !left) return std::unexpected(left.error());
  }
  Appointment next{.holding = {.body = to, .post = post.value_or(before->post), .person_name = before->person_name, .user = before->user, .from = day, .until = {}, .term = before->term}};
  if (moved.ended_here) next.holding.until = before->until;           // a post until the end of its term stays one
  const bool access = before->user && gives_access(writer, id);
  if (access) next.without = appointments_sql::withheld(writer, id);
  const auto made = access ? appoint_with_access(store, writer, giver, sink, std::move(next)) : appoint(store, writer, sink, std::move(next.holding));
  if (!made) return std::unexpected(made.error());
  moved.made = made->id;
  return moved;
}

Result<void> undo_moved_post(db::Writer& writer, const AuditSink& sink, const MovedPost& moved, const std::string& reason) {
  auto made = known(writer, moved.made);
  if (!made) return std::unexpected(made.error());
  if (made->row_version != 1)
    return refuse("post.depends", tr("Chức vụ của {} đã được sửa sau khi sắp xếp đơn vị, nên không khôi phục như cũ được. Xin sửa chức vụ này trước.", made->person_name));
  void_holding(writer, sink, std::move(*made), reason);
  if (!moved.ended_here) return {};
  auto before = known(writer, moved.before);
  if (!before) return std::unexpected(before.error());
  before->until = moved.before_until;
  restore_post(writer, sink, *before, reason);
  return {};
}

bool gives_access(db::Reader& reader, std::int64_t holding) { return appointments_sql::gives_access(reader, holding); }

std::vector<PostHolding> posts_with_access(db::Reader& reader, UserId user, Day day) {
  std::vector<PostHolding> out;
  for (const auto id : appointments_sql::holdings_of(reader, user))
    if (auto holding = find_post_holding(reader, id); holding && (!holding->until || (*holding->until > day && *holding->until > holding->from))) out.push_back(std::move(*holding));
  return out;
}

}  // namespace khuyenhoc
