#include "forms/form_content.h"

#include <boost/json.hpp>

#include "base/i18n.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

std::string text_at(const json::object& from, std::string_view key) {
  const auto* value = from.if_contains(key);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}
std::int64_t number_at(const json::object& from, std::string_view key) {
  const auto* value = from.if_contains(key);
  return value && value->is_int64() ? value->get_int64() : 0;
}
const json::array& list_at(const json::object& from, std::string_view key) {
  static const json::array none;
  const auto* value = from.if_contains(key);
  return value && value->is_array() ? value->get_array() : none;
}
template <class Each>
void each_object(const json::object& from, std::string_view key, Each each) {
  for (const auto& value : list_at(from, key))
    if (value.is_object()) each(value.get_object());
}
json::array texts(const std::vector<std::string>& list) { return json::array(list.begin(), list.end()); }
std::vector<std::string> texts_at(const json::object& from, std::string_view key) {
  std::vector<std::string> out;
  for (const auto& value : list_at(from, key))
    if (value.is_string()) out.emplace_back(value.get_string());
  return out;
}

json::array fields_json(const Catalogue& catalogue, const FormPart& part) {
  json::array out;
  for (const auto& field : part.fields)
    out.push_back(json::object{{"measure", catalogue.measure(field.measure).code}, {"vi", field.label_vi}, {"en", field.label_en}, {"help_vi", field.help_vi}, {"help_en", field.help_en},
                               {"unit_vi", field.unit_vi}, {"unit_en", field.unit_en}});
  return out;
}

struct Reading {
  const Catalogue& catalogue;
  std::optional<Refusal> wrong;

  std::optional<MeasureIndex> measure(const json::object& from) {
    const std::string code = text_at(from, "measure");
    const auto found = catalogue.find(code);
    if (!found && !wrong) wrong = Refusal{"form.measure", tr("Mẫu báo cáo có chỉ tiêu “{}” mà chương trình này chưa biết. Xin dùng bản chương trình mới hơn.", code), code};
    return found;
  }

  FormSection section(const json::object& from) {
    FormSection out{text_at(from, "code"), text_at(from, "vi"), text_at(from, "en"), {}};
    each_object(from, "lines", [&](const json::object& line) {
      if (const auto found = measure(line)) out.lines.push_back({*found, text_at(line, "vi"), text_at(line, "en"), FormColumns::of_bits(number_at(line, "columns")), {}});
    });
    return out;
  }

  ShortForm short_form(const json::object& from) {
    ShortForm out{text_at(from, "code"), text_at(from, "vi"), text_at(from, "en"), {}};
    each_object(from, "parts", [&](const json::object& part_from) {
      FormPart part{text_at(part_from, "vi"), text_at(part_from, "en"), {}};
      each_object(part_from, "fields", [&](const json::object& field) {
        if (const auto found = measure(field))
          part.fields.push_back({*found, text_at(field, "vi"), text_at(field, "en"), text_at(field, "help_vi"), text_at(field, "help_en"), text_at(field, "unit_vi"), text_at(field, "unit_en")});
      });
      out.parts.push_back(std::move(part));
    });
    return out;
  }

  std::optional<Check> check(const json::object& from) {
    Check out;
    out.code = text_at(from, "code");
    out.expression = text_at(from, "expression");
    out.message_vi = text_at(from, "vi");
    out.message_en = text_at(from, "en");
    out.severity = text_at(from, "severity") == "error" ? Check::Severity::error : Check::Severity::warning;
    auto formula = catalogue.read_formula(out.expression);
    if (!formula) {
      if (!wrong) wrong = Refusal{"form.measure", formula.error().message, formula.error().place};
      return std::nullopt;
    }
    out.formula = std::move(*formula);
    for (const Term& term : out.formula.terms)
      if (std::ranges::find(out.measures, term.measure) == out.measures.end()) out.measures.push_back(term.measure);
    return out;
  }
};

}  // namespace

std::string content_text(const Catalogue& catalogue, const FormContent& content) {
  json::array sections, blocks, checks, short_forms, questions;
  for (const auto& section : content.sections) {
    json::array lines;
    for (const auto& line : section.lines)
      lines.push_back(json::object{{"measure", catalogue.measure(line.measure).code}, {"vi", line.label_vi}, {"en", line.label_en}, {"columns", line.columns.bits()}});
    sections.push_back(json::object{{"code", section.code}, {"vi", section.heading_vi}, {"en", section.heading_en}, {"lines", std::move(lines)}});
  }
  for (const auto& block : content.blocks) {
    json::array levels;
    for (const auto level : block.asked_of) levels.push_back(static_cast<std::int64_t>(level));
    blocks.push_back(json::object{{"code", block.code}, {"part_vi", block.part_vi}, {"part_en", block.part_en}, {"vi", block.heading_vi}, {"en", block.heading_en},
                                  {"guidance_vi", block.guidance_vi}, {"guidance_en", block.guidance_en}, {"required", block.need == NarrativeBlock::Need::required}, {"levels", std::move(levels)}});
    if (!block.branches.empty()) blocks.back().as_object()["branches"] = texts(block.branches);
  }
  for (const auto& check : content.checks)
    checks.push_back(json::object{{"code", check.code}, {"expression", check.expression}, {"vi", check.message_vi}, {"en", check.message_en},
                                  {"severity", check.severity == Check::Severity::error ? "error" : "warning"}});
  for (const auto& form : content.short_forms) {
    json::array parts;
    for (const auto& part : form.parts) parts.push_back(json::object{{"vi", part.label_vi}, {"en", part.label_en}, {"fields", fields_json(catalogue, part)}});
    short_forms.push_back(json::object{{"code", form.code}, {"vi", form.label_vi}, {"en", form.label_en}, {"parts", std::move(parts)}});
  }
  for (const auto& question : content.questions)
    questions.push_back(json::object{{"text", question.text}, {"kind", static_cast<std::int64_t>(question.kind)}, {"moment", static_cast<std::int64_t>(question.moment)},
                                     {"unit", question.unit}, {"help", question.help}, {"asked_of", texts(question.asked_of)}});
  return json::serialize(json::object{{"sections", std::move(sections)}, {"blocks", std::move(blocks)}, {"checks", std::move(checks)}, {"short_forms", std::move(short_forms)},
                                      {"questions", std::move(questions)}});
}

Result<FormContent> content_of_text(const Catalogue& catalogue, std::string_view text) {
  boost::system::error_code error;
  const json::value parsed = json::parse(text, error);
  if (error || !parsed.is_object()) return refuse("form.content", tr("Nội dung mẫu báo cáo đang lưu không đọc được. Xin báo cán bộ kỹ thuật."));
  const json::object& from = parsed.get_object();
  Reading reading{catalogue, {}};
  FormContent out;
  each_object(from, "sections", [&](const json::object& one) { out.sections.push_back(reading.section(one)); });
  each_object(from, "short_forms", [&](const json::object& one) { out.short_forms.push_back(reading.short_form(one)); });
  each_object(from, "checks", [&](const json::object& one) {
    if (auto check = reading.check(one)) out.checks.push_back(std::move(*check));
  });
  each_object(from, "blocks", [&](const json::object& one) {
    NarrativeBlock block{text_at(one, "code"), text_at(one, "part_vi"), text_at(one, "part_en"), text_at(one, "vi"), text_at(one, "en"), text_at(one, "guidance_vi"), text_at(one, "guidance_en"),
                         NarrativeBlock::Need::optional, {}, {}};
    if (const auto* required = one.if_contains("required"); required && required->is_bool() && required->get_bool()) block.need = NarrativeBlock::Need::required;
    for (const auto& level : list_at(one, "levels"))
      if (level.is_int64()) block.asked_of.push_back(static_cast<BodyKind::Level>(level.get_int64()));
    block.branches = texts_at(one, "branches");
    out.blocks.push_back(std::move(block));
  });
  each_object(from, "questions", [&](const json::object& one) {
    out.questions.push_back({text_at(one, "text"), static_cast<OwnQuestion::Kind>(number_at(one, "kind")), static_cast<OwnQuestion::Moment>(number_at(one, "moment")), text_at(one, "unit"),
                             text_at(one, "help"), texts_at(one, "asked_of")});
  });
  if (reading.wrong) return std::unexpected(*reading.wrong);
  return out;
}

std::string windows_text(const std::vector<PeriodWindow>& windows) {
  json::array out;
  for (const auto& window : windows) {
    json::object due;
    for (const auto& [level, days] : window.due) due[level] = days;
    out.push_back(json::object{{"code", window.code}, {"first", json::array{window.first_year, window.first_month, window.first_day}}, {"last", json::array{window.last_year, window.last_month, window.last_day}},
                               {"vi", window.label_vi}, {"en", window.label_en}, {"after", window.after}, {"due", std::move(due)}});
  }
  return json::serialize(out);
}

std::vector<PeriodWindow> windows_of_text(std::string_view text) {
  boost::system::error_code error;
  const json::value parsed = json::parse(text, error);
  std::vector<PeriodWindow> out;
  if (error || !parsed.is_array()) return out;
  for (const auto& value : parsed.get_array()) {
    if (!value.is_object()) continue;
    const json::object& one = value.get_object();
    PeriodWindow window;
    window.code = text_at(one, "code");
    window.label_vi = text_at(one, "vi");
    window.label_en = text_at(one, "en");
    window.after = text_at(one, "after");
    const auto numbers = [&](std::string_view key, int& year, int& month, int& day) {
      const auto& list = list_at(one, key);
      if (list.size() != 3) return;
      year = static_cast<int>(list[0].as_int64());
      month = static_cast<int>(list[1].as_int64());
      day = static_cast<int>(list[2].as_int64());
    };
    numbers("first", window.first_year, window.first_month, window.first_day);
    numbers("last", window.last_year, window.last_month, window.last_day);
    if (const auto* due = one.if_contains("due"); due && due->is_object())
      for (const auto& [level, days] : due->get_object())
        if (days.is_int64()) window.due[level] = static_cast<int>(days.get_int64());
    out.push_back(std::move(window));
  }
  return out;
}

}  // namespace khuyenhoc
