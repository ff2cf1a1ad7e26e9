// What the page of ratings shows.
#pragma once

#include <string>
#include <vector>

#include "ratings/ratings.h"
#include "shell/form.h"

namespace khuyenhoc::ratings {

struct RatingRow {
  BodyId body;
  std::string name, kind, wanted, error;       // wanted: a grade's number, or empty
  std::int64_t known = 0;
  std::string before, decided;                 // "2025: Hoàn thành tốt nhiệm vụ; 2024: …"; "Quyết định số …"
};
struct RatingPage {
  BodyId superior;
  std::string superior_name;
  int year = 0;
  std::vector<int> years;
  bool may_keep = false;
  std::size_t rated = 0;
  std::vector<FormChoice> grades;
  std::vector<std::pair<std::string, std::size_t>> counts;     // of each grade
  std::vector<RatingRow> rows;
  std::vector<FormLine> decision;                              // number, day, issuer
  FormErrors errors;
  std::string error_of(const std::string& field) const {
    for (const auto& [name, message] : errors)
      if (name == field) return message;
    return {};
  }
};

}  // namespace khuyenhoc::ratings
