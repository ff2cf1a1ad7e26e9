#include "base/i18n.h"
#include "importing/pages/outcome.html.h"
#include "importing/pages/wizard_pages.h"
#include "platform/jobs/jobs.h"

namespace khuyenhoc::importing {
namespace {

http::Response show_progress(const Visit& visit, const Room& room, const Batch& batch) {
  ProgressPage page;
  page.head = head_of(visit, room, &batch, 3);
  page.here = page_of(room, batch);
  page.words = tr("Đang chờ đến lượt.");
  const auto job = visit.house().store.read([&](db::Reader& reader) { return batch.job ? jobs::find(reader, jobs::JobId{*batch.job}) : std::optional<jobs::Job>(); });
  if (job) {
    page.percent = job->percent;
    if (!job->progress.empty()) page.words = job->progress;
    page.failed = job->state == jobs::State::failed;
    if (page.failed) page.words = job->outcome;
  }
  return http::Response::html(importing_pages::progress(visit.frame(page.head.title, room.kind->section()), page));
}

}  // namespace

http::Response show_outcome(const Visit& visit, const Room& room, const Batch& batch, std::string error, http::Status status) {
  if (batch.record.state == ImportState::running) return show_progress(visit, room, batch);
  if (visit.request().is_htmx()) return http::Response::empty().htmx_refresh();
  ResultPage page;
  page.head = head_of(visit, room, &batch, 4);
  page.record = batch.record;
  page.error = std::move(error);
  if (batch.record.undone_ms) page.undone_when = time_text(*batch.record.undone_ms);
  page.rejected_rows = batch.record.to_review + batch.record.refused;
  page.rejected = page_of(room, batch, "chua-nhap.xlsx");
  page.undo = page_of(room, batch, "khoi-phuc");
  page.again = start_again(visit, room, batch);
  const auto seen_at = visit.house().store.read([&](db::Reader& reader) { return room.kind->result_at(reader, batch.record); });
  page.seen_at = Url::local(seen_at).value_or(page.head.back);
  page.seen_words = seen_at == room.kind->way_back(batch.record.body) ? tr("Xem kết quả ở {}", page.head.body_name) : tr("Xem kết quả");
  return http::Response::html(importing_pages::outcome(visit.frame(page.head.title, room.kind->section()), page), status);
}

http::Response take_back(const Visit& visit, const Room& room, const Batch& batch) {
  if (batch.record.state != ImportState::done) return http::Response::redirect(page_of(room, batch));
  if (auto undone = room.desk->undo(batch, visit.viewer()); !undone) return show_outcome(visit, room, batch, undone.error().message, http::Status::conflict);
  return visit.done(page_of(room, batch), tr("Đã khôi phục như cũ."));
}

}  // namespace khuyenhoc::importing
