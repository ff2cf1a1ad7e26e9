#include "platform/http/error_page.h"

#include "base/i18n.h"
#include "platform/http/pages/plain_error.html.h"

namespace khuyenhoc::http {

std::string error_title(Status status) {
  switch (status) {
    case Status::bad_request: return tr("Yêu cầu gửi lên chưa đúng");
    case Status::unauthorised: return tr("Cần đăng nhập");
    case Status::forbidden: return tr("Ông/bà chưa được giao việc này");
    case Status::not_found: return tr("Không tìm thấy trang này");
    case Status::method_not_allowed: return tr("Trang này không nhận thao tác vừa gửi");
    case Status::request_timeout: return tr("Đường truyền quá chậm");
    case Status::conflict: return tr("Vừa có người ghi trước");
    case Status::content_too_large: return tr("Tệp gửi lên quá lớn");
    case Status::address_too_long:
    case Status::headers_too_large: return tr("Yêu cầu gửi lên quá dài");
    case Status::too_many_requests: return tr("Thao tác quá nhanh");
    case Status::unavailable: return tr("Máy chủ đang bận");
    default: return number_of(status) >= 500 ? tr("Máy chủ gặp trục trặc") : tr("Chưa thực hiện được");
  }
}

std::string error_explanation(Status status) {
  switch (status) {
    case Status::bad_request: return tr("Dữ liệu gửi lên bị hỏng trên đường truyền. Xin tải lại trang rồi làm lại.");
    case Status::unauthorised: return tr("Phiên làm việc đã hết. Xin đăng nhập lại rồi làm tiếp.");
    case Status::forbidden: return tr("Việc này do người được giao quyền của đơn vị thực hiện. Khi cần, xin liên hệ Hội Khuyến học cấp trên.");
    case Status::not_found: return tr("Địa chỉ đã đổi hoặc gõ chưa đúng. Xin trở về trang đầu và chọn lại.");
    case Status::method_not_allowed: return tr("Xin mở lại trang từ trang đầu rồi bấm nút trên trang.");
    case Status::request_timeout: return tr("Máy chủ chờ mà chưa nhận đủ dữ liệu. Xin kiểm tra mạng rồi gửi lại.");
    case Status::conflict: return tr("Số liệu đã được người khác ghi trước. Xin tải lại trang, xem hai số rồi chọn.");
    case Status::content_too_large: return tr("Xin giảm dung lượng tệp hoặc chia thành nhiều tệp rồi gửi lại.");
    case Status::address_too_long:
    case Status::headers_too_large: return tr("Trình duyệt gửi kèm quá nhiều dữ liệu. Xin đóng trình duyệt, mở lại rồi đăng nhập lại.");
    case Status::too_many_requests: return tr("Xin chờ một phút rồi làm lại.");
    case Status::unavailable: return tr("Máy chủ đang phục vụ nhiều người cùng lúc. Xin chờ ít phút rồi tải lại trang; số liệu đã lưu không mất.");
    default: return number_of(status) >= 500 ? tr("Việc vừa rồi chưa được ghi. Xin làm lại sau ít phút; khi vẫn gặp, xin báo người quản trị.") : tr("Xin tải lại trang rồi làm lại.");
  }
}

Response plain_error_page(const Request& request, Status status, std::string_view explanation) {
  if (request.is_htmx()) return Response::html(platform_http_pages::error_notice(std::string(explanation)), status);
  return Response::html(platform_http_pages::plain_error(error_title(status), std::string(explanation)), status);
}

}  // namespace khuyenhoc::http
