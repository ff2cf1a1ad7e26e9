#include "reports/report_figures.h"

#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "measures/targets.h"

namespace khuyenhoc {
namespace {

bool is_defined(const Result<Figure>& figure) { return figure && figure->defined(); }

}  // namespace

std::string lower_first(std::string text) {
  if (text.empty()) return text;
  std::size_t end = 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  return lower_case(std::string_view(text).substr(0, end)) + text.substr(end);
}

ReportFigures::ReportFigures(House& house, const ReportOrder& order) : house_(house), order_(order), figures_(house.ledger.view()) {}

Question ReportFigures::now() const { return {order_.body, order_.period.period, order_.tree, order_.lens}; }
Question ReportFigures::year_before() const { return Figures::same_last_year(now()); }

std::optional<Figure> ReportFigures::now(std::string_view code) const {
  const auto figure = figures_.figure(catalogue().index(code), now());
  return is_defined(figure) ? std::optional(*figure) : std::nullopt;
}

std::optional<Figure> ReportFigures::year_before(std::string_view code) const {
  const auto figure = figures_.figure(catalogue().index(code), year_before());
  return is_defined(figure) ? std::optional(*figure) : std::nullopt;
}

std::optional<std::int64_t> ReportFigures::target(std::string_view code) const {
  return house_.store.read([&](db::Reader& reader) {
    return khuyenhoc::target(reader, catalogue(), order_.body, catalogue().index(code), order_.period.year);
  });
}

bool ReportFigures::restated() const { return year_before().period.last < reform_day() && order_.tree >= reform_day(); }
// Counts of bodies, and rates of them, say nothing across a reform: nothing is handed over from one to the other.
bool ReportFigures::comparable(std::string_view code) const {
  if (!restated()) return true;
  const auto is_count = [&](MeasureIndex index) { return catalogue().measure(index).kind == MeasureKind::count; };
  const Formula* formula = catalogue().formula(catalogue().index(code));
  return !is_count(catalogue().index(code)) && (formula == nullptr || std::ranges::none_of(formula->terms, [&](const Term& term) { return is_count(term.measure); }));
}

std::string ReportFigures::text(std::string_view code) const {
  const auto figure = now(code);
  return figure ? figure->text(measure(code)) : "–";
}

std::string ReportFigures::counted(std::string_view code) const {
  const Measure& asked = measure(code);
  const std::string shown = text(code);
  if (asked.kind == MeasureKind::ratio && !asked.is_money) return shown;
  const std::string& word = asked.is_money ? asked.unit_vi : asked.counted_vi.empty() ? asked.unit_vi : asked.counted_vi;
  return shown + " " + word;
}

std::string ReportFigures::link(std::string_view code) const {
  return fmt::format("/so-lieu/{}?ct={}&ky={}", order_.body.value, code, order_.period.name());
}

std::optional<std::pair<Figure, Figure>> ReportFigures::among_comparable(std::string_view code) const {
  const auto sum = [&](const Question& question) -> std::optional<Figure> {
    const auto parts = figures_.by_child(catalogue().index(code), question);
    if (!parts) return std::nullopt;
    Figure out;
    for (const Part& part : *parts) {
      const auto* body = std::get_if<BodyId>(&part.subject);
      if (part.kind != Part::Kind::child || body == nullptr || !part.figure.defined()) continue;
      if (std::ranges::find(*comparable_children_, *body) != comparable_children_->end()) out.value += part.figure.value;
    }
    return out;
  };
  const auto current = sum(now()), before = sum(year_before());
  return current && before ? std::optional(std::pair(*current, *before)) : std::nullopt;
}

// A level is carried on from the period before; whoever has none before cannot stand in with it.
bool ReportFigures::somebody_has_nothing(std::string_view code) const {
  const auto parts = figures_.by_child(catalogue().index(code), now());
  return parts && std::ranges::any_of(*parts, [&](const Part& part) {
    const auto* body = std::get_if<BodyId>(&part.subject);
    return part.kind == Part::Kind::child && body != nullptr && part.figure.value == 0 && std::ranges::find(*comparable_children_, *body) == comparable_children_->end();
  });
}

bool ReportFigures::fall_may_be_what_is_missing(std::string_view code) const {
  const MeasureKind kind = measure(code).kind;
  if (!comparable_children_ || (kind != MeasureKind::flow && !is_level(kind))) return false;
  const auto current = now(code), before = year_before(code);
  return current && before && current->value < before->value && (kind == MeasureKind::flow || somebody_has_nothing(code));
}

bool ReportFigures::fallen(std::string_view code) const {
  if (fall_may_be_what_is_missing(code)) {
    const auto pair = among_comparable(code);
    return pair && pair->first.value < pair->second.value;
  }
  const auto current = now(code), before = year_before(code);
  return current && before && comparable(code) && current->value < before->value;
}

std::string ReportFigures::comparison(std::string_view code) const {
  const auto current = now(code);
  const auto before = year_before(code);
  if (!current || !before || !comparable(code)) return {};
  const std::string last_year = fmt::format("cùng kỳ năm {}", order_.period.year - 1);
  if (!fall_may_be_what_is_missing(code)) return comparison_sentence(measure(code), *current, *before, last_year);
  if (!fallen(code)) return {};
  const auto pair = among_comparable(code);
  return fmt::format("riêng {} đơn vị đã ghi đủ {}", comparable_children_->size(), comparison_sentence(measure(code), pair->first, pair->second, last_year));
}

std::string ReportFigures::plan(std::string_view code) const {
  const auto goal = target(code);
  const auto current = now(code);
  if (!goal || *goal <= 0 || !current || current->is_ratio) return {};
  return fmt::format("đạt {} kế hoạch năm", percent_text(current->value, *goal));
}

void ReportFigures::say(document::Text& text, std::string_view code) const {
  const std::string shown = this->text(code);
  const std::string all = counted(code);
  text.figure(shown, link(code)).add(all.substr(shown.size()));
}

void ReportFigures::say_change(document::Text& text, std::string_view code) const {
  for (const std::string& phrase : {comparison(code), plan(code)})
    if (!phrase.empty()) text.add(", " + phrase);
}

std::string ReportFigures::whole() const {
  switch (organisation().kind(order_.body).level) {
    case BodyKind::Level::centre: return "toàn quốc";
    case BodyKind::Level::province: {
      const UnitId area = organisation().body(order_.body).on(order_.tree).area;
      const Unit* unit = organisation().territory().find(area);
      return unit != nullptr && unit->on(order_.tree).type == "thành phố" ? "toàn thành phố" : "toàn tỉnh";
    }
    case BodyKind::Level::district: return "toàn huyện";
    default: {
      const Unit* unit = organisation().territory().find(organisation().body(order_.body).on(order_.tree).area);
      return unit != nullptr ? "toàn " + unit->on(order_.tree).type : "toàn đơn vị";
    }
  }
}

std::string ReportFigures::issuer() const { return organisation().body(order_.body).on(order_.tree).name; }

std::string ReportFigures::children_words() const {
  switch (organisation().kind(order_.body).level) {
    case BodyKind::Level::centre: return "tỉnh, thành phố";
    case BodyKind::Level::province: return "xã, phường, đơn vị";
    default: return "chi hội, ban";
  }
}

}  // namespace khuyenhoc
