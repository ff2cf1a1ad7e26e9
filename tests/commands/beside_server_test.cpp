#include <sys/stat.h>

#include <gtest/gtest.h>

#include "tests/commands/program.h"
#include "tests/commands/running_server.h"

namespace khuyenhoc {
namespace {

std::int64_t national(const std::string& data, const std::string& measure) { return figure(data, measure, "VN", "2026-H1").json().at("value").as_int64(); }

TEST(Beside_a_server, Figure_agrees_with_what_was_just_saved) {
  const Folder folder;
  const std::string data = copy_of_commune_world(folder);
  const Account account = commune_account(data);
  const RunningServer server(data);
  const std::int64_t before = national(data, "B02");
  Browser browser(server.port(), account);
  const auto cells = open_cells(browser, account.body, "B02");
  ASSERT_FALSE(cells.empty());
  const auto saved = browser.save(account.body, cells.front().body, "B02", 987, cells.front().version);
  ASSERT_EQ(saved.status, 200) << saved.body;
  ASSERT_NE(saved.body.find("\"saved\""), std::string::npos) << saved.body;
  const std::int64_t branch = figure(data, "B02", "hoi/" + std::to_string(cells.front().body), "2026-H1").json().at("value").as_int64();
  EXPECT_EQ(branch, 987);
  EXPECT_NE(national(data, "B02"), before);
}

TEST(Beside_a_server, Socket_opens_to_its_owner_only_and_goes_with_the_server) {
  const Folder folder;
  const std::string data = copy_of_commune_world(folder);
  {
    RunningServer server(data);
    struct stat found{};
    ASSERT_EQ(::stat((data + "/server.socket").c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777U, 0600U);
    EXPECT_EQ(server.stop(), 0) << "a graceful stop is a success";
  }
  EXPECT_FALSE(std::filesystem::exists(data + "/server.socket"));
}

TEST(Beside_a_server, Whoever_must_write_by_itself_is_turned_away) {
  const Folder folder;
  const std::string data = copy_of_commune_world(folder);
  const RunningServer server(data);
  const Said second = run_program({"serve", "--data", data, "--assets", KHUYENHOC_ASSETS, "--listen", "127.0.0.1:0"});
  EXPECT_TRUE(second.one_line_refusal()) << second.out << second.error;
  EXPECT_TRUE(run_program({"generate", "--scale", "commune", "--seed", "1", "--data", data}).one_line_refusal());
}

TEST(Beside_a_server, Verify_finds_everything_in_order) {
  const Folder folder;
  const std::string data = copy_of_commune_world(folder);
  const RunningServer server(data);
  const Said said = run_program({"verify", "--data", data, "--today", std::string(test_today)});
  EXPECT_EQ(said.status, 0) << said.error;
}

}  // namespace
}  // namespace khuyenhoc
