// The command line: what can be asked of the program, and nothing else.
#include "app/command.h"
#include "app/commands.h"

int main(int argc, char** argv) {
  using namespace khuyenhoc;
  CLI::App program{"khuyenhoc: chương trình làm việc của các Hội Khuyến học", "khuyenhoc"};
  program.formatter(help_in_vietnamese());
  program.require_subcommand(1);
  int status = status_done;
  add_commands(program, status);
  return run_commands(program, argc, argv, status);
}
