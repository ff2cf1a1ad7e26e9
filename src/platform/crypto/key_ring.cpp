#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include "platform/crypto/crypto.h"

namespace khuyenhoc::crypto {
namespace {

constexpr std::string_view file_mark = "khuyenhoc-keys-1";
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t keys_size = 4 * 32;
constexpr std::size_t salt_size = crypto_pwhash_SALTBYTES;

unsigned char* raw(std::byte* bytes) { return reinterpret_cast<unsigned char*>(bytes); }
const unsigned char* raw(const std::byte* bytes) { return reinterpret_cast<const unsigned char*>(bytes); }

std::string associated_data(const Place& place) {
  std::string out(place.table);
  out += '\0';
  out += std::to_string(place.row);
  out += '\0';
  out += place.column;
  return out;
}

std::optional<Key> passphrase_key(std::string_view passphrase, std::span<const std::byte> salt) {
  Key key;
  if (crypto_pwhash(raw(key.data()), key.size(), passphrase.data(), passphrase.size(), raw(salt.data()), crypto_pwhash_OPSLIMIT_MODERATE, 64U << 20,
                    crypto_pwhash_ALG_ARGON2ID13) != 0)
    return std::nullopt;
  return key;
}

Bytes read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  Bytes out;
  char c = 0;
  while (in.get(c) && out.size() < 4096) out.push_back(static_cast<std::byte>(c));
  return out;
}

}  // namespace

Bytes encrypt(const Key& key, std::string_view associated, std::span<const std::byte> plain) {
  Bytes out(nonce_size + plain.size() + tag_size);
  randombytes_buf(out.data(), nonce_size);
  crypto_aead_xchacha20poly1305_ietf_encrypt(raw(out.data() + nonce_size), nullptr, raw(plain.data()), plain.size(),
                                             reinterpret_cast<const unsigned char*>(associated.data()), associated.size(), nullptr, raw(out.data()),
                                             raw(key.data()));
  return out;
}

std::optional<Bytes> decrypt(const Key& key, std::string_view associated, std::span<const std::byte> sealed) {
  if (sealed.size() < nonce_size + tag_size) return std::nullopt;
  Bytes out(sealed.size() - nonce_size - tag_size);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(out.data()), nullptr, nullptr, raw(sealed.data() + nonce_size), sealed.size() - nonce_size,
                                                 reinterpret_cast<const unsigned char*>(associated.data()), associated.size(), raw(sealed.data()),
                                                 raw(key.data())) != 0)
    return std::nullopt;
  return out;
}

Key random_key() {
  Key key;
  randombytes_buf(key.data(), key.size());
  return key;
}

KeyRing KeyRing::for_tests() {
  if (sodium_init() < 0) std::abort();
  KeyRing ring;
  for (auto* key : {&ring.sealing_, &ring.index_, &ring.token_, &ring.signing_seed_}) randombytes_buf(key->data(), key->size());
  return ring;
}

KeyRing KeyRing::unkept() { return for_tests(); }

Result<KeyRing> KeyRing::open_or_create(const std::string& path) {
  if (!std::filesystem::exists(path)) {
    KeyRing ring = for_tests();   // fresh random keys are the same thing in both cases
    if (auto saved = ring.save(path); !saved) return std::unexpected(saved.error());
    return ring;
  }
  const Bytes held = read_file(path);
  if (held.size() != file_mark.size() + keys_size || std::memcmp(held.data(), file_mark.data(), file_mark.size()) != 0)
    return refuse("keys.form", "Tệp khóa “" + path + "” không đúng định dạng. Xin khôi phục tệp này từ bản sao lưu.");
  KeyRing ring;
  const std::byte* at = held.data() + file_mark.size();
  for (auto* key : {&ring.sealing_, &ring.index_, &ring.token_, &ring.signing_seed_}) {
    std::copy_n(at, 32, key->begin());
    at += 32;
  }
  if (sodium_init() < 0) std::abort();
  return ring;
}

Result<void> KeyRing::save(const std::string& path) const {
  Bytes all(file_mark.size());
  std::memcpy(all.data(), file_mark.data(), file_mark.size());
  for (const auto* key : {&sealing_, &index_, &token_, &signing_seed_}) all.insert(all.end(), key->begin(), key->end());
  const auto refused = [&] { return refuse("keys.write", "Không ghi được tệp khóa “" + path + "”. Xin xem lại quyền ghi và chỗ trống của ổ đĩa."); };
  const std::string fresh = path + ".new";
  const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return refused();
  const bool written = ::write(file, all.data(), all.size()) == static_cast<ssize_t>(all.size()) && ::fsync(file) == 0;
  ::close(file);
  if (!written || std::rename(fresh.c_str(), path.c_str()) != 0) return refused();
  return {};
}

Bytes KeyRing::seal(const Place& place, std::span<const std::byte> plain) const {
  Bytes out(4);
  std::memcpy(out.data(), &key_id_, 4);
  const Bytes cipher = encrypt(sealing_, associated_data(place), plain);
  out.insert(out.end(), cipher.begin(), cipher.end());
  return out;
}

std::optional<Bytes> KeyRing::unseal(const Place& place, std::span<const std::byte> sealed) const {
  std::uint32_t id = 0;
  if (sealed.size() < 4) return std::nullopt;
  std::memcpy(&id, sealed.data(), 4);
  if (id != key_id_) return std::nullopt;
  return decrypt(sealing_, associated_data(place), sealed.subspan(4));
}

Digest KeyRing::blind_index(std::string_view what, std::string_view value) const {
  std::string text(what);
  text += '\0';
  text += value;
  return keyed_digest(index_, bytes_of(text));
}

Digest KeyRing::token_key_digest(std::string_view token) const { return keyed_digest(token_, bytes_of(token)); }

Bytes KeyRing::sign(std::span<const std::byte> message) const {
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> open{};
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};
  crypto_sign_seed_keypair(open.data(), secret.data(), raw(signing_seed_.data()));
  Bytes out(crypto_sign_BYTES);
  crypto_sign_detached(raw(out.data()), nullptr, raw(message.data()), message.size(), secret.data());
  return out;
}

Bytes KeyRing::public_key() const {
  Bytes open(crypto_sign_PUBLICKEYBYTES);
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};
  crypto_sign_seed_keypair(raw(open.data()), secret.data(), raw(signing_seed_.data()));
  return open;
}

bool KeyRing::verify(std::span<const std::byte> message, std::span<const std::byte> signature) const {
  const Bytes open = public_key();
  return signature.size() == crypto_sign_BYTES && crypto_sign_verify_detached(raw(signature.data()), raw(message.data()), message.size(), raw(open.data())) == 0;
}

Result<Bytes> KeyRing::locked_under(std::string_view passphrase) const {
  if (passphrase.size() < 12) return refuse("keys.passphrase", "Câu mật khẩu bảo vệ khóa cần ít nhất 12 ký tự.");
  Bytes salt = random_bytes(salt_size);
  const auto key = passphrase_key(passphrase, salt);
  if (!key) return refuse("keys.memory", "Máy không đủ bộ nhớ để khóa bản sao lưu. Xin đóng bớt chương trình rồi thử lại.");
  Bytes all;
  for (const auto* one : {&sealing_, &index_, &token_, &signing_seed_}) all.insert(all.end(), one->begin(), one->end());
  const Bytes cipher = encrypt(*key, file_mark, all);
  salt.insert(salt.end(), cipher.begin(), cipher.end());
  return salt;
}

Result<KeyRing> KeyRing::unlocked(std::span<const std::byte> locked, std::string_view passphrase) {
  if (sodium_init() < 0) std::abort();
  const auto wrong = [] { return refuse("keys.passphrase", "Câu mật khẩu bảo vệ khóa không đúng, hoặc bản sao lưu đã hỏng."); };
  if (locked.size() < salt_size) return wrong();
  const auto key = passphrase_key(passphrase, locked.first(salt_size));
  if (!key) return wrong();
  const auto all = decrypt(*key, file_mark, locked.subspan(salt_size));
  if (!all || all->size() != keys_size) return wrong();
  KeyRing ring;
  const std::byte* at = all->data();
  for (auto* one : {&ring.sealing_, &ring.index_, &ring.token_, &ring.signing_seed_}) {
    std::copy_n(at, 32, one->begin());
    at += 32;
  }
  return ring;
}

}  // namespace khuyenhoc::crypto
