#include <cstdio>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cpp_strings.h"
#include "template_generator.h"

namespace khuyenhoc::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

struct BadTemplate {
  const char* text;
  int line;
  const char* complaint;
};

// Everything the language refuses, and the line it names.
const BadTemplate bad_templates[] = {
    {"<p>\n  Việc cần làm</p>", 2, "not marked for translation: write [[Việc cần làm]]"},
    {"<p>OK</p>", 1, "not marked for translation"},
    {"<input placeholder=\"Tìm\">", 1, "placeholder=\"[[…]]\""},
    {"<img alt=\"{% if x %}Bản đồ{% end %}\" src=\"/a.png\">", 1, "alt=\"…\" is not marked"},
    {"<p>{{ x ? \"Có\" : \"\" }}</p>", 1, "write tr(\"Có\")"},
    {"<script>let x = 1;</script>", 1, "script without src"},
    {"<script src=\"/a.js\">{{ x }}</script>", 1, "{% json"},
    {"<script src=\"/a.js\">1</script>", 1, "no text may stand inside <script>"},
    {"<style>\np {}</style>", 1, "<style> does not run"},
    {"<p\n style=\"width: {{ x }}\">", 2, "use a class"},
    {"<p style=\"color: red\"></p>", 1, "use a class"},
    {"<a onclick=\"{{ x }}\">", 1, "listen from an island"},
    {"<a hx-on:click=\"x()\">", 1, "listen from an island"},
    {"<iframe srcdoc=\"{{ x }}\"></iframe>", 1, "srcdoc"},
    {"<p class={{ x }}>", 1, "into quotes"},
    {"<p class=lead>", 1, "into quotes"},
    {"<p {{ x }}></p>", 1, "quoted attribute value"},
    {"<{{ x }}></p>", 1, "write &lt;"},
    {"<a href=\"javascript:x()\"></a>", 1, "not to javascript"},
    {"<a href=\"//evil.example/\"></a>", 1, "a link goes to"},
    {"<a href=\"https://{{ x }}\"></a>", 1, "stands behind a path"},
    {"<a href=\"//{{ x }}\"></a>", 1, "stands behind a path"},
    {"<a href=\"x{{ x }}\"></a>", 1, "stands behind a path"},
    {"<a href=\"{% if a %}/x{% end %}{{ x }}\"></a>", 1, "begins differently by branch"},
    {"<a href=\"[[Xem]]\"></a>", 1, "may not stand in href"},
    {"<img srcset=\"{{ x }}\">", 1, "srcset"},
    {"<p hx-vals='{\"a\": {{ x }}}'></p>", 1, "one expression of type JsonText"},
    {"<p hx-vals='js:x()'></p>", 1, "may not hold a script"},
    {"<div><p></div>", 1, "</div> stands where <p> is still open"},
    {"<div>\n{% if x %}\n</div>{% end %}", 3, "the condition begins inside <div>"},
    {"<div>", 1, "<div> is still open"},
    {"</div>", 1, "closes nothing"},
    {"<div/>", 1, "write <div></div>"},
    {"{% if x %}\n<p></p>", 1, "never closed with {% end %}"},
    {"{% end %}", 1, "closes nothing"},
    {"{% else %}", 1, "{% else %} without"},
    {"{% for x in y %}<p>{% end %}", 1, "the loop begins"},
    {"{% if a %}<b>{% else %}<i>{% end %}", 1, "one branch ends"},
    {"{% if %}{% end %}", 1, "needs a condition"},
    {"{% for x of y %}{% end %}", 1, "{% for row in page.rows %}"},
    {"{% raw x %}", 1, "unknown statement {% raw %}"},
    {"<p></p>\n{% param int x %}", 2, "top of the file"},
    {"{{ x", 1, "never closed with }}"},
    {"{{ }}", 1, "empty braces"},
    {"[[Có {{ n }} việc", 1, "never closed with ]]"},
    {"[[Xem <b>này</b>]]", 1, "a message holds only text"},
    {"[[a &nbsp; b]]", 1, "the character itself"},
    {"{# nothing", 1, "comment is never closed"},
    {"{% json \"a b\" x %}", 1, "letters, digits and -"},
    {"<p title=\"{% json \"a\" x %}\"></p>", 1, "may not stand inside title"},
    {"{% block a b %}{% end %}", 1, "write {% block name %}"},
    {"{% block a %}<p>{% end %}</p>", 1, "at the end of the block <p> is still open"},
    {"{% call row %}", 1, "with its arguments"},
    {"{% include x %}", 1, "{% include \"folder/header.h\" %}"},
    {"{% partial row %}{% end %}", 1, "{% partial row(const Row& row) %}"},
};

TEST(Template_language, Whatever_could_break_a_page_is_refused_with_its_line) {
  for (const BadTemplate& bad : bad_templates) {
    try {
      compile_template("x/pages/bad.html", bad.text);
      ADD_FAILURE() << "accepted: " << bad.text;
    } catch (const TemplateError& error) {
      EXPECT_THAT(error.what(), HasSubstr(bad.complaint)) << bad.text;
      EXPECT_EQ(error.line, bad.line) << bad.text << ": " << error.what();
    }
  }
}

std::string body_of(const char* text) {
  const std::string source = compile_template("x/pages/good.html", text).source;
  const std::size_t start = source.find("{\n", source.find("append_good"));
  return source.substr(start, source.find("#line 1 \"x/") - start);
}

TEST(Template_language, An_error_of_the_program_names_file_and_line) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / ("templates_" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) + "_" + std::to_string(std::hash<std::string>{}(TEMPLATE_COMPILER)));
  std::filesystem::create_directories(folder / "src/x/pages");
  std::ofstream(folder / "src/x/pages/bad.html") << "<p>\n{{ x }}\nChưa dịch</p>";
  const std::string command = std::string(TEMPLATE_COMPILER) + " " + (folder / "src").string() + " " + (folder / "out").string() + " x/pages/bad.html 2>&1";
  FILE* pipe = popen(command.c_str(), "r");
  ASSERT_NE(pipe, nullptr);
  std::string output(4096, '\0');
  output.resize(std::fread(output.data(), 1, output.size(), pipe));
  EXPECT_NE(pclose(pipe), 0);
  EXPECT_THAT(output, HasSubstr("src/x/pages/bad.html:3: error: text is not marked"));
  EXPECT_FALSE(std::filesystem::exists(folder / "out/x/pages/bad.html.cpp"));
  std::filesystem::remove_all(folder);
}

TEST(Template_language, A_value_is_written_by_the_rule_of_its_place) {
  EXPECT_THAT(body_of("<p>{{ a }}</p>"), HasSubstr("append_value(out_0, (a));"));
  EXPECT_THAT(body_of("<p class=\"{{ a }}\"></p>"), HasSubstr("append_value(out_0, (a));"));
  EXPECT_THAT(body_of("<a href=\"{{ a }}\"></a>"), HasSubstr("append_link(out_0, (a));"));
  EXPECT_THAT(body_of("<a href=\"/x/{{ a }}\"></a>"), HasSubstr("append_link_part(out_0, (a));"));
  EXPECT_THAT(body_of("<a href=\"{{ a }}?b={{ c }}\"></a>"), HasSubstr("append_link_part(out_0, (c));"));
  EXPECT_THAT(body_of("<a href=\"https://a.vn/{{ c }}\"></a>"), HasSubstr("append_link_part(out_0, (c));"));
  EXPECT_THAT(body_of("<p hx-vals=\"{{ a }}\"></p>"), HasSubstr("append_json_attribute(out_0, (a));"));
  EXPECT_THAT(body_of("<form hx-post=\"{{ a }}\"></form>"), HasSubstr("append_link(out_0, (a));"));
}

TEST(Template_language, White_space_is_kept_only_where_a_reader_would_miss_it) {
  EXPECT_THAT(body_of("<ul>\n  <li>\n {{ a }}\n </li>\n</ul>\n"), Not(HasSubstr("\\n")));
  EXPECT_THAT(body_of("<div>\n  <a href=\"/\">1</a>\n  <a href=\"/\">2</a>\n</div>"), HasSubstr("1</a> <a href"));
  EXPECT_THAT(body_of("<ul>{% for x in y %}\n<a href=\"/\">1</a>\n{% end %}</ul>"), HasSubstr("1</a> \")"));
  EXPECT_THAT(body_of("<pre>1\n  2</pre>"), HasSubstr("1\\n  2"));
  EXPECT_THAT(body_of("<p   class=\"a\"\n  id=\"b\"  ></p>"), HasSubstr("<p class=\\\"a\\\" id=\\\"b\\\"></p>"));
}

TEST(Template_language, Lone_attributes_and_whole_attributes_may_depend_on_a_condition) {
  EXPECT_THAT(body_of("<input type=\"checkbox\"{% if a %} checked{% end %}{% if b %}disabled{% end %} name=\"x\">"), HasSubstr("template_markup(\" disabled\")"));
  EXPECT_THAT(body_of("<a {% if a %}href=\"/x\"{% else %}href=\"/y\"{% end %}>1</a>"), HasSubstr("template_markup(\" href=\\\"/y\\\"\")"));
  EXPECT_THAT(body_of("<a href=\"{% if a %}/x{% else %}/y{% end %}\">1</a>"), HasSubstr("\"/y\""));
  EXPECT_THAT(body_of("<a href=\"/x{% if a %}?b={{ c }}{% end %}\">1</a>"), HasSubstr("append_link_part"));
}

TEST(Template_language, Messages_are_collected_with_their_lines) {
  const auto compiled = compile_template("x/pages/good.html", "<p>[[Có  {{ n }}\n chỗ]]</p>\n<p>{{ a ? tr(\"Đúng\") : tr(\"Sai {}\", n) }}</p>");
  ASSERT_EQ(compiled.messages.size(), 3U);
  EXPECT_EQ(compiled.messages[0].text, "Có {} chỗ");
  EXPECT_EQ(compiled.messages[1].text, "Đúng");
  EXPECT_EQ(compiled.messages[1].line, 3);
  EXPECT_EQ(compiled.messages[2].text, "Sai {}");
}

TEST(Template_language, A_folder_gives_the_namespace_and_a_file_its_name) {
  const auto compiled = compile_template("reporting/pages/half-year.html", "{% include \"reporting/pages/board_page.h\" %}{% param const BoardPage& page %}{% param int n = 1 %}<p></p>");
  EXPECT_THAT(compiled.header, HasSubstr("#include \"reporting/pages/board_page.h\""));
  EXPECT_THAT(compiled.header, HasSubstr("namespace khuyenhoc::reporting_pages {"));
  EXPECT_THAT(compiled.header, HasSubstr("html::SafeHtml half_year(const BoardPage& page, int n = 1);"));
  EXPECT_THAT(compiled.source, HasSubstr("append_half_year(html::SafeHtml& out_0, [[maybe_unused]] const BoardPage& page, [[maybe_unused]] int n)"));
}

std::vector<std::string> marked(std::string_view code) {
  std::vector<std::string> result;
  for (const CppString& found : find_strings(code)) {
    if (found.marked) result.push_back(found.text);
  }
  return result;
}

TEST(Cpp_strings, Only_messages_of_tr_and_mark_are_marked) {
  EXPECT_THAT(marked(R"(tr("một"); tr(language, "hai {}", "không"); mark("ba"); f("không", tr("bốn"), "không"); // tr("không"))"), ElementsAre("một", "hai {}", "ba", "bốn"));
  EXPECT_THAT(marked("tr(\"một \"\n  \"nối\"); str(\"không\"); tr(f(\"không\")); tr(\n\"hai \\\"ba\\\"\")"), ElementsAre("một nối", "hai \"ba\""));
  EXPECT_THAT(marked("/* tr(\"không\") */ '\"'; tr(R\"(thô)\"); 1'000; tr(x, y, \"không\")"), ElementsAre("thô"));
}

}  // namespace
}  // namespace khuyenhoc::tools
