// The decision of a restructure.
#include "restructure/papers.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/i18n.h"
#include "base/text.h"
#include "organisation/letterheads.h"
#include "restructure/draft_queries.h"
#include "restructure/naming.h"
#include "restructure/paper_parts.h"
#include "territory/territory_store.h"

namespace khuyenhoc {

using document::Paragraph;
using document::Text;
using document::Weight;
namespace parts = paper_parts;

namespace {

constexpr std::size_t named_in_articles = 12;

// What became of the bodies, in groups as a decision says it: those that become one together, those that divide, and so on.
struct Group {
  std::vector<const FateLine*> ended;
  std::vector<BodyId> successors;
};

struct Reading {
  std::vector<Group> groups;                       // with successors
  std::vector<const FateLine*> dissolved, opened_alone, moved, renamed;
  std::map<BodyId, std::string> names;
  std::set<BodyId> opened;
  std::size_t bodies = 0;                          // named by it, but for branches that only follow
};

Reading read(const PaperMatter& matter) {
  Reading out;
  std::map<BodyId, std::vector<BodyId>> heirs;
  for (const auto& line : matter.fates) {
    if (line.fate == BodyFate::opened) out.names[line.body] = line.name_after, out.opened.insert(line.body);
    if (line.fate == BodyFate::succeeded) {
      heirs[line.body].push_back(line.other);
      out.names.emplace(line.other, line.name_after);
    }
  }
  std::map<std::vector<BodyId>, std::size_t> place;
  std::set<BodyId> inherits;
  for (const auto& line : matter.fates) {
    if (line.fate == BodyFate::ended) {
      ++out.bodies;
      const auto to = heirs.find(line.body);
      if (to == heirs.end()) {
        out.dissolved.push_back(&line);
        continue;
      }
      for (const auto id : to->second) inherits.insert(id);
      // a divided one stands alone, even beside another of the same heirs
      if (to->second.size() > 1) {
        out.groups.push_back({{&line}, to->second});
        continue;
      }
      const auto [at, fresh] = place.emplace(to->second, out.groups.size());
      if (fresh) out.groups.push_back({{}, to->second});
      out.groups[at->second].ended.push_back(&line);
    } else if (line.fate == BodyFate::renamed) {
      out.renamed.push_back(&line);
      ++out.bodies;
    }
  }
  // those that only follow their ended superior are counted with it
  std::set<std::pair<std::string_view, BodyId>> followed;
  for (const auto& group : out.groups)
    for (const auto* end : group.ended)
      for (const auto heir : group.successors) followed.emplace(end->name_before, heir);
  for (const auto& line : matter.fates) {
    if (line.fate == BodyFate::opened && !inherits.contains(line.body)) out.opened_alone.push_back(&line), ++out.bodies;
    if (line.fate == BodyFate::moved && !followed.contains({line.name_before, line.other})) out.moved.push_back(&line), ++out.bodies;
  }
  return out;
}

// How the paper names a body as it stood before; a branch with its office where the paper speaks of several offices.
struct Naming {
  const Organisation& organisation;
  Day before;
  std::string name(const FateLine& line) const {
    const std::string then = name_then(organisation, line.body, before);
    return then.empty() ? line.name_before : then;
  }
  std::string office(BodyId body) const { return office_then(organisation, body, before); }
};

std::string list_of(const Naming& naming, const std::vector<const FateLine*>& lines) {
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) out += (i == 0 ? "" : i + 1 == lines.size() ? " và " : ", ") + naming.name(*lines[i]);
  if (const std::string office = lines.empty() ? std::string() : naming.office(lines.front()->body); !office.empty()) out += fmt::format(" thuộc {}", office);
  return out;
}

std::string list_of(const Reading& reading, const std::vector<BodyId>& bodies) {
  std::string out;
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    const auto at = reading.names.find(bodies[i]);
    out += (i == 0 ? "" : i + 1 == bodies.size() ? " và " : ", ") + (at == reading.names.end() ? std::string() : at->second);
  }
  return out;
}

std::string group_sentence(const Naming& naming, const Reading& reading, const Group& group) {
  const std::string heirs = list_of(reading, group.successors);
  if (group.successors.size() > 1) return fmt::format("Chia tách {} thành {}.", list_of(naming, group.ended), heirs);
  const bool fresh = reading.opened.contains(group.successors.front());
  if (!fresh) return fmt::format("Sáp nhập {} vào {}.", list_of(naming, group.ended), heirs);
  if (group.ended.size() == 1) return fmt::format("Thành lập {} trên cơ sở {}.", heirs, list_of(naming, group.ended));
  return fmt::format("Thành lập {} trên cơ sở hợp nhất {}.", heirs, list_of(naming, group.ended));
}

std::vector<std::string> sentences(const House& house, const PaperMatter& matter, const Reading& reading) {
  const auto organisation = house.organisation.current();
  const Naming naming{*organisation, matter.day - 1};
  std::vector<std::string> out;
  for (const auto& group : reading.groups) out.push_back(group_sentence(naming, reading, group));
  for (const auto* line : reading.opened_alone) out.push_back(fmt::format("Thành lập {}.", line->name_after));
  for (const auto* line : reading.dissolved) out.push_back(fmt::format("Giải thể {}.", list_of(naming, {line})));
  for (const auto* line : reading.moved) {
    const std::string name = naming.name(*line);
    out.push_back(line->name_before == line->name_after ? fmt::format("Điều chỉnh địa bàn hoạt động của {}.", name)
                                                        : fmt::format("Chuyển {} từ trực thuộc {} về trực thuộc {}.", name, line->name_before, line->name_after));
  }
  for (const auto* line : reading.renamed) out.push_back(fmt::format("Đổi tên {} thành {}.", line->name_before, line->name_after));
  return out;
}

void add_annex(document::Document& paper, const House& house, const PaperMatter& matter, const Reading& reading, const std::string& attached_to) {
  paper.blocks.emplace_back(document::Annex{.name = "Phụ lục", .title = "DANH SÁCH TỔ CHỨC ĐƯỢC SẮP XẾP", .attached_to = attached_to});
  document::Table table;
  table.columns = {{0.5, document::Alignment::centre}, {3, document::Alignment::left}, {1.4, document::Alignment::left}, {3, document::Alignment::left}};
  table.head = {{{"TT"}, {"Tổ chức trước khi sắp xếp"}, {"Hình thức"}, {"Tổ chức sau khi sắp xếp"}}};
  const auto organisation = house.organisation.current();
  const Naming naming{*organisation, matter.day - 1};
  int number = 0;
  const auto row = [&](std::string before, const std::string& how, const std::string& after, const std::string& office) {
    if (!office.empty()) before += fmt::format("\n({})", office);
    table.rows.push_back({.cells = {document::TableCell::of(std::to_string(++number)), document::TableCell::of(before), document::TableCell::of(how), document::TableCell::of(after)}});
  };
  for (const auto& group : reading.groups) {
    std::string before;
    for (const auto* line : group.ended) before += (before.empty() ? "" : "\n") + naming.name(*line);
    std::string after;
    for (const auto id : group.successors) after += (after.empty() ? "" : "\n") + reading.names.at(id);
    row(before, group.successors.size() > 1 ? "Chia tách" : !reading.opened.contains(group.successors.front()) ? "Sáp nhập" : group.ended.size() == 1 ? "Lập mới thay thế" : "Hợp nhất", after, naming.office(group.ended.front()->body));
  }
  for (const auto* line : reading.opened_alone) row("", "Thành lập", line->name_after, {});
  for (const auto* line : reading.dissolved) row(naming.name(*line), "Giải thể", "", naming.office(line->body));
  for (const auto* line : reading.moved) row(naming.name(*line), "Chuyển cấp trên", line->name_after, line->name_before);
  for (const auto* line : reading.renamed) row(naming.name(*line), "Đổi tên", line->name_after, naming.office(line->body));
  paper.blocks.emplace_back(std::move(table));
}

}  // namespace

PaperMatter matter_of(const RestructureDraft& draft, const RestructurePreview& preview) {
  const auto date = Day::parse(draft.date);
  return {draft.unit, day_of(draft, Day::earliest()), draft.title, {draft.number, date.value_or(Day::earliest()), draft.issuer}, date.has_value(), preview.fates};
}

PaperMatter matter_of(db::Reader& reader, Restructures& restructures, const Organisation& organisation, const StoredRestructure& stored) {
  PaperMatter out{{}, stored.day, stored.title, stored.basis, true, restructures.fates(reader, stored.id)};
  if (const auto draft = restructure_sql::draft_of(reader, stored.id)) out.unit = draft->unit;
  else
    for (const auto& line : out.fates)             // whoever stood above the first that is concerned
      if (const Body* body = organisation.find(line.body); body != nullptr && !out.unit) out.unit = body->on(stored.day - 1).superior ? body->on(stored.day - 1).superior : body->id;
  return out;
}

document::Document decision_paper(House& house, const PaperMatter& matter) {
  const LanguageScope in_vietnamese(Language::vietnamese);
  const auto organisation = house.organisation.current();
  const Day signed_on = matter.dated ? matter.basis.date : house.clock.today();
  const Reading reading = read(matter);
  auto paper = parts::begin(house, matter, signed_on, "QĐ", matter.basis.number);
  paper.kind = "QUYẾT ĐỊNH";
  paper.summary = fmt::format("Về việc {}", parts::lower_first(matter.title));
  const std::string issuer = organisation->body(matter.unit).on(signed_on).name;
  paper.blocks.emplace_back(Paragraph{.text = Text().add(fmt::format("BAN THƯỜNG VỤ {}", upper_case(issuer)), Weight::bold), .alignment = document::Alignment::centre});
  const auto because = [&](const std::string& sentence) { paper.blocks.emplace_back(Paragraph{.text = Text().add(sentence, Weight::italic)}); };
  because("Căn cứ Điều lệ Hội Khuyến học Việt Nam;");
  std::set<std::string> resolutions;
  house.store.read([&](db::Reader& reader) {
    for (const auto& line : matter.fates) {
      const Body* body = line.fate == BodyFate::ended ? organisation->find(line.body) : nullptr;
      if (body == nullptr || resolutions.size() >= 3) continue;
      const UnitId area = body->on(matter.day - 1).area;
      const Unit* unit = organisation->territory().find(area);
      if (unit == nullptr || unit->alive(matter.day)) continue;
      for (const auto& act : TerritoryStore::acts_of(reader, area))
        if (act.day <= matter.day && unit->ended && act.day == *unit->ended && !act.legal_basis.empty()) resolutions.insert(act.legal_basis);
    }
  });
  for (const auto& resolution : resolutions) because(fmt::format("Căn cứ {} về việc sắp xếp đơn vị hành chính;", resolution));
  because(fmt::format("Theo đề nghị của Văn phòng {},", issuer));
  paper.blocks.emplace_back(Paragraph{.text = Text().add("QUYẾT ĐỊNH:", Weight::bold), .alignment = document::Alignment::centre});

  int article = 0;
  const auto add_article = [&](const std::string& sentence) {
    paper.blocks.emplace_back(Paragraph{.text = Text().add(fmt::format("Điều {}. ", ++article), Weight::bold).add(sentence)});
  };
  const auto what = sentences(house, matter, reading);
  const bool annexed = reading.bodies > named_in_articles;
  if (annexed) {
    add_article(fmt::format("{}, kể từ ngày {} (có danh sách kèm theo).", matter.title, matter.day.text()));
  } else if (what.size() == 1) {
    std::string only = what.front();
    only.pop_back();
    add_article(fmt::format("{} kể từ ngày {}.", only, matter.day.text()));
  } else {
    add_article(fmt::format("Sắp xếp các tổ chức sau đây kể từ ngày {}:", matter.day.text()));
    for (std::size_t i = 0; i < what.size(); ++i) paper.blocks.emplace_back(Paragraph{.text = Text(fmt::format("{}. {}", i + 1, what[i]))});
  }
  const bool some_end = !reading.groups.empty() || !reading.dissolved.empty();
  if (some_end) {
    std::string sentence = "Các tổ chức kết thúc hoạt động bàn giao hội viên, chi hội, ban trực thuộc, số liệu, quỹ, tài sản, hồ sơ và con dấu cho đơn vị kế thừa; việc bàn giao lập thành biên bản.";
    if (!reading.dissolved.empty()) sentence += " Tổ chức giải thể bàn giao cho Hội cấp trên trực tiếp hoặc đơn vị do Hội cấp trên chỉ định.";
    sentence += " Chức vụ tại các tổ chức này kết thúc từ ngày nói trên; nhân sự của đơn vị mới thực hiện theo quyết định về nhân sự.";
    add_article(sentence);
  }
  add_article("Tổ chức nêu tại Điều 1 hoạt động theo Điều lệ Hội Khuyến học Việt Nam, kế thừa quyền và nghĩa vụ của các tổ chức được sắp xếp.");
  add_article(fmt::format("Văn phòng {} và các tổ chức có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này. Quyết định có hiệu lực kể từ ngày ký.", issuer));

  std::vector<std::string> recipients{"Như Điều " + std::to_string(article)};
  if (const BodyId above = organisation->body(matter.unit).on(signed_on).superior; above && organisation->find(above) != nullptr)
    recipients.push_back(organisation->body(above).on(signed_on).name + " (để b/c)");
  recipients.push_back("Cấp ủy, UBND, UBMTTQ cùng cấp (để b/c)");
  recipients.push_back("Lưu: VT");
  paper.blocks.emplace_back(document::Closing{.recipients = std::move(recipients), .signers = {parts::signer(house, matter.unit, signed_on)}});
  if (annexed)
    add_annex(paper, house, matter, reading,
              fmt::format("Kèm theo Quyết định số {} {} của {}", matter.basis.number.empty() ? "     /QĐ-" + parts::suffix(house, matter, signed_on) : matter.basis.number,
                          matter.dated ? matter.basis.date.long_text() : parts::open_day(signed_on), issuer));
  return paper;
}

std::string decision_file_name(const PaperMatter& matter) { return fmt::format("Quyết định – {}", matter.title); }

}  // namespace khuyenhoc
