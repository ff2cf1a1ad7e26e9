#include <algorithm>

#include "measures/entered.h"
#include "reporting/reporting.h"
#include "reports/report_parts.h"

namespace khuyenhoc {
namespace {

constexpr std::size_t most_named = 5;

// Whether people count the child among "xã, phường" (or what stands in their place), or name it apart: an office, a university, a branch of the province itself.
bool is_counted(const BodyKind& above, const BodyKind& child) {
  switch (above.level) {
    case BodyKind::Level::centre: return child.level == BodyKind::Level::province;
    case BodyKind::Level::province:
    case BodyKind::Level::district: return child.group == "xa_phuong" || child.group == "huyen";
    default: return true;
  }
}

std::string counted_words(const ReportFigures& figures, const std::vector<BodyId>& counted) {
  const Organisation& organisation = figures.organisation();
  switch (organisation.kind(figures.order().body).level) {
    case BodyKind::Level::centre: return "tỉnh, thành phố";
    case BodyKind::Level::province:
    case BodyKind::Level::district:
      return std::ranges::any_of(counted, [&](BodyId body) { return organisation.kind(body).group == "huyen"; }) ? "huyện, thị xã, thành phố" : "xã, phường";
    default: return "chi hội, ban";
  }
}

std::string named(const ReportFigures& figures, const std::vector<BodyId>& bodies) {
  if (bodies.size() > most_named) return {};
  std::string names;
  for (const BodyId body : bodies) names += (names.empty() ? "" : ", ") + figures.organisation().body(body).on(figures.order().tree).name;
  return " (" + names + ")";
}

// The windows whose statements are the period's: a year is in when its second half is, for people state the half they have just lived through.
std::vector<NamedPeriod> windows_of(const ReportFigures& figures) {
  const NamedPeriod& period = figures.order().period;
  std::vector<NamedPeriod> out{period};
  if (const auto half = figures.house().periods.named(period.family, "H2", period.year); half && half->period.last == period.period.last) out.push_back(*half);
  return out;
}

// Whether nothing of the child is still to come in one of the windows. A branch states for itself.
bool all_in(const ReportFigures& figures, BodyId child, const std::vector<NamedPeriod>& windows, Day today) {
  if (figures.organisation().kind(child).level == BodyKind::Level::branch) return true;
  return std::ranges::any_of(windows, [&](const NamedPeriod& window) {
    const RoundState round = round_state(figures.house(), child, window, today);
    return round.done == round.associations.size();
  });
}

// The day by which those below send what this report is written from.
std::string_view level_below(BodyKind::Level level) {
  if (level == BodyKind::Level::centre) return "province";
  return level == BodyKind::Level::commune ? "branch" : "commune";
}

}  // namespace

ReportCoverage report_coverage(const ReportFigures& figures) {
  const Organisation& organisation = figures.organisation();
  const ReportOrder& order = figures.order();
  ReportCoverage coverage;
  const Day today = figures.house().clock.today();
  if (order.period.period.last > today) {
    coverage.running = true;
    coverage.sentence = fmt::format("Kỳ số liệu chưa kết thúc; số trong báo cáo là số đến ngày {}, số phát sinh nào thấp hơn cùng kỳ thì chưa so sánh.", today.text());
    return coverage;
  }
  const std::vector<NamedPeriod> windows = windows_of(figures);
  std::vector<Entered::Round> rounds;
  for (const NamedPeriod& window : windows) rounds.push_back(figures.figures().view().entered->round(window.period));
  const auto came_in = [&](BodyId child) {
    return std::ranges::any_of(organisation.below(child, order.tree), [&](BodyId body) {
      return std::ranges::any_of(rounds, [node = organisation.node(body)](const Entered::Round& round) { return round.has_stated(node); });
    });
  };
  std::vector<BodyId> counted, missing_others;
  std::size_t others = 0;
  const BodyKind& above = organisation.kind(order.body);
  const auto due = figures.house().periods.due(order.period, level_below(above.level));
  coverage.before_due = due && today <= *due;
  for (const BodyId child : organisation.children(order.body, order.tree)) {
    const bool is_other = !is_counted(above, organisation.kind(child));
    if (is_other) ++others;
    else counted.push_back(child);
    if (came_in(child)) {
      (all_in(figures, child, windows, today) ? coverage.complete : coverage.partial).push_back(child);
      continue;
    }
    coverage.missing.push_back(child);
    if (is_other) missing_others.push_back(child);
  }
  if (is_full(coverage)) return coverage;
  const std::size_t all = counted.size() + others;
  if (coverage.missing.size() == all) {
    coverage.who = "tất cả đơn vị";
    coverage.sentence = "Chưa có đơn vị nào báo cáo số liệu của kỳ này; số cuối kỳ lấy theo kỳ trước.";
    return coverage;
  }
  const std::string words = counted_words(figures, counted);
  const std::size_t missing_counted = coverage.missing.size() - missing_others.size();
  if (missing_counted > 0) coverage.who = fmt::format("{}/{} {}", missing_counted, counted.size(), words);
  if (!missing_others.empty())
    coverage.who += fmt::format("{}{}/{} đơn vị khác{}", missing_counted > 0 ? " và " : "", missing_others.size(), others, named(figures, missing_others));
  if (!coverage.missing.empty())
    coverage.sentence = fmt::format("Chưa có báo cáo của {}; số hội viên của {} {} này lấy theo kỳ trước. ", coverage.who, coverage.missing.size(), missing_others.empty() ? words : "đơn vị");
  if (!coverage.partial.empty()) coverage.sentence += fmt::format("Còn {}/{} {} ghi chưa đủ số liệu. ", coverage.partial.size(), all, others > 0 ? "đơn vị" : words);
  coverage.sentence += "Các số phát sinh trong kỳ (thu, chi, học bổng, khen thưởng, hoạt động) vì vậy chưa đầy đủ; số nào thấp hơn cùng kỳ thì chỉ so sánh giữa các đơn vị đã ghi đủ.";
  return coverage;
}

bool is_full(const ReportCoverage& coverage) { return !coverage.running && coverage.missing.empty() && coverage.partial.empty(); }

}  // namespace khuyenhoc
