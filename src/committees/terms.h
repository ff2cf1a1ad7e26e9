// Committees by terms: opened by a congress or a decision, filled with members who were elected or co-opted, ended with the posts that came with them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "access/viewer.h"
#include "organisation/decisions.h"
#include "organisation/posts.h"
#include "shell/house.h"

namespace khuyenhoc {

enum class CommitteeKind : std::int64_t { executive = 1, standing = 2, permanent = 3, inspection = 4 };   // Ban Chấp hành, Ban Thường vụ, Thường trực, Ban Kiểm tra
enum class TermBegan : std::int64_t { by_congress = 1, by_appointment = 2 };
enum class Joined : std::int64_t { elected = 1, appointed = 2, elected_later = 3 };                      // bầu, chỉ định, bầu bổ sung
enum class Gender : std::int64_t { unsaid = 0, man = 1, woman = 2 };

std::string committee_label(CommitteeKind kind, Language language);
std::string joined_label(Joined joined, Language language);
std::string began_label(TermBegan began, Language language);
// The standing committee and the permanent members are chosen among the executive committee.
constexpr bool is_chosen_among_executive(CommitteeKind kind) { return kind == CommitteeKind::standing || kind == CommitteeKind::permanent; }

struct CommitteeTerm {
  std::int64_t id = 0;
  BodyId body;
  CommitteeKind kind = CommitteeKind::executive;
  std::string name;                      // "nhiệm kỳ 2025 - 2030"
  Day from, planned_until;               // planned: its last day
  std::optional<Day> ended;              // first day it no longer sits
  TermBegan began = TermBegan::by_congress;
  Decision decision;
  std::int64_t row_version = 1;
  bool on(Day day) const { return from <= day && (!ended || day < *ended); }
  bool voided() const { return ended && *ended <= from; }      // entered by mistake: it sat on no day
};

struct CommitteeMember {
  std::int64_t id = 0, term = 0;
  std::int64_t among = 0;                // the seat in the executive committee it was chosen from
  std::string person_name;
  std::optional<int> birth_year;
  Gender gender = Gender::unsaid;
  std::string work;                      // "Phó Chủ tịch UBND xã"
  std::string post;                      // code; empty: a plain member
  std::int64_t holding = 0;              // the post held with the seat
  Joined joined = Joined::elected;
  Day from;
  std::optional<Day> until;              // first day gone
  std::string reason;
  std::int64_t row_version = 1;
  bool on(Day day) const { return from <= day && (!until || day < *until); }
  bool voided() const { return until && *until <= from; }
};

std::vector<CommitteeTerm> terms_of(db::Reader& reader, BodyId body);                      // newest first
std::optional<CommitteeTerm> find_term(db::Reader& reader, std::int64_t term);
std::optional<CommitteeTerm> term_on(db::Reader& reader, BodyId body, CommitteeKind kind, Day day);
std::vector<CommitteeMember> members_of(db::Reader& reader, std::int64_t term);            // all that ever sat, by day
std::optional<CommitteeMember> find_member(db::Reader& reader, std::int64_t member);
std::vector<CommitteeMember> seats_with(db::Reader& reader, std::int64_t holding);         // that hold this post, none that is void
std::vector<CommitteeMember> chosen_from(db::Reader& reader, std::int64_t seat);           // seats of other committees chosen from this one, none that is void
// As offices order them: chairman, vice-chairmen, standing members, then by given name.
void order_as_offices(db::Reader& reader, const CommitteeTerm& term, std::vector<CommitteeMember>& members, Day day);

// What the law and the charter want, said for the page: a term over five years or past its end without a successor, no chairman, somebody in the standing
// committee who left the executive committee (NĐ 126/2024/NĐ-CP; Điều lệ Hội).
std::vector<std::string> committee_warnings(db::Reader& reader, const Organisation& organisation, BodyId body, Day day);

// ---- changes: each in one transaction with its entry in the trail; the field that is wrong stands in the refusal's place ----

// "committee.kind", "committee.name", "committee.days", "committee.running" (the one before must be ended first), "committee.executive" (there is none to choose from)
Result<CommitteeTerm> open_term(House& house, const Viewer& viewer, CommitteeTerm given);
struct EndedTerm {
  std::size_t members = 0, posts = 0;
};
// How many would leave; and ending it: with the executive committee those chosen among it end too. "committee.unknown", "committee.stale", "committee.days"
EndedTerm what_ends_with(db::Reader& reader, const CommitteeTerm& term, Day first_day_gone);
Result<EndedTerm> end_term(House& house, const Viewer& viewer, std::int64_t term, Day first_day_gone, std::int64_t expected_version);
// "committee.member_name", "committee.birth_year", "committee.work", "committee.among", "committee.twice", "committee.days", and those of appoint() for the post
Result<CommitteeMember> add_member(House& house, const Viewer& viewer, CommitteeMember given);
// With the seat in the executive committee go those chosen from it. "committee.member_unknown", "committee.stale", "committee.days", "committee.reason"
Result<void> end_membership(House& house, const Viewer& viewer, std::int64_t member, Day first_day_gone, std::int64_t expected_version, std::string reason);

}  // namespace khuyenhoc
