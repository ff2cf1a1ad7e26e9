#include "base/i18n.h"

#include <gtest/gtest.h>

namespace khuyenhoc {
namespace {

constexpr Message home = mark("Về trang đầu");

TEST(Languages, Vietnamese_is_what_the_source_says) {
  EXPECT_EQ(current_language(), Language::vietnamese);
  EXPECT_EQ(tr("Mỗi lần chỉ gửi được {} tệp.", 20), "Mỗi lần chỉ gửi được 20 tệp.");
  EXPECT_EQ(tr(home), "Về trang đầu");
}

TEST(Languages, English_comes_from_the_catalogue_with_its_two_forms) {
  EXPECT_EQ(tr(Language::english, home), "To the home page");
  EXPECT_EQ(tr(Language::english, "Mỗi lần chỉ gửi được {} tệp.", 1), "Only 1 file can be sent at a time.");
  EXPECT_EQ(tr(Language::english, "Mỗi lần chỉ gửi được {} tệp.", 20), "Only 20 files can be sent at a time.");
}

TEST(Languages, A_sentence_without_english_stays_vietnamese_rather_than_empty) { EXPECT_EQ(tr(Language::english, "Câu này {} chưa dịch", "x"), "Câu này x chưa dịch"); }

TEST(Languages, A_scope_ends_with_its_request) {
  {
    const LanguageScope english(Language::english);
    EXPECT_EQ(tr(home), "To the home page");
    const LanguageScope vietnamese(Language::vietnamese);
    EXPECT_EQ(tr(home), "Về trang đầu");
  }
  EXPECT_EQ(current_language(), Language::vietnamese);
}

TEST(Languages, The_first_whole_number_chooses_the_form) {
  EXPECT_EQ(count_in("Ea Kar", true, 1, 5), 1);
  EXPECT_EQ(count_in("Ea Kar"), -1);
}

}  // namespace
}  // namespace khuyenhoc
