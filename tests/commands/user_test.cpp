#include <gtest/gtest.h>

#include "tests/commands/program.h"
#include "tests/commands/running_server.h"

namespace khuyenhoc {
namespace {

std::string today() { return std::string(test_today); }

std::vector<std::string> adding(const std::string& data, const std::string& telephone) {
  return {"user", "add", telephone, "--name", "Lê Thị Hoa", "--salutation", "Bà", "--unit", commune_code(), "--post", "thu_ky", "--json", "--data", data, "--today", today()};
}

bool is_listed(const std::string& data, const std::string& telephone) {
  const auto users = run_program({"user", "list", "--unit", commune_code(), "--json", "--data", data, "--today", today()}).json();
  for (const auto& user : users.at("users").as_array())
    if (user.as_object().at("telephone").as_string() == telephone) return true;
  return false;
}

TEST(User, Added_is_listed_and_gets_a_code_for_the_first_sign_in) {
  const Folder folder;
  const std::string data = copy_of_commune_world(folder);
  const auto slip = run_program(adding(data, "0912 000 111")).json();
  EXPECT_EQ(text_at(slip, "telephone"), "0912000111");
  EXPECT_EQ(text_at(slip, "until"), "2026-06-15") << "a slip is good for seven days";
  EXPECT_EQ(slip.at("code").as_string().size(), 8U);
  EXPECT_TRUE(is_listed(data, "0912000111"));
  EXPECT_TRUE(run_program(adding(data, "0912000111")).one_line_refusal()) << "a telephone number belongs to one account";
}

TEST(User, Added_beside_a_running_server_signs_in_there) {
  const Folder folder;
  const std::string data = copy_of_commune_world(folder);
  const RunningServer server(data);
  const auto slip = run_program(adding(data, "0912000222")).json();
  EXPECT_TRUE(is_listed(data, "0912000222"));
  http::Client client(server.port());
  const auto answer = client.post("/dang-nhap", "telephone=0912000222&password=" + std::string(slip.at("code").as_string()));
  EXPECT_EQ(answer.status, 303) << answer.body;
  EXPECT_EQ(answer.header("Location"), "/doi-mat-khau") << "whoever comes with a slip chooses a password first";
}

TEST(User, Reset_ends_the_open_sessions) {
  const Folder folder;
  const std::string data = copy_of_commune_world(folder);
  const Account account = commune_account(data);
  const RunningServer server(data);
  Browser browser(server.port(), account);
  EXPECT_EQ(browser.get("/").status, 200);
  EXPECT_EQ(run_program({"user", "reset", account.telephone, "--data", data, "--today", today()}).status, 0);
  EXPECT_EQ(browser.get("/").status, 303) << "sent to sign in again";
}

}  // namespace
}  // namespace khuyenhoc
