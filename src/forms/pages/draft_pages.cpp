#include <algorithm>
#include <charconv>

#include "base/i18n.h"
#include "forms/judging.h"
#include "forms/pages/form_draft.html.h"
#include "forms/pages/shared_of_forms.h"
#include "measures/own_indicators.h"
#include "shell/form_answers.h"

namespace khuyenhoc::form_pages {
namespace {

constexpr FormColumn chosen_columns[] = {FormColumn::plan, FormColumn::estimate, FormColumn::same_period, FormColumn::against_plan};

struct KindOfForm {
  const char* code;
  Message label;
};
constexpr KindOfForm kinds_of_forms[] = {{"thon", mark("Chi hội thôn, tổ dân phố")}, {"truong", mark("Chi hội trường học")}, {"co_quan", mark("Chi hội cơ quan, đơn vị")}, {"dong_ho", mark("Ban khuyến học dòng họ")},
                                         {"xa", mark("Hội cấp xã")}, {"tinh", mark("Hội cấp tỉnh")}};

std::string column_label(FormColumn column) {
  switch (column) {
    case FormColumn::plan: return tr("Kế hoạch năm");
    case FormColumn::done: return tr("Thực hiện kỳ");
    case FormColumn::estimate: return tr("Ước thực hiện");
    case FormColumn::same_period: return tr("Cùng kỳ");
    case FormColumn::against_plan: return tr("So kế hoạch");
  }
  return {};
}
std::string in_field(const std::string& code) { return "m-" + code; }
std::string column_field(const std::string& code, FormColumn column) { return fmt::format("c-{}-{}", code, static_cast<int>(column)); }
std::string kind_field(const std::string& code, std::string_view kind) { return fmt::format("k-{}-{}", code, kind); }

// The sections a draft may draw on, with every indicator that may stand in them, those of the content first.
std::vector<FormSection> offered(db::Reader& reader, House& house, const FormVersion& draft) {
  std::vector<FormSection> out = draft.content.sections;
  if (draft.kind == FormVersion::Kind::request) return {};
  FormVersion empty = draft;
  empty.content = {};
  const auto of_base = draft.kind == FormVersion::Kind::addition ? asked_with_base(reader, house, empty) : std::vector<MeasureIndex>{};
  const auto put = [&](const std::string& code, const std::string& vi, const std::string& en, MeasureIndex measure) {
    if (draft.content.has(measure) && std::ranges::any_of(out, [&](const FormSection& one) { return std::ranges::find(one.lines, measure, &AskedLine::measure) != one.lines.end(); })) return;
    if (std::ranges::find(of_base, measure) != of_base.end()) return;
    auto at = std::ranges::find(out, code, &FormSection::code);
    if (at == out.end()) {
      out.push_back({code, vi, en, {}});
      at = out.end() - 1;
    }
    at->lines.push_back({measure, {}, {}, FormColumns::usual(), {}});
  };
  for (const Section& section : house.catalogue.sections())
    for (std::size_t i = 0; i < house.catalogue.measures().size(); ++i)
      if (house.catalogue.measures()[i].group == section.code) put(section.code, section.label_vi, section.label_en, static_cast<MeasureIndex>(i));
  if (house.ledger.keeps_own())
    for (const OwnIndicator& own : house.ledger.own().of_owner(reader, draft.owner))
      if (const auto measure = house.catalogue.find(own.code()))
        put(fmt::format("R{}", draft.owner.value), tr(Language::vietnamese, mark("Chỉ tiêu riêng của đơn vị")), tr(Language::english, mark("Chỉ tiêu riêng của đơn vị")), *measure);
  return out;
}

DraftPage page_of(const Visit& visit, const FormVersion& draft, FormErrors errors) {
  House& house = visit.house();
  const Language language = visit.language();
  const http::Request& request = visit.request();
  const bool typed = request.method == http::Method::post;
  const auto kept = [&](const std::string& field, const std::string& stored) { return typed ? request.text(field) : stored; };
  DraftPage page;
  page.body = draft.owner;
  page.trail = trail_of(visit, draft.owner);
  page.version = draft.id;
  page.row_version = draft.row_version;
  page.errors = std::move(errors);
  page.is_request = draft.kind == FormVersion::Kind::request;
  page.may_publish = may_publish_forms(visit.viewer(), draft.owner);
  page.previews = preview_links(visit, draft, draft.owner, nullptr);
  for (auto& link : page.previews) link.label = tr("Xem như: {}", link.label);
  page.sentence = page.is_request ? tr("Câu hỏi gửi một lần cho các đơn vị bên dưới.")
                  : draft.kind == FormVersion::Kind::addition
                      ? tr("Phần thêm vào mẫu “{}” cho các đơn vị bên dưới; mẫu chung giữ nguyên.", draft.name(language))
                      : tr("Bản {} của mẫu chung.", draft.number);
  if (page.is_request) {
    page.head = {FormLine::text("ten", tr("Tên yêu cầu"), kept("ten", draft.name_vi), tr("Ví dụ: Rà soát nhà sinh hoạt cộng đồng"), FormLine::Wanted::yes),
                 FormLine::text("tu", tr("Số liệu từ ngày"), kept("tu", draft.request_period ? draft.request_period->first.text() : std::string()), {}, FormLine::Wanted::yes),
                 FormLine::text("den", tr("Đến hết ngày"), kept("den", draft.request_period ? draft.request_period->last.text() : std::string()), {}, FormLine::Wanted::yes),
                 FormLine::text("han", tr("Hạn gửi"), kept("han", draft.request_due ? draft.request_due->text() : std::string()), {}, FormLine::Wanted::yes)};
  } else if (draft.kind == FormVersion::Kind::periodic) {
    page.head = {FormLine::text("ten", tr("Tên mẫu"), kept("ten", draft.name_vi), {}, FormLine::Wanted::yes)};
    if (const auto* family = house.periods.family(draft.family))
      for (const auto& window : family->windows) {
        FormVersion one;
        one.family = draft.family;
        one.windows = {window.code};
        FormLine tick = FormLine::text("ky-" + window.code, tr("Dùng cho kỳ: {}", windows_words(house.periods, one, language)), std::ranges::find(draft.windows, window.code) != draft.windows.end() ? "1" : "");
        tick.kind = FormLine::Kind::tick;
        page.head.push_back(std::move(tick));
      }
  }
  page.head.push_back(FormLine::text("ghi-chu", tr("Thay đổi trong bản này"), kept("ghi-chu", draft.note), tr("Một câu cho người sau hiểu vì sao; có thể để trống.")));

  const auto sections = house.store.read([&](db::Reader& reader) { return offered(reader, house, draft); });
  for (const FormSection& section : sections) {
    DraftSection shown{section.heading(language), {}, {}};
    std::size_t in = 0;
    for (const AskedLine& line : section.lines) {
      const Measure& measure = house.catalogue.measure(line.measure);
      const FormSection* stored = draft.content.section(section.code);
      const bool is_in = stored != nullptr && std::ranges::find(stored->lines, line.measure, &AskedLine::measure) != stored->lines.end();
      in += is_in ? 1 : 0;
      DraftLine row{measure.code, measure.label(language), measure.unit(language), {in_field(measure.code), fmt::format("{} · {} ({})", measure.code, measure.label(language), measure.unit(language)), is_in}, {}, {}};
      for (const FormColumn column : chosen_columns) row.columns.push_back({column_field(measure.code, column), column_label(column), line.columns.has(column)});
      if (is_typed(measure.kind))
        for (const KindOfForm& kind : kinds_of_forms) {
          const bool branch = std::string_view(kind.code) != "xa" && std::string_view(kind.code) != "tinh";
          if (branch && measure.level != RecordedAt::branch) continue;
          const ShortForm* form = draft.content.short_form(kind.code);
          row.kinds.push_back({kind_field(measure.code, kind.code), tr(kind.label), form != nullptr && form->asks(line.measure)});
        }
      shown.lines.push_back(std::move(row));
    }
    shown.summary = tr("{} trên {} chỉ tiêu", in, section.lines.size());
    page.sections.push_back(std::move(shown));
  }
  int number = 0;
  for (const NarrativeBlock& block : draft.content.blocks)
    page.blocks.push_back({std::to_string(++number), block.code, block.part(language), block.heading(language), block.guidance(language), block.need == NarrativeBlock::Need::required, false});
  page.blocks.push_back({std::to_string(++number), {}, {}, {}, {}, false, true});
  number = 0;
  for (const Check& check : draft.content.checks) {
    const std::string place = std::to_string(++number);
    page.checks.push_back({place, check.expression, check.message_vi, page.error_of("kt-" + place), check.severity == Check::Severity::error, false});
  }
  page.checks.push_back({std::to_string(++number), {}, {}, {}, false, true});
  number = 0;
  const auto ticks = [&](const std::string& place, const std::vector<std::string>& asked_of) {
    std::vector<DraftTick> out;
    for (const KindOfForm& kind : kinds_of_forms) out.push_back({fmt::format("ch-ai-{}-{}", place, kind.code), tr(kind.label), std::ranges::find(asked_of, kind.code) != asked_of.end()});
    return out;
  };
  for (const OwnQuestion& question : draft.content.questions) {
    const std::string place = std::to_string(++number);
    page.questions.push_back({place, question.text, question.unit, question.help, page.error_of("ch-" + place), static_cast<std::int64_t>(question.kind), static_cast<std::int64_t>(question.moment),
                              ticks(place, question.asked_of), false});
  }
  const std::string place = std::to_string(++number);
  page.questions.push_back({place, {}, {}, {}, {}, 1, 1, ticks(place, {}), true});
  return page;
}

std::string title_of(const FormVersion& draft) {
  if (draft.kind == FormVersion::Kind::request) return tr("Soạn yêu cầu báo cáo đột xuất");
  return draft.kind == FormVersion::Kind::addition ? tr("Phần thêm của đơn vị vào mẫu báo cáo") : tr("Soạn bản mới của mẫu báo cáo");
}

http::Response answer(const Visit& visit, const FormVersion& draft, FormErrors errors, http::Status status) {
  return http::Response::html(forms_pages::form_draft(visit.frame(title_of(draft), MenuItem::reports), page_of(visit, draft, std::move(errors))), status);
}

std::optional<FormVersion> draft_asked(const Visit& visit, BodyId office) {
  auto found = version_asked(visit, office);
  if (!found || !found->is_draft() || found->owner != office || !may_draft_forms(visit.viewer(), office)) return std::nullopt;
  return found;
}

// A kind of body asks it, or no longer does; where it stood keeps its own words.
void ask_of_kind(FormContent& content, std::string_view kind, const FormSection& section, MeasureIndex measure, bool asked) {
  auto form = std::ranges::find(content.short_forms, kind, &ShortForm::code);
  const bool now = form != content.short_forms.end() && form->asks(measure);
  if (now == asked) return;
  if (!asked) {
    for (FormPart& part : form->parts) std::erase_if(part.fields, [&](const FormField& field) { return field.measure == measure; });
    std::erase_if(form->parts, [](const FormPart& part) { return part.fields.empty(); });
    return;
  }
  if (form == content.short_forms.end()) {
    content.short_forms.emplace_back();
    form = content.short_forms.end() - 1;
    form->code = kind;
  }
  auto part = std::ranges::find(form->parts, section.heading_vi, &FormPart::label_vi);
  if (part == form->parts.end()) {
    form->parts.push_back({section.heading_vi, section.heading_en, {}});
    part = form->parts.end() - 1;
  }
  FormField field;
  field.measure = measure;
  part->fields.push_back(std::move(field));
}

void take_lines(const Visit& visit, FormVersion& draft, const std::vector<FormSection>& sections) {
  const http::Request& request = visit.request();
  const Catalogue& catalogue = visit.house().catalogue;
  std::vector<FormSection> taken;
  for (const FormSection& section : sections) {
    FormSection kept{section.code, section.heading_vi, section.heading_en, {}};
    for (AskedLine line : section.lines) {
      const Measure& measure = catalogue.measure(line.measure);
      const bool in = request.form.fields.has(in_field(measure.code));
      if (in) {
        FormColumns columns;
        for (const FormColumn column : chosen_columns)
          if (request.form.fields.has(column_field(measure.code, column))) columns = columns.with(column);
        line.columns = columns;
        kept.lines.push_back(line);
      }
      if (is_typed(measure.kind))
        for (const KindOfForm& kind : kinds_of_forms) ask_of_kind(draft.content, kind.code, section, line.measure, in && request.form.fields.has(kind_field(measure.code, kind.code)));
    }
    if (!kept.lines.empty()) taken.push_back(std::move(kept));
  }
  draft.content.sections = std::move(taken);
}

void take_blocks(const http::Request& request, FormVersion& draft, FormErrors& errors) {
  const std::vector<NarrativeBlock> before = draft.content.blocks;
  std::vector<NarrativeBlock> taken;
  for (int i = 1; request.form.fields.has("lv-" + std::to_string(i)); ++i) {
    const std::string place = std::to_string(i);
    const std::string code = request.text("lv-ma-" + place), heading = request.text("lv-" + place);
    if (request.form.fields.has("lv-bo-" + place) || (code.empty() && heading.empty())) continue;
    if (heading.empty()) errors.emplace_back("lv-" + place, tr("Xin ghi tên phần lời văn, hoặc đánh dấu bỏ phần này."));
    const auto known = std::ranges::find(before, code, &NarrativeBlock::code);
    NarrativeBlock block = known != before.end() ? *known : NarrativeBlock{};
    if (block.code.empty()) block.code = fmt::format("lv{}_{}", draft.id.value, i);
    const auto put = [](std::string& vi, std::string& en, const std::string& typed) {
      if (vi == typed || en == typed) return;
      vi = typed;
      en = typed;
    };
    put(block.heading_vi, block.heading_en, heading);
    put(block.part_vi, block.part_en, request.text("lv-muc-" + place));
    put(block.guidance_vi, block.guidance_en, request.text("lv-hd-" + place));
    block.need = request.form.fields.has("lv-phai-" + place) ? NarrativeBlock::Need::required : NarrativeBlock::Need::optional;
    taken.push_back(std::move(block));
  }
  draft.content.blocks = std::move(taken);
}

void take_checks(const Visit& visit, FormVersion& draft, const std::vector<MeasureIndex>& asked, FormErrors& errors) {
  const http::Request& request = visit.request();
  std::vector<Check> taken;
  for (int i = 1; request.form.fields.has("kt-" + std::to_string(i)); ++i) {
    const std::string place = std::to_string(i);
    const std::string expression = request.text("kt-" + place), message = request.text("kt-cau-" + place);
    if (request.form.fields.has("kt-bo-" + place) || (expression.empty() && message.empty())) continue;
    auto check = judge_check(visit.house().catalogue, fmt::format("{}-{}", draft.code, i), expression, message, asked);
    if (!check) {
      errors.emplace_back(fmt::format("kt-{}", taken.size() + 1), check.error().message);
      Check typed;
      typed.expression = expression;
      typed.message_vi = message;
      taken.push_back(std::move(typed));
    } else {
      taken.push_back(std::move(*check));
    }
    taken.back().severity = request.form.fields.has("kt-chan-" + place) ? Check::Severity::error : Check::Severity::warning;
  }
  draft.content.checks = std::move(taken);
}

void take_questions(const http::Request& request, FormVersion& draft) {
  draft.content.questions.clear();
  for (int i = 1; request.form.fields.has("ch-" + std::to_string(i)); ++i) {
    const std::string place = std::to_string(i);
    OwnQuestion question;
    question.text = request.text("ch-" + place);
    if (question.text.empty()) continue;
    const std::int64_t kind = typed_number(request, "ch-loai-" + place);
    question.kind = kind >= 1 && kind <= 4 ? static_cast<OwnQuestion::Kind>(kind) : OwnQuestion::Kind::number;
    question.moment = typed_number(request, "ch-luc-" + place) == 2 ? OwnQuestion::Moment::at_the_end : OwnQuestion::Moment::during;
    question.unit = request.text("ch-dv-" + place);
    question.help = request.text("ch-hd-" + place);
    for (const KindOfForm& one : kinds_of_forms)
      if (request.form.fields.has(fmt::format("ch-ai-{}-{}", place, one.code))) question.asked_of.emplace_back(one.code);
    draft.content.questions.push_back(std::move(question));
  }
}

void take_head(const Visit& visit, FormVersion& draft, FormErrors& errors) {
  const http::Request& request = visit.request();
  draft.note = request.text("ghi-chu");
  if (draft.kind == FormVersion::Kind::addition) return;
  if (const std::string name = request.text("ten"); name != draft.name_vi) {
    draft.name_vi = name;
    draft.name_en = name;
  }
  if (draft.kind == FormVersion::Kind::request) {
    const auto day = [&](const char* field) { return request.text(field).empty() ? std::nullopt : typed_day(request, field, errors); };
    const auto first = day("tu"), last = day("den");
    draft.request_period = first && last ? std::optional(Period{*first, *last}) : std::nullopt;
    if (draft.request_period && *last < *first) errors.emplace_back("den", tr("Ngày cuối đứng trước ngày đầu. Xin xem lại."));
    draft.request_due = day("han");
    return;
  }
  draft.windows.clear();
  if (const auto* family = visit.house().periods.family(draft.family))
    for (const auto& window : family->windows)
      if (request.form.fields.has("ky-" + window.code)) draft.windows.push_back(window.code);
}

}  // namespace

http::Response show_draft(const Visit& visit) {
  const auto draft = draft_asked(visit, *visit.body(Permission::keep_bodies));
  return draft ? answer(visit, *draft, {}, http::Status::ok) : visit.not_found();
}

http::Response take_draft(const Visit& visit) {
  const BodyId office = *visit.body(Permission::keep_bodies);
  auto draft = draft_asked(visit, office);
  if (!draft) return visit.not_found();
  House& house = visit.house();
  FormErrors errors;
  draft->row_version = typed_number(visit.request(), "version");
  take_head(visit, *draft, errors);
  take_questions(visit.request(), *draft);
  if (draft->kind != FormVersion::Kind::request) {
    take_lines(visit, *draft, house.store.read([&](db::Reader& reader) { return offered(reader, house, *draft); }));
    take_blocks(visit.request(), *draft, errors);
    take_checks(visit, *draft, house.store.read([&](db::Reader& reader) { return asked_with_base(reader, house, *draft); }), errors);
  }
  if (!errors.empty()) return answer(visit, *draft, std::move(errors), http::Status::unprocessable);
  const auto kept = keep_draft(house, visit.viewer(), *draft);
  if (!kept) {
    put(errors, kept.error(), "ten");
    return answer(visit, *draft, std::move(errors), kept.error().code == "form.stale" ? http::Status::conflict : http::Status::unprocessable);
  }
  if (visit.request().text("tiep") == "ban-hanh") return visit.done(html::path("/bieu-mau/{}/nhap/{}/ban-hanh", office, draft->id), tr("Đã ghi bản nháp."));
  return visit.done(draft_path(office, draft->id), tr("Đã ghi bản nháp. Đơn vị khác chưa thấy."));
}

http::Response drop_draft(const Visit& visit) {
  const BodyId office = *visit.body(Permission::keep_bodies);
  const auto draft = draft_asked(visit, office);
  if (!draft) return visit.not_found();
  const auto done = discard_draft(visit.house(), visit.viewer(), draft->id, typed_number(visit.request(), "version"));
  if (!done) return visit.refused(done.error(), done.error().code == "form.stale" ? http::Status::conflict : http::Status::unprocessable);
  return visit.done(list_path(office), tr("Đã bỏ bản nháp."));
}

}  // namespace khuyenhoc::form_pages
