// The bodies of one store: the snapshot readers hold, and how changes reach it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "organisation/audit_sink.h"
#include "organisation/organisation.h"
#include "organisation/systems.h"
#include "platform/db/db.h"

namespace khuyenhoc {

class OrganisationStore {
 public:
  OrganisationStore(db::Store& store, TerritoryView territory, const Systems& systems = Systems::house());
  void load();                                                   // at start
  OrganisationView current() const;
  const Systems& systems() const { return systems_; }
  db::Store& store() { return store_; }
  // After a commit that changed the territory.
  void territory_changed(TerritoryView territory);
  // PostgreSQL: takes over what other processes committed. True when there was something new.
  bool follow();
  // Told of every new snapshot, in the order of commits and before write() returns (the ledger lays its axes anew).
  void on_change(std::function<void(OrganisationView)> listener);

 private:
  friend class OrganisationChanges;
  struct Batch {
    std::map<BodyId, Body> bodies;                               // as they are after the change
    std::vector<std::pair<BodySuccession, bool>> links;          // true: made; false: forgotten
  };
  void publish(const Batch& batch);
  OrganisationView after(const Batch& batch, const Organisation& before) const;
  void show(OrganisationView next);

  db::Store& store_;
  const Systems& systems_;
  mutable std::mutex current_mutex_;
  OrganisationView current_;
  std::mutex publish_mutex_;                                     // one new snapshot at a time
  std::int64_t followed_ = 0;
  std::vector<std::function<void(OrganisationView)>> listeners_;
};

struct NewBody {
  std::string kind;
  std::string name;
  std::string short_name;                                        // empty: the name
  BodyId superior;
  UnitId area;
  Day born;
  UnitId former_area;                                            // the old unit it lies in, when known
  Uuid uid;                                                      // made by whoever creates it; all zero: made here
  enum class Namesake { refused, allowed } namesake = Namesake::refused;   // a body of the same name under the same superior
};

// Changes of bodies inside one transaction, published together after its commit. Refusals carry a sentence; nothing is half done: whoever gets one returns it
// from the closure, and the transaction leaves nothing behind.
class OrganisationChanges {
 public:
  OrganisationChanges(OrganisationStore& store, db::Writer& writer, AuditSink sink, std::int64_t now_ms, std::string reason = {});

  // As this transaction sees it. "body.unknown"
  Result<Body> body(BodyId id);
  std::vector<BodyId> children(BodyId superior, Day day);

  // The snapshot as it would be published if this transaction committed now.
  OrganisationView would_be() const;

  // "body.kind", "body.kind_closed", "body.name", "body.superior", "body.area", "body.namesake"
  Result<BodyId> found(const NewBody& given);
  // "body.not_alive", "body.name"; `expected_version` 0: any; else "body.stale"
  Result<void> rename(BodyId id, Day from, std::string_view name, std::string_view short_name, std::int64_t expected_version = 0);
  // "body.superior", "body.circle", "body.area"
  Result<void> move(BodyId id, Day from, BodyId superior, UnitId area, std::int64_t expected_version = 0);
  // "body.has_branches", "body.later_change", "body.not_alive"
  Result<void> end(BodyId id, Day first_day_gone, std::int64_t expected_version = 0);
  Result<void> lay_in(BodyId id, UnitId former_area, std::int64_t expected_version = 0);
  Result<void> succeed(BodyId predecessor, BodyId successor);
  Result<void> forget_succession(BodyId predecessor, BodyId successor);
  // Taken back as entered by mistake: alive on no day. "body.has_branches"
  Result<void> take_back(BodyId id);
  // A body exactly as it was (its row version still grows).
  Result<void> restore(const Body& before);
  // Many at once, checked by whoever made them (generate, import): ids and uids given.
  void import_all(std::vector<Body> bodies, const std::vector<BodySuccession>& successions);

 private:
  Result<Body> open(BodyId id, std::int64_t expected_version);
  Result<void> check_place(const Body& body, const BodyVersion& version, Day day);
  void keep(Body after, std::string_view action, const std::string& before_json);

  OrganisationStore& store_;
  db::Writer& writer_;
  AuditSink sink_;
  std::int64_t now_ms_;
  std::string reason_;
  TerritoryView territory_;
  std::shared_ptr<OrganisationStore::Batch> batch_;
};

}  // namespace khuyenhoc
