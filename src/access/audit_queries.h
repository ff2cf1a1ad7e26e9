// The rows of the trail, its seals and the keys of persons.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "access/audit.h"

namespace khuyenhoc::audit_sql {

std::int64_t count_entries(db::Reader& reader);
std::int64_t count_entries_after(db::Reader& reader, std::int64_t position);
void insert_entry(db::Writer& writer, const AuditEntry& entry, const db::Blob& canonical);

struct Columns {                       // the index columns of an entry, which must agree with its canonical bytes
  std::int64_t position = 0, at_ms = 0;
  UserId user;
  std::optional<UserId> on_behalf_of;
  BodyId body;
  std::string noun;
  std::int64_t record = 0;
  std::string action;
};
using OnEntry = std::function<void(const Columns&, std::span<const std::byte> canonical)>;
void each_after(db::Reader& reader, std::int64_t position, std::int64_t limit, const OnEntry& visit);
void each_between(db::Reader& reader, std::int64_t first, std::int64_t last, const OnEntry& visit);
void each_of_record(db::Reader& reader, std::string_view noun, std::int64_t record, const OnEntry& visit);
void each_before(db::Reader& reader, std::int64_t position, std::int64_t limit, const OnEntry& visit);
void each_of_body_before(db::Reader& reader, BodyId body, std::int64_t position, std::int64_t limit, const OnEntry& visit);

struct Seal {
  std::int64_t first = 0, last = 0;     // positions, both included
  std::int64_t entries = 0;             // how many lie in between
  std::int64_t at_ms = 0;
  db::Blob head, signature;
  bool operator==(const Seal&) const = default;
};
std::optional<Seal> last_seal(db::Reader& reader);
std::optional<Seal> seal_beginning_at(db::Reader& reader, std::int64_t position);
std::vector<Seal> seals_after(db::Reader& reader, std::int64_t position);      // 0: all
void insert_seal(db::Writer& writer, const Seal& seal);

std::optional<db::Blob> person_key(db::Reader& reader, std::string_view noun, std::int64_t record);
void insert_person_key(db::Writer& writer, std::string_view noun, std::int64_t record, const db::Blob& sealed);
void delete_person_key(db::Writer& writer, std::string_view noun, std::int64_t record);

}  // namespace khuyenhoc::audit_sql
