// Reading what a paper says: from a signed version with what was frozen beside it, or from the draft.
#include "reports/round_paper.h"

#include <algorithm>

#include "base/i18n.h"
#include "base/number.h"
#include "base/text.h"
#include "organisation/numbering.h"
#include "paper_templates/paper_templates.h"
#include "reports/paper_figures.h"

namespace khuyenhoc {
namespace {

bool is_out_of_hand(const RoundReport& report) { return report.state == ReportState::sent || report.state == ReportState::received || report.state == ReportState::closed; }

Refusal unknown() { return {"report.unknown", tr("Không có báo cáo này, hoặc báo cáo không thuộc phạm vi của ông/bà."), {}}; }

std::vector<PaperSection> sections_of(const RoundPaper& paper, const PaperFigures& figures, const FrozenPaper& beside) {
  std::vector<PaperSection> out;
  for (const FormSection& section : paper.form.sections) {
    PaperSection made{section.heading_vi, {}};
    for (const AskedLine& asked : section.lines) {
      PaperLine line{asked.measure, asked.label_vi, asked.columns, std::nullopt, figures.done(asked.measure), std::nullopt};
      const Measure& measure = paper.catalogue->measure(asked.measure);
      if (const auto plan = beside.plan.find(asked.measure); plan != beside.plan.end())   // targets of percentages are kept in tenths
        line.plan = measure.kind == MeasureKind::ratio && !measure.is_money ? Figure{plan->second, 1'000, true, 100} : Figure{plan->second};
      if (const auto same = beside.same_period.find(asked.measure); same != beside.same_period.end()) line.same_period = same->second;
      made.lines.push_back(std::move(line));
    }
    if (!made.lines.empty()) out.push_back(std::move(made));
  }
  return out;
}

std::vector<PrintedText> frozen_words(db::Reader& reader, const House& house, const RoundReport& report, const std::vector<FrozenText>& texts) {
  std::vector<PrintedText> out;
  for (const NarrativeBlock& block : blocks_of(reader, house, report)) {
    PrintedText one{block.code, block.part_vi, block.heading_vi, {}};
    if (const auto found = std::ranges::find(texts, block.code, &FrozenText::code); found != texts.end()) one.blocks = markdown::to_blocks(found->markdown);
    out.push_back(std::move(one));
  }
  return out;
}

void put_head(db::Reader& reader, const House& house, const PaperOrder& order, RoundPaper& paper) {
  const auto organisation = house.organisation.current();
  const BodyId office = paper.version ? paper.version->numbered_by : paper.report.body;
  const Body& body = organisation->body(office);
  Day day = paper.version ? paper.version->signed_day : house.clock.today();
  if (!body.alive(day)) day = body.ended && day >= *body.ended ? *body.ended - 1 : body.born;
  paper.layout = Systems::house().papers_of(organisation->kind(paper.report.body).system);
  paper.level = organisation->kind(paper.report.body).level;
  paper.body_name = organisation->body(paper.report.body).on(paper.report.window.last).name;
  paper.office_name = body.on(day).name;
  paper.head = letterhead(reader, *organisation, office, day);
  if (!paper.version) {
    paper.signer = signature_block(reader, *organisation, office, "bao_cao", day);
    return;
  }
  paper.signer = document::Signer{.authority = paper.version->authority, .name = paper.version->signer_name};
  if (order.pictures == Pictures::digital && numbering_rule(reader, office, day).digital_pictures) {
    if (paper.version->holding != 0) paper.signer.signature = signature_on(reader, paper.version->holding, day);
    paper.signer.seal = seal_on(reader, office, day);
  }
}

std::string children_words(const Organisation& organisation, BodyId body) {
  const BodyKind& kind = organisation.kind(body);
  if (kind.system != hkh) return "Đơn vị";
  switch (kind.level) {
    case BodyKind::Level::centre: return "Tỉnh, thành phố";
    case BodyKind::Level::province: return "Xã, phường, đơn vị";
    default: return "Chi hội, ban";
  }
}

}  // namespace

Result<RoundPaper> round_paper(db::Reader& reader, const House& house, const PaperOrder& order) {
  RoundPaper out;
  const auto report = find_report(reader, order.report);
  const auto round = report ? find_round(reader, report->round) : std::nullopt;
  if (!report || !round) return std::unexpected(unknown());
  if (report->level == BodyKind::Level::branch) return refuse("report.branch", tr("Chi hội, ban khuyến học xác nhận số liệu, không lập báo cáo có số."));
  out.report = *report;
  out.round = *round;
  out.catalogue = &house.catalogue;
  out.printed = house.clock.today();
  const auto last = last_version(reader, report->id);
  if (order.version) {
    out.version = find_version(reader, order.version);
    if (!out.version || out.version->report != report->id) return std::unexpected(unknown());
  } else if (is_out_of_hand(*report)) {
    out.version = last;
  }
  const LanguageScope in_vietnamese(Language::vietnamese);      // it goes into the files of an office, whoever makes it
  auto form = compose(reader, house, FormPins{round->form_versions}, report->body, report->window.last);
  if (!form) return std::unexpected(form.error());
  out.form = std::move(*form);
  out.period_label = periods_of(reader, house, round->office)->label(round->period, Language::vietnamese);
  out.children_words = children_words(*house.organisation.current(), report->body);
  put_head(reader, house, order, out);

  const auto content = out.version ? std::optional(content_of(reader, house.ledger, *out.version)) : std::nullopt;
  PaperFigures figures = content                                         ? PaperFigures(house, out, view_as_signed(reader, house, *out.version), Lens::official, content)
                               : order.draft_lens == TextLens::as_signed ? PaperFigures(house, out, prospective_view(reader, house, *report), Lens::official)
                                                                         : PaperFigures(house, out, house.ledger.view(), Lens::live);
  auto frozen = content ? frozen_paper_of(content->texts, house.catalogue) : std::nullopt;
  FrozenPaper beside = frozen ? std::move(*frozen) : figures.beside(reader, order.more_columns);
  figures.know(beside);
  // an adjustment keeps what was frozen first; its branches are as they stand now, as long as nothing came after it
  if (out.version && out.version->kind == SignedVersion::Kind::adjustment && last && last->id == out.version->id && figures.by_branches()) beside.rows = figures.branch_rows(beside.columns);
  for (const MeasureIndex more : order.more_columns)
    if (std::ranges::find(beside.columns, more) == beside.columns.end()) beside.columns.push_back(more);
  out.sections = sections_of(out, figures, beside);
  out.annex = figures.annex(beside);
  out.texts = content ? frozen_words(reader, house, *report, content->texts) : printed_texts(reader, house, *report, order.draft_lens);
  out.missing = beside.missing;
  if (beside.restated) out.restated = fmt::format("Số liệu cùng kỳ năm {} được tổng hợp theo địa giới hành chính mới.", report->window.same_last_year().last.year());
  if (out.version && last && last->id == out.version->id) out.apart = difference_sentence(house, differences(reader, house, *report), Language::vietnamese);
  return out;
}

FrozenText paper_to_freeze(db::Reader& reader, const House& house, const RoundReport& report) {
  const LanguageScope in_vietnamese(Language::vietnamese);
  FrozenText out{std::string(frozen_beside), "Số liệu đi kèm văn bản", {}};
  RoundPaper paper;
  const auto round = find_round(reader, report.round);
  if (!round || report.level == BodyKind::Level::branch) return out;
  auto form = compose(reader, house, FormPins{round->form_versions}, report.body, report.window.last);
  if (!form) return out;
  paper.report = report;
  paper.round = *round;
  paper.form = std::move(*form);
  paper.catalogue = &house.catalogue;
  const PaperTemplateId chosen = paper_choice(reader, report.body, paper.form.code).paper_template;
  std::vector<MeasureIndex> of_rows;
  if (const auto known = chosen ? find_paper_template(reader, chosen) : std::nullopt)
    if (const auto made = document::DocxTemplate::read(template_bytes(reader, *known))) of_rows = columns_of_rows(*made, house.catalogue, paper.form);
  FrozenPaper beside = PaperFigures(house, paper, prospective_view(reader, house, report), Lens::official).beside(reader, of_rows);
  beside.paper_template = chosen.value;
  out.markdown = stored_form(beside, house.catalogue);
  return out;
}

// ---- words of the paper

std::string PaperLine::against_plan() const {
  if (!plan || !done || plan->is_ratio || done->is_ratio || plan->value <= 0) return "–";
  return percent_text(done->value, plan->value);
}

std::string RoundPaper::number() const {
  if (version) return version->number_text;
  const PaperKind* kind = PaperKinds::house().find("bao_cao");
  return number_text_of(0, kind != nullptr ? kind->letters : std::string(), head.numbering_suffix, layout);
}

std::string RoundPaper::day_words() const {
  if (version) return version->signed_day.long_text();
  const Day day = report.due.value_or(printed);
  return fmt::format("ngày      tháng {}{} năm {}", day.month() < 3 ? "0" : "", day.month(), day.year());
}

const PaperLine* RoundPaper::line(MeasureIndex measure) const {
  for (const PaperSection& section : sections)
    for (const PaperLine& one : section.lines)
      if (one.measure == measure) return &one;
  return nullptr;
}

std::string RoundPaper::link(MeasureIndex measure) const {
  return fmt::format("/so-lieu/{}?ct={}&ky={}{}", report.body.value, catalogue->measure(measure).code, round.period.name(), report.state == ReportState::closed && version ? "&so=chot" : "");
}

std::string RoundPaper::comparison(const PaperLine& line) const {
  if (!line.done || !line.same_period) return {};
  return comparison_sentence(catalogue->measure(line.measure), *line.done, *line.same_period, fmt::format("cùng kỳ năm {}", report.window.same_last_year().last.year()));
}

std::string RoundPaper::summary() const {
  const int year = round.period.year;
  if (form.code == "bao_cao") {
    if (round.period.window == "H1") return fmt::format("Sơ kết công tác khuyến học, khuyến tài, xây dựng xã hội học tập 6 tháng đầu năm {0}; phương hướng, nhiệm vụ 6 tháng cuối năm {0}", year);
    if (round.period.window == "9M") return fmt::format("Kết quả công tác khuyến học, khuyến tài, xây dựng xã hội học tập 9 tháng đầu năm {0}; nhiệm vụ 3 tháng cuối năm {0}", year);
    if (round.period.window == "Y") return fmt::format("Tổng kết công tác khuyến học, khuyến tài, xây dựng xã hội học tập năm {}; phương hướng, nhiệm vụ năm {}", year, year + 1);
  }
  // "Báo cáo công tác Đoàn … và phong trào năm học": the year is said once
  constexpr std::string_view kind = "Báo cáo ";
  std::string name = form.name_vi.starts_with(kind) ? form.name_vi.substr(kind.size()) : form.name_vi;
  if (!name.empty()) name = upper_case(name.substr(0, 1)) + name.substr(1);
  if (form.kind == FormVersion::Kind::request || name.ends_with(period_label)) return name;
  for (const std::string_view said : {"năm học", "nhiệm kỳ"})
    if (name.ends_with(said) && period_label.starts_with(said)) return name + period_label.substr(said.size());
  return name + " " + period_label;
}

std::vector<std::string> RoundPaper::recipients() const {
  if (layout == BodySystem::Papers::youth_union) {
    switch (level) {
      case BodyKind::Level::centre: return {"Ban Bí thư Trung ương Đoàn (để b/c)", "Các tỉnh Đoàn, thành Đoàn", "Lưu: VP"};
      case BodyKind::Level::province: return {"Ban Bí thư Trung ương Đoàn (để b/c)", "Thường trực Tỉnh ủy (để b/c)", "Các cơ sở Đoàn trực thuộc", "Lưu: VP"};
      default: return {"Ban Thường vụ Đoàn cấp trên (để b/c)", "Thường trực cấp ủy (để b/c)", "Lưu: VP"};
    }
  }
  switch (level) {
    case BodyKind::Level::centre: return {"Ban Bí thư Trung ương Đảng (để b/c)", "Thủ tướng Chính phủ (để b/c)", "Ủy ban Trung ương MTTQ Việt Nam (để b/c)", "Bộ Nội vụ, Bộ GD&ĐT", "Hội Khuyến học các tỉnh, thành phố", "Lưu: VT"};
    case BodyKind::Level::province: return {"TW Hội Khuyến học Việt Nam (để b/c)", "Thường trực Tỉnh ủy, UBND, UBMTTQ tỉnh (để b/c)", "Sở Nội vụ, Sở GD&ĐT", "Hội Khuyến học các xã, phường", "Lưu: VT"};
    default: return {"Hội Khuyến học cấp trên (để b/c)", "Thường trực Đảng ủy, UBND, UBMTTQ (để b/c)", "Các chi hội, ban khuyến học", "Lưu: VT"};
  }
}

std::string paper_file_name(const RoundPaper& paper) {
  std::string number = paper.version ? " số " + paper.version->number_text : std::string(" (dự thảo)");
  std::ranges::replace(number, '/', '-');
  return fmt::format("Báo cáo {} – {}{}", paper.period_label, paper.body_name, number);
}

}  // namespace khuyenhoc
