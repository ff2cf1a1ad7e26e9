#include "app/serve.h"

#include <future>

#include "accounts/accounts.h"
#include "app/demo_sign_ins.h"
#include "app/local_server.h"
#include "app/office_work.h"
#include "app/rooms.h"
#include "app/warming.h"
#include "app/world_making.h"
#include "platform/config/config.h"
#include "platform/http/server.h"
#include "platform/http/static_files.h"
#include "platform/jobs/jobs.h"
#include "platform/log/log.h"
#include "round_workbooks/round_workbooks.h"
#include "reminders/reminders.h"
#include "shell/frame.h"
#include "starting/starting.h"

namespace khuyenhoc {
namespace {

// The demo world is the same for everybody who starts it on the same day.
constexpr std::uint64_t demo_seed = 1;

// Where there is nobody yet; whoever has bodies of their own keeps them.
Result<void> prepare_demo(const InstallationPlace& place, const Clock& clock) {
  if (!is_untouched(place)) {
    auto application = Application::open(place, Application::Use::serving, clock);
    if (!application) return std::unexpected(application.error());
    if (!(*application)->is_empty()) return {};
  }
  say("Đang dựng dữ liệu dùng thử…\n");
  if (const auto made = make_world(place, clock, WorldScale::demo, demo_seed); !made) return std::unexpected(made.error());
  return {};
}

http::ServerOptions server_options(const config::Listen& listen, AccessLog access_log) {
  http::ServerOptions options;
  options.address = listen.address;
  options.port = listen.port;
  options.policy_report_path = "/csp";
  options.on_policy_report = [](std::string_view report) { log::warning("content security policy: {}", report); };
  if (access_log == AccessLog::on) options.on_access = http::log_access;
  return options;
}

// Where nobody can sign in yet, the one who runs the program is told where to begin.
void say_where_to_begin(const config::Listen& where, const std::string& code) {
  const std::string address = first_run_address(where.address, where.port, code);
  say(fmt::format("Mở {} để bắt đầu sử dụng\n", address));
  log::info("nobody can sign in yet, open {} to begin", address);
}

}  // namespace

int serve(const ServeOptions& options) {
  auto clock = clock_of(options.where.today);
  if (!clock) return refused(clock.error());
  const auto listen = config::Listen::parse(options.listen);
  if (!listen) return refused(listen.error());
  if (!options.public_address.empty()) {
    auto address = checked_public_address(options.public_address);
    if (!address) return refused(address.error());
    set_public_address(std::move(*address));
  }
  // compressing them takes as long as loading a province: both at once
  auto loading = std::async(std::launch::async, [&] { return http::StaticFiles::load(options.assets); });
  if (options.demo == Demo::yes)
    if (auto prepared = prepare_demo(options.where.place, *clock); !prepared) return refused(prepared.error());
  auto application = Application::open(options.where.place, Application::Use::serving, *clock);
  if (!application) return refused(application.error());
  const auto assets = loading.get();
  if (!assets) return refused(assets.error());
  House& house = (*application)->house();
  (*application)->start_background();

  house.demo_sign_ins = demo_sign_ins_of(options.where.place);
  set_asset_names(assets->names());
  http::Router router;
  assets->add_routes(router);
  add_rooms(router, house);
  jobs::Worker worker(house.store, house.clock, {});
  add_slip_jobs(worker, house);
  handle_imports(worker, house, import_kinds(house));
  add_round_workbook_jobs(worker, house);
  worker.start();
  jobs::Worker mail_worker(house.store, house.clock, mail_worker_options());     // a slow mail server holds up nothing else
  handle_reminders(mail_worker, house);
  begin_reminders(house);
  mail_worker.start();

  const auto first_run = open_first_run(house);
  if (!first_run) return refused(first_run.error());
  http::StopSignal stop;
  http::Server server(server_options(*listen, options.access_log), router);
  const auto port = server.start();
  if (!port) return refused(port.error());
  auto beside = LocalServer::start(options.where.place.socket_file(), [&house](std::string_view line) { return answer_office_work(house, line); });
  if (!beside) return refused(beside.error());
  const Warming warming(house);

  const config::Listen where{listen->address, *port};
  log::info("serving at {}, {} bodies, log position {}", where.text(), house.organisation.current()->size(), house.ledger.view().cube->log_position());
  say(fmt::format("Khuyến học đang chạy tại http://{}\n{}", where.text(), demo_sign_in_lines(house.demo_sign_ins)));
  if (*first_run) say_where_to_begin(where, **first_run);
  server.run_until(stop);
  log::info("stopped");
  return status_done;
}

}  // namespace khuyenhoc
