// The good workbooks are written, each whole in a transaction of its own.
#include "base/i18n.h"
#include "base/number.h"
#include "round_workbooks/round_workbooks_queries.h"
#include "round_workbooks/work.h"

namespace khuyenhoc {

using namespace round_workbooks;

namespace {

bool acts_for(const Viewer& viewer, BodyId body) {
  return viewer.acting_for() == body || std::ranges::any_of(viewer.units(), [&](const ActingUnit& unit) { return unit.body == body; });
}

// What others wrote since the dry run stops this workbook, and only this one.
void write_one(House& house, const Viewer& viewer, const WorkbookIntake& intake, IntakeFile file) {
  const auto moved_on = [&](const std::string& why) {
    file.verdict = WorkbookVerdict::changed;
    file.message = why;
    file.plan_digest.clear();
    house.store.write([&](db::Writer& writer) { round_workbooks_sql::update_file(writer, intake.id, file); });
  };
  const auto view = view_of_file(house, viewer, intake, file);
  if (!view) return moved_on(view.error().message);
  if (!view->plan.problems.empty() || view->plan.digest != file.plan_digest)
    return moved_on(tr("Số liệu vừa thay đổi nên kết quả xem trước đã khác. Chưa ghi số nào của sổ này; xin xem lại."));
  const auto written = house.store.write([&](db::Writer& writer) -> Result<void> {
    const auto stored = round_workbooks_sql::file(writer, intake.id, file.place);
    if (!stored || stored->verdict != WorkbookVerdict::ready) return {};          // a worker before this one did it
    const auto done = carry_out(house, viewer, writer, view->sheet, view->plan, file.plan_digest, intake.id.value, file.file_name);
    if (!done) return std::unexpected(done.error());
    if (*done > 0 && !acts_for(viewer, file.body))
      if (const auto report = report_of(writer, intake.round, file.body))
        if (auto marked = enter_on_behalf(writer, house, viewer, report->id, 0, tr(Language::vietnamese, "sổ Excel gửi về")); !marked) return std::unexpected(marked.error());
    IntakeFile now = file;
    now.verdict = WorkbookVerdict::written;
    now.written_ms = house.clock.now_ms();
    now.message = tr("Đã ghi {} số.", number_text(static_cast<std::int64_t>(*done)));
    round_workbooks_sql::update_file(writer, intake.id, now);
    return {};
  });
  if (!written) moved_on(written.error().message);
}

}  // namespace

Result<std::string> write_intake(House& house, WorkbookIntakeId id, const TellWork& tell) {
  const auto intake = house.store.read([&](db::Reader& reader) { return round_workbooks_sql::intake(reader, id); });
  if (!intake || intake->state != WorkbookIntake::State::writing) return std::string();
  const auto viewer = acting_viewer(house, intake->by, intake->on_behalf_of, intake->by_name, intake->from);
  const LanguageScope speaking(viewer ? viewer->language() : Language::vietnamese);
  const auto files = house.store.read([&](db::Reader& reader) { return intake_files(reader, id); });
  const auto ready = static_cast<std::size_t>(std::ranges::count(files, WorkbookVerdict::ready, &IntakeFile::verdict));
  std::size_t done = 0;
  for (const IntakeFile& file : files) {
    if (file.verdict != WorkbookVerdict::ready) continue;
    if (!tell(done, ready)) return refuse("intake.stopped", {});
    if (viewer && viewer->may(Permission::enter_figures, file.body)) {
      write_one(house, *viewer, *intake, file);
    } else {
      IntakeFile refused = file;
      refused.verdict = WorkbookVerdict::refused;
      refused.message = tr("Người bấm ghi không còn được nhập số liệu của đơn vị này.");
      house.store.write([&](db::Writer& writer) { round_workbooks_sql::update_file(writer, id, refused); });
    }
    ++done;
  }
  house.store.write([&](db::Writer& writer) { round_workbooks_sql::set_state(writer, id, WorkbookIntake::State::writing, WorkbookIntake::State::judged, intake->job); });
  return tr("Đã ghi xong {} sổ.", done);
}

void add_round_workbook_jobs(jobs::Worker& worker, House& house) {
  using Work = Result<std::string> (*)(House&, std::int64_t, const TellWork&);
  struct Kind {
    std::string_view name;
    Work work;
  };
  const Kind kinds[] = {{bundle_job, [](House& of, std::int64_t id, const TellWork& tell) { return make_bundle(of, WorkbookBundleId{id}, tell); }},
                        {judge_job, [](House& of, std::int64_t id, const TellWork& tell) { return judge_intake(of, WorkbookIntakeId{id}, tell); }},
                        {write_job, [](House& of, std::int64_t id, const TellWork& tell) { return write_intake(of, WorkbookIntakeId{id}, tell); }}};
  for (const Kind& kind : kinds)
    worker.handle(std::string(kind.name), [&house, work = kind.work](const jobs::Job& job, jobs::Progress& progress) -> Result<std::string> {
      auto done = work(house, std::stoll(job.request), [&](std::size_t now, std::size_t of) {
        progress.report(static_cast<int>(now * 100 / std::max<std::size_t>(of, 1)), tr(Language::vietnamese, "Đã làm {} trong {} sổ", now, of));
        return !progress.should_stop();
      });
      if (!done && done.error().code.ends_with(".stopped")) throw std::runtime_error("stopped in the middle of workbooks");     // taken up again later
      return done;
    });
}

}  // namespace khuyenhoc
