// Indicators an office adds for itself ("chỉ tiêu riêng"), at run time: for additions to a form and for ad-hoc requests. They are summed inside the office's own subtree only.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "measures/catalogue.h"
#include "platform/db/db.h"

namespace khuyenhoc {

class Ledger;

// Room for own indicators in one store: an axis keeps some 70 bytes for each (cube_axis.h), so this is 0.6 MB an axis.
inline constexpr std::size_t most_own_indicators = 8'000;

// What is asked: a number, an amount of money, or yes and no (counted: 1 for yes).
enum class OwnAnswer : std::int64_t { number = 1, money = 2, yes_no = 3 };

struct OwnIndicator {
  std::int64_t id = 0;                  // given by define
  BodyId owner;
  std::string label_vi, label_en;       // English may be empty: the Vietnamese stands in
  std::string short_vi;                 // in column heads; empty: the label
  std::string unit_vi;                  // "người"; empty for money ("đồng") and yes or no ("đơn vị")
  std::string help_vi;
  OwnAnswer answer = OwnAnswer::number;
  MeasureKind kind = MeasureKind::flow; // stock or flow
  RecordedAt level = RecordedAt::branch;   // the lowest level that is asked
  std::string section;                  // of the catalogue ("B"); empty: "G"
  std::string code() const;             // "R17": what formulas and the store say
};

// The own indicators of the store, in the catalogue of this process: loaded at start before the cube, added by define, followed from other processes on PostgreSQL. Made by
// the Ledger that was given a catalogue with room (Ledger::own()).
class OwnIndicators {
 public:
  OwnIndicators(db::Store& store, Catalogue& catalogue, Ledger& ledger);
  // Adds one in the transaction: usable by statements in the next transaction, when write() has returned. "indicator.label", "indicator.unit", "indicator.kind", "indicator.full".
  // The measure is found by code: catalogue.find(indicator.code()).
  Result<OwnIndicator> define(db::Writer& writer, OwnIndicator indicator, UserId by, std::int64_t now_ms);
  std::vector<OwnIndicator> of_owner(db::Reader& reader, BodyId owner) const;
  std::optional<OwnIndicator> find(db::Reader& reader, MeasureIndex measure) const;

  void load(db::Reader& reader);        // all that are stored and not yet known here
  void follow();                        // the same, by a cheap look first

 private:
  void learn(const OwnIndicator& indicator, std::int64_t stored_series);
  db::Store& store_;
  Catalogue& catalogue_;
  Ledger& ledger_;
  mutable std::mutex mutex_;
  std::int64_t known_ = 0;              // position of the newest that is known
};

}  // namespace khuyenhoc
