#include "base/number.h"

#include <cstdlib>
#include <vector>

#include <fmt/format.h>

#include "base/i18n.h"
#include "base/money.h"

namespace khuyenhoc {
namespace {

__extension__ using wide = __int128;

constexpr const char* digit_names[] = {"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"};

// Three digits; `full` says "không trăm" and "linh" because a larger group stands before.
void say_group(std::vector<std::string>& words, int group, bool full) {
  const int hundreds = group / 100;
  const int tens = group / 10 % 10;
  const int ones = group % 10;
  if (hundreds > 0 || full) {
    words.emplace_back(digit_names[hundreds]);
    words.emplace_back("trăm");
  }
  if (tens == 0) {
    if (ones == 0) return;
    if (hundreds > 0 || full) words.emplace_back("linh");
    words.emplace_back(digit_names[ones]);
    return;
  }
  if (tens == 1) {
    words.emplace_back("mười");
  } else {
    words.emplace_back(digit_names[tens]);
    words.emplace_back("mươi");
  }
  if (ones == 0) return;
  if (ones == 1 && tens > 1) words.emplace_back("mốt");
  else if (ones == 4 && tens > 1) words.emplace_back("tư");
  else if (ones == 5) words.emplace_back("lăm");
  else words.emplace_back(digit_names[ones]);
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::string number_text(std::int64_t value) {
  std::string digits = fmt::format("{}", value);
  const std::size_t first = value < 0 ? 1 : 0;
  for (std::size_t i = digits.size(); i > first + 3;) {
    i -= 3;
    digits.insert(i, ".");
  }
  return digits;
}

std::string number_in_words(std::int64_t value) {
  if (value == 0) return "không";
  std::vector<std::string> words;
  auto rest = value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  if (value < 0) words.emplace_back("âm");
  std::vector<int> groups;
  for (; rest > 0; rest /= 1000) groups.push_back(static_cast<int>(rest % 1000));
  static constexpr const char* scale[] = {"", "nghìn", "triệu"};
  bool started = false;
  for (std::size_t i = groups.size(); i-- > 0;) {
    if (groups[i] != 0) {
      say_group(words, groups[i], started);
      if (i % 3 != 0) words.emplace_back(scale[i % 3]);
      started = true;
    }
    // nine digits make a "tỷ"; a "tỷ" is said once for whatever stands before it
    if (i % 3 == 0 && i > 0 && started) words.emplace_back("tỷ");
  }
  return fmt::format("{}", fmt::join(words, " "));
}

std::int64_t rounded_ratio(std::int64_t numerator, std::int64_t denominator) {
  if (denominator == 0) std::abort();
  if (denominator < 0) return rounded_ratio(-numerator, -denominator);
  const auto n = static_cast<wide>(numerator);
  const wide twice = 2 * (n < 0 ? -n : n) + denominator;
  const auto rounded = static_cast<std::int64_t>(twice / (2 * static_cast<wide>(denominator)));
  return n < 0 ? -rounded : rounded;
}

std::string percent_text(std::int64_t numerator, std::int64_t denominator) {
  if (denominator == 0) return "–";
  const auto n = static_cast<wide>(numerator) * 1000;
  const bool negative = (numerator < 0) != (denominator < 0) && numerator != 0;
  const wide size = n < 0 ? -n : n;
  const wide by = denominator < 0 ? -static_cast<wide>(denominator) : static_cast<wide>(denominator);
  const auto tenths = static_cast<std::int64_t>((2 * size + by) / (2 * by));
  return fmt::format("{}{},{}%", negative && tenths != 0 ? "-" : "", number_text(tenths / 10), tenths % 10);
}

std::string change_text(std::int64_t change) {
  if (change == 0) return tr("không thay đổi");
  return change > 0 ? tr("tăng {}", number_text(change)) : tr("giảm {}", number_text(-change));
}

Result<std::int64_t> parse_whole_number(std::string_view text) {
  const std::string_view typed = without_blanks(text);
  const auto wrong = [&](std::string_view code, std::string_view why) { return refuse(code, fmt::format("“{}” {}", typed, why)); };
  std::string_view rest = typed;
  const bool negative = rest.starts_with("-");
  if (negative) rest.remove_prefix(1);
  if (rest.empty()) return refuse("number.empty", tr("Ô này còn trống. Xin ghi một số; không có thì ghi số 0."));
  if (rest.find(',') != std::string_view::npos)
    return wrong("number.decimal", tr("có dấu phẩy. Xin ghi số nguyên, không ghi phần thập phân; ngăn hàng nghìn bằng dấu chấm, ví dụ 1.250."));
  std::string digits;
  std::size_t run = 0;       // digits since the last separator
  char separator = 0;
  for (const char c : rest) {
    if (c >= '0' && c <= '9') {
      digits += c;
      ++run;
      continue;
    }
    if (c != '.' && c != ' ') return wrong("number.form", tr("chưa phải là số. Xin chỉ ghi chữ số, ví dụ 1.250; không có thì ghi số 0."));
    if (run == 0 || (separator != 0 && (run != 3 || c != separator)) || run > 3)
      return wrong("number.separator", tr("ngăn hàng nghìn chưa đúng. Xin ghi như 1.250 hoặc 1250."));
    separator = c;
    run = 0;
  }
  if (separator != 0 && run != 3) return wrong("number.separator", tr("ngăn hàng nghìn chưa đúng. Xin ghi như 1.250 hoặc 1250."));
  if (digits.size() > 15) return wrong("number.size", tr("quá lớn. Xin xem lại số chữ số."));
  const std::int64_t value = std::strtoll(digits.c_str(), nullptr, 10);
  return negative ? -value : value;
}

Result<Money> Money::parse(std::string_view text) {
  text = without_blanks(text);
  for (const std::string_view unit : {"đồng", "đ", "VND", "VNĐ"}) {
    if (text.ends_with(unit)) {
      text.remove_suffix(unit.size());
      break;
    }
  }
  const auto whole = parse_whole_number(text);
  if (!whole) return std::unexpected(whole.error());
  return Money{*whole};
}

std::string Money::text() const { return number_text(dong) + " đồng"; }
std::string Money::in_words() const { return number_in_words(dong) + " đồng"; }

}  // namespace khuyenhoc
