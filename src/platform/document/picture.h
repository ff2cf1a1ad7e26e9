// Pictures on paper: a PNG with a transparent ground, its size in millimetres.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace khuyenhoc::document {

struct Picture {
  std::shared_ptr<const std::string> png;
  double width_mm = 0, height_mm = 0;
};

struct PngSize {
  int width = 0, height = 0;             // in dots
  bool has_transparency = false;         // some dot lets the paper show through
};
// Read to the end. "picture.kind" (no PNG), "picture.broken", "picture.dots" (too many or too few).
Result<PngSize> read_png(std::string_view bytes);

// "data:image/png;base64,…", for a page.
std::string data_address(const Picture& picture);

// Where the pictures of a signature block stand in a column of some width, in millimetres from its left edge and from the top of the room above the name: the
// signature in the middle, the seal over its left third (NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.8).
struct PlacedPicture {
  const Picture* picture = nullptr;
  double x_mm = 0, y_mm = 0;
};
struct PlacedPictures {
  double room_mm = 0;                    // between the last line above and the name
  PlacedPicture signature, seal;         // each without a picture where there is none
};
PlacedPictures placed_pictures(const Picture* signature, const Picture* seal, double column_mm);

}  // namespace khuyenhoc::document
