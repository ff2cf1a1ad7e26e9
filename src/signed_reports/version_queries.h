// The tables of signed versions: written once, read, never changed.
#pragma once

#include <span>

#include "signed_reports/signed_version.h"

namespace khuyenhoc::version_sql {

// Amounts under the numbers the database gives to series.
using StoredAmounts = std::vector<std::pair<std::int64_t, std::int64_t>>;
struct StoredContent {
  StoredAmounts own, totals;
  std::vector<UsedChild> children;
  std::vector<FrozenText> texts;
};

void insert(db::Writer& writer, const SignedVersion& version, const StoredContent& content);
StoredContent content(db::Reader& reader, const SignedVersion& version);
StoredAmounts totals(db::Reader& reader, ReportVersionId version);
std::int64_t last_number(db::Reader& reader, ReportId report);            // of its versions; 0 when there is none
// Signed versions of reports of bodies whose closing this is.
std::optional<ReportVersionId> version_with_closing(db::Reader& reader, std::int64_t closing);
bool has_child(db::Reader& reader, ReportVersionId version, std::int64_t closing);

}  // namespace khuyenhoc::version_sql
