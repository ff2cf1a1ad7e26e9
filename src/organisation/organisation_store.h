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
  // Told of every new snapshot, in the order of commits and before write() returns (the ledger lays its axes anew). A change of very many bodies is worked out
  // beside everybody's work: `ahead` is given the snapshot that may come, does whatever takes long and shows nothing yet; when the snapshot has come, what it
  // returned is run instead of `listener`, and must be short.
  using Step = std::function<void()>;
  void on_change(std::function<void(OrganisationView)> listener, std::function<Step(OrganisationView)> ahead = {});

 private:
  friend class OrganisationChanges;
  friend class StagedBodies;
  friend class BatchTakingBack;
  struct Batch {
    std::map<BodyId, Body> bodies;                               // as they are after the change
    std::vector<std::pair<BodySuccession, bool>> links;          // true: made; false: forgotten
    std::int64_t position = 0;                                   // given at the commit
  };
  // The snapshot after many changes, worked out outside of any transaction and before their last one.
  struct Ahead {
    std::vector<std::shared_ptr<const Body>> bodies;             // as they will be
    std::vector<BodySuccession> links;                           // all there are, where they were read with the bodies
    bool links_known = false;
    OrganisationView base, next;
    std::int64_t position = 0;                                   // of the last change that `base` knows
    std::int64_t reached = 0;                                    // of this change itself, once it is committed
    std::vector<Step> steps;
  };
  struct Listener {
    std::function<void(OrganisationView)> now;
    std::function<Step(OrganisationView)> ahead;
  };
  void publish(const Batch& batch);
  void publish(Ahead& ahead);
  OrganisationView after(const Batch& batch, const Organisation& before) const;
  OrganisationView after(const Ahead& ahead, const Organisation& before) const;
  void show(OrganisationView next);
  void committed_here(std::int64_t position);
  std::pair<OrganisationView, std::int64_t> up_to_date();        // after following: the snapshot and the last change it knows
  void work_out(Ahead& ahead) const;                             // from its base
  void show(Ahead& ahead);                                       // shortly, when its base is still shown; else from what is

  db::Store& store_;
  const Systems& systems_;
  mutable std::mutex current_mutex_;
  OrganisationView current_;
  std::mutex follow_mutex_;                                      // taken before the next
  std::mutex publish_mutex_;                                     // one new snapshot at a time
  std::int64_t followed_ = 0;
  std::vector<Listener> listeners_;                              // all there before the first change
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
  // few: each change is written, and told to the sink, as it is made. many: all bodies are read once, changes are written together by write_down() (or at the
  // commit), and whoever makes them tells the trail about them as a whole.
  enum class Breadth { few, many };
  OrganisationChanges(OrganisationStore& store, db::Writer& writer, AuditSink sink, std::int64_t now_ms, std::string reason = {}, Breadth breadth = Breadth::few);

  // As this transaction sees it. "body.unknown"
  Result<Body> body(BodyId id);
  std::vector<BodyId> children(BodyId superior, Day day);
  std::vector<BodyId> ever_below(BodyId superior);               // bodies with a version under it
  void write_down();

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
  std::string told(const Body& body) const;                      // as the trail keeps it; nothing where that is told as a whole

  OrganisationStore& store_;
  db::Writer& writer_;
  AuditSink sink_;
  std::int64_t now_ms_;
  std::string reason_;
  TerritoryView territory_;
  std::shared_ptr<OrganisationStore::Batch> batch_;
  class AllBodies;
  std::shared_ptr<AllBodies> all_;                               // many: as this transaction sees them
};

}  // namespace khuyenhoc
