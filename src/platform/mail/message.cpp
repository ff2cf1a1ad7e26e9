// The text of a message as it travels (RFC 5322, 2045, 2047).
#include <array>
#include <chrono>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "base/i18n.h"
#include "base/text.h"
#include "platform/mail/mail.h"

namespace khuyenhoc::mail {
namespace {

constexpr std::size_t longest_address = 254, longest_local = 64;
constexpr std::size_t line_of_base64 = 76;
constexpr std::size_t bytes_of_a_word = 42;      // in base64, with =?UTF-8?B? and ?=, still under 75 characters

std::string base64(std::string_view bytes) {
  static constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t three = 0;
    for (std::size_t i = 0; i < 3; ++i) three = three << 8U | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    for (std::size_t i = 0; i < 4; ++i) out += at + i > bytes.size() ? '=' : letters[three >> (18U - 6U * static_cast<unsigned>(i)) & 63U];
  }
  return out;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }
bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return !is_control(c) && static_cast<unsigned char>(c) < 0x80; });
}
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) out += is_control(c) ? ' ' : c;      // a line break in a header would begin another header
  return out;
}

// Cut between letters, each piece an encoded word, each on a line of its own.
std::string encoded_words(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::size_t end = std::min(text.size(), bytes_of_a_word);
    while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    out += fmt::format("{}=?UTF-8?B?{}?=", out.empty() ? "" : "\r\n ", base64(text.substr(0, end)));
    text.remove_prefix(end);
  }
  return out;
}

std::string header_text(std::string_view text) {
  const std::string line = one_line(text);
  constexpr std::size_t fits = 60;
  return is_plain(line) && line.size() <= fits && line.find("=?") == std::string::npos ? line : encoded_words(line);
}

std::string mailbox(const Address& address) {
  if (address.name.empty()) return fmt::format("<{}>", address.address);
  return fmt::format("{}\r\n <{}>", encoded_words(one_line(address.name)), address.address);
}

std::string date_text(std::int64_t at_ms) {
  constexpr std::int64_t utc_plus_7_s = 7 * 3'600;
  const std::chrono::sys_seconds at{std::chrono::seconds(at_ms / 1'000 + utc_plus_7_s)};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{at - day};
  static constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} +0700", days[std::chrono::weekday(day).c_encoding()], static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), time.hours().count(), time.minutes().count(), time.seconds().count());
}

}  // namespace

Result<std::string> checked_address(std::string_view typed) {
  std::string address = normalised(typed);
  const auto at = address.rfind('@');
  const auto wrong = [&] { return refuse("mail.address", tr("“{}” không phải là địa chỉ thư điện tử. Xin ghi đủ, ví dụ hoikhuyenhoc@eakar.vn.", address), "thu"); };
  if (at == std::string::npos || at == 0 || at > longest_local || address.size() > longest_address) return wrong();
  const std::string_view host = std::string_view(address).substr(at + 1);
  const auto fits_local = [](char c) { return !is_control(c) && static_cast<unsigned char>(c) < 0x80 && std::string_view(" \"(),:;<>@[\\]").find(c) == std::string_view::npos; };
  const auto fits_host = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-'; };
  const std::string_view local = std::string_view(address).substr(0, at);
  if (!std::ranges::all_of(local, fits_local) || local.front() == '.' || local.back() == '.' || local.find("..") != std::string_view::npos) return wrong();
  if (!std::ranges::all_of(host, fits_host) || host.find('.') == std::string_view::npos || host.starts_with('.') || host.ends_with('.') || host.find("..") != std::string_view::npos || host.starts_with('-')) return wrong();
  return address;
}

std::string as_sent(const Message& message) {
  std::string out;
  const auto header = [&](std::string_view name, const std::string& value) { out += fmt::format("{}: {}\r\n", name, value); };
  header("Date", date_text(message.at_ms));
  header("From", mailbox(message.from));
  header("To", mailbox(message.to));
  if (!message.reply_to.empty()) header("Reply-To", fmt::format("<{}>", message.reply_to));
  header("Subject", header_text(message.subject));
  header("Message-ID", fmt::format("<{}>", message.id));
  if (!message.stop_link.empty()) header("List-Unsubscribe", fmt::format("\r\n <{}>", message.stop_link));
  header("Auto-Submitted", "auto-generated");
  header("MIME-Version", "1.0");
  header("Content-Type", "text/plain; charset=UTF-8");
  header("Content-Transfer-Encoding", "base64");
  out += "\r\n";
  std::string text;
  for (const char c : message.text) c == '\n' ? text += "\r\n" : text += c;
  const std::string body = base64(text);
  for (std::size_t at = 0; at < body.size(); at += line_of_base64) out += body.substr(at, line_of_base64) + "\r\n";
  return out;
}

}  // namespace khuyenhoc::mail
