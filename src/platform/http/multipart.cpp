#include "base/i18n.h"
#include "base/text.h"
#include "platform/http/forms.h"

namespace khuyenhoc::http {
namespace {

std::unexpected<Refusal> broken() { return refuse("http.broken_multipart", tr("Tệp gửi lên bị đứt giữa chừng. Xin gửi lại.")); }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

// The value of one parameter of "form-data; name="a"; filename="b.xlsx"", quoted or bare. Browsers write a quote inside as %22 or \".
std::optional<std::string> parameter(std::string_view header, std::string_view wanted) {
  std::size_t at = header.find(';');
  while (at < header.size()) {
    ++at;
    while (at < header.size() && (header[at] == ' ' || header[at] == '\t')) ++at;
    const std::size_t equals = header.find('=', at);
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string_view name = trimmed(header.substr(at, equals - at));
    std::string value;
    at = equals + 1;
    if (at < header.size() && header[at] == '"') {
      ++at;
      while (at < header.size() && header[at] != '"') {
        if (header[at] == '\\' && at + 1 < header.size() && (header[at + 1] == '"' || header[at + 1] == '\\')) ++at;
        value += header[at++];
      }
      if (at >= header.size()) return std::nullopt;
      at = header.find(';', at);
    } else {
      const std::size_t end = std::min(header.find(';', at), header.size());
      value = trimmed(header.substr(at, end - at));
      at = end;
    }
    if (same_in_any_case(name, wanted)) return value;
  }
  return std::nullopt;
}

std::string without_folders(std::string_view file_name) {
  const std::size_t slash = file_name.find_last_of("/\\");
  return std::string(slash == std::string_view::npos ? file_name : file_name.substr(slash + 1));
}

struct PartHead {
  std::string name;
  std::optional<std::string> file_name;
  std::string content_type;
};

std::optional<PartHead> parse_part_head(std::string_view head) {
  PartHead result;
  bool named = false;
  while (!head.empty()) {
    const std::size_t end = std::min(head.find("\r\n"), head.size());
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(std::min(end + 2, head.size()));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const std::string_view name = trimmed(line.substr(0, colon));
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (same_in_any_case(name, "Content-Disposition")) {
      if (!same_in_any_case(trimmed(value.substr(0, value.find(';'))), "form-data")) return std::nullopt;
      const auto field = parameter(value, "name");
      if (!field) return std::nullopt;
      result.name = *field;
      result.file_name = parameter(value, "filename");
      named = true;
    } else if (same_in_any_case(name, "Content-Type")) {
      result.content_type = value;
    }
  }
  if (!named) return std::nullopt;
  return result;
}

bool is_clean(std::string_view text) { return text.find('\0') == std::string_view::npos && is_valid_utf8(text); }

}  // namespace

std::optional<std::string> multipart_boundary(std::string_view content_type) {
  if (!same_in_any_case(trimmed(content_type.substr(0, content_type.find(';'))), "multipart/form-data")) return std::nullopt;
  auto boundary = parameter(content_type, "boundary");
  if (!boundary || boundary->empty() || boundary->size() > 70) return std::nullopt;   // RFC 2046, 5.1.1
  return boundary;
}

Result<Form> parse_multipart(std::string_view body, std::string_view boundary, const FormLimits& limits) {
  Form form;
  const std::string delimiter = "--" + std::string(boundary);
  const std::string next_delimiter = "\r\n" + delimiter;
  if (!body.starts_with(delimiter)) return broken();
  body.remove_prefix(delimiter.size());
  while (true) {
    if (body.starts_with("--")) return form;      // the end; what follows means nothing
    if (!body.starts_with("\r\n")) return broken();
    body.remove_prefix(2);
    const std::size_t head_end = body.substr(0, limits.part_head_bytes).find("\r\n\r\n");
    if (head_end == std::string_view::npos) return broken();
    const auto head = parse_part_head(body.substr(0, head_end));
    if (!head) return broken();
    body.remove_prefix(head_end + 4);
    // an empty part may end with the delimiter right behind its head
    const std::size_t end = body.starts_with(delimiter) ? 0 : body.find(next_delimiter);
    if (end == std::string_view::npos) return broken();
    const std::string_view content = body.substr(0, end);
    body.remove_prefix(body.starts_with(delimiter) ? delimiter.size() : end + next_delimiter.size());
    if (head->name.size() > limits.name_bytes) return refuse("http.long_field_name", tr("Dữ liệu gửi lên có tên ô quá dài."));
    if (!is_clean(head->name) || (head->file_name && !is_clean(*head->file_name))) return refuse("http.broken_encoding", tr("Dữ liệu gửi lên có chữ bị hỏng. Xin tải lại trang rồi gửi lại."));
    if (head->file_name) {
      if (form.files.size() >= limits.files) return refuse("http.too_many_files", tr("Mỗi lần chỉ gửi được {} tệp.", limits.files));
      if (head->file_name->empty() && content.empty()) continue;     // a file box left empty
      form.files.push_back({head->name, without_folders(*head->file_name), head->content_type, content});
    } else {
      if (form.fields.size() >= limits.fields) return refuse("http.too_many_fields", tr("Dữ liệu gửi lên có quá nhiều ô."));
      if (!is_clean(content)) return refuse("http.broken_encoding", tr("Dữ liệu gửi lên có chữ bị hỏng. Xin tải lại trang rồi gửi lại."));
      form.fields.add(head->name, content);
    }
  }
}

}  // namespace khuyenhoc::http
