#include "base/i18n.h"
#include "restructure/pages/parts_of_restructure.h"
#include "restructure/pages/restructure_list.html.h"

namespace khuyenhoc {
namespace {

using namespace restructure;

constexpr std::size_t done_listed = 100;

http::Response list(const Visit& visit) {
  RestructureDesk desk(visit.house(), visit.viewer());
  ListPage page;
  page.unit = visit.organisation()->body(visit.viewer().acting_for()).on(visit.today()).name;
  for (const auto& draft : desk.drafts()) {
    const Body* unit = visit.organisation()->find(draft.unit);
    page.drafts.push_back({draft.id, draft.title.empty() ? tr("Bản nháp chưa đặt tên") : draft.title, unit != nullptr ? unit->on(visit.today()).name : std::string(),
                           tr("{} việc", draft.acts.size()), tr("Sửa lúc {}", time_text(draft.changed_ms))});
  }
  visit.house().store.read([&](db::Reader& reader) {
    for (const auto& one : desk.list(reader, done_listed)) {
      DoneLine line{one.id, one.title, one.day.text(), tr("Quyết định số {} ngày {} của {}", one.basis.number, one.basis.date.text(), one.basis.issuer), {}, {}};
      line.state = state_of(reader, desk, one, line.tone);
      page.done.push_back(std::move(line));
    }
  });
  page.list_link = path("/nhap-tep/{}/sap-xep", visit.viewer().acting_for());
  if (!visit.viewer().may(Permission::restructure, visit.viewer().acting_for())) page.list_link.reset();
  return http::Response::html(restructure_pages::restructure_list(visit.frame(tr("Sắp xếp đơn vị"), MenuItem::organisation), page));
}

std::optional<BodyAct::Kind> kind_of(std::string_view word) {
  if (word == "hop-nhat") return BodyAct::Kind::merge;
  if (word == "chia-tach") return BodyAct::Kind::split;
  if (word == "giai-the") return BodyAct::Kind::dissolve;
  if (word == "thanh-lap") return BodyAct::Kind::open;
  if (word == "chuyen") return BodyAct::Kind::transfer;
  if (word == "doi-ten") return BodyAct::Kind::rename;
  return std::nullopt;
}

// A new draft; from the page of a body with that body chosen already.
http::Response begin(const Visit& visit) {
  RestructureDesk desk(visit.house(), visit.viewer());
  if (!visit.viewer().may(Permission::restructure, visit.viewer().acting_for())) return visit.not_found();
  const auto kind = kind_of(visit.request().text("loai"));
  const auto given = DraftRef::parse(visit.request().text("to-chuc"));
  if (given && !visit.house().store.read([&](db::Reader& reader) { return desk.may_restructure(reader, given->body); })) return visit.not_found();
  auto draft = desk.begin();
  if (!kind) return http::Response::redirect(draft_link(draft.id));
  DraftAct act;
  act.number = draft.next_number();
  act.kind = *kind;
  if (given) act.bodies.push_back(given->body);
  draft.acts.push_back(act);
  if (auto kept = desk.keep(draft, tr(Language::vietnamese, "thêm việc {}", act_label(*kind))); !kept) return visit.refused(kept.error(), http::Status::conflict);
  return http::Response::redirect(act_link(draft.id, act.number));
}

// Another act in a draft.
http::Response add_act(const Visit& visit) {
  RestructureDesk desk(visit.house(), visit.viewer());
  auto draft = draft_in(visit, desk);
  if (!draft || draft->state != RestructureDraft::State::open) return visit.not_found();
  const auto kind = kind_of(visit.request().text("loai"));
  if (!kind) return visit.done(draft_link(draft->id), tr("Xin chọn việc cần thêm: hợp nhất, chia tách, thành lập, giải thể, chuyển cấp trên hoặc đổi tên."));
  DraftAct act;
  act.number = draft->next_number();
  act.kind = *kind;
  draft->acts.push_back(act);
  if (auto kept = desk.keep(*draft, tr(Language::vietnamese, "thêm việc {}", act_label(*kind))); !kept) return visit.refused(kept.error(), http::Status::conflict);
  return http::Response::redirect(act_link(draft->id, act.number));
}

}  // namespace

void add_restructure_list_pages(Pages& pages) {
  pages.get("/sap-xep", Permission::restructure, RouteScope::signed_in, list);
  pages.post("/sap-xep", Permission::restructure, RouteScope::signed_in, begin);
  pages.post("/sap-xep/ban-nhap/{lan:number}/viec", Permission::restructure, RouteScope::signed_in, add_act);
}

}  // namespace khuyenhoc
