// The tables of adjustments.
#pragma once

#include "signed_reports/adjustments.h"

namespace khuyenhoc::adjustment_sql {

void insert(db::Writer& writer, const Adjustment& adjustment);
// State, reasons and version of it; false when somebody saved first.
bool update(db::Writer& writer, const Adjustment& adjustment, std::int64_t expected_version);
void put_cell(db::Writer& writer, AdjustmentId id, const AdjustedCell& cell);
void remove_cell(db::Writer& writer, AdjustmentId id, const AdjustedCell& cell);
struct StoredEffect {
  AdjustmentEffect effect;
  std::int64_t series = 0;               // as the database numbers it
};
void insert_effect(db::Writer& writer, AdjustmentId id, const AdjustmentEffect& effect, std::int64_t stored_series);
std::vector<StoredEffect> effects(db::Reader& reader, AdjustmentId id);

}  // namespace khuyenhoc::adjustment_sql
