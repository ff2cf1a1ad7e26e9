#include "app/commands.h"
#include "app/serve.h"

namespace khuyenhoc {

void add_serve_command(CLI::App& program, int& status) {
  auto options = std::make_shared<ServeOptions>();
  auto* command = program.add_subcommand("serve", "chạy máy chủ");
  add_place(*command, options->where);
  command->add_option("--listen", options->listen, "nơi lắng nghe")->type_name("ĐỊA_CHỈ:CỔNG")->capture_default_str();
  command->add_option("--public-address", options->public_address, "địa chỉ in trên phiếu đăng nhập, ví dụ https://hoi.example.vn; không ghi thì theo trình duyệt của người in phiếu")->type_name("ĐỊA_CHỈ");
  command->add_option("--assets", options->assets, "thư mục giao diện đã dựng")->type_name("THƯ_MỤC")->capture_default_str();
  command->add_flag_callback("--demo", [options] { options->demo = Demo::yes; }, "dựng dữ liệu dùng thử nếu thư mục còn trống");
  command->add_flag_callback("--access-log", [options] { options->access_log = AccessLog::on; }, "ghi mỗi lượt truy cập một dòng vào nhật ký");
  command->callback([options, &status] { status = serve(*options); });
}

}  // namespace khuyenhoc
