#include "platform/document/pdf_canvas.h"

#include <cstring>
#include <bit>
#include <stdexcept>

#include <cairo-pdf.h>
#include <fmt/format.h>

#include "platform/spreadsheet/package.h"

namespace khuyenhoc::document {
namespace {

// Times New Roman's twin in measures comes first: it is the one installed beside us.
constexpr const char* font_family = "Liberation Serif, Times New Roman, Tinos, serif";

double points_of(int pango_units) { return static_cast<double>(pango_units) / PANGO_SCALE; }
int pango_units(double points) { return static_cast<int>(points * PANGO_SCALE + 0.5); }

void insert(PangoAttrList* attributes, PangoAttribute* attribute, std::size_t from, std::size_t to) {
  attribute->start_index = static_cast<guint>(from);
  attribute->end_index = static_cast<guint>(to);
  pango_attr_list_insert(attributes, attribute);
}

bool is_bold(Weight weight) { return weight == Weight::bold || weight == Weight::bold_italic; }
bool is_italic(Weight weight) { return weight == Weight::italic || weight == Weight::bold_italic; }

struct Marked {
  std::size_t at = 0;       // byte where the mark ends
  std::string footnote;
};

}  // namespace

Canvas::Canvas(const std::string& title, const std::string& author, Day day) {
  const auto write = [](void* closure, const unsigned char* data, unsigned length) {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
  };
  surface_.reset(cairo_pdf_surface_create_for_stream(write, &bytes_, pt_of_mm(measure::page_short_mm), pt_of_mm(measure::page_long_mm)));
  cairo_pdf_surface_restrict_to_version(surface_.get(), CAIRO_PDF_VERSION_1_4);     // what archives and signing programs ask for
  cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, spreadsheet::xml_text(title).c_str());
  cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_AUTHOR, spreadsheet::xml_text(author).c_str());
  cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_CREATE_DATE, (day.iso() + "T00:00:00+07:00").c_str());
  pen_.reset(cairo_create(surface_.get()));
  if (cairo_status(pen_.get()) != CAIRO_STATUS_SUCCESS) throw std::runtime_error("cannot begin a PDF in memory");
  cairo_set_line_width(pen_.get(), measure::rule_pt);
  context_.reset(pango_cairo_create_context(pen_.get()));
  pango_cairo_context_set_resolution(context_.get(), 72);
  auto* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context_.get(), options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(context_.get(), FALSE);
  pango_context_set_language(context_.get(), pango_language_from_string("vi"));
}

Canvas::~Canvas() = default;

SetText Canvas::set(const Text& text, double width, const TextStyle& style) {
  std::string all;
  std::vector<Marked> marks;
  auto* attributes = pango_attr_list_new();
  for (const auto& run : text.runs) {
    const auto from = all.size();
    all += spreadsheet::xml_text(run.text);
    const auto weight = run.weight == Weight::regular ? style.weight : run.weight;
    if (is_bold(weight)) insert(attributes, pango_attr_weight_new(PANGO_WEIGHT_BOLD), from, all.size());
    if (is_italic(weight)) insert(attributes, pango_attr_style_new(PANGO_STYLE_ITALIC), from, all.size());
    if (run.footnote.empty()) continue;
    const auto mark_from = all.size();
    all += std::to_string(++footnotes_);
    insert(attributes, pango_attr_size_new(pango_units(style.points * 0.65)), mark_from, all.size());
    insert(attributes, pango_attr_rise_new(pango_units(style.points * 0.35)), mark_from, all.size());
    marks.push_back({all.size(), run.footnote});
  }
  SetText set;
  set.layout.reset(pango_layout_new(context_.get()));
  auto* layout = set.layout.get();
  auto* font = pango_font_description_new();
  pango_font_description_set_family_static(font, font_family);
  pango_font_description_set_size(font, pango_units(style.points));
  pango_layout_set_font_description(layout, font);
  pango_font_description_free(font);
  pango_layout_set_text(layout, all.c_str(), static_cast<int>(all.size()));
  pango_layout_set_attributes(layout, attributes);
  pango_attr_list_unref(attributes);
  pango_layout_set_width(layout, pango_units(width));
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_indent(layout, pango_units(style.first_line));
  pango_layout_set_line_spacing(layout, static_cast<float>(style.line_spacing));
  pango_layout_set_justify(layout, style.alignment == Alignment::justified ? TRUE : FALSE);
  pango_layout_set_alignment(layout, style.alignment == Alignment::centre ? PANGO_ALIGN_CENTER : style.alignment == Alignment::right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);

  int footnote = footnotes_ - static_cast<int>(marks.size());
  auto mark = marks.begin();
  auto* iterator = pango_layout_get_iter(layout);
  do {
    PangoRectangle logical;
    pango_layout_iter_get_line_extents(iterator, nullptr, &logical);
    int bottom = 0;
    pango_layout_iter_get_line_yrange(iterator, nullptr, &bottom);
    // The white between lines belongs to the lower one, so that lines set one by one keep their distance.
    Line line{.line = pango_layout_iter_get_line_readonly(iterator), .x = points_of(logical.x), .top = set.height, .baseline = points_of(pango_layout_iter_get_baseline(iterator)),
              .height = points_of(bottom) - set.height, .width = points_of(logical.width)};
    line.first_footnote = footnote + 1;
    const auto line_end = static_cast<std::size_t>(line.line->start_index + line.line->length);
    for (; mark != marks.end() && mark->at <= line_end; ++mark, ++footnote) line.footnotes.push_back(mark->footnote);
    set.height = points_of(bottom);
    set.lines.push_back(std::move(line));
  } while (pango_layout_iter_next_line(iterator));
  pango_layout_iter_free(iterator);
  return set;
}

void Canvas::draw(const Line& line, double x, double top) {
  cairo_move_to(pen_.get(), x + line.x, top + line.baseline - line.top);
  pango_cairo_show_layout_line(pen_.get(), line.line);
}

void Canvas::draw(const SetText& text, double x, double top) {
  for (const auto& line : text.lines) draw(line, x, top + line.top);
}

void Canvas::rule(double x, double y, double length) {
  cairo_set_line_width(pen_.get(), measure::rule_pt);
  cairo_move_to(pen_.get(), x, y);
  cairo_line_to(pen_.get(), x + length, y);
  cairo_stroke(pen_.get());
}

void Canvas::box(double x, double y, double width, double height) {
  constexpr double thin = 0.5;
  cairo_set_line_width(pen_.get(), thin);
  cairo_rectangle(pen_.get(), x, y, width, height);
  cairo_stroke(pen_.get());
}

void Canvas::picture(const Picture& picture, double x, double y) {
  std::string_view rest(*picture.png);
  const auto give = [](void* closure, unsigned char* into, unsigned length) {
    auto& left = *static_cast<std::string_view*>(closure);
    if (left.size() < length) return CAIRO_STATUS_READ_ERROR;
    std::memcpy(into, left.data(), length);
    left.remove_prefix(length);
    return CAIRO_STATUS_SUCCESS;
  };
  const std::unique_ptr<cairo_surface_t, Unref> image(cairo_image_surface_create_from_png_stream(give, &rest));
  if (cairo_surface_status(image.get()) != CAIRO_STATUS_SUCCESS) return;      // checked when it was kept
  cairo_save(pen_.get());
  cairo_translate(pen_.get(), x, y);
  cairo_scale(pen_.get(), pt_of_mm(picture.width_mm) / cairo_image_surface_get_width(image.get()), pt_of_mm(picture.height_mm) / cairo_image_surface_get_height(image.get()));
  cairo_set_source_surface(pen_.get(), image.get(), 0, 0);
  cairo_paint(pen_.get());
  cairo_restore(pen_.get());
}

void Canvas::dashes(double from_x, double from_y, double to_x, double to_y) {
  constexpr double thin = 0.4;
  constexpr double pattern[] = {4, 3};
  cairo_save(pen_.get());
  cairo_set_line_width(pen_.get(), thin);
  cairo_set_dash(pen_.get(), pattern, 2, 0);
  cairo_move_to(pen_.get(), from_x, from_y);
  cairo_line_to(pen_.get(), to_x, to_y);
  cairo_stroke(pen_.get());
  cairo_restore(pen_.get());
}

void Canvas::picture(const BitPicture& picture, double x, double y, double side) {
  std::unique_ptr<cairo_surface_t, Unref> mask(cairo_image_surface_create(CAIRO_FORMAT_A1, picture.size, picture.size));
  if (cairo_surface_status(mask.get()) != CAIRO_STATUS_SUCCESS) throw std::runtime_error("cannot draw a picture in memory");
  cairo_surface_flush(mask.get());
  unsigned char* bytes = cairo_image_surface_get_data(mask.get());
  const int stride = cairo_image_surface_get_stride(mask.get());
  constexpr int word = 32;
  for (int row = 0; row < picture.size; ++row)
    for (int column = 0; column < picture.size; ++column) {
      if (!picture.dark[static_cast<std::size_t>(row * picture.size + column)]) continue;
      // cairo keeps one bit a dot, in words of 32 in the machine's own order
      auto* words = reinterpret_cast<std::uint32_t*>(bytes + static_cast<std::ptrdiff_t>(row) * stride);
      const auto bit = std::endian::native == std::endian::little ? static_cast<std::uint32_t>(column % word) : static_cast<std::uint32_t>(word - 1 - column % word);
      words[column / word] |= std::uint32_t{1} << bit;
    }
  cairo_surface_mark_dirty(mask.get());
  cairo_save(pen_.get());
  cairo_translate(pen_.get(), x, y);
  cairo_scale(pen_.get(), side / picture.size, side / picture.size);
  std::unique_ptr<cairo_pattern_t, Unref> pattern(cairo_pattern_create_for_surface(mask.get()));
  cairo_pattern_set_filter(pattern.get(), CAIRO_FILTER_NEAREST);
  cairo_mask(pen_.get(), pattern.get());
  cairo_restore(pen_.get());
}

void Canvas::outline(const std::string& title, int level, double y) {
  const auto depth = static_cast<std::size_t>(std::max(level, 1) - 1);
  outline_parents_.resize(std::min(outline_parents_.size(), depth));
  const int parent = outline_parents_.empty() ? CAIRO_PDF_OUTLINE_ROOT : outline_parents_.back();
  const auto where = fmt::format("page={} pos=[0 {:.1f}]", page_, y);
  outline_parents_.push_back(cairo_pdf_surface_add_outline(surface_.get(), parent, spreadsheet::xml_text(title).c_str(), where.c_str(), CAIRO_PDF_OUTLINE_FLAG_OPEN));
}

void Canvas::open_page(Orientation orientation) {
  const bool wide = orientation == Orientation::landscape;
  width_ = pt_of_mm(wide ? measure::page_long_mm : measure::page_short_mm);
  height_ = pt_of_mm(wide ? measure::page_short_mm : measure::page_long_mm);
  cairo_pdf_surface_set_size(surface_.get(), width_, height_);
  ++page_;
}

void Canvas::close_page() { cairo_show_page(pen_.get()); }

std::string Canvas::finish() {
  cairo_surface_finish(surface_.get());
  if (cairo_surface_status(surface_.get()) != CAIRO_STATUS_SUCCESS) throw std::runtime_error("cannot finish a PDF in memory");
  return std::move(bytes_);
}

}  // namespace khuyenhoc::document
