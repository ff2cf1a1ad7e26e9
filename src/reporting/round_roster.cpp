#include "reporting/round_roster.h"

#include <algorithm>

#include "base/text.h"
#include "organisation/systems.h"
#include "reporting/entry_sheet.h"
#include "reporting/known_of_tree.h"

namespace khuyenhoc {
namespace {

std::vector<ReportingAssociation::Branch> branches_of(const Organisation& organisation, BodyId association, Day day) {
  std::vector<std::pair<std::string, ReportingAssociation::Branch>> sorted;
  for (const BodyId body : reporting_branches(organisation, association, day))
    sorted.emplace_back(sort_key(organisation.body(body).on(day).short_name), ReportingAssociation::Branch{body, organisation.node(body)});
  std::ranges::stable_sort(sorted, {}, [](const auto& one) -> const std::string& { return one.first; });
  std::vector<ReportingAssociation::Branch> out;
  out.reserve(sorted.size());
  for (const auto& [key, branch] : sorted) out.push_back(branch);
  return out;
}

RoundRoster made(const Organisation& organisation, BodyId above, Day day) {
  std::vector<std::pair<std::string, ReportingAssociation>> sorted;
  for (const BodyId body : organisation.below(above, day)) {
    const BodyKind& kind = organisation.kind(body);
    if (kind.level != BodyKind::Level::commune || kind.system != hkh) continue;
    const std::string& name = organisation.body(body).on(day).short_name;
    const auto of = kind.group == "don_vi" ? ReportingAssociation::Of::office : ReportingAssociation::Of::commune;
    sorted.emplace_back(sort_key(name), ReportingAssociation{of, body, organisation.node(body), name, branches_of(organisation, body, day)});
  }
  std::ranges::sort(sorted, {}, [](const auto& one) { return std::tie(one.first, one.second.body); });
  RoundRoster out;
  out.reserve(sorted.size());
  for (auto& [key, one] : sorted) out.push_back(std::move(one));
  return out;
}

std::size_t size_of(const RoundRoster& roster) {
  std::size_t size = 0;
  for (const ReportingAssociation& one : roster) size += 4 + one.branches.size();
  return size;
}

}  // namespace

std::shared_ptr<const RoundRoster> round_roster(const OrganisationView& organisation, BodyId above, Day day) {
  constexpr std::size_t most = 1'000'000;                          // associations and branches: some 20 MB
  static KnownOfTree<std::pair<BodyId, Day>, RoundRoster> known(most);
  return known.find_or_make(organisation, {above, day}, [&] { return made(*organisation, above, day); }, size_of);
}

}  // namespace khuyenhoc
