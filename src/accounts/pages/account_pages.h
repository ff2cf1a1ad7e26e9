// What the pages of accounts show.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "access/audit.h"
#include "access/users.h"
#include "shell/house.h"

namespace khuyenhoc {

struct SignInForm {
  std::string telephone;
  std::string error;
  std::string error_place;                      // "telephone" or "password"
  std::string back;                             // where to go afterwards
  const std::vector<DemoSignIn>* demo = nullptr;
};

struct PasswordForm {
  bool must_change = false;                     // the code on the slip was used
  std::vector<std::pair<std::string, std::string>> errors;   // field, sentence
  std::string error_of(std::string_view field) const;
};

struct AccountRow {
  std::int64_t user = 0;
  std::string name, telephone, units;
  bool active = true;
  bool waits_for_first_sign_in = false;
};

struct TrailRow {
  std::int64_t position = 0;
  std::string when, who, unit, what, reason;
};

struct TrailPage {
  std::vector<TrailRow> rows;
  std::int64_t next_before = 0;                 // 0: no more
  std::int64_t entries = 0, sealed = 0, unsealed = 0;
  std::string head;
  bool good = true;
  std::int64_t first_bad = 0;
  std::string whole_at;                         // when the chain was last checked from its beginning
};

}  // namespace khuyenhoc
