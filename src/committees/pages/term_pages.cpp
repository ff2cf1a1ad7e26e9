#include "access/appointments.h"
#include "committees/pages/leaders.html.h"
#include "committees/pages/parts_of_committees.h"
#include "committees/pages/term.html.h"
#include "committees/roster.h"
#include "organisation/post_corrections.h"
#include "organisation/systems.h"

namespace khuyenhoc {
namespace {

using namespace committees;

http::Response leaders(const Visit& visit) {
  const BodyId body = *visit.body(Permission::see_names);
  LeadersPage page;
  page.body = body;
  page.body_name = name_of(visit, body);
  page.may_keep = body_to_keep(visit).has_value();
  const BodyKind& kind = visit.organisation()->kind(body);
  page.has_committees = kind.system == hkh && kind.level != BodyKind::Level::branch;
  visit.house().store.read([&](db::Reader& reader) {
    if (page.has_committees && visit.organisation()->body(body).alive(visit.today())) page.warnings = committee_warnings(reader, *visit.organisation(), body, visit.today());
    for (const CommitteeTerm& term : terms_of(reader, body)) {
      TermBlock block = block_of(reader, term, visit.today(), visit.language());
      (block.running ? page.running : page.past).push_back(std::move(block));
    }
    std::ranges::sort(page.running, {}, [](const TermBlock& block) { return block.term.kind; });
    const auto row = [&](const PostHolding& holding) {
      const std::string since = is_void(holding) ? tr("đã bỏ khỏi danh sách") : holding.until ? tr("từ {} đến hết {}", holding.from.text(), (*holding.until - 1).text()) : tr("từ {}", holding.from.text());
      return PostRow{holding.id, post_label(holding.post, visit.language()), holding.person_name, holding.term.empty() ? since : holding.term + ", " + since, holding.on(visit.today()),
                     gives_access(reader, holding.id), is_void(holding)};
    };
    for (const PostHolding& holding : post_holders(reader, body, visit.today())) page.posts.push_back(row(holding));
    auto all = post_holdings(reader, body);
    std::ranges::reverse(all);
    for (const PostHolding& holding : all)
      if (!holding.on(visit.today())) page.former_posts.push_back(row(holding));
  });
  return http::Response::html(committees_pages::leaders(visit.frame(tr("Ban Chấp hành và chức vụ"), MenuItem::organisation), page, trail_to(visit, body)));
}

http::Response term_page(const Visit& visit) {
  const BodyId body = *visit.body(Permission::see_names);
  const auto term = term_in(visit, body);
  if (!term) return visit.not_found();
  TermPage page{body, name_of(visit, body), body_to_keep(visit).has_value(), visit.house().store.read([&](db::Reader& reader) { return block_of(reader, *term, visit.today(), visit.language()); })};
  return http::Response::html(committees_pages::term(visit.frame(page.block.title, MenuItem::organisation), page, trail_to_leaders(visit, body)));
}

enum class Ending { docx, pdf, xlsx };

http::Response roster(const Visit& visit, Ending ending) {
  const BodyId body = *visit.body(Permission::see_names);
  const auto term = term_in(visit, body);
  if (!term || term->voided()) return visit.not_found();
  const auto paper = committee_roster(visit.house(), term->id, visit.today());
  if (!paper) return visit.refused(paper.error(), http::Status::unprocessable);
  const std::string name = fmt::format("Danh sách {} {} – {}", committee_label(term->kind, Language::vietnamese), term->name, name_of(visit, body));
  const auto bytes = [](std::string made) { return std::make_shared<const std::string>(std::move(made)); };
  switch (ending) {
    case Ending::docx: return http::Response::download(bytes(document::to_docx(*paper)), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", name + ".docx");
    case Ending::pdf: return http::Response::download(bytes(document::to_pdf(*paper)), "application/pdf", name + ".pdf");
    case Ending::xlsx: break;
  }
  auto workbook = document::to_xlsx(*paper);
  if (!workbook) return visit.refused(workbook.error(), http::Status::unavailable);
  return http::Response::download(bytes(std::move(*workbook)), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name + ".xlsx");
}

}  // namespace

void add_term_pages(Pages& pages) {
  pages.get("/to-chuc/{body:number}/nhan-su", Permission::see_names, RouteScope::body, leaders);
  pages.get("/to-chuc/{body:number}/nhan-su/{ky:number}", Permission::see_names, RouteScope::body, term_page);
  pages.get("/to-chuc/{body:number}/nhan-su/{ky:number}/danh-sach.docx", Permission::see_names, RouteScope::body, [](const Visit& visit) { return roster(visit, Ending::docx); });
  pages.get("/to-chuc/{body:number}/nhan-su/{ky:number}/danh-sach.pdf", Permission::see_names, RouteScope::body, [](const Visit& visit) { return roster(visit, Ending::pdf); });
  pages.get("/to-chuc/{body:number}/nhan-su/{ky:number}/danh-sach.xlsx", Permission::see_names, RouteScope::body, [](const Visit& visit) { return roster(visit, Ending::xlsx); });
}

}  // namespace khuyenhoc
