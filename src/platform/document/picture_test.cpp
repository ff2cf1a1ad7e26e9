#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/document/document.h"
#include "platform/document/test_pictures.h"
#include "platform/spreadsheet/workbook.h"

namespace khuyenhoc::document {
namespace {

using testing::HasSubstr;
using testing::Not;

Picture picture(int width, int height, double width_mm) { return {std::make_shared<const std::string>(test_png(width, height, Ground::transparent)), width_mm, width_mm * height / width}; }

Document signed_paper(std::optional<Picture> signature, std::optional<Picture> seal) {
  Document paper{.kind = "QUYẾT ĐỊNH"};
  paper.blocks.emplace_back(Closing{.recipients = {"Lưu: VT"}, .signers = {{.authority = {"TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"}, .name = "Nguyễn Đình Sơn", .signature = std::move(signature), .seal = std::move(seal)}}});
  return paper;
}

TEST(Png, a_scan_is_known_by_its_bytes_its_dots_and_whether_paper_shows_through) {
  const auto seal = read_png(test_png(600, 600, Ground::transparent));
  ASSERT_TRUE(seal);
  EXPECT_EQ(seal->width, 600);
  EXPECT_TRUE(seal->has_transparency);
  EXPECT_FALSE(read_png(test_png(600, 600, Ground::white))->has_transparency);
  EXPECT_EQ(read_png("GIF89a").error().code, "picture.kind");
  EXPECT_EQ(read_png(test_png(20, 20, Ground::transparent)).error().code, "picture.dots");
  EXPECT_EQ(read_png(test_png(600, 600, Ground::transparent).substr(0, 400)).error().code, "picture.broken");
  auto bomb = test_png(600, 600, Ground::transparent);
  bomb[16] = 0x7F;     // two thousand million dots wide, says its head
  EXPECT_EQ(read_png(bomb).error().code, "picture.dots");
}

TEST(SignatureBlock, the_seal_covers_the_left_third_of_the_signature) {
  const auto signature = picture(500, 200, 50), seal = picture(600, 600, 36);
  const auto placed = placed_pictures(&signature, &seal, 90);
  EXPECT_NEAR(placed.seal.x_mm + 36, placed.signature.x_mm + 50.0 / 3, 0.01);
  EXPECT_NEAR(placed.signature.x_mm, 20, 0.01);
  EXPECT_EQ(placed_pictures(nullptr, nullptr, 90).signature.picture, nullptr);
}

TEST(SignatureBlock, pictures_stand_in_every_form_of_a_digital_paper_and_in_no_draft) {
  const auto with = signed_paper(picture(500, 200, 50), picture(600, 600, 36));
  const auto docx = to_docx(with);
  auto package = spreadsheet::Package::open(spreadsheet::bytes_of(docx), {});
  ASSERT_TRUE(package);
  EXPECT_TRUE(package->has("word/media/image1.png"));
  EXPECT_TRUE(package->has("word/media/image2.png"));
  EXPECT_THAT(*package->read("word/_rels/document.xml.rels", 1u << 20), HasSubstr("Target=\"media/image2.png\""));
  EXPECT_THAT(*package->read("word/document.xml", 1u << 20), HasSubstr("wp:anchor"));
  EXPECT_THAT(to_html(with), HasSubstr("class=\"doc-seal\" alt=\"Con dấu\" width=\"136\" height=\"136\" src=\"data:image/png;base64,iVBOR"));
  EXPECT_THAT(to_pdf(with), HasSubstr("/Subtype /Image"));

  const auto draft = signed_paper({}, {});
  EXPECT_THAT(to_html(draft), Not(HasSubstr("<img")));
  EXPECT_THAT(to_pdf(draft), Not(HasSubstr("/Subtype /Image")));
  EXPECT_LT(to_docx(draft).size(), docx.size());
}

}  // namespace
}  // namespace khuyenhoc::document
