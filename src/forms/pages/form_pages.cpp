#include <algorithm>
#include <set>

#include "base/i18n.h"
#include "forms/forms_queries.h"
#include "forms/judging.h"
#include "forms/pages/form_list.html.h"
#include "forms/pages/form_preview.html.h"
#include "forms/pages/shared_of_forms.h"
#include "measures/own_indicators.h"
#include "organisation/systems.h"
#include "shell/form_answers.h"

namespace khuyenhoc {
namespace form_pages {

Url list_path(BodyId office) { return html::path("/bieu-mau/{}", office); }
Url version_path(BodyId office, FormVersionId version) { return html::path("/bieu-mau/{}/mau/{}", office, version); }
Url draft_path(BodyId office, FormVersionId version) { return html::path("/bieu-mau/{}/nhap/{}", office, version); }

std::vector<FrameLink> trail_of(const Visit&, BodyId office) { return {{tr("Báo cáo"), Url("/bao-cao")}, {tr("Mẫu báo cáo"), list_path(office)}}; }

std::vector<const BodyKind*> kinds_previewed(const Organisation& organisation, const FormVersion& version, BodyId office) {
  const auto highest = organisation.kind(office).level;
  std::vector<const BodyKind*> out;
  for (const BodyKind& kind : Systems::house().kinds()) {
    if (std::ranges::find(version.systems, kind.system) == version.systems.end() || kind.until || kind.level == BodyKind::Level::centre || kind.level < highest) continue;
    const bool branch = kind.level == BodyKind::Level::branch;
    if (branch && kind.short_form.empty()) continue;
    const bool known = std::ranges::any_of(out, [&](const BodyKind* other) { return other->level == kind.level && (!branch || other->short_form == kind.short_form); });
    if (!known) out.push_back(&kind);
  }
  return out;
}

std::string kind_label(const BodyKind& kind, Language language) { return language == Language::english ? kind.label_en : kind.label_vi; }

std::vector<FormKindChoice> preview_links(const Visit& visit, const FormVersion& version, BodyId office, const BodyKind* current) {
  std::vector<FormKindChoice> out;
  for (const BodyKind* kind : kinds_previewed(*visit.organisation(), version, office))
    out.push_back({kind_label(*kind, visit.language()), version_path(office, version.id).with("loai", kind->code), kind == current});
  return out;
}

std::vector<FormVersion> around(db::Reader& reader, const House& house, const FormVersion& version, BodyId office) {
  if (version.kind == FormVersion::Kind::request) return {version};
  std::vector<FormVersion> out;
  bool placed = false;
  for (const auto id : pins_in_force(reader, house, version.code, office, Day::latest(), PinBelow::no).versions) {
    auto other = form_version(reader, house, id);
    if (!other) continue;
    if (other->kind == version.kind && (other->owner == version.owner || version.kind == FormVersion::Kind::periodic)) {
      out.push_back(version);
      placed = true;
    } else {
      out.push_back(std::move(*other));
    }
  }
  if (!placed) out.push_back(version);
  return out;
}

std::string columns_words(FormColumns columns) {
  std::string out;
  const auto add = [&](FormColumn column, const std::string& words) {
    if (columns.has(column)) out += (out.empty() ? "" : " · ") + words;
  };
  add(FormColumn::plan, tr("Kế hoạch năm"));
  add(FormColumn::done, tr("Thực hiện kỳ"));
  add(FormColumn::estimate, tr("Ước thực hiện"));
  add(FormColumn::same_period, tr("Cùng kỳ"));
  add(FormColumn::against_plan, tr("So kế hoạch"));
  return out;
}

std::string windows_words(const Periods& periods, const FormVersion& version, Language language) {
  const PeriodFamily* family = periods.family(version.family);
  std::string out;
  for (const auto& code : version.windows) {
    const PeriodWindow* window = family ? family->window(code) : nullptr;
    if (!window) continue;
    std::string label = language == Language::english ? window->label_en : window->label_vi;
    for (const std::string_view hole : {" {year}–{next}", " of {year}", " {year}"})
      if (const auto at = label.find(hole); at != std::string::npos) label.erase(at);
    out += (out.empty() ? "" : ", ") + label;
  }
  return out;
}

std::optional<FormVersion> version_asked(const Visit& visit, BodyId office) {
  const FormVersionId id{whole_number(visit.request().parameter("version"))};
  const auto found = visit.house().store.read([&](db::Reader& reader) { return form_version(reader, visit.house(), id); });
  if (!found) return std::nullopt;
  const Organisation& organisation = *visit.organisation();
  if (found->owner == office) return *found;
  if (found->is_draft()) return std::nullopt;
  if (!found->owner) return *found;
  if (organisation.find(found->owner) == nullptr) return std::nullopt;
  const TreeInTime& tree = organisation.superiors();
  const Node mine = organisation.node(office), theirs = organisation.node(found->owner);
  if (found->kind == FormVersion::Kind::periodic || tree.is_within(mine, theirs, visit.today())) return *found;
  return std::nullopt;
}

std::vector<FormUse> uses_of(const Shared& shared, db::Reader& reader, FormVersionId version) { return shared.uses ? shared.uses(reader, version) : std::vector<FormUse>{}; }

namespace {

std::size_t lines_in(const FormVersion& version) {
  std::size_t out = 0;
  for (const auto& section : version.content.sections) out += section.lines.size();
  return out;
}

std::string request_words(const FormVersion& version) {
  std::string out = version.is_draft() ? tr("Bản nháp") : tr("Đã ban hành");
  if (version.request_period) out += " · " + tr("số liệu {}", version.request_period->text());
  if (version.request_due) out += " · " + tr("hạn gửi {}", version.request_due->text());
  return out;
}

FormsListPage list_of(const Visit& visit, BodyId office) {
  House& house = visit.house();
  const Organisation& organisation = *visit.organisation();
  FormsListPage page;
  page.trail = {{tr("Báo cáo"), Url("/bao-cao")}};
  page.body = office;
  page.office = organisation.body(office).on(visit.today()).name;
  page.may_draft = may_draft_forms(visit.viewer(), office);
  page.may_publish = may_publish_forms(visit.viewer(), office);
  const bool branch = organisation.kind(office).level == BodyKind::Level::branch;
  house.store.read([&](db::Reader& reader) {
    for (const FormVersion& form : forms_in_force(reader, house, office, visit.today())) {
      const auto additions = pins_in_force(reader, house, form.code, office, visit.today(), PinBelow::no).versions;
      std::string owner = form.owner ? tr("Mẫu của {}", organisation.body(form.owner).on(visit.today()).name) : tr("Mẫu chung của toàn hệ thống");
      for (const auto id : additions)
        if (const auto one = form_version(reader, house, id); one && one->kind == FormVersion::Kind::addition)
          owner += "; " + tr("có phần thêm của {}", organisation.body(one->owner).on(visit.today()).name);
      page.forms.push_back({form.name(visit.language()),
                            tr("Bản {}", form.number) + " · " + windows_words(house.periods, form, visit.language()) + (branch ? "" : " · " + tr("{} chỉ tiêu", lines_in(form)) + " · " + tr("{} phần lời văn", form.content.blocks.size())),
                            owner, version_path(office, form.id), form.code, form.owner == office || (!form.owner && organisation.head(organisation.kind(office).system, visit.today()) == office) ? tr("Soạn bản mới") : tr("Thêm phần riêng của đơn vị")});
    }
    for (const FormVersion& one : forms_sql::of_owner(reader, office)) {
      if (one.kind == FormVersion::Kind::request) {
        if (!one.is_draft() || page.may_draft)
          page.requests.push_back({one.name_vi.empty() ? tr("Yêu cầu chưa đặt tên") : one.name_vi, request_words(one), one.is_draft() ? draft_path(office, one.id) : version_path(office, one.id)});
      } else if (one.is_draft() && page.may_draft) {
        page.drafts.push_back({one.name(visit.language()), one.kind == FormVersion::Kind::addition ? tr("Phần thêm của đơn vị, bản {}", one.number) : tr("Bản {}", one.number), draft_path(office, one.id)});
      }
    }
    const auto periods = periods_of(reader, house, office);
    std::vector<std::string> families;
    for (const FormVersion& form : forms_in_force(reader, house, office, visit.today()))
      if (std::ranges::find(families, form.family) == families.end()) families.push_back(form.family);
    for (const auto& code : families) {
      std::string words;
      for (const auto& named : periods->at(code, visit.today()))
        if (!named.window.starts_with("Q")) words += (words.empty() ? "" : "; ") + tr("{}: {}", periods->label(named, visit.language()), named.period.text());
      const PeriodFamily& family = *periods->family(code);
      page.windows.emplace_back(visit.language() == Language::english ? family.label_en : family.label_vi, words);
    }
  });
  return page;
}

http::Response show_list(const Visit& visit, BodyId office) { return http::Response::html(forms_pages::form_list(visit.frame(tr("Mẫu báo cáo"), MenuItem::reports), list_of(visit, office))); }

// A form serves several periods: its texts name none of them.
std::string any_period(std::string text) {
  const std::pair<std::string_view, std::string> holes[] = {{"{first}", tr("ngày đầu kỳ")}, {"{last}", tr("ngày cuối kỳ")}, {"{year}", tr("năm báo cáo")}};
  for (const auto& [hole, words] : holes)
    for (auto at = text.find(hole); at != std::string::npos; at = text.find(hole, at + words.size())) text.replace(at, hole.size(), words);
  return text;
}

// "Gia đình học tập không lớn hơn số hộ": a formula in the names of its indicators; what has no name of its own stays as it was written.
std::string check_words(const Catalogue& catalogue, const std::string& expression, Language language) {
  const auto piece = [&](const std::string& token) -> std::string {
    if (token == "==") return tr("bằng");
    if (token == "<=") return tr("không lớn hơn");
    if (token == ">=") return tr("không nhỏ hơn");
    if (token == "<") return tr("nhỏ hơn");
    if (token == ">") return tr("lớn hơn");
    const auto at = token.find('@');
    const auto measure = catalogue.find(token.substr(0, at));
    if (!measure) return token;
    const std::string label = fmt::format("“{}”", catalogue.measure(*measure).label(language));
    return at == std::string::npos ? label : token.substr(at) == "@before" ? tr("{} (kỳ trước)", label) : tr("{} (12 tháng trước kỳ)", label);
  };
  std::string out;
  for (std::size_t from = 0; from < expression.size();) {
    const std::size_t end = std::min(expression.find(' ', from), expression.size());
    if (end > from) out += (out.empty() ? "" : " ") + piece(expression.substr(from, end - from));
    from = end + 1;
  }
  return out;
}

void add_questions(PreviewPage& page, const FormVersion& version, const BodyKind& kind) {
  const std::string code = kind.level == BodyKind::Level::branch ? kind.short_form : kind.level == BodyKind::Level::commune ? "xa" : "tinh";
  PreviewPart part{tr("Câu hỏi riêng"), {}};
  for (const OwnQuestion& question : version.content.questions) {
    if (std::ranges::find(question.asked_of, code) == question.asked_of.end()) continue;
    if (question.kind == OwnQuestion::Kind::text) {
      page.blocks.push_back({{}, question.text, question.help, {}, false});
      continue;
    }
    const auto as = question.kind == OwnQuestion::Kind::money ? PreviewField::Kind::money : question.kind == OwnQuestion::Kind::yes_no ? PreviewField::Kind::yes_no : PreviewField::Kind::number;
    part.fields.push_back({question.text, question.help, question.unit, as});
  }
  if (!part.fields.empty()) page.asked.push_back(std::move(part));
}

PreviewPage preview_of(const Visit& visit, const FormVersion& version, const BodyKind& kind, BodyId office, const Shared& shared) {
  House& house = visit.house();
  const Language language = visit.language();
  const Organisation& organisation = *visit.organisation();
  PreviewPage page;
  page.trail = trail_of(visit, office);
  page.name = version.name(language).empty() ? tr("Yêu cầu chưa đặt tên") : version.name(language);
  page.sentence = tr("{} thấy mẫu như sau.", kind_label(kind, language));
  page.kinds = preview_links(visit, version, office, &kind);
  const auto versions = house.store.read([&](db::Reader& reader) {
    page.uses = uses_of(shared, reader, version.id);
    return around(reader, house, version, office);
  });
  const ComposedForm form = composed(house.catalogue, versions, kind, office);
  const auto named = current_period(house.periods, visit.today());
  const auto said = [&](const std::string& text) { return version.family == named.family ? said_in(text, house.periods, named, language) : text; };
  const auto added = [&](BodyId owner) { return owner ? tr("Phần thêm của {}", organisation.body(owner).on(visit.today()).name) : std::string(); };
  for (const FormPart& part : form.asked.parts) {
    PreviewPart shown{language == Language::english ? part.label_en : part.label_vi, {}};
    for (const FormField& field : part.fields) {
      const Measure& measure = house.catalogue.measure(field.measure);
      const bool english = language == Language::english;
      shown.fields.push_back({any_period(english ? field.label_en : field.label_vi), {}, english ? field.unit_en : field.unit_vi,
                              measure.is_yes_no ? PreviewField::Kind::yes_no : measure.is_money ? PreviewField::Kind::money : PreviewField::Kind::number});
    }
    shown.heading = said(shown.heading);
    page.asked.push_back(std::move(shown));
  }
  for (const FormSection& section : form.sections) {
    PreviewSection shown{section.heading(language), {}};
    for (const AskedLine& line : section.lines) {
      const Measure& measure = house.catalogue.measure(line.measure);
      shown.lines.push_back({line.label(language), measure.unit(language), added(line.added_by), is_typed(measure.kind), columns_words(line.columns)});
    }
    page.sections.push_back(std::move(shown));
  }
  for (const NarrativeBlock& block : form.blocks)
    page.blocks.push_back({said(block.part(language)), said(block.heading(language)), said(block.guidance(language)), added(block.added_by), block.need == NarrativeBlock::Need::required});
  std::set<MeasureIndex> asked;
  for (const FormPart& part : form.asked.parts)
    for (const FormField& field : part.fields) asked.insert(field.measure);
  for (const FormSection& section : kind.level == BodyKind::Level::branch ? std::vector<FormSection>() : form.sections)
    for (const AskedLine& line : section.lines) asked.insert(line.measure);
  for (const Check& check : form.checks)
    if (std::ranges::any_of(check.measures, [&](MeasureIndex measure) { return asked.contains(measure); })) page.checks.push_back(check_words(house.catalogue, check.expression, language));
  add_questions(page, version, kind);
  if (page.asked.empty()) page.nothing_asked = tr("Loại đơn vị này không phải tự ghi số nào trong mẫu này.");
  page.facts = {{tr("Bản"), std::to_string(version.number)}, {tr("Của"), version.owner ? organisation.body(version.owner).on(visit.today()).name : tr("Mẫu chung của toàn hệ thống")},
                {tr("Tình trạng"), version.is_draft() ? tr("Bản nháp") : tr("Đang dùng từ {}", version.in_force_from.text())}};
  if (!version.windows.empty()) page.facts.emplace_back(tr("Dùng cho"), windows_words(house.periods, version, language));
  if (version.request_period) page.facts.emplace_back(tr("Số liệu"), version.request_period->text());
  if (version.request_due) page.facts.emplace_back(tr("Hạn gửi"), version.request_due->text());
  if (!version.is_draft() && version.kind != FormVersion::Kind::addition && !shared.open_round.empty() && may_draft_forms(visit.viewer(), office)) {
    page.round_label = tr("Mở đợt báo cáo theo mẫu này");
    page.round_link = Url::local(shared.open_round).value_or(Url("/")).with("mau", version.id.value);
  }
  return page;
}

http::Response show_version(const Visit& visit, const Shared& shared) {
  const BodyId office = *visit.body(Permission::see_figures);
  const auto version = version_asked(visit, office);
  if (!version || (version->is_draft() && !may_draft_forms(visit.viewer(), office))) return visit.not_found();
  const auto kinds = kinds_previewed(*visit.organisation(), *version, office);
  const BodyKind* chosen = &visit.organisation()->kind(office);
  const std::string wanted(visit.request().query.value("loai"));
  for (const BodyKind* kind : kinds)
    if (kind->code == wanted) chosen = kind;
  const PreviewPage page = preview_of(visit, *version, *chosen, office, shared);
  return http::Response::html(forms_pages::form_preview(visit.frame(page.name, MenuItem::reports), page));
}

http::Response begin(const Visit& visit) {
  const BodyId office = *visit.body(Permission::keep_bodies);
  const auto made = begin_draft(visit.house(), visit.viewer(), office, visit.request().text("mau"));
  if (!made) return visit.refused(made.error(), http::Status::unprocessable);
  return visit.done(draft_path(office, *made), tr("Đã mở bản nháp. Đơn vị khác chưa thấy."));
}

http::Response begin_asking(const Visit& visit) {
  const BodyId office = *visit.body(Permission::keep_bodies);
  const auto made = begin_request(visit.house(), visit.viewer(), office);
  if (!made) return visit.refused(made.error(), http::Status::unprocessable);
  return visit.done(draft_path(office, *made), tr("Đã mở một yêu cầu mới. Đơn vị khác chưa thấy."));
}

}  // namespace
}  // namespace form_pages

void add_form_pages(Pages& pages, FormUses uses, std::string open_round) {
  using namespace form_pages;
  const Shared shared{std::move(uses), std::move(open_round)};
  pages.house().windows_of = [&house = pages.house()](db::Reader& reader, BodyId office) { return periods_of(reader, house, office); };
  pages.get("/bieu-mau", [](const Visit& visit) { return show_list(visit, visit.viewer().acting_for()); });
  pages.get("/bieu-mau/{body:number}", Permission::see_figures, RouteScope::body, [](const Visit& visit) { return show_list(visit, *visit.body(Permission::see_figures)); });
  pages.get("/bieu-mau/{body:number}/mau/{version:number}", Permission::see_figures, RouteScope::body, [shared](const Visit& visit) { return show_version(visit, shared); });
  pages.post("/bieu-mau/{body:number}/soan", Permission::keep_bodies, RouteScope::body, begin);
  pages.post("/bieu-mau/{body:number}/yeu-cau", Permission::keep_bodies, RouteScope::body, begin_asking);
  pages.get("/bieu-mau/{body:number}/nhap/{version:number}", Permission::keep_bodies, RouteScope::body, show_draft);
  pages.post("/bieu-mau/{body:number}/nhap/{version:number}", Permission::keep_bodies, RouteScope::body, take_draft);
  pages.post("/bieu-mau/{body:number}/nhap/{version:number}/bo", Permission::keep_bodies, RouteScope::body, drop_draft);
  pages.get("/bieu-mau/{body:number}/nhap/{version:number}/ban-hanh", Permission::sign, RouteScope::body, [shared](const Visit& visit) { return show_publish(visit, shared); });
  pages.post("/bieu-mau/{body:number}/nhap/{version:number}/ban-hanh", Permission::sign, RouteScope::body, [shared](const Visit& visit) { return take_publish(visit, shared); });
  pages.get("/bieu-mau/{body:number}/ky", Permission::sign, RouteScope::body, show_windows);
  pages.post("/bieu-mau/{body:number}/ky", Permission::sign, RouteScope::body, take_windows);
}

}  // namespace khuyenhoc
