#include <set>

#include <fmt/format.h>

#include "platform/db/archive_manifest.h"

namespace khuyenhoc::db {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view select_migrations = "SELECT name, checksum FROM store_migration ORDER BY name";

std::unexpected<Refusal> damaged(const fs::path& file) {
  return refuse("archive.damaged",
                fmt::format("Tệp “{}” không phải tệp sao lưu của chương trình, hoặc đã hỏng, hoặc chép chưa trọn. Xin chép lại tệp gốc rồi thử lại; kho dữ liệu chưa bị thay đổi.",
                            file.string()),
                file.string());
}

void write_archive(Store& store, const fs::path& file, const ArchiveNotes& notes) {
  ArchiveZipWriter zip(file);
  Manifest manifest;
  manifest.notes = notes;
  store.read([&](Reader& reader) {
    manifest.migrations = reader.all(select_migrations, {}, [](const Row& row) { return ArchivedMigration{std::string(row.text(0)), std::string(row.text(1))}; });
    for (TableShape& shape : tables_of(reader)) {
      ArchivedTable& table = manifest.tables.emplace_back();
      table.shape = std::move(shape);
      table.content = zip.add(entry_of(table.shape), [&](const std::function<void(const Values&)>& add) {
        Values values;
        each_row(reader, table.shape, [&](const Row& row) {
          values.clear();
          for (int i = 0; i < row.columns(); ++i) values.push_back(row.value(i));
          add(values);
        });
      });
    }
    // A sequence is not part of the snapshot: read last, it is at least as high as every position in the rows.
    manifest.counters = counters_of(reader);
  });
  manifest.write(zip);
  zip.finish();
}

Manifest checked_manifest(ArchiveZipReader& zip) {
  Manifest manifest = Manifest::read(zip);
  for (const ArchivedTable& table : manifest.tables) {
    const ArchivedRows found = zip.read(entry_of(table.shape), [&](Values& row) {
      if (row.size() != table.shape.columns.size()) throw BrokenRow{};
    });
    if (found.rows != table.content.rows || found.digest != table.content.digest) throw BrokenRow{};
  }
  return manifest;
}

// The migrations the archive was written under, out of those this program knows.
Result<std::vector<Migration>> migrations_of(const Manifest& manifest, std::span<const Migration> known, const fs::path& file) {
  std::vector<Migration> needed;
  for (const ArchivedMigration& applied : manifest.migrations) {
    const auto found = std::ranges::find(known, applied.name, &Migration::name);
    if (found == known.end())
      return refuse("archive.newer",
                    fmt::format("Tệp sao lưu “{}” do bản chương trình mới hơn ghi (bước nâng cấp “{}”). Xin cài bản chương trình mới rồi phục hồi lại.", file.string(),
                                applied.name),
                    file.string());
    if (checksum(*found) != applied.checksum)
      return refuse("archive.edited",
                    fmt::format("Tệp sao lưu “{}” được ghi bởi một bản chương trình khác với bản này ở bước nâng cấp “{}”. Xin dùng đúng bản chương trình phát hành.",
                                file.string(), applied.name),
                    file.string());
    needed.push_back(*found);
  }
  return needed;
}

constexpr std::string_view insert_migration = "INSERT INTO store_migration (name, checksum, applied_at) VALUES ($1, $2, $3)";

void fill_table(EngineWriter& writer, ArchiveZipReader& zip, const ArchivedTable& table) {
  const std::vector<std::string_view> columns(table.shape.columns.begin(), table.shape.columns.end());
  ArchivedRows found;
  found = zip.pull(entry_of(table.shape), [&](const std::function<bool(Values&)>& next) { writer.copy_in(table.shape.name, columns, next); });
  if (found.rows != table.content.rows || found.digest != table.content.digest) throw BrokenRow{};
}

// Tables that others point at come before them, as far as they do not point in circles.
class ParentsFirst {
 public:
  ParentsFirst(Reader& reader, const std::vector<ArchivedTable>& tables) : reader_(reader), tables_(tables) {
    for (const ArchivedTable& table : tables) visit(table);
  }
  const std::vector<const ArchivedTable*>& order() const { return order_; }

 private:
  void visit(const ArchivedTable& table) {
    if (!seen_.insert(table.shape.name).second) return;
    for (const std::string& parent : parents_of(reader_, table.shape)) {
      const auto found = std::ranges::find(tables_, parent, [](const ArchivedTable& one) { return one.shape.name; });
      if (found != tables_.end()) visit(*found);
    }
    order_.push_back(&table);
  }

  Reader& reader_;
  const std::vector<ArchivedTable>& tables_;
  std::set<std::string> seen_;
  std::vector<const ArchivedTable*> order_;
};

void fill_store(EngineWriter& writer, ArchiveZipReader& zip, const Manifest& manifest, const std::vector<Migration>& migrations) {
  for (const Migration& migration : migrations) {
    writer.script(translated(migration.sql, writer.dialect()));
    writer.run(insert_migration, {migration.name, checksum(migration), 0});
  }
  std::vector<TableShape> there = tables_of(writer);
  const ParentsFirst parents_first(writer, manifest.tables);
  KeysPutAside keys(writer);
  for (const TableShape& table : there) writer.script(fmt::format("DELETE FROM \"{}\"", table.name));   // what migrations have put in is in the archive too
  for (const ArchivedTable* table : parents_first.order()) {
    const auto shape = std::ranges::find(there, table->shape.name, &TableShape::name);
    if (shape != there.end()) fill_table(writer, zip, *table);
    else if (table->content.rows > 0) throw BrokenRow{};
  }
  keys.close();
  writer.restore_counters(manifest.counters.last_id, manifest.counters.last_position);
}

}  // namespace

Result<ArchiveSummary> export_store(Store& store, const fs::path& file, const ArchiveNotes& notes) {
  std::error_code ignored;
  const fs::path folder = fs::absolute(file, ignored).parent_path();
  if (!fs::is_directory(folder, ignored))
    return refuse("archive.place", fmt::format("Chưa có thư mục “{}” để ghi tệp sao lưu. Xin tạo thư mục rồi chạy lại.", folder.string()), file.string());
  if (fs::exists(file, ignored))
    return refuse("archive.exists", fmt::format("Đã có tệp “{}”. Xin đặt tên khác để không ghi đè lên bản sao lưu cũ.", file.string()), file.string());
  fs::path part = file;
  part += ".part";
  fs::remove(part, ignored);   // of an export that was cut off
  try {
    write_archive(store, part, notes);
    auto proved = check_archive(part);
    if (!proved) {
      fs::remove(part, ignored);
      throw Failure(fmt::format("{} could not be read back", part.string()));
    }
    fs::rename(part, file);
    return proved;
  } catch (const fs::filesystem_error& error) {
    throw Failure(error.what());
  }
}

Result<ArchiveSummary> check_archive(const fs::path& file) {
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored))
    return refuse("archive.missing", fmt::format("Không có tệp sao lưu “{}”. Xin xem lại đường dẫn.", file.string()), file.string());
  try {
    ArchiveZipReader zip(file);
    return checked_manifest(zip).summary();
  } catch (const BrokenRow&) {
    return damaged(file);
  }
}

Result<ArchiveSummary> import_store(Store& store, const fs::path& file, std::span<const Migration> migrations) {
  if (!store.applied_migrations().empty())
    return refuse("archive.not_empty", "Nơi phục hồi đã có dữ liệu. Xin chọn một nơi còn trống; chương trình không ghi đè lên dữ liệu đang có.", file.string());
  // everything is proved before anything is touched
  if (const auto proved = check_archive(file); !proved) return proved;
  try {
    ArchiveZipReader zip(file);
    const Manifest manifest = Manifest::read(zip);
    const auto needed = migrations_of(manifest, migrations, file);
    if (!needed) return std::unexpected(needed.error());
    store.write([&](Writer& writer) { fill_store(dynamic_cast<EngineWriter&>(writer), zip, manifest, *needed); });
    if (const auto current = store.migrate(migrations); !current) return std::unexpected(current.error());
    return manifest.summary();
  } catch (const BrokenRow&) {
    return damaged(file);
  }
}

}  // namespace khuyenhoc::db
