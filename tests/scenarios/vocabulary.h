// The closed vocabulary of scenarios: what can happen, and what can be expected. A sentence that fits no phrase is refused before anything runs.
#pragma once

#include <functional>
#include <regex>
#include <string>
#include <vector>

#include "scenario_text.h"
#include "scenario_world.h"

namespace khuyenhoc::scenarios {

using Words = std::vector<std::string>;   // what stood in the brackets of a phrase; [0] is the whole sentence

struct Happening {
  const char* pattern;
  std::function<Result<void>(ScenarioWorld&, const Sentence&, const Words&)> run;
};
struct Expectation {
  const char* pattern;
  std::vector<std::size_t> values;      // which brackets hold what is expected: with another value there the expectation must fail
  std::function<std::string(ScenarioWorld&, const Words&)> check;   // empty: it holds; else what is the case instead
};

const std::vector<Happening>& happenings();
const std::vector<Happening>& decisions();            // with a list of acts below them
const std::vector<Expectation>& expectations();

// Runs a whole scenario in a fresh world. Throws Trouble, with file and line, at the first sentence that is not understood or does not come out; expectations
// are tried a second time with other values, and are troubled when they hold then, too.
void play(const Scenario& scenario, std::unique_ptr<db::Store> store);
// Only reads: throws Trouble for a sentence that fits no phrase, and for a scenario that expects nothing.
void understand(const Scenario& scenario);

}  // namespace khuyenhoc::scenarios
