#include <boost/json.hpp>

#include "app/command.h"
#include "app/commands.h"
#include "app/demo_sign_ins.h"
#include "app/world_making.h"
#include "base/number.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

struct GenerateWords {
  CommandPlace where;
  std::string scale;
  std::uint64_t seed = 1;
  Output output = Output::text;
};

std::string as_json(const GenerateWords& words, const WorldReport& made, Day today) {
  return json::serialize(json::object{{"scale", words.scale}, {"seed", words.seed}, {"today", today.iso()}, {"period", made.period}, {"bodies", made.bodies},
                                      {"branches", made.branches}, {"statements", made.statements}, {"facts", made.facts},
                                      {"closed_reports", made.closed_reports}, {"users", made.users}, {"members", made.members}}) + "\n";
}

std::string as_text(const WorldReport& made) {
  return fmt::format("Đã tạo {} đơn vị ({} chi hội, ban), {} hội viên, {} số đã ghi, {} báo cáo đã chốt, {} tài khoản; kỳ đang làm: {}.\n", number_text(made.bodies),
                     number_text(made.branches), number_text(made.members), number_text(made.statements), number_text(made.closed_reports), number_text(made.users),
                     made.period);
}

int generate(const GenerateWords& words) {
  const auto scale = world_scale(words.scale);
  if (!scale) return refused(scale.error());
  auto clock = clock_of(words.where.today);
  if (!clock) return refused(clock.error());
  const Day today = clock->today();
  const auto made = make_world(words.where.place, std::move(*clock), *scale, words.seed);
  if (!made) return refused(made.error());
  say(words.output == Output::json ? as_json(words, *made, today) : as_text(*made) + demo_sign_in_lines(demo_sign_ins_of(words.where.place)));
  return status_done;
}

}  // namespace

void add_generate_command(CLI::App& program, int& status) {
  auto words = std::make_shared<GenerateWords>();
  auto* command = program.add_subcommand("generate", "tạo dữ liệu giả định để dùng thử; cùng số khởi đầu và cùng ngày thì lần nào cũng như nhau");
  add_place(*command, words->where);
  command->add_option("--scale", words->scale, "cỡ: demo, commune (một xã), province (một tỉnh), nation (cả nước)")
      ->required()->check(one_of({"demo", "commune", "province", "nation"}))->type_name("demo|commune|province|nation");
  command->add_option("--seed", words->seed, "số khởi đầu: số khác cho dữ liệu khác")->required()->type_name("SỐ");
  add_json(*command, words->output);
  command->callback([words, &status] { status = generate(*words); });
}

}  // namespace khuyenhoc
