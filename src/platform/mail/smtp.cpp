#include <curl/curl.h>

#include <fmt/format.h>

#include "base/i18n.h"
#include "platform/mail/mail.h"

namespace khuyenhoc::mail {
namespace {

struct Upload {
  std::string text;
  std::size_t at = 0;
};

std::size_t give(char* into, std::size_t size, std::size_t count, void* from) {
  auto& upload = *static_cast<Upload*>(from);
  const std::size_t length = std::min(size * count, upload.text.size() - upload.at);
  upload.text.copy(into, length, upload.at);
  upload.at += length;
  return length;
}

void start_library() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  (void)started;
}

struct Handle {
  CURL* curl = curl_easy_init();
  curl_slist* recipients = nullptr;
  Handle() = default;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    curl_slist_free_all(recipients);
    curl_easy_cleanup(curl);
  }
};

Delivery judged(CURLcode done, long said, const Server& server) {
  using enum Delivery::Fate;
  const std::int64_t code = said;
  const bool for_a_while = said >= 400 && said < 500;
  switch (done) {
    case CURLE_OK: return {sent, code, {}};
    case CURLE_LOGIN_DENIED:
      if (for_a_while) return {later, code, tr("Máy chủ thư đang bận, chưa nhận đăng nhập (mã {}).", code)};
      return {refused, code, tr("Máy chủ thư không nhận tên đăng nhập hoặc mật khẩu. Xin ghi lại ở trang cài đặt thư.")};
    case CURLE_USE_SSL_FAILED: return {refused, code, tr("Máy chủ thư không hỗ trợ mã hóa (STARTTLS), nên thư không được gửi. Xin chọn cách bảo mật khác.")};
    case CURLE_PEER_FAILED_VERIFICATION: return {refused, code, tr("Chứng thư bảo mật của {} không hợp lệ, nên thư không được gửi.", server.host)};
    case CURLE_SSL_CONNECT_ERROR: return {refused, code, tr("Không lập được kết nối mã hóa với {}. Xin xem lại cổng và cách bảo mật.", server.host)};
    case CURLE_COULDNT_RESOLVE_HOST: return {later, code, tr("Không tìm thấy máy chủ thư “{}”. Xin xem lại tên máy chủ.", server.host)};
    case CURLE_COULDNT_CONNECT: return {later, code, tr("Không kết nối được máy chủ thư {} cổng {}.", server.host, server.port)};
    case CURLE_OPERATION_TIMEDOUT: return {later, code, tr("Máy chủ thư {} không trả lời.", server.host)};
    default: break;
  }
  if (for_a_while) return {later, code, tr("Máy chủ thư hẹn gửi lại sau (mã {}).", code)};
  if (said == 550 || said == 551 || said == 553) return {refused, code, tr("Máy chủ thư báo địa chỉ người nhận không có hoặc không nhận thư (mã {}).", code)};
  if (said == 530 || said == 535) return {refused, code, tr("Máy chủ thư đòi đăng nhập hoặc không nhận mật khẩu (mã {}). Xin xem lại trang cài đặt thư.", code)};
  if (said == 552) return {refused, code, tr("Hộp thư của người nhận đã đầy (mã {}).", code)};
  if (said >= 500) return {refused, code, tr("Máy chủ thư từ chối thư này (mã {}).", code)};
  return {later, code, tr("Kết nối với máy chủ thư bị ngắt giữa chừng.")};
}

}  // namespace

Delivery send(const Server& server, const Message& message) {
  start_library();
  Handle handle;
  if (handle.curl == nullptr) return {Delivery::Fate::later, 0, tr("Máy đang thiếu bộ nhớ, chưa gửi được thư.")};
  CURL* curl = handle.curl;
  handle.recipients = curl_slist_append(nullptr, fmt::format("<{}>", message.to.address).c_str());
  Upload upload{as_sent(message), 0};
  const auto at = message.from.address.rfind('@');
  const std::string own_name = at == std::string::npos ? "localhost" : message.from.address.substr(at + 1);     // how we say hello
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(curl, CURLOPT_URL, fmt::format("{}://{}:{}/{}", server.security == Security::tls ? "smtps" : "smtp", server.host, server.port, own_name).c_str());
  curl_easy_setopt(curl, CURLOPT_USE_SSL, static_cast<long>(server.security == Security::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  if (!server.user.empty()) {
    curl_easy_setopt(curl, CURLOPT_USERNAME, server.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, server.password.c_str());
  }
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, fmt::format("<{}>", message.from.address).c_str());
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, handle.recipients);
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
  curl_easy_setopt(curl, CURLOPT_READDATA, &upload);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(server.timeout_ms));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(2 * server.timeout_ms));
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);      // other threads are here
  curl_easy_setopt(curl, CURLOPT_PROXY, "");         // a proxy of the machine is for the web
  const CURLcode done = curl_easy_perform(curl);
  long said = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &said);
  return judged(done, said, server);
}

}  // namespace khuyenhoc::mail
