// The tables of the fact log: numbers of series and nouns, facts written and read, sums over many bodies.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "measures/facts.h"

namespace khuyenhoc::facts_sql {

struct StoredSeries {
  std::int64_t id = 0;
  std::string measure, member;
};
std::vector<StoredSeries> all_series(db::Reader& reader);
void insert_series(db::Writer& writer, const StoredSeries& series);
std::vector<std::pair<std::int64_t, std::string>> all_nouns(db::Reader& reader);
std::int64_t keep_noun(db::Writer& writer, std::int64_t new_id, const std::string& noun);    // the number it has now

// A fact as stored: series and noun by number.
struct StoredFact {
  std::int64_t position = 0;
  BodyId body;
  Day day;
  std::int64_t series = 0;
  std::int64_t amount = 0;
  FactKind kind = FactKind::record;
  std::int64_t noun = 0;
  std::int64_t source = 0;
  std::int64_t reverses = 0;
  FactLayer layer = FactLayer::listed;
  Arrival arrival = Arrival::beyond;
};
void insert(db::Writer& writer, std::span<const StoredFact> facts);
std::int64_t last_position(db::Reader& reader);

// For the cube: body, day, series, amount of the facts behind `after`, in log order, at most `limit`; window remainders are left out.
struct BareFact {
  std::int64_t position = 0;
  BodyId body;
  Day day;
  std::int64_t series = 0;
  std::int64_t amount = 0;
};
void each_bare(db::Reader& reader, std::int64_t after, std::int64_t limit, const std::function<void(const BareFact&)>& each);
// Remainders of crossing windows behind `after`, with the window they are of.
void each_window(db::Reader& reader, std::int64_t after, const std::function<void(const BareFact&, Period)>& each);

std::vector<StoredFact> of_body(db::Reader& reader, BodyId body, std::int64_t series, Period period);
std::vector<StoredFact> remainders(db::Reader& reader, BodyId body, std::int64_t series, FactLayer layer);      // live: neither reversed nor reversals
// Which of the bodies, and in which layer of remainders, ever had something handed over to them or from them.
struct TakenOver {
  BodyId body;
  FactLayer layer = FactLayer::remainder;
};
std::vector<TakenOver> taken_over(db::Reader& reader, std::int64_t series, std::span<const BodyId> bodies);
struct RemainderSum {
  BodyId body;
  std::int64_t series = 0;
  FactLayer layer = FactLayer::remainder;
  std::int64_t amount = 0;
};
std::vector<RemainderSum> remainders_of(db::Reader& reader, std::span<const BodyId> bodies, Period days);       // without those of crossing windows
// Sums over bodies and days; window remainders are left out.
std::int64_t sum(db::Reader& reader, std::int64_t series, std::span<const BodyId> bodies, Period days);
// The remainders among them, by layer, at one body.
std::int64_t remainder_sum(db::Reader& reader, std::int64_t series, BodyId body, FactLayer layer, Period days);
// What arrived within stated totals: by body, day and layer, added up.
struct ArrivedWithin {
  BodyId body;
  Day day;
  FactLayer layer = FactLayer::listed;
  std::int64_t amount = 0;
};
std::vector<ArrivedWithin> arrived_within(db::Reader& reader, std::int64_t series, std::span<const BodyId> bodies, Period days);
// Remainders of flow statements that lie inside the days asked about, though their windows reach beyond them: they stand for more than these days.
std::int64_t overhanging_sum(db::Reader& reader, std::int64_t series, std::span<const BodyId> bodies, Period days);
std::int64_t overhanging_sum_of(db::Reader& reader, std::int64_t series, BodyId body, FactLayer layer, Period days);   // of one body and layer
// Own figures of bodies by series, for freezing: of levels up to the last day, of flows inside the period.
void each_sum_by_series(db::Reader& reader, std::span<const BodyId> bodies, Period days, const std::function<void(std::int64_t series, std::int64_t amount)>& each);
// Everything under a figure, for drill-down.
void each_of_bodies(db::Reader& reader, std::int64_t series, std::span<const BodyId> bodies, Period days, const std::function<void(const StoredFact&)>& each);

std::string list_of(std::span<const BodyId> bodies);    // "[1,2,3]": a list of bodies as one bound text
std::string list_of(std::span<const std::int64_t> numbers);

}  // namespace khuyenhoc::facts_sql
