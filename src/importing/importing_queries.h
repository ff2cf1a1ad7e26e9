// The rows of imports: the batch with everything decided about it, what it wrote, and what headings were taken for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "importing/columns.h"
#include "importing/importing.h"
#include "platform/db/digest.h"

namespace khuyenhoc::importing {

enum class Choose : std::int64_t { good_rows = 1, all_or_none = 2 };

struct Batch {
  ImportRecord record;
  std::optional<UserId> on_behalf_of;
  db::Digest file{};
  std::string sheet;                          // chosen, or guessed
  int heading_row = 0;
  Matching matching;
  std::map<std::string, std::string> options; // canonical
  std::map<int, std::string> decisions;       // by row
  bool matched = false;                       // a person has agreed to the columns
  Choose choose = Choose::good_rows;
  std::string shown_digest;                   // of the verdicts that a person saw when they asked for the writing
  std::string note;                           // why it came back to be looked at again
  std::optional<std::int64_t> job;
  std::int64_t row_version = 1;
};

namespace sql {

void insert(db::Writer& writer, const Batch& batch);
// Everything that may change until it is written; false when somebody else changed it since `batch` was read.
bool update(db::Writer& writer, const Batch& batch);
std::optional<Batch> find(db::Reader& reader, ImportId id);
std::optional<std::int64_t> written_with(db::Reader& reader, const db::Digest& file, BodyId body, std::string_view kind);   // when this very file was written last
void mark_written(db::Writer& writer, const Batch& batch, const db::Digest& rows);
void mark_undone(db::Writer& writer, ImportId id, UserId by, std::int64_t at_ms);
std::vector<ImportRecord> of_body(db::Reader& reader, BodyId body, std::string_view kind, std::size_t limit);
std::vector<ImportRecord> that_wrote(db::Reader& reader, std::string_view kind, std::int64_t record);

void insert_rows(db::Writer& writer, const crypto::KeyRing& keys, ImportId batch, std::span<const ImportWritten> rows);
void delete_rows(db::Writer& writer, ImportId batch);
std::vector<ImportWritten> rows(db::Reader& reader, const crypto::KeyRing& keys, ImportId batch);
std::string stored_digest(std::span<const ImportWritten> rows, db::Digest& digest);   // hex and bytes, over number, verdict, record and before of each

Remembered remembered(db::Reader& reader, std::string_view kind, BodyId body);
void remember(db::Writer& writer, std::string_view kind, BodyId body, const Remembered& headings);

}  // namespace sql
}  // namespace khuyenhoc::importing
