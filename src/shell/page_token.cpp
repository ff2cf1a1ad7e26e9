#include "shell/page_token.h"

#include "platform/crypto/crypto.h"

namespace khuyenhoc {
namespace {

constexpr std::size_t token_bytes = 32;

std::string unmasked(std::string_view sent) {
  auto bytes = crypto::from_base64url(sent);
  if (!bytes || bytes->size() != 2 * token_bytes) return std::string(sent);
  crypto::Bytes plain;
  for (std::size_t i = 0; i < token_bytes; ++i) plain.push_back((*bytes)[i] ^ (*bytes)[token_bytes + i]);
  return crypto::base64url(plain);
}

}  // namespace

std::string masked_token(std::string_view token) {
  const auto plain = crypto::from_base64url(token);
  if (!plain || plain->size() != token_bytes) return std::string(token);
  crypto::Bytes out = crypto::random_bytes(token_bytes);
  for (std::size_t i = 0; i < token_bytes; ++i) out.push_back(out[i] ^ (*plain)[i]);
  return crypto::base64url(out);
}

bool carries_token(const http::Request& request, std::string_view token) {
  const std::string_view in_header = request.header("X-CSRF-Token");
  const std::string in_form = request.text("csrf");
  const std::string sent = unmasked(in_header.empty() ? std::string_view(in_form) : in_header);
  return crypto::equal_in_constant_time(crypto::bytes_of(sent), crypto::bytes_of(token));
}

}  // namespace khuyenhoc
