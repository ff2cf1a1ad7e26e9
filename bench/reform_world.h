// The association of the whole country on the eve of 1/7/2025, put into a store in bulk: bodies, branches' records of several years, totals stated above them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "bench/bench.h"
#include "measures/facts.h"
#include "measures/statements.h"
#include "organisation/organisation_store.h"
#include "platform/db/db.h"
#include "restructure/restructure.h"
#include "territory/territory_store.h"

namespace khuyenhoc::bench {

struct ReformSize {
  std::int64_t facts = 5'000'000;        // of branches; what is stated above them comes on top
  std::size_t branches = 200'000;
  std::string mapping, old_units;        // of the divided communes: the content of the published files; may be empty
};

class ReformWorld {
 public:
  static Result<std::unique_ptr<ReformWorld>> make(db::Store& store, const ReformSize& size, const Options& options);

  // The reform as one decision: 63 provinces into 34, districts gone, communes as the territory tells, divided ones with their branches dealt out.
  BodyRestructure reform() const;
  // 800 mergers of two villages' branches each, in the province of today that has most of them.
  BodyRestructure villages() const;
  // Two commune associations of today that become one.
  BodyRestructure two_communes() const;
  RestructureBy by();

  std::size_t count(BodyKind::Level level, Day day) const;
  std::int64_t facts_in_store() const;

  db::Store& store;
  TerritoryStore territory;
  std::unique_ptr<OrganisationStore> bodies;
  std::unique_ptr<Ledger> ledger;
  std::unique_ptr<Statements> statements;
  std::unique_ptr<Restructures> restructures;
  std::int64_t told = 0;                 // entries for the trail
  std::int64_t divided = 0;              // communes that the territory divides
  std::int64_t stated = 0;
  double bodies_s = 0, records_s = 0, statements_s = 0;

 private:
  explicit ReformWorld(db::Store& the_store) : store(the_store) {}
  Result<void> lay_out_territory(const ReformSize& size);
  void found_bodies(const ReformSize& size);
  void record(const ReformSize& size);
  Result<void> state();

  std::vector<BodyId> provinces_, districts_, communes_, branches_;
};

std::vector<Series> typed_series(const Catalogue& catalogue);                 // whole indicators that people enter
inline Day eve_of_reform() { return reform_day() - 1; }

}  // namespace khuyenhoc::bench
