// The rows of post holdings.
#pragma once

#include <span>

#include "organisation/posts.h"

namespace khuyenhoc {

PostHolding post_holding_of(const db::Row& row);                               // id, body, post, person, account, from, until, term, row version
void insert_post_holding(db::Writer& writer, const PostHolding& holding);
void update_post_holding(db::Writer& writer, const PostHolding& holding);      // its end and term
void update_post_ends(db::Writer& writer, std::span<const PostHolding> holdings);   // their ends, written together
void correct_post_holding(db::Writer& writer, const PostHolding& holding);     // all but the body and the account

}  // namespace khuyenhoc
