#include "rounds/reminding.h"

#include <algorithm>
#include <limits>

#include "base/i18n.h"
#include "committees/committees.h"
#include "organisation/contacts.h"
#include "organisation/letterheads.h"
#include "organisation/namesakes.h"
#include "organisation/signing.h"
#include "reporting/reporting.h"
#include "rounds/round_parts.h"

namespace khuyenhoc {

using namespace rounds;

namespace {

constexpr std::size_t named_in_a_reminder = 30;

bool is_branch(BodyKind::Level level) { return level == BodyKind::Level::branch; }

bool is_wanted(const BoardLine& line, BodyKind::Level level_of, CallFor whom) {
  if (is_branch(line.report.level) != is_branch(level_of) || line.manner == ReportsFor::Manner::part_of_heirs) return false;
  if (whom == CallFor::late) return line.late;
  return line.state != ReportState::sent && line.state != ReportState::received && line.state != ReportState::closed;
}

std::vector<const BoardLine*> wanted_lines(const RoundBoard& board, BodyKind::Level level_of, CallFor whom) {
  std::vector<const BoardLine*> out;
  for (const BoardLine& line : board.lines)
    if (is_wanted(line, level_of, whom)) out.push_back(&line);
  std::ranges::stable_sort(out, {}, [](const BoardLine* line) { return line->days_left.value_or(std::numeric_limits<int>::max()); });
  return out;
}

std::optional<Day> due_of(const RoundBoard& board, const std::vector<const BoardLine*>& lines) {
  std::optional<Day> first;
  for (const BoardLine* line : lines)
    if (line->report.due && (!first || *line->report.due < *first)) first = line->report.due;
  return first ? first : board.round.due.commune;
}

// A person without a form of address is "ông/bà".
std::string addressed(const std::string& name) { return name.starts_with("Ông ") || name.starts_with("Bà ") ? inside_sentence(name) : tr("ông/bà {}", name); }
// "Báo cáo 6 tháng…" goes on in small letters after "V/v"; another title is a name of its own.
std::string within_subject(const std::string& title) { return title.starts_with("Báo cáo ") ? "báo cáo " + title.substr(std::string_view("Báo cáo ").size()) : title; }

std::string dated_line(const std::string& place, int year) { return fmt::format("{}, ngày      tháng      năm {}", place, year); }

}  // namespace

CallList call_list(const House& house, db::Reader& reader, const Viewer& viewer, const RoundBoard& board, BodyKind::Level level_of, CallFor whom, std::size_t from, std::size_t limit) {
  const Organisation& organisation = *viewer.organisation();
  const auto wanted = wanted_lines(board, level_of, whom);
  CallList out;
  out.all = wanted.size();
  std::map<BodyId, std::string> carers;              // by what hangs directly under the office
  for (const auto& [holding, bodies] : bodies_by_carer(reader, organisation, board.from, viewer.today())) {
    if (holding == 0) continue;
    const auto held = find_post_holding(reader, holding);
    for (const BodyId body : bodies) carers[body] = held ? held->person_name : std::string();
  }
  for (std::size_t i = from; i < wanted.size() && i < from + limit; ++i) {
    const BoardLine& line = *wanted[i];
    const Day day = asking_day(line.report.window, viewer.today());
    CallLine one{line.report.body, name_among_siblings(organisation, line.report.body, day), line.state, line.report.level, line.days_left, line.late, {}, {}, {}};
    if (is_branch(line.report.level) && line.report.sends_to != board.from && line.report.sends_to) one.name += ", " + name_on(organisation, line.report.sends_to, day);
    // whom to call now: the body itself, or who came after it
    const ReportsFor standing = reports_for(organisation, line.report, viewer.today());
    const BodyId called = standing.heirs.empty() ? line.report.body : standing.heirs.front();
    if (viewer.may(Permission::see_names, called))
      if (const auto known = contact(reader, house.keys, called)) {
        one.head_name = known->head_name;
        one.telephone = known->telephone;
      }
    for (BodyId at = line.report.body; at && at != board.from; at = organisation.body(at).on(day).superior)
      if (const auto found = carers.find(at); found != carers.end()) one.carer = found->second;
    out.lines.push_back(std::move(one));
  }
  return out;
}

std::string reminder_message(const Organisation& organisation, const Viewer& viewer, const RoundBoard& board, BodyKind::Level level_of, CallFor whom, const std::string& link) {
  const LanguageScope in_vietnamese(Language::vietnamese);
  const auto wanted = wanted_lines(board, level_of, whom);
  if (wanted.empty()) return {};
  std::string listed;
  for (std::size_t i = 0; i < std::min(wanted.size(), named_in_a_reminder); ++i)
    listed += (i == 0 ? "" : ", ") + short_name_among_siblings(organisation, wanted[i]->report.body, asking_day(wanted[i]->report.window, viewer.today()));
  if (wanted.size() > named_in_a_reminder) listed += tr(" và {} đơn vị khác", wanted.size() - named_in_a_reminder);
  const auto due = due_of(board, wanted);
  const std::string until = !due ? std::string() : *due < viewer.today() ? tr(" (đã quá hạn ngày {})", due->text()) : tr(" (hạn ngày {})", due->text());
  std::string out = tr("{} xin nhắc các đơn vị nhập và gửi “{}”{}. Các đơn vị chưa gửi: {}.", name_on(organisation, board.from, viewer.today()), board.round.title, until, listed);
  if (!link.empty()) out += " " + tr("Vào đây để nhập và gửi: {}", link) + " .";
  return out + " " + tr("Nếu vướng mắc, xin gọi lại để được giúp. Trân trọng cảm ơn.");
}

std::string reminder_to(const Organisation& organisation, const Viewer& viewer, const ReportingRound& round, const RoundReport& report, const std::string& head_name, const std::string& link) {
  const LanguageScope in_vietnamese(Language::vietnamese);
  const std::string name = name_on(organisation, report.body, viewer.today());
  const std::string to = head_name.empty() ? name : addressed(head_name);
  const std::string until = !report.due ? std::string() : *report.due < viewer.today() ? tr(" (đã quá hạn ngày {})", report.due->text()) : tr(", chậm nhất ngày {}", report.due->text());
  const std::string office = name_on(organisation, report.sends_to ? report.sends_to : round.office, viewer.today());
  std::string out = report.state == ReportState::returned ? tr("Kính gửi {}. “{}” của {} có chỗ cần sửa. Kính nhờ sửa rồi gửi lại cho {}{}.", to, round.title, name, office, until)
                                                          : tr("Kính gửi {}. {} chưa gửi “{}”. Kính nhờ nhập số và gửi cho {}{}.", to, name, round.title, office, until);
  if (report.state == ReportState::returned && !report.reason.empty()) out += " " + tr("Chỗ cần sửa: {}", report.reason);
  if (!link.empty()) out += " " + tr("Vào đây để nhập và gửi: {}", link) + " .";
  return out + " " + tr("Nếu vướng, xin gọi lại cho {}.", inside_sentence(viewer.name()));
}

document::Document round_circular(db::Reader& reader, const Organisation& organisation, const Viewer& viewer, const RoundBoard& board) {
  using namespace document;
  const LanguageScope in_vietnamese(Language::vietnamese);
  const ReportingRound& round = board.round;
  const Day today = viewer.today();
  const Period window = round.period.period;
  const khuyenhoc::Letterhead head = letterhead(reader, organisation, board.from, today);
  const bool from_branches = board.associations.asked == 0;
  const auto late = wanted_lines(board, from_branches ? BodyKind::Level::branch : BodyKind::Level::commune, CallFor::late);
  Document out;
  out.letterhead = document::Letterhead{.superior = head.superior_line, .issuer = head.issuer_line, .number = "Số:      /" + head.numbering_suffix,
                                        .subject = late.empty() ? fmt::format("V/v {}", within_subject(round.title)) : fmt::format("V/v đôn đốc {}", within_subject(round.title)),
                                        .place_and_date = dated_line(head.place_name, today.year())};
  out.day = today;
  const auto name = [&](BodyId body) { return name_among_siblings(organisation, body, asking_day(window, today)); };
  std::vector<BodyId> asked;
  for (const BoardLine& line : board.lines)
    if ((line.report.level == BodyKind::Level::branch) == from_branches) asked.push_back(line.report.body);
  constexpr std::size_t named_one_by_one = 8;
  if (asked.size() <= named_one_by_one) {
    for (const BodyId body : asked) out.addressees.push_back(name(body));
  } else if (from_branches) {
    out.addressees.emplace_back("Các chi hội, ban khuyến học trực thuộc");
  } else {
    out.addressees.emplace_back(organisation.kind(board.from).level == BodyKind::Level::centre ? "Hội Khuyến học các tỉnh, thành phố" : "Hội Khuyến học các xã, phường, đơn vị trực thuộc");
  }
  const std::string own_name = name_on(organisation, board.from, today);
  out.blocks.emplace_back(Paragraph{Text(fmt::format("Để kịp thời tổng hợp kết quả công tác khuyến học, khuyến tài, xây dựng xã hội học tập, {} đề nghị các đơn vị lập và gửi “{}” như sau:", own_name, round.title))});
  std::vector<Text> items;
  items.emplace_back(fmt::format("Số liệu tính {}; ngày khóa số: {}.", window.text(), window.last.text()));
  const auto due_words = [&](BodyKind::Level level, std::string_view who) {
    if (const auto due = round.due.of(level)) items.emplace_back(fmt::format("Hạn gửi của {}: {}, {}.", who, due->weekday_text(), due->text()));
  };
  if (from_branches) {
    const auto passed = passing_of(reader, round.id, board.from);
    const auto due = passed && passed->due ? passed->due : round.due.branch;
    if (due) items.emplace_back(fmt::format("Hạn gửi của chi hội, ban: {}, {}.", due->weekday_text(), due->text()));
    if (passed && !passed->message.empty()) items.emplace_back(passed->message);
  } else {
    if (organisation.kind(board.from).level == BodyKind::Level::centre) due_words(BodyKind::Level::province, "tỉnh, thành phố");
    due_words(BodyKind::Level::commune, "xã, phường, đơn vị trực thuộc");
    due_words(BodyKind::Level::branch, "chi hội, ban");
  }
  items.emplace_back("Nhập số liệu và gửi báo cáo trên phần mềm Khuyến học, mục “Việc cần làm”. Chi hội, ban không có máy tính thì báo qua điện thoại để Hội cấp trên trực tiếp nhập thay.");
  out.blocks.emplace_back(BulletList{std::move(items)});
  if (!round.message.empty()) out.blocks.emplace_back(Paragraph{Text(round.message)});
  if (!late.empty()) {
    out.blocks.emplace_back(Paragraph{Text(fmt::format("Đến ngày {}, còn {} đơn vị đã quá hạn mà chưa gửi báo cáo (danh sách kèm theo). Đề nghị các đơn vị này gửi ngay.", today.text(), late.size()))});
  }
  out.blocks.emplace_back(Paragraph{Text(fmt::format("{} đề nghị các đơn vị quan tâm thực hiện. Nếu vướng mắc, xin liên hệ để được hướng dẫn./.", own_name))});
  out.blocks.emplace_back(Closing{.recipients = {"Như trên", "Thường trực Hội (để b/c)", "Lưu: VT"}, .signers = {signature_block(reader, organisation, board.from, "cong_van", today)}});
  if (!late.empty()) {
    out.blocks.emplace_back(Annex{.name = "Phụ lục", .title = fmt::format("Các đơn vị chưa gửi “{}”, tính đến ngày {}", round.title, today.text()), .attached_to = fmt::format("Kèm theo Công văn số      /{}", head.numbering_suffix)});
    Table table;
    table.columns = {{.share = 0.6, .alignment = Alignment::centre}, {.share = 4}, {.share = 1.6, .alignment = Alignment::centre}, {.share = 1.8}};
    table.head.push_back({{"TT"}, {"Đơn vị"}, {"Hạn gửi"}, {"Tình trạng"}});
    std::int64_t number = 0;
    for (const BoardLine* line : late)
      table.rows.push_back({.cells = {TableCell::count(++number), TableCell::of(name(line->report.body)), line->report.due ? TableCell::of(line->report.due->text()) : TableCell::blank(),
                                      TableCell::of(report_state_words(line->state, line->report.level))}});
    out.blocks.emplace_back(std::move(table));
  }
  return out;
}

}  // namespace khuyenhoc
