#include "platform/db/archive_zip.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include <fmt/format.h>

namespace khuyenhoc::db {
namespace {

constexpr std::size_t piece_size = 1 << 20;
constexpr int quick_compression = 1;   // rows shrink to a third either way; more effort costs minutes on a large store

class Descriptor {
 public:
  Descriptor(const std::filesystem::path& path, int flags) : value_(::open(path.c_str(), flags | O_CLOEXEC, S_IRUSR | S_IWUSR)) {
    if (value_ < 0) throw Failure(fmt::format("cannot open {}: {}", path.string(), std::strerror(errno)));
  }
  ~Descriptor() { ::close(value_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  void write_all(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t written = ::write(value_, bytes.data(), bytes.size());
      if (written < 0 && errno != EINTR) throw Failure(fmt::format("cannot write an archive: {}", std::strerror(errno)));
      if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  void make_durable() const {
    if (::fsync(value_) != 0) throw Failure(fmt::format("cannot write an archive: {}", std::strerror(errno)));
  }

 private:
  int value_;
};

}  // namespace

ArchiveZipWriter::ArchiveZipWriter(std::filesystem::path file) : file_(std::move(file)) {
  const Descriptor claimed(file_, O_WRONLY | O_CREAT | O_EXCL);   // readable by its owner only, from the first byte
}

ArchiveZipWriter::~ArchiveZipWriter() {
  std::error_code ignored;
  for (std::size_t i = 0; i < entries_.size(); ++i) std::filesystem::remove(spool_path(i), ignored);
  if (!finished_) std::filesystem::remove(file_, ignored);
}

std::filesystem::path ArchiveZipWriter::spool_path(std::size_t number) const {
  std::filesystem::path path = file_;
  path += fmt::format(".{}", number);
  return path;
}

ArchivedRows ArchiveZipWriter::add(const std::string& entry, const std::function<void(const std::function<void(const Values&)>&)>& produce) {
  entries_.push_back(entry);
  const Descriptor spool(spool_path(entries_.size() - 1), O_WRONLY | O_CREAT | O_TRUNC);
  ArchivedRows added;
  RunningDigest digest;
  std::string piece;
  const auto flush = [&] {
    digest.add(piece);
    spool.write_all(piece);
    piece.clear();
  };
  produce([&](const Values& row) {
    append_row(piece, row);
    ++added.rows;
    if (piece.size() >= piece_size) flush();
  });
  flush();
  added.digest = digest.finish();
  return added;
}

void ArchiveZipWriter::finish() {
  int code = 0;
  zip_t* zip = zip_open(file_.c_str(), ZIP_TRUNCATE, &code);
  if (zip == nullptr) throw Failure(fmt::format("cannot write {}: zip error {}", file_.string(), code));
  const auto give_up = [&] {
    const std::string why = zip_strerror(zip);
    zip_discard(zip);
    throw Failure(fmt::format("cannot write {}: {}", file_.string(), why));
  };
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    zip_source_t* source = zip_source_file(zip, spool_path(i).c_str(), 0, -1);
    if (source == nullptr) give_up();
    const zip_int64_t index = zip_file_add(zip, entries_[i].c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
      zip_source_free(source);
      give_up();
    }
    if (zip_set_file_compression(zip, static_cast<zip_uint64_t>(index), ZIP_CM_DEFLATE, quick_compression) != 0) give_up();
  }
  if (zip_close(zip) != 0) give_up();
  std::filesystem::permissions(file_, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  Descriptor(file_, O_RDONLY).make_durable();
  finished_ = true;
}

ArchiveZipReader::ArchiveZipReader(const std::filesystem::path& file) {
  int code = 0;
  zip_ = zip_open(file.c_str(), ZIP_RDONLY, &code);
  if (zip_ == nullptr) throw BrokenRow{};
}

ArchiveZipReader::~ArchiveZipReader() { zip_discard(zip_); }

std::int64_t ArchiveZipReader::entries() const { return zip_get_num_entries(zip_, 0); }

ArchivedRows ArchiveZipReader::read(const std::string& entry, const std::function<void(Values&)>& on_row) {
  return pull(entry, [&](const std::function<bool(Values&)>& next) {
    for (Values row; next(row);) on_row(row);
  });
}

ArchivedRows ArchiveZipReader::pull(const std::string& entry, const std::function<void(const std::function<bool(Values&)>&)>& consume) {
  zip_file_t* file = zip_fopen(zip_, entry.c_str(), 0);
  if (file == nullptr) throw BrokenRow{};
  const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> closing(file, &zip_fclose);
  RunningDigest digest;
  RowSource source([&](char* buffer, std::size_t size) {
    const zip_int64_t got = zip_fread(file, buffer, size);   // also checks the entry's own sum when it ends
    if (got < 0) throw BrokenRow{};
    digest.add({buffer, static_cast<std::size_t>(got)});
    return static_cast<std::size_t>(got);
  });
  ArchivedRows found;
  bool ended = false;
  consume([&](Values& row) {
    if (!ended && source.next(row)) {
      ++found.rows;
      return true;
    }
    ended = true;
    return false;
  });
  if (!ended) throw BrokenRow{};
  found.digest = digest.finish();
  return found;
}

}  // namespace khuyenhoc::db
