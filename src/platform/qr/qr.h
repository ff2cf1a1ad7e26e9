// A QR code as a square of dark and light modules. One wrapper around libqrencode.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"

namespace khuyenhoc::qr {

struct Code {
  int size = 0;                          // modules along one side, without the quiet zone of four modules that belongs around it
  std::vector<bool> dark;                // size x size, row by row
  bool at(int row, int column) const { return dark[static_cast<std::size_t>(row * size + column)]; }
};

// Error correction M (a seventh of the code may be soiled), as printed paper needs it. "qr.too_long"
Result<Code> encode(std::string_view text);

}  // namespace khuyenhoc::qr
