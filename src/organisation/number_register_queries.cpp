#include "organisation/letterheads.h"
#include "organisation/number_register.h"
#include "organisation/numbering.h"
#include "organisation/paper_kinds.h"

namespace khuyenhoc {
namespace {

struct SeriesOf {
  Day from;                              // its first day
  std::string series;                    // code of the kind; empty for the one series
};

SeriesOf series_of(db::Reader& reader, BodyId body, std::string_view paper, Day day, std::optional<Day> term_began) {
  const NumberingRule rule = numbering_rule(reader, body, day);
  const bool by_term = rule.restarts == NumberRestart::every_term && term_began && *term_began <= day;
  return {by_term ? *term_began : Day::of(day.year(), 1, 1), rule.series == NumberSeries::one ? std::string() : std::string(paper)};
}

// Where the register of a year stood when the office began here; of a series that runs through a term, the last year that says so.
std::int64_t first_number(db::Reader& reader, BodyId body, const SeriesOf& series, Day day) {
  for (int year = day.year(); year >= series.from.year(); --year) {
    const auto numbers = next_numbers(reader, body, year);
    if (const auto at = numbers.find(series.series); at != numbers.end()) return at->second;
  }
  return 1;
}

}  // namespace

constexpr std::string_view select_last_number = "SELECT MAX(number) FROM body_paper_number WHERE body = $1 AND series_from = $2 AND series = $3";
PaperNumber next_paper_number(db::Reader& reader, const Organisation& organisation, BodyId body, std::string_view paper, Day day, std::optional<Day> term_began) {
  const SeriesOf series = series_of(reader, body, paper, day, term_began);
  const std::int64_t last = reader.first_number(select_last_number, {body, series.from, series.series}).value_or(0);
  const std::int64_t number = std::max(last + 1, first_number(reader, body, series, day));
  const PaperKind* kind = PaperKinds::house().find(paper);
  return {number, number_text_of(number, kind != nullptr ? kind->letters : std::string(), letterhead(reader, organisation, body, day).numbering_suffix, Systems::house().papers_of(organisation.kind(body).system))};
}

constexpr std::string_view insert_number =
    "INSERT INTO body_paper_number (body, series_from, series, number, paper, day, number_text, noun, record) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
PaperNumber take_paper_number(db::Writer& writer, const Organisation& organisation, BodyId body, std::string_view paper, Day day, std::optional<Day> term_began,
                              std::string_view noun, std::int64_t record) {
  const PaperNumber taken = next_paper_number(writer, organisation, body, paper, day, term_began);
  const SeriesOf series = series_of(writer, body, paper, day, term_began);
  writer.run(insert_number, {body, series.from, series.series, taken.number, paper, day, taken.text, noun, record});
  return taken;
}

}  // namespace khuyenhoc
