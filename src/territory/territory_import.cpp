#include "territory/territory_import.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/i18n.h"
#include "base/text.h"
#include "platform/spreadsheet/csv.h"

namespace khuyenhoc {
namespace {

using spreadsheet::CsvRow;
using spreadsheet::CsvTable;

Result<std::vector<std::size_t>> columns(const CsvTable& table, std::initializer_list<std::string_view> names, Message file) {
  std::vector<std::size_t> out;
  std::vector<std::string_view> missing;
  for (const auto name : names) {
    if (const auto column = table.column(name)) out.push_back(*column);
    else missing.push_back(name);
  }
  if (missing.empty()) return out;
  return refuse("territory_import.columns", tr("Thiếu cột {} trong {}. Dòng đầu phải có các cột: {}.", fmt::format("{}", fmt::join(missing, ", ")), tr(file),
                                              fmt::format("{}", fmt::join(names, ", "))), tr(file));
}

constexpr Message changes_file = mark("tệp sáp nhập");
constexpr Message old_units_file = mark("tệp danh mục cũ");

// Units of one day by their codes within the province.
class DayIndex {
 public:
  DayIndex(const Territory& territory, Day day) {
    for (const auto level : {UnitLevel::province, UnitLevel::district, UnitLevel::commune}) {
      for (const auto id : territory.units(level, day)) {
        const auto province = territory.ancestor(id, UnitLevel::province, day);
        const auto& version = territory.unit(id).on(day);
        by_code_[{level, level == UnitLevel::province ? UnitId{} : province, version.code}] = id;
        if (level == UnitLevel::district) by_name_[{province, tone_neutral(version.full_name())}] = id;
      }
    }
  }
  UnitId find(UnitLevel level, UnitId province, std::string_view code) const {
    const auto found = by_code_.find({level, province, std::string(code)});
    return found == by_code_.end() ? UnitId{} : found->second;
  }
  UnitId district_named(UnitId province, std::string_view full_name) const {
    const auto found = by_name_.find({province, tone_neutral(full_name)});
    return found == by_name_.end() ? UnitId{} : found->second;
  }
  void add(UnitLevel level, UnitId province, std::string_view code, UnitId id) { by_code_[{level, province, std::string(code)}] = id; }

 private:
  std::map<std::tuple<UnitLevel, UnitId, std::string>, UnitId> by_code_;
  std::map<std::pair<UnitId, std::string>, UnitId> by_name_;
};

// "Thị trấn Ea Kar" -> {code, "Ea Kar", "thị trấn"}; the type empty when no word is a type.
UnitNaming naming_of(std::string_view code, std::string_view full_name) {
  const auto full = normalised(full_name);
  for (const std::string_view type : {"thị trấn", "thị xã", "thành phố", "đặc khu", "phường", "huyện", "quận", "tỉnh", "xã"}) {
    if (full.size() > type.size() + 1 && full[type.size()] == ' ' && tone_neutral(full.substr(0, type.size())) == tone_neutral(type)) {
      return {std::string(code), full.substr(type.size() + 1), std::string(type)};
    }
  }
  return {std::string(code), full, {}};
}

class TerritoryImport {
 public:
  TerritoryImport(TerritoryBuilder& builder, const RestructureAct& act)
      : builder_(builder), act_(act), eve_(act.day - 1), before_(builder.build()), old_(*before_, eve_), new_(*before_, act.day) {}

  Result<void> read_old_units(const CsvTable& table) {
    const auto at = columns(table, {"level", "code", "full_name", "parent_code"}, old_units_file);
    if (!at) return std::unexpected(at.error());
    if (auto begun = builder_.begin({Day::earliest(), "Bổ sung mã số và đơn vị của danh mục cũ", act_.legal_basis}); !begun) return std::unexpected(begun.error());
    for (const std::string_view level : {"P", "D", "W"}) {
      for (const auto& row : table.rows) {
        if (row.fields[(*at)[0]] != level) continue;
        const Listed listed{row.line, row.fields[(*at)[1]], row.fields[(*at)[2]], row.fields[(*at)[3]]};
        if (level == "P") province(listed);
        else if (level == "D") district(listed);
        else commune(listed);
      }
    }
    for (const auto& row : table.rows) {
      const auto& level = row.fields[(*at)[0]];
      if (level != "P" && level != "D" && level != "W") problem(old_units_file, row.line, tr("cấp “{}” không có; xin ghi P (tỉnh), D (huyện) hoặc W (xã)", level));
    }
    // communes that were missing end only with the changes
    builder_.finish_with_the_next();
    return {};
  }

  Result<void> read_changes(const CsvTable& table) {
    const auto at = columns(table, {"old_province", "old_district", "old_ward", "new_province", "new_ward"}, changes_file);
    if (!at) return std::unexpected(at.error());
    const auto split = table.column("split");
    if (auto begun = builder_.begin(act_); !begun) return std::unexpected(begun.error());
    for (const auto& row : table.rows) {
      ++report.rows;
      read_change(row, *at, split ? std::string_view(row.fields[*split]) : std::string_view{});
    }
    for (const auto& [id, told] : told_) follow(id, told);
    end_added();
    if (!report.problems.empty()) return {};     // the copy is thrown away
    return builder_.finish();
  }

  bool changed() const { return report.added_links + report.removed_links + report.completed_codes + report.added_units + report.ended_units > 0; }

  TerritoryImportReport report;

 private:
  struct Listed {
    std::size_t line;
    std::string_view code, full_name, parent;
  };
  struct Told {
    std::size_t line = 0;
    std::set<UnitId> successors;
    bool split = false, has_split = false;
  };

  void problem(Message file, std::size_t line, const std::string& what) {
    auto place = tr("dòng {} của {}", line, tr(file));
    auto message = tr("Dòng {} của {}: {}.", line, tr(file), what);
    report.problems.push_back({"territory_import.row", std::move(message), std::move(place)});
  }
  void problem(Message file, std::size_t line, const Refusal& refusal) { report.problems.push_back({refusal.code, refusal.message, tr("dòng {} của {}", line, tr(file))}); }

  std::string named(UnitId id) const {
    const auto* known = before_->find(id);
    if (known == nullptr) return builder_.version(id, eve_).full_name();
    return fmt::format("{} ({})", before_->path(id, eve_), before_->code_path(id, eve_));
  }
  std::string short_name(UnitId id) const {
    const auto version = builder_.version(id, act_.day);
    return fmt::format("{} ({})", version.full_name(), version.code);
  }
  void differ(TerritoryDifference::Kind kind, UnitId id, std::string ours, std::string theirs) { report.differences.push_back({kind, named(id), std::move(ours), std::move(theirs)}); }

  void compare_name(UnitId id, std::string_view full_name) {
    const auto ours = builder_.version(id, eve_).full_name();
    if (tone_neutral(ours) != tone_neutral(full_name)) differ(TerritoryDifference::Kind::name, id, ours, normalised(full_name));
  }

  void province(const Listed& listed) {
    const auto id = old_.find(UnitLevel::province, {}, listed.code);
    if (!id) return problem(old_units_file, listed.line, tr("không có tỉnh nào mang mã {} đến hết ngày {}", listed.code, eve_.text()));
    compare_name(id, listed.full_name);
  }

  void district(const Listed& listed) {
    const auto province = old_.find(UnitLevel::province, {}, listed.parent);
    if (!province) return problem(old_units_file, listed.line, tr("không có tỉnh nào mang mã {} đến hết ngày {}", listed.parent, eve_.text()));
    auto id = old_.find(UnitLevel::district, province, listed.code);
    if (!id) {
      id = old_.district_named(province, listed.full_name);
      if (id) {
        if (auto done = builder_.complete_code(id, std::string(listed.code)); !done) return problem(old_units_file, listed.line, done.error());
        ++report.completed_codes;
      }
    } else {
      compare_name(id, listed.full_name);
    }
    if (!id) id = add(UnitLevel::district, province, listed);
    if (!id) return;
    old_.add(UnitLevel::district, province, listed.code, id);
    districts_[std::string(listed.code)] = id;
  }

  void commune(const Listed& listed) {
    const auto district = districts_.find(listed.parent);
    if (district == districts_.end()) return problem(old_units_file, listed.line, tr("không có huyện nào mang mã {} trong tệp", listed.parent));
    const auto province = builder_.version(district->second, eve_).parent;
    const auto id = old_.find(UnitLevel::commune, province, listed.code);
    if (!id) {
      if (const auto added = add(UnitLevel::commune, district->second, listed)) old_.add(UnitLevel::commune, province, listed.code, added);
      return;
    }
    compare_name(id, listed.full_name);
    const auto parent = builder_.version(id, eve_).parent;
    if (parent != district->second) {
      differ(TerritoryDifference::Kind::district, id, builder_.version(parent, eve_).full_name(), builder_.version(district->second, eve_).full_name());
    }
  }

  UnitId add(UnitLevel level, UnitId parent, const Listed& listed) {
    const auto made = builder_.open(level, parent, naming_of(listed.code, listed.full_name));
    if (!made) {
      problem(old_units_file, listed.line, made.error());
      return {};
    }
    added_.push_back({*made, listed.line});
    ++report.added_units;
    report.differences.push_back({TerritoryDifference::Kind::added_unit, normalised(listed.full_name), "", std::string(listed.code)});
    return *made;
  }

  void read_change(const CsvRow& row, const std::vector<std::size_t>& at, std::string_view split) {
    const auto field = [&](std::size_t i) -> const std::string& { return row.fields[at[i]]; };
    const auto fail = [&](const std::string& what) { problem(changes_file, row.line, what); };
    const auto old_province = old_.find(UnitLevel::province, {}, field(0));
    if (!old_province) return fail(tr("cột old_province: không có tỉnh nào mang mã “{}” đến hết ngày {}", field(0), eve_.text()));
    const bool whole_district = field(2).empty();
    const auto from = whole_district ? old_.find(UnitLevel::district, old_province, field(1)) : old_.find(UnitLevel::commune, old_province, field(2));
    if (!from) {
      return fail(whole_district ? tr("cột old_district: tỉnh mang mã {} không có huyện nào mang mã “{}” đến hết ngày {}", field(0), field(1), eve_.text())
                                 : tr("cột old_ward: tỉnh mang mã {} không có xã, phường nào mang mã “{}” đến hết ngày {}", field(0), field(2), eve_.text()));
    }
    const auto new_province = new_.find(UnitLevel::province, {}, field(3));
    if (!new_province) return fail(tr("cột new_province: không có tỉnh nào mang mã “{}” từ ngày {}", field(3), act_.day.text()));
    const auto to = new_.find(UnitLevel::commune, new_province, field(4));
    if (!to) return fail(tr("cột new_ward: tỉnh mang mã {} không có xã, phường nào mang mã “{}” từ ngày {}", field(3), field(4), act_.day.text()));
    auto& told = told_[from];
    if (told.line == 0) told.line = row.line;
    told.successors.insert(to);
    if (!split.empty()) {
      told.has_split = true;
      told.split = told.split || split != "0";
    }
  }

  // Makes the territory say what the file says about one old unit.
  void follow(UnitId id, const Told& told) {
    if (builder_.find(id)->level == UnitLevel::commune) ++report.old_communes;
    if (told.successors.size() > 1) ++report.divided;
    if (told.has_split && told.split != (told.successors.size() > 1)) {
      differ(TerritoryDifference::Kind::split_column, id, tr("{} đơn vị kế thừa", told.successors.size()), told.split ? tr("bị chia") : tr("không bị chia"));
    }
    const bool goes_on = builder_.alive(id, act_.day);
    if (goes_on && !told.successors.contains(id)) {
      const std::vector<UnitId> next(told.successors.begin(), told.successors.end());
      if (auto done = builder_.hand_over(id, next); !done) return problem(changes_file, told.line, done.error());
      ++report.ended_units;
      report.added_links += static_cast<std::int64_t>(next.size());
      // units that this import itself added merely get their successors
      if (before_->find(id) != nullptr) differ(TerritoryDifference::Kind::ended_unit, id, tr("tiếp tục hoạt động"), tr("kết thúc"));
      return;
    }
    const auto ours = builder_.successors(id);
    for (const auto next : ours) {
      if (told.successors.contains(next)) {
        ++report.known_links;
        continue;
      }
      if (auto done = builder_.unlink(id, next); !done) return problem(changes_file, told.line, done.error());
      ++report.removed_links;
      differ(TerritoryDifference::Kind::removed_successor, id, short_name(next), "");
    }
    for (const auto next : told.successors) {
      if (next == id) {
        ++report.known_links;
        continue;
      }
      if (std::ranges::find(ours, next) != ours.end()) continue;
      if (auto done = builder_.link(id, next); !done) return problem(changes_file, told.line, done.error());
      ++report.added_links;
      differ(TerritoryDifference::Kind::added_successor, id, "", short_name(next));
    }
  }

  // Old units that were missing and of which the changes say nothing end with the others of their list.
  void end_added() {
    for (const auto& [id, line] : added_) {
      if (!builder_.alive(id, act_.day)) continue;
      if (auto done = builder_.dissolve(id); !done) problem(old_units_file, line, done.error());
    }
  }

  TerritoryBuilder& builder_;
  const RestructureAct& act_;
  const Day eve_;
  const TerritoryView before_;
  DayIndex old_, new_;
  std::map<std::string, UnitId, std::less<>> districts_;         // by State code
  std::map<UnitId, Told> told_;
  std::vector<std::pair<UnitId, std::size_t>> added_;
};

}  // namespace

std::string TerritoryDifference::text() const {
  switch (kind) {
    case Kind::name: return tr("{}: danh mục ghi “{}”, tệp ghi “{}”.", unit, ours, theirs);
    case Kind::district: return tr("{}: danh mục xếp vào {}, tệp xếp vào {}.", unit, ours, theirs);
    case Kind::added_unit: return tr("{} (mã {}): danh mục chưa có, đã thêm theo tệp.", unit, theirs);
    case Kind::added_successor: return tr("{}: theo tệp còn có phần chuyển về {}.", unit, theirs);
    case Kind::removed_successor: return tr("{}: theo tệp không có phần nào chuyển về {}.", unit, ours);
    case Kind::ended_unit: return tr("{}: danh mục ghi {}, tệp ghi {}.", unit, ours, theirs);
    case Kind::split_column: return tr("{}: có {} nhưng cột split ghi {}.", unit, ours, theirs);
  }
  return {};
}

Result<TerritoryImportReport> import_territory_changes(TerritoryBuilder& builder, const TerritoryChangeFiles& files, const RestructureAct& act) {
  const auto changes = spreadsheet::read_csv(files.changes);
  if (!changes) return std::unexpected(changes.error());
  // Everything is tried on a copy: a file with one bad row changes nothing.
  auto copy = builder;
  TerritoryImport import(copy, act);
  if (!files.old_units.empty()) {
    const auto old_units = spreadsheet::read_csv(files.old_units);
    if (!old_units) return std::unexpected(old_units.error());
    if (auto done = import.read_old_units(*old_units); !done) return std::unexpected(done.error());
  }
  if (auto done = import.read_changes(*changes); !done) return std::unexpected(done.error());
  if (import.report.problems.empty() && import.changed()) builder = std::move(copy);
  return std::move(import.report);
}

}  // namespace khuyenhoc
