// Secrets: random tokens, password hashes, sealed fields, blind indexes, signatures. One wrapper around libsodium.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace khuyenhoc::crypto {

using Bytes = std::vector<std::byte>;
using Digest = std::array<std::byte, 32>;
using Key = std::array<std::byte, 32>;

std::span<const std::byte> bytes_of(std::string_view text);
std::string hex(std::span<const std::byte> bytes);
std::string base64url(std::span<const std::byte> bytes);                 // without padding
std::optional<Bytes> from_base64url(std::string_view text);

Bytes random_bytes(std::size_t count);
std::string random_token();                                              // 256 bits, base64url: for sessions and links
std::string readable_code(std::size_t letters);                          // letters and digits that nobody confuses, for printed slips
Digest digest(std::span<const std::byte> bytes);                         // BLAKE2b-256
Digest keyed_digest(const Key& key, std::span<const std::byte> bytes);   // a message authentication code
bool equal_in_constant_time(std::span<const std::byte> a, std::span<const std::byte> b);

// Passwords: argon2id at 19 MiB and two passes. At most two hashes run at a time and a bounded number waits, so that a flood of sign-ins cannot eat the machine.
class PasswordHasher {
 public:
  struct Limits {
    int at_once = 2;
    int waiting = 64;
  };
  PasswordHasher();
  explicit PasswordHasher(Limits limits);
  ~PasswordHasher();
  Result<std::string> hash(std::string_view password);                                // "crypto.busy"
  // Takes as long for an unknown user (no stored hash) as for a wrong password.
  Result<bool> verify(const std::optional<std::string>& stored, std::string_view password);

 private:
  struct Gate;
  std::unique_ptr<Gate> gate_;
  std::string dummy_;
};

// Encrypts under a key of the caller's (XChaCha20-Poly1305, fresh nonce in front); `bound` is authenticated with it but not stored.
Bytes encrypt(const Key& key, std::string_view bound, std::span<const std::byte> plain);
std::optional<Bytes> decrypt(const Key& key, std::string_view bound, std::span<const std::byte> sealed);
Key random_key();

// Where a sealed field lives; bound into the ciphertext, so that it cannot be moved to another row.
struct Place {
  std::string_view table;
  std::int64_t row = 0;
  std::string_view column;
};

// The keys of one store. They live in a file beside the store, never in it; backups carry them only under a passphrase.
class KeyRing {
 public:
  static Result<KeyRing> open_or_create(const std::string& path);        // readable by its owner only
  static KeyRing for_tests();
  static KeyRing unkept();                                               // fresh keys that are written nowhere: for reading what needs none

  Bytes seal(const Place& place, std::span<const std::byte> plain) const;              // XChaCha20-Poly1305: key id, nonce, ciphertext
  std::optional<Bytes> unseal(const Place& place, std::span<const std::byte> sealed) const;
  Digest blind_index(std::string_view what, std::string_view value) const;             // to find a sealed value by equality, under a key of its own
  Digest token_key_digest(std::string_view token) const;                               // what the store keeps of a session token
  Bytes sign(std::span<const std::byte> message) const;                                // Ed25519
  bool verify(std::span<const std::byte> message, std::span<const std::byte> signature) const;
  Bytes public_key() const;
  // Text that only the passphrase opens again (argon2id), for backups.
  Result<Bytes> locked_under(std::string_view passphrase) const;
  static Result<KeyRing> unlocked(std::span<const std::byte> locked, std::string_view passphrase);
  Result<void> save(const std::string& path) const;

 private:
  std::uint32_t key_id_ = 1;
  Key sealing_{}, index_{}, token_{};
  std::array<std::byte, 32> signing_seed_{};
};

}  // namespace khuyenhoc::crypto
