#include "base/number.h"
#include "measures/figures.h"

namespace khuyenhoc {
namespace {

// A ratio as people read it: tenths of a percent, or whole units.
std::int64_t shown(const Figure& figure) {
  const std::int64_t fine = figure.scale == 100 ? 10 : 1;
  return rounded_ratio(figure.value * figure.scale * fine, figure.denominator);
}

std::string tenths(std::int64_t value) { return fmt::format("{},{}", number_text(value / 10), value % 10); }

// "14.030 hội viên (2,1%)", "0,3 điểm phần trăm": how much, without the sign; empty when nothing changed.
struct Change {
  std::int64_t sign = 0;
  std::string amount;
};

enum class Wording { sentence, cell };

std::optional<Change> change_of(const Measure& measure, const Figure& now, const Figure& then, Wording wording, Language language) {
  if (!now.defined() || !then.defined()) return std::nullopt;
  if (now.is_ratio) {
    const std::int64_t change = shown(now) - shown(then);
    const std::int64_t size = std::abs(change);
    if (now.scale == 100) return Change{change, tr(language, "{} điểm phần trăm", tenths(size))};
    return Change{change, wording == Wording::cell ? number_text(size) : fmt::format("{} {}", number_text(size), measure.unit(language))};
  }
  const std::int64_t change = now.value - then.value;
  std::string amount = number_text(std::abs(change));
  if (wording == Wording::sentence) amount += " " + measure.counted(language);
  if (then.value > 0) amount += fmt::format(" ({})", percent_text(std::abs(change), then.value));
  return Change{change, std::move(amount)};
}

}  // namespace

std::string comparison_sentence(const Measure& measure, const Figure& now, const Figure& then, std::string_view compared_with, Language language) {
  const auto change = change_of(measure, now, then, Wording::sentence, language);
  if (!change) return {};
  if (change->sign == 0) return tr(language, "không thay đổi so với {}", compared_with);
  return change->sign > 0 ? tr(language, "tăng {} so với {}", change->amount, compared_with) : tr(language, "giảm {} so với {}", change->amount, compared_with);
}

std::string comparison_text(const Measure& measure, const Figure& now, const Figure& then, Language language) {
  const auto change = change_of(measure, now, then, Wording::cell, language);
  if (!change) return "–";
  if (change->sign == 0) return tr(language, "không thay đổi");
  return change->sign > 0 ? tr(language, "tăng {}", change->amount) : tr(language, "giảm {}", change->amount);
}

std::string same_last_year_words(const Question& question, Restated restated, Language language) {
  const int year = question.period.same_last_year().last.year();
  return restated == Restated::yes ? tr(language, "cùng kỳ năm {} (quy về địa giới hiện nay)", year) : tr(language, "cùng kỳ năm {}", year);
}

}  // namespace khuyenhoc
