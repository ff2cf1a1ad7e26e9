#include "paper_style/pages/parts_of_paper_style.h"

namespace khuyenhoc {
namespace {

using namespace paper_style;

constexpr SigningManner manners[] = {SigningManner::as_head, SigningManner::in_place, SigningManner::by_order, SigningManner::authorised, SigningManner::acting, SigningManner::not_at_all};

template <class E>
std::string code_of(E value) { return std::to_string(static_cast<std::int64_t>(value)); }

bool may(const Visit& visit, BodyId body) { return visit.viewer().may(Permission::see_names, body); }

PlainForm rule_form(const Visit& visit, BodyId body) {
  const http::Request& request = visit.request();
  PlainForm page{.trail = trail_to_style(visit, body), .action = html::path("/to-chuc/{}/the-thuc/quy-dinh-ky", body), .fields = {}, .button = tr("Ghi quy định ký"),
                .consequence = tr("Văn bản có ngày trước ngày này giữ người ký và cách ghi cũ.")};
  std::vector<FormChoice> who{{"", tr("Xin chọn")}};
  visit.house().store.read([&](db::Reader& reader) {
    for (const PostHolding& holding : post_holders(reader, body, visit.today()))
      who.push_back({"nguoi:" + std::to_string(holding.id), fmt::format("{} ({})", holding.person_name, post_label(holding.post, visit.language()))});
  });
  for (const PostKind& kind : Posts::house().kinds()) who.push_back({"chuc-vu:" + kind.code, tr("Bất kỳ ai giữ chức vụ {}", kind.label(visit.language()))});
  std::vector<FormChoice> papers{{"", tr("Mọi loại văn bản")}};
  for (FormChoice& choice : paper_choices(visit.language())) papers.push_back(std::move(choice));
  std::vector<FormChoice> ways;
  for (const SigningManner manner : manners) ways.push_back({code_of(manner), signing_manner_label(manner, visit.language())});
  page.fields = {FormLine::choice("who", tr("Người ký"), request.text("who"), who), FormLine::choice("paper", tr("Loại văn bản"), request.text("paper"), papers),
                 FormLine::choice("manner", tr("Cách ký"), request.text("manner"), ways),
                 FormLine::choice("on_behalf", tr("Ký thay mặt (TM.)"), request.text("on_behalf"),
                                   {{"0", tr("Không ghi TM.")}, {"1", tr("Ban Thường vụ")}, {"2", tr("Ban Chấp hành")}}, tr("Với TL. và TUQ. là tên ban ghi sau chữ viết tắt; không chọn thì ghi chức vụ người đứng đầu.")),
                 FormLine::text("basis", tr("Căn cứ"), request.text("basis"), tr("Giấy ủy quyền hoặc quyết định giao quyền, kèm số và ngày. Phải ghi khi ký TUQ. hoặc Q.")),
                 FormLine::text("from", tr("Từ ngày"), request.method == http::Method::post ? request.text("from") : visit.today().text(), {}, FormLine::Wanted::yes),
                 FormLine::text("until", tr("Đến hết ngày"), request.text("until"), tr("Phải ghi khi ký TUQ. Để trống: đến khi có quy định khác."))};
  return page;
}

http::Response ask_rule(const Visit& visit) {
  const auto body = body_to_keep(visit);
  if (!body || !may(visit, *body)) return visit.not_found();
  return form_answer(visit, tr("Quy định ký văn bản"), rule_form(visit, *body), http::Status::ok);
}

http::Response take_rule(const Visit& visit) {
  const auto body = body_to_keep(visit);
  if (!body || !may(visit, *body)) return visit.not_found();
  House& house = visit.house();
  const http::Request& request = visit.request();
  PlainForm page = rule_form(visit, *body);
  SigningRule given;
  given.body = *body;
  given.paper = request.text("paper");
  const std::string who = request.text("who");
  if (who.starts_with("nguoi:")) given.holding = whole_number(std::string_view(who).substr(6));
  else if (who.starts_with("chuc-vu:")) given.post = who.substr(8);
  given.manner = static_cast<SigningManner>(request.text("manner").empty() ? 99 : typed_number(request, "manner"));
  const auto whom = typed_number(request, "on_behalf");
  given.on_behalf = whom == 1 ? OnBehalf::standing_committee : whom == 2 ? OnBehalf::executive_committee : OnBehalf::nobody;
  given.basis = request.text("basis");
  if (const auto from = typed_day(request, "from", page.errors)) given.from = *from;
  if (!request.text("until").empty())
    if (const auto until = typed_day(request, "until", page.errors)) given.until = *until + 1;
  if (!page.errors.empty()) return form_answer(visit, tr("Quy định ký văn bản"), page, http::Status::unprocessable);
  const std::string name = visit.organisation()->body(*body).on(visit.today()).name;
  const auto done = house.store.write([&](db::Writer& writer) {
    return set_signing_rule(house.store, writer, sink_of(house.trail, visit.viewer(), [&](const ChangeNote&) { return tr(Language::vietnamese, "Ghi quy định ký văn bản của {}, từ {}", name, given.from.text()); }), given);
  });
  if (done) return visit.done(style_of(*body), tr("Đã ghi quy định ký, từ {}.", given.from.text()));
  put(page.errors, done.error(), "who");
  return form_answer(visit, tr("Quy định ký văn bản"), page, status_of(done.error()));
}

http::Response end_rule(const Visit& visit) {
  const auto body = body_to_keep(visit);
  if (!body || !may(visit, *body)) return visit.not_found();
  House& house = visit.house();
  const http::Request& request = visit.request();
  const auto rules = house.store.read([&](db::Reader& reader) { return signing_rules(reader, *body); });
  const auto rule = std::ranges::find(rules, request.number("quy"), &SigningRule::id);
  if (rule == rules.end() || rule->until) return visit.not_found();
  PlainForm page{.trail = trail_to_style(visit, *body), .action = html::path("/to-chuc/{}/the-thuc/quy-dinh-ky/{}", *body, rule->id), .fields = {}, .button = tr("Kết thúc quy định")};
  page.lead.push_back(tr("{}, {}.", signing_manner_label(rule->manner, visit.language()), stretch(rule->from, rule->until)));
  page.fields = {FormLine::hidden("version", request.text("version").empty() ? std::to_string(rule->row_version) : request.text("version")),
                 FormLine::text("until", tr("Ngày đầu tiên không còn áp dụng"), request.method == http::Method::post ? request.text("until") : visit.today().text(), {}, FormLine::Wanted::yes)};
  const std::string title = tr("Kết thúc quy định ký");
  if (request.method == http::Method::get) return form_answer(visit, title, page, http::Status::ok);
  const auto until = typed_day(request, "until", page.errors);
  if (!until) return form_answer(visit, title, page, http::Status::unprocessable);
  const std::string name = visit.organisation()->body(*body).on(visit.today()).name;
  const auto done = house.store.write([&](db::Writer& writer) {
    return end_signing_rule(writer, sink_of(house.trail, visit.viewer(), [&](const ChangeNote&) { return tr(Language::vietnamese, "Kết thúc một quy định ký văn bản của {}, từ {}", name, until->text()); }), rule->id, *until,
                            typed_number(request, "version"));
  });
  if (done) return visit.done(style_of(*body), tr("Đã kết thúc quy định ký từ {}.", until->text()));
  put(page.errors, done.error(), "until");
  if (status_of(done.error()) == http::Status::conflict) page.fields.front().value = std::to_string(rule->row_version);
  return form_answer(visit, title, page, status_of(done.error()));
}

}  // namespace

void add_signing_pages(Pages& pages) {
  pages.get("/to-chuc/{body:number}/the-thuc/quy-dinh-ky", Permission::keep_bodies, RouteScope::body, ask_rule);
  pages.post("/to-chuc/{body:number}/the-thuc/quy-dinh-ky", Permission::keep_bodies, RouteScope::body, take_rule);
  pages.get("/to-chuc/{body:number}/the-thuc/quy-dinh-ky/{quy:number}", Permission::keep_bodies, RouteScope::body, end_rule);
  pages.post("/to-chuc/{body:number}/the-thuc/quy-dinh-ky/{quy:number}", Permission::keep_bodies, RouteScope::body, end_rule);
}

}  // namespace khuyenhoc
