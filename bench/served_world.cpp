#include "bench/served_world.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <functional>
#include <regex>
#include <set>
#include <sstream>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/id.h"
#include "bench/stopwatch.h"
#include "platform/http/client.h"

namespace khuyenhoc::bench {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::string_view world_today = "2026-06-08";

std::string content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// The program itself when the bench runs as its command; the one beside or above the bench's own program otherwise.
std::optional<fs::path> program_beside() {
  const fs::path self = fs::read_symlink("/proc/self/exe");
  for (const fs::path& candidate : {self, self.parent_path() / "khuyenhoc", self.parent_path().parent_path() / "khuyenhoc"})
    if (candidate.filename() == "khuyenhoc" && fs::exists(candidate)) return candidate;
  return std::nullopt;
}

pid_t spawn(const std::vector<std::string>& words, int out, const std::string& error_file) {
  std::vector<char*> raw;
  for (const std::string& word : words) raw.push_back(const_cast<char*>(word.c_str()));
  raw.push_back(nullptr);
  const pid_t child = ::fork();
  if (child != 0) return child;
  ::dup2(out, STDOUT_FILENO);
  ::dup2(::open(error_file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600), STDERR_FILENO);
  ::execv(raw.front(), raw.data());
  ::_exit(127);
}

std::string first_match(const std::string& text, const std::string& pattern) {
  std::smatch found;
  return std::regex_search(text, found, std::regex(pattern)) ? found[1].str() : std::string();
}

std::string next_key() {
  static std::atomic<std::int64_t> made{0};
  return Uuid::make(1'790'000'000'000 + ++made).text();
}

}  // namespace

Result<std::unique_ptr<ServedWorld>> ServedWorld::make(const std::string& scale, const Options& options) {
  const auto program = program_beside();
  if (!program) return refuse("bench.program", "Không thấy chương trình khuyenhoc để đo.");
  std::unique_ptr<ServedWorld> world(new ServedWorld);
  world->program_ = program->string();
  std::string pattern = (fs::temp_directory_path() / "khuyenhoc-bench-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) return refuse("bench.folder", "Không tạo được thư mục tạm để đo.");
  world->folder_ = pattern;
  world->data_ = pattern + "/data";
  const fs::path root = (options.bench_folder.empty() ? fs::path(KHUYENHOC_BENCH_DIR) : fs::path(options.bench_folder)).parent_path();
  world->assets_ = (root / "build" / "assets").string();
  options.note(fmt::format("generating the {} world", scale));
  Result<std::string> said = std::string();
  world->generated_s_ = once_ms([&] { said = world->run({"generate", "--scale", scale, "--seed", "1"}); }) / 1'000;
  if (!said) return std::unexpected(said.error());
  options.note(*said);
  const auto provinces = world->children("VN");
  if (!provinces) return std::unexpected(provinces.error());
  world->province_ = provinces->front();
  auto communes = world->children(world->province_);
  if (!communes) return std::unexpected(communes.error());
  world->communes_ = std::move(*communes);
  return world;
}

ServedWorld::~ServedWorld() {
  stop();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

Result<std::string> ServedWorld::run(std::vector<std::string> arguments) const {
  static std::atomic<int> runs{0};
  const std::string number = std::to_string(++runs), out = folder_ + "/out" + number, error = folder_ + "/error" + number;
  arguments.insert(arguments.begin(), program_);
  for (const std::string& word : {std::string("--data"), data_, std::string("--today"), std::string(world_today)}) arguments.push_back(word);
  const int file = ::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const pid_t child = spawn(arguments, file, error);
  ::close(file);
  int status = 0;
  ::waitpid(child, &status, 0);
  std::string said = content(out), complaint = content(error);
  fs::remove(out);
  fs::remove(error);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return refuse("bench.program", fmt::format("Lệnh {} không chạy được: {}", arguments[1], complaint));
  return said;
}

Result<std::vector<std::string>> ServedWorld::children(const std::string& unit) const {
  const auto said = run({"figure", "B01", "--unit", unit, "--period", "2026-H1", "--by", "child", "--json"});
  if (!said) return std::unexpected(said.error());
  std::vector<std::pair<std::int64_t, std::string>> found;
  const json::value parsed = json::parse(*said);
  for (const auto& row : parsed.as_object().at("rows").as_array()) {
    const std::string code(row.as_object().at("unit").as_string());
    const auto& value = row.as_object().at("value");
    if (code != unit && code.find('@') == std::string::npos && !code.starts_with("hoi/") && value.is_int64()) found.emplace_back(value.as_int64(), code);
  }
  if (found.empty()) return refuse("bench.world", fmt::format("{} không có đơn vị nào bên dưới.", unit));
  std::ranges::sort(found, std::greater<>());
  std::vector<std::string> out;
  for (auto& [members, code] : found) out.push_back(std::move(code));
  return out;
}

// A secretary enters figures for all below, the head of a branch for the branch.
Result<void> ServedWorld::add_account(const std::string& unit) {
  const std::string telephone = fmt::format("0912345{:03}", accounts_.size() + 1);
  std::vector<std::string> posts{"thu_ky"};
  if (unit.starts_with("hoi/")) posts = {"chi_hoi_truong", "truong_ban"};
  Result<std::string> slip = std::string();
  for (const std::string& post : posts) {
    slip = run({"user", "add", telephone, "--name", "Trần Kim Liên", "--unit", unit, "--post", post, "--json"});
    if (slip) break;
  }
  if (!slip) return std::unexpected(slip.error());
  const json::value made = json::parse(*slip);
  accounts_.push_back({telephone, std::string(made.as_object().at("code").as_string()), unit, Account::Password::of_the_slip});
  return {};
}

// Whoever comes with a slip chooses a password before anything else.
Result<void> ServedWorld::choose_own_password(Account& account) const {
  const std::string own = "trangsangvuonche";
  http::Client client(port_, 20'000);
  const auto in = client.post("/dang-nhap", "telephone=" + account.telephone + "&password=" + account.password);
  const std::string cookie = "Cookie: phien=" + first_match(in.head, "phien=([^;]+)") + "\r\n";
  const std::string csrf = first_match(client.get("/doi-mat-khau", cookie).body, R"re(csrf-token" content="([^"]+)")re");
  const std::string body = fmt::format("current={}&password={}&again={}", account.password, own, own);
  client.send(fmt::format("POST /doi-mat-khau HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nX-CSRF-Token: {}\r\n{}Content-Length: {}\r\n\r\n{}", csrf, cookie,
                          body.size(), body));
  const auto changed = client.receive();
  if (!changed || changed->status != 303) return refuse("bench.sign_in", fmt::format("Không đặt được mật khẩu ở {}.", account.unit));
  account.password = own;
  account.kind = Account::Password::own;
  return {};
}

Result<void> ServedWorld::start() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return refuse("bench.program", "Không chạy được máy chủ để đo.");
  process_ = spawn({program_, "serve", "--data", data_, "--listen", "127.0.0.1:0", "--assets", assets_, "--today", std::string(world_today)}, ends[1], folder_ + "/server.log");
  ::close(ends[1]);
  std::string said;
  char c = 0;
  port_ = 0;
  while (port_ == 0 && ::read(ends[0], &c, 1) == 1) {
    said += c;
    if (c != '\n') continue;
    if (const std::string port = first_match(said, R"(http://127\.0\.0\.1:(\d+))"); !port.empty()) port_ = static_cast<std::uint16_t>(std::stoi(port));
  }
  ::close(ends[0]);
  if (port_ == 0) return refuse("bench.program", "Máy chủ không chạy: " + content(folder_ + "/server.log"));
  return {};
}

void ServedWorld::stop() {
  if (process_ <= 0) return;
  ::kill(process_, SIGTERM);
  ::waitpid(process_, nullptr, 0);
  process_ = -1;
}

void ServedWorld::kill() {
  if (process_ <= 0) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
  process_ = -1;
}

double ServedWorld::resident_mb() const {
  const std::string kilobytes = first_match(content(fmt::format("/proc/{}/status", process_)), R"(VmRSS:\s+(\d+))");
  return kilobytes.empty() ? 0 : std::stod(kilobytes) / 1'024;
}

double ServedWorld::cpu_s() const {
  const std::string stat = content(fmt::format("/proc/{}/stat", process_));
  std::istringstream rest(stat.substr(std::min(stat.size(), stat.rfind(')') + 1)));
  std::string word;
  double ticks = 0;
  constexpr int user_time = 12, system_time = 13;          // of the words behind the name, counted from 1
  for (int i = 1; i <= system_time && rest >> word; ++i)
    if (i >= user_time) ticks += std::stod(word);
  return ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double ServedWorld::store_mb() const {
  double bytes = 0;
  for (const auto& entry : fs::directory_iterator(data_))
    if (entry.is_regular_file()) bytes += static_cast<double>(entry.file_size());
  return bytes / (1 << 20);
}

Result<SignedIn> ServedWorld::sign_in(const std::string& unit) {
  if (std::ranges::find(accounts_, unit, &Account::unit) == accounts_.end())
    if (auto added = add_account(unit); !added) return std::unexpected(added.error());
  const auto account = std::ranges::find(accounts_, unit, &Account::unit);
  if (account->kind == Account::Password::of_the_slip)
    if (auto chosen = choose_own_password(*account); !chosen) return std::unexpected(chosen.error());
  http::Client client(port_, 20'000);
  const auto answer = client.post("/dang-nhap", "telephone=" + account->telephone + "&password=" + account->password);
  if (answer.status != 303) return refuse("bench.sign_in", fmt::format("Không đăng nhập được vào {}: {}", unit, answer.status));
  SignedIn who;
  who.cookie = "Cookie: phien=" + first_match(answer.head, "phien=([^;]+)") + "\r\n";
  // the first page of entering figures leads to that of the body acted for
  const std::string body = first_match(client.get("/nhap-so-lieu", who.cookie).head, "[Ll]ocation: /nhap-so-lieu/(\\d+)");
  if (body.empty()) return refuse("bench.sign_in", fmt::format("Không ai nhập số liệu ở {}.", unit));
  who.body = std::stoll(body);
  who.csrf = first_match(client.get("/so-lieu", who.cookie).body, R"re(csrf-token" content="([^"]+)")re");
  if (who.csrf.empty()) return refuse("bench.sign_in", fmt::format("Trang số liệu của {} không mở được.", unit));
  return who;
}

std::vector<OpenCell> open_cells(std::uint16_t port, const SignedIn& who, std::int64_t association, const std::string& measure) {
  http::Client client(port, 20'000);
  const std::string page = client.get("/nhap-so-lieu/" + std::to_string(association), who.cookie).body;
  const std::regex input("<input[^>]*name=\"c\\.(\\d+)\\." + measure + "\"[^>]*>");
  std::vector<OpenCell> cells;
  std::set<std::int64_t> seen;
  for (std::sregex_iterator at(page.begin(), page.end(), input), end; at != end; ++at)
    if (const std::int64_t body = std::stoll((*at)[1].str()); seen.insert(body).second)
      cells.push_back({association, body, measure, first_match(at->str(), "data-version=\"([^\"]*)\"")});
  return cells;
}

std::string get_request(const std::string& target, const SignedIn& who, std::string_view more_head) {
  return fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1\r\n{}{}\r\n", target, who.cookie, more_head);
}

std::string save_request(const OpenCell& cell, std::int64_t value, const SignedIn& who) {
  const std::string text = fmt::format(R"({{"cells":[{{"body":"{}","measure":"{}","value":{},"version":"{}"}}]}})", cell.body, cell.measure, value, cell.version);
  const std::string target = cell.saved_at.empty() ? fmt::format("/nhap-so-lieu/{}/o", cell.association) : cell.saved_at;
  return fmt::format("POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nX-CSRF-Token: {}\r\nIdempotency-Key: {}\r\n{}Content-Length: {}\r\n\r\n{}",
                     target, who.csrf, next_key(), who.cookie, text.size(), text);
}

std::string version_in(std::string_view answer) {
  constexpr std::string_view mark = "\"version\":\"";
  const auto at = answer.find(mark);
  if (answer.find("\"saved\"") == std::string_view::npos || at == std::string_view::npos) return {};
  return std::string(answer.substr(at + mark.size(), answer.find('"', at + mark.size()) - at - mark.size()));
}

}  // namespace khuyenhoc::bench
