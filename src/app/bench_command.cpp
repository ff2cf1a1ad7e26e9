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
  command->add_flag_callback("--postgres", [words] { words->emplace_back("--postgres"); }, "đo trên PostgreSQL do phép đo tự dựng (phép đo reform)");
  command->add_option_function<std::string>("--mapping", [words](const std::string& file) { words->insert(words->end(), {"--mapping", file}); },
                                            "tệp đơn vị cũ thành đơn vị mới, có các xã bị chia (phép đo reform)")->type_name("TỆP");
  command->add_option_function<std::string>("--old-units", [words](const std::string& file) { words->insert(words->end(), {"--old-units", file}); },
                                            "danh mục đơn vị cũ kèm mã, đi cùng --mapping")->type_name("TỆP");
  command->add_option_function<std::string>("--facts", [words](const std::string& count) { words->insert(words->end(), {"--facts", count}); },
                                            "số dòng số liệu của chi hội (phép đo reform)")->type_name("SỐ");
  command->callback([words, &status] {
    const std::vector<std::string_view> arguments(words->begin(), words->end());
    status = bench::command(arguments);
  });
}

}  // namespace khuyenhoc
