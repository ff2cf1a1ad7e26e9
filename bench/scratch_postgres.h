// A PostgreSQL of the bench's own: made in a scratch folder, reached through a socket in it, stopped and forgotten afterwards.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace khuyenhoc::bench {

class ScratchPostgres {
 public:
  // Uses the newest of Debian's /usr/lib/postgresql/*/bin. PostgreSQL refuses to run as root, so then it runs as the user postgres.
  static Result<std::unique_ptr<ScratchPostgres>> start(const std::string& folder, std::string_view settings);
  ~ScratchPostgres();
  ScratchPostgres(const ScratchPostgres&) = delete;
  ScratchPostgres& operator=(const ScratchPostgres&) = delete;
  const std::string& url() const { return url_; }      // for libpq
  const std::string& version() const { return version_; }

 private:
  ScratchPostgres() = default;
  std::string folder_, bin_, url_, version_;
};

}  // namespace khuyenhoc::bench
