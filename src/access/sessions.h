// Signing in and staying signed in: a random token in a cookie, its digest in the store, a viewer made from it at every request.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "access/users.h"

namespace khuyenhoc {

struct SignedIn {
  std::string token;                   // for the cookie; the store keeps only its digest
  bool must_change_password = false;
};

class Sessions {
 public:
  using CurrentOrganisation = std::function<OrganisationView()>;
  Sessions(Users& users, CurrentOrganisation organisation);

  // "sign_in.wrong" says the same for an unknown number and a wrong password; "sign_in.wait" after repeated failures; "sign_in.no_unit", "crypto.busy".
  Result<SignedIn> sign_in(std::string_view telephone, std::string_view password, std::string_view remote_address);
  std::optional<Viewer> viewer(std::string_view token);
  Result<void> act_for(std::string_view token, BodyId body);               // "session.unit" when the user holds nothing there
  void sign_out(std::string_view token);
  void forget_cached();                                                    // after grants, units or settings changed

 private:
  struct Cached { ViewerData data; std::int64_t until_ms = 0; };
  std::optional<ViewerData> load(db::Reader& reader, const db::Blob& digest, std::int64_t now_ms, bool& refresh);

  Users& users_;
  CurrentOrganisation organisation_;
  std::mutex mutex_;
  std::unordered_map<std::string, Cached> cached_;
};

}  // namespace khuyenhoc
