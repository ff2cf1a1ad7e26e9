// Biên bản bàn giao of ended bodies.
#include <algorithm>
#include <map>
#include <set>

#include "base/i18n.h"
#include "base/number.h"
#include "base/text.h"
#include "restructure/draft_queries.h"
#include "restructure/naming.h"
#include "restructure/paper_parts.h"
#include "restructure/restructure_queries.h"

namespace khuyenhoc {

using document::Alignment;
using document::Heading;
using document::Paragraph;
using document::TableCell;
using document::Text;
namespace parts = paper_parts;
namespace sql = restructure_sql;

std::vector<BodyId> takers_of(const std::vector<FateLine>& fates, BodyId body) {
  std::vector<BodyId> out;
  for (const auto& line : fates)
    if (line.fate == BodyFate::succeeded && line.body == body) out.push_back(line.other);
  return out;
}

std::vector<HandedOver> handed_over(db::Reader& reader, House& house, Restructures& restructures, BodyRestructureId id, BodyId body) {
  const auto stored = restructures.find(reader, id);
  std::map<Series, HandedOver> out;
  if (!stored) return {};
  for (const auto& level : own_levels(reader, house.ledger, body, stored->day - 1)) {
    auto& row = out[level.series];
    row.held += level.amount;
    row.left += level.amount;
  }
  std::map<Series, std::int64_t> by_restructure;
  std::set<std::int64_t> minutes;
  for (const auto& kept : sql::minutes_of(reader, id))
    if (kept.body == body) minutes.insert(kept.id);
  for (const auto& fact : own_facts_from(reader, house.ledger, body, stored->day))
    if (fact.kind == FactKind::handover && is_handed_over(house.catalogue, fact.series)) {
      out[fact.series].left += fact.amount;
      if (fact.source.noun == sql::noun && fact.source.id == id.value) by_restructure[fact.series] -= fact.amount;
    }
  // what went without minutes went to one: the heir, or for a dissolved body whoever was named
  const auto fates = restructures.fates(reader, id);
  auto heirs = takers_of(fates, body);
  if (heirs.empty() && !by_restructure.empty())
    for (const auto posted : sql::posted_at(reader, id))
      if (posted != body && std::ranges::none_of(fates, [&](const FateLine& line) { return line.fate == BodyFate::ended && line.body == posted; })) heirs.push_back(posted);
  if (!heirs.empty())
    for (const auto& [series, amount] : by_restructure)
      if (amount != 0) out[series].taken.emplace_back(heirs.front(), amount);
  if (!minutes.empty())
    for (const auto posted : sql::posted_at(reader, id)) {
      if (posted == body) continue;
      std::map<Series, std::int64_t> given;
      for (const auto& fact : own_facts_from(reader, house.ledger, posted, stored->day))
        if (fact.kind == FactKind::handover && fact.source.noun == sql::minutes_noun && minutes.contains(fact.source.id)) given[fact.series] += fact.amount;
      for (const auto& [series, amount] : given)
        if (amount != 0) out[series].taken.emplace_back(posted, amount);
    }
  std::vector<HandedOver> rows;
  for (auto& [series, row] : out) {
    row.series = series;
    if (row.held != 0 || row.left != 0 || !row.taken.empty()) rows.push_back(std::move(row));
  }
  return rows;
}

namespace {

std::string unit_of(const Catalogue& catalogue, Series series) { return catalogue.measure(catalogue.measure_of(series)).unit_vi; }

TableCell amount_cell(const Catalogue& catalogue, Series series, std::int64_t amount) {
  return catalogue.measure(catalogue.measure_of(series)).is_money ? TableCell::money(Money{amount}) : TableCell::count(amount);
}

std::string person_line(const std::vector<PostHolding>& holders, MinutesOf::Names names) {
  if (holders.empty() || names == MinutesOf::Names::left_open) return "Ông/bà: ……………………………  Chức vụ: ……………………";
  const auto& head = holders.front();
  const PostKind* kind = Posts::house().find(head.post);
  return fmt::format("Ông/bà: {}  Chức vụ: {}", head.person_name, kind != nullptr ? kind->label_vi : head.post);
}

document::Table stock_table(House& house, const Organisation& organisation, Day day, const std::vector<HandedOver>& rows) {
  std::vector<BodyId> takers;
  for (const auto& row : rows)
    for (const auto& [taker, amount] : row.taken)
      if (std::ranges::find(takers, taker) == takers.end()) takers.push_back(taker);
  document::Table table;
  table.columns = {{0.5, Alignment::centre}, {3.2, Alignment::left}, {0.9, Alignment::centre}, {1.4, Alignment::right}};
  std::vector<document::HeadCell> head{{"TT"}, {"Nội dung"}, {"Đơn vị tính"}, {fmt::format("Có đến hết {}", (day - 1).text())}};
  for (const auto taker : takers) {
    table.columns.push_back({1.5, Alignment::right});
    head.push_back({"Giao " + organisation.body(taker).on(day).short_name});
  }
  table.columns.push_back({1.2, Alignment::right});
  head.push_back({"Còn lại"});
  table.head = {std::move(head)};
  int number = 0;
  for (const auto& row : rows) {
    document::TableRow line{.cells = {TableCell::of(std::to_string(++number)), TableCell::of(house.catalogue.label(row.series, Language::vietnamese)),
                                      TableCell::of(unit_of(house.catalogue, row.series)), amount_cell(house.catalogue, row.series, row.held)}};
    for (const auto taker : takers) {
      std::int64_t given = 0;
      for (const auto& [body, amount] : row.taken)
        if (body == taker) given += amount;
      line.cells.push_back(given == 0 ? TableCell::blank() : amount_cell(house.catalogue, row.series, given));
    }
    line.cells.push_back(row.left == 0 ? TableCell::blank() : amount_cell(house.catalogue, row.series, row.left));
    table.rows.push_back(std::move(line));
  }
  return table;
}

void add_followers(document::Document& paper, const Organisation& organisation, const PaperMatter& matter, BodyId body) {
  document::Table table;
  table.columns = {{0.5, Alignment::centre}, {3, Alignment::left}, {3, Alignment::left}};
  table.head = {{{"TT"}, {"Tổ chức"}, {"Chuyển về trực thuộc"}}};
  const std::string old_name = name_then(organisation, body, matter.day - 1);
  for (const auto& line : matter.fates) {
    if (line.fate != BodyFate::moved || line.name_before != old_name) continue;
    const Body* branch = organisation.find(line.body);
    if (branch == nullptr || branch->on(matter.day - 1).superior != body) continue;
    table.rows.push_back({.cells = {TableCell::of(std::to_string(table.rows.size() + 1)), TableCell::of(name_then(organisation, line.body, matter.day - 1)), TableCell::of(line.name_after)}});
  }
  if (table.rows.empty()) paper.blocks.emplace_back(Paragraph{.text = "Không có tổ chức trực thuộc."});
  else paper.blocks.emplace_back(std::move(table));
}

void add_posts(document::Document& paper, db::Reader& reader, const Organisation& organisation, BodyRestructureId id, const PaperMatter& matter, const MinutesOf& about) {
  std::map<std::int64_t, std::int64_t> goes_on;
  for (const auto& one : sql::appointed(reader, id)) goes_on[one.former] = one.holding;
  document::Table table;
  table.columns = {{0.5, Alignment::centre}, {2, Alignment::left}, {2.4, Alignment::left}, {3, Alignment::left}};
  table.head = {{{"TT"}, {"Chức vụ"}, {"Người giữ"}, {"Từ ngày " + matter.day.text()}}};
  for (const auto& holding : post_holders(reader, about.body, matter.day - 1)) {
    const auto label = [](const std::string& code) {
      const PostKind* kind = Posts::house().find(code);
      return kind != nullptr ? kind->label_vi : code;
    };
    std::string then = "Thôi giữ chức vụ";
    if (const auto at = goes_on.find(holding.id); at != goes_on.end())
      if (const auto made = find_post_holding(reader, at->second)) then = fmt::format("{} {}", label(made->post), organisation.body(made->body).on(matter.day).name);
    table.rows.push_back({.cells = {TableCell::of(std::to_string(table.rows.size() + 1)), TableCell::of(label(holding.post)),
                                    TableCell::of(about.names == MinutesOf::Names::shown ? holding.person_name : "……………………"), TableCell::of(then)}});
  }
  if (table.rows.empty()) paper.blocks.emplace_back(Paragraph{.text = "Trong sổ chức vụ không còn ai giữ chức vụ đến ngày bàn giao."});
  else paper.blocks.emplace_back(std::move(table));
}

void add_files_and_seal(document::Document& paper) {
  document::Table table;
  table.columns = {{0.5, Alignment::centre}, {4, Alignment::left}, {1.6, Alignment::left}, {2, Alignment::left}};
  table.head = {{{"TT"}, {"Nội dung"}, {"Số lượng"}, {"Ghi chú"}}};
  for (const char* what : {"Con dấu (nộp lại cơ quan cấp theo quy định)", "Sổ đăng ký văn bản đi, văn bản đến; số văn bản cuối cùng đã ban hành", "Sổ quỹ, chứng từ, sổ tiền gửi", "Danh sách hội viên và hồ sơ tổ chức",
                           "Sổ khen thưởng, hồ sơ công nhận các mô hình học tập", "Tài sản, trang thiết bị"})
    table.rows.push_back({.cells = {TableCell::of(std::to_string(table.rows.size() + 1)), TableCell::of(what), TableCell::blank(), TableCell::blank()}});
  paper.blocks.emplace_back(std::move(table));
}

std::string decision_words(const PaperMatter& matter) {
  if (matter.basis.number.empty()) return fmt::format("Quyết định của {} về việc {}", matter.basis.issuer, parts::lower_first(matter.title));
  return fmt::format("Quyết định số {} {} của {} về việc {}", matter.basis.number, matter.basis.date.long_text(), matter.basis.issuer, parts::lower_first(matter.title));
}

}  // namespace

document::Document minutes_paper(House& house, db::Reader& reader, Restructures& restructures, const PaperMatter& matter, const MinutesOf& about) {
  const LanguageScope in_vietnamese(Language::vietnamese);
  const auto organisation = house.organisation.current();
  const std::string old_name = name_then(*organisation, about.body, matter.day - 1);
  std::string number;
  std::optional<Day> date;
  for (const auto& kept : sql::minutes_of(reader, about.restructure))
    if (kept.body == about.body) number += (number.empty() ? "" : ", ") + kept.minutes.number, date = kept.minutes.date;
  PaperMatter dated = matter;
  dated.dated = date.has_value();
  auto paper = parts::begin(house, dated, date.value_or(house.clock.today()), "BB", number);
  paper.kind = "BIÊN BẢN";
  paper.summary = fmt::format("Bàn giao tổ chức, số liệu, quỹ, hồ sơ và con dấu của {}", old_name);
  paper.blocks.emplace_back(Paragraph{.text = Text().add("Căn cứ " + decision_words(matter) + ",", document::Weight::italic)});
  paper.blocks.emplace_back(Paragraph{.text = Text(fmt::format("Hôm nay, {}, tại {}, chúng tôi gồm:", date ? date->long_text() : "ngày ……… tháng ……… năm 20……", "……………………………………"))});
  auto takers = takers_of(matter.fates, about.body);
  const auto stocks = handed_over(reader, house, restructures, about.restructure, about.body);
  for (const auto& row : stocks)
    for (const auto& [taker, amount] : row.taken)
      if (std::ranges::find(takers, taker) == takers.end()) takers.push_back(taker);
  paper.blocks.emplace_back(Heading{2, fmt::format("1. Bên giao: {}", old_name)});
  paper.blocks.emplace_back(Paragraph{.text = person_line(post_holders(reader, about.body, matter.day - 1), about.names)});
  for (std::size_t i = 0; i < takers.size(); ++i) {
    paper.blocks.emplace_back(Heading{2, fmt::format("{}. Bên nhận: {}", i + 2, organisation->body(takers[i]).on(matter.day).name)});
    paper.blocks.emplace_back(Paragraph{.text = person_line(post_holders(reader, takers[i], std::max(matter.day, date.value_or(matter.day))), about.names)});
  }
  if (takers.empty()) paper.blocks.emplace_back(Heading{2, "2. Bên nhận: ……………………………………"});
  paper.blocks.emplace_back(Paragraph{.text = "Hai bên thống nhất bàn giao các nội dung sau:"});
  paper.blocks.emplace_back(Heading{1, "I. SỐ LIỆU VÀ QUỸ"});
  if (stocks.empty()) paper.blocks.emplace_back(Paragraph{.text = "Tổ chức không có số liệu, quỹ ghi riêng; số liệu của các chi hội, ban chuyển theo chi hội, ban."});
  else paper.blocks.emplace_back(stock_table(house, *organisation, matter.day, stocks));
  if (std::ranges::any_of(stocks, [](const HandedOver& row) { return row.left != 0; }))
    paper.blocks.emplace_back(document::Note{.text = "Phần ở cột “Còn lại” là số liệu chung chưa tách được; hai bên thống nhất và lập biên bản bổ sung."});
  paper.blocks.emplace_back(Heading{1, "II. TỔ CHỨC TRỰC THUỘC CHUYỂN THEO"});
  add_followers(paper, *organisation, matter, about.body);
  paper.blocks.emplace_back(Heading{1, "III. CHỨC VỤ"});
  add_posts(paper, reader, *organisation, about.restructure, matter, about);
  paper.blocks.emplace_back(Heading{1, "IV. CON DẤU, SỔ VĂN BẢN, HỒ SƠ, TÀI SẢN"});
  add_files_and_seal(paper);
  paper.blocks.emplace_back(Paragraph{.text = fmt::format("Biên bản được lập thành {} bản có giá trị như nhau, mỗi bên giữ 01 bản, 01 bản gửi {}.", number_text(static_cast<std::int64_t>(takers.size()) + 2),
                                                          organisation->body(matter.unit).on(matter.day - 1).name)});
  document::Closing closing{.recipients = {"Bên giao, bên nhận", organisation->body(matter.unit).on(matter.day - 1).name + " (để b/c)", "Lưu: VT"}, .signers = {{{"ĐẠI DIỆN BÊN NHẬN"}, ""}, {{"ĐẠI DIỆN BÊN GIAO"}, ""}}};
  paper.blocks.emplace_back(std::move(closing));
  return paper;
}

document::Document minutes_of_all(House& house, db::Reader& reader, Restructures& restructures, const PaperMatter& matter, BodyRestructureId id, const std::vector<BodyId>& bodies) {
  const LanguageScope in_vietnamese(Language::vietnamese);
  const auto organisation = house.organisation.current();
  PaperMatter undated = matter;
  undated.dated = false;
  auto paper = parts::begin(house, undated, house.clock.today(), "BB", {});
  paper.kind = "BIÊN BẢN";
  paper.summary = fmt::format("Bàn giao khi {}", parts::lower_first(matter.title));
  paper.blocks.emplace_back(Paragraph{.text = Text().add("Căn cứ " + decision_words(matter) + ",", document::Weight::italic)});
  paper.blocks.emplace_back(Paragraph{.text = fmt::format("Các tổ chức kết thúc hoạt động từ ngày {} bàn giao cho đơn vị kế thừa những nội dung ghi tại Phụ lục kèm theo. Tổ chức trực thuộc, số liệu của chi hội, ban chuyển theo chi hội, ban.", matter.day.text())});
  paper.blocks.emplace_back(document::Closing{.recipients = {"Các bên giao, bên nhận", "Lưu: VT"}, .signers = {{{"ĐẠI DIỆN CÁC BÊN NHẬN"}, ""}, {{"ĐẠI DIỆN CÁC BÊN GIAO"}, ""}}});
  paper.blocks.emplace_back(document::Annex{.name = "Phụ lục", .title = "SỐ LIỆU VÀ QUỸ BÀN GIAO", .attached_to = "Kèm theo Biên bản bàn giao", .orientation = document::Orientation::landscape});
  document::Table table;
  table.columns = {{0.4, Alignment::centre}, {2.6, Alignment::left}, {2.6, Alignment::left}, {2.6, Alignment::left}, {0.9, Alignment::centre}, {1.3, Alignment::right}, {1.3, Alignment::right}};
  table.head = {{{"TT"}, {"Bên giao"}, {"Bên nhận"}, {"Nội dung"}, {"Đơn vị tính"}, {"Số giao"}, {"Còn lại"}}};
  int number = 0;
  for (const auto body : bodies) {
    const std::string name = name_then(*organisation, body, matter.day - 1);
    const auto rows = handed_over(reader, house, restructures, id, body);
    std::string heirs;
    for (const auto taker : takers_of(matter.fates, body)) heirs += (heirs.empty() ? "" : ", ") + organisation->body(taker).on(matter.day).name;
    if (rows.empty())
      table.rows.push_back({.cells = {TableCell::of(std::to_string(++number)), TableCell::of(name), TableCell::of(heirs), TableCell::of("Không có số liệu, quỹ ghi riêng"), TableCell::blank(), TableCell::blank(), TableCell::blank()}});
    for (const auto& row : rows) {
      const auto line = [&](const std::string& taker, TableCell given, TableCell left) {
        table.rows.push_back({.cells = {TableCell::of(std::to_string(++number)), TableCell::of(name), TableCell::of(taker), TableCell::of(house.catalogue.label(row.series, Language::vietnamese)),
                                        TableCell::of(unit_of(house.catalogue, row.series)), std::move(given), std::move(left)}});
      };
      for (const auto& [taker, amount] : row.taken) line(organisation->body(taker).on(matter.day).name, amount_cell(house.catalogue, row.series, amount), TableCell::blank());
      if (row.left != 0) line(heirs, TableCell::blank(), amount_cell(house.catalogue, row.series, row.left));
    }
  }
  paper.blocks.emplace_back(std::move(table));
  return paper;
}

std::string minutes_file_name(const Organisation& organisation, const PaperMatter& matter, BodyId body) {
  return fmt::format("Biên bản bàn giao – {}", organisation.body(body).on(matter.day - 1).name);
}

}  // namespace khuyenhoc
