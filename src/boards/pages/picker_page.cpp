#include <algorithm>

#include "base/text.h"
#include "boards/boards.h"
#include "boards/pages/board_parts.h"
#include "boards/pages/pages_of_boards.h"
#include "boards/pages/picker.html.h"

namespace khuyenhoc {

http::Response show_picker(const Visit& visit, const Subject& subject) {
  const auto choice = read_choice(visit, subject);
  if (!choice) return visit.refused(choice.error(), http::Status::unprocessable);
  const Catalogue& catalogue = visit.house().catalogue;
  const BoardLinks links(visit, *choice);
  PickerView view;
  view.subject = subject_name(*visit.organisation(), subject, choice->ask.question.tree);
  view.query = normalised(visit.request().query.value("q"));
  view.board = board_url(subject);
  if (choice->official()) view.hidden.emplace_back("so", "chot");
  for (const char* name : {"ky", "ngay"})
    if (visit.request().query.has(name)) view.hidden.emplace_back(name, visit.request().query.value(name));
  const std::string wanted = folded(view.query);
  for (const Section& section : catalogue.sections()) {
    PickerView::Group group{section.label(current_language()), {}};
    for (std::size_t i = 0; i < catalogue.measures().size(); ++i) {
      const Measure& measure = catalogue.measures()[i];
      if (measure.group != section.code) continue;
      if (!wanted.empty() && folded(measure.code + " " + measure.label(current_language()) + " " + measure.short_label(current_language())).find(wanted) == std::string::npos) continue;
      const bool chosen = choice->measures.size() > 1 && std::ranges::find(choice->measures, i) != choice->measures.end();
      group.choices.push_back({measure.code, measure.label(current_language()), unit_words(measure), chosen, links.measure(measure.code)});
    }
    if (!group.choices.empty()) view.groups.push_back(std::move(group));
  }
  return http::Response::html(boards_pages::picker(visit.frame(tr("Chọn chỉ tiêu"), MenuItem::figures), view));
}

}  // namespace khuyenhoc
