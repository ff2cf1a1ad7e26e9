// Rows as bytes, the same for both engines: how an archive keeps them.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "platform/db/db.h"

namespace khuyenhoc::db {

void append_row(std::string& out, const Values& row);

// Reads rows from bytes that arrive in pieces. Broken bytes throw BrokenRow.
struct BrokenRow {};
class RowSource {
 public:
  // Fills the buffer and says how much there was; 0 at the end.
  using Read = std::function<std::size_t(char* buffer, std::size_t size)>;
  explicit RowSource(Read read) : read_(std::move(read)) {}
  bool next(Values& row);   // false at the end

 private:
  bool fill(std::size_t needed);
  unsigned char byte();
  std::uint64_t varint();
  std::string_view take(std::size_t size);

  Read read_;
  std::string buffer_;
  std::size_t at_ = 0;
};

}  // namespace khuyenhoc::db
