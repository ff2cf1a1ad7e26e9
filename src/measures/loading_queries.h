// What the bulk door for statements asks the store once, and writes many at a time.
#pragma once

#include <functional>
#include <span>

#include "measures/loading.h"

namespace khuyenhoc::loading_sql {

struct StoredHolder {
  BodyId body;
  std::int64_t series = 0;
  Extent extent = Extent::subtree;
  Day last;                             // of its last statement, taken back or not
};
void each_holder(db::Reader& reader, const std::function<void(const StoredHolder&)>& each);
// What the remainder facts of a body add up to, by stored series and layer.
void each_remainder(db::Reader& reader, const std::function<void(BodyId, std::int64_t, FactLayer, std::int64_t)>& each);
// What was taken over or handed over in a layer of remainders and has not been taken back: by body, series and layer, on each of its days.
struct TakenOver {
  BodyId body;
  std::int64_t series = 0;
  FactLayer layer = FactLayer::remainder;
  Day day;
  std::int64_t amount = 0;
  std::int64_t noun = 0;
  std::int64_t source = 0;
};
void each_taken_over(db::Reader& reader, const std::function<void(const TakenOver&)>& each);
void each_mode(db::Reader& reader, const std::function<void(BodyId, Period, EntryMode)>& each);
void insert_modes(db::Writer& writer, std::span<const StatementLoading::Mode> modes, UserId by, std::int64_t now_ms);

}  // namespace khuyenhoc::loading_sql
