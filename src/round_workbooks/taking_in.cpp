// What was sent is kept file by file: zips opened, each file within the limits of what is kept, and the judging asked for.
#include "base/i18n.h"
#include "base/text.h"
#include "platform/files/files.h"
#include "platform/spreadsheet/bundle.h"
#include "round_workbooks/round_workbooks_queries.h"
#include "round_workbooks/work.h"

namespace khuyenhoc {

using namespace round_workbooks;

namespace {

struct Kept {
  IntakeFile file;
  std::optional<files::Attachment> attachment;
};

// Names come from whoever sent the file: folders stay for reading, nothing else of them is used.
std::string shown_name(std::string_view name) {
  constexpr std::size_t longest = 200;
  std::string out = normalised(name);
  if (out.size() <= longest) return out;
  std::size_t cut = out.size() - longest;
  while (cut < out.size() && (static_cast<unsigned char>(out[cut]) & 0xC0) == 0x80) ++cut;      // not inside a letter
  return "…" + out.substr(cut);
}

Kept refused_file(std::string_view name, const std::string& why) {
  Kept out;
  out.file.file_name = shown_name(name);
  out.file.verdict = WorkbookVerdict::refused;
  out.file.message = why;
  return out;
}

Kept kept_file(const std::string& name, std::string content) {
  if (content.empty()) return refused_file(name, tr("Tệp trống, không có dữ liệu. Xin chọn lại tệp."));
  if (spreadsheet::is_bundle(content)) return refused_file(name, tr("Đây là gói nén nằm trong gói nén. Xin giải nén rồi gửi các sổ bên trong."));
  // whatever Zalo or a telephone made of the name, a workbook is known by its bytes
  const bool workbook = files::media_type_of(content) == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  auto accepted = files::accept(std::move(content), workbook && !folded(name).ends_with(".xlsx") ? files::safe_name(name) + ".xlsx" : name);
  if (!accepted) return refused_file(name, accepted.error().message);
  if (!workbook && accepted->media_type != "application/x-ole-storage") return refused_file(name, tr("Tệp này không phải sổ Excel (.xlsx) nên không được đọc."));
  Kept out;
  out.file.file_name = shown_name(name);
  out.file.content = accepted->digest;
  out.attachment = std::move(*accepted);
  return out;
}

}  // namespace

std::string verdict_words(WorkbookVerdict verdict) {
  switch (verdict) {
    case WorkbookVerdict::waiting: return tr("Chưa xem");
    case WorkbookVerdict::ready: return tr("Đúng, chờ ghi");
    case WorkbookVerdict::nothing_new: return tr("Không có gì mới");
    case WorkbookVerdict::already: return tr("Đã nhận từ trước");
    case WorkbookVerdict::to_mend: return tr("Cần sửa");
    case WorkbookVerdict::refused: return tr("Không nhận");
    case WorkbookVerdict::written: return tr("Đã ghi");
    case WorkbookVerdict::changed: return tr("Cần xem lại");
  }
  return {};
}

std::string_view verdict_look(WorkbookVerdict verdict) {
  switch (verdict) {
    case WorkbookVerdict::ready:
    case WorkbookVerdict::written: return "good";
    case WorkbookVerdict::to_mend:
    case WorkbookVerdict::changed: return "attention";
    case WorkbookVerdict::refused: return "bad";
    default: return "wait";
  }
}

Result<WorkbookIntakeId> take_in_workbooks(House& house, const Viewer& viewer, RoundId round, BodyId from, const std::vector<SentFile>& sent) {
  const auto board = house.store.read([&](db::Reader& reader) { return round_board(house, reader, viewer, round, from); });
  if (!board) return std::unexpected(board.error());
  if (!viewer.may(Permission::enter_figures, board->from)) return std::unexpected(unknown_place());
  std::vector<Kept> kept;
  for (const SentFile& one : sent) {
    if (!spreadsheet::is_bundle(one.content)) {
      kept.push_back(kept_file(one.name, std::string(one.content)));
      continue;
    }
    auto files = spreadsheet::read_bundle(one.content, {.files = most_workbooks});
    if (!files && sent.size() == 1) return refuse("intake.bundle", files.error().message, "tep");
    if (!files) kept.push_back(refused_file(one.name, files.error().message));
    else
      for (spreadsheet::BundledFile& file : *files) kept.push_back(file.refusal ? refused_file(file.name, file.refusal->message) : kept_file(file.name, std::move(file.content)));
  }
  if (kept.empty()) return refuse("intake.nothing", tr("Xin chọn các sổ Excel đã điền, hoặc gói .zip chứa các sổ ấy."), "tep");
  if (kept.size() > most_workbooks) return refuse("intake.too_many", tr("Mỗi lần nhận tới {} tệp. Xin chia thành nhiều lần.", most_workbooks), "tep");
  WorkbookIntake intake{.id = {house.store.new_id()}, .round = round, .from = board->from, .by = viewer.user(), .on_behalf_of = viewer.on_behalf_of(), .by_name = viewer.name(), .at_ms = house.clock.now_ms(),
                        .label = sent.size() == 1 ? shown_name(sent.front().name) : tr("{} tệp", sent.size()), .state = WorkbookIntake::State::judging, .job = {}};
  house.store.write([&](db::Writer& writer) {
    intake.job = jobs::ask(house.store, writer, {.kind = std::string(judge_job), .request = std::to_string(intake.id.value)}, intake.at_ms);
    round_workbooks_sql::insert_intake(writer, intake);
    std::size_t place = 0;
    for (Kept& one : kept) {
      one.file.place = ++place;
      if (one.attachment) files::keep(writer, *one.attachment, intake.at_ms);
      round_workbooks_sql::insert_file(writer, intake.id, one.file);
    }
  });
  return intake.id;
}

std::optional<WorkbookIntake> find_intake(db::Reader& reader, const Viewer& viewer, WorkbookIntakeId id) {
  auto found = round_workbooks_sql::intake(reader, id);
  if (!found || !viewer.may(Permission::enter_figures, found->from)) return std::nullopt;
  if (found->by == viewer.user()) return found;
  // who enters the office's own figures alone does not thereby see those of the units below that were brought to it
  const Scope scope = viewer.scope(Permission::enter_figures);
  const bool all_seen = std::ranges::all_of(intake_files(reader, id), [&](const IntakeFile& file) { return !file.body || scope.contains(file.body); });
  return all_seen ? found : std::nullopt;
}

namespace {

// Work on an intake that nobody is working on, as a job.
Result<void> ask_for_work(House& house, const Viewer& viewer, WorkbookIntakeId id, std::string_view job, WorkbookIntake::State state, const std::function<Result<void>(db::Writer&)>& prepared) {
  return house.store.write([&](db::Writer& writer) -> Result<void> {
    if (!find_intake(writer, viewer, id)) return refuse("intake.unknown", {});
    if (auto ready = prepared(writer); !ready) return ready;
    const auto asked = jobs::ask(house.store, writer, {.kind = std::string(job), .request = std::to_string(id.value)}, house.clock.now_ms());
    if (!round_workbooks_sql::set_state(writer, id, WorkbookIntake::State::judged, state, asked))
      return refuse("intake.busy", tr("Các sổ này đang được xem hoặc đang được ghi. Xin chờ xong rồi làm tiếp."));
    return {};
  });
}

}  // namespace

Result<void> ask_to_write(House& house, const Viewer& viewer, WorkbookIntakeId id) {
  return ask_for_work(house, viewer, id, write_job, WorkbookIntake::State::writing, [&](db::Writer& writer) -> Result<void> {
    const auto files = intake_files(writer, id);
    if (std::ranges::count(files, WorkbookVerdict::ready, &IntakeFile::verdict) == 0) return refuse("intake.nothing", tr("Không có sổ nào chờ ghi."));
    return {};
  });
}

Result<void> judge_again(House& house, const Viewer& viewer, WorkbookIntakeId id) {
  return ask_for_work(house, viewer, id, judge_job, WorkbookIntake::State::judging, [&](db::Writer& writer) -> Result<void> {
    for (IntakeFile& file : intake_files(writer, id)) {
      if (!file.content || file.verdict == WorkbookVerdict::written || file.verdict == WorkbookVerdict::already) continue;
      file.verdict = WorkbookVerdict::waiting;
      round_workbooks_sql::update_file(writer, id, file);
    }
    return {};
  });
}

}  // namespace khuyenhoc
