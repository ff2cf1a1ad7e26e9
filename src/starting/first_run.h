// The first office and its first officer: chosen from the national frame, founded with the bodies above it and, for a province, the communes' associations below.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "organisation/posts.h"
#include "shell/house.h"
#include "shell/typed.h"

namespace khuyenhoc::starting {

enum class OfficeLevel { centre, province, commune, institution };
std::string_view office_word(OfficeLevel office);                       // in addresses: "trung-uong", "tinh", "xa", "don-vi"
std::optional<OfficeLevel> office_from_word(std::string_view word);

// As typed or chosen.
struct FirstOfficeForm {
  OfficeLevel office = OfficeLevel::province;
  UnitId unit;                           // the country, the province (of an institution, too), or the commune
  std::string name;                      // of an institution: "Hội Khuyến học Trường Đại học Tây Nguyên"
  std::string born;
  bool found_communes = false;           // of a province: the associations of the communes ticked; else they come with the list from Excel
  std::vector<UnitId> communes;
  std::string salutation, person_name, telephone, post, password, again;
  std::string error_of(std::string_view field) const;
  FormErrors errors;
};

// A unit that can be chosen, with what stands beside its name.
struct UnitChoice {
  UnitId unit;
  std::string name;                      // "Tỉnh Đắk Lắk"
  std::string remark;                    // "102 xã, phường"; of a commune found anywhere "tỉnh Đắk Lắk"
};
// Provinces of today, and communes of one of them or, typed, of the whole country; without accents. By name as Vietnamese sort.
std::vector<UnitChoice> provinces_found(const Territory& territory, Day today, std::string_view typed);
std::vector<UnitChoice> communes_found(const Territory& territory, Day today, UnitId province, std::string_view typed);

// Posts whose usual permissions are enough to begin with: bodies may be kept and sign-ins handed out.
std::vector<const PostKind*> first_posts();
inline constexpr std::size_t salutation_count = 4;
const std::array<std::string_view, salutation_count>& salutations();

// What the form shows at first: the day of the office's area as it is today, all communes ticked.
FirstOfficeForm first_form(const Territory& territory, OfficeLevel office, UnitId unit, Day today);
std::string office_name(const Territory& territory, OfficeLevel office, UnitId unit, Day today);   // "Hội Khuyến học tỉnh Đắk Lắk"; empty for an institution
// What will be founded besides the office itself, as it is now: "Trung ương Hội Khuyến học Việt Nam".
std::vector<std::string> founded_above(const House& house, OfficeLevel office, UnitId unit);

bool code_fits(House& house, std::string_view code);

struct Begun {
  std::string said;
  std::int64_t communes = 0;
};
// All in one transaction; the form's errors are filled in when it was refused at a field. "first_run.code", "first_run.accounts" otherwise.
Result<Begun> begin_first_office(House& house, std::string_view code, FirstOfficeForm& form);

}  // namespace khuyenhoc::starting
