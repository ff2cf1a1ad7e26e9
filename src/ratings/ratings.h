// Xếp loại chi hội, ban: what the office above says of each branch and board once a year, by a decision; no figure is counted from it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "organisation/decisions.h"
#include "shell/visit.h"

namespace khuyenhoc {

// Taken back: entered by mistake; the row stays, so that the years before show it.
enum class Grade : std::int64_t { taken_back = 0, excellent = 1, good = 2, fulfilled = 3, not_fulfilled = 4 };
std::string grade_label(Grade grade, Language language);       // "Hoàn thành xuất sắc nhiệm vụ"

struct Rating {
  BodyId body;
  int year = 0;
  Grade grade = Grade::fulfilled;
  BodyId rated_by;
  Decision decision;
  std::int64_t row_version = 1;
};
std::vector<Rating> ratings_of(db::Reader& reader, BodyId body);                     // newest year first
std::map<BodyId, std::vector<Rating>> ratings_below(db::Reader& reader, const Organisation& organisation, BodyId superior, Day day);   // each newest first
// How many ratings of the year and later ones each body has.
std::map<BodyId, std::int64_t> ratings_kept_from(db::Reader& reader, int year);
// Those a superior rates: its branches and boards of the association on the day.
std::vector<BodyId> rated_by(const Organisation& organisation, BodyId superior, Day day);

struct RatingWanted {
  BodyId body;
  std::optional<Grade> grade;            // none: not rated, or taken back
  std::int64_t known = 0;                // row version when the table was read; 0: no rating
};
// One year's ratings in one go; what does not change stays. "rating.year", "rating.body", "rating.stale" (place "loai-<body>"). Says how many changed.
Result<std::size_t> rate(House& house, const Viewer& viewer, BodyId superior, int year, const std::vector<RatingWanted>& wanted, const Decision& decision);

void add_rating_pages(Pages& pages);

}  // namespace khuyenhoc
