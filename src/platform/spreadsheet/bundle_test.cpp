// Zips as people send them: folders, old names, passwords, bombs.
#include "platform/spreadsheet/bundle.h"

#include <cstring>

#include <gmock/gmock.h>

#include "platform/spreadsheet/package.h"
#include "platform/spreadsheet/write.h"

namespace khuyenhoc::spreadsheet {
namespace {

using testing::ElementsAre;

std::string zip_of(const std::vector<std::pair<std::string, std::string>>& files) {
  PackageWriter out;
  for (const auto& [name, content] : files) out.add(name, content);
  return out.finish();
}
std::vector<std::string> names(const Result<std::vector<BundledFile>>& files) {
  std::vector<std::string> out;
  if (files)
    for (const BundledFile& file : *files) out.push_back(file.name);
  return out;
}

TEST(Bundle, A_zip_of_files_is_told_from_a_workbook_and_from_anything_else) {
  WorkbookWriter book("Sổ", Day::of(2026, 6, 8));
  book.add_sheet("Số liệu").whole(1, 1, 5);
  EXPECT_TRUE(is_bundle(zip_of({{"a.xlsx", "x"}})));
  EXPECT_FALSE(is_bundle(*book.finish()));
  EXPECT_FALSE(is_bundle("Kính gửi xã"));
  EXPECT_FALSE(is_bundle(""));
  EXPECT_FALSE(is_bundle(zip_of({{"a.xlsx", "x"}}).substr(0, 20)));
}

TEST(Bundle, Files_come_out_in_order_with_their_folders_and_without_what_programs_put_in) {
  const auto files = read_bundle(zip_of({{"Cụm 1/", ""}, {"Cụm 1/Số liệu Xã Ea Kar (1).xlsx", "một"}, {"__MACOSX/._x", "x"}, {"Thumbs.db", "x"}, {"Cụm 1/~$b.xlsx", "x"}, {"b.xlsx", "hai"}}));
  ASSERT_TRUE(files) << files.error().message;
  EXPECT_THAT(names(files), ElementsAre("Cụm 1/Số liệu Xã Ea Kar (1).xlsx", "b.xlsx"));
  EXPECT_EQ((*files)[0].content, "một");
}

TEST(Bundle, Names_of_a_zip_that_does_not_say_its_letters_are_read_all_the_same) {
  std::string macintosh = zip_of({{"So lieu Xa Ea O.xlsx", "x"}}), old = macintosh;
  const auto replace = [](std::string& in, std::string_view from, std::string_view to) {
    ASSERT_EQ(from.size(), to.size());
    for (auto at = in.find(from); at != std::string::npos; at = in.find(from, at + 1)) std::memcpy(in.data() + at, to.data(), to.size());
  };
  replace(macintosh, "Xa Ea O", "X\x61\xCC\x80 EO");       // UTF-8 taken apart, as one system writes it
  replace(old, "Xa Ea O", "X\x85 Ea O");                   // à of CP437
  EXPECT_THAT(names(read_bundle(macintosh)), ElementsAre("So lieu Xà EO.xlsx"));
  EXPECT_THAT(names(read_bundle(old)), ElementsAre("So lieu Xà Ea O.xlsx"));
}

TEST(Bundle, One_bad_file_spoils_none_of_the_others) {
  std::string locked = zip_of({{"a.xlsx", "một"}, {"b.xlsx", "hai"}});
  for (const std::string_view head : {std::string_view("PK\x03\x04", 4), std::string_view("PK\x01\x02", 4)}) {   // the first file says that it has a password
    const auto at = locked.find(head);
    locked[at + (head[2] == '\x03' ? 6 : 8)] |= 1;
  }
  const auto files = read_bundle(locked);
  ASSERT_TRUE(files) << files.error().message;
  ASSERT_EQ(files->size(), 2U);
  ASSERT_TRUE((*files)[0].refusal);
  EXPECT_EQ((*files)[0].refusal->code, "bundle.password");
  EXPECT_EQ((*files)[1].content, "hai");
  const auto bomb = read_bundle(zip_of({{"a.xlsx", std::string(11u << 20, ' ')}, {"b.xlsx", "hai"}}));
  ASSERT_TRUE(bomb);
  EXPECT_EQ((*bomb)[0].refusal->code, "bundle.bomb");
  EXPECT_EQ((*bomb)[1].content, "hai");
}

TEST(Bundle, A_zip_of_too_much_is_refused_whole) {
  std::vector<std::pair<std::string, std::string>> many;
  for (int i = 0; i < 5; ++i) many.emplace_back(std::to_string(i), std::string(1000, ' '));
  EXPECT_EQ(read_bundle(zip_of(many), {.files = 4}).error().code, "bundle.too_many");
  EXPECT_EQ(read_bundle(zip_of(many), {.unpacked_bytes = 4000}).error().code, "bundle.bomb");
  EXPECT_EQ(read_bundle("PK\x03\x04 nothing").error().code, "bundle.broken");
  EXPECT_EQ(read_bundle(zip_of({{"__MACOSX/x", "x"}})).error().code, "bundle.empty");
}

}  // namespace
}  // namespace khuyenhoc::spreadsheet
