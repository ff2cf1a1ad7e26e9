// A commune's filled entry workbook, read back from the command line: all of it or nothing.
#include "app/office_work.h"
#include "base/number.h"
#include "platform/spreadsheet/workbook.h"
#include "reporting/entry_workbook.h"
#include "reporting/workbook_layout.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

struct Addressee {
  BodyId body;
  NamedPeriod period;
};

// Whose figures of which period a workbook carries stands on its hidden sheet; whether that is true is judged when it is planned.
Result<Addressee> addressee_of(const House& house, std::string_view bytes) {
  using namespace workbook_layout;
  const auto book = spreadsheet::read_workbook(spreadsheet::bytes_of(bytes));
  if (!book) return std::unexpected(book.error());
  const auto not_ours = refuse("workbook.not_ours", "Tệp này không phải bảng nhập số liệu do chương trình lập. Xin lấy tệp bằng lệnh “khuyenhoc export figures”, chép số liệu vào rồi nhập lại.");
  const spreadsheet::Sheet* sheet = book->find(hidden_sheet);
  if (sheet == nullptr || spreadsheet::text_value(sheet->at(kind_row, 1)) != kind) return not_ours;
  const auto body = parse_whole_number(spreadsheet::text_value(sheet->at(body_row, 1)));
  const auto period = house.periods.parse_name("bao_cao", spreadsheet::text_value(sheet->at(period_row, 1)));
  if (!body || !period || house.organisation.current()->find(BodyId{*body}) == nullptr) return not_ours;
  return Addressee{BodyId{*body}, *period};
}

// The program itself at the association's desk: it may write there what the association may, and the trail says that it was the program.
Viewer program_at(const House& house, BodyId body) {
  ViewerData data;
  data.name = "Chương trình";
  data.acting_for = body;
  data.units = {{body, {}}};
  data.grants = {{Permission::enter_figures, Grant::Reach::subtree, {body}}, {Permission::see_figures, Grant::Reach::subtree, {body}}};
  data.today = house.clock.today();
  return {std::move(data), house.organisation.current()};
}

std::string problem_line(const WorkbookProblem& problem) {
  return (problem.address.empty() ? std::string() : "ô " + problem.address + ", ") + problem.where + ": " + problem.message;
}

Result<void> without_problems(const WorkbookPlan& plan) {
  if (plan.problems.empty()) return {};
  const std::size_t count = plan.problems.size() + plan.problems_not_shown;
  return refuse("workbook.problems", fmt::format("Tệp có {} chỗ cần sửa nên chưa ghi gì; chỗ đầu tiên, {}", count, problem_line(plan.problems.front())), plan.problems.front().address);
}

json::object answer_of(const House& house, const Addressee& to, const WorkbookPlan& plan) {
  json::array changes, problems;
  const std::string name = house.organisation.current()->body(to.body).on(house.clock.today()).name;
  std::string text = fmt::format("{}, {}: {} số thay đổi.\n", name, house.periods.label(to.period, Language::vietnamese), number_text(static_cast<std::int64_t>(plan.changes.size())));
  for (const WorkbookChange& one : plan.changes) {
    changes.push_back(json::object{{"body", one.body.value}, {"name", one.name}, {"column", one.column}, {"before", one.before}, {"after", one.after}});
    text += fmt::format("  {}, {}: {} thành {}\n", one.name, one.column, one.before, one.after);
  }
  for (const WorkbookProblem& one : plan.problems) {
    problems.push_back(json::object{{"cell", one.address}, {"where", one.where}, {"message", one.message}});
    text += "  Cần sửa: " + problem_line(one) + "\n";
  }
  return {{"unit", to.body.value}, {"period", to.period.name()}, {"changes", std::move(changes)}, {"problems", std::move(problems)}, {"text", text}};
}

}  // namespace

Result<json::object> import_figures(House& house, const json::object& request) {
  const auto bytes = crypto::from_base64url(text_in(request, "workbook"));
  if (!bytes) return refuse("work.form", "Không đọc được yêu cầu của dòng lệnh.");
  const std::string_view content(reinterpret_cast<const char*>(bytes->data()), bytes->size());
  const auto to = addressee_of(house, content);
  if (!to) return std::unexpected(to.error());
  const Viewer viewer = program_at(house, to->body);
  const auto sheet = house.store.read([&](db::Reader& reader) { return entry_sheet(house, reader, to->body, to->period, house.clock.today()); });
  if (!sheet) return std::unexpected(sheet.error());
  const auto plan = plan_entry_workbook(house, viewer, *sheet, content);
  if (!plan) return std::unexpected(plan.error());
  json::object answer = answer_of(house, *to, *plan);
  if (text_in(request, "dry_run") == "yes") return answer;
  if (auto good = without_problems(*plan); !good) return std::unexpected(good.error());
  const std::int64_t upload = house.store.new_id();
  const auto written = house.store.write([&](db::Writer& writer) -> Result<std::size_t> {
    return carry_out(house, viewer, writer, *sheet, *plan, plan->digest, upload, text_in(request, "file_name"));
  });
  if (!written) return std::unexpected(written.error());
  return answer;
}

}  // namespace khuyenhoc
