// The rows of signing rules and of the pictures on papers.
#pragma once

#include <optional>
#include <vector>

#include "organisation/paper_pictures.h"
#include "organisation/signing.h"

namespace khuyenhoc::signing_sql {

void insert(db::Writer& writer, const SigningRule& rule);
void update(db::Writer& writer, const SigningRule& rule);                          // its end
std::optional<SigningRule> find(db::Reader& reader, std::int64_t rule);

void insert(db::Writer& writer, const PaperPicture& picture);
void update(db::Writer& writer, const PaperPicture& picture);                      // its end
std::optional<PaperPicture> find_picture(db::Reader& reader, std::int64_t picture);
std::vector<PaperPicture> signatures_of(db::Reader& reader, std::int64_t holding);  // newest first

}  // namespace khuyenhoc::signing_sql
