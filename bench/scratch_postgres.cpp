#include "bench/scratch_postgres.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <unistd.h>

namespace khuyenhoc::bench {

namespace {

int shell(const std::string& command) { return std::system(command.c_str()); }

std::string as_postgres(const std::string& command) {
  return ::geteuid() == 0 ? fmt::format("runuser -u postgres -- {}", command) : command;
}

}  // namespace

Result<std::unique_ptr<ScratchPostgres>> ScratchPostgres::start(const std::string& folder, std::string_view settings) {
  namespace fs = std::filesystem;
  std::unique_ptr<ScratchPostgres> postgres(new ScratchPostgres);
  const fs::path root = "/usr/lib/postgresql";
  int newest = 0;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(root, none)) {
    const int version = std::atoi(entry.path().filename().c_str());
    if (version > newest && fs::exists(entry.path() / "bin/initdb")) newest = version;
  }
  if (newest == 0) return refuse("bench.peer", "Chưa cài PostgreSQL; chạy bench/install.sh để cài.");
  postgres->version_ = std::to_string(newest);
  postgres->bin_ = (root / postgres->version_ / "bin").string();
  postgres->folder_ = folder + "/postgres";
  fs::create_directories(postgres->folder_);
  if (::geteuid() == 0) {
    shell(fmt::format("chmod 755 '{}'", folder));
    if (shell(fmt::format("chown postgres '{}'", postgres->folder_)) != 0) return refuse("bench.peer", "Không giao được thư mục cho người dùng postgres.");
  }
  const std::string data = postgres->folder_ + "/data";
  const std::string log = postgres->folder_ + "/log";
  if (shell(as_postgres(fmt::format("'{}/initdb' -D '{}' -U postgres -A trust -E UTF8 --locale=C > '{}/initdb.log' 2>&1", postgres->bin_, data, folder))) != 0) {
    return refuse("bench.peer", "Không tạo được cụm PostgreSQL tạm.");
  }
  {
    std::ofstream file(folder + "/postgres.settings");
    file << settings << "\nlisten_addresses = ''\nunix_socket_directories = '" << postgres->folder_ << "'\n";
  }
  if (shell(fmt::format("cat '{}/postgres.settings' >> '{}/postgresql.conf'", folder, data)) != 0) return refuse("bench.peer", "Không ghi được cấu hình PostgreSQL.");
  if (shell(as_postgres(fmt::format("'{}/pg_ctl' -D '{}' -l '{}' -w -t 60 start > '{}/start.log' 2>&1", postgres->bin_, data, log, folder))) != 0) {
    return refuse("bench.peer", "Không khởi động được cụm PostgreSQL tạm.");
  }
  postgres->url_ = fmt::format("host={} user=postgres dbname=postgres", postgres->folder_);
  return postgres;
}

ScratchPostgres::~ScratchPostgres() {
  if (url_.empty()) return;
  shell(as_postgres(fmt::format("'{}/pg_ctl' -D '{}/data' -m immediate stop > /dev/null 2>&1", bin_, folder_)));
}

}  // namespace khuyenhoc::bench
