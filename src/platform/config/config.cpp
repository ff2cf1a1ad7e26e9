#include "platform/config/config.h"

#include <charconv>
#include <fstream>
#include <sstream>

#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace khuyenhoc::config {
namespace {

// One table of the file while it is read: every setting is asked for by name, and what nobody asked for is refused in the end.
class Section {
 public:
  Section(const toml::table& table, std::string prefix, std::optional<Refusal>& refused) : table_(table), prefix_(std::move(prefix)), refused_(refused) {}

  void text(std::string_view name, std::string& into) {
    if (const auto* node = find(name)) {
      if (const auto value = node->value_exact<std::string>()) into = *value;
      else wrong(name, *node, "một dòng chữ trong dấu ngoặc kép");
    }
  }
  void path(std::string_view name, std::filesystem::path& into) {
    std::string read = into.string();
    text(name, read);
    into = read;
  }
  void port(std::string_view name, std::uint16_t& into) {
    if (const auto* node = find(name)) {
      const auto value = node->value_exact<std::int64_t>();
      if (!value) return wrong(name, *node, "một số nguyên");
      if (*value < 1 || *value > 65'535) return refuse_once("config.range", name, fmt::format("Cổng {} không dùng được. Xin ghi một số từ 1 đến 65535.", *value), *node);
      into = static_cast<std::uint16_t>(*value);
    }
  }
  void refuse_once(std::string_view code, std::string_view name, std::string_view why, const toml::node& node) {
    if (!refused_) refused_ = Refusal{std::string(code), fmt::format("Mục “{}” (dòng {}): {}", full(name), node.source().begin.line, why), full(name)};
  }
  const toml::node* find(std::string_view name) {
    known_.emplace_back(name);
    return table_.get(name);
  }
  void done() {
    for (const auto& [key, node] : table_) {
      if (std::find(known_.begin(), known_.end(), key.str()) == known_.end())
        refuse_once("config.unknown", key.str(), fmt::format("không có mục cấu hình này. Các mục dùng được: {}.", fmt::join(known_, ", ")), node);
    }
  }
  void wrong(std::string_view name, const toml::node& node, std::string_view expected) {
    refuse_once("config.kind", name, fmt::format("xin ghi {}.", expected), node);
  }

 private:
  std::string full(std::string_view name) const { return prefix_.empty() ? std::string(name) : fmt::format("{}.{}", prefix_, name); }

  const toml::table& table_;
  std::string prefix_;
  std::optional<Refusal>& refused_;
  std::vector<std::string> known_;
};

void read_smtp(const toml::table& table, Settings& settings, std::optional<Refusal>& refused) {
  Section section(table, "smtp", refused);
  Smtp smtp;
  std::string security = "starttls";
  section.text("host", smtp.host);
  section.port("port", smtp.port);
  section.text("security", security);
  section.text("user", smtp.user);
  section.path("password_file", smtp.password_file);
  section.text("from", smtp.from);
  section.done();
  if (security == "none") smtp.security = Smtp::Security::none;
  else if (security == "tls") smtp.security = Smtp::Security::tls;
  else if (security != "starttls")
    section.refuse_once("config.kind", "security", fmt::format("“{}” không phải cách bảo mật dùng được. Xin ghi \"starttls\", \"tls\" hoặc \"none\".", security), table);
  if (smtp.host.empty()) section.refuse_once("config.incomplete", "host", "xin ghi tên máy chủ gửi thư.", table);
  if (smtp.from.find('@') == std::string::npos) section.refuse_once("config.incomplete", "from", "xin ghi địa chỉ thư của người gửi, ví dụ hoi@example.vn.", table);
  settings.smtp = smtp;
}

}  // namespace

Result<Listen> Listen::parse(std::string_view text) {
  const auto wrong = [&] {
    return refuse("config.listen", fmt::format("“{}” không phải địa chỉ để lắng nghe. Xin ghi địa chỉ và cổng, ví dụ 127.0.0.1:8080.", text), "listen");
  };
  Listen listen;
  std::string_view port = text;
  const std::size_t colon = text.rfind(':');
  if (colon != std::string_view::npos) {
    port = text.substr(colon + 1);
    std::string_view address = text.substr(0, colon);
    if (address.starts_with('[')) {
      if (!address.ends_with(']') || address.size() < 4) return wrong();
      address = address.substr(1, address.size() - 2);
    } else if (address.find(':') != std::string_view::npos) {
      return wrong();   // an IPv6 address without brackets: which colon is the port's?
    }
    listen.address = address.empty() ? "0.0.0.0" : std::string(address);
  }
  if (listen.address.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.:-%") != std::string::npos) return wrong();
  const auto read = std::from_chars(port.data(), port.data() + port.size(), listen.port);
  if (read.ec != std::errc{} || read.ptr != port.data() + port.size()) return wrong();
  return listen;
}

std::string Listen::text() const { return address.find(':') == std::string::npos ? fmt::format("{}:{}", address, port) : fmt::format("[{}]:{}", address, port); }

Result<Settings> parse(std::string_view toml, std::string_view file_name) {
  const toml::parse_result parsed = toml::parse(toml);
  if (!parsed) {
    const auto where = parsed.error().source().begin;
    return refuse("config.form", fmt::format("Tệp cấu hình “{}” viết chưa đúng ở dòng {}, cột {}. Xin xem lại dấu ngoặc kép và dấu bằng ở dòng đó.", file_name, where.line, where.column),
                  fmt::format("{}:{}", file_name, where.line));
  }
  Settings settings;
  std::optional<Refusal> refused;
  Section top(parsed.table(), "", refused);
  std::string listen;
  top.path("data_directory", settings.data_directory);
  top.text("database", settings.database);
  top.text("listen", listen);
  top.text("public_address", settings.public_address);
  if (const auto* smtp = top.find("smtp")) {
    if (const auto* table = smtp->as_table()) read_smtp(*table, settings, refused);
    else top.wrong("smtp", *smtp, "một nhóm [smtp]");
  }
  top.done();
  if (!settings.database.empty() && !settings.database.starts_with("postgresql://") && !settings.database.starts_with("postgres://"))
    top.refuse_once("config.kind", "database", "xin ghi địa chỉ bắt đầu bằng postgresql://; để trống nếu dùng kho dữ liệu trong thư mục.", *parsed.table().get("database"));
  if (!settings.public_address.empty() && !settings.public_address.starts_with("https://") && !settings.public_address.starts_with("http://"))
    top.refuse_once("config.kind", "public_address", "xin ghi địa chỉ bắt đầu bằng https:// hoặc http://.", *parsed.table().get("public_address"));
  while (settings.public_address.ends_with('/')) settings.public_address.pop_back();
  if (refused) return std::unexpected(*refused);
  if (!listen.empty()) {
    const auto at = Listen::parse(listen);
    if (!at) return std::unexpected(at.error());
    settings.listen = *at;
  }
  return settings;
}

Result<Settings> read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream content;
  if (!in || !(content << in.rdbuf()))
    return refuse("config.file", fmt::format("Không đọc được tệp cấu hình “{}”. Xin kiểm tra đường dẫn và quyền đọc.", file.string()), file.string());
  return parse(content.str(), file.filename().string());
}

}  // namespace khuyenhoc::config
