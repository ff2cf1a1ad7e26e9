// The table of own indicators.
#pragma once

#include <functional>
#include <vector>

#include "measures/own_indicators.h"

namespace khuyenhoc::own_indicators_sql {

struct Stored {
  OwnIndicator indicator;
  std::int64_t position = 0;
  std::int64_t series = 0;
};
void insert(db::Writer& writer, const Stored& stored, UserId by, std::int64_t now_ms);
std::vector<Stored> after(db::Reader& reader, std::int64_t position);
std::vector<OwnIndicator> of_owner(db::Reader& reader, BodyId owner);
std::optional<OwnIndicator> find(db::Reader& reader, std::int64_t id);

}  // namespace khuyenhoc::own_indicators_sql
