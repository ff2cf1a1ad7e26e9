#include "platform/spreadsheet/styles.h"

#include <map>

#include "platform/spreadsheet/elements.h"

namespace khuyenhoc::spreadsheet {

bool shows_a_day(std::string_view code) {
  bool day_or_year = false;
  bool month_or_minute = false;
  bool hour_or_second = false;
  for (std::size_t at = 0; at < code.size(); ++at) {
    switch (code[at]) {
      case '"': {
        const auto close = code.find('"', at + 1);
        if (close == std::string_view::npos) return false;
        at = close;
        break;
      }
      case '[': {     // a colour, a locale, a condition, or an elapsed time
        const auto close = code.find(']', at + 1);
        if (close == std::string_view::npos) return false;
        const auto inside = code.substr(at + 1, close - at - 1);
        if (inside.find_first_not_of("hHmMsS") == std::string_view::npos) hour_or_second = true;
        at = close;
        break;
      }
      case '\\':
      case '_':
      case '*': ++at; break;
      case ';': return day_or_year || (month_or_minute && !hour_or_second);     // what follows is for negatives
      case 'd':
      case 'D':
      case 'y':
      case 'Y': day_or_year = true; break;
      case 'm':
      case 'M': month_or_minute = true; break;
      case 'h':
      case 'H':
      case 's':
      case 'S': hour_or_second = true; break;
      default: break;
    }
  }
  return day_or_year || (month_or_minute && !hour_or_second);
}

bool built_in_format_shows_a_day(int id) {
  return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) || id == 57 || id == 58;
}

Result<std::vector<bool>> day_styles(std::string styles_xml) {
  pugi::xml_document document;
  if (!document.load_buffer_inplace(styles_xml.data(), styles_xml.size(), xml_flags, pugi::encoding_utf8)) return std::unexpected(broken_xml());
  const auto root = document.document_element();
  std::map<int, bool> custom;
  for (const auto format : child_named(root, "numFmts").children())
    custom[format.attribute("numFmtId").as_int()] = shows_a_day(format.attribute("formatCode").as_string());
  std::vector<bool> days;
  for (const auto style : child_named(root, "cellXfs").children()) {
    const int id = style.attribute("numFmtId").as_int();
    const auto own = custom.find(id);
    days.push_back(own != custom.end() ? own->second : built_in_format_shows_a_day(id));
  }
  return days;
}

}  // namespace khuyenhoc::spreadsheet
