#include "platform/db/postgres_value.h"

#include <bit>
#include <cmath>

#include <fmt/format.h>

#include "platform/db/engine.h"

namespace khuyenhoc::db {
namespace {

__extension__ using wide = __int128;

// The wire is big-endian.
template <class Unsigned>
void store(char* to, Unsigned bits) {
  for (std::size_t i = 0; i < sizeof(Unsigned); ++i) to[i] = static_cast<char>(static_cast<std::uint8_t>(bits >> (8 * (sizeof(Unsigned) - 1 - i))));
}

template <class Unsigned>
Unsigned load(std::string_view from) {
  Unsigned bits = 0;
  for (std::size_t i = 0; i < sizeof(Unsigned); ++i) bits = static_cast<Unsigned>((bits << 8) | static_cast<std::uint8_t>(from[i]));
  return bits;
}

template <class Signed>
void append(std::string& out, Signed number) {
  char bytes[sizeof(Signed)];
  store(bytes, static_cast<std::make_unsigned_t<Signed>>(number));
  out.append(bytes, sizeof bytes);
}

// numeric: a count of digits to base 10,000, the weight of the first, the sign, how many decimals are shown, the digits.
struct Numeric {
  int weight = 0;
  bool negative = false;
  bool finite = true;
  std::vector<int> digits;

  explicit Numeric(std::string_view raw) {
    const auto part = [&](std::size_t i) { return static_cast<std::int16_t>(load<std::uint16_t>(raw.substr(2 * i, 2))); };
    const int count = part(0);
    weight = part(1);
    const auto sign = static_cast<std::uint16_t>(part(2));
    negative = sign == 0x4000;
    finite = sign == 0 || sign == 0x4000;
    for (int i = 0; i < count; ++i) digits.push_back(part(4 + static_cast<std::size_t>(i)));
  }
  // None when it has decimals or is larger than 64 bits.
  std::optional<std::int64_t> whole() const {
    if (!finite || weight > 4 || static_cast<int>(digits.size()) > weight + 1) return std::nullopt;
    wide sum = 0;
    for (int i = 0; i <= weight; ++i) sum = sum * 10'000 + (i < static_cast<int>(digits.size()) ? digits[static_cast<std::size_t>(i)] : 0);
    if (negative) sum = -sum;
    if (sum < INT64_MIN || sum > INT64_MAX) return std::nullopt;
    return static_cast<std::int64_t>(sum);
  }
  double real() const {
    if (!finite) return std::nan("");
    double sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) sum += digits[i] * std::pow(10'000.0, weight - static_cast<int>(i));
    return negative ? -sum : sum;
  }
};

}  // namespace

Oid type_of(const Value& value) {
  struct Kind {
    Oid operator()(std::monostate) const { return postgres_type::undecided; }
    Oid operator()(std::int64_t) const { return postgres_type::int8; }
    Oid operator()(double) const { return postgres_type::float8; }
    Oid operator()(const std::string&) const { return postgres_type::text; }
    Oid operator()(const Blob&) const { return postgres_type::bytea; }
  };
  return std::visit(Kind{}, value.held());
}

PostgresParameters::PostgresParameters(const Values& values) : numbers_(values.size()), formats_(values.size(), 1) {
  types_.reserve(values.size());
  pointers_.reserve(values.size());
  lengths_.reserve(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Value& value = values[i];
    check_bindable(value);
    types_.push_back(type_of(value));
    const char* pointer = nullptr;
    std::size_t length = 0;
    if (const auto* whole = std::get_if<std::int64_t>(&value.held())) {
      store(numbers_[i].data(), static_cast<std::uint64_t>(*whole));
      pointer = numbers_[i].data();
      length = 8;
    } else if (const auto* real = std::get_if<double>(&value.held())) {
      store(numbers_[i].data(), std::bit_cast<std::uint64_t>(*real));
      pointer = numbers_[i].data();
      length = 8;
    } else if (const auto* text = std::get_if<std::string>(&value.held())) {
      pointer = text->c_str();
      length = text->size();
    } else if (const auto* blob = std::get_if<Blob>(&value.held())) {
      pointer = blob->empty() ? "" : reinterpret_cast<const char*>(blob->data());
      length = blob->size();
    }
    if (length > INT32_MAX / 2) throw Failure("a value of more than 1 GB cannot be stored");
    pointers_.push_back(pointer);
    lengths_.push_back(static_cast<int>(length));
  }
}

void append_int16(std::string& out, std::int16_t number) { append(out, number); }

void append_field(std::string& out, const Value& value, Oid column_type) {
  check_bindable(value);
  const auto mismatch = [&] { our_bug(fmt::format("copy_in: a value does not fit its column (type {})", column_type)); };
  if (std::holds_alternative<std::monostate>(value.held())) {
    append(out, std::int32_t{-1});
  } else if (const auto* whole = std::get_if<std::int64_t>(&value.held())) {
    if (column_type == postgres_type::int8) {
      append(out, std::int32_t{8});
      append(out, *whole);
    } else if (column_type == postgres_type::float8) {
      append(out, std::int32_t{8});
      append(out, static_cast<std::int64_t>(std::bit_cast<std::uint64_t>(static_cast<double>(*whole))));
    } else {
      mismatch();
    }
  } else if (const auto* real = std::get_if<double>(&value.held())) {
    if (column_type != postgres_type::float8) mismatch();
    append(out, std::int32_t{8});
    append(out, static_cast<std::int64_t>(std::bit_cast<std::uint64_t>(*real)));
  } else if (const auto* text = std::get_if<std::string>(&value.held())) {
    if (column_type != postgres_type::text) mismatch();
    append(out, static_cast<std::int32_t>(text->size()));
    out += *text;
  } else if (const auto* blob = std::get_if<Blob>(&value.held())) {
    if (column_type != postgres_type::bytea) mismatch();
    append(out, static_cast<std::int32_t>(blob->size()));
    out.append(reinterpret_cast<const char*>(blob->data()), blob->size());
  }
}

std::string_view PostgresRow::raw(int column) const {
  return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
}

void PostgresRow::wrong_kind(int column, std::string_view asked) const {
  our_bug(fmt::format("column {} (type {}{}) is not {}", column, PQftype(result_, column), is_null(column) ? ", NULL" : "", asked));
}

bool PostgresRow::is_null(int column) const {
  if (column < 0 || column >= columns()) our_bug(fmt::format("there is no column {}", column));
  return PQgetisnull(result_, row_, column) != 0;
}

std::int64_t PostgresRow::number(int column) const {
  if (is_null(column)) wrong_kind(column, "a whole number");
  const std::string_view value = raw(column);
  switch (PQftype(result_, column)) {
    case postgres_type::int8: return static_cast<std::int64_t>(load<std::uint64_t>(value));
    case postgres_type::int4: return static_cast<std::int32_t>(load<std::uint32_t>(value));
    case postgres_type::int2: return static_cast<std::int16_t>(load<std::uint16_t>(value));
    case postgres_type::boolean: return value[0] != 0;
    case postgres_type::numeric:
      if (const auto whole = Numeric(value).whole()) return *whole;
      break;
    default: break;
  }
  wrong_kind(column, "a whole number of 64 bits");
}

double PostgresRow::real(int column) const {
  if (is_null(column)) wrong_kind(column, "a number");
  switch (PQftype(result_, column)) {
    case postgres_type::float8: return std::bit_cast<double>(load<std::uint64_t>(raw(column)));
    case postgres_type::float4: return std::bit_cast<float>(load<std::uint32_t>(raw(column)));
    case postgres_type::numeric: return Numeric(raw(column)).real();
    default: return static_cast<double>(number(column));
  }
}

std::string_view PostgresRow::text(int column) const {
  if (is_null(column)) wrong_kind(column, "a text");
  switch (PQftype(result_, column)) {
    case postgres_type::text:
    case postgres_type::varchar:
    case postgres_type::bpchar:
    case postgres_type::name: return raw(column);
    default: wrong_kind(column, "a text");
  }
}

Value PostgresRow::value(int column) const {
  if (is_null(column)) return {};
  switch (PQftype(result_, column)) {
    case postgres_type::bytea: {
      const auto raw_bytes = bytes(column);
      return Blob(raw_bytes.begin(), raw_bytes.end());
    }
    case postgres_type::float8:
    case postgres_type::float4: return real(column);
    case postgres_type::text:
    case postgres_type::varchar:
    case postgres_type::bpchar:
    case postgres_type::name: return text(column);
    default: return number(column);
  }
}

std::span<const std::byte> PostgresRow::bytes(int column) const {
  if (is_null(column) || PQftype(result_, column) != postgres_type::bytea) wrong_kind(column, "bytes");
  return std::as_bytes(std::span(raw(column)));
}

}  // namespace khuyenhoc::db
