// What a post gives its holder in the program, and takes away with it: the body acted for, and the post's usual permissions within its reach, as long as the
// post is held. Nothing is copied: the days are those of the post, so leave_post and restore_post (organisation/posts.h) end and give back
// the access by themselves. What was given to a person by hand stays with the person.
// After the commit of any of these: Sessions::forget_cached().
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "access/viewer.h"
#include "organisation/posts.h"

namespace khuyenhoc {

// Who hands out. A viewer hands out within the own scope, and never more than they hold themselves; the program (command line, a generated world, a
// restructure that moves what is there already) without limit.
class Giver {
 public:
  static Giver program() { return Giver(nullptr); }
  static Giver viewer(const Viewer& viewer) { return Giver(&viewer); }       // must outlive it
  // "access.scope", "access.more_than_held" names the permissions that are lacking. To enter figures may be handed out by whoever manages accounts there.
  Result<void> may_give(BodyId body, std::span<const Permission> permissions, Grant::Reach reach) const;

 private:
  explicit Giver(const Viewer* viewer) : viewer_(viewer) {}
  const Viewer* viewer_;
};

struct Appointment {
  PostHolding holding;                       // `user` must be set: who holds a post without signing in needs appoint() only
  std::vector<Permission> without = {};      // usual permissions of the post that this holder does not get
  std::vector<BodyId> areas = {};            // posts with reach "list": bodies looked after, each with all below it
};

// appoint() of posts.h, and the access of the post from its first day on. Refusals of appoint() and of Giver::may_give(); "post.user" without a user.
Result<PostHolding> appoint_with_access(db::Store& store, db::Writer& writer, const Giver& giver, const AuditSink& sink, Appointment appointment);
// Somebody who is on the roster already gets an account: the holding is theirs from now on. "post.unknown", "post.stale", "post.user" when it is another's.
Result<void> give_access(db::Writer& writer, const Giver& giver, const AuditSink& sink, std::int64_t holding, UserId user, std::int64_t expected_version);
// A holding that was entered wrong is mended (correct_post of organisation/post_corrections.h). Where it gives access, whoever mends the post or the days must be
// able to hand out what it gives then. Without access it is correct_post alone.
Result<PostHolding> correct_appointment(db::Writer& writer, const Giver& giver, const AuditSink& sink, PostHolding wanted, std::int64_t expected_version);
// From a day on the holder looks after these bodies instead of those before. The post must give access, and its reach be a list ("post.areas").
Result<void> look_after(db::Writer& writer, const Giver& giver, std::int64_t holding, std::span<const BodyId> bodies, Day from);
std::vector<BodyId> areas_looked_after(db::Reader& reader, std::int64_t holding, Day day);

// A post of an ended body goes on in its successor (the same post unless another is named): the person, the user, the term and what was withheld stay, the
// areas don't. Ends the old one on the day where a restructure has not done so already.
struct MovedPost {
  std::int64_t before = 0, made = 0;         // holdings: what undo_moved_post needs, to be kept by the restructure
  std::optional<Day> before_until;           // as it was; only where the move ended it
  bool ended_here = false;
};
Result<MovedPost> move_post(db::Store& store, db::Writer& writer, const Giver& giver, const AuditSink& sink, std::int64_t holding, BodyId to, Day day,
                            std::optional<std::string> post = std::nullopt, const std::string& reason = {});
// "post.depends" when the post made by the move was changed since (ended, handed over).
Result<void> undo_moved_post(db::Writer& writer, const AuditSink& sink, const MovedPost& moved, const std::string& reason);

// What a kind of post gives, for the page that says it before it is given.
std::vector<Permission> usual_permissions(const PostKind& kind);
bool gives_access(db::Reader& reader, std::int64_t holding);
// Posts of a user that give access on the day or later, by day.
std::vector<PostHolding> posts_with_access(db::Reader& reader, UserId user, Day day);

}  // namespace khuyenhoc
