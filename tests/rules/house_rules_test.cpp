// The house keeps its own rules: arrows between folders, sentences that say why, SQL in its place. Each failure says what to do instead.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

namespace khuyenhoc {
namespace {

namespace fs = std::filesystem;

struct SourceFile {
  std::string path;       // below src/
  std::string text;
  std::vector<std::string> lines;
};

std::vector<SourceFile> sources() {
  std::vector<SourceFile> out;
  const fs::path root = fs::path(KHUYENHOC_SOURCE_DIR) / "src";
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const auto extension = entry.path().extension();
    if (extension != ".h" && extension != ".cpp") continue;
    std::ifstream in(entry.path());
    std::stringstream all;
    all << in.rdbuf();
    SourceFile file{fs::relative(entry.path(), root).generic_string(), all.str(), {}};
    for (std::string line; std::getline(all, line);) file.lines.push_back(line);
    std::istringstream again(file.text);
    file.lines.clear();
    for (std::string line; std::getline(again, line);) file.lines.push_back(line);
    out.push_back(std::move(file));
  }
  std::ranges::sort(out, {}, &SourceFile::path);
  return out;
}

bool is_test(const SourceFile& file) { return file.path.ends_with("_test.cpp") || file.path.find("fixture") != std::string::npos || file.path.ends_with("test_stores.h"); }
bool is_page(const SourceFile& file) { return file.path.find("/pages/") != std::string::npos || file.path.starts_with("shell/") || file.path.starts_with("app/"); }
std::string folder_of(std::string_view path) { return std::string(path.substr(0, path.find('/'))); }

// Lower floors carry the upper ones. A folder not named here is a noun of the field and stands on all of them.
int floor_of(const std::string& folder) {
  static const std::map<std::string, int> floors{{"base", 0}, {"platform", 1}, {"territory", 2}, {"organisation", 3}, {"measures", 4}, {"access", 4}, {"shell", 5}, {"app", 9}};
  const auto found = floors.find(folder);
  return found == floors.end() ? 6 : found->second;
}

TEST(House, arrows_point_down_only) {
  for (const SourceFile& file : sources()) {
    const std::string from = folder_of(file.path);
    if (file.path == "main.cpp") continue;
    for (const std::string& line : file.lines) {
      std::smatch found;
      static const std::regex include(R"(^#include "([a-z_0-9/]+\.h)\")");
      if (!std::regex_search(line, found, include)) continue;
      const std::string target = found[1];
      if (target.find('/') == std::string::npos) continue;
      const std::string to = folder_of(target);
      if (to == from) continue;
      const bool nouns = floor_of(from) == 6 && floor_of(to) == 6;
      if (nouns) {
        EXPECT_TRUE(target == to + "/" + to + ".h" || is_test(file)) << file.path << " includes " << target << ": nouns meet through their one public header, " << to << "/" << to << ".h";
        continue;
      }
      EXPECT_LT(floor_of(to), floor_of(from)) << file.path << " includes " << target << ": arrows point down only; move what both need to a lower floor";
    }
  }
}

TEST(House, pages_alone_know_http) {
  for (const SourceFile& file : sources()) {
    if (is_page(file) || is_test(file) || folder_of(file.path) == "platform" || file.path == "main.cpp") continue;
    EXPECT_EQ(file.text.find("#include \"platform/http/"), std::string::npos) << file.path << ": rules and queries never include HTTP; do it in pages/";
    EXPECT_EQ(file.text.find("#include \"platform/html/"), std::string::npos) << file.path << ": rules and queries never render; do it in pages/";
  }
}

TEST(House, every_header_says_first_what_it_is_for) {
  for (const SourceFile& file : sources()) {
    if (!file.path.ends_with(".h")) continue;
    ASSERT_FALSE(file.lines.empty()) << file.path;
    EXPECT_TRUE(file.lines.front().starts_with("// ")) << file.path << ": begin with one line saying what the header is for";
    EXPECT_NE(file.text.find("#pragma once"), std::string::npos) << file.path << ": needs #pragma once";
  }
}

TEST(House, sql_stands_in_query_files_as_named_constants) {
  static const std::regex sql(R"re("\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH RECURSIVE|CREATE TABLE|DROP TABLE)\s)re");
  static const std::regex named(R"(\bconstexpr\b|^\s*\.[a-z_]+ = )");
  for (const SourceFile& file : sources()) {
    if (is_test(file)) continue;
    const bool query_file = file.path.find("_queries") != std::string::npos || file.path.starts_with("platform/db/") || file.path.starts_with("platform/jobs/") || file.path.starts_with("platform/files/");
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      if (!std::regex_search(file.lines[i], sql)) continue;
      EXPECT_TRUE(query_file) << file.path << ":" << i + 1 << ": SQL lives in *_queries.cpp; move the statement there as a named constant";
      bool is_named = false;
      for (std::size_t back = 0; back <= 16 && back <= i && !is_named; ++back) is_named = std::regex_search(file.lines[i - back], named) || file.lines[i - back].find("R\"") != std::string::npos;
      EXPECT_TRUE(is_named || file.path.starts_with("platform/db/")) << file.path << ":" << i + 1 << ": name the statement as a constexpr constant right above its one caller";
      if (!file.path.starts_with("platform/db/")) {   // which carries tables whose names it reads from the store itself
        EXPECT_EQ(file.lines[i].find("fmt::format"), std::string::npos) << file.path << ":" << i + 1 << ": never glue SQL; bind values as $1, $2";
      }
    }
  }
}

TEST(House, files_are_of_one_topic) {
  for (const SourceFile& file : sources())
    EXPECT_LE(file.lines.size(), 500U) << file.path << ": past 500 lines a file has two topics; split it";
}

TEST(House, nothing_is_left_unfinished) {
  static const std::regex unfinished(R"(\b(TODO|FIXME|XXX|HACK)\b)");
  for (const SourceFile& file : sources())
    for (std::size_t i = 0; i < file.lines.size(); ++i)
      EXPECT_FALSE(std::regex_search(file.lines[i], unfinished)) << file.path << ":" << i + 1 << ": finish it, or open an issue and say so in docs/";
}

TEST(House, time_and_chance_come_from_outside) {
  static const std::regex direct(R"(system_clock::now|std::time\(|\brand\(\))");
  static const std::set<std::string> allowed{"base/clock.cpp"};
  for (const SourceFile& file : sources()) {
    if (is_test(file) || allowed.contains(file.path) || file.path.starts_with("platform/")) continue;
    EXPECT_FALSE(std::regex_search(file.text, direct)) << file.path << ": take a Clock, so that demos and tests can choose their day";
  }
}

}  // namespace
}  // namespace khuyenhoc
