#include <algorithm>

#include <boost/json.hpp>

#include "base/i18n.h"
#include "forms/form_content.h"
#include "forms/forms_queries.h"
#include "shell/house.h"

namespace khuyenhoc {
namespace {

constexpr int end_of_month = 31;        // stands for the last day of the month (measures/periods.h)

void begin_on(PeriodWindow& window, Day day, int named_year) {
  window.first_year = day.year() - named_year;
  window.first_month = day.month();
  window.first_day = day.day();
}

void end_on(PeriodWindow& window, Day day, int named_year) {
  window.last_year = day.year() - named_year;
  window.last_month = day.month();
  window.last_day = day == day.last_of_month() ? end_of_month : day.day();
}

Day plus_months(Day day, int months) {
  const int month = day.year() * 12 + day.month() - 1 + months;
  const Day first = Day::of(month / 12, month % 12 + 1, 1);
  return std::min(first + (day.day() - 1), first.last_of_month());
}

}  // namespace

std::vector<OfficeWindows> own_windows(db::Reader& reader, BodyId office, std::string_view family) {
  std::vector<OfficeWindows> out;
  for (const auto& stored : forms_sql::windows(reader, office, family)) out.push_back({stored.from_year, windows_of_text(stored.windows), stored.seam});
  return out;
}

std::shared_ptr<const Periods> periods_of(db::Reader& reader, const House& house, BodyId office) {
  std::shared_ptr<const Periods> out(&house.periods, [](const Periods*) {});                // the house's, which outlives everybody
  if (!forms_sql::any_windows(reader)) return out;              // asked by every page
  const OrganisationView organisation = house.organisation.current();
  const Day today = house.clock.today();
  for (const auto& family : house.periods.families()) {
    BodyId at = office;
    constexpr int highest = 16;
    for (int i = 0; at && i < highest && organisation->find(at) != nullptr; ++i, at = organisation->body(at).on(today).superior) {
      auto own = own_windows(reader, at, family.code);
      if (own.empty()) continue;
      if (auto with = out->with(family.code, std::move(own))) out = std::make_shared<const Periods>(std::move(*with));
      break;
    }
  }
  return out;
}

OfficeWindows moved_windows(const PeriodFamily& family, int from_year, Day first, std::optional<Day> half_ends, std::optional<Day> nine_months_end, OfficeWindows::Seam seam) {
  constexpr int quarter = 3, half = 6, nine = 9, year = 12;
  const Day last = plus_months(first, year * family.years) - 1;
  const Day half_last = half_ends.value_or(plus_months(first, half) - 1);
  const Day nine_last = nine_months_end.value_or(plus_months(first, nine) - 1);
  const Day quarter_last = plus_months(first, quarter) - 1;
  OfficeWindows out{from_year, family.windows, seam};
  for (PeriodWindow& window : out.windows) {
    const auto set = [&](Day from, Day to) {
      begin_on(window, from, from_year);
      end_on(window, to, from_year);
    };
    if (window.code == "Y") set(first, last);
    else if (window.code == "H1") set(first, half_last);
    else if (window.code == "H2") set(half_last + 1, last);
    else if (window.code == "9M") set(first, nine_last);
    else if (window.code == "Q1") set(first, quarter_last);
    else if (window.code == "Q2") set(quarter_last + 1, half_last);
    else if (window.code == "Q3") set(half_last + 1, nine_last);
    else if (window.code == "Q4") set(nine_last + 1, last);
  }
  return out;
}

Result<void> set_own_windows(House& house, const Viewer& viewer, BodyId office, std::string_view family_code, OfficeWindows windows) {
  const PeriodFamily* family = house.periods.family(family_code);
  if (family == nullptr) return refuse("form.window", tr("Không có loại kỳ báo cáo này."), "ho");
  if (!may_publish_forms(viewer, office)) return refuse("form.may_not", tr("Chỉ người được giao ký văn bản của đơn vị mới đặt được kỳ báo cáo."));
  return house.store.write([&](db::Writer& writer) -> Result<void> {
    auto all = own_windows(writer, office, family_code);
    std::erase_if(all, [&](const OfficeWindows& one) { return one.from_year == windows.from_year; });
    all.push_back(windows);
    const auto made = house.periods.with(family_code, all);
    if (!made) return std::unexpected(made.error());
    const auto begins = made->named(family_code, "Y", windows.from_year);
    if (begins && begins->period.first <= viewer.today())
      return refuse("form.window", tr("Kỳ đầu theo cách tính mới bắt đầu {}, đã qua rồi: số liệu có thể đã ghi theo kỳ cũ. Xin chọn từ năm sau.", begins->period.first.text()), "tu-nam");
    forms_sql::set_windows(writer, office, family_code, {windows.from_year, windows.seam, windows_text(windows.windows)}, viewer.user(), house.clock.now_ms());
    house.trail.write(writer, viewer, office, "office_windows", office.value, "set", {},
                      boost::json::serialize(boost::json::object{{"summary", tr(Language::vietnamese, "Kỳ báo cáo “{}” của đơn vị từ năm {}: bắt đầu {}.", family->label_vi, std::to_string(windows.from_year), begins ? begins->period.first.text() : std::string())}, {"windows", windows_text(windows.windows)}}));
    return {};
  });
}

}  // namespace khuyenhoc
