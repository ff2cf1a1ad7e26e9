// Which indicator a column of an annex is about, guessed from its heading; and in which unit its amounts are written.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "measures/catalogue.h"

namespace khuyenhoc {

struct HeadingGuess {
  std::optional<Series> series;         // none: not understood, or computed by the program
  std::string computed;                 // the measure that people never type, which the heading seems to be about
  std::int64_t factor = 1;
};

class AnnexHeadings {
 public:
  explicit AnnexHeadings(const Catalogue& catalogue);
  static const AnnexHeadings& house();
  // The lines of one head from top to bottom ("Quỹ khuyến học", "Tổng thu (triệu đồng)"). `usual_factor`: what the table says above its head for money.
  HeadingGuess guess(const std::vector<std::string>& lines, std::int64_t usual_factor) const;

 private:
  struct Words {
    std::string folded;
    Series series = 0;
  };
  const Catalogue& catalogue_;
  std::vector<Words> words_;
};

// "triệu đồng", "nghìn đồng", "1.000 đ", "tỷ đồng" in a text; none where it says nothing or plain đồng.
std::optional<std::int64_t> money_factor(std::string_view text);
// "đồng", "nghìn đồng", "triệu đồng", "tỷ đồng"
std::string factor_words(std::int64_t factor);

}  // namespace khuyenhoc
