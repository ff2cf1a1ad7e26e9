#include "platform/http/forms.h"

#include <gmock/gmock.h>

namespace khuyenhoc::http {
namespace {

using ::testing::ElementsAre;

TEST(Urlencoded, Names_and_values_are_decoded_in_their_order) {
  const auto fields = parse_urlencoded("ten=H%C3%B2a+An&so=1%2B2&ten=B&trong=&&le");
  ASSERT_TRUE(fields);
  EXPECT_EQ(fields->size(), 5U);
  EXPECT_THAT(fields->all("ten"), ElementsAre("Hòa An", "B"));
  EXPECT_EQ(fields->value("so"), "1+2");
  EXPECT_EQ(fields->find("trong"), "");
  EXPECT_EQ(fields->find("le"), "");
  EXPECT_FALSE(fields->has("khac"));
}

TEST(Urlencoded, Broken_bytes_are_refused_with_a_reason) {
  for (const char* broken : {"a=%", "a=%4", "a=%zz", "a=%00", "a=%ff%fe", "%ff=1", "a=\xff"}) {
    const auto fields = parse_urlencoded(broken);
    ASSERT_FALSE(fields) << broken;
    EXPECT_EQ(fields.error().code, "http.broken_encoding");
  }
  FormLimits limits;
  limits.fields = 2;
  EXPECT_EQ(parse_urlencoded("a&b&c", limits).error().code, "http.too_many_fields");
  limits.name_bytes = 3;
  EXPECT_EQ(parse_urlencoded("abcd=1", limits).error().code, "http.long_field_name");
}

TEST(Cookies, What_others_have_set_does_not_hide_ours) {
  const Fields cookies = parse_cookies("_ga=GA1.2; phien=abc123;bad; =x; q=\"1 2\"");
  EXPECT_EQ(cookies.value("phien"), "abc123");
  EXPECT_EQ(cookies.value("q"), "1 2");
  EXPECT_EQ(cookies.size(), 3U);
}

const std::string two_parts =
    "--X\r\nContent-Disposition: form-data; name=\"ten\"\r\n\r\nHòa An\r\n"
    "--X\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"C:\\so\\lieu \\\"1\\\".xlsx\"\r\nContent-Type: application/vnd.ms-excel\r\n\r\n\x01\r\n--Y\r\n\x02\r\n"
    "--X--\r\n";

TEST(Multipart, Fields_and_files_are_told_apart) {
  const auto form = parse_multipart(two_parts, "X");
  ASSERT_TRUE(form);
  EXPECT_EQ(form->fields.value("ten"), "Hòa An");
  ASSERT_EQ(form->files.size(), 1U);
  EXPECT_EQ(form->files[0].name, "tep");
  EXPECT_EQ(form->files[0].content_type, "application/vnd.ms-excel");
  EXPECT_EQ(form->files[0].content, "\x01\r\n--Y\r\n\x02");
}

TEST(Multipart, A_file_name_never_holds_a_folder) {
  const auto form = parse_multipart("--X\r\nContent-Disposition: form-data; name=a; filename=\"../../etc/passwd\"\r\n\r\nx\r\n--X--", "X");
  ASSERT_TRUE(form);
  EXPECT_EQ(form->files.at(0).file_name, "passwd");
}

TEST(Multipart, An_empty_file_box_is_no_file) {
  const auto form = parse_multipart("--X\r\nContent-Disposition: form-data; name=\"a\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n--X--\r\n", "X");
  ASSERT_TRUE(form);
  EXPECT_TRUE(form->files.empty());
  EXPECT_FALSE(form->fields.has("a"));
}

TEST(Multipart, Every_cut_of_a_body_is_refused_and_never_read_beyond) {
  const std::size_t whole = two_parts.size() - 2;     // the last line end may be missing
  for (std::size_t length = 0; length < whole; ++length) EXPECT_FALSE(parse_multipart(std::string(two_parts, 0, length), "X")) << length;
  EXPECT_TRUE(parse_multipart(std::string(two_parts, 0, whole), "X"));
}

TEST(Multipart, Parts_without_a_name_and_too_many_files_are_refused) {
  EXPECT_FALSE(parse_multipart("--X\r\nContent-Type: text/plain\r\n\r\nx\r\n--X--", "X"));
  EXPECT_FALSE(parse_multipart("--X\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--X--", "X"));
  EXPECT_FALSE(parse_multipart("--X\r\nContent-Disposition: form-data; name=a\r\n\r\n\xff\r\n--X--", "X"));
  FormLimits limits;
  limits.files = 0;
  EXPECT_EQ(parse_multipart(two_parts, "X", limits).error().code, "http.too_many_files");
}

TEST(Multipart, The_boundary_comes_from_the_content_type) {
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=----WebKit1"), "----WebKit1");
  EXPECT_EQ(multipart_boundary("Multipart/Form-Data; charset=utf-8; boundary=\"a b\""), "a b");
  for (const char* wrong : {"multipart/form-data", "multipart/form-data; boundary=", "text/plain; boundary=x", ""}) EXPECT_FALSE(multipart_boundary(wrong)) << wrong;
  EXPECT_FALSE(multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'x')));
}

TEST(Segment, A_slash_in_a_segment_stays_inside_it) {
  EXPECT_EQ(decoded_segment("a%2Fb+c"), "a/b+c");
  EXPECT_FALSE(decoded_segment("a%00"));
}

}  // namespace
}  // namespace khuyenhoc::http
