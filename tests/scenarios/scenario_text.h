// A scenario file: a title of one paragraph, then one sentence a line; what belongs to a decision stands indented below it.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace khuyenhoc::scenarios {

struct Sentence {
  int line = 0;
  std::string text;                     // without the full stop or colon at its end
  bool opens_a_list = false;            // ended with a colon
  std::vector<Sentence> under;          // indented lines
};

struct Scenario {
  std::string path;
  std::string title;                    // the sentence about the association that it proves
  std::vector<Sentence> sentences;
};

// Something in the file that cannot be understood, or that did not come out as it says: "handover.txt:12: …".
struct Trouble : std::runtime_error {
  using std::runtime_error::runtime_error;
};

[[noreturn]] void trouble(const std::string& path, int line, const std::string& what);
Scenario read_scenario(const std::string& path, std::string_view text);
// "A", "A and B", "A, B and C".
std::vector<std::string> listed(std::string_view words);

}  // namespace khuyenhoc::scenarios
