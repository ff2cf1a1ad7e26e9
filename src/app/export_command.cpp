#include <filesystem>
#include <sstream>

#include "app/asked.h"
#include "app/command.h"
#include "app/commands.h"
#include "app/written_file.h"
#include "boards/board_workbook.h"
#include "reporting/entry_workbook.h"

namespace khuyenhoc {
namespace {

struct ExportWords {
  CommandPlace where;
  std::string file, measures;
  AskedWords asked;
};

// Every measure that may be added up over units, in the order of the catalogue.
std::vector<MeasureIndex> usual_measures(const Catalogue& catalogue) {
  std::vector<MeasureIndex> out;
  for (std::size_t i = 0; i < catalogue.measures().size(); ++i)
    if (catalogue.measures()[i].adds_over_bodies) out.push_back(static_cast<MeasureIndex>(i));
  return out;
}

Result<std::vector<MeasureIndex>> chosen_measures(const Catalogue& catalogue, const std::string& codes) {
  if (codes.empty()) return usual_measures(catalogue);
  std::vector<MeasureIndex> out;
  std::stringstream list(codes);
  for (std::string code; std::getline(list, code, ',');) {
    const auto measure = catalogue.find(code);
    if (!measure) return refuse("command.measure", fmt::format("Không có chỉ tiêu “{}”. Xin ghi các mã cách nhau bằng dấu phẩy, như B01,B02.", code), "--measures");
    out.push_back(*measure);
  }
  return out;
}

using Content = Result<std::string> (*)(House& house, const ExportWords& words);

Result<std::string> board(House& house, const ExportWords& words) {
  const auto measures = chosen_measures(house.catalogue, words.measures);
  if (!measures) return std::unexpected(measures.error());
  const auto asked = ask(house, words.asked);
  if (!asked) return std::unexpected(asked.error());
  const Figures figures(house.ledger.view());
  const Day today = house.clock.today();
  const Question& question = asked->question;
  const auto board = make_wide_board(figures, *measures, {question, {}, today});
  if (!board) return std::unexpected(board.error());
  WorkbookHead head{fmt::format("Số liệu {}", house.periods.label(asked->period(), Language::vietnamese)), {asked->unit_name}, today};
  head.lines.push_back(question.lens == Lens::live ? fmt::format("Số tạm tính ngày {}.", today.text()) : "Số đã chốt.");
  head.lines.push_back(fmt::format("Kỳ {}.", asked->period().text()));
  head.lines.push_back(fmt::format("Xếp theo địa giới ngày {}.", question.tree.text()));
  return wide_workbook(figures, *measures, *board, head);
}

// The workbook that a commune fills in; it is sealed with the installation's key, so that only an unaltered one is read back.
Result<std::string> entry_workbook(House& house, const ExportWords& words) {
  if (!std::filesystem::exists(words.where.place.keys_file()))
    return refuse("export.keys", fmt::format("Không có tệp khóa “{}”, nên không lập được bảng nhập số liệu.", words.where.place.keys_file()));
  const auto asked = ask(house, words.asked);
  if (!asked) return std::unexpected(asked.error());
  const auto* body = std::get_if<BodyId>(&asked->question.subject);
  const auto period = house.periods.parse_name("bao_cao", words.asked.period);
  if (body == nullptr) return refuse("command.no_association", fmt::format("{} chưa có Hội Khuyến học, nên không có bảng nhập số liệu.", asked->unit_name), "--unit");
  if (!period) return refuse("command.period", fmt::format("Bảng nhập số liệu cần một kỳ báo cáo của Hội, như 2026-H1; không phải “{}”.", words.asked.period), "--period");
  const auto sheet = house.store.read([&](db::Reader& reader) { return entry_sheet(house, reader, *body, *period, house.clock.today()); });
  if (!sheet) return std::unexpected(sheet.error());
  return write_entry_workbook(house, *sheet);
}

int write_out(const ExportWords& words, Content content) {
  auto application = open_to_read(words.where);
  if (!application) return refused(application.error());
  const auto bytes = content((*application)->house(), words);
  if (!bytes) return refused(bytes.error());
  if (auto written = write_whole_file(words.file, *bytes); !written) return refused(written.error());
  say(fmt::format("Đã ghi “{}”.\n", words.file));
  return status_done;
}

void add_common(CLI::App& command, ExportWords& words) {
  add_place(command, words.where);
  command.add_option("FILE", words.file, "tệp .xlsx sẽ ghi")->required();
  command.add_option("--unit", words.asked.unit, "mã địa giới: VN, 66, 66/24490, hoi/SỐ")->required()->type_name("MÃ");
  command.add_option("--period", words.asked.period, "kỳ: 2026-H1, 2026…")->required()->type_name("KỲ");
}

}  // namespace

void add_export_command(CLI::App& program, int& status) {
  auto words = std::make_shared<ExportWords>();
  auto* command = program.add_subcommand("export", "xuất ra tệp Excel");
  command->require_subcommand(1);

  auto* figures = command->add_subcommand("figures", "bảng nhập số liệu của một Hội, để điền rồi nhập lại bằng “import figures”");
  add_common(*figures, *words);
  figures->callback([words, &status] { status = write_out(*words, entry_workbook); });

  auto* table = command->add_subcommand("board", "bảng số liệu của một đơn vị, chia theo đơn vị trực thuộc");
  add_common(*table, *words);
  table->add_option("--territory", words->asked.territory, "theo địa giới của ngày này")->type_name("NGÀY");
  table->add_option("--measures", words->measures, "các mã chỉ tiêu, cách nhau bằng dấu phẩy; để trống là tất cả")->type_name("MÃ,MÃ");
  table->callback([words, &status] { status = write_out(*words, board); });
}

}  // namespace khuyenhoc
