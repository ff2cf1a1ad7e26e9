#include <condition_variable>
#include <cstdlib>
#include <mutex>

#include <sodium.h>

#include "base/i18n.h"
#include "platform/crypto/crypto.h"

namespace khuyenhoc::crypto {
namespace {

constexpr unsigned long long passes = 2;
constexpr std::size_t memory_bytes = 19U << 20;

std::string hash_now(std::string_view password) {
  std::string out(crypto_pwhash_STRBYTES, '\0');
  if (crypto_pwhash_str_alg(out.data(), password.data(), password.size(), passes, memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0) throw std::bad_alloc();
  out.resize(std::char_traits<char>::length(out.c_str()));
  return out;
}

}  // namespace

struct PasswordHasher::Gate {
  explicit Gate(Limits chosen) : limits(chosen) {}
  Limits limits;
  std::mutex mutex;
  std::condition_variable free;
  int running = 0;
  int waiting = 0;

  bool enter() {
    std::unique_lock lock(mutex);
    if (running >= limits.at_once) {
      if (waiting >= limits.waiting) return false;
      ++waiting;
      free.wait(lock, [&] { return running < limits.at_once; });
      --waiting;
    }
    ++running;
    return true;
  }
  void leave() {
    {
      const std::lock_guard lock(mutex);
      --running;
    }
    free.notify_one();
  }
};

namespace {

template <class Gate, class Work>
auto through(Gate& gate, Work work) -> Result<decltype(work())> {
  if (!gate.enter()) return refuse("crypto.busy", tr("Đang có nhiều người đăng nhập cùng lúc. Xin ông/bà thử lại sau ít giây."));
  struct Leave {
    Gate& held;
    ~Leave() { held.leave(); }
  } leave{gate};
  return work();
}

}  // namespace

PasswordHasher::PasswordHasher() : PasswordHasher(Limits{}) {}

PasswordHasher::PasswordHasher(Limits limits) : gate_(std::make_unique<Gate>(limits)) {
  if (sodium_init() < 0) std::abort();
  dummy_ = hash_now(random_token());
}

PasswordHasher::~PasswordHasher() = default;

Result<std::string> PasswordHasher::hash(std::string_view password) {
  return through(*gate_, [&] { return hash_now(password); });
}

Result<bool> PasswordHasher::verify(const std::optional<std::string>& stored, std::string_view password) {
  return through(*gate_, [&] {
    const std::string& against = stored ? *stored : dummy_;
    return crypto_pwhash_str_verify(against.c_str(), password.data(), password.size()) == 0 && stored.has_value();
  });
}

}  // namespace khuyenhoc::crypto
