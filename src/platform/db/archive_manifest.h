// The first entry of an archive: what it holds, in rows like all its entries.
#pragma once

#include <string>
#include <vector>

#include "platform/db/archive.h"
#include "platform/db/archive_tables.h"
#include "platform/db/archive_zip.h"

namespace khuyenhoc::db {

inline constexpr std::int64_t archive_format = 1;

struct ArchivedTable {
  TableShape shape;
  ArchivedRows content;
};

struct ArchivedMigration {
  std::string name;
  std::string checksum;
};

struct Manifest {
  std::vector<ArchivedMigration> migrations;
  std::vector<ArchivedTable> tables;
  Counters counters;
  ArchiveNotes notes;

  void write(ArchiveZipWriter& zip) const;
  static Manifest read(ArchiveZipReader& zip);   // throws BrokenRow
  ArchiveSummary summary() const;
};

std::string entry_of(const TableShape& table);

}  // namespace khuyenhoc::db
