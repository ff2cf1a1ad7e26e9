#include "app/local_server.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>

#include "platform/log/log.h"

namespace khuyenhoc {
namespace {

constexpr std::size_t longest_line = 48U << 20;     // a workbook travels inside
constexpr int client_silence_ms = 10'000;           // a client that says nothing for so long has gone
constexpr int poll_ms = 200;

class Descriptor {
 public:
  explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
  ~Descriptor() { if (descriptor_ >= 0) ::close(descriptor_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return descriptor_; }
  int release() { return std::exchange(descriptor_, -1); }

 private:
  int descriptor_;
};

// A socket's address holds about a hundred bytes, a data directory's path may be longer: so it is reached through the open folder.
struct Address {
  explicit Address(const std::string& path)
      : folder(::open(std::filesystem::absolute(path).parent_path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)) {
    where.sun_family = AF_UNIX;
    const std::string name = fmt::format("/proc/self/fd/{}/{}", folder.get(), std::filesystem::path(path).filename().string());
    std::memcpy(where.sun_path, name.c_str(), std::min(name.size() + 1, sizeof(where.sun_path) - 1));
  }
  bool known() const { return folder.get() >= 0; }
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&where); }
  Descriptor folder;
  sockaddr_un where{};
};

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

// Up to the line's end; none when the other side went away, fell silent or talks without end. A negative time waits as long as it takes.
std::optional<std::string> receive_line(int socket, int silence_ms) {
  std::string line;
  std::string piece(std::size_t{1} << 16, '\0');
  while (line.size() <= longest_line) {
    pollfd waiting{socket, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, silence_ms);
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return std::nullopt;
    const ssize_t got = ::recv(socket, piece.data(), piece.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return std::nullopt;
    line.append(piece.data(), static_cast<std::size_t>(got));
    if (line.back() == '\n') {
      line.pop_back();
      return line;
    }
  }
  return std::nullopt;
}

}  // namespace

Result<std::unique_ptr<LocalServer>> LocalServer::start(const std::string& path, Answer answer) {
  const auto failed = [&] { return refuse("local.listen", fmt::format("Không mở được cổng nội bộ “{}”: {}.", path, std::strerror(errno))); };
  std::unique_ptr<LocalServer> server(new LocalServer);
  server->path_ = path;
  server->answer_ = std::move(answer);
  const Address address(path);
  if (!address.known()) return failed();
  ::unlink(path.c_str());
  Descriptor listening(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  // closed to others from its first moment: the mode is set on the socket before its name appears
  if (listening.get() < 0 || ::fchmod(listening.get(), S_IRUSR | S_IWUSR) != 0) return failed();
  if (::bind(listening.get(), address.get(), sizeof(sockaddr_un)) != 0 || ::chmod(path.c_str(), S_IRUSR | S_IWUSR) != 0 || ::listen(listening.get(), 16) != 0)
    return failed();
  server->socket_ = listening.release();
  server->thread_ = std::jthread([raw = server.get()](const std::stop_token& stop) { raw->listen(stop); });
  return server;
}

LocalServer::~LocalServer() {
  if (thread_.joinable()) {
    thread_.request_stop();
    thread_.join();
  }
  if (socket_ >= 0) {
    ::close(socket_);
    ::unlink(path_.c_str());
  }
}

void LocalServer::listen(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    pollfd waiting{socket_, POLLIN, 0};
    if (::poll(&waiting, 1, poll_ms) <= 0) continue;
    const Descriptor client(::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC));
    if (client.get() < 0) continue;
    const auto line = receive_line(client.get(), client_silence_ms);
    if (!line) continue;
    try {
      send_all(client.get(), answer_(*line) + "\n");
    } catch (const std::exception& failure) {
      log::error("a request of the command line failed: {}", failure.what());
    }
  }
}

Result<std::optional<std::string>> ask_local_server(const std::string& path, std::string_view line) {
  const Address address(path);
  const Descriptor server(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!address.known() || server.get() < 0 || ::connect(server.get(), address.get(), sizeof(sockaddr_un)) != 0) return std::optional<std::string>();
  auto answer = send_all(server.get(), std::string(line) + "\n") ? receive_line(server.get(), -1) : std::nullopt;
  if (!answer)
    return refuse("local.broken", "Máy chủ đang chạy không trả lời yêu cầu này. Xin xem nhật ký của máy chủ rồi làm lại.");
  return answer;
}

}  // namespace khuyenhoc
