// "Xem số này gồm những gì": the facts under a figure, by body, kind and source.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "measures/figures.h"
#include "measures/statements.h"

namespace khuyenhoc {

// Facts of one body and kind added together. Reversed facts and their reversals have cancelled out.
struct Ingredient {
  BodyId body;
  FactLayer layer = FactLayer::listed;
  FactKind kind = FactKind::record;     // of a reversal: of what it takes back is unknown, so it counts with its layer's records
  Source source;
  Day first_day, last_day;
  std::int64_t amount = 0;
  std::int64_t facts = 0;
  std::string words;                    // "Số đã ghi, chưa có danh sách", "Chưa phân theo chi hội", "Bàn giao khi sắp xếp", …
};

struct Ingredients {
  std::vector<Ingredient> rows;         // largest first
  std::int64_t rows_left_out = 0;       // beyond the limit
  std::int64_t total = 0;               // of all, equal to the figure
};

// `allowed` is the viewer's scope: bodies outside it are added up in one row without a name (body 0).
// Only whole figures are made of facts: of a ratio or a count "drill.not_facts" says what to open instead.
Result<Ingredients> what_is_it_made_of(db::Reader& reader, Ledger& ledger, Series series, const Question& question, const BodyFilter& allowed,
                                       std::size_t limit = 200);

}  // namespace khuyenhoc
