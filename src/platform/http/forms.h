// Reads what browsers send: query strings, urlencoded and multipart forms, cookies. All of it is bytes from outside.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "platform/http/fields.h"

namespace khuyenhoc::http {

struct FormLimits {
  std::size_t fields = 20'000;         // a grid of one commune has some 4,000 cells
  std::size_t name_bytes = 200;
  std::size_t files = 200;          // the workbooks of a province, chosen at once
  std::size_t part_head_bytes = 4'096;
};

// A file of a multipart form; the views look into the body they were read from.
struct Upload {
  std::string name;                    // of the form field
  std::string file_name;               // as the browser says, without folders; never to be used as a path
  std::string content_type;
  std::string_view content;
};

struct Form {
  Fields fields;
  std::vector<Upload> files;
};

// "a=1&b=2" with %XX and +. Refused: a broken %XX, text that is not UTF-8, a zero byte, too many fields.
Result<Fields> parse_urlencoded(std::string_view text, const FormLimits& limits = {});
Result<Form> parse_multipart(std::string_view body, std::string_view boundary, const FormLimits& limits = {});
// The boundary named by "multipart/form-data; boundary=…"; none when it names none that the standard allows.
std::optional<std::string> multipart_boundary(std::string_view content_type);
// "a=1; b=2"; what is malformed is left out, for browsers send what others have set.
Fields parse_cookies(std::string_view header);
// %XX of one segment of a path; none when it is broken, not UTF-8 or holds a zero byte.
std::optional<std::string> decoded_segment(std::string_view text);

}  // namespace khuyenhoc::http
