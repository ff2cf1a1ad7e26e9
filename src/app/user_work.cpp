// Accounts handed out and reset from the command line, as the office above would on its page.
#include "accounts/accounts.h"
#include "app/asked.h"
#include "app/office_work.h"
#include "base/text.h"
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

Result<const PostKind*> post_of(const std::string& code) {
  if (const PostKind* post = Posts::house().find(code)) return post;
  std::string known;
  for (const PostKind& kind : Posts::house().kinds()) known += (known.empty() ? "" : ", ") + kind.code;
  return refuse("command.post", fmt::format("Không có chức danh “{}”. Xin chọn một trong: {}.", code, known), "--post");
}

json::object slip_text(const Users::Slip& slip) {
  return {{"name", slip.name}, {"telephone", slip.telephone}, {"code", slip.code}, {"until", slip.until.iso()},
          {"text", fmt::format("{}, số điện thoại {}\nMã đăng nhập lần đầu: {}\nMã dùng được đến hết {}; khi đăng nhập, chương trình yêu cầu đặt mật khẩu riêng.\n", slip.name,
                               slip.telephone, slip.code, slip.until.text())}};
}

Viewer program_at(const House& house, BodyId body) {
  ViewerData data;
  data.name = "Chương trình";
  data.acting_for = body;
  data.today = house.clock.today();
  return {std::move(data), house.organisation.current()};
}

}  // namespace

Result<json::object> add_user(House& house, const json::object& request) {
  const auto body = body_of(house, text_in(request, "unit"));
  if (!body) return std::unexpected(body.error());
  const auto post = post_of(text_in(request, "post"));
  if (!post) return std::unexpected(post.error());
  const std::string code = crypto::readable_code(code_letters);
  const auto hash = house.users.hash(code);
  if (!hash) return std::unexpected(hash.error());
  const Day today = house.clock.today();
  const NewUser user{text_in(request, "telephone"), text_in(request, "salutation"), text_in(request, "name"), {}, {}, today};
  const std::string sentence = fmt::format("Cấp tài khoản: {}, {}", (*post)->label_vi, house.organisation.current()->body(*body).on(today).name);
  const Viewer program = program_at(house, *body);
  const AuditSink sink = accounts::told_as(house, program, sentence);
  const auto slip = house.store.write([&](db::Writer& writer) -> Result<Users::Slip> {
    const auto added = house.users.add(writer, user, std::nullopt);
    if (!added) return std::unexpected(added.error());
    house.trail.write(writer, program, *body, "user", added->value, "create", {}, accounts::summary_json(sentence));
    PostHolding holding{.body = *body, .post = (*post)->code, .person_name = normalised(user.name), .user = *added, .from = today, .until = {}, .term = {}};
    if (auto held = accounts::take_up_post(house, writer, Giver::program(), sink, std::move(holding)); !held) return std::unexpected(held.error());
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
    const BodyId body = row && !row->units.empty() ? row->units.front().body : BodyId{};
    house.trail.write(writer, program_at(house, body), body, "user", user->value, "slip", {}, {});
    return house.users.reset(writer, *user, code, *hash);
  });
  if (!slip) return std::unexpected(slip.error());
  house.sessions.forget_cached();
  return slip_text(*slip);
}

}  // namespace khuyenhoc
