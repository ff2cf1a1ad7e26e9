#include "base/i18n.h"
#include "organisation/numbering.h"
#include "organisation/paper_kinds.h"

namespace khuyenhoc {
namespace {

constexpr std::int64_t most_papers = 99'999;

std::string json_of(const NumberingRule& rule) {
  return fmt::format(R"({{"from":"{}","series":"{}","restarts":"{}","digital_pictures":{}}})", rule.from.iso(), rule.series == NumberSeries::one ? "one" : "by_kind",
                     rule.restarts == NumberRestart::every_year ? "every_year" : "every_term", rule.digital_pictures);
}

}  // namespace

constexpr std::string_view select_numbering = "SELECT from_day, series, restarts, digital_pictures, row_version FROM body_numbering WHERE body = $1 ORDER BY from_day";
std::vector<NumberingRule> numbering_rules(db::Reader& reader, BodyId body) {
  return reader.all(select_numbering, {body}, [&](const db::Row& row) { return NumberingRule{body, row.day(0), row.as<NumberSeries>(1), row.as<NumberRestart>(2), row.flag(3), row.number(4)}; });
}

NumberingRule numbering_rule(db::Reader& reader, BodyId body, Day day) {
  NumberingRule out{.body = body, .from = day};
  for (const NumberingRule& rule : numbering_rules(reader, body))
    if (rule.from <= day) out = rule;
  return out;
}

constexpr std::string_view insert_numbering =
    "INSERT INTO body_numbering (body, from_day, series, restarts, digital_pictures, row_version) VALUES ($1, $2, $3, $4, $5, 1)";
constexpr std::string_view update_numbering =
    "UPDATE body_numbering SET series = $3, restarts = $4, digital_pictures = $5, row_version = row_version + 1 WHERE body = $1 AND from_day = $2";
Result<void> set_numbering_rule(db::Writer& writer, const AuditSink& sink, const NumberingRule& given, std::int64_t expected_version) {
  const NumberingRule before = numbering_rule(writer, given.body, given.from);
  if (before.row_version != expected_version) return refuse("numbering.stale", tr("Quy định đánh số vừa được người khác sửa. Xin xem lại rồi ghi tiếp."));
  const bool same_day = before.row_version != 0 && before.from == given.from;
  const std::int64_t digital = given.digital_pictures ? 1 : 0;
  writer.run(same_day ? update_numbering : insert_numbering, {given.body, given.from, given.series, given.restarts, digital});
  if (sink) sink(writer, ChangeNote{given.body, "numbering", given.body.value, "set", before.row_version == 0 ? std::string() : json_of(before), json_of(given), {}, {}});
  return {};
}

constexpr std::string_view select_next = "SELECT paper, next_number FROM body_first_number WHERE body = $1 AND year = $2";
std::map<std::string, std::int64_t> next_numbers(db::Reader& reader, BodyId body, int year) {
  std::map<std::string, std::int64_t> out;
  reader.each(select_next, {body, year}, [&](const db::Row& row) { out.emplace(row.text(0), row.number(1)); });
  return out;
}

constexpr std::string_view delete_next = "DELETE FROM body_first_number WHERE body = $1 AND year = $2";
constexpr std::string_view insert_next = "INSERT INTO body_first_number (body, year, paper, next_number) VALUES ($1, $2, $3, $4)";
Result<void> set_next_numbers(db::Writer& writer, const AuditSink& sink, BodyId body, int year, const std::map<std::string, std::int64_t>& numbers) {
  const auto json = [&](const std::map<std::string, std::int64_t>& all) {
    std::string out;
    for (const auto& [paper, number] : all) out += fmt::format("{}{}:{}", out.empty() ? "" : ",", json_text(paper), number);
    return fmt::format(R"({{"year":{},"next":{{{}}}}})", year, out);
  };
  for (const auto& [paper, number] : numbers) {
    if (!paper.empty() && PaperKinds::house().find(paper) == nullptr) return refuse("numbering.number", tr("Xin chọn loại văn bản trong danh sách."), paper);
    if (number < 1 || number > most_papers) return refuse("numbering.number", tr("Số kế tiếp phải từ 1 đến 99.999."), paper);
  }
  const auto before = next_numbers(writer, body, year);
  if (before == numbers) return {};
  writer.run(delete_next, {body, year});
  for (const auto& [paper, number] : numbers) writer.run(insert_next, {body, year, paper, number});
  if (sink) sink(writer, ChangeNote{body, "numbering", body.value, "next", before.empty() ? std::string() : json(before), json(numbers), {}, {}});
  return {};
}

std::string number_text_of(std::int64_t number, std::string_view letters, std::string_view suffix, BodySystem::Papers papers) {
  const std::string digits = number <= 0 ? std::string(5, ' ') : fmt::format("{:02}", number);
  if (papers == BodySystem::Papers::youth_union) return fmt::format("{}-{}/{}", digits, letters.empty() ? "CV" : letters, suffix);
  return letters.empty() ? fmt::format("{}/{}", digits, suffix) : fmt::format("{}/{}-{}", digits, letters, suffix);
}

}  // namespace khuyenhoc
