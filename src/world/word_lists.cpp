#include "world/word_lists.h"

#include <cassert>

#include <fmt/format.h>

#include "platform/config/table.h"

namespace khuyenhoc {

extern const std::string_view names_catalogue;

Result<WordLists> WordLists::parse(std::string_view toml) {
  const auto file = config::Table::parse(toml, "names.toml");
  if (!file) return std::unexpected(file.error());
  WordLists out;
  const auto part = [&](std::string_view name) { return file->table(name).value_or(*file); };
  for (const auto& family : part("people").tables("families")) {
    out.families_.emplace_back(family.text("name"), family.number("weight").value_or(1));
    out.weight_ += out.families_.back().second;
  }
  const auto people = part("people");
  out.middle_men_ = people.texts("middle_men");
  out.middle_women_ = people.texts("middle_women");
  out.given_men_ = people.texts("given_men");
  out.given_women_ = people.texts("given_women");
  out.ede_clans_ = people.texts("ede_clans");
  out.ede_men_ = people.texts("ede_men");
  out.ede_women_ = people.texts("ede_women");
  for (const auto& region : part("villages").keys()) out.villages_[region] = part("villages").texts(region);
  for (const auto& province : part("associations").keys()) out.associations_[province] = part("associations").texts(province);
  out.flowers_ = part("schools").texts("flowers");
  out.heroes_ = part("schools").texts("heroes");
  out.clans_ = part("clans").texts("names");
  out.faiths_ = part("faiths").texts("places");
  out.offices_ = part("offices").texts("names");
  for (const Words* words : {&out.middle_men_, &out.middle_women_, &out.given_men_, &out.given_women_, &out.ede_clans_, &out.ede_men_, &out.ede_women_, &out.flowers_,
                             &out.heroes_, &out.clans_, &out.faiths_, &out.offices_})
    if (words->empty()) return refuse("names.empty", "Danh sách tên gọi dùng để dựng dữ liệu mẫu còn thiếu một mục.");
  if (out.families_.empty() || out.villages_.empty()) return refuse("names.empty", "Danh sách tên gọi dùng để dựng dữ liệu mẫu chưa có họ hoặc tên thôn.");
  return out;
}

const WordLists& WordLists::house() {
  static const WordLists lists = [] {
    auto parsed = parse(names_catalogue);
    assert(parsed && "the embedded word lists must be readable");
    return std::move(*parsed);
  }();
  return lists;
}

Person WordLists::person(const Chance& chance, std::uint64_t key, std::string_view region) const {
  const bool woman = chance.happens(380, key, 1);
  const auto one_of = [&](const Words& words, std::uint64_t what) { return words[static_cast<std::size_t>(chance.of(key, what) % words.size())]; };
  if (region == "highland" && chance.happens(180, key, 2)) {
    if (woman) return {"Bà", "H’" + one_of(ede_women_, 3) + " " + one_of(ede_clans_, 4)};
    return {"Ông", "Y " + one_of(ede_men_, 3) + " " + one_of(ede_clans_, 4)};
  }
  std::int64_t drawn = chance.between(0, weight_ - 1, key, 5);
  std::string family;
  for (const auto& [name, weight] : families_) {
    family = name;
    if ((drawn -= weight) < 0) break;
  }
  return {woman ? "Bà" : "Ông", family + " " + one_of(woman ? middle_women_ : middle_men_, 6) + " " + one_of(woman ? given_women_ : given_men_, 7)};
}

std::string WordLists::nth(const Words& words, const Chance& chance, std::uint64_t place, std::size_t n) {
  const auto at = (chance.of(place, 11) + n) % words.size();
  const std::size_t round = n / words.size();
  return round == 0 ? words[at] : fmt::format("{} {}", words[at], round + 1);
}

std::string WordLists::village(const Chance& chance, std::uint64_t place, std::string_view region, std::string_view unit_type, std::size_t n) const {
  if (unit_type == "phường" || unit_type == "thị trấn") return fmt::format("{} {}", region == "south" ? "Khu phố" : "Tổ dân phố", n + 1);
  const auto words = villages_.find(region);
  // numbered villages first, where numbers are the custom
  const bool numbered = region == "highland" || region == "mountain";
  const std::size_t numbers = numbered ? 3 + static_cast<std::size_t>(chance.of(place, 12) % 5) : 0;
  if (n < numbers) return fmt::format("Thôn {}", n + 1);
  return nth(words == villages_.end() ? villages_.begin()->second : words->second, chance, place, n - numbers);
}

std::string WordLists::school(const Chance& chance, std::uint64_t place, std::string_view place_name, std::size_t n) const {
  switch (n) {
    case 0: return fmt::format("Trường THCS {}", place_name);
    case 1: return fmt::format("Trường Tiểu học {}", place_name);
    case 2: return "Trường Mầm non " + nth(flowers_, chance, place, 0);
    case 3: return "Trường THPT " + nth(heroes_, chance, place, 0);
    default:
      if (n % 3 == 0) return "Trường Mầm non " + nth(flowers_, chance, place, n);
      return (n % 3 == 1 ? "Trường Tiểu học " : "Trường THCS ") + nth(heroes_, chance, place, n);
  }
}

std::string WordLists::office(const Chance& chance, std::uint64_t place, std::string_view place_name, std::size_t n) const {
  std::string name = nth(offices_, chance, place, n);
  if (name.ends_with(" xã")) name.resize(name.size() - std::string_view(" xã").size());
  return fmt::format("{} {}", name, place_name);
}

std::string WordLists::clan(const Chance& chance, std::uint64_t place, std::size_t n) const { return "dòng họ " + nth(clans_, chance, place, n); }
std::string WordLists::faith(const Chance& chance, std::uint64_t place, std::size_t n) const { return nth(faiths_, chance, place, n); }

std::vector<std::string> WordLists::associations(std::string_view province) const {
  const auto found = associations_.find(province);
  return found == associations_.end() ? Words{} : found->second;
}

}  // namespace khuyenhoc
