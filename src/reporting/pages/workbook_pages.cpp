#include "reporting/pages/reporting_pages.h"

namespace khuyenhoc {

void add_workbook_pages(Pages&) {}

}  // namespace khuyenhoc
