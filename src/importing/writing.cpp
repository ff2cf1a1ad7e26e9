// Writing what was judged: at once, or in slices between other people's saves; and taking it back.
#include <algorithm>
#include <chrono>

#include <boost/json.hpp>

#include "base/i18n.h"
#include "base/slice_size.h"
#include "importing/desk.h"

namespace khuyenhoc::importing {
namespace {

namespace json = boost::json;

constexpr int times_tried = 8;

Refusal stale() { return {"import.stale", tr("Lần nhập này vừa được người khác thay đổi. Xin xem lại rồi làm tiếp."), {}}; }
Refusal changed() {
  return {"import.changed", tr("Từ lúc xem trước đến nay đã có người ghi thay đổi, nên kết quả của một số dòng khác đi. Chưa ghi dòng nào; xin xem lại rồi bấm ghi."), {}};
}

}  // namespace

Result<void> Desk::may_write(const Batch& batch, const Judged& judged) const {
  if (judged.plan->refused) return std::unexpected(*judged.plan->refused);
  if (judged.added + judged.changed == 0) return refuse("import.nothing", tr("Không có dòng nào để ghi: mọi dòng hợp lệ đã có sẵn, không đổi."));
  if (batch.choose == Choose::all_or_none && !judged.everything_good())
    return refuse("import.not_all", tr("Còn {} dòng chưa hợp lệ nên chưa ghi dòng nào. Xin sửa các dòng này, hoặc chọn ghi các dòng hợp lệ.", judged.to_review + judged.refused));
  return {};
}

void Desk::record_done(db::Writer& writer, Batch& batch, const Viewer& viewer, const Judged& judged, const ImportKind::Done& done, std::size_t rows, const db::Digest& digest) const {
  ImportRecord& record = batch.record;
  record.state = ImportState::done;
  record.rows = static_cast<std::int64_t>(judged.size());
  record.added = judged.added;
  record.changed = judged.changed;
  record.unchanged = judged.unchanged;
  record.to_review = judged.to_review;
  record.refused = judged.refused;
  record.written_ms = house_.clock.now_ms();
  record.summary = done.summary;
  sql::mark_written(writer, batch, digest);
  house_.trail.write(writer, viewer, record.body, "import", record.id.value, "import", {},
                     json::serialize(json::object{{"summary", done.summary}, {"kind", record.kind}, {"file", record.file_name}, {"file_digest", crypto::hex(batch.file)},
                                                  {"rows", rows}, {"rows_digest", crypto::hex(digest)}}));
}

Result<ImportRecord> Desk::write(const Batch& batch, const Viewer& viewer, const Told& told) {
  auto written = kind_of(batch).slice() > 0 ? write_in_slices(batch, viewer, told) : write_at_once(batch, viewer);
  forget(batch.record.id);        // rows that were to be added are there now, or somebody else came first
  return written;
}

Result<ImportRecord> Desk::write_at_once(const Batch& batch, const Viewer& viewer) {
  const ImportContext context = context_of(batch, viewer);
  const ImportKind& kind = kind_of(batch);
  const auto reading = reading_of(batch, context);
  if (!reading) return std::unexpected(reading.error());
  return house_.store.write([&](db::Writer& writer) -> Result<ImportRecord> {
    auto now = sql::find(writer, batch.record.id);
    if (!now || now->row_version != batch.row_version || now->record.state == ImportState::done) return std::unexpected(stale());
    const auto fresh = judged(writer, kind, context, *reading, batch);
    if (fresh->digest != batch.shown_digest) return std::unexpected(changed());
    if (auto fine = may_write(batch, *fresh); !fine) return std::unexpected(fine.error());
    const auto chosen = fresh->chosen();
    auto done = kind.write(writer, context, (*reading)->rows, *fresh->plan, chosen, batch.record.id);
    if (!done) return std::unexpected(done.error());
    sql::insert_rows(writer, house_.keys, batch.record.id, done->written);
    db::Digest digest{};
    sql::stored_digest(done->written, digest);
    record_done(writer, *now, viewer, *fresh, *done, done->written.size(), digest);
    return now->record;
  });
}

// What was judged for the page is written as it stands while all it rests on does; nobody else gets it then, for writing keeps its own things in the plan.
Result<std::shared_ptr<const Judged>> Desk::judged_to_write(const Batch& batch, const Viewer& viewer, const ImportContext& context) {
  auto known = judge(batch, viewer);
  if (!known) return known;
  {
    const std::lock_guard lock(mutex_);
    if (Cached* at = cached(batch.record.id); at != nullptr && at->judged == *known) {
      at->judged.reset();
      return known;
    }
  }
  return house_.store.read([&](db::Reader& reader) -> std::shared_ptr<const Judged> { return judged(reader, kind_of(batch), context, (*known)->reading, batch); });
}

Result<ImportRecord> Desk::write_in_slices(const Batch& batch, const Viewer& viewer, const Told& told) {
  const ImportKind& kind = kind_of(batch);
  const ImportContext context = context_of(batch, viewer);
  const auto taken = judged_to_write(batch, viewer, context);
  if (!taken) return std::unexpected(taken.error());
  const auto& fresh = *taken;
  if (fresh->digest != batch.shown_digest) return std::unexpected(changed());
  if (auto fine = may_write(batch, *fresh); !fine) return std::unexpected(fine.error());
  house_.store.write([&](db::Writer& writer) {       // what a program left that stopped half way
    kind.discard(writer, batch.record.id);
    sql::delete_rows(writer, batch.record.id);
  });
  const ImportId id = batch.record.id;
  auto written = staged_and_shown(batch, viewer, *fresh, context, told);
  if (!written) {
    kind.give_up(*fresh->plan);
    house_.store.write([&](db::Writer& writer) { sql::delete_rows(writer, id); });
  }
  return written;
}

Result<ImportRecord> Desk::staged_and_shown(const Batch& batch, const Viewer& viewer, const Judged& judged, const ImportContext& context, const Told& told) {
  const ImportKind& kind = kind_of(batch);
  const ImportRows& rows = judged.reading->rows;
  const auto chosen = judged.chosen();
  if (auto ready = kind.before_staging(context, rows, *judged.plan, chosen, batch.record.id); !ready) return std::unexpected(ready.error());
  std::vector<ImportWritten> written;
  SliceSize size(kind.slice());
  for (std::size_t at = 0; at < chosen.size();) {
    const auto slice = std::span(chosen).subspan(at, std::min(size.now(), chosen.size() - at));
    std::chrono::nanoseconds taken{};
    auto staged = house_.store.write([&](db::Writer& writer) -> Result<std::vector<ImportWritten>> {
      const auto began = std::chrono::steady_clock::now();
      auto out = kind.stage(writer, context, rows, *judged.plan, slice, batch.record.id);
      if (out) sql::insert_rows(writer, house_.keys, batch.record.id, *out);
      taken = std::chrono::steady_clock::now() - began;
      return out;
    });
    if (!staged) return std::unexpected(staged.error());
    std::ranges::move(*staged, std::back_inserter(written));
    at += slice.size();
    size.took(taken);
    if (!told(at, chosen.size())) return refuse("import.stopped", tr("Máy chủ đang dừng; việc ghi sẽ làm tiếp khi máy chủ chạy lại."));
  }
  std::ranges::sort(written, {}, &ImportWritten::number);
  db::Digest digest{};
  sql::stored_digest(written, digest);              // before the last transaction: it takes as long as some people's saves
  for (int time = 0; time < times_tried; ++time) {
    if (auto ready = kind.before_appearing(context, *judged.plan); !ready) return std::unexpected(ready.error());
    auto appeared = house_.store.write([&](db::Writer& writer) -> Result<ImportRecord> {
      auto now = sql::find(writer, batch.record.id);
      if (!now || now->row_version != batch.row_version || now->record.state == ImportState::done) return std::unexpected(stale());
      auto done = kind.write(writer, context, rows, *judged.plan, chosen, batch.record.id);
      if (!done) return std::unexpected(done.error());
      record_done(writer, *now, viewer, judged, *done, written.size(), digest);
      return now->record;
    });
    if (appeared || appeared.error().code != "import.again") return appeared;
  }
  return refuse("import.busy", tr("Nhiều người đang cùng ghi nên danh sách chưa ghi được. Xin thử lại sau ít phút."));
}

Result<void> Desk::undo(const Batch& batch, const Viewer& viewer) {
  const ImportKind& kind = kind_of(batch);
  const ImportContext context = context_of(batch, viewer);
  const auto written = house_.store.read([&](db::Reader& reader) { return sql::rows(reader, house_.keys, batch.record.id); });
  const auto not_done = [] { return refuse("import.not_done", tr("Lần nhập này chưa ghi, hoặc đã được khôi phục như cũ.")); };
  if (batch.record.state != ImportState::done) return not_done();
  const auto prepared = kind.prepared_undo(context, batch.record, written);
  if (prepared)
    if (auto ready = prepared->prepare(); !ready) return ready;
  auto undone = house_.store.write([&](db::Writer& writer) -> Result<void> {
    const auto now = sql::find(writer, batch.record.id);
    if (!now || now->record.state != ImportState::done) return not_done();
    const auto summary = prepared ? prepared->carry_out(writer) : kind.undo(writer, context, now->record, written);
    if (!summary) return std::unexpected(summary.error());
    sql::mark_undone(writer, batch.record.id, viewer.user(), house_.clock.now_ms());
    house_.trail.write(writer, viewer, batch.record.body, "import", batch.record.id.value, "undo", {},
                       json::serialize(json::object{{"summary", *summary}, {"kind", batch.record.kind}, {"file", batch.record.file_name}, {"rows", written.size()}}));
    return {};
  });
  if (!undone && prepared) prepared->leave();
  return undone;
}

}  // namespace khuyenhoc::importing
