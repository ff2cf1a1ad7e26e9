// An account over time: deputising for each other until a day, leaving the association, and coming back when that was an error.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/appointments.h"
#include "access/users.h"

namespace khuyenhoc {

struct Deputising {
  UserId deputy, for_user;
  BodyId body;
  Day from, until;                       // both days included
  bool operator==(const Deputising&) const = default;
};
// Running or still to come: of the user on either side; over the bodies of a scope.
std::vector<Deputising> deputising_of(db::Reader& reader, UserId user, Day today);
std::vector<Deputising> deputising_over(db::Reader& reader, const Scope& scope, Day today);
// Before its last day: from `first_day_gone` on nobody deputises any more. "user.deputy_unknown"
Result<void> end_deputising(db::Writer& writer, const Deputising& which, Day first_day_gone);

// Who wants to hand out a slip, to close an account or to act upon it otherwise must hold whatever the account can do, over every body it can do it.
// "access.scope", "access.more_than_held"
Result<void> may_act_upon(db::Reader& reader, const Viewer& viewer, UserId user);

// Posts that the user holds on the day or later, whether they give access or not.
std::vector<PostHolding> posts_from(db::Reader& reader, UserId user, Day day);
// A post that would begin only on the day or later never begins.
void end_post(db::Writer& writer, const AuditSink& sink, const PostHolding& holding, Day first_day_gone, const std::string& reason);

struct Leaving {
  std::int64_t id = 0;
  UserId user;
  Day day;                               // the first day on which nothing is held any more
  std::string reason;
  std::int64_t at_ms = 0;
  std::optional<std::int64_t> taken_back_ms;
};
// All posts end on the day and the account is closed from then on; what was given by hand stays with the account and sleeps. The change of the account itself is
// written to the trail by the caller. "user.unknown", "user.closed"
Result<Leaving> leave_office(Users& users, db::Writer& writer, const AuditSink& sink, UserId user, Day first_day_gone, const std::string& reason);
// The account opens again and the posts are given back; names the posts that somebody else holds by now, which stay ended. "user.not_closed"
struct BackInOffice {
  std::vector<PostHolding> given_back, taken_meanwhile;
};
Result<BackInOffice> take_leaving_back(Users& users, db::Writer& writer, const AuditSink& sink, UserId user, const std::string& reason);

// Posts that ended with the leaving that still stands, as they were before.
std::vector<PostHolding> posts_left(db::Reader& reader, UserId user);

// How an account stands beside its name and its units.
struct AccountStanding {
  UserId user;
  bool active = true;
  std::optional<Day> closed_from;        // also when it is still to come
  bool never_had_a_code = false;         // waits for its first slip
  bool waits_for_first_sign_in = false;  // a slip was handed out and is not used yet
  std::optional<std::int64_t> slip_until_ms;
};
std::optional<AccountStanding> standing_of(db::Reader& reader, UserId user);
std::vector<AccountStanding> all_standings(db::Reader& reader);                // by user
// Those who held something in the scope last, and hold nothing today.
std::vector<UserRow> former_accounts(Users& users, db::Reader& reader, const Scope& scope);

}  // namespace khuyenhoc
