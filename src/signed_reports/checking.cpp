// What is wrong, or asks for a reason, before a report goes to its head: judged on the server whatever the page said.
#include <algorithm>

#include "reporting/reporting.h"
#include "signed_reports/notice_queries.h"
#include "signed_reports/report_parts.h"

namespace khuyenhoc {

using namespace signed_reports;

namespace {

class Checking {
 public:
  Checking(db::Reader& reader, const House& house, const RoundReport& report, Day today) : reader_(reader), house_(house), report_(report), today_(today) {}

  std::vector<ReportFinding> run() {
    check_rows();
    check_whole();
    std::ranges::stable_sort(out_, {}, [](const ReportFinding& one) { return one.severity == Check::Severity::error ? 0 : 1; });
    return std::move(out_);
  }

 private:
  void add(BodyId body, const std::string& code, Check::Severity severity, std::string measure, std::string title, std::string message) {
    std::string key = fmt::format("{}:{}", body.value, code);
    if (std::ranges::find(out_, key, &ReportFinding::key) != out_.end()) return;
    if (title.ends_with('.')) title.pop_back();                           // a heading of its own, and the first half of a sentence
    out_.push_back({std::move(key), severity, body, std::move(measure), std::move(title), std::move(message), {}});
  }

  std::string label_of(const std::string& code) const {
    const auto measure = house_.catalogue.find(code);
    return measure ? house_.catalogue.measure(*measure).label(current_language()) : code;
  }

  // The branches of an association, as its grid shows them.
  void check_rows() {
    const auto round = find_round(reader_, report_.round);
    if (!round || report_.level != BodyKind::Level::commune) return;
    const auto sheet = entry_sheet(house_, reader_, report_.body, entry_period(reader_, house_, *round), today_, Lists::left_out);
    if (!sheet) return;
    for (const EntryGroup& group : sheet->groups)
      for (const EntryRow& row : group.rows)
        for (const EntryRemark& remark : row.remarks)
          if (remark.level == EntryRemark::Level::bad)
            add(row.body, remark.code, remark.severity, remark.measures.empty() ? std::string() : remark.measures.front(), remark.measures.empty() ? tr("{}: {}", row.name, remark.title) : tr("{}, {}: {}", row.name, label_of(remark.measures.front()), remark.title), remark.text);
    if (sheet->mode != EntryMode::stated_whole && sheet->reported < sheet->rows)
      add(report_.body, "unreported", Check::Severity::warning, {}, tr("Chưa đủ số liệu"), tr("{}/{} chi hội, ban chưa có số liệu; số hội viên của các chi hội, ban này lấy theo kỳ trước.", sheet->rows - sheet->reported, sheet->rows));
  }

  // The totals over everything that was received, as they would be official.
  void check_whole() {
    const Figures coming(prospective_view(reader_, house_, report_)), live(house_.ledger.view());
    const Catalogue& catalogue = house_.catalogue;
    const Question asked{report_.body, report_.window, report_.window.last, Lens::official};
    const Question now{report_.body, report_.window, report_.window.last, Lens::live};
    const auto lookup = [&](const Term& term) -> std::optional<std::int64_t> {
      const auto value = term.moment == Moment::period ? coming.term(term, asked) : live.term(term, now);
      // nobody can tell a level of nothing from one that was never said
      if (value == 0 && is_level(catalogue.measure(term.measure).kind)) return std::nullopt;
      return value;
    };
    const auto round = find_round(reader_, report_.round);
    const auto forms = round ? asked_forms(reader_, house_, report_.body, entry_period(reader_, house_, *round)) : std::unexpected(unknown_report());
    for (const Finding& one : findings(catalogue, forms ? (*forms)->checks() : std::span(catalogue.checks()), lookup, current_language())) add(report_.body, one.code, one.severity, catalogue.measure(one.measure).code, tr("{} toàn đơn vị: {}", catalogue.measure(one.measure).label(current_language()), one.title), one.message);
    const auto coverage = coming.coverage(asked);
    const bool all_in = coverage && coverage->carried.empty() && coverage->absent.empty();
    const Question year_ago = Figures::same_last_year(now);
    for (const EntryColumn& column : forms ? (*forms)->columns.all() : EntryColumns::house().all()) {
      const Term term{column.measure, catalogue.series(column.measure), Moment::period};
      const auto value = coming.term(term, asked), then = live.term(term, year_ago);
      if (!value || !then || (!all_in && *value < *then)) continue;          // what has not come in is no fall
      if (const auto jump = jump_question(catalogue, column.measure, *value, *then, current_language()))
        add(report_.body, jump->code, Check::Severity::warning, column.code, catalogue.measure(column.measure).label(current_language()), jump->message);
    }
  }

  db::Reader& reader_;
  const House& house_;
  const RoundReport& report_;
  Day today_;
  std::vector<ReportFinding> out_;
};

}  // namespace

std::vector<ReportFinding> check_report(db::Reader& reader, const House& house, const RoundReport& report, Day today, const TextFindings& texts) {
  std::vector<ReportFinding> out = Checking(reader, house, report, today).run();
  std::vector<BodyId> bodies;
  for (const ReportFinding& one : out) bodies.push_back(one.body);
  std::ranges::sort(bodies);
  bodies.erase(std::ranges::unique(bodies).begin(), bodies.end());
  const auto given = figure_reasons(reader, bodies, report.window);
  for (ReportFinding& one : out)
    if (const FigureReason* reason = one.key.ends_with("-jump") ? find_reason(given, one.body, one.measure) : nullptr) one.reason = reason->text;
  if (texts) {
    const auto words = texts(reader, report);
    out.insert(out.begin(), words.begin(), words.end());
    std::ranges::stable_sort(out, {}, [](const ReportFinding& one) { return one.severity == Check::Severity::error ? 0 : 1; });
  }
  return out;
}

Result<RoundReport> submit_report(db::Writer& writer, const House& house, const Viewer& viewer, ReportId id, std::int64_t expected_version, const std::map<std::string, std::string>& reasons,
                                  const TextFindings& texts) {
  const auto before = find_report(writer, id);
  if (!before) return std::unexpected(unknown_report());
  const auto step = take_step(writer, house, viewer, id, ReportStep::submit, expected_version);
  if (!step) return step;
  std::vector<ReportFinding> all = check_report(writer, house, *before, viewer.today(), texts);
  for (ReportFinding& one : all) {
    if (one.severity == Check::Severity::error) return refuse("signed.errors", tr("Còn chỗ phải sửa trước khi trình: {}. {}", one.title, one.message), one.key);
    const auto reason = reasons.find(one.key);
    if (reason != reasons.end() && !reason->second.empty()) one.reason = reason->second;
    if (one.reason.empty()) return refuse("signed.reason", tr("{}: xin ghi lý do.", one.title), one.key);
  }
  notice_sql::replace_findings(writer, id, all);
  return step;
}

Result<RoundReport> give_back_inside(db::Writer& writer, const House& house, const Viewer& viewer, ReportId report, std::int64_t expected_version, const std::string& reason) {
  if (reason.empty()) return refuse("signed.say_why", tr("Xin ghi lý do trả lại, để người nhập biết cần sửa chỗ nào."), "ly-do");
  return take_step(writer, house, viewer, report, ReportStep::take_back, expected_version, {.reason = reason});
}

}  // namespace khuyenhoc
