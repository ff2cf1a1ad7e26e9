// The rows of an association's grid and how they stand on it: by old commune, then schools, then offices, then the rest. Worked out once for each tree.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/i18n.h"
#include "measures/catalogue.h"
#include "organisation/organisation.h"
#include "reporting/asked_forms.h"

namespace khuyenhoc {

struct SheetRow {
  BodyId body;
  Node node = no_node;
  std::string name;                     // "Chi hội Thôn 8"
  const ShortForm* form = nullptr;      // what it is asked, where forms are known
  bool direct = true;                   // answers to the association itself; the figures of others are part of a row above
};

struct SheetGroup {
  std::string key;                      // "dv-12", "thon", "truong", "co-quan", "khac"
  std::string label;                    // "Xã Cư Huê (cũ)"
  std::string counts;                   // "7 chi hội, 2 ban"
  std::vector<SheetRow> rows;
};

struct SheetRows {
  std::vector<SheetGroup> groups;
  std::vector<BodyId> bodies;           // of all rows, sorted
  std::vector<Node> nodes;              // of the same
  std::shared_ptr<const AskedForms> asked;   // of rows_asked: what `form` points into
};
// All that report through the association.
std::shared_ptr<const SheetRows> sheet_rows(const OrganisationView& organisation, BodyId association, Day day, Language language);
// Those of them that these forms ask any figure.
std::shared_ptr<const SheetRows> rows_asked(const OrganisationView& organisation, const std::shared_ptr<const AskedForms>& asked, BodyId association, Day day, Language language);

}  // namespace khuyenhoc
