#include <algorithm>

#include "base/number.h"
#include "organisation/namesakes.h"
#include "paper_style/pages/parts_of_paper_style.h"
#include "paper_style/pages/style.html.h"

namespace khuyenhoc {
namespace {

using namespace paper_style;

std::string signer_of_rule(db::Reader& reader, const SigningRule& rule, Language language) {
  if (rule.holding == 0) return post_label(rule.post, language);
  const auto holding = find_post_holding(reader, rule.holding);
  return holding ? holding->person_name + ", " + post_label(holding->post, language) : std::string();
}

std::string next_in_words(db::Reader& reader, const NumberingRule& rule, BodyId body, const Letterhead& head, int year, Language language) {
  std::string out;
  for (const auto& [paper, number] : next_numbers(reader, body, year)) {
    if ((rule.series == NumberSeries::one) != paper.empty()) continue;
    const PaperKind* kind = PaperKinds::house().find(paper);
    const std::string one = kind != nullptr ? kind->label(language) + " " + number_text_of(number, kind->letters, head.numbering_suffix) : number_text_of(number, "", head.numbering_suffix);
    out += (out.empty() ? "" : ", ") + one;
  }
  return out.empty() ? tr("01 của năm {}", year) : out;
}

http::Response style(const Visit& visit) {
  const BodyId body = *visit.body(Permission::see_figures);
  const bool alive = visit.organisation()->body(body).alive(visit.today());
  StylePage page;
  page.body = body;
  page.body_name = name_among_siblings(*visit.organisation(), body, visit.today());
  page.may_keep = body_to_keep(visit).has_value();
  page.may_sign = body_to_sign_for(visit).has_value();
  page.writes_reports = alive && visit.organisation()->kind(body).level != BodyKind::Level::branch;
  const bool sees_names = visit.viewer().may(Permission::see_names, body);
  page.papers = paper_choices(visit.language());
  page.paper = std::string(visit.request().query.value("loai"));
  if (PaperKinds::house().find(page.paper) == nullptr) page.paper = "bao_cao";
  PreviewOrder order{.body = body, .paper = page.paper, .day = alive ? visit.today() : *visit.organisation()->body(body).ended - 1, .signer = visit.request().query_number("nguoi").value_or(0)};
  visit.house().store.read([&](db::Reader& reader) {
    auto heads = letterheads(reader, body);
    std::ranges::reverse(heads);
    for (std::size_t i = 0; i < heads.size(); ++i)
      page.heads.push_back({stretch(heads[i].from, i == 0 ? std::nullopt : std::optional(heads[i - 1].from)), heads[i].issuer_line, heads[i].superior_line, heads[i].place_name, heads[i].numbering_suffix});
    const NumberingRule numbering = numbering_rule(reader, body, order.day);
    page.numbering = numbering.series == NumberSeries::one ? tr("Một dãy số chung cho mọi loại văn bản") : tr("Mỗi loại văn bản một dãy số riêng");
    page.numbering += numbering.restarts == NumberRestart::every_year ? tr(", mỗi năm bắt đầu lại từ 01") : tr(", mỗi nhiệm kỳ bắt đầu lại từ 01");
    page.digital = numbering.digital_pictures ? tr("Có: văn bản in kèm ảnh chữ ký và con dấu") : tr("Không: ký tay, đóng dấu trên bản giấy");
    page.next = next_in_words(reader, numbering, body, letterhead(reader, *visit.organisation(), body, order.day), order.day.year(), visit.language());
    if (numbering.digital_pictures && page.may_sign) order.pictures = Pictures::digital;
    if (sees_names) {
      for (const SigningRule& rule : signing_rules(reader, body)) {
        const PaperKind* paper = PaperKinds::house().find(rule.paper);
        std::string manner = signing_manner_label(rule.manner, visit.language());
        if (rule.on_behalf != OnBehalf::nobody) manner += fmt::format(", TM. {}", committee_in_capitals(rule.on_behalf));
        page.rules.push_back({rule.id, signer_of_rule(reader, rule, visit.language()), paper != nullptr ? paper->label(visit.language()) : tr("Mọi loại văn bản"), manner, rule.basis, stretch(rule.from, rule.until),
                              rule.on(order.day), page.may_keep && !rule.until});
      }
      page.signers.push_back({"0", tr("Người thường ký")});
      for (const MaySign& who : who_may_sign(reader, *visit.organisation(), body, page.paper, order.day))
        page.signers.push_back({std::to_string(who.holding.id), fmt::format("{}, {}", who.holding.person_name, post_label(who.holding.post, visit.language()))});
    }
    if (page.may_sign)
      for (const PaperPicture& picture : paper_pictures(reader, body)) {
        const auto holding = picture.holding == 0 ? std::nullopt : find_post_holding(reader, picture.holding);
        const std::string what = picture.kind == PictureKind::seal ? tr("Con dấu của {}", page.body_name) : tr("Chữ ký của {}", holding ? holding->person_name : std::string());
        page.pictures.push_back({picture.id, what, stretch(picture.from, picture.until), picture.on(order.day), !picture.until});
      }
  });
  page.signer = std::to_string(order.signer);
  document::Document paper = example_paper(visit.house(), order);
  if (!sees_names)
    if (auto* closing = std::get_if<document::Closing>(&paper.blocks.back()))
      for (document::Signer& signer : closing->signers) signer.name.clear();
  return http::Response::html(paper_style_pages::style(visit.frame(tr("Thể thức văn bản"), MenuItem::organisation), page, trail_to(visit, body), html::vouched_html(document::to_html(paper))));
}

}  // namespace

void add_style_pages(Pages& pages) { pages.get("/to-chuc/{body:number}/the-thuc", Permission::see_figures, RouteScope::body, style); }

}  // namespace khuyenhoc
