// Both numbers: what a signed report says, and what the official total is today, with what came between.
#include <algorithm>

#include "base/number.h"
#include "signed_reports/report_parts.h"
#include "signed_reports/version_queries.h"

namespace khuyenhoc {

using namespace signed_reports;

namespace {

// A child whose closing is another than the one the signature used.
Differences::Cause cause_of(db::Reader& reader, const UsedChild& now, bool late) {
  Differences::Cause out{.body = now.body, .version = {}, .number_text = {}, .at_ms = 0, .late = late, .reason = {}};
  if (const auto id = version_sql::version_with_closing(reader, now.closing))
    if (const auto version = find_version(reader, *id)) {
      out.version = version->id;
      out.number_text = version->number_text;
      out.at_ms = version->at_ms;
      out.reason = version->reason;
    }
  return out;
}

}  // namespace

Differences differences(db::Reader& reader, const House& house, const RoundReport& report) {
  Differences out;
  const auto version = last_version(reader, report.id);
  if (!version) return out;
  out.version = version->id;
  const VersionContent content = content_of(reader, house.ledger, *version);
  const FrozenReport own = frozen_report(reader, house.ledger, version->closings);
  const LedgerView view = view_with(house, closed_rounds_now(reader, house.ledger, version->family), {&own, 1});
  const RegionTotals now = region_totals(view, version->family, version->period, version->body);
  std::map<Series, Difference> all;
  for (const auto& [series, amount] : content.totals) all[series] = {series, amount, 0};
  for (const auto& [series, amount] : now.totals) {
    Difference& one = all[series];
    one.series = series;
    one.today = amount;
  }
  for (const auto& [series, one] : all)
    if (one.as_signed != one.today) out.figures.push_back(one);
  if (out.figures.empty()) return out;
  for (const UsedChild& child : now.children) {
    if (std::ranges::find(content.children, child.closing, &UsedChild::closing) != content.children.end() || std::ranges::find(version->closings, child.closing) != version->closings.end()) continue;
    const auto then = std::ranges::find(content.children, child.body, &UsedChild::body);
    out.causes.push_back(cause_of(reader, child, then == content.children.end() || then->carried));
  }
  std::ranges::sort(out.causes, std::greater<>{}, &Differences::Cause::at_ms);
  return out;
}

std::string difference_sentence(const House& house, const Differences& differences, Language language) {
  if (differences.none()) return {};
  const LanguageScope speaking(language);
  const Catalogue& catalogue = house.catalogue;
  // members first: it is the figure that people ask about
  const Difference* told = &differences.figures.front();
  for (const Difference& one : differences.figures)
    if (one.series == catalogue.series(catalogue.index("B01"))) told = &one;
  const Measure& measure = catalogue.measure(catalogue.measure_of(told->series));
  std::string out = tr("{}: báo cáo đã ký ghi {} {}; số đã chốt hiện nay là {} {}", measure.label(language), number_text(told->as_signed), measure.unit(language), number_text(told->today), measure.unit(language));
  if (!differences.causes.empty()) {
    const auto& cause = differences.causes.front();
    const std::string name = house.organisation.current()->body(cause.body).on(day_of_ms(cause.at_ms)).name;
    out += cause.late ? tr(" ({} báo cáo sau khi ký)", name) : tr(" (điều chỉnh của {} ngày {})", name, day_of_ms(cause.at_ms).text());
  }
  out += differences.figures.size() > 1 ? tr(". Còn {} chỉ tiêu khác cũng đã thay đổi.", differences.figures.size() - 1) : ".";
  return out;
}

}  // namespace khuyenhoc
