#include <gmock/gmock.h>

#include "platform/config/config.h"

namespace khuyenhoc::config {
namespace {

std::string code(std::string_view toml) {
  const auto settings = parse(toml);
  return settings ? "accepted" : settings.error().code;
}

TEST(Config, An_empty_file_means_the_usual_settings) {
  const auto settings = parse("").value();
  EXPECT_EQ(settings.data_directory, "data");
  EXPECT_EQ(settings.listen.text(), "127.0.0.1:8080");
  EXPECT_TRUE(settings.database.empty());
  EXPECT_FALSE(settings.smtp);
}

TEST(Config, Everything_can_be_set) {
  const auto settings = parse(R"(
data_directory = "/var/lib/khuyenhoc"
database = "postgresql://hkh@10.0.0.2/hkh?schema=daklak"
listen = "[::1]:9000"
public_address = "https://hoikhuyenhoc.example.vn/"
[smtp]
host = "mail.example.vn"
port = 465
security = "tls"
user = "hoi"
password_file = "/etc/khuyenhoc/smtp"
from = "hoi@example.vn"
)");
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_EQ(settings->data_directory, "/var/lib/khuyenhoc");
  EXPECT_EQ(settings->listen.address, "::1");
  EXPECT_EQ(settings->listen.port, 9000);
  EXPECT_EQ(settings->public_address, "https://hoikhuyenhoc.example.vn");
  EXPECT_EQ(settings->smtp->security, Smtp::Security::tls);
  EXPECT_EQ(settings->smtp->port, 465);
}

TEST(Config, What_is_wrong_is_named_with_its_place) {
  EXPECT_EQ(code("listen = 8080"), "config.kind");
  EXPECT_EQ(code("listen = \"ở nhà\""), "config.listen");
  EXPECT_EQ(code("liste = \"127.0.0.1:8080\""), "config.unknown");
  EXPECT_EQ(code("data_directory = "), "config.form");
  EXPECT_EQ(code("database = \"mysql://x\""), "config.kind");
  EXPECT_EQ(code("public_address = \"example.vn\""), "config.kind");
  EXPECT_EQ(code("smtp = 1"), "config.kind");
  EXPECT_EQ(code("[smtp]\nfrom = \"hoi@example.vn\""), "config.incomplete");
  EXPECT_EQ(code("[smtp]\nhost = \"m\"\nfrom = \"hoi@example.vn\"\nport = 70000"), "config.range");
  EXPECT_EQ(code("[smtp]\nhost = \"m\"\nfrom = \"hoi@example.vn\"\npassword = \"x\""), "config.unknown");
  const auto refused = parse("\n[smtp]\nhost = \"m\"\nfrom = \"hoi@example.vn\"\nport = \"25\"");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().place, "smtp.port");
  EXPECT_THAT(refused.error().message, testing::HasSubstr("dòng 5"));
  EXPECT_EQ(read("/không/có.toml").error().code, "config.file");
}

TEST(Config, Addresses_to_listen_on_are_read_as_people_write_them) {
  EXPECT_EQ(Listen::parse("8081")->text(), "127.0.0.1:8081");
  EXPECT_EQ(Listen::parse(":80")->text(), "0.0.0.0:80");
  EXPECT_EQ(Listen::parse("[::]:80")->text(), "[::]:80");
  EXPECT_EQ(Listen::parse("localhost:0")->port, 0);   // any free port, as tests ask for
  for (const std::string_view wrong : {"", ":", "::1:80", "a:b", "127.0.0.1:99999", "[]:80", "127.0.0.1:80x", "a b:80"}) EXPECT_FALSE(Listen::parse(wrong)) << wrong;
}

}  // namespace
}  // namespace khuyenhoc::config
