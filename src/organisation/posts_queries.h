// The rows of post holdings.
#pragma once

#include "organisation/posts.h"

namespace khuyenhoc {

void insert_post_holding(db::Writer& writer, const PostHolding& holding);
void update_post_holding(db::Writer& writer, const PostHolding& holding);      // its end and term
void correct_post_holding(db::Writer& writer, const PostHolding& holding);     // all but the body and the account

}  // namespace khuyenhoc
