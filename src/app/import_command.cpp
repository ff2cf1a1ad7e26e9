#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/command.h"
#include "app/commands.h"
#include "app/office_work.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

enum class DryRun { no, yes };

struct ImportWords {
  CommandPlace where;
  std::string file, old_units, unit;
  std::string day = "2025-07-01", title = "Sắp xếp đơn vị hành chính", legal_basis = "Nghị quyết 202/2025/QH15";
  DryRun dry_run = DryRun::no;
  Output output = Output::text;
};

constexpr std::size_t largest_file = 32U << 20;

Result<std::string> content_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary | std::ios::ate);
  if (!in) return refuse("import.file", fmt::format("Không đọc được tệp “{}”. Xin xem lại đường dẫn và quyền đọc.", file), "FILE");
  if (in.tellg() > static_cast<std::streamoff>(largest_file)) return refuse("import.too_large", fmt::format("Tệp “{}” lớn quá {} MB.", file, largest_file >> 20), "FILE");
  in.seekg(0);
  std::stringstream content;
  content << in.rdbuf();
  return content.str();
}

int done(const Result<json::object>& outcome, const ImportWords& words) {
  if (!outcome) return refused(outcome.error());
  json::object shown = *outcome;
  const std::string text = text_in(shown, "text");
  shown.erase("text");
  shown["dry_run"] = words.dry_run == DryRun::yes;
  if (words.output == Output::json) say(json::serialize(shown) + "\n");
  else say(text + (words.dry_run == DryRun::yes ? "Mới thử, chưa ghi gì.\n" : ""));
  // a trial tells all that is wrong, and still ends as what it tried would have
  const auto* problems = shown.if_contains("problems");
  if (problems != nullptr && !problems->as_array().empty()) return refused(fmt::format("Tệp có {} chỗ cần sửa.", problems->as_array().size()));
  return status_done;
}

std::string_view yes_or_no(DryRun dry_run) { return dry_run == DryRun::yes ? "yes" : "no"; }

int import_territory_files(const ImportWords& words) {
  const auto changes = content_of(words.file);
  if (!changes) return refused(changes.error());
  Result<std::string> old_units = std::string();
  if (!words.old_units.empty()) old_units = content_of(words.old_units);
  if (!old_units) return refused(old_units.error());
  return done(have_done(words.where, "import.territory",
                        {{"changes", *changes}, {"old_units", *old_units}, {"day", words.day}, {"title", words.title}, {"legal_basis", words.legal_basis},
                         {"dry_run", yes_or_no(words.dry_run)}}),
              words);
}

// A workbook is bytes, not text: it travels in letters.
int import_workbook(const ImportWords& words) {
  const auto workbook = content_of(words.file);
  if (!workbook) return refused(workbook.error());
  return done(have_done(words.where, "import.figures", {{"workbook", crypto::base64url(crypto::bytes_of(*workbook))}, {"file_name", std::filesystem::path(words.file).filename().string()},
                                                           {"dry_run", yes_or_no(words.dry_run)}}), words);
}

int import_body_list_file(const ImportWords& words) {
  const auto workbook = content_of(words.file);
  if (!workbook) return refused(workbook.error());
  return done(have_done(words.where, "import.to-chuc", {{"workbook", crypto::base64url(crypto::bytes_of(*workbook))}, {"file_name", std::filesystem::path(words.file).filename().string()},
                                                        {"unit", words.unit}, {"dry_run", yes_or_no(words.dry_run)}}), words);
}

void add_common(CLI::App& command, ImportWords& words, const char* file_help) {
  add_place(command, words.where);
  command.add_option("FILE", words.file, file_help)->required();
  command.add_flag_callback("--dry-run", [&words] { words.dry_run = DryRun::yes; }, "chỉ thử và kể lại, không ghi gì");
  add_json(command, words.output);
}

}  // namespace

void add_import_command(CLI::App& program, int& status) {
  auto words = std::make_shared<ImportWords>();
  auto* command = program.add_subcommand("import", "nhập từ tệp");
  command->require_subcommand(1);

  auto* figures = command->add_subcommand("figures", "sổ nhập số liệu của một xã (tệp Excel do chương trình lập, đã điền)");
  add_common(*figures, *words, "tệp .xlsx");
  figures->callback([words, &status] { status = import_workbook(*words); });

  auto* bodies = command->add_subcommand("to-chuc", "danh sách tổ chức trực thuộc (tệp Excel hoặc CSV): ghi các dòng hợp lệ, kể lại các dòng chưa nhập được");
  add_common(*bodies, *words, "tệp .xlsx hoặc .csv");
  bodies->add_option("--unit", words->unit, "đơn vị của danh sách, ví dụ 66 hoặc 66/24490")->type_name("MÃ")->required();
  bodies->callback([words, &status] { status = import_body_list_file(*words); });

  auto* territory = command->add_subcommand("territory", "quan hệ trước và sau của các xã, kể cả xã được chia cho nhiều xã mới");
  add_common(*territory, *words, "tệp .csv với các cột old_province, old_district, old_ward, new_province, new_ward, split");
  territory->add_option("--old-units", words->old_units, "tệp .csv danh mục cũ với các cột level, code, full_name, parent_code")->type_name("TỆP");
  territory->add_option("--day", words->day, "ngày có hiệu lực")->type_name("NGÀY")->capture_default_str();
  territory->add_option("--title", words->title, "tên việc sắp xếp")->type_name("TÊN")->capture_default_str();
  territory->add_option("--legal-basis", words->legal_basis, "căn cứ")->type_name("VĂN_BẢN")->capture_default_str();
  territory->callback([words, &status] { status = import_territory_files(*words); });
}

}  // namespace khuyenhoc
