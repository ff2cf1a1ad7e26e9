#include <algorithm>
#include <cassert>
#include <charconv>
#include <map>
#include <mutex>

#include <fmt/format.h>

#include "base/i18n.h"
#include "forms/form_content.h"
#include "forms/forms_queries.h"
#include "forms/known_versions.h"
#include "measures/own_indicators.h"
#include "shell/house.h"

namespace khuyenhoc {
namespace {

// Published versions never change, so what was read once is kept, by ledger (several stores may be open in one process).
struct Known {
  std::mutex mutex;
  std::map<std::pair<std::uint64_t, FormVersionId>, std::shared_ptr<const FormVersion>> versions;
};
Known& known() {
  static Known one;
  return one;
}
constexpr std::size_t most_kept = 5'000;

bool is_in_region(const Organisation& organisation, BodyId body, BodyId above, Day day) {
  if (organisation.find(body) == nullptr || organisation.find(above) == nullptr) return false;
  return organisation.superiors().is_within(organisation.node(body), organisation.node(above), day);
}

// The newest of each owner, of a list in order of owner, day and number.
std::vector<FormVersion> newest_by_owner(const std::vector<FormVersion>& all) {
  std::vector<FormVersion> out;
  for (const auto& one : all) {
    if (!out.empty() && out.back().owner == one.owner) out.back() = one;
    else out.push_back(one);
  }
  return out;
}

std::optional<FormVersion> newest(const std::vector<FormVersion>& all) {
  const auto at = std::ranges::max_element(all, {}, [](const FormVersion& one) { return std::pair(one.in_force_from, one.number); });
  return at == all.end() ? std::nullopt : std::optional(*at);
}

std::string replaced(std::string text, std::string_view hole, const std::string& with) {
  for (auto at = text.find(hole); at != std::string::npos; at = text.find(hole, at + with.size())) text.replace(at, hole.size(), with);
  return text;
}

}  // namespace

Result<std::shared_ptr<const FormVersion>> known_version(db::Reader& reader, const House& house, FormVersionId id) {
  const auto key = std::pair(house.ledger.number(), id);
  {
    const std::lock_guard lock(known().mutex);
    if (const auto at = known().versions.find(key); at != known().versions.end()) return at->second;
  }
  auto stored = forms_sql::find(reader, id);
  if (!stored) return refuse("form.unknown", tr("Không có mẫu báo cáo này."));
  auto content = content_of_text(house.catalogue, stored->content);
  if (!content && content.error().code == "form.measure" && house.ledger.keeps_own()) {   // an own indicator that another process has added just now
    house.ledger.own().load(reader);
    content = content_of_text(house.catalogue, stored->content);
  }
  if (!content) return std::unexpected(content.error());
  stored->version.content = std::move(*content);
  auto out = std::make_shared<const FormVersion>(std::move(stored->version));
  if (out->is_draft()) return out;
  const std::lock_guard lock(known().mutex);
  if (known().versions.size() >= most_kept) known().versions.clear();
  known().versions.emplace(key, out);
  return out;
}

Result<FormVersion> form_version(db::Reader& reader, const House& house, FormVersionId id) {
  auto found = known_version(reader, house, id);
  if (!found) return std::unexpected(found.error());
  return **found;
}

std::vector<FormVersion> forms_in_force(db::Reader& reader, const House& house, BodyId body, Day day) {
  const OrganisationView organisation = house.organisation.current();
  const std::string& system = organisation->kind(body).system;
  std::map<std::string, std::vector<FormVersion>> by_code;
  for (auto& one : forms_sql::published(reader, FormVersion::Kind::periodic, day))
    if (std::ranges::find(one.systems, system) != one.systems.end()) by_code[one.code].push_back(std::move(one));
  std::vector<FormVersion> out;
  for (const auto& [code, versions] : by_code)
    if (auto found = form_version(reader, house, newest(versions)->id)) out.push_back(std::move(*found));
  return out;
}

FormPins pins_in_force(db::Reader& reader, const House& house, std::string_view code, BodyId office, Day day, PinBelow below) {
  FormPins out;
  const auto base = newest(forms_sql::published_of(reader, code, FormVersion::Kind::periodic, day));
  if (!base) {
    if (const auto request = newest(forms_sql::published_of(reader, code, FormVersion::Kind::request, day))) out.versions.push_back(request->id);
    return out;
  }
  out.versions.push_back(base->id);
  const OrganisationView organisation = house.organisation.current();
  std::vector<std::pair<int, FormVersionId>> additions;          // from the top down
  for (const auto& one : newest_by_owner(forms_sql::published_of(reader, code, FormVersion::Kind::addition, day))) {
    const bool above = is_in_region(*organisation, office, one.owner, day);
    if (!above && (below == PinBelow::no || !is_in_region(*organisation, one.owner, office, day))) continue;
    int depth = 0;
    constexpr int deepest = 64;
    for (Node at = organisation->node(one.owner); at != no_node && depth < deepest; at = organisation->superiors().hangs_under(at, day)) ++depth;
    additions.emplace_back(depth, one.id);
  }
  std::ranges::sort(additions);
  for (const auto& [depth, id] : additions) out.versions.push_back(id);
  return out;
}

std::string FormPins::text() const {
  std::string out;
  for (const auto id : versions) out += fmt::format("{}{}", out.empty() ? "" : " ", id.value);
  return out;
}

FormPins FormPins::of_text(std::string_view text) {
  FormPins out;
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  while (at != end) {
    std::int64_t number = 0;
    const auto [next, wrong] = std::from_chars(at, end, number);
    if (wrong != std::errc{}) break;
    out.versions.push_back({number});
    at = next == end ? end : next + 1;
  }
  return out;
}

FormPins merged(FormPins pins, const FormPins& more) {
  for (const auto id : more.versions)
    if (std::ranges::find(pins.versions, id) == pins.versions.end()) pins.versions.push_back(id);
  return pins;
}

std::string said_in(std::string text, const Periods& periods, const NamedPeriod& period, Language language) {
  std::string next;
  if (period.family == "bao_cao" && period.window == "H1") next = tr(language, "6 tháng cuối năm {}", std::to_string(period.year));
  else if (period.family == "bao_cao" && period.window == "9M") next = tr(language, "3 tháng cuối năm {}", std::to_string(period.year));
  else if (period.window == "Y") {
    const auto* family = periods.family(period.family);
    const auto following = periods.named(period.family, "Y", period.year + (family ? family->years : 1));
    if (following) next = periods.label(*following, language);
  } else {
    next = tr(language, "kỳ tới");
  }
  text = replaced(std::move(text), "{year}", std::to_string(period.year));
  text = replaced(std::move(text), "{next}", next);
  return replaced(std::move(text), "{period}", periods.label(period, language));
}

}  // namespace khuyenhoc
