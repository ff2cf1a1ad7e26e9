#include "accounts/site_address.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "base/i18n.h"
#include "base/text.h"

namespace khuyenhoc {
namespace {

std::string& set_address() {
  static std::string address;
  return address;
}

bool is_port(std::string_view text) {
  constexpr std::size_t most_digits = 5;
  constexpr int last_port = 65'535;
  if (text.empty() || text.size() > most_digits || !std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c) != 0; })) return false;
  const int port = std::stoi(std::string(text));
  return port > 0 && port <= last_port;
}

// "hoi.example.vn", "192.168.1.20:8080", "[::1]:8080"
bool is_host(std::string_view text) {
  constexpr std::size_t longest_name = 253;
  std::string_view name = text;
  std::optional<std::string_view> port;
  if (text.starts_with('[')) {
    const auto closing = text.find(']');
    if (closing == std::string_view::npos) return false;
    name = text.substr(1, closing - 1);
    const auto behind = text.substr(closing + 1);
    if (!behind.empty() && !behind.starts_with(':')) return false;
    if (!behind.empty()) port = behind.substr(1);
    if (!std::ranges::all_of(name, [](unsigned char c) { return std::isxdigit(c) != 0 || c == ':' || c == '.'; })) return false;
  } else {
    if (const auto colon = text.find(':'); colon != std::string_view::npos) {
      name = text.substr(0, colon);
      port = text.substr(colon + 1);
    }
    if (!std::ranges::all_of(name, [](unsigned char c) { return std::isalnum(c) != 0 || c == '.' || c == '-'; })) return false;
    if (name.starts_with('-') || name.starts_with('.') || name.find("..") != std::string_view::npos) return false;
  }
  return !name.empty() && name.size() <= longest_name && (!port || is_port(*port));
}

}  // namespace

Result<std::string> checked_public_address(std::string_view typed) {
  std::string address = normalised(typed);
  while (address.ends_with('/')) address.pop_back();
  const std::string_view scheme = address.starts_with("https://") ? "https://" : address.starts_with("http://") ? "http://" : "";
  if (scheme.empty() || !is_host(std::string_view(address).substr(scheme.size())))
    return refuse("serve.public_address", tr("Địa chỉ “{}” chưa đúng. Xin ghi như https://hoi.example.vn, không kèm đường dẫn phía sau.", typed), "--public-address");
  return address;
}

void set_public_address(std::string address) { set_address() = std::move(address); }

std::string site_address(std::string_view host, std::string_view forwarded_protocol) {
  if (!set_address().empty()) return set_address();
  if (!is_host(host)) return {};
  return (forwarded_protocol == "https" ? "https://" : "http://") + std::string(host);
}

}  // namespace khuyenhoc
