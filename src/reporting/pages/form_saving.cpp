#include "reporting/pages/form_saving.h"

#include <charconv>

#include <boost/json.hpp>

#include "base/i18n.h"
#include "reporting/pages/reporting_pages.h"
#include "reporting/reporting_queries.h"

namespace khuyenhoc {

namespace json = boost::json;

namespace {

std::vector<ReasonEntry> posted_words(const http::Request& request, std::string_view prefix) {
  std::vector<ReasonEntry> out;
  const auto whole = [](std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? value : 0;
  };
  for (std::size_t i = 0; i < request.form.fields.size(); ++i) {
    const auto field = request.form.fields.at(i);
    if (!field.name.starts_with(prefix)) continue;
    const std::string_view rest = field.name.substr(prefix.size());
    const auto dot = rest.find('.');
    if (dot == std::string_view::npos) continue;
    const BodyId body{whole(rest.substr(0, dot))};
    if (!body) continue;
    out.push_back({body, std::string(rest.substr(dot + 1)), prefix == text_prefix ? request.lines(field.name) : request.text(field.name), whole(request.form.fields.value("v" + std::string(field.name)))});
  }
  return out;
}

}  // namespace

std::vector<ReasonEntry> posted_reasons(const http::Request& request) { return posted_words(request, reason_prefix); }
std::vector<TextEntry> posted_texts(const http::Request& request) { return posted_words(request, text_prefix); }

FormSaved save_posted_form(House& house, const http::Request& request, const FigureForm& form, EntryDesk& desk) {
  FormSaved out;
  const BodyId body = form.body;
  PostedForm posted = parse_posted(house.catalogue, request, Amounts::as_stored, [&](BodyId, const std::string& measure) -> std::optional<std::string> {
    const FigureField* field = form.field(measure);
    return field == nullptr ? std::nullopt : std::optional(field->value ? std::to_string(*field->value) : std::string());
  });
  std::erase_if(posted.changed, [&](const CellEntry& cell) { return cell.body != body; });
  std::vector<ReasonEntry> reasons = posted_reasons(request);
  std::erase_if(reasons, [&](const ReasonEntry& reason) { return reason.body != body || form.field(reason.measure) == nullptr; });
  std::vector<TextEntry> texts = posted_texts(request);
  std::erase_if(texts, [&](const TextEntry& text) { return text.body != body || form.question(text.measure) == nullptr; });
  std::vector<ReasonOutcome> said;
  std::vector<TextOutcome> answered;
  const auto outcomes = house.store.write([&](db::Writer& writer) {
    auto written = desk.save(writer, posted.changed);
    said = desk.save_reasons(writer, reasons);
    answered = desk.save_texts(writer, texts);
    return written;
  });
  const auto name_field = [&](std::string_view place, const std::string& measure, const std::string& message) {
    const FigureField* field = form.field(measure);
    out.errors.emplace_back(std::string(place) + measure, field == nullptr ? message : field->label + ": " + message);
  };
  const std::string prefix = field_name(body, "");
  for (const auto& [name, message] : posted.errors) {
    if (!name.starts_with(prefix)) continue;
    out.kept.emplace(name, posted.texts.at(name));
    name_field("so-", name.substr(prefix.size()), message);
  }
  for (const CellOutcome& outcome : outcomes) {
    if (outcome.state == CellOutcome::State::saved) {
      out.written += outcome.changed ? 1 : 0;
      continue;
    }
    out.kept.emplace(field_name(body, outcome.measure), posted.texts.at(field_name(body, outcome.measure)));
    name_field("so-", outcome.measure, outcome.message);
  }
  for (std::size_t i = 0; i < said.size(); ++i) {
    const ReasonOutcome& outcome = said[i];
    if (outcome.state == CellOutcome::State::saved) {
      out.written += outcome.changed ? 1 : 0;
      continue;
    }
    if (reasons[i].text.empty()) continue;             // nothing was typed, so nothing is lost
    out.kept.emplace(fmt::format("ly.{}.{}", body.value, outcome.measure), reasons[i].text);
    name_field("ly-", outcome.measure, outcome.message);
  }
  for (std::size_t i = 0; i < answered.size(); ++i) {
    const TextOutcome& outcome = answered[i];
    if (outcome.state == CellOutcome::State::saved) {
      out.written += outcome.changed ? 1 : 0;
      continue;
    }
    out.kept.emplace(fmt::format("lv.{}.{}", body.value, outcome.measure), texts[i].text);
    out.errors.emplace_back("lv-" + outcome.measure, form.question(outcome.measure)->heading + ": " + outcome.message);
  }
  return out;
}

std::vector<std::pair<std::string, std::string>> hindrances(const FigureForm& form) {
  if (form.filled == 0 && form.answered() == 0) {
    if (form.sections.empty()) return {{"lv-" + form.questions.front().code, tr("Chưa có câu nào được trả lời. Xin trả lời ít nhất một câu.")}};
    return {{"so-" + form.sections.front().fields.front().name, tr("Chưa có số nào để gửi. Xin ghi ít nhất một số.")}};
  }
  std::vector<std::pair<std::string, std::string>> out;
  for (const FigureSection& section : form.sections)
    for (const FigureField& field : section.fields)
      if (field.wants_reason && field.reason.empty()) out.emplace_back("ly-" + field.name, field.label + ": " + tr("Số này thay đổi trên 30% so với cùng kỳ năm trước. Xin ghi lý do."));
  for (const FigureQuestion& question : form.questions)
    if (question.required && question.text.empty()) out.emplace_back("lv-" + question.code, question.heading + ": " + tr("Xin trả lời câu này."));
  return out;
}

Result<void> confirm_figures(House& house, const Viewer& viewer, const FigureForm& form, const EntryDesk& desk) {
  const std::string& name = house.organisation.current()->body(form.body).on(viewer.today()).name;
  const auto figures = static_cast<std::int64_t>(form.filled);
  return house.store.write([&](db::Writer& writer) -> Result<void> {
    if (auto open = desk.may_write(writer, form.body); !open) return open;
    reporting_sql::confirm(writer, {form.body, form.period, viewer.user(), viewer.name(), house.clock.now_ms(), figures, 0});
    const std::string summary = tr(Language::vietnamese, "{} xác nhận và gửi {} số của {}, {}", viewer.name(), figures, name, house.periods.label(form.period, Language::vietnamese)) + desk.said_through();
    house.trail.write(writer, viewer, form.body, "statement", 0, "send", {}, json::serialize(json::object{{"summary", summary}, {"figures", figures}}));
    return house.figures_confirmed ? house.figures_confirmed(writer, viewer, form.body, form.period.period, form.form->code) : Result<void>{};
  });
}

}  // namespace khuyenhoc
