#include <algorithm>

#include "base/text.h"
#include "boards/boards.h"
#include "boards/board_workbook.h"
#include "boards/pages/board.html.h"
#include "boards/pages/board_parts.h"
#include "boards/pages/pages_of_boards.h"
#include "boards/words.h"

namespace khuyenhoc {
namespace {

constexpr std::string_view xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

std::string title_of(const Visit& visit) { return tr("Số liệu {}", visit.house().periods.label(visit.period(), visit.language())); }

http::Response show_board(const Visit& visit, const Subject& subject) {
  const auto choice = read_choice(visit, subject);
  if (!choice) return visit.refused(choice.error(), http::Status::unprocessable);
  const BoardView view = board_view(visit, *choice);
  std::vector<std::string_view> scripts;
  if (view.chart) scripts.emplace_back("chart.js");
  return http::Response::html(boards_pages::board(visit.frame(title_of(visit), MenuItem::figures, std::move(scripts)), view));
}

WorkbookHead head_of(const Visit& visit, const BoardChoice& choice, const Figures& figures) {
  const BoardAsk& ask = choice.ask;
  WorkbookHead out{title_of(visit), {}, ask.today};
  out.lines.push_back(subject_name(*figures.view().organisation, ask.question.subject, ask.question.tree));
  const std::string now = time_text(visit.house().clock.now_ms());
  out.lines.push_back(choice.official() ? tr("Số đã chốt; tệp lập lúc {}.", now) : tr("Số tạm tính đến {}.", now));
  out.lines.push_back(tr("Kỳ {}.", ask.question.period.text()));
  out.lines.push_back(ask.question.tree == ask.today ? tr("Xếp theo địa giới hiện nay (ngày {}).", ask.today.text()) : tr("Xếp theo địa giới cũ, ngày {}.", ask.question.tree.text()));
  if (is_restated(ask)) out.lines.push_back(tr("Cột cùng kỳ: {}.", compared_with(ask)));
  if (choice.official())
    if (const auto coverage = figures.coverage(ask.question)) {
      out.lines.push_back(tr("{}/{} hội cơ sở đã chốt số liệu.", coverage->closed, coverage->expected));
      if (!coverage->carried.empty()) out.lines.push_back(tr("Số cuối kỳ của {} đơn vị còn lại lấy theo kỳ trước; số trong kỳ của các đơn vị này chưa được cộng.", coverage->carried.size()));
    }
  return out;
}

http::Response send_workbook(const Visit& visit, const Subject& subject) {
  const auto choice = read_choice(visit, subject);
  if (!choice) return visit.refused(choice.error(), http::Status::unprocessable);
  const Figures figures(visit.house().ledger.view());
  const WorkbookHead head = head_of(visit, *choice, figures);
  const auto bytes = visit.house().store.read([&](db::Reader& reader) -> Result<std::string> {
    if (choice->shape == BoardChoice::Shape::by_month) {
      const auto months = make_month_board(figures, choice->measures.front(), choice->ask);
      if (!months) return std::unexpected(months.error());
      return month_workbook(figures, choice->measures.front(), *months, head);
    }
    if (choice->shape == BoardChoice::Shape::wide || is_branch(*figures.view().organisation, subject)) {
      const auto measures = choice->shape == BoardChoice::Shape::wide ? choice->measures : measures_of_form(figures, subject);
      const auto board = make_wide_board(figures, measures, choice->ask);
      if (!board) return std::unexpected(board.error());
      return wide_workbook(figures, measures, *board, head);
    }
    const auto board = make_board(reader, figures, choice->measures.front(), choice->ask);
    if (!board) return std::unexpected(board.error());
    return board_workbook(figures, *board, choice->ask, head);
  });
  if (!bytes) return visit.refused(bytes.error(), http::Status::unprocessable);
  std::string name = fmt::format("so-lieu-{}-{}.xlsx", folded(short_subject_name(*figures.view().organisation, subject, choice->ask.question.tree)), choice->ask.period.name());
  std::ranges::replace(name, ' ', '-');
  return http::Response::download(std::make_shared<const std::string>(std::move(*bytes)), xlsx, name);
}

using Show = http::Response (*)(const Visit&, const Subject&);

Pages::Handler of_body(Show show) {
  return [show](const Visit& visit) {
    const auto subject = asked_body(visit);
    return subject ? show(visit, *subject) : visit.not_found();
  };
}
Pages::Handler of_unit(Show show) {
  return [show](const Visit& visit) {
    const auto subject = asked_unit(visit);
    return subject ? show(visit, *subject) : visit.not_found();
  };
}

}  // namespace

void add_board_pages(Pages& pages) {
  pages.get("/so-lieu", Permission::see_figures, RouteScope::signed_in, of_body(show_board));
  pages.get("/so-lieu/{body:number}", Permission::see_figures, RouteScope::body, of_body(show_board));
  pages.get("/so-lieu/{body:number}/gom", Permission::see_figures, RouteScope::body, of_body(show_ingredients));
  pages.get("/so-lieu/{body:number}/chi-tieu", Permission::see_figures, RouteScope::body, of_body(show_picker));
  pages.get("/so-lieu/{body:number}/bang.xlsx", Permission::see_figures, RouteScope::body, of_body(send_workbook));
  // a unit's scope is that of the association which answers for it; each handler asks for it
  pages.get("/so-lieu/dia-gioi/{unit:number}", Permission::see_figures, RouteScope::signed_in, of_unit(show_board));
  pages.get("/so-lieu/dia-gioi/{unit:number}/gom", Permission::see_figures, RouteScope::signed_in, of_unit(show_ingredients));
  pages.get("/so-lieu/dia-gioi/{unit:number}/chi-tieu", Permission::see_figures, RouteScope::signed_in, of_unit(show_picker));
  pages.get("/so-lieu/dia-gioi/{unit:number}/bang.xlsx", Permission::see_figures, RouteScope::signed_in, of_unit(send_workbook));
}

}  // namespace khuyenhoc
