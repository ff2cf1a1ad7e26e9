#include "committees/terms_queries.h"

namespace khuyenhoc {
namespace {

db::Value id_or_null(std::int64_t id) { return id != 0 ? db::Value(id) : db::Value(); }
db::Value year_or_null(std::optional<int> year) { return year ? db::Value(*year) : db::Value(); }

CommitteeTerm term_of_row(const db::Row& row) {
  return {row.number(0), row.id<BodyId>(1), row.as<CommitteeKind>(2), std::string(row.text(3)), row.day(4), row.day(5), row.maybe_day(6), row.as<TermBegan>(7),
          {std::string(row.text(8)), row.maybe_day(9), std::string(row.text(10))}, row.number(11)};
}

CommitteeMember member_of_row(const db::Row& row) {
  CommitteeMember out{row.number(0), row.number(1), row.maybe_number(2).value_or(0), std::string(row.text(3)), std::nullopt, row.as<Gender>(5), std::string(row.text(6)), std::string(row.text(7)),
             row.maybe_number(8).value_or(0), row.as<Joined>(9), row.day(10), row.maybe_day(11), std::string(row.text(12)), row.number(13)};
  if (const auto year = row.maybe_number(4)) out.birth_year = static_cast<int>(*year);
  return out;
}

}  // namespace

constexpr std::string_view select_terms =
    "SELECT id, body, kind, name, from_day, planned_until, ended_day, began, decision_number, decision_day, decision_issuer, row_version FROM committee_term "
    "WHERE body = $1 ORDER BY from_day DESC, kind, id DESC";
std::vector<CommitteeTerm> terms_of(db::Reader& reader, BodyId body) { return reader.all(select_terms, {body}, term_of_row); }

constexpr std::string_view select_term =
    "SELECT id, body, kind, name, from_day, planned_until, ended_day, began, decision_number, decision_day, decision_issuer, row_version FROM committee_term WHERE id = $1";
std::optional<CommitteeTerm> find_term(db::Reader& reader, std::int64_t term) { return reader.first(select_term, {term}, term_of_row); }

constexpr std::string_view select_members =
    "SELECT id, term, among, person_name, birth_year, gender, work, post, holding, joined, from_day, until_day, reason, row_version FROM committee_member "
    "WHERE term = $1 ORDER BY from_day, id";
std::vector<CommitteeMember> members_of(db::Reader& reader, std::int64_t term) { return reader.all(select_members, {term}, member_of_row); }

constexpr std::string_view select_member =
    "SELECT id, term, among, person_name, birth_year, gender, work, post, holding, joined, from_day, until_day, reason, row_version FROM committee_member WHERE id = $1";
std::optional<CommitteeMember> find_member(db::Reader& reader, std::int64_t member) { return reader.first(select_member, {member}, member_of_row); }

constexpr std::string_view select_by_holding =
    "SELECT id, term, among, person_name, birth_year, gender, work, post, holding, joined, from_day, until_day, reason, row_version FROM committee_member "
    "WHERE holding = $1 ORDER BY from_day, id";
std::vector<CommitteeMember> seats_with(db::Reader& reader, std::int64_t holding) {
  auto out = reader.all(select_by_holding, {holding}, member_of_row);
  std::erase_if(out, [](const CommitteeMember& member) { return member.voided(); });
  return out;
}

constexpr std::string_view select_chosen =
    "SELECT id, term, among, person_name, birth_year, gender, work, post, holding, joined, from_day, until_day, reason, row_version FROM committee_member "
    "WHERE among = $1 ORDER BY from_day, id";
std::vector<CommitteeMember> chosen_from(db::Reader& reader, std::int64_t seat) {
  auto out = reader.all(select_chosen, {seat}, member_of_row);
  std::erase_if(out, [](const CommitteeMember& member) { return member.voided(); });
  return out;
}

namespace committees_sql {

constexpr std::string_view insert_term =
    "INSERT INTO committee_term (id, body, kind, name, from_day, planned_until, ended_day, began, decision_number, decision_day, decision_issuer, row_version) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
void insert(db::Writer& writer, const CommitteeTerm& term) {
  writer.run(insert_term, {term.id, term.body, term.kind, term.name, term.from, term.planned_until, term.ended, term.began, term.decision.number, term.decision.day, term.decision.issuer,
                           term.row_version});
}

constexpr std::string_view update_term = 
    "UPDATE committee_term SET name = $2, from_day = $3, planned_until = $4, ended_day = $5, began = $6, decision_number = $7, decision_day = $8, decision_issuer = $9, row_version = $10 WHERE id = $1";
void update(db::Writer& writer, const CommitteeTerm& term) {
  writer.run(update_term, {term.id, term.name, term.from, term.planned_until, term.ended, term.began, term.decision.number, term.decision.day, term.decision.issuer, term.row_version});
}

constexpr std::string_view insert_member =
    "INSERT INTO committee_member (id, term, among, person_name, birth_year, gender, work, post, holding, joined, from_day, until_day, reason, row_version) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
void insert(db::Writer& writer, const CommitteeMember& member) {
  writer.run(insert_member, {member.id, member.term, id_or_null(member.among), member.person_name, year_or_null(member.birth_year), member.gender, member.work, member.post, id_or_null(member.holding),
                             member.joined, member.from, member.until, member.reason, member.row_version});
}

constexpr std::string_view update_member = 
    "UPDATE committee_member SET person_name = $2, birth_year = $3, gender = $4, work = $5, post = $6, holding = $7, joined = $8, from_day = $9, until_day = $10, reason = $11, row_version = $12 WHERE id = $1";
void update(db::Writer& writer, const CommitteeMember& member) {
  writer.run(update_member, {member.id, member.person_name, year_or_null(member.birth_year), member.gender, member.work, member.post, id_or_null(member.holding), member.joined, member.from,
                             member.until, member.reason, member.row_version});
}

}  // namespace committees_sql
}  // namespace khuyenhoc
