#include <algorithm>

#include "base/i18n.h"
#include "measures/targets.h"
#include "organisation/letterheads.h"
#include "organisation/signing.h"
#include "targets/targets.h"

namespace khuyenhoc {
namespace {

using namespace document;

std::string dated(const std::string& place, std::optional<Day> day, int year) {
  return day ? fmt::format("{}, ngày {} tháng {} năm {}", place, day->day(), day->month(), day->year()) : fmt::format("{}, ngày      tháng      năm {}", place, year);
}

// A column that nobody has anything in only takes the room of the others; where nothing is assigned yet all of them wait to be filled in.
std::vector<TargetKind> kinds_in_use(db::Reader& reader, House& house, BodyId body, std::span<const BodyId> below, int year) {
  const auto all = TargetKinds::house().all();
  const auto has = [&](BodyId of, const TargetKind& kind) { return target(reader, house.catalogue, of, kind.measure, year).has_value(); };
  std::vector<TargetKind> used;
  for (const TargetKind& kind : all)
    if (has(body, kind) || std::ranges::any_of(below, [&](BodyId of) { return has(of, kind); })) used.push_back(kind);
  return used.empty() ? std::vector<TargetKind>(all.begin(), all.end()) : used;
}

void put_columns(Table& table, const House& house, std::span<const TargetKind> kinds) {
  table.columns.push_back({.share = 0.75, .alignment = Alignment::centre});
  table.columns.push_back({.share = 3});
  std::vector<HeadCell> head{{"TT"}, {"Đơn vị"}};
  for (const TargetKind& kind : kinds) {
    const Measure& measure = house.catalogue.measure(kind.measure);
    head.push_back({measure.short_label(Language::vietnamese) + " (" + measure.unit(Language::vietnamese) + ")"});
    table.columns.push_back({.share = measure.is_money ? 2.2 : 1.1, .alignment = Alignment::right});
  }
  table.head.push_back(std::move(head));
}

}  // namespace

document::Document target_paper(House& house, const Viewer& viewer, BodyId body, int year) {
  const OrganisationView organisation = viewer.organisation();
  const Day today = viewer.today();
  Document out;
  Table table;
  house.store.read([&](db::Reader& reader) {
    const auto decision = target_decision(reader, body, year);
    const khuyenhoc::Letterhead above = letterhead(reader, *organisation, body, decision ? decision->day : today);
    const std::string number = decision ? "Số: " + decision->number : "Số:      /QĐ-" + above.numbering_suffix;
    out.letterhead = document::Letterhead{.superior = above.superior_line, .issuer = above.issuer_line, .number = number, .place_and_date = dated(above.place_name, decision ? std::optional(decision->day) : std::nullopt, year)};
    out.kind = "QUYẾT ĐỊNH";
    out.summary = fmt::format("Về việc giao chỉ tiêu công tác khuyến học, khuyến tài năm {}", year);
    out.day = decision ? decision->day : today;
    const std::vector<BodyId> below_it = bodies_assigned_to(*organisation, body, today);
    const auto kinds = kinds_in_use(reader, house, body, below_it, year);
    put_columns(table, house, kinds);
    const auto row = [&](RowKind row_kind, std::string place, std::string name, BodyId of) {
      TableRow line{.kind = row_kind, .cells = {TableCell::of(std::move(place)), TableCell::of(std::move(name))}};
      for (const TargetKind& kind : kinds) {
        const auto value = target(reader, house.catalogue, of, kind.measure, year);
        line.cells.push_back(!value ? TableCell::blank() : house.catalogue.measure(kind.measure).is_money ? TableCell::money(Money{*value}) : TableCell::count(*value));
      }
      table.rows.push_back(std::move(line));
    };
    int number_of_row = 0;
    for (const BodyId below : below_it) row(RowKind::body, std::to_string(++number_of_row), organisation->body(below).on(today).short_name, below);
    row(RowKind::total, "", "Toàn đơn vị", body);
    const std::string& name = organisation->body(body).on(today).name;
    out.blocks.emplace_back(Paragraph{Text(fmt::format("Căn cứ Điều lệ Hội Khuyến học Việt Nam và chương trình công tác năm {} của {};", year, name))});
    out.blocks.emplace_back(Paragraph{.text = Text({Run{.text = "QUYẾT ĐỊNH:", .weight = Weight::bold}}), .alignment = Alignment::centre});
    out.blocks.emplace_back(Paragraph{Text({Run{.text = "Điều 1. ", .weight = Weight::bold}}).add(fmt::format("Giao chỉ tiêu công tác khuyến học, khuyến tài năm {} cho các đơn vị trực thuộc theo Phụ lục kèm theo.", year))});
    out.blocks.emplace_back(Paragraph{Text({Run{.text = "Điều 2. ", .weight = Weight::bold}}).add("Các đơn vị cụ thể hóa chỉ tiêu được giao, tổ chức thực hiện và báo cáo kết quả theo các kỳ báo cáo của năm.")});
    out.blocks.emplace_back(Paragraph{Text({Run{.text = "Điều 3. ", .weight = Weight::bold}}).add("Quyết định này có hiệu lực kể từ ngày ký. Văn phòng và các đơn vị trực thuộc chịu trách nhiệm thi hành Quyết định này.")});
    out.blocks.emplace_back(Closing{.recipients = {"Như Điều 3", "Lưu: VT"}, .signers = {signature_block(reader, *organisation, body, "quyet_dinh", out.day)}});
    const std::string attached = decision ? fmt::format("Kèm theo Quyết định số {} ngày {}", decision->number, decision->day.text()) : fmt::format("Kèm theo Quyết định số      /QĐ-{} ngày     tháng     năm {}", above.numbering_suffix, year);
    out.blocks.emplace_back(Annex{.name = "Phụ lục", .title = fmt::format("Chỉ tiêu công tác khuyến học, khuyến tài năm {}", year), .attached_to = attached, .orientation = Orientation::landscape});
  });
  out.blocks.emplace_back(std::move(table));
  return out;
}

}  // namespace khuyenhoc
