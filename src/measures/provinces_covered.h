// How much of the country the figures of an installation cover: a national figure of a few provinces must say so.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "measures/figures.h"

namespace khuyenhoc {

struct ProvincesCovered {
  std::size_t with_figures = 0, all = 0;
  bool is_whole() const { return with_figures >= all; }
};

// None where the question is not about the whole country.
std::optional<ProvincesCovered> provinces_covered(const Figures& figures, const Question& question);
// "Mới có số liệu của 5/34 tỉnh, thành phố."; empty where all have some or the question is not about the country.
std::string provinces_covered_words(const Figures& figures, const Question& question);

}  // namespace khuyenhoc
