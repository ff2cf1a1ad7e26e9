#include "organisation/audit_sink.h"

namespace khuyenhoc {

std::string json_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') (out += '\\') += c;
    else if (static_cast<unsigned char>(c) < 0x20) out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    else out += c;
  }
  return out += '"';
}

std::string json_of(const Body& body) {
  std::string out = fmt::format(R"({{"id":{},"kind":{},"born":"{}")", body.id.value, json_text(body.kind), body.born.iso());
  if (body.ended) out += fmt::format(R"(,"ended":"{}")", body.ended->iso());
  if (body.former_area) out += fmt::format(R"(,"former_area":{})", body.former_area.value);
  if (body.voided) out += R"(,"voided":true)";
  out += R"(,"versions":[)";
  for (const auto& version : body.versions)
    out += fmt::format(R"({}{{"from":"{}","name":{},"short_name":{},"superior":{},"area":{}}})", &version == &body.versions.front() ? "" : ",", version.from.iso(),
                       json_text(version.name), json_text(version.short_name), version.superior.value, version.area.value);
  return out + "]}";
}

}  // namespace khuyenhoc
