// The rows of texts and of what they were before.
#pragma once

#include "report_texts/report_texts.h"

namespace khuyenhoc::report_texts_sql {

void put_text(db::Writer& writer, const ReportText& text);   // in place of the one there

struct StoredVersion {
  ReportTextVersion version;
  std::int64_t began_ms = 0;
};
void insert_version(db::Writer& writer, ReportId report, std::string_view code, const StoredVersion& stored);
void replace_version(db::Writer& writer, const StoredVersion& stored);
std::optional<StoredVersion> newest_version(db::Reader& reader, ReportId report, std::string_view code);   // those set aside left out
std::optional<ReportTextVersion> find_version(db::Reader& reader, ReportId report, std::string_view code, std::int64_t id);

}  // namespace khuyenhoc::report_texts_sql
