#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "bench/workbook_edit.h"
#include "tests/commands/program.h"
#include "tests/commands/running_server.h"

namespace khuyenhoc {
namespace {

std::string bytes_of(const std::string& file) {
  std::stringstream bytes;
  bytes << std::ifstream(file, std::ios::binary).rdbuf();
  return bytes.str();
}

// The commune's entry workbook, its first numbers (members at the end) given to `change`.
std::string filled(const std::string& data, const Folder& folder, const std::function<std::string(const std::string& cell, long value)>& change) {
  const std::string file = folder.path("nhap.xlsx");
  const Said exported = run_program({"export", "figures", file, "--unit", commune_code(), "--period", "2026-H1", "--data", data, "--today", std::string(test_today)});
  EXPECT_EQ(exported.status, 0) << exported.error;
  const std::string changed = bench::with_column_changed(bytes_of(file), "C", change);
  EXPECT_FALSE(changed.empty());
  std::ofstream(file, std::ios::binary) << changed;
  return file;
}

std::vector<std::string> importing(const std::string& data, const std::string& file, const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments{"import", "figures", file, "--json", "--data", data, "--today", std::string(test_today)};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

std::int64_t new_members(const std::string& data) { return figure(data, "B02", commune_code(), "2026-H1").json().at("value").as_int64(); }

// One more new member in the first branch that has a figure.
std::function<std::string(const std::string&, long)> one_more() {
  return [done = false](const std::string&, long value) mutable {
    const long after = done ? value : value + 1;
    done = true;
    return std::to_string(after);
  };
}

TEST(Import, Workbook_filled_in_changes_what_differs_and_the_same_file_twice_changes_nothing) {
  const Folder folder;
  const std::string data = copy_of_commune_world(folder);
  const std::int64_t before = new_members(data);
  const std::string file = filled(data, folder, one_more());
  const auto trial = run_program(importing(data, file, {"--dry-run"})).json();
  EXPECT_EQ(trial.at("changes").as_array().size(), 1U);
  EXPECT_EQ(new_members(data), before) << "a trial writes nothing";
  const Said said = run_program(importing(data, file));
  ASSERT_EQ(said.status, 0) << said.error;
  EXPECT_EQ(said.json().at("changes").as_array().size(), 1U);
  EXPECT_EQ(new_members(data), before + 1);
  const Said again = run_program(importing(data, file));
  EXPECT_EQ(new_members(data), before + 1) << again.out << again.error;
}

TEST(Import, Goes_through_the_running_server_whose_pages_show_it_at_once) {
  const Folder folder;
  const std::string data = copy_of_commune_world(folder);
  const std::int64_t before = new_members(data);
  const std::string file = filled(data, folder, one_more());
  const RunningServer server(data);
  const Said said = run_program(importing(data, file));
  ASSERT_EQ(said.status, 0) << said.error;
  EXPECT_EQ(new_members(data), before + 1);
}

TEST(Import, Bad_cell_is_named_and_nothing_of_the_workbook_is_written) {
  const Folder folder;
  const std::string data = copy_of_commune_world(folder);
  const std::string before = all_figures(data);
  std::string bad_cell;
  const std::string file = filled(data, folder, [&](const std::string& cell, long value) {
    if (!bad_cell.empty()) return std::to_string(value + 1);
    bad_cell = cell;
    return std::string("mười hai");
  });
  const Said said = run_program(importing(data, file));
  EXPECT_TRUE(said.one_line_refusal()) << said.out << said.error;
  EXPECT_NE(said.error.find(bad_cell), std::string::npos) << said.error;
  const Said trial = run_program(importing(data, file, {"--dry-run"}));
  EXPECT_EQ(trial.status, 1);
  EXPECT_NE(trial.out.find(bad_cell), std::string::npos) << "a trial lists what is wrong";
  EXPECT_TRUE(all_figures(data) == before) << "a figure changed";
}

TEST(Import, Files_that_are_no_workbook_of_ours_are_refused) {
  const Folder folder;
  const std::string data = copy_of_commune_world(folder);
  std::ofstream(folder.path("thu.xlsx")) << "Kính gửi các đồng chí\n";
  EXPECT_TRUE(run_program(importing(data, folder.path("thu.xlsx"))).one_line_refusal());
  const std::string board = folder.path("bang.xlsx");
  ASSERT_EQ(run_program({"export", "board", board, "--unit", "VN", "--period", "2026-H1", "--data", data}).status, 0);
  EXPECT_TRUE(run_program(importing(data, board)).one_line_refusal());
}

TEST(Import, Workbook_of_another_installation_is_refused) {
  const Folder folder;
  const std::string other = folder.path("khac");
  ASSERT_EQ(run_program({"generate", "--scale", "commune", "--seed", "9", "--today", std::string(test_today), "--data", other}).status, 0);
  const std::string file = folder.path("nhap.xlsx");
  ASSERT_EQ(run_program({"export", "figures", file, "--unit", commune_code(), "--period", "2026-H1", "--data", other, "--today", std::string(test_today)}).status, 0);
  const std::string data = copy_of_commune_world(folder);
  EXPECT_TRUE(run_program(importing(data, file)).one_line_refusal());
}

TEST(Import, Territory_file_with_unknown_codes_is_refused_with_its_line) {
  const Folder folder;
  const std::string data = copy_of_commune_world(folder);
  std::ofstream(folder.path("doi.csv")) << "old_province,old_district,old_ward,new_province,new_ward,split\nkhông,có,mã,nào,cả,\n";
  const Said said = run_program({"import", "territory", folder.path("doi.csv"), "--data", data});
  EXPECT_TRUE(said.one_line_refusal()) << said.out << said.error;
}

}  // namespace
}  // namespace khuyenhoc
