#include "reporting/sheet_rows.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "organisation/namesakes.h"
#include "reporting/entry_sheet.h"
#include "reporting/known_of_tree.h"

namespace khuyenhoc {
namespace {

// Where a row stands: first by old commune, then schools, then offices, then the rest.
struct Place {
  int rank = 0;
  std::string sort, key, label;
  auto operator<=>(const Place&) const = default;
};

Place place_of(const Organisation& organisation, const Body& body, Day day) {
  const BodyKind& kind = organisation.kind(body.id);
  if (kind.group == "truong") return {2, {}, "truong", tr("Trường học")};
  if (kind.group == "co_quan" || kind.group == "doanh_nghiep" || kind.group == "llvt") return {3, {}, "co-quan", tr("Cơ quan, doanh nghiệp")};
  if (const UnitId old = former_unit(organisation, body.id, day)) {
    const std::string name = former_unit_name(organisation, body.id, day);
    return {0, sort_key(name), "dv-" + std::to_string(old.value), name};
  }
  if (kind.group == "khac" || kind.group == "dong_huong") return {4, {}, "khac", tr("Chi hội, ban khác")};
  return {1, {}, "thon", tr("Thôn, tổ dân phố")};
}

std::string counts_of(const Organisation& organisation, const std::vector<SheetRow>& rows) {
  std::int64_t branches = 0, boards = 0, parts = 0;
  for (const SheetRow& row : rows) {
    const std::string& family = organisation.kind(row.body).family;
    ++(family == "ban" ? boards : family == "chi_hoi" ? branches : parts);
  }
  std::string text;
  const auto add = [&](std::string words) { text += (text.empty() ? "" : ", ") + std::move(words); };
  if (branches > 0) add(tr("{} chi hội", branches));
  if (boards > 0) add(tr("{} ban", boards));
  if (parts > 0) add(tr("{} phân hội", parts));
  return text;
}

int family_rank(const BodyKind& kind) { return kind.family == "chi_hoi" ? 0 : kind.family == "ban" ? 2 : 1; }

// As people count them: branches before boards, numbered villages before those with a name.
std::string order_of(const Organisation& organisation, BodyId body, Day day) {
  const std::string& name = organisation.body(body).on(day).short_name;
  const bool numbered = std::ranges::any_of(name, [](char letter) { return letter >= '0' && letter <= '9'; });
  return fmt::format("{}{}{}", family_rank(organisation.kind(body)), numbered ? 0 : 1, sort_key(name));
}

SheetRows made(const Organisation& organisation, BodyId association, Day day) {
  SheetRows out;
  out.bodies = reporting_branches(organisation, association, day);
  const Namesakes names(organisation, out.bodies, day);
  std::map<Place, std::vector<std::pair<std::string, SheetRow>>> placed;
  for (const BodyId body : out.bodies) {
    const Body& known = organisation.body(body);
    placed[place_of(organisation, known, day)].emplace_back(
        order_of(organisation, body, day),
        SheetRow{body, organisation.node(body), names.name(body), nullptr, known.on(day).superior == association});
  }
  for (auto& [place, inside] : placed) {
    std::ranges::stable_sort(inside, {}, [](const auto& one) -> const std::string& { return one.first; });
    SheetGroup& group = out.groups.emplace_back(SheetGroup{place.key, place.label, {}, {}});
    for (auto& [order, row] : inside) group.rows.push_back(std::move(row));
    group.counts = counts_of(organisation, group.rows);
  }
  std::ranges::sort(out.bodies);
  for (const BodyId body : out.bodies) out.nodes.push_back(organisation.node(body));
  return out;
}

SheetRows asked_of(const Organisation& organisation, const SheetRows& all, const std::shared_ptr<const AskedForms>& asked) {
  SheetRows out;
  out.asked = asked;
  for (const SheetGroup& group : all.groups) {
    SheetGroup kept{group.key, group.label, {}, {}};
    for (SheetRow row : group.rows) {
      row.form = asked->branch(organisation.kind(row.body).short_form);
      if (row.form == nullptr) continue;
      out.bodies.push_back(row.body);
      kept.rows.push_back(std::move(row));
    }
    if (kept.rows.empty()) continue;
    kept.counts = counts_of(organisation, kept.rows);
    out.groups.push_back(std::move(kept));
  }
  std::ranges::sort(out.bodies);
  for (const BodyId body : out.bodies) out.nodes.push_back(organisation.node(body));
  return out;
}

std::size_t size_of(const SheetRows& rows) { return rows.bodies.size() + 1; }

}  // namespace

std::shared_ptr<const SheetRows> rows_asked(const OrganisationView& organisation, const std::shared_ptr<const AskedForms>& asked, BodyId association, Day day, Language language) {
  constexpr std::size_t most = 100'000;                            // rows: some 20 MB
  static KnownOfTree<std::tuple<BodyId, Day, Language, const AskedForms*>, SheetRows> known(most);   // what is kept holds its forms: none other comes to stand at their address
  return known.find_or_make(
      organisation, {association, day, language, asked.get()},
      [&] {
        const LanguageScope speaking(language);
        return asked_of(*organisation, *sheet_rows(organisation, association, day, language), asked);
      },
      size_of);
}

std::shared_ptr<const SheetRows> sheet_rows(const OrganisationView& organisation, BodyId association, Day day, Language language) {
  constexpr std::size_t most = 100'000;                            // rows: some 20 MB
  static KnownOfTree<std::tuple<BodyId, Day, Language>, SheetRows> known(most);
  return known.find_or_make(
      organisation, {association, day, language},
      [&] {
        const LanguageScope speaking(language);
        return made(*organisation, association, day);
      },
      size_of);
}

}  // namespace khuyenhoc
