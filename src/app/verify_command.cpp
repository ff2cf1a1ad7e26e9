#include <filesystem>

#include <boost/json.hpp>

#include "app/command.h"
#include "app/commands.h"
#include "app/verification.h"
#include "base/number.h"

namespace khuyenhoc {
namespace {

namespace json = boost::json;

struct Verdicts {
  AuditVerdict trail;
  CubeVerdict cube;
  StatementVerdict statements;
  FileVerdict files;
  std::vector<std::string> wrong() const {
    std::vector<std::string> all;
    if (trail.first_bad) all.push_back(fmt::format("nhật ký thay đổi không khớp niêm phong từ dòng {}", number_text(*trail.first_bad)));
    for (const auto* one : {&cube.wrong, &statements.wrong, &files.wrong}) all.insert(all.end(), one->begin(), one->end());
    return all;
  }
};

std::string as_json(const Verdicts& found, const std::vector<std::string>& wrong) {
  json::array sentences(wrong.begin(), wrong.end());
  return json::serialize(json::object{
             {"good", wrong.empty()},
             {"trail", json::object{{"entries", found.trail.entries}, {"sealed", found.trail.sealed}, {"unsealed", found.trail.unsealed}, {"seals", found.trail.seals}, {"head", found.trail.head_hex}}},
             {"cube", json::object{{"facts", found.cube.facts}, {"series", found.cube.series}, {"trees", found.cube.trees}, {"figures", found.cube.figures}}},
             {"statements", json::object{{"in_force", found.statements.in_force}, {"looked_at", found.statements.looked_at}, {"conflicts", found.statements.conflicts}}},
             {"files", json::object{{"files", found.files.files}, {"bytes", found.files.bytes}}},
             {"wrong", std::move(sentences)}}) + "\n";
}

std::string as_text(const Verdicts& found) {
  return fmt::format(
      "Nhật ký thay đổi: {} dòng, {} dòng đã niêm phong trong {} lần, {} dòng chưa niêm phong{}. Chuỗi niêm phong và chữ ký chứng tỏ các dòng đã niêm phong không bị sửa, bớt hay chen thêm.\n"
      "  Đầu chuỗi: {}\n"
      "Số liệu: cộng lại thẳng {} dòng sổ của {} chỉ tiêu theo {} cây đơn vị và địa giới, {} con số đều khớp; tổng chung ở hai địa giới bằng nhau.\n"
      "Số đã ghi: {} số đang có hiệu lực, xem {} số rải đều, khớp với số của đơn vị; {} số nhỏ hơn tổng của cấp dưới (chương trình đang hiện để đơn vị xem lại); đơn vị nào đã báo cáo kỳ nào đều khớp.\n"
      "Tệp đính kèm: {} tệp, nguyên vẹn.\n",
      number_text(found.trail.entries), number_text(found.trail.sealed), number_text(found.trail.seals), number_text(found.trail.unsealed),
      found.trail.unsealed > 0 ? " (vừa ghi; được niêm phong trong khoảng một giây khi máy chủ chạy)" : "", found.trail.head_hex.empty() ? "chưa có" : found.trail.head_hex,
      number_text(found.cube.facts), number_text(found.cube.series), number_text(found.cube.trees), number_text(found.cube.figures), number_text(found.statements.in_force),
      number_text(found.statements.looked_at), number_text(found.statements.conflicts), number_text(found.files.files));
}

int verify(const CommandPlace& where, Output output) {
  if (!std::filesystem::exists(where.place.keys_file()))
    return refused(fmt::format("Không có tệp khóa “{}”, nên không kiểm được niêm phong của nhật ký. Xin chép tệp khóa vào rồi chạy lại.", where.place.keys_file()));
  auto application = open_to_read(where);
  if (!application) return refused(application.error());
  House& house = (*application)->house();
  Verdicts found;
  found.trail = house.store.read([&](db::Reader& reader) { return house.trail.verify(reader); });
  found.cube = verify_cube(house);
  found.statements = verify_statements(house);
  found.files = verify_files(house);
  const auto wrong = found.wrong();
  if (output == Output::json) say(as_json(found, wrong));
  if (!wrong.empty()) return refused("Có chỗ không khớp: " + wrong.front() + (wrong.size() > 1 ? fmt::format(" (và {} chỗ khác; dùng --json để xem)", wrong.size() - 1) : "") + ".");
  if (output == Output::text) say(as_text(found));
  return status_done;
}

}  // namespace

void add_verify_command(CLI::App& program, int& status) {
  auto where = std::make_shared<CommandPlace>();
  auto output = std::make_shared<Output>(Output::text);
  auto* command = program.add_subcommand("verify", "kiểm tra: nhật ký, số liệu, số đã ghi, tệp đính kèm; nói rõ điều được chứng tỏ");
  add_place(*command, *where);
  add_json(*command, *output);
  command->callback([where, output, &status] { status = verify(*where, *output); });
}

}  // namespace khuyenhoc
