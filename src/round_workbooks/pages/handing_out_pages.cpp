#include "base/number.h"
#include "round_workbooks/pages/bundle.html.h"
#include "round_workbooks/pages/page_parts.h"
#include "round_workbooks/pages/start.html.h"

namespace khuyenhoc {

namespace round_workbooks {
namespace {

constexpr std::string_view zip_type = "application/zip";

std::string chosen_words(const BoardFilter& filter, std::size_t workbooks) {
  const std::string count = tr("{} sổ.", number(workbooks));
  if (filter.late) return tr("Chỉ các đơn vị quá hạn: {}", count);
  if (filter.state) return tr("Chỉ các đơn vị ở tình trạng “{}”: {}", report_state_words(*filter.state, BodyKind::Level::commune), count);
  if (filter.carer >= 0) return tr("Chỉ các đơn vị của người phụ trách đã chọn: {}", count);
  return {};
}

http::Response start(const Visit& visit) {
  const auto from = visit.request().query_number("trong");
  return show_start(visit, from ? BodyId{*from} : BodyId{}, BoardFilter::of_words(visit.request().query.value("loc"), {}, visit.request().query_number("nguoi").value_or(-1)), {}, http::Status::ok);
}

http::Response hand_out(const Visit& visit) {
  const auto carer = parse_whole_number(visit.request().text("nguoi"));
  const BoardFilter filter = BoardFilter::of_words(visit.request().text("loc"), {}, carer ? *carer : -1);
  const auto asked = ask_for_bundle(visit.house(), visit.viewer(), round_of(visit), typed_from(visit), filter);
  if (!asked && asked.error().code == "round.unknown") return visit.not_found();
  if (!asked) return show_start(visit, typed_from(visit), filter, {}, http::Status::unprocessable);      // which says why there is none to hand out
  return http::Response::redirect(html::path("/dot-bao-cao/{}/so-excel/goi/{}", round_of(visit), *asked));
}

std::optional<WorkbookBundle> asked_bundle(const Visit& visit) {
  const auto found = visit.house().store.read([&](db::Reader& reader) { return find_bundle(reader, visit.viewer(), visit.request().id<struct WorkbookBundleTag>("goi")); });
  return found && found->round == round_of(visit) ? found : std::nullopt;
}

http::Response show_bundle(const Visit& visit) {
  const auto bundle = asked_bundle(visit);
  const auto round = visit.house().store.read([&](db::Reader& reader) { return find_round(reader, round_of(visit)); });
  if (!bundle || !round) return visit.not_found();
  BundlePage page;
  page.marked = bundle->intake.has_value();
  page.head = head_of(visit, *round, bundle->from, page.marked ? tr("Sổ cần sửa") : tr("Gói sổ Excel"));
  page.work = work_of(visit, bundle->job, !bundle->made_ms, html::path("/dot-bao-cao/{}/so-excel/goi/{}", round->id, bundle->id));
  if (!page.work.running && !page.work.failed && visit.request().is_htmx()) return http::Response::empty().htmx_refresh();
  page.message = tr("Đã lập {} sổ, mỗi đơn vị một sổ, xếp theo thứ tự trên bảng của đợt.", number(bundle->files));
  for (std::size_t from = 0; from < bundle->left_out.size();) {
    const std::size_t end = std::min(bundle->left_out.find('\n', from), bundle->left_out.size());
    page.left_out.push_back(bundle->left_out.substr(from, end - from));
    from = end + 1;
  }
  page.files = bundle->files;
  page.download = html::path("/dot-bao-cao/{}/so-excel/goi/{}/tep", round->id, bundle->id);
  page.back = bundle->intake ? html::path("/dot-bao-cao/{}/so-excel/nhan/{}", round->id, *bundle->intake) : page.head.start;
  return http::Response::html(round_workbooks_pages::bundle(visit.frame(page.head.title, MenuItem::reports), page));
}

http::Response bundle_file(const Visit& visit) {
  const auto bundle = asked_bundle(visit);
  if (!bundle) return visit.not_found();
  auto content = visit.house().store.read([&](db::Reader& reader) { return bundle_content(reader, bundle->id); });
  if (!content || content->empty()) return visit.not_found();
  return http::Response::download(std::make_shared<const std::string>(std::move(*content)), zip_type, bundle->file_name);
}

}  // namespace

std::string number(std::size_t value) { return number_text(static_cast<std::int64_t>(value)); }

std::string StartPage::error_of(std::string_view field) const {
  for (const auto& [name, message] : errors)
    if (name == field) return message;
  return {};
}

Head head_of(const Visit& visit, const ReportingRound& round, BodyId from, std::string title) {
  Head out{.round = round.id, .title = std::move(title), .round_title = round.title, .unit = visit.organisation()->body(from).on(visit.today()).name, .board = html::path("/dot-bao-cao/{}", round.id),
           .start = html::path("/dot-bao-cao/{}/so-excel", round.id)};
  if (from != round.office) {
    out.board = out.board.with("trong", from.value);
    out.start = out.start.with("trong", from.value);
  }
  return out;
}

Work work_of(const Visit& visit, std::optional<jobs::JobId> id, bool going_on, Url at) {
  Work out{.running = going_on, .failed = false, .percent = 0, .words = tr("Đang chờ đến lượt."), .here = std::move(at)};
  const auto job = visit.house().store.read([&](db::Reader& reader) { return id ? jobs::find(reader, *id) : std::optional<jobs::Job>(); });
  if (!job || !going_on) return out;
  out.percent = job->percent;
  if (!job->progress.empty()) out.words = job->progress;
  out.failed = job->state == jobs::State::failed;
  if (out.failed) {
    out.words = job->outcome;
    out.running = false;
  }
  return out;
}

BodyId typed_from(const Visit& visit) {
  const auto typed = parse_whole_number(visit.request().text("trong"));
  return typed ? BodyId{*typed} : BodyId{};
}

http::Response show_start(const Visit& visit, BodyId from, const BoardFilter& filter, FormErrors errors, http::Status status) {
  House& house = visit.house();
  StartPage page;
  const auto found = house.store.read([&](db::Reader& reader) -> Result<void> {
    const auto board = round_board(house, reader, visit.viewer(), round_of(visit), from);
    if (!board) return std::unexpected(board.error());
    if (!visit.viewer().may(Permission::enter_figures, board->from)) return refuse("round.unknown", {});
    const HandedOut whose = to_hand_out(house, reader, visit.viewer(), *board, filter);
    page.head = head_of(visit, board->round, board->from, tr("Sổ Excel gửi qua Zalo"));
    page.from = board->from;
    page.state_word = filter.state_word();
    page.carer = filter.carer;
    page.workbooks = whose.bodies.size();
    page.without_rows = whose.without_rows.size();
    page.chosen = chosen_words(filter, page.workbooks);
    if (!page.chosen.empty()) page.all = page.head.start;
    if (whose.bodies.empty()) page.nothing = page.chosen.empty() ? tr("Chưa có đơn vị nào ở đây có chi hội, ban để lập sổ.") : tr("Không có đơn vị nào như đã chọn.");
    for (const WorkbookIntake& one : intakes_of_round(reader, board->round.id, board->from))
      if (find_intake(reader, visit.viewer(), one.id)) page.intakes.push_back({time_text(one.at_ms), one.label, one.by_name, html::path("/dot-bao-cao/{}/so-excel/nhan/{}", board->round.id, one.id)});
    return {};
  });
  if (!found) return visit.not_found();
  page.errors = std::move(errors);
  return http::Response::html(round_workbooks_pages::start(visit.frame(page.head.title, MenuItem::reports), page), status);
}

void add_handing_out_pages(Pages& pages) {
  constexpr auto needs = Permission::enter_figures;
  constexpr auto scope = RouteScope::signed_in;
  pages.get("/dot-bao-cao/{round:number}/so-excel", needs, scope, start);
  pages.post("/dot-bao-cao/{round:number}/so-excel/goi", needs, scope, hand_out);
  pages.get("/dot-bao-cao/{round:number}/so-excel/goi/{goi:number}", needs, scope, show_bundle);
  pages.get("/dot-bao-cao/{round:number}/so-excel/goi/{goi:number}/tep", needs, scope, bundle_file);
}

}  // namespace round_workbooks

std::vector<FrameLink> round_workbook_buttons(const Visit& visit, const RoundBoard& board, const BoardFilter& filter) {
  if (filter.branches || board.associations.asked == 0 || !visit.viewer().may(Permission::enter_figures, board.from)) return {};
  Url link = html::path("/dot-bao-cao/{}/so-excel", board.round.id);
  if (board.from != board.round.office) link = link.with("trong", board.from.value);
  if (!filter.state_word().empty()) link = link.with("loc", filter.state_word());
  if (filter.carer >= 0) link = link.with("nguoi", filter.carer);
  return {{tr("Sổ Excel gửi qua Zalo"), link}};
}

void add_round_workbook_pages(Pages& pages) {
  round_workbooks::add_handing_out_pages(pages);
  round_workbooks::add_taking_in_pages(pages);
}

}  // namespace khuyenhoc
