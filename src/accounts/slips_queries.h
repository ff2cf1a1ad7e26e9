// The rows of sheets of slips.
#pragma once

#include "accounts/slips.h"

namespace khuyenhoc::slips_sql {

struct StoredSheet {
  SlipSheetId id;
  BodyId body;
  UserId maker;
  std::optional<UserId> on_behalf_of;
  std::string site;
  std::int64_t asked_ms = 0, codes_until_ms = 0;
  jobs::JobId job;
};
struct StoredSlip {
  std::int64_t place = 0;
  BodyId body;
  std::string post;
  UserId user;
  std::optional<db::Blob> code_sealed;
  std::optional<Day> until;
  std::string refused;
  std::int64_t holding = 0;
};

void insert(db::Writer& writer, const StoredSheet& sheet);
void insert_slip(db::Writer& writer, SlipSheetId sheet, const StoredSlip& slip);
std::optional<StoredSheet> find(db::Reader& reader, SlipSheetId sheet);
std::vector<StoredSheet> of_maker(db::Reader& reader, UserId maker, std::int64_t limit);
std::vector<StoredSlip> slips(db::Reader& reader, SlipSheetId sheet);
void set_made(db::Writer& writer, SlipSheetId sheet, std::int64_t place, UserId user, const db::Blob& code_sealed, Day until);
void set_refused(db::Writer& writer, SlipSheetId sheet, std::int64_t place, const std::string& why);
void forget_codes(db::Writer& writer, SlipSheetId sheet, std::int64_t now_ms);

}  // namespace khuyenhoc::slips_sql
