#include "forms/house_forms.h"

#include <algorithm>
#include <cassert>

#include <fmt/format.h>

#include "forms/form_content.h"
#include "forms/forms_queries.h"
#include "organisation/systems.h"
#include "platform/config/table.h"

namespace khuyenhoc {

extern const std::string_view forms_catalogue;

namespace {

std::unexpected<Refusal> wrong(std::string_view place, const std::string& message) { return refuse("forms.entry", "Danh mục mẫu báo cáo: " + message, std::string(place)); }

// References and computed figures have no plan of the year to be measured against, and nothing to be estimated.
FormColumns columns_of(const Measure& measure, FormColumns wanted) {
  const bool planned = measure.kind == MeasureKind::stock || measure.kind == MeasureKind::flow || measure.kind == MeasureKind::yearly;
  if (planned) return wanted;
  auto out = FormColumns::of_bits(0);
  if (wanted.has(FormColumn::same_period)) out = out.with(FormColumn::same_period);
  return out;
}

Result<FormColumns> columns_in(const config::Table& entry, const std::string& form) {
  FormColumns out;
  for (const auto& word : entry.texts("columns")) {
    if (word == "plan") out = out.with(FormColumn::plan);
    else if (word == "estimate") out = out.with(FormColumn::estimate);
    else if (word == "same_period") out = out.with(FormColumn::same_period);
    else if (word == "against_plan") out = out.with(FormColumn::against_plan);
    else return wrong(form, fmt::format("không có cột “{}”.", word));
  }
  return out;
}

Result<ShortForm> short_form_in(const config::Table& entry, const Catalogue& catalogue, const std::string& form) {
  ShortForm out{entry.text("code"), entry.text("vi"), entry.text("en"), {{entry.text("part_vi"), entry.text("part_en"), {}}}};
  for (const auto& code : entry.texts("measures")) {
    const auto measure = catalogue.find(code);
    if (!measure || !is_typed(catalogue.measure(*measure).kind)) return wrong(form, fmt::format("“{}” không phải là chỉ tiêu nhập tay.", code));
    const Measure& asked = catalogue.measure(*measure);
    out.parts.front().fields.push_back({*measure, asked.label_vi, asked.label_en, asked.help_vi, asked.help_en, asked.unit_vi, asked.unit_en});
  }
  return out;
}

Result<FormVersion> form_in(const config::Table& entry, const Catalogue& catalogue, const Periods& periods) {
  FormVersion out;
  out.code = entry.text("code");
  out.number = static_cast<int>(entry.number("number").value_or(0));
  out.name_vi = entry.text("vi");
  out.name_en = entry.text("en");
  out.systems = entry.texts("systems");
  out.family = entry.text("family");
  out.windows = entry.texts("windows");
  const auto from = entry.day("from");
  const auto* family = periods.family(out.family);
  if (out.code.empty() || out.number < 1 || out.name_vi.empty() || out.name_en.empty() || out.systems.empty() || !from || family == nullptr || out.windows.empty())
    return wrong(out.code, "mỗi mẫu cần có mã, số bản, tên bằng hai thứ tiếng, hệ thống, loại kỳ và ngày bắt đầu dùng.");
  out.in_force_from = *from;
  for (const auto& system : out.systems)
    if (Systems::house().find_system(system) == nullptr) return wrong(out.code, fmt::format("không có hệ thống “{}”.", system));
  for (const auto& window : out.windows)
    if (family->window(window) == nullptr) return wrong(out.code, fmt::format("không có kỳ “{}”.", window));
  const auto columns = columns_in(entry, out.code);
  if (!columns) return std::unexpected(columns.error());
  for (const auto& code : entry.texts("sections")) {
    const auto at = std::ranges::find(catalogue.sections(), code, &Section::code);
    if (at == catalogue.sections().end()) return wrong(out.code, fmt::format("không có phần “{}”.", code));
    FormSection section{code, at->label_vi, at->label_en, {}};
    for (std::size_t i = 0; i < catalogue.measures().size(); ++i)
      if (const Measure& measure = catalogue.measures()[i]; measure.group == code)
        section.lines.push_back({static_cast<MeasureIndex>(i), measure.label_vi, measure.label_en, columns_of(measure, *columns), {}});
    out.content.sections.push_back(std::move(section));
  }
  for (const auto& one : entry.tables("block")) {
    NarrativeBlock block{one.text("code"), one.text("part_vi"), one.text("part_en"), one.text("vi"), one.text("en"), one.text("guidance_vi"), one.text("guidance_en"),
                         one.flag("required", false) ? NarrativeBlock::Need::required : NarrativeBlock::Need::optional, {}, {}};
    if (block.code.empty() || block.heading_vi.empty() || block.heading_en.empty() || block.part_vi.empty() != block.part_en.empty())
      return wrong(out.code, "mỗi phần lời văn cần có mã và tên bằng hai thứ tiếng.");
    out.content.blocks.push_back(std::move(block));
  }
  if (entry.text("short_forms") == "house") out.content.short_forms.assign(catalogue.forms().begin(), catalogue.forms().end());
  for (const auto& one : entry.tables("short_form")) {
    auto made = short_form_in(one, catalogue, out.code);
    if (!made) return std::unexpected(made.error());
    out.content.short_forms.push_back(std::move(*made));
  }
  return out;
}

}  // namespace

Result<std::vector<FormVersion>> parse_forms(std::string_view toml, const Catalogue& catalogue, const Periods& periods) {
  const auto file = config::Table::parse(toml, "forms.toml");
  if (!file) return std::unexpected(file.error());
  std::vector<FormVersion> out;
  for (const auto& entry : file->tables("form")) {
    auto made = form_in(entry, catalogue, periods);
    if (!made) return std::unexpected(made.error());
    out.push_back(std::move(*made));
  }
  return out;
}

const std::vector<FormVersion>& house_forms() {
  static const std::vector<FormVersion> forms = [] {
    auto parsed = parse_forms(forms_catalogue, Catalogue::house(), Periods::house());
    if (!parsed) fmt::print(stderr, "{} {}: {}\n", parsed.error().code, parsed.error().place, parsed.error().message);
    assert(parsed && "the embedded catalogue of forms must be readable");
    return std::move(*parsed);
  }();
  return forms;
}

void keep_house_forms(db::Store& store, const Catalogue& catalogue, std::int64_t now_ms) {
  const bool missing = store.read([&](db::Reader& reader) {
    return std::ranges::any_of(house_forms(), [&](const FormVersion& form) { return !forms_sql::has_house_version(reader, form.code, form.number); });
  });
  if (!missing) return;
  store.write([&](db::Writer& writer) {
    for (FormVersion form : house_forms()) {
      form.id = store.new_id<FormVersionId>();
      form.published_ms = now_ms;
      forms_sql::insert(writer, {form, content_text(catalogue, form.content)});
    }
  });
}

}  // namespace khuyenhoc
