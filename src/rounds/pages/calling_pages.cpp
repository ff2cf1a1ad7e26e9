#include <algorithm>

#include "base/number.h"
#include "rounds/pages/calls.html.h"
#include "rounds/pages/round_pages.h"
#include "rounds/reminding.h"

namespace khuyenhoc::rounds {
namespace {

constexpr std::size_t rows_a_page = 50;

Url calls_link(const RoundBoard& board, bool branches, CallFor whom) {
  Url out = html::path("/dot-bao-cao/{}/nhac", board.round.id);
  if (board.from != board.round.office) out = out.with("trong", board.from.value);
  if (branches) out = out.with("cap", "chi-hoi");
  return out.with("ai", whom == CallFor::late ? "qua-han" : "chua-gui");
}

std::string number(std::size_t value) { return number_text(static_cast<std::int64_t>(value)); }
std::size_t missing(const BoardCounts& counts) { return counts.asked - counts.sent(); }

http::Response calls(const Visit& visit) {
  House& house = visit.house();
  CallsPage page;
  const auto found = house.store.read([&](db::Reader& reader) -> Result<void> {
    const auto board = round_board(house, reader, visit.viewer(), round_of(visit), looked_at(visit));
    if (!board) return std::unexpected(board.error());
    const bool branches = visit.request().query.value("cap") == "chi-hoi" || board->associations.asked == 0;
    const BoardCounts& counts = branches ? board->branches : board->associations;
    const auto asked = visit.request().query.value("ai");
    const CallFor whom = asked == "chua-gui" || (asked.empty() && counts.late == 0) ? CallFor::missing : CallFor::late;
    const BodyKind::Level level = branches ? BodyKind::Level::branch : BodyKind::Level::commune;
    page.round = board->round.id;
    page.round_title = board->round.title;
    page.title = tr("Gọi nhắc: {}", board->round.title);
    page.back = html::path("/dot-bao-cao/{}", board->round.id);
    page.circular = html::path("/dot-bao-cao/{}/cong-van.docx", board->round.id);
    if (board->from != board->round.office) {
      page.back = page.back.with("trong", board->from.value);
      page.circular = page.circular.with("trong", board->from.value);
    }
    if (board->associations.asked > 0 && board->branches.asked > 0) {
      page.levels.push_back({tr("Đơn vị: {}", number(missing(board->associations))), calls_link(*board, false, whom), !branches});
      page.levels.push_back({tr("Chi hội, ban: {}", number(missing(board->branches))), calls_link(*board, true, whom), branches});
    }
    page.whom.push_back({tr("Quá hạn: {}", number(counts.late)), calls_link(*board, branches, CallFor::late), whom == CallFor::late});
    page.whom.push_back({tr("Chưa gửi: {}", number(missing(counts))), calls_link(*board, branches, CallFor::missing), whom == CallFor::missing});
    const std::size_t all = whom == CallFor::late ? counts.late : missing(counts);
    const Slice slice = slice_of(visit, all, rows_a_page, calls_link(*board, branches, whom));
    const CallList list = call_list(house, reader, visit.viewer(), *board, level, whom, slice.first, rows_a_page);
    page.first = slice.first + 1;
    page.last = slice.first + list.lines.size();
    page.all = list.all;
    page.pages = slice.pages;
    page.message = reminder_message(*visit.organisation(), visit.viewer(), *board, level, whom, whole_address(visit, html::path("/dot-bao-cao/{}", board->round.id)));
    for (const CallLine& line : list.lines)
      page.rows.push_back({line.name, report_state_words(line.state, line.level), std::string(report_state_look(line.state)), days_words(line.days_left), line.head_name, line.telephone, line.carer, line.late,
                           html::path("/dot-bao-cao/{}/don-vi/{}", board->round.id, line.body)});
    page.shows_carers = std::ranges::any_of(page.rows, [](const CallRow& row) { return !row.carer.empty(); });
    return {};
  });
  if (!found) return visit.not_found();
  return http::Response::html(rounds_pages::calls(visit.frame(page.title, MenuItem::reports), page));
}

http::Response circular(const Visit& visit) {
  House& house = visit.house();
  const auto paper = house.store.read([&](db::Reader& reader) -> Result<document::Document> {
    const auto board = round_board(house, reader, visit.viewer(), round_of(visit), looked_at(visit));
    if (!board) return std::unexpected(board.error());
    return round_circular(reader, *visit.organisation(), visit.viewer(), *board);
  });
  if (!paper) return visit.not_found();
  return http::Response::download(std::make_shared<const std::string>(document::to_docx(*paper)), "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                                  tr("Công văn đôn đốc báo cáo") + ".docx");
}

}  // namespace

void add_calling_pages(Pages& pages) {
  pages.get("/dot-bao-cao/{round:number}/nhac", Permission::see_figures, RouteScope::signed_in, calls);
  pages.get("/dot-bao-cao/{round:number}/cong-van.docx", Permission::see_figures, RouteScope::signed_in, circular);
}

}  // namespace khuyenhoc::rounds
