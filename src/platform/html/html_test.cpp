#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "platform/html/render.h"
#include "platform/html/sample_test.html.h"

namespace khuyenhoc {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

SamplePage sample() {
  return {"Hội <Ea Kar> & \"bạn\"", {"Thôn 1", "Buôn <b>"}, Url::local("/viec?x=1&y=2"), Day::of(2026, 11, 22), JsonText(boost::json::object{{"x", "</script><!--"}})};
}

std::string page_text(const SamplePage& page, int start = 1) { return platform_html_pages::sample_test(page, start).text(); }

TEST(SafeHtml, Text_is_escaped_and_safe_html_is_not_escaped_again) {
  SafeHtml name("<b>A & B's \"x\"</b>");
  EXPECT_EQ(name.text(), "&lt;b&gt;A &amp; B&#39;s &quot;x&quot;&lt;/b&gt;");
  SafeHtml outer("<");
  outer.append(name);
  EXPECT_EQ(outer.text(), "&lt;" + name.text());
}

TEST(SafeHtml, Long_text_without_special_characters_is_kept_whole) {
  EXPECT_EQ(SafeHtml("Hội Khuyến học xã Ea Kar").text(), "Hội Khuyến học xã Ea Kar");
  EXPECT_EQ(SafeHtml("").text(), "");
}

template <class T>
concept CanBeWritten = requires(SafeHtml& out, const T& value) { html::append_value(out, value); };
template <class T>
concept CanBeALink = requires(SafeHtml& out, const T& value) { html::append_link(out, value); };
template <class T>
concept CanBeAPartOfALink = requires(SafeHtml& out, const T& value) { html::append_link_part(out, value); };

TEST(Render, What_has_no_safe_form_does_not_compile) {
  EXPECT_TRUE(CanBeWritten<std::string> && CanBeWritten<int> && CanBeWritten<BodyId> && CanBeWritten<Day> && CanBeWritten<Money>);
  EXPECT_FALSE(CanBeWritten<bool> || CanBeWritten<double> || CanBeWritten<char> || CanBeWritten<std::vector<int>>);
  EXPECT_TRUE(CanBeALink<Url>);
  EXPECT_FALSE(CanBeALink<std::string> || CanBeALink<std::string_view> || CanBeALink<SafeHtml>);
  EXPECT_TRUE(CanBeAPartOfALink<std::string> && CanBeAPartOfALink<UnitId>);
  EXPECT_FALSE(CanBeAPartOfALink<SafeHtml> || CanBeAPartOfALink<bool>);
}

TEST(Template, Text_is_escaped_in_text_and_in_attributes) {
  const std::string text = page_text(sample());
  EXPECT_THAT(text, HasSubstr("<title>Hội &lt;Ea Kar&gt; &amp; &quot;bạn&quot;</title>"));
  EXPECT_THAT(text, HasSubstr("value=\"Hội &lt;Ea Kar&gt; &amp; &quot;bạn&quot;\">"));
  EXPECT_THAT(text, HasSubstr("<h1 title=\"Xem Hội &lt;Ea Kar&gt; &amp; &quot;bạn&quot;\">Việc cần làm</h1>"));
  EXPECT_THAT(text, HasSubstr("<li>1. <b>Buôn &lt;b&gt;</b> <i>Buôn &lt;b&gt;</i></li>"));
}

TEST(Template, A_message_holds_numbers_text_and_named_blocks) {
  EXPECT_THAT(page_text(sample()), HasSubstr("<p class=\"lead many\">Có 2 chi hội ở <strong>Hội &lt;Ea Kar&gt; &amp; &quot;bạn&quot;</strong>.</p>"));
}

TEST(Template, A_link_is_a_url_or_a_path_with_encoded_parts) {
  const std::string text = page_text(sample());
  EXPECT_THAT(text, HasSubstr("<a href=\"/viec?x=1&amp;y=2\">"));
  EXPECT_THAT(text, HasSubstr("<a href=\"/tim?q=H%E1%BB%99i%20%3CEa%20Kar%3E%20%26%20%22b%E1%BA%A1n%22&amp;trang=1\">"));
  EXPECT_THAT(text, HasSubstr("hx-get=\"/don-vi/H%E1%BB%99i%20%3CEa%20Kar%3E%20%26%20%22b%E1%BA%A1n%22\""));
}

TEST(Template, Data_for_an_island_cannot_end_its_block) {
  const std::string text = page_text(sample());
  EXPECT_THAT(text, HasSubstr(R"(<script type="application/json" id="chart">{"x":"\u003c/script\u003e\u003c!--"}</script>)"));
  EXPECT_THAT(text, HasSubstr("hx-vals=\"{&quot;x&quot;:&quot;&lt;/script&gt;&lt;!--&quot;}\""));
}

TEST(Template, Conditions_loops_and_empty_loops_choose_what_is_shown) {
  SamplePage page = sample();
  EXPECT_THAT(page_text(page), Not(HasSubstr("Chưa có chi hội nào.")));
  EXPECT_THAT(page_text(page), HasSubstr("<option value=\"1\" selected>22/11/2026</option>"));
  page.rows.clear();
  page.back.reset();
  EXPECT_THAT(page_text(page), HasSubstr("<ul><li>Chưa có chi hội nào.</li></ul>"));
  EXPECT_THAT(page_text(page), HasSubstr("<p>Không có trang trước.</p>"));
  EXPECT_THAT(page_text(page, 6), HasSubstr("<p>1.234.567</p>"));
}

TEST(Template, White_space_between_blocks_goes_and_between_words_stays) {
  const std::string text = page_text(sample());
  EXPECT_TRUE(text.starts_with("<!doctype html><html lang=\"vi\"><head><title>")) << text;
  EXPECT_THAT(text, HasSubstr("Về trang trước</a> <a href"));
  EXPECT_THAT(text, Not(HasSubstr("  ")));
}

TEST(Template, Numbers_are_written_as_they_are_typed_in_English_too) {
  SamplePage page = sample();
  page.back.reset();
  const LanguageScope english(Language::english);
  EXPECT_THAT(page_text(page, 6), HasSubstr("<p>1.234.567</p>"));
  EXPECT_THAT(page_text(page, 6), HasSubstr("<html lang=\"en\">"));
}

TEST(Url, Only_paths_of_ours_https_telephones_and_mail_become_links) {
  EXPECT_EQ(Url::local("/viec?x=1")->text(), "/viec?x=1");
  for (const char* wrong : {"//evil.example", "/\\evil.example", "javascript:alert(1)", "viec", "", "/a b", "/a\nb", "https://x"}) EXPECT_FALSE(Url::local(wrong)) << wrong;
  EXPECT_TRUE(Url::website("https://khuyenhoc.vn/x"));
  for (const char* wrong : {"http://khuyenhoc.vn", "https://", "https://a@b.vn/", "javascript:x", "https:///x", "https://a b"}) EXPECT_FALSE(Url::website(wrong)) << wrong;
  EXPECT_EQ(Url::telephone("0912 345.678")->text(), "tel:0912345678");
  EXPECT_FALSE(Url::telephone("gọi tôi"));
  EXPECT_EQ(Url::mail("hoi@khuyenhoc.vn")->text(), "mailto:hoi@khuyenhoc.vn");
  for (const char* wrong : {"a@", "@b", "a@b?bcc=c@d", "a b@c", "a@b@c"}) EXPECT_FALSE(Url::mail(wrong)) << wrong;
}

TEST(Url, Values_are_encoded_where_they_are_put) {
  EXPECT_EQ(Url("/so-lieu").with("ky", "2026 H1&x").with("trang", 2).text(), "/so-lieu?ky=2026%20H1%26x&trang=2");
  EXPECT_EQ(Url("/a#b").with("c", 1).text(), "/a?c=1#b");
  EXPECT_EQ(path("/don-vi/{}/so/{}", BodyId{7}, "a/../b").text(), "/don-vi/7/so/a%2F..%2Fb");
  EXPECT_EQ(path("/x/{}", "..").text(), "/x/%2E%2E");
}

}  // namespace
}  // namespace khuyenhoc
