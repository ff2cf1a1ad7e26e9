#include "app/written_file.h"

#include <filesystem>
#include <fstream>

#include <fmt/format.h>

namespace khuyenhoc {

Result<void> write_whole_file(const std::string& file, const std::string& content) {
  const std::string part = file + ".part";
  std::error_code failed;
  {
    std::ofstream out(part, std::ios::binary);
    out << content;
    out.flush();
    if (out) {
      out.close();
      std::filesystem::rename(part, file, failed);
      if (!failed) return {};
    }
  }
  std::filesystem::remove(part, failed);
  return refuse("file.write", fmt::format("Không ghi được tệp “{}”. Xin xem lại thư mục, quyền ghi và chỗ trống của ổ đĩa.", file), "FILE");
}

}  // namespace khuyenhoc
