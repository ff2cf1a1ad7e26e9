// What the pages of reports show.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/html/url.h"
#include "shell/frame.h"

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

struct RoundPaperView {
  std::vector<FrameLink> trail;
  std::string state, name;               // "Đã ký, số 07/BC-HKH ngày 08/6/2026"
  bool draft = false, live = false;
  std::string own_template;              // that the Word file is the office's own; empty: it is the house's
  std::string apart;                     // where paper and official figures differ today
  Url docx = Url("/"), house_docx = Url("/"), pdf = Url("/"), xlsx = Url("/"), as_signed = Url("/"), as_entered = Url("/");
  std::optional<FrameLink> settings;     // of who may choose the template
};

}  // namespace khuyenhoc
