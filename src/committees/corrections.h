// Terms, seats and posts that were entered by mistake: mended in place, or void. Nothing is deleted: what is void sat on no day, stands in the history, and the trail keeps what was there before.
#pragma once

#include "committees/terms.h"

namespace khuyenhoc {

// Each in one transaction with its entries in the trail, the field that is wrong in the refusal's place. What gives access takes it away at once when it is void.

// Name, days, how it began, decision; the kind stays. Seats and posts that began and ended with the term follow its days.
// "committee.unknown", "committee.stale", those of open_term(), and "committee.days" where a seat or a committee chosen from this one would fall outside.
Result<CommitteeTerm> correct_term(House& house, const Viewer& viewer, CommitteeTerm wanted, std::int64_t expected_version);
// With all its seats and the posts that came with them. "committee.chosen" while a committee chosen from this one stands; "committee.reason"
Result<EndedTerm> void_term(House& house, const Viewer& viewer, std::int64_t term, std::int64_t expected_version, std::string reason);
// Who it is, how and from when; the post that came with the seat follows, and so do the seats chosen from this one. "committee.member_unknown", "committee.stale",
// those of add_member(), and of correct_appointment() where the post gives access.
Result<CommitteeMember> correct_member(House& house, const Viewer& viewer, CommitteeMember wanted, std::int64_t expected_version);
Result<void> void_member(House& house, const Viewer& viewer, std::int64_t member, std::int64_t expected_version, std::string reason);

// The seat a post came with, where it is corrected; none for a post that was entered by itself.
std::optional<CommitteeMember> seat_of_post(db::Reader& reader, const PostHolding& holding);
// "committee.with_seat" for a post that came with a seat, and those of correct_appointment() and void_post().
Result<PostHolding> correct_holding(House& house, const Viewer& viewer, PostHolding wanted, std::int64_t expected_version);
Result<void> void_holding(House& house, const Viewer& viewer, std::int64_t holding, std::int64_t expected_version, std::string reason);

}  // namespace khuyenhoc
