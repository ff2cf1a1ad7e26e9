#include <algorithm>

#include "base/number.h"
#include "base/phrases.h"
#include "boards/pages/board_parts.h"
#include "boards/silence.h"
#include "boards/words.h"

namespace khuyenhoc {
namespace {

constexpr int years_shown = 5;
constexpr std::size_t cards_shown = 6;

// What a card says besides its figure and the change.
enum class Beside { nothing, share_of_households, out_of_dropouts };
struct CardPlan {
  std::string_view code;
  Message name;
  Beside beside = Beside::nothing;
};
constexpr std::array plans{
    CardPlan{"B01", mark("Hội viên")},
    CardPlan{"B05", mark("Tỷ lệ hội viên trên dân số")},
    CardPlan{"C02", mark("Hộ đăng ký Gia đình học tập"), Beside::share_of_households},
    CardPlan{"D02", mark("Thu quỹ khuyến học")},
    CardPlan{"E01", mark("Học bổng đã trao")},
    CardPlan{"E09", mark("Học sinh bỏ học đã trở lại lớp"), Beside::out_of_dropouts},
};

class Cards {
 public:
  Cards(const Figures& figures, const BoardAsk& ask, const BoardLinks& links, const Board& board)
      : figures_(figures), ask_(ask), links_(links), board_(board), current_(board.measure), catalogue_(figures.catalogue()) {}

  CardView card(MeasureIndex index, const std::string& name, Beside beside) const {
    const Measure& measure = catalogue_.measure(index);
    const Figure now = figure(index, ask_.question), then = figure(index, ask_.year_before());
    const Amount amount = amount_of(measure, now);
    CardView out{.name = name, .number = amount.number, .unit = amount.unit, .change = change(index, measure, now, then)};
    out.link = index == current_ ? links_.ingredients(ask_.question.subject, measure.code) : links_.measure(measure.code);
    if (beside == Beside::share_of_households) {
      const Figure all = figure(catalogue_.index("C01"), ask_.question);
      if (all.defined() && all.value > 0 && now.defined()) out.change += (out.change.empty() ? "" : "; ") + tr("bằng {} số hộ", percent_text(now.value, all.value));
    }
    if (beside == Beside::out_of_dropouts) {
      const MeasureIndex rate = catalogue_.index("E10");
      const Figure all = figure(catalogue_.index("E08"), ask_.question), rate_now = figure(rate, ask_.question), rate_then = figure(rate, ask_.year_before());
      if (all.defined() && all.value > 0) out.unit = tr("trong {} em", number_text(all.value));
      if (rate_now.defined()) {
        const std::string risen = comparison_text(catalogue_.measure(rate), rate_now, rate_then, current_language());
        out.change = rate_then.defined() ? tr("Đạt {}, {}", rate_now.text(measure), risen) : tr("Đạt {}", rate_now.text(measure));
      }
    }
    draw(out, index);
    return out;
  }

 private:
  Figure figure(MeasureIndex index, const Question& question) const { return figures_.figure(index, question).value_or(undefined_figure); }

  std::string change(MeasureIndex index, const Measure& measure, const Figure& now, const Figure& then) const {
    if (!now.defined()) return tr("Chưa có số liệu");
    if (compared(catalogue_, index, ask_) == Compared::across_reform) return tr("Không so sánh với cùng kỳ");
    if (!then.defined()) return tr("Chưa có số cùng kỳ");
    if (silent_children(board_) > 0 && now.value < then.value) {
      if (now.value == 0) return tr("Chưa có số kỳ này");
      if (const auto waiting = without_the_silent(index, measure)) return *waiting;
    }
    return change_of(measure, now, then);
  }

  // The same board of this card's figure, where its fall may only be that some are silent.
  std::optional<std::string> without_the_silent(MeasureIndex index, const Measure& measure) const {
    if (measure.kind == MeasureKind::ratio) return std::nullopt;
    const auto now = figures_.by_child(index, ask_.question), then = figures_.by_child(index, ask_.year_before());
    if (!now || !then) return std::nullopt;
    std::set<Subject> silent;
    for (const BoardSection& section : board_.sections)
      for (const BoardRow& row : section.rows)
        if (row.report == BoardRow::Report::silent) silent.insert(row.subject);
    Board own;
    own.measure = index;
    own.total.now = figure(index, ask_.question);
    own.total.then = figure(index, ask_.year_before());
    BoardSection& rows = own.sections.emplace_back();
    for (const Part& part : *now) {
      BoardRow& row = rows.rows.emplace_back();
      row.kind = part.kind;
      row.subject = part.subject;
      row.now = part.figure;
      if (part.kind == Part::Kind::child && silent.contains(part.subject)) row.report = BoardRow::Report::silent;
      const auto before = std::ranges::find_if(*then, [&](const Part& one) { return one.kind == part.kind && one.subject == part.subject; });
      if (before != then->end()) row.then = before->figure;
    }
    if (!fall_may_be_silence(measure, own)) return std::nullopt;
    const auto some = heard(own);
    return some ? tr("{}, riêng {} đơn vị đã có số", change_of(measure, some->now, some->then), some->bodies) : tr("Chưa so sánh đủ với cùng kỳ");
  }

  std::string change_of(const Measure& measure, const Figure& now, const Figure& then) const {
    if (now.is_ratio) return tr("{} (từ {})", capitalised(comparison_text(measure, now, then, current_language())), then.text(measure));
    if (!measure.is_money || now.value == then.value) return capitalised(comparison_text(measure, now, then, current_language()));
    const Amount amount = amount_of(measure, {std::abs(now.value - then.value), 1, false, 1});
    const std::string size = then.value > 0 ? fmt::format("{} {} ({})", amount.number, amount.unit, percent_text(std::abs(now.value - then.value), then.value))
                                            : fmt::format("{} {}", amount.number, amount.unit);
    return now.value > then.value ? tr("Tăng {}", size) : tr("Giảm {}", size);
  }

  // Five years in a field of 88 by 32, the last one marked.
  void draw(CardView& out, MeasureIndex index) const {
    std::vector<std::pair<double, double>> points;
    const auto years = yearly(figures_, index, ask_, years_shown);
    for (std::size_t i = 0; i < years.size(); ++i)
      if (const auto& one = years[i].figure)
        points.emplace_back(4.0 + 80.0 * static_cast<double>(i + years_shown - years.size()) / (years_shown - 1), static_cast<double>(one->value) / static_cast<double>(one->denominator));
    if (points.size() < 2) return;
    const auto [least, most] = std::ranges::minmax_element(points, {}, &std::pair<double, double>::second);
    const double low = least->second, range = most->second - low;
    const auto height = [&](double value) { return range > 0 ? 28.0 - 24.0 * (value - low) / range : 16.0; };
    for (const auto& [x, value] : points) out.line += fmt::format("{}{:.1f},{:.1f}", out.line.empty() ? "" : " ", x, height(value));
    out.dot_x = fmt::format("{:.1f}", points.back().first);
    out.dot_y = fmt::format("{:.1f}", height(points.back().second));
  }

  const Figures& figures_;
  const BoardAsk& ask_;
  const BoardLinks& links_;
  const Board& board_;
  MeasureIndex current_;
  const Catalogue& catalogue_;
};

// Values of a chart in one unit that can be read: people as they are, money in billions or millions, percentages with one decimal.
struct ChartScale {
  std::int64_t divide_by = 1;
  int decimals = 0;
  std::string unit;
};

ChartScale scale_of(const Measure& measure, std::span<const Figure> figures) {
  ChartScale out{1, 0, unit_words(measure)};
  std::int64_t most = 0;
  for (const Figure& figure : figures) {
    if (figure.is_ratio) out.decimals = figure.scale == 100 ? 1 : 0;
    else most = std::max(most, std::abs(figure.value));
  }
  if (measure.is_money && most >= 1'000'000'000) out = {1'000'000'000, 2, tr("tỷ đồng")};
  else if (measure.is_money && most >= 10'000'000) out = {1'000'000, 1, tr("triệu đồng")};
  return out;
}

boost::json::value point(const Figure& figure, const ChartScale& scale) {
  if (!figure.defined()) return nullptr;
  if (!figure.is_ratio && scale.divide_by == 1) return figure.value;
  const double value = figure.is_ratio ? static_cast<double>(figure.value * figure.scale) / static_cast<double>(figure.denominator)
                                       : static_cast<double>(figure.value) / static_cast<double>(scale.divide_by);
  const double fine = scale.decimals == 2 ? 100 : scale.decimals == 1 ? 10 : 1;
  return std::round(value * fine) / fine;
}

}  // namespace

std::string unit_words(const Measure& measure) {
  return measure.is_money && measure.kind != MeasureKind::ratio ? tr("đồng") : measure.unit(current_language());
}

std::vector<CardView> card_views(const Figures& figures, const BoardAsk& ask, const BoardLinks& links, const Board& board) {
  const Catalogue& catalogue = figures.catalogue();
  const Cards cards(figures, ask, links, board);
  std::vector<CardView> out;
  if (is_branch(*figures.view().organisation, ask.question.subject)) {
    for (const MeasureIndex index : measures_of_form(figures, ask.question.subject)) {
      if (out.size() == cards_shown) break;
      out.push_back(cards.card(index, catalogue.measure(index).short_label(current_language()), Beside::nothing));
    }
    return out;
  }
  for (const CardPlan& plan : plans) out.push_back(cards.card(catalogue.index(plan.code), tr(plan.name), plan.beside));
  return out;
}

ChartView years_chart(const Figures& figures, const Board& board, const BoardAsk& ask) {
  const Measure& measure = figures.catalogue().measure(board.measure);
  const auto years = yearly(figures, board.measure, ask, years_shown);
  const std::string label = measure.short_label(current_language());
  ChartView out;
  std::vector<Figure> values;
  for (const YearFigure& one : years) values.push_back(one.figure.value_or(undefined_figure));
  if (board.total.target && measure.kind != MeasureKind::ratio) values.push_back({*board.total.target, 1, false, 1});
  const ChartScale scale = scale_of(measure, values);
  boost::json::array categories, points;
  for (std::size_t i = 0; i < years.size(); ++i) {
    categories.emplace_back(tr("năm {}", years[i].year));
    points.push_back(point(values[i], scale));
    out.columns.push_back(fmt::format("{}", years[i].year));
    out.values.push_back(values[i].text(measure));
  }
  const bool restated = std::ranges::any_of(years, [&](const YearFigure& one) { return one.year < reform_year; }) && reform_day() <= ask.question.tree;
  out.title = tr("{} cùng kỳ các năm", label);
  out.unit = restated && ask.question.tree == ask.today ? tr("{}, quy về địa giới hiện nay", scale.unit) : scale.unit;
  out.head = tr("Cùng kỳ năm");
  out.row = fmt::format("{} ({})", label, unit_words(measure));
  if (!years.empty()) out.description = tr("{} cùng kỳ từ năm {} đến năm {}: từ {} đến {}.", label, years.front().year, years.back().year, out.values.front(), out.values.back());
  out.data = {{"kind", "years"}, {"unit", scale.unit}, {"categories", categories}, {"values", points}, {"decimals", scale.decimals}, {"description", out.description}};
  if (board.total.target) {
    const Figure target = measure.kind == MeasureKind::ratio ? Figure{*board.total.target, board.total.now.scale == 100 ? 1000 : 1, true, board.total.now.scale}
                                                             : Figure{*board.total.target, 1, false, 1};
    boost::json::object plan{{"label", tr("Kế hoạch năm {}", ask.period.year)}, {"value", point(target, scale)}};
    if (const auto share = reached(board.total)) plan["note"] = tr("đã đạt {}", share->text());
    out.data["plan"] = plan;
    out.description += " " + tr("Kế hoạch năm {}: {}.", ask.period.year, target_text(measure, board.total.now, *board.total.target));
    out.data["description"] = out.description;
  }
  return out;
}

ChartView months_chart(const Figures& figures, MeasureIndex index, const MonthBoard& months, const BoardAsk& ask) {
  const Measure& measure = figures.catalogue().measure(index);
  std::vector<Figure> all = months.board.total;
  all.insert(all.end(), months.year_before.begin(), months.year_before.end());
  const ChartScale scale = scale_of(measure, all);
  ChartView out;
  boost::json::array categories, now, then;
  for (const Day month : months.months) categories.emplace_back(fmt::format("{}/{}", month.month(), month.year()));
  for (const Figure& figure : months.board.total) now.push_back(point(figure, scale));
  for (const Figure& figure : months.year_before) then.push_back(point(figure, scale));
  out.title = tr("{} từng tháng", measure.short_label(current_language()));
  out.unit = scale.unit;
  out.description = tr("{} từng tháng trong kỳ; số của từng đơn vị ở bảng dưới.", measure.short_label(current_language()));
  out.data = {{"kind", "months"}, {"unit", scale.unit}, {"categories", categories}, {"values", now}, {"decimals", scale.decimals}, {"description", out.description},
              {"label", tr("năm {}", ask.period.year)}};
  if (std::ranges::any_of(months.year_before, [](const Figure& one) { return one.defined() && one.value != 0; }))
    out.data["compare"] = boost::json::object{{"label", tr("năm {}", Periods::house().same_last_year(ask.period).year)}, {"values", then}};
  return out;
}

}  // namespace khuyenhoc
