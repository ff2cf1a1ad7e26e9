#include "app/passphrase.h"

#include <fstream>

#include <fmt/format.h>

#include "base/text.h"

namespace khuyenhoc {

Result<std::string> passphrase_in(const std::string& file) {
  constexpr std::size_t shortest = 12;
  std::ifstream in(file);
  std::string line;
  if (!std::getline(in, line)) return refuse("passphrase.file", fmt::format("Không đọc được câu mật trong tệp “{}”.", file), "--passphrase-file");
  std::string phrase = normalised(line);
  if (count_characters(phrase) < shortest)
    return refuse("passphrase.short", fmt::format("Câu mật cần ít nhất {} ký tự, vì ai mở được bản sao lưu là đọc được mọi số điện thoại.", shortest), "--passphrase-file");
  return phrase;
}

}  // namespace khuyenhoc
