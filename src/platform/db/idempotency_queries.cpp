#include "base/i18n.h"
#include "platform/db/digest.h"
#include "platform/db/idempotency.h"

namespace khuyenhoc::db {
namespace {

Value digest_value(std::string_view asked) {
  const Digest digest = digest_of(asked);
  return Value(Blob(digest.begin(), digest.end()));
}

constexpr std::string_view select_answer = "SELECT answer, CASE WHEN asked = $2 THEN 1 ELSE 0 END FROM answered_request WHERE request_key = $1";

}  // namespace

Result<std::optional<std::string>> answered_before(Reader& reader, const RequestKey& request) {
  std::optional<std::string> answer;
  bool same = true;
  reader.each(select_answer, {request.key, digest_value(request.asked)}, [&](const Row& row) {
    answer = row.text(0);
    same = row.flag(1);
  });
  if (!same)
    return refuse("request.key_reused", tr("Biểu mẫu này đã được gửi trước đó với nội dung khác. Xin mở lại trang để xem số liệu đã lưu, rồi sửa và gửi lại nếu cần."));
  return answer;
}

namespace {

constexpr std::string_view insert_answer = "INSERT INTO answered_request (request_key, asked, answer, answered_at) VALUES ($1, $2, $3, $4)";

}  // namespace

void keep_answer(Writer& writer, const RequestKey& request, std::string_view answer, std::int64_t now_ms) {
  writer.run(insert_answer, {request.key, digest_value(request.asked), answer, now_ms});
}

Result<std::string> answer_once(Store& store, const RequestKey& request, std::int64_t now_ms, const std::function<Result<std::string>(Writer&)>& body) {
  return store.write([&](Writer& writer) -> Result<std::string> {
    auto before = answered_before(writer, request);
    if (!before) return std::unexpected(before.error());
    if (*before) return **before;
    auto answer = body(writer);
    if (answer) keep_answer(writer, request, *answer, now_ms);
    return answer;
  });
}

namespace {

constexpr std::string_view delete_answers = "DELETE FROM answered_request WHERE answered_at < $1";

}  // namespace

std::int64_t forget_answers(Writer& writer, std::int64_t before_ms) { return writer.run(delete_answers, {before_ms}); }

}  // namespace khuyenhoc::db
