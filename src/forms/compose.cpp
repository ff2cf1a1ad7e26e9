#include <algorithm>

#include "base/i18n.h"
#include "forms/known_versions.h"
#include "shell/house.h"

namespace khuyenhoc {
namespace {

const ShortForm* of_code(std::span<const ShortForm> forms, std::string_view code) {
  const auto at = std::ranges::find(forms, code, &ShortForm::code);
  return at == forms.end() ? nullptr : &*at;
}

bool asks(const ComposedForm& form, MeasureIndex measure) {
  return form.line(measure) != nullptr || std::ranges::any_of(form.short_forms, [&](const ShortForm& one) { return one.asks(measure); });
}

void fill_labels(const Catalogue& catalogue, AskedLine& line) {
  const Measure& measure = catalogue.measure(line.measure);
  if (line.label_vi.empty()) line.label_vi = measure.label_vi;
  if (line.label_en.empty()) line.label_en = measure.label_en;
}

void fill_labels(const Catalogue& catalogue, ShortForm& form) {
  for (FormPart& part : form.parts)
    for (FormField& field : part.fields) {
      const Measure& measure = catalogue.measure(field.measure);
      const auto usual = [](std::string& text, const std::string& otherwise) { if (text.empty()) text = otherwise; };
      usual(field.label_vi, measure.label_vi);
      usual(field.label_en, measure.label_en);
      usual(field.help_vi, measure.help_vi);
      usual(field.help_en, measure.help_en);
      usual(field.unit_vi, measure.unit_vi);
      usual(field.unit_en, measure.unit_en);
    }
}

class Composing {
 public:
  Composing(const Catalogue& catalogue, ComposedForm& out) : catalogue_(catalogue), out_(out) {}

  void add(const FormVersion& version, BodyId added_by, const BodyKind& kind) {
    for (FormSection section : version.content.sections) {
      for (AskedLine& line : section.lines) {
        line.added_by = added_by;
        fill_labels(catalogue_, line);
      }
      const auto at = std::ranges::find(out_.sections, section.code, &FormSection::code);
      if (at == out_.sections.end()) {
        out_.sections.push_back(std::move(section));
        continue;
      }
      for (AskedLine& line : section.lines)
        if (out_.line(line.measure) == nullptr) at->lines.push_back(std::move(line));
    }
    for (NarrativeBlock block : version.content.blocks) {
      block.added_by = added_by;
      if (block.is_asked_of(kind) && std::ranges::find(out_.blocks, block.code, &NarrativeBlock::code) == out_.blocks.end()) out_.blocks.push_back(std::move(block));
    }
    for (ShortForm form : version.content.short_forms) {
      fill_labels(catalogue_, form);
      const auto at = std::ranges::find(out_.short_forms, form.code, &ShortForm::code);
      if (at == out_.short_forms.end()) {
        out_.short_forms.push_back(std::move(form));
        continue;
      }
      for (FormPart& part : form.parts) {
        std::erase_if(part.fields, [&](const FormField& field) { return at->asks(field.measure); });
        if (!part.fields.empty()) at->parts.push_back(std::move(part));
      }
    }
    for (const Check& check : version.content.checks) {
      own_checks_.push_back(check);
      if (added_by) own_checks_.back().code += fmt::format(".{}", added_by.value);   // every office numbers its own from 1
    }
  }

  void finish(const BodyKind& kind) {
    const bool branch = kind.level == BodyKind::Level::branch;
    const std::string code = branch ? kind.short_form : kind.level == BodyKind::Level::commune ? "xa" : "tinh";
    if (const ShortForm* asked = of_code(out_.short_forms, code)) out_.asked = *asked;
    else out_.asked.code = code;
    const auto wanted = [&](const Check& check) { return std::ranges::all_of(check.measures, [&](MeasureIndex measure) { return asks(out_, measure); }); };
    for (const Check& check : catalogue_.checks())
      if (wanted(check)) out_.checks.push_back(check);
    for (const Check& check : own_checks_)
      if (wanted(check)) out_.checks.push_back(check);
    if (branch) out_.sections.clear();                           // a branch answers its short form; its association has the tables
  }

 private:
  const Catalogue& catalogue_;
  ComposedForm& out_;
  std::vector<Check> own_checks_;
};

// The pinned versions that concern whoever stands at or below `at`.
Result<std::vector<std::shared_ptr<const FormVersion>>> concerned(db::Reader& reader, const House& house, const FormPins& pins, BodyId at, Day day) {
  const OrganisationView organisation = house.organisation.current();
  std::vector<std::shared_ptr<const FormVersion>> out;
  for (const auto id : pins.versions) {
    auto version = known_version(reader, house, id);
    if (!version) return std::unexpected(version.error());
    const FormVersion& one = **version;
    if (one.kind == FormVersion::Kind::addition) {
      if (organisation->find(one.owner) == nullptr || organisation->find(at) == nullptr) continue;
      if (!organisation->superiors().is_within(organisation->node(at), organisation->node(one.owner), day)) continue;
    }
    out.push_back(*version);
  }
  if (out.empty()) return refuse("form.unknown", tr("Không có mẫu báo cáo này."));
  return out;
}

std::vector<FormVersion> copies(const std::vector<std::shared_ptr<const FormVersion>>& versions) {
  std::vector<FormVersion> out;
  out.reserve(versions.size());
  for (const auto& one : versions) out.push_back(*one);
  return out;
}

}  // namespace

bool NarrativeBlock::is_asked_of(const BodyKind& kind) const {
  const bool branch = kind.level == BodyKind::Level::branch;
  if (asked_of.empty()) return !branch;
  if (std::ranges::find(asked_of, kind.level) == asked_of.end()) return false;
  return !branch || branches.empty() || std::ranges::find(branches, kind.short_form) != branches.end();
}

const ShortForm* FormContent::short_form(std::string_view code) const { return of_code(short_forms, code); }

const FormSection* FormContent::section(std::string_view code) const {
  const auto at = std::ranges::find(sections, code, &FormSection::code);
  return at == sections.end() ? nullptr : &*at;
}

bool FormContent::has(MeasureIndex measure) const {
  for (const auto& section : sections)
    if (std::ranges::find(section.lines, measure, &AskedLine::measure) != section.lines.end()) return true;
  return std::ranges::any_of(short_forms, [&](const ShortForm& form) { return form.asks(measure); });
}

const ShortForm* ComposedForm::short_form(std::string_view wanted) const { return of_code(short_forms, wanted); }

const AskedLine* ComposedForm::line(MeasureIndex measure) const {
  for (const auto& section : sections)
    if (const auto at = std::ranges::find(section.lines, measure, &AskedLine::measure); at != section.lines.end()) return &*at;
  return nullptr;
}

std::vector<MeasureIndex> ComposedForm::measures() const {
  std::vector<MeasureIndex> out;
  const auto add = [&](MeasureIndex measure) {
    if (std::ranges::find(out, measure) == out.end()) out.push_back(measure);
  };
  for (const auto& section : sections)
    for (const auto& line : section.lines) add(line.measure);
  for (const auto& form : short_forms)
    for (const auto& part : form.parts)
      for (const auto& field : part.fields) add(field.measure);
  return out;
}

ComposedForm composed(const Catalogue& catalogue, std::span<const FormVersion> versions, const BodyKind& kind, BodyId body) {
  ComposedForm out;
  out.body = body;
  Composing composing(catalogue, out);
  for (const FormVersion& version : versions) {
    const bool addition = version.kind == FormVersion::Kind::addition;
    if (!addition) {
      out.code = version.code;
      out.name_vi = version.name_vi;
      out.name_en = version.name_en;
      out.family = version.family;
      out.kind = version.kind;
    }
    out.pins.versions.push_back(version.id);
    composing.add(version, addition ? version.owner : BodyId{}, kind);
  }
  composing.finish(kind);
  return out;
}

Result<ComposedForm> compose(db::Reader& reader, const House& house, const FormPins& pins, BodyId body, Day day) {
  const OrganisationView organisation = house.organisation.current();
  if (organisation->find(body) == nullptr) return refuse("form.unknown", tr("Không có đơn vị này."));
  auto versions = concerned(reader, house, pins, body, day);
  if (!versions) return std::unexpected(versions.error());
  return composed(house.catalogue, copies(*versions), organisation->kind(body), body);
}

Result<ComposedForm> compose_for_kind(db::Reader& reader, const House& house, const FormPins& pins, const BodyKind& kind, BodyId above, Day day) {
  auto versions = concerned(reader, house, pins, above, day);
  if (!versions) return std::unexpected(versions.error());
  return composed(house.catalogue, copies(*versions), kind, above);
}

Result<FormPins> pins_concerning(db::Reader& reader, const House& house, const FormPins& pins, BodyId body, Day day) {
  const auto versions = concerned(reader, house, pins, body, day);
  if (!versions) return std::unexpected(versions.error());
  FormPins out;
  for (const auto& one : *versions) out.versions.push_back(one->id);
  return out;
}

std::optional<NamedPeriod> request_window(db::Reader& reader, const House& house, std::string_view code) {
  const FormPins pins = pins_in_force(reader, house, code, {}, Day::latest(), PinBelow::no);
  if (pins.versions.size() != 1) return std::nullopt;
  const auto version = known_version(reader, house, pins.versions.front());
  if (!version || (*version)->kind != FormVersion::Kind::request || !(*version)->request_period) return std::nullopt;
  const Period period = *(*version)->request_period;
  return NamedPeriod{(*version)->code, {}, period.last.year(), period};
}

}  // namespace khuyenhoc
