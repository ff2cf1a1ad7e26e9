#include "app/commands.h"

#include <cstdio>
#include <memory>

#include "app/application.h"
#include "app/rooms.h"

namespace khuyenhoc {
namespace {

int fail(const std::string& sentence) {
  std::fprintf(stderr, "%s\n", sentence.c_str());
  return 1;
}

void add_place(CLI::App& command, InstallationPlace& place) {
  command.add_option("--data", place.data_directory, "thư mục dữ liệu")->capture_default_str();
  command.add_option("--database", place.database, "địa chỉ PostgreSQL");
}

int routes(const InstallationPlace& place) {
  auto application = Application::open(place, Application::Use::reading, Clock::real());
  if (!application) return fail(application.error().message);
  http::Router router;
  add_rooms(router, (*application)->house());
  for (const auto& route : router.routes())
    std::printf("%-6s %-44s %s\n", std::string(http::method_text(route->method)).c_str(), route->pattern.c_str(), route->info.access.c_str());
  return 0;
}

}  // namespace

void add_commands(CLI::App& program, int& status) {
  auto place = std::make_shared<InstallationPlace>();
  auto* command = program.add_subcommand("routes", "liệt kê các trang và quyền cần có");
  add_place(*command, *place);
  command->callback([place, &status] { status = routes(*place); });
}

}  // namespace khuyenhoc
