// The tables of past years: annexes with their columns, rows, totals and figures; foundings of earlier bodies.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "past_years/annex.h"
#include "platform/db/db.h"
#include "restructure/restructure.h"

namespace khuyenhoc::past_years_sql {

void insert(db::Writer& writer, const Annex& annex);
// Everything but figures and explanations; false when somebody saved since (`annex.row_version` is what was read).
bool update(db::Writer& writer, const Catalogue& catalogue, const Annex& annex);
std::optional<Annex> find(db::Reader& reader, const Catalogue& catalogue, AnnexId id);
std::vector<Annex> of_body(db::Reader& reader, const Catalogue& catalogue, BodyId body);     // newest period first
void set_state(db::Writer& writer, AnnexId id, AnnexState state, UserId by, std::int64_t at_ms);

std::vector<AnnexExplanation> explanations(db::Reader& reader, const Catalogue& catalogue, AnnexId id);
void keep_explanations(db::Writer& writer, const Catalogue& catalogue, AnnexId id, std::span<const AnnexExplanation> given);
std::vector<AnnexFigure> figures(db::Reader& reader, const Catalogue& catalogue, AnnexId id);
void add_figures(db::Writer& writer, const Catalogue& catalogue, AnnexId id, std::int64_t there, std::span<const AnnexFigure> given);     // behind those there
void remove_figures(db::Writer& writer, AnnexId id, std::int64_t left);           // all but the first ones
// Half way: by whoever saw this version; then on each slice. False: somebody else took it over, or ended it.
bool begin(db::Writer& writer, const Annex& seen, AnnexState state, std::int64_t wanted, std::int64_t at_ms);
bool touch(db::Writer& writer, AnnexId id, std::int64_t row_version, std::int64_t at_ms);
void go_back_to(db::Writer& writer, AnnexId id, AnnexState state);                // as before it began

struct Founding {
  std::int64_t id = 0;
  BodyId body;
  Day from;
  UserId by;
  std::int64_t at_ms = 0;
  std::vector<BodyId> bodies;
  struct Moved {
    BodyId body;
    Day from;
    BodyId superior_before;
  };
  std::vector<Moved> moved;
  std::vector<BodyRestructureId> restructures;    // in the order in which they were applied
};
void insert(db::Writer& writer, const Founding& founding);
std::vector<Founding> foundings(db::Reader& reader);                  // in force, oldest first
void set_undone(db::Writer& writer, std::int64_t founding, std::int64_t at_ms);
// Annexes with figures at the body, loaded or half way: their report numbers.
std::vector<std::string> annexes_at(db::Reader& reader, BodyId body);

}  // namespace khuyenhoc::past_years_sql
