#include <algorithm>

#include <boost/json.hpp>

#include "accounts/accounts.h"
#include "base/number.h"
#include "home/duties.h"
#include "organisation/namesakes.h"

namespace khuyenhoc::home {
namespace {

namespace json = boost::json;

constexpr std::size_t entries_looked_through = 2'000;              // a commune's office enters whole columns: 100 branches with 15 figures each
constexpr std::string_view reported_family = "bao_cao";
constexpr std::size_t lines_of_one_body = 3;
constexpr std::int64_t day_ms = 86'400'000;
constexpr std::int64_t utc_plus_7_ms = 7 * 3'600'000;
constexpr std::int64_t sitting_ms = 2 * 3'600'000;                 // a pause longer than this begins another sitting

json::object object_in(const std::string& text) {
  boost::system::error_code broken;
  const json::value parsed = json::parse(text, broken);
  return !broken && parsed.is_object() ? parsed.as_object() : json::object();
}

std::optional<std::int64_t> value_in(const json::object& object) {
  const auto* value = object.if_contains("value");
  return value != nullptr && value->is_int64() ? std::optional(value->as_int64()) : std::nullopt;
}

// What a corrected figure of a branch did to the total of the unit: the same difference, when both figures are known.
std::string effect_of(const AuditEntry& entry, const json::object& after, BodyId own) {
  if (entry.noun != "statement" || entry.body == own) return {};
  const auto before_value = value_in(object_in(entry.before_json));
  const auto after_value = value_in(after);
  if (!before_value || !after_value || *before_value == *after_value) return {};
  return tr("Toàn đơn vị {}.", change_text(*after_value - *before_value));
}

// The period whose figure was entered for the first time; none for a correction and for everything else.
std::optional<NamedPeriod> first_entry_of(const House& house, const AuditEntry& entry, const json::object& after) {
  if (entry.noun != "statement" || entry.action != "state" || !entry.before_json.empty()) return std::nullopt;
  const auto* period = after.if_contains("period");
  if (period == nullptr || !period->is_string()) return std::nullopt;
  return house.periods.parse_name(reported_family, period->as_string());
}

void replace(std::string& text, std::string_view what, std::string_view with) {
  if (const auto at = text.find(what); at != std::string::npos) text.replace(at, what.size(), with);
}

// The name stands above the lines and a blank before the first figure is no news, so a line says neither.
std::string short_sentence(const AuditEntry& entry, const std::string& name) {
  std::string sentence = trail_sentence(entry);
  if (entry.noun != "statement") return sentence;
  replace(sentence, fmt::format(" của {},", name), ",");
  if (entry.before_json.empty()) replace(sentence, ": để trống thành ", ": ");
  return sentence;
}

struct Sitting {
  UserId user;
  NamedPeriod period;
  std::int64_t newest_ms = 0, oldest_ms = 0;
  std::size_t figures = 0;
  std::size_t line = lines_of_one_body;                             // which one tells of it; past the last: it is among those that are only counted
};

class Teller {
 public:
  Teller(const House& house, const Viewer& viewer) : house_(house), viewer_(viewer), organisation_(*viewer.organisation()) {}

  void tell(Change& change, std::vector<Sitting>& sittings, const AuditEntry& entry) const {
    const json::object after = object_in(entry.after_json);
    if (const auto period = first_entry_of(house_, entry, after)) {
      for (Sitting& sitting : sittings)
        if (sitting.user == entry.user && sitting.period.name() == period->name() && sitting.oldest_ms - entry.at_ms <= sitting_ms) {
          ++sitting.figures;
          sitting.oldest_ms = entry.at_ms;
          return;
        }
      sittings.push_back({entry.user, *period, entry.at_ms, entry.at_ms, 1, change.lines.size()});
    }
    if (change.lines.size() >= lines_of_one_body) {
      ++change.more;
      return;
    }
    std::string text = sentence_of(entry) + ".";
    if (const std::string effect = effect_of(entry, after, viewer_.acting_for()); !effect.empty()) text += " " + effect;
    change.lines.push_back({std::move(text), std::nullopt});
  }

  void tell(Change& change, const std::vector<Sitting>& sittings) const {
    for (const Sitting& sitting : sittings) {
      if (sitting.line >= change.lines.size()) continue;
      Change::Line& line = change.lines[sitting.line];
      const std::string period = house_.periods.label(sitting.period, current_language());
      if (sitting.figures > 1)
        line.text = sittings.size() == 1 ? tr("Đã ghi {} số liệu ({}).", sitting.figures, period) : tr("Đã ghi {} số liệu ({}), {}.", sitting.figures, period, time_text(sitting.newest_ms));
      line.entered = sitting.period;
    }
  }

 private:
  std::string sentence_of(const AuditEntry& entry) const {
    return short_sentence(entry, organisation_.body(entry.body).on(viewer_.today()).name);
  }

  const House& house_;
  const Viewer& viewer_;
  const Organisation& organisation_;
};

}  // namespace

std::vector<Change> changes_since(const House& house, db::Reader& reader, RecentEntries& recent, const Viewer& viewer, Day since, std::size_t at_most) {
  std::vector<Change> out;
  std::vector<std::vector<Sitting>> sittings;                       // of each change
  const Teller teller(house, viewer);
  const std::int64_t since_ms = since.number() * day_ms - utc_plus_7_ms;
  auto entries = recent.newest(house.trail, reader, viewer, since_ms, entries_looked_through, house.clock.now_ms());
  std::ranges::stable_sort(entries, std::ranges::greater{}, [](const auto& one) { return one->at_ms; });   // clocks of two processes may differ
  for (const auto& one : entries) {
    const AuditEntry& entry = *one;
    auto found = std::ranges::find(out, entry.body, &Change::body);
    if (found == out.end()) {
      if (out.size() >= at_most) continue;
      if (viewer.organisation()->find(entry.body) == nullptr) continue;
      found = out.insert(out.end(), {entry.body, name_among_siblings(*viewer.organisation(), entry.body, viewer.today()), time_text(entry.at_ms), {}, 0,
                                    viewer.may(Permission::see_audit, entry.body)});
      sittings.emplace_back();
    }
    teller.tell(*found, sittings[static_cast<std::size_t>(found - out.begin())], entry);
  }
  for (std::size_t i = 0; i < out.size(); ++i) teller.tell(out[i], sittings[i]);
  return out;
}

}  // namespace khuyenhoc::home
