// The rows of terms and seats.
#pragma once

#include "committees/terms.h"

namespace khuyenhoc::committees_sql {

void insert(db::Writer& writer, const CommitteeTerm& term);
void update(db::Writer& writer, const CommitteeTerm& term);               // all but its body and kind
void insert(db::Writer& writer, const CommitteeMember& member);
void update(db::Writer& writer, const CommitteeMember& member);           // all but its term and the seat it was chosen from

}  // namespace khuyenhoc::committees_sql
