// What branches answered in words, read by the association they report through.
#include "base/i18n.h"
#include "reporting/entry_texts.h"
#include "reporting/pages/answers.html.h"
#include "reporting/pages/answers_page.h"
#include "reporting/pages/reporting_pages.h"

namespace khuyenhoc {
namespace {

http::Response show(const Visit& visit) {
  const House& house = visit.house();
  const BodyId body = *entered_body(visit);
  const NamedPeriod period = entered_period(visit);
  const OrganisationView& organisation = visit.organisation();
  const auto forms = house.store.read([&](db::Reader& reader) { return asked_forms(reader, house, body, period); });
  if (!forms) return visit.refused(forms.error(), http::Status::unprocessable);
  AnswersPage page;
  page.title = tr("Trả lời bằng lời của chi hội, ban");
  page.intro = fmt::format("{}. {}", organisation->body(body).on(visit.today()).name, entered_title(visit, period));
  page.back_link = path("/nhap-so-lieu/{}", body).with("phan", "chi-hoi").with("ky", period.name());
  if ((*forms)->columns.all().empty()) page.back_link = Url("/");
  const auto rows = sheet_rows(organisation, body, entry_day(period, visit.today()), visit.language());
  house.store.read([&](db::Reader& reader) {
    const auto texts = entry_texts(reader, rows->bodies, period.period);
    std::vector<std::string> codes;
    for (const SheetGroup& group : rows->groups)
      for (const SheetRow& row : group.rows) {
        const auto form = (*forms)->branches.find(organisation->kind(row.body).short_form);
        if (form == (*forms)->branches.end()) continue;
        for (const NarrativeBlock& block : form->second.blocks) {
          auto at = std::ranges::find(codes, block.code);
          if (at == codes.end()) {
            at = codes.insert(codes.end(), block.code);
            page.questions.push_back({said_of(house, block.heading(visit.language()), period), said_of(house, block.guidance(visit.language()), period), {}, {}, {}});
          }
          AnswersPage::Question& question = page.questions[static_cast<std::size_t>(at - codes.begin())];
          AnswersPage::Answer answer{row.name, {}, {}, path("/phieu/{}", row.body).with("ky", period.name())};
          if (const EntryText* text = find_entry_text(texts, row.body, block.code)) {
            answer.text = text->text;
            answer.told = tr("{} ghi lúc {}", name_of_user(house, reader, text->by), short_time(text->at_ms, visit.today()));
            question.answers.push_back(std::move(answer));
          } else {
            question.silent.push_back(std::move(answer));
          }
        }
      }
  });
  for (AnswersPage::Question& question : page.questions) question.count = tr("{}/{} đơn vị đã trả lời", question.answers.size(), question.answers.size() + question.silent.size());
  return http::Response::html(reporting_pages::answers(visit.frame(page.title, MenuItem::entry), page));
}

}  // namespace

void add_answer_pages(Pages& pages) { pages.get("/nhap-so-lieu/{body:number}/tra-loi", Permission::enter_figures, RouteScope::body, show); }

}  // namespace khuyenhoc
