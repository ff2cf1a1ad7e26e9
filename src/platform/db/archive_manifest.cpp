#include "platform/db/archive_manifest.h"

namespace khuyenhoc::db {
namespace {

constexpr const char* manifest_entry = "manifest";
constexpr const char* seal_entry = "manifest.digest";   // so that not even the manifest can change unseen
constexpr std::string_view what = "khuyenhoc";

const std::string& text_at(const Values& row, std::size_t at) {
  const auto* text = at < row.size() ? std::get_if<std::string>(&row[at].held()) : nullptr;
  if (text == nullptr) throw BrokenRow{};
  return *text;
}

std::int64_t number_at(const Values& row, std::size_t at) {
  const auto* number = at < row.size() ? std::get_if<std::int64_t>(&row[at].held()) : nullptr;
  if (number == nullptr) throw BrokenRow{};
  return *number;
}

Digest digest_at(const Values& row, std::size_t at) {
  const auto* blob = at < row.size() ? std::get_if<Blob>(&row[at].held()) : nullptr;
  Digest digest{};
  if (blob == nullptr || blob->size() != digest.size()) throw BrokenRow{};
  std::ranges::copy(*blob, digest.begin());
  return digest;
}

Value digest_value(const Digest& digest) { return Value(Blob(digest.begin(), digest.end())); }

}  // namespace

std::string entry_of(const TableShape& table) { return "tables/" + table.name; }

void Manifest::write(ArchiveZipWriter& zip) const {
  const ArchivedRows written = zip.add(manifest_entry, [&](const std::function<void(const Values&)>& row) {
    row({what, archive_format});
    row({"counters", counters.last_id, counters.last_position});
    for (const auto& [key, note] : notes) row({"note", key, note});
    for (const ArchivedMigration& migration : migrations) row({"migration", migration.name, migration.checksum});
    for (const ArchivedTable& table : tables) {
      Values line = {"table", table.shape.name, table.content.rows, digest_value(table.content.digest)};
      line.insert(line.end(), table.shape.columns.begin(), table.shape.columns.end());
      row(line);
    }
  });
  zip.add(seal_entry, [&](const std::function<void(const Values&)>& row) { row({digest_value(written.digest)}); });
}

Manifest Manifest::read(ArchiveZipReader& zip) {
  Manifest manifest;
  bool first = true;
  const ArchivedRows found = zip.read(manifest_entry, [&](Values& row) {
    const std::string& kind = text_at(row, 0);
    if (first) {
      if (kind != what || number_at(row, 1) != archive_format) throw BrokenRow{};
      first = false;
    } else if (kind == "counters") {
      manifest.counters = {number_at(row, 1), number_at(row, 2)};
    } else if (kind == "note") {
      manifest.notes[text_at(row, 1)] = text_at(row, 2);
    } else if (kind == "migration") {
      manifest.migrations.emplace_back(text_at(row, 1), text_at(row, 2));
    } else if (kind == "table") {
      ArchivedTable& table = manifest.tables.emplace_back();
      table.shape.name = text_at(row, 1);
      table.content = {number_at(row, 2), digest_at(row, 3)};
      for (std::size_t i = 4; i < row.size(); ++i) table.shape.columns.push_back(text_at(row, i));
    } else {
      throw BrokenRow{};
    }
  });
  bool sealed = false;
  zip.read(seal_entry, [&](Values& row) { sealed = digest_at(row, 0) == found.digest; });
  if (!sealed || zip.entries() != static_cast<std::int64_t>(manifest.tables.size()) + 2) throw BrokenRow{};
  return manifest;
}

ArchiveSummary Manifest::summary() const {
  ArchiveSummary out;
  out.tables = static_cast<std::int64_t>(tables.size());
  for (const ArchivedTable& table : tables) out.rows += table.content.rows;
  out.notes = notes;
  return out;
}

}  // namespace khuyenhoc::db
