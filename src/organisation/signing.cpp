#include "organisation/signing.h"

#include <algorithm>
#include <tuple>

#include "base/i18n.h"
#include "base/text.h"
#include "organisation/body_queries.h"
#include "organisation/signing_queries.h"
#include "organisation/systems.h"

namespace khuyenhoc {
namespace {

constexpr std::size_t longest_basis = 300;

std::string json_of(const SigningRule& rule) {
  return fmt::format(R"({{"id":{},"paper":{},"post":{},"holding":{},"manner":{},"on_behalf":{},"basis":{},"from":"{}","until":{}}})", rule.id, json_text(rule.paper), json_text(rule.post), rule.holding,
                     static_cast<std::int64_t>(rule.manner), static_cast<std::int64_t>(rule.on_behalf), json_text(rule.basis), rule.from.iso(), rule.until ? json_text(rule.until->iso()) : "null");
}

void tell(db::Writer& writer, const AuditSink& sink, const SigningRule& rule, std::string_view action, std::string before) {
  if (sink) sink(writer, ChangeNote{rule.body, "signing_rule", rule.id, action, std::move(before), json_of(rule), {}, {}});
}

// Committees lead associations; a branch or an office of another system signs in its own name.
bool has_committees(const Organisation& organisation, BodyId body) {
  const BodyKind& kind = organisation.kind(body);
  return kind.system == hkh && kind.level != BodyKind::Level::branch;
}

struct Capacity {
  SigningManner manner = SigningManner::not_at_all;
  OnBehalf on_behalf = OnBehalf::nobody;
  std::string basis;
};

Capacity usual_capacity(const PostKind& post, const PaperKind* paper, bool committees) {
  const OnBehalf whom = committees && paper != nullptr ? paper->on_behalf : OnBehalf::nobody;
  if (post.leads) return {SigningManner::as_head, whom, {}};
  if (PaperKinds::house().is_deputy(post.code)) return {SigningManner::in_place, whom, {}};
  if (paper != nullptr && std::ranges::find(paper->by_order, post.code) != paper->by_order.end()) return {SigningManner::by_order, OnBehalf::nobody, {}};
  return {};
}

const SigningRule* rule_for(const std::vector<SigningRule>& rules, const PostHolding& holding, std::string_view paper, Day day) {
  const auto rank = [](const SigningRule& rule) { return std::tuple(rule.holding != 0, !rule.paper.empty(), rule.from, rule.id); };
  const SigningRule* best = nullptr;
  for (const SigningRule& rule : rules) {
    const bool whom = rule.holding != 0 ? rule.holding == holding.id : rule.post == holding.post;
    if (!whom || !rule.on(day) || (!rule.paper.empty() && rule.paper != paper)) continue;
    if (best == nullptr || rank(*best) < rank(rule)) best = &rule;
  }
  return best;
}

std::vector<std::string> lines_of(const Capacity& capacity, const std::string& post, const std::string& head) {
  const std::string committee(committee_in_capitals(capacity.on_behalf));
  const std::string& mandator = committee.empty() ? head : committee;
  std::vector<std::string> out;
  switch (capacity.manner) {
    case SigningManner::as_head:
    case SigningManner::in_place:
    case SigningManner::acting:
      if (!committee.empty()) out.push_back("TM. " + committee);
      if (capacity.manner == SigningManner::in_place) out.push_back("KT. " + head);
      out.push_back(capacity.manner == SigningManner::acting ? "Q. " + head : post);
      break;
    case SigningManner::by_order: out = {"TL. " + mandator, post}; break;
    case SigningManner::authorised: out = {"TUQ. " + mandator, post}; break;
    case SigningManner::not_at_all: break;
  }
  return out;
}

int order_of(SigningManner manner) {
  switch (manner) {
    case SigningManner::as_head: return 0;
    case SigningManner::acting: return 1;
    case SigningManner::in_place: return 2;
    case SigningManner::by_order: return 3;
    case SigningManner::authorised: return 4;
    case SigningManner::not_at_all: break;
  }
  return 5;
}

document::Signer signer_of(db::Reader& reader, const MaySign& who, Day day, Pictures pictures) {
  document::Signer out{.authority = who.authority, .name = who.holding.person_name};
  if (pictures == Pictures::none) return out;
  out.signature = signature_on(reader, who.holding.id, day);
  out.seal = seal_on(reader, who.holding.body, day);
  return out;
}

}  // namespace

std::string signing_manner_label(SigningManner manner, Language language) {
  switch (manner) {
    case SigningManner::not_at_all: return tr(language, "Không ký");
    case SigningManner::as_head: return tr(language, "Ký với tư cách người đứng đầu");
    case SigningManner::in_place: return tr(language, "Ký thay (KT.)");
    case SigningManner::by_order: return tr(language, "Ký thừa lệnh (TL.)");
    case SigningManner::authorised: return tr(language, "Ký thừa ủy quyền (TUQ.)");
    case SigningManner::acting: return tr(language, "Quyền người đứng đầu (Q.)");
  }
  return {};
}

Result<SigningRule> set_signing_rule(db::Store& store, db::Writer& writer, const AuditSink& sink, SigningRule given) {
  given.basis = normalised(given.basis);
  if (!given.paper.empty() && PaperKinds::house().find(given.paper) == nullptr) return refuse("signing.paper", tr("Xin chọn loại văn bản trong danh sách."), "paper");
  if (given.holding != 0) {
    const auto holding = find_post_holding(writer, given.holding);
    if (!holding || holding->body != given.body) return refuse("signing.post", tr("Xin chọn người ký trong danh sách."), "who");
    if (!holding->on(given.from)) return refuse("signing.days", tr("Ngày {}, {} không giữ chức vụ này.", given.from.text(), holding->person_name), "from");
    given.post.clear();
  } else if (Posts::house().find(given.post) == nullptr) {
    return refuse("signing.post", tr("Xin chọn người ký trong danh sách."), "who");
  }
  if (order_of(given.manner) == 5 && given.manner != SigningManner::not_at_all) return refuse("signing.manner", tr("Xin chọn cách ký."), "manner");
  const bool needs_paper = given.manner == SigningManner::authorised || given.manner == SigningManner::acting;
  if (needs_paper && given.holding == 0) return refuse("signing.post", tr("Ủy quyền và quyền người đứng đầu được giao cho một người cụ thể. Xin chọn người đó."), "who");
  if (needs_paper && given.basis.empty()) return refuse("signing.basis", tr("Xin ghi số và ngày của văn bản giao quyền, ví dụ Giấy ủy quyền số 03/UQ-HKH ngày 05/3/2026."), "basis");
  if (count_characters(given.basis) > longest_basis) return refuse("signing.basis", tr("Căn cứ dài quá 300 chữ; xin rút gọn."), "basis");
  if (given.manner == SigningManner::authorised && !given.until) return refuse("signing.until", tr("Giấy ủy quyền có thời hạn. Xin ghi ngày hết hạn."), "until");
  if (given.until && *given.until <= given.from) return refuse("signing.days", tr("Ngày hết hạn phải sau ngày bắt đầu."), "until");
  if (given.manner == SigningManner::not_at_all) given.on_behalf = OnBehalf::nobody;
  const auto body = load_body(writer, given.body);
  if (!body || !body->alive(given.from)) return refuse("signing.days", tr("Ngày {} tổ chức này chưa thành lập hoặc đã kết thúc.", given.from.text()), "from");
  given.id = store.new_id();
  given.row_version = 1;
  signing_sql::insert(writer, given);
  tell(writer, sink, given, "set", {});
  return given;
}

Result<void> end_signing_rule(db::Writer& writer, const AuditSink& sink, std::int64_t id, Day first_day_gone, std::int64_t expected_version) {
  auto rule = signing_sql::find(writer, id);
  if (!rule) return refuse("signing.unknown", tr("Không tìm thấy quy định ký này."));
  if (rule->row_version != expected_version) return refuse("signing.stale", tr("Quy định ký này vừa được người khác sửa. Xin xem lại rồi ghi tiếp."));
  if (first_day_gone < rule->from) return refuse("signing.days", tr("Ngày hết hiệu lực không được trước ngày bắt đầu."), "until");
  const std::string before = json_of(*rule);
  rule->until = first_day_gone;
  ++rule->row_version;
  signing_sql::update(writer, *rule);
  tell(writer, sink, *rule, "end", before);
  return {};
}

std::vector<MaySign> who_may_sign(db::Reader& reader, const Organisation& organisation, BodyId body, std::string_view paper, Day day) {
  const auto rules = signing_rules(reader, body);
  const PaperKind* kind = PaperKinds::house().find(paper);
  const bool committees = has_committees(organisation, body);
  const std::string head = head_in_capitals(reader, organisation, body, day);
  std::vector<MaySign> out;
  for (const PostHolding& holding : post_holders(reader, body, day)) {
    const PostKind* post = Posts::house().find(holding.post);
    if (post == nullptr) continue;
    Capacity capacity = usual_capacity(*post, kind, committees);
    if (const SigningRule* rule = rule_for(rules, holding, paper, day)) capacity = {rule->manner, rule->on_behalf, rule->basis};
    if (capacity.manner == SigningManner::not_at_all) continue;
    out.push_back({holding, capacity.manner, lines_of(capacity, upper_case(post->label_vi), head), capacity.basis});
  }
  std::ranges::stable_sort(out, {}, [](const MaySign& who) { return order_of(who.manner); });
  return out;
}

document::Signer signature_block(db::Reader& reader, const Organisation& organisation, BodyId body, std::string_view paper, Day day, Pictures pictures) {
  const auto may = who_may_sign(reader, organisation, body, paper, day);
  if (!may.empty() && order_of(may.front().manner) <= order_of(SigningManner::in_place)) return signer_of(reader, may.front(), day, pictures);
  // nobody signs for the body itself: the head's own place stays open
  const std::string head = head_in_capitals(reader, organisation, body, day);
  const PaperKind* kind = PaperKinds::house().find(paper);
  const OnBehalf whom = kind != nullptr && has_committees(organisation, body) ? kind->on_behalf : OnBehalf::nobody;
  return {.authority = lines_of({SigningManner::as_head, whom, {}}, head, head), .name = {}};
}

Result<document::Signer> signature_block_of(db::Reader& reader, const Organisation& organisation, BodyId body, std::string_view paper, Day day, std::int64_t holding, Pictures pictures) {
  for (const MaySign& who : who_may_sign(reader, organisation, body, paper, day))
    if (who.holding.id == holding) return signer_of(reader, who, day, pictures);
  return refuse("signing.may_not", tr("Ngày {}, người này không được ký loại văn bản này. Xin xem lại quy định ký ở mục Thể thức văn bản.", day.text()), "signer");
}

std::string head_in_capitals(db::Reader& reader, const Organisation& organisation, BodyId body, Day day) {
  const auto& posts = Posts::house();
  for (const PostHolding& holding : post_holders(reader, body, day))
    if (const PostKind* kind = posts.find(holding.post); kind != nullptr && kind->leads) return upper_case(kind->label_vi);
  const BodyKind& kind = organisation.kind(body);
  const auto called = [&](std::string_view post) { return upper_case(posts.find(post)->label_vi); };
  if (kind.family == "chi_hoi") return called("chi_hoi_truong");
  if (kind.family == "phan_hoi") return called("phan_hoi_truong");
  if (kind.level == BodyKind::Level::branch && kind.system == hkh) return called("truong_ban");
  if (kind.system == "DOAN") return called("bi_thu_doan");
  if (kind.system == "GD") return called(kind.level == BodyKind::Level::branch ? "hieu_truong" : "giam_doc");
  return called("chu_tich");
}

}  // namespace khuyenhoc
