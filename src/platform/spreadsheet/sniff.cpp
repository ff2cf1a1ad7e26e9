#include "platform/spreadsheet/sniff.h"

#include <algorithm>

#include "base/i18n.h"
#include "base/text.h"

namespace khuyenhoc::spreadsheet {
namespace {

using namespace std::string_view_literals;

// Old Office files and encrypted ones are both OLE containers; the encrypted one has a stream of this name.
bool is_encrypted(std::string_view bytes) {
  constexpr auto name = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"sv;
  return bytes.find(name) != std::string_view::npos;
}

bool looks_like_text(std::string_view bytes) {
  const auto head = bytes.substr(0, 4096);
  return std::none_of(head.begin(), head.end(), [](char c) { return static_cast<unsigned char>(c) < 32 && c != '\n' && c != '\r' && c != '\t'; });
}

bool looks_like_web_page(std::string_view bytes) {
  const auto head = folded(bytes.substr(0, 2048));
  return bytes.find('<') != std::string_view::npos && (head.find("html") != std::string::npos || head.find("table") != std::string::npos || head.find("workbook") != std::string::npos);
}

}  // namespace

std::optional<Refusal> refusal_by_first_bytes(std::span<const std::byte> bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (text.empty()) return Refusal{"workbook.empty_file", tr("Tệp trống, không có dữ liệu. Xin chọn lại tệp.")};
  if (text.starts_with("PK\x03\x04"sv) || text.starts_with("PK\x05\x06"sv)) return std::nullopt;
  if (text.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv)) {
    if (is_encrypted(text))
      return Refusal{"workbook.password", tr("Tệp có đặt mật khẩu nên không đọc được. Xin bỏ mật khẩu trong Excel (Tệp, Thông tin, Bảo vệ sổ làm việc) rồi gửi lại.")};
    return Refusal{"workbook.old_format", tr("Tệp thuộc dạng Excel cũ (.xls). Xin mở bằng Excel, chọn Lưu thành (Save As), kiểu “Excel Workbook (.xlsx)” rồi gửi lại.")};
  }
  if (text.starts_with("%PDF"sv)) return Refusal{"workbook.not_a_workbook", tr("Đây là tệp PDF, không phải bảng tính Excel. Xin gửi tệp .xlsx.")};
  if (looks_like_text(text)) {
    if (looks_like_web_page(text))
      return Refusal{"workbook.text_file", tr("Tệp mang tên bảng tính nhưng bên trong là một trang web. Xin mở bằng Excel, chọn Lưu thành (Save As), kiểu “Excel Workbook (.xlsx)” rồi gửi lại.")};
    return Refusal{"workbook.text_file", tr("Tệp mang tên bảng tính nhưng bên trong là văn bản thường (CSV). Xin mở bằng Excel, chọn Lưu thành (Save As), kiểu “Excel Workbook (.xlsx)” rồi gửi lại.")};
  }
  return Refusal{"workbook.not_a_workbook", tr("Tệp này không phải bảng tính Excel (.xlsx). Xin chọn lại tệp.")};
}

Refusal refusal_by_parts(const Package& package) {
  if (package.has("xl/workbook.bin"))
    return {"workbook.binary_format", tr("Tệp thuộc dạng Excel nhị phân (.xlsb). Xin chọn Lưu thành (Save As), kiểu “Excel Workbook (.xlsx)” rồi gửi lại.")};
  if (package.has("word/document.xml")) return {"workbook.not_a_workbook", tr("Đây là văn bản Word, không phải bảng tính Excel. Xin gửi tệp .xlsx.")};
  if (package.has("mimetype") || package.has("content.xml"))
    return {"workbook.open_document", tr("Tệp thuộc dạng OpenDocument. Xin chọn Lưu thành, kiểu “Excel (.xlsx)” rồi gửi lại.")};
  return {"workbook.not_a_workbook", tr("Tệp nén này không chứa bảng tính Excel (.xlsx). Xin chọn lại tệp.")};
}

}  // namespace khuyenhoc::spreadsheet
