// The tables of form versions and of offices' own windows.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "forms/forms.h"

namespace khuyenhoc::forms_sql {

// A version whose content is still the stored text.
struct Stored {
  FormVersion version;
  std::string content;
};
std::optional<Stored> find(db::Reader& reader, FormVersionId id);
// Without content: which versions there are.
std::vector<FormVersion> published(db::Reader& reader, FormVersion::Kind kind, Day until);
std::vector<FormVersion> published_of(db::Reader& reader, std::string_view code, FormVersion::Kind kind, Day until);
std::vector<FormVersion> of_owner(db::Reader& reader, BodyId owner);                  // drafts and published, newest first
std::optional<FormVersionId> draft_of(db::Reader& reader, std::string_view code, BodyId owner);
std::int64_t last_number(db::Reader& reader, std::string_view code, FormVersion::Kind kind);
std::int64_t last_number_of(db::Reader& reader, std::string_view code, BodyId owner);
bool has_house_version(db::Reader& reader, std::string_view code, std::int64_t number);

void insert(db::Writer& writer, const Stored& stored);
// Rows changed: 0 when somebody saved first, or it is published.
std::int64_t update_draft(db::Writer& writer, const Stored& stored);
std::int64_t publish(db::Writer& writer, const Stored& stored, UserId by, std::int64_t now_ms);
std::int64_t remove_draft(db::Writer& writer, FormVersionId id, std::int64_t row_version);

struct StoredWindows {
  int from_year = 0;
  OfficeWindows::Seam seam = OfficeWindows::Seam::exact;
  std::string windows;
};
bool any_windows(db::Reader& reader);
std::vector<StoredWindows> windows(db::Reader& reader, BodyId owner, std::string_view family);
void set_windows(db::Writer& writer, BodyId owner, std::string_view family, const StoredWindows& windows, UserId by, std::int64_t now_ms);

}  // namespace khuyenhoc::forms_sql
