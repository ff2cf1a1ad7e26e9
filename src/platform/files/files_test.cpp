#include <gmock/gmock.h>

#include "platform/db/test_stores.h"
#include "platform/files/files.h"

namespace khuyenhoc::files {
namespace {

const std::string pdf = std::string("%PDF-1.7\n") + std::string("\0\x01scan", 6);

class Attachments : public db::OnBothStores {};
ON_BOTH_STORES(Attachments);

TEST_P(Attachments, A_file_is_kept_once_and_comes_back_byte_for_byte) {
  const auto file = accept(pdf, "Quyết định.pdf");
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->media_type, "application/pdf");
  store().write([&](db::Writer& writer) {
    keep(writer, *file, 1);
    keep(writer, *file, 2);
  });
  store().read([&](db::Reader& reader) {
    EXPECT_EQ(reader.first_number("SELECT count(*) FROM attachment"), 1);
    const auto found = find(reader, file->digest);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->content, pdf);
    EXPECT_EQ(found->media_type, "application/pdf");
    EXPECT_EQ(find(reader, db::digest_of("khác")), std::nullopt);
  });
}

TEST_P(Attachments, Ten_megabytes_fit) {
  std::string large = pdf;
  large.resize(largest_file_bytes, 'x');
  const auto file = accept(large, "a.pdf");
  ASSERT_TRUE(file);
  store().write([&](db::Writer& writer) { keep(writer, *file, 1); });
  store().read([&](db::Reader& reader) { EXPECT_EQ(find(reader, file->digest)->content.size(), largest_file_bytes); });
}

TEST(AcceptedFiles, Are_known_by_their_bytes) {
  const auto code = [](const std::string& content, std::string_view name) {
    const auto file = accept(content, name);
    return file ? file->media_type : file.error().code;
  };
  EXPECT_EQ(code("", "a.pdf"), "file.empty");
  EXPECT_EQ(code(std::string(largest_file_bytes + 1, 'x'), "a.txt"), "file.too_large");
  EXPECT_EQ(code(pdf, "a.docx"), "file.not_what_it_says");
  EXPECT_EQ(code(pdf, "a"), "file.not_what_it_says");
  EXPECT_EQ(code(pdf, "A.PDF"), "application/pdf");
  EXPECT_EQ(code("\xFF\xD8\xFF\xE0 ảnh", "ảnh.jpg"), "image/jpeg");
  EXPECT_EQ(code("MZ\x90", "a.exe"), "file.kind");
  EXPECT_EQ(code("\x7F" "ELF", "a.txt"), "file.kind");
  EXPECT_EQ(code("<html><script>alert(1)</script>", "a.txt"), "file.kind");
  EXPECT_EQ(code("  <svg onload=x>", "a.txt"), "file.kind");
  EXPECT_EQ(code("Kính gửi Hội Khuyến học", "thư.txt"), "text/plain");
  EXPECT_EQ(code("PK\x03\x04 gì đó", "a.docx"), "file.kind");
  EXPECT_EQ(code("PK\x03\x04....word/document.xml", "a.docx"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
  EXPECT_EQ(code("PK\x03\x04....word/document.xml....word/vbaProject.bin", "a.docx"), "file.kind");
  EXPECT_EQ(code("PK\x03\x04....xl/workbook.xml", "a.docx"), "file.not_what_it_says");
}

TEST(AcceptedFiles, Have_names_that_harm_nobody) {
  EXPECT_EQ(safe_name("../../etc/passwd"), "passwd");
  EXPECT_EQ(safe_name("C:\\Users\\x\\Báo cáo.docx"), "Báo cáo.docx");
  EXPECT_EQ(safe_name("a\r\nSet-Cookie: x\".pdf"), "a Set-Cookie x.pdf");
  EXPECT_EQ(safe_name(""), "tệp");
  EXPECT_EQ(safe_name("..."), "tệp");
  std::string name;
  for (int i = 0; i < 200; ++i) name += "đ";
  const std::string cut = safe_name(name + ".pdf");
  EXPECT_LE(cut.size(), 180U);
  EXPECT_TRUE(cut.ends_with("đ.pdf"));
}

}  // namespace
}  // namespace khuyenhoc::files
