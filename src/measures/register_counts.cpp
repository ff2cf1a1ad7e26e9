#include "measures/register_counts.h"

#include <map>
#include <set>

#include "organisation/in_charge.h"
#include "organisation/systems.h"

namespace khuyenhoc {
namespace {

struct Span {
  Day from;
  Day to;          // first day it no longer covers
  BodyId body;
};

// Which association answers for a unit on a day: the one that covers it, or the one that covers what lies above it.
class Responsibility {
 public:
  explicit Responsibility(const Organisation& organisation) : territory_(organisation.territory()), covering_(territory_.size()) {
    for (Node node = 0; node < organisation.size(); ++node) {
      const BodyId id = organisation.id(node);
      const Body& body = organisation.body(id);
      const auto level = level_in_charge_of(organisation.kind(id));
      if (body.voided || !level) continue;
      for (std::size_t i = 0; i < body.versions.size(); ++i) {
        const auto& version = body.versions[i];
        const Unit* unit = territory_.find(version.area);
        if (!unit || unit->level != *level) continue;
        const Day from = i == 0 ? body.born : std::max(body.born, version.from);
        const Day to = std::min(body.ended.value_or(Day::latest()), i + 1 < body.versions.size() ? body.versions[i + 1].from : Day::latest());
        if (from < to) covering_[territory_.node(version.area)].push_back({from, to, id});
      }
    }
    for (auto& spans : covering_) std::ranges::stable_sort(spans, {}, &Span::from);
  }

  BodyId covering(UnitId unit, Day day) const {
    for (const Span& span : covering_[territory_.node(unit)])
      if (span.from <= day && day < span.to) return span.body;
    return {};
  }
  BodyId responsible(UnitId unit, Day day) const {
    for (; unit; unit = territory_.unit(unit).on(day).parent)
      if (const BodyId body = covering(unit, day)) return body;
    return {};
  }
  // The days on which the answer for a unit may change.
  void add_changes(UnitId id, std::set<Day>& out) const {
    const Unit& unit = territory_.unit(id);
    for (const Span& span : covering_[territory_.node(id)]) {
      out.insert(span.from);
      out.insert(span.to);
    }
    UnitId last_parent;
    for (const auto& version : unit.versions) {
      out.insert(version.from);
      if (version.parent && version.parent != last_parent) add_changes(version.parent, out);
      last_parent = version.parent;
    }
  }

 private:
  const Territory& territory_;
  std::vector<std::vector<Span>> covering_;
};

class Counter {
 public:
  Counter(const Catalogue& catalogue, const Organisation& organisation) : catalogue_(catalogue), organisation_(organisation), responsibility_(organisation) {
    for (MeasureIndex index = 0; index < catalogue.measures().size(); ++index)
      if (const auto& measure = catalogue.measure(index); measure.kind == MeasureKind::count) by_register_[measure.register_name] = index;
  }

  std::vector<RegisterCount> counts() {
    // a register that the organisation knows is known even while nothing is in it: its count is 0, not "–"
    for (const std::string_view name : {"associations", "branches", "boards", "communes", "communes_with_association", "centres"})
      if (const auto at = by_register_.find(name); at != by_register_.end()) {
        (void)facts_[catalogue_.series(at->second)];
        for (const auto& dimension : catalogue_.measure(at->second).dimensions)
          for (const auto& member : dimension.members) (void)facts_[*catalogue_.series(at->second, dimension.code, member.code)];
      }
    for (Node node = 0; node < organisation_.size(); ++node) count_body(organisation_.id(node));
    const Territory& territory = organisation_.territory();
    for (Node node = 0; node < territory.size(); ++node)
      if (const Unit& unit = territory.unit(territory.id(node)); unit.level == UnitLevel::commune) count_commune(unit);
    std::vector<RegisterCount> out;
    for (auto& [series, facts] : facts_) out.push_back({series, std::move(facts)});
    return out;
  }

 private:
  void add(std::string_view register_name, std::string_view member, BodyId at, Day from, Day to) {
    const auto found = by_register_.find(register_name);
    if (found == by_register_.end() || !at || to <= from) return;
    const auto put = [&](Series series) {
      auto& facts = facts_[series];
      facts.push_back({organisation_.node(at), from, series, 1});
      if (to < Day::latest()) facts.push_back({organisation_.node(at), to, series, -1});
    };
    put(catalogue_.series(found->second));
    for (const auto& dimension : catalogue_.measure(found->second).dimensions)
      if (const auto series = catalogue_.series(found->second, dimension.code, member)) put(*series);
  }

  void count_body(BodyId id) {
    const Body& body = organisation_.body(id);
    const BodyKind& kind = organisation_.kind(id);
    if (body.voided) return;
    const Day to = body.ended.value_or(Day::latest());
    if (kind.code == "tthtcd") return count_centre(body, to);
    if (kind.system != hkh) return;
    if (kind.level == BodyKind::Level::commune) add("associations", kind.group, id, body.born, to);
    if (kind.family == "chi_hoi") add("branches", kind.group, id, body.born, to);
    if (kind.family == "ban") add("boards", kind.group, id, body.born, to);
  }

  // From one change to the next the same association answers.
  template <class Each>
  void each_stretch(std::set<Day> changes, Day from, Day to, Each each) {
    changes.insert(from);
    for (auto at = changes.lower_bound(from); at != changes.end() && *at < to; ++at) {
      const auto next = std::next(at);
      each(*at, next == changes.end() ? to : std::min(*next, to));
    }
  }

  void count_centre(const Body& body, Day to) {
    std::set<Day> changes;
    for (const auto& version : body.versions) {
      changes.insert(version.from);
      if (version.area) responsibility_.add_changes(version.area, changes);
    }
    each_stretch(std::move(changes), body.born, to, [&](Day from, Day until) {
      if (const UnitId area = body.on(from).area) add("centres", {}, responsibility_.responsible(area, from), from, until);
    });
  }

  void count_commune(const Unit& unit) {
    static const std::map<std::string, std::string, std::less<>> members{{"xã", "xa"}, {"phường", "phuong"}, {"đặc khu", "dac_khu"}, {"thị trấn", "thi_tran"}};
    std::set<Day> changes;
    responsibility_.add_changes(unit.id, changes);
    each_stretch(std::move(changes), unit.born, unit.ended.value_or(Day::latest()), [&](Day from, Day until) {
      const auto type = members.find(unit.on(from).type);
      const std::string_view member = type == members.end() ? std::string_view{} : std::string_view(type->second);
      add("communes", member, responsibility_.responsible(unit.id, from), from, until);
      add("communes_with_association", member, responsibility_.covering(unit.id, from), from, until);
    });
  }

  const Catalogue& catalogue_;
  const Organisation& organisation_;
  Responsibility responsibility_;
  std::map<std::string, MeasureIndex, std::less<>> by_register_;
  std::map<Series, std::vector<CubeFact>> facts_;
};

}  // namespace

std::vector<RegisterCount> register_counts(const Catalogue& catalogue, const Organisation& organisation) { return Counter(catalogue, organisation).counts(); }

}  // namespace khuyenhoc
