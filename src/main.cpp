// The command line: what can be asked of the program, and nothing else.
#include <CLI/CLI.hpp>

#include "app/commands.h"
#include "app/serve.h"

namespace {

// 0 done, 1 refused with one clear line on standard error, 2 used wrongly.
int usage_status(const CLI::App& program, const CLI::ParseError& error) {
  const int status = program.exit(error);
  return status == 0 ? 0 : 2;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace khuyenhoc;
  CLI::App program{"khuyenhoc: chương trình làm việc của các Hội Khuyến học", "khuyenhoc"};
  program.require_subcommand(1);
  int status = 0;

  ServeOptions serve_options;
  auto* serve_command = program.add_subcommand("serve", "chạy máy chủ");
  serve_command->add_option("--data", serve_options.place.data_directory, "thư mục dữ liệu")->capture_default_str();
  serve_command->add_option("--database", serve_options.place.database, "địa chỉ PostgreSQL thay cho kho dữ liệu trong thư mục");
  serve_command->add_option("--listen", serve_options.listen, "ĐỊA_CHỈ:CỔNG")->capture_default_str();
  serve_command->add_option("--assets", serve_options.assets, "thư mục giao diện đã dựng")->capture_default_str();
  serve_command->add_flag("--demo", serve_options.demo, "dựng dữ liệu dùng thử nếu thư mục còn trống");
  serve_command->add_option("--today", serve_options.today, "coi hôm nay là ngày này (2026-06-08)");
  serve_command->callback([&] { status = serve(serve_options); });

  add_commands(program, status);

  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return usage_status(program, error);
  }
  return status;
}
