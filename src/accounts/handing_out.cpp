#include "accounts/handing_out.h"

#include <boost/json.hpp>

#include "accounts/handing_out_parts.h"
#include "base/i18n.h"
#include "base/text.h"
#include "organisation/namesakes.h"
#include "shell/typed.h"

namespace khuyenhoc::accounts {
namespace {

// Who stands on the roster for this post already, without an account.
std::optional<PostHolding> on_the_roster(db::Reader& reader, const PostHolding& wanted) {
  for (auto& held : post_holders(reader, wanted.body, wanted.from))
    if (held.post == wanted.post && !held.user && tone_neutral(held.person_name) == tone_neutral(wanted.person_name)) return std::move(held);
  return std::nullopt;
}

}  // namespace

std::string summary_json(const std::string& sentence) { return boost::json::serialize(boost::json::object{{"summary", sentence}}); }

AuditSink told_as(House& house, const Viewer& viewer, std::string sentence) {
  return sink_of(house.trail, viewer, [sentence = std::move(sentence)](const ChangeNote&) { return sentence; });
}

std::string post_in_words(const Organisation& organisation, const PostHolding& holding, Day today) {
  const PostKind* kind = Posts::house().find(holding.post);
  std::string out = kind != nullptr ? kind->label(current_language()) : holding.post;
  if (organisation.find(holding.body) != nullptr) out += ", " + name_among_siblings(organisation, holding.body, today);
  out += ", " + (holding.until ? tr("từ {} đến hết {}", holding.from.text(), (*holding.until - 1).text()) : tr("từ {}", holding.from.text()));
  if (!holding.term.empty()) out += ", " + holding.term;
  return out;
}

Outcome refused_in(const Refusal& refusal, std::string_view otherwise) {
  Outcome out;
  static constexpr std::pair<std::string_view, std::string_view> same_fields[] = {{"person_name", "name"}};
  std::string place = refusal.place.empty() ? std::string(otherwise) : refusal.place;
  for (const auto& [from, to] : same_fields)
    if (place == from) place = to;
  out.errors.emplace_back(std::move(place), refusal.message);
  return out;
}

Result<Code> made_code(House& house) {
  constexpr std::size_t letters = 8;
  Code code{crypto::readable_code(letters), {}};
  auto hash = house.users.hash(code.text);
  if (!hash) return std::unexpected(hash.error());
  code.hash = std::move(*hash);
  return code;
}

std::optional<UserRow> account_of(House& house, const std::string& telephone) {
  return house.store.read([&](db::Reader& reader) {
    const auto user = house.users.find_by_telephone(reader, telephone);
    return user ? house.users.row(reader, *user) : std::nullopt;
  });
}

std::string full_name(const UserRow& user) { return user.salutation.empty() ? user.name : user.salutation + " " + user.name; }

// Telephone and name as they are needed for an account; the number of somebody who has one already must be said to be theirs.
Somebody check_person(House& house, const PersonForm& person, bool same_person, FormErrors& errors) {
  Somebody out;
  if (const auto telephone = normalised_telephone(person.telephone); !telephone) errors.emplace_back("telephone", telephone.error().message);
  else out.known = account_of(house, *telephone);
  if (out.known && !same_person) {
    out.asks_whether = full_name(*out.known);
    errors.emplace_back("telephone", tr("Số điện thoại này đã có tài khoản của {}. Nếu đúng là người này, xin đánh dấu ô bên dưới; nếu không, xin ghi số khác.", out.asks_whether));
  }
  if (!out.known && normalised(person.name).empty()) errors.emplace_back("name", tr("Xin ghi họ và tên."));
  if (out.known && closed_on(house, out.known->id)) errors.emplace_back("telephone", tr("Tài khoản của {} đã đóng. Xin mở lại tài khoản đó trước.", full_name(*out.known)));
  out.name = out.known ? out.known->name : normalised(person.name);
  return out;
}

bool closed_on(House& house, UserId user) {
  return house.store.read([&](db::Reader& reader) {
    const auto standing = standing_of(reader, user);
    return standing && (!standing->active || standing->closed_from);
  });
}

Result<void> take_up_post(House& house, db::Writer& writer, const Giver& giver, const AuditSink& sink, PostHolding holding) {
  if (const auto there = on_the_roster(writer, holding)) return give_access(writer, giver, sink, there->id, holding.user, there->row_version);
  if (auto made = appoint_with_access(house.store, writer, giver, sink, {.holding = std::move(holding)}); !made) return std::unexpected(made.error());
  return {};
}

// The account, its first slip and the post, in the transaction of the caller.
Result<Placed> place(House& house, db::Writer& writer, const Viewer& viewer, const PersonForm& person, const Somebody& who, const Code& code, PostHolding holding, const std::string& sentence) {
  Placed out;
  if (who.known) out.user = who.known->id;
  else {
    const NewUser fresh{person.telephone, normalised(person.salutation), who.name, {}, {}, holding.from};
    const auto added = house.users.add(writer, fresh, std::nullopt);
    if (!added) return std::unexpected(added.error());
    out.user = *added;
    auto slip = house.users.reset(writer, out.user, code.text, code.hash);
    if (!slip) return std::unexpected(slip.error());
    out.slip = std::move(*slip);
    house.trail.write(writer, viewer, holding.body, "user", out.user.value, "create", {}, summary_json(sentence));
  }
  const AuditSink sink = told_as(house, viewer, sentence);
  holding.user = out.user;
  holding.person_name = who.name;
  if (auto taken_up = take_up_post(house, writer, Giver::viewer(viewer), sink, std::move(holding)); !taken_up) return std::unexpected(taken_up.error());
  return out;
}

std::vector<const PostKind*> posts_to_give(const Viewer& viewer, BodyId body) {
  std::vector<const PostKind*> out;
  const Giver giver = Giver::viewer(viewer);
  for (const PostKind& kind : Posts::house().kinds())
    if (giver.may_give(body, usual_permissions(kind), kind.reach == PostKind::Reach::subtree ? Grant::Reach::subtree : Grant::Reach::alone)) out.push_back(&kind);
  return out;
}

Outcome give_account(House& house, const Viewer& viewer, const GiveForm& form) {
  Outcome out;
  const auto organisation = viewer.organisation();
  const Somebody who = check_person(house, form.person, form.same_person, out.errors);
  out.known_person = who.asks_whether;
  const PostKind* kind = Posts::house().find(form.post);
  if (kind == nullptr) out.errors.emplace_back("post", tr("Xin chọn chức vụ."));
  const auto from = typed_day(form.from, "from", out.errors);
  std::optional<Day> last;
  if (!form.until.empty()) last = typed_day(form.until, "until", out.errors);
  if (from && last && *last < *from) out.errors.emplace_back("until", tr("Ngày cuối giữ chức vụ phải từ ngày bắt đầu ({}) trở đi.", from->text()));
  if (!out.errors.empty()) return out;
  const auto code = who.known ? Result<Code>(Code{}) : made_code(house);
  if (!code) return refused_in(code.error(), "telephone");

  PostHolding holding{.body = form.body, .post = form.post, .person_name = who.name, .user = {}, .from = *from, .until = last ? std::optional(*last + 1) : std::nullopt, .term = form.term};
  const std::string unit = organisation->body(form.body).on(viewer.today()).name;
  // the sentence names no person: personal fields travel apart in the trail
  const std::string sentence = tr(Language::vietnamese, "Cấp tài khoản: {}, {}, từ {}", kind->label_vi, unit, from->text());
  const auto done = house.store.write([&](db::Writer& writer) { return place(house, writer, viewer, form.person, who, *code, holding, sentence); });
  house.sessions.forget_cached();
  if (!done) {
    Outcome refused = refused_in(done.error(), "telephone");
    refused.known_person = who.asks_whether;
    return refused;
  }
  out.user = done->user;
  out.slip = done->slip;
  out.said = who.known ? tr("Đã giao thêm chức vụ {} cho {}. Người này đăng nhập bằng mật khẩu đang dùng.", kind->label(current_language()), full_name(*who.known))
                       : tr("Đã cấp tài khoản cho {}.", who.name);
  return out;
}

Result<Users::Slip> new_slip(House& house, const Viewer& viewer, UserId user) {
  const auto row = house.store.read([&](db::Reader& reader) { return house.users.row(reader, user); });
  if (!row) return refuse("user.unknown", tr("Không tìm thấy người dùng này. Có thể tài khoản đã được chuyển sang đơn vị khác."));
  if (closed_on(house, user)) return refuse("user.closed", tr("Tài khoản của {} đã đóng. Xin mở lại tài khoản đó trước.", full_name(*row)));
  if (auto allowed = house.store.read([&](db::Reader& reader) { return may_act_upon(reader, viewer, user); }); !allowed) return std::unexpected(allowed.error());
  const auto code = made_code(house);
  if (!code) return std::unexpected(code.error());
  auto slip = house.store.write([&](db::Writer& writer) {
    auto made = house.users.reset(writer, user, code->text, code->hash);
    if (made) house.trail.write(writer, viewer, row->units.empty() ? viewer.acting_for() : row->units.front().body, "user", user.value, "slip", {}, {});
    return made;
  });
  house.sessions.forget_cached();
  return slip;
}

}  // namespace khuyenhoc::accounts
