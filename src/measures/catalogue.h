// The indicators: what is counted, in which unit, at which level it is recorded, and how it may be added up. A data file, not code (catalogue/indicators.toml).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/i18n.h"
#include "base/id.h"
#include "base/result.h"
#include "measures/cube.h"
#include "platform/formula/expression.h"

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
  const std::string& label(Language language) const { return language == Language::english ? label_en : label_vi; }
};

struct Dimension {
  enum class Kind { partition, subset } kind = Kind::subset;   // partition: the members sum to the whole
  std::string code;
  std::string label_vi, label_en;
  std::vector<Member> members;
  const std::string& label(Language language) const { return language == Language::english ? label_en : label_vi; }
};

struct Measure {
  std::string code;                     // "B01"
  std::string label_vi, label_en;       // "Tổng số hội viên cuối kỳ"
  std::string short_vi, short_en;       // in column heads: "Hội viên"
  std::string unit_vi, unit_en;         // "người"
  std::string counted_vi, counted_en;   // in sentences: "682.140 hội viên"; the unit where nothing else is said
  MeasureKind kind = MeasureKind::flow;
  RecordedAt level = RecordedAt::branch;
  Direction direction = Direction::neither;
  bool is_money = false;
  std::string group;                    // "A" … "H": sections of forms
  std::vector<Dimension> dimensions;
  std::string formula;                  // of ratios and derived: "A02/COMMUNES*100"
  std::string register_name;            // of counts: which register knows it ("bodies", "communes", "congress", …)
  std::string help_vi, help_en;         // one sentence under the field
  bool adds_over_bodies = true;         // false: the cube's answer for a subtree is refused (a measure that must not be added along the axis)
  BodyId owner = {};                    // of an own indicator: the office that asks it; summed and stated inside its subtree only
  bool is_yes_no = false;               // of an own indicator: 1 for yes, 0 for no; a total counts the yeses
  const std::string& label(Language language) const { return language == Language::english ? label_en : label_vi; }
  const std::string& short_label(Language language) const { return language == Language::english ? short_en : short_vi; }
  const std::string& unit(Language language) const { return language == Language::english ? unit_en : unit_vi; }
  const std::string& counted(Language language) const { return language == Language::english ? counted_en : counted_vi; }
  const std::string& help(Language language) const { return language == Language::english ? help_en : help_vi; }
};

// What a name in a formula or a check stands for: "B01", "D03.quan_ly" (a member), "B01@before" (the level on the day before the period, or the flow of
// the window before), "E08@earlier" (the flow of the twelve months before the period).
enum class Moment { period, before, earlier };
struct Term {
  MeasureIndex measure = 0;
  Series series = 0;
  Moment moment = Moment::period;
  bool operator==(const Term&) const = default;
};

struct Formula {
  formula::Expression expression;
  std::vector<Term> terms;              // by number of the name
};

// A cross-check in the form's words: an identity or an order between figures of one body and period, judged in integers.
struct Check {
  std::string code;                     // "B01-movement"
  std::string expression;               // "B01 == B01@before + B02 - B03"
  std::string message_vi, message_en;   // names the arithmetic with {placeholders}: "Kỳ trước {B01@before}, thêm {B02}, giảm {B03} thì còn {right}; đang ghi {left}."
  std::string holds_vi, holds_en;       // said when it holds; empty for most
  enum class Severity { warning, error } severity = Severity::warning;
  std::vector<MeasureIndex> measures;   // in the margin of the first; the others have a part in it
  Formula formula;
};

// A section of forms and reports: "B", "Hội viên".
struct Section {
  std::string code;
  std::string label_vi, label_en;
  const std::string& label(Language language) const { return language == Language::english ? label_en : label_vi; }
};

// The numbers one kind of body knows and is asked for, in the order people count. {first} {last} {year} in the texts stand for the period.
struct FormField {
  MeasureIndex measure = 0;
  std::string label_vi, label_en;       // the question: "Hội viên mới vào"
  std::string help_vi, help_en;
  std::string unit_vi, unit_en;         // as people count here: "em" rather than "người"
};
struct FormPart {
  std::string label_vi, label_en;       // "Hội viên", "Đăng ký học tập năm {year}"
  std::vector<FormField> fields;
};
struct ShortForm {
  std::string code;                     // "thon", "truong", "co_quan", "dong_ho", "xa", "tinh": BodyKind::short_form
  std::string label_vi, label_en;
  std::vector<FormPart> parts;
  bool asks(MeasureIndex measure) const;
};

// A figure that changed this much against the same period of the year before asks for a reason (domain 3.1).
struct JumpRule {
  std::int64_t percent = 30;
  std::int64_t least_change = 10;       // below this many units nobody asks
  std::int64_t least_money = 1'000'000; // the same for amounts of money, in đồng
};

class Catalogue {
 public:
  // "catalogue.syntax", "catalogue.entry" (with the code as place), "catalogue.formula", "catalogue.form".
  static Result<Catalogue> parse(std::string_view toml);
  static const Catalogue& house();                               // the product's own, embedded
  // The product's own indicators, the same for everybody: what lists and boards go through. Own indicators of offices come behind them by index.
  std::span<const Measure> measures() const { return measures_; }
  const Measure& measure(MeasureIndex index) const;              // of either; the reference stays good for as long as the catalogue
  std::optional<MeasureIndex> find(std::string_view code) const;
  MeasureIndex index(std::string_view code) const;               // asserts that it exists
  std::span<const Section> sections() const { return sections_; }
  std::span<const Check> checks() const { return checks_; }
  std::span<const ShortForm> forms() const { return forms_; }
  const ShortForm* form(std::string_view code) const;
  const JumpRule& jump_rule() const { return jump_; }
  const Formula* formula(MeasureIndex measure) const;            // of ratios and derived; nullptr otherwise
  // Series are dense over (measure, whole or one member of one dimension).
  Series series(MeasureIndex measure) const;                                            // the whole
  std::optional<Series> series(MeasureIndex measure, std::string_view dimension, std::string_view member) const;
  MeasureIndex measure_of(Series series) const;
  std::string member_key(Series series) const;                                          // "" for the whole, "gioi/nu" otherwise: what the database stores
  std::optional<Series> series_by_key(std::string_view measure_code, std::string_view member_key) const;
  std::size_t series_count() const { return series_.size(); }    // of the product's own indicators; those of own indicators come behind
  std::size_t series_room() const;                               // how many series there may ever be, own indicators included
  bool is_whole(Series series) const;
  std::string label(Series series, Language language) const;                            // "Chi trong kỳ – quản lý"
  std::optional<Term> term(std::string_view name) const;                                // "D03.quan_ly", "B01@before"
  Result<Formula> read_formula(std::string_view text) const;     // "formula.…" of the syntax; "catalogue.formula" with the unknown name as place

  // Own indicators of offices, added while others read (own_indicators.h). A catalogue has room for none until it is given some, once, before anybody reads.
  void make_room(std::size_t own_indicators);
  bool has_room() const { return growth_ != nullptr; }
  std::size_t own_count() const;                                 // indices measures().size() … + own_count() - 1
  Result<MeasureIndex> add(Measure measure);                     // one series, no breakdown; "indicator.full". One that is known by its code is returned as it stands.

 private:
  struct Growth;
  const Measure* own(MeasureIndex index) const;
  std::optional<MeasureIndex> own_by_code(std::string_view code) const;
  struct SeriesPlace {
    MeasureIndex measure = 0;
    std::int16_t dimension = -1, member = -1;
  };
  struct Reading;
  std::vector<Section> sections_;
  std::vector<Measure> measures_;
  std::vector<SeriesPlace> series_;
  std::vector<Series> first_series_;                             // by measure: its whole; members follow in order
  std::vector<std::optional<Formula>> formulas_;
  std::vector<Check> checks_;
  std::vector<ShortForm> forms_;
  JumpRule jump_;
  std::shared_ptr<Growth> growth_;
};

}  // namespace khuyenhoc
