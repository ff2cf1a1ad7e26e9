// Systems of bodies and the kinds within each: data (catalogue/systems.toml), so a new kind of branch is a line in a file.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "organisation/organisation.h"

namespace khuyenhoc {

inline constexpr std::string_view hkh = "HKH";   // the system whose figures this program is about

struct BodySystem {
  std::string code;                     // "HKH", "DOAN", "HSV", "MTTQ", "GD", "UBND", "KHAC"
  std::string label_vi, label_en;
  enum class Papers { state, youth_union } papers = Papers::state;   // the layout of its papers and the writing of their numbers
};

class Systems {
 public:
  static Result<Systems> parse(std::string_view toml);   // "config.syntax", "systems.entry" with the line or the code as place
  static const Systems& house();                         // the product's own, embedded
  std::span<const BodySystem> systems() const { return systems_; }
  std::span<const BodyKind> kinds() const { return kinds_; }
  const BodySystem* find_system(std::string_view code) const;
  const BodyKind* find(std::string_view kind) const;     // stays valid as long as this object
  const BodyKind& kind(std::string_view code) const;     // asserts that it exists
  BodySystem::Papers papers_of(std::string_view system) const;

 private:
  std::vector<BodySystem> systems_;
  std::vector<BodyKind> kinds_;                          // in the order of the file
};

}  // namespace khuyenhoc
