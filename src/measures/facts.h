// Facts: the append-only log everything that shows a figure goes back to. Posting happens inside the transaction of the record that implies it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/day.h"
#include "base/id.h"
#include "measures/catalogue.h"
#include "measures/closed_rounds.h"
#include "measures/cube.h"
#include "measures/window_table.h"
#include "organisation/organisation.h"
#include "platform/db/db.h"

namespace khuyenhoc {

class Entered;
class EnteredRegister;
class OwnIndicators;
class Touched;

enum class FactKind : std::int64_t { record = 1, statement = 2, handover = 3, reversal = 4, elimination = 5, companion = 6 };

// What stands behind an amount: something listed, or a remainder that nothing below explains yet. A handover keeps the layer: what was only stated at the
// body that ended is only stated at its successor.
enum class FactLayer : std::int64_t {
  listed = 0,           // records, eliminations
  own_remainder = 1,    // of a figure stated for the body alone
  remainder = 2,        // of a total stated for the body and all below it
  window = 3,           // of a window that crosses another of the same body: counts only where exactly that window is asked, never in the cube
};

// What a fact that arrives below a stated total means to it: the officer is asked in plain words.
enum class Arrival : std::int64_t {
  beyond = 0,   // "Ngoài tổng số đã ghi": the total grows
  within = 1,   // "Nằm trong tổng số đã ghi": the remainder shrinks, the total stays
};

// What a fact comes from: a statement, a handover, a member's file, an import batch.
struct Source {
  std::string noun;                     // "statement", "restructure", "batch", …
  std::int64_t id = 0;
  auto operator<=>(const Source&) const = default;
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
  FactLayer layer = FactLayer::listed;
  Arrival arrival = Arrival::beyond;    // as it was declared; remembered, so that remainders can be worked out again
  Period window{};                      // of a remainder: the window of its statement
};

// In a layer of remainders: handed over by a restructure, or re-homed after it. A statement's own remainder is worked out anew by its holder; this is not.
constexpr bool is_taken_over(FactKind kind) { return kind == FactKind::handover || kind == FactKind::record; }

// Everything a page's figures are answered from, taken at one moment.
struct LedgerView {
  std::shared_ptr<const CubeSnapshot> cube;
  std::shared_ptr<const WindowTable> windows;
  std::shared_ptr<const ClosedRounds> closed;
  std::shared_ptr<const Entered> entered;
  OrganisationView organisation;
  const Catalogue* catalogue = nullptr;
  std::shared_ptr<const std::set<Series>> counts;       // counts whose register is there; the others are undefined
};

// Keeps the cube true to the log: loads it at start, posts what commits, follows other processes on PostgreSQL.
class Ledger {
 public:
  Ledger(db::Store& store, const Catalogue& catalogue, OrganisationView organisation);
  // With a catalogue that has room (Catalogue::make_room), which it fills with the store's own indicators and lets grow.
  Ledger(db::Store& store, Catalogue& catalogue, OrganisationView organisation);
  ~Ledger();
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;

  void load();                                                             // at start; also counts of bodies and closed rounds
  // Adds a fact to the transaction; it reaches the cube after the commit, before write() returns. Remainders above it are NOT worked out: whoever records
  // below stated totals goes through Statements::record.
  void post(db::Writer& writer, Fact fact);
  void reverse(db::Writer& writer, const Fact& fact);                      // same valid day, opposite amount
  std::vector<Fact> facts(db::Reader& reader, BodyId body, Series series, Period period);    // in log order
  Cube& cube();
  LedgerView view() const;
  const Catalogue& catalogue() const { return catalogue_; }
  OrganisationView organisation() const;
  void organisation_changed(OrganisationView organisation);               // after a commit that changed bodies: new axes, new counts
  // The same in two steps: what takes long with very many new bodies, from any thread and showing nothing yet; what it returns is short and makes it so.
  std::function<void()> organisation_ahead(OrganisationView organisation);
  // PostgreSQL: reads what other processes committed; returns the position reached. Does nothing on a store that only this process writes.
  std::int64_t follow();
  // Counts that another register knows (congresses held, centres rated): the whole content of one series; until then the figure is undefined ("–").
  void replace_register(Series series, std::vector<CubeFact> facts);
  bool has_register(Series series) const;

  // The numbers the database gives to series and nouns, and back. For the queries of this folder.
  std::int64_t stored_series(Series series) const;
  std::optional<Series> series_of_stored(std::int64_t stored) const;
  std::int64_t stored_noun(db::Writer& writer, const std::string& noun);
  std::string noun_of_stored(std::int64_t stored) const;
  // Facts of this very transaction are written into the table at its end; until then sums read inside it must add these. Amount 0: taken back again.
  std::span<const Fact> pending(db::Reader& reader) const;
  std::int64_t new_id();
  EnteredRegister& entered();                                             // who has stated something in which window
  bool keeps_own() const;                                                 // has a catalogue that grows
  OwnIndicators& own();                                                   // asserts it
  void series_stored(Series series, std::int64_t stored);                 // of an own indicator, when it becomes known: before any fact of it
  const Touched& touched() const;                                         // whose figures were written lately
  std::uint64_t number() const;                                           // of this ledger, among all of the process
  void closing_changed(db::Writer& writer, std::vector<std::shared_ptr<const ClosedRound>> rounds);   // after the commit the official lens shows them

 private:
  struct Impl;
  void follow_closings();
  const Catalogue& catalogue_;
  std::unique_ptr<Impl> impl_;
};

}  // namespace khuyenhoc
