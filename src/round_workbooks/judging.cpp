// The verdict on each workbook that came back: whose it is, whether it may be written now, what would change, what is wrong inside.
#include <set>

#include "base/i18n.h"
#include "base/number.h"
#include "platform/files/files.h"
#include "round_workbooks/round_workbooks_queries.h"
#include "round_workbooks/work.h"

namespace khuyenhoc {

using namespace round_workbooks;

namespace {

constexpr std::size_t places_told = 5;

std::string number(std::size_t value) { return number_text(static_cast<std::int64_t>(value)); }

class Judging {
 public:
  Judging(const House& house, const Viewer& viewer, const RoundBoard& board) : house_(house), viewer_(viewer), round_(board.round), asked_{board.from} {
    for (const BoardLine& line : board.lines)
      if (line.report.level != BodyKind::Level::branch) asked_.insert(line.report.body);
  }

  void judge(IntakeFile& file) const {
    file.changes = file.problems = 0;
    file.places.clear();
    file.plan_digest.clear();
    const auto kept = house_.store.read([&](db::Reader& reader) { return file.content ? files::find(reader, *file.content) : std::nullopt; });
    if (!kept) return say(file, WorkbookVerdict::refused, tr("Tệp không còn trong kho. Xin gửi lại."));
    const auto owner = owner_of_workbook(house_, kept->content);
    if (!owner) return say(file, WorkbookVerdict::refused, owner.error().message);
    if (asked_.contains(owner->body)) file.body = owner->body;
    if (const auto before = house_.store.read([&](db::Reader& reader) { return round_workbooks_sql::written_before(reader, round_.id, *file.content); }))
      return say(file, WorkbookVerdict::already, tr("Sổ này đã nhận lúc {}; không có số nào thay đổi.", time_text(*before)));
    if (!file.body) return say(file, WorkbookVerdict::refused, not_here(owner->body));
    if (owner->period != round_.period.name()) return say(file, WorkbookVerdict::refused, other_period(owner->period));
    if (!viewer_.may(Permission::enter_figures, file.body)) return say(file, WorkbookVerdict::refused, tr("Ông/bà không được giao nhập số liệu của đơn vị này."));
    if (auto lock = locked(file.body); !lock) return say(file, WorkbookVerdict::refused, lock.error().message);
    const auto sheet = house_.store.read([&](db::Reader& reader) { return entry_sheet(house_, reader, file.body, round_.period, viewer_.today(), Lists::left_out); });
    if (!sheet) return say(file, WorkbookVerdict::refused, sheet.error().message);
    const auto plan = plan_entry_workbook(house_, viewer_, *sheet, kept->content);
    if (!plan) return say(file, WorkbookVerdict::refused, plan.error().message);
    tell_plan(file, *plan);
  }

 private:
  static void say(IntakeFile& file, WorkbookVerdict verdict, std::string message) {
    file.verdict = verdict;
    file.message = std::move(message);
  }

  std::string not_here(BodyId body) const {
    const Body* known = viewer_.organisation()->find(body);
    const bool seen = known != nullptr && viewer_.may(Permission::see_figures, body);
    return seen ? tr("Sổ này của {}, không được hỏi trong đợt này hoặc không thuộc phần đang làm.", known->on(viewer_.today()).name) : tr("Sổ này của đơn vị khác, không thuộc phần đang làm của đợt này.");
  }

  std::string other_period(const std::string& name) const {
    const auto other = house_.periods.parse_name(round_.period.family, name);
    return tr("Sổ này là số liệu {}, còn đợt này hỏi {}. Xin điền vào sổ của đợt này.", other ? house_.periods.label(*other, current_language()) : name, house_.periods.label(round_.period, current_language()));
  }

  Result<void> locked(BodyId body) const {
    if (!house_.entry_lock) return {};
    return house_.store.read([&](db::Reader& reader) { return house_.entry_lock(reader, body, body, round_.period.period, round_.form); });
  }

  static void tell_plan(IntakeFile& file, const WorkbookPlan& plan) {
    file.changes = plan.changes.size();
    file.problems = plan.problems.size() + plan.problems_not_shown;
    for (std::size_t i = 0; i < std::min(plan.problems.size(), places_told); ++i) {
      const WorkbookProblem& problem = plan.problems[i];
      file.places += (i == 0 ? "" : "\n") + (problem.where.empty() ? problem.address : problem.where) + ": " + problem.message;
    }
    if (file.problems > 0) return say(file, WorkbookVerdict::to_mend, tr("Còn {} chỗ cần sửa; chưa ghi số nào của sổ này.", number(file.problems)));
    if (file.changes == 0) return say(file, WorkbookVerdict::nothing_new, tr("Các số trong sổ giống hệt số đã ghi."));
    file.plan_digest = plan.digest;
    say(file, WorkbookVerdict::ready, tr("{} số sẽ thay đổi.", number(file.changes)));
  }

  const House& house_;
  const Viewer& viewer_;
  const ReportingRound& round_;
  std::set<BodyId> asked_;
};

// The same file twice counts once; two different ones of one body are for a person to decide.
void tell_twins(std::vector<IntakeFile>& files) {
  const auto judged = [](const IntakeFile& file) { return file.verdict == WorkbookVerdict::ready || file.verdict == WorkbookVerdict::to_mend || file.verdict == WorkbookVerdict::nothing_new; };
  std::map<BodyId, std::vector<IntakeFile*>> of_body;
  for (IntakeFile& file : files) {
    if (!judged(file)) continue;
    auto& all = of_body[file.body];
    const auto same = std::ranges::find(all, file.content, [](const IntakeFile* one) { return one->content; });
    if (same == all.end()) {
      all.push_back(&file);
      continue;
    }
    file.verdict = WorkbookVerdict::nothing_new;
    file.message = tr("Giống hệt tệp số {}, “{}”.", (*same)->place, (*same)->file_name);
    file.places.clear();
    file.plan_digest.clear();
    file.changes = file.problems = 0;
  }
  for (const auto& [body, all] : of_body) {
    const auto differing = std::ranges::count_if(all, [](const IntakeFile* file) { return file->verdict != WorkbookVerdict::nothing_new; });
    if (differing < 2) continue;
    for (IntakeFile* file : all) {
      if (file->verdict == WorkbookVerdict::nothing_new) continue;
      file->verdict = WorkbookVerdict::refused;
      file->message = tr("Có {} sổ khác nhau của cùng đơn vị này trong lần gửi. Xin hỏi lại đơn vị rồi gửi riêng sổ đúng.", differing);
      file->plan_digest.clear();
    }
  }
}

}  // namespace

Result<std::string> judge_intake(House& house, WorkbookIntakeId id, const TellWork& tell) {
  const auto intake = house.store.read([&](db::Reader& reader) { return round_workbooks_sql::intake(reader, id); });
  if (!intake || intake->state != WorkbookIntake::State::judging) return std::string();
  const auto viewer = acting_viewer(house, intake->by, intake->on_behalf_of, intake->by_name, intake->from);
  const LanguageScope speaking(viewer ? viewer->language() : Language::vietnamese);
  const auto board = viewer ? house.store.read([&](db::Reader& reader) { return round_board(house, reader, *viewer, intake->round, intake->from); }) : Result<RoundBoard>(std::unexpected(unknown_place()));
  std::vector<IntakeFile> files = house.store.read([&](db::Reader& reader) { return intake_files(reader, id); });
  if (board) {
    const Judging judging(house, *viewer, *board);
    for (std::size_t i = 0; i < files.size(); ++i) {
      if (files[i].verdict != WorkbookVerdict::waiting) continue;
      if (!tell(i, files.size())) return refuse("intake.stopped", {});
      judging.judge(files[i]);
    }
    tell_twins(files);
  } else {
    for (IntakeFile& file : files)
      if (file.verdict == WorkbookVerdict::waiting) file.verdict = WorkbookVerdict::refused, file.message = board.error().message;
  }
  house.store.write([&](db::Writer& writer) {
    for (const IntakeFile& file : files) round_workbooks_sql::update_file(writer, id, file);
    round_workbooks_sql::set_state(writer, id, WorkbookIntake::State::judging, WorkbookIntake::State::judged, intake->job);
  });
  return tr("Đã xem {} tệp.", files.size());
}

Result<WorkbookView> view_of_file(const House& house, const Viewer& viewer, const WorkbookIntake& intake, const IntakeFile& file) {
  const auto [round, kept] = house.store.read([&](db::Reader& reader) {
    return std::pair(find_round(reader, intake.round), file.content ? files::find(reader, *file.content) : std::optional<files::Attachment>());
  });
  if (!round || !kept || !file.body) return refuse("intake.unknown", {});
  auto sheet = house.store.read([&](db::Reader& reader) { return entry_sheet(house, reader, file.body, round->period, viewer.today(), Lists::left_out); });
  if (!sheet) return std::unexpected(sheet.error());
  auto plan = plan_entry_workbook(house, viewer, *sheet, kept->content);
  if (!plan) return std::unexpected(plan.error());
  return WorkbookView{std::move(*sheet), std::move(*plan)};
}

}  // namespace khuyenhoc
