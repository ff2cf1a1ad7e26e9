// The indicators: what is counted, in which unit, at which level it is recorded, and how it may be added up. A data file, not code (catalogue/indicators.toml).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/i18n.h"
#include "base/result.h"
#include "measures/cube.h"

namespace khuyenhoc {

using MeasureIndex = std::uint16_t;     // place in the catalogue of this program run; the database stores the code

enum class MeasureKind {
  stock,        // a level on a day; facts are its changes
  flow,         // a sum over a period
  reference,    // a yearly stated level, carried forward
  yearly,       // the count of the last round; replaced at each round, never summed over years
  count,        // bodies or units alive on the day that satisfy a predicate; never typed, never inherited through a merger
  ratio,        // a formula over sums; never typed, never summed
  derived,      // a formula over other measures at another day (opening balance); never typed
};
bool is_level(MeasureKind kind);        // stock, reference, yearly, count: asked of a day rather than a window
bool is_typed(MeasureKind kind);        // stock, flow, reference, yearly

enum class RecordedAt { branch, commune, computed };
enum class Direction { more_is_better, less_is_better, neither };

struct Member {                         // one coded value of a breakdown
  std::string code;                     // "nu", "thon_tdp"
  std::string label_vi, label_en;
};

struct Dimension {
  enum class Kind { partition, subset } kind = Kind::subset;   // partition: the members sum to the whole
  std::string code;
  std::string label_vi, label_en;
  std::vector<Member> members;
};

struct Measure {
  std::string code;                     // "B01"
  std::string label_vi, label_en;       // "Tổng số hội viên cuối kỳ"
  std::string short_vi, short_en;       // in column heads: "Hội viên"
  std::string unit_vi, unit_en;         // "người"
  MeasureKind kind = MeasureKind::flow;
  RecordedAt level = RecordedAt::branch;
  Direction direction = Direction::neither;
  bool is_money = false;
  std::string group;                    // "A" … "H": sections of forms
  std::vector<Dimension> dimensions;
  std::string formula;                  // of ratios and derived: "A02/COMMUNES*100"
  std::string help_vi, help_en;         // one sentence under the field
  bool adds_over_bodies = true;         // false: the cube's answer for a subtree is refused (a measure that must not be added along the axis)
};

// A cross-check in the form's words: an identity or an order between figures of one body and period, judged in integers.
struct Check {
  std::string code;                     // "B01-movement"
  std::string expression;               // "B01 == B01@before + B02 - B03"
  std::string message_vi, message_en;   // names the arithmetic with {placeholders}: "Kỳ trước {B01@before}, thêm {B02}, giảm {B03} thì còn {right}; đang ghi {left}."
  enum class Severity { warning, error } severity = Severity::warning;
  std::vector<MeasureIndex> measures;   // in the margin of whichever of these
};

class Catalogue {
 public:
  static Result<Catalogue> parse(std::string_view toml);
  static const Catalogue& house();                               // the product's own, embedded
  std::span<const Measure> measures() const;
  const Measure& measure(MeasureIndex index) const;
  std::optional<MeasureIndex> find(std::string_view code) const;
  std::span<const Check> checks() const;
  // Series are dense over (measure, whole or one member of one dimension).
  Series series(MeasureIndex measure) const;                                            // the whole
  std::optional<Series> series(MeasureIndex measure, std::string_view dimension, std::string_view member) const;
  MeasureIndex measure_of(Series series) const;
  std::string member_key(Series series) const;                                          // "" for the whole, "gioi/nu" otherwise: what the database stores
  std::optional<Series> series_by_key(std::string_view measure_code, std::string_view member_key) const;
  std::size_t series_count() const;
};

}  // namespace khuyenhoc
