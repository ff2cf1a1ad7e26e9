// The rows of workbooks sent around: zips handed out, intakes and their files.
#pragma once

#include "round_workbooks/round_workbooks.h"

namespace khuyenhoc::round_workbooks_sql {

void insert_bundle(db::Writer& writer, const WorkbookBundle& bundle);
void keep_bundle(db::Writer& writer, WorkbookBundleId id, std::size_t files, const std::string& left_out, std::string_view content, std::int64_t now_ms);
void forget_bundles(db::Writer& writer, std::int64_t before_ms);

void insert_intake(db::Writer& writer, const WorkbookIntake& intake);
std::optional<WorkbookIntake> intake(db::Reader& reader, WorkbookIntakeId id);
// False where it is no longer in `from`: somebody else asked for work on it.
bool set_state(db::Writer& writer, WorkbookIntakeId id, WorkbookIntake::State from, WorkbookIntake::State to, std::optional<jobs::JobId> job);
void insert_file(db::Writer& writer, WorkbookIntakeId id, const IntakeFile& file);
void update_file(db::Writer& writer, WorkbookIntakeId id, const IntakeFile& file);
std::optional<IntakeFile> file(db::Reader& reader, WorkbookIntakeId id, std::size_t place);
// When a file of these bytes was written in a round, by whichever intake.
std::optional<std::int64_t> written_before(db::Reader& reader, RoundId round, const db::Digest& content);

}  // namespace khuyenhoc::round_workbooks_sql
