// Targets: what a body is to reach in a year, per indicator ("giao chỉ tiêu năm").
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "measures/catalogue.h"
#include "platform/db/db.h"

namespace khuyenhoc {

struct Target {
  BodyId body;
  MeasureIndex measure = 0;
  int year = 0;
  std::int64_t value = 0;               // in the measure's unit; of a ratio in tenths of a percent or in đồng
};

std::optional<std::int64_t> target(db::Reader& reader, const Catalogue& catalogue, BodyId body, MeasureIndex measure, int year);
std::vector<Target> targets(db::Reader& reader, const Catalogue& catalogue, std::span<const BodyId> bodies, int year);
void set_target(db::Writer& writer, const Catalogue& catalogue, const Target& target);
void withdraw_target(db::Writer& writer, const Catalogue& catalogue, BodyId body, MeasureIndex measure, int year);

}  // namespace khuyenhoc
