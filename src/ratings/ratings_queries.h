// The rows of ratings.
#pragma once

#include "ratings/ratings.h"

namespace khuyenhoc::ratings_sql {

std::optional<Rating> find(db::Reader& reader, BodyId body, int year);
void insert(db::Writer& writer, const Rating& rating);
void update(db::Writer& writer, const Rating& rating);

}  // namespace khuyenhoc::ratings_sql
