#include <algorithm>

#include "base/number.h"
#include "organisation/namesakes.h"
#include "reporting/reporting.h"
#include "signed_reports/pages/report_pages.h"
#include "signed_reports/report_parts.h"
#include "shell/figure_history_link.h"

namespace khuyenhoc {
namespace signed_pages {

std::optional<RoundReport> report_in(const Visit& visit) {
  const auto report = visit.house().store.read([&](db::Reader& reader) { return find_report(reader, ReportId{visit.request().number("report")}); });
  if (!report || visit.organisation()->find(report->body) == nullptr) return std::nullopt;
  const Viewer& viewer = visit.viewer();
  const bool sees = viewer.may(Permission::see_figures, report->body) || (report->sends_to && viewer.may(Permission::see_figures, report->sends_to));
  return sees ? report : std::nullopt;
}

bool keeps_its_figures(const Visit& visit, const RoundReport& report) {
  return visit.viewer().may(Permission::enter_figures, report.body) || visit.viewer().may(Permission::sign, report.body);
}
bool receives_it(const Visit& visit, const RoundReport& report) { return report.sends_to && visit.viewer().may(Permission::receive, report.sends_to); }

Url page_of(ReportId report, std::string_view more) {
  return more.empty() ? signed_report_page(report) : html::path("/bao-cao-ky/{}/{}", report, more);
}

Url fill_in_page(const Visit& visit, const RoundReport& report) {
  const auto period = visit.house().store.read([&](db::Reader& reader) -> std::optional<NamedPeriod> {
    const auto round = find_round(reader, report.round);
    return round ? std::optional(entry_period(reader, visit.house(), *round)) : std::nullopt;
  });
  const Url page = html::path("/nhap-so-lieu/{}", report.body);
  return period ? page.with("ky", period->name()) : page;
}
Url texts_page(const RoundReport& report) { return page_of(report.id, "loi-van"); }

std::string title_of(const Visit& visit, const RoundReport& report) { return tr("Báo cáo {}", visit.house().periods.label(report.window, visit.language())); }
std::string body_name(const Visit& visit, const RoundReport& report) { return name_among_siblings(*visit.organisation(), report.body, report.window.last); }

std::vector<FrameLink> trail_to(const Visit& visit, const RoundReport& report, bool on_the_page) {
  std::vector<FrameLink> out{{tr("Đợt báo cáo"), html::path("/dot-bao-cao/{}", report.round)}};
  if (!on_the_page) out.push_back({tr("{}, {}", title_of(visit, report), body_name(visit, report)), signed_report_page(report.id)});
  return out;
}

namespace {

std::string section_of(const Catalogue& catalogue, const Measure& measure, Language language) {
  const auto found = std::ranges::find(catalogue.sections(), measure.group, &Section::code);
  return found != catalogue.sections().end() ? found->label(language) : std::string();
}

}  // namespace

std::vector<FigureLine> figure_lines(const Visit& visit, BodyId body, const std::map<Series, std::int64_t>& figures, const std::map<Series, std::int64_t>* now) {
  const Catalogue& catalogue = visit.house().catalogue;
  std::map<Series, std::pair<std::int64_t, std::optional<std::int64_t>>> all;
  for (const auto& [series, amount] : figures) all[series].first = amount;
  if (now != nullptr)
    for (const auto& [series, amount] : *now) all[series].second = amount;
  std::vector<FigureLine> out;
  for (const auto& [series, values] : all) {
    if (!catalogue.is_whole(series)) continue;
    const Measure& measure = catalogue.measure(catalogue.measure_of(series));
    FigureLine line{.field = fmt::format("{}-{}", body.value, measure.code), .section = section_of(catalogue, measure, visit.language()), .label = measure.label(visit.language()), .unit = measure.unit(visit.language()), .value = number_text(values.first), .today = {}, .remark = {}};
    if (now != nullptr && values.second.value_or(0) != values.first) line.today = number_text(values.second.value_or(0));
    out.push_back(std::move(line));
  }
  std::ranges::stable_sort(out, {}, [&](const FigureLine& line) { return std::ranges::find(catalogue.sections(), line.section, [&](const Section& one) { return one.label(visit.language()); }); });
  return out;
}

void lead_to_history(std::vector<FigureLine>& lines, const RoundReport& report) {
  for (FigureLine& line : lines) line.history = figure_history_link(report.body, line.field.substr(line.field.find('-') + 1), report.window);
}

std::map<Series, std::int64_t> totals_now(const Visit& visit, db::Reader& reader, const RoundReport& report) {
  return signed_reports::region_totals(prospective_view(reader, visit.house(), report), report.form, report.window, report.body).totals;
}

std::vector<TextLine> text_lines(const std::vector<FrozenText>& texts) {
  std::vector<TextLine> out;
  for (const FrozenText& text : texts) {
    if (text.code == frozen_beside) continue;
    TextLine line{.code = text.code, .heading = text.heading, .paragraphs = {}, .remark = {}};
    std::string_view rest = text.markdown;
    while (!rest.empty()) {
      const auto end = rest.find('\n');
      if (const auto one = rest.substr(0, end); !one.empty()) line.paragraphs.emplace_back(one);
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    out.push_back(std::move(line));
  }
  return out;
}

std::vector<std::string> finding_lines(const std::vector<ReportFinding>& findings) {
  std::vector<std::string> out;
  for (const ReportFinding& one : findings) out.push_back(one.reason.empty() ? one.title + ". " + one.message : tr("{}. {} Lý do: {}", one.title, one.message, one.reason));
  return out;
}

std::string who_is(const Visit& visit, db::Reader& reader, UserId user) { return name_of_user(visit.house(), reader, user); }

http::Response refused_step(const Visit& visit, const Refusal& refusal) {
  if (refusal.code == "report.unknown") return visit.not_found();
  return visit.refused(refusal, status_of(refusal));
}

}  // namespace signed_pages

void add_signed_report_pages(Pages& pages, ReportTextSource texts, TextFindings text_findings) {
  signed_pages::add_record_pages(pages, texts, text_findings);
  signed_pages::add_office_pages(pages);
  signed_pages::add_adjust_pages(pages);
}

}  // namespace khuyenhoc
