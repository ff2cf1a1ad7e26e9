// Very many bodies at once: staged in short slices between other people's saves, seen by nobody until all of them appear in one short step; taken back as one.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "organisation/contacts.h"
#include "organisation/organisation_store.h"

namespace khuyenhoc {

using BodyBatchId = Id<struct BodyBatchTag>;

struct StagedBody {
  BodyId id;                               // from StagedBodies::new_id(); others of the batch may name it as their superior
  NewBody given;
  std::string head_name, telephone;        // its contact; both empty: none
};

// What a batch was, for the trail's one entry about all of it.
struct BodiesFounded {
  BodyBatchId batch;
  std::size_t bodies = 0;
  std::string digest;                      // hexadecimal, over every body as the trail would keep it, in the order of their ids
};

// One batch. In this order:
//   gather()  outside of any transaction, once
//   stage()   in transactions of the caller's, a slice each, until all are staged (the snapshot and the axes after it are worked out meanwhile)
//   prepare() outside of any transaction
//   appear()  in the last transaction, with the entry for the trail and whatever else must come with it; answers "staged.again" when somebody changed a
//             body since prepare(): give the transaction up with it, prepare() and try again
// Whoever leaves before the end calls discard(). A program that stops half way leaves rows that nobody sees and the next start removes.
class StagedBodies {
 public:
  // `source`: of the caller's, to find the batch again (an import's id); 0: none.
  StagedBodies(OrganisationStore& store, const crypto::KeyRing& keys, Clock clock, std::int64_t source = 0);
  ~StagedBodies();
  StagedBodies(const StagedBodies&) = delete;
  StagedBodies& operator=(const StagedBodies&) = delete;

  BodyBatchId batch() const;
  BodyId new_id();

  // Checks each as OrganisationChanges::found does, against the bodies there are and the others of the batch, in any order. Refusals by place in `bodies`
  // ("body.…", "contact.…"); when there is one nothing is gathered.
  std::vector<std::pair<std::size_t, Refusal>> gather(std::vector<StagedBody> bodies);
  std::size_t size() const;                                          // gathered
  // The next `count` from the place `first` on (in an order of its own: superiors first). "staged.gone": another process took it for left behind.
  Result<void> stage(db::Writer& writer, std::size_t first, std::size_t count);
  // "staged.refused": what was founded or ended meanwhile stands in the way of a body; its message says which. Nothing can appear then.
  Result<void> prepare();
  Result<BodiesFounded> appear(db::Writer& writer);
  void discard();                                                    // outside of any transaction, in slices

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// All of it by one call, for whoever has nothing else to write beside the bodies.
struct StagingCourse {
  std::size_t slice = 0;                                             // bodies at a time; 0: as many as others do not notice
  std::function<void(std::size_t staged)> progress = {};
  std::function<bool()> should_stop = {};                            // "staged.stopped"
  std::function<Result<void>(db::Writer&, const BodiesFounded&)> at_the_end = {};   // in the last transaction: the trail's entry
};
Result<BodiesFounded> found_together(OrganisationStore& store, StagedBodies& staged, const StagingCourse& course);

// The batch in force that came from this source.
std::optional<BodyBatchId> batch_of_source(db::Reader& reader, std::int64_t source);

// What in other rooms hangs on some bodies (figures, users): a refusal that names it, or nothing. Asked outside of any transaction, for a part at a time.
using WhatDepends = std::function<Result<void>(db::Reader&, std::span<const BodyId>)>;

// A batch taken back as entered by mistake, all of it in one short step: its bodies are alive on no day. First prepare(), outside of any transaction: it looks
// whether anything depends, hides the bodies so that nothing new can, and looks again. Then carry_out() in the caller's transaction, with the entry for the
// trail. Whoever does not get so far calls leave(), and all of it is there again.
class BatchTakingBack {
 public:
  BatchTakingBack(OrganisationStore& store, Clock clock, BodyBatchId batch);
  ~BatchTakingBack();
  BatchTakingBack(const BatchTakingBack&) = delete;
  BatchTakingBack& operator=(const BatchTakingBack&) = delete;

  // "staged.unknown"; "staged.depends": a body of it was changed since, has bodies of others below it or holds a post; or what `depends` says.
  Result<void> prepare(const WhatDepends& depends);
  Result<std::size_t> carry_out(db::Writer& writer);                 // how many bodies
  void leave();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Marks what a source staged as to be removed, inside a transaction of the caller's; the rows go with the next sweep.
void give_up_staged(db::Writer& writer, std::int64_t source);
// Removes what was given up or left behind by a program that stopped, and shows again what it had only begun to take back. On a store that only this process
// writes everything half done is left behind; beside others, what has shown no sign of life for a minute. Called at start and before each new batch.
enum class Sweep { at_start, between };
void sweep_staged_bodies(db::Store& store, Clock clock, Sweep when);

}  // namespace khuyenhoc
