#include "platform/db/digest.h"

namespace khuyenhoc::db {
namespace {

constexpr std::size_t block_size = 1'000'000;

}  // namespace

Digest digest_of(std::string_view bytes) { return crypto::digest(std::as_bytes(std::span(bytes))); }

void RunningDigest::close_block() {
  const Digest digest = digest_of(block_);
  digests_.append(reinterpret_cast<const char*>(digest.data()), digest.size());
  block_.clear();
}

void RunningDigest::add(std::string_view piece) {
  while (!piece.empty()) {
    const std::string_view fits = piece.substr(0, block_size - block_.size());
    block_ += fits;
    piece.remove_prefix(fits.size());
    if (block_.size() == block_size) close_block();
  }
}

Digest RunningDigest::finish() {
  close_block();
  return digest_of(digests_);
}

}  // namespace khuyenhoc::db
