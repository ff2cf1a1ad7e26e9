// What people write, paste and try: as blocks of a paper, and as HTML that is safe to show.
#include "platform/markdown/markdown.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "base/text.h"

namespace khuyenhoc::markdown {
namespace {

using document::BulletList;
using document::Paragraph;
using document::Table;
using document::Weight;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

std::string page(std::string_view text) { return to_html(text).text(); }

TEST(Markdown, A_new_line_is_a_new_line_and_a_blank_line_a_new_paragraph) {
  const auto blocks = to_blocks("Dòng một\ndòng hai\n\nĐoạn hai");
  ASSERT_THAT(blocks, SizeIs(2));
  EXPECT_EQ(std::get<Paragraph>(blocks[0]).text.plain(), "Dòng một\ndòng hai");
  EXPECT_EQ(std::get<Paragraph>(blocks[1]).text.plain(), "Đoạn hai");
  EXPECT_EQ(page("Dòng một\ndòng hai"), "<p>Dòng một<br>\ndòng hai</p>\n");
}

TEST(Markdown, Lists_become_what_administrative_papers_use) {
  const auto blocks = to_blocks("- Khuyến học\n  + Gia đình học tập\n- Khuyến tài\n\n1. Củng cố tổ chức\n2. Vận động quỹ");
  ASSERT_THAT(blocks, SizeIs(5));
  EXPECT_THAT(std::get<BulletList>(blocks[0]).items, SizeIs(1));
  EXPECT_EQ(std::get<Paragraph>(blocks[1]).text.plain(), "+ Gia đình học tập");
  EXPECT_EQ(std::get<BulletList>(blocks[2]).items.at(0).plain(), "Khuyến tài");
  EXPECT_EQ(std::get<Paragraph>(blocks[3]).text.plain(), "1. Củng cố tổ chức");
  EXPECT_EQ(std::get<Paragraph>(blocks[4]).text.plain(), "2. Vận động quỹ");
}

TEST(Markdown, A_plus_under_a_dash_is_the_second_level_without_being_indented) {
  const auto blocks = to_blocks("- Khuyến học\n+ Gia đình học tập");
  ASSERT_THAT(blocks, SizeIs(2));
  EXPECT_EQ(std::get<Paragraph>(blocks[1]).text.plain(), "+ Gia đình học tập");
}

TEST(Markdown, Bold_and_italic_keep_their_weight) {
  const auto blocks = to_blocks("Có **rất nhiều** và *một ít* và ***cả hai***");
  const auto& runs = std::get<Paragraph>(blocks.at(0)).text.runs;
  ASSERT_THAT(runs, SizeIs(6));
  EXPECT_EQ(runs[1].weight, Weight::bold);
  EXPECT_EQ(runs[3].weight, Weight::italic);
  EXPECT_EQ(runs[5].weight, Weight::bold_italic);
  EXPECT_THAT(page("**đậm**"), HasSubstr("<b>đậm</b>"));
}

TEST(Markdown, A_small_table_has_a_head_and_even_rows) {
  const auto blocks = to_blocks("| Xã | Hội viên |\n|---|---|\n| Ea Kar | 120 |\n| Ea Ô |");
  const auto& table = std::get<Table>(blocks.at(0));
  EXPECT_EQ(table.head.at(0).at(1).text, "Hội viên");
  ASSERT_THAT(table.rows, SizeIs(2));
  EXPECT_THAT(table.rows[1].cells, SizeIs(2));
  EXPECT_EQ(table.rows[0].cells[1].text.plain(), "120");
}

TEST(Markdown, Nothing_in_it_is_ever_markup_or_a_link) {
  const std::string shown = page("<script>alert(1)</script> <b onclick=x>a</b>\n\n[bấm](javascript:alert(1)) ![ảnh](http://x/y.png) <http://z> `<i>`\n\n<div>\nkhối\n</div>");
  EXPECT_THAT(shown, Not(HasSubstr("<script")));
  EXPECT_THAT(shown, Not(HasSubstr("<b onclick")));
  EXPECT_THAT(shown, Not(HasSubstr("<div>")));
  EXPECT_THAT(shown, Not(HasSubstr("href")));
  EXPECT_THAT(shown, Not(HasSubstr("<img")));
  EXPECT_THAT(shown, HasSubstr("&lt;script&gt;"));
  EXPECT_THAT(shown, HasSubstr("bấm"));
}

TEST(Markdown, Quotes_stand_in_quotes_and_in_papers_as_plain_paragraphs) {
  EXPECT_EQ(page("> **Xã Ea Kar:**\n>\n> - Một\n> - Hai\n\nHết"),
            "<blockquote>\n<p><b>Xã Ea Kar:</b></p>\n<ul>\n<li>Một</li>\n<li>Hai</li>\n</ul>\n</blockquote>\n<p>Hết</p>\n");
  EXPECT_THAT(to_blocks("> Một\n\nHai"), SizeIs(2));
  EXPECT_EQ(quoted("a\n\nb"), "> a\n>\n> b");
}

TEST(Markdown, Nested_lists_are_closed_where_they_end) {
  EXPECT_EQ(page("- a\n  - b\n- c"), "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>\n");
  EXPECT_EQ(page("- a\n\n  thêm\n\n3. b"), "<ul>\n<li>a<p>thêm</p>\n</li>\n</ul>\n<ol start=\"3\">\n<li>b</li>\n</ol>\n");
}

TEST(Markdown, Braces_are_filled_as_runs_and_as_text) {
  auto parts = parts_of("Có **{{B01}}** hội viên, {{ B02: so sánh }}; {{hỏng");
  fill_braces(parts, [](std::string_view inside) { return document::Run{.text = "<" + std::string(inside) + ">", .link = "/so-lieu/1"}; });
  const auto& runs = parts.at(0).text.runs;
  ASSERT_THAT(runs, SizeIs(5));
  EXPECT_EQ(runs[1].text, "<B01>");
  EXPECT_EQ(runs[1].weight, Weight::bold);
  EXPECT_EQ(runs[3].text, "< B02: so sánh >");
  EXPECT_EQ(runs[4].text, "; {{hỏng");
  EXPECT_THAT(to_html(parts).text(), HasSubstr("<a href=\"/so-lieu/1\"><b>&lt;B01&gt;</b></a>"));
  EXPECT_THAT(to_editor_html(parts).text(), Not(HasSubstr("href")));
  fill_braces(parts = parts_of("**{{B01}}**"), [](std::string_view) { return document::Run{.text = "120", .link = "{{B01}}"}; });
  EXPECT_EQ(to_editor_html(parts).text(), "<p><b><span data-token=\"{{B01}}\">120</span></b></p>\n");
  EXPECT_EQ(with_braces_filled("a {{x}} b {{{y}} {{z", [](std::string_view inside) { return "[" + std::string(inside) + "]"; }), "a [x] b [{y] {{z");
}

TEST(Markdown, Characters_written_as_entities_are_read) { EXPECT_EQ(page("A &amp; B &#7841; &#x1EA1; &copy; &#0;"), "<p>A &amp; B ạ ạ &amp;copy; &amp;#0;</p>\n"); }

TEST(Markdown, An_excerpt_ends_with_a_whole_word) {
  EXPECT_EQ(plain("## Đầu\n\n- **Một** hai\n- ba", 100), "Đầu Một hai ba");
  EXPECT_EQ(plain("Một hai ba bốn", 9), "Một hai…");
}

TEST(Markdown, Escaped_text_reads_as_it_was) {
  for (const std::string text : {"tăng 120 hội viên (2,1%)", "*sao* _gạch_ [x](y) <b> & | ~", "1. một", "2026) x", "- gạch", "# thăng", "+ cộng", "a\\b"}) {
    const auto parts = parts_of(escaped(text));
    ASSERT_THAT(parts, SizeIs(1)) << text;
    EXPECT_EQ(parts[0].kind, Part::Kind::paragraph) << text;
    EXPECT_EQ(parts[0].text.plain(), text);
  }
}

TEST(Markdown, Whatever_is_typed_gives_balanced_html) {
  rc::check("html closes what it opens", [] {
    static const std::vector<std::string> pieces = {"- ", "+ ", "1. ", "> ", "\n", "\n\n", "  ", "**", "*", "|", "|---|---|\n", "# ", "a", "ạ", "<b>", "{{", "}}", "&", "`", "    ", "\\", "[", "](", ")", "---\n", "=\n"};
    std::string text;
    for (const auto index : *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, pieces.size()))) text += pieces[index];
    const std::string shown = page(text);
    std::vector<std::string> open;
    for (std::size_t at = shown.find('<'); at != std::string::npos; at = shown.find('<', at + 1)) {
      const std::size_t end = shown.find('>', at);
      RC_ASSERT(end != std::string::npos);
      std::string tag = shown.substr(at + 1, end - at - 1);
      if (tag == "br") continue;
      if (tag.starts_with('/')) {
        RC_ASSERT(!open.empty() && open.back() == tag.substr(1));
        open.pop_back();
      } else {
        open.push_back(tag.substr(0, tag.find(' ')));
      }
    }
    RC_ASSERT(open.empty());
    to_blocks(text);
  });
}

}  // namespace
}  // namespace khuyenhoc::markdown
