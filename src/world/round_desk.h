// One reporting round of the demo world and its people: words written, submitted, signed, received, sent back, all through the rooms' own doors at their hour.
#pragma once

#include <string>
#include <string_view>

#include "report_texts/report_texts.h"
#include "rounds/rounds.h"
#include "signed_reports/signed_reports.h"
#include "world/round_script.h"
#include "world/sitting.h"

namespace khuyenhoc::world {

class RoundDesk {
 public:
  RoundDesk(World& world, RoundId round) : world_(world), round_(round), script_(RoundScript::house()) {}

  RoundId round() const { return round_; }
  RoundReport report(BodyId body) const;
  // The blocks of its form that somebody of that kind ("commune") has something to say in.
  Result<void> write_words(const ViewerData& who, std::int64_t at_ms, BodyId body, std::string_view of, std::uint64_t key);
  // With a reason for each warning. One that has an error in it stays where it is.
  Result<void> submit(const ViewerData& who, std::int64_t at_ms, BodyId body, std::uint64_t key);
  // Without reasons: those of a year that is over are told nowhere.
  Result<void> hand_to_head(const ViewerData& who, std::int64_t at_ms, BodyId body);
  // These do nothing with a report that never came so far.
  Result<void> sign(const ViewerData& who, std::int64_t at_ms, BodyId body);
  Result<void> receive(const ViewerData& who, std::int64_t at_ms, BodyId body);
  Result<void> close(const ViewerData& who, std::int64_t at_ms, BodyId body);
  Result<void> send_back(const ViewerData& who, std::int64_t at_ms, BodyId body, const RoundScript::Return& why);
  Result<void> take_back(const ViewerData& who, std::int64_t at_ms, BodyId body, const std::string& why);
  // Of a branch: by its head, who needs no account for it, or by the association for it.
  Result<void> confirm_by_head(std::int64_t at_ms, BodyId branch, const std::string& name);
  Result<void> confirm_for(const ViewerData& office, std::int64_t at_ms, BodyId branch, const std::string& how);

 private:
  World& world_;
  RoundId round_;
  const RoundScript& script_;
};

// Opens a round with the forms in force.
Result<RoundId> open_for(World& world, const ViewerData& who, std::int64_t at_ms, NewRound given);

}  // namespace khuyenhoc::world
