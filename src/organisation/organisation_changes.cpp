#include <cassert>

#include "base/i18n.h"
#include "organisation/all_bodies.h"
#include "organisation/body_queries.h"
#include "organisation/body_rules.h"
#include "organisation/organisation_builder.h"
#include "organisation/organisation_store.h"
#include "platform/db/trial.h"

namespace khuyenhoc {

OrganisationChanges::OrganisationChanges(OrganisationStore& store, db::Writer& writer, AuditSink sink, std::int64_t now_ms, std::string reason, Breadth breadth)
    : store_(store), writer_(writer), sink_(std::move(sink)), now_ms_(now_ms), reason_(std::move(reason)), batch_(std::make_shared<OrganisationStore::Batch>()) {
  const auto current = store.current();
  territory_ = TerritoryView(current, &current->territory());
  // Beside a trial, others go on committing; whatever it finds is judged again by whoever does it.
  if (dynamic_cast<const db::Trial*>(&writer) != nullptr) all_ = std::make_shared<AllBodies>(current);
  else if (breadth == Breadth::many) all_ = std::make_shared<AllBodies>(writer);
  writer.before_commit([batch = batch_, all = all_](db::Writer& last) {
    if (all) all->write_down(last);
    if (batch->bodies.empty()) return;
    batch->position = last.next_positions();
    number_body_changes(last, batch->position);
  });
  writer.after_commit([&store, batch = batch_] {
    if (!batch->bodies.empty() || !batch->links.empty()) store.publish(*batch);
  });
}

Result<Body> OrganisationChanges::body(BodyId id) {
  const auto unknown = [] { return refuse("body.unknown", tr("Không tìm thấy tổ chức này. Có thể đường dẫn đã cũ; xin tìm lại theo tên.")); };
  if (all_) {
    const auto* known = all_->find(id);
    if (!known) return unknown();
    return *known;
  }
  if (const auto known = batch_->bodies.find(id); known != batch_->bodies.end()) return known->second;
  auto found = load_body(writer_, id);
  if (!found) return unknown();
  return std::move(*found);
}

void OrganisationChanges::write_down() {
  if (all_) all_->write_down(writer_);
}

Result<Body> OrganisationChanges::open(BodyId id, std::int64_t expected_version) {
  auto found = body(id);
  if (!found) return found;
  if (found->voided) return refuse("body.unknown", tr("Tổ chức này đã được hủy vì ghi nhầm."));
  if (expected_version != 0 && expected_version != found->row_version)
    return refuse("body.stale", tr("“{}” vừa được người khác sửa. Xin xem lại thông tin mới rồi ghi tiếp.", found->versions.back().name));
  return found;
}

OrganisationView OrganisationChanges::would_be() const { return store_.after(*batch_, *store_.current()); }

std::vector<BodyId> OrganisationChanges::ever_below(BodyId superior) {
  if (!all_) return ever_answered_to(writer_, superior);
  return all_->ever_below(superior);
}

std::vector<BodyId> OrganisationChanges::children(BodyId superior, Day day) {
  if (all_) return all_->children(superior, day);
  std::vector<BodyId> out;
  for (const auto id : ever_below(superior)) {
    const auto below = body(id);
    if (below && below->alive(day) && below->on(day).superior == superior) out.push_back(id);
  }
  return out;
}

std::string OrganisationChanges::told(const Body& body) const { return all_ ? std::string() : json_of(body); }

void OrganisationChanges::keep(Body after, std::string_view action, const std::string& before_json) {
  if (all_) {
    if (all_->find(after.id)) ++after.row_version;
    all_->put(after);
    const auto id = after.id;
    batch_->bodies.insert_or_assign(id, std::move(after));
    return;
  }
  if (before_json.empty()) {
    insert_body(writer_, after);
  } else {
    ++after.row_version;
    update_body(writer_, after);
  }
  if (sink_) sink_(writer_, ChangeNote{after.id, "body", after.id.value, action, before_json, json_of(after), reason_, {}});
  const auto id = after.id;
  batch_->bodies.insert_or_assign(id, std::move(after));
}

Result<void> OrganisationChanges::check_place(const Body& child, const BodyVersion& version, Day day) {
  std::map<BodyId, Body> seen;
  return khuyenhoc::check_place(store_.systems(), *territory_, child, version, day, [&](BodyId id) -> const Body* {
    if (all_) return all_->find(id);
    if (const auto at = seen.find(id); at != seen.end()) return &at->second;
    auto found = body(id);
    return found ? &seen.emplace(id, std::move(*found)).first->second : nullptr;
  });
}

Result<BodyId> OrganisationChanges::found(const NewBody& given) {
  auto made = body_to_found(store_.systems(), *territory_, given);
  if (!made) return std::unexpected(made.error());
  const std::string& name = made->versions.front().name;
  if (auto placed = check_place(*made, made->versions.front(), given.born); !placed) return std::unexpected(placed.error());
  if (given.namesake == NewBody::Namesake::refused && given.superior)
    for (const auto sibling : children(given.superior, given.born)) {
      const auto other = body(sibling);
      if (other && namesake_key(other->on(given.born).name) == namesake_key(name)) return refuse_namesake(name);
    }
  made->id = store_.store().new_id<BodyId>();
  if (made->uid == Uuid{}) made->uid = Uuid::make(now_ms_);
  const auto id = made->id;
  keep(std::move(*made), "found", {});
  return id;
}

Result<void> OrganisationChanges::rename(BodyId id, Day from, std::string_view name, std::string_view short_name, std::int64_t expected_version) {
  auto body = open(id, expected_version);
  if (!body) return std::unexpected(body.error());
  if (!body->alive(from))
    return refuse("body.not_alive", tr("Ngày {1}, “{0}” chưa thành lập hoặc đã kết thúc, nên không đổi tên từ ngày đó được.", body->on(from).name, from.text()), "from");
  auto new_name = checked_body_name(name, "name");
  if (!new_name) return std::unexpected(new_name.error());
  auto new_short = checked_body_name(short_name.empty() ? name : short_name, "short_name");
  if (!new_short) return std::unexpected(new_short.error());
  const auto before = told(*body);
  auto version = body->on(from);
  version.from = from;
  version.name = std::move(*new_name);
  version.short_name = std::move(*new_short);
  put_version(*body, version);
  keep(std::move(*body), "rename", before);
  return {};
}

Result<void> OrganisationChanges::move(BodyId id, Day from, BodyId superior, UnitId area, std::int64_t expected_version) {
  auto body = open(id, expected_version);
  if (!body) return std::unexpected(body.error());
  if (!body->alive(from))
    return refuse("body.not_alive", tr("Ngày {1}, “{0}” chưa thành lập hoặc đã kết thúc, nên không chuyển từ ngày đó được.", body->on(from).name, from.text()), "from");
  const auto before = told(*body);
  auto version = body->on(from);
  version.from = from;
  version.superior = superior;
  version.area = area;
  if (auto placed = check_place(*body, version, from); !placed) return placed;
  put_version(*body, version);
  keep(std::move(*body), "move", before);
  return {};
}

Result<void> OrganisationChanges::end(BodyId id, Day first_day_gone, std::int64_t expected_version) {
  auto body = open(id, expected_version);
  if (!body) return std::unexpected(body.error());
  const auto& name = body->on(first_day_gone).name;
  if (body->ended) return refuse("body.not_alive", tr("“{}” đã kết thúc hoạt động từ ngày {}.", name, body->ended->text()), "day");
  if (first_day_gone <= body->born)
    return refuse("body.not_alive", tr("“{}” thành lập ngày {}, nên không thể kết thúc từ ngày {}.", name, body->born.text(), first_day_gone.text()), "day");
  if (body->versions.back().from >= first_day_gone)
    return refuse("body.later_change", tr("“{}” còn thay đổi có hiệu lực từ ngày {}; xin khôi phục thay đổi đó trước.", name, body->versions.back().from.text()),
                  "day");
  if (const auto below = children(id, first_day_gone); !below.empty()) {
    const auto first = this->body(below.front());
    return refuse("body.has_branches", tr("“{}” còn {} tổ chức trực thuộc (ví dụ “{}”). Cần chuyển hoặc kết thúc các tổ chức này trước.", name, below.size(),
                                                   first->on(first_day_gone).name));
  }
  const auto before = told(*body);
  body->ended = first_day_gone;
  keep(std::move(*body), "end", before);
  return {};
}

Result<void> OrganisationChanges::lay_in(BodyId id, UnitId former_area, std::int64_t expected_version) {
  auto body = open(id, expected_version);
  if (!body) return std::unexpected(body.error());
  if (former_area && !territory_->find(former_area)) return refuse("body.area", tr("Không tìm thấy đơn vị hành chính cũ đã chọn."), "former_area");
  const auto before = told(*body);
  body->former_area = former_area;
  keep(std::move(*body), "lay_in", before);
  return {};
}

Result<void> OrganisationChanges::succeed(BodyId predecessor, BodyId successor) {
  auto old = open(predecessor, 0);
  if (!old) return std::unexpected(old.error());
  auto next = open(successor, 0);
  if (!next) return std::unexpected(next.error());
  if (predecessor == successor) return refuse("body.succession", tr("Một tổ chức không thể kế thừa chính mình."));
  const BodySuccession link{predecessor, successor};
  if (all_ ? all_->linked(link) : has_succession(writer_, link)) return {};
  if (all_) all_->link(link);
  else insert_succession(writer_, link);
  batch_->links.emplace_back(link, true);
  // The predecessor's row is touched so that other processes notice.
  const auto before = told(*old);
  keep(std::move(*old), "succeed", before);
  return {};
}

Result<void> OrganisationChanges::forget_succession(BodyId predecessor, BodyId successor) {
  auto old = body(predecessor);
  if (!old) return std::unexpected(old.error());
  const BodySuccession link{predecessor, successor};
  if (all_) all_->unlink(link);
  else delete_succession(writer_, link);
  batch_->links.emplace_back(link, false);
  const auto before = told(*old);
  keep(std::move(*old), "forget_succession", before);
  return {};
}

Result<void> OrganisationChanges::take_back(BodyId id) {
  auto body = open(id, 0);
  if (!body) return std::unexpected(body.error());
  for (const auto below : ever_below(id))
    if (const auto child = this->body(below); child && !child->voided)
      return refuse("body.has_branches", tr("“{}” còn hoặc đã từng có tổ chức trực thuộc (“{}”) nên không hủy được.", body->versions.back().name,
                                                     child->versions.back().name));
  const auto before = told(*body);
  body->voided = true;
  keep(std::move(*body), "void", before);
  return {};
}

Result<void> OrganisationChanges::restore(const Body& image) {
  auto now = body(image.id);
  if (!now) return std::unexpected(now.error());
  const auto before = told(*now);
  Body after = image;
  after.uid = now->uid;
  after.row_version = now->row_version;
  keep(std::move(after), "restore", before);
  return {};
}

void OrganisationChanges::import_all(std::vector<Body> bodies, const std::vector<BodySuccession>& successions) {
  assert(!all_ && "an import is written at once");
  insert_bodies(writer_, bodies);
  for (const auto& link : successions) {
    insert_succession(writer_, link);
    batch_->links.emplace_back(link, true);
  }
  for (auto& body : bodies) {
    const auto id = body.id;
    batch_->bodies.insert_or_assign(id, std::move(body));
  }
}

}  // namespace khuyenhoc
