// Lists too long to wait for: written by the worker, in slices, with progress that can be watched.
#include "base/i18n.h"
#include "base/number.h"
#include "importing/desk.h"
#include "importing/job.h"

namespace khuyenhoc {

namespace importing {
namespace {

// What came in the way is told on the page: the draft is open again, nothing was written.
void open_again(House& house, ImportId id, const std::string& why) {
  house.store.write([&](db::Writer& writer) {
    auto batch = sql::find(writer, id);
    if (!batch || batch->record.state != ImportState::running) return;
    batch->record.state = ImportState::draft;
    batch->note = why;
    sql::update(writer, *batch);
  });
}

}  // namespace

Result<std::string> write_as_job(Desk& desk, ImportId id, const Desk::Told& told) {
  const auto batch = desk.find(id);
  if (!batch || batch->record.state != ImportState::running) return std::string();   // done by a worker before this one, whose outcome was lost
  const auto viewer = desk.viewer_of(*batch);
  const LanguageScope speaking(viewer ? viewer->language() : Language::vietnamese);
  if (!viewer || !viewer->may(desk.kind_of(*batch).needs(), batch->record.body)) {
    open_again(desk.house(), id, tr("Người bấm ghi không còn quyền ghi ở đơn vị này nên chưa ghi dòng nào."));
    return std::string();
  }
  const auto done = desk.write(*batch, *viewer, told);
  if (!done && done.error().code == "import.stopped") return std::unexpected(done.error());
  if (!done) {
    open_again(desk.house(), id, done.error().message);
    return done.error().message;
  }
  return done->summary;
}

}  // namespace importing

void handle_imports(jobs::Worker& worker, House& house, std::shared_ptr<const ImportKinds> kinds) {
  auto desk = std::make_shared<importing::Desk>(house, std::move(kinds));
  worker.handle(std::string(importing::job_kind), [desk](const jobs::Job& job, jobs::Progress& progress) -> Result<std::string> {
    const ImportId id{std::stoll(job.request)};
    return importing::write_as_job(*desk, id, [&](std::size_t done, std::size_t of) {
      progress.report(static_cast<int>(done * 95 / std::max<std::size_t>(of, 1)), tr(Language::vietnamese, "Đã ghi {} trong {} dòng", number_text(static_cast<std::int64_t>(done)), number_text(static_cast<std::int64_t>(of))));
      return !progress.should_stop();
    });
  });
}

}  // namespace khuyenhoc
