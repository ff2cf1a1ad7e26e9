// The file of an archive: a zip whose entries are streams of rows.
#pragma once

#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "platform/db/digest.h"
#include "platform/db/row_codec.h"

struct zip;

namespace khuyenhoc::db {

struct ArchivedRows {
  std::int64_t rows = 0;
  Digest digest{};
};

class ArchiveZipWriter {
 public:
  explicit ArchiveZipWriter(std::filesystem::path file);   // throws Failure; the file must not exist
  ~ArchiveZipWriter();                                     // removes what was not finished
  ArchiveZipWriter(const ArchiveZipWriter&) = delete;
  ArchiveZipWriter& operator=(const ArchiveZipWriter&) = delete;

  // `produce` gives each row to the function it receives.
  ArchivedRows add(const std::string& entry, const std::function<void(const std::function<void(const Values&)>&)>& produce);
  void finish();                                           // durable on return

 private:
  std::filesystem::path spool_path(std::size_t number) const;

  std::filesystem::path file_;
  std::vector<std::string> entries_;                       // the rows of entry i wait in spool i until finish()
  bool finished_ = false;
};

class ArchiveZipReader {
 public:
  explicit ArchiveZipReader(const std::filesystem::path& file);   // throws BrokenRow when it is no archive
  ~ArchiveZipReader();
  ArchiveZipReader(const ArchiveZipReader&) = delete;
  ArchiveZipReader& operator=(const ArchiveZipReader&) = delete;

  // Reads one entry to its end; throws BrokenRow when it is missing or damaged.
  ArchivedRows read(const std::string& entry, const std::function<void(Values&)>& on_row);
  // The same, row by row: `consume` calls the function it receives until that returns false.
  ArchivedRows pull(const std::string& entry, const std::function<void(const std::function<bool(Values&)>&)>& consume);
  std::int64_t entries() const;

 private:
  ::zip* zip_ = nullptr;
};

}  // namespace khuyenhoc::db
