// How a body numbers its papers: one series or one for each kind, anew every year or not; and where the registers stood when the office began here.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "organisation/audit_sink.h"
#include "organisation/organisation.h"
#include "organisation/systems.h"
#include "platform/db/db.h"

namespace khuyenhoc {

enum class NumberSeries : std::int64_t { by_kind = 1, one = 2 };          // "theo từng loại văn bản", "một dãy chung"
enum class NumberRestart : std::int64_t { every_year = 1, every_term = 2 };

// In force from its day until the next one's.
struct NumberingRule {
  BodyId body;
  Day from;
  NumberSeries series = NumberSeries::by_kind;
  NumberRestart restarts = NumberRestart::every_year;
  bool digital_pictures = false;         // papers are issued with the scanned seal and signature
  std::int64_t row_version = 0;          // 0: not set yet
};

NumberingRule numbering_rule(db::Reader& reader, BodyId body, Day day);            // as set, or the decree's usual: by kind, every year
std::vector<NumberingRule> numbering_rules(db::Reader& reader, BodyId body);       // as set, by day
// "numbering.stale"
Result<void> set_numbering_rule(db::Writer& writer, const AuditSink& sink, const NumberingRule& given, std::int64_t expected_version);

// The next number of each series of a year, by the code of its kind ("" for the one series): what the paper register says when the office starts here.
std::map<std::string, std::int64_t> next_numbers(db::Reader& reader, BodyId body, int year);
// "numbering.number" with the kind as place
Result<void> set_next_numbers(db::Writer& writer, const AuditSink& sink, BodyId body, int year, const std::map<std::string, std::int64_t>& numbers);

// "05/BC-HKH", "12/HKH" for an official letter; without a number "     /BC-HKH". Below ten with a 0 (NĐ 30/2020/NĐ-CP).
// Papers of the Youth Union write "05-BC/ĐTN", official letters "12-CV/ĐTN".
std::string number_text_of(std::int64_t number, std::string_view letters, std::string_view suffix, BodySystem::Papers papers = BodySystem::Papers::state);

}  // namespace khuyenhoc
