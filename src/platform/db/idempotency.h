// A form or an API call that arrives twice is done once: its key and its answer are kept in the transaction of its effect.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "platform/db/db.h"

namespace khuyenhoc::db {

// What makes a request itself: the key its sender gave it (with the sender's own id in front, so that nobody meets another's), and what it asks for.
struct RequestKey {
  std::string key;
  std::string asked;   // the method, the address and the body, as received
};

// What was answered under this key; none when it is new. Refuses "request.key_reused" when the key came before with something else to do.
Result<std::optional<std::string>> answered_before(Reader& reader, const RequestKey& request);
void keep_answer(Writer& writer, const RequestKey& request, std::string_view answer, std::int64_t now_ms);

// Runs `body` and keeps its answer, or returns the answer kept before without running it. A refused body keeps nothing: the form may be mended and sent again.
Result<std::string> answer_once(Store& store, const RequestKey& request, std::int64_t now_ms, const std::function<Result<std::string>(Writer&)>& body);

// Nobody sends a form again after so long; returns how many answers were forgotten.
std::int64_t forget_answers(Writer& writer, std::int64_t before_ms);

}  // namespace khuyenhoc::db
