#include <algorithm>

#include <boost/json.hpp>

#include "app/asked.h"
#include "app/command.h"
#include "app/commands.h"
#include "base/text.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

enum class By { nothing, child, month };

struct FigureWords {
  CommandPlace where;
  std::string measure;
  AskedWords asked;
  By by = By::nothing;
  Output output = Output::text;
};

constexpr std::string_view unit_help =
    "mã địa giới: VN (Trung ương), 66 (tỉnh), 66/24490 (xã), 66@2025-06-30 (theo ngày khác), hoi/SỐ (một chi hội, ban). "
    "Nơi có Hội phụ trách thì tính Hội ấy cùng mọi đơn vị trực thuộc theo hệ thống Hội; nơi không có thì tính theo địa bàn";

struct Row {
  std::string key;                       // "66", "2026-01"
  std::string label;
  Figure figure;
};

Result<Term> asked_term(const Catalogue& catalogue, const std::string& text) {
  const auto term = catalogue.term(text);
  if (term && term->moment == Moment::period) return *term;
  return refuse("command.measure", fmt::format("Không có chỉ tiêu “{}”. Xin ghi mã trong danh mục, như B01, hoặc một phần của nó, như D03.quan_ly.", text), "MEASURE");
}

// Whole numbers as they are, ratios as a fraction number in the unit they are shown in, undefined as null.
json::value value_of(const Figure& figure) {
  if (!figure.defined()) return nullptr;
  if (!figure.is_ratio) return figure.value;
  return static_cast<double>(figure.value) * static_cast<double>(figure.scale) / static_cast<double>(figure.denominator);
}

Result<std::vector<Row>> rows_of(const Figures& figures, const Asked& asked, Series series, By by, Day today) {
  std::vector<Row> rows;
  const Organisation& organisation = *figures.view().organisation;
  if (by == By::child) {
    const auto parts = figures.by_child(series, asked.question);
    if (!parts) return std::unexpected(parts.error());
    for (const Part& part : *parts)
      if (part.kind != Part::Kind::line || part.figure.value != 0)            // a line that was handed over says nothing any more
        rows.push_back({subject_code(organisation, part.subject, asked.question.tree, today), part.label, part.figure});
    return rows;
  }
  if (asked.question.lens == Lens::official) {
    const auto refusal = figures.by_month(figures.catalogue().measure_of(series), asked.question);   // which says why there are none
    if (!refusal) return std::unexpected(refusal.error());
  }
  const Period period = asked.question.period;
  for (Day day = period.first; day <= period.last; day = day.last_of_month() + 1) {
    Question month = asked.question;
    month.period = {day, std::min(day.last_of_month(), period.last)};
    const auto figure = figures.member(series, month);
    if (!figure) return std::unexpected(figure.error());
    rows.push_back({day.iso().substr(0, 7), fmt::format("Tháng {}/{}", day.month(), day.year()), *figure});
  }
  return rows;
}

std::string as_json(const FigureWords& words, const Asked& asked, const Figure& whole, const std::vector<Row>& rows) {
  json::object out;
  out["measure"] = words.measure;
  out["unit"] = asked.unit_code;
  out["period"] = asked.period_name;
  out["territory"] = asked.question.tree.iso();
  out["lens"] = asked.question.lens == Lens::live ? "live" : "official";
  out["value"] = value_of(whole);
  if (words.by != By::nothing) {
    json::array list;
    for (const Row& row : rows) list.push_back(json::object{{words.by == By::child ? "unit" : "month", row.key}, {"label", row.label}, {"value", value_of(row.figure)}});
    out["rows"] = std::move(list);
  }
  return json::serialize(out) + "\n";
}

std::string with_unit(const Measure& measure, const Figure& figure) {
  std::string text = figure.text(measure);
  if (figure.defined() && !figure.is_ratio) text += " " + measure.unit(Language::vietnamese);
  return text;
}

std::string as_text(const House& house, const Asked& asked, Series series, const Figure& whole, const std::vector<Row>& rows) {
  const Catalogue& catalogue = house.catalogue;
  const Measure& measure = catalogue.measure(catalogue.measure_of(series));
  std::string text = fmt::format("{}\n{}, {}\n{}, địa giới ngày {}\n", catalogue.label(series, Language::vietnamese), asked.unit_name,
                                 house.periods.label(asked.period(), Language::vietnamese), asked.question.lens == Lens::live ? "Số tạm tính" : "Số đã chốt",
                                 asked.question.tree.text());
  const std::string total = with_unit(measure, whole);
  if (rows.empty()) return text + total + "\n";
  std::size_t label_width = 0, value_width = 0;
  for (const Row& row : rows) {
    label_width = std::max(label_width, count_characters(row.label));
    value_width = std::max(value_width, count_characters(row.figure.text(measure)));
  }
  for (const Row& row : rows) text += fmt::format("  {}  {}\n", padded(row.label, label_width, Align::left), padded(row.figure.text(measure), value_width, Align::right));
  return text + "Cả đơn vị: " + total + "\n";
}

int show_figure(const FigureWords& words) {
  auto application = open_to_read(words.where);
  if (!application) return refused(application.error());
  House& house = (*application)->house();
  const auto term = asked_term(house.catalogue, words.measure);
  if (!term) return refused(term.error());
  const auto asked = ask(house, words.asked);
  if (!asked) return refused(asked.error());
  const Figures figures(house.ledger.view());
  const auto whole = figures.member(term->series, asked->question);
  if (!whole) return refused(whole.error());
  std::vector<Row> rows;
  if (words.by != By::nothing) {
    auto made = rows_of(figures, *asked, term->series, words.by, house.clock.today());
    if (!made) return refused(made.error());
    rows = std::move(*made);
  }
  say(words.output == Output::json ? as_json(words, *asked, *whole, rows) : as_text(house, *asked, term->series, *whole, rows));
  return status_done;
}

}  // namespace

void add_figure_command(CLI::App& program, int& status) {
  auto words = std::make_shared<FigureWords>();
  auto* command = program.add_subcommand("figure", "một con số: chỉ tiêu nào, của đơn vị nào, kỳ nào");
  add_place(*command, words->where);
  command->add_option("MEASURE", words->measure, "mã chỉ tiêu: B01, hoặc một phần của nó: D03.quan_ly")->required();
  command->add_option("--unit", words->asked.unit, std::string(unit_help))->required()->type_name("MÃ");
  command->add_option("--period", words->asked.period, "kỳ: 2026-H1, 2026-9M, 2026, 2026-Q2, 2026-05, SY2025, 2025-12-01..2026-05-31")->required()->type_name("KỲ");
  command->add_option("--territory", words->asked.territory, "theo địa giới của ngày này; để trống là hôm nay, hoặc ngày ghi sau @ của --unit")->type_name("NGÀY");
  add_choice(*command, "--lens", words->asked.lens, {{"live", Lens::live}, {"official", Lens::official}}, "live: số tạm tính; official: số đã chốt");
  add_choice(*command, "--by", words->by, {{"child", By::child}, {"month", By::month}},
             "chia theo đơn vị trực thuộc (child) hoặc theo tháng (month); các dòng cộng lại bằng cả đơn vị");
  add_json(*command, words->output);
  command->callback([words, &status] { status = show_figure(*words); });
}

}  // namespace khuyenhoc
