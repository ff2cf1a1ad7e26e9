#include "signed_reports/version_queries.h"

#include <algorithm>

namespace khuyenhoc {

namespace {

constexpr char line_break = '\n';

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += (out.empty() ? "" : "\n") + line;
  return out;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto end = text.find(line_break);
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return out;
}

SignedVersion version_from(const db::Row& row) {
  SignedVersion out;
  out.id = row.id<ReportVersionId>(0);
  out.report = row.id<ReportId>(1);
  out.body = row.id<BodyId>(2);
  out.version = row.number(3);
  out.kind = row.as<SignedVersion::Kind>(4);
  out.family = row.text(5);
  out.period = {row.day(6), row.day(7)};
  out.numbered_by = row.id<BodyId>(8);
  out.number = row.number(9);
  out.number_text = row.text(10);
  out.signed_day = row.day(11);
  out.by = row.id<UserId>(12);
  if (!row.is_null(13)) out.on_behalf_of = row.id<UserId>(13);
  out.holding = row.number(14);
  out.signer_name = row.text(15);
  out.authority = lines_of(row.text(16));
  out.basis = row.text(17);
  out.at_ms = row.number(18);
  out.reason = row.text(19);
  const auto bytes = row.bytes(20);
  std::copy_n(bytes.begin(), std::min(bytes.size(), out.digest.size()), out.digest.begin());
  return out;
}

constexpr std::string_view select_own_closings = "SELECT closing FROM report_version_closing WHERE version = $1 ORDER BY place";
SignedVersion with_closings(db::Reader& reader, SignedVersion version) {
  version.closings = reader.all(select_own_closings, {version.id}, [](const db::Row& row) { return row.number(0); });
  return version;
}

}  // namespace

constexpr std::string_view select_version =
    "SELECT id, report, body, version, kind, family, first_day, last_day, numbered_by, number, number_text, signed_day, by_user, on_behalf_of, holding, signer_name, authority, basis, at_ms, "
    "reason, digest FROM report_version WHERE id = $1";
std::optional<SignedVersion> find_version(db::Reader& reader, ReportVersionId id) {
  auto out = reader.first(select_version, {id}, version_from);
  return out ? std::optional(with_closings(reader, std::move(*out))) : std::nullopt;
}

constexpr std::string_view select_versions =
    "SELECT id, report, body, version, kind, family, first_day, last_day, numbered_by, number, number_text, signed_day, by_user, on_behalf_of, holding, signer_name, authority, basis, at_ms, "
    "reason, digest FROM report_version WHERE report = $1 ORDER BY version DESC";
std::vector<SignedVersion> versions_of(db::Reader& reader, ReportId report) {
  auto out = reader.all(select_versions, {report}, version_from);
  for (SignedVersion& one : out) one = with_closings(reader, std::move(one));
  return out;
}

constexpr std::string_view select_last =
    "SELECT id, report, body, version, kind, family, first_day, last_day, numbered_by, number, number_text, signed_day, by_user, on_behalf_of, holding, signer_name, authority, basis, at_ms, "
    "reason, digest FROM report_version WHERE report = $1 ORDER BY version DESC LIMIT 1";
std::optional<SignedVersion> last_version(db::Reader& reader, ReportId report) {
  auto out = reader.first(select_last, {report}, version_from);
  return out ? std::optional(with_closings(reader, std::move(*out))) : std::nullopt;
}

constexpr std::string_view select_in_force = "SELECT in_force FROM closing WHERE id = $1";
bool is_in_force(db::Reader& reader, const SignedVersion& version) {
  return !version.closings.empty() && reader.first_number(select_in_force, {version.closings.front()}).value_or(0) == 1;
}

namespace version_sql {

constexpr std::string_view insert_version =
    "INSERT INTO report_version (id, report, body, version, kind, family, first_day, last_day, numbered_by, number, number_text, signed_day, by_user, on_behalf_of, holding, signer_name, authority, "
    "basis, at_ms, reason, digest) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)";
constexpr std::string_view insert_own_closing = "INSERT INTO report_version_closing (version, place, closing) VALUES ($1, $2, $3)";
constexpr std::string_view insert_child = "INSERT INTO report_version_child (version, body, closing, carried) VALUES ($1, $2, $3, $4)";
constexpr std::string_view insert_text = "INSERT INTO report_version_text (version, place, code, heading, markdown) VALUES ($1, $2, $3, $4, $5)";
void insert(db::Writer& writer, const SignedVersion& version, const StoredContent& content) {
  writer.run(insert_version, {version.id, version.report, version.body, version.version, version.kind, version.family, version.period.first, version.period.last, version.numbered_by,
                              version.number, version.number_text, version.signed_day, version.by, version.on_behalf_of, version.holding, version.signer_name, joined(version.authority),
                              version.basis, version.at_ms, version.reason, db::Blob(version.digest.begin(), version.digest.end())});
  std::int64_t place = 0;
  for (const std::int64_t closing : version.closings) writer.run(insert_own_closing, {version.id, ++place, closing});
  for (const UsedChild& child : content.children) writer.run(insert_child, {version.id, child.body, child.closing, child.carried ? 1 : 0});
  std::size_t next = 0;
  writer.copy_in("report_version_total", {"version", "series", "amount"}, [&](db::Values& row) {
    if (next == content.totals.size()) return false;
    row = {version.id, content.totals[next].first, content.totals[next].second};
    ++next;
    return true;
  });
  place = 0;
  for (const FrozenText& text : content.texts) writer.run(insert_text, {version.id, ++place, text.code, text.heading, text.markdown});
}

constexpr std::string_view select_totals = "SELECT series, amount FROM report_version_total WHERE version = $1 ORDER BY series";
StoredAmounts totals(db::Reader& reader, ReportVersionId version) {
  return reader.all(select_totals, {version}, [](const db::Row& row) { return std::pair(row.number(0), row.number(1)); });
}

constexpr std::string_view select_own =
    "SELECT closed_figure.series, closed_figure.amount FROM report_version_closing JOIN closed_figure ON closed_figure.closing = report_version_closing.closing "
    "WHERE report_version_closing.version = $1 AND report_version_closing.place = 1 ORDER BY closed_figure.series";
constexpr std::string_view select_children =
    "SELECT report_version_child.body, report_version_child.closing, closing.first_day, closing.last_day, report_version_child.carried FROM report_version_child "
    "JOIN closing ON closing.id = report_version_child.closing WHERE report_version_child.version = $1 ORDER BY report_version_child.closing";
constexpr std::string_view select_texts = "SELECT code, heading, markdown FROM report_version_text WHERE version = $1 ORDER BY place";
StoredContent content(db::Reader& reader, const SignedVersion& version) {
  StoredContent out;
  out.own = reader.all(select_own, {version.id}, [](const db::Row& row) { return std::pair(row.number(0), row.number(1)); });
  out.totals = totals(reader, version.id);
  out.children = reader.all(select_children, {version.id}, [](const db::Row& row) { return UsedChild{row.id<BodyId>(0), row.number(1), {row.day(2), row.day(3)}, row.flag(4)}; });
  out.texts = reader.all(select_texts, {version.id}, [](const db::Row& row) { return FrozenText{std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2))}; });
  return out;
}

constexpr std::string_view select_last_number = "SELECT MAX(version) FROM report_version WHERE report = $1";
std::int64_t last_number(db::Reader& reader, ReportId report) { return reader.first_number(select_last_number, {report}).value_or(0); }

constexpr std::string_view select_with_closing = "SELECT version FROM report_version_closing WHERE closing = $1";
std::optional<ReportVersionId> version_with_closing(db::Reader& reader, std::int64_t closing) {
  const auto found = reader.first_number(select_with_closing, {closing});
  return found ? std::optional(ReportVersionId{*found}) : std::nullopt;
}

constexpr std::string_view select_has_child = "SELECT 1 FROM report_version_child WHERE version = $1 AND closing = $2";
bool has_child(db::Reader& reader, ReportVersionId version, std::int64_t closing) { return reader.first_number(select_has_child, {version, closing}).has_value(); }

}  // namespace version_sql
}  // namespace khuyenhoc
