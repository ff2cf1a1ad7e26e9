// People without an account who fill in one form through a link: known by the name they gave on that device.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "access/viewer.h"
#include "platform/db/db.h"
#include "platform/db/digest.h"

namespace khuyenhoc {

struct EntryVisitor {
  std::int64_t id = 0;
  std::int64_t link = 0;
  std::string name;                     // "Nguyễn Văn Bình", as typed in "Người ghi"
  std::int64_t at_ms = 0;
  // How they stand where a user is named (statement.by_user, the trail): no account has such a number.
  UserId user() const { return UserId{-id}; }
};

void insert_visitor(db::Writer& writer, const EntryVisitor& visitor, const db::Digest& secret);
void rename_visitor(db::Writer& writer, std::int64_t id, const std::string& name);
std::optional<EntryVisitor> find_visitor(db::Reader& reader, const db::Digest& secret);
std::optional<EntryVisitor> visitor_of(db::Reader& reader, UserId user);       // none for accounts
std::vector<EntryVisitor> visitors_of_link(db::Reader& reader, std::int64_t link);

// "Nguyễn Văn Bình, qua đường dẫn"
std::string visitor_words(const EntryVisitor& visitor);

}  // namespace khuyenhoc
