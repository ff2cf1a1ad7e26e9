#include "accounts/trail_words.h"

#include <boost/json.hpp>

#include "base/i18n.h"
#include "base/number.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

struct Words {
  std::string_view noun, action;
  Message label;
};

constexpr std::array known_words{
    Words{"statement", "state", mark("Ghi số liệu")},
    Words{"statement", "withdraw", mark("Xóa trắng số liệu")},
    Words{"statement", "workbook", mark("Đọc số liệu từ tệp Excel")},
    Words{"statement", "send", mark("Gửi số liệu")},
    Words{"entry_mode", "switch", mark("Đổi cách tính số toàn đơn vị")},
    Words{"target", "set", mark("Giao kế hoạch năm")},
    Words{"body", "found", mark("Thành lập tổ chức")},
    Words{"body", "create", mark("Thành lập tổ chức")},
    Words{"body", "rename", mark("Đổi tên tổ chức")},
    Words{"body", "move", mark("Đổi cấp trên hoặc địa bàn của tổ chức")},
    Words{"body", "end", mark("Kết thúc tổ chức")},
    Words{"restructure", "apply", mark("Sắp xếp đơn vị")},
    Words{"restructure", "undo", mark("Khôi phục như cũ một lần sắp xếp")},
    Words{"restructure", "hand_over", mark("Bàn giao")},
    Words{"import", "import", mark("Nhập danh sách từ Excel")},
    Words{"import", "undo", mark("Khôi phục như cũ một lần nhập danh sách")},
    Words{"user", "create", mark("Cấp tài khoản")},
    Words{"user", "sign_in", mark("Đăng nhập")},
    Words{"user", "sign_out", mark("Đăng xuất")},
    Words{"user", "password", mark("Đổi mật khẩu")},
    Words{"user", "slip", mark("Cấp phiếu đăng nhập mới")},
    Words{"user", "leave", mark("Đóng tài khoản")},
    Words{"user", "come_back", mark("Mở lại tài khoản")},
    Words{"user", "deputise", mark("Ủy quyền làm thay")},
    Words{"user", "end_deputising", mark("Kết thúc ủy quyền")},
    Words{"post", "appoint", mark("Giao chức vụ")},
    Words{"post", "leave", mark("Kết thúc chức vụ")},
    Words{"post", "restore", mark("Giao lại chức vụ")},
    Words{"post", "give_access", mark("Cấp tài khoản cho người giữ chức vụ")},
    Words{"slip_sheet", "ask", mark("In phiếu đăng nhập hàng loạt")},
    Words{"world", "generate", mark("Tạo dữ liệu dùng thử")},
    Words{"store", "restore", mark("Khôi phục từ bản sao lưu")},
};

json::object object_of(const std::string& text) {
  boost::system::error_code broken;
  const json::value parsed = json::parse(text, broken);
  return !broken && parsed.is_object() ? parsed.as_object() : json::object();
}

std::string shown(const json::value& value) {
  if (value.is_string()) return std::string(value.as_string());
  if (value.is_int64()) return number_text(value.as_int64());
  if (value.is_bool()) return value.as_bool() ? tr("có") : tr("không");
  if (value.is_null()) return tr("chưa ghi");
  return json::serialize(value);
}

}  // namespace

std::string trail_sentence(const AuditEntry& entry) {
  const json::object before = object_of(entry.before_json);
  const json::object after = object_of(entry.after_json);
  if (const auto* summary = after.if_contains("summary"); summary != nullptr && summary->is_string()) return std::string(summary->as_string());
  std::string sentence;
  for (const Words& words : known_words)
    if (words.noun == entry.noun && words.action == entry.action) sentence = tr(words.label);
  if (sentence.empty()) sentence = tr("Thay đổi khác");
  std::string changes;
  for (const auto& field : after) {
    const auto* old = before.if_contains(field.key());
    if (old != nullptr && *old == field.value()) continue;
    if (!changes.empty()) changes += "; ";
    changes += old != nullptr ? tr("{} thành {}", shown(*old), shown(field.value())) : shown(field.value());
  }
  return changes.empty() ? sentence : sentence + ": " + changes;
}

}  // namespace khuyenhoc
