#include "accounts/site_address.h"

#include <gtest/gtest.h>

namespace khuyenhoc {
namespace {

std::string from_host(std::string_view host) { return site_address(host, {}); }

class SiteAddress : public testing::Test {
 protected:
  ~SiteAddress() override { set_public_address({}); }
};

TEST_F(SiteAddress, Is_how_the_browser_came_here) {
  EXPECT_EQ(from_host("192.168.1.20:8080"), "http://192.168.1.20:8080");
  EXPECT_EQ(from_host("[::1]:8080"), "http://[::1]:8080");
  EXPECT_EQ(site_address("hoi.example.vn", "https"), "https://hoi.example.vn") << "behind a proxy";
}

TEST_F(SiteAddress, That_was_set_goes_before_what_a_browser_says) {
  set_public_address(*checked_public_address("https://hoi.example.vn/"));
  EXPECT_EQ(from_host("khac.example.vn"), "https://hoi.example.vn");
}

TEST_F(SiteAddress, Takes_no_host_that_is_more_than_a_name_and_a_port) {
  for (const std::string_view host : {"", "a b.vn", "hoi.vn/khac", "ai@hoi.vn", "hoi.vn:", "hoi.vn:0", "hoi.vn:99999", "hoi.vn:80:80", "[::1", "[::1]x", "-hoi.vn", "hoi..vn", "<b>"})
    EXPECT_EQ(from_host(host), "") << host;
}

TEST_F(SiteAddress, As_set_says_how_to_begin_and_has_no_path) {
  EXPECT_EQ(*checked_public_address(" http://10.0.0.5:8080 "), "http://10.0.0.5:8080");
  for (const std::string_view wrong : {"", "hoi.example.vn", "ftp://hoi.vn", "https://", "https://hoi.vn/khuyen-hoc", "https://ai@hoi.vn", "https://hoi.vn?x=1"}) {
    const auto refused = checked_public_address(wrong);
    ASSERT_FALSE(refused) << wrong;
    EXPECT_EQ(refused.error().code, "serve.public_address");
    EXPECT_EQ(refused.error().place, "--public-address");
  }
}

}  // namespace
}  // namespace khuyenhoc
