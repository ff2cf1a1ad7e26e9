// Names what a file is when it is not a workbook, so that the person hears how to mend it.
#pragma once

#include <optional>

#include "platform/spreadsheet/workbook.h"

namespace khuyenhoc::spreadsheet {

// Before unpacking: none when the bytes look like a zip package.
std::optional<Refusal> refusal_by_first_bytes(std::span<const std::byte> bytes);
// A zip package without a workbook in it: Word, OpenDocument, binary workbook or any zip.
Refusal refusal_by_parts(const Package& package);

}  // namespace khuyenhoc::spreadsheet
