#include "platform/spreadsheet/bundle.h"

#include <array>
#include <memory>

#include <zip.h>

#include "base/i18n.h"
#include "base/text.h"

namespace khuyenhoc::spreadsheet {
namespace {

struct CloseZip {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Archive = std::unique_ptr<zip_t, CloseZip>;

Archive opened(std::string_view bytes) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source == nullptr) return nullptr;
  Archive archive(zip_open_from_source(source, ZIP_RDONLY, &error));
  zip_error_fini(&error);
  if (!archive) zip_source_free(source);
  return archive;
}

bool put_in_by_programs(std::string_view name) {
  const std::string_view last = name.substr(name.rfind('/') == std::string_view::npos ? 0 : name.rfind('/') + 1);
  return name.starts_with("__MACOSX/") || last.starts_with("._") || last.starts_with("~$") || last == ".DS_Store" || last == "Thumbs.db" || last == "desktop.ini";
}

Refusal broken_file() { return {"bundle.broken", tr("Tệp này trong gói nén bị hỏng. Xin nén lại rồi gửi lại."), {}}; }

// One file, never more than its limit of bytes, whatever the zip claims.
Result<std::string> taken_out(zip_t* archive, zip_uint64_t index, const zip_stat_t& stat, std::size_t most) {
  const auto too_large = [&] { return refuse("bundle.bomb", tr("Tệp này khi giải nén lớn hơn {} MB nên không được mở.", most >> 20)); };
  if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
    return refuse("bundle.password", tr("Tệp này nằm trong gói nén có đặt mật khẩu nên không đọc được. Xin nén lại, không đặt mật khẩu."));
  if ((stat.valid & ZIP_STAT_SIZE) != 0 && stat.size > most) return too_large();
  if ((stat.valid & ZIP_STAT_COMP_METHOD) == 0 || (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE))
    return refuse("bundle.broken", tr("Tệp này được nén theo cách chương trình không đọc được. Xin nén lại dạng .zip thường."));
  const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file(zip_fopen_index(archive, index, 0), &zip_fclose);
  if (!file) return std::unexpected(broken_file());
  std::string content;
  std::array<char, 64u << 10> piece;
  for (;;) {
    const auto got = zip_fread(file.get(), piece.data(), piece.size());
    if (got < 0) return std::unexpected(broken_file());
    if (got == 0) return content;
    content.append(piece.data(), static_cast<std::size_t>(got));
    if (content.size() > most) return too_large();
  }
}

}  // namespace

bool is_bundle(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (!bytes.starts_with("PK\x03\x04"sv) && !bytes.starts_with("PK\x05\x06"sv)) return false;
  const Archive archive = opened(bytes);
  if (!archive) return false;
  return zip_name_locate(archive.get(), "[Content_Types].xml", ZIP_FL_NOCASE) < 0 && zip_name_locate(archive.get(), "mimetype", 0) < 0;
}

Result<std::vector<BundledFile>> read_bundle(std::string_view bytes, const BundleLimits& limits) {
  const Archive archive = opened(bytes);
  const auto entries = archive ? zip_get_num_entries(archive.get(), 0) : -1;
  if (entries < 0) return refuse("bundle.broken", tr("Gói nén bị hỏng hoặc tải lên chưa đủ. Xin nén lại rồi gửi lại."));
  std::vector<BundledFile> out;
  std::uint64_t unpacked = 0;
  for (zip_uint64_t index = 0; index < static_cast<zip_uint64_t>(entries); ++index) {
    zip_stat_t stat;
    const char* name = zip_get_name(archive.get(), index, ZIP_FL_ENC_GUESS);
    if (name == nullptr || zip_stat_index(archive.get(), index, 0, &stat) != 0) {
      out.push_back({tr("tệp số {}", index + 1), {}, broken_file()});
    } else {
      const std::string said = normalised(name);
      if (said.ends_with('/') || put_in_by_programs(said)) continue;
      if (out.size() < limits.files) {
        auto content = taken_out(archive.get(), index, stat, limits.a_file_bytes);
        if (content) unpacked += content->size();
        if (unpacked > limits.unpacked_bytes) return refuse("bundle.bomb", tr("Gói nén khi mở ra lớn hơn {} MB nên không được đọc. Xin chia thành nhiều gói.", limits.unpacked_bytes >> 20));
        out.push_back(content ? BundledFile{said, std::move(*content), std::nullopt} : BundledFile{said, {}, content.error()});
      } else {
        out.emplace_back();
      }
    }
    if (out.size() > limits.files) return refuse("bundle.too_many", tr("Gói nén có hơn {} tệp. Xin chia thành nhiều gói.", limits.files));
  }
  if (out.empty()) return refuse("bundle.empty", tr("Gói nén không có tệp nào."));
  return out;
}

}  // namespace khuyenhoc::spreadsheet
