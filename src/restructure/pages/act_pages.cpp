#include <algorithm>

#include "base/i18n.h"
#include "base/text.h"
#include "organisation/namesakes.h"
#include "restructure/pages/act.html.h"
#include "restructure/pages/parts_of_restructure.h"
#include "restructure/proposals.h"

namespace khuyenhoc {
namespace {

using namespace restructure;
using Kind = BodyAct::Kind;

constexpr std::size_t found_listed = 20;
constexpr std::size_t superiors_listed = 400;
constexpr std::size_t most_parts = 30;

std::string kind_label(const BodyKind& kind) { return current_language() == Language::english ? kind.label_en : kind.label_vi; }

class ActForm {
 public:
  ActForm(const Visit& visit, RestructureDesk& desk, RestructureDraft& draft, DraftAct& act)
      : visit_(visit), desk_(desk), draft_(draft), act_(act), organisation_(*visit.organisation()), day_(day_of(draft, visit.today())),
        proposals_{organisation_, visit.house().organisation.systems(), day_} {}

  // Everything the form carries, as typed; ids that may not be restructured fall away.
  void read() {
    const auto& request = visit_.request();
    act_.bodies = bodies_in("body");
    act_.name = request.text("name");
    act_.short_name = request.text("short_name");
    act_.superior = ref_in("superior");
    act_.area = unit_in("area");
    if (request.form.fields.has("name-0") || request.form.fields.has("parts")) {
      act_.opened.clear();
      for (std::size_t i = 0; i < most_parts && request.form.fields.has(fmt::format("name-{}", i)); ++i)
        act_.opened.push_back({request.text(fmt::format("kind-{}", i)), request.text(fmt::format("name-{}", i)), request.text(fmt::format("short_name-{}", i)),
                               ref_in(fmt::format("superior-{}", i)), unit_in(fmt::format("area-{}", i))});
    }
    act_.successors.clear();
    for (const auto text : request.form.fields.all("nhan"))
      if (const auto ref = DraftRef::parse(text); ref && usable(*ref)) act_.successors.push_back(*ref);
    act_.branches.clear();
    if (act_.kind == Kind::split && act_.bodies.size() == 1)
      for (const auto branch : organisation_.children(act_.bodies.front(), day_)) act_.branches.emplace_back(branch, ref_in(fmt::format("nhanh-{}", branch.value)));
    if (act_.kind == Kind::merge) read_heir(request.text("ke-thua"));
  }

  // What a button asks for; true when the act is to be kept and left.
  bool press(const std::string& what) {
    const auto id = [&](std::string_view prefix) -> BodyId {
      const auto ref = what.starts_with(prefix) ? DraftRef::parse(std::string_view(what).substr(prefix.size())) : std::nullopt;
      return ref && usable(*ref) ? ref->body : BodyId{};
    };
    if (const auto body = id("them-"); body && std::ranges::find(act_.bodies, body) == act_.bodies.end()) {
      act_.bodies.push_back(body);
      std::erase(act_.successors, DraftRef{body});
      fill();
    } else if (const auto above = id("truc-thuoc-")) {
      for (const auto branch : organisation_.children(above, day_))
        if (usable({branch}) && std::ranges::find(act_.bodies, branch) == act_.bodies.end()) act_.bodies.push_back(branch);
    } else if (const auto gone = id("bo-")) {
      std::erase(act_.bodies, gone);
      std::erase(act_.successors, DraftRef{gone});
      fill();
    } else if (const auto taker = id("nhan-")) {
      if (act_.kind == Kind::transfer) act_.superior = {taker};
      else if (std::ranges::find(act_.successors, DraftRef{taker}) == act_.successors.end() && std::ranges::find(act_.bodies, taker) == act_.bodies.end()) {
        if (act_.kind == Kind::dissolve) act_.successors.clear();
        act_.successors.push_back({taker});
      }
    } else if (what == "de-xuat") {
      act_.opened.clear();
      if (act_.kind == Kind::merge) act_.successors.clear();
      if (act_.kind == Kind::split) act_.successors.clear();
      fill();
    } else if (what == "them-phan" && act_.opened.size() < most_parts) {
      DraftBody part;
      if (!act_.opened.empty()) part = act_.opened.back();
      else if (act_.kind == Kind::open) part.superior = {draft_.unit};
      part.name.clear();
      part.short_name.clear();
      act_.opened.push_back(std::move(part));
    } else if (what.starts_with("bo-phan-")) {
      const auto at = DraftRef::parse(std::string_view(what).substr(8));
      if (at && static_cast<std::size_t>(at->body.value) <= act_.opened.size()) act_.opened.erase(act_.opened.begin() + (at->body.value - 1));
    } else if (what == "ten") {
      for (auto& part : act_.opened)
        if (part.area && !part.kind.empty()) {
          const auto named = proposals_.association_of(part.area, part.kind, part.superior.body);
          const auto* kind = visit_.house().organisation.systems().find(part.kind);
          if (kind != nullptr && kind->level != BodyKind::Level::branch) part.name = named.name, part.short_name = named.short_name;
        }
    }
    if (act_.kind == Kind::merge) fill();               // somebody who chose a new body after all gets one proposed
    if (act_.kind == Kind::split) proposals_.branches(act_, draft_);
    return what == "ghi";
  }

  // What can be proposed and was not typed: the new body of a merger, the parts of a division.
  void fill() {
    if (act_.kind == Kind::merge && act_.successors.empty() && act_.opened.empty() && act_.bodies.size() > 1) act_.opened.push_back(proposals_.merged(act_.bodies));
    if (act_.kind == Kind::split && act_.bodies.size() == 1 && act_.opened.empty() && act_.successors.empty()) proposals_.split(act_);
    if (act_.kind == Kind::split) proposals_.branches(act_, draft_);
    if (act_.kind == Kind::open && act_.opened.empty()) act_.opened.push_back({{}, {}, {}, {draft_.unit}, {}});
    if (act_.kind == Kind::rename && act_.bodies.size() == 1 && act_.name.empty()) {
      act_.name = organisation_.body(act_.bodies.front()).on(day_).name;
      act_.short_name = organisation_.body(act_.bodies.front()).on(day_).short_name;
    }
  }

  ActPage page(std::string typed) const {
    ActPage out{draft_, act_, act_label(act_.kind), explanation(), {}, {}, std::move(typed), false, {}, {}, {}, {}, {}, {}, {}, {}, {}};
    for (const auto id : act_.bodies) out.chosen.push_back(found(id));
    for (const auto& ref : act_.successors) {
      if (act_.kind == Kind::merge) out.chosen.push_back(found(ref.body));
      else if (ref.act == 0) out.successors.push_back(found(ref.body));
      else out.successors.push_back({{}, name_of(draft_, ref, organisation_, day_), ref.text(), false, false});
    }
    if (act_.kind == Kind::merge) out.goes_on = !act_.successors.empty() ? act_.successors.front().text() : !act_.opened.empty() ? "moi" : "";
    if (!out.typed.empty()) search(out);
    for (std::size_t i = 0; i < act_.opened.size(); ++i) out.parts.push_back({i, act_.opened[i], kinds(act_.opened[i]), superiors(act_.opened[i].superior), areas(act_.opened[i])});
    for (const auto& [branch, part] : act_.branches) out.branches.push_back({branch, name_among_siblings(organisation_, branch, day_), part.text()});
    for (const auto& part : parts_of(act_)) out.part_choices.push_back({part.text(), name_of(draft_, part, organisation_, day_)});
    if (act_.kind == Kind::transfer) {
      out.superiors = superiors(act_.superior);
      out.areas = areas({{}, {}, {}, act_.superior, act_.area});
    }
    return out;
  }

 private:
  bool usable(const DraftRef& ref) const {
    if (ref.act != 0) return draft_.planned(ref) != nullptr || ref.act == act_.number;
    return visit_.house().store.read([&](db::Reader& reader) { return desk_.may_restructure(reader, ref.body); });
  }
  std::vector<BodyId> bodies_in(std::string_view field) const {
    std::vector<BodyId> out;
    for (const auto text : visit_.request().form.fields.all(field))
      if (const auto ref = DraftRef::parse(text); ref && ref->body && usable(*ref) && std::ranges::find(out, ref->body) == out.end()) out.push_back(ref->body);
    return out;
  }
  DraftRef ref_in(const std::string& field) const {
    const auto ref = DraftRef::parse(visit_.request().form.fields.value(field));
    return ref && usable(*ref) ? *ref : DraftRef{};
  }
  UnitId unit_in(const std::string& field) const {
    const auto ref = DraftRef::parse(visit_.request().form.fields.value(field));
    const UnitId unit{ref ? ref->body.value : 0};
    return unit && organisation_.territory().find(unit) != nullptr ? unit : UnitId{};
  }

  // Of the chosen ones one goes on, or a new one is opened.
  void read_heir(const std::string& chosen) {
    const auto ref = DraftRef::parse(chosen);
    act_.successors.clear();
    if (!ref || std::ranges::find(act_.bodies, ref->body) == act_.bodies.end()) return;
    std::erase(act_.bodies, ref->body);
    act_.successors.push_back({ref->body});
    act_.opened.clear();
  }

  FoundBody found(BodyId id) const {
    const Body* body = organisation_.find(id);
    if (body == nullptr) return {id, tr("tổ chức không còn"), {}, true, false};
    const auto above = body->on(day_).superior;
    return {id, name_among_siblings(organisation_, id, day_), above ? organisation_.body(above).on(day_).name : organisation_.territory().running_path(body->on(day_).area, day_), true,
            organisation_.kind(id).system != hkh, organisation_.children(id, day_).size(), organisation_.kind(id).level != BodyKind::Level::branch};
  }

  void search(ActPage& page) const {
    page.searched = true;
    const bool partners = act_.kind == Kind::merge;
    visit_.house().store.read([&](db::Reader& reader) {
      const auto scope = visit_.viewer().scope(Permission::restructure);
      const auto bodies = organisation_.search(page.typed, day_, found_listed, [&](BodyId id) {
        const Body& body = organisation_.body(id);
        if (!body.alive(day_) && !body.alive(day_ - 1)) return false;
        return scope.contains(id) || (partners && desk_.is_partner(reader, id));
      });
      for (const auto id : bodies) {
        auto one = found(id);
        one.chosen = std::ranges::find(act_.bodies, id) != act_.bodies.end() || std::ranges::find(act_.successors, DraftRef{id}) != act_.successors.end();
        page.found.push_back(std::move(one));
      }
    });
  }

  std::vector<Choice> kinds(const DraftBody& part) const {
    const BodyKind* above = nullptr;
    if (const auto* planned = draft_.planned(part.superior)) above = visit_.house().organisation.systems().find(planned->kind);
    else if (organisation_.find(part.superior.body) != nullptr) above = &organisation_.kind(part.superior.body);
    std::vector<Choice> out;
    if (above != nullptr)
      for (const auto* kind : proposals_.kinds_under(*above)) out.push_back({kind->code, kind_label(*kind)});
    if (std::ranges::find(out, part.kind, &Choice::value) == out.end())
      if (const auto* own = visit_.house().organisation.systems().find(part.kind)) out.push_back({own->code, kind_label(*own)});
    return out;
  }

  std::vector<Choice> superiors(const DraftRef& chosen) const {
    std::vector<Choice> out;
    const auto add = [&](const DraftRef& ref) {
      if (!ref || std::ranges::find(out, ref.text(), &Choice::value) != out.end()) return;
      out.push_back({ref.text(), name_of(draft_, ref, organisation_, day_)});
    };
    add(chosen);
    for (const auto id : act_.bodies)
      if (const auto above = proposals_.superior_of(id)) add({above});
    add({draft_.unit});
    for (const auto& act : draft_.acts)
      for (std::size_t i = 0; i < act.opened.size() && out.size() < superiors_listed; ++i) {
        const auto* kind = visit_.house().organisation.systems().find(act.opened[i].kind);
        if (act.number != act_.number && kind != nullptr && kind->level != BodyKind::Level::branch) add({{}, act.number, i});
      }
    for (const auto id : organisation_.children(draft_.unit, day_))
      if (out.size() < superiors_listed && organisation_.kind(id).level != BodyKind::Level::branch) add({id});
    return out;
  }

  std::vector<Choice> areas(const DraftBody& part) const {
    const Territory& territory = organisation_.territory();
    std::vector<Choice> out;
    const auto add = [&](UnitId unit) {
      const Unit* known = territory.find(unit);
      if (known == nullptr || std::ranges::find(out, std::to_string(unit.value), &Choice::value) != out.end()) return;
      out.push_back({std::to_string(unit.value), known->full_name(day_)});
    };
    add(part.area);
    for (const auto unit : proposals_.units_of(act_.bodies)) add(unit);
    UnitId above;
    if (const auto* planned = draft_.planned(part.superior)) above = planned->area;
    else if (const Body* body = organisation_.find(part.superior.body)) above = body->on(day_).area;
    add(above);
    if (const Unit* unit = territory.find(above); unit != nullptr && unit->level != UnitLevel::country)
      for (const auto child : territory.children(above, day_)) add(child);
    return out;
  }

  std::string explanation() const {
    switch (act_.kind) {
      case Kind::open: return tr("Lập tổ chức mới, không kế thừa tổ chức nào. Thành viên và số liệu ghi từ ngày thành lập.");
      case Kind::dissolve: return tr("Tổ chức kết thúc, không có đơn vị kế thừa. Chi hội, ban trực thuộc phải chuyển đi trước, bằng việc “Chuyển cấp trên”.");
      case Kind::merge: return tr("Các tổ chức kết thúc và thành một: tổ chức mới, hoặc một trong số đó tiếp tục. Chi hội, ban và số liệu chuyển theo.");
      case Kind::split: return tr("Một tổ chức kết thúc và thành nhiều. Mỗi chi hội, ban chọn một đơn vị nhận; số liệu ghi chung chờ biên bản bàn giao.");
      case Kind::transfer: return tr("Tổ chức giữ tên và số liệu, chuyển sang cấp trên hoặc địa bàn khác.");
      case Kind::rename: break;
    }
    return tr("Tổ chức giữ nguyên mọi thứ, chỉ đổi tên từ ngày có hiệu lực.");
  }

  const Visit& visit_;
  RestructureDesk& desk_;
  RestructureDraft& draft_;
  DraftAct& act_;
  const Organisation& organisation_;
  Day day_;
  Proposals proposals_;
};

DraftAct* act_in(RestructureDraft& draft, std::int64_t number) {
  const auto at = std::ranges::find(draft.acts, number, &DraftAct::number);
  return at == draft.acts.end() ? nullptr : &*at;
}

http::Response show(const Visit& visit, const ActPage& page, http::Status status) {
  return http::Response::html(restructure_pages::act(visit.frame(page.title, MenuItem::organisation), page), status);
}

http::Response open(const Visit& visit) {
  RestructureDesk desk(visit.house(), visit.viewer());
  auto draft = draft_in(visit, desk);
  auto* act = draft ? act_in(*draft, visit.request().number("so")) : nullptr;
  if (act == nullptr || draft->state != RestructureDraft::State::open) return visit.not_found();
  ActForm form(visit, desk, *draft, *act);
  form.fill();
  return show(visit, form.page(normalised(visit.request().query.value("q"))), http::Status::ok);
}

http::Response take(const Visit& visit) {
  RestructureDesk desk(visit.house(), visit.viewer());
  auto draft = draft_in(visit, desk);
  auto* act = draft ? act_in(*draft, visit.request().number("so")) : nullptr;
  if (act == nullptr || draft->state != RestructureDraft::State::open) return visit.not_found();
  const std::string what = visit.request().text("lam"), typed = visit.request().text("q");
  const auto version = version_in(visit);
  ActForm form(visit, desk, *draft, *act);
  form.read();
  if (version != draft->row_version) {
    auto page = form.page(typed);
    page.notice = tr("Bản nháp này vừa được sửa ở nơi khác. Điều ông/bà chọn còn ở dưới; bấm nút lần nữa để dùng điều ông/bà chọn.");
    return show(visit, page, http::Status::conflict);
  }
  const bool leaves = form.press(what);
  const Day day = day_of(*draft, visit.today());
  const std::string sentence = fmt::format("{}: {}", act_label(act->kind), act_sentence(*draft, *act, *visit.organisation(), day));
  const auto errors = leaves ? act_errors(*draft, *act, *visit.organisation(), day) : FormErrors{};
  const auto number = act->number;
  if (auto kept = desk.keep(*draft, sentence); !kept) {
    auto page = form.page(typed);
    page.notice = kept.error().message;
    return show(visit, page, http::Status::conflict);
  }
  if (!errors.empty()) {
    auto page = form.page(typed);
    page.errors = errors;
    return show(visit, page, http::Status::unprocessable);
  }
  if (leaves) return visit.done(draft_link(draft->id), tr("Đã ghi vào bản nháp: {}.", sentence));
  Url back = act_link(draft->id, number);
  if (!typed.empty()) back = back.with("q", typed);
  return http::Response::redirect(typed.empty() ? back : back.at("tim"));
}

}  // namespace

void add_restructure_act_pages(Pages& pages) {
  pages.get("/sap-xep/ban-nhap/{lan:number}/viec/{so:number}", Permission::restructure, RouteScope::signed_in, open);
  pages.post("/sap-xep/ban-nhap/{lan:number}/viec/{so:number}", Permission::restructure, RouteScope::signed_in, take);
}

}  // namespace khuyenhoc
