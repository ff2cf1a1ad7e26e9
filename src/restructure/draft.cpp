#include "restructure/draft.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "base/i18n.h"
#include "base/number.h"
#include "base/text.h"
#include "restructure/naming.h"

namespace khuyenhoc {
namespace {

constexpr std::string_view to_be_opened = "moi-";
constexpr std::size_t longest_title = 200, longest_number = 60, longest_issuer = 200;

std::optional<std::int64_t> whole(std::string_view text) {
  std::int64_t out = 0;
  const auto [end, broken] = std::from_chars(text.data(), text.data() + text.size(), out);
  return broken == std::errc() && end == text.data() + text.size() && out > 0 ? std::optional(out) : std::nullopt;
}

std::string names_of(const Organisation& organisation, const std::vector<BodyId>& bodies, Day day) {
  constexpr std::size_t said = 4;
  std::string out;
  for (std::size_t i = 0; i < bodies.size() && i < said; ++i) out += (out.empty() ? "" : ", ") + name_then(organisation, bodies[i], day);
  if (bodies.size() > said) out = tr("{} và {} tổ chức khác", out, bodies.size() - said);
  return out;
}

}  // namespace

std::string DraftRef::text() const {
  if (act != 0) return fmt::format("{}{}-{}", to_be_opened, act, part);
  return body ? std::to_string(body.value) : std::string();
}

std::optional<DraftRef> DraftRef::parse(std::string_view text) {
  if (text.empty()) return std::nullopt;
  if (!text.starts_with(to_be_opened)) {
    const auto id = whole(text);
    return id ? std::optional(DraftRef{BodyId{*id}}) : std::nullopt;
  }
  text.remove_prefix(to_be_opened.size());
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto act = whole(text.substr(0, dash));
  const auto part_text = text.substr(dash + 1);
  const auto part = part_text == "0" ? std::optional<std::int64_t>(0) : whole(part_text);
  if (!act || !part || *part > 1'000) return std::nullopt;
  return DraftRef{{}, *act, static_cast<std::size_t>(*part)};
}

bool DraftAct::operator==(const DraftAct& other) const {
  const auto same = [](const DraftBody& a, const DraftBody& b) {
    return a.kind == b.kind && a.name == b.name && a.short_name == b.short_name && a.superior == b.superior && a.area == b.area;
  };
  return kind == other.kind && bodies == other.bodies && std::ranges::equal(opened, other.opened, same) && successors == other.successors && branches == other.branches &&
         superior == other.superior && area == other.area && name == other.name && short_name == other.short_name;
}

const DraftAct* RestructureDraft::act(std::int64_t wanted) const {
  const auto at = std::ranges::find(acts, wanted, &DraftAct::number);
  return at == acts.end() ? nullptr : &*at;
}

const DraftBody* RestructureDraft::planned(const DraftRef& ref) const {
  const auto* opening = ref.act != 0 ? act(ref.act) : nullptr;
  return opening != nullptr && ref.part < opening->opened.size() ? &opening->opened[ref.part] : nullptr;
}

std::int64_t RestructureDraft::next_number() const {
  std::int64_t highest = 0;
  for (const auto& one : acts) highest = std::max(highest, one.number);
  return highest + 1;
}

std::vector<DraftRef> parts_of(const DraftAct& act) {
  std::vector<DraftRef> out;
  for (std::size_t i = 0; i < act.opened.size(); ++i) out.push_back({{}, act.number, i});
  out.insert(out.end(), act.successors.begin(), act.successors.end());
  return out;
}

std::vector<BodyId> bodies_named(const RestructureDraft& draft) {
  std::set<BodyId> seen;
  std::vector<BodyId> out;
  const auto add = [&](BodyId id) {
    if (id && seen.insert(id).second) out.push_back(id);
  };
  for (const auto& act : draft.acts) {
    for (const auto id : act.bodies) add(id);
    for (const auto& one : act.opened) add(one.superior.body);
    for (const auto& one : act.successors) add(one.body);
    for (const auto& [branch, part] : act.branches) add(branch), add(part.body);
    add(act.superior.body);
  }
  for (const auto& post : draft.posts) add(post.body.body);
  return out;
}

std::string act_label(BodyAct::Kind kind) {
  switch (kind) {
    case BodyAct::Kind::open: return tr("Thành lập");
    case BodyAct::Kind::dissolve: return tr("Giải thể");
    case BodyAct::Kind::merge: return tr("Hợp nhất");
    case BodyAct::Kind::split: return tr("Chia tách");
    case BodyAct::Kind::transfer: return tr("Chuyển cấp trên");
    case BodyAct::Kind::rename: break;
  }
  return tr("Đổi tên");
}

std::string name_of(const RestructureDraft& draft, const DraftRef& ref, const Organisation& organisation, Day day) {
  if (const auto* planned = draft.planned(ref)) return planned->name.empty() ? tr("tổ chức mới (chưa đặt tên)") : planned->name;
  return name_then(organisation, ref.body, day);
}

std::string act_sentence(const RestructureDraft& draft, const DraftAct& act, const Organisation& organisation, Day day) {
  std::string to;
  for (const auto& part : parts_of(act)) to += (to.empty() ? "" : ", ") + name_of(draft, part, organisation, day);
  const std::string from = names_of(organisation, act.bodies, day);
  switch (act.kind) {
    case BodyAct::Kind::open: return to;
    case BodyAct::Kind::dissolve: return to.empty() ? from : tr("{}; bàn giao cho {}", from, to);
    case BodyAct::Kind::merge: return tr("{} thành {}", from, to.empty() ? tr("(chưa chọn đơn vị kế thừa)") : to);
    case BodyAct::Kind::split: return tr("{} thành {}", from, to.empty() ? tr("(chưa chọn các đơn vị kế thừa)") : to);
    case BodyAct::Kind::transfer: return tr("{} về trực thuộc {}", from, act.superior ? name_of(draft, act.superior, organisation, day) : tr("(giữ cấp trên, đổi địa bàn)"));
    case BodyAct::Kind::rename: break;
  }
  return tr("{} thành “{}”", from, act.name);
}

Day day_of(const RestructureDraft& draft, Day today) { return Day::parse(draft.day).value_or(today); }

FormErrors heading_errors(const RestructureDraft& draft, Day today, Strictness how) {
  FormErrors out;
  const auto too_long = [&](const std::string& text, std::size_t most, const char* field, std::string sentence) {
    if (count_characters(text) > most) out.emplace_back(field, std::move(sentence));
  };
  if (draft.title.empty()) out.emplace_back("title", tr("Xin ghi tên đợt sắp xếp, ví dụ “Hợp nhất các chi hội thôn của xã Ea Kar”."));
  too_long(draft.title, longest_title, "title", tr("Tên đợt sắp xếp dài quá {} chữ; xin rút gọn.", longest_title));
  const auto day = Day::parse(draft.day);
  if (draft.day.empty()) out.emplace_back("day", tr("Xin ghi ngày có hiệu lực."));
  else if (!day) out.emplace_back("day", day.error().message);
  else if (*day > today + 366) out.emplace_back("day", tr("Ngày có hiệu lực còn quá xa; xin xem lại năm."));
  else if (*day < Day::of(1996, 10, 2)) out.emplace_back("day", tr("Ngày có hiệu lực ở trước ngày thành lập Hội; xin xem lại năm."));
  too_long(draft.number, longest_number, "number", tr("Số quyết định dài quá {} chữ; xin xem lại.", longest_number));
  too_long(draft.issuer, longest_issuer, "issuer", tr("Tên cơ quan ban hành dài quá {} chữ; xin rút gọn.", longest_issuer));
  const auto date = Day::parse(draft.date);
  if (!draft.date.empty() && !date) out.emplace_back("date", date.error().message);
  else if (date && *date > today) out.emplace_back("date", tr("Ngày ký quyết định chưa đến; xin ghi sau khi quyết định đã ký."));
  if (how == Strictness::preview) return out;
  if (draft.number.empty()) out.emplace_back("number", tr("Xin ghi số quyết định, ví dụ 15/QĐ-HKH. Quyết định ký rồi mới thực hiện được."));
  if (draft.date.empty()) out.emplace_back("date", tr("Xin ghi ngày ký quyết định."));
  if (draft.issuer.empty()) out.emplace_back("issuer", tr("Xin ghi cơ quan ban hành quyết định."));
  return out;
}

namespace {

// Acts that open a superior go first; a circle keeps its order and is refused when it is tried.
std::vector<const DraftAct*> in_order(const RestructureDraft& draft) {
  std::vector<const DraftAct*> out;
  std::set<std::int64_t> placed, waiting;
  const auto place = [&](const DraftAct& act, const auto& self) -> void {
    if (placed.contains(act.number) || !waiting.insert(act.number).second) return;
    for (const auto& one : act.opened)
      if (const auto* before = one.superior.act != 0 ? draft.act(one.superior.act) : nullptr; before != nullptr && before != &act) self(*before, self);
    placed.insert(act.number);
    out.push_back(&act);
  };
  for (const auto& act : draft.acts) place(act, place);
  return out;
}

}  // namespace

DraftPlan plan_of(const RestructureDraft& draft, Strictness how) {
  DraftPlan out;
  auto& plan = out.restructure;
  plan.day = day_of(draft, Day::earliest());
  plan.title = draft.title;
  const auto or_dots = [&](const std::string& text) { return text.empty() && how == Strictness::preview ? std::string("…") : text; };
  plan.basis = {or_dots(draft.number), Day::parse(draft.date).value_or(plan.day), or_dots(draft.issuer)};
  const auto acts = in_order(draft);
  std::map<std::int64_t, std::size_t> first;
  for (const auto* act : acts) {
    first[act->number] = out.opened.size();
    for (std::size_t part = 0; part < act->opened.size(); ++part) out.opened.push_back({{}, act->number, part});
  }
  const auto resolved = [&](const DraftRef& ref) {
    if (ref.act == 0) return ref.body;
    const auto at = first.find(ref.act);
    return at == first.end() ? planned(out.opened.size()) : planned(at->second + ref.part);    // one that nobody opens is refused by its number
  };
  for (const auto* given : acts) {
    BodyAct act;
    act.kind = given->kind;
    act.bodies = given->bodies;
    for (const auto& one : given->opened) {
      NewBody made;
      made.kind = one.kind;
      made.name = one.name;
      made.short_name = one.short_name;
      made.superior = resolved(one.superior);
      made.area = one.area;
      act.opened.push_back(std::move(made));
    }
    for (const auto& ref : given->successors) act.successors.push_back(resolved(ref));
    for (const auto& [branch, part] : given->branches)
      if (part) act.branches.emplace_back(branch, resolved(part));
    act.superior = given->superior ? resolved(given->superior) : BodyId{};
    act.area = given->area;
    act.name = given->name;
    act.short_name = given->short_name;
    plan.acts.push_back(std::move(act));
  }
  return out;
}

}  // namespace khuyenhoc
