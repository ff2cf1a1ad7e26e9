// The units that rows of an annex may be about, found by what people write: with or without accents, "huyện", "TX.", "TT" and a number in front.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "past_years/annex.h"
#include "territory/territory.h"

namespace khuyenhoc {

class AnnexUnits {
 public:
  // Of the area in the land of the annex. Of a commune's office: the old communes it was made from, or itself.
  AnnexUnits(const Territory& territory, UnitId area, AnnexLand land, Day day);

  struct Unit {
    UnitId id;
    UnitLevel level = UnitLevel::commune;
    UnitId district;                    // that a commune lay in; none today
    std::string name, type;             // as found by: folded, without blanks
    std::string exact;                  // with its tones
    std::string label;                  // "Huyện Ea Kar"
  };
  const std::vector<Unit>& all() const { return units_; }
  const Unit* find(UnitId id) const;
  // Every unit that the words may mean; several only where a type, a level or a district would be needed to tell them apart.
  std::vector<const Unit*> matching(std::string_view words) const;
  // Why nothing was found: the name belongs to another province, to the other territory, or is nearly like one of these.
  std::string why_not(std::string_view words) const;
  const Territory& territory() const { return territory_; }
  UnitId area() const { return area_; }
  Day day() const { return day_; }

 private:
  const Territory& territory_;
  UnitId area_;
  AnnexLand land_;
  Day day_;
  std::vector<Unit> units_;
};

// "2. TX. Buôn Hồ" -> "tx buon ho": folded, without what numbers the row.
std::string row_words(std::string_view label);

}  // namespace khuyenhoc
