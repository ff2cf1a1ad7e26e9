#include "body_lists/names.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/phrases.h"
#include "base/text.h"

namespace khuyenhoc::body_lists {
namespace {

struct KindWords {
  std::string_view words, kind;
};

// Ways in which lists name a kind, folded and without "khuyến học". The longest that fits is meant.
constexpr std::array kind_words{
    KindWords{"hoi xa", "hoi_co_so"}, KindWords{"hoi phuong", "hoi_co_so"}, KindWords{"hoi dac khu", "hoi_co_so"}, KindWords{"hoi thi tran", "hoi_co_so"}, KindWords{"hoi co so", "hoi_co_so"},
    KindWords{"hoi xa phuong", "hoi_co_so"}, KindWords{"hoi truong", "hoi_co_so_don_vi"}, KindWords{"hoi co quan", "hoi_co_so_don_vi"}, KindWords{"hoi dai hoc", "hoi_co_so_don_vi"},
    KindWords{"hoi don vi", "hoi_co_so_don_vi"}, KindWords{"hoi benh vien", "hoi_co_so_don_vi"}, KindWords{"hoi hoc vien", "hoi_co_so_don_vi"}, KindWords{"hoi tinh", "tinh_hoi"},
    KindWords{"hoi thanh pho", "tinh_hoi"}, KindWords{"tinh hoi", "tinh_hoi"},
    KindWords{"chi hoi thon", "chi_hoi_thon_tdp"}, KindWords{"chi hoi to dan pho", "chi_hoi_thon_tdp"}, KindWords{"chi hoi tdp", "chi_hoi_thon_tdp"}, KindWords{"chi hoi to", "chi_hoi_thon_tdp"},
    KindWords{"chi hoi khu pho", "chi_hoi_thon_tdp"}, KindWords{"chi hoi khu dan cu", "chi_hoi_thon_tdp"}, KindWords{"chi hoi khu", "chi_hoi_thon_tdp"}, KindWords{"chi hoi buon", "chi_hoi_thon_tdp"},
    KindWords{"chi hoi ban", "chi_hoi_thon_tdp"}, KindWords{"chi hoi ap", "chi_hoi_thon_tdp"}, KindWords{"chi hoi khom", "chi_hoi_thon_tdp"}, KindWords{"chi hoi xom", "chi_hoi_thon_tdp"},
    KindWords{"chi hoi lang", "chi_hoi_thon_tdp"}, KindWords{"chi hoi soc", "chi_hoi_thon_tdp"}, KindWords{"chi hoi plei", "chi_hoi_thon_tdp"},
    KindWords{"thon", "chi_hoi_thon_tdp"}, KindWords{"to dan pho", "chi_hoi_thon_tdp"}, KindWords{"tdp", "chi_hoi_thon_tdp"}, KindWords{"khu pho", "chi_hoi_thon_tdp"}, KindWords{"buon", "chi_hoi_thon_tdp"},
    KindWords{"xom", "chi_hoi_thon_tdp"}, KindWords{"ap", "chi_hoi_thon_tdp"}, KindWords{"khom", "chi_hoi_thon_tdp"}, KindWords{"khu dan cu", "chi_hoi_thon_tdp"},
    KindWords{"chi hoi truong", "chi_hoi_truong"}, KindWords{"chi hoi nha truong", "chi_hoi_truong"}, KindWords{"chi hoi thcs", "chi_hoi_truong"}, KindWords{"chi hoi thpt", "chi_hoi_truong"},
    KindWords{"chi hoi tieu hoc", "chi_hoi_truong"}, KindWords{"chi hoi mam non", "chi_hoi_truong"}, KindWords{"chi hoi mau giao", "chi_hoi_truong"}, KindWords{"chi hoi th", "chi_hoi_truong"},
    KindWords{"chi hoi khoa", "chi_hoi_co_quan"}, KindWords{"truong", "chi_hoi_truong"}, KindWords{"truong hoc", "chi_hoi_truong"},
    KindWords{"chi hoi co quan", "chi_hoi_co_quan"}, KindWords{"chi hoi ubnd", "chi_hoi_co_quan"}, KindWords{"chi hoi uy ban", "chi_hoi_co_quan"}, KindWords{"chi hoi dang uy", "chi_hoi_co_quan"},
    KindWords{"chi hoi tram y te", "chi_hoi_co_quan"}, KindWords{"chi hoi so", "chi_hoi_co_quan"}, KindWords{"chi hoi benh vien", "chi_hoi_co_quan"}, KindWords{"co quan", "chi_hoi_co_quan"},
    KindWords{"chi hoi doanh nghiep", "chi_hoi_doanh_nghiep"}, KindWords{"chi hoi cong ty", "chi_hoi_doanh_nghiep"}, KindWords{"chi hoi hop tac xa", "chi_hoi_doanh_nghiep"},
    KindWords{"doanh nghiep", "chi_hoi_doanh_nghiep"},
    KindWords{"chi hoi luc luong vu trang", "chi_hoi_llvt"}, KindWords{"chi hoi cong an", "chi_hoi_llvt"}, KindWords{"chi hoi quan su", "chi_hoi_llvt"}, KindWords{"chi hoi bo doi", "chi_hoi_llvt"},
    KindWords{"chi hoi don bien phong", "chi_hoi_llvt"}, KindWords{"chi hoi ban chi huy quan su", "chi_hoi_llvt"}, KindWords{"luc luong vu trang", "chi_hoi_llvt"},
    KindWords{"chi hoi khac", "chi_hoi_khac"},
    KindWords{"ban dong ho", "ban_dong_ho"}, KindWords{"dong ho", "ban_dong_ho"}, KindWords{"ban ho", "ban_dong_ho"}, KindWords{"ban toc ho", "ban_dong_ho"}, KindWords{"toc ho", "ban_dong_ho"},
    KindWords{"chi hoi dong ho", "ban_dong_ho"},
    KindWords{"ban co quan", "ban_co_quan"}, KindWords{"ban don vi", "ban_co_quan"}, KindWords{"ban truong", "ban_truong"}, KindWords{"ban nha truong", "ban_truong"}, KindWords{"ban truong hoc", "ban_truong"},
    KindWords{"ban ton giao", "ban_ton_giao"}, KindWords{"ban chua", "ban_ton_giao"}, KindWords{"ban giao xu", "ban_ton_giao"}, KindWords{"ban giao ho", "ban_ton_giao"}, KindWords{"ban nha tho", "ban_ton_giao"},
    KindWords{"ton giao", "ban_ton_giao"}, KindWords{"co so ton giao", "ban_ton_giao"},
};

std::string collapsed(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text)
    if (c != ' ' || (!out.empty() && out.back() != ' ')) out.push_back(c);
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

void drop(std::string& text, std::string_view words) {
  for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at)) {
    const bool begins = at == 0 || text[at - 1] == ' ';
    const bool ends = at + words.size() == text.size() || text[at + words.size()] == ' ';
    if (begins && ends) text.erase(at, words.size());
    else ++at;
  }
  text = collapsed(text);
}

bool begins_with_words(std::string_view text, std::string_view words) { return text.starts_with(words) && (text.size() == words.size() || text[words.size()] == ' '); }

constexpr std::array<std::string_view, 8> prefixes{"Chi hội khuyến học", "Chi hội KH", "Chi hội", "Hội Khuyến học", "Hội KH", "Ban khuyến học", "Ban KH", "CHKH"};

using Prefixes = std::array<std::string, prefixes.size()>;

Prefixes prefixes_in(std::string (*form)(std::string_view)) {
  Prefixes out;
  std::ranges::transform(prefixes, out.begin(), [&](std::string_view prefix) { return collapsed(form(prefix)); });
  return out;
}

std::string_view without_prefix(std::string_view text, const Prefixes& in_its_form) {
  for (const std::string& words : in_its_form)
    if (begins_with_words(text, words) && text.size() > words.size()) return text.substr(words.size() + 1);
  return text;
}

// "thon 08" and "thon 8" are one.
std::string without_zeros(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins = i == 0 || text[i - 1] == ' ';
    if (begins && text[i] == '0' && i + 1 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '9') continue;
    if (text[i] == '0' && !out.empty() && out.back() == ' ' && i + 1 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '9') continue;
    out.push_back(text[i]);
  }
  return out;
}

}  // namespace

const BodyKind* kind_of_words(const Systems& systems, std::string_view words) {
  const std::string whole = collapsed(folded(words));
  for (const BodyKind& kind : systems.kinds())
    if (kind.system == hkh && (whole == collapsed(folded(kind.label_vi)) || whole == collapsed(folded(kind.label_en)))) return &kind;
  std::string text = whole;
  drop(text, "khuyen hoc");
  drop(text, "kh");
  const KindWords* best = nullptr;
  for (const KindWords& one : kind_words)
    if (begins_with_words(text, one.words) && (best == nullptr || one.words.size() > best->words.size())) best = &one;
  return best == nullptr ? nullptr : systems.find(best->kind);
}

bool means_a_branch(std::string_view words) {
  std::string text = collapsed(folded(words));
  drop(text, "khuyen hoc");
  return begins_with_words(text, "chi hoi");
}

NameKeys keys_of(std::string_view name) {
  static const Prefixes loose_prefixes = prefixes_in(folded), exact_prefixes = prefixes_in(tone_neutral);
  NameKeys out;
  out.loose = without_zeros(without_prefix(collapsed(folded(name)), loose_prefixes));
  out.exact = without_zeros(without_prefix(collapsed(tone_neutral(name)), exact_prefixes));
  return out;
}

bool has_accents(std::string_view name) {
  return std::ranges::any_of(name, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

std::string full_name(std::string_view typed, const BodyKind& kind) {
  const std::string words = collapsed(folded(typed));
  if (kind.family == "chi_hoi" && !begins_with_words(words, "chi hoi") && !begins_with_words(words, "chkh")) return "Chi hội " + capitalised(typed);
  if (kind.family == "ban" && !begins_with_words(words, "ban")) return "Ban khuyến học " + std::string(typed);
  return std::string(typed);
}

std::string derived_short_name(const std::string& full_name) {
  for (const std::string_view prefix : {std::string_view("Chi hội khuyến học "), std::string_view("Chi hội "), std::string_view("Hội Khuyến học ")})
    if (full_name.size() > prefix.size() && full_name.starts_with(prefix)) return capitalised(full_name.substr(prefix.size()));
  return full_name;
}

}  // namespace khuyenhoc::body_lists
