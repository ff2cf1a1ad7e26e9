// The territory as this process knows it: loaded from the store, changed in transactions, published to readers when they are durable.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "base/result.h"
#include "platform/db/db.h"
#include "territory/territory.h"
#include "territory/territory_builder.h"

namespace khuyenhoc {

class TerritoryStore {
 public:
  TerritoryStore();

  void load(db::Reader& reader);                       // replaces what is known; at start
  // When another process changed the territory: loads it and returns true.
  bool refresh(db::Reader& reader);
  TerritoryView current() const;                       // never null; empty before load()
  std::vector<Restructure> restructures() const;       // in the order of entry, undone ones included

  using Change = std::function<Result<void>(TerritoryBuilder&)>;
  // Begins the act, lets `change` make its changes, checks the whole, writes it, and publishes after the commit. Safe to run again inside a repeated closure.
  Result<RestructureId> apply(db::Writer& writer, const RestructureAct& act, const Change& change);
  // For several acts at once: `change` begins and finishes each of them itself.
  Result<void> apply_acts(db::Writer& writer, const Change& change);
  // What the territory would be, writing nothing: for showing the effect on every total.
  Result<TerritoryView> preview(const RestructureAct& act, const Change& change) const;
  // Takes an act back. "restructure.depends" when a later act, or a check below, stands on it.
  Result<void> undo(db::Writer& writer, RestructureId act);
  // Puts the whole national frame in. "territory.not_empty" when there are units already.
  Result<void> install_frame(db::Writer& writer);

  // Asked before an act is undone, with the units it opened, ended or changed; organisation and facts refuse while something stands on them. Set up at start.
  using UndoCheck = std::function<Result<void>(db::Reader&, const Restructure&, std::span<const UnitId>)>;
  void check_before_undo(UndoCheck check);
  // Called with the new snapshot after it was published, in the order of commits. Set up at start.
  using OnPublish = std::function<void(const TerritoryView&)>;
  void on_publish(OnPublish listener);

  // The lines of one act, for its page.
  static std::vector<RestructureItem> items(db::Reader& reader, RestructureId act);
  // The acts that opened, changed or ended a unit, or put a part of another's area into it, by day.
  static std::vector<Restructure> acts_of(db::Reader& reader, UnitId unit);

 private:
  struct State {
    std::shared_ptr<const TerritoryRecords> records;
    TerritoryView view;
  };
  State state() const;
  State fresh(db::Reader& reader) const;               // the state that this transaction sees
  void publish_after(db::Writer& writer, TerritoryRecords records);

  mutable std::mutex mutex_;
  State state_;
  std::vector<UndoCheck> undo_checks_;
  std::vector<OnPublish> listeners_;
};

}  // namespace khuyenhoc
