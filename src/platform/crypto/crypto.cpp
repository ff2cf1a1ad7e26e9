#include "platform/crypto/crypto.h"

#include <cstdlib>
#include <cstring>

#include <sodium.h>

namespace khuyenhoc::crypto {
namespace {

void ready() {
  static const bool done = [] {
    if (sodium_init() < 0) std::abort();
    return true;
  }();
  (void)done;
}

const unsigned char* raw(std::span<const std::byte> bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }
unsigned char* raw(Bytes& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

}  // namespace

std::span<const std::byte> bytes_of(std::string_view text) { return std::as_bytes(std::span(text.data(), text.size())); }

std::string hex(std::span<const std::byte> bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const auto byte : bytes) {
    out += digits[std::to_integer<unsigned>(byte) >> 4];
    out += digits[std::to_integer<unsigned>(byte) & 15U];
  }
  return out;
}

std::string base64url(std::span<const std::byte> bytes) {
  ready();
  std::string out(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(out.data(), out.size(), raw(bytes), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  out.pop_back();   // the closing NUL
  return out;
}

std::optional<Bytes> from_base64url(std::string_view text) {
  ready();
  if (text.empty()) return Bytes();   // libsodium takes no null pointer
  Bytes out(text.size());
  std::size_t length = 0;
  if (sodium_base642bin(raw(out), out.size(), text.data(), text.size(), nullptr, &length, nullptr, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
    return std::nullopt;
  out.resize(length);
  return out;
}

Bytes random_bytes(std::size_t count) {
  ready();
  Bytes out(count);
  randombytes_buf(out.data(), out.size());
  return out;
}

std::string random_token() { return base64url(random_bytes(32)); }

std::string readable_code(std::size_t letters) {
  ready();
  static constexpr std::string_view alphabet = "ABCDEFGHKMNPQRTUVXY346789";   // no 0/O, 1/I/L, 2/Z, 5/S
  std::string out;
  for (std::size_t i = 0; i < letters; ++i) out += alphabet[randombytes_uniform(static_cast<std::uint32_t>(alphabet.size()))];
  return out;
}

Digest digest(std::span<const std::byte> bytes) {
  ready();
  Digest out;
  crypto_generichash(reinterpret_cast<unsigned char*>(out.data()), out.size(), raw(bytes), bytes.size(), nullptr, 0);
  return out;
}

Digest keyed_digest(const Key& key, std::span<const std::byte> bytes) {
  ready();
  Digest out;
  crypto_generichash(reinterpret_cast<unsigned char*>(out.data()), out.size(), raw(bytes), bytes.size(), raw(key), key.size());
  return out;
}

bool equal_in_constant_time(std::span<const std::byte> a, std::span<const std::byte> b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace khuyenhoc::crypto
