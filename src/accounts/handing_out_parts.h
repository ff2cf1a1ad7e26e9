// What the steps of handing out share: who is meant, the code on the slip, a person put into a post. Used by the .cpp files of this folder only.
#pragma once

#include "accounts/handing_out.h"

namespace khuyenhoc::accounts {

struct Code {
  std::string text, hash;
};
Result<Code> made_code(House& house);                    // "crypto.busy"

struct Somebody {
  std::optional<UserRow> known;                          // has an account
  std::string asks_whether;                              // the number belongs to this person, and nobody said that it is the same
  std::string name;
};
Somebody check_person(House& house, const PersonForm& person, bool same_person, FormErrors& errors);
std::optional<UserRow> account_of(House& house, const std::string& telephone);
bool closed_on(House& house, UserId user);               // today or on a day to come
std::string full_name(const UserRow& user);              // "Bà Trần Kim Liên"

struct Placed {
  UserId user;
  std::optional<Users::Slip> slip;
};
Result<Placed> place(House& house, db::Writer& writer, const Viewer& viewer, const PersonForm& person, const Somebody& who, const Code& code, PostHolding holding,
                     const std::string& sentence);

Outcome refused_in(const Refusal& refusal, std::string_view otherwise);

}  // namespace khuyenhoc::accounts
