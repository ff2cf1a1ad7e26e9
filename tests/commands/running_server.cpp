#include "tests/commands/running_server.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <regex>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/id.h"
#include "tests/commands/program.h"

namespace khuyenhoc {
namespace {

std::string first_match(const std::string& text, const std::string& pattern) {
  std::smatch found;
  return std::regex_search(text, found, std::regex(pattern)) ? found[1].str() : std::string();
}

std::string form_text(const std::string& text) {
  std::string out;
  for (const char c : text) out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return out;
}

std::string next_key() {
  static std::atomic<std::int64_t> made{0};
  return Uuid::make(1'780'000'000'000 + ++made).text();
}

}  // namespace

RunningServer::RunningServer(const std::string& data) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  std::vector<std::string> words{KHUYENHOC_PROGRAM, "serve", "--data", data, "--listen", "127.0.0.1:0", "--assets", KHUYENHOC_ASSETS, "--today", std::string(test_today)};
  std::vector<char*> raw;
  for (std::string& word : words) raw.push_back(word.data());
  raw.push_back(nullptr);
  process_ = ::fork();
  if (process_ == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::dup2(::open((data + "/server.log").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600), STDERR_FILENO);
    ::execv(raw.front(), raw.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  std::string said;
  char c = 0;
  while (::read(ends[0], &c, 1) == 1) {
    said += c;
    if (const std::string port = first_match(said, R"(http://127\.0\.0\.1:(\d+)\s)"); !port.empty()) {
      port_ = static_cast<std::uint16_t>(std::stoi(port));
      break;
    }
  }
  ::close(ends[0]);
  EXPECT_NE(port_, 0) << "the server did not start: " << said;
}

RunningServer::~RunningServer() {
  if (process_ > 0) stop();
}

int RunningServer::wait() {
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int RunningServer::stop() {
  ::kill(process_, SIGTERM);
  return wait();
}

void RunningServer::kill() {
  ::kill(process_, SIGKILL);
  wait();
}

Account add_account(const std::string& data, const std::string& telephone, const std::string& unit, const std::string& post) {
  const auto slip = run_program({"user", "add", telephone, "--name", "Trần Kim Liên", "--salutation", "Bà", "--unit", unit, "--post", post, "--json", "--data", data, "--today",
                                 std::string(test_today)}).json();
  const auto users = run_program({"user", "list", "--json", "--data", data, "--today", std::string(test_today)}).json();
  for (const auto& user : users.at("users").as_array())
    if (user.as_object().at("telephone").as_string() == telephone)
      return {telephone, std::string(slip.at("code").as_string()), user.as_object().at("units").as_array().front().as_object().at("body").as_int64()};
  ADD_FAILURE() << "the account is not listed";
  return {};
}

Account commune_account(const std::string& data) {
  Account account = add_account(data, "0912000333", commune_code(), "thu_ky");
  RunningServer server(data);
  Browser browser(server.port(), account);
  const std::string own = "trang sáng vườn chè";
  const auto changed = browser.post_form("/doi-mat-khau", {{"current", account.password}, {"password", own}, {"again", own}});
  EXPECT_EQ(changed.status, 303) << changed.body;
  account.password = own;
  return account;
}

Browser::Browser(std::uint16_t port, const Account& account) : client_(port, 20'000) {
  const auto answer = client_.post("/dang-nhap", "telephone=" + account.telephone + "&password=" + form_text(account.password));
  EXPECT_EQ(answer.status, 303) << answer.head << answer.body;
  cookie_ = "Cookie: phien=" + first_match(answer.head, "phien=([^;]+)") + "\r\n";
  csrf_ = first_match(get("/doi-mat-khau").body, R"re(csrf-token" content="([^"]+)")re");
  EXPECT_FALSE(csrf_.empty());
}

http::ClientResponse Browser::post_form(const std::string& target, const std::vector<std::pair<std::string, std::string>>& fields) {
  std::string body = "csrf=" + form_text(csrf_);
  for (const auto& [name, value] : fields) body += "&" + name + "=" + form_text(value);
  return send(target, "application/x-www-form-urlencoded", body);
}

http::ClientResponse Browser::get(const std::string& target) { return client_.get(target, cookie_); }

http::ClientResponse Browser::post_json(const std::string& target, const std::string& json) { return send(target, "application/json", json); }

http::ClientResponse Browser::send(const std::string& target, const std::string& type, const std::string& body) {
  client_.send("POST " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: " + type + "\r\nX-CSRF-Token: " + csrf_ + "\r\nIdempotency-Key: " + next_key() + "\r\n" +
               cookie_ + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  auto answer = client_.receive();
  if (!answer) throw std::runtime_error("the server closed the connection");
  return *answer;
}

http::ClientResponse Browser::save(std::int64_t association, std::int64_t body, const std::string& measure, std::int64_t value, const std::string& version) {
  return post_json("/nhap-so-lieu/" + std::to_string(association) + "/o",
                   R"({"cells":[{"body":")" + std::to_string(body) + R"(","measure":")" + measure + R"(","value":)" + std::to_string(value) + R"(,"version":")" + version + R"("}]})");
}

std::vector<OpenCell> open_cells(Browser& browser, std::int64_t association, const std::string& measure) {
  std::vector<OpenCell> cells;
  std::set<std::int64_t> seen;
  const std::string page = browser.get("/nhap-so-lieu/" + std::to_string(association)).body;
  const std::regex input("<input[^>]*name=\"c\\.(\\d+)\\." + measure + "\"[^>]*>");
  for (std::sregex_iterator at(page.begin(), page.end(), input), end; at != end; ++at) {
    const std::int64_t body = std::stoll((*at)[1].str());
    if (seen.insert(body).second) cells.push_back({body, measure, first_match(at->str(), "data-version=\"([^\"]*)\"")});
  }
  return cells;
}

}  // namespace khuyenhoc
