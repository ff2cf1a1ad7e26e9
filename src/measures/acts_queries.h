// The rows of acts, and the log read through them.
#pragma once

#include "measures/acts.h"

namespace khuyenhoc::acts_sql {

void insert(db::Writer& writer, const FigureAct& act);
std::optional<FigureAct> find(db::Reader& reader, std::int64_t id);
std::vector<LoggedFact> facts(db::Reader& reader, const Ledger& ledger, std::int64_t stored_series, std::span<const BodyId> bodies, Period days);   // by position
std::vector<LoggedFact> window_facts(db::Reader& reader, const Ledger& ledger, std::int64_t stored_series, std::span<const BodyId> bodies, Period window);
std::vector<LoggedFact> facts_between(db::Reader& reader, const Ledger& ledger, std::int64_t stored_series, const FigureAct& act);
std::vector<LoggedVersion> versions(db::Reader& reader, std::int64_t stored_series, std::span<const BodyId> bodies, Period days);                   // by statement, version

}  // namespace khuyenhoc::acts_sql
