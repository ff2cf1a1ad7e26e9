// What the pages of reports show.
#pragma once

#include <string>
#include <vector>

#include "platform/html/url.h"

namespace khuyenhoc {

struct ReportLink {
  std::string label;                    // "6 tháng đầu năm 2026"
  std::string window;                   // "từ 01/12/2025 đến hết 31/5/2026"
  std::string state;                    // "Đã hết kỳ" or "Đang trong kỳ, số liệu còn thay đổi"
  bool running = false;
  Url view, docx, pdf, xlsx;
};

struct ReportList {
  std::string unit;
  std::vector<ReportLink> reports;
};

struct ReportView {
  std::string lens_note;                // "Số tạm tính đến 9 giờ 41 phút ngày 08/6/2026"
  bool official = false;
  Url docx, pdf, xlsx, live, closed;
};

}  // namespace khuyenhoc
