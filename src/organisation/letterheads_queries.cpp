#include "base/i18n.h"
#include "base/text.h"
#include "organisation/letterheads.h"
#include "organisation/systems.h"

namespace khuyenhoc {
namespace {

constexpr std::size_t longest_line = 120;
constexpr std::size_t longest_suffix = 20;

std::string json_of(const Letterhead& head) {
  return fmt::format(R"({{"from":"{}","superior_line":{},"issuer_line":{},"place_name":{},"numbering_suffix":{}}})", head.from.iso(), json_text(head.superior_line),
                     json_text(head.issuer_line), json_text(head.place_name), json_text(head.numbering_suffix));
}

// The usual letters of each system in the number of a paper.
std::string usual_suffix(std::string_view system) {
  if (system == "HKH") return "HKH";
  if (system == "DOAN") return "ĐTN";
  if (system == "HSV") return "HSV";
  if (system == "MTTQ") return "MTTQ";
  if (system == "GD") return "SGDĐT";
  if (system == "UBND") return "UBND";
  return "";
}

}  // namespace

constexpr std::string_view select_letterheads =
    "SELECT from_day, superior_line, issuer_line, place_name, numbering_suffix, row_version FROM body_letterhead WHERE body = $1 ORDER BY from_day";
std::vector<Letterhead> letterheads(db::Reader& reader, BodyId body) {
  return reader.all(select_letterheads, {body}, [&](const db::Row& row) {
    return Letterhead{body, row.day(0), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)), std::string(row.text(4)), row.number(5)};
  });
}

namespace {

// A paper names the association above, of which its central office is called "Trung ương".
std::string line_above(const Organisation& organisation, BodyId superior, Day day) {
  constexpr std::string_view office = "Trung ương ";
  std::string name = organisation.body(superior).on(day).name;
  if (organisation.kind(superior).level == BodyKind::Level::centre && name.starts_with(office)) name.erase(0, office.size());
  return upper_case(name);
}

}  // namespace

Letterhead letterhead(db::Reader& reader, const Organisation& organisation, BodyId id, Day day) {
  const auto set = letterheads(reader, id);
  for (auto at = set.rbegin(); at != set.rend(); ++at)
    if (at->from <= day) return *at;
  const auto& version = organisation.body(id).on(day);
  Letterhead out{id, version.from, {}, upper_case(version.name), {}, usual_suffix(organisation.kind(id).system)};
  // Đoàn's own name stands at the right of its papers already, so a provincial one has its own name only.
  const bool named_at_the_right = Systems::house().papers_of(organisation.kind(id).system) == BodySystem::Papers::youth_union;
  if (version.superior && !(named_at_the_right && organisation.kind(version.superior).level == BodyKind::Level::centre)) out.superior_line = line_above(organisation, version.superior, day);
  for (auto place = version.area; place;) {
    const auto& unit = organisation.territory().unit(place);
    if (unit.level == UnitLevel::country) {
      out.place_name = "Hà Nội";
      break;
    }
    out.place_name = unit.on(day).name;
    if (unit.level != UnitLevel::village) break;
    place = unit.on(day).parent;
  }
  return out;
}

constexpr std::string_view delete_letterhead = "DELETE FROM body_letterhead WHERE body = $1 AND from_day = $2";
constexpr std::string_view insert_letterhead =
    "INSERT INTO body_letterhead (body, from_day, superior_line, issuer_line, place_name, numbering_suffix, row_version) VALUES ($1, $2, $3, $4, $5, $6, $7)";
Result<void> set_letterhead(db::Writer& writer, const AuditSink& sink, Letterhead given) {
  for (auto* line : {&given.superior_line, &given.issuer_line, &given.place_name, &given.numbering_suffix}) *line = normalised(*line);
  if (given.issuer_line.empty()) return refuse("letterhead.issuer", tr("Cần ghi tên cơ quan ban hành."), "issuer_line");
  if (count_characters(given.issuer_line) > longest_line) return refuse("letterhead.issuer", tr("Tên cơ quan ban hành dài quá 120 chữ; xin rút gọn."), "issuer_line");
  if (count_characters(given.superior_line) > longest_line) return refuse("letterhead.issuer", tr("Tên cơ quan cấp trên dài quá 120 chữ; xin rút gọn."), "superior_line");
  if (given.place_name.empty()) return refuse("letterhead.place", tr("Cần ghi địa danh, ví dụ “Đắk Lắk”."), "place_name");
  if (given.numbering_suffix.empty() || count_characters(given.numbering_suffix) > longest_suffix)
    return refuse("letterhead.suffix", tr("Cần ghi chữ viết tắt sau số văn bản, ví dụ “HKH” trong “05/BC-HKH”."), "numbering_suffix");
  std::string before;
  std::int64_t version = 0, same_day = 0;
  for (const auto& head : letterheads(writer, given.body)) {
    if (head.from > given.from) continue;
    before = json_of(head);
    version = head.row_version;
    if (head.from == given.from) same_day = head.row_version;
  }
  if (version != given.row_version) return refuse("letterhead.stale", tr("Thể thức văn bản vừa được người khác sửa. Xin xem lại rồi ghi tiếp."));
  writer.run(delete_letterhead, {given.body, given.from});
  writer.run(insert_letterhead, {given.body, given.from, given.superior_line, given.issuer_line, given.place_name, given.numbering_suffix, same_day + 1});
  if (sink) sink(writer, ChangeNote{given.body, "letterhead", given.body.value, "set", before, json_of(given), {}, {}});
  return {};
}

}  // namespace khuyenhoc
