// Runs the built program as a person at a terminal would, in a folder of the test's own.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

namespace khuyenhoc {

inline constexpr std::string_view test_today = "2026-06-08";

struct Said {
  int status = -1;
  std::string out, error;
  boost::json::object json() const;                       // of the standard output; fails the test when it is none
  bool one_line_refusal() const;                          // status 1, nothing on standard output, one line on standard error
};

Said run_program(const std::vector<std::string>& arguments);

std::string text_at(const boost::json::object& object, std::string_view key);     // fails the test when there is no such text

// A folder that goes with the test.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string path(std::string_view name = {}) const;

 private:
  std::filesystem::path path_;
};

// The commune world of the tests: made once, copied for whoever changes it.
const std::string& commune_world();                       // its data directory, only to be read
std::string copy_of_commune_world(const Folder& into);    // a data directory of one's own
std::string commune_code();                               // of its commune: "66/24490"

// `figure … --json` as of the test's day.
Said figure(const std::string& data, const std::string& measure, const std::string& unit, const std::string& period, const std::vector<std::string>& more = {});
// Boards of every measure, of the centre and the commune, this period and last year: the bytes of the workbooks, which are the same for the same figures.
std::string all_figures(const std::string& data);

}  // namespace khuyenhoc
