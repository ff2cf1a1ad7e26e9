// What the steps of the start count: bodies that can be called, posts held, accounts and their first sign-ins, steps put off.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/day.h"
#include "base/id.h"
#include "platform/db/db.h"

namespace khuyenhoc::starting_sql {

struct KnownContact {
  bool head = false, telephone = false;
};
std::unordered_map<BodyId, KnownContact> known_contacts(db::Reader& reader);
std::unordered_set<BodyId> bodies_with_post(db::Reader& reader, std::string_view post, Day day);

// An account waits for its slip, has one that was not used yet, or is in use.
enum class AccountState { no_slip, slip_unused, in_use };
struct KnownAccount {
  AccountState state = AccountState::no_slip;
  std::optional<std::int64_t> slip_until_ms;
};
std::unordered_map<UserId, KnownAccount> known_accounts(db::Reader& reader);

struct StoredPutOff {
  std::string step;
  UserId by;
  std::int64_t at_ms = 0;
};
std::vector<StoredPutOff> steps_put_off(db::Reader& reader, BodyId body);
std::int64_t keep_put_off(db::Writer& writer, BodyId body, const StoredPutOff& put_off);   // 0: it was put off already
std::int64_t forget_put_off(db::Writer& writer, BodyId body, std::string_view step);       // 0: it was not
std::optional<std::int64_t> begun_ms(db::Reader& reader);          // when this installation was begun by the first run; none where it was made otherwise

}  // namespace khuyenhoc::starting_sql
