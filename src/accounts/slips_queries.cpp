#include "accounts/slips_queries.h"

namespace khuyenhoc::slips_sql {
namespace {

StoredSheet stored_sheet(const db::Row& row) {
  StoredSheet sheet{row.id<SlipSheetId>(0), row.id<BodyId>(1), row.id<UserId>(2), {}, std::string(row.text(4)), row.number(5), row.number(6), row.id<jobs::JobId>(7)};
  if (!row.is_null(3)) sheet.on_behalf_of = row.id<UserId>(3);
  return sheet;
}

}  // namespace

constexpr std::string_view insert_sheet =
    "INSERT INTO slip_sheet (id, body, maker, on_behalf_of, site, asked_ms, codes_until_ms, job) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
void insert(db::Writer& writer, const StoredSheet& sheet) {
  writer.run(insert_sheet, {sheet.id, sheet.body, sheet.maker, sheet.on_behalf_of, sheet.site, sheet.asked_ms, sheet.codes_until_ms, sheet.job});
}

constexpr std::string_view insert_one = "INSERT INTO slip (sheet, place, body, post, user_id, holding, refused) VALUES ($1, $2, $3, $4, $5, $6, $7)";
void insert_slip(db::Writer& writer, SlipSheetId sheet, const StoredSlip& slip) {
  writer.run(insert_one, {sheet, slip.place, slip.body, slip.post, slip.user ? db::Value(slip.user) : db::Value(), slip.holding != 0 ? db::Value(slip.holding) : db::Value(),
                          slip.refused.empty() ? db::Value() : db::Value(slip.refused)});
}

constexpr std::string_view select_sheet = "SELECT id, body, maker, on_behalf_of, site, asked_ms, codes_until_ms, job FROM slip_sheet WHERE id = $1";
std::optional<StoredSheet> find(db::Reader& reader, SlipSheetId sheet) { return reader.first(select_sheet, {sheet}, stored_sheet); }

constexpr std::string_view select_of_maker =
    "SELECT id, body, maker, on_behalf_of, site, asked_ms, codes_until_ms, job FROM slip_sheet WHERE maker = $1 ORDER BY asked_ms DESC, id DESC LIMIT $2";
std::vector<StoredSheet> of_maker(db::Reader& reader, UserId maker, std::int64_t limit) { return reader.all(select_of_maker, {maker, limit}, stored_sheet); }

constexpr std::string_view select_slips = "SELECT place, body, post, user_id, code_sealed, until_day, refused, holding FROM slip WHERE sheet = $1 ORDER BY place";
std::vector<StoredSlip> slips(db::Reader& reader, SlipSheetId sheet) {
  return reader.all(select_slips, {sheet}, [](const db::Row& row) {
    StoredSlip slip{row.number(0), row.id<BodyId>(1), std::string(row.text(2)), row.id<UserId>(3), {}, row.maybe_day(5), row.is_null(6) ? std::string() : std::string(row.text(6)),
                    row.is_null(7) ? 0 : row.number(7)};
    if (!row.is_null(4)) {
      const auto bytes = row.bytes(4);
      slip.code_sealed.emplace(bytes.begin(), bytes.end());
    }
    return slip;
  });
}

constexpr std::string_view update_made = "UPDATE slip SET user_id = $3, code_sealed = $4, until_day = $5 WHERE sheet = $1 AND place = $2";
void set_made(db::Writer& writer, SlipSheetId sheet, std::int64_t place, UserId user, const db::Blob& code_sealed, Day until) {
  writer.run(update_made, {sheet, place, user, code_sealed, until});
}

constexpr std::string_view update_refused = "UPDATE slip SET refused = $3 WHERE sheet = $1 AND place = $2";
void set_refused(db::Writer& writer, SlipSheetId sheet, std::int64_t place, const std::string& why) { writer.run(update_refused, {sheet, place, why}); }

constexpr std::string_view clear_codes = "UPDATE slip SET code_sealed = NULL WHERE sheet = $1";
constexpr std::string_view shorten = "UPDATE slip_sheet SET codes_until_ms = $2 WHERE id = $1 AND codes_until_ms > $2";
void forget_codes(db::Writer& writer, SlipSheetId sheet, std::int64_t now_ms) {
  writer.run(clear_codes, {sheet});
  writer.run(shorten, {sheet, now_ms});
}

}  // namespace khuyenhoc::slips_sql
