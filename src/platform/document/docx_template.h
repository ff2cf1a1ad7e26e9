// A DOCX that an office made in Word, with named places in it: <<số>>, {{B01}}, or mail-merge fields. Read carefully, checked, and filled with text, paragraphs and tables.
//
// A name is what stands between the marks, in any spelling: "Lời văn: ưu điểm", "loi_van.uu_diem" and "LOI VAN : UU DIEM" are one. Word may have split it over
// several runs; the first one's look is kept.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "platform/document/document.h"

namespace khuyenhoc::document {

// A name without its spelling: accents, capitals, blanks and the kind of separator do not matter. "loi_van.uu_diem"
std::string template_key(std::string_view name);

// One place, as found in the file.
struct TemplatePlace {
  std::string written;                   // "<<Số>>"
  std::string key;                       // "so"
  std::string around;                    // the words it stands in: "Số: <<Số>>/BC-HKH"
  enum class Part { body, table, header, footer, note } part = Part::body;
  bool alone = false;                    // nothing else in its paragraph
};

// What stands in a place: words (a line break is one in Word), or whole paragraphs and tables in place of the paragraph.
using TemplateValue = std::variant<std::string, std::vector<Block>>;

struct TemplateSource {
  std::function<TemplateValue(const std::string& key)> value;
  // A table row with such a key is repeated, once for each; empty rows leave the head only.
  std::function<bool(const std::string& key)> is_of_row = {};
  std::size_t rows = 0;
  std::function<std::string(const std::string& key, std::size_t row)> row_value = {};
};

class DocxTemplate {
 public:
  // "template.broken", "template.too_large", "template.not_docx", "template.password", "template.macro", "template.embedded" (objects, linked pictures, fields that
  // fetch from elsewhere), "template.open" (an opening mark without its end)
  static Result<DocxTemplate> read(std::string bytes);
  const std::vector<TemplatePlace>& places() const { return places_; }
  // The document with every place filled; the parts without places as they were.
  std::string fill(const TemplateSource& source) const;

 private:
  struct Part {
    std::string name, content;
    bool has_places = false;
  };
  std::vector<Part> parts_;
  std::vector<TemplatePlace> places_;
};

}  // namespace khuyenhoc::document
