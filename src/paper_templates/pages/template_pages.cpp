// Where an office keeps its Word templates: the versions and which is used, uploading, the list of places, trials.
#include <algorithm>

#include "base/number.h"
#include "organisation/namesakes.h"
#include "organisation/systems.h"
#include "paper_templates/pages/fields.html.h"
#include "paper_templates/pages/template_views.h"
#include "paper_templates/pages/templates.html.h"
#include "paper_templates/paper_templates.h"
#include "rounds/rounds.h"
#include "shell/form_answers.h"
#include "shell/start_under_way.h"

namespace khuyenhoc {
namespace {

using namespace template_pages;

constexpr const char* word_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
constexpr std::size_t reports_listed = 6;

std::vector<FrameLink> trail_to(const Visit& visit, BodyId body) {
  return after_start(visit, {{tr("Tổ chức Hội"), Url("/to-chuc")}, {name_among_siblings(*visit.organisation(), body, visit.today()), html::path("/to-chuc/{}", body)}, {tr("Thể thức văn bản"), html::path("/to-chuc/{}/the-thuc", body)}});
}

struct Chosen {
  BodyId body;
  std::vector<FormVersion> forms;        // that the body reports on
  ComposedForm form;
};
// The body of the address with the form that is asked for, or its first one; none: it writes no reports.
std::optional<Chosen> chosen_in(const Visit& visit, Permission permission, std::string_view code) {
  const auto body = visit.body(permission);
  if (!body || visit.organisation()->kind(*body).level == BodyKind::Level::branch || !visit.organisation()->body(*body).alive(visit.today())) return std::nullopt;
  House& house = visit.house();
  return house.store.read([&](db::Reader& reader) -> std::optional<Chosen> {
    Chosen out{*body, forms_in_force(reader, house, *body, visit.today()), {}};
    if (out.forms.empty()) return std::nullopt;
    const auto at = std::ranges::find(out.forms, code, &FormVersion::code);
    const std::string wanted = at == out.forms.end() ? out.forms.front().code : at->code;
    auto form = compose(reader, house, pins_in_force(reader, house, wanted, *body, visit.today(), PinBelow::no), *body, visit.today());
    if (!form) return std::nullopt;
    out.form = std::move(*form);
    return out;
  });
}

Url page_of(BodyId body, std::string_view form) { return paper_templates_page(body).with("mau", form); }

void put_choices(const Visit& visit, db::Reader& reader, const Chosen& chosen, TemplatesPage& page) {
  House& house = visit.house();
  const BodyId body = chosen.body;
  const PaperChoice choice = paper_choice(reader, body, page.form);
  page.number = std::to_string(choice.number);
  page.house_in_use = !choice.paper_template;
  for (const PaperTemplate& one : paper_templates(reader, body, page.form))
    page.versions.push_back({tr("bản {}", one.version), one.file_name, one.by_name, time_text(one.at_ms), one.id == choice.paper_template, std::to_string(one.id.value),
                             html::path("/to-chuc/{}/the-thuc/mau-bao-cao/{}/tep.docx", body, one.id), html::path("/to-chuc/{}/the-thuc/mau-bao-cao/{}/dien-thu.docx", body, one.id)});
  const auto columns = annex_columns(house.catalogue, chosen.form, choice);
  for (const MeasureIndex column : columns) page.chosen.push_back(house.catalogue.measure(column).label(visit.language()));
  for (const FormSection& section : chosen.form.sections) {
    ColumnGroup group{section.heading(visit.language()), {}};
    for (const AskedLine& line : section.lines) {
      const Measure& measure = house.catalogue.measure(line.measure);
      group.choices.push_back({measure.code, line.label(visit.language()), measure.unit(visit.language()), std::ranges::find(columns, line.measure) != columns.end()});
    }
    page.columns.push_back(std::move(group));
  }
  for (const RoundReport& report : reports_of_body(reader, body))
    if (report.form == page.form && page.reports.size() < reports_listed)
      page.reports.push_back({tr("Báo cáo {}", house.periods.label(report.window, visit.language())), html::path("/bao-cao-ky/{}/van-ban", report.id)});
}

http::Response page_answer(const Visit& visit, const Chosen& chosen, const std::optional<Refusal>& upload_refusal, const std::optional<Refusal>& choice_refusal) {
  const BodyId body = chosen.body;
  TemplatesPage page;
  page.trail = trail_to(visit, body);
  page.office = name_among_siblings(*visit.organisation(), body, visit.today());
  page.form = chosen.form.code;
  page.form_name = chosen.form.name(visit.language());
  page.may_keep = visit.viewer().may(Permission::keep_bodies, body);
  for (const FormVersion& one : chosen.forms) page.forms.push_back({one.name(visit.language()), page_of(body, one.code), one.code == page.form});
  page.use = html::path("/to-chuc/{}/the-thuc/mau-bao-cao/dung", body);
  page.use_columns = html::path("/to-chuc/{}/the-thuc/mau-bao-cao/cot", body);
  page.fields = html::path("/to-chuc/{}/the-thuc/mau-bao-cao/cho-dien", body).with("mau", page.form);
  page.first = html::path("/to-chuc/{}/the-thuc/mau-bao-cao/khoi-dau.docx", body).with("mau", page.form);
  visit.house().store.read([&](db::Reader& reader) { put_choices(visit, reader, chosen, page); });
  page.upload = PlainForm{.trail = {}, .action = paper_templates_page(body), .fields = {}, .button = tr("Tải lên và kiểm tra"), .consequence = tr("Tên chỗ điền nào chưa hiểu được sẽ báo ngay; các bản cũ vẫn giữ.")};
  page.upload.fields = {FormLine::hidden("form", page.form), {.kind = FormLine::Kind::file, .name = "tep", .label = tr("Tệp Word"), .help = tr("Tệp .docx, không có macro, không quá 5 MB."), .wanted = FormLine::Wanted::yes}};
  if (upload_refusal) put(page.upload.errors, *upload_refusal, "tep");
  if (choice_refusal) put(page.errors, *choice_refusal, "cot");
  const auto status = upload_refusal ? status_of(*upload_refusal) : choice_refusal ? status_of(*choice_refusal) : http::Status::ok;
  return http::Response::html(paper_templates_pages::templates(visit.frame(tr("Mẫu báo cáo in ra"), MenuItem::organisation), page), status);
}

http::Response no_reports(const Visit& visit) {
  return visit.refused({"template.body", tr("Đơn vị này không lập báo cáo có số, nên không có mẫu văn bản báo cáo."), {}}, http::Status::unprocessable);
}

http::Response show(const Visit& visit) {
  if (!visit.body(Permission::see_figures)) return visit.not_found();
  const auto chosen = chosen_in(visit, Permission::see_figures, visit.request().query.value("mau"));
  return chosen ? page_answer(visit, *chosen, {}, {}) : no_reports(visit);
}

http::Response upload(const Visit& visit) {
  if (!visit.body(Permission::keep_bodies)) return visit.not_found();
  const auto chosen = chosen_in(visit, Permission::keep_bodies, visit.request().text("form"));
  if (!chosen) return no_reports(visit);
  const http::Upload* file = visit.request().file("tep");
  if (file == nullptr || file->content.empty()) return page_answer(visit, *chosen, Refusal{"file.empty", tr("Xin chọn tệp Word của mẫu."), "tep"}, {});
  House& house = visit.house();
  const auto done = house.store.write([&](db::Writer& writer) { return keep_template(writer, house, visit.viewer(), chosen->body, chosen->form, std::string(file->content), file->file_name); });
  if (!done) return page_answer(visit, *chosen, done.error(), {});
  return visit.done(page_of(chosen->body, chosen->form.code), tr("Đã nhận {} (bản {}). Các chỗ điền đều đúng. Bấm “Dùng mẫu này” để in báo cáo theo mẫu.", done->file_name, done->version));
}

http::Response use(const Visit& visit) {
  if (!visit.body(Permission::keep_bodies)) return visit.not_found();
  const auto chosen = chosen_in(visit, Permission::keep_bodies, visit.request().text("form"));
  if (!chosen) return no_reports(visit);
  House& house = visit.house();
  const PaperTemplateId wanted{typed_number(visit.request(), "mau")};
  const auto done = house.store.write([&](db::Writer& writer) { return use_template(writer, house, visit.viewer(), chosen->body, chosen->form, wanted, typed_number(visit.request(), "number")); });
  if (!done) return page_answer(visit, *chosen, {}, done.error());
  return visit.done(page_of(chosen->body, chosen->form.code), wanted ? tr("Từ nay báo cáo in theo mẫu đã chọn. Báo cáo đã ký giữ mẫu lúc ký.") : tr("Từ nay báo cáo in theo thể thức chung. Báo cáo đã ký giữ mẫu lúc ký."));
}

http::Response columns(const Visit& visit) {
  if (!visit.body(Permission::keep_bodies)) return visit.not_found();
  const auto chosen = chosen_in(visit, Permission::keep_bodies, visit.request().text("form"));
  if (!chosen) return no_reports(visit);
  House& house = visit.house();
  std::vector<std::string> codes;
  for (const std::string_view code : visit.request().form.fields.all("cot")) codes.emplace_back(code);
  const auto done = house.store.write([&](db::Writer& writer) { return use_columns(writer, house, visit.viewer(), chosen->body, chosen->form, codes, typed_number(visit.request(), "number")); });
  if (!done) return page_answer(visit, *chosen, {}, done.error());
  return visit.done(page_of(chosen->body, chosen->form.code), codes.empty() ? tr("Phụ lục dùng các cột thường lệ.") : tr("Đã ghi {} cột của phụ lục.", codes.size()));
}

http::Response field_list(const Visit& visit) {
  if (!visit.body(Permission::see_figures)) return visit.not_found();
  const auto chosen = chosen_in(visit, Permission::see_figures, visit.request().query.value("mau"));
  if (!chosen) return no_reports(visit);
  FieldsPage page;
  page.trail = trail_to(visit, chosen->body);
  page.trail.push_back({tr("Mẫu báo cáo in ra"), page_of(chosen->body, chosen->form.code)});
  page.form_name = chosen->form.name(visit.language());
  for (const TemplateField& field : template_fields(visit.house().catalogue, chosen->form)) {
    if (page.groups.empty() || page.groups.back().heading != field.group) page.groups.push_back({field.group, {}});
    page.groups.back().fields.push_back({"<<" + field.name + ">>", field.gives, field.example});
  }
  return http::Response::html(paper_templates_pages::fields(visit.frame(tr("Các chỗ điền trong mẫu Word"), MenuItem::organisation), page));
}

http::Response download(std::string content, const std::string& name) { return http::Response::download(std::make_shared<const std::string>(std::move(content)), word_type, name); }

http::Response first(const Visit& visit) {
  if (!visit.body(Permission::see_figures)) return visit.not_found();
  const auto chosen = chosen_in(visit, Permission::see_figures, visit.request().query.value("mau"));
  if (!chosen) return no_reports(visit);
  const bool youth = Systems::house().papers_of(visit.organisation()->kind(chosen->body).system) == BodySystem::Papers::youth_union;
  return download(first_template(chosen->form, youth ? document::LetterheadFamily::youth_union : document::LetterheadFamily::state), "Mẫu khởi đầu.docx");
}

enum class Which { as_uploaded, filled };

http::Response file(const Visit& visit, Which which) {
  const auto body = visit.body(Permission::see_figures);
  if (!body) return visit.not_found();
  House& house = visit.house();
  const auto found = house.store.read([&](db::Reader& reader) -> std::optional<std::pair<PaperTemplate, std::string>> {
    auto one = find_paper_template(reader, PaperTemplateId{visit.request().number("tep")});
    if (!one || one->body != *body) return std::nullopt;
    std::string bytes = template_bytes(reader, *one);
    return std::pair(std::move(*one), std::move(bytes));
  });
  if (!found) return visit.not_found();
  if (which == Which::as_uploaded) return download(found->second, found->first.file_name);
  const auto chosen = chosen_in(visit, Permission::see_figures, found->first.form);
  const auto made = document::DocxTemplate::read(found->second);
  if (!chosen || !made) return visit.not_found();
  return download(trial_document(*made, template_fields(house.catalogue, chosen->form)), "Điền thử – " + found->first.file_name);
}

}  // namespace

Url paper_templates_page(BodyId body) { return html::path("/to-chuc/{}/the-thuc/mau-bao-cao", body); }

void add_paper_template_pages(Pages& pages) {
  using enum Permission;
  constexpr auto scope = RouteScope::body;
  pages.get("/to-chuc/{body:number}/the-thuc/mau-bao-cao", see_figures, scope, show);
  pages.post_file("/to-chuc/{body:number}/the-thuc/mau-bao-cao", keep_bodies, scope, upload);
  pages.post("/to-chuc/{body:number}/the-thuc/mau-bao-cao/dung", keep_bodies, scope, use);
  pages.post("/to-chuc/{body:number}/the-thuc/mau-bao-cao/cot", keep_bodies, scope, columns);
  pages.get("/to-chuc/{body:number}/the-thuc/mau-bao-cao/cho-dien", see_figures, scope, field_list);
  pages.get("/to-chuc/{body:number}/the-thuc/mau-bao-cao/khoi-dau.docx", see_figures, scope, first);
  pages.get("/to-chuc/{body:number}/the-thuc/mau-bao-cao/{tep:number}/tep.docx", see_figures, scope, [](const Visit& visit) { return file(visit, Which::as_uploaded); });
  pages.get("/to-chuc/{body:number}/the-thuc/mau-bao-cao/{tep:number}/dien-thu.docx", see_figures, scope, [](const Visit& visit) { return file(visit, Which::filled); });
}

}  // namespace khuyenhoc
