// What changes of committees tell the trail: the stored state, a ready sentence, and people's names only in its encrypted part.
#pragma once

#include <boost/json.hpp>

#include "committees/terms.h"

namespace khuyenhoc::committees {

inline constexpr std::size_t longest_name = 100, longest_work = 200;

std::string name_on(const House& house, BodyId body, Day day);
std::string label_of(const CommitteeTerm& term);                  // "Ban Chấp hành nhiệm kỳ 2025 - 2030", Vietnamese
std::string post_name(const std::string& code);                   // Vietnamese; "Ủy viên" where there is none
boost::json::object state_of(const CommitteeTerm& term);
boost::json::object state_of(const CommitteeMember& member);
boost::json::object person_of(const CommitteeMember& member);

template <class Record>
void tell(House& house, db::Writer& writer, const Viewer& viewer, BodyId body, std::string_view noun, const Record& record, std::string_view action, const std::string& before, const std::string& summary,
          const std::string& reason = {}, const std::optional<Personal>& personal = std::nullopt) {
  boost::json::object after = state_of(record);
  after["summary"] = summary;
  house.trail.write(writer, viewer, body, noun, record.id, action, before, boost::json::serialize(after), reason, personal);
}

// Terms whose members were chosen among this one's and that sit on the day or later.
std::vector<CommitteeTerm> chosen_among(db::Reader& reader, const CommitteeTerm& term, Day gone);
inline bool still_in(const CommitteeMember& member, Day gone) { return !member.voided() && (!member.until || *member.until > gone); }

// What every term and every seat must satisfy, new or mended; what was typed is tidied, and who was chosen from the executive committee takes name and work from there.
Result<void> check_term(db::Reader& reader, const House& house, CommitteeTerm& term);
Result<void> check_seat(db::Reader& reader, const CommitteeTerm& term, CommitteeMember& member);
// The post of a seat: the one the person holds already on the seat's first day, or a new one from then on.
Result<void> give_post(House& house, db::Writer& writer, const Viewer& viewer, const CommitteeTerm& term, CommitteeMember& member);

}  // namespace khuyenhoc::committees
