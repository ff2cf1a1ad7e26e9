// What the pages show that take a filled workbook in: choose it, see what it would do, write it.
#pragma once

#include <optional>
#include <string>

#include "platform/html/url.h"
#include "reporting/entry_workbook.h"

namespace khuyenhoc {

struct UploadPage {
  std::string title, name, error;
  Url post_link = Url("/"), back_link = Url("/"), workbook_link = Url("/");
};

struct PlanPage {
  std::string title, name, file_name, notice, written;     // written: when it was, if it was
  WorkbookPlan plan;
  std::size_t bodies = 0;
  Url post_link = Url("/"), back_link = Url("/"), other_link = Url("/"), marked_link = Url("/");
  std::string button;
};

}  // namespace khuyenhoc
