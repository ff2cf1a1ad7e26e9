// All bodies as a transaction of many changes sees them: read once, changed in memory, written together.
#pragma once

#include <map>
#include <set>
#include <span>
#include <unordered_map>
#include <vector>

#include "organisation/organisation_store.h"

namespace khuyenhoc {

class OrganisationChanges::AllBodies {
 public:
  explicit AllBodies(db::Reader& reader);

  const Body* find(BodyId id) const;
  std::span<const BodyId> ever_below(BodyId superior) const;     // by id
  bool linked(BodySuccession link) const { return links_.contains(link); }
  void put(const Body& body);
  void link(BodySuccession link);
  void unlink(BodySuccession link);
  void write_down(db::Writer& writer);                           // what has changed since the last time

 private:
  enum class Standing { fresh, known };                          // in the store
  void hang(BodyId body, BodyId superior);

  std::unordered_map<BodyId, Body> bodies_;
  std::unordered_map<BodyId, std::vector<BodyId>> below_;
  std::set<BodySuccession> links_;
  std::map<BodyId, Standing> changed_;
  std::map<BodySuccession, bool> changed_links_;                 // true: made
};

}  // namespace khuyenhoc
