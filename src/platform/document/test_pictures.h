// Small pictures for tests: a ring on a transparent ground, as a scanned seal is, and a plain white sheet.
#pragma once

#include <memory>
#include <string>

#include <cairo.h>

namespace khuyenhoc::document {

enum class Ground { transparent, white };

inline std::string test_png(int width, int height, Ground ground) {
  const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface(
      cairo_image_surface_create(ground == Ground::white ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32, width, height), &cairo_surface_destroy);
  const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> pen(cairo_create(surface.get()), &cairo_destroy);
  if (ground == Ground::white) {
    cairo_set_source_rgb(pen.get(), 1, 1, 1);
    cairo_paint(pen.get());
  }
  cairo_set_source_rgb(pen.get(), 0.8, 0.1, 0.1);
  cairo_set_line_width(pen.get(), width / 20.0);
  cairo_scale(pen.get(), 1, static_cast<double>(height) / width);
  cairo_arc(pen.get(), width / 2.0, width / 2.0, width * 0.45, 0, 6.2832);
  cairo_stroke(pen.get());
  std::string out;
  const auto take = [](void* closure, const unsigned char* data, unsigned length) {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
  };
  cairo_surface_write_to_png_stream(surface.get(), take, &out);
  return out;
}

}  // namespace khuyenhoc::document
