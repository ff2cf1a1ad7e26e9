#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "platform/db/idempotency.h"
#include "platform/db/test_stores.h"

namespace khuyenhoc::db {
namespace {

class AnsweredRequest : public OnBothStores {};
ON_BOTH_STORES(AnsweredRequest);

TEST_P(AnsweredRequest, The_same_form_twice_is_done_once_and_answered_alike) {
  std::atomic<int> runs{0};
  const RequestKey form{"7:0192f0", "POST /statements hoi-vien=120"};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      const auto answer = answer_once(store(), form, 1'000, [&](Writer& writer) -> Result<std::string> {
        writer.after_commit([&] { ++runs; });
        return "Đã lưu 120 hội viên.";
      });
      EXPECT_EQ(answer, "Đã lưu 120 hội viên.");
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(runs, 1);
}

TEST_P(AnsweredRequest, The_same_key_with_other_words_is_refused) {
  const auto body = [](Writer&) -> Result<std::string> { return "xong"; };
  ASSERT_TRUE(answer_once(store(), {"k", "hoi-vien=120"}, 1'000, body));
  const auto refused = answer_once(store(), {"k", "hoi-vien=121"}, 1'000, body);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "request.key_reused");
  EXPECT_TRUE(answer_once(store(), {"other", "hoi-vien=121"}, 1'000, body));
}

TEST_P(AnsweredRequest, A_refused_form_may_be_mended_and_sent_again) {
  const auto refused = answer_once(store(), {"k", "hoi-vien=-1"}, 1'000, [](Writer&) -> Result<std::string> { return refuse("negative", "Số hội viên không thể âm."); });
  EXPECT_EQ(refused.error().code, "negative");
  EXPECT_EQ(answer_once(store(), {"k", "hoi-vien=1"}, 1'000, [](Writer&) -> Result<std::string> { return "xong"; }), "xong");
}

TEST_P(AnsweredRequest, Old_answers_are_forgotten) {
  const auto body = [](Writer&) -> Result<std::string> { return "xong"; };
  ASSERT_TRUE(answer_once(store(), {"old", "a"}, 1'000, body));
  ASSERT_TRUE(answer_once(store(), {"new", "a"}, 2'000, body));
  EXPECT_EQ(store().write([](Writer& writer) { return forget_answers(writer, 1'500); }), 1);
  store().read([](Reader& reader) {
    EXPECT_EQ(answered_before(reader, {"old", "a"}).value(), std::nullopt);
    EXPECT_EQ(answered_before(reader, {"new", "a"}).value(), "xong");
  });
}

}  // namespace
}  // namespace khuyenhoc::db
