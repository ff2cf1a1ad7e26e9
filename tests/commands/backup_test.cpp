#include <fstream>

#include <gtest/gtest.h>

#include "tests/commands/program.h"
#include "tests/commands/running_server.h"

namespace khuyenhoc {
namespace {

std::string today() { return std::string(test_today); }

TEST(Backup, Taken_while_serving_restores_every_figure) {
  const Folder folder;
  const std::string data = copy_of_commune_world(folder);
  const RunningServer server(data);
  const Said backup = run_program({"backup", folder.path("sao-luu"), "--data", data, "--today", today()});
  ASSERT_EQ(backup.status, 0) << backup.error;
  const std::string there = folder.path("moi");
  const Said restored = run_program({"restore", folder.path("sao-luu"), "--data", there, "--today", today()});
  ASSERT_EQ(restored.status, 0) << restored.error;
  EXPECT_TRUE(all_figures(there) == all_figures(data)) << "a figure differs after the restore";
}

TEST(Backup, Carries_keys_only_under_a_passphrase_and_then_everybody_can_sign_in) {
  const Folder folder;
  const std::string data = copy_of_commune_world(folder);
  add_account(data, "0912000555", commune_code(), "thu_ky");
  std::ofstream(folder.path("cau-mat")) << "mưa xuân phơi phới bay\n";
  std::ofstream(folder.path("cau-khac")) << "hoa cải ven sông nở vàng\n";
  ASSERT_EQ(run_program({"backup", folder.path("khong-khoa"), "--data", data}).status, 0);
  ASSERT_EQ(run_program({"backup", folder.path("co-khoa"), "--passphrase-file", folder.path("cau-mat"), "--data", data}).status, 0);

  EXPECT_TRUE(run_program({"restore", folder.path("co-khoa"), "--passphrase-file", folder.path("cau-khac"), "--data", folder.path("a")}).one_line_refusal());
  EXPECT_TRUE(run_program({"restore", folder.path("khong-khoa"), "--passphrase-file", folder.path("cau-mat"), "--data", folder.path("a")}).one_line_refusal());
  EXPECT_FALSE(std::filesystem::exists(folder.path("a"))) << "a wrong passphrase leaves the place as empty as it was";

  ASSERT_EQ(run_program({"restore", folder.path("co-khoa"), "--passphrase-file", folder.path("cau-mat"), "--data", folder.path("a"), "--today", today()}).status, 0);
  const auto users = run_program({"user", "list", "--json", "--data", folder.path("a"), "--today", today()});
  EXPECT_EQ(users.out, run_program({"user", "list", "--json", "--data", data, "--today", today()}).out);
  const Said verified = run_program({"verify", "--data", folder.path("a"), "--today", today()});
  EXPECT_EQ(verified.status, 0) << verified.error;
}

TEST(Backup, Without_keys_shows_figures_but_serves_only_when_they_are_there_again) {
  const Folder folder;
  const std::string there = folder.path("moi");
  const std::string data = copy_of_commune_world(folder);
  add_account(data, "0912000666", commune_code(), "thu_ky");
  ASSERT_EQ(run_program({"backup", folder.path("b"), "--data", data}).status, 0);
  ASSERT_EQ(run_program({"restore", folder.path("b"), "--data", there}).status, 0);
  EXPECT_EQ(figure(there, "B01", "VN", "2026-H1").out, figure(data, "B01", "VN", "2026-H1").out);
  EXPECT_FALSE(std::filesystem::exists(there + "/keys")) << "reading makes no keys";
  const Said refused = run_program({"serve", "--data", there, "--assets", KHUYENHOC_ASSETS, "--listen", "127.0.0.1:0"});
  EXPECT_TRUE(refused.one_line_refusal()) << refused.out << refused.error;
  EXPECT_NE(refused.error.find("tệp khóa"), std::string::npos);
  std::filesystem::copy_file(data + "/keys", there + "/keys");
  const RunningServer server(there);
  EXPECT_NE(server.port(), 0);
}

TEST(Backup, Never_writes_over_anything) {
  const Folder folder;
  ASSERT_EQ(run_program({"backup", folder.path("b"), "--data", commune_world()}).status, 0);
  EXPECT_TRUE(run_program({"backup", folder.path("b"), "--data", commune_world()}).one_line_refusal());
  const std::string data = copy_of_commune_world(folder);
  const std::string before = all_figures(data);
  EXPECT_TRUE(run_program({"restore", folder.path("b"), "--data", data}).one_line_refusal());
  EXPECT_TRUE(all_figures(data) == before) << "a figure changed";
}

TEST(Backup, Damaged_is_refused_and_leaves_the_place_empty) {
  const Folder folder;
  ASSERT_EQ(run_program({"backup", folder.path("b"), "--data", commune_world()}).status, 0);
  {
    std::fstream file(folder.path("b"), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(std::filesystem::file_size(folder.path("b")) / 2));
    file << "????????";
  }
  EXPECT_TRUE(run_program({"restore", folder.path("b"), "--data", folder.path("moi")}).one_line_refusal());
  EXPECT_FALSE(std::filesystem::exists(folder.path("moi")));
}

TEST(Verify, Finds_a_generated_world_good_and_says_what_it_proves) {
  const Folder folder;
  const std::string data = copy_of_commune_world(folder);
  add_account(data, "0912000444", commune_code(), "thu_ky");
  const Said said = run_program({"verify", "--json", "--data", data, "--today", today()});
  ASSERT_EQ(said.status, 0) << said.error;
  const auto verdict = said.json();
  EXPECT_TRUE(verdict.at("good").as_bool());
  EXPECT_GT(verdict.at("cube").as_object().at("figures").as_int64(), 1'000);
  EXPECT_GT(verdict.at("statements").as_object().at("looked_at").as_int64(), 10);
  EXPECT_EQ(verdict.at("trail").as_object().at("unsealed").as_int64(), 0) << "a command seals what it wrote before it ends";
  EXPECT_GT(verdict.at("trail").as_object().at("sealed").as_int64(), 0);
}

}  // namespace
}  // namespace khuyenhoc
