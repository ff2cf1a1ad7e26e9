// A whole store in one file that either engine can be restored from: backups, moving from a laptop to a server and back.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>

#include "platform/db/db.h"

namespace khuyenhoc::db {

// What the writer wants to be read beside the data: the day, the program's version, the sealed heads of the audit trail.
using ArchiveNotes = std::map<std::string, std::string>;

struct ArchiveSummary {
  std::int64_t tables = 0;
  std::int64_t rows = 0;
  ArchiveNotes notes;
};

// Writes every table of one snapshot while the store goes on serving, reads the file back to prove it, and only then gives it its name.
// Refuses "archive.exists" (nothing is overwritten) and "archive.place" (no such folder).
Result<ArchiveSummary> export_store(Store& store, const std::filesystem::path& file, const ArchiveNotes& notes = {});

// Reads the whole file and compares every count and digest. Refuses "archive.missing", "archive.damaged".
Result<ArchiveSummary> check_archive(const std::filesystem::path& file);

// Fills an empty store, all or nothing, then applies the migrations that came after the archive was written. Refuses what check_archive refuses, and
// "archive.not_empty", "archive.newer" (written by a later program), "archive.edited". `migrations` are those of this program: all_migrations().
Result<ArchiveSummary> import_store(Store& store, const std::filesystem::path& file, std::span<const Migration> migrations);

}  // namespace khuyenhoc::db
