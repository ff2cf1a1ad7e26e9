#include "platform/files/files.h"

namespace khuyenhoc::files {
namespace {

db::Value digest_value(const db::Digest& digest) { return db::Value(db::Blob(digest.begin(), digest.end())); }

constexpr std::string_view insert_attachment =
    "INSERT INTO attachment (digest, media_type, size, content, kept_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (digest) DO NOTHING";

}  // namespace

void keep(db::Writer& writer, const Attachment& attachment, std::int64_t now_ms) {
  writer.run(insert_attachment, {digest_value(attachment.digest), attachment.media_type, static_cast<std::int64_t>(attachment.content.size()),
                                 db::Value::bytes(attachment.content), now_ms});
}

namespace {

constexpr std::string_view select_attachment = "SELECT media_type, content FROM attachment WHERE digest = $1";

}  // namespace

std::optional<Attachment> find(db::Reader& reader, const db::Digest& digest) {
  return reader.first(select_attachment, {digest_value(digest)}, [&](const db::Row& row) {
    const auto content = row.bytes(1);
    return Attachment{digest, std::string(row.text(0)), std::string(reinterpret_cast<const char*>(content.data()), content.size())};
  });
}

}  // namespace khuyenhoc::files
