#include "reports/paper_figures.h"

#include <algorithm>

#include "measures/targets.h"
#include "organisation/namesakes.h"
#include "paper_templates/paper_templates.h"

namespace khuyenhoc {
namespace {

constexpr std::string_view not_reported = "Chưa báo cáo";

std::optional<Figure> defined(const Result<Figure>& figure) { return figure && figure->defined() ? std::optional(*figure) : std::nullopt; }

bool is_nothing(const std::vector<std::optional<Figure>>& figures) {
  return std::ranges::all_of(figures, [](const auto& figure) { return !figure || figure->value == 0; });
}

}  // namespace

PaperFigures::PaperFigures(const House& house, const RoundPaper& paper, LedgerView view, Lens lens, std::optional<VersionContent> content)
    : house_(house), paper_(paper), organisation_(house.organisation.current()), question_{paper.report.body, paper.report.window, paper.report.window.last, lens},
      figures_(std::move(view)), of_the_year_before_(house.ledger.view()), content_(std::move(content)) {
  if (lens == Lens::official)
    if (auto coverage = figures_.coverage(question_)) coverage_ = std::move(*coverage);
}

bool PaperFigures::by_branches() const { return organisation_->kind(paper_.report.body).level == BodyKind::Level::commune; }

std::optional<Figure> PaperFigures::done(MeasureIndex measure) const {
  if (content_ && is_typed(house_.catalogue.measure(measure).kind)) return Figure{content_->total(house_.catalogue.series(measure))};
  if (const auto known = from_before_.find(measure); known != from_before_.end()) return known->second;
  // a signed version holds the closings of its own period; earlier ones stand in the lens
  return defined((content_ && is_from_before(measure) ? of_the_year_before_ : figures_).figure(measure, question_));
}

bool PaperFigures::is_from_before(MeasureIndex measure) const {
  const Formula* formula = house_.catalogue.formula(measure);
  return formula != nullptr && std::ranges::any_of(formula->terms, [](const Term& term) { return term.moment != Moment::period; });
}

// What the official lens does not know of the year before is taken as it stands, as in the words of the report.
std::optional<Figure> PaperFigures::year_before(MeasureIndex measure) const {
  Question asked = Figures::same_last_year(question_);
  auto figure = defined(of_the_year_before_.figure(measure, asked));
  if (!figure && asked.lens == Lens::official) {
    asked.lens = Lens::live;
    figure = defined(of_the_year_before_.figure(measure, asked));
  }
  return figure;
}

// Counts of bodies, and rates of them, say nothing across a reform.
bool PaperFigures::comparable(MeasureIndex measure) const {
  if (Figures::same_last_year(question_).period.last >= reform_day() || question_.tree < reform_day()) return true;
  const auto is_count = [&](MeasureIndex index) { return house_.catalogue.measure(index).kind == MeasureKind::count; };
  const Formula* formula = house_.catalogue.formula(measure);
  return !is_count(measure) && (formula == nullptr || std::ranges::none_of(formula->terms, [&](const Term& term) { return is_count(term.measure); }));
}

std::string PaperFigures::missing() const {
  if (!coverage_ || by_branches()) return {};
  const std::size_t missing = coverage_->carried.size() + coverage_->absent.size();
  if (missing == 0) return {};
  constexpr std::size_t most_named = 7;
  std::string names;
  std::size_t named = 0;
  for (const auto* list : {&coverage_->carried, &coverage_->absent})
    for (const BodyId body : *list)
      if (++named <= most_named) names += (names.empty() ? "" : ", ") + organisation_->body(body).on(question_.tree).short_name;
  if (missing > most_named) names += ", …";
  std::string out = fmt::format("Chưa có báo cáo của {}/{} đơn vị ({})", missing, coverage_->expected, names);
  if (!coverage_->carried.empty()) out += fmt::format("; số cuối kỳ của {} đơn vị lấy theo kỳ trước", coverage_->carried.size());
  return out + "; số phát sinh trong kỳ của các đơn vị này chưa tính.";
}

std::vector<FrozenPaper::Row> PaperFigures::branch_rows(const std::vector<MeasureIndex>& columns) const {
  std::vector<FrozenPaper::Row> out;
  const LedgerView live = house_.ledger.view();
  const auto entered = live.entered->round(paper_.report.window);
  Question question = question_;
  question.lens = Lens::live;
  std::vector<MeasureIndex> additive = columns;
  std::erase_if(additive, [&](MeasureIndex measure) { return !house_.catalogue.measure(measure).adds_over_bodies; });
  const auto table = Figures(live).table(additive, question);
  if (!table) return out;
  for (std::size_t i = 0; i < table->rows.size(); ++i) {
    const auto* body = std::get_if<BodyId>(&table->rows[i].subject);
    if (table->rows[i].kind != Part::Kind::child || body == nullptr) continue;
    FrozenPaper::Row row{*body, {}};
    if (entered.has_stated(organisation_->node(*body)))
      for (std::size_t m = 0; m < additive.size(); ++m)
        if (table->figures[i][m].defined()) row.figures.emplace(additive[m], table->figures[i][m]);
    out.push_back(std::move(row));
  }
  return out;
}

FrozenPaper PaperFigures::beside(db::Reader& reader, const std::vector<MeasureIndex>& more) const {
  FrozenPaper out;
  const bool restated = Figures::same_last_year(question_).period.last < reform_day() && question_.tree >= reform_day();
  bool anything = false;
  for (const FormSection& section : paper_.form.sections)
    for (const AskedLine& line : section.lines) {
      if (is_from_before(line.measure))
        if (const auto figure = done(line.measure)) out.from_before.emplace(line.measure, *figure);
      if (!line.columns.has(FormColumn::same_period) || !comparable(line.measure)) continue;
      const auto figure = year_before(line.measure);
      if (!figure) continue;
      anything = anything || (house_.catalogue.measure(line.measure).kind != MeasureKind::count && figure->value != 0);
      out.same_period.emplace(line.measure, *figure);
    }
  if (!anything) out.same_period.clear();                          // noughts where nothing was ever recorded are nothing to compare with
  out.restated = restated && anything;
  const std::vector<BodyId> bodies{paper_.report.body};
  for (const Target& one : targets(reader, house_.catalogue, bodies, paper_.round.period.year)) out.plan.emplace(one.measure, one.value);
  out.columns = annex_columns(house_.catalogue, paper_.form, paper_choice(reader, paper_.report.body, paper_.form.code));
  if (by_branches()) {
    std::vector<MeasureIndex> columns = out.columns;
    for (const MeasureIndex one : more)
      if (std::ranges::find(columns, one) == columns.end()) columns.push_back(one);
    out.rows = branch_rows(columns);
  }
  out.missing = missing();
  return out;
}

std::string PaperFigures::group_of(BodyId body) const {
  const BodyKind& kind = organisation_->kind(body);
  if (kind.system != hkh) return kind.label_vi;
  if (kind.level == BodyKind::Level::branch && kind.family == "chi_hoi") return "Chi hội";
  if (kind.level == BodyKind::Level::branch) return kind.family == "ban" ? "Ban khuyến học" : kind.label_vi;
  if (kind.code == "hoi_co_so") return "Xã, phường, đặc khu";
  return kind.code == "hoi_co_so_don_vi" ? "Cơ quan, trường đại học, đơn vị" : kind.label_vi;
}

void PaperFigures::put_branches(PaperAnnex& annex, const FrozenPaper& beside) const {
  std::vector<BodyId> bodies;
  for (const FrozenPaper::Row& row : beside.rows) bodies.push_back(row.body);
  std::erase_if(bodies, [&](BodyId body) { return organisation_->find(body) == nullptr; });
  const Namesakes names(*organisation_, bodies, question_.tree);
  for (const FrozenPaper::Row& row : beside.rows) {
    if (organisation_->find(row.body) == nullptr) continue;
    AnnexLine line{AnnexLine::Kind::child, row.body, group_of(row.body), names.short_name(row.body), row.figures.empty() ? std::string(not_reported) : std::string(), {}};
    for (const MeasureIndex column : annex.columns) {
      const auto at = row.figures.find(column);
      line.figures.push_back(at == row.figures.end() ? std::nullopt : std::optional(at->second));
    }
    annex.rows.push_back(std::move(line));
  }
}

// Of what came in: carried from the period before, or not at all; of a larger unit how many below it.
std::string PaperFigures::note_of(BodyId child) const {
  if (!coverage_) return {};
  const auto below = [&](const std::vector<BodyId>& list) {
    return static_cast<std::size_t>(std::ranges::count_if(list, [&](BodyId one) {
      for (BodyId at = one; at; at = organisation_->body(at).on(question_.tree).superior)
        if (at == child) return true;
      return false;
    }));
  };
  const std::size_t carried = below(coverage_->carried), absent = below(coverage_->absent);
  if (carried + absent == 0) return {};
  if (organisation_->kind(child).level == BodyKind::Level::commune) return carried > 0 ? "Lấy theo kỳ trước" : std::string(not_reported);
  return fmt::format("Thiếu {} đơn vị", carried + absent);
}

void PaperFigures::put_associations(PaperAnnex& annex) const {
  std::vector<MeasureIndex> additive;
  for (const MeasureIndex column : annex.columns)
    if (house_.catalogue.measure(column).adds_over_bodies && !(content_ && is_from_before(column))) additive.push_back(column);
  const auto table = figures_.table(additive, question_);
  if (!table) return;
  const bool official = question_.lens == Lens::official;
  for (std::size_t i = 0; i < table->rows.size(); ++i) {
    const Part& part = table->rows[i];
    const auto* body = std::get_if<BodyId>(&part.subject);
    const bool is_child = part.kind == Part::Kind::child;
    // a branch that hangs on the association itself is in what that closed as its own
    if (is_child && official && (body == nullptr || organisation_->kind(*body).level == BodyKind::Level::branch)) continue;
    AnnexLine line{is_child ? AnnexLine::Kind::child : part.kind == Part::Kind::own ? AnnexLine::Kind::own : AnnexLine::Kind::line, body != nullptr ? *body : BodyId{}, {}, part.label, {}, {}};
    if (line.kind == AnnexLine::Kind::own) line.name = "Cơ quan Hội và chi hội, ban trực thuộc";
    if (line.kind == AnnexLine::Kind::line) line.name = "Số liệu chung chưa tách được: " + part.label;
    if (is_child && body != nullptr) {
      line.group = group_of(*body);
      line.note = note_of(*body);
    }
    for (const MeasureIndex column : annex.columns) {
      const auto at = std::ranges::find(additive, column);
      if (at != additive.end()) {
        const Figure& figure = table->figures[i][static_cast<std::size_t>(at - additive.begin())];
        line.figures.push_back(figure.defined() && line.note != not_reported ? std::optional(figure) : std::nullopt);
      } else if (is_child && body != nullptr) {
        Question asked = question_;
        asked.subject = *body;
        line.figures.push_back(defined((content_ && is_from_before(column) ? of_the_year_before_ : figures_).figure(column, asked)));
      } else {
        line.figures.emplace_back();
      }
    }
    if (!is_child && is_nothing(line.figures)) continue;
    annex.rows.push_back(std::move(line));
  }
}

PaperAnnex PaperFigures::annex(const FrozenPaper& beside) const {
  PaperAnnex out{beside.columns, {}, {}};
  for (const MeasureIndex column : out.columns) out.whole.push_back(done(column));
  if (by_branches()) put_branches(out, beside);
  else put_associations(out);
  // What the rows do not explain stands on a line of its own, so that the column adds up to what was signed.
  AnnexLine rest{by_branches() ? AnnexLine::Kind::own : AnnexLine::Kind::apart, {}, {}, by_branches() ? "Chưa phân theo chi hội" : "Chênh lệch do sắp xếp đơn vị sau khi ký", {}, {}};
  for (std::size_t column = 0; column < out.columns.size(); ++column) {
    std::int64_t sum = 0;
    for (const AnnexLine& row : out.rows)
      if (row.figures[column] && !row.figures[column]->is_ratio) sum += row.figures[column]->value;
    const Measure& measure = house_.catalogue.measure(out.columns[column]);
    const auto& whole = out.whole[column];
    const bool adds = whole && !whole->is_ratio && measure.adds_over_bodies && is_typed(measure.kind);
    rest.figures.push_back(adds && whole->value != sum ? std::optional(Figure{whole->value - sum}) : std::nullopt);
  }
  if (!is_nothing(rest.figures)) out.rows.push_back(std::move(rest));
  // one kind after the other, by name within each; what is no body's stands last
  std::vector<std::string> groups;
  for (const AnnexLine& row : out.rows)
    if (row.kind == AnnexLine::Kind::child && std::ranges::find(groups, row.group) == groups.end()) groups.push_back(row.group);
  const auto members = [&](const std::string& group) { return std::ranges::count_if(out.rows, [&](const AnnexLine& row) { return row.kind == AnnexLine::Kind::child && row.group == group; }); };
  std::ranges::stable_sort(groups, std::greater<>{}, members);       // communes before offices, branches before boards
  std::ranges::stable_sort(out.rows, {}, [&](const AnnexLine& row) { return row.kind == AnnexLine::Kind::child ? std::ranges::find(groups, row.group) : groups.end(); });
  return out;
}

}  // namespace khuyenhoc
