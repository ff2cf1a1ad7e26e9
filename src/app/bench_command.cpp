#include "app/command.h"
#include "app/commands.h"
#include "bench/bench.h"

namespace khuyenhoc {

void add_bench_command(CLI::App& program, int& status) {
  auto* command = program.add_subcommand("bench", "đo: không ghi tên thì liệt kê các phép đo");
  command->prefix_command();             // what follows is the bench's own
  command->callback([command, &status] {
    const std::vector<std::string> rest = command->remaining();
    const std::vector<std::string_view> arguments(rest.begin(), rest.end());
    status = bench::command(arguments);
  });
}

}  // namespace khuyenhoc
