#include "measures/statement_rules.h"

namespace khuyenhoc {

namespace {

bool below_owner(const Organisation& organisation, BodyId body, BodyId owner, Day day) {
  if (organisation.find(owner) == nullptr) return false;
  const TreeInTime& tree = organisation.superiors();
  const auto standing = [&](Node node) {                                 // what an ended one became part of
    const Placement placed = tree.place(node, day);
    return placed.kind == Placement::Kind::inside ? placed.at : node;
  };
  const Node above = standing(organisation.node(owner));
  constexpr int highest = 64;
  Node at = standing(organisation.node(body));
  for (int i = 0; at != no_node && i < highest; ++i) {
    if (at == above) return true;
    at = tree.alive(at, day) ? tree.hangs_under(at, day) : tree.parent(at, day);
  }
  return false;
}

}  // namespace

Result<void> check_statement(const Catalogue& catalogue, const Organisation& organisation, BodyId body, Series series, Period period,
                             std::optional<std::int64_t> value, std::int64_t now_ms) {
  const Measure& measure = catalogue.measure(catalogue.measure_of(series));
  if (!is_typed(measure.kind)) return refuse("statement.kind", tr("“{}” do chương trình tính, không nhập tay được.", measure.label(current_language())));
  if (value && *value < 0) return refuse("statement.negative", tr("Số liệu không được âm. Không có thì xin ghi số 0, chưa biết thì để trống."));
  constexpr std::int64_t largest = 999'999'999'999'999;
  if (value && *value > largest) return refuse("statement.size", tr("Số này quá lớn. Xin xem lại số chữ số và đơn vị tính ({}).", measure.unit(current_language())));
  constexpr int longest = 6 * 366, furthest = 400;
  if (period.last < period.first || period.last - period.first > longest || period.last - day_of_ms(now_ms) > furthest)
    return refuse("statement.window", tr("Kỳ số liệu chưa đúng: {}. Xin chọn lại kỳ.", period.text()));
  const Body* known = organisation.find(body);
  if (!known || known->voided || known->born > period.last || (known->ended && *known->ended <= period.first))
    return refuse("statement.body", tr("Trong kỳ đã chọn, đơn vị này chưa thành lập hoặc đã kết thúc, nên không ghi số liệu của kỳ đó được."));
  if (measure.owner && !below_owner(organisation, body, measure.owner, period.last))
    return refuse("statement.owner", tr("“{}” là chỉ tiêu riêng của {}; đơn vị này không thuộc đơn vị đó nên không phải ghi.", measure.label(current_language()),
                                        organisation.find(measure.owner) ? organisation.body(measure.owner).on(period.last).name : tr("một đơn vị khác")));
  if (measure.is_yes_no && organisation.kind(body).level == BodyKind::Level::branch && value && *value > 1)
    return refuse("statement.yes_no", tr("Câu hỏi này trả lời có (1) hoặc không (0)."));
  if (measure.level == RecordedAt::commune && organisation.kind(body).level == BodyKind::Level::branch)
    return refuse("statement.level", tr("“{}” do Hội Khuyến học xã, phường ghi, chi hội không phải ghi.", measure.label(current_language())));
  return {};
}

Result<void> check_entry_mode(const Organisation& organisation, BodyId body, const Measure& measure, Period period, Extent extent,
                              const std::function<EntryMode(BodyId)>& mode_of) {
  if (measure.level != RecordedAt::branch) return {};
  if (organisation.kind(body).level != BodyKind::Level::branch) {
    if (extent == Extent::subtree && mode_of(body) == EntryMode::from_branches)
      return refuse("statement.mode", tr("Kỳ này đơn vị tổng hợp từ chi hội, ban, nên không ghi số chung. Muốn ghi số chung, xin đổi cách tính số toàn đơn vị trước."));
    return {};
  }
  BodyId at = organisation.body(body).on(period.last).superior;
  for (int i = 0; at && i < 8; ++i, at = organisation.body(at).on(period.last).superior)
    if (organisation.kind(at).level != BodyKind::Level::branch) {
      if (mode_of(at) == EntryMode::stated_whole)
        return refuse("statement.mode", tr("Kỳ này {} nhập số chung, nên chi hội, ban không ghi riêng.", organisation.body(at).on(period.last).name));
      return {};
    }
  return {};
}

}  // namespace khuyenhoc
