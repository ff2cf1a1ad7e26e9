#include <array>

#include "accounts/accounts.h"
#include "base/text.h"
#include "committees/committees.h"
#include "directory/pages/body.html.h"
#include "directory/pages/parts_of_directory.h"
#include "importing/importing.h"
#include "organisation/heads.h"
#include "ratings/ratings.h"
#include "shell/start_under_way.h"

namespace khuyenhoc {
namespace {

using namespace directory;

constexpr std::size_t changes_a_page = 30;
constexpr std::array<std::string_view, 6> of_an_association{"B01", "A04", "A05", "C03", "D04", "E01"};
constexpr std::array<std::string_view, 3> of_a_branch{"B01", "C03", "D04"};

BodyTab tab_of(std::string_view word) {
  if (word == "truc-thuoc") return BodyTab::below;
  if (word == "ten-goi") return BodyTab::story;
  if (word == "thay-doi") return BodyTab::changes;
  return BodyTab::general;
}

SubordinateQuery query_of(const Visit& visit) {
  const auto& query = visit.request().query;
  SubordinateQuery out;
  out.typed = normalised(query.value("q"));
  out.kind = std::string(query.value("loai"));
  if (query.value("xep") == "loai") out.order = SubordinateOrder::kind;
  if (query.value("xep") == "hoi-vien") out.order = SubordinateOrder::members;
  out.page = static_cast<std::size_t>(std::clamp<std::int64_t>(visit.request().query_number("trang").value_or(1), 1, 100'000));
  return out;
}

std::vector<ChangeLine> lines_of(House& house, db::Reader& reader, const std::vector<AuditEntry>& entries) {
  std::vector<ChangeLine> out;
  for (const AuditEntry& entry : entries) {
    ChangeLine line{time_text(entry.at_ms), tr("Chương trình"), trail_sentence(entry), entry.reason};
    if (const auto user = entry.user ? house.users.row(reader, entry.user) : std::nullopt) line.who = user->salutation + " " + user->name;
    out.push_back(std::move(line));
  }
  return out;
}

std::string post_label(const Visit& visit, const std::string& code) {
  const PostKind* kind = Posts::house().find(code);
  return kind != nullptr ? kind->label(visit.language()) : code;
}

// "nhiệm kỳ 2025 - 2030, từ 01/9/2025"
std::string term_text(const PostHolding& holding) {
  const std::string since = tr("từ {}", holding.from.text());
  return holding.term.empty() ? since : holding.term + ", " + since;
}

// The head stands first and once; whoever is called instead of the head stands last.
void read_people(const Visit& visit, db::Reader& reader, BodyId body, BodyPage& page) {
  const auto known = contact(reader, visit.house().keys, body);
  const auto head = head_of(reader, body, visit.today(), known);
  if (head) {
    page.head = {{}, head->name, {}, head->telephone};
    if (head->post) page.head.remark = post_label(visit, head->post->post) + ", " + term_text(*head->post);
    page.head_by_post = head->post.has_value();
  }
  for (const PostHolding& holding : post_holders(reader, body, visit.today()))
    if (!head || !head->post || head->post->id != holding.id) page.posts.push_back({post_label(visit, holding.post), holding.person_name, term_text(holding), {}});
  if (head && known && known->telephone != head->telephone) page.posts.push_back({tr("Người liên hệ"), known->head_name, {}, known->telephone});
}

void read_what_the_tab_needs(const Visit& visit, const Outlook& outlook, BodyId body, BodyPage& page) {
  House& house = visit.house();
  if (page.tab == BodyTab::below) page.list = subordinates(outlook, body, query_of(visit), Extract::one_page);
  house.store.read([&](db::Reader& reader) {
    if (page.sees_names && page.tab == BodyTab::general) {
      read_people(visit, reader, body, page);
      for (const ContactPerson& person : contact_people(reader, house.keys, body))
        if (person.on(visit.today())) page.posts.push_back({person.task.empty() ? tr("Người liên hệ") : person.task, person.name, {}, person.telephone});
      if (const auto carer = who_looks_after(reader, outlook.organisation(), body, visit.today()); carer && carer->office != body)
        page.carer = carer->name() + ", " + post_label(visit, carer->holding.post);
    }
    if (const auto founding = founding_of(reader, body)) page.founded_by = decision_text(founding->decision);
    if (page.tab == BodyTab::story) {
      Restructures restructures(house.organisation, house.ledger, house.statements);
      page.story = story_of(reader, outlook, restructures, body);
    }
    if (page.tab == BodyTab::changes) {
      auto entries = house.trail.of_body(reader, body, visit.request().query_number("truoc").value_or(0), changes_a_page + 1);
      if (entries.size() > changes_a_page) {
        entries.resize(changes_a_page);
        page.changes_before = entries.back().position;
      }
      page.changes = lines_of(house, reader, entries);
      if (!visit.request().query_number("truoc"))
        for (const ImportRecord& one : imports_that_wrote(reader, "to-chuc", body.value)) page.imported.push_back({time_text(*one.written_ms), one.by_name, one.summary, one.file_name});
    }
  });
}

http::Response body_page(const Visit& visit) {
  const BodyId body = *visit.body(Permission::see_figures);
  const Viewer& viewer = visit.viewer();
  Outlook outlook = outlook_of(visit);
  const Body& known = outlook.organisation().body(body);
  // a body that does not stand in the chosen tree is told as of its own last or first day
  if (known.ended && *known.ended <= outlook.tree) outlook.tree = *known.ended - 1;
  else if (known.born > outlook.tree) outlook.tree = known.born;

  BodyPage page;
  page.office_start = start_under_way(visit);
  page.record = record_of(outlook, body);
  page.tab = tab_of(visit.request().query.value("phan"));
  page.may_enter = page.record.alive && page.record.is_counted && viewer.may(Permission::enter_figures, body);
  const std::string& kind = outlook.organisation().kind(body).code;
  page.past_years = page.may_enter && (kind == "tinh_hoi" || kind == "hoi_co_so");
  page.may_keep = page.record.alive && viewer.may(Permission::keep_bodies, body);
  page.sees_names = viewer.may(Permission::see_names, body);
  page.is_association = page.record.is_counted && !page.record.is_branch;
  page.rates = page.is_association && !rated_by(outlook.organisation(), body, viewer.today()).empty();
  page.cares = page.is_association && page.record.is_above_communes && page.sees_names;
  page.gives_accounts = page.record.alive && viewer.may(Permission::manage_users, body);
  page.may_restructure = viewer.may(Permission::restructure, body);
  page.sees_changes = viewer.may(Permission::see_audit, body);
  if (page.tab == BodyTab::changes && !page.sees_changes) return visit.not_found();
  if (page.record.is_counted) {
    page.figures = page.record.is_branch ? key_figures(outlook, body, of_a_branch) : key_figures(outlook, body, of_an_association);
    page.compared = compared_with(outlook, body);
  }
  page.period = visit.house().periods.label(visit.period(), visit.language());
  read_what_the_tab_needs(visit, outlook, body, page);
  return http::Response::html(directory_pages::body(visit.frame(page.record.name, MenuItem::organisation), page));
}

http::Response workbook(const Visit& visit) {
  const BodyId body = *visit.body(Permission::see_figures);
  const Outlook outlook = outlook_of(visit);
  const Subordinates list = subordinates(outlook, body, query_of(visit), Extract::everything);
  auto bytes = subordinates_workbook(outlook, body, list, visit.house().periods.label(visit.period(), visit.language()));
  if (!bytes) return visit.refused(bytes.error(), http::Status::unavailable);
  const std::string name = tr("Tổ chức trực thuộc {}", outlook.organisation().body(body).on(outlook.tree).name) + ".xlsx";
  return http::Response::download(std::make_shared<const std::string>(std::move(*bytes)), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name);
}

}  // namespace

void add_body_pages(Pages& pages) {
  pages.get("/to-chuc/{body:number}", Permission::see_figures, RouteScope::body, body_page);
  pages.get("/to-chuc/{body:number}/truc-thuoc.xlsx", Permission::see_figures, RouteScope::body, workbook);
}

}  // namespace khuyenhoc
