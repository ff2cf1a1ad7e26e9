#include "committees/areas.h"

#include <algorithm>
#include <set>

#include <boost/json.hpp>

#include "access/appointments.h"
#include "base/i18n.h"
#include "committees/areas_queries.h"

namespace khuyenhoc {
namespace {

bool holds(db::Reader& reader, std::int64_t holding, Day day) {
  const auto held = find_post_holding(reader, holding);
  return held && held->on(day);
}

}  // namespace

std::vector<LookedAfter> looked_after_by(db::Reader& reader, BodyId office, Day day) {
  auto out = areas_sql::of_office(reader, office, day);
  std::map<std::int64_t, bool> held;
  std::erase_if(out, [&](const LookedAfter& one) {
    const auto [at, is_new] = held.try_emplace(one.holding, false);
    if (is_new) at->second = holds(reader, one.holding, day);
    return !at->second;
  });
  return out;
}

std::optional<Carer> who_looks_after(db::Reader& reader, const Organisation& organisation, BodyId body, Day day) {
  for (BodyId at = body; at; at = organisation.body(at).on(day).superior)
    for (const LookedAfter& one : looked_after_history(reader, at)) {
      if (one.from > day || (one.until && *one.until <= day)) continue;
      if (auto held = find_post_holding(reader, one.holding); held && held->on(day)) return Carer{std::move(*held), one.office};
    }
  return std::nullopt;
}

std::map<std::int64_t, std::vector<BodyId>> bodies_by_carer(db::Reader& reader, const Organisation& organisation, BodyId office, Day day) {
  std::map<BodyId, std::int64_t> of;
  for (const LookedAfter& one : looked_after_by(reader, office, day)) of[one.body] = one.holding;
  std::map<std::int64_t, std::vector<BodyId>> out;
  for (const BodyId body : organisation.children(office, day)) out[of.contains(body) ? of.at(body) : 0].push_back(body);
  return out;
}

std::vector<PostHolding> possible_carers(db::Reader& reader, BodyId office, Day day) {
  auto out = post_holders(reader, office, day);
  std::erase_if(out, [](const PostHolding& holding) {
    static const std::set<std::string, std::less<>> others{"ke_toan", "thu_quy", "van_thu", "uy_vien_bch"};
    return others.contains(holding.post);
  });
  return out;
}

Result<std::size_t> assign_carers(House& house, const Viewer& viewer, BodyId office, const std::vector<CareWanted>& wanted, Day from) {
  const auto organisation = house.organisation.current();
  const auto done = house.store.write([&](db::Writer& writer) -> Result<std::size_t> {
    const auto carers = possible_carers(writer, office, from);
    std::map<BodyId, LookedAfter> now;
    std::set<std::int64_t> touched;
    for (const LookedAfter& one : areas_sql::of_office(writer, office, from)) now[one.body] = one;
    if (const auto later = areas_sql::later_of_office(writer, office, from); !later.empty())
      return refuse("areas.days", tr("Đã có phân công từ {}. Xin ghi ngày từ đó trở đi.", later.back().from.text()), "from");
    std::size_t changed = 0;
    for (const CareWanted& line : wanted) {
      const Body* body = organisation->find(line.body);
      if (body == nullptr || !body->alive(from) || body->on(from).superior != office) return refuse("areas.body", tr("Tổ chức này không trực thuộc đơn vị vào ngày {}.", from.text()), "from");
      const auto at = now.find(line.body);
      const LookedAfter* before = at == now.end() ? nullptr : &at->second;
      const bool still_held = before != nullptr && holds(writer, before->holding, from);
      const std::int64_t stored = still_held ? before->holding : 0;
      if (stored == line.holding) continue;
      if ((still_held ? before->id : 0) != line.known)
        return refuse("areas.stale", tr("Phân công của {} vừa được người khác sửa. Xin xem lại rồi ghi tiếp.", body->on(from).name), fmt::format("nguoi-{}", line.body.value));
      if (line.holding != 0 && std::ranges::find(carers, line.holding, &PostHolding::id) == carers.end())
        return refuse("areas.holder", tr("Xin chọn người theo dõi trong danh sách."), fmt::format("nguoi-{}", line.body.value));
      if (before != nullptr) {
        areas_sql::end(writer, before->id, std::max(from, before->from));
        touched.insert(before->holding);
      }
      if (line.holding != 0) {
        areas_sql::insert(writer, {house.store.new_id(), office, line.body, line.holding, from, std::nullopt});
        touched.insert(line.holding);
      }
      ++changed;
    }
    if (changed == 0) return changed;
    // whose permissions follow the list sees these bodies from the day on
    std::map<std::int64_t, std::vector<BodyId>> lists;
    for (const LookedAfter& one : areas_sql::of_office(writer, office, from)) lists[one.holding].push_back(one.body);
    for (const std::int64_t holding : touched) {
      const auto held = find_post_holding(writer, holding);
      const PostKind* kind = held ? Posts::house().find(held->post) : nullptr;
      if (kind == nullptr || kind->reach != PostKind::Reach::list || !held->on(from) || !gives_access(writer, holding)) continue;
      if (auto given = look_after(writer, Giver::viewer(viewer), holding, lists[holding], from); !given) return std::unexpected(given.error());
    }
    const std::string summary = tr(Language::vietnamese, "Phân công người theo dõi {} đơn vị trực thuộc {}, từ {}", changed, organisation->body(office).on(from).name, from.text());
    house.trail.write(writer, viewer, office, "areas", office.value, "assign", {}, boost::json::serialize(boost::json::object{{"summary", summary}, {"changed", changed}, {"from", from.iso()}}));
    return changed;
  });
  if (done) house.sessions.forget_cached();
  return done;
}

}  // namespace khuyenhoc
