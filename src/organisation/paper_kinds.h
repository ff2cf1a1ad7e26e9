// Kinds of administrative papers as data (catalogue/papers.toml): their letters in a number, on whose behalf each is usually signed.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/i18n.h"
#include "base/result.h"

namespace khuyenhoc {

// On whose behalf a paper is signed (NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.7): nobody's but the body's own, or a committee's.
enum class OnBehalf : std::int64_t { nobody = 0, standing_committee = 1, executive_committee = 2 };
std::string_view committee_in_capitals(OnBehalf whom);                 // "BAN THƯỜNG VỤ"; empty for nobody

struct PaperKind {
  std::string code;                               // "quyet_dinh"
  std::string letters;                            // "QĐ"; empty for an official letter
  std::string label_vi, label_en;                 // "Quyết định"
  OnBehalf on_behalf = OnBehalf::nobody;
  std::vector<std::string> by_order;              // posts that usually sign it by order of the head
  const std::string& label(Language language) const { return language == Language::english ? label_en : label_vi; }
};

class PaperKinds {
 public:
  static Result<PaperKinds> parse(std::string_view toml);              // "config.syntax", "papers.entry"
  static const PaperKinds& house();
  std::span<const PaperKind> kinds() const { return kinds_; }
  const PaperKind* find(std::string_view code) const;
  bool is_deputy(std::string_view post) const;                         // signs any paper in the head's place

 private:
  std::vector<std::string> deputies_;
  std::vector<PaperKind> kinds_;
};

}  // namespace khuyenhoc
