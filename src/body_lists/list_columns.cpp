#include "body_lists/list_columns.h"

#include <algorithm>
#include <set>

#include "base/i18n.h"

namespace khuyenhoc::body_lists {

std::string label_of(const BodyKind& kind) { return current_language() == Language::english ? kind.label_en : kind.label_vi; }

std::vector<const BodyKind*> kinds_below(const Systems& systems, const BodyKind& above, Day day) {
  std::set<std::string> families{above.family};
  std::set<const BodyKind*> found;
  for (bool more = true; more;) {
    more = false;
    for (const BodyKind& kind : systems.kinds()) {
      if (kind.system != above.system || found.contains(&kind) || (kind.until && day >= *kind.until)) continue;
      if (std::ranges::none_of(kind.under, [&](const std::string& family) { return families.contains(family); })) continue;
      found.insert(&kind);
      families.insert(kind.family);
      more = true;
    }
  }
  std::vector<const BodyKind*> out;
  for (const BodyKind& kind : systems.kinds())
    if (found.contains(&kind)) out.push_back(&kind);
  return out;
}

std::vector<ImportColumn> columns(const Systems& systems, const BodyKind& above) {
  std::vector<ImportChoice> kinds;
  for (const BodyKind* one : kinds_below(systems, above, Day::latest())) kinds.push_back({one->code, label_of(*one)});
  return {
      {.code = "ten", .label = tr("Tên tổ chức"), .need = ImportNeed::required,
       .other_headings = {"Tên", "Tên chi hội", "Tên đơn vị", "Tên Hội", "Tên ban", "Tên chi hội, ban", "Tên chi hội khuyến học", "Chi hội", "Đơn vị", "Tổ chức", "Tên thôn", "Thôn, tổ dân phố"},
       .example = "Chi hội Thôn 8", .help = tr("Tên đầy đủ, ví dụ Chi hội Thôn 8, Ban khuyến học dòng họ Nguyễn Đình, Hội Khuyến học xã Ea Kar."), .longest = 200},
      {.code = "ten-gon", .label = tr("Tên gọn"), .other_headings = {"Tên viết gọn", "Tên tắt", "Tên viết tắt", "Tên ngắn"}, .example = "Thôn 8", .help = tr("Hiện trong bảng. Để trống thì lấy theo tên đầy đủ."),
       .longest = 200},
      {.code = "loai", .label = tr("Loại tổ chức"), .other_headings = {"Loại", "Loại hình", "Loại chi hội", "Loại hình tổ chức", "Phân loại"}, .choices = kinds, .example = "Chi hội khuyến học thôn, tổ dân phố",
       .help = tr("Ghi theo danh sách hoặc theo lối thường gọi, ví dụ chi hội thôn, ban khuyến học trường học. Để trống thì đoán theo tên.")},
      {.code = "xa", .label = tr("Xã, phường"),
       .other_headings = {"Địa bàn", "Xã", "Phường", "Xã/phường", "Xã, phường, thị trấn", "Đơn vị hành chính", "Địa bàn hoạt động", "Tên xã", "Thuộc xã", "Mã xã", "Xã phường đặc khu"}, .example = "Xã Ea Kar",
       .help = tr("Tên hoặc mã xã, phường, đặc khu. Tên cũ trước 01/7/2025 được xếp vào xã mới.")},
      {.code = "cap-tren", .label = tr("Cấp trên trực tiếp"), .other_headings = {"Cấp trên", "Trực thuộc", "Thuộc Hội", "Hội cấp trên", "Đơn vị cấp trên", "Đơn vị chủ quản"}, .example = "Hội Khuyến học xã Ea Kar",
       .help = tr("Để trống thì lấy Hội của xã, phường ấy.")},
      {.code = "ngay", .label = tr("Ngày thành lập"), .holds = ImportHolds::day, .other_headings = {"Thành lập ngày", "Ngày quyết định", "Ngày QĐ thành lập", "Thành lập"}, .example = "22/11/2019"},
      {.code = "nguoi", .label = tr("Người đứng đầu"),
       .other_headings = {"Chi hội trưởng", "Chủ tịch", "Trưởng ban", "Họ và tên", "Họ tên", "Họ tên chi hội trưởng", "Người phụ trách", "Đại diện"}, .example = "Phạm Văn Lượng",
       .help = tr("Người liên hệ của tổ chức."), .longest = 100},
      {.code = "dien-thoai", .label = tr("Điện thoại"), .holds = ImportHolds::telephone, .other_headings = {"Số điện thoại", "SĐT", "ĐT", "Điện thoại di động", "Di động", "Số máy"}, .example = "0912 345 678"},
      {.code = "xa-cu", .label = tr("Xã, thị trấn cũ"), .other_headings = {"Xã cũ", "Địa bàn cũ", "Xã trước sáp nhập", "Xã trước 01/7/2025"}, .example = "Xã Cư Huê",
       .help = tr("Xã, thị trấn trước 01/7/2025 mà nơi này thuộc về; giúp xếp số liệu theo địa giới cũ.")},
  };
}

std::vector<ImportField> options(Day today) {
  return {
      {.code = "tu-ngay", .label = tr("Ngày thành lập của dòng không ghi ngày"), .help = tr("Nếu cấp trên thành lập sau ngày này thì lấy ngày của cấp trên."), .holds = ImportField::Holds::day,
       .need = ImportNeed::required, .proposed = today.text()},
      {.code = "khong-dau", .label = tr("Tên ghi không dấu vẫn nhận là tổ chức đã có"), .help = tr("Ví dụ “Chi hoi Thon 8” là Chi hội Thôn 8. Không chọn thì các dòng ấy cần xem lại từng dòng."),
       .holds = ImportField::Holds::yes, .proposed = "co"},
  };
}

}  // namespace khuyenhoc::body_lists
