// The rows of drafts, of posts given at a restructure, and what the pages of restructures ask beside them.
#pragma once

#include "restructure/draft.h"

namespace khuyenhoc::restructure_sql {

void insert_draft(db::Writer& writer, const RestructureDraft& draft);
// False when somebody else kept it since `draft.row_version`, which grows by one.
bool update_draft(db::Writer& writer, RestructureDraft& draft);
std::optional<RestructureDraft> draft(db::Reader& reader, DraftId id);
std::vector<RestructureDraft> open_drafts(db::Reader& reader);                       // of everybody, newest first
std::optional<RestructureDraft> draft_of(db::Reader& reader, BodyRestructureId id);  // the one it was prepared with

void insert_appointed(db::Writer& writer, BodyRestructureId id, std::int64_t holding, std::int64_t former);
struct Appointed {
  std::int64_t holding = 0, former = 0;
};
std::vector<Appointed> appointed(db::Reader& reader, BodyRestructureId id);

// Minutes of one ended body, in the order in which they were entered.
struct KeptMinutes {
  std::int64_t id = 0;
  BodyId body;
  HandoverMinutes minutes;
};
std::vector<KeptMinutes> minutes_of(db::Reader& reader, BodyRestructureId id);

// Whether any body that the restructure names passes.
bool concerns(db::Reader& reader, BodyRestructureId id, const BodyFilter& wanted);

}  // namespace khuyenhoc::restructure_sql
