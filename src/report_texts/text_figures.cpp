#include "report_texts/text_figures.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/i18n.h"
#include "base/number.h"
#include "base/text.h"
#include "measures/figures_of_bodies.h"
#include "territory/territory.h"

namespace khuyenhoc {
namespace {

constexpr std::string_view blanks = " \t";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  return first == std::string_view::npos ? std::string_view() : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string in_braces(std::string_view inside) { return fmt::format("{{{{{}}}}}", inside); }

std::string counted(const Measure& measure, const std::string& shown) {
  if (measure.kind == MeasureKind::ratio && !measure.is_money) return shown;
  const std::string& word = measure.is_money || measure.counted_vi.empty() ? measure.unit_vi : measure.counted_vi;
  return word.empty() ? shown : shown + " " + word;
}

std::optional<Figure> defined(const Result<Figure>& figure) { return figure && figure->defined() ? std::optional(*figure) : std::nullopt; }

}  // namespace

std::string_view saying_words(FigureSaying saying) {
  switch (saying) {
    case FigureSaying::value: return "";
    case FigureSaying::with_unit: return "kèm đơn vị";
    case FigureSaying::same_period: return "cùng kỳ";
    case FigureSaying::comparison: return "so sánh";
    case FigureSaying::plan: return "kế hoạch";
    case FigureSaying::against_plan: return "so kế hoạch";
  }
  return "";
}

std::string saying_label(FigureSaying saying) {
  switch (saying) {
    case FigureSaying::value: return tr("Số của kỳ này");
    case FigureSaying::with_unit: return tr("Số kèm đơn vị tính");
    case FigureSaying::same_period: return tr("Số cùng kỳ năm trước");
    case FigureSaying::comparison: return tr("Câu so sánh với cùng kỳ năm trước");
    case FigureSaying::plan: return tr("Kế hoạch năm");
    case FigureSaying::against_plan: return tr("Câu so sánh với kế hoạch năm");
  }
  return {};
}

Result<FigureToken> FigureNames::token(std::string_view inside) const {
  const std::size_t colon = inside.rfind(':');
  const std::string_view words = colon == std::string_view::npos ? std::string_view() : trimmed(inside.substr(colon + 1));
  const std::string_view name = trimmed(inside.substr(0, colon));
  FigureToken out;
  // without the marks, "so sanh" will do as well; nothing behind the colon is the value
  const auto saying = std::ranges::find_if(all_sayings, [&](FigureSaying one) { return folded(saying_words(one)) == folded(words); });
  if (saying == std::end(all_sayings))
    return refuse("text.saying", tr("Không rõ “{}” trong {} là gì. Sau dấu hai chấm xin ghi: kèm đơn vị, cùng kỳ, so sánh, kế hoạch hoặc so kế hoạch.", words, in_braces(inside)));
  out.saying = *saying;
  const std::string key = folded(name), code = lower_case(name);
  const auto is_named = [&](const Named& one) {
    if (key.empty()) return false;
    return folded(one.label) == key || folded(catalogue_->measure(one.measure).short_vi) == key;
  };
  auto found = std::ranges::find_if(all_, [&](const Named& one) { return lower_case(one.code) == code; });
  if (found == all_.end()) {
    found = std::ranges::find_if(all_, is_named);
    if (found != all_.end() && std::find_if(found + 1, all_.end(), is_named) != all_.end())
      return refuse("text.figure", tr("Có nhiều số liệu cùng tên “{}”. Xin chèn số liệu này từ danh sách.", name));
  }
  if (found == all_.end()) return refuse("text.figure", tr("Mẫu báo cáo này không có số liệu “{}”. Xin sửa, hoặc chèn số liệu từ danh sách.", name.empty() ? in_braces(inside) : std::string(name)));
  out.measure = found->measure;
  return out;
}

std::string FigureNames::text(const FigureToken& token) const {
  const std::string& code = catalogue_->measure(token.measure).code;
  const std::string_view words = saying_words(token.saying);
  return in_braces(words.empty() ? code : fmt::format("{}: {}", code, words));
}

std::string FigureNames::canonical(std::string_view markdown) const {
  return markdown::with_braces_filled(markdown, [&](std::string_view inside) {
    const auto known = token(inside);
    return known ? text(*known) : in_braces(inside);
  });
}

TextFigures::TextFigures(FigureNames names, LedgerView view, Question question, NamedPeriod period, std::map<MeasureIndex, std::int64_t> targets)
    : names_(std::move(names)), question_(question), period_(std::move(period)), targets_(std::move(targets)), figures_(std::move(view)) {}

std::optional<Figure> TextFigures::now(MeasureIndex measure) const {
  if (const auto known = now_.find(measure); known != now_.end()) return known->second;
  return now_[measure] = defined(figures_.figure(measure, question_));
}

std::optional<Figure> TextFigures::year_before(MeasureIndex measure) const {
  if (const auto known = year_before_.find(measure); known != year_before_.end()) return known->second;
  Question asked = Figures::same_last_year(question_);
  auto figure = defined(figures_.figure(measure, asked));
  if (!figure && asked.lens == Lens::official) {
    asked.lens = Lens::live;
    figure = defined(figures_.figure(measure, asked));
  }
  return year_before_[measure] = figure;
}

void TextFigures::know_all() {
  std::vector<MeasureIndex> typed;
  for (const FigureNames::Named& one : names_.all())
    if (is_typed(names_.catalogue().measure(one.measure).kind)) typed.push_back(one.measure);
  const auto ask = [&](const Question& question, Known& into) {
    const auto all = figures_of_bodies(figures_.view(), typed, question, {});
    if (!all) return false;
    for (std::size_t i = 0; i < typed.size(); ++i) into.insert_or_assign(typed[i], Figure{all->whole[i]});
    return true;
  };
  ask(question_, now_);
  Question before = Figures::same_last_year(question_);
  if (ask(before, year_before_)) return;
  before.lens = Lens::live;
  ask(before, year_before_);
}

// A nought where nothing was ever recorded is no figure to compare with.
bool TextFigures::anything_known_of_year_before() const {
  if (!year_before_is_known_)
    year_before_is_known_ = std::ranges::any_of(names_.all(), [&](const FigureNames::Named& one) {
      const MeasureKind kind = names_.catalogue().measure(one.measure).kind;
      if (kind != MeasureKind::stock && kind != MeasureKind::reference && kind != MeasureKind::yearly) return false;
      const auto figure = year_before(one.measure);
      return figure && figure->value != 0;
    });
  return *year_before_is_known_;
}

// Counts of bodies, and rates of them, say nothing across a reform.
bool TextFigures::comparable(MeasureIndex measure) const {
  if (!anything_known_of_year_before()) return false;
  if (Figures::same_last_year(question_).period.last >= reform_day() || question_.tree < reform_day()) return true;
  const Catalogue& catalogue = names_.catalogue();
  const auto is_count = [&](MeasureIndex index) { return catalogue.measure(index).kind == MeasureKind::count; };
  const Formula* formula = catalogue.formula(measure);
  return !is_count(measure) && (formula == nullptr || std::ranges::none_of(formula->terms, [&](const Term& term) { return is_count(term.measure); }));
}

std::optional<std::string> TextFigures::said(const FigureToken& token) const {
  const Measure& measure = names_.catalogue().measure(token.measure);
  const auto target = targets_.find(token.measure);
  switch (token.saying) {
    case FigureSaying::value:
      if (const auto figure = now(token.measure)) return figure->text(measure);
      break;
    case FigureSaying::with_unit:
      if (const auto figure = now(token.measure)) return counted(measure, figure->text(measure));
      break;
    case FigureSaying::same_period:
      if (const auto figure = comparable(token.measure) ? year_before(token.measure) : std::nullopt) return figure->text(measure);
      break;
    case FigureSaying::comparison: {
      const auto figure = now(token.measure), before = comparable(token.measure) ? year_before(token.measure) : std::nullopt;
      if (!figure || !before) break;
      std::string sentence = comparison_sentence(measure, *figure, *before, same_last_year_words(question_, Restated::no), Language::vietnamese);
      if (!sentence.empty()) return sentence;
      break;
    }
    case FigureSaying::plan:
      if (target == targets_.end()) break;
      // targets of percentages are kept in tenths
      if (measure.kind == MeasureKind::ratio && !measure.is_money) return Figure{target->second, 1'000, true, 100}.text(measure);
      return Figure{target->second}.text(measure);
    case FigureSaying::against_plan: {
      const auto figure = now(token.measure);
      if (target != targets_.end() && target->second > 0 && figure && !figure->is_ratio) return fmt::format("đạt {} kế hoạch năm", percent_text(figure->value, target->second));
      break;
    }
  }
  return std::nullopt;
}

std::string TextFigures::say(const FigureToken& token) const {
  if (auto out = said(token)) return *out;
  switch (token.saying) {
    case FigureSaying::comparison: return "chưa có số cùng kỳ để so sánh";
    case FigureSaying::against_plan: return "chưa có kế hoạch năm để so sánh";
    default: return "–";
  }
}

std::string TextFigures::link(MeasureIndex measure) const {
  const auto* body = std::get_if<BodyId>(&question_.subject);
  return body == nullptr ? std::string() : fmt::format("/so-lieu/{}?ct={}&ky={}", body->value, names_.catalogue().measure(measure).code, period_.name());
}

std::vector<TextProblem> TextFigures::problems(std::string_view block, std::string_view markdown) const {
  std::vector<TextProblem> out;
  std::size_t line = 1;
  for (std::size_t at = 0; at <= markdown.size(); ++line) {
    const std::size_t end = std::min(markdown.find('\n', at), markdown.size());
    const std::string_view here = markdown.substr(at, end - at);
    std::size_t opened = 0;
    markdown::with_braces_filled(here, [&](std::string_view inside) {
      ++opened;
      const auto known = names_.token(inside);
      if (!known) {
        out.push_back({TextProblem::Weight::error, std::string(block), in_braces(inside), line, known.error().message});
      } else if (!can_say(*known)) {
        const std::string& label = names_.catalogue().measure(known->measure).label(current_language());
        out.push_back({TextProblem::Weight::remark, std::string(block), in_braces(inside), line, tr("“{}”: {}.", label, say(*known) == "–" ? tr("chưa có số") : say(*known))});
      }
      return std::string();
    });
    // "{{B01}" and the like: nobody meant two opening braces to stay
    std::size_t braces = 0;
    for (std::size_t found = here.find("{{"); found != std::string_view::npos; found = here.find("{{", found + 2)) ++braces;
    if (braces > opened) out.push_back({TextProblem::Weight::error, std::string(block), "{{", line, tr("Có dấu “{}” mà không có dấu “{}” đóng lại.", "{{", "}}")});
    at = end + 1;
  }
  return out;
}

std::string TextFigures::resolved(std::string_view markdown) const {
  return markdown::with_braces_filled(markdown, [&](std::string_view inside) {
    const auto known = names_.token(inside);
    return known ? markdown::escaped(say(*known)) : in_braces(inside);
  });
}

std::vector<markdown::Part> TextFigures::parts(std::string_view markdown) const {
  std::vector<markdown::Part> out = markdown::parts_of(markdown);
  markdown::fill_braces(out, [&](std::string_view inside) -> document::Run {
    const auto known = names_.token(inside);
    if (!known) return {.text = in_braces(inside)};
    return {.text = say(*known), .link = link(known->measure)};
  });
  return out;
}

std::vector<markdown::Part> TextFigures::editor_parts(std::string_view markdown) const {
  std::vector<markdown::Part> out = markdown::parts_of(markdown);
  markdown::fill_braces(out, [&](std::string_view inside) -> document::Run {
    const auto known = names_.token(inside);
    return known ? document::Run{.text = say(*known), .link = names_.text(*known)} : document::Run{.text = in_braces(inside)};
  });
  return out;
}

}  // namespace khuyenhoc
