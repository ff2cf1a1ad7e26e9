#include "base/text.h"
#include "committees/pages/parts_of_committees.h"
#include "organisation/namesakes.h"
#include "shell/start_under_way.h"

namespace khuyenhoc {
namespace committees {

Url leaders_of(BodyId body) { return html::path("/to-chuc/{}/nhan-su", body); }
Url term_link(BodyId body, std::int64_t term) { return html::path("/to-chuc/{}/nhan-su/{}", body, term); }

std::string name_of(const Visit& visit, BodyId body) { return name_among_siblings(*visit.organisation(), body, visit.today()); }

std::vector<FrameLink> trail_to(const Visit& visit, BodyId body) {
  return after_start(visit, {{tr("Tổ chức Hội"), Url("/to-chuc")}, {name_of(visit, body), html::path("/to-chuc/{}", body)}});
}

std::vector<FrameLink> trail_to_leaders(const Visit& visit, BodyId body) {
  auto out = trail_to(visit, body);
  out.push_back({tr("Ban Chấp hành và chức vụ"), leaders_of(body)});
  return out;
}

namespace {

std::string seat_label(const CommitteeMember& member, Language language) { return member.post.empty() ? tr(language, "Ủy viên") : post_label(member.post, language); }

MemberLine line_of(const CommitteeMember& member, const CommitteeTerm& term, Language language) {
  MemberLine out{member.id, member.voided(), member.person_name, {}, member.work, seat_label(member, language), joined_label(member.joined, language), {}};
  if (member.birth_year) out.years = std::to_string(*member.birth_year);
  if (member.voided()) out.remark = tr(language, "đã bỏ khỏi danh sách: {}", member.reason);
  else if (member.until) out.remark = tr(language, "thôi từ {}: {}", member.until->text(), member.reason);
  else if (member.from != term.from) out.remark = tr(language, "từ {}", member.from.text());
  return out;
}

}  // namespace

TermBlock block_of(db::Reader& reader, const CommitteeTerm& term, Day today, Language language) {
  TermBlock out;
  out.term = term;
  out.title = committee_label(term.kind, language) + " " + term.name;
  out.running = term.on(today);
  out.voided = term.voided();
  out.days = term.voided() ? tr(language, "đã bỏ khỏi danh sách") : term.ended ? tr(language, "từ {} đến hết {}", term.from.text(), (*term.ended - 1).text()) : tr(language, "từ {}, đến hết {}", term.from.text(), term.planned_until.text());
  out.began = began_label(term.began, language);
  out.basis = decision_text(term.decision);
  auto members = members_of(reader, term.id);
  const Day shown = term.voided() ? term.from : term.ended ? std::min(today, *term.ended - 1) : today;
  order_as_offices(reader, term, members, shown);
  for (const CommitteeMember& member : members) {
    const bool sits = member.voided() ? false : term.ended ? !member.until || *member.until >= *term.ended : !member.until || *member.until > today;
    MemberLine line = line_of(member, term, language);
    if (sits && term.ended) line.remark.clear();
    (sits ? out.members : out.gone).push_back(std::move(line));
  }
  return out;
}

std::optional<BodyId> body_to_keep(const Visit& visit) {
  const auto body = visit.body(Permission::keep_bodies);
  if (!body || !visit.viewer().may(Permission::see_names, *body) || !visit.organisation()->body(*body).alive(visit.today())) return std::nullopt;
  return body;
}

std::optional<CommitteeTerm> term_in(const Visit& visit, BodyId body) {
  auto term = visit.house().store.read([&](db::Reader& reader) { return find_term(reader, visit.request().number("ky")); });
  if (!term || term->body != body) return std::nullopt;
  return term;
}

std::string CarePage::error_of(const std::string& field) const {
  for (const auto& [name, message] : errors)
    if (name == field) return message;
  return {};
}

}  // namespace committees

void add_committee_pages(Pages& pages) {
  add_term_pages(pages);
  add_term_change_pages(pages);
  add_post_pages(pages);
  add_care_pages(pages);
  add_correction_pages(pages);
}

}  // namespace khuyenhoc
