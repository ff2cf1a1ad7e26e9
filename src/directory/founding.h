// Founding a branch or board: its decision, its first members, its head and whom to call; and the decision as a paper to sign.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "directory/keep_body.h"
#include "organisation/decisions.h"
#include "platform/document/document.h"

namespace khuyenhoc::directory {

struct FoundForm {
  std::string kind, name, short_name, area, former_area, born, uid;   // as typed or chosen
  std::string decision_number, decision_day, decision_issuer;
  std::string members, arrival;                                       // arrival: "trong" when they are in the totals stated above already
  std::string head_name, telephone;
  std::string contact_name, contact_task, contact_telephone;
};
std::vector<Choice> arrivals();          // whether the first members are in the totals stated above already
struct FoundChoices {
  std::vector<Choice> kinds, areas, former_areas;
};
// What may be founded under a body: kinds that answer to it today, the units it may lie in, and the old communes of its area.
FoundChoices found_choices(const House& house, const Organisation& organisation, BodyId superior, Day today, Language language);
Kept found_body(House& house, const Viewer& viewer, BodyId superior, const FoundForm& form);

// What a body was founded by; none of those that came with an import or a restructure.
struct Founding {
  Decision decision;
  std::optional<std::int64_t> members;
};
std::optional<Founding> founding_of(db::Reader& reader, BodyId body);
void keep_founding(db::Writer& writer, BodyId body, const Founding& founding);

// "QUYẾT ĐỊNH về việc thành lập …", with the head of the body above: a draft until it has a number. Signature and seal stand on it only when it has one, the
// office above issues digital papers, and whoever asks may sign for it. "founding.superior" of a body that answers to none.
Result<document::Document> founding_paper(House& house, const Viewer& viewer, BodyId body);

// A new area from a day on. Its own field "area", and "from".
struct AreaForm {
  std::string area, from, reason;
  std::int64_t version = 0;
};
std::vector<Choice> area_choices(const Organisation& organisation, BodyId body, Day today);
Kept change_area(House& house, const Viewer& viewer, BodyId body, const AreaForm& form);

}  // namespace khuyenhoc::directory
