#include <algorithm>

#include <boost/json.hpp>

#include "accounts/accounts.h"
#include "base/number.h"
#include "organisation/namesakes.h"
#include "home/duties.h"

namespace khuyenhoc::home {
namespace {

namespace json = boost::json;

constexpr std::size_t entries_looked_through = 200;
constexpr std::size_t lines_of_one_body = 3;
constexpr std::int64_t day_ms = 86'400'000;
constexpr std::int64_t utc_plus_7_ms = 7 * 3'600'000;

std::optional<std::int64_t> value_in(const std::string& text) {
  boost::system::error_code broken;
  const json::value parsed = json::parse(text, broken);
  if (broken || !parsed.is_object()) return std::nullopt;
  const auto* value = parsed.as_object().if_contains("value");
  return value != nullptr && value->is_int64() ? std::optional(value->as_int64()) : std::nullopt;
}

// What a corrected figure of a branch did to the total of the unit: the same difference, when both figures are known.
std::string effect_of(const AuditEntry& entry, BodyId own) {
  if (entry.noun != "statement" || entry.body == own) return {};
  const auto before = value_in(entry.before_json);
  const auto after = value_in(entry.after_json);
  if (!before || !after || *before == *after) return {};
  return tr("Toàn đơn vị {}.", change_text(*after - *before));
}

}  // namespace

std::vector<Change> changes_since(const House& house, db::Reader& reader, RecentEntries& recent, const Viewer& viewer, Day since, std::size_t at_most) {
  std::vector<Change> out;
  const std::int64_t since_ms = since.number() * day_ms - utc_plus_7_ms;
  for (const auto& one : recent.newest(house.trail, reader, viewer, since_ms, entries_looked_through, house.clock.now_ms())) {
    const AuditEntry& entry = *one;
    auto found = std::ranges::find(out, entry.body, &Change::body);
    if (found == out.end()) {
      if (out.size() >= at_most) continue;
      if (viewer.organisation()->find(entry.body) == nullptr) continue;
      found = out.insert(out.end(), {entry.body, name_among_siblings(*viewer.organisation(), entry.body, viewer.today()), time_text(entry.at_ms), {}, 0});
    }
    if (found->lines.size() >= lines_of_one_body) {
      ++found->more;
      continue;
    }
    std::string line = trail_sentence(entry) + ".";
    if (const std::string effect = effect_of(entry, viewer.acting_for()); !effect.empty()) line += " " + effect;
    found->lines.push_back(std::move(line));
  }
  return out;
}

}  // namespace khuyenhoc::home
