// Makes the next snapshot of the bodies: from nothing (tests, loading) or from the one before with some bodies put in their new state.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "organisation/organisation.h"
#include "organisation/systems.h"

namespace khuyenhoc {

class OrganisationBuilder {
 public:
  explicit OrganisationBuilder(TerritoryView territory, const Systems& systems = Systems::house());
  explicit OrganisationBuilder(const Organisation& before, const Systems& systems = Systems::house());   // nodes stay what they were

  void set_territory(TerritoryView territory);
  void put(Body body);                                       // a new one takes the next node; a known one is replaced
  void put_all(std::span<const std::shared_ptr<const Body>> bodies);   // the same for many
  void succeed(BodyId predecessor, BodyId successor);
  void forget_succession(BodyId predecessor, BodyId successor);
  // The finished snapshot. Asserts that superiors and areas exist.
  OrganisationView build(std::uint64_t version);

  // In words, for worlds without a store: ids count from 1 in the order of founding.
  BodyId found(std::string_view kind, std::string_view name, std::string_view short_name, BodyId superior, UnitId area, Day born);
  void move(BodyId body, Day from, BodyId superior, UnitId area);
  void rename(BodyId body, Day from, std::string_view name, std::string_view short_name);
  void end(BodyId body, Day first_day_gone);
  OrganisationView build() { return build(made_.version_ + 1); }

 private:
  Body copy(BodyId body) const;
  void replace(Node node, std::shared_ptr<const Body> body);
  void add(std::shared_ptr<const Body> body);
  void reshape();

  const Systems& systems_;
  Organisation made_;
  std::vector<Node> renamed_;                                // whose words changed, and new ones
  bool moved_ = true;                                        // the trees must be laid anew
  bool searchable_ = false;                                  // the search of the snapshot before can be continued
};

// One more version of a body from a day on. What a later version says of its own stays; what it merely carried on takes the new value.
void put_version(Body& body, const BodyVersion& version);

}  // namespace khuyenhoc
