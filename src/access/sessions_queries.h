// The rows of sessions and of failed sign-ins.
#pragma once

#include <optional>
#include <string>

#include "access/viewer.h"
#include "platform/db/db.h"

namespace khuyenhoc::sessions_sql {

struct StoredSession {
  UserId user;
  std::string csrf;
  BodyId acting_for;
  std::optional<UserId> on_behalf_of;
  std::int64_t seen_ms = 0;
  std::int64_t expires_ms = 0;
};

void insert(db::Writer& writer, const db::Blob& token_digest, const StoredSession& session, std::int64_t now_ms);
std::optional<StoredSession> find(db::Reader& reader, const db::Blob& token_digest, std::int64_t now_ms);
void see(db::Writer& writer, const db::Blob& token_digest, std::int64_t seen_ms, std::int64_t expires_ms);
void act_for(db::Writer& writer, const db::Blob& token_digest, BodyId body, std::optional<UserId> on_behalf_of);
void end(db::Writer& writer, const db::Blob& token_digest);
void end_all_of(db::Writer& writer, UserId user);
void forget_expired(db::Writer& writer, std::int64_t now_ms);

struct Failures {
  std::int64_t count = 0;
  std::int64_t last_ms = 0;
};
Failures failures(db::Reader& reader, const db::Blob& key_digest);
void set_failures(db::Writer& writer, const db::Blob& key_digest, Failures failures);
void forget_failures(db::Writer& writer, const db::Blob& key_digest);

}  // namespace khuyenhoc::sessions_sql
