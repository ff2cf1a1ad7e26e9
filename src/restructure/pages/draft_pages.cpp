#include <algorithm>
#include <set>

#include "base/i18n.h"
#include "base/text.h"
#include "restructure/draft_queries.h"
#include "restructure/pages/draft.html.h"
#include "restructure/pages/parts_of_restructure.h"
#include "restructure/proposals.h"

namespace khuyenhoc {
namespace {

using namespace restructure;

constexpr std::size_t acts_shown = 100;

// What still hangs under a body to be dissolved when the whole draft is carried out.
std::size_t left_behind(const RestructureDraft& draft, const DraftAct& act, const Organisation& organisation, Day day) {
  if (act.kind != BodyAct::Kind::dissolve) return 0;
  std::set<BodyId> taken_care_of;
  for (const auto& other : draft.acts)
    if (other.kind != BodyAct::Kind::rename) taken_care_of.insert(other.bodies.begin(), other.bodies.end());
  std::size_t out = 0;
  for (const auto id : act.bodies)
    if (organisation.find(id) != nullptr)
      for (const auto below : organisation.children(id, day)) out += !taken_care_of.contains(below);
  return out;
}

http::Response show(const Visit& visit, const RestructureDraft& draft, FormErrors errors, std::string notice, http::Status status) {
  const Organisation& organisation = *visit.organisation();
  const Day day = day_of(draft, visit.today());
  DraftPage page{draft, organisation.body(draft.unit).on(visit.today()).name, std::move(errors), std::move(notice), {}, 0, trees_of(draft, organisation, day), day, {}};
  for (const auto& act : draft.acts) {
    if (page.acts.size() == acts_shown) {
      page.more_acts = draft.acts.size() - acts_shown;
      break;
    }
    auto troubles = act_errors(draft, act, organisation, day);
    if (const auto left = left_behind(draft, act, organisation, day); troubles.empty() && left > 0)
      troubles.emplace_back("bodies", tr("Còn {} tổ chức trực thuộc phải chuyển đi trước: thêm việc “Chuyển cấp trên”.", left));
    page.acts.push_back({act.number, act_label(act.kind), act_sentence(draft, act, organisation, day), troubles.empty() ? std::string() : troubles.front().second});
  }
  if (visit.viewer().may(Permission::restructure, draft.unit)) page.list_link = path("/nhap-tep/{}/sap-xep", draft.unit).with("ban-nhap", draft.id.value);
  const std::string title = draft.title.empty() ? tr("Đợt sắp xếp mới (bản nháp)") : draft.title;
  return http::Response::html(restructure_pages::draft(visit.frame(title, MenuItem::organisation), page), status);
}

http::Response open(const Visit& visit) {
  RestructureDesk desk(visit.house(), visit.viewer());
  const auto draft = draft_in(visit, desk);
  if (!draft) return visit.not_found();
  if (draft->state == RestructureDraft::State::applied) return http::Response::redirect(done_link(draft->restructure));
  return show(visit, *draft, {}, {}, http::Status::ok);
}

std::size_t propose(const Visit& visit, RestructureDraft& draft) {
  return Proposals{*visit.organisation(), visit.house().organisation.systems(), day_of(draft, visit.today())}.follow_the_territory(draft);
}

void read_heading(const Visit& visit, RestructureDraft& draft) {
  const auto& request = visit.request();
  for (const auto& [field, to] : {std::pair("title", &draft.title), std::pair("day", &draft.day), std::pair("number", &draft.number), std::pair("date", &draft.date),
                                  std::pair("issuer", &draft.issuer)})
    if (request.form.fields.has(field)) *to = request.text(field);
}

http::Response take(const Visit& visit) {
  RestructureDesk desk(visit.house(), visit.viewer());
  auto draft = draft_in(visit, desk);
  if (!draft || draft->state != RestructureDraft::State::open) return visit.not_found();
  const std::string what = visit.request().text("lam");
  const auto version = version_in(visit);
  const RestructureDraft as_kept = *draft;
  read_heading(visit, *draft);
  if (version != as_kept.row_version) {
    const std::string notice = tr("Bản nháp này vừa được sửa ở nơi khác. Điều ông/bà ghi còn ở dưới; bấm nút lần nữa để dùng điều ông/bà ghi.");
    return show(visit, *draft, {}, notice, http::Status::conflict);
  }
  std::string done = tr(Language::vietnamese, "ghi tên, ngày và quyết định");
  std::string said = tr("Đã lưu bản nháp.");
  if (what == "bo-nhap") {
    if (auto dropped = desk.drop(*draft); !dropped) return show(visit, *draft, {}, dropped.error().message, http::Status::conflict);
    return visit.done(Url("/sap-xep"), tr("Đã bỏ bản nháp. Tổ chức và số liệu không thay đổi."));
  }
  if (what.starts_with("bo-viec-")) {
    const auto number = DraftRef::parse(what.substr(8));
    const auto* gone = number ? draft->act(number->body.value) : nullptr;
    if (gone != nullptr) {
      done = tr(Language::vietnamese, "bỏ việc {}", act_label(gone->kind));
      said = tr("Đã bỏ việc “{}” khỏi bản nháp.", act_label(gone->kind));
      std::erase_if(draft->acts, [&](const DraftAct& act) { return act.number == number->body.value; });
    }
  } else if (what == "de-xuat") {
    const auto added = propose(visit, *draft);
    done = tr(Language::vietnamese, "thêm {} việc theo địa giới hành chính mới", added);
    said = added > 0 ? tr("Đã thêm {} việc theo địa giới hành chính mới. Xin xem lại từng việc.", added)
                     : tr("Không còn Hội cấp xã nào ở địa bàn cũ mà chưa có trong bản nháp.");
  }
  const auto errors = what == "xem" ? heading_errors(*draft, visit.today(), Strictness::preview) : FormErrors{};
  if (auto kept = desk.keep(*draft, done); !kept) return show(visit, *draft, {}, kept.error().message, http::Status::conflict);
  if (!errors.empty()) return show(visit, *draft, errors, {}, http::Status::unprocessable);
  if (what == "xem") return http::Response::redirect(path("/sap-xep/ban-nhap/{}/xem-truoc", draft->id));
  return visit.done(draft_link(draft->id), said);
}

}  // namespace

void add_restructure_draft_pages(Pages& pages) {
  pages.get("/sap-xep/ban-nhap/{lan:number}", Permission::restructure, RouteScope::signed_in, open);
  pages.post("/sap-xep/ban-nhap/{lan:number}", Permission::restructure, RouteScope::signed_in, take);
}

}  // namespace khuyenhoc
