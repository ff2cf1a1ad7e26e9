// A list of bodies read from the command line, as its wizard would: good rows are written, the others told with their reasons.
#include "app/asked.h"
#include "app/office_work.h"
#include "base/number.h"
#include "body_lists/body_lists.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

constexpr std::size_t rejected_in_text = 50;

Viewer program_keeping(const House& house, BodyId body) {
  ViewerData data;
  data.name = "Chương trình";
  data.acting_for = body;
  data.units = {{body, {}}};
  data.grants = {{Permission::keep_bodies, Grant::Reach::subtree, {body}}};
  data.today = house.clock.today();
  return {std::move(data), house.organisation.current()};
}

std::string counts_of(const ImportRecord& record) {
  return fmt::format("{} dòng: {} thêm, {} sửa, {} đã có không đổi, {} cần xem lại, {} không nhập được.\n", number_text(record.rows), number_text(record.added), number_text(record.changed),
                     number_text(record.unchanged), number_text(record.to_review), number_text(record.refused));
}

}  // namespace

Result<json::object> import_body_list(House& house, const json::object& request) {
  const auto bytes = crypto::from_base64url(text_in(request, "workbook"));
  if (!bytes) return refuse("work.form", "Không đọc được yêu cầu của dòng lệnh.");
  const auto asked = ask(house, {.unit = text_in(request, "unit"), .period = "2026", .territory = {}});   // any period: only the unit is asked
  if (!asked) return std::unexpected(asked.error());
  const auto* body = std::get_if<BodyId>(&asked->question.subject);
  if (body == nullptr) return refuse("command.no_association", fmt::format("{} chưa có Hội Khuyến học, nên chưa nhập danh sách ở đó được.", asked->unit_name), "--unit");
  const auto kind = body_lists_import(house);
  const Viewer viewer = program_keeping(house, *body);
  const bool trial = text_in(request, "dry_run") == "yes";
  const auto outcome = import_directly(*kind, house, viewer, *body,
                                       {.file_name = text_in(request, "file_name"), .content = std::string(reinterpret_cast<const char*>(bytes->data()), bytes->size()),
                                        .trial = trial ? DirectImport::Trial::yes : DirectImport::Trial::no});
  if (!outcome) return std::unexpected(outcome.error());
  json::array rejected;
  std::string told;
  for (const DirectOutcome::Row& row : outcome->rows) {
    if (row.verdict != ImportVerdict::refused && row.verdict != ImportVerdict::to_review) continue;
    const std::string why = fmt::format("{}", fmt::join(row.findings, " "));
    if (rejected.size() < rejected_in_text) told += fmt::format("  Dòng {}: {}\n", row.number, why);
    rejected.push_back(json::object{{"row", row.number}, {"verdict", row.verdict == ImportVerdict::refused ? "refused" : "to_review"}, {"why", why}});
  }
  if (rejected.size() > rejected_in_text) told += fmt::format("  và {} dòng khác.\n", rejected.size() - rejected_in_text);
  const ImportRecord& record = outcome->record;
  return json::object{{"unit", body->value}, {"import", record.id.value}, {"rows", record.rows}, {"added", record.added}, {"changed", record.changed}, {"unchanged", record.unchanged},
                      {"to_review", record.to_review}, {"refused", record.refused}, {"rejected", std::move(rejected)}, {"text", counts_of(record) + told}};
}

}  // namespace khuyenhoc
