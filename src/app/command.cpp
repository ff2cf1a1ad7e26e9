#include "app/command.h"

#include <cstdio>

#include "app/usage_words.h"
#include "base/text.h"
#include "platform/log/log.h"

namespace khuyenhoc {

void add_place(CLI::App& command, CommandPlace& where) {
  command.add_option("--data", where.place.data_directory, "thư mục dữ liệu")->type_name("THƯ_MỤC")->capture_default_str();
  command.add_option("--database", where.place.database, "địa chỉ PostgreSQL thay cho kho dữ liệu trong thư mục")->type_name("URL");
  command.add_option("--today", where.today, "coi hôm nay là ngày này (2026-06-08)")->type_name("NGÀY");
}

void add_json(CLI::App& command, Output& output) {
  command.add_flag_callback("--json", [&output] { output = Output::json; }, "in ra JSON cho chương trình khác đọc");
}

namespace {

// "khuyenhoc import figures": what was called, as far as it was understood.
std::string called(const CLI::App& program) {
  std::string out = program.get_name();
  for (auto parsed = program.get_subcommands(); !parsed.empty(); parsed = parsed.front()->get_subcommands()) out += " " + parsed.front()->get_name();
  return out;
}

}  // namespace

int run_commands(CLI::App& program, int argc, char** argv, const int& status) {
  try {
    program.parse(argc, argv);
    return status;
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return program.exit(error);
    refused(fmt::format("Cách dùng chưa đúng: {}. Xin xem “{} --help”.", usage_words(program, error), called(program)));
    return status_wrong_usage;
  } catch (const std::exception& failure) {
    log::error("{}", failure.what());
    return refused("Kho dữ liệu gặp trục trặc nên lệnh chưa làm xong; những gì đã ghi trước đó vẫn còn nguyên. Xin xem dòng nhật ký phía trên.");
  }
}

int refused(std::string_view sentence) {
  std::string line(sentence);
  for (char& c : line)
    if (c == '\n' || c == '\r') c = ' ';
  std::fprintf(stderr, "%s\n", line.c_str());
  return status_refused;
}

int refused(const Refusal& refusal) { return refused(refusal.message); }

void say(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

Result<Clock> clock_of(const std::string& today) {
  if (today.empty()) return Clock::real();
  const auto day = Day::parse_iso(today);
  if (!day) return refuse("command.today", "--today cần một ngày dạng 2026-06-08.", "--today");
  return Clock::fixed_day(*day);
}

Result<std::unique_ptr<Application>> open_to_read(const CommandPlace& where) {
  auto clock = clock_of(where.today);
  if (!clock) return std::unexpected(clock.error());
  return Application::open(where.place, Application::Use::reading, std::move(*clock));
}

std::string padded(std::string_view text, std::size_t characters, Align align) {
  const std::size_t have = count_characters(text);
  const std::string blanks(have < characters ? characters - have : 0, ' ');
  return align == Align::left ? std::string(text) + blanks : blanks + std::string(text);
}

}  // namespace khuyenhoc
