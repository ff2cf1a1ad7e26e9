// The services every room of the house is built on, made once at start (app/) and handed to pages by reference.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
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

// A form that a round asks of a body in a window, with what the round pinned of it.
struct AskedByRound {
  Id<struct ReportTag> report;
  std::string form, family;           // "bao_cao" of the periods "bao_cao"; a request asked once has no family
  std::vector<Id<struct FormVersionTag>> versions;
  std::string title;                  // of the round
  std::optional<Day> due;             // of this body
  std::string address;                // of the report's page
};

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

  // The windows an office reports in (src/forms); empty: everybody in the usual ones.
  std::function<std::shared_ptr<const Periods>(db::Reader&, BodyId office)> windows_of = {};

  // What rounds of reports (src/rounds) tell the rooms below them; empty in a house without rounds.
  // The forms asked of a body in a window.
  std::function<std::vector<AskedByRound>(db::Reader&, BodyId body, Period window)> asked_by_rounds = {};
  // Whether a figure of the body may be written in the window on this form; else why not and the way out: its report, or that of the association it reports through, is sent.
  std::function<Result<void>(db::Reader&, BodyId body, BodyId association, Period window, std::string_view form)> entry_lock = {};
  // Somebody confirms the figures of a branch on a form, in that transaction.
  std::function<Result<void>(db::Writer&, const Viewer&, BodyId branch, Period window, std::string_view form)> figures_confirmed = {};
  // The address of the round in which an office asked, or a body is asked, in a period; none: there is none that the visitor may see.
  std::function<std::optional<std::string>(const Visit&, BodyId body, const NamedPeriod&)> round_address = {};
};

}  // namespace khuyenhoc
