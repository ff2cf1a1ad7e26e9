// Whether bytes are the ones that were written: of a migration, an archive, an attached file.
#pragma once

#include <string>
#include <string_view>

#include "platform/crypto/crypto.h"

namespace khuyenhoc::db {

using crypto::Digest;

Digest digest_of(std::string_view bytes);

// The digest of bytes that arrive in pieces: that of the digests of each million of them, so that nothing large is held.
class RunningDigest {
 public:
  void add(std::string_view piece);
  Digest finish();   // once, at the end

 private:
  void close_block();

  std::string block_;
  std::string digests_;
};

}  // namespace khuyenhoc::db
