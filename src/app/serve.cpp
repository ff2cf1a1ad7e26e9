#include "app/serve.h"

#include <cstdio>

#include "app/rooms.h"
#include "platform/config/config.h"
#include "platform/http/server.h"
#include "platform/http/static_files.h"
#include "platform/log/log.h"
#include "shell/frame.h"

namespace khuyenhoc {
namespace {

int fail(const std::string& sentence) {
  std::fprintf(stderr, "%s\n", sentence.c_str());
  return 1;
}

}  // namespace

int serve(const ServeOptions& options) {
  Clock clock = Clock::real();
  if (!options.today.empty()) {
    const auto day = Day::parse_iso(options.today);
    if (!day) return fail("--today cần một ngày dạng 2026-06-08.");
    clock = Clock::fixed_day(*day);
  }
  const auto listen = config::Listen::parse(options.listen);
  if (!listen) return fail(listen.error().message);
  const auto assets = http::StaticFiles::load(options.assets);
  if (!assets) return fail(assets.error().message);
  auto application = Application::open(options.place, Application::Use::serving, clock);
  if (!application) return fail(application.error().message);
  House& house = (*application)->house();

  set_asset_names(assets->names());
  http::Router router;
  assets->add_routes(router);
  add_rooms(router, house);
  (*application)->start_background();

  http::ServerOptions server_options;
  server_options.address = listen->address;
  server_options.port = listen->port;
  server_options.policy_report_path = "/csp";
  server_options.on_policy_report = [](std::string_view report) { log::warning("content security policy: {}", report); };
  http::Server server(std::move(server_options), router);
  const auto port = server.start();
  if (!port) return fail(port.error().message);
  std::printf("Khuyến học đang chạy tại http://%s:%u\n", listen->address.c_str(), static_cast<unsigned>(*port));
  for (const DemoSignIn& one : house.demo_sign_ins)
    std::printf("  %s: số điện thoại %s, mật khẩu %s\n", one.who.c_str(), one.telephone.c_str(), one.password.c_str());
  std::fflush(stdout);
  server.run_until_signal();
  return 0;
}

}  // namespace khuyenhoc
