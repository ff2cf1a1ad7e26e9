// What branches answer in words to the text questions of a form, typed on their short form. Associations write theirs in the report itself (report_texts).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "measures/statements.h"
#include "platform/db/db.h"

namespace khuyenhoc {

struct EntryText {
  BodyId body;
  std::string code;                     // of the block in the form: "r17_3"
  std::string text;
  UserId by;
  std::int64_t at_ms = 0;               // its version, too
};

// The answers of these bodies in the window, by body and code. For their forms, for whoever reads what came in, for reports that gather it.
std::vector<EntryText> entry_texts(db::Reader& reader, std::span<const BodyId> bodies, Period window);
const EntryText* find_entry_text(std::span<const EntryText> texts, BodyId body, std::string_view code);

inline constexpr std::size_t longest_entry_text = 4'000;      // characters

}  // namespace khuyenhoc
