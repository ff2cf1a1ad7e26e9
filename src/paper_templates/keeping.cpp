// Taking a template in, and saying what is used from now on.
#include <algorithm>

#include "base/i18n.h"
#include "paper_templates/paper_templates.h"
#include "paper_templates/paper_templates_queries.h"
#include "platform/files/files.h"

namespace khuyenhoc {
namespace {

constexpr std::size_t most_problems_said = 6;

Refusal may_not() { return {"template.may_not", tr("Chỉ người quản lý văn bản của đơn vị mới đặt được mẫu Word."), {}}; }

void tell(db::Writer& writer, const House& house, const Viewer& viewer, BodyId body, std::int64_t record, std::string_view action, const std::string& summary) {
  house.trail.write(writer, viewer, body, "paper_template", record, action, {}, fmt::format(R"({{"summary":{}}})", json_text(summary)));
}

Result<void> put_choice(db::Writer& writer, const House& house, const Viewer& viewer, PaperChoice now, std::int64_t expected, const std::string& summary) {
  if (!viewer.may(Permission::keep_bodies, now.body)) return std::unexpected(may_not());
  if (now.number != expected) return refuse("paper_choice.stale", tr("Người khác vừa đổi cách in báo cáo. Xin xem lại rồi chọn."));
  ++now.number;
  paper_template_sql::insert_choice(writer, now, viewer.user(), viewer.name(), house.clock.now_ms());
  tell(writer, house, viewer, now.body, now.paper_template.value, "use", summary);
  return {};
}

}  // namespace

Result<PaperTemplate> keep_template(db::Writer& writer, const House& house, const Viewer& viewer, BodyId body, const ComposedForm& form, std::string content, const std::string& file_name) {
  if (!viewer.may(Permission::keep_bodies, body)) return std::unexpected(may_not());
  const auto made = document::DocxTemplate::read(content);
  if (!made) return std::unexpected(Refusal{made.error().code, made.error().message, "tep"});
  const std::vector<std::string> problems = template_problems(*made, template_fields(house.catalogue, form));
  if (made->places().empty()) return refuse("template.fields", tr("Trong tệp chưa có chỗ điền nào. Xin ghi chỗ điền trong dấu << >>, ví dụ <<số>>, rồi tải lên lại."), "tep");
  if (!problems.empty()) {
    std::string said;
    for (std::size_t i = 0; i < std::min(problems.size(), most_problems_said); ++i) said += (i == 0 ? "" : " ") + problems[i];
    if (problems.size() > most_problems_said) said += " " + tr("Còn {} chỗ nữa.", problems.size() - most_problems_said);
    return refuse("template.fields", said, "tep");
  }
  const std::string name = files::safe_name(file_name);
  auto accepted = files::accept(std::move(content), name);
  if (!accepted) return std::unexpected(Refusal{accepted.error().code, accepted.error().message, "tep"});
  const auto known = paper_templates(writer, body, form.code);
  if (const auto same = std::ranges::find(known, accepted->digest, &PaperTemplate::digest); same != known.end()) return *same;   // the same file twice is one
  files::keep(writer, *accepted, house.clock.now_ms());
  const PaperTemplate out{house.store.new_id<PaperTemplateId>(), body, form.code, known.empty() ? 1 : known.front().version + 1, accepted->digest, name, viewer.user(), viewer.name(), house.clock.now_ms()};
  paper_template_sql::insert(writer, out);
  tell(writer, house, viewer, body, out.id.value, "keep", tr(Language::vietnamese, "Tải lên mẫu Word của “{}”: {} (bản {})", form.name_vi, name, out.version));
  return out;
}

Result<void> use_template(db::Writer& writer, const House& house, const Viewer& viewer, BodyId body, const ComposedForm& form, PaperTemplateId paper_template, std::int64_t expected_number) {
  PaperChoice now = paper_choice(writer, body, form.code);
  const auto chosen = paper_template ? find_paper_template(writer, paper_template) : std::nullopt;
  if (paper_template && (!chosen || chosen->body != body || chosen->form != form.code)) return refuse("paper_choice.template", tr("Không còn mẫu Word này. Xin chọn lại."), "mau");
  now.paper_template = paper_template;
  return put_choice(writer, house, viewer, std::move(now), expected_number,
                    chosen ? tr(Language::vietnamese, "Dùng mẫu Word {} (bản {}) cho “{}”", chosen->file_name, chosen->version, form.name_vi) : tr(Language::vietnamese, "Dùng thể thức chung cho “{}”", form.name_vi));
}

Result<void> use_columns(db::Writer& writer, const House& house, const Viewer& viewer, BodyId body, const ComposedForm& form, const std::vector<std::string>& columns, std::int64_t expected_number) {
  PaperChoice now = paper_choice(writer, body, form.code);
  now.columns.clear();
  for (const std::string& code : columns) {
    const auto measure = house.catalogue.find(code);
    if (!measure || form.line(*measure) == nullptr) return refuse("paper_choice.columns", tr("Mẫu báo cáo này không có chỉ tiêu “{}”. Xin chọn lại.", code), "cot");
    if (std::ranges::find(now.columns, code) == now.columns.end()) now.columns.push_back(code);
  }
  if (now.columns.size() > most_annex_columns) return refuse("paper_choice.columns", tr("Phụ lục có nhiều nhất {} cột số liệu. Xin bỏ bớt {} cột.", most_annex_columns, now.columns.size() - most_annex_columns), "cot");
  return put_choice(writer, house, viewer, std::move(now), expected_number, tr(Language::vietnamese, "Chọn {} cột số liệu cho phụ lục của “{}”", columns.size(), form.name_vi));
}

}  // namespace khuyenhoc
