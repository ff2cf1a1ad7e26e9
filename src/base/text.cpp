#include "base/text.h"

#include <cassert>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include "base/tidy_text.h"

namespace khuyenhoc {
namespace {

const icu::Normalizer2& normaliser(bool composed) {
  UErrorCode error = U_ZERO_ERROR;
  const auto* found = composed ? icu::Normalizer2::getNFCInstance(error) : icu::Normalizer2::getNFDInstance(error);
  if (U_FAILURE(error)) std::abort();
  return *found;
}

icu::UnicodeString in_form(std::string_view text, bool composed) {
  UErrorCode error = U_ZERO_ERROR;
  const auto source = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  const auto out = normaliser(composed).normalize(source, error);
  if (U_FAILURE(error)) std::abort();
  return out;
}

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

bool is_blank(UChar32 c) { return c == ' ' || c == '\t' || c == 0xA0 || u_isUWhiteSpace(c); }
bool is_apostrophe(UChar32 c) { return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x02BC || c == 0x02BB || c == '`' || c == 0xB4; }

std::string cleaned(std::string_view text, bool keep_lines) {
  const auto composed = in_form(text, true);
  icu::UnicodeString out;
  bool blank = false;
  for (std::int32_t i = 0; i < composed.length();) {
    const UChar32 c = composed.char32At(i);
    i += U16_LENGTH(c);
    if (keep_lines && c == '\n') {
      out.append(c);
      blank = false;
      continue;
    }
    if (is_blank(c)) {
      blank = true;
      continue;
    }
    if (u_charType(c) == U_CONTROL_CHAR || c == 0x200B || c == 0xFEFF) continue;
    if (blank && !out.isEmpty() && out.char32At(out.length() - 1) != '\n') out.append(static_cast<UChar32>(' '));
    blank = false;
    out.append(c);
  }
  return utf8(out);
}

// The place of a letter in the Vietnamese alphabet, ten apart so that foreign letters find room; 0 for what is no letter.
int letter_rank(UChar32 base, bool breve, bool circumflex, bool horn, bool stroke) {
  if (base < 'a' || base > 'z') return 0;
  int rank = (base - 'a' + 1) * 10;
  if (base == 'a') rank += breve ? 1 : circumflex ? 2 : 0;
  else if (base == 'd') rank += stroke ? 1 : 0;
  else if (base == 'e' || base == 'o') rank += circumflex ? 1 : horn ? 2 : 0;
  else if (base == 'u') rank += horn ? 1 : 0;
  if (rank % 10 == 0 && (breve || circumflex || horn)) rank += 5;   // ĭ, ŭ, č of other languages, after the plain letter
  return rank;
}

struct Letter {
  UChar32 base = 0;
  bool breve = false, circumflex = false, horn = false, stroke = false;
  int tone = 0;   // 0 ngang, 1 huyền, 2 hỏi, 3 ngã, 4 sắc, 5 nặng
};

// Whatever it is made of: taken apart by the rules of Unicode.
template <class Visit>
void each_letter_slowly(std::string_view text, Visit visit) {
  const auto split = in_form(text, false);
  Letter letter;
  bool open = false;
  const auto close = [&] {
    if (open) visit(letter);
    open = false;
  };
  for (std::int32_t i = 0; i < split.length();) {
    const UChar32 c = split.char32At(i);
    i += U16_LENGTH(c);
    switch (c) {
      case 0x0300: letter.tone = 1; continue;
      case 0x0309: letter.tone = 2; continue;
      case 0x0303: letter.tone = 3; continue;
      case 0x0301: letter.tone = 4; continue;
      case 0x0323: letter.tone = 5; continue;
      case 0x0306: letter.breve = true; continue;
      case 0x030C: letter.breve = true; continue;
      case 0x0302: letter.circumflex = true; continue;
      case 0x031B: letter.horn = true; continue;
      default: break;
    }
    if (u_charType(c) == U_NON_SPACING_MARK) continue;
    close();
    letter = Letter{};
    const UChar32 lower = u_tolower(c);
    letter.stroke = lower == 0x0111;
    letter.base = letter.stroke ? 'd' : lower;
    open = true;
  }
  close();
}

// Latin letters with their marks, taken apart once: names are sorted and searched by the thousand.
class LatinLetters {
 public:
  static constexpr UChar32 first = 0x80, last = 0x24F;             // Latin-1 and its first two extensions
  static constexpr UChar32 first_vietnamese = 0x1EA0, last_vietnamese = 0x1EF9;
  static const LatinLetters& all() {
    static const LatinLetters letters;
    return letters;
  }
  // None for what is no single letter of these.
  const Letter* find(UChar32 c) const {
    if (c >= first && c <= last) return &known_[static_cast<std::size_t>(c - first)];
    if (c >= first_vietnamese && c <= last_vietnamese) return &known_[static_cast<std::size_t>(last - first + 1 + c - first_vietnamese)];
    return nullptr;
  }

 private:
  LatinLetters() {
    for (UChar32 c = first; c <= last; ++c) add(c);
    for (UChar32 c = first_vietnamese; c <= last_vietnamese; ++c) add(c);
    assert(known_.size() == static_cast<std::size_t>(last - first + 1 + last_vietnamese - first_vietnamese + 1) && "each is one letter with its marks");
  }
  void add(UChar32 c) {
    each_letter_slowly(utf8(icu::UnicodeString(c)), [&](const Letter& letter) { known_.push_back(letter); });
  }
  std::vector<Letter> known_;
};

// Marks that stand by themselves, and everything outside of Latin, go the slow way.
bool is_plain_latin(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < length;) {
    UChar32 c = bytes[i];
    if (c < 0x80) {
      ++i;
      continue;
    }
    U8_NEXT(bytes, i, length, c);
    if (c < 0 || LatinLetters::all().find(c) == nullptr) return false;
  }
  return true;
}

template <class Visit>
void each_letter(std::string_view text, Visit visit) {
  if (!is_plain_latin(text)) return each_letter_slowly(text, visit);
  const LatinLetters& latin = LatinLetters::all();
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < length;) {
    UChar32 c = bytes[i];
    if (c < 0x80) {
      ++i;
      Letter letter;
      letter.base = c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
      visit(letter);
      continue;
    }
    U8_NEXT(bytes, i, length, c);
    visit(*latin.find(c));
  }
}

bool is_alphanumeric(UChar32 c) { return c < 0x80 ? (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') : u_isalnum(c); }

void append_utf8(std::string& out, UChar32 c) {
  if (c < 0x80) out += static_cast<char>(c);
  else icu::UnicodeString(c).toUTF8String(out);
}

}  // namespace

std::string normalised(std::string_view text) { return is_tidy(text) ? std::string(text) : cleaned(text, false); }

std::string normalised_lines(std::string_view text) {
  std::string plain(text);
  std::string unix_lines;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    if (plain[i] == '\r') {
      if (i + 1 >= plain.size() || plain[i + 1] != '\n') unix_lines += '\n';
      continue;
    }
    unix_lines += plain[i];
  }
  return cleaned(unix_lines, true);
}

bool is_valid_utf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < length;) {
    UChar32 c = 0;
    U8_NEXT(bytes, i, length, c);
    if (c < 0) return false;
  }
  return true;
}

std::string folded(std::string_view text) {
  std::string out;
  bool blank = false;
  each_letter(text, [&](const Letter& letter) {
    if (is_apostrophe(letter.base)) return;
    if (!is_alphanumeric(letter.base)) {
      blank = true;
      return;
    }
    if (blank && !out.empty()) out += ' ';
    blank = false;
    append_utf8(out, letter.base);
  });
  return out;
}

std::string sort_key(std::string_view text) {
  // Letters first, then all tones: "Hòa" and "Hóa" differ only where nothing else does.
  std::string letters;
  std::string tones;
  std::string digits;
  const auto flush_digits = [&] {
    if (digits.empty()) return;
    const std::size_t zeros = std::min(digits.find_first_not_of('0'), digits.size() - 1);
    digits.erase(0, zeros);
    letters += '\x05';
    letters += static_cast<char>(std::min<std::size_t>(digits.size(), 60) + 1);
    letters += digits;
    digits.clear();
  };
  bool blank = false;
  each_letter(text, [&](const Letter& letter) {
    if (is_apostrophe(letter.base)) return;
    if (letter.base >= '0' && letter.base <= '9') {
      if (blank && !letters.empty() && digits.empty()) letters += '\x02';
      blank = false;
      digits += static_cast<char>(letter.base);
      return;
    }
    flush_digits();
    if (!is_alphanumeric(letter.base)) {
      blank = true;
      return;
    }
    if (blank && !letters.empty()) letters += '\x02';
    blank = false;
    const int rank = letter_rank(letter.base, letter.breve, letter.circumflex, letter.horn, letter.stroke);
    if (rank > 0) {
      letters += static_cast<char>(0x10 + rank / 16);
      letters += static_cast<char>(0x10 + rank % 16);
    } else {
      letters += '\x7E';
      append_utf8(letters, letter.base);
    }
    tones += static_cast<char>('0' + letter.tone);
  });
  flush_digits();
  return letters + '\x01' + tones;
}

std::string person_sort_key(std::string_view full_name) {
  std::vector<std::string> words;
  std::string clean = normalised(full_name);
  for (std::size_t begin = 0; begin < clean.size();) {
    const auto end = std::min(clean.find(' ', begin), clean.size());
    words.push_back(clean.substr(begin, end - begin));
    begin = end + 1;
  }
  if (words.size() < 2) return sort_key(clean);
  const std::string first = folded(words.front());
  // Ê Đê, Gia Rai and Mnông men begin with Y, women with H’: what follows is the given name, and the clan stands last.
  const bool women = words.front().size() > 1 && (words.front()[0] == 'H') && (words.front().starts_with("H'") || words.front().starts_with("H’"));
  std::size_t given = words.size() - 1;
  if (women) given = 0;
  else if (first == "y" && words.size() >= 2) given = 1;
  std::string rest;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (i == given) continue;
    if (!rest.empty()) rest += ' ';
    rest += words[i];
  }
  std::string key = sort_key(words[given]);
  key += '\x01';
  key += sort_key(rest);
  key += '\x01';
  key += sort_key(given == 0 ? std::string_view{} : std::string_view(words.front()));
  return key;
}

std::string tone_neutral(std::string_view text) {
  std::string out;
  int tone = 0;
  const auto end_word = [&] {
    if (tone != 0) out += static_cast<char>('0' + tone);
    tone = 0;
  };
  bool blank = false;
  each_letter(text, [&](const Letter& letter) {
    if (is_apostrophe(letter.base)) return;
    if (!is_alphanumeric(letter.base)) {
      blank = true;
      return;
    }
    if (blank && !out.empty()) {
      end_word();
      out += ' ';
    }
    blank = false;
    append_utf8(out, letter.base);
    if (letter.breve) out += 'w';
    if (letter.circumflex) out += '^';
    if (letter.horn) out += '+';
    if (letter.stroke) out += '-';
    if (letter.tone != 0) tone = letter.tone;
  });
  end_word();
  return out;
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

std::string upper_case(std::string_view text) {
  auto wide = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  wide.toUpper(icu::Locale("vi"));
  return utf8(wide);
}

std::string lower_case(std::string_view text) {
  auto wide = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  wide.toLower(icu::Locale("vi"));
  return utf8(wide);
}

}  // namespace khuyenhoc
