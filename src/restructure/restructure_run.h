// One restructure being carried out inside a transaction: bodies first, then posts, then what the ended bodies held.
#pragma once

#include <map>
#include <set>

#include "restructure/restructure_queries.h"

namespace khuyenhoc {

// A successor takes the ended body's place, and what was stated for the unit is stated for its own. Whoever only takes the stocks of a dissolved body over holds
// them for itself: what comes in at others below it explains nothing of them.
enum class TakesOver { as_heir, for_itself };
constexpr FactLayer layer_at(TakesOver how, FactLayer layer) {
  return how == TakesOver::for_itself && layer == FactLayer::remainder ? FactLayer::own_remainder : layer;
}

class RestructureRun {
 public:
  RestructureRun(Restructures& house, db::Writer& writer, const BodyRestructure& restructure, const RestructureBy& by, BodyRestructureId id);

  Result<void> run();                                     // on trial, too: writes nothing unless totals stated for an ended body must be taken back
  void keep();                                            // writes down what was done
  bool in_bulk() const { return bulk_; }

  OrganisationView would_be() const { return changes_.would_be(); }
  const std::vector<FateLine>& fates() const { return fates_; }
  const std::vector<LateRecord>& late() const { return late_; }
  const std::vector<PostHolding>& ended_posts() const { return ended_posts_; }
  const std::set<BodyId>& ended() const { return ended_; }

 private:
  struct Ending {
    BodyId body;
    std::vector<BodyId> successors;                       // linked as successors; empty: dissolved
    BodyId target;                                        // who takes stocks and late records over; none: by minutes, as from one system to another
    TakesOver takes_over() const { return target && successors.empty() ? TakesOver::for_itself : TakesOver::as_heir; }
  };
  Result<void> check() const;
  void begin();                                           // the decision itself, which everything else refers to
  Result<BodyId> resolved(BodyId named) const;
  Result<void> touch(BodyId body);                        // remembers how it was
  bool an_ending_body_is_called(std::string_view name);
  void hand_over(const OwnLevel& level, const Ending& ending);
  void note_late_pending();                               // at whom this transaction has posted for days after the restructure
  Result<void> open();
  Result<void> transfer(const BodyAct& act);
  Result<void> rename(const BodyAct& act);
  Result<void> plan_endings();
  Result<void> plan_ending(const BodyAct& act, std::size_t number);
  Result<void> move_branches();
  Result<void> follow(BodyId branch, BodyId superior);
  Result<void> end_all();
  void find_ending_posts();
  Result<void> hand_over_stocks();
  Result<void> re_home_late(const Ending& ending);
  std::string name_of(BodyId body);
  std::string system_of(BodyId body);
  std::size_t depth(BodyId body);

  Restructures& house_;
  db::Writer& writer_;
  const BodyRestructure& plan_;
  const RestructureBy& by_;
  BodyRestructureId id_;
  bool bulk_;
  std::string reason_;
  OrganisationChanges changes_;

  std::vector<BodyId> opened_;
  std::set<BodyId> opened_ids_;
  std::optional<std::set<std::string>> ending_names_;
  std::vector<std::vector<BodyId>> opened_by_;            // by act
  std::map<BodyId, Body> before_;
  std::vector<Ending> endings_;
  std::set<BodyId> ended_;
  std::map<BodyId, BodyId> branches_to_;                  // of split bodies
  std::vector<FateLine> fates_;
  std::vector<PostHolding> ended_posts_;
  std::vector<LateRecord> late_;
  std::vector<restructure_sql::Rehomed> rehomed_;
  std::vector<Statement> taken_;
  std::set<BodyId> posted_;
  std::set<BodyId> late_at_;
  std::size_t pending_seen_ = 0;
};

// Moves what was recorded at an ended body after its end: used by the restructure itself and later by minutes.
class LateRecords {
 public:
  LateRecords(db::Writer& writer, Ledger& ledger, Statements& statements, BodyRestructureId id, const RestructureBy& by)
      : writer_(writer), ledger_(ledger), statements_(statements), id_(id), by_(by) {}
  struct Moved {
    std::vector<Fact> late;                               // as they stood
    std::vector<restructure_sql::Rehomed> rehomed;        // those taken off the old body
    std::vector<Statement> taken;                         // statements taken back at the old body
    std::vector<BodyId> posted;
  };
  // `target` none: only stated totals are turned into records, which stay on the old body's line.
  Result<Moved> move(BodyId old_body, BodyId target, TakesOver how, Day from);

 private:
  db::Writer& writer_;
  Ledger& ledger_;
  Statements& statements_;
  BodyRestructureId id_;
  const RestructureBy& by_;
};

// Facts that a restructure itself posted, at one body.
bool is_of(const Fact& fact, BodyRestructureId id);
// What came in within a taken-over total that nobody has stated anew: worked out like a statement's companions, but it has no statement.
bool belongs_to_handover(const Fact& fact);

}  // namespace khuyenhoc
