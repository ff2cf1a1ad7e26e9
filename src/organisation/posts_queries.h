// The rows of post holdings.
#pragma once

#include "organisation/posts.h"

namespace khuyenhoc {

void insert_post_holding(db::Writer& writer, const PostHolding& holding);
void update_post_holding(db::Writer& writer, const PostHolding& holding);

}  // namespace khuyenhoc
