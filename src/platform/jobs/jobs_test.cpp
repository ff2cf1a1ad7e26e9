#include <atomic>

#include <gmock/gmock.h>

#include "platform/db/test_stores.h"
#include "platform/jobs/jobs.h"

namespace khuyenhoc::jobs {
namespace {

using testing::HasSubstr;

class Jobs : public db::OnBothStores {
 protected:
  JobId asked(const NewJob& job) {
    return store().write([&](db::Writer& writer) { return ask(store(), writer, job, now_ms_); });
  }
  Job job(JobId id) {
    return store().read([&](db::Reader& reader) { return find(reader, id).value(); });
  }
  Worker worker(Worker::Options options = {}) { return Worker(store(), Clock{[this] { return now_ms_.load(); }}, std::move(options)); }

  std::atomic<std::int64_t> now_ms_{1'000'000};
};
ON_BOTH_STORES(Jobs);

Result<std::string> done(const Job&, Progress&) { return "Đã xong."; }

TEST_P(Jobs, A_job_is_asked_for_with_its_cause_or_not_at_all) {
  JobId id;
  EXPECT_FALSE(store().write([&](db::Writer& writer) -> Result<void> {
    id = ask(store(), writer, {.kind = "mail", .request = "{}"}, 1);
    return refuse("no", "Không.");
  }));
  store().read([&](db::Reader& reader) { EXPECT_EQ(find(reader, id), std::nullopt); });
}

TEST_P(Jobs, A_worker_does_what_waits_in_its_queue_and_keeps_the_outcome) {
  const JobId first = asked({.kind = "mail", .request = "thư 1"});
  const JobId second = asked({.kind = "mail", .request = "thư 2"});
  const JobId elsewhere = asked({.queue = "nhập liệu", .kind = "mail"});
  std::vector<std::string> sent;
  Worker one = worker();
  one.handle("mail", [&](const Job& job, Progress&) -> Result<std::string> {
    sent.push_back(job.request);
    return "Đã gửi " + job.request;
  });
  while (one.run_one()) {
  }
  EXPECT_THAT(sent, testing::ElementsAre("thư 1", "thư 2"));
  EXPECT_EQ(job(first).state, State::done);
  EXPECT_EQ(job(second).outcome, "Đã gửi thư 2");
  EXPECT_EQ(job(second).percent, 100);
  EXPECT_EQ(job(elsewhere).state, State::waiting);
}

TEST_P(Jobs, Asked_twice_under_one_key_it_is_one_job) {
  const JobId first = asked({.kind = "mail", .once_key = "report 7"});
  EXPECT_EQ(asked({.kind = "mail", .once_key = "report 7"}), first);
  Worker one = worker();
  one.handle("mail", done);
  EXPECT_TRUE(one.run_one());
  EXPECT_EQ(asked({.kind = "mail", .once_key = "report 7"}), first) << "even when it is done";
  EXPECT_FALSE(one.run_one());
}

TEST_P(Jobs, What_fails_for_the_moment_is_tried_again_with_growing_pauses_and_given_up_in_the_end) {
  const JobId id = asked({.kind = "mail"});
  int attempts = 0;
  Worker one = worker({.largest_attempts = 3, .first_pause_ms = 1'000});
  one.handle("mail", [&](const Job&, Progress&) -> Result<std::string> {
    ++attempts;
    throw std::runtime_error("máy chủ thư không trả lời");
  });
  EXPECT_TRUE(one.run_one());
  EXPECT_EQ(job(id).state, State::waiting);
  EXPECT_THAT(job(id).outcome, HasSubstr("không trả lời"));
  now_ms_ += 999;
  EXPECT_FALSE(one.run_one());
  now_ms_ += 1;
  EXPECT_TRUE(one.run_one());
  now_ms_ += 1'999;
  EXPECT_FALSE(one.run_one());
  now_ms_ += 1;
  EXPECT_TRUE(one.run_one());
  EXPECT_EQ(job(id).state, State::failed);
  EXPECT_THAT(job(id).outcome, HasSubstr("Đã thử 3 lần"));
  now_ms_ += 1'000'000'000;
  EXPECT_FALSE(one.run_one());
  EXPECT_EQ(attempts, 3);
  ASSERT_TRUE(store().write([&](db::Writer& writer) { return ask_again(writer, id, now_ms_); }));
  EXPECT_FALSE(store().write([&](db::Writer& writer) { return ask_again(writer, id, now_ms_); }));
  EXPECT_TRUE(one.run_one());
}

TEST_P(Jobs, A_refusal_is_final_and_says_what_to_mend) {
  const JobId id = asked({.kind = "import"});
  Worker one = worker();
  one.handle("import", [](const Job&, Progress&) -> Result<std::string> { return refuse("cell", "Ô C7 chưa phải là số."); });
  EXPECT_TRUE(one.run_one());
  EXPECT_EQ(job(id).state, State::failed);
  EXPECT_EQ(job(id).outcome, "Ô C7 chưa phải là số.");
  EXPECT_EQ(job(id).ended_at_ms, now_ms_);
  const JobId unknown = asked({.kind = "không ai biết"});
  EXPECT_TRUE(one.run_one());
  EXPECT_EQ(job(unknown).state, State::failed);
}

TEST_P(Jobs, A_dead_worker_loses_its_lease_and_another_takes_the_job_over) {
  const JobId id = asked({.kind = "import"});
  std::atomic<int> runs{0};
  bool first_was_told_to_stop = false;
  Worker second = worker({.lease_ms = 60'000});
  second.handle("import", [&](const Job&, Progress&) -> Result<std::string> {
    ++runs;
    return "của người thứ hai";
  });
  Worker first = worker({.lease_ms = 30});
  first.handle("import", [&](const Job&, Progress& progress) -> Result<std::string> {
    ++runs;
    EXPECT_FALSE(second.run_one()) << "while the lease holds, nobody else has the job";
    // the clock jumps past every lease, as it does for a worker that was asleep; the other is quicker to notice
    now_ms_ += 1'000'000;
    while (!second.run_one()) now_ms_ += 1'000'000;
    for (int i = 0; i < 1'000 && !progress.should_stop(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    first_was_told_to_stop = progress.should_stop();
    return "của người thứ nhất";
  });
  EXPECT_TRUE(first.run_one());
  EXPECT_EQ(runs, 2);
  EXPECT_TRUE(first_was_told_to_stop);
  EXPECT_EQ(job(id).outcome, "của người thứ hai");
  EXPECT_EQ(job(id).state, State::done);
}

TEST_P(Jobs, A_long_job_keeps_its_lease_and_shows_its_progress) {
  const JobId id = asked({.kind = "import"});
  Worker one = worker({.lease_ms = 60'000});
  Job seen;
  one.handle("import", [&](const Job&, Progress& progress) -> Result<std::string> {
    progress.report(250, "Đã đọc 12.000 trong 40.000 dòng");
    for (int i = 0; i < 1'000 && seen.progress.empty(); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      seen = job(id);
    }
    return "xong";
  });
  EXPECT_TRUE(one.run_one());
  EXPECT_EQ(seen.progress, "Đã đọc 12.000 trong 40.000 dòng");
  EXPECT_EQ(seen.percent, 100) << "kept between 0 and 100";
  EXPECT_EQ(seen.state, State::running);
}

TEST_P(Jobs, Two_workers_share_the_work_and_stop_when_told) {
  constexpr int many = 30;
  std::atomic<int> runs{0};
  const auto count = [&](const Job&, Progress&) -> Result<std::string> {
    ++runs;
    return "xong";
  };
  Worker first = worker({.poll_ms = 50});
  Worker second = worker({.poll_ms = 50});
  first.handle("mail", count);
  second.handle("mail", count);
  first.start();
  second.start();
  for (int i = 0; i < many; ++i) asked({.kind = "mail"});
  for (int i = 0; i < 2'000 && runs < many; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  first.stop();
  second.stop();
  EXPECT_EQ(runs, many);
  const JobId later = asked({.kind = "mail"});
  EXPECT_EQ(job(later).state, State::waiting);
}

TEST_P(Jobs, A_job_that_is_interrupted_by_the_end_of_the_program_waits_for_the_next_start) {
  const JobId id = asked({.kind = "import"});
  std::atomic<bool> running{false};
  Worker one = worker();
  one.handle("import", [&](const Job&, Progress& progress) -> Result<std::string> {
    running = true;
    while (!progress.should_stop()) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    return refuse("stopped", "Đang làm dở.");
  });
  one.start();
  while (!running) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  one.stop();
  EXPECT_EQ(job(id).state, State::waiting);
  EXPECT_EQ(job(id).attempts, 0);
}

}  // namespace
}  // namespace khuyenhoc::jobs
