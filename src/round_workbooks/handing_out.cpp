// Zips of workbooks: which bodies get one, what is said in it beside the figures, and the making.
#include "base/i18n.h"
#include "organisation/contacts.h"
#include "platform/files/files.h"
#include "platform/spreadsheet/package.h"
#include "round_workbooks/round_workbooks_queries.h"
#include "round_workbooks/work.h"

namespace khuyenhoc {

using namespace round_workbooks;

namespace {

constexpr std::size_t made_at_once = 6;                          // more are a job that can be left
constexpr std::int64_t kept_ms = std::int64_t{2} * 24 * 3'600'000;

bool hands_out(const House& house, BodyId body, const NamedPeriod& period, Day today) {
  return check_sheet(house, body, period, today).has_value() && !reporting_branches(*house.organisation.current(), body, entry_day(period, today)).empty();
}

enum class Holds { empty_ones, marked_ones };
std::string bundle_name(const House& house, const ReportingRound& round, BodyId from, Holds what) {
  const std::string where = house.organisation.current()->body(from).on(house.clock.today()).short_name;
  return files::safe_name(what == Holds::marked_ones ? tr("Sổ cần sửa {} {}.zip", where, round.period.name()) : tr("Sổ Excel {} {}.zip", where, round.period.name()));
}

WorkbookBundle new_bundle(const House& house, const Viewer& viewer, const ReportingRound& round, BodyId from) {
  return {.id = {house.store.new_id()}, .round = round.id, .from = from, .by = viewer.user(), .on_behalf_of = viewer.on_behalf_of(), .by_name = viewer.name(), .intake = {}, .state_word = {}, .carer = -1,
          .asked_ms = house.clock.now_ms(), .job = {}, .files = 0, .file_name = {}, .left_out = {}, .made_ms = {}};
}

Result<WorkbookBundleId> ask(House& house, WorkbookBundle bundle, std::size_t files) {
  house.store.write([&](db::Writer& writer) {
    round_workbooks_sql::forget_bundles(writer, house.clock.now_ms() - kept_ms);
    bundle.job = files > made_at_once ? std::optional(jobs::ask(house.store, writer, {.kind = std::string(bundle_job), .request = std::to_string(bundle.id.value)}, house.clock.now_ms())) : std::nullopt;
    round_workbooks_sql::insert_bundle(writer, bundle);
  });
  if (!bundle.job)
    if (auto made = make_bundle(house, bundle.id, [](std::size_t, std::size_t) { return true; }); !made) return std::unexpected(made.error());
  return bundle.id;
}

struct Zip {
  spreadsheet::PackageWriter out;
  std::size_t files = 0;
  std::string left_out;
  // Numbered in the order of the board, so that every program lists them so.
  void add(const std::string& name, std::string bytes) { out.add(fmt::format("{:03} {}", ++files, files::safe_name(name)), std::move(bytes)); }
  void leave_out(const std::string& whose, const std::string& why) { left_out += whose + ": " + why + "\n"; }
};

Result<void> put_empty_ones(House& house, const Viewer& viewer, const WorkbookBundle& bundle, Zip& zip, const TellWork& tell) {
  const Organisation& organisation = *viewer.organisation();
  const auto found = house.store.read([&](db::Reader& reader) -> Result<std::pair<ReportingRound, HandedOut>> {
    const auto board = round_board(house, reader, viewer, bundle.round, bundle.from);
    if (!board) return std::unexpected(board.error());
    return std::pair(board->round, to_hand_out(house, reader, viewer, *board, BoardFilter::of_words(bundle.state_word, {}, bundle.carer)));
  });
  if (!found) return std::unexpected(found.error());
  const auto& [round, whose] = *found;
  const Day today = viewer.today();
  for (std::size_t i = 0; i < whose.bodies.size(); ++i) {
    if (!tell(i, whose.bodies.size())) return refuse("bundle.stopped", {});
    const BodyId body = whose.bodies[i];
    auto made = house.store.read([&](db::Reader& reader) -> Result<MarkedWorkbook> {
      const auto sheet = entry_sheet(house, reader, body, round.period, today, Lists::left_out);
      if (!sheet) return std::unexpected(sheet.error());
      auto bytes = write_entry_workbook(house, *sheet, {}, workbook_letter(house, reader, round, body, today));
      if (!bytes) return std::unexpected(bytes.error());
      return MarkedWorkbook{entry_workbook_name(house, *sheet), std::move(*bytes)};
    });
    if (made) zip.add(made->name, std::move(made->bytes));
    else zip.leave_out(organisation.body(body).on(today).name, made.error().message);
  }
  for (const BodyId body : whose.without_rows)
    zip.leave_out(organisation.body(body).on(today).name, tr("chưa có chi hội, ban nào để lập sổ; đơn vị nhập số chung trên trang nhập số liệu."));
  return {};
}

Result<void> put_marked_ones(House& house, const Viewer& viewer, const WorkbookBundle& bundle, Zip& zip, const TellWork& tell) {
  const auto found = house.store.read([&](db::Reader& reader) {
    std::vector<IntakeFile> files = intake_files(reader, *bundle.intake);
    std::erase_if(files, [](const IntakeFile& file) { return file.verdict != WorkbookVerdict::to_mend; });
    return std::tuple(round_workbooks_sql::intake(reader, *bundle.intake), std::move(files), find_round(reader, bundle.round));
  });
  const auto& [intake, files, round] = found;
  if (!intake || !round) return refuse("intake.unknown", {});
  std::string messages;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!tell(i, files.size())) return refuse("bundle.stopped", {});
    auto marked = marked_workbook(house, viewer, *intake, files[i]);
    if (!marked) {
      zip.leave_out(files[i].file_name, marked.error().message);
      continue;
    }
    zip.add(marked->name, std::move(marked->bytes));
    const auto [message, telephone] = house.store.read([&](db::Reader& reader) {
      const auto head = viewer.may(Permission::see_names, files[i].body) ? contact(reader, house.keys, files[i].body) : std::nullopt;
      return std::pair(give_back_message(house, reader, viewer, *round, files[i], head ? head->head_name : std::string()), head ? head->telephone : std::string());
    });
    messages += fmt::format("{:03} {}{}\r\n{}\r\n\r\n", zip.files, viewer.organisation()->body(files[i].body).on(viewer.today()).name, telephone.empty() ? "" : " – Zalo " + telephone, message);
  }
  if (!messages.empty()) zip.out.add("000 Tin nhắn gửi Zalo.txt", "\xEF\xBB\xBF" + messages);      // the mark tells Notepad which letters these are
  return {};
}

}  // namespace

HandedOut to_hand_out(const House& house, db::Reader& reader, const Viewer& viewer, const RoundBoard& board, const BoardFilter& filter) {
  HandedOut out;
  BoardFilter associations = filter;
  associations.branches = false;
  const Day today = viewer.today();
  const auto put = [&](BodyId body) {
    if (viewer.may(Permission::enter_figures, body)) (hands_out(house, body, board.round.period, today) ? out.bodies : out.without_rows).push_back(body);
  };
  // the office's own branches, when nothing is left out
  if (!filter.late && !filter.state && filter.carer < 0 && hands_out(house, board.from, board.round.period, today)) put(board.from);
  for (const BoardLine* line : chosen_lines(house, reader, board, associations, today))
    if (line->manner != ReportsFor::Manner::part_of_heirs) put(line->report.body);
  return out;
}

WorkbookLetter workbook_letter(const House& house, db::Reader& reader, const ReportingRound& round, BodyId body, Day today) {
  WorkbookLetter out{.round_title = round.title, .due = {}, .send_to = {}, .telephone = {}};
  const auto report = report_of(reader, round.id, body);
  const BodyId office = report && report->sends_to ? report->sends_to : round.office;
  if (report) out.due = report->due;
  if (office == body) return out;
  out.send_to = house.organisation.current()->body(office).on(today).name;
  if (const auto known = contact(reader, house.keys, office)) out.telephone = known->telephone;
  return out;
}

Result<WorkbookBundleId> ask_for_bundle(House& house, const Viewer& viewer, RoundId id, BodyId from, const BoardFilter& filter) {
  const auto found = house.store.read([&](db::Reader& reader) -> Result<std::pair<RoundBoard, std::size_t>> {
    auto board = round_board(house, reader, viewer, id, from);
    if (!board) return std::unexpected(board.error());
    if (!viewer.may(Permission::enter_figures, board->from)) return std::unexpected(unknown_place());
    const std::size_t files = to_hand_out(house, reader, viewer, *board, filter).bodies.size();
    return std::pair(std::move(*board), files);
  });
  if (!found) return std::unexpected(found.error());
  const auto& [board, files] = *found;
  if (files == 0) return refuse("bundle.nothing", tr("Không có đơn vị nào ở đây có chi hội, ban để lập sổ. Xin bỏ chọn lọc, hoặc bổ sung chi hội, ban ở mục Tổ chức Hội."));
  WorkbookBundle bundle = new_bundle(house, viewer, board.round, board.from);
  bundle.state_word = filter.state_word();
  bundle.carer = filter.carer;
  bundle.file_name = bundle_name(house, board.round, board.from, Holds::empty_ones);
  return ask(house, std::move(bundle), files);
}

Result<WorkbookBundleId> ask_for_marked(House& house, const Viewer& viewer, WorkbookIntakeId id) {
  const auto [intake, files, round] = house.store.read([&](db::Reader& reader) {
    const auto known = find_intake(reader, viewer, id);
    const auto all = intake_files(reader, id);
    return std::tuple(known, std::ranges::count(all, WorkbookVerdict::to_mend, &IntakeFile::verdict), known ? find_round(reader, known->round) : std::nullopt);
  });
  if (!intake || !round) return std::unexpected(unknown_place());
  if (files == 0) return refuse("bundle.nothing", tr("Không có sổ nào phải gửi trả."));
  WorkbookBundle bundle = new_bundle(house, viewer, *round, intake->from);
  bundle.intake = id;
  bundle.file_name = bundle_name(house, *round, intake->from, Holds::marked_ones);
  return ask(house, std::move(bundle), static_cast<std::size_t>(files));
}

std::optional<WorkbookBundle> find_bundle(db::Reader& reader, const Viewer& viewer, WorkbookBundleId id) {
  auto found = find_bundle(reader, id);
  return found && found->by == viewer.user() && viewer.may(Permission::enter_figures, found->from) ? found : std::nullopt;
}

Result<std::string> make_bundle(House& house, WorkbookBundleId id, const TellWork& tell) {
  const auto bundle = house.store.read([&](db::Reader& reader) { return find_bundle(reader, id); });
  if (!bundle || bundle->made_ms) return std::string();                // forgotten meanwhile, or made by a worker before this one
  const auto viewer = acting_viewer(house, bundle->by, bundle->on_behalf_of, bundle->by_name, bundle->from);
  if (!viewer) return refuse("bundle.may_not", tr("Người xin gói sổ không còn được nhập số liệu ở đơn vị này."));
  const LanguageScope in_vietnamese(Language::vietnamese);             // whoever fills it in reads Vietnamese
  Zip zip;
  if (auto put = bundle->intake ? put_marked_ones(house, *viewer, *bundle, zip, tell) : put_empty_ones(house, *viewer, *bundle, zip, tell); !put) return std::unexpected(put.error());
  const std::string bytes = zip.files == 0 ? std::string() : zip.out.finish();      // a zip of nothing is none; whose workbook is missing and why is told
  house.store.write([&](db::Writer& writer) { round_workbooks_sql::keep_bundle(writer, id, zip.files, zip.left_out, bytes, house.clock.now_ms()); });
  return tr("Đã lập {} sổ.", zip.files);
}

}  // namespace khuyenhoc
