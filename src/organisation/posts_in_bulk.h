// The posts of thousands of bodies at once.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "organisation/posts.h"

namespace khuyenhoc {

// By body, each as post_holdings() gives them; bodies without any are left out.
std::map<BodyId, std::vector<PostHolding>> post_holdings_of(db::Reader& reader, std::span<const BodyId> bodies);
// Those held on the day or beginning later, as they are: what ends when all these bodies end. In the order of the bodies, then by day.
std::vector<PostHolding> posts_ending(db::Reader& reader, std::span<const BodyId> bodies, Day first_day_gone);
// Ends them.
void leave_posts(db::Writer& writer, const AuditSink& sink, std::span<const PostHolding> ending, Day first_day_gone, const std::string& reason);

}  // namespace khuyenhoc
