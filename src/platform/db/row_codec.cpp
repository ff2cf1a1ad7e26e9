#include "platform/db/row_codec.h"

#include <algorithm>
#include <bit>

namespace khuyenhoc::db {
namespace {

enum class Tag : unsigned char { null = 0, whole = 1, real = 2, text = 3, blob = 4 };

constexpr std::size_t piece_size = 1 << 18;
constexpr std::uint64_t most_columns = 1'000;
constexpr std::uint64_t longest_value = 1 << 30;

void append_varint(std::string& out, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) out += static_cast<char>(number | 0x80);
  out += static_cast<char>(number);
}

void append_tag(std::string& out, Tag tag) { out += static_cast<char>(tag); }

// Small negative numbers stay short: 0, -1, 1, -2 … become 0, 1, 2, 3 …
std::uint64_t zigzag(std::int64_t number) { return (static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63); }
std::int64_t from_zigzag(std::uint64_t bits) { return static_cast<std::int64_t>((bits >> 1) ^ (~(bits & 1) + 1)); }

}  // namespace

void append_row(std::string& out, const Values& row) {
  append_varint(out, row.size());
  for (const Value& value : row) {
    if (const auto* whole = std::get_if<std::int64_t>(&value.held())) {
      append_tag(out, Tag::whole);
      append_varint(out, zigzag(*whole));
    } else if (const auto* real = std::get_if<double>(&value.held())) {
      append_tag(out, Tag::real);
      const auto bits = std::bit_cast<std::uint64_t>(*real);
      for (int shift = 0; shift < 64; shift += 8) out += static_cast<char>(static_cast<std::uint8_t>(bits >> shift));
    } else if (const auto* text = std::get_if<std::string>(&value.held())) {
      append_tag(out, Tag::text);
      append_varint(out, text->size());
      out += *text;
    } else if (const auto* blob = std::get_if<Blob>(&value.held())) {
      append_tag(out, Tag::blob);
      append_varint(out, blob->size());
      out.append(reinterpret_cast<const char*>(blob->data()), blob->size());
    } else {
      append_tag(out, Tag::null);
    }
  }
}

bool RowSource::fill(std::size_t needed) {
  while (buffer_.size() - at_ < needed) {
    buffer_.erase(0, at_);
    at_ = 0;
    const std::size_t held = buffer_.size();
    buffer_.resize(held + std::max(piece_size, std::min(needed, 4 * piece_size)));   // a length that lies must not cost its memory
    const std::size_t got = read_(buffer_.data() + held, buffer_.size() - held);
    buffer_.resize(held + got);
    if (got == 0) return false;
  }
  return true;
}

unsigned char RowSource::byte() {
  if (!fill(1)) throw BrokenRow{};
  return static_cast<unsigned char>(buffer_[at_++]);
}

std::uint64_t RowSource::varint() {
  std::uint64_t number = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    const std::uint64_t part = byte();
    number |= (part & 0x7F) << shift;
    if (part < 0x80) return number;
  }
  throw BrokenRow{};
}

std::string_view RowSource::take(std::size_t size) {
  if (!fill(size)) throw BrokenRow{};
  const std::string_view taken(buffer_.data() + at_, size);
  at_ += size;
  return taken;
}

bool RowSource::next(Values& row) {
  row.clear();
  if (!fill(1)) return false;
  const std::uint64_t columns = varint();
  if (columns > most_columns) throw BrokenRow{};
  for (std::uint64_t i = 0; i < columns; ++i) {
    const auto tag = static_cast<Tag>(byte());
    if (tag == Tag::null) {
      row.emplace_back();
    } else if (tag == Tag::whole) {
      row.emplace_back(from_zigzag(varint()));
    } else if (tag == Tag::real) {
      const std::string_view raw = take(8);
      std::uint64_t bits = 0;
      for (std::size_t b = 0; b < 8; ++b) bits |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(raw[b])) << (8 * b);
      row.emplace_back(std::bit_cast<double>(bits));
    } else if (tag == Tag::text || tag == Tag::blob) {
      const std::uint64_t size = varint();
      if (size > longest_value) throw BrokenRow{};
      const std::string_view raw = take(static_cast<std::size_t>(size));
      row.push_back(tag == Tag::text ? Value(raw) : Value::bytes(raw));
    } else {
      throw BrokenRow{};
    }
  }
  return true;
}

}  // namespace khuyenhoc::db
