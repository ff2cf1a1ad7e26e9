#include <chrono>
#include <map>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "tests/commands/program.h"
#include "tests/commands/running_server.h"

namespace khuyenhoc {
namespace {

constexpr int kills = 10;
constexpr int writers = 3;

// What the server has said it keeps, and what it may or may not have kept when it died before answering.
struct Known {
  std::int64_t acknowledged = -1;
  std::int64_t attempted = -1;
};
using Ledger = std::map<std::int64_t, Known>;              // by branch

// Saves one branch's figure again and again until the server is gone.
void keep_saving(std::uint16_t port, const Account& account, std::vector<OpenCell> cells, std::int64_t first_value, Ledger& ledger, std::mutex& mutex) {
  try {
    Browser browser(port, account);
    for (std::int64_t value = first_value;; ++value)
      for (OpenCell& cell : cells) {
        {
          const std::lock_guard lock(mutex);
          ledger[cell.body].attempted = value;
        }
        const auto answer = browser.save(account.body, cell.body, cell.measure, value, cell.version);
        const std::string mark = "\"version\":\"";
        const auto at = answer.body.find(mark);
        if (answer.status != 200 || answer.body.find("\"saved\"") == std::string::npos || at == std::string::npos) {
          ADD_FAILURE() << answer.status << " " << answer.body;
          return;
        }
        cell.version = answer.body.substr(at + mark.size(), answer.body.find('"', at + mark.size()) - at - mark.size());
        const std::lock_guard lock(mutex);
        ledger[cell.body].acknowledged = value;
      }
  } catch (const std::runtime_error&) {                    // the connection broke: the server was killed
  }
}

TEST(Crash, Ten_kills_under_load_lose_nothing_that_was_acknowledged) {
  const Folder folder;
  const std::string data = copy_of_commune_world(folder);
  const Account account = commune_account(data);
  Ledger ledger;
  std::mutex mutex;
  std::int64_t next_value = 100;
  std::size_t acknowledged_rounds = 0;
  for (int kill = 0; kill < kills; ++kill) {
    RunningServer server(data);
    std::vector<OpenCell> cells;
    {
      Browser browser(server.port(), account);
      cells = open_cells(browser, account.body, "B02");
    }
    ASSERT_GE(cells.size(), static_cast<std::size_t>(writers));
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer)
      threads.emplace_back([&, writer] { keep_saving(server.port(), account, {cells[static_cast<std::size_t>(writer)]}, next_value, ledger, mutex); });
    std::this_thread::sleep_for(std::chrono::milliseconds(700 + 97 * kill));
    server.kill();
    for (std::thread& thread : threads) thread.join();
    for (const auto& [branch, known] : ledger) {
      next_value = std::max(next_value, known.attempted + 1);
      if (known.acknowledged >= 0) ++acknowledged_rounds;
    }
    for (auto& [branch, known] : ledger) {
      const std::int64_t found = figure(data, "B02", "hoi/" + std::to_string(branch), "2026-H1").json().at("value").as_int64();
      EXPECT_TRUE(found == known.acknowledged || found == known.attempted)
          << "kill " << kill << ": branch " << branch << " was told " << known.acknowledged << ", tried " << known.attempted << ", found " << found;
    }
  }
  EXPECT_GT(acknowledged_rounds, static_cast<std::size_t>(kills)) << "there must have been a load to kill";
  const Said verified = run_program({"verify", "--data", data, "--today", std::string(test_today)});
  EXPECT_EQ(verified.status, 0) << verified.error;
}

}  // namespace
}  // namespace khuyenhoc
