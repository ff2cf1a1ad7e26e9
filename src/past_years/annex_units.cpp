#include "past_years/annex_units.h"

#include <algorithm>
#include <array>

#include "base/i18n.h"
#include "base/text.h"

namespace khuyenhoc {
namespace {

std::string without_blanks(std::string text) {
  std::erase(text, ' ');
  return text;
}

struct Prefix {
  std::string_view words, type;         // both folded; an empty type may be any
};
constexpr std::array prefixes{
    Prefix{"hoi khuyen hoc", ""}, Prefix{"hkh", ""},          Prefix{"thanh pho", "thanhpho"}, Prefix{"tp", "thanhpho"}, Prefix{"thi xa", "thixa"}, Prefix{"tx", "thixa"},
    Prefix{"thi tran", "thitran"}, Prefix{"tt", "thitran"},   Prefix{"huyen", "huyen"},        Prefix{"h", "huyen"},     Prefix{"quan", "quan"},    Prefix{"q", "quan"},
    Prefix{"phuong", "phuong"},    Prefix{"p", "phuong"},     Prefix{"xa", "xa"},              Prefix{"x", "xa"},        Prefix{"dac khu", "dackhu"}, Prefix{"tinh", "tinh"},
};

struct Words {
  std::string name;                     // without blanks
  std::string type;                     // empty: not said
};

// Every way to read the words: a name may itself begin like a type ("Thị trấn P" …), so the whole is tried, too.
std::vector<Words> readings(std::string words) {
  std::vector<Words> out;
  std::string type;
  for (bool again = true; again;) {
    again = false;
    for (const Prefix& prefix : prefixes) {
      if (!words.starts_with(prefix.words) || words.size() <= prefix.words.size() + 1 || words[prefix.words.size()] != ' ') continue;
      out.push_back({without_blanks(words), type});
      words.erase(0, prefix.words.size() + 1);
      if (!prefix.type.empty()) type = prefix.type;
      again = type.empty() || prefix.type.empty();
      break;
    }
  }
  out.push_back({without_blanks(words), type});
  std::ranges::reverse(out);
  return out;
}

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t next = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      diagonal = row[j];
      row[j] = next;
    }
  }
  return row.back();
}

}  // namespace

std::string row_words(std::string_view label) {
  std::string words = folded(label);
  const auto first = words.find(' ');
  if (first == std::string::npos) return words;
  const std::string_view head = std::string_view(words).substr(0, first);
  const std::string tidy = normalised(label);
  const auto mark = tidy.find_first_of(".):");
  const bool marked = mark != std::string::npos && mark > 0 && mark <= 5;
  const bool number = std::ranges::all_of(head, [](char c) { return c >= '0' && c <= '9'; });
  const bool roman = std::ranges::all_of(head, [](char c) { return c == 'i' || c == 'v' || c == 'x' || c == 'l'; });
  const bool letter = head.size() == 1 && head != "p" && head != "q" && head != "h" && head != "x";
  if (number || (marked && (roman || letter))) words.erase(0, first + 1);
  return words;
}

AnnexUnits::AnnexUnits(const Territory& territory, UnitId area, AnnexLand land, Day day) : territory_(territory), area_(area), land_(land), day_(day) {
  const auto add = [&](UnitId id) {
    const auto& unit = territory_.unit(id);
    const auto& version = unit.on(day_);
    Unit out;
    out.id = id;
    out.level = unit.level;
    if (unit.level == UnitLevel::commune)
      if (const UnitId above = territory_.parent(id, day_); above && territory_.unit(above).level == UnitLevel::district) out.district = above;
    out.name = without_blanks(folded(version.name));
    out.type = without_blanks(folded(version.type));
    out.exact = tone_neutral(version.name);
    out.label = version.full_name();
    units_.push_back(std::move(out));
  };
  const auto& whole = territory_.unit(area);
  if (whole.level == UnitLevel::commune) {
    if (whole.alive(day_)) add(area);
    for (const UnitId before : territory_.predecessors(area))
      if (land_ == AnnexLand::old_units && territory_.unit(before).alive(day_)) add(before);
    return;
  }
  for (const UnitId below : territory_.children(area, day_)) {
    add(below);
    if (territory_.unit(below).level == UnitLevel::district)
      for (const UnitId commune : territory_.children(below, day_)) add(commune);
  }
}

const AnnexUnits::Unit* AnnexUnits::find(UnitId id) const {
  const auto at = std::ranges::find(units_, id, &Unit::id);
  return at == units_.end() ? nullptr : &*at;
}

std::vector<const AnnexUnits::Unit*> AnnexUnits::matching(std::string_view label) const {
  std::vector<const Unit*> out;
  for (const Words& words : readings(row_words(label))) {
    if (words.name.empty()) continue;
    for (const Unit& unit : units_)
      if (unit.name == words.name && (words.type.empty() || words.type == unit.type)) out.push_back(&unit);
    if (!out.empty()) break;
  }
  // Names that differ only by their marks: the one written like this goes first.
  if (out.size() > 1) {
    const std::string typed = tone_neutral(label);
    std::vector<const Unit*> exact;
    for (const Unit* unit : out)
      if (typed == unit->exact || typed.ends_with(" " + unit->exact)) exact.push_back(unit);
    if (!exact.empty() && exact.size() < out.size()) return exact;
  }
  return out;
}

std::string AnnexUnits::why_not(std::string_view label) const {
  const auto ways = readings(row_words(label));
  const Words& words = ways.front();
  const std::string shown = normalised(label);
  for (const Day day : {day_, land_ == AnnexLand::old_units ? reform_day() : reform_day() - 1})
    for (const UnitId id : territory_.search(words.name.empty() ? shown : row_words(label), day, 40)) {
      const auto& unit = territory_.unit(id);
      if (!unit.alive(day) || unit.level == UnitLevel::country || unit.level == UnitLevel::village) continue;
      const auto& version = unit.on(day);
      if (without_blanks(folded(version.name)) != words.name || (!words.type.empty() && without_blanks(folded(version.type)) != words.type)) continue;
      if (day != day_)
        return land_ == AnnexLand::old_units ? tr("“{}” chỉ có từ 01/7/2025, còn phụ lục này ghi theo đơn vị trước đó. Xin chọn đơn vị cho dòng này, hoặc chọn “Không đọc dòng này”.", shown)
                                             : tr("“{}” chỉ có đến hết 30/6/2025, còn phụ lục này ghi theo đơn vị hiện nay. Xin chọn đơn vị cho dòng này, hoặc chọn “Không đọc dòng này”.", shown);
      return tr("“{}” là của nơi khác: {}. Xin xem lại phụ lục hoặc chọn đơn vị cho dòng này.", shown, territory_.running_path(id, day));
    }
  const Unit* nearest = nullptr;
  std::size_t least = 3;
  for (const Unit& unit : units_)
    if (const auto far = distance(unit.name, words.name); far < least) {
      least = far;
      nearest = &unit;
    }
  const auto& area = territory_.unit(area_).on(day_);
  if (nearest != nullptr) return tr("Không có “{}” trong {}; gần giống nhất là {}. Xin chọn đơn vị cho dòng này.", shown, area.running_name(), nearest->label);
  return tr("Không có “{}” trong {}. Xin chọn đơn vị cho dòng này, hoặc chọn “Không đọc dòng này”.", shown, area.running_name());
}

}  // namespace khuyenhoc
