// The trail of every change: who, on whose behalf, when, for which body, what before and after, why. Append-only, sealed in log order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/viewer.h"
#include "platform/db/db.h"

namespace khuyenhoc {

struct AuditEntry {
  std::int64_t position = 0;
  std::int64_t at_ms = 0;
  UserId user;
  std::optional<UserId> on_behalf_of;
  BodyId body;
  std::string noun;                     // "statement", "body", "user", "restructure", …
  std::int64_t record = 0;
  std::string action;                   // "state", "create", "rename", "sign_in", …
  std::string before_json, after_json;  // what changed, as stored; empty when there was nothing
  std::string reason;
};

// Writes the entry in the transaction of the change itself.
void audit(db::Writer& writer, const Viewer& viewer, BodyId body, std::string_view noun, std::int64_t record, std::string_view action,
           std::string before_json, std::string after_json, std::string reason = {});
// For changes made by the program itself (generate, import from the command line).
void audit_by_program(db::Writer& writer, std::int64_t now_ms, BodyId body, std::string_view noun, std::int64_t record, std::string_view action,
                      std::string before_json, std::string after_json, std::string reason);

}  // namespace khuyenhoc
