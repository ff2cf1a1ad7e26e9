// Which stretch of the log one transaction wrote figures in, by whom and in what way: how a figure's history finds who stands behind a fact and what else
// came with it. It holds no figures; the facts, the versions of statements and the trail do, and their positions lie between `first` and `last`.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "measures/facts.h"

namespace khuyenhoc {

struct FigureAct {
  std::int64_t id = 0;
  std::int64_t first = 0, last = 0;      // positions of the log; whatever else this transaction wrote there lies between them
  UserId by;                             // none: nobody said so (a restructure says it in the trail)
  std::int64_t at_ms = 0;
  std::string way;                       // as the room that wrote it says: "grid", "form", "link", "workbook", …; empty: not said
  std::int64_t record = 0;               // what the way is about: the annex, the adjustment; 0: nothing
};

// The act of this transaction, begun where it has none yet. Called by whatever changes figures; the first name and time given stay.
std::int64_t act_of(db::Writer& writer, Ledger& ledger, UserId by = {}, std::int64_t at_ms = 0);
// In what way the figures of this transaction come about; before or after they are written. What is said first stays.
void say_way(db::Writer& writer, std::string_view way, std::int64_t record = 0);

// By their numbers.
std::map<std::int64_t, FigureAct> acts(db::Reader& reader, std::span<const std::int64_t> ids);

// A fact with the act that wrote it (0: before acts were kept, or loaded in bulk).
struct LoggedFact {
  std::int64_t position = 0;
  BodyId body;
  Day day;
  std::int64_t amount = 0;
  FactKind kind = FactKind::record;
  FactLayer layer = FactLayer::listed;
  Source source;
  std::int64_t act = 0;
  Period window{};                       // of a remainder that answers for one window only
};
// Every fact that a figure of the window over these bodies is made of, in log order: of a level all up to its last day, of a flow those inside, and the remainders
// that answer for exactly this window. They add up to the figure.
std::vector<LoggedFact> logged_facts(db::Reader& reader, const Ledger& ledger, Series series, std::span<const BodyId> bodies, Period window);

// What one act wrote of a series, wherever it is: with it come the totals above.
std::vector<LoggedFact> facts_of_act(db::Reader& reader, const Ledger& ledger, Series series, const FigureAct& act);
// Whether a figure of the window counts this fact, as far as its day says.
bool counts_in(const Catalogue& catalogue, Series series, Period window, const LoggedFact& fact);

// One version of a statement: what was stated before, what from then on.
struct LoggedVersion {
  std::int64_t statement = 0;
  BodyId body;
  Period period;
  std::int64_t extent = 1;
  std::int64_t row_version = 0;
  std::optional<std::int64_t> before, value;
  UserId by;
  std::int64_t at_ms = 0;
  std::int64_t act = 0;
};
// Of every statement of the series at these bodies whose window ends in the same days, by statement and version.
std::vector<LoggedVersion> logged_versions(db::Reader& reader, const Ledger& ledger, Series series, std::span<const BodyId> bodies, Period window);

}  // namespace khuyenhoc
