// Imports without pages: for the command line, for other rooms and for tests. And what other rooms ask about imports.
#include "base/i18n.h"
#include "importing/desk.h"

namespace khuyenhoc {

using namespace importing;

namespace {

std::string with_address(const Judged& judged, std::size_t row, const ImportFinding& finding) {
  if (finding.column < 0) return finding.message;
  const int placed = judged.reading->placed[static_cast<std::size_t>(finding.column)];
  if (placed == 0) return finding.message;
  const std::string address = spreadsheet::address(judged.reading->rows.number(row), placed);
  return finding.message.starts_with(tr("Ô {}", address)) ? finding.message : address + ": " + finding.message;
}

}  // namespace

Result<DirectOutcome> import_directly(const ImportKind& kind, House& house, const Viewer& viewer, BodyId body, const DirectImport& given) {
  ImportContext context{house, viewer, body};
  if (auto offered = kind.offered(context); !offered) return std::unexpected(offered.error());
  Desk desk(house, kind);
  auto typed = given.options;
  for (const ImportField& field : kind.options(context)) typed.emplace(field.code, field.proposed);
  if (const auto errors = desk.answer(kind, context, typed); !errors.empty()) return refuse("import.option", errors.front().second, errors.front().first);
  const auto id = desk.take_in(kind, viewer, body, given.content, given.file_name);
  if (!id) return std::unexpected(id.error());
  Batch batch = *desk.find(*id);
  batch.options.clear();
  batch.options.insert(context.options.values().begin(), context.options.values().end());
  batch.choose = given.choose == DirectImport::Choose::all_or_none ? Choose::all_or_none : Choose::good_rows;
  const auto fail = [&](const Refusal& refusal) -> Result<DirectOutcome> {
    batch.record.state = ImportState::left;
    (void)desk.keep(batch);
    return std::unexpected(refusal);
  };
  for (const ImportColumn& column : kind.columns(context))
    if (column.need == ImportNeed::required && !batch.matching.contains(column.code))
      return fail({"import.column", tr("Không thấy cột “{}” trong tệp. Xin đặt lại tiêu đề cột rồi gửi lại.", column.label), {}});
  auto judged = desk.judge(batch, viewer);
  if (!judged) return fail(judged.error());
  DirectOutcome out;
  const Judged& now = **judged;
  for (std::size_t row = 0; row < now.size(); ++row) {
    const ImportJudgement& verdict = now.plan->rows[row];
    DirectOutcome::Row told{now.reading->rows.number(row), verdict.verdict, verdict.effect, {}};
    for (const ImportFinding& finding : verdict.findings) told.findings.push_back(with_address(now, row, finding));
    out.rows.push_back(std::move(told));
  }
  out.totals = now.plan->totals;
  out.remarks = now.plan->remarks;
  if (now.plan->refused) return fail(*now.plan->refused);
  batch.shown_digest = now.digest;
  batch.record.rows = static_cast<std::int64_t>(now.size());
  batch.record.added = now.added;
  batch.record.changed = now.changed;
  batch.record.unchanged = now.unchanged;
  batch.record.to_review = now.to_review;
  batch.record.refused = now.refused;
  const bool writes = given.trial == DirectImport::Trial::no && now.added + now.changed > 0;
  batch.record.state = writes ? ImportState::running : ImportState::left;
  if (auto kept = desk.keep(batch); !kept) return std::unexpected(kept.error());
  out.record = batch.record;
  if (!writes) return out;
  const auto written = desk.write(batch, viewer);
  if (!written) return fail(written.error());
  out.record = *written;
  return out;
}

Result<void> undo_import(const ImportKind& kind, House& house, const Viewer& viewer, ImportId import) {
  Desk desk(house, kind);
  const auto batch = desk.find(import);
  if (!batch || batch->record.kind != kind.code()) return refuse("import.not_done", tr("Không có lần nhập này."));
  return desk.undo(*batch, viewer);
}

std::vector<ImportRecord> imports_of(db::Reader& reader, BodyId body, std::string_view kind, std::size_t limit) { return importing::sql::of_body(reader, body, kind, limit); }
std::vector<ImportRecord> imports_that_wrote(db::Reader& reader, std::string_view kind, std::int64_t record) { return importing::sql::that_wrote(reader, kind, record); }

}  // namespace khuyenhoc
