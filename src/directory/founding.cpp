#include "directory/founding.h"

#include <algorithm>
#include <charconv>

#include <boost/json.hpp>

#include "base/number.h"
#include "base/text.h"
#include "directory/contact_people.h"
#include "measures/acts.h"
#include "measures/entry_mode.h"
#include "organisation/systems.h"

namespace khuyenhoc::directory {
namespace {

constexpr std::string_view members_measure = "B01";

std::optional<std::int64_t> typed_members(const std::string& typed, FormErrors& errors) {
  std::string digits = normalised(typed);
  if (digits.empty()) return std::nullopt;
  std::erase(digits, '.');
  constexpr std::int64_t most = 100'000;
  std::int64_t out = 0;
  const auto [end, wrong] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  if (wrong == std::errc{} && end == digits.data() + digits.size() && out >= 0 && out <= most) return out;
  errors.emplace_back("members", tr("“{}” không phải là số hội viên. Xin ghi một số nguyên, ví dụ 45, hoặc để trống.", normalised(typed)));
  return std::nullopt;
}

// Where a unit above states its totals as a whole, its branches state nothing of their own.
void check_members_may_be_stated(const House& house, const Organisation& organisation, BodyId superior, Day born, FormErrors& errors) {
  const std::string stated = house.store.read([&](db::Reader& reader) -> std::string {
    for (BodyId at = superior; at; at = organisation.body(at).on(born).superior)
      if (entry_mode(reader, at, Period{born, born}) == EntryMode::stated_whole) return organisation.body(at).on(born).name;
    return {};
  });
  if (!stated.empty()) errors.emplace_back("members", tr("{} nhập số chung cho cả đơn vị, nên số hội viên của tổ chức mới nằm trong số chung đó. Xin để trống ô này.", stated));
}

// The first members are a level stated on the founding day. The body is there already, so what is refused here is said, and entered later like any figure.
std::string state_members(House& house, const Viewer& viewer, BodyId body, Day born, std::int64_t members, Arrival arrival) {
  const std::string name = house.organisation.current()->body(body).on(born).name;
  const auto stated = house.store.write([&](db::Writer& writer) -> Result<void> {
    const Series series = house.catalogue.series(house.catalogue.index(members_measure));
    say_way(writer, "founding");
    const auto done = house.statements.state(writer, body, series, {born, born}, members, 0, arrival, viewer.user(), house.clock.now_ms());
    if (!done) return std::unexpected(done.error());
    const std::string summary = tr(Language::vietnamese, "Hội viên khi thành lập của {}: {}", name, number_text(members));
    house.trail.write(writer, viewer, body, "statement", done->statement.id, "state", {},
                      boost::json::serialize(boost::json::object{{"summary", summary}, {"measure", std::string(members_measure)}, {"value", members}}));
    return {};
  });
  return stated ? tr("Có {} hội viên từ ngày thành lập.", number_text(members)) : tr("Chưa ghi được số hội viên: {}", stated.error().message);
}

}  // namespace

std::vector<Choice> arrivals() { return {{"ngoai", tr("là hội viên mới, cộng thêm vào số đã ghi")}, {"trong", tr("đã nằm trong số chung cấp trên đã ghi")}}; }

FoundChoices found_choices(const House& house, const Organisation& organisation, BodyId superior, Day today, Language language) {
  FoundChoices out;
  const BodyKind& above = organisation.kind(superior);
  for (const BodyKind& kind : house.organisation.systems().kinds()) {
    if (kind.system != above.system || std::ranges::find(kind.under, above.family) == kind.under.end() || (kind.until && today >= *kind.until)) continue;
    out.kinds.push_back({kind.code, language == Language::english ? kind.label_en : kind.label_vi});
  }
  const Territory& territory = organisation.territory();
  const UnitId own = organisation.body(superior).on(today).area;
  const Unit* area = territory.find(own);
  if (area == nullptr) return out;
  out.areas.push_back({std::to_string(own.value), area->full_name(today)});
  if (area->level < UnitLevel::commune && area->level != UnitLevel::country)
    for (const UnitId child : territory.children(own, today)) out.areas.push_back({std::to_string(child.value), territory.unit(child).full_name(today)});
  if (area->level == UnitLevel::commune)
    for (const UnitId before : territory.predecessors(own)) {
      const Unit& unit = territory.unit(before);
      out.former_areas.push_back({std::to_string(before.value), unit.ended ? tr("{} (cũ)", unit.full_name(today)) : unit.full_name(today)});
    }
  return out;
}

Kept found_body(House& house, const Viewer& viewer, BodyId superior, const FoundForm& form) {
  Kept out;
  const auto organisation = house.organisation.current();
  const FoundChoices choices = found_choices(house, *organisation, superior, viewer.today(), viewer.language());
  const auto offered = [](const std::vector<Choice>& among, const std::string& value) { return std::ranges::find(among, value, &Choice::value) != among.end(); };
  if (!offered(choices.kinds, form.kind)) out.errors.emplace_back("kind", tr("Xin chọn loại tổ chức."));
  if (normalised(form.name).empty()) out.errors.emplace_back("name", tr("Xin ghi tên tổ chức, ví dụ Chi hội Thôn 9."));
  if (!offered(choices.areas, form.area)) out.errors.emplace_back("area", tr("Xin chọn địa bàn trong danh sách."));
  if (!form.former_area.empty() && !offered(choices.former_areas, form.former_area)) out.errors.emplace_back("former_area", tr("Xin chọn địa bàn cũ trong danh sách, hoặc để trống."));
  const auto born = typed_day(form.born, "born", out.errors);
  const auto decision = decision_from(form.decision_number, form.decision_day, form.decision_issuer, DecisionIs::optional);
  if (!decision) out.errors.emplace_back(decision.error().place, decision.error().message);
  const auto members = typed_members(form.members, out.errors);
  if (members && born) check_members_may_be_stated(house, *organisation, superior, *born, out.errors);
  if (born && *born > viewer.today()) out.errors.emplace_back("born", tr("Ngày thành lập chưa đến. Xin ghi hôm nay hoặc một ngày đã qua."));
  if (!out.errors.empty()) return out;

  NewBody made;
  made.kind = form.kind;
  made.name = normalised(form.name);
  made.short_name = normalised(form.short_name);
  made.superior = superior;
  made.area = UnitId{std::stoll(form.area)};
  if (!form.former_area.empty()) made.former_area = UnitId{std::stoll(form.former_area)};
  made.born = *born;
  made.uid = Uuid::parse(form.uid).value_or(Uuid{});
  const std::string& above = organisation->body(superior).on(viewer.today()).name;
  out.said = tr("Đã thành lập {}, trực thuộc {}.", made.name, above);
  // the same form sent twice founds one body
  if (made.uid != Uuid{})
    for (const BodyId sibling : organisation->children(superior, viewer.today()))
      if (organisation->body(sibling).uid == made.uid) {
        out.founded = sibling;
        return out;
      }
  const std::string sentence = tr(Language::vietnamese, "Thành lập {}, trực thuộc {}, từ {}", made.name, above, born->text());
  const auto done = house.store.write([&](db::Writer& writer) -> Result<BodyId> {
    OrganisationChanges changes(house.organisation, writer, sink_of(house.trail, viewer, [&](const ChangeNote&) { return sentence; }), house.clock.now_ms(), decision_text(*decision));
    const auto body = changes.found(made);
    if (!body) return body;
    if (!decision->empty() || members) keep_founding(writer, *body, {*decision, members});
    if (!normalised(form.head_name).empty() || !normalised(form.telephone).empty()) {
      const auto told = sink_of(house.trail, viewer, [&](const ChangeNote&) { return tr(Language::vietnamese, "Ghi người đứng đầu và số điện thoại của {}", made.name); });
      if (auto kept = keep_contact(writer, house.keys, told, {*body, form.head_name, form.telephone, 0}); !kept) return std::unexpected(kept.error());
    }
    if (!normalised(form.contact_name).empty() || !normalised(form.contact_telephone).empty()) {
      const ContactPerson person{.body = *body, .name = form.contact_name, .task = form.contact_task, .telephone = form.contact_telephone, .from = *born, .until = {}};
      if (auto kept = add_contact_person(house, writer, viewer, person); !kept) return std::unexpected(kept.error());
    }
    return body;
  });
  if (!done) return refused_in(done.error(), "name");
  out.founded = *done;
  if (members) out.said += " " + state_members(house, viewer, out.founded, *born, *members, form.arrival == "trong" ? Arrival::within : Arrival::beyond);
  return out;
}


std::vector<Choice> area_choices(const Organisation& organisation, BodyId id, Day today) {
  const Territory& territory = organisation.territory();
  const BodyVersion& version = organisation.body(id).on(today);
  std::vector<Choice> out;
  const auto add = [&](UnitId unit) {
    if (territory.find(unit) == nullptr || std::ranges::find(out, std::to_string(unit.value), &Choice::value) != out.end()) return;
    out.push_back({std::to_string(unit.value), territory.unit(unit).full_name(today)});
  };
  add(version.area);
  if (!version.superior) return out;
  const UnitId above = organisation.body(version.superior).on(today).area;
  add(above);
  if (const Unit* unit = territory.find(above); unit != nullptr && unit->level != UnitLevel::country)
    for (const UnitId child : territory.children(above, today)) add(child);
  return out;
}

Kept change_area(House& house, const Viewer& viewer, BodyId id, const AreaForm& form) {
  Kept out;
  const auto organisation = house.organisation.current();
  const auto choices = area_choices(*organisation, id, viewer.today());
  if (std::ranges::find(choices, form.area, &Choice::value) == choices.end()) out.errors.emplace_back("area", tr("Xin chọn địa bàn trong danh sách."));
  const auto from = typed_day(form.from, "from", out.errors);
  if (!out.errors.empty()) return out;
  const UnitId area{std::stoll(form.area)};
  const Body& body = organisation->body(id);
  const BodyVersion& version = body.on(*from);
  if (version.area == area) {
    out.errors.emplace_back("area", tr("Đây là địa bàn đang ghi. Xin chọn địa bàn khác."));
    return out;
  }
  const std::string unit = organisation->territory().unit(area).full_name(viewer.today());
  const std::string sentence = tr(Language::vietnamese, "Đổi địa bàn của {} thành {}, từ {}", version.name, unit, from->text());
  const auto done = house.store.write([&](db::Writer& writer) {
    OrganisationChanges changes(house.organisation, writer, sink_of(house.trail, viewer, [&](const ChangeNote&) { return sentence; }), house.clock.now_ms(), normalised(form.reason));
    return changes.move(id, *from, version.superior, area, form.version <= 0 ? -1 : form.version);
  });
  if (done) {
    out.said = tr("Đã đổi địa bàn thành {}, từ {}.", unit, from->text());
    return out;
  }
  if (done.error().code != "body.stale") return refused_in(done.error(), "area");
  const auto now = house.organisation.current();
  out.meanwhile = SavedMeanwhile{{}, {}, now->territory().unit(now->body(id).on(*from).area).full_name(viewer.today()), now->body(id).row_version};
  return out;
}

}  // namespace khuyenhoc::directory
