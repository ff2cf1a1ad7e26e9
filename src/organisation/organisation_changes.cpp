#include <cassert>

#include "base/i18n.h"
#include "base/text.h"
#include "organisation/body_queries.h"
#include "organisation/organisation_builder.h"
#include "organisation/organisation_store.h"

namespace khuyenhoc {
namespace {

const std::string& label_of(const BodyKind& kind) { return current_language() == Language::english ? kind.label_en : kind.label_vi; }

constexpr std::size_t longest_name = 200;

Result<std::string> checked_name(std::string_view typed, std::string_view place) {
  auto name = normalised(typed);
  if (name.empty()) return refuse("body.name", tr("Cần ghi tên tổ chức."), std::string(place));
  if (count_characters(name) > longest_name)
    return refuse("body.name", tr("Tên tổ chức dài quá {} chữ; xin rút gọn lại.", longest_name), std::string(place));
  return name;
}

}  // namespace

OrganisationChanges::OrganisationChanges(OrganisationStore& store, db::Writer& writer, AuditSink sink, std::int64_t now_ms, std::string reason)
    : store_(store), writer_(writer), sink_(std::move(sink)), now_ms_(now_ms), reason_(std::move(reason)), batch_(std::make_shared<OrganisationStore::Batch>()) {
  const auto current = store.current();
  territory_ = TerritoryView(current, &current->territory());
  writer.before_commit([batch = batch_](db::Writer& last) {
    if (!batch->bodies.empty()) number_body_changes(last, last.next_positions());
  });
  writer.after_commit([&store, batch = batch_] {
    if (!batch->bodies.empty() || !batch->links.empty()) store.publish(*batch);
  });
}

Result<Body> OrganisationChanges::body(BodyId id) {
  if (const auto known = batch_->bodies.find(id); known != batch_->bodies.end()) return known->second;
  auto found = load_body(writer_, id);
  if (!found) return refuse("body.unknown", tr("Không tìm thấy tổ chức này. Có thể đường dẫn đã cũ; xin tìm lại theo tên."));
  return std::move(*found);
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

std::vector<BodyId> OrganisationChanges::children(BodyId superior, Day day) {
  std::vector<BodyId> out;
  for (const auto id : ever_answered_to(writer_, superior)) {
    const auto below = body(id);
    if (below && below->alive(day) && below->on(day).superior == superior) out.push_back(id);
  }
  return out;
}

void OrganisationChanges::keep(Body after, std::string_view action, const std::string& before_json) {
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
  const auto& kind = store_.systems().kind(child.kind);
  const auto* area = territory_->find(version.area);
  if (!area) return refuse("body.area", tr("Cần chọn địa bàn hoặc nơi đặt trụ sở."), "area");
  if (!version.superior) {
    if (kind.under.empty() || kind.system != hkh) return {};
    return refuse("body.superior", tr("Cần chọn tổ chức cấp trên của {}.", label_of(kind)), "superior");
  }
  const auto superior = body(version.superior);
  if (!superior) return refuse("body.superior", tr("Không tìm thấy tổ chức cấp trên đã chọn."), "superior");
  const auto& above = store_.systems().kind(superior->kind);
  if (above.system != kind.system || std::ranges::find(kind.under, above.family) == kind.under.end())
    return refuse("body.superior", tr("{} không trực thuộc {}; xin chọn tổ chức cấp trên khác.", label_of(kind), label_of(above)), "superior");
  if (!superior->alive(day))
    return refuse("body.superior", tr("Ngày {1}, “{0}” chưa thành lập hoặc đã kết thúc; xin chọn tổ chức cấp trên khác hoặc sửa ngày.", superior->on(day).name, day.text()),
                  "superior");
  for (auto next = superior; next;) {
    if (next->id == child.id)
      return refuse("body.circle", tr("“{}” đang trực thuộc chính “{}”, nên không thể là cấp trên của tổ chức này.", superior->on(day).name, child.on(day).name),
                    "superior");
    const auto up = next->on(day).superior;
    if (!up) break;
    next = body(up);
  }
  return {};
}

Result<BodyId> OrganisationChanges::found(const NewBody& given) {
  const auto* kind = store_.systems().find(given.kind);
  if (!kind) return refuse("body.kind", tr("Không có loại tổ chức “{}”; xin chọn trong danh sách.", given.kind), "kind");
  if (kind->until && given.born >= *kind->until)
    return refuse("body.kind_closed", tr("Từ ngày {} không còn {}.", kind->until->text(), label_of(*kind)), "born");
  auto name = checked_name(given.name, "name");
  if (!name) return std::unexpected(name.error());
  auto short_name = checked_name(given.short_name.empty() ? given.name : given.short_name, "short_name");
  if (!short_name) return std::unexpected(short_name.error());
  if (given.former_area && !territory_->find(given.former_area)) return refuse("body.area", tr("Không tìm thấy đơn vị hành chính cũ đã chọn."), "former_area");
  Body body;
  body.kind = given.kind;
  body.born = given.born;
  body.former_area = given.former_area;
  body.versions.push_back({given.born, std::move(*name), std::move(*short_name), given.superior, given.area});
  if (auto placed = check_place(body, body.versions.front(), given.born); !placed) return std::unexpected(placed.error());
  if (given.namesake == NewBody::Namesake::refused && given.superior)
    for (const auto sibling : children(given.superior, given.born)) {
      const auto other = this->body(sibling);
      if (other && tone_neutral(other->on(given.born).name) == tone_neutral(body.versions.front().name))
        return refuse("body.namesake", tr("Đã có “{}” trực thuộc cùng cấp trên. Nếu là tổ chức khác, xin ghi tên để phân biệt.", body.versions.front().name),
                      "name");
    }
  body.id = store_.store().new_id<BodyId>();
  body.uid = given.uid == Uuid{} ? Uuid::make(now_ms_) : given.uid;
  const auto id = body.id;
  keep(std::move(body), "found", {});
  return id;
}

Result<void> OrganisationChanges::rename(BodyId id, Day from, std::string_view name, std::string_view short_name, std::int64_t expected_version) {
  auto body = open(id, expected_version);
  if (!body) return std::unexpected(body.error());
  if (!body->alive(from))
    return refuse("body.not_alive", tr("Ngày {1}, “{0}” chưa thành lập hoặc đã kết thúc, nên không đổi tên từ ngày đó được.", body->on(from).name, from.text()), "from");
  auto new_name = checked_name(name, "name");
  if (!new_name) return std::unexpected(new_name.error());
  auto new_short = checked_name(short_name.empty() ? name : short_name, "short_name");
  if (!new_short) return std::unexpected(new_short.error());
  const auto before = json_of(*body);
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
  const auto before = json_of(*body);
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
  const auto before = json_of(*body);
  body->ended = first_day_gone;
  keep(std::move(*body), "end", before);
  return {};
}

Result<void> OrganisationChanges::lay_in(BodyId id, UnitId former_area, std::int64_t expected_version) {
  auto body = open(id, expected_version);
  if (!body) return std::unexpected(body.error());
  if (former_area && !territory_->find(former_area)) return refuse("body.area", tr("Không tìm thấy đơn vị hành chính cũ đã chọn."), "former_area");
  const auto before = json_of(*body);
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
  if (has_succession(writer_, link)) return {};
  insert_succession(writer_, link);
  batch_->links.emplace_back(link, true);
  // The predecessor's row is touched so that other processes notice.
  const auto before = json_of(*old);
  keep(std::move(*old), "succeed", before);
  return {};
}

Result<void> OrganisationChanges::forget_succession(BodyId predecessor, BodyId successor) {
  auto old = body(predecessor);
  if (!old) return std::unexpected(old.error());
  const BodySuccession link{predecessor, successor};
  delete_succession(writer_, link);
  batch_->links.emplace_back(link, false);
  const auto before = json_of(*old);
  keep(std::move(*old), "forget_succession", before);
  return {};
}

Result<void> OrganisationChanges::take_back(BodyId id) {
  auto body = open(id, 0);
  if (!body) return std::unexpected(body.error());
  for (const auto below : ever_answered_to(writer_, id))
    if (const auto child = this->body(below); child && !child->voided)
      return refuse("body.has_branches", tr("“{}” còn hoặc đã từng có tổ chức trực thuộc (“{}”) nên không hủy được.", body->versions.back().name,
                                                     child->versions.back().name));
  const auto before = json_of(*body);
  body->voided = true;
  keep(std::move(*body), "void", before);
  return {};
}

Result<void> OrganisationChanges::restore(const Body& image) {
  auto now = body(image.id);
  if (!now) return std::unexpected(now.error());
  const auto before = json_of(*now);
  Body after = image;
  after.uid = now->uid;
  after.row_version = now->row_version;
  keep(std::move(after), "restore", before);
  return {};
}

void OrganisationChanges::import_all(std::vector<Body> bodies, const std::vector<BodySuccession>& successions) {
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
