// What the pages about those who lead a body share.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "committees/committees.h"
#include "shell/form_answers.h"
#include "shell/visit.h"

namespace khuyenhoc {

void add_term_pages(Pages& pages);
void add_term_change_pages(Pages& pages);
void add_post_pages(Pages& pages);
void add_care_pages(Pages& pages);
void add_correction_pages(Pages& pages);

namespace committees {

struct MemberLine {
  std::int64_t id = 0;
  bool voided = false;
  std::string name, years, work, seat, joined, remark;      // remark: "từ 01/9/2025", "thôi từ 15/3/2026: nghỉ hưu"
};
struct TermBlock {
  CommitteeTerm term;
  std::string title, days, began, basis;                    // "Ban Chấp hành nhiệm kỳ 2025 - 2030"
  std::vector<MemberLine> members, gone;
  bool running = false, voided = false;
};
struct PostRow {
  std::int64_t id = 0;
  std::string post, person, days;
  bool held = false, signs_in = false, voided = false;
};
struct LeadersPage {
  BodyId body;
  std::string body_name;
  bool may_keep = false, has_committees = false;
  std::vector<std::string> warnings;
  std::vector<TermBlock> running, past;
  std::vector<PostRow> posts, former_posts;
};
struct TermPage {
  BodyId body;
  std::string body_name;
  bool may_keep = false;
  TermBlock block;
};

struct CareRow {
  BodyId body;
  std::string name, error;
  std::int64_t known = 0;
  std::string wanted;                                       // as chosen: a holding, "0"
};
struct CareGroup {
  std::string who;
  std::size_t bodies = 0;
};
struct CarePage {
  BodyId office;
  std::string office_name, from;
  std::vector<FormChoice> carers;                           // with "0": nobody
  std::vector<CareGroup> groups;
  std::size_t without = 0;
  bool only_without = false, may_keep = false;
  std::vector<CareRow> rows;
  FormErrors errors;
  std::string error_of(const std::string& field) const;
};

Url leaders_of(BodyId body);
Url term_link(BodyId body, std::int64_t term);
std::vector<FrameLink> trail_to(const Visit& visit, BodyId body);            // explorer, body
std::vector<FrameLink> trail_to_leaders(const Visit& visit, BodyId body);
std::string name_of(const Visit& visit, BodyId body);
TermBlock block_of(db::Reader& reader, const CommitteeTerm& term, Day today, Language language);
// The body of the address where names may be seen, and for changes kept; none: answer not_found().
std::optional<BodyId> body_to_keep(const Visit& visit);
std::optional<CommitteeTerm> term_in(const Visit& visit, BodyId body);                // {ky}, of this body
// The fields of a term and of a seat, in the form that enters one and in the form that mends one.
using Typed = std::function<std::string(const std::string& field)>;
std::vector<FormChoice> kind_choices(Language language);
std::vector<FormLine> term_lines(const Visit& visit, const Typed& typed);
CommitteeTerm typed_term(const Visit& visit, FormErrors& errors);
std::vector<FormLine> member_lines(const Visit& visit, const CommitteeTerm& term, const Typed& typed);
CommitteeMember typed_member(const Visit& visit, FormErrors& errors);

}  // namespace committees
}  // namespace khuyenhoc
