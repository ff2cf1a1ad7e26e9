// The rows of links to forms.
#pragma once

#include "platform/db/digest.h"
#include "reporting/links.h"

namespace khuyenhoc::links_sql {

void insert(db::Writer& writer, const EntryLink& link, const db::Digest& token);
std::optional<EntryLink> by_token(db::Reader& reader, const db::Digest& token);
std::optional<EntryLink> by_id(db::Reader& reader, std::int64_t id);
std::vector<EntryLink> of_association(db::Reader& reader, BodyId association, const NamedPeriod& period);
void end_of_body(db::Writer& writer, BodyId body, const NamedPeriod& period, std::int64_t at_ms, UserId by);
void end_one(db::Writer& writer, std::int64_t id, std::int64_t at_ms, UserId by);
void confirm(db::Writer& writer, std::int64_t id, std::int64_t at_ms, const std::string& name);

}  // namespace khuyenhoc::links_sql
