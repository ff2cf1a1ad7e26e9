#include "organisation/namesakes.h"
#include "paper_style/pages/parts_of_paper_style.h"
#include "paper_style/paper_style.h"
#include "shell/start_under_way.h"

namespace khuyenhoc {
namespace paper_style {

Url style_of(BodyId body) { return html::path("/to-chuc/{}/the-thuc", body); }

std::vector<FrameLink> trail_to(const Visit& visit, BodyId body) {
  return after_start(visit, {{tr("Tổ chức Hội"), Url("/to-chuc")}, {name_among_siblings(*visit.organisation(), body, visit.today()), html::path("/to-chuc/{}", body)}});
}

std::vector<FrameLink> trail_to_style(const Visit& visit, BodyId body) {
  auto out = trail_to(visit, body);
  out.push_back({tr("Thể thức văn bản"), style_of(body)});
  return out;
}

std::optional<BodyId> body_to_keep(const Visit& visit) {
  const auto body = visit.body(Permission::keep_bodies);
  if (!body || !visit.organisation()->body(*body).alive(visit.today())) return std::nullopt;
  return body;
}

std::optional<BodyId> body_to_sign_for(const Visit& visit) {
  const auto body = visit.body(Permission::sign);
  if (!body || !visit.organisation()->body(*body).alive(visit.today())) return std::nullopt;
  return body;
}

std::vector<FormChoice> paper_choices(Language language) {
  std::vector<FormChoice> out;
  for (const PaperKind& kind : PaperKinds::house().kinds()) out.push_back({kind.code, kind.label(language)});
  return out;
}

std::string stretch(Day from, const std::optional<Day>& until) { return until ? tr("từ {} đến hết {}", from.text(), (*until - 1).text()) : tr("từ {}", from.text()); }

}  // namespace paper_style

void add_paper_style_pages(Pages& pages) {
  add_style_pages(pages);
  add_style_change_pages(pages);
  add_signing_pages(pages);
  add_picture_pages(pages);
}

}  // namespace khuyenhoc
