// What the reports below say in the same block, and what branches answered to it on their forms, ready to be quoted.
#include <algorithm>

#include "base/text.h"
#include "organisation/namesakes.h"
#include "report_texts/report_texts.h"
#include "reporting/reporting.h"

namespace khuyenhoc {
namespace {

std::string source_line(const GatheredText& text) { return fmt::format("**{}:**", markdown::escaped(text.source)); }

}  // namespace

std::string quoted_from(const GatheredText& text) { return markdown::quoted(source_line(text) + "\n\n" + text.markdown); }

std::vector<GatheredText> texts_below(db::Reader& reader, const House& house, const RoundReport& report, std::string_view code) {
  std::vector<GatheredText> out;
  const auto organisation = house.organisation.current();
  const std::string now = text_of(reader, report.id, code).markdown;
  for (const RoundReport& below : reports_sent_to(reader, report.body, report.form, report.window)) {
    if (below.level == BodyKind::Level::branch) {              // answers on its form, in plain words; its association takes them as they are
      const BodyId bodies[] = {below.body};
      const auto answers = entry_texts(reader, bodies, report.window);
      if (const EntryText* answer = find_entry_text(answers, below.body, code)) {
        GatheredText one{below.id, below.body, short_name_among_siblings(*organisation, below.body, report.window.last), markdown::escaped(answer->text), answer->at_ms};
        one.taken = now.find(source_line(one)) != std::string::npos;
        out.push_back(std::move(one));
      }
      continue;
    }
    const bool is_sent = below.state == ReportState::sent || below.state == ReportState::received || below.state == ReportState::closed;
    if (!is_sent) continue;
    for (FrozenText& text : frozen_texts(reader, house, below)) {
      if (text.code != code) continue;
      GatheredText one{below.id, below.body, short_name_among_siblings(*organisation, below.body, report.window.last), std::move(text.markdown), below.sent_ms.value_or(0)};
      one.taken = now.find(source_line(one)) != std::string::npos;
      out.push_back(std::move(one));
    }
  }
  std::ranges::sort(out, {}, [](const GatheredText& one) { return sort_key(one.source); });
  return out;
}

}  // namespace khuyenhoc
