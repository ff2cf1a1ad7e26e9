// The figures of one report, now and in the same period of the year before, and the phrases that say them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/reports.h"

namespace khuyenhoc {

class ReportFigures {
 public:
  ReportFigures(House& house, const ReportOrder& order);

  const ReportOrder& order() const { return order_; }
  const House& house() const { return house_; }
  const Catalogue& catalogue() const { return house_.catalogue; }
  const Organisation& organisation() const { return *figures_.view().organisation; }
  const Figures& figures() const { return figures_; }
  const Measure& measure(std::string_view code) const { return catalogue().measure(catalogue().index(code)); }

  Question now() const;
  Question year_before() const;
  std::optional<Figure> now(std::string_view code) const;             // none where there is no such figure ("–")
  std::optional<Figure> year_before(std::string_view code) const;
  std::optional<std::int64_t> target(std::string_view code) const;    // of the year, for the body
  // A count of bodies or communes is not compared across the reform of 2025.
  bool comparable(std::string_view code) const;
  // While figures of others are still to come, a fall of what happens in a period is told of these children only: those whose figures are all in.
  void compare_only(std::vector<BodyId> complete) { comparable_children_ = std::move(complete); }
  bool fallen(std::string_view code) const;                           // among what can be compared
  bool fall_may_be_what_is_missing(std::string_view code) const;
  bool restated() const;                                              // the year before lay in another territory

  std::string text(std::string_view code) const;                      // "682.140", "20,4%"
  std::string counted(std::string_view code) const;                   // "682.140 hội viên", "1.250.000.000 đồng"
  std::string link(std::string_view code) const;                      // the board of the figure
  std::string comparison(std::string_view code) const;                // "tăng 14.030 hội viên (2,1%) so với cùng kỳ năm 2025", or empty
  std::string plan(std::string_view code) const;                      // "đạt 97,4% kế hoạch năm", or empty
  // Appends the figure as a live one, with its counted word.
  void say(document::Text& text, std::string_view code) const;
  // "…, tăng … so với cùng kỳ …, đạt …% kế hoạch năm" behind a figure; nothing where nothing can be compared.
  void say_change(document::Text& text, std::string_view code) const;

  std::string whole() const;                                          // "toàn tỉnh", "toàn xã", "toàn quốc"
  std::string issuer() const;                                         // "Hội Khuyến học tỉnh Đắk Lắk"
  std::string children_words() const;                                 // "xã, phường", "tỉnh, thành phố", "chi hội, ban"

 private:
  // The figure and that of the year before, of the children that can be compared.
  std::optional<std::pair<Figure, Figure>> among_comparable(std::string_view code) const;
  bool somebody_has_nothing(std::string_view code) const;

  House& house_;
  ReportOrder order_;
  std::optional<std::vector<BodyId>> comparable_children_;            // none: all
  Figures figures_;
};

std::string lower_first(std::string text);

}  // namespace khuyenhoc
