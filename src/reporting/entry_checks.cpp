#include "reporting/entry_checks.h"

#include "base/i18n.h"
#include "base/number.h"

namespace khuyenhoc {
namespace {

constexpr std::string_view members = "B01";

std::string without_stop(std::string title) {
  if (title.ends_with('.')) title.pop_back();
  return title;
}

void say_unreported(EntryRow& row, const EntryColumns& columns) {
  std::string text;
  if (const EntryColumn* column = columns.find(members)) {
    const EntryCell& cell = row.cells[*columns.place(column->measure)];
    if (cell.asked && cell.counted > 0) text = tr("Hội viên tạm lấy kỳ trước: {}.", number_text(cell.counted));
  }
  row.remarks.push_back({EntryRemark::Level::attention, {}, "unreported", tr("Chưa báo cáo."), std::move(text), {}});
}

}  // namespace

EntryRemark remark_of(const Catalogue& catalogue, const Finding& finding) {
  return {EntryRemark::Level::bad, finding.severity, finding.code, without_stop(finding.title), finding.message, {catalogue.measure(finding.measure).code}};
}

std::optional<std::int64_t> RowTerms::operator()(const Term& term) const {
  if (!catalogue_.is_whole(term.series)) return std::nullopt;
  const Measure& measure = catalogue_.measure(term.measure);
  const auto column = columns_.place(term.measure);
  if (!column) return measure.level == RecordedAt::commune && measure.kind == MeasureKind::flow && !measure.owner ? std::optional<std::int64_t>(0) : std::nullopt;
  if (term.moment == Moment::earlier) return compared_.earlier.at(row_.body, *column);
  if (term.moment == Moment::period) return row_.cells[*column].value;
  if (!is_level(measure.kind)) return std::nullopt;
  if (const auto known = compared_.known_before(row_.body, *column)) return known;
  return is_new_ ? std::optional<std::int64_t>(0) : std::nullopt;
}

void judge_row(EntryRow& row, const Catalogue& catalogue, const AskedForms& asked, const ComparedFigures& compared, const RowTerms& terms, const std::optional<ListedMembers>& listed) {
  const EntryColumns& columns = asked.columns;
  row.remarks.clear();
  row.blanks = 0;
  row.reported = row.mismatched = row.unlisted = false;
  for (const EntryCell& cell : row.cells) {
    if (!cell.asked) continue;
    if (cell.value) row.reported = true;
    else ++row.blanks;
  }
  if (!row.reported) return say_unreported(row, columns);
  for (const Finding& finding : findings(catalogue, asked.checks(), terms, current_language())) {
    row.remarks.push_back(remark_of(catalogue, finding));
    row.mismatched = true;
  }
  if (row.blanks > 0)
    row.remarks.push_back({EntryRemark::Level::attention, {}, "blank", {}, tr("Còn {} ô trống. Không có thì ghi số 0.", row.blanks), {}});
  if (listed && listed->stated > listed->listed) {
    row.unlisted = true;
    if (listed->listed > 0)
      row.remarks.push_back({EntryRemark::Level::info, {}, "listed", {},
                             tr("Tổng số {}, trong đó có danh sách {}; chưa có danh sách {}.", number_text(listed->stated), number_text(listed->listed),
                                number_text(listed->stated - listed->listed)),
                             {}});
  }
  // of one branch only its members: other counts of a few go up and down by nature, and are asked of the whole
  const auto at = columns.place(catalogue.index(members));
  if (!at) return;
  if (const auto year_ago = compared.known_last_year(row.body, *at); year_ago && row.cells[*at].value)
    if (const auto jump = jump_question(catalogue, columns.all()[*at].measure, *row.cells[*at].value, *year_ago, current_language())) {
      EntryRemark remark = remark_of(catalogue, *jump);
      remark.level = EntryRemark::Level::info;
      remark.title = {};
      row.remarks.push_back(std::move(remark));
    }
}

std::vector<EntryRemark> jumps_of_whole(const Catalogue& catalogue, const EntryColumns& of, const ComparedFigures& compared) {
  std::vector<EntryRemark> out;
  const auto columns = of.all();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::int64_t now = compared.now.whole[i], then = compared.last_year.whole[i];
    if (!jump_question(catalogue, columns[i].measure, now, then)) continue;
    const std::string percent = percent_text(std::abs(now - then), then);
    const std::string& what = catalogue.measure(columns[i].measure).label(current_language());
    out.push_back({EntryRemark::Level::info, {}, columns[i].code + "-jump", {},
                   now > then ? tr("{}: cùng kỳ năm trước {}, nay {} {}, tăng {}", what, number_text(columns[i].shown(then)), number_text(columns[i].shown(now)), columns[i].unit(current_language()), percent)
                              : tr("{}: cùng kỳ năm trước {}, nay {} {}, giảm {}", what, number_text(columns[i].shown(then)), number_text(columns[i].shown(now)), columns[i].unit(current_language()), percent),
                   {columns[i].code}});
  }
  return out;
}

}  // namespace khuyenhoc
