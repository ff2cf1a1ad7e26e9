#include "app/rooms.h"

#include <boost/json.hpp>

#include "accounts/accounts.h"
#include "base/i18n.h"
#include "boards/boards.h"
#include "body_lists/body_lists.h"
#include "committees/committees.h"
#include "directory/directory.h"
#include "figure_history/figure_history.h"
#include "forms/forms.h"
#include "home/home.h"
#include "paper_style/paper_style.h"
#include "paper_templates/paper_templates.h"
#include "past_years/past_years.h"
#include "platform/log/log.h"
#include "ratings/ratings.h"
#include "reporting/reporting.h"
#include "report_texts/report_texts.h"
#include "reminders/reminders.h"
#include "reports/reports.h"
#include "reports/round_paper.h"
#include "restructure/pages/restructure_pages.h"
#include "restructure/restructure_list.h"
#include "round_workbooks/round_workbooks.h"
#include "rounds/add_pages.h"
#include "shell/visit.h"
#include "signed_reports/signed_reports.h"
#include "starting/starting.h"
#include "targets/targets.h"

namespace khuyenhoc {
namespace {

// In the language of whoever is signed in. Files that are not there are answered on a network thread, which must not wait for the store.
Language language_of(House& house, const http::Request& request) {
  if (request.path.starts_with("/assets/")) return Language::vietnamese;
  try {
    const auto viewer = house.sessions.viewer(request.cookie(session_cookie));
    return viewer ? viewer->language() : Language::vietnamese;
  } catch (const std::exception&) {   // the store may be what failed
    return Language::vietnamese;
  }
}

http::Response error_page(House& house, const http::Request& request, http::Status status, std::string_view explanation) {
  const LanguageScope speaking(language_of(house, request));
  const bool for_script = request.header("Accept") == "application/json" || request.header("Content-Type").starts_with("application/json");
  std::string sentence(explanation);
  std::string title = tr("Chưa thực hiện được");
  if (status == http::Status::not_found) {
    title = tr("Không tìm thấy trang này");
    sentence = tr("Địa chỉ này không có trang nào. Có thể đường dẫn bị thiếu khi chép.");
  } else if (status == http::Status::internal_error) {
    title = tr("Chương trình gặp trục trặc");
    sentence = tr("Việc vừa rồi chưa được ghi. Xin thử lại sau ít phút; nếu vẫn vậy, xin báo cán bộ kỹ thuật của tỉnh kèm giờ xảy ra.");
  }
  if (for_script) return http::Response::json(html::JsonText(boost::json::object{{"message", sentence}}), status);
  return refusal_page(open_frame(title), sentence, {}, status);
}

}  // namespace

std::shared_ptr<const ImportKinds> import_kinds(House& house) {
  auto kinds = std::make_shared<ImportKinds>();
  kinds->add(body_lists_import(house));
  kinds->add(restructure_import(house));
  kinds->add(target_import());
  return kinds;
}

void add_rooms(http::Router& router, House& house) {
  router.on_error([&house](const http::Request& request, http::Status status, std::string_view explanation) { return error_page(house, request, status, explanation); });
  router.on_failure([](const http::Request& request, std::string_view what) { log::error("{} failed: {}", request.path, what); });
  Pages pages(router, house);
  add_account_pages(pages);
  add_home_pages(pages);
  add_starting_pages(pages);
  add_directory_pages(pages);
  add_importing_pages(pages, import_kinds(house));
  add_restructure_pages(pages);
  add_committee_pages(pages);
  add_paper_style_pages(pages);
  add_paper_template_pages(pages);
  add_rating_pages(pages);
  add_form_pages(
      pages,
      [](db::Reader& reader, FormVersionId version) {
        std::vector<FormUse> uses;
        for (const ReportingRound& round : rounds_on_form(reader, version)) uses.push_back({round.title, html::path("/dot-bao-cao/{}", round.id).text()});
        return uses;
      },
      "/dot-bao-cao/moi");
  add_reporting_pages(pages, [&house](db::Reader& reader, BodyId association, const NamedPeriod& period) {
    std::vector<AskedCorrection> asked;
    if (const auto report = round_that_asks(reader, house, association, period))
      for (const ReportRemark& one : open_remarks(reader, report->report))
        if (one.on == ReportRemark::On::cell) asked.push_back({one.body, one.measure, one.reason});
    return asked;
  });
  add_reporting_round_pages(pages, [](const RoundReport& report) { return std::optional(signed_report_page(report.id)); }, round_workbook_buttons);
  add_round_workbook_pages(pages);
  add_past_year_pages(pages);
  add_target_pages(pages);
  add_board_pages(pages);
  add_report_pages(pages);
  add_signed_report_pages(pages, [&house](db::Reader& reader, const RoundReport& report) {
                            auto texts = frozen_texts(reader, house, report);
                            texts.push_back(paper_to_freeze(reader, house, report));
                            return texts;
                          },
                          [&house](db::Reader& reader, const RoundReport& report) { return text_findings(reader, house, report); });
  add_report_text_pages(pages);
  add_figure_history_pages(pages);
  add_reminder_pages(pages);
}

}  // namespace khuyenhoc
