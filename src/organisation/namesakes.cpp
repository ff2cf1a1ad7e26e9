#include "organisation/namesakes.h"

#include <array>
#include <set>

#include "base/i18n.h"

namespace khuyenhoc {
namespace {

std::string where_it_lies(const Organisation& organisation, BodyId body, Day day) {
  const Territory& territory = organisation.territory();
  if (const UnitId former = former_unit(organisation, body, day)) {
    const Unit& old = territory.unit(former);
    return tr("{} cũ", old.on(old.ended ? *old.ended - 1 : day).running_name());
  }
  const Unit* area = territory.find(organisation.body(body).on(day).area);
  return area != nullptr ? area->on(day).running_name() : std::string();
}

std::string what_it_is(const Organisation& organisation, BodyId body, Day) {
  const BodyKind& kind = organisation.kind(body);
  return current_language() == Language::english ? kind.label_en : kind.label_vi;
}

std::string since_when(const Organisation& organisation, BodyId body, Day) { return tr("thành lập {}", organisation.body(body).born.text()); }

// The first thing that differs between all of them; where nothing alone does, all of it together, and a number where even that is alike.
void tell_apart(const Organisation& organisation, const std::vector<BodyId>& alike, Day day, std::map<BodyId, std::string>& marks) {
  constexpr std::array said{where_it_lies, what_it_is, since_when};
  for (const auto& say : said) {
    std::set<std::string> different;
    for (const BodyId body : alike) different.insert(say(organisation, body, day));
    if (different.size() < alike.size() || different.contains("")) continue;
    for (const BodyId body : alike) marks[body] = say(organisation, body, day);
    return;
  }
  std::map<std::string, std::vector<BodyId>> by_words;
  for (const BodyId body : alike) {
    const std::string where = where_it_lies(organisation, body, day), since = since_when(organisation, body, day);
    by_words[where.empty() ? since : where + ", " + since].push_back(body);
  }
  for (const auto& [words, bodies] : by_words)
    for (std::size_t i = 0; i < bodies.size(); ++i) marks[bodies[i]] = bodies.size() == 1 ? words : tr("{}, số {}", words, i + 1);
}

std::map<BodyId, std::string> marks_of(const Organisation& organisation, std::span<const BodyId> list, Day day, std::string BodyVersion::* name) {
  std::map<std::string, std::vector<BodyId>> by_name;
  for (const BodyId body : list) by_name[organisation.body(body).on(day).*name].push_back(body);
  std::map<BodyId, std::string> marks;
  for (const auto& [same, alike] : by_name)
    if (alike.size() > 1) tell_apart(organisation, alike, day, marks);
  return marks;
}

std::string marked(const std::string& name, const std::map<BodyId, std::string>& marks, BodyId body) {
  const auto found = marks.find(body);
  return found == marks.end() ? name : fmt::format("{} ({})", name, found->second);
}

// The body and those under the same superior that share a name with it.
std::vector<BodyId> alike_under_one(const Organisation& organisation, BodyId id, Day day) {
  const Body& body = organisation.body(id);
  const BodyVersion& own = body.on(day);
  if (!own.superior || !body.alive(day)) return {id};
  std::vector<BodyId> out = organisation.directly_below(own.superior, day);
  std::erase_if(out, [&](BodyId other) {
    const BodyVersion& version = organisation.body(other).on(day);
    return other != id && version.name != own.name && version.short_name != own.short_name;
  });
  return out;
}

}  // namespace

UnitId former_unit(const Organisation& organisation, BodyId id, Day day) {
  const Territory& territory = organisation.territory();
  const auto is_gone = [&](UnitId unit) {
    const Unit* found = territory.find(unit);
    return found != nullptr && found->ended && *found->ended <= day;
  };
  const Body& body = organisation.body(id);
  if (is_gone(body.former_area)) return body.former_area;
  const UnitId here = body.on(day).area;
  if (is_gone(here)) return {};
  for (auto version = body.versions.rbegin(); version != body.versions.rend(); ++version)
    if (version->from <= day && version->area != here && is_gone(version->area) && territory.unit(version->area).level == UnitLevel::commune) return version->area;
  return {};
}

std::string former_unit_name(const Organisation& organisation, BodyId body, Day day) {
  const UnitId former = former_unit(organisation, body, day);
  if (!former) return {};
  const Unit& old = organisation.territory().unit(former);
  return tr("{} (cũ)", old.full_name(*old.ended - 1));
}

Namesakes::Namesakes(const Organisation& organisation, std::span<const BodyId> list, Day day)
    : organisation_(organisation), day_(day), of_name_(marks_of(organisation, list, day, &BodyVersion::name)),
      of_short_name_(marks_of(organisation, list, day, &BodyVersion::short_name)) {}

std::string Namesakes::name(BodyId body) const { return marked(organisation_.body(body).on(day_).name, of_name_, body); }
std::string Namesakes::short_name(BodyId body) const { return marked(organisation_.body(body).on(day_).short_name, of_short_name_, body); }

std::string name_among_siblings(const Organisation& organisation, BodyId body, Day day) {
  return Namesakes(organisation, alike_under_one(organisation, body, day), day).name(body);
}

std::string short_name_among_siblings(const Organisation& organisation, BodyId body, Day day) {
  return Namesakes(organisation, alike_under_one(organisation, body, day), day).short_name(body);
}

}  // namespace khuyenhoc
