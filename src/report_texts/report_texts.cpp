// Reading and writing the texts of a report: who may, what is refused, what stays in the history.
#include "report_texts/report_texts.h"

#include <boost/json.hpp>

#include "base/i18n.h"
#include "base/number.h"
#include "base/text.h"
#include "measures/targets.h"
#include "report_texts/report_texts_queries.h"

namespace khuyenhoc {
namespace {

using report_texts_sql::StoredVersion;

constexpr std::int64_t one_sitting_ms = 10 * 60 * 1'000;

Refusal unknown_report() { return {"report.unknown", tr("Không có báo cáo này, hoặc báo cáo không thuộc phạm vi của ông/bà."), {}}; }

Result<ComposedForm> form_of(db::Reader& reader, const House& house, const RoundReport& report) {
  const auto round = find_round(reader, report.round);
  if (!round) return std::unexpected(unknown_report());
  return compose(reader, house, FormPins{round->form_versions}, report.body, report.window.last);
}

std::string letters_text(std::size_t letters) { return number_text(static_cast<std::int64_t>(letters)); }

struct Writing {
  RoundReport report;
  NarrativeBlock block;
};
// What nobody reads in the report yet may be kept even when the report is out of one's hands.
enum class Lock { respected, beside };
// Whoever writes: the report, the block, and that it may be written now.
Result<Writing> writing(db::Writer& writer, const House& house, const Viewer& viewer, ReportId id, std::string_view code, Lock lock = Lock::respected) {
  auto report = find_report(writer, id);
  if (!report || !viewer.may(Permission::see_figures, report->body)) return std::unexpected(unknown_report());
  if (!may_write_texts(viewer, *report)) return refuse("text.may_not", tr("Chỉ người nhập số liệu hoặc người ký của đơn vị mới viết được phần lời văn của báo cáo."));
  if (lock == Lock::respected)
    if (auto open = entry_lock(writer, *house.organisation.current(), report->body, report->body, report->window, report->form); !open) return std::unexpected(open.error());
  for (NarrativeBlock& block : blocks_of(writer, house, *report))
    if (block.code == code) return Writing{std::move(*report), std::move(block)};
  return refuse("text.block", tr("Mẫu báo cáo này không có phần lời văn đó. Xin tải lại trang."));
}

void tell(db::Writer& writer, const House& house, const Viewer& viewer, const Writing& at, std::string_view action, const std::string& summary) {
  house.trail.write(writer, viewer, at.report.body, "report_text", at.report.id.value, action, {}, boost::json::serialize(boost::json::object{{"summary", summary}, {"block", at.block.code}}));
}

std::string report_words(const House& house, const RoundReport& report) {
  return house.periods.label(report.window, Language::vietnamese);
}

// Saves of one person in one sitting are one entry of the history, unless a good part of the text was taken away: that is kept as it was.
bool goes_on(const StoredVersion& before, const Viewer& viewer, const ReportText& now, ReportTextVersion::Kind kind) {
  if (kind != ReportTextVersion::Kind::written || before.version.kind != kind || before.version.by != viewer.user()) return false;
  if (now.at_ms - before.began_ms > one_sitting_ms || before.version.row_version + 1 != now.row_version) return false;
  return now.markdown.size() * 5 >= before.version.markdown.size() * 4;
}

std::string_view action_of(ReportTextVersion::Kind kind) {
  switch (kind) {
    case ReportTextVersion::Kind::written: return "write";
    case ReportTextVersion::Kind::gathered: return "gather";
    case ReportTextVersion::Kind::restored: return "restore";
    case ReportTextVersion::Kind::set_aside: return "set_aside";
  }
  return "write";
}

std::string told(ReportTextVersion::Kind kind, const std::string& heading, const std::string& period) {
  switch (kind) {
    case ReportTextVersion::Kind::written: return tr(Language::vietnamese, "Viết phần “{}” của báo cáo {}", heading, period);
    case ReportTextVersion::Kind::gathered: return tr(Language::vietnamese, "Lấy ý của đơn vị trực thuộc vào phần “{}” của báo cáo {}", heading, period);
    case ReportTextVersion::Kind::restored: return tr(Language::vietnamese, "Khôi phục một bản trước của phần “{}” trong báo cáo {}", heading, period);
    case ReportTextVersion::Kind::set_aside: return tr(Language::vietnamese, "Để riêng một bản chưa dùng của phần “{}” trong báo cáo {}", heading, period);
  }
  return {};
}

Result<std::string> storable(std::string text) {
  const std::size_t letters = count_characters(text);
  if (letters <= longest_report_text) return text;
  return refuse("text.too_long", tr("Phần này dài {} ký tự, quá mức {} ký tự. Xin rút gọn bớt {} ký tự; bài đã gõ vẫn giữ nguyên trên trang.", letters_text(letters), letters_text(longest_report_text), letters_text(letters - longest_report_text)));
}

Result<ReportText> keep(db::Writer& writer, const House& house, const Viewer& viewer, const Writing& at, std::string_view markdown, std::int64_t expected_version, ReportTextVersion::Kind kind) {
  auto stored = storable(figure_names(writer, house, at.report).canonical(markdown::stored_form(markdown)));
  if (!stored) return std::unexpected(stored.error());
  ReportText text = text_of(writer, at.report.id, at.block.code);
  if (text.markdown == *stored) return text;                     // both wrote the same, or the same was sent twice
  if (text.row_version != expected_version)
    return refuse("text.stale", tr("{} vừa ghi phần này lúc {}. Cả hai bài đều còn đây; xin xem rồi chọn.", text.by_name, time_text(text.at_ms)));
  text.markdown = std::move(*stored);
  ++text.row_version;
  text.by = viewer.user();
  text.by_name = viewer.name();
  text.at_ms = house.clock.now_ms();
  report_texts_sql::put_text(writer, text);
  auto before = report_texts_sql::newest_version(writer, at.report.id, at.block.code);
  if (before && goes_on(*before, viewer, text, kind)) {
    before->version.markdown = text.markdown;
    before->version.row_version = text.row_version;
    before->version.at_ms = text.at_ms;
    report_texts_sql::replace_version(writer, *before);
    return text;
  }
  report_texts_sql::insert_version(writer, at.report.id, at.block.code, {{kind, house.store.new_id(), text.markdown, text.row_version, text.by, text.by_name, text.at_ms}, text.at_ms});
  tell(writer, house, viewer, at, action_of(kind), told(kind, at.block.heading_vi, report_words(house, at.report)));
  return text;
}

}  // namespace

std::vector<NarrativeBlock> blocks_of(db::Reader& reader, const House& house, const RoundReport& report) {
  auto form = form_of(reader, house, report);
  const auto round = find_round(reader, report.round);
  if (!form || !round) return {};
  const auto periods = periods_of(reader, house, round->office);
  for (NarrativeBlock& block : form->blocks) {
    for (std::string* text : {&block.part_vi, &block.heading_vi, &block.guidance_vi}) *text = said_in(std::move(*text), *periods, round->period, Language::vietnamese);
    for (std::string* text : {&block.part_en, &block.heading_en, &block.guidance_en}) *text = said_in(std::move(*text), *periods, round->period, Language::english);
  }
  return std::move(form->blocks);
}

FigureNames figure_names(db::Reader& reader, const House& house, const RoundReport& report) {
  std::vector<FigureNames::Named> named;
  const auto put = [&](MeasureIndex measure, const std::string& label, const std::string& section) {
    if (std::ranges::find(named, measure, &FigureNames::Named::measure) == named.end()) named.push_back({measure, house.catalogue.measure(measure).code, label, section});
  };
  if (const auto form = form_of(reader, house, report)) {
    for (const FormSection& section : form->sections)
      for (const AskedLine& line : section.lines) put(line.measure, line.label(current_language()), section.heading(current_language()));
    for (const MeasureIndex measure : form->measures()) put(measure, house.catalogue.measure(measure).label(current_language()), {});
  }
  return FigureNames(house.catalogue, std::move(named));
}

TextFigures figures_of_texts(db::Reader& reader, const House& house, const RoundReport& report, TextLens lens) {
  FigureNames names = figure_names(reader, house, report);
  const auto round = find_round(reader, report.round);
  NamedPeriod period = round ? round->period : NamedPeriod{"", "", report.window.last.year(), report.window};
  std::map<MeasureIndex, std::int64_t> goals;
  const std::vector<BodyId> bodies{report.body};
  for (const Target& one : targets(reader, house.catalogue, bodies, period.year)) goals.emplace(one.measure, one.value);
  const Question question{report.body, report.window, report.window.last, lens == TextLens::live ? Lens::live : Lens::official};
  LedgerView view = lens == TextLens::live ? house.ledger.view() : prospective_view(reader, house, report);
  return TextFigures(std::move(names), std::move(view), question, std::move(period), std::move(goals));
}

bool may_write_texts(const Viewer& viewer, const RoundReport& report) {
  return report.level != BodyKind::Level::branch && (viewer.may(Permission::enter_figures, report.body) || viewer.may(Permission::sign, report.body));
}

Result<ReportText> save_text(db::Writer& writer, const House& house, const Viewer& viewer, ReportId report, std::string_view code, std::string_view markdown, std::int64_t expected_version) {
  const auto at = writing(writer, house, viewer, report, code);
  if (!at) return std::unexpected(at.error());
  return keep(writer, house, viewer, *at, markdown, expected_version, ReportTextVersion::Kind::written);
}

Result<void> set_text_aside(db::Writer& writer, const House& house, const Viewer& viewer, ReportId report, std::string_view code, std::string_view markdown) {
  const auto at = writing(writer, house, viewer, report, code, Lock::beside);
  if (!at) return std::unexpected(at.error());
  auto stored = storable(markdown::stored_form(markdown));
  if (!stored) return std::unexpected(stored.error());
  if (stored->empty() || *stored == text_of(writer, report, code).markdown) return {};
  for (const ReportTextVersion& one : text_versions(writer, report, code))
    if (one.markdown == *stored) return {};                      // it is kept already
  const std::int64_t now = house.clock.now_ms();
  constexpr auto kind = ReportTextVersion::Kind::set_aside;
  report_texts_sql::insert_version(writer, report, code, {{kind, house.store.new_id(), std::move(*stored), 0, viewer.user(), viewer.name(), now}, now});
  tell(writer, house, viewer, *at, action_of(kind), told(kind, at->block.heading_vi, report_words(house, at->report)));
  return {};
}

Result<ReportText> restore_text(db::Writer& writer, const House& house, const Viewer& viewer, ReportId report, std::string_view code, std::int64_t version, std::int64_t expected_version) {
  const auto at = writing(writer, house, viewer, report, code);
  if (!at) return std::unexpected(at.error());
  const auto earlier = report_texts_sql::find_version(writer, report, code, version);
  if (!earlier) return refuse("text.version", tr("Không còn bản đó trong các bản đã ghi. Xin tải lại trang."));
  return keep(writer, house, viewer, *at, earlier->markdown, expected_version, ReportTextVersion::Kind::restored);
}

Result<ReportText> gather_texts(db::Writer& writer, const House& house, const Viewer& viewer, ReportId report, std::string_view code, const std::vector<ReportId>& from, std::int64_t expected_version) {
  const auto at = writing(writer, house, viewer, report, code);
  if (!at) return std::unexpected(at.error());
  std::string added;
  for (const GatheredText& one : texts_below(writer, house, at->report, code)) {
    if (std::ranges::find(from, one.report) == from.end()) continue;
    if (!added.empty()) added += "\n\n";
    added += quoted_from(one);
  }
  if (added.empty()) return refuse("text.nothing_chosen", tr("Xin chọn ít nhất một đơn vị có lời văn ở phần này."));
  const ReportText text = text_of(writer, report, code);
  return keep(writer, house, viewer, *at, text.markdown.empty() ? added : text.markdown + "\n\n" + added, expected_version, ReportTextVersion::Kind::gathered);
}

}  // namespace khuyenhoc
