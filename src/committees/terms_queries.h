// The rows of terms and seats.
#pragma once

#include "committees/terms.h"

namespace khuyenhoc::committees_sql {

void insert(db::Writer& writer, const CommitteeTerm& term);
void update(db::Writer& writer, const CommitteeTerm& term);               // its end
void insert(db::Writer& writer, const CommitteeMember& member);
void update(db::Writer& writer, const CommitteeMember& member);           // its end

}  // namespace khuyenhoc::committees_sql
