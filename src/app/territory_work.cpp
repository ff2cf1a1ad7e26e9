// Territory changes from a published file, followed in one act of its own.
#include "app/office_work.h"
#include "base/number.h"
#include "territory/territory_import.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

constexpr std::size_t differences_told = 20;

std::string text_of(const TerritoryImportReport& report) {
  std::string text = fmt::format("Đã đọc {} dòng: {} xã cũ, trong đó {} xã được chia cho nhiều xã mới.\n"
                                 "Quan hệ trước và sau: {} đã có sẵn, thêm {}, bỏ {}; bổ sung {} mã, thêm {} đơn vị, kết thúc {} đơn vị.\n",
                                 number_text(report.rows), number_text(report.old_communes), number_text(report.divided), number_text(report.known_links),
                                 number_text(report.added_links), number_text(report.removed_links), number_text(report.completed_codes), number_text(report.added_units),
                                 number_text(report.ended_units));
  if (report.differences.empty()) return text;
  text += fmt::format("Hai nguồn khác nhau ở {} chỗ:\n", number_text(static_cast<std::int64_t>(report.differences.size())));
  for (std::size_t i = 0; i < std::min(report.differences.size(), differences_told); ++i) text += "  " + report.differences[i].text() + "\n";
  if (report.differences.size() > differences_told) text += "  … (dùng --json để xem tất cả)\n";
  return text;
}

json::object answer_of(const TerritoryImportReport& report) {
  json::array differences;
  for (const TerritoryDifference& one : report.differences)
    differences.push_back(json::object{{"unit", one.unit}, {"ours", one.ours}, {"theirs", one.theirs}, {"sentence", one.text()}});
  return {{"rows", report.rows}, {"old_communes", report.old_communes}, {"divided", report.divided}, {"known_links", report.known_links},
          {"added_links", report.added_links}, {"removed_links", report.removed_links}, {"completed_codes", report.completed_codes},
          {"added_units", report.added_units}, {"ended_units", report.ended_units}, {"differences", std::move(differences)}, {"text", text_of(report)}};
}

Result<void> without_problems(const TerritoryImportReport& report) {
  if (report.problems.empty()) return {};
  const Refusal& first = report.problems.front();
  return refuse(first.code, fmt::format("Tệp có {} chỗ cần sửa nên chưa có gì được ghi; chỗ đầu tiên, {}: {}", report.problems.size(), first.place, first.message), first.place);
}

}  // namespace

Result<json::object> import_territory(House& house, const json::object& request) {
  const auto day = Day::parse_iso(text_in(request, "day"));
  if (!day) return refuse("command.day", "--day cần một ngày dạng 2025-07-01.", "--day");
  const TerritoryChangeFiles files{text_in(request, "changes"), text_in(request, "old_units")};
  const RestructureAct act{*day, text_in(request, "title"), text_in(request, "legal_basis")};
  const bool dry_run = text_in(request, "dry_run") == "yes";
  TerritoryImportReport report;
  const auto written = house.store.write([&](db::Writer& writer) -> Result<void> {
    auto applied = house.territory.apply_acts(writer, [&](TerritoryBuilder& builder) -> Result<void> {
      auto made = import_territory_changes(builder, files, act);
      if (!made) return std::unexpected(made.error());
      report = std::move(*made);
      return without_problems(report);
    });
    if (!applied) return applied;
    if (dry_run) return refuse("dry_run", {});            // which leaves nothing behind
    AuditEntry entry;
    entry.noun = "territory";
    entry.action = "import";
    entry.after_json = json::serialize(json::object{{"summary", fmt::format("Cập nhật địa giới theo tệp: {} dòng, thêm {} quan hệ, bỏ {}", report.rows, report.added_links,
                                                                           report.removed_links)}});
    entry.reason = act.legal_basis;
    house.trail.write(writer, std::move(entry));
    return {};
  });
  if (!written && written.error().code != "dry_run") return std::unexpected(written.error());
  return answer_of(report);
}

}  // namespace khuyenhoc
