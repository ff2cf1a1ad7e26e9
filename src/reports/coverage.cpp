#include <algorithm>
#include <unordered_map>

#include "reports/report_parts.h"

namespace khuyenhoc {

ReportCoverage report_coverage(const ReportFigures& figures) {
  const Organisation& organisation = figures.organisation();
  const ReportOrder& order = figures.order();
  ReportCoverage coverage;
  std::unordered_map<BodyId, std::size_t> child_of;          // every body asked, by the child it reports through
  std::vector<BodyId> children, all;
  for (const BodyId child : organisation.children(order.body, order.tree)) {
    const std::size_t place = children.size();
    children.push_back(child);
    for (const BodyId below : organisation.below(child, order.tree)) {
      child_of.emplace(below, place);
      all.push_back(below);
    }
  }
  const House& house = figures.house();
  const Day today = house.clock.today();
  if (order.period.period.last > today) {
    coverage.sentence = fmt::format("Kỳ số liệu chưa kết thúc; số trong báo cáo là số đến ngày {}.", today.text());
    return coverage;
  }
  // A year is in when its second half is: people state the half they have just lived through.
  std::vector<Period> windows{order.period.period};
  if (const auto half = house.periods.named(order.period.family, "H2", order.period.year); half && half->period.last == order.period.period.last) windows.push_back(half->period);
  std::vector<bool> came_in(children.size(), false);
  house.store.read([&](db::Reader& reader) {
    for (const Period& window : windows)
      for (const Statement& statement : house.statements.of_bodies(reader, all, window))
        if (statement.value) came_in[child_of.at(statement.body)] = true;
  });
  coverage.asked = children.size();
  for (std::size_t i = 0; i < children.size(); ++i)
    if (!came_in[i]) coverage.missing.push_back(children[i]);
  if (!coverage.missing.empty() && coverage.missing.size() < coverage.asked)
    coverage.sentence = fmt::format("Chưa có báo cáo của {}/{} {}; số hội viên của {} đơn vị này lấy theo kỳ trước.", coverage.missing.size(), coverage.asked, figures.children_words(), coverage.missing.size());
  else if (!coverage.missing.empty())
    coverage.sentence = "Chưa có đơn vị nào báo cáo số liệu của kỳ này; số cuối kỳ lấy theo kỳ trước.";
  return coverage;
}

}  // namespace khuyenhoc
