#include "app/demo_sign_ins.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <boost/json.hpp>

#include "app/office_work.h"
#include "platform/log/log.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

fs::path file_of(const InstallationPlace& place) { return fs::path(place.data_directory) / "demo.json"; }

}  // namespace

void keep_demo_sign_ins(const InstallationPlace& place, const std::vector<DemoSignIn>& sign_ins) {
  json::array list;
  for (const DemoSignIn& one : sign_ins) list.push_back(json::object{{"who", one.who}, {"telephone", one.telephone}, {"password", one.password}});
  std::ofstream out(file_of(place));
  fs::permissions(file_of(place), fs::perms::owner_read | fs::perms::owner_write);
  out << json::serialize(list) << '\n';
  if (!out) log::warning("the demo sign-ins could not be kept in {}", file_of(place).string());
}

std::vector<DemoSignIn> demo_sign_ins_of(const InstallationPlace& place) {
  std::ifstream in(file_of(place));
  std::stringstream text;
  text << in.rdbuf();
  boost::system::error_code broken;
  const json::value list = json::parse(text.str(), broken);
  std::vector<DemoSignIn> out;
  if (broken || !list.is_array()) return out;
  for (const json::value& one : list.as_array())
    if (one.is_object()) out.push_back({text_in(one.as_object(), "telephone"), text_in(one.as_object(), "password"), text_in(one.as_object(), "who")});
  return out;
}

std::string demo_sign_in_lines(const std::vector<DemoSignIn>& sign_ins) {
  std::string text;
  for (const DemoSignIn& one : sign_ins) text += fmt::format("  {}: số điện thoại {}, mật khẩu {}\n", one.who, one.telephone, one.password);
  return text;
}

}  // namespace khuyenhoc
