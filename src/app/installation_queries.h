// What the program asks of a store as a whole, beyond the questions of its nouns: what must be verified.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "measures/facts.h"
#include "measures/statements.h"

namespace khuyenhoc {

// Every fact of the log in order, as it lies in the table; those of windows that answer only for themselves are left out.
struct LoggedFact {
  BodyId body;
  Day day;
  std::int64_t stored_series = 0;
  std::int64_t amount = 0;
};
void each_logged_fact(db::Reader& reader, const std::function<void(const LoggedFact&)>& each);

std::int64_t statements_in_force(db::Reader& reader);
// Every `step`-th statement in force, by number.
struct StatedFigure {
  Statement statement;                   // its series is not set
  std::int64_t stored_series = 0;
};
void each_statement(db::Reader& reader, std::int64_t step, const std::function<void(const StatedFigure&)>& each);

// Where the number kept of a body's statements in a window is not how many there are.
struct WrongCount {
  BodyId body;
  Period window;
  std::int64_t kept = 0, stated = 0;
};
void each_wrong_count(db::Reader& reader, const std::function<void(const WrongCount&)>& each);

struct KeptFile {
  std::span<const std::byte> digest, content;
};
void each_attachment(db::Reader& reader, const std::function<void(const KeptFile&)>& each);

}  // namespace khuyenhoc
