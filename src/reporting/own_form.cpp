#include "reporting/own_form.h"

#include <algorithm>

#include "base/i18n.h"
#include "base/number.h"
#include "measures/targets.h"
#include "organisation/systems.h"
#include "reporting/entry_checks.h"
#include "reporting/entry_texts.h"
#include "reporting/known_sheets.h"
#include "reporting/reasons.h"
#include "reporting/reporting_queries.h"
#include "reporting/stated_cells.h"

namespace khuyenhoc {
namespace {

using Known = std::map<std::pair<MeasureIndex, Extent>, Statement>;

Known known_statements(db::Reader& reader, const Ledger& ledger, BodyId body, Period period) {
  const Catalogue& catalogue = ledger.catalogue();
  const BodyId bodies[] = {body};
  Known out;
  for (const Statement& one : stated_cells(reader, ledger, bodies, period)) out.insert_or_assign({catalogue.measure_of(one.series), one.extent}, one);
  return out;
}

std::string pick(Language language, const std::string& vi, const std::string& en, const std::string& otherwise) {
  const std::string& chosen = language == Language::english ? en : vi;
  return chosen.empty() ? otherwise : chosen;
}

FigureField asked_field(const House& house, const FormField& from, Extent extent, const NamedPeriod& period) {
  const Catalogue& catalogue = house.catalogue;
  const Language language = current_language();
  const Measure& measure = catalogue.measure(from.measure);
  FigureField out;
  out.name = series_name(catalogue, from.measure, extent);
  out.measure = from.measure;
  out.extent = extent;
  out.label = said_of(house, pick(language, from.label_vi, from.label_en, measure.label(language)), period);
  out.help = said_of(house, pick(language, from.help_vi, from.help_en, measure.help(language)), period);
  out.unit = pick(language, from.unit_vi, from.unit_en, measure.unit(language));
  out.is_money = measure.is_money;
  out.is_yes_no = measure.is_yes_no && (extent == Extent::own || measure.level != RecordedAt::branch);
  out.is_level = is_level(measure.kind);
  return out;
}

// Whether the association states this figure for itself alone, beside its branches, or for all. Above the communes always for itself: what the communes did
// they have told, and a total typed here would stand in for all of it.
Extent extent_in_own_form(const Catalogue& catalogue, const EntryColumns& of_branches, BodyKind::Level level, MeasureIndex measure, EntryMode mode, const Known& known) {
  if (level != BodyKind::Level::commune) return Extent::own;
  if (catalogue.measure(measure).level == RecordedAt::commune) return Extent::subtree;
  if (of_branches.place(measure)) return Extent::own;
  if (mode == EntryMode::from_branches) return Extent::own;
  const bool own = known.contains({measure, Extent::own}) && known.at({measure, Extent::own}).value;
  return own ? Extent::own : Extent::subtree;
}

void count(FigureForm& form) {
  for (const FigureSection& section : form.sections)
    for (const FigureField& field : section.fields) {
      ++form.asked;
      form.filled += field.value ? 1 : 0;
      form.saved_ms = std::max(form.saved_ms, field.at_ms);
    }
}

void fill(FigureField& field, const Known& known) {
  const auto found = known.find({field.measure, field.extent});
  if (found == known.end()) return;
  field.value = found->second.value;
  field.version = found->second.row_version;
  field.at_ms = found->second.at_ms;
  field.by = found->second.by;
}

// "B01 == B01@before + B02 - B03" as the page's own script says it while typing.
void add_arithmetic(FigureForm& form, const Catalogue& catalogue) {
  FigureField* total = nullptr;
  bool gains = false, losses = false;
  for (FigureSection& section : form.sections)
    for (FigureField& field : section.fields) {
      const std::string& code = catalogue.measure(field.measure).code;
      if (code == "B01") total = &field;
      gains = gains || code == "B02";
      losses = losses || code == "B03";
    }
  if (total == nullptr || !total->was || !gains || !losses) return;
  total->check_start = total->was;
  total->check_add = "B02";
  total->check_take = "B03";
  const auto figures = [&](const Term& term) -> std::optional<std::int64_t> {
    const FigureField* field = form.field(catalogue.measure(term.measure).code);
    if (field == nullptr || !catalogue.is_whole(term.series)) return std::nullopt;
    return term.moment == Moment::period ? field->value : term.moment == Moment::before ? field->was : std::nullopt;
  };
  for (const Check& check : form.form->checks())
    if (check.code == "B01-movement") total->agreement = agreement(catalogue, check, figures, current_language()).value_or("");
}

// What only a commune records stands beside its own figures and beside those of all alike.
bool told_for_all(const Catalogue& catalogue, const FigureField& field) {
  return field.extent == Extent::subtree && catalogue.measure(field.measure).level == RecordedAt::commune;
}

// Checks of the association's own figures, each with the extent the form asks; totals of the branches come from the cube.
void judge_own(FigureForm& form, const Catalogue& catalogue, const EntrySheet* sheet) {
  const auto lookup = [&](Extent wanted) {
    return [&form, &catalogue, sheet, wanted](const Term& term) -> std::optional<std::int64_t> {
      if (!catalogue.is_whole(term.series)) return std::nullopt;
      const Measure& measure = catalogue.measure(term.measure);
      for (const FigureSection& section : form.sections)
        for (const FigureField& field : section.fields) {
          if (field.measure != term.measure || (field.extent != wanted && !told_for_all(catalogue, field))) continue;
          if (term.moment == Moment::period) return field.value ? field.value : field.carried;
          if (term.moment == Moment::before && is_level(measure.kind)) return field.was;
          return std::nullopt;
        }
      const auto column = form.form->columns.place(term.measure);
      if (wanted == Extent::subtree && column && sheet != nullptr && term.moment == Moment::period && sheet->whole[*column].now != 0) return sheet->whole[*column].now;
      return std::nullopt;
    };
  };
  for (const Extent extent : {Extent::own, Extent::subtree})
    for (const Finding& finding : findings(catalogue, form.form->checks(), lookup(extent), current_language()))
      for (FigureSection& section : form.sections)
        for (FigureField& field : section.fields)
          if (field.measure == finding.measure && (field.extent == extent || told_for_all(catalogue, field)) && field.value &&
              std::ranges::none_of(field.remarks, [&](const EntryRemark& known) { return known.code == finding.code; }))
            field.remarks.push_back(remark_of(catalogue, finding));
}

void ask_reason(FigureField& field, EntryRemark why) {
  field.wants_reason = true;
  why.level = EntryRemark::Level::info;
  why.title.clear();
  field.remarks.push_back(std::move(why));
}

// The association's own figures against the same period of the year before.
void ask_reasons_of_own(FigureForm& form, const House& house, db::Reader& reader, const Figures& figures, Day day) {
  const Period year_ago = periods_of(reader, house, form.body)->same_last_year(form.period).period;
  for (FigureSection& section : form.sections)
    for (FigureField& field : section.fields) {
      if (!field.value) continue;
      const Period then = field.is_level ? Period{year_ago.last, year_ago.last} : year_ago;
      std::optional<std::int64_t> before;
      if (field.extent == Extent::own) {
        const auto stated = house.statements.find(reader, form.body, house.catalogue.series(field.measure), then, Extent::own);
        before = stated ? stated->value : std::nullopt;
      } else if (const auto known = figures.figure(field.measure, {form.body, then, day})) {
        before = known->value;
      }
      if (!before) continue;
      if (const auto jump = jump_question(house.catalogue, field.measure, *field.value, *before, current_language())) ask_reason(field, remark_of(house.catalogue, *jump));
    }
}

std::string title_of(const House& house, const AskedForms& asked, const NamedPeriod& period) {
  return is_request(period) ? asked.name(current_language()) : tr("Số liệu {}", house.periods.label(period, current_language()));
}

// What is asked in words, with what was answered.
void put_questions(FigureForm& form, const House& house, const std::vector<NarrativeBlock>& blocks, db::Reader& reader) {
  if (blocks.empty()) return;
  const BodyId bodies[] = {form.body};
  const auto answers = entry_texts(reader, bodies, form.period.period);
  for (const NarrativeBlock& block : blocks) {
    FigureQuestion question{block.code, said_of(house, block.heading(current_language()), form.period), said_of(house, block.guidance(current_language()), form.period), {}, block.need == NarrativeBlock::Need::required, 0, {}, 0};
    if (const EntryText* answer = find_entry_text(answers, form.body, block.code)) {
      question.text = answer->text;
      question.version = question.at_ms = answer->at_ms;
      question.by = answer->by;
      form.saved_ms = std::max(form.saved_ms, answer->at_ms);
    }
    form.questions.push_back(std::move(question));
  }
}

void put_reasons(FigureForm& form, db::Reader& reader) {
  const BodyId bodies[] = {form.body};
  const auto given = figure_reasons(reader, bodies, form.period.period);
  for (FigureSection& section : form.sections)
    for (FigureField& field : section.fields)
      if (const FigureReason* reason = find_reason(given, form.body, field.name)) {
        field.reason = reason->text;
        field.reason_version = reason->at_ms;
      }
}

Result<void> check_alive(const House& house, const Organisation& organisation, BodyId body, const NamedPeriod& period, Day day) {
  const Body& known = organisation.body(body);
  if (known.alive(day)) return {};
  return refuse("entry.not_alive", tr("Ngày {1}, {0} chưa thành lập hoặc đã kết thúc, nên không có số liệu của {2}. Xin chọn kỳ khác.", known.on(day).name, day.text(),
                                      house.periods.label(period, current_language())));
}

}  // namespace

const FigureField* FigureForm::field(std::string_view name) const {
  for (const FigureSection& section : sections)
    for (const FigureField& one : section.fields)
      if (one.name == name) return &one;
  return nullptr;
}

std::size_t FigureForm::answered() const {
  return static_cast<std::size_t>(std::ranges::count_if(questions, [](const FigureQuestion& one) { return !one.text.empty(); }));
}

const FigureQuestion* FigureForm::question(std::string_view code) const {
  const auto found = std::ranges::find(questions, code, &FigureQuestion::code);
  return found == questions.end() ? nullptr : &*found;
}

const FigureField* FigureForm::unexplained() const {
  for (const FigureSection& section : sections)
    for (const FigureField& one : section.fields)
      if (one.wants_reason && one.reason.empty()) return &one;
  return nullptr;
}

std::optional<BodyId> association_of(const Organisation& organisation, BodyId body, Day day) {
  constexpr int deepest = 8;
  for (int i = 0; body && i < deepest; ++i) {
    if (organisation.find(body) == nullptr) return std::nullopt;
    if (organisation.kind(body).level != BodyKind::Level::branch) return body;
    body = organisation.body(body).on(day).superior;
  }
  return std::nullopt;
}

Result<FigureForm> branch_form(const House& house, BodyId body, const NamedPeriod& period, Day today) {
  const OrganisationView organisation = house.organisation.current();
  const Day day = entry_day(period, today);
  const auto nothing_asked = [] { return refuse("entry.no_form", tr("Đơn vị này không có phiếu số liệu riêng.")); };
  const auto association = association_of(*organisation, body, day);
  if (!association || *association == body) return nothing_asked();
  if (const auto alive = check_alive(house, *organisation, body, period, day); !alive) return std::unexpected(alive.error());
  const auto sheet = known_sheet(house, *association, period, today, body);
  if (!sheet) return std::unexpected(sheet.error());
  const AskedForms& asked = *(*sheet)->asked;
  const std::string& kind = organisation->kind(body).short_form;
  const auto form = asked.branches.find(kind);
  const EntryRow* row = (*sheet)->row(body);
  if (form == asked.branches.end() || form->second.asks_nothing() || (row == nullptr && asked.branch(kind) != nullptr)) return nothing_asked();

  FigureForm out;
  out.body = body;
  out.association = *association;
  out.period = period;
  out.form = (*sheet)->asked;
  out.title = title_of(house, asked, period);
  for (const FormPart& part : form->second.asked.parts) {
    FigureSection section{said_of(house, pick(current_language(), part.label_vi, part.label_en, {}), period), {}};
    for (const FormField& one : part.fields) {
      const auto column = asked.columns.place(one.measure);
      if (!column) continue;
      FigureField field = asked_field(house, one, Extent::subtree, period);
      field.is_yes_no = house.catalogue.measure(one.measure).is_yes_no;
      const EntryCell& cell = row->cells[*column];
      field.value = cell.value;
      field.version = cell.version;
      field.at_ms = cell.at_ms;
      field.by = cell.by;
      field.was = cell.was;
      for (const EntryRemark& remark : row->remarks) {
        const bool speaks_here = std::ranges::find(remark.measures, house.catalogue.measure(one.measure).code) != remark.measures.end();
        const bool about_list = remark.code == "listed" && house.catalogue.measure(one.measure).code == "B01";
        if (speaks_here || about_list) field.remarks.push_back(remark);
        if (speaks_here && remark.code.ends_with("-jump")) field.wants_reason = true;
      }
      section.fields.push_back(std::move(field));
    }
    if (!section.fields.empty()) out.sections.push_back(std::move(section));
  }
  add_arithmetic(out, house.catalogue);
  const auto fine = house.store.read([&](db::Reader& reader) -> Result<void> {
    put_reasons(out, reader);
    put_questions(out, house, form->second.blocks, reader);
    return check_asked(reader, house, body, *association, period);
  });
  if (!fine) return std::unexpected(fine.error());
  count(out);
  return out;
}

Result<FigureForm> own_form(const House& house, db::Reader& reader, BodyId body, const NamedPeriod& period, Day today) {
  const OrganisationView organisation = house.organisation.current();
  const Day day = entry_day(period, today);
  const auto nothing_asked = [] { return refuse("entry.no_form", tr("Đơn vị này không có phiếu số liệu riêng.")); };
  if (organisation->kind(body).level == BodyKind::Level::branch) return nothing_asked();
  const auto asked_by = asked_forms(reader, house, body, period);
  if (!asked_by || (*asked_by)->own.asked.parts.empty()) return nothing_asked();
  if (const auto asked = check_asked(reader, house, body, body, period); !asked) return std::unexpected(asked.error());
  const AskedForms& forms = **asked_by;
  if (const auto alive = check_alive(house, *organisation, body, period, day); !alive) return std::unexpected(alive.error());
  const auto sheet = entry_sheet(house, reader, body, period, today, Lists::left_out, *asked_by);
  const Known known = known_statements(reader, house.ledger, body, period.period);
  const EntryMode mode = entry_mode(reader, body, period.period);
  const Figures figures(house.ledger.view());
  const BodyId bodies[] = {body};
  const auto given = targets(reader, house.catalogue, bodies, period.year);
  const auto periods = periods_of(reader, house, body);

  FigureForm out;
  out.kind = FigureForm::Kind::own;
  out.body = out.association = body;
  out.period = period;
  out.form = *asked_by;
  out.title = is_request(period) ? title_of(house, forms, period) : tr("Số liệu riêng của Hội: {}", house.periods.label(period, current_language()));
  for (const FormPart& part : forms.own.asked.parts) {
    FigureSection section{said_of(house, pick(current_language(), part.label_vi, part.label_en, {}), period), {}};
    for (const FormField& asked : part.fields) {
      const Extent extent = extent_in_own_form(house.catalogue, forms.columns, organisation->kind(body).level, asked.measure, mode, known);
      FigureField field = asked_field(house, asked, extent, period);
      fill(field, known);
      const Measure& measure = house.catalogue.measure(asked.measure);
      const Period beside = period_beside(house.catalogue, *periods, asked.measure, period);
      if (extent == Extent::own) {
        const auto before = house.statements.find(reader, body, house.catalogue.series(asked.measure), beside, Extent::own);
        field.was = before ? before->value : std::nullopt;
      } else if (const auto before = figures.figure(asked.measure, {body, beside, day}); before && before->value != 0) {
        field.was = before->value;
      }
      if (!field.value && measure.kind == MeasureKind::reference && field.was) field.carried = field.was;
      for (const Target& target : given)
        if (target.measure == asked.measure && extent == Extent::subtree) field.target = target.value;
      section.fields.push_back(std::move(field));
    }
    out.sections.push_back(std::move(section));
  }
  judge_own(out, house.catalogue, sheet ? &*sheet : nullptr);
  ask_reasons_of_own(out, house, reader, figures, day);
  put_reasons(out, reader);
  count(out);
  return out;
}

Result<FigureForm> whole_form(const House& house, db::Reader& reader, BodyId body, const NamedPeriod& period, Day today) {
  const auto sheet = entry_sheet(house, reader, body, period, today, Lists::left_out);
  if (!sheet) return std::unexpected(sheet.error());
  const Known known = known_statements(reader, house.ledger, body, period.period);
  FigureForm out;
  out.kind = FigureForm::Kind::whole;
  out.body = out.association = body;
  out.period = period;
  out.form = sheet->asked;
  out.title = is_request(period) ? title_of(house, *sheet->asked, period) : tr("Số chung toàn đơn vị: {}", house.periods.label(period, current_language()));
  const auto columns = sheet->columns();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const EntryColumn& column = columns[i];
    const std::string group = column.group(current_language(), period.year);
    if (out.sections.empty() || out.sections.back().label != group) out.sections.push_back({group, {}});
    FormField asked;
    asked.measure = column.measure;
    if (const Measure& measure = house.catalogue.measure(column.measure); measure.owner) {
      asked.label_vi = column.label_vi;
      asked.label_en = column.label_en;
    }
    if (column.scale == 1 && !column.is_yes_no) {
      asked.unit_vi = column.unit_vi;
      asked.unit_en = column.unit_en;
    }
    FigureField field = asked_field(house, asked, Extent::subtree, period);
    fill(field, known);
    if (sheet->whole[i].was.value_or(0) != 0) field.was = sheet->whole[i].was;
    field.target = sheet->targets[i];
    out.sections.back().fields.push_back(std::move(field));
  }
  add_arithmetic(out, house.catalogue);
  judge_own(out, house.catalogue, nullptr);
  for (const EntryRemark& jump : sheet->jumps)
    for (FigureSection& section : out.sections)
      for (FigureField& field : section.fields)
        if (field.value && std::ranges::find(jump.measures, field.name) != jump.measures.end()) ask_reason(field, jump);
  put_reasons(out, reader);
  count(out);
  return out;
}

EntryProgress own_form_progress(const House& house, db::Reader& reader, BodyId body, const NamedPeriod& period) {
  const OrganisationView organisation = house.organisation.current();
  EntryProgress out;
  const auto asked_by = asked_forms(reader, house, body, period);
  if (!asked_by) return out;
  const Known known = known_statements(reader, house.ledger, body, period.period);
  const EntryMode mode = entry_mode(reader, body, period.period);
  for (const FormPart& part : (*asked_by)->own.asked.parts)
    for (const FormField& asked : part.fields) {
      ++out.asked;
      const auto found = known.find({asked.measure, extent_in_own_form(house.catalogue, (*asked_by)->columns, organisation->kind(body).level, asked.measure, mode, known)});
      if (found != known.end() && found->second.value) ++out.filled;
    }
  return out;
}

}  // namespace khuyenhoc
