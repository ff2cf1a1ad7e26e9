// Strong identifiers: a 64-bit number that cannot be mistaken for the number of another kind of thing.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace khuyenhoc {

// Id<struct BodyTag>{7}; 0 means "none" and is never given out.
template <class Tag>
struct Id {
  std::int64_t value = 0;

  explicit operator bool() const { return value != 0; }
  auto operator<=>(const Id&) const = default;
};

using UnitId = Id<struct UnitTag>;    // an administrative unit of the territory
using BodyId = Id<struct BodyTag>;    // an organisation
using UserId = Id<struct UserTag>;    // a person who signs in

// The public name of a record, made by whoever creates it, so that offline entry and exchanged packages never collide.
// Version 7: the first 48 bits are milliseconds since 1970 (UTC), so records sort by when they were made.
struct Uuid {
  std::array<std::uint8_t, 16> bytes{};

  static Uuid make(std::int64_t now_ms);                       // version 7, random tail
  static std::optional<Uuid> parse(std::string_view text);    // 8-4-4-4-12, either case
  std::string text() const;
  auto operator<=>(const Uuid&) const = default;
};

}  // namespace khuyenhoc

template <class Tag>
struct std::hash<khuyenhoc::Id<Tag>> {
  std::size_t operator()(khuyenhoc::Id<Tag> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
