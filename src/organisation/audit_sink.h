// Where a change of a body is told to the trail. The trail itself lives above this folder, so whoever makes a change hands its sink down.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "organisation/organisation.h"
#include "platform/db/db.h"

namespace khuyenhoc {

struct ChangeNote {
  BodyId body;
  std::string_view noun;                // "body", "post", "contact", "letterhead", "restructure"
  std::int64_t record = 0;
  std::string_view action;              // "found", "rename", "move", "end", "void", "restore", "appoint", …
  std::string before_json, after_json;  // empty when there was nothing
  std::string reason;
  std::string personal_json;            // {"before":…,"after":…} of personal fields, for the encrypted part of the trail; empty when there are none
};

// Called inside the transaction of the change itself.
using AuditSink = std::function<void(db::Writer&, const ChangeNote&)>;

// The stored state of a body as the trail keeps it.
std::string json_of(const Body& body);
std::string json_text(std::string_view text);   // quoted and escaped

}  // namespace khuyenhoc
