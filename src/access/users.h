// People who sign in: by telephone number, with what they act for and what they may do. The office above hands out and resets their access.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/viewer.h"
#include "base/clock.h"
#include "platform/crypto/crypto.h"
#include "platform/db/db.h"

namespace khuyenhoc {

// As stored (base/telephone.h).
Result<std::string> normalised_telephone(std::string_view typed);          // "user.telephone"
// Twelve characters or more, or eight with letters and digits; not the telephone number. "user.password"
Result<void> acceptable_password(std::string_view password, std::string_view telephone);

struct NewUser {
  std::string telephone;
  std::string salutation;                // "Ông", "Bà", "Anh", "Chị"
  std::string name;                      // "Trần Kim Liên"
  std::vector<ActingUnit> units;
  std::vector<Grant> grants;
  Day from;
};

struct UserRow {
  UserId id;
  std::string salutation, name, telephone;
  bool active = true;
  bool must_change = false;
  std::vector<ActingUnit> units;
  std::int64_t row_version = 1;
};

class Users {
 public:
  Users(db::Store& store, const crypto::KeyRing& keys, crypto::PasswordHasher& hasher, Clock clock);

  // Hashes are made before the transaction, because they take long.
  Result<std::string> hash(std::string_view password) { return hasher_.hash(password); }
  // `password_hash` none: the account waits for its first slip. "user.telephone", "user.telephone_taken", "user.name"
  Result<UserId> add(db::Writer& writer, const NewUser& user, const std::optional<std::string>& password_hash);
  // A code printed on a slip, good for seven days, to be changed at the first sign-in. All open sessions of the user end.
  struct Slip { UserId user; std::string name; std::string telephone; std::string code; Day until; };
  Result<Slip> reset(db::Writer& writer, UserId user, const std::string& code, const std::string& code_hash);
  Result<void> change_password(db::Writer& writer, UserId user, const std::string& new_hash);
  Result<void> set_active(db::Writer& writer, UserId user, bool active);
  void set_large_type(db::Writer& writer, UserId user, bool large);
  void set_language(db::Writer& writer, UserId user, Language language);
  Result<void> deputise(db::Writer& writer, UserId deputy, UserId for_user, BodyId body, Day from, Day until);

  std::optional<UserId> find_by_telephone(db::Reader& reader, std::string_view telephone);
  // Those who act for a body in the scope, by given name.
  std::vector<UserRow> list(db::Reader& reader, const Scope& scope);
  std::optional<UserRow> row(db::Reader& reader, UserId user);

  const crypto::KeyRing& keys() const { return keys_; }
  crypto::PasswordHasher& hasher() { return hasher_; }
  const Clock& clock() const { return clock_; }
  db::Store& store() { return store_; }

 private:
  db::Store& store_;
  const crypto::KeyRing& keys_;
  crypto::PasswordHasher& hasher_;
  Clock clock_;
};

}  // namespace khuyenhoc
