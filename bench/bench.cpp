#include "bench/bench.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "bench/benches.h"

namespace khuyenhoc::bench {

std::span<const Bench> all() {
  static constexpr std::array benches{
      Bench{"rollup", "national table of 34 provinces x 40 measures over 24 million facts: the cube, PostgreSQL, SQLite, DuckDB", rollup},
      Bench{"freshness", "a branch saves over HTTP until the national total on another connection shows it, while 200 people work", freshness},
      Bench{"province", "a province world served: memory and restart", province},
      Bench{"pages", "the page mix of an office day and saves alone, over 200 kept connections", pages},
      Bench{"reform", "the reform of 2025 as one restructure of a nation: preview, apply, undo, every total held to what it was", reform},
      Bench{"import", "an Excel list of 100,000 branches read, checked and founded while others save figures; exceljs reading the same", import},
      Bench{"round", "a half-year round of a province: opened, 9,000 short forms and 102 reports by fifty writers at once, gathered, closed, printed; exceljs adding up workbooks", round},
      Bench{"crash", "the program killed under saves: what it acknowledged must be there", crash},
  };
  return benches;
}

const Bench* find(std::string_view name) {
  const auto benches = all();
  const auto found = std::find_if(benches.begin(), benches.end(), [&](const Bench& bench) { return bench.name == name; });
  return found == benches.end() ? nullptr : &*found;
}

std::string json_of(const Report& report) {
  boost::json::array figures;
  for (const Figure& figure : report.figures) {
    boost::json::object one{{"name", figure.name}, {"value", figure.value}, {"unit", figure.unit}};
    if (figure.goal) {
      one["goal"] = fmt::format("{} {:g}", figure.goal->side == Goal::Side::under ? "under" : "over", figure.goal->bound);
      one["met"] = figure.met();
    }
    figures.push_back(std::move(one));
  }
  return boost::json::serialize(boost::json::object{{"bench", report.bench}, {"world", report.world}, {"figures", std::move(figures)}});
}

std::string text_of(const Report& report) {
  std::string text = fmt::format("{}: {}\n", report.bench, report.world);
  for (const Figure& figure : report.figures) {
    text += fmt::format("  {:<36} {:>14.6g} {}", figure.name, figure.value, figure.unit);
    if (figure.goal) text += fmt::format("   goal {} {:g} {}: {}", figure.goal->side == Goal::Side::under ? "under" : "over", figure.goal->bound, figure.unit, figure.met() ? "met" : "not met");
    text += "\n";
  }
  return text;
}

int command(std::span<const std::string_view> arguments) {
  enum class Form { text, json } form = Form::text;
  Options options;
  std::optional<std::string_view> name;
  for (std::size_t at = 0; at < arguments.size(); ++at) {
    const std::string_view argument = arguments[at];
    const auto number = [](std::string_view text) { return std::strtoll(std::string(text).c_str(), nullptr, 10); };
    if (argument == "--mapping" && at + 1 < arguments.size()) options.mapping = arguments[++at];
    else if (argument == "--old-units" && at + 1 < arguments.size()) options.old_units = arguments[++at];
    else if (argument == "--facts" && at + 1 < arguments.size() && number(arguments[at + 1]) > 0) options.facts = number(arguments[++at]);
    else if (argument == "--postgres") options.engine = Engine::postgres;
    else if (argument == "--json") form = Form::json;
    else if (argument == "--without-peers") options.peers = Peers::left_out;
    else if (!name && !argument.starts_with("-")) name = argument;
    else {
      fmt::print(stderr, "khuyenhoc: không hiểu \"{}\". Cách dùng: bench [TÊN] [--json] [--without-peers] [--postgres] [--mapping TỆP --old-units TỆP] [--facts SỐ]\n", argument);
      return 2;
    }
  }
  if (!name) {
    for (const Bench& bench : all()) fmt::print("{:<12} {}\n", bench.name, bench.what);
    return 0;
  }
  const Bench* bench = find(*name);
  if (bench == nullptr) {
    fmt::print(stderr, "khuyenhoc: không có phép đo nào tên là \"{}\". Gõ lệnh bench không kèm tên để xem danh sách.\n", *name);
    return 2;
  }
  options.note = [](std::string_view line) { fmt::print(stderr, "{}\n", line); };
  // a busy machine says little about the program, so the figures say how busy it was
  double load[1] = {0};
  const bool known = ::getloadavg(load, 1) == 1;
  auto report = bench->run(options);
  if (!report) {
    fmt::print(stderr, "khuyenhoc: {}\n", report.error().message);
    return 1;
  }
  if (known) report->figures.push_back({"machine_load_before", load[0], "1"});
  fmt::print("{}{}", form == Form::json ? json_of(*report) : text_of(*report), form == Form::json ? "\n" : "");
  return 0;
}

}  // namespace khuyenhoc::bench
