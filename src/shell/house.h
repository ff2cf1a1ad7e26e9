// The services every room of the house is built on, made once at start (app/) and handed to pages by reference.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "access/audit.h"
#include "access/sessions.h"
#include "access/users.h"
#include "base/clock.h"
#include "measures/catalogue.h"
#include "measures/facts.h"
#include "measures/periods.h"
#include "measures/statements.h"
#include "organisation/organisation_store.h"
#include "platform/crypto/crypto.h"
#include "platform/db/db.h"
#include "territory/territory_store.h"

namespace khuyenhoc {

class Visit;

// An account of the demo world, shown on its sign-in page.
struct DemoSignIn {
  std::string telephone, password;
  std::string who;                    // "Bà Trần Kim Liên, Thư ký Hội Khuyến học xã Ea Kar"
};

struct House {
  db::Store& store;
  const Clock& clock;
  const Catalogue& catalogue;
  const Periods& periods;
  const crypto::KeyRing& keys;
  TerritoryStore& territory;
  OrganisationStore& organisation;
  Ledger& ledger;
  Statements& statements;
  AuditTrail& trail;
  Users& users;
  Sessions& sessions;
  std::vector<DemoSignIn> demo_sign_ins = {};
  std::function<std::int64_t(const Visit&)> things_to_do = {};   // how many wait for whoever asks: the count in the navigation, set by the home page
};

}  // namespace khuyenhoc
