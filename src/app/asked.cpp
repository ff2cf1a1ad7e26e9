#include "app/asked.h"

#include <charconv>

#include "organisation/in_charge.h"

namespace khuyenhoc {
namespace {

constexpr std::string_view body_prefix = "hoi/";

Day last_alive(const Body& body, Day day) {
  if (body.alive(day)) return day;
  if (body.ended && *body.ended <= day) return *body.ended - 1;
  return body.born;
}

Result<BodyId> named_body(const Organisation& organisation, std::string_view digits) {
  BodyId id;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), id.value);
  if (error != std::errc{} || end != digits.data() + digits.size() || organisation.find(id) == nullptr)
    return refuse("command.body", fmt::format("Không có đơn vị nào mang số “{}”. Lệnh “khuyenhoc figure … --by child --json” in ra các số đang có.", digits), "--unit");
  return id;
}

// Today's unit may be made of several that stood there before; a figure of none would be a lie.
Refusal not_there(const Territory& territory, UnitId unit, Day tree, Day today) {
  std::string instead;
  const auto kin = territory.unit(unit).born > tree ? territory.predecessors(unit) : territory.successors(unit);
  constexpr std::size_t named_at_most = 5;
  for (std::size_t i = 0; i < std::min(kin.size(), named_at_most); ++i)
    instead += fmt::format("{}{} ({})", i == 0 ? "" : ", ", territory.code_path(kin[i], today), territory.unit(kin[i]).full_name(tree));
  return {"command.not_there", fmt::format("{} không có trong địa giới ngày {}.{} Xin chọn đơn vị của ngày ấy, hoặc bỏ --territory.", territory.unit(unit).full_name(today), tree.text(),
                                           instead.empty() ? std::string() : " Nơi ấy khi đó là: " + instead + (kin.size() > named_at_most ? "…." : ".")), "--unit"};
}

struct Named {
  Subject subject;
  std::optional<Day> day;                // of "code@day"
};

// Codes are those of today; one that no unit bears today may still be known in the territory that was asked for.
Result<UnitId> named_unit(const Territory& territory, const std::string& text, Day today, Day tree) {
  auto unit = territory.resolve(text, today);
  if (!unit && tree != today)
    if (auto then = territory.resolve(text, tree)) return then;
  return unit;
}

Result<Named> named(const House& house, const std::string& text, Day today, Day tree) {
  const auto organisation = house.organisation.current();
  if (text.starts_with(body_prefix)) {
    const auto body = named_body(*organisation, std::string_view(text).substr(body_prefix.size()));
    if (!body) return std::unexpected(body.error());
    return Named{*body, std::nullopt};
  }
  const auto unit = named_unit(organisation->territory(), text, today, tree);
  if (!unit) return std::unexpected(unit.error());
  Named out{*unit, std::nullopt};
  if (const auto at = text.find('@'); at != std::string::npos) out.day = Day::parse_iso(std::string_view(text).substr(at + 1));
  return out;
}

}  // namespace

std::string subject_code(const Organisation& organisation, const Subject& subject, Day day, Day today) {
  const Territory& territory = organisation.territory();
  if (const auto* unit = std::get_if<UnitId>(&subject)) return territory.code_path(*unit, today);
  const BodyId id = std::get<BodyId>(subject);
  const Body& body = organisation.body(id);
  const Day known = last_alive(body, day);
  const UnitId area = body.on(known).area;
  if (!area || association_in_charge(organisation, area, known) != id) return fmt::format("{}{}", body_prefix, id.value);
  std::string code = territory.code_path(area, today);
  // an association of another day is named by that day, also where its unit lives on under a new one
  if (known != day && code.find('@') == std::string::npos) code += "@" + known.iso();
  return code;
}

std::string asked_subject_name(const Organisation& organisation, const Subject& subject, Day day) {
  if (const auto* unit = std::get_if<UnitId>(&subject)) return organisation.territory().unit(*unit).full_name(day);
  return organisation.body(std::get<BodyId>(subject)).on(day).name;
}

Result<Asked> ask(const House& house, const AskedWords& words) {
  const Day today = house.clock.today();
  std::optional<Day> tree;
  if (!words.territory.empty()) {
    tree = Day::parse_iso(words.territory);
    if (!tree) return refuse("command.territory", "--territory cần một ngày dạng 2025-06-30.", "--territory");
  }
  const auto period = house.periods.parse_period("bao_cao", words.period);
  if (!period)
    return refuse("command.period",
                  fmt::format("Không hiểu kỳ “{}”. Xin ghi như 2026-H1, 2026-9M, 2026, 2026-Q2, 2026-05, SY2025 hoặc 2025-12-01..2026-05-31.", words.period), "--period");
  const auto found = named(house, words.unit, today, tree.value_or(today));
  if (!found) return std::unexpected(found.error());

  const auto organisation = house.organisation.current();
  Asked asked;
  asked.question = {found->subject, *period, tree.value_or(found->day.value_or(today)), words.lens};
  if (const auto* unit = std::get_if<UnitId>(&found->subject); unit != nullptr && !found->day && !organisation->territory().unit(*unit).alive(asked.question.tree))
    return std::unexpected(not_there(organisation->territory(), *unit, asked.question.tree, today));
  if (const auto* unit = std::get_if<UnitId>(&found->subject))
    if (const BodyId body = association_in_charge(*organisation, *unit, asked.question.tree)) asked.question.subject = body;
  asked.unit_code = subject_code(*organisation, asked.question.subject, asked.question.tree, today);
  asked.unit_name = asked_subject_name(*organisation, asked.question.subject, asked.question.tree);
  asked.period_name = words.period;
  return asked;
}

}  // namespace khuyenhoc
