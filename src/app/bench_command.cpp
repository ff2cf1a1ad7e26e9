#include "app/command.h"
#include "app/commands.h"
#include "bench/bench.h"

namespace khuyenhoc {

void add_bench_command(CLI::App& program, int& status) {
  auto words = std::make_shared<std::vector<std::string>>();
  auto* command = program.add_subcommand("bench", "đo: không ghi tên thì liệt kê các phép đo");
  std::vector<std::string> names;
  for (const bench::Bench& one : bench::all()) names.emplace_back(one.name);
  const std::string shown = fmt::format("{}", fmt::join(names, "|"));
  command->add_option_function<std::string>("NAME", [words](const std::string& name) { words->push_back(name); }, "phép đo")->check(one_of(std::move(names)))->type_name(shown);
  command->add_flag_callback("--json", [words] { words->emplace_back("--json"); }, "in ra JSON cho chương trình khác đọc");
  command->add_flag_callback("--without-peers", [words] { words->emplace_back("--without-peers"); }, "chỉ đo chương trình này, không đo bên cạnh chương trình khác");
  command->callback([words, &status] {
    const std::vector<std::string_view> arguments(words->begin(), words->end());
    status = bench::command(arguments);
  });
}

}  // namespace khuyenhoc
