#include <filesystem>
#include <map>

#include "app/asked.h"
#include "app/command.h"
#include "app/commands.h"
#include "app/written_file.h"
#include "reports/reports.h"

namespace khuyenhoc {
namespace {

struct ReportWords {
  CommandPlace where;
  std::string form, unit, period, territory, file;
  Lens lens = Lens::live;
};

Result<ReportOrder> order_of(const House& house, const ReportWords& words) {
  static const std::map<std::string, std::vector<std::string>> windows{{"half-year", {"H1", "H2"}}, {"nine-months", {"9M"}}, {"year", {"Y"}}};
  const auto named = house.periods.parse_name("bao_cao", words.period);
  const auto& fitting = windows.at(words.form);
  if (!named || std::ranges::find(fitting, named->window) == fitting.end())
    return refuse("command.period", fmt::format("Kỳ “{}” không phải kỳ của báo cáo này. Xin ghi như {}.", words.period,
                                                words.form == "half-year" ? "2026-H1 hoặc 2026-H2" : words.form == "year" ? "2026" : "2026-9M"), "--period");
  AskedWords unit{words.unit, words.period, words.territory, words.lens};
  if (unit.territory.empty() && words.unit.find('@') == std::string::npos) unit.territory = report_tree(*named, house.clock.today()).iso();
  const auto asked = ask(house, unit);
  if (!asked) return std::unexpected(asked.error());
  const auto* body = std::get_if<BodyId>(&asked->question.subject);
  if (body == nullptr)
    return refuse("command.no_association", fmt::format("{} chưa có Hội Khuyến học, nên không có báo cáo. Xin xem số liệu của địa bàn bằng lệnh figure.", asked->unit_name), "--unit");
  return ReportOrder{*body, *named, asked->question.tree, words.lens};
}

Result<std::string> rendered(const document::Document& document, const std::string& ending) {
  if (ending == ".docx") return document::to_docx(document);
  if (ending == ".pdf") return document::to_pdf(document);
  if (ending == ".html") return document::to_html_page(document, {});
  if (ending == ".xlsx") return document::to_xlsx(document);
  return refuse("report.ending", "Xin đặt tên tệp kết thúc bằng .docx, .pdf, .html hoặc .xlsx.", "--out");
}

int report(const ReportWords& words) {
  auto application = open_to_read(words.where);
  if (!application) return refused(application.error());
  House& house = (*application)->house();
  const auto order = order_of(house, words);
  if (!order) return refused(order.error());
  const auto made = report_document(house, *order);
  if (!made) return refused(made.error());
  const auto content = rendered(*made, std::filesystem::path(words.file).extension().string());
  if (!content) return refused(content.error());
  if (auto written = write_whole_file(words.file, *content); !written) return refused(written.error());
  say(fmt::format("Đã lập “{}” vào {}\n", report_file_name(house, *order), words.file));
  return status_done;
}

}  // namespace

void add_report_command(CLI::App& program, int& status) {
  auto words = std::make_shared<ReportWords>();
  auto* command = program.add_subcommand("report", "lập báo cáo của một Hội từ số liệu hiện có");
  add_place(*command, words->where);
  command->add_option("FORM", words->form, "half-year (6 tháng), nine-months (9 tháng), year (năm)")->required()->check(one_of({"half-year", "nine-months", "year"}))->type_name("half-year|nine-months|year");
  command->add_option("--unit", words->unit, "mã địa giới: VN, 66, 66/24490")->required()->type_name("MÃ");
  command->add_option("--period", words->period, "kỳ: 2026-H1, 2026-9M, 2026")->required()->type_name("KỲ");
  command->add_option("--territory", words->territory, "theo địa giới của ngày này; để trống là ngày cuối kỳ")->type_name("NGÀY");
  add_choice(*command, "--lens", words->lens, {{"live", Lens::live}, {"official", Lens::official}}, "live: số tạm tính; official: số đã chốt");
  command->add_option("--out", words->file, "tệp sẽ ghi: .docx, .pdf, .html hoặc .xlsx")->required()->type_name("TỆP");
  command->callback([words, &status] { status = report(*words); });
}

}  // namespace khuyenhoc
