#include "platform/crypto/crypto.h"

#include <filesystem>
#include <thread>

#include <gtest/gtest.h>
#include <unistd.h>

namespace khuyenhoc::crypto {
namespace {

std::string scratch(std::string_view name) {
  return (std::filesystem::temp_directory_path() / fmt::format("khuyenhoc-crypto-{}-{}", ::getpid(), name)).string();
}

TEST(Password, is_known_again_and_a_wrong_one_is_not) {
  PasswordHasher hasher;
  const auto stored = hasher.hash("mật khẩu của bà Liên");
  ASSERT_TRUE(stored);
  EXPECT_TRUE(stored->starts_with("$argon2id$v=19$m=19456,t=2"));
  EXPECT_TRUE(*hasher.verify(*stored, "mật khẩu của bà Liên"));
  EXPECT_FALSE(*hasher.verify(*stored, "mật khẩu của ông Sơn"));
  EXPECT_FALSE(*hasher.verify(std::nullopt, "mật khẩu của bà Liên"));
}

TEST(Password, a_flood_of_sign_ins_is_turned_away_politely) {
  PasswordHasher hasher({.at_once = 1, .waiting = 0});
  std::atomic<int> busy = 0;
  std::vector<std::jthread> people;
  for (int i = 0; i < 8; ++i)
    people.emplace_back([&] {
      const auto answer = hasher.verify(std::nullopt, "x");
      if (!answer && answer.error().code == "crypto.busy") ++busy;
    });
  people.clear();
  EXPECT_GT(busy, 0);
}

TEST(Sealed, a_field_opens_only_in_its_own_place) {
  const KeyRing ring = KeyRing::for_tests();
  const Place place{"app_user", 7, "telephone"};
  const Bytes sealed = ring.seal(place, bytes_of("0912345678"));
  const auto open = ring.unseal(place, sealed);
  ASSERT_TRUE(open);
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(open->data()), open->size()), "0912345678");
  EXPECT_FALSE(ring.unseal({"app_user", 8, "telephone"}, sealed));
  EXPECT_FALSE(ring.unseal({"app_user", 7, "name"}, sealed));
  Bytes bent = sealed;
  bent.back() ^= std::byte{1};
  EXPECT_FALSE(ring.unseal(place, bent));
  EXPECT_FALSE(KeyRing::for_tests().unseal(place, sealed));
}

TEST(Keys, are_kept_in_a_file_only_their_owner_reads) {
  const std::string path = scratch("keys");
  std::filesystem::remove(path);
  const auto made = KeyRing::open_or_create(path);
  ASSERT_TRUE(made);
  const auto again = KeyRing::open_or_create(path);
  ASSERT_TRUE(again);
  EXPECT_EQ(made->public_key(), again->public_key());
  EXPECT_EQ(std::filesystem::status(path).permissions(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  std::filesystem::resize_file(path, 20);
  EXPECT_EQ(KeyRing::open_or_create(path).error().code, "keys.form");
  std::filesystem::remove(path);
}

TEST(Keys, travel_only_under_a_passphrase) {
  const KeyRing ring = KeyRing::for_tests();
  EXPECT_EQ(ring.locked_under("ngắn").error().code, "keys.passphrase");
  const auto locked = ring.locked_under("ba con trâu ăn cỏ ngoài đê");
  ASSERT_TRUE(locked);
  EXPECT_EQ(KeyRing::unlocked(*locked, "ba con trâu ăn cỏ ngoài đê")->public_key(), ring.public_key());
  EXPECT_EQ(KeyRing::unlocked(*locked, "ba con bò ăn cỏ ngoài đê").error().code, "keys.passphrase");
}

TEST(Signature, covers_every_byte) {
  const KeyRing ring = KeyRing::for_tests();
  const Bytes signature = ring.sign(bytes_of("đầu chuỗi 17"));
  EXPECT_TRUE(ring.verify(bytes_of("đầu chuỗi 17"), signature));
  EXPECT_FALSE(ring.verify(bytes_of("đầu chuỗi 18"), signature));
}

TEST(Tokens, are_long_random_and_safe_in_addresses) {
  const std::string a = random_token();
  EXPECT_EQ(a.size(), 43U);
  EXPECT_NE(a, random_token());
  EXPECT_EQ(a.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), std::string::npos);
  EXPECT_EQ(from_base64url(a)->size(), 32U);
  EXPECT_TRUE(from_base64url(std::string_view())->empty());
  EXPECT_EQ(readable_code(8).find_first_of("0O1IL2Z5S"), std::string::npos);
}

}  // namespace
}  // namespace khuyenhoc::crypto
