#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <unistd.h>

namespace khuyenhoc::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// A source tree of one page and one catalogue, checked as the suite checks ours.
class Messages : public ::testing::Test {
 protected:
  Messages() : root_(std::filesystem::temp_directory_path() / ("messages_" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(root_ / "src/x/pages");
    std::filesystem::create_directories(root_ / "assets/islands");
    std::filesystem::create_directories(root_ / "catalogue");
    std::ofstream(root_ / "src/x/pages/a.html") << "<p>[[Có {{ n }} việc]]</p>\n<p>[[Trang đầu]]</p>";
    std::ofstream(root_ / "src/x/rules.cpp") << "auto x = tr(\"Sai {}\", y);\nauto z = describe(\"không đánh dấu\");";
    island("say(tr(\"Đã giữ {} ô\", count));");
  }
  ~Messages() override { std::filesystem::remove_all(root_); }

  void island(const std::string& code) { std::ofstream(root_ / "assets/islands/a.ts") << "// Chú thích thì không tính.\n" << code << "\n"; }
  void catalogue(const std::string& entries) {
    std::ofstream(root_ / "catalogue/en.po") << "msgid \"\"\nmsgstr \"\"\n\"Project-Id-Version: x\\n\"\n\"PO-Revision-Date: 2026-01-01 00:00+0700\\n\"\n\"Last-Translator: x\\n\"\n\"Language-Team: x\\n\"\n\"Language: en\\n\"\n"
                                                "\"MIME-Version: 1.0\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Content-Transfer-Encoding: 8bit\\n\"\n\n"
                                             << entries;
  }
  bool check(const std::string& option = "") {
    const std::string command = std::string(CHECK_MESSAGES) + " " + COLLECT_MESSAGES + " " + root_.string() + " " + option + " 2>&1";
    FILE* pipe = popen(command.c_str(), "r");
    output_.resize(64'000);
    output_.resize(std::fread(output_.data(), 1, output_.size(), pipe));
    return pclose(pipe) == 0;
  }

  std::filesystem::path root_;
  std::string output_;
};

const std::string whole = "msgid \"Có {} việc\"\nmsgstr \"{} task || {} tasks\"\n\nmsgid \"Trang đầu\"\nmsgstr \"Home\"\n\nmsgid \"Sai {}\"\nmsgstr \"Wrong: {}\"\n\nmsgid \"Đã giữ {} ô\"\nmsgstr \"{} cell kept || {} cells kept\"\n";

TEST_F(Messages, A_whole_catalogue_passes) {
  catalogue(whole);
  EXPECT_TRUE(check()) << output_;
}

TEST_F(Messages, What_is_missing_is_printed_ready_to_be_translated) {
  catalogue("msgid \"Trang đầu\"\nmsgstr \"Home\"\n");
  EXPECT_FALSE(check());
  EXPECT_THAT(output_, HasSubstr("#: x/pages/a.html:1\nmsgid \"Có {} việc\"\nmsgstr \"\"\n"));
  EXPECT_THAT(output_, HasSubstr("#: x/rules.cpp:1\nmsgid \"Sai {}\"\nmsgstr \"\"\n"));
  EXPECT_THAT(output_, Not(HasSubstr("Trang đầu")));
  EXPECT_THAT(output_, Not(HasSubstr("không đánh dấu")));
}

TEST_F(Messages, An_island_is_asked_for_its_english_too) {
  catalogue("msgid \"Có {} việc\"\nmsgstr \"{} task || {} tasks\"\n\nmsgid \"Trang đầu\"\nmsgstr \"Home\"\n\nmsgid \"Sai {}\"\nmsgstr \"Wrong: {}\"\n");
  EXPECT_FALSE(check());
  EXPECT_THAT(output_, HasSubstr("#: a.ts:2\nmsgid \"Đã giữ {} ô\"\nmsgstr \"\"\n"));
}

TEST_F(Messages, A_sentence_that_an_island_does_not_mark_is_refused) {
  catalogue(whole);
  for (const std::string code : {"say(\"Đã chép\");", "say('Đã chép');", "say(`Đã chép ${count} ô`);", "say(`${tr(\"Đã giữ {} ô\", 3)} Đã chép`);"}) {
    island("say(tr(\"Đã giữ {} ô\", count));\n" + code);
    EXPECT_FALSE(check()) << code;
    EXPECT_THAT(output_, HasSubstr("a.ts:3: error: mark this text")) << code;
  }
  island("say(`${tr(\"Đã giữ {} ô\", `${n}`.length)} / ${n}`, '[data-x=\"y\"]');");
  EXPECT_TRUE(check()) << output_;
}

TEST_F(Messages, What_is_left_over_is_named) {
  catalogue(whole + "\nmsgid \"Câu cũ\"\nmsgstr \"Old\"\n");
  EXPECT_FALSE(check());
  EXPECT_THAT(output_, HasSubstr("Câu cũ"));
  EXPECT_THAT(output_, Not(HasSubstr("Trang đầu")));
}

TEST_F(Messages, Every_form_keeps_the_holes_of_its_original) {
  catalogue("msgid \"Có {} việc\"\nmsgstr \"one task || {} tasks\"\n\nmsgid \"Trang đầu\"\nmsgstr \"Home\"\n\nmsgid \"Sai {}\"\nmsgstr \"Wrong: {}\"\n\nmsgid \"Đã giữ {} ô\"\nmsgstr \"{} kept\"\n");
  EXPECT_FALSE(check());
  EXPECT_THAT(output_, HasSubstr("Có {} việc"));
}

TEST_F(Messages, Missing_ones_can_be_added_empty) {
  catalogue("msgid \"Trang đầu\"\nmsgstr \"Home\"\n");
  EXPECT_TRUE(check("--write"));
  EXPECT_FALSE(check());
  std::ifstream in(root_ / "catalogue/en.po");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  EXPECT_THAT(text, HasSubstr("msgid \"Có {} việc\"\nmsgstr \"\"\n"));
  EXPECT_THAT(text, HasSubstr("msgid \"Trang đầu\"\nmsgstr \"Home\"\n"));
}

}  // namespace
}  // namespace khuyenhoc::tools
