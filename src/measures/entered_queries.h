// The table that counts each body's statements by window, with the position of its last change.
#pragma once

#include <cstdint>
#include <functional>

#include "measures/entry_mode.h"

namespace khuyenhoc::entered_sql {

// Adds to the count, and answers what it is now.
std::int64_t add(db::Writer& writer, BodyId body, Period window, std::int64_t difference, std::int64_t position);
void each_count(db::Reader& reader, const std::function<void(BodyId, Period, std::int64_t figures)>& each);
void each_mode(db::Reader& reader, const std::function<void(BodyId, Period, EntryMode)>& each);
std::int64_t last_position(db::Reader& reader);
struct Changed {
  BodyId body;
  Period window;
  std::int64_t figures = 0;
  EntryMode mode = EntryMode::unset;
  std::int64_t position = 0;
};
void each_after(db::Reader& reader, std::int64_t position, const std::function<void(const Changed&)>& each);     // in order of position

}  // namespace khuyenhoc::entered_sql
