#include "platform/spreadsheet/package.h"

#include <deque>
#include <stdexcept>
#include <vector>

#include <zip.h>

#include <fmt/format.h>

#include "base/i18n.h"
#include "base/text.h"

namespace khuyenhoc::spreadsheet {
namespace {

std::unexpected<Refusal> broken() {
  return refuse("workbook.broken", tr("Tệp bị hỏng hoặc tải lên chưa đủ. Xin mở tệp bằng Excel, lưu lại dạng .xlsx rồi gửi lại."));
}

std::unexpected<Refusal> bomb() {
  return refuse("workbook.bomb", tr("Tệp nén chứa lượng dữ liệu lớn bất thường nên không được mở. Xin chép phần số liệu cần dùng sang một tệp mới rồi gửi lại."));
}

}  // namespace

struct PackageState {
  zip_t* archive = nullptr;
  PackageLimits limits;
  std::uint64_t unpacked = 0;

  ~PackageState() {
    if (archive != nullptr) zip_discard(archive);
  }
};

struct PartStream::State {
  PackageState* package = nullptr;
  zip_file_t* file = nullptr;
  std::uint64_t packed = 0;
  std::uint64_t unpacked = 0;

  ~State() {
    if (file != nullptr) zip_fclose(file);
  }
};

PartStream::PartStream(std::unique_ptr<State> state) : state_(std::move(state)) {}
PartStream::PartStream(PartStream&&) noexcept = default;
PartStream& PartStream::operator=(PartStream&&) noexcept = default;
PartStream::~PartStream() = default;

Result<std::size_t> PartStream::read(std::span<char> buffer) {
  const auto got = zip_fread(state_->file, buffer.data(), buffer.size());
  if (got < 0) return broken();
  state_->unpacked += static_cast<std::uint64_t>(got);
  state_->package->unpacked += static_cast<std::uint64_t>(got);
  const auto& limits = state_->package->limits;
  if (state_->package->unpacked > limits.unpacked_bytes) return bomb();
  if (state_->unpacked > limits.ratio_free_bytes && state_->unpacked / (state_->packed + 1) > limits.ratio) return bomb();
  return static_cast<std::size_t>(got);
}

Package::Package(std::unique_ptr<PackageState> state) : state_(std::move(state)) {}
Package::Package(Package&&) noexcept = default;
Package& Package::operator=(Package&&) noexcept = default;
Package::~Package() = default;

Result<Package> Package::open(std::span<const std::byte> bytes, const PackageLimits& limits) {
  if (bytes.size() > limits.file_bytes)
    return refuse("workbook.too_large", tr("Tệp lớn {} MB, chương trình nhận tệp đến {} MB. Xin bỏ bớt hình ảnh và trang không cần, hoặc chia thành nhiều tệp.",
                                                    (bytes.size() >> 20) + 1, limits.file_bytes >> 20));
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source == nullptr) return broken();
  auto state = std::make_unique<PackageState>();
  state->limits = limits;
  state->archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  zip_error_fini(&error);
  if (state->archive == nullptr) {
    zip_source_free(source);
    return broken();
  }
  const auto entries = zip_get_num_entries(state->archive, 0);
  if (entries < 0) return broken();
  if (static_cast<std::uint64_t>(entries) > limits.entries) return bomb();
  std::uint64_t claimed = 0;
  for (std::uint64_t index = 0; index < static_cast<std::uint64_t>(entries); ++index) {
    zip_stat_t stat;
    if (zip_stat_index(state->archive, index, 0, &stat) != 0) return broken();
    if ((stat.valid & ZIP_STAT_SIZE) != 0) {
      if (stat.size > limits.unpacked_bytes) return bomb();
      claimed += stat.size;
    }
    if (claimed > limits.unpacked_bytes) return bomb();
    if ((stat.valid & ZIP_STAT_SIZE) != 0 && (stat.valid & ZIP_STAT_COMP_SIZE) != 0 && stat.size > limits.ratio_free_bytes &&
        stat.size / (stat.comp_size + 1) > limits.ratio)
      return bomb();
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
      return refuse("workbook.password", tr("Tệp có đặt mật khẩu nên không đọc được. Xin bỏ mật khẩu trong Excel (Tệp, Thông tin, Bảo vệ sổ làm việc) rồi gửi lại."));
  }
  return Package(std::move(state));
}

bool Package::has(std::string_view name) const { return zip_name_locate(state_->archive, std::string(name).c_str(), ZIP_FL_NOCASE) >= 0; }

std::vector<std::string> Package::names() const {
  std::vector<std::string> out;
  const auto entries = zip_get_num_entries(state_->archive, 0);
  for (zip_int64_t index = 0; index < entries; ++index)
    if (const char* name = zip_get_name(state_->archive, static_cast<zip_uint64_t>(index), 0); name != nullptr) out.emplace_back(name);
  return out;
}

Result<PartStream> Package::stream(std::string_view name) {
  const auto index = zip_name_locate(state_->archive, std::string(name).c_str(), ZIP_FL_NOCASE);
  if (index < 0) return broken();
  zip_stat_t stat;
  if (zip_stat_index(state_->archive, static_cast<zip_uint64_t>(index), 0, &stat) != 0) return broken();
  const bool known = (stat.valid & ZIP_STAT_COMP_METHOD) != 0 && (stat.comp_method == ZIP_CM_STORE || stat.comp_method == ZIP_CM_DEFLATE);
  if (!known) return broken();
  auto part = std::make_unique<PartStream::State>();
  part->package = state_.get();
  part->packed = (stat.valid & ZIP_STAT_COMP_SIZE) != 0 ? stat.comp_size : 0;
  part->file = zip_fopen_index(state_->archive, static_cast<zip_uint64_t>(index), 0);
  if (part->file == nullptr) return broken();
  return PartStream(std::move(part));
}

Result<std::string> Package::read(std::string_view name, std::size_t at_most_bytes) {
  auto part = stream(name);
  if (!part) return std::unexpected(part.error());
  std::string content;
  constexpr std::size_t step = 64u << 10;
  for (;;) {
    const auto before = content.size();
    if (before > at_most_bytes) return bomb();
    content.resize(before + step);
    const auto got = part->read({content.data() + before, step});
    if (!got) return std::unexpected(got.error());
    content.resize(before + *got);
    if (*got == 0) return content;
  }
}

struct PackageWriter::State {
  std::deque<std::pair<std::string, std::string>> parts;    // a deque: libzip reads the contents only when the archive closes
};

PackageWriter::PackageWriter() : state_(std::make_unique<State>()) {}
PackageWriter::PackageWriter(PackageWriter&&) noexcept = default;
PackageWriter::~PackageWriter() = default;

void PackageWriter::add(std::string name, std::string content) { state_->parts.emplace_back(std::move(name), std::move(content)); }

std::string PackageWriter::finish() {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  if (target == nullptr) throw std::bad_alloc();
  zip_source_keep(target);
  const std::unique_ptr<zip_source_t, decltype(&zip_source_free)> kept(target, &zip_source_free);
  zip_t* archive = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &error);
  if (archive == nullptr) {
    zip_source_free(target);
    throw std::runtime_error("cannot begin a zip package in memory");
  }
  constexpr zip_uint16_t first_dos_day = (0 << 9) | (1 << 5) | 1;
  constexpr zip_uint32_t quick_level = 4;
  for (const auto& [name, content] : state_->parts) {
    zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
    const auto index = source == nullptr ? -1 : zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
      if (source != nullptr) zip_source_free(source);
      zip_discard(archive);
      throw std::runtime_error("cannot add a part to a zip package in memory");
    }
    zip_file_set_dostime(archive, static_cast<zip_uint64_t>(index), 0, first_dos_day, 0);
    zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_DEFLATE, quick_level);
  }
  if (zip_close(archive) != 0) {
    zip_discard(archive);
    throw std::runtime_error("cannot close a zip package in memory");
  }
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_source_stat(target, &stat) != 0 || zip_source_open(target) != 0) throw std::runtime_error("cannot read back a zip package in memory");
  std::string bytes(stat.size, '\0');
  const auto got = zip_source_read(target, bytes.data(), bytes.size());
  zip_source_close(target);
  if (got < 0 || static_cast<std::uint64_t>(got) != stat.size) throw std::runtime_error("cannot read back a zip package in memory");
  return bytes;
}

std::string xml_text(std::string_view value) {
  if (!is_valid_utf8(value)) return xml_text(normalised_lines(value));
  std::string clean;
  clean.reserve(value.size());
  for (std::size_t at = 0; at < value.size(); ++at) {
    const auto byte = static_cast<unsigned char>(value[at]);
    if (byte < 32 ? (byte != '\n' && byte != '\t') : byte == 127) continue;
    const auto rest = value.substr(at, 3);
    if (rest == "\xEF\xBF\xBE" || rest == "\xEF\xBF\xBF") {     // not characters, and not XML
      at += 2;
      continue;
    }
    clean.push_back(value[at]);
  }
  return clean;
}

}  // namespace khuyenhoc::spreadsheet
