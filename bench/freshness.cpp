// A branch saves; how soon does the national total on another connection show it, while two hundred people read and write and workbooks are imported?
#include <chrono>
#include <fstream>
#include <regex>
#include <set>
#include <thread>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/number.h"
#include "bench/benches.h"
#include "bench/office_day.h"
#include "bench/workbook_edit.h"
#include "platform/http/client.h"

namespace khuyenhoc::bench {
namespace {

using Time = std::chrono::steady_clock;

constexpr int users = 200;
constexpr int one_in_ten = 105;                 // saves in a thousand requests of those who save at all
constexpr int pause_ms = 1'000;                 // of one person between two requests, on average
constexpr int saves = 400;
constexpr double at_most_s = 90;
constexpr auto between_saves = std::chrono::milliseconds(60);
constexpr auto give_up = std::chrono::seconds(5);
constexpr const char* measured = "B03";         // nobody else in this bench writes it, so the total moves by the branch's save alone

Result<std::int64_t> figure_of_unit(const ServedWorld& world, const std::string& unit) {
  const auto said = world.run({"figure", measured, "--unit", unit, "--period", "2026-H1", "--json"});
  if (!said) return std::unexpected(said.error());
  return boost::json::parse(*said).as_object().at("value").as_int64();
}

struct Freshness {
  std::vector<double> shown_ms, saved_ms;       // from sending the save until the centre's board shows it, until the save is answered
};

// The centre's board is asked for again and again on its own connection until it shows the new total.
Result<Freshness> measure(const ServedWorld& world, const SignedIn& branch_office, const SignedIn& centre, OpenCell cell, std::int64_t total, std::int64_t held) {
  Freshness out;
  const std::string board = fmt::format("/so-lieu/{}?ct={}", centre.body, measured);
  http::Client writer(world.port(), 20'000), reader(world.port(), 20'000);
  for (int i = 0; i < saves; ++i) {
    const std::int64_t value = held + i + 1;
    const std::string expected = number_text(total + i + 1);
    const auto began = Time::now();
    writer.send(save_request(cell, value, branch_office));
    const auto since = [&] { return std::chrono::duration<double, std::milli>(Time::now() - began).count(); };
    const auto answer = writer.receive();
    if (!answer || version_in(answer->body).empty()) return refuse("bench.save", "Lần ghi của chi hội không được nhận: " + (answer ? answer->body : std::string()));
    out.saved_ms.push_back(since());
    cell.version = version_in(answer->body);
    bool shown = false;
    while (!shown && Time::now() - began < give_up) shown = reader.get(board, centre.cookie).body.find(expected) != std::string::npos;
    if (!shown) return refuse("bench.page", fmt::format("Bảng của Trung ương không hiện {} sau {} giây.", expected, give_up.count()));
    out.shown_ms.push_back(since());
    std::this_thread::sleep_for(between_saves);
  }
  return out;
}

struct Imports {
  int done = 0, left_out = 0;
  std::string why;
};

// The associations whose round the province looks after, those left out that the others work in.
std::vector<std::int64_t> communes_of(const ServedWorld& world, const OfficeDay& day) {
  http::Client client(world.port(), 20'000);
  const std::string page = client.get(fmt::format("/nhap-so-lieu/{}", day.province.who.body), day.province.who.cookie).body;
  const std::regex link("href=\"/nhap-so-lieu/(\\d+)\\?ky=");
  std::set<std::int64_t> found;
  for (std::sregex_iterator at(page.begin(), page.end(), link), end; at != end; ++at) found.insert(std::stoll((*at)[1].str()));
  found.erase(day.province.who.body);
  for (const Office& office : day.communes) found.erase(office.who.body);
  return {found.begin(), found.end()};
}

// The province takes in one commune's workbook after another, without a pause: it is fetched, one of its figures made one larger for every branch, and
// imported through the server.
void keep_importing(const ServedWorld& world, const SignedIn& who, std::vector<std::int64_t> communes, const std::stop_token& stop, Imports& imports) {
  const std::string file = world.data() + "/nhap.xlsx";
  http::Client client(world.port(), 20'000);
  for (std::size_t turn = 0; !stop.stop_requested() && !communes.empty(); ++turn) {
    const auto commune = communes.begin() + static_cast<std::ptrdiff_t>(turn % communes.size());
    const std::string workbook = client.get(fmt::format("/nhap-so-lieu/{}/tep", *commune), who.cookie).body;
    Result<std::string> imported = refuse("bench.workbook", "không có bảng nhập");
    if (workbook.starts_with("PK")) {
      std::ofstream(file, std::ios::binary) << with_column_changed(workbook, "C", [](const std::string&, long value) { return std::to_string(value + 1); });
      imported = world.run({"import", "figures", file});
    }
    if (imported) {
      ++imports.done;
    } else {                                     // it states its totals itself, or has no branches
      ++imports.left_out;
      imports.why = imported.error().message;
      communes.erase(commune);
    }
  }
}

}  // namespace

Result<Report> freshness(const Options& options) {
  auto made = ServedWorld::make("province", options);
  if (!made) return std::unexpected(made.error());
  ServedWorld& world = **made;
  if (auto started = world.start(); !started) return std::unexpected(started.error());
  options.note("people sign in");
  const auto day = office_day(world);
  if (!day) return std::unexpected(day.error());
  const auto centre = world.sign_in("VN");
  if (!centre) return std::unexpected(centre.error());
  const auto communes = communes_of(world, *day);
  if (communes.empty()) return refuse("bench.communes", "Tỉnh không có xã nào để nhập từ tệp.");
  const SignedIn& office = day->communes.front().who;
  const auto cells = open_cells(world.port(), office, office.body, measured);
  if (cells.empty()) return refuse("bench.cells", fmt::format("Bảng nhập không có ô nào của {}.", measured));
  const auto total = figure_of_unit(world, "VN");
  const auto held = figure_of_unit(world, fmt::format("hoi/{}", cells.front().body));
  if (!total || !held) return std::unexpected(total ? held.error() : total.error());

  const auto people = people_at_work(world, *day, users, {.saves_in_1000 = one_in_ten, .pause_ms = pause_ms, .encoding = Encoding::compressed});
  std::vector<Visitor*> visitors;
  for (const auto& one : people) visitors.push_back(one.get());
  LoadResult load;
  Result<Freshness> found;
  Imports imports;
  {
    const std::jthread importing([&](const std::stop_token& stop) { keep_importing(world, day->province.who, communes, stop, imports); });
    const std::jthread crowd([&](const std::stop_token& stop) { load = run_load(world.port(), visitors, at_most_s, 1, stop); });
    std::this_thread::sleep_for(std::chrono::seconds(3));
    options.note("saving while two hundred people work");
    found = measure(world, office, *centre, cells.front(), *total, *held);
  }
  if (!found) return std::unexpected(found.error());
  if (imports.left_out > 0) options.note(fmt::format("{} associations were not imported for, the last because: {}", imports.left_out, imports.why));
  if (imports.done == 0) return refuse("bench.import", "Không tệp nào nhập được: " + imports.why);
  std::int64_t refused = 0;
  for (const auto& one : people) refused += one->refused();
  return Report{"freshness", "province world, embedded store, 200 people with a request a second each, one in ten a save, answers compressed; the workbook of one commune after another imported without a pause",
                {{"p50_ms", percentile_of(found->shown_ms, 50), "ms"},
                 {"p99_ms", percentile_of(found->shown_ms, 99), "ms", under(50)},
                 {"worst_ms", percentile_of(found->shown_ms, 100), "ms"},
                 {"save_p50_ms", percentile_of(found->saved_ms, 50), "ms"},
                 {"save_p99_ms", percentile_of(found->saved_ms, 99), "ms"},
                 {"imports", static_cast<double>(imports.done), "1"},
                 {"others_per_s", load.per_second(), "1/s"},
                 {"others_p99_ms", load.percentile_ms(99), "ms"},
                 {"failed", static_cast<double>(load.failed + refused), "1", under(1)}}};
}

}  // namespace khuyenhoc::bench
