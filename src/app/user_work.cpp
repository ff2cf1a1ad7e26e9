// Accounts handed out and reset from the command line, as the office above would on its page.
#include "app/asked.h"
#include "app/office_work.h"
#include "organisation/posts.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

constexpr std::size_t code_letters = 8;

Result<BodyId> body_of(const House& house, const std::string& code) {
  AskedWords words;
  words.unit = code;
  words.period = "2026";                 // any: only the unit is asked
  const auto asked = ask(house, words);
  if (!asked) return std::unexpected(asked.error());
  if (const auto* body = std::get_if<BodyId>(&asked->question.subject)) return *body;
  return refuse("command.no_association", fmt::format("{} chưa có Hội Khuyến học, nên chưa cấp tài khoản ở đó được.", asked->unit_name), "--unit");
}

Grant::Reach reach_of(PostKind::Reach reach) {
  switch (reach) {
    case PostKind::Reach::subtree: return Grant::Reach::subtree;
    case PostKind::Reach::list: return Grant::Reach::list;
    case PostKind::Reach::alone: break;
  }
  return Grant::Reach::alone;
}

Result<NewUser> new_user(const House& house, const json::object& request) {
  const auto body = body_of(house, text_in(request, "unit"));
  if (!body) return std::unexpected(body.error());
  const std::string code = text_in(request, "post");
  const PostKind* post = Posts::house().find(code);
  if (post == nullptr) {
    std::string known;
    for (const PostKind& kind : Posts::house().kinds()) known += (known.empty() ? "" : ", ") + kind.code;
    return refuse("command.post", fmt::format("Không có chức danh “{}”. Xin chọn một trong: {}.", code, known), "--post");
  }
  NewUser user;
  user.telephone = text_in(request, "telephone");
  user.salutation = text_in(request, "salutation");
  user.name = text_in(request, "name");
  user.units = {{*body, post->label(Language::vietnamese)}};
  user.from = house.clock.today();
  for (const std::string& permission : post->permissions)
    if (const auto known = permission_from_code(permission)) user.grants.push_back({*known, reach_of(post->reach), {*body}});
  return user;
}

json::object slip_text(const Users::Slip& slip) {
  return {{"name", slip.name}, {"telephone", slip.telephone}, {"code", slip.code}, {"until", slip.until.iso()},
          {"text", fmt::format("{}, số điện thoại {}\nMã đăng nhập lần đầu: {}\nMã dùng được đến hết {}; khi đăng nhập, chương trình yêu cầu đặt mật khẩu riêng.\n", slip.name,
                               slip.telephone, slip.code, slip.until.text())}};
}

void note(House& house, db::Writer& writer, UserId user, BodyId body, std::string_view action, std::string after) {
  AuditEntry entry;
  entry.body = body;
  entry.noun = "user";
  entry.record = user.value;
  entry.action = action;
  entry.after_json = std::move(after);
  house.trail.write(writer, std::move(entry));
}

}  // namespace

Result<json::object> add_user(House& house, const json::object& request) {
  const auto user = new_user(house, request);
  if (!user) return std::unexpected(user.error());
  const std::string code = crypto::readable_code(code_letters);
  const auto hash = house.users.hash(code);
  if (!hash) return std::unexpected(hash.error());
  const auto slip = house.store.write([&](db::Writer& writer) -> Result<Users::Slip> {
    const auto added = house.users.add(writer, *user, std::nullopt);
    if (!added) return std::unexpected(added.error());
    const std::string body_name = house.organisation.current()->body(user->units.front().body).on(house.clock.today()).name;
    note(house, writer, *added, user->units.front().body, "create",
         json::serialize(json::object{{"summary", fmt::format("Cấp tài khoản: {}, {}", user->units.front().post_title, body_name)}}));
    return house.users.reset(writer, *added, code, *hash);
  });
  if (!slip) return std::unexpected(slip.error());
  house.sessions.forget_cached();
  return slip_text(*slip);
}

Result<json::object> reset_user(House& house, const json::object& request) {
  const auto telephone = normalised_telephone(text_in(request, "telephone"));
  if (!telephone) return std::unexpected(telephone.error());
  const auto user = house.store.read([&](db::Reader& reader) { return house.users.find_by_telephone(reader, *telephone); });
  if (!user) return refuse("user.unknown", fmt::format("Không có tài khoản nào dùng số điện thoại {}.", *telephone), "TELEPHONE");
  const std::string code = crypto::readable_code(code_letters);
  const auto hash = house.users.hash(code);
  if (!hash) return std::unexpected(hash.error());
  const auto slip = house.store.write([&](db::Writer& writer) -> Result<Users::Slip> {
    const auto row = house.users.row(writer, *user);
    note(house, writer, *user, row && !row->units.empty() ? row->units.front().body : BodyId{}, "slip", {});
    return house.users.reset(writer, *user, code, *hash);
  });
  if (!slip) return std::unexpected(slip.error());
  house.sessions.forget_cached();
  return slip_text(*slip);
}

}  // namespace khuyenhoc
