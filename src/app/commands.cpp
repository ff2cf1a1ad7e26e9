#include "app/commands.h"

namespace khuyenhoc {

void add_commands(CLI::App& program, int& status) {
  add_serve_command(program, status);
  add_generate_command(program, status);
  add_import_command(program, status);
  add_export_command(program, status);
  add_report_command(program, status);
  add_figure_command(program, status);
  add_user_command(program, status);
  add_backup_command(program, status);
  add_restore_command(program, status);
  add_verify_command(program, status);
  add_routes_command(program, status);
  add_bench_command(program, status);
}

}  // namespace khuyenhoc
