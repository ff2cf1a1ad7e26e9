#include <algorithm>
#include <map>

#include "base/number.h"
#include "organisation/namesakes.h"
#include "rounds/board_filter.h"
#include "rounds/pages/board.html.h"
#include "rounds/pages/round_pages.h"

namespace khuyenhoc::rounds {
namespace {

constexpr std::size_t rows_a_page = 50;

constexpr ReportState states_in_order[] = {ReportState::not_started, ReportState::entering, ReportState::waiting_for_head, ReportState::sent,
                                           ReportState::received, ReportState::returned, ReportState::closed};

std::string number(std::size_t value) { return number_text(static_cast<std::int64_t>(value)); }
bool is_branch(const BoardLine& line) { return line.report.level == BodyKind::Level::branch; }

BoardFilter chosen_of(const Visit& visit, const RoundBoard& board) {
  const http::Fields& query = visit.request().query;
  BoardFilter out = BoardFilter::of_words(query.value("loc"), query.value("cap"), visit.request().query_number("nguoi").value_or(-1));
  if (board.associations.asked == 0) out.branches = true;
  return out;
}

// The address of this page with what is chosen.
Url here(const RoundBoard& board, const BoardFilter& chosen, bool with_state = true) {
  Url out = html::path("/dot-bao-cao/{}", board.round.id);
  if (board.from != board.round.office) out = out.with("trong", board.from.value);
  if (chosen.branches) out = out.with("cap", "chi-hoi");
  if (chosen.carer >= 0) out = out.with("nguoi", chosen.carer);
  return with_state && !chosen.state_word().empty() ? out.with("loc", chosen.state_word()) : out;
}

std::string answer_of(const RoundBoard& board) {
  std::string out;
  const auto say = [&](const BoardCounts& counts, bool of_branches) {
    if (counts.asked == 0) return;
    if (!out.empty()) out += " ";
    const std::string sent = number(counts.sent()), asked = number(counts.asked), share = share_words(counts.sent(), counts.asked);
    out += of_branches ? tr("{}/{} chi hội, ban đã xác nhận số liệu ({})", sent, asked, share) : tr("{}/{} đơn vị đã gửi báo cáo ({})", sent, asked, share);
    if (counts.late > 0) out += tr(", {} nơi quá hạn", number(counts.late));
    if (const std::size_t back = counts.of(ReportState::returned); back > 0) out += tr(", {} nơi được đề nghị sửa", number(back));
    if (counts.sent() > 0) out += tr(", {} đúng hạn", share_words(counts.in_time, counts.sent()));
    out += ".";
  };
  say(board.associations, false);
  say(board.branches, true);
  return out;
}

GroupRow row_of(const BoardGroup& group) {
  GroupRow row;
  row.name = group.name;
  row.done = group.associations.sent();
  row.of = group.associations.asked;
  row.sent = group.associations.asked == 0 ? std::string("–") : fmt::format("{}/{} ({})", number(row.done), number(row.of), share_words(row.done, row.of));
  if (group.associations.asked == 0) {
    row.done = group.branches.sent();
    row.of = group.branches.asked;
  }
  const std::size_t sent = group.associations.sent() + group.branches.sent();
  row.in_time = share_words(group.associations.in_time + group.branches.in_time, sent);
  row.late = group.associations.late + group.branches.late;
  row.branches = group.branches.asked == 0 ? std::string("–") : fmt::format("{}/{} ({})", number(group.branches.sent()), number(group.branches.asked), share_words(group.branches.sent(), group.branches.asked));
  return row;
}

void put_rows(const Visit& visit, const RoundBoard& board, const BoardFilter& chosen, std::vector<const BoardLine*> lines, BoardPage& page) {
  const Organisation& organisation = *visit.organisation();
  const Day day = asking_day(board.round.period.period, visit.today());
  const Slice slice = slice_of(visit, lines.size(), rows_a_page, here(board, chosen));
  page.pages = slice.pages;
  page.all = lines.size();
  page.first = slice.first + 1;
  page.last = slice.last;
  std::map<BodyId, std::pair<std::size_t, std::size_t>> branches;      // confirmed, asked
  if (!chosen.branches)
    for (const BoardLine& line : board.lines)
      if (is_branch(line) && line.manner != ReportsFor::Manner::part_of_heirs) {
        auto& [done, of] = branches[line.report.sends_to];
        ++of;
        done += line.state == ReportState::sent || line.state == ReportState::received || line.state == ReportState::closed ? 1 : 0;
      }
  for (std::size_t i = slice.first; i < slice.last; ++i) {
    const BoardLine& line = *lines[i];
    const RoundReport& report = line.report;
    BoardRow row;
    row.name = chosen.branches ? name_among_siblings(organisation, report.body, day) : short_name_among_siblings(organisation, report.body, day);
    if (chosen.branches && report.sends_to) row.of = name_on(organisation, report.sends_to, day);
    row.state = report_state_words(line.state, report.level);
    row.look = report_state_look(line.state);
    if (line.manner == ReportsFor::Manner::part_of_heirs) row.state = tr("Đã sáp nhập, số liệu nằm trong báo cáo của đơn vị kế thừa");
    else if (line.manner == ReportsFor::Manner::by_heirs) row.state += tr(" (đơn vị kế thừa báo cáo thay)");
    if (report.due) row.due = report.due->text();
    row.days = days_words(line.days_left);
    row.late = line.late;
    if (report.sent_ms && line.state != ReportState::entering && line.state != ReportState::returned) row.sent = time_text(*report.sent_ms);
    row.behalf = on_behalf_words(organisation, report, day);
    row.link = html::path("/dot-bao-cao/{}/don-vi/{}", report.round, report.body);
    if (const auto found = branches.find(report.body); found != branches.end()) {
      row.branches = fmt::format("{}/{}", number(found->second.first), number(found->second.second));
      row.branches_link = html::path("/dot-bao-cao/{}", report.round).with("trong", report.body.value);
    }
    page.rows.push_back(std::move(row));
  }
}

void put_head(const Visit& visit, db::Reader& reader, const RoundBoard& board, BoardPage& page) {
  const Organisation& organisation = *visit.organisation();
  const ReportingRound& round = board.round;
  page.round = round.id;
  page.version = round.row_version;
  page.title = round.title;
  const std::string shown = name_on(organisation, board.from, visit.today());
  if (board.from != round.office) {
    page.title = fmt::format("{}: {}", round.title, shown);
    if (visit.viewer().may(Permission::see_figures, round.office)) {
      page.up = html::path("/dot-bao-cao/{}", round.id);
      page.up_label = round.title;
    }
  }
  page.lead = tr("{} mở lúc {}. Số liệu {}.", name_on(organisation, round.office, visit.today()), time_text(round.opened_ms), round.period.period.text());
  page.message = round.message;
  page.is_closed = round.entry_closed_ms.has_value();
  if (page.is_closed) page.entry_closed = tr("Đợt đã khóa nhập lúc {}. Báo cáo được đề nghị sửa thì vẫn sửa và gửi lại được.", time_text(*round.entry_closed_ms));
  page.answer = answer_of(board);
  page.may_keep = visit.viewer().may(Permission::receive, round.office) && board.from == round.office;
  page.calls = html::path("/dot-bao-cao/{}/nhac", round.id);
  page.circular = html::path("/dot-bao-cao/{}/cong-van.docx", round.id);
  if (board.from != round.office) {
    page.calls = page.calls.with("trong", board.from.value);
    page.circular = page.circular.with("trong", board.from.value);
  }
  if (board.own) {
    const LedgerView view = visit.house().ledger.view();
    const ReportState state = shown_state(visit.organisation(), view.entered->round(board.own->window), *board.own, visit.today());
    page.own_state = report_state_words(state, board.own->level);
    page.own_look = report_state_look(state);
    if (board.own->due) page.own_due = tr("hạn {}", board.own->due->text()) + ".";
    page.own_link = html::path("/dot-bao-cao/{}/don-vi/{}", round.id, board.own->body);
    if (board.own->level != BodyKind::Level::branch && may_pass_down(visit.viewer(), board.from) && !organisation.directly_below(board.from, visit.today()).empty() &&
        board.from == visit.viewer().acting_for() && board.from != round.office)
      page.pass_link = html::path("/dot-bao-cao/{}/chuyen-tiep", round.id);
    if (const auto passed = passing_of(reader, round.id, board.from); passed && !passed->message.empty()) page.message += (page.message.empty() ? "" : " ") + passed->message;
  }
  if (board.part_of_heirs > 0) page.part_of_heirs = tr("{} đơn vị đã sáp nhập hoặc giải thể từ trước ngày khóa số; số liệu nằm trong báo cáo của đơn vị kế thừa.", number(board.part_of_heirs));
  if (!board.heirs_missing.empty()) {
    std::string names;
    for (const BodyId heir : board.heirs_missing) names += (names.empty() ? "" : ", ") + name_on(organisation, heir, visit.today());
    page.heirs_missing = tr("Đơn vị kế thừa chưa có trong đợt: {}.", names);
    page.may_add_heirs = visit.viewer().may(Permission::receive, round.office);
  }
}

http::Response show(const Visit& visit, const BoardActions& more) {
  House& house = visit.house();
  BoardPage page;
  std::optional<Url> only_report;                    // nobody reports to a branch: its page of the round is its own report
  const auto found = house.store.read([&](db::Reader& reader) -> Result<void> {
    const auto board = round_board(house, reader, visit.viewer(), round_of(visit), looked_at(visit));
    if (!board) return std::unexpected(board.error());
    if (board->own && board->own->level == BodyKind::Level::branch && board->lines.empty()) {
      only_report = html::path("/dot-bao-cao/{}/don-vi/{}", board->round.id, board->own->body);
      return {};
    }
    const Organisation& organisation = *visit.organisation();
    BoardFilter chosen = chosen_of(visit, *board);
    put_head(visit, reader, *board, page);
    page.has_lines = !board->lines.empty();
    page.shows_superior = chosen.branches && board->associations.asked > 0;
    page.shows_branches = !chosen.branches && board->branches.asked > 0;
    std::vector<const BoardLine*> lines;
    std::map<ReportState, std::size_t> by_state;
    std::size_t of_level = 0, late = 0;
    for (const BoardLine* line : lines_of_level(house, reader, *board, chosen, visit.today())) {
      ++of_level;
      if (line->manner != ReportsFor::Manner::part_of_heirs) ++by_state[line->state];
      late += line->late ? 1 : 0;
      if (passes_state(*line, chosen)) lines.push_back(line);
    }
    if (board->associations.asked > 0 && board->branches.asked > 0) {
      for (const bool branches : {false, true}) {
        BoardFilter other = chosen;
        other.branches = branches;
        page.levels.push_back({branches ? tr("Chi hội, ban: {}", number(board->branches.asked)) : tr("Đơn vị: {}", number(board->associations.asked)), here(*board, other, false), branches == chosen.branches});
      }
    }
    if (of_level > 0) {
      BoardFilter every = chosen;
      every.late = false;
      every.state = std::nullopt;
      page.states.push_back({tr("Tất cả: {}", number(of_level)), here(*board, every), !chosen.late && !chosen.state});
      for (const ReportState known : states_in_order) {
        const std::size_t count = by_state.contains(known) ? by_state.at(known) : 0;
        if (count == 0 && chosen.state != known) continue;
        BoardFilter other = every;
        other.state = known;
        page.states.push_back({fmt::format("{}: {}", report_state_words(known, chosen.branches ? BodyKind::Level::branch : BodyKind::Level::commune), number(count)), here(*board, other), chosen.state == known});
      }
      BoardFilter overdue = every;
      overdue.late = true;
      if (late > 0 || chosen.late) page.states.push_back({tr("Quá hạn: {}", number(late)), here(*board, overdue), chosen.late});
    }
    put_rows(visit, *board, chosen, std::move(lines), page);
    if (more) page.more = more(visit, *board, chosen);
    for (const BoardGroup& group : groups_by_carer(house, reader, *board, visit.today())) {
      GroupRow row = row_of(group);
      BoardFilter other = chosen;
      other.carer = group.holding;
      row.link = here(*board, other, false);
      if (group.holding == chosen.carer) page.whose = tr("Phần của {}.", group.name);
      page.carers.push_back(std::move(row));
    }
    if (board->associations.asked > 1)
      for (const BoardGroup& group : groups_by_subtree(organisation, *board, visit.today())) {
        GroupRow row = row_of(group);
        if (group.body != board->from) row.link = html::path("/dot-bao-cao/{}", board->round.id).with("trong", group.body.value);
        page.subtrees.push_back(std::move(row));
      }
    return {};
  });
  if (!found) return visit.not_found();
  if (only_report) return http::Response::redirect(*only_report);
  return http::Response::html(rounds_pages::board(visit.frame(page.title, MenuItem::reports), page));
}

http::Response set_entry(const Visit& visit, bool close) {
  House& house = visit.house();
  const std::int64_t version = typed_whole(visit, "version");
  const RoundId id = round_of(visit);
  const auto known = house.store.read([&](db::Reader& reader) { return find_round(reader, id); });
  if (!known || !visit.viewer().may(Permission::receive, known->office)) return visit.not_found();
  const auto done = house.store.write([&](db::Writer& writer) {
    return close ? close_entry(writer, house, visit.viewer(), id, version) : reopen_entry(writer, house, visit.viewer(), id, version);
  });
  if (!done) return visit.refused(done.error(), done.error().code == "round.stale" ? http::Status::conflict : http::Status::unprocessable);
  return visit.done(html::path("/dot-bao-cao/{}", id), close ? tr("Đã khóa nhập. Bên dưới không nhập và gửi thêm được nữa.") : tr("Đã mở khóa. Bên dưới nhập và gửi tiếp được."));
}

http::Response take_heirs(const Visit& visit) {
  House& house = visit.house();
  const RoundId id = round_of(visit);
  const auto known = house.store.read([&](db::Reader& reader) { return find_round(reader, id); });
  if (!known || !visit.viewer().may(Permission::receive, known->office)) return visit.not_found();
  const auto added = house.store.write([&](db::Writer& writer) { return add_heirs(writer, house, visit.viewer(), id); });
  if (!added) return visit.refused(added.error(), http::Status::unprocessable);
  return visit.done(html::path("/dot-bao-cao/{}", id), tr("Đã bổ sung {} đơn vị kế thừa vào đợt.", *added));
}

}  // namespace

void add_board_pages(Pages& pages, BoardActions more) {
  pages.get("/dot-bao-cao/{round:number}", Permission::see_figures, RouteScope::signed_in, [more](const Visit& visit) { return show(visit, more); });
  pages.post("/dot-bao-cao/{round:number}/khoa", Permission::receive, RouteScope::signed_in, [](const Visit& visit) { return set_entry(visit, true); });
  pages.post("/dot-bao-cao/{round:number}/mo-khoa", Permission::receive, RouteScope::signed_in, [](const Visit& visit) { return set_entry(visit, false); });
  pages.post("/dot-bao-cao/{round:number}/ke-thua", Permission::receive, RouteScope::signed_in, take_heirs);
}

}  // namespace khuyenhoc::rounds
