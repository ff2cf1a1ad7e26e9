#include "organisation/signing_queries.h"

#include <algorithm>

namespace khuyenhoc {
namespace {

db::Value id_or_null(std::int64_t id) { return id != 0 ? db::Value(id) : db::Value(); }

SigningRule rule_of(const db::Row& row) {
  return {row.number(0), row.id<BodyId>(1), std::string(row.text(2)), std::string(row.text(3)), row.maybe_number(4).value_or(0), row.as<SigningManner>(5), row.as<OnBehalf>(6),
          std::string(row.text(7)), row.day(8), row.maybe_day(9), row.number(10)};
}

PaperPicture picture_of_row(const db::Row& row) {
  PaperPicture out{row.number(0), row.id<BodyId>(1), row.as<PictureKind>(2), row.maybe_number(3).value_or(0), {}, row.number(5), row.number(6), row.day(7), row.maybe_day(8), row.number(9)};
  const auto bytes = row.bytes(4);
  std::copy_n(bytes.begin(), std::min(bytes.size(), out.digest.size()), out.digest.begin());
  return out;
}

}  // namespace

constexpr std::string_view select_rules =
    "SELECT id, body, paper, post, holding, manner, on_behalf, basis, from_day, until_day, row_version FROM body_signing_rule WHERE body = $1 ORDER BY from_day DESC, id DESC";
std::vector<SigningRule> signing_rules(db::Reader& reader, BodyId body) { return reader.all(select_rules, {body}, rule_of); }

constexpr std::string_view select_pictures =
    "SELECT id, body, kind, holding, digest, width_tenths_mm, height_tenths_mm, from_day, until_day, row_version FROM body_picture WHERE body = $1 ORDER BY from_day DESC, id DESC";
std::vector<PaperPicture> paper_pictures(db::Reader& reader, BodyId body) { return reader.all(select_pictures, {body}, picture_of_row); }

namespace signing_sql {

constexpr std::string_view insert_rule =
    "INSERT INTO body_signing_rule (id, body, paper, post, holding, manner, on_behalf, basis, from_day, until_day, row_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
void insert(db::Writer& writer, const SigningRule& rule) {
  writer.run(insert_rule, {rule.id, rule.body, rule.paper, rule.post, id_or_null(rule.holding), rule.manner, rule.on_behalf, rule.basis, rule.from, rule.until, rule.row_version});
}

constexpr std::string_view update_rule = "UPDATE body_signing_rule SET until_day = $2, row_version = $3 WHERE id = $1";
void update(db::Writer& writer, const SigningRule& rule) { writer.run(update_rule, {rule.id, rule.until, rule.row_version}); }

constexpr std::string_view select_rule =
    "SELECT id, body, paper, post, holding, manner, on_behalf, basis, from_day, until_day, row_version FROM body_signing_rule WHERE id = $1";
std::optional<SigningRule> find(db::Reader& reader, std::int64_t rule) { return reader.first(select_rule, {rule}, rule_of); }

constexpr std::string_view insert_picture =
    "INSERT INTO body_picture (id, body, kind, holding, digest, width_tenths_mm, height_tenths_mm, from_day, until_day, row_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
void insert(db::Writer& writer, const PaperPicture& picture) {
  writer.run(insert_picture, {picture.id, picture.body, picture.kind, id_or_null(picture.holding), db::Blob(picture.digest.begin(), picture.digest.end()), picture.width_tenths_mm,
                              picture.height_tenths_mm, picture.from, picture.until, picture.row_version});
}

constexpr std::string_view update_picture = "UPDATE body_picture SET until_day = $2, row_version = $3 WHERE id = $1";
void update(db::Writer& writer, const PaperPicture& picture) { writer.run(update_picture, {picture.id, picture.until, picture.row_version}); }

constexpr std::string_view select_picture =
    "SELECT id, body, kind, holding, digest, width_tenths_mm, height_tenths_mm, from_day, until_day, row_version FROM body_picture WHERE id = $1";
std::optional<PaperPicture> find_picture(db::Reader& reader, std::int64_t picture) { return reader.first(select_picture, {picture}, picture_of_row); }

constexpr std::string_view select_signatures =
    "SELECT id, body, kind, holding, digest, width_tenths_mm, height_tenths_mm, from_day, until_day, row_version FROM body_picture WHERE holding = $1 ORDER BY from_day DESC, id DESC";
std::vector<PaperPicture> signatures_of(db::Reader& reader, std::int64_t holding) { return reader.all(select_signatures, {holding}, picture_of_row); }

}  // namespace signing_sql
}  // namespace khuyenhoc
