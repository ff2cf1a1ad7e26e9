#include "restructure/desk.h"

#include <algorithm>
#include <map>

#include <boost/json.hpp>

#include "access/appointments.h"
#include "access/held.h"
#include "base/i18n.h"
#include "committees/committees.h"
#include "importing/importing.h"
#include "measures/kept_from.h"
#include "organisation/systems.h"
#include "ratings/ratings.h"
#include "restructure/draft_queries.h"
#include "rounds/rounds.h"

namespace khuyenhoc {

namespace sql = restructure_sql;

namespace {

constexpr std::string_view draft_noun = "restructure_draft";

// People who act for a body on a day, counted once for all bodies of one preview.
class ActingPeople {
 public:
  ActingPeople(House& house) : house_(house) {}
  std::int64_t count(db::Reader& reader, BodyId body, Day from) {
    const Day day = std::max(from, house_.clock.today());
    if (!day_ || *day_ != day) {
      day_ = day;
      of_body_.clear();
      for (const auto& held : units_of_everybody(reader, day)) ++of_body_[held.unit.body];
    }
    const auto at = of_body_.find(body);
    return at == of_body_.end() ? 0 : at->second;
  }

 private:
  House& house_;
  std::optional<Day> day_;
  std::map<BodyId, std::int64_t> of_body_;
};

// What another room keeps about bodies, read once for all bodies of one preview or undo.
class CountedOnce {
 public:
  using Count = std::function<std::map<BodyId, std::int64_t>(db::Reader&, Day from)>;
  explicit CountedOnce(Count count) : count_(std::move(count)) {}
  std::int64_t operator()(db::Reader& reader, BodyId body, Day from) {
    if (!from_ || *from_ != from) {
      of_body_ = count_(reader, from);
      from_ = from;
    }
    const auto at = of_body_.find(body);
    return at == of_body_.end() ? 0 : at->second;
  }

 private:
  Count count_;
  std::optional<Day> from_;
  std::map<BodyId, std::int64_t> of_body_;
};

// Lists read for a body that were written on the day or later and not taken back.
std::int64_t imports_from(db::Reader& reader, BodyId body, Day from) {
  constexpr std::size_t looked_at = 200;
  return std::ranges::count_if(imports_of(reader, body, {}, looked_at),
                               [&](const ImportRecord& one) { return one.written_ms && !one.undone_ms && day_of_ms(*one.written_ms) >= from; });
}

std::string last_name(const std::string& body_json) {
  boost::system::error_code broken;
  const auto parsed = boost::json::parse(body_json, broken);
  if (broken || !parsed.is_object()) return {};
  const auto* versions = parsed.as_object().if_contains("versions");
  if (versions == nullptr || !versions->is_array() || versions->as_array().empty()) return {};
  return std::string(versions->as_array().back().as_object().at("name").as_string());
}

std::string post_label(const std::string& post_json) {
  boost::system::error_code broken;
  const auto parsed = boost::json::parse(post_json, broken);
  const auto* code = !broken && parsed.is_object() ? parsed.as_object().if_contains("post") : nullptr;
  const auto* kind = code != nullptr && code->is_string() ? Posts::house().find(std::string_view(code->as_string())) : nullptr;
  return kind != nullptr ? kind->label_vi : "Chức vụ";
}

// Sentences of the trail, in Vietnamese whoever reads.
std::string told(const ChangeNote& note, const Organisation& organisation, const std::string& title) {
  const auto vi = Language::vietnamese;
  const Body* known = organisation.find(note.body);
  const std::string name = known != nullptr ? known->versions.back().name : std::string();
  const std::string_view action = note.action;
  if (note.noun == "restructure") {
    if (action == "apply") return tr(vi, "Thực hiện sắp xếp đơn vị: {}", title);
    if (action == "undo") return tr(vi, "Khôi phục như cũ đợt sắp xếp: {}", title);
    if (action == "hand_over") return tr(vi, "Bàn giao số liệu của {} theo biên bản ({})", name, title);
    if (action == "re_home") return tr(vi, "Chuyển số liệu ghi sau ngày sắp xếp của {} sang đơn vị kế thừa ({})", name, title);
    if (action == "bring_up_to_date") return tr(vi, "Bàn giao phần số liệu sửa sau khi sắp xếp: {}", title);
    if (action == "close") return tr(vi, "Khép lại đợt sắp xếp: {}", title);
  }
  if (note.noun == "body") {
    const std::string now = last_name(note.after_json);
    if (action == "found") return tr(vi, "Thành lập {} ({})", now, title);
    if (action == "rename") return tr(vi, "Đổi tên {} thành {} ({})", name, now, title);
    if (action == "move") return tr(vi, "{} chuyển cấp trên hoặc địa bàn ({})", now, title);
    if (action == "end") return tr(vi, "{} kết thúc hoạt động ({})", now, title);
    if (action == "succeed") return tr(vi, "Ghi đơn vị kế thừa của {} ({})", now, title);
    if (action == "restore" || action == "forget_succession") return tr(vi, "{} trở lại như trước khi sắp xếp ({})", now, title);
    if (action == "void") return tr(vi, "Bỏ {}, mở trong đợt sắp xếp đã khôi phục ({})", now, title);
  }
  if (note.noun == "post") {
    const std::string post = post_label(note.after_json);
    if (action == "leave") return tr(vi, "{} của {} thôi giữ chức vụ do sắp xếp đơn vị ({})", post, name, title);
    if (action == "appoint") return tr(vi, "Chuyển người giữ chức vụ {} theo đợt sắp xếp ({})", post, title);
    if (action == "restore") return tr(vi, "{} của {} trở lại như trước khi sắp xếp ({})", post, name, title);
  }
  return {};
}

Refusal outside() { return {"restructure.scope", tr("Đợt này có tổ chức nằm ngoài phạm vi ông/bà được sắp xếp. Xin đề nghị Hội cấp trên của các tổ chức đó thực hiện."), {}}; }

}  // namespace

std::unique_ptr<Restructures> restructures_of(House& house) {
  auto out = std::make_unique<Restructures>(house.organisation, house.ledger, house.statements);
  const auto people = std::make_shared<ActingPeople>(house);
  out->add_keeper({tr("tài khoản được cấp riêng"), [people](db::Reader& reader, BodyId body, Day from) { return people->count(reader, body, from); }});
  const auto keep = [&](std::string noun, CountedOnce::Count count) {
    out->add_keeper({std::move(noun), [counted = std::make_shared<CountedOnce>(std::move(count))](db::Reader& reader, BodyId body, Day from) { return (*counted)(reader, body, from); }});
  };
  keep(tr("nhiệm kỳ của ban chấp hành, ban thường vụ, thường trực, ban kiểm tra"), terms_kept_from);
  keep(tr("lần xếp loại từ năm sắp xếp"), [](db::Reader& reader, Day from) { return ratings_kept_from(reader, from.year()); });
  keep(tr("chỉ tiêu được giao từ năm sắp xếp"), [](db::Reader& reader, Day from) { return targets_kept_from(reader, from.year()); });
  keep(tr("kỳ số liệu đã chốt"), closings_kept_from);
  keep(tr("báo cáo đã trình, gửi hoặc được đề nghị sửa"), reports_kept_from);
  out->add_keeper({tr("tệp đã nhập"), imports_from});
  return out;
}

RestructureDesk::RestructureDesk(House& house, const Viewer& viewer)
    : house_(house), viewer_(viewer), scope_(viewer.scope(Permission::restructure)), restructures_(restructures_of(house)) {}

RestructureBy RestructureDesk::by(std::string title) const {
  return {viewer_.user(), house_.clock.now_ms(),
          sink_of(house_.trail, viewer_, [view = viewer_.organisation(), title = std::move(title)](const ChangeNote& note) { return told(note, *view, title); })};
}

bool RestructureDesk::is_partner(db::Reader& reader, BodyId id) const {
  const Body* body = organisation().find(id);
  if (body == nullptr || organisation().kind(id).system == hkh || !scope_.contains(body->on(viewer_.today()).area)) return false;
  std::vector<BodyId> line;
  for (const Body* at = body; at != nullptr; at = organisation().find(at->on(viewer_.today()).superior)) line.push_back(at->id);
  const auto held = units_of_everybody(reader, viewer_.today());
  return std::ranges::none_of(held, [&](const UnitOfUser& one) { return std::ranges::find(line, one.unit.body) != line.end(); });
}

bool RestructureDesk::may_restructure(db::Reader& reader, BodyId body) const {
  return organisation().find(body) != nullptr && (scope_.contains(body) || is_partner(reader, body));
}

Result<void> RestructureDesk::check_scope(db::Reader& reader, const RestructureDraft& draft) const {
  for (const auto body : bodies_named(draft))
    if (!may_restructure(reader, body)) return std::unexpected(outside());
  return {};
}

// ---- drafts

std::optional<RestructureDraft> RestructureDesk::draft(DraftId id) const {
  auto out = house_.store.read([&](db::Reader& reader) { return sql::draft(reader, id); });
  if (!out || out->state == RestructureDraft::State::dropped || !scope_.contains(out->unit)) return std::nullopt;
  return out;
}

std::vector<RestructureDraft> RestructureDesk::drafts() const {
  auto out = house_.store.read([](db::Reader& reader) { return sql::open_drafts(reader); });
  std::erase_if(out, [&](const RestructureDraft& draft) { return !scope_.contains(draft.unit); });
  return out;
}

RestructureDraft RestructureDesk::begin() {
  RestructureDraft draft;
  draft.id = house_.store.new_id<DraftId>();
  draft.unit = viewer_.acting_for();
  draft.by = viewer_.user();
  draft.created_ms = draft.changed_ms = house_.clock.now_ms();
  draft.day = viewer_.today().text();
  draft.issuer = organisation().body(draft.unit).on(viewer_.today()).name;
  house_.store.write([&](db::Writer& writer) {
    sql::insert_draft(writer, draft);
    house_.trail.write(writer, viewer_, draft.unit, draft_noun, draft.id.value, "begin", {},
                       fmt::format(R"({{"summary":{}}})", json_text(tr(Language::vietnamese, "Lập bản nháp một đợt sắp xếp đơn vị"))));
  });
  return draft;
}

Result<void> RestructureDesk::keep(db::Writer& writer, RestructureDraft& draft, const std::string& what) {
  draft.changed_ms = house_.clock.now_ms();
  RestructureDraft kept = draft;
  if (!sql::update_draft(writer, kept))
    return refuse("draft.stale", tr("Bản nháp này vừa được người khác sửa. Xin xem lại bản mới rồi làm tiếp; điều vừa ghi chưa được lưu."));
  house_.trail.write(writer, viewer_, draft.unit, draft_noun, draft.id.value, "keep", {}, fmt::format(R"({{"summary":{}}})", json_text(what)));
  return {};
}

Result<void> RestructureDesk::keep(RestructureDraft& draft, const std::string& what) {
  const std::string sentence = tr(Language::vietnamese, "Bản nháp sắp xếp “{}”: {}", draft.title.empty() ? "chưa đặt tên" : draft.title, what);
  if (auto kept = house_.store.write([&](db::Writer& writer) { return keep(writer, draft, sentence); }); !kept) return kept;
  ++draft.row_version;
  return {};
}

Result<void> RestructureDesk::drop(RestructureDraft& draft) {
  draft.state = RestructureDraft::State::dropped;
  return keep(draft, tr(Language::vietnamese, "bỏ bản nháp"));
}

// ---- carrying out

Result<RestructurePreview> RestructureDesk::preview(const RestructureDraft& draft) {
  if (const auto errors = heading_errors(draft, viewer_.today(), Strictness::preview); !errors.empty()) return refuse("restructure.heading", errors.front().second, errors.front().first);
  if (auto allowed = house_.store.read([&](db::Reader& reader) { return check_scope(reader, draft); }); !allowed) return std::unexpected(allowed.error());
  return restructures_->preview(plan_of(draft, Strictness::preview).restructure, by());
}

Result<BodyRestructureId> RestructureDesk::apply(RestructureDraft& draft) {
  if (draft.state != RestructureDraft::State::open) return refuse("draft.applied", tr("Bản nháp này đã được thực hiện."));
  if (const auto errors = heading_errors(draft, viewer_.today(), Strictness::apply); !errors.empty()) return refuse("restructure.heading", errors.front().second, errors.front().first);
  const auto plan = plan_of(draft, Strictness::apply);
  const auto who = by(draft.title);
  const auto done = house_.store.write([&](db::Writer& writer) -> Result<BodyRestructureId> {
    if (auto allowed = check_scope(writer, draft); !allowed) return std::unexpected(allowed.error());
    const auto id = restructures_->apply(writer, plan.restructure, who);
    if (!id) return id;
    std::vector<BodyId> opened;
    for (const auto& line : restructures_->fates(writer, *id))
      if (line.fate == BodyFate::opened) opened.push_back(line.body);
    for (const auto& post : draft.posts) {
      if (!post.body) continue;
      BodyId to = post.body.body;
      if (post.body.act != 0) {
        const auto at = std::ranges::find(plan.opened, post.body);
        if (at == plan.opened.end()) return refuse("restructure.post", tr("Nơi nhận của một chức vụ không còn trong bản nháp. Xin chọn lại ở bước Chức vụ."), "posts");
        to = opened.at(static_cast<std::size_t>(at - plan.opened.begin()));
      }
      const auto moved = move_post(house_.store, writer, Giver::program(), who.sink, post.holding, to, plan.restructure.day, post.post, draft.title);
      if (!moved) return refuse(moved.error().code, moved.error().message, fmt::format("post-{}", post.holding));
      sql::insert_appointed(writer, *id, moved->made, moved->before);
    }
    RestructureDraft kept = draft;
    kept.state = RestructureDraft::State::applied;
    kept.restructure = *id;
    kept.changed_ms = house_.clock.now_ms();
    if (!sql::update_draft(writer, kept)) return refuse("draft.stale", tr("Bản nháp này vừa được người khác sửa. Xin xem lại bản mới rồi thực hiện."));
    return id;
  });
  house_.sessions.forget_cached();
  if (!done) return done;
  if (auto finished = restructures_->settle(who); !finished) return std::unexpected(finished.error());
  return done;
}

std::optional<StoredRestructure> RestructureDesk::stored(db::Reader& reader, BodyRestructureId id) {
  auto out = restructures_->find(reader, id);
  if (!out || !sql::concerns(reader, id, [&](BodyId body) { return scope_.contains(body); })) return std::nullopt;
  return out;
}

std::vector<StoredRestructure> RestructureDesk::list(db::Reader& reader, std::size_t limit) {
  auto out = restructures_->list(reader, limit);
  std::erase_if(out, [&](const StoredRestructure& one) { return !sql::concerns(reader, one.id, [&](BodyId body) { return scope_.contains(body); }); });
  return out;
}

Result<void> RestructureDesk::whole_in_scope(db::Reader& reader, BodyRestructureId id) {
  const bool some_outside = sql::concerns(reader, id, [&](BodyId body) {
    const Body* known = organisation().find(body);
    return known != nullptr && !known->voided && !scope_.contains(body) && !is_partner(reader, body);
  });
  if (some_outside) return std::unexpected(outside());
  return {};
}

Result<void> RestructureDesk::settled(Result<void> done, const RestructureBy& by) {
  if (!done) return done;
  return restructures_->settle(by);
}

Result<void> RestructureDesk::undo(BodyRestructureId id) {
  const auto found = house_.store.read([&](db::Reader& reader) { return restructures_->find(reader, id); });
  if (!found) return refuse("restructure.unknown", tr("Không tìm thấy đợt sắp xếp này."));
  const auto who = by(found->title);
  auto done = house_.store.write([&](db::Writer& writer) -> Result<void> {
    if (auto allowed = whole_in_scope(writer, id); !allowed) return allowed;
    const std::string reason = tr(Language::vietnamese, "Khôi phục như cũ: {}", found->title);
    for (const auto& one : sql::appointed(writer, id))
      if (auto back = undo_moved_post(writer, who.sink, {.before = one.former, .made = one.holding, .before_until = {}, .ended_here = false}, reason); !back) return back;
    if (auto undone = restructures_->undo(writer, id, who); !undone) return undone;
    if (auto draft = sql::draft_of(writer, id)) {       // to be mended and carried out again
      draft->state = RestructureDraft::State::open;
      draft->restructure = {};
      draft->changed_ms = house_.clock.now_ms();
      sql::update_draft(writer, *draft);
    }
    return {};
  });
  house_.sessions.forget_cached();
  return settled(std::move(done), who);
}

Result<void> RestructureDesk::hand_over(BodyRestructureId id, BodyId old_body, std::span<const Allocation> allocations, const HandoverMinutes& minutes, Arrival arrival) {
  const auto found = house_.store.read([&](db::Reader& reader) { return restructures_->find(reader, id); });
  const auto who = by(found ? found->title : std::string());
  return settled(house_.store.write([&](db::Writer& writer) -> Result<void> {
    if (!may_restructure(writer, old_body)) return std::unexpected(outside());
    for (const auto& one : allocations)
      if (!may_restructure(writer, one.successor)) return std::unexpected(outside());
    return restructures_->hand_over(writer, id, old_body, allocations, minutes, arrival, who);
  }), who);
}

Result<void> RestructureDesk::re_home(BodyRestructureId id, BodyId old_body, BodyId successor) {
  const auto found = house_.store.read([&](db::Reader& reader) { return restructures_->find(reader, id); });
  const auto who = by(found ? found->title : std::string());
  return settled(house_.store.write([&](db::Writer& writer) -> Result<void> {
    if (!may_restructure(writer, old_body) || !may_restructure(writer, successor)) return std::unexpected(outside());
    return restructures_->re_home(writer, id, old_body, successor, who);
  }), who);
}

Result<void> RestructureDesk::bring_up_to_date(BodyRestructureId id) {
  const auto found = house_.store.read([&](db::Reader& reader) { return restructures_->find(reader, id); });
  const auto who = by(found ? found->title : std::string());
  return settled(house_.store.write([&](db::Writer& writer) -> Result<void> {
    if (auto allowed = whole_in_scope(writer, id); !allowed) return allowed;
    return restructures_->bring_up_to_date(writer, id, who);
  }), who);
}

Result<void> RestructureDesk::close(BodyRestructureId id) {
  const auto found = house_.store.read([&](db::Reader& reader) { return restructures_->find(reader, id); });
  const auto who = by(found ? found->title : std::string());
  return house_.store.write([&](db::Writer& writer) -> Result<void> {
    if (auto allowed = whole_in_scope(writer, id); !allowed) return allowed;
    return restructures_->close(writer, id, who);
  });
}

}  // namespace khuyenhoc
