#include "app/command.h"
#include "app/commands.h"
#include "app/rooms.h"

namespace khuyenhoc {
namespace {

int routes(const CommandPlace& where) {
  auto application = open_to_read(where);
  if (!application) return refused(application.error());
  http::Router router;
  add_rooms(router, (*application)->house());
  std::string text;
  for (const auto& route : router.routes()) text += fmt::format("{:<6} {:<44} {}\n", http::method_text(route->method), route->pattern, route->info.access);
  say(text);
  return status_done;
}

}  // namespace

void add_routes_command(CLI::App& program, int& status) {
  auto where = std::make_shared<CommandPlace>();
  auto* command = program.add_subcommand("routes", "liệt kê các trang và quyền cần có");
  add_place(*command, *where);
  command->callback([where, &status] { status = routes(*where); });
}

}  // namespace khuyenhoc
