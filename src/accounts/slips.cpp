#include "accounts/slips.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include <boost/json.hpp>

#include "access/account_life.h"
#include "access/held.h"
#include "accounts/handing_out_parts.h"
#include "accounts/slips_queries.h"
#include "base/i18n.h"
#include "base/text.h"
#include "organisation/contacts.h"
#include "organisation/posts.h"
#include "shell/frame.h"

namespace khuyenhoc {
namespace {

constexpr std::int64_t keep_codes_ms = 24LL * 3'600'000;
constexpr std::int64_t sheets_listed = 10;

// Who leads a body of which no post is recorded yet.
const char* leading_post(const BodyKind& kind) {
  if (kind.level != BodyKind::Level::branch) return "chu_tich";
  return kind.family == "ban" ? "truong_ban" : "chi_hoi_truong";
}

// std::ranges::contains, which not every compiler of this house has yet.
template <typename List, typename Wanted>
bool among(const List& list, const Wanted& wanted) {
  return std::ranges::find(list, wanted) != std::ranges::end(list);
}

class Wishes {
 public:
  Wishes(House& house, const Viewer& viewer, const SlipOrder& order) : house_(house), viewer_(viewer), order_(order), organisation_(*viewer.organisation()) {}

  std::vector<SlipWish> of_all(db::Reader& reader) {
    for (auto& held : units_of_everybody(reader, viewer_.today())) users_[held.unit.body].push_back(held.user);
    for (const AccountStanding& one : all_standings(reader)) standings_.emplace(one.user, one);
    for (const BodyId body : bodies()) of_body(reader, body);
    refuse_doubles();
    return std::move(out_);
  }

 private:
  std::vector<BodyId> bodies() const {
    const bool branches = order_.level == SlipOrder::Level::branches;
    std::vector<BodyId> out;
    const auto candidates = branches ? organisation_.below(order_.under, viewer_.today()) : organisation_.children(order_.under, viewer_.today());
    for (const BodyId body : candidates)
      if (body != order_.under && (organisation_.kind(body).level == BodyKind::Level::branch) == branches && viewer_.may(Permission::manage_users, body)) out.push_back(body);
    return out;
  }

  void of_body(db::Reader& reader, BodyId body) {
    const std::string name = branch(body) ? organisation_.path(body, viewer_.today()) : organisation_.body(body).on(viewer_.today()).name;
    for (const UserId user : users_at(body)) of_user(reader, body, name, user);
    const auto known = contact(reader, house_.keys, body);
    bool headed = false, contact_is_there = false;
    std::vector<std::string> people;                     // who holds two posts is one person
    for (const PostHolding& holding : post_holders(reader, body, viewer_.today())) {
      const PostKind* kind = Posts::house().find(holding.post);
      if (kind == nullptr) continue;
      headed = headed || kind->leads;
      const bool same = known && (known->head_name.empty() ? kind->leads : tone_neutral(known->head_name) == tone_neutral(holding.person_name));
      contact_is_there = contact_is_there || same;
      const bool runs_it = kind->leads || brings(*kind, Permission::keep_bodies);
      const bool opens = runs_it || (same && !known->telephone.empty() && !kind->permissions.empty());
      if (holding.user || !opens || among(people, tone_neutral(holding.person_name))) continue;
      people.push_back(tone_neutral(holding.person_name));
      offer(reader, known, {body, name, {}, holding.person_name, same ? known->telephone : std::string(), holding.post, holding.id, {}});
    }
    if (!headed && !contact_is_there && known && !known->head_name.empty())
      offer(reader, known, {body, name, {}, known->head_name, known->telephone, leading_post(organisation_.kind(body)), 0, {}});
  }

  // Somebody without an account.
  void offer(db::Reader& reader, const std::optional<Contact>& known, SlipWish wish) {
    if (wish.telephone.empty()) wish.refused = whom_to_ask(reader, known, wish);
    else if (const auto user = house_.users.find_by_telephone(reader, wish.telephone)) {
      if (among(users_at(wish.body), *user)) return;     // signs in for this very body already, under whatever post
      const auto row = house_.users.row(reader, *user);
      wish.refused = tr("Số {} đã có tài khoản của {}. Xin kiểm tra số điện thoại, hoặc giao thêm chức vụ cho tài khoản đó.", wish.telephone, row->salutation + " " + row->name);
    }
    const PostKind* kind = Posts::house().find(wish.post);
    if (wish.refused.empty() && kind != nullptr)
      if (auto allowed = Giver::viewer(viewer_).may_give(wish.body, usual_permissions(*kind), kind->reach == PostKind::Reach::subtree ? Grant::Reach::subtree : Grant::Reach::alone); !allowed)
        wish.refused = allowed.error().message;
    out_.push_back(std::move(wish));
  }

  // Without a number nobody signs in: who is likely to know it, in the body itself or in the office above it.
  std::string whom_to_ask(db::Reader& reader, const std::optional<Contact>& known, const SlipWish& wish) const {
    const bool their_own = known && tone_neutral(known->head_name) == tone_neutral(wish.name);     // the number may stand beside their name then
    std::string who;
    if (known && !their_own) who = called(known->head_name, known->telephone);
    if (who.empty()) who = account_at(reader, wish.body);
    const BodyId above = organisation_.body(wish.body).on(viewer_.today()).superior;
    if (who.empty() && above && above != order_.under) {
      const auto there = contact(reader, house_.keys, above);
      who = there ? called(there->head_name, there->telephone) : std::string();
      if (who.empty()) who = account_at(reader, above);
    }
    if (who.empty()) return their_own ? tr("Chưa có số điện thoại. Xin ghi số ở trang của đơn vị.") : tr("Chưa có số điện thoại. Xin hỏi số rồi cấp tài khoản riêng cho người này.");
    return their_own ? tr("Chưa có số điện thoại. Xin hỏi {}, rồi ghi số ở trang của đơn vị.", who) : tr("Chưa có số điện thoại. Xin hỏi {}, rồi cấp tài khoản riêng cho người này.", who);
  }
  static std::string called(const std::string& name, const std::string& telephone) {
    return name.empty() || telephone.empty() ? std::string() : fmt::format("{} ({})", name, telephone_text(telephone));
  }
  std::string account_at(db::Reader& reader, BodyId body) const {
    for (const UserId user : users_at(body)) {
      const auto row = house_.users.row(reader, user);
      if (row && user != viewer_.user() && standings_.at(user).active && !standings_.at(user).closed_from) return called(accounts::full_name(*row), row->telephone);
    }
    return {};
  }
  const std::vector<UserId>& users_at(BodyId body) const {
    static const std::vector<UserId> nobody;
    const auto there = users_.find(body);
    return there == users_.end() ? nobody : there->second;
  }
  static bool brings(const PostKind& kind, Permission wanted) { return among(usual_permissions(kind), wanted); }

  void of_user(db::Reader& reader, BodyId body, const std::string& name, UserId user) {
    const AccountStanding& standing = standings_.at(user);
    if (!standing.active || standing.closed_from || user == viewer_.user()) return;
    if (order_.whom == SlipOrder::Whom::waiting && !standing.never_had_a_code && !standing.waits_for_first_sign_in) return;
    if (std::ranges::find(out_, user, &SlipWish::user) != out_.end()) return;       // who works for two bodies gets one slip
    const auto row = house_.users.row(reader, user);
    SlipWish wish{body, name, user, accounts::full_name(*row), row->telephone, {}, 0, {}};
    for (const PostHolding& post : posts_with_access(reader, user, viewer_.today()))
      if (post.body == body && post.on(viewer_.today())) wish.post = post.post;
    if (auto allowed = may_act_upon(reader, viewer_, user); !allowed) wish.refused = allowed.error().message;
    out_.push_back(std::move(wish));
  }

  // Two heads with one telephone: nobody can tell whose account it would be.
  void refuse_doubles() {
    std::map<std::string, std::size_t> first;
    for (std::size_t i = 0; i < out_.size(); ++i) {
      SlipWish& wish = out_[i];
      if (wish.user || wish.telephone.empty() || !wish.refused.empty()) continue;
      const auto [there, fresh] = first.emplace(wish.telephone, i);
      if (fresh) continue;
      SlipWish& other = out_[there->second];
      wish.refused = tr("Trùng số điện thoại với {}, {}. Xin kiểm tra lại số của hai người.", other.name, other.body_name);
      if (other.refused.empty()) other.refused = tr("Trùng số điện thoại với {}, {}. Xin kiểm tra lại số của hai người.", wish.name, wish.body_name);
    }
  }
  bool branch(BodyId body) const { return organisation_.kind(body).level == BodyKind::Level::branch; }

  House& house_;
  const Viewer& viewer_;
  const SlipOrder& order_;
  const Organisation& organisation_;
  std::unordered_map<BodyId, std::vector<UserId>> users_;
  std::unordered_map<UserId, AccountStanding> standings_;
  std::vector<SlipWish> out_;
};

SlipSheet sheet_of(db::Reader& reader, const slips_sql::StoredSheet& stored) {
  return {stored.id, stored.body, stored.site, stored.asked_ms, stored.codes_until_ms, jobs::find(reader, stored.job), {}};
}

}  // namespace

std::vector<SlipWish> slip_wishes(House& house, const Viewer& viewer, const SlipOrder& order) {
  return house.store.read([&](db::Reader& reader) { return Wishes(house, viewer, order).of_all(reader); });
}

int seconds_for_slips(std::size_t count) {
  constexpr std::size_t a_second = 25;   // a hash of 19 MiB and two passes takes some 40 ms, two run at a time; half of the machine is left to others
  return static_cast<int>(1 + count / a_second);
}

Result<SlipSheetId> ask_for_slips(House& house, const Viewer& viewer, const SlipOrder& order, const std::string& site) {
  auto wishes = slip_wishes(house, viewer, order);
  std::ranges::stable_partition(wishes, [](const SlipWish& wish) { return wish.refused.empty(); });
  const auto wanted = std::ranges::count_if(wishes, [](const SlipWish& wish) { return wish.refused.empty(); });
  if (wanted == 0) return refuse("slips.none", tr("Chưa có ai để in phiếu theo lựa chọn này."), "cap");
  const SlipSheetId id = house.store.new_id<SlipSheetId>();
  const std::int64_t now = house.clock.now_ms();
  const std::string request = boost::json::serialize(boost::json::object{{"sheet", id.value}});
  house.store.write([&](db::Writer& writer) {
    slips_sql::StoredSheet sheet{id, order.under, viewer.user(), viewer.on_behalf_of(), site, now, now + keep_codes_ms, {}};
    sheet.job = jobs::ask(house.store, writer, {.kind = "slips.make", .request = request}, now);
    (void)jobs::ask(house.store, writer, {.kind = "slips.forget", .request = request, .not_before_ms = now + keep_codes_ms}, now);
    slips_sql::insert(writer, sheet);
    std::int64_t place = 0;
    for (const SlipWish& wish : wishes) slips_sql::insert_slip(writer, id, {++place, wish.body, wish.post, wish.user, {}, {}, wish.refused, wish.holding});
    house.trail.write(writer, viewer, order.under, "slip_sheet", id.value, "ask", {},
                      accounts::summary_json(tr(Language::vietnamese, "In {} phiếu đăng nhập cho các đơn vị trực thuộc", wanted)));
  });
  return id;
}

std::optional<SlipSheet> find_slip_sheet(House& house, const Viewer& viewer, SlipSheetId id) {
  return house.store.read([&](db::Reader& reader) -> std::optional<SlipSheet> {
    const auto stored = slips_sql::find(reader, id);
    if (!stored || stored->maker != viewer.user()) return std::nullopt;
    SlipSheet sheet = sheet_of(reader, *stored);
    const bool codes = house.clock.now_ms() < stored->codes_until_ms;
    for (const auto& slip : slips_sql::slips(reader, id)) {
      SlipOfSheet one{slip.body, slip.post, {}, {}, {}, slip.refused, {}, slip.until, false};
      if (slip.user) {
        one.user = slip.user;
        if (const auto row = house.users.row(reader, slip.user)) {
          one.name = row->salutation.empty() ? row->name : row->salutation + " " + row->name;
          one.telephone = row->telephone;
          one.used = slip.until.has_value() && !row->must_change;
        }
      } else {
        const auto known = contact(reader, house.keys, slip.body);
        const auto holding = slip.holding != 0 ? find_post_holding(reader, slip.holding) : std::nullopt;
        one.name = holding ? holding->person_name : known ? known->head_name : std::string();
        if (known && (known->head_name.empty() || tone_neutral(known->head_name) == tone_neutral(one.name))) one.telephone = known->telephone;
      }
      if (codes && slip.code_sealed && !one.used)
        if (const auto code = house.keys.unseal({"slip", id.value + slip.place, "code"}, *slip.code_sealed)) one.code.assign(reinterpret_cast<const char*>(code->data()), code->size());
      sheet.slips.push_back(std::move(one));
    }
    return sheet;
  });
}

std::vector<SlipSheet> slip_sheets_of(House& house, const Viewer& viewer) {
  return house.store.read([&](db::Reader& reader) {
    std::vector<SlipSheet> out;
    for (const auto& stored : slips_sql::of_maker(reader, viewer.user(), sheets_listed)) out.push_back(sheet_of(reader, stored));
    return out;
  });
}

Result<void> forget_codes(House& house, const Viewer& viewer, SlipSheetId id) {
  return house.store.write([&](db::Writer& writer) -> Result<void> {
    const auto stored = slips_sql::find(writer, id);
    if (!stored || stored->maker != viewer.user()) return refuse("slips.unknown", tr("Không tìm thấy tờ phiếu này."));
    slips_sql::forget_codes(writer, id, house.clock.now_ms());
    return {};
  });
}

}  // namespace khuyenhoc
