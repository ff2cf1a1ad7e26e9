#include "platform/jobs/jobs_queries.h"

namespace khuyenhoc::jobs {
namespace {

Job read_job(const db::Row& row) {
  Job job;
  job.id = row.id<JobId>(0);
  job.queue = row.text(1);
  job.kind = row.text(2);
  job.request = row.text(3);
  job.state = row.as<State>(4);
  job.attempts = static_cast<int>(row.number(5));
  job.percent = static_cast<int>(row.number(6));
  job.progress = row.text(7);
  job.outcome = row.text(8);
  job.asked_at_ms = row.number(9);
  job.ended_at_ms = row.maybe_number(10);
  return job;
}

constexpr std::string_view select_by_key = "SELECT id FROM job WHERE once_key = $1";
constexpr std::string_view insert_job =
    "INSERT INTO job (id, queue, kind, request, once_key, state, attempts, due_at, percent, progress, outcome, asked_at) "
    "VALUES ($1, $2, $3, $4, $5, 0, 0, $6, 0, '', '', $7)";

}  // namespace

JobId ask(db::Store& store, db::Writer& writer, const NewJob& job, std::int64_t now_ms) {
  if (job.once_key) {
    if (const auto there = writer.first_number(select_by_key, {*job.once_key})) return JobId{*there};
  }
  const JobId id = store.new_id<JobId>();
  writer.run(insert_job, {id, job.queue, job.kind, job.request, job.once_key, std::max(now_ms, job.not_before_ms), now_ms});
  writer.hint_after_commit();
  return id;
}

namespace {

constexpr std::string_view select_job =
    "SELECT id, queue, kind, request, state, attempts, percent, progress, outcome, asked_at, ended_at FROM job WHERE id = $1";

}  // namespace

std::optional<Job> find(db::Reader& reader, JobId id) { return reader.first(select_job, {id}, read_job); }

namespace {

constexpr std::string_view restart_failed =
    "UPDATE job SET state = 0, attempts = 0, due_at = $2, percent = 0, progress = '', outcome = '', ended_at = NULL WHERE id = $1 AND state = 3";

}  // namespace

Result<void> ask_again(db::Writer& writer, JobId id, std::int64_t now_ms) {
  if (writer.run(restart_failed, {id, now_ms}) == 0)
    return refuse("job.not_failed", "Chỉ làm lại được việc đã dừng vì chưa thành công. Xin mở lại trang để xem tình trạng mới nhất của việc này.");
  writer.hint_after_commit();
  return {};
}

namespace {

// waiting and due, or left behind by a worker that went silent; looked for in a plain read first, so that an idle worker writes nothing
constexpr std::string_view select_due =
    "SELECT id FROM job WHERE queue = $1 AND state IN (0, 1) AND due_at <= $2 AND (state = 0 OR lease_until < $2) ORDER BY due_at, id LIMIT 1";
constexpr std::string_view take_job =
    "UPDATE job SET state = 1, attempts = attempts + 1, lease_holder = $2, lease_until = $3, percent = 0, progress = '' WHERE id = $1";

}  // namespace

std::optional<Job> take_due(db::Store& store, std::string_view queue, const Uuid& holder, std::int64_t now_ms, int lease_ms) {
  const auto due = [&](db::Reader& reader) { return reader.first_number(select_due, {queue, now_ms}); };
  if (!store.read(due)) return std::nullopt;
  return store.write([&](db::Writer& writer) -> std::optional<Job> {
    const auto id = due(writer);   // another worker may have been quicker
    if (!id) return std::nullopt;
    writer.run(take_job, {*id, holder, now_ms + lease_ms});
    return find(writer, JobId{*id});
  });
}

namespace {

constexpr std::string_view renew_lease = "UPDATE job SET lease_until = $3, percent = $4, progress = $5 WHERE id = $1 AND state = 1 AND lease_holder = $2";
constexpr std::string_view end_job =
    "UPDATE job SET state = $3, outcome = $4, ended_at = $5, percent = CASE WHEN $3 = 2 THEN 100 ELSE percent END, lease_holder = NULL, lease_until = NULL "
    "WHERE id = $1 AND state = 1 AND lease_holder = $2";
constexpr std::string_view put_back =
    "UPDATE job SET state = 0, outcome = $3, due_at = $4, attempts = attempts - $5, lease_holder = NULL, lease_until = NULL "
    "WHERE id = $1 AND state = 1 AND lease_holder = $2";

}  // namespace

bool renew(db::Store& store, JobId id, const Uuid& holder, std::int64_t until_ms, int percent, std::string_view progress) {
  return store.write([&](db::Writer& writer) { return writer.run(renew_lease, {id, holder, until_ms, percent, progress}); }) == 1;
}

bool end(db::Store& store, JobId id, const Uuid& holder, State state, std::string_view outcome, std::int64_t now_ms) {
  return store.write([&](db::Writer& writer) {
    writer.hint_after_commit();
    return writer.run(end_job, {id, holder, state, outcome, now_ms});
  }) == 1;
}

bool try_later(db::Store& store, JobId id, const Uuid& holder, std::string_view why, std::int64_t due_ms, Counted counted) {
  return store.write([&](db::Writer& writer) { return writer.run(put_back, {id, holder, why, due_ms, counted == Counted::yes ? 0 : 1}); }) == 1;
}

}  // namespace khuyenhoc::jobs
