// The peer of the reform: what a hand-written script would do to the same rows of the same store, thrown away afterwards.
#pragma once

#include <span>

#include "bench/reform_world.h"

namespace khuyenhoc::bench {

struct PlainSql {
  double seconds = 0;                    // without the commit
  std::int64_t rows = 0;
};
// New places of the bodies that move, ends of those that end, stocks handed over: no checks, no images to take it back by, no trail, no figures made fresh.
PlainSql plain_sql(db::Store& store, std::span<const FateLine> fates, const Organisation& bodies, Day day);

}  // namespace khuyenhoc::bench
