// Every scenario of this folder on both stores; and the proof that a scenario can fail.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/db/test_stores.h"
#include "vocabulary.h"

namespace khuyenhoc::scenarios {
namespace {

std::vector<std::string> files() {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator(KHUYENHOC_SCENARIOS))
    if (entry.path().extension() == ".txt" && entry.path().filename() != "CMakeLists.txt") out.push_back(entry.path().filename().string());
  std::ranges::sort(out);
  return out;
}

Scenario read_file(const std::string& name) {
  std::ifstream in(std::filesystem::path(KHUYENHOC_SCENARIOS) / name);
  std::stringstream text;
  text << in.rdbuf();
  return read_scenario("tests/scenarios/" + name, text.str());
}

// A store for one scenario, given back in the end.
class Place {
 public:
  explicit Place(db::Dialect dialect) : options_(db::TestPlaces::here().fresh(dialect, db::TestPlaces::Content::migrated)) {}
  ~Place() { db::TestPlaces::here().remove(options_); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  std::unique_ptr<db::Store> open() const {
    auto opened = db::Store::open(options_);
    if (!opened) throw db::Failure(opened.error().message);
    return std::move(*opened);
  }

 private:
  db::Options options_;
};

class Scenarios : public testing::TestWithParam<std::tuple<db::Dialect, std::string>> {};

TEST_P(Scenarios, Come_out_as_they_say) {
  const auto& [dialect, file] = GetParam();
  if (dialect == db::Dialect::postgres && db::TestPlaces::postgres_is_skipped()) GTEST_SKIP() << "KHUYENHOC_TEST_POSTGRES_SKIP=1";
  const Place place(dialect);
  try {
    const Scenario scenario = read_file(file);
    RecordProperty("proves", scenario.title);
    play(scenario, place.open());
  } catch (const Trouble& trouble) {
    FAIL() << trouble.what();
  }
}

std::string test_name(const testing::TestParamInfo<Scenarios::ParamType>& info) {
  const auto& [dialect, file] = info.param;
  return file.substr(0, file.size() - 4) + (dialect == db::Dialect::sqlite ? "_sqlite" : "_postgres");
}
INSTANTIATE_TEST_SUITE_P(Both, Scenarios, testing::Combine(testing::Values(db::Dialect::sqlite, db::Dialect::postgres), testing::ValuesIn(files())), test_name);

// docs/seeds.md says which scenario proves which process of the five texts.
TEST(TheFiveTexts, Name_only_scenarios_that_exist_and_all_of_them) {
  std::ifstream in(std::filesystem::path(KHUYENHOC_SCENARIOS) / "../../docs/seeds.md");
  std::stringstream text;
  text << in.rdbuf();
  const std::string page = text.str();
  ASSERT_FALSE(page.empty());
  static const std::regex named("`([a-z_]+\\.txt)`");
  std::set<std::string> names;
  for (std::sregex_iterator at(page.begin(), page.end(), named); at != std::sregex_iterator(); ++at) names.insert((*at)[1]);
  const auto all = files();
  EXPECT_THAT(names, testing::UnorderedElementsAreArray(all));
}

// What a scenario comes to: "" or its trouble.
std::string outcome(const std::string& body) {
  const Place place(db::Dialect::sqlite);
  try {
    play(read_scenario("story.txt", "A sentence.\n\n" + body), place.open());
  } catch (const Trouble& trouble) {
    return trouble.what();
  }
  return "";
}

TEST(AScenario, With_an_unknown_word_fails_with_file_and_line) {
  const std::string begin = "The association after the reform.\nChi hội Thôn 8 states 120 members for 2026-H1.\n";
  EXPECT_THAT(outcome(begin + "Chi hội Thôn 8 proclaims 5 members.\nThen nothing is left to hand over.\n"), testing::StartsWith("story.txt:5: “Chi hội Thôn 8 proclaims 5 members”"));
  EXPECT_THAT(outcome(begin + "Then members of Chi hội Thôn 88 for 2026-H1 is 120.\n"), testing::HasSubstr("story.txt:5: “Then members of Chi hội Thôn 88 for 2026-H1 is 120”: there is no body called “Chi hội Thôn 88”"));
  EXPECT_THAT(outcome(begin + "Then sheep of Chi hội Thôn 8 for 2026-H1 is 120.\n"), testing::HasSubstr("story.txt:5:"));
  EXPECT_THAT(outcome(begin + "Then members of Chi hội Thôn 8 for 2026-H9 is 120.\n"), testing::HasSubstr("is not a period"));
  EXPECT_THAT(outcome(begin + "Then members of Chi hội Thôn 8 for 2026-H1 are many"), testing::HasSubstr("full stop"));
  EXPECT_THAT(outcome("Chi hội Thôn 8 states 120 members for 2026-H1.\nThen nothing is left to hand over.\n"), testing::HasSubstr("story.txt:3: begin with"));
  EXPECT_THAT(outcome(begin), testing::HasSubstr("expects nothing"));
  EXPECT_EQ(outcome(begin + "Then members of Chi hội Thôn 8 for 2026-H1 is 120.\n"), "");
}

TEST(AScenario, That_does_not_come_out_says_what_is_the_case) {
  const std::string begin = "The association after the reform.\nChi hội Thôn 8 states 120 members for 2026-H1.\n";
  EXPECT_THAT(outcome(begin + "Then members of Chi hội Thôn 8 for 2026-H1 is 121.\n"), testing::EndsWith("it is 120"));
  EXPECT_THAT(outcome(begin + "Then members of Chi hội Thôn 8 for 2026-H1 consists of Thôn 2 120.\n"), testing::HasSubstr("it is "));
  EXPECT_THAT(outcome(begin + "Refused as statement.negative: Chi hội Thôn 8 states 119 members for 2026-H1.\n"), testing::EndsWith("it was done"));
  EXPECT_THAT(outcome(begin + "Refused as statement.size: Chi hội Thôn 8 states -1 members for 2026-H1.\n"), testing::HasSubstr("it was refused as statement.negative"));
  EXPECT_THAT(outcome(begin + "Chi hội Thôn 8 states -1 members for 2026-H1.\nThen nothing is left to hand over.\n"), testing::HasSubstr("refused as statement.negative"));
  const std::string after = begin + "Every answer is remembered.\nChi hội Thôn 8 states 121 members for 2026-H1.\n";
  EXPECT_THAT(outcome(after + "Then nothing has changed.\n"), testing::HasSubstr("B01 of"));
  EXPECT_THAT(outcome(after + "Then nothing has changed but members of Chi hội Thôn 8.\n"), testing::HasSubstr("B01 of"));
}

}  // namespace
}  // namespace khuyenhoc::scenarios
