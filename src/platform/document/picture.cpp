#include "platform/document/picture.h"

#include <algorithm>
#include <cstring>
#include <memory>

#include <cairo.h>
#include <glib.h>

#include "base/i18n.h"
#include "platform/document/layout.h"

namespace khuyenhoc::document {
namespace {

constexpr int fewest_dots = 60, most_dots = 4'000;
constexpr std::size_t header_bytes = 33;          // signature and IHDR

std::uint32_t big_endian(std::string_view bytes, std::size_t at) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < 4; ++i) out = out << 8 | static_cast<unsigned char>(bytes[at + i]);
  return out;
}

struct Source {
  std::string_view rest;
};

cairo_status_t give(void* closure, unsigned char* into, unsigned length) {
  auto& source = *static_cast<Source*>(closure);
  if (source.rest.size() < length) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(into, source.rest.data(), length);
  source.rest.remove_prefix(length);
  return CAIRO_STATUS_SUCCESS;
}

bool lets_through(cairo_surface_t* surface, int width, int height) {
  if (cairo_image_surface_get_format(surface) != CAIRO_FORMAT_ARGB32) return false;
  const unsigned char* data = cairo_image_surface_get_data(surface);
  const int stride = cairo_image_surface_get_stride(surface);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      std::uint32_t dot = 0;
      std::memcpy(&dot, data + static_cast<std::ptrdiff_t>(y) * stride + static_cast<std::ptrdiff_t>(x) * 4, 4);
      if (dot >> 24 < 128) return true;
    }
  return false;
}

}  // namespace

Result<PngSize> read_png(std::string_view bytes) {
  if (!bytes.starts_with("\x89PNG\r\n\x1A\n")) return refuse("picture.kind", tr("Tệp này không phải ảnh PNG. Xin lưu ảnh ở định dạng PNG rồi chọn lại."));
  if (bytes.size() < header_bytes || bytes.substr(12, 4) != "IHDR") return refuse("picture.broken", tr("Ảnh bị hỏng, không đọc được. Xin lưu lại ảnh rồi chọn lại."));
  // looked at before anything is unpacked
  const std::uint32_t width = big_endian(bytes, 16), height = big_endian(bytes, 20);
  if (std::min(width, height) < fewest_dots || std::max(width, height) > most_dots)
    return refuse("picture.dots", tr("Ảnh có {} x {} điểm. Mỗi chiều cần từ 60 đến 4.000 điểm; ảnh dấu rộng khoảng 600 điểm là rõ.", width, height));
  Source source{bytes};
  const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface(cairo_image_surface_create_from_png_stream(give, &source), &cairo_surface_destroy);
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) return refuse("picture.broken", tr("Ảnh bị hỏng, không đọc được. Xin lưu lại ảnh rồi chọn lại."));
  const PngSize size{cairo_image_surface_get_width(surface.get()), cairo_image_surface_get_height(surface.get()), false};
  return PngSize{size.width, size.height, lets_through(surface.get(), size.width, size.height)};
}

std::string data_address(const Picture& picture) {
  const std::unique_ptr<gchar, decltype(&g_free)> text(g_base64_encode(reinterpret_cast<const guchar*>(picture.png->data()), picture.png->size()), &g_free);
  return std::string("data:image/png;base64,") + text.get();
}

PlacedPictures placed_pictures(const Picture* signature, const Picture* seal, double column_mm) {
  constexpr double plain_room_mm = measure::signature_room_pt * 25.4 / 72, air_mm = 2;
  PlacedPictures out{.room_mm = plain_room_mm, .signature = {}, .seal = {}};
  if (signature != nullptr) out.room_mm = std::max(out.room_mm, signature->height_mm + air_mm);
  double left_third = column_mm / 2;
  if (signature != nullptr) {
    const double x = (column_mm - signature->width_mm) / 2;
    out.signature = {signature, x, (out.room_mm - signature->height_mm) / 2};
    left_third = x + signature->width_mm / 3;
  }
  if (seal != nullptr) out.seal = {seal, std::max(left_third - seal->width_mm, 0.0), (out.room_mm - seal->height_mm) / 2};
  return out;
}

}  // namespace khuyenhoc::document
