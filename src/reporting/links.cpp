#include "reporting/links.h"

#include <boost/json.hpp>

#include "base/i18n.h"
#include "base/text.h"
#include "reporting/entry_sheet.h"
#include "reporting/links_queries.h"
#include "reporting/own_form.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

constexpr int longest_days = 60;
constexpr std::size_t shortest_name = 2, longest_name = 80;
constexpr std::int64_t minute_ms = 60'000;
constexpr int most_guesses = 30, most_writes = 300;
constexpr std::size_t most_kept = 10'000;

void tell(db::Writer& writer, const House& house, const Viewer& viewer, const EntryLink& link, std::string_view action, const std::string& summary) {
  house.trail.write(writer, viewer, link.body, "entry_link", link.id, action, {}, json::serialize(json::object{{"summary", summary}}));
}

}  // namespace

Result<MadeLink> make_link(db::Writer& writer, const House& house, const Viewer& viewer, BodyId branch, const NamedPeriod& period, Day until, const std::string& title) {
  const OrganisationView organisation = house.organisation.current();
  const Body* body = organisation->find(branch);
  if (body == nullptr || organisation->kind(branch).level != BodyKind::Level::branch || organisation->kind(branch).short_form.empty() || !body->alive(viewer.today()))
    return refuse("link.body", tr("Đường dẫn chỉ lập cho chi hội, ban đang hoạt động và có phiếu số liệu."));
  const auto association = association_of(*organisation, branch, entry_day(period, viewer.today()));
  if (!association || !viewer.may(Permission::enter_figures, *association)) return refuse("link.may_not", tr("Chỉ Hội mà chi hội, ban trực thuộc hoặc Hội cấp trên lập được đường dẫn này."));
  if (until < viewer.today()) return refuse("link.until", tr("Ngày cuối dùng đường dẫn đã qua. Xin ghi một ngày từ hôm nay trở đi."), "den-ngay");
  if (until > viewer.today() + longest_days) return refuse("link.until", tr("Đường dẫn chỉ dùng được nhiều nhất {} ngày. Xin ghi một ngày gần hơn.", longest_days), "den-ngay");
  const std::int64_t now = house.clock.now_ms();
  MadeLink out{{house.store.new_id(), branch, *association, period, until, title, viewer.user(), now, {}, {}, {}}, crypto::random_token()};
  links_sql::end_of_body(writer, branch, period, now, viewer.user());
  links_sql::insert(writer, out.link, house.keys.token_key_digest(out.token));
  const LanguageScope in_vietnamese(Language::vietnamese);
  tell(writer, house, viewer, out.link, "make",
       tr("Lập đường dẫn điền phiếu cho {}, {}, dùng đến hết {}", body->on(viewer.today()).name, house.periods.label(period, Language::vietnamese), until.text()));
  return out;
}

Result<void> revoke_link(db::Writer& writer, const House& house, const Viewer& viewer, BodyId association, std::int64_t id) {
  const auto link = links_sql::by_id(writer, id);
  if (!link || link->association != association || !viewer.may(Permission::enter_figures, association)) return refuse("link.unknown", tr("Không có đường dẫn này."));
  if (link->revoked_ms) return {};
  links_sql::end_one(writer, id, house.clock.now_ms(), viewer.user());
  const LanguageScope in_vietnamese(Language::vietnamese);
  tell(writer, house, viewer, *link, "revoke",
       tr("Thu hồi đường dẫn điền phiếu của {}, {}", house.organisation.current()->body(link->body).on(viewer.today()).name, house.periods.label(link->period, Language::vietnamese)));
  return {};
}

std::vector<EntryLink> links_of(db::Reader& reader, BodyId association, const NamedPeriod& period) { return links_sql::of_association(reader, association, period); }

std::optional<EntryLink> find_link(db::Reader& reader, const crypto::KeyRing& keys, std::string_view token) { return links_sql::by_token(reader, keys.token_key_digest(token)); }

void mark_confirmed(db::Writer& writer, std::int64_t link, std::int64_t at_ms, const std::string& name) { links_sql::confirm(writer, link, at_ms, name); }

Viewer link_viewer(const House& house, const EntryLink& link, const EntryVisitor& visitor, Day today) {
  ViewerData data;
  data.user = visitor.user();
  data.name = visitor_words(visitor);
  data.acting_for = link.body;
  data.units = {{link.body, tr("Người ghi")}};
  data.grants = {{Permission::enter_figures, Grant::Reach::alone, {link.body}}};
  data.today = today;
  return Viewer(std::move(data), house.organisation.current());
}

Result<std::string> checked_visitor_name(std::string_view typed) {
  std::string name = normalised(typed);
  if (count_characters(name) < shortest_name) return refuse("link.name", tr("Xin ghi họ và tên người ghi số liệu."), "ten");
  if (count_characters(name) > longest_name) return refuse("link.name", tr("Họ và tên dài quá {} chữ cái. Xin ghi gọn lại.", longest_name), "ten");
  return name;
}

NewVisitor receive_visitor(db::Writer& writer, const House& house, const EntryLink& link, const std::string& name) {
  NewVisitor out{{house.store.new_id(), link.id, name, house.clock.now_ms()}, crypto::random_token()};
  insert_visitor(writer, out.visitor, house.keys.token_key_digest(out.secret));
  return out;
}

bool LinkGate::under(Count& count, int most, std::int64_t window_ms, int add) {
  const std::int64_t now = clock_.now_ms();
  if (now - count.since_ms > window_ms) count = {now, 0};
  if (count.times >= most) return false;
  count.times += add;
  return true;
}

bool LinkGate::lets_in(const std::string& address) {
  const std::lock_guard lock(mutex_);
  const auto known = guesses_.find(address);
  return known == guesses_.end() || under(known->second, most_guesses, 10 * minute_ms, 0);
}

void LinkGate::unknown(const std::string& address) {
  const std::lock_guard lock(mutex_);
  if (guesses_.size() > most_kept) guesses_.clear();
  under(guesses_[address], most_guesses, 10 * minute_ms, 1);
}

bool LinkGate::lets_write(std::int64_t link) {
  const std::lock_guard lock(mutex_);
  if (writes_.size() > most_kept) writes_.clear();
  return under(writes_[link], most_writes, 10 * minute_ms, 1);
}

}  // namespace khuyenhoc
