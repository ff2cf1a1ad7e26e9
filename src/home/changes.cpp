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

// Signing in and handing out accounts change nothing that the unit reports.
bool is_told_at_home(const AuditEntry& entry) {
  constexpr std::array<std::string_view, 6> nouns{"statement", "body", "restructure", "target", "entry_mode", "contact"};
  return std::ranges::find(nouns, entry.noun) != nouns.end();
}

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

std::vector<Change> changes_since(const House& house, db::Reader& reader, const Viewer& viewer, Day since, std::size_t at_most) {
  std::vector<Change> out;
  const std::int64_t since_ms = since.number() * day_ms - utc_plus_7_ms;
  for (const AuditEntry& entry : house.trail.page(reader, viewer.scope(Permission::see_figures), 0, entries_looked_through, since_ms)) {
    if (!is_told_at_home(entry)) continue;
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
