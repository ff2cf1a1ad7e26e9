#include "committees/terms.h"

#include <algorithm>
#include <tuple>

#include "base/i18n.h"
#include "base/text.h"
#include "committees/terms_queries.h"
#include "organisation/systems.h"

namespace khuyenhoc {

std::string committee_label(CommitteeKind kind, Language language) {
  switch (kind) {
    case CommitteeKind::executive: return tr(language, "Ban Chấp hành");
    case CommitteeKind::standing: return tr(language, "Ban Thường vụ");
    case CommitteeKind::permanent: return tr(language, "Thường trực");
    case CommitteeKind::inspection: return tr(language, "Ban Kiểm tra");
  }
  return {};
}

std::string joined_label(Joined joined, Language language) {
  switch (joined) {
    case Joined::elected: return tr(language, "Bầu");
    case Joined::appointed: return tr(language, "Chỉ định");
    case Joined::elected_later: return tr(language, "Bầu bổ sung");
  }
  return {};
}

std::string began_label(TermBegan began, Language language) { return began == TermBegan::by_congress ? tr(language, "Đại hội bầu") : tr(language, "Cấp trên chỉ định"); }

std::optional<CommitteeTerm> term_on(db::Reader& reader, BodyId body, CommitteeKind kind, Day day) {
  for (CommitteeTerm& term : terms_of(reader, body))
    if (term.kind == kind && term.on(day)) return term;
  return std::nullopt;
}

void order_as_offices(db::Reader& reader, const CommitteeTerm& term, std::vector<CommitteeMember>& members, Day day) {
  std::vector<std::int64_t> standing;      // seats of the executive committee whose holders sit in the standing one
  if (term.kind == CommitteeKind::executive)
    for (const auto kind : {CommitteeKind::standing, CommitteeKind::permanent})
      if (const auto chosen = term_on(reader, term.body, kind, day))
        for (const CommitteeMember& one : members_of(reader, chosen->id))
          if (one.on(day)) standing.push_back(one.among);
  const auto rank = [&](const CommitteeMember& member) -> std::int64_t {
    constexpr std::int64_t standing_member = 50, plain_member = 100;
    const PostKind* kind = member.post.empty() ? nullptr : Posts::house().find(member.post);
    if (kind != nullptr && (kind->leads || kind->code.starts_with("pho_chu_tich") || kind->code == "truong_ban_kiem_tra")) return kind - Posts::house().kinds().data();
    const bool stands = member.post == "uy_vien_btv" || std::ranges::find(standing, member.id) != standing.end();
    return stands ? standing_member : plain_member;
  };
  std::ranges::sort(members, {}, [&](const CommitteeMember& member) { return std::tuple(rank(member), person_sort_key(member.person_name), member.id); });
}

std::vector<std::string> committee_warnings(db::Reader& reader, const Organisation& organisation, BodyId body, Day day) {
  std::vector<std::string> out;
  const Language language = current_language();
  const BodyKind& kind = organisation.kind(body);
  if (kind.system != hkh || kind.level == BodyKind::Level::branch) return out;
  constexpr int longest_term_years = 5;
  std::vector<CommitteeTerm> running;
  for (CommitteeTerm& term : terms_of(reader, body))
    if (term.on(day)) running.push_back(term);
  const auto of = [&](CommitteeKind which) { return std::ranges::find(running, which, &CommitteeTerm::kind); };
  if (of(CommitteeKind::executive) == running.end()) out.push_back(tr("Chưa ghi Ban Chấp hành đương nhiệm."));
  for (const CommitteeTerm& term : running) {
    const std::string label = committee_label(term.kind, language);
    if (term.planned_until >= term.from.plus_years(longest_term_years)) out.push_back(tr("{}, {}: dài quá 5 năm. Nhiệm kỳ của hội không quá 5 năm (Nghị định 126/2024/NĐ-CP).", label, term.name));
    if (term.planned_until < day) out.push_back(tr("{}, {}: đã hết hạn ngày {} mà chưa có nhiệm kỳ mới.", label, term.name, term.planned_until.text()));
    if (!is_chosen_among_executive(term.kind)) continue;
    for (const CommitteeMember& member : members_of(reader, term.id)) {
      if (!member.on(day)) continue;
      const auto seat = find_member(reader, member.among);
      if (!seat || !seat->on(day)) out.push_back(tr("{} còn trong {} nhưng không còn là ủy viên Ban Chấp hành.", member.person_name, label));
    }
  }
  const auto holders = post_holders(reader, body, day);
  const bool led = std::ranges::any_of(holders, [](const PostHolding& holding) {
    const PostKind* post = Posts::house().find(holding.post);
    return post != nullptr && post->leads;
  });
  if (!led) out.push_back(tr("Chưa có người giữ chức vụ Chủ tịch."));
  return out;
}

}  // namespace khuyenhoc
