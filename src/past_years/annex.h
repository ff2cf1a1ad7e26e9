// An annex table of a signed report: which paper, which period, which units, what its columns and rows mean. One draft is read, checked, written and can be taken back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "measures/periods.h"
#include "measures/statements.h"
#include "platform/db/digest.h"

namespace khuyenhoc {

using AnnexId = Id<struct AnnexTag>;

enum class AnnexLand : std::int64_t { old_units = 1, todays_units = 2 };            // as it was until 30/6/2025, or today's
enum class AnnexState : std::int64_t { draft = 1, loaded = 2, withdrawn = 3, loading = 4, taking_back = 5 };
// Some of its figures are written and some are not: no period may pass for whole because of it.
constexpr bool is_half_way(AnnexState state) { return state == AnnexState::loading || state == AnnexState::taking_back; }
// A row is a unit, the office's own part ("Cơ quan tỉnh"), the signed total of everything or of a district, or nothing of these.
enum class AnnexRole : std::int64_t { unit = 1, office = 2, total = 3, subtotal = 4, left_out = 5 };
// Why the rows do not add up to what was signed.
enum class AnnexReason : std::int64_t { none = 0, own_of_office = 1, misprint = 2, open = 3 };

struct AnnexColumnChoice {
  int number = 0;                       // as Excel counts
  std::string heading;
  std::optional<Series> series;         // none: the column is left out
  std::int64_t factor = 1;              // 1.000.000 where the heading says "triệu đồng"
};

struct AnnexRowChoice {
  int number = 0;
  AnnexRole role = AnnexRole::left_out;
  UnitId unit;                          // of a unit and of a subtotal
};

struct AnnexExplanation {
  UnitId unit;                          // whose total; of the whole table the annex's area
  Series series = 0;
  std::int64_t rows_sum = 0, signed_total = 0;
  AnnexReason reason = AnnexReason::none;
  std::string note;
};

struct Annex {
  AnnexId id;
  BodyId body;                          // the office that loads it
  UnitId area;                          // the unit it is about: an old province, today's province, a commune
  AnnexLand land = AnnexLand::old_units;
  NamedPeriod period;
  std::string report_number;
  Day report_day;
  std::string signer;
  std::string file_name;
  db::Digest content{};
  std::string signed_name;              // of the attached signed report; empty: none
  std::optional<db::Digest> signed_file;
  std::string sheet;                    // empty: the one that looks like the table
  std::optional<int> head_first, head_last, unit_column;
  bool without_total = false;           // said to have no row of totals
  bool replaces = false;                // figures that were there before give way
  std::optional<std::int64_t> understood_ms;   // somebody has looked at columns and rows
  AnnexState state = AnnexState::draft;
  std::int64_t row_version = 1;
  UserId by;
  std::int64_t at_ms = 0;
  std::optional<std::int64_t> loaded_ms, withdrawn_ms;
  std::int64_t figures_wanted = 0;      // of one half way: how many it writes in all
  std::int64_t figures_written = 0;     // how many stand
  std::int64_t moved_ms = 0;            // of one half way: when its last slice was
  std::vector<AnnexColumnChoice> columns;      // as confirmed; empty before
  std::vector<AnnexRowChoice> rows;            // where people decided otherwise than the program
};

struct AnnexFigure {                    // one statement
  BodyId body;
  Series series = 0;
  Extent extent = Extent::subtree;
  std::int64_t value = 0;
  std::optional<std::int64_t> before;
  std::int64_t written_version = 0;
};

// The last day on which units stood as the annex names them.
Day annex_day(const Annex& annex);

}  // namespace khuyenhoc
