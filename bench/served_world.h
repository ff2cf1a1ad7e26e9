// A generated world served by the built program itself, in processes of its own: what the benchmarks of a whole installation talk to.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "bench/bench.h"

namespace khuyenhoc::bench {

// Somebody who signs in: the cookie's line for a request's head, and the token that forms carry.
struct SignedIn {
  std::string cookie;                     // "Cookie: phien=…\r\n"
  std::string csrf;
  std::int64_t body = 0;                  // acted for
};

class ServedWorld {
 public:
  // Makes the world in a scratch folder that goes with this object. "bench.program" when the program is not beside this one, or refuses.
  static Result<std::unique_ptr<ServedWorld>> make(const std::string& scale, const Options& options);
  ~ServedWorld();
  ServedWorld(const ServedWorld&) = delete;
  ServedWorld& operator=(const ServedWorld&) = delete;

  double generated_s() const { return generated_s_; }
  Result<void> start();                    // waits until it listens
  void stop();                             // gracefully
  void kill();                             // SIGKILL, at this very moment
  std::uint16_t port() const { return port_; }
  double resident_mb() const;              // of the server, now
  double cpu_s() const;                    // that it has used since it started
  double store_mb() const;                 // its files on the disk
  const std::string& data() const { return data_; }

  // Somebody who enters figures at a unit ("VN", province(), one of communes(), "hoi/123" of a branch): an account is made when there is none yet.
  Result<SignedIn> sign_in(const std::string& unit);
  const std::string& province() const { return province_; }
  const std::string& commune() const { return communes_.front(); }
  const std::vector<std::string>& communes() const { return communes_; }      // of the province, the largest first
  // Runs a command of the program over this world; its standard output.
  Result<std::string> run(std::vector<std::string> arguments) const;

 private:
  ServedWorld() = default;
  struct Account {
    std::string telephone, password, unit;
    enum class Password { of_the_slip, own } kind = Password::of_the_slip;
  };
  Result<void> add_account(const std::string& unit);
  Result<std::vector<std::string>> children(const std::string& unit) const;   // with an association, those with most members first
  Result<void> choose_own_password(Account& account) const;

  std::string program_, assets_, folder_, data_, province_;
  std::vector<std::string> communes_;
  double generated_s_ = 0;
  pid_t process_ = -1;
  std::uint16_t port_ = 0;
  std::vector<Account> accounts_;
};

// One branch's figure as a save names it, with the version the page carried.
struct OpenCell {
  std::int64_t association = 0, body = 0;
  std::string measure, version;
  std::string saved_at = {};               // where a save goes; empty: the grid of the association
};
// The cells of a measure that a commune's grid offers.
std::vector<OpenCell> open_cells(std::uint16_t port, const SignedIn& who, std::int64_t association, const std::string& measure);

std::string get_request(const std::string& target, const SignedIn& who, std::string_view more_head = {});
std::string save_request(const OpenCell& cell, std::int64_t value, const SignedIn& who);
std::string version_in(std::string_view answer);                            // of the first cell; empty when it was not saved

}  // namespace khuyenhoc::bench
