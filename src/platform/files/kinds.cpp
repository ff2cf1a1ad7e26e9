// Which kinds of files are kept, and how each is known by its bytes.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/i18n.h"
#include "base/number.h"
#include "base/text.h"
#include "platform/files/files.h"

namespace khuyenhoc::files {
namespace {

struct Kind {
  std::string_view media_type;
  std::string_view spoken;                        // as a person calls it
  std::array<std::string_view, 3> endings;
};

constexpr Kind kinds[] = {
    {"application/pdf", "tệp PDF", {"pdf"}},
    {"image/jpeg", "ảnh JPEG", {"jpg", "jpeg", "jfif"}},
    {"image/png", "ảnh PNG", {"png"}},
    {"image/webp", "ảnh WebP", {"webp"}},
    {"image/heic", "ảnh HEIC", {"heic", "heif"}},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "tệp Word", {"docx"}},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "tệp Excel", {"xlsx"}},
    {"application/vnd.openxmlformats-officedocument.presentationml.presentation", "tệp PowerPoint", {"pptx"}},
    {"application/vnd.oasis.opendocument.text", "văn bản OpenDocument", {"odt"}},
    {"application/vnd.oasis.opendocument.spreadsheet", "bảng tính OpenDocument", {"ods"}},
    {"application/x-ole-storage", "tệp Word hoặc Excel đời cũ", {"doc", "xls", "ppt"}},
    {"text/plain", "tệp văn bản", {"txt", "csv"}},
};

std::string ending_of(std::string_view file_name) {
  const std::size_t dot = file_name.rfind('.');
  return dot == std::string_view::npos ? std::string{} : folded(file_name.substr(dot + 1));
}

bool contains(std::string_view content, std::string_view part) { return content.find(part) != std::string_view::npos; }

std::string_view kind_of_zip(std::string_view content) {
  // Names stand uncompressed in the table of contents at the end; OpenDocument says its kind in its first entry.
  const std::string_view head = content.substr(0, 512);
  if (contains(head, "mimetypeapplication/vnd.oasis.opendocument.text")) return "application/vnd.oasis.opendocument.text";
  if (contains(head, "mimetypeapplication/vnd.oasis.opendocument.spreadsheet")) return "application/vnd.oasis.opendocument.spreadsheet";
  const std::string_view contents = content.substr(content.size() - std::min<std::size_t>(content.size(), 65'536));
  if (contains(contents, "vbaProject.bin")) return {};   // macros, whatever the ending says
  if (contains(contents, "word/document.xml")) return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  if (contains(contents, "xl/workbook.xml")) return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  if (contains(contents, "ppt/presentation.xml")) return "application/vnd.openxmlformats-officedocument.presentationml.presentation";
  return {};
}

bool is_plain_text(std::string_view content) {
  const auto control = [](char c) { return (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) && c != '\n' && c != '\r' && c != '\t' && c != '\f'; };
  if (std::ranges::any_of(content, control) || !is_valid_utf8(content)) return false;
  // a browser would run these, so they are not kept as mere text
  const std::string start = folded(content.substr(0, 1024));
  for (const std::string_view mark : {"<", "%!ps", "#!", "{\\rtf"}) {
    const std::size_t first = content.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (first != std::string_view::npos && content.substr(first).starts_with(mark)) return false;
  }
  return !contains(start, "script") || !contains(content, "<");
}

}  // namespace

std::string_view media_type_of(std::string_view content) {
  if (content.starts_with("%PDF-")) return "application/pdf";
  if (content.starts_with("\xFF\xD8\xFF")) return "image/jpeg";
  if (content.starts_with("\x89PNG\r\n\x1A\n")) return "image/png";
  if (content.starts_with("RIFF") && content.substr(8).starts_with("WEBP")) return "image/webp";
  if (content.substr(std::min<std::size_t>(4, content.size())).starts_with("ftyp")) {
    const std::string_view brand = content.substr(8, 4);
    return brand == "heic" || brand == "heix" || brand == "mif1" || brand == "heif" ? "image/heic" : "";
  }
  if (content.starts_with("PK\x03\x04")) return kind_of_zip(content);
  if (content.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) return "application/x-ole-storage";
  return !content.empty() && is_plain_text(content) ? "text/plain" : "";
}

Result<Attachment> accept(std::string content, std::string_view file_name) {
  const std::string name = safe_name(file_name);
  if (content.empty()) return refuse("file.empty", tr("Tệp “{}” không có nội dung. Xin chọn lại tệp.", name), name);
  if (content.size() > largest_file_bytes)
    return refuse("file.too_large",
                  tr("Tệp “{}” nặng {} KB, vượt mức {} KB. Xin quét ở độ phân giải thấp hơn hoặc tách thành nhiều tệp.", name,
                              number_text(static_cast<std::int64_t>((content.size() + 1'023) / 1'024)), number_text(static_cast<std::int64_t>(largest_file_bytes / 1'024))),
                  name);
  const std::string_view found = media_type_of(content);
  const auto* kind = std::ranges::find(kinds, found, &Kind::media_type);
  if (kind == std::end(kinds))
    return refuse("file.kind",
                  tr("Tệp “{}” không thuộc loại được đính kèm. Xin dùng tệp PDF, ảnh (JPEG, PNG, WebP, HEIC), Word, Excel, PowerPoint (không có macro), OpenDocument hoặc "
                              "tệp văn bản.",
                              name),
                  name);
  const std::string ending = ending_of(name);
  if (ending.empty() || std::ranges::find(kind->endings, std::string_view(ending)) == kind->endings.end())
    return refuse("file.not_what_it_says",
                  tr("Tệp “{}” thật ra là {}, không đúng với phần đuôi của tên. Xin lưu lại tệp đúng định dạng rồi đính kèm.", name, kind->spoken), name);
  const db::Digest digest = db::digest_of(content);
  return Attachment{digest, std::string(found), std::move(content)};
}

std::string safe_name(std::string_view file_name) {
  const std::size_t slash = file_name.find_last_of("/\\");
  if (slash != std::string_view::npos) file_name.remove_prefix(slash + 1);
  std::string name = normalised(file_name);
  std::erase_if(name, [](char c) { return c == '"' || c == '<' || c == '>' || c == ':' || c == '|' || c == '?' || c == '*'; });
  while (name.starts_with('.')) name.erase(0, 1);
  constexpr std::size_t longest = 180;   // bytes: file systems take 255, and a copy gets a tail
  if (name.size() > longest) {
    const std::string ending = name.substr(std::min(name.rfind('.'), name.size()));
    std::size_t cut = longest - std::min<std::size_t>(ending.size(), 20);
    while (cut > 0 && (static_cast<unsigned char>(name[cut]) & 0xC0) == 0x80) --cut;   // not inside a letter
    name = name.substr(0, cut) + (ending.size() <= 20 ? ending : "");
  }
  return name.empty() ? "tệp" : name;
}

}  // namespace khuyenhoc::files
