#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "bench/rollup_peers.h"
#include "bench/rollup_world.h"

namespace khuyenhoc::bench {

Result<PeerFigures> measure_duckdb(const std::string& scratch_folder, const std::string& bench_folder, const Note& note) {
  const std::string folder = bench_folder + "/duckdb";
  if (!std::filesystem::exists(folder + "/node_modules/@duckdb/node-api")) {
    return refuse("bench.peer", "Chưa cài DuckDB; chạy bench/install.sh để cài từ npm.");
  }
  {
    std::ofstream ranges(scratch_folder + "/ranges.txt");
    const auto provinces = province_units();
    for (std::size_t id = 0; id < provinces.size(); ++id) ranges << id << ' ' << provinces[id].first << ' ' << provinces[id].last << '\n';
  }
  note("DuckDB: loading and asking");
  const std::string command = fmt::format("cd '{0}' && node rollup.mjs '{1}/rollup.duckdb' '{1}/ranges.txt' 2> '{1}/duckdb.log'", folder, scratch_folder);
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return refuse("bench.peer", "Không chạy được node.");
  std::string printed;
  std::array<char, 4096> buffer;
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe)) printed.append(buffer.data(), count);
  if (::pclose(pipe) != 0) return refuse("bench.peer", "DuckDB không chạy được (node từ chối).");
  boost::system::error_code error;
  const auto answer = boost::json::parse(printed, error);
  if (error || !answer.is_object()) return refuse("bench.peer", "DuckDB trả lời không đọc được.");
  const auto& object = answer.as_object();
  const auto ms = [&](const char* name) { return object.at(name).at("ms").to_number<double>(); };
  const auto sum = [&](const char* name) { return static_cast<std::int64_t>(object.at(name).at("sum").to_number<double>()); };
  if (sum("national") != national_sum || sum("province") != province_sum || sum("series") != series_sum || sum("nationalRollup") != national_sum) {
    return refuse("bench.peer", "DuckDB trả lời khác tổng kiểm tra.");
  }
  return PeerFigures{.load_s = object.at("loadMs").to_number<double>() / 1000,
                     .national_ms = ms("national"),
                     .province_ms = ms("province"),
                     .series_ms = ms("series"),
                     .rollup_build_ms = object.at("rollupBuildMs").to_number<double>(),
                     .rollup_national_ms = ms("nationalRollup")};
}

}  // namespace khuyenhoc::bench
