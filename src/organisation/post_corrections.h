// Post holdings that were entered wrong: mended in place, or void, which means held on no day; nothing is deleted, and the trail keeps what was there.
#pragma once

#include "organisation/posts.h"

namespace khuyenhoc {

bool is_void(const PostHolding& holding);

// The post, the name, the days and the term of a holding as they should have been entered; the body and the account stay. "post.unknown" (or void),
// "post.stale", and those of appoint(). Where the holding gives access, correct_appointment (access/appointments.h) is the way.
Result<PostHolding> correct_post(db::Writer& writer, const AuditSink& sink, PostHolding wanted, std::int64_t expected_version, const Posts& posts = Posts::house());
// The access of the post goes with it: after the commit Sessions::forget_cached(). "post.unknown", "post.stale"
Result<void> void_post(db::Writer& writer, const AuditSink& sink, std::int64_t holding, std::int64_t expected_version, std::string reason);

}  // namespace khuyenhoc
