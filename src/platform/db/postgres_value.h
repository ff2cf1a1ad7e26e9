// Values on the wire of PostgreSQL, in its binary form, so that no number is printed and read back.
#pragma once

#include <string>
#include <vector>

#include <libpq-fe.h>

#include "platform/db/db.h"

namespace khuyenhoc::db {

namespace postgres_type {
inline constexpr Oid undecided = 0;
inline constexpr Oid boolean = 16;
inline constexpr Oid bytea = 17;
inline constexpr Oid name = 19;
inline constexpr Oid int8 = 20;
inline constexpr Oid int2 = 21;
inline constexpr Oid int4 = 23;
inline constexpr Oid text = 25;
inline constexpr Oid float4 = 700;
inline constexpr Oid float8 = 701;
inline constexpr Oid bpchar = 1042;
inline constexpr Oid varchar = 1043;
inline constexpr Oid numeric = 1700;
}  // namespace postgres_type

Oid type_of(const Value& value);   // undecided for NULL

// The parameters of one call. Points into `values`, which must outlive it.
class PostgresParameters {
 public:
  explicit PostgresParameters(const Values& values);

  int count() const { return static_cast<int>(pointers_.size()); }
  const std::vector<Oid>& types() const { return types_; }
  const char* const* pointers() const { return pointers_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  std::vector<Oid> types_;
  std::vector<std::array<char, 8>> numbers_;
  std::vector<const char*> pointers_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
};

// Appends one field of a binary COPY row, in the type of its column.
void append_field(std::string& out, const Value& value, Oid column_type);
void append_int16(std::string& out, std::int16_t number);

class PostgresRow : public Row {
 public:
  PostgresRow(const PGresult* result, int row) : result_(result), row_(row) {}

  bool is_null(int column) const override;
  std::int64_t number(int column) const override;
  double real(int column) const override;
  std::string_view text(int column) const override;
  std::span<const std::byte> bytes(int column) const override;
  int columns() const override { return PQnfields(result_); }
  Value value(int column) const override;

 private:
  std::string_view raw(int column) const;
  [[noreturn]] void wrong_kind(int column, std::string_view asked) const;

  const PGresult* result_;
  int row_;
};

}  // namespace khuyenhoc::db
