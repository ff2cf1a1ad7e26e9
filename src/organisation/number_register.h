// The numbers of a body's papers, given one after another in the transaction that signs: none twice, none left out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/day.h"
#include "organisation/organisation.h"
#include "platform/db/db.h"

namespace khuyenhoc {

struct PaperNumber {
  std::int64_t number = 0;
  std::string text;                      // "07/BC-HKH"
};

// The number a paper of the kind would get on the day: behind the last one given, or where the register stood when the office began here. By the body's own
// rule (numbering.h): one series or one for each kind, anew every year or every term. `term_began`: of the term the day falls in, where one is known.
PaperNumber next_paper_number(db::Reader& reader, const Organisation& organisation, BodyId body, std::string_view paper, Day day, std::optional<Day> term_began);
// Takes it, for the record that carries it from now on.
PaperNumber take_paper_number(db::Writer& writer, const Organisation& organisation, BodyId body, std::string_view paper, Day day, std::optional<Day> term_began,
                              std::string_view noun, std::int64_t record);

}  // namespace khuyenhoc
