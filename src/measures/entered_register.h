// Keeps the table of who has stated something true to the statements: loaded at start, changed by what commits, following other processes on PostgreSQL.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "measures/entered.h"
#include "measures/touched.h"

namespace khuyenhoc {

class EnteredRegister {
 public:
  EnteredRegister(db::Store& store, std::function<OrganisationView()> organisation, Touched& touched)
      : store_(store), organisation_(std::move(organisation)), touched_(touched) {}

  void load(db::Reader& reader, const Organisation& organisation);
  std::shared_ptr<const Entered> current() const;
  // Inside the transaction that writes them; they reach the table after its commit. `difference`: statements of the window that came into force less those
  // that went; 0 where only a value changed, which touches the body all the same.
  void figures_changed(db::Writer& writer, BodyId body, Period window, std::int64_t difference);
  void mode_changed(db::Writer& writer, BodyId body, Period period, EntryMode mode);
  void follow();                                                   // reads what other processes committed

 private:
  using Key = std::pair<BodyId, Period>;
  struct Change {
    std::int64_t difference = 0;
    std::optional<EntryMode> mode;
  };
  struct Pending {
    std::map<Key, Change> changes;
    bool written = false;
  };
  struct Committed {
    Key key;
    std::optional<std::int64_t> figures;
    std::optional<EntryMode> mode;
  };
  Change& change(db::Writer& writer, BodyId body, Period window);
  void publish(const std::vector<Committed>& committed, std::int64_t position);
  void keep(const std::vector<Committed>& committed, std::int64_t position, const Organisation& organisation);
  bool follows_others() const { return store_.dialect() == db::Dialect::postgres || store_.access() == db::Options::Access::read_only; }

  db::Store& store_;
  std::function<OrganisationView()> organisation_;
  Touched& touched_;
  mutable std::mutex mutex_;                                       // guards all below; held shortly
  std::shared_ptr<const Entered> table_ = std::make_shared<Entered>();
  std::int64_t followed_ = 0;                                      // every change up to this position is in the table
  std::map<Key, std::int64_t> ahead_;                              // position of our own later changes that are in it already
  std::map<const db::Reader*, std::weak_ptr<Pending>> pending_;    // the hooks of a transaction own what it has pending
};

}  // namespace khuyenhoc
