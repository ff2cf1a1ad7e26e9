#include "platform/http/forms.h"

#include <boost/url/pct_string_view.hpp>

#include "base/i18n.h"
#include "base/text.h"

namespace khuyenhoc::http {
namespace {

enum class Plus : std::uint8_t { is_plus, is_space };

std::optional<std::string> decoded(std::string_view text, Plus plus) {
  std::string result;
  if (text.find_first_of(plus == Plus::is_space ? "%+" : "%") == std::string_view::npos) {
    result = text;
  } else {
    const auto escaped = boost::urls::make_pct_string_view({text.data(), text.size()});
    if (!escaped) return std::nullopt;
    result = escaped->decode(boost::urls::encoding_opts(plus == Plus::is_space));
  }
  if (result.find('\0') != std::string::npos || !is_valid_utf8(result)) return std::nullopt;
  return result;
}

}  // namespace

std::optional<std::string> decoded_segment(std::string_view text) { return decoded(text, Plus::is_plus); }

Result<Fields> parse_urlencoded(std::string_view text, const FormLimits& limits) {
  Fields fields;
  fields.reserve(8, text.size());
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const auto name = decoded(pair.substr(0, equals), Plus::is_space);
    const auto value = decoded(equals < pair.size() ? pair.substr(equals + 1) : std::string_view{}, Plus::is_space);
    if (!name || !value) return refuse("http.broken_encoding", tr("Dữ liệu gửi lên có chữ bị hỏng. Xin tải lại trang rồi gửi lại."));
    if (name->size() > limits.name_bytes) return refuse("http.long_field_name", tr("Dữ liệu gửi lên có tên ô quá dài."));
    if (fields.size() >= limits.fields) return refuse("http.too_many_fields", tr("Dữ liệu gửi lên có quá nhiều ô."));
    fields.add(*name, *value);
  }
  return fields;
}

Fields parse_cookies(std::string_view header) {
  Fields cookies;
  while (!header.empty()) {
    const std::size_t end = std::min(header.find(';'), header.size());
    std::string_view pair = header.substr(0, end);
    header.remove_prefix(std::min(end + 1, header.size()));
    while (!pair.empty() && pair.front() == ' ') pair.remove_prefix(1);
    while (!pair.empty() && pair.back() == ' ') pair.remove_suffix(1);
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || equals == 0 || cookies.size() >= 100) continue;
    std::string_view value = pair.substr(equals + 1);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
    cookies.add(pair.substr(0, equals), value);
  }
  return cookies;
}

}  // namespace khuyenhoc::http
