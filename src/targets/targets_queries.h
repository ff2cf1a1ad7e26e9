// The rows of targets over time.
#pragma once

#include "targets/targets.h"

namespace khuyenhoc::targets_sql {

void insert_change(db::Writer& writer, std::int64_t id, std::string_view measure, const TargetChange& change);
std::int64_t version(db::Reader& reader, BodyId body, int year);                 // 0: never changed here
void set_version(db::Writer& writer, BodyId body, int year, std::int64_t version);
std::optional<TargetDecision> decision(db::Reader& reader, BodyId body, int year);
void set_decision(db::Writer& writer, const TargetDecision& decision);
std::vector<TargetChange> changes(db::Reader& reader, const Catalogue& catalogue, BodyId body, int year, std::int64_t limit);

}  // namespace khuyenhoc::targets_sql
