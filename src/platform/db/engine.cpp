#include "platform/db/engine.h"

#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include "base/text.h"

namespace khuyenhoc::db {
namespace {

thread_local const ClosureMark* innermost = nullptr;

}  // namespace

void our_bug(const std::string& message) { throw std::logic_error(message); }

void check_bindable(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value.held())) {
    if (text->find('\0') != std::string::npos) throw Failure("a text with a NUL byte cannot be stored");
    if (!is_valid_utf8(*text)) throw Failure("a text that is not UTF-8 cannot be stored");
  } else if (const auto* real = std::get_if<double>(&value.held())) {
    if (std::isnan(*real)) throw Failure("NaN cannot be stored");
  }
}

void check_identifier(std::string_view name) {
  const bool plain = !name.empty() && name.size() <= 63 && (name.front() < '0' || name.front() > '9') &&
                     name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
  if (!plain) our_bug(fmt::format("“{}” is no name of a table, column or schema", name));
}

ClosureMark::ClosureMark(const Store* store, Kind kind, Reader* reader) : store_(store), kind_(kind), reader_(reader), outer_(innermost) { innermost = this; }

ClosureMark::~ClosureMark() { innermost = outer_; }

const ClosureMark* ClosureMark::of(const Store* store) {
  for (const ClosureMark* mark = innermost; mark != nullptr; mark = mark->outer_) {
    if (mark->store_ == store) return mark;
  }
  return nullptr;
}

void ClosureMark::refuse_inside_write(const Store* store, std::string_view what) {
  const ClosureMark* mark = of(store);
  if (mark != nullptr && mark->kind() == Kind::writing) our_bug(fmt::format("Store::{} was called inside a write() of the same store; use its Writer", what));
}

Value::Value(const Uuid& uuid) {
  const auto bytes = std::as_bytes(std::span(uuid.bytes));
  held_ = Blob(bytes.begin(), bytes.end());
}

Value Value::bytes(std::string_view raw) {
  const auto bytes = std::as_bytes(std::span(raw));
  return Value(Blob(bytes.begin(), bytes.end()));
}

Uuid Row::uuid(int column) const {
  const auto stored = bytes(column);
  Uuid uuid;
  if (stored.size() != uuid.bytes.size()) our_bug(fmt::format("column {} holds {} bytes, not a uuid", column, stored.size()));
  for (std::size_t i = 0; i < stored.size(); ++i) uuid.bytes[i] = std::to_integer<std::uint8_t>(stored[i]);
  return uuid;
}

std::optional<std::int64_t> Reader::first_number(std::string_view sql, const Values& values) {
  std::optional<std::int64_t> found;
  bool first = true;
  each(sql, values, [&](const Row& row) {
    if (first) found = row.maybe_number(0);
    first = false;
  });
  return found;
}

}  // namespace khuyenhoc::db
