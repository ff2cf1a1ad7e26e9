// Attached files, kept inside the store under the digest of their bytes: the same file twice is one. Who may see one is decided by the record that names it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/db/db.h"
#include "platform/db/digest.h"

namespace khuyenhoc::files {

inline constexpr std::size_t largest_file_bytes = 10 * 1024 * 1024;

// A file as it may be kept: its kind is what its bytes say, whatever its name or its sender claims.
struct Attachment {
  db::Digest digest{};
  std::string media_type;   // "application/pdf"
  std::string content;
};

// Refuses "file.empty", "file.too_large", "file.kind" (not a kind that is kept) and "file.not_what_it_says" (the bytes are of another kind than the name's
// ending); `place` of the refusal is the name.
Result<Attachment> accept(std::string content, std::string_view file_name);

void keep(db::Writer& writer, const Attachment& attachment, std::int64_t now_ms);   // nothing happens when the same bytes are there already
std::optional<Attachment> find(db::Reader& reader, const db::Digest& digest);
// What the bytes are, by their beginning (and, of a zip, its table of contents); empty when they are none of the kinds that are kept.
std::string_view media_type_of(std::string_view content);
// The file's name without folders and control characters, for a Content-Disposition and for the record that names it.
std::string safe_name(std::string_view file_name);

}  // namespace khuyenhoc::files
