#include "tests/commands/program.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace khuyenhoc {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// Lives as long as the test program.
Folder& shared_folder() {
  static Folder folder;
  return folder;
}

}  // namespace

boost::json::object Said::json() const {
  boost::system::error_code broken;
  const auto value = boost::json::parse(out, broken);
  EXPECT_TRUE(!broken && value.is_object()) << "not a JSON object: " << out << error;
  return !broken && value.is_object() ? value.as_object() : boost::json::object();
}

std::string text_at(const boost::json::object& object, std::string_view key) {
  const auto* found = object.if_contains(key);
  EXPECT_TRUE(found != nullptr && found->is_string()) << key << " in " << boost::json::serialize(object);
  return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
}

bool Said::one_line_refusal() const { return status == 1 && out.empty() && !error.empty() && std::ranges::count(error, '\n') == 1; }

Said run_program(const std::vector<std::string>& arguments) {
  const Folder folder;
  const std::string out = folder.path("out"), error = folder.path("error");
  std::vector<std::string> words{KHUYENHOC_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> raw;
  for (std::string& word : words) raw.push_back(word.data());
  raw.push_back(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDOUT_FILENO);
    ::dup2(::open(error.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
    ::execv(raw.front(), raw.data());
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), content(out), content(error)};
}

Folder::Folder() {
  std::string pattern = (fs::temp_directory_path() / "khuyenhoc-commands-XXXXXX").string();
  path_ = ::mkdtemp(pattern.data());
}

Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string Folder::path(std::string_view name) const { return name.empty() ? path_.string() : (path_ / name).string(); }

const std::string& commune_world() {
  static const std::string data = [] {
    const std::string folder = shared_folder().path("xa");
    const Said said = run_program({"generate", "--scale", "commune", "--seed", "7", "--today", std::string(test_today), "--data", folder});
    EXPECT_EQ(said.status, 0) << said.error;
    return folder;
  }();
  return data;
}

std::string copy_of_commune_world(const Folder& into) {
  const std::string data = into.path("xa");
  fs::copy(commune_world(), data, fs::copy_options::recursive);
  return data;
}

std::string commune_code() {
  static const std::string code = [] {
    std::string at = "VN";
    for (int depth = 0; depth < 3 && at.find('/') == std::string::npos; ++depth) {
      const auto rows = figure(commune_world(), "B01", at, "2026-H1", {"--by", "child"}).json();
      std::string largest;
      std::int64_t most = -1;
      if (const auto* list = rows.if_contains("rows"))
        for (const auto& row : list->as_array()) {
          const std::string unit(row.as_object().at("unit").as_string());
          if (unit == at || !row.as_object().at("value").is_int64() || row.as_object().at("value").as_int64() <= most) continue;
          most = row.as_object().at("value").as_int64();
          largest = unit;
        }
      if (largest.empty()) break;
      at = largest;
    }
    EXPECT_NE(at.find('/'), std::string::npos) << at;
    return at;
  }();
  return code;
}

Said figure(const std::string& data, const std::string& measure, const std::string& unit, const std::string& period, const std::vector<std::string>& more) {
  std::vector<std::string> arguments{"figure", measure, "--unit", unit, "--period", period, "--json", "--data", data, "--today", std::string(test_today)};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_program(arguments);
}

std::string all_figures(const std::string& data) {
  const Folder folder;
  std::string all;
  for (const std::string& unit : {std::string("VN"), commune_code()})
    for (const std::string period : {"2026-H1", "2025"}) {
      const std::string file = folder.path("bang.xlsx");
      const Said said = run_program({"export", "board", file, "--unit", unit, "--period", period, "--data", data, "--today", std::string(test_today)});
      EXPECT_EQ(said.status, 0) << said.error;
      all += content(file);
    }
  EXPECT_GT(all.size(), 10'000U);
  return all;
}

}  // namespace khuyenhoc
