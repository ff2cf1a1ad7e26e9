// Facts: the append-only log everything that shows a figure goes back to. Posting happens inside the transaction of the record that implies it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/day.h"
#include "base/id.h"
#include "measures/catalogue.h"
#include "measures/cube.h"
#include "organisation/organisation.h"
#include "platform/db/db.h"

namespace khuyenhoc {

enum class FactKind : std::int64_t { record = 1, statement = 2, handover = 3, reversal = 4, elimination = 5, companion = 6 };

// What a fact comes from: a statement, a handover, a member's file, an import batch.
struct Source {
  std::string noun;                     // "statement", "restructure", "batch", …
  std::int64_t id = 0;
};

struct Fact {
  std::int64_t position = 0;            // in the log, given at commit; 0 before
  BodyId body;
  Day day;                              // valid day
  Series series = 0;
  std::int64_t amount = 0;
  FactKind kind = FactKind::record;
  Source source;
  std::int64_t reverses = 0;            // position of the fact it takes back, or 0
};

// Keeps the cube true to the log: loads it at start, posts what commits, follows other processes on PostgreSQL.
class Ledger {
 public:
  Ledger(db::Store& store, const Catalogue& catalogue, OrganisationView organisation);
  void load();                                                             // at start; also counts of bodies
  // Adds a fact to the transaction; it reaches the cube after the commit, before write() returns.
  void post(db::Writer& writer, Fact fact);
  void reverse(db::Writer& writer, const Fact& fact);                      // same valid day, opposite amount
  std::vector<Fact> facts(db::Reader& reader, BodyId body, Series series, Period period);    // in log order
  Cube& cube();
  const Catalogue& catalogue() const;
  OrganisationView organisation() const;
  void organisation_changed(OrganisationView organisation);               // after a commit that changed bodies: new axes, new counts
  std::int64_t follow();                                                   // PostgreSQL: reads what other processes committed; returns the position reached
};

}  // namespace khuyenhoc
