#include <future>

#include <boost/json.hpp>

#include "access/account_life.h"
#include "accounts/handing_out_parts.h"
#include "accounts/slips.h"
#include "accounts/slips_queries.h"
#include "base/i18n.h"
#include "base/text.h"
#include "organisation/contacts.h"
#include "organisation/posts.h"

namespace khuyenhoc {
namespace {

SlipSheetId sheet_asked(const jobs::Job& job) { return SlipSheetId{boost::json::parse(job.request).at("sheet").as_int64()}; }

// In the name of whoever asked for the sheet; what may be handed out was judged then.
Viewer maker_of(House& house, const slips_sql::StoredSheet& sheet) {
  ViewerData data;
  data.user = sheet.maker;
  data.on_behalf_of = sheet.on_behalf_of;
  data.acting_for = sheet.body;
  data.today = house.clock.today();
  return {std::move(data), house.organisation.current()};
}

// The person of the roster for whom the slip was asked, else the contact of a body that has no head; as they are kept now.
Result<UserId> account_from_the_roster(House& house, db::Writer& writer, const Viewer& maker, const slips_sql::StoredSlip& slip, const std::string& sentence) {
  const auto known = contact(writer, house.keys, slip.body);
  const auto post = slip.holding != 0 ? find_post_holding(writer, slip.holding) : std::nullopt;
  const bool same = known && (known->head_name.empty() || !post || tone_neutral(known->head_name) == tone_neutral(post->person_name));
  const bool still = slip.holding == 0 || (post && post->on(maker.today()) && !post->user);
  if (!still || !same || known->telephone.empty()) return refuse("slips.head", tr("Người này hoặc số điện thoại đã được ghi lại từ lúc xin in phiếu."));
  const std::string& name = post ? post->person_name : known->head_name;
  const auto user = house.users.add(writer, {known->telephone, {}, name, {}, {}, maker.today()}, std::nullopt);
  if (!user) return user;
  house.trail.write(writer, maker, slip.body, "user", user->value, "create", {}, accounts::summary_json(sentence));
  const AuditSink sink = accounts::told_as(house, maker, sentence);
  if (post) {
    if (auto given = give_access(writer, Giver::program(), sink, post->id, *user, post->row_version); !given) return std::unexpected(given.error());
    return user;
  }
  const Day born = house.organisation.current()->body(slip.body).born;
  PostHolding holding{.body = slip.body, .post = slip.post, .person_name = name, .user = *user, .from = std::max(born, maker.today()), .until = {}, .term = {}};
  if (auto made = appoint_with_access(house.store, writer, Giver::program(), sink, {.holding = std::move(holding)}); !made) return std::unexpected(made.error());
  return user;
}

void make_one(House& house, const slips_sql::StoredSheet& sheet, const slips_sql::StoredSlip& slip, const accounts::Code& code) {
  const Viewer maker = maker_of(house, sheet);
  const std::string unit = maker.organisation()->body(slip.body).on(maker.today()).name;
  const auto done = house.store.write([&](db::Writer& writer) -> Result<void> {
    UserId user = slip.user;
    if (!user) {
      const PostKind* kind = Posts::house().find(slip.post);
      const auto made = account_from_the_roster(house, writer, maker, slip, tr(Language::vietnamese, "Cấp tài khoản: {}, {}", kind != nullptr ? kind->label_vi : slip.post, unit));
      if (!made) return std::unexpected(made.error());
      user = *made;
    } else house.trail.write(writer, maker, slip.body, "user", user.value, "slip", {}, {});
    const auto reset = house.users.reset(writer, user, code.text, code.hash);
    if (!reset) return std::unexpected(reset.error());
    const auto sealed = house.keys.seal({"slip", sheet.id.value + slip.place, "code"}, crypto::bytes_of(code.text));
    slips_sql::set_made(writer, sheet.id, slip.place, user, sealed, reset->until);
    return {};
  });
  if (!done) house.store.write([&](db::Writer& writer) { slips_sql::set_refused(writer, sheet.id, slip.place, done.error().message); });
}

Result<std::string> make_slips(House& house, const jobs::Job& job, jobs::Progress& progress) {
  const SlipSheetId id = sheet_asked(job);
  const auto sheet = house.store.read([&](db::Reader& reader) { return slips_sql::find(reader, id); });
  if (!sheet) return refuse("slips.unknown", tr("Không tìm thấy tờ phiếu này."));
  auto slips = house.store.read([&](db::Reader& reader) { return slips_sql::slips(reader, id); });
  std::erase_if(slips, [](const slips_sql::StoredSlip& slip) { return !slip.refused.empty(); });
  const std::size_t all = slips.size();
  std::erase_if(slips, [](const slips_sql::StoredSlip& slip) { return slip.until.has_value(); });
  std::size_t done = all - slips.size();
  const auto report = [&] { progress.report(static_cast<int>(100 * done / std::max<std::size_t>(all, 1)), tr("Đã làm {} trong {} phiếu", done, all)); };
  for (std::size_t i = 0; i < slips.size(); i += 2) {
    report();
    if (progress.should_stop()) throw std::runtime_error("stopped in the middle of a sheet of slips");
    // two codes are hashed at a time; whoever signs in meanwhile waits for one of them at most
    auto beside = std::async(std::launch::async, [&] { return i + 1 < slips.size() ? accounts::made_code(house) : Result<accounts::Code>(accounts::Code{}); });
    const auto first = accounts::made_code(house);
    const auto second = beside.get();
    for (const auto& [slip, code] : {std::pair(i, &first), std::pair(i + 1, &second)}) {
      if (slip >= slips.size()) continue;
      if (!*code) throw std::runtime_error(code->error().message);        // the machine is busy: later
      make_one(house, *sheet, slips[slip], **code);
      ++done;
    }
  }
  report();
  house.sessions.forget_cached();
  return tr("Đã làm xong {} phiếu.", all);
}

}  // namespace

void add_slip_jobs(jobs::Worker& worker, House& house) {
  worker.handle("slips.make", [&house](const jobs::Job& job, jobs::Progress& progress) { return make_slips(house, job, progress); });
  worker.handle("slips.forget", [&house](const jobs::Job& job, jobs::Progress&) -> Result<std::string> {
    house.store.write([&](db::Writer& writer) { slips_sql::forget_codes(writer, sheet_asked(job), house.clock.now_ms()); });
    return std::string();
  });
}

}  // namespace khuyenhoc
