#include "measures/periods.h"

#include <cassert>
#include <charconv>

#include <fmt/format.h>

#include "base/i18n.h"
#include "platform/config/table.h"

namespace khuyenhoc {

extern const std::string_view periods_catalogue;

namespace {

std::optional<int> whole_number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() && !text.empty() && value >= 0 ? std::optional(value) : std::nullopt;
}

Day day_of(int year, int month, int day) { return day >= 28 ? std::min(Day::of(year, month, 1).last_of_month(), Day::of(year, month, 1) + (day - 1)) : Day::of(year, month, day); }

Period period_of(const PeriodWindow& window, int year) {
  return {day_of(year + window.first_year, window.first_month, window.first_day), day_of(year + window.last_year, window.last_month, window.last_day)};
}

std::string replaced(std::string text, std::string_view what, const std::string& with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) text.replace(at, what.size(), with);
  return text;
}

Result<PeriodWindow> window_of(const config::Table& entry, const std::string& family) {
  PeriodWindow out;
  out.code = entry.text("code");
  out.label_vi = entry.text("vi");
  out.label_en = entry.text("en");
  out.after = entry.text("after");
  const auto first = entry.table("first");
  const auto last = entry.table("last");
  if (out.code.empty() || out.label_vi.empty() || out.label_en.empty() || !first || !last)
    return refuse("periods.entry", fmt::format("Danh mục kỳ báo cáo: mỗi kỳ của “{}” cần có mã, tên bằng hai thứ tiếng, ngày đầu và ngày cuối.", family), entry.place());
  const auto number = [](const config::Table& table, std::string_view key) { return static_cast<int>(table.number(key).value_or(0)); };
  out.first_year = number(*first, "year");
  out.first_month = number(*first, "month");
  out.first_day = number(*first, "day");
  out.last_year = number(*last, "year");
  out.last_month = number(*last, "month");
  out.last_day = number(*last, "day");
  for (const int month : {out.first_month, out.last_month})
    if (month < 1 || month > 12) return refuse("periods.entry", "Danh mục kỳ báo cáo: tháng phải từ 1 đến 12.", family + "/" + out.code);
  for (const int day : {out.first_day, out.last_day})
    if (day < 1 || day > 31) return refuse("periods.entry", "Danh mục kỳ báo cáo: ngày phải từ 1 đến 31.", family + "/" + out.code);
  if (const auto due = entry.table("due"))
    for (const auto& level : due->keys()) out.due[level] = number(*due, level);
  return out;
}

}  // namespace

std::string NamedPeriod::name() const {
  if (window.empty()) return family.empty() ? period.iso() : family;
  const PeriodFamily* known = Periods::house().family(family);
  if (known && known->name_form == "school") return fmt::format("SY{}", year);
  if (known && known->name_form == "term") return fmt::format("{}-{}", year, year + known->years);
  return window == "Y" ? fmt::format("{}", year) : fmt::format("{}-{}", year, window);
}

const PeriodWindow* PeriodFamily::window(std::string_view wanted) const {
  const auto at = std::ranges::find(windows, wanted, &PeriodWindow::code);
  return at == windows.end() ? nullptr : &*at;
}

std::span<const PeriodWindow> PeriodFamily::windows_of(int year) const {
  const OfficeWindows* in_force = nullptr;
  for (const auto& own : set_by_office)
    if (own.from_year <= year) in_force = &own;
  return in_force ? std::span<const PeriodWindow>(in_force->windows) : std::span<const PeriodWindow>(windows);
}

const PeriodWindow* PeriodFamily::window(std::string_view wanted, int year) const {
  const auto in_force = windows_of(year);
  const auto at = std::ranges::find(in_force, wanted, &PeriodWindow::code);
  return at == in_force.end() ? nullptr : &*at;
}

namespace {

// In the first year of a joined rule, what begins with the year begins right after the year before.
Period joined(const PeriodFamily& family, Period period, int year) {
  const auto own = std::ranges::find(family.set_by_office, year, &OfficeWindows::from_year);
  if (own == family.set_by_office.end() || own->seam == OfficeWindows::Seam::exact) return period;
  const PeriodWindow* whole = family.window("Y", year);
  const PeriodWindow* before = family.window("Y", year - family.years);
  if (whole && before && period.first == period_of(*whole, year).first) period.first = period_of(*before, year - family.years).last + 1;
  return period;
}

}  // namespace

Result<Periods> Periods::parse(std::string_view toml) {
  const auto file = config::Table::parse(toml, "periods.toml");
  if (!file) return std::unexpected(file.error());
  Periods out;
  for (const auto& entry : file->tables("family")) {
    PeriodFamily family;
    family.code = entry.text("code");
    family.label_vi = entry.text("vi");
    family.label_en = entry.text("en");
    family.name_form = entry.text("names");
    family.years = static_cast<int>(entry.number("years").value_or(1));
    family.anchor = static_cast<int>(entry.number("anchor").value_or(0));
    if (family.code.empty() || out.family(family.code) || family.label_vi.empty() || family.label_en.empty() || family.years < 1)
      return refuse("periods.entry", "Danh mục kỳ báo cáo: mỗi nhóm kỳ cần có mã riêng và tên bằng hai thứ tiếng.", family.code);
    for (const auto& window : entry.tables("window")) {
      auto made = window_of(window, family.code);
      if (!made) return std::unexpected(made.error());
      family.windows.push_back(std::move(*made));
    }
    if (family.windows.empty()) return refuse("periods.entry", "Danh mục kỳ báo cáo: nhóm kỳ chưa có kỳ nào.", family.code);
    for (const auto& window : family.windows) {
      if (!window.after.empty() && !family.window(window.after))
        return refuse("periods.chain", fmt::format("Danh mục kỳ báo cáo: không có kỳ “{}” để nối tiếp.", window.after), family.code + "/" + window.code);
      const Period now = period_of(window, 2026);
      if (now.last < now.first) return refuse("periods.entry", "Danh mục kỳ báo cáo: ngày cuối đứng trước ngày đầu.", family.code + "/" + window.code);
    }
    out.families_.push_back(std::move(family));
  }
  // What says it chains must do so to the day, in leap years too.
  for (const auto& family : out.families_)
    for (const auto& window : family.windows) {
      if (window.after.empty()) continue;
      const PeriodWindow& next = *family.window(window.after);
      for (int year = 2023; year <= 2028; ++year) {
        const Day following = period_of(window, year).last + 1;
        if (following != period_of(next, year).first && following != period_of(next, year + 1).first)
          return refuse("periods.chain", fmt::format("Danh mục kỳ báo cáo: kỳ “{}” không nối liền kỳ “{}”.", window.code, next.code), family.code);
      }
    }
  return out;
}

const Periods& Periods::house() {
  static const Periods periods = [] {
    auto parsed = parse(periods_catalogue);
    assert(parsed && "the embedded catalogue of periods must be readable");
    return std::move(*parsed);
  }();
  return periods;
}

const PeriodFamily* Periods::family(std::string_view code) const {
  const auto at = std::ranges::find(families_, code, &PeriodFamily::code);
  return at == families_.end() ? nullptr : &*at;
}

std::optional<NamedPeriod> Periods::named(std::string_view family_code, std::string_view window_code, int year) const {
  const auto* known = family(family_code);
  const auto* window = known ? known->window(window_code, year) : nullptr;
  if (!window || year < 1900 || year > 2400) return std::nullopt;
  if (known->years > 1 && (year - known->anchor) % known->years != 0) return std::nullopt;
  return NamedPeriod{known->code, window->code, year, joined(*known, period_of(*window, year), year)};
}

std::vector<NamedPeriod> Periods::at(std::string_view family_code, Day day) const {
  std::vector<NamedPeriod> out;
  const auto* known = family(family_code);
  if (!known) return out;
  for (const auto& window : known->windows)
    for (int year = day.year() - known->years - 1; year <= day.year() + 1; ++year)
      if (const auto found = named(family_code, window.code, year); found && found->period.contains(day)) out.push_back(*found);
  std::ranges::stable_sort(out, {}, [](const NamedPeriod& one) { return one.period.last - one.period.first; });
  return out;
}

namespace {

Result<void> entry_fits(const PeriodFamily& family, const OfficeWindows& own) {
  if (own.windows.size() != family.windows.size())
    return refuse("periods.entry", tr("Cần đủ {} kỳ của “{}”.", family.windows.size(), family.label_vi), family.code);
  if (family.years > 1 && (own.from_year - family.anchor) % family.years != 0)
    return refuse("periods.year", tr("Nhiệm kỳ bắt đầu từ các năm {}, {}…; năm {} thì không.", family.anchor, family.anchor + family.years, own.from_year), "from_year");
  for (std::size_t i = 0; i < own.windows.size(); ++i) {
    const PeriodWindow& window = own.windows[i];
    const bool real = window.first_month >= 1 && window.first_month <= 12 && window.last_month >= 1 && window.last_month <= 12 && window.first_day >= 1 && window.first_day <= 31 &&
                      window.last_day >= 1 && window.last_day <= 31;
    if (window.code != family.windows[i].code || window.after != family.windows[i].after || !real)
      return refuse("periods.entry", tr("Kỳ “{}” chưa đúng ngày, tháng.", window.code), window.code);
    const Period now = period_of(window, own.from_year);
    if (now.last < now.first) return refuse("periods.entry", tr("{}: ngày cuối đứng trước ngày đầu.", window.label_vi.substr(0, window.label_vi.find(" {"))), window.code);
  }
  return {};
}

}  // namespace

Result<Periods> Periods::with(std::string_view family_code, std::vector<OfficeWindows> windows) const {
  Periods out = *this;
  const auto at = std::ranges::find(out.families_, family_code, &PeriodFamily::code);
  assert(at != out.families_.end());
  std::ranges::sort(windows, {}, &OfficeWindows::from_year);
  for (const OfficeWindows& own : windows)
    if (auto fine = entry_fits(*at, own); !fine) return std::unexpected(fine.error());
  at->set_by_office = std::move(windows);
  const auto chains = [&](const NamedPeriod& before, const NamedPeriod& next) -> Result<void> {
    const int days = next.period.first - (before.period.last + 1);
    const std::string one = out.label(before, current_language()), other = out.label(next, current_language());
    if (days > 0) return refuse("periods.gap", tr("Giữa “{}” (đến hết {}) và “{}” (từ {}) còn hở {} ngày không thuộc kỳ nào.", one, before.period.last.text(), other, next.period.first.text(), days), next.window);
    if (days < 0) return refuse("periods.overlap", tr("“{}” (đến hết {}) và “{}” (từ {}) chồng nhau {} ngày, số liệu những ngày ấy sẽ bị tính hai lần.", one, before.period.last.text(), other, next.period.first.text(), -days), next.window);
    return {};
  };
  for (const OfficeWindows& own : at->set_by_office) {
    constexpr int years_looked_at = 6;                             // a leap year and what follows it are among them
    const int first = own.from_year - at->years, last = own.from_year + years_looked_at * at->years;
    for (int year = first; year <= last; year += at->years) {
      const auto whole = out.named(family_code, "Y", year), next_whole = out.named(family_code, "Y", year + at->years);
      if (whole && next_whole)
        if (auto fine = chains(*whole, *next_whole); !fine) return std::unexpected(fine.error());
      for (const PeriodWindow& window : at->windows) {
        const auto now = out.named(family_code, window.code, year);
        if (!now || now->period.last < now->period.first || (whole && (now->period.first < whole->period.first || whole->period.last < now->period.last)))
          return refuse("periods.entry", tr("“{}” không nằm trọn trong năm báo cáo.", now ? out.label(*now, current_language()) : window.code), window.code);
        if (window.after.empty()) continue;
        const bool in_the_same_year = [&] {                        // by the family's own order: what follows the last of the year is the first of the next
          const PeriodWindow& usual = *at->window(window.code);
          return period_of(usual, 2026).last + 1 == period_of(*at->window(window.after), 2026).first;
        }();
        const auto next = out.named(family_code, window.after, in_the_same_year ? year : year + at->years);
        if (next)
          if (auto fine = chains(*now, *next); !fine) return std::unexpected(fine.error());
      }
    }
  }
  return out;
}

std::optional<NamedPeriod> Periods::parse_name(std::string_view family_code, std::string_view text) const {
  const auto* known = family(family_code);
  if (!known) return std::nullopt;
  if (known->name_form == "school") {
    if (!text.starts_with("SY")) return std::nullopt;
    const auto year = whole_number(text.substr(2));
    return year ? named(family_code, "Y", *year) : std::nullopt;
  }
  const auto year = whole_number(text.substr(0, std::min<std::size_t>(4, text.size())));
  if (!year || text.size() < 4) return std::nullopt;
  if (known->name_form == "term") {
    if (text.size() != 9 || text[4] != '-' || whole_number(text.substr(5)) != *year + known->years) return std::nullopt;
    return named(family_code, "Y", *year);
  }
  if (text.size() == 4) return named(family_code, "Y", *year);
  return text[4] == '-' ? named(family_code, text.substr(5), *year) : std::nullopt;
}

std::optional<Period> Periods::parse_period(std::string_view family_code, std::string_view text) const {
  if (const auto found = parse_name(family_code, text)) return found->period;
  for (const auto& other : families_)
    if (other.name_form != "year")
      if (const auto found = parse_name(other.code, text)) return found->period;
  return Period::parse(text);
}

std::optional<NamedPeriod> Periods::find(std::string_view family_code, Period period) const {
  const auto* known = family(family_code);
  if (!known) return std::nullopt;
  for (const auto& window : known->windows) {
    const auto found = named(family_code, window.code, period.first.year() - window.first_year);
    if (found && found->period == period) return found;
    if (known->set_by_office.empty()) continue;
    for (int year = period.last.year() - known->years - 1; year <= period.last.year() + 1; ++year)
      if (const auto own = named(family_code, window.code, year); own && own->period == period) return own;
  }
  return std::nullopt;
}

std::optional<NamedPeriod> Periods::find(Period period) const {
  for (const auto& known : families_)
    if (const auto found = find(known.code, period)) return found;
  return std::nullopt;
}

NamedPeriod Periods::before(const NamedPeriod& now) const {
  if (now.window.empty()) return {now.family, {}, now.period.before().last.year(), now.period.before()};
  const auto* known = family(now.family);
  assert(known && known->window(now.window));
  for (const auto& window : known->windows) {
    if (window.after != now.window) continue;
    for (const int year : {now.year, now.year - 1})
      if (const auto found = named(now.family, window.code, year); found && found->period.last + 1 == now.period.first) return *found;
  }
  return named(now.family, now.window, now.year - known->years).value();
}

NamedPeriod Periods::same_last_year(const NamedPeriod& now) const {
  if (now.window.empty()) return {now.family, {}, now.year - 1, now.period.same_last_year()};
  const auto* known = family(now.family);
  assert(known);
  return named(now.family, now.window, now.year - known->years).value();
}

Period Periods::before(Period period) const {
  const auto found = find(period);
  return found ? before(*found).period : period.before();
}

std::string Periods::label(const NamedPeriod& now, Language language) const {
  if (now.window.empty()) return label(now.period, language);
  const auto* known = family(now.family);
  const auto* window = known ? known->window(now.window, now.year) : nullptr;
  assert(window);
  const std::string text = language == Language::english ? window->label_en : window->label_vi;
  return replaced(replaced(text, "{year}", fmt::format("{}", now.year)), "{next}", fmt::format("{}", now.year + known->years));
}

std::string Periods::label(Period period, Language language) const {
  if (const auto found = find(period)) return label(*found, language);
  return tr(language, "từ {} đến hết {}", period.first.text(), period.last.text());
}

std::optional<Day> Periods::due(const NamedPeriod& now, std::string_view level) const {
  const auto* known = family(now.family);
  const auto* window = known ? known->window(now.window, now.year) : nullptr;
  if (!window) return std::nullopt;
  const auto days = window->due.find(std::string(level));
  return days == window->due.end() ? std::nullopt : std::optional(now.period.last + days->second);
}

int Periods::rank(Period period) const {
  int rank = 0;
  for (const auto& known : families_)
    for (const auto& window : known.windows) {
      const auto found = named(known.code, window.code, period.first.year() - window.first_year);
      if (found && found->period == period) return rank;
      ++rank;
    }
  return rank;
}

}  // namespace khuyenhoc
