// The rows of entering figures: confirmations, answers, reasons, waiting workbooks; and what the statements of many bodies look like at one glance.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "measures/periods.h"
#include "measures/statements.h"
#include "platform/db/db.h"
#include "platform/db/digest.h"

namespace khuyenhoc::reporting_sql {

// Over a list of bodies, which SQLite and PostgreSQL unpack differently: $1 is the list, as a JSON array.
struct ListQueries {
  std::string_view cells, stated, listed, reasons, texts;
};
const ListQueries& sqlite_lists();
const ListQueries& postgres_lists();

// The statements of a period, taken-back ones too: a cell that is filled in again must show that its last version was seen.
struct StoredCell {
  BodyId body;
  std::int64_t series = 0;              // as stored
  Extent extent = Extent::subtree;
  Period window;
  std::optional<std::int64_t> value;
  std::int64_t row_version = 0;
  UserId by;
  std::int64_t at_ms = 0;
};
std::vector<StoredCell> cells(db::Reader& reader, std::span<const BodyId> bodies, Period period);
// Which totals of the bodies are in force for windows that end on either day.
struct StatedFor {
  BodyId body;
  std::int64_t series = 0;              // as stored
  Period window;
};
std::vector<StatedFor> stated(db::Reader& reader, std::span<const BodyId> bodies, Day one, Day other);
struct ListedCount {
  BodyId body;
  std::int64_t listed = 0;
};
std::vector<ListedCount> listed(db::Reader& reader, std::span<const BodyId> bodies, std::int64_t stored_series, Day until);   // by records, not by totals

struct Confirmation {
  BodyId body;
  NamedPeriod period;                   // of a request its own: two forms may ask the same days
  UserId by;
  std::string by_name;
  std::int64_t at_ms = 0;
  std::int64_t figures = 0;             // how many were filled in
  std::int64_t row_version = 0;
};
std::optional<Confirmation> confirmation(db::Reader& reader, BodyId body, const NamedPeriod& period);
void confirm(db::Writer& writer, const Confirmation& given);

std::optional<Arrival> arrival_answer(db::Reader& reader, BodyId body, Period period);
void keep_arrival_answer(db::Writer& writer, BodyId body, Period period, Arrival arrival, UserId by, std::int64_t at_ms);

struct Reason {
  BodyId body;
  std::string measure, reason;
  UserId by;
  std::int64_t at_ms = 0;
};
std::vector<Reason> reasons(db::Reader& reader, std::span<const BodyId> bodies, Period period);
void keep_reason(db::Writer& writer, BodyId body, Period period, std::string_view measure, std::string_view reason, UserId by, std::int64_t at_ms);
void forget_reason(db::Writer& writer, BodyId body, Period period, std::string_view measure);

// Answers in words (entry_texts.h), by body and code of the question.
struct StoredText {
  BodyId body;
  std::string code, text;
  UserId by;
  std::int64_t at_ms = 0;
};
std::vector<StoredText> texts(db::Reader& reader, std::span<const BodyId> bodies, Period period);
void keep_text(db::Writer& writer, BodyId body, Period period, std::string_view code, std::string_view text, UserId by, std::int64_t at_ms);
void forget_text(db::Writer& writer, BodyId body, Period period, std::string_view code);

struct Upload {
  std::int64_t id = 0;
  BodyId body;
  Period period;
  db::Digest content{};
  std::string file_name;
  UserId by;
  std::int64_t at_ms = 0;
  std::optional<std::int64_t> written_ms;
};
void insert_upload(db::Writer& writer, const Upload& upload);
std::optional<Upload> upload(db::Reader& reader, std::int64_t id);
void mark_written(db::Writer& writer, std::int64_t id, std::int64_t at_ms);

}  // namespace khuyenhoc::reporting_sql
