#include "app/office_work.h"

#include <array>
#include <filesystem>

#include "app/local_server.h"
#include "platform/log/log.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

struct NamedWork {
  std::string_view name;
  OfficeWork work;
};

constexpr std::array works{
    NamedWork{"user.add", add_user},
    NamedWork{"user.reset", reset_user},
    NamedWork{"import.territory", import_territory},
    NamedWork{"import.figures", import_figures},
    NamedWork{"import.to-chuc", import_body_list},
};

Result<json::object> perform(House& house, std::string_view name, const json::object& request) {
  for (const NamedWork& one : works)
    if (one.name == name) return one.work(house, request);
  return refuse("work.unknown", fmt::format("Máy chủ đang chạy chưa biết làm việc “{}”. Có thể máy chủ là bản cũ hơn lệnh này; xin khởi động lại máy chủ.", name));
}

json::object wire(const Result<json::object>& outcome) {
  if (outcome) return {{"done", *outcome}};
  const Refusal& refusal = outcome.error();
  return {{"refused", json::object{{"code", refusal.code}, {"message", refusal.message}, {"place", refusal.place}}}};
}

Result<json::object> unwired(const std::string& line) {
  boost::system::error_code broken;
  const json::value value = json::parse(line, broken);
  if (!broken && value.is_object()) {
    const json::object& answer = value.as_object();
    if (const auto* done = answer.if_contains("done"); done != nullptr && done->is_object()) return done->as_object();
    if (const auto* refusal = answer.if_contains("refused"); refusal != nullptr && refusal->is_object())
      return refuse(text_in(refusal->as_object(), "code"), text_in(refusal->as_object(), "message"), text_in(refusal->as_object(), "place"));
  }
  return refuse("local.answer", "Không đọc được câu trả lời của máy chủ đang chạy. Có thể máy chủ và lệnh này là hai bản khác nhau.");
}

}  // namespace

std::string text_in(const json::object& request, std::string_view key) {
  const auto* found = request.if_contains(key);
  return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
}

std::string answer_office_work(House& house, std::string_view line) {
  boost::system::error_code broken;
  const json::value value = json::parse(json::string_view(line.data(), line.size()), broken);
  Result<json::object> outcome = refuse("work.form", "Không đọc được yêu cầu của dòng lệnh.");
  if (!broken && value.is_object())
    if (const auto* request = value.as_object().if_contains("request"); request != nullptr && request->is_object()) {
      const std::string name = text_in(value.as_object(), "work");
      try {
        outcome = perform(house, name, request->as_object());
      } catch (const std::exception& failure) {
        log::error("{} failed: {}", name, failure.what());
        outcome = refuse("work.failed", "Việc này chưa làm được vì kho dữ liệu gặp trục trặc; chưa có gì được ghi. Xin xem nhật ký của máy chủ.");
      }
    }
  return json::serialize(wire(outcome));
}

Result<json::object> have_done(const CommandPlace& where, std::string_view work, const json::object& request) {
  if (where.place.database.empty()) {
    if (!std::filesystem::exists(where.place.store_file()))
      return refuse("data.none", fmt::format("Chưa có dữ liệu ở “{}”. Xin chạy “khuyenhoc serve” hoặc “khuyenhoc generate” trước.", where.place.data_directory));
    const auto answer = ask_local_server(where.place.socket_file(), json::serialize(json::object{{"work", work}, {"request", request}}));
    if (!answer) return std::unexpected(answer.error());
    if (*answer) return unwired(**answer);
  }
  auto clock = clock_of(where.today);
  if (!clock) return std::unexpected(clock.error());
  auto application = Application::open(where.place, Application::Use::serving, std::move(*clock));
  if (!application) return std::unexpected(application.error());
  (*application)->start_background();
  return perform((*application)->house(), work, request);
}

}  // namespace khuyenhoc
