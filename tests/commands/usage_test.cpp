#include <gtest/gtest.h>

#include "tests/commands/program.h"

namespace khuyenhoc {
namespace {

struct Wrong {
  const char* why;
  std::vector<std::string> arguments;
};

TEST(Usage, Wrong_one_ends_with_two_and_says_where_help_is) {
  const std::vector<Wrong> table{
      {"no command", {}},
      {"an unknown command", {"dance"}},
      {"a figure of nobody", {"figure", "B01", "--period", "2026-H1"}},
      {"a figure of no period", {"figure", "B01", "--unit", "66"}},
      {"an unknown way to divide", {"figure", "B01", "--unit", "66", "--period", "2026", "--by", "colour"}},
      {"an unknown lens", {"figure", "B01", "--unit", "66", "--period", "2026", "--lens", "rosy"}},
      {"an unknown option", {"figure", "B01", "--unit", "66", "--period", "2026", "--loud"}},
      {"an unknown scale", {"generate", "--scale", "galaxy", "--seed", "1"}},
      {"a seed that is no number", {"generate", "--scale", "commune", "--seed", "x"}},
      {"an unknown form", {"report", "song", "--unit", "66", "--period", "2026-H1", "--out", "r.docx"}},
      {"an import of nothing", {"import"}},
      {"an unknown user action", {"user", "praise"}},
      {"a backup to nowhere", {"backup"}},
  };
  for (const Wrong& one : table) {
    const Said said = run_program(one.arguments);
    EXPECT_EQ(said.status, 2) << one.why << ": " << said.out << said.error;
    EXPECT_TRUE(said.out.empty()) << one.why;
    EXPECT_NE(said.error.find("--help"), std::string::npos) << one.why << ": " << said.error;
  }
}

TEST(Usage, Wrong_one_names_the_right_word_that_is_nearest) {
  struct Meant {
    std::vector<std::string> arguments;
    const char* says;
  };
  const std::vector<Meant> table{
      {{"reprot"}, "không có lệnh “reprot”; có lẽ là “report”"},
      {{"figure", "B01", "--unti", "66", "--period", "2026"}, "lệnh “figure” không có “--unti”; có lẽ là “--unit”"},
      {{"figure", "B01", "--unit", "66", "--period", "2026", "--lens", "offical"}, "--lens: không có “offical”; có lẽ là “official”; xin chọn live, official"},
      {{"generate", "--scale", "comune", "--seed", "1"}, "không có “comune”; có lẽ là “commune”"},
      {{"generate", "--scale", "commune", "--seed", "x"}, "--seed cần một số, không phải “x”"},
      {{"user", "praise"}, "không có lệnh “praise”"},
      {{"user"}, "thiếu tên lệnh; xin chọn add, list, reset"},
      {{"report", "half-yaer", "--unit", "66", "--period", "2026-H1", "--out", "r.docx"}, "có lẽ là “half-year”"},
      {{"restore", "f", "--new-keys", "--passphrase-file", "p"}, "không dùng cùng"},
      {{"figure", "B01", "--period", "2026", "--unit"}, "--unit cần một giá trị đi sau"},
      {{"figure", "B01", "B02", "--unit", "66", "--period", "2026"}, "thừa “B02”"},
      {{"bench", "rolup"}, "có lẽ là “rollup”"},
      {{"bench", "rollup", "--jsno"}, "có lẽ là “--json”"},
  };
  for (const Meant& one : table) {
    const Said said = run_program(one.arguments);
    EXPECT_EQ(said.status, 2) << one.says << said.out;
    EXPECT_NE(said.error.find(one.says), std::string::npos) << said.error;
  }
}

TEST(Usage, Help_of_every_command_is_in_vietnamese_and_names_what_is_required) {
  for (const std::vector<std::string>& command : std::vector<std::vector<std::string>>{
           {}, {"serve"}, {"generate"}, {"import"}, {"import", "figures"}, {"import", "territory"}, {"export"}, {"export", "figures"}, {"export", "board"}, {"report"}, {"figure"},
           {"user"}, {"user", "add"}, {"user", "list"}, {"user", "reset"}, {"backup"}, {"restore"}, {"verify"}, {"routes"}, {"bench"}}) {
    std::vector<std::string> arguments = command;
    arguments.push_back("--help");
    const Said said = run_program(arguments);
    EXPECT_EQ(said.status, 0) << said.error;
    EXPECT_NE(said.out.find("Cách dùng: khuyenhoc"), std::string::npos) << said.out;
    for (const char* english : {"Usage", "OPTIONS", "Options", "REQUIRED", "Positionals", "Subcommands", "TEXT", "Print this"}) EXPECT_EQ(said.out.find(english), std::string::npos) << said.out;
  }
  const std::string figure = run_program({"figure", "--help"}).out;
  for (const char* part : {"--unit MÃ (bắt buộc)", "--lens live|official", "--by child|month", "--data THƯ_MỤC = data", "MEASURE (bắt buộc)"}) EXPECT_NE(figure.find(part), std::string::npos) << figure;
  const std::string bench = run_program({"bench", "--help"}).out;
  for (const char* part : {"rollup|freshness", "--json", "--without-peers"}) EXPECT_NE(bench.find(part), std::string::npos) << bench;
}

TEST(Usage, Help_is_no_mistake) {
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{{"--help"}, {"figure", "--help"}, {"user", "add", "--help"}}) {
    const Said said = run_program(arguments);
    EXPECT_EQ(said.status, 0);
    EXPECT_FALSE(said.out.empty());
  }
}

TEST(Usage, What_cannot_be_done_is_refused_in_one_line) {
  const Folder folder;
  const std::string& data = commune_world();
  const std::vector<Wrong> table{
      {"no data there", {"figure", "B01", "--unit", "VN", "--period", "2026", "--data", folder.path("trong")}},
      {"no such measure", {"figure", "Z99", "--unit", "VN", "--period", "2026", "--data", data}},
      {"no such unit", {"figure", "B01", "--unit", "99/99999", "--period", "2026", "--data", data}},
      {"no such body", {"figure", "B01", "--unit", "hoi/x", "--period", "2026", "--data", data}},
      {"no such period", {"figure", "B01", "--unit", "VN", "--period", "mùa xuân", "--data", data}},
      {"no such day", {"figure", "B01", "--unit", "VN", "--period", "2026", "--territory", "30/02/2025", "--data", data}},
      {"a today that is no day", {"figure", "B01", "--unit", "VN", "--period", "2026", "--today", "hôm nay", "--data", data}},
      {"a second world", {"generate", "--scale", "commune", "--seed", "8", "--today", std::string(test_today), "--data", data}},
      {"a report into an unknown kind of file", {"report", "half-year", "--unit", commune_code(), "--period", "2026-H1", "--out", folder.path("r.odt"), "--data", data}},
      {"a half-year report of a quarter", {"report", "half-year", "--unit", commune_code(), "--period", "2026-Q1", "--out", folder.path("r.docx"), "--data", data}},
      {"a report into no folder", {"report", "half-year", "--unit", commune_code(), "--period", "2026-H1", "--out", folder.path("a/b.docx"), "--data", data}},
      {"a file that is not there", {"import", "figures", folder.path("khong-co.xlsx"), "--data", data}},
      {"an archive that is not there", {"restore", folder.path("khong-co"), "--data", folder.path("moi")}},
      {"a telephone nobody has", {"user", "reset", "0999999999", "--data", data}},
      {"a post nobody knows", {"user", "add", "0912000111", "--name", "Lê Thị Hoa", "--unit", commune_code(), "--post", "vua", "--data", data}},
      {"an address that cannot be listened to", {"serve", "--listen", "nowhere:port", "--data", folder.path("x")}},
  };
  for (const Wrong& one : table) {
    const Said said = run_program(one.arguments);
    EXPECT_TRUE(said.one_line_refusal()) << one.why << ": status " << said.status << "\n" << said.out << said.error;
  }
  EXPECT_FALSE(std::filesystem::exists(folder.path("moi"))) << "a refused restore leaves nothing behind";
  EXPECT_FALSE(std::filesystem::exists(folder.path("trong"))) << "whoever only reads makes no folder";
}

TEST(Usage, Routes_say_who_may_open_each_page) {
  const Said said = run_program({"routes", "--data", commune_world()});
  EXPECT_EQ(said.status, 0) << said.error;
  EXPECT_NE(said.out.find("/nhat-ky"), std::string::npos) << said.out;
  EXPECT_NE(said.out.find("/dang-nhap"), std::string::npos);
}

TEST(Usage, Benches_are_listed_by_name) {
  const Said said = run_program({"bench"});
  EXPECT_EQ(said.status, 0) << said.error;
  for (const std::string name : {"rollup", "freshness", "province", "pages", "crash"}) EXPECT_NE(said.out.find(name), std::string::npos) << said.out;
}

}  // namespace
}  // namespace khuyenhoc
