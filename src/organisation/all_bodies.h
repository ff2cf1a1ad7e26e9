// All bodies as a transaction of many changes sees them: read once, or taken from the snapshot by one that is only tried; changed in memory, written together.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <unordered_map>
#include <vector>

#include "organisation/organisation_store.h"

namespace khuyenhoc {

class OrganisationChanges::AllBodies {
 public:
  explicit AllBodies(db::Reader& reader);
  explicit AllBodies(OrganisationView snapshot) : snapshot_(std::move(snapshot)) {}

  const Body* find(BodyId id) const;
  std::vector<BodyId> ever_below(BodyId superior) const;         // by id
  std::vector<BodyId> children(BodyId superior, Day day) const;  // by id
  bool linked(BodySuccession link) const;
  void put(const Body& body);
  void link(BodySuccession link);
  void unlink(BodySuccession link);
  void write_down(db::Writer& writer);                           // what has changed since the last time

 private:
  // How the store has a body that has changed: not at all, or with these versions.
  using Stored = std::optional<std::vector<BodyVersion>>;
  void hang(BodyId body, BodyId superior);
  void changed(BodySuccession link, bool made);

  OrganisationView snapshot_;                                    // holds whatever is not in the rest; none: all were read
  std::unordered_map<BodyId, Body> bodies_;
  std::unordered_map<BodyId, std::vector<BodyId>> below_;
  std::set<BodySuccession> links_;
  std::map<BodyId, Stored> changed_;
  std::map<BodySuccession, bool> changed_links_;                 // true: made
};

}  // namespace khuyenhoc
