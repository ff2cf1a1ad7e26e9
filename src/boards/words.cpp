#include "boards/words.h"

#include <algorithm>
#include <set>

#include "base/number.h"
#include "base/phrases.h"
#include "boards/silence.h"
#include "measures/own_figures.h"
#include "measures/provinces_covered.h"
#include "organisation/in_charge.h"

namespace khuyenhoc {
namespace {

std::string running_name(const Organisation& organisation, const Subject& subject, Day day) {
  if (const auto* unit = std::get_if<UnitId>(&subject)) return organisation.territory().unit(*unit).on(day).running_name();
  return organisation.body(std::get<BodyId>(subject)).on(day).name;
}

// The unit whose whole a subject speaks for; none for branches and offices.
const Unit* covered_unit(const Organisation& organisation, const Subject& subject, Day day) {
  const Territory& territory = organisation.territory();
  if (const auto* unit = std::get_if<UnitId>(&subject)) return territory.find(*unit);
  const BodyId body = std::get<BodyId>(subject);
  const BodyKind& kind = organisation.kind(body);
  if (!level_in_charge_of(kind)) return nullptr;
  return territory.find(organisation.body(body).on(day).area);
}

std::vector<Subject> neighbours(const Organisation& organisation, const Subject& subject, bool later) {
  std::vector<Subject> out;
  if (const auto* unit = std::get_if<UnitId>(&subject)) {
    for (const UnitId id : later ? organisation.territory().successors(*unit) : organisation.territory().predecessors(*unit)) out.push_back(id);
  } else {
    const BodyId body = std::get<BodyId>(subject);
    for (const BodyId id : later ? organisation.successors(body) : organisation.predecessors(body)) out.push_back(id);
  }
  return out;
}

Day born(const Organisation& organisation, const Subject& subject) {
  if (const auto* unit = std::get_if<UnitId>(&subject)) return organisation.territory().unit(*unit).born;
  return organisation.body(std::get<BodyId>(subject)).born;
}

std::optional<Day> ended(const Organisation& organisation, const Subject& subject) {
  if (const auto* unit = std::get_if<UnitId>(&subject)) return organisation.territory().unit(*unit).ended;
  return organisation.body(std::get<BodyId>(subject)).ended;
}

enum class ChildSort { province, district, commune, office, branch, other };

ChildSort sort_of(const Organisation& organisation, const Subject& subject) {
  if (const auto* unit = std::get_if<UnitId>(&subject)) {
    switch (organisation.territory().unit(*unit).level) {
      case UnitLevel::province: return ChildSort::province;
      case UnitLevel::district: return ChildSort::district;
      case UnitLevel::commune: return ChildSort::commune;
      default: return ChildSort::other;
    }
  }
  const BodyKind& kind = organisation.kind(std::get<BodyId>(subject));
  switch (kind.level) {
    case BodyKind::Level::province: return ChildSort::province;
    case BodyKind::Level::district: return ChildSort::district;
    case BodyKind::Level::commune: return level_in_charge_of(kind) ? ChildSort::commune : ChildSort::office;
    case BodyKind::Level::branch: return ChildSort::branch;
    default: return ChildSort::other;
  }
}

// A rounded share of a unit with `decimals`: 31460000000 by 1000000000 -> "31,46".
std::string in_units(std::int64_t value, std::int64_t unit, int decimals) {
  std::int64_t fine = 1;
  for (int i = 0; i < decimals; ++i) fine *= 10;
  const std::int64_t rounded = rounded_ratio(std::abs(value), unit / fine);
  std::string out = (value < 0 ? "-" : "") + number_text(rounded / fine);
  if (rounded % fine != 0) {
    out += fmt::format(",{:0{}}", rounded % fine, decimals);
    while (out.back() == '0') out.pop_back();
  }
  return out;
}

constexpr std::int64_t million = 1'000'000;

// The share that belongs to the first answer: members of the population.
constexpr std::string_view headline = "B01", headline_share = "B05";

}  // namespace

std::string whole_words(const Organisation& organisation, const Subject& subject, Day tree, InSentence position) {
  const Unit* unit = covered_unit(organisation, subject, tree);
  if (!unit) return subject_name(organisation, subject, tree);
  if (unit->level == UnitLevel::country) return position == InSentence::head ? tr("Toàn quốc") : tr("toàn quốc");
  const std::string& type = unit->on(tree).type;
  if (type == "tỉnh") return position == InSentence::head ? tr("Toàn tỉnh") : tr("toàn tỉnh");
  if (type == "thành phố") return position == InSentence::head ? tr("Toàn thành phố") : tr("toàn thành phố");
  if (type == "huyện") return position == InSentence::head ? tr("Toàn huyện") : tr("toàn huyện");
  if (type == "quận") return position == InSentence::head ? tr("Toàn quận") : tr("toàn quận");
  if (type == "thị xã") return position == InSentence::head ? tr("Toàn thị xã") : tr("toàn thị xã");
  if (type == "thị trấn") return position == InSentence::head ? tr("Toàn thị trấn") : tr("toàn thị trấn");
  if (type == "xã") return position == InSentence::head ? tr("Toàn xã") : tr("toàn xã");
  if (type == "phường") return position == InSentence::head ? tr("Toàn phường") : tr("toàn phường");
  if (type == "đặc khu") return position == InSentence::head ? tr("Toàn đặc khu") : tr("toàn đặc khu");
  return subject_name(organisation, subject, tree);
}

std::string children_words(const Organisation& organisation, std::span<const BoardRow> rows, Day tree) {
  std::set<ChildSort> sorts;
  for (const BoardRow& row : rows)
    if (row.kind == Part::Kind::child) sorts.insert(sort_of(organisation, row.subject));
  if (sorts == std::set{ChildSort::province}) return tr("tỉnh, thành phố");
  if (sorts == std::set{ChildSort::district}) return tr("huyện, thị xã, thành phố");
  if (sorts == std::set{ChildSort::commune}) return tree < reform_day() ? tr("xã, phường, thị trấn") : tr("xã, phường");
  if (sorts == std::set{ChildSort::commune, ChildSort::office}) return tr("xã, phường, đơn vị");
  if (sorts == std::set{ChildSort::branch}) return tr("chi hội, ban");
  return tr("đơn vị");
}

std::string own_words(const Organisation& organisation, const Subject& subject, Day tree) {
  if (const auto* body = std::get_if<BodyId>(&subject)) {
    const BodyKind& kind = organisation.kind(*body);
    if (kind.level == BodyKind::Level::branch) return tr("Số của chi hội, ban");
    if (kind.level == BodyKind::Level::commune) return tr("Số chung, chưa phân theo chi hội");
    return tr("Số của riêng {}", organisation.body(*body).on(tree).name);
  }
  return tr("Số chung của địa bàn");
}

std::string line_name(const Figure& now) { return now.defined() && now.value == 0 ? tr("Số của đơn vị cũ") : tr("Số liệu chung chưa tách được"); }

std::string line_words(const Organisation& organisation, const Subject& subject, Day tree, Held held) {
  if (tree < born(organisation, subject)) {
    std::vector<std::string> parts;
    for (const Subject& before : neighbours(organisation, subject, false)) parts.push_back(running_name(organisation, before, tree));
    const std::string name = short_subject_name(organisation, subject, tree);
    const std::string day = born(organisation, subject).text();
    return parts.empty() ? tr("{} (thành lập từ {}).", name, day) : tr("{} (thành lập từ {}), trước là {}.", name, day, enumerated(parts));
  }
  std::vector<std::string> parts;
  for (const Subject& after : neighbours(organisation, subject, true)) {
    const Unit* unit = covered_unit(organisation, after, tree);
    parts.push_back(unit ? unit->on(tree).running_name() : running_name(organisation, after, tree));
  }
  const std::string name = short_subject_name(organisation, subject, tree);
  if (parts.empty()) return held == Held::handed_over ? tr("{} (cũ), đã bàn giao.", name) : tr("{} (cũ), chưa có đơn vị kế thừa.", name);
  return held == Held::handed_over ? tr("{} (cũ), đã bàn giao cho {}.", name, enumerated(parts)) : tr("{} (cũ), nay thuộc {}.", name, enumerated(parts));
}

void put_turn(BoardRow& line, const Organisation& organisation, const Catalogue& catalogue, MeasureIndex measure, Day tree) {
  if (!line.now.defined() || !line.then.defined() || line.now.is_ratio || line.now.value == line.then.value) return;
  const Day began = born(organisation, line.subject);
  const auto end = ended(organisation, line.subject);
  if (tree < began) {
    if (line.then.value != 0) return;
    line.turn = BoardRow::Turn::founded;
    line.turned = began;
  } else if (line.now.value < line.then.value && is_handed_over(catalogue, catalogue.series(measure))) {
    line.turn = BoardRow::Turn::handed_over;
  } else if (line.now.value < line.then.value && end) {
    line.turn = BoardRow::Turn::ended;
    line.turned = *end;
  }
}

std::string no_part_words(const Organisation& organisation, const Subject& subject, std::span<const Subject> inside, Day tree) {
  const std::string name = subject_name(organisation, subject, tree);
  if (!inside.empty())
    return tr("Ngày {} chưa có {}. Địa bàn này khi đó thuộc {}, sau được chia cho nhiều đơn vị, nên không có số riêng. Xin xem theo địa giới hiện nay.", tree.text(), name,
              subject_name(organisation, inside.front(), tree));
  return tr("Ngày {} không có {}, cũng không có đơn vị nào là tiền thân trọn vẹn của đơn vị này. Xin xem theo địa giới hiện nay.", tree.text(), name);
}

std::string name_in_tree(const Organisation& organisation, const Subject& subject, Day tree, Day today) {
  const std::string name = short_subject_name(organisation, subject, tree);
  const auto end = ended(organisation, subject);
  return end && *end <= today ? tr("{} (cũ)", name) : name;
}

std::string running_name_in_tree(const Organisation& organisation, const Subject& subject, Day tree, Day today) {
  const Unit* unit = covered_unit(organisation, subject, tree);
  const std::string name = unit ? unit->on(tree).running_name() : running_name(organisation, subject, tree);
  const auto end = ended(organisation, subject);
  return end && *end <= today ? tr("{} (cũ)", name) : name;
}

std::string whole_area_words(const Organisation& organisation, const BoardAsk& ask) {
  return tr("Toàn bộ địa bàn {} hiện nay", running_name_in_tree(organisation, ask.question.subject, ask.today, ask.today));
}

bool is_restated(const BoardAsk& ask) { return ask.year_before().period.first < reform_day() && reform_day() <= ask.question.tree; }

std::string compared_with(const BoardAsk& ask) {
  const int year = Periods::house().same_last_year(ask.period).year;
  if (is_restated(ask) && ask.question.tree == ask.today) return tr("cùng kỳ năm {} (quy về địa giới hiện nay)", year);
  if (is_restated(ask)) return tr("cùng kỳ năm {} (quy về địa giới ngày {})", year, ask.question.tree.text());
  return tr("cùng kỳ năm {}", year);
}

std::string answer_sentence(const Figures& figures, const Board& board, const BoardAsk& ask) {
  const Organisation& organisation = *figures.view().organisation;
  const Measure& measure = figures.catalogue().measure(board.measure);
  const Language language = current_language();
  const bool members = measure.code == headline;
  const auto amount = [&](const Figure& figure) {
    if (figure.is_ratio && figure.scale == 100) return figure.text(measure);
    const std::string unit = measure.is_money && !figure.is_ratio ? tr("đồng") : members ? measure.counted(language) : measure.unit(language);
    return fmt::format("{} {}", figure.text(measure), unit);
  };
  if (board.is_parted()) {
    std::string parts;
    for (const BoardSection& section : board.sections) {
      const std::string name = parts.empty() ? name_in_tree(organisation, section.whole.subject, ask.question.tree, ask.today)
                                             : running_name_in_tree(organisation, section.whole.subject, ask.question.tree, ask.today);
      if (!parts.empty()) parts += ", ";
      parts += members ? tr("{} có {}", name, amount(section.whole.now)) : tr("{}: {}", name, amount(section.whole.now));
    }
    if (!board.total.now.defined()) return parts + ".";
    if (board.total.now == *board.in_todays_tree) return tr("{}; cộng lại {}, bằng đúng số quy về địa giới hiện nay.", parts, number_text(board.total.now.value));
    return tr("{}; cộng lại {}. Số quy về địa giới hiện nay là {}, vì có đơn vị cũ được chia cho nhiều nơi.", parts, number_text(board.total.now.value),
              board.in_todays_tree->text(measure));
  }
  const Subject& subject = board.total.subject;
  const Figure& now = board.total.now;
  if (!now.defined() || (now.value == 0 && (!board.total.then.defined() || board.total.then.value == 0)))
    return tr("{} chưa có số liệu về chỉ tiêu “{}” trong kỳ này.", whole_words(organisation, subject, ask.question.tree, InSentence::head), measure.label(language));
  const bool waits = board.compared == Compared::usual && fall_may_be_silence(measure, board);
  if (waits && now.value == 0)
    return tr("{} chưa có số liệu về chỉ tiêu “{}” trong kỳ này; {} là {}.", whole_words(organisation, subject, ask.question.tree, InSentence::head), measure.label(language), compared_with(ask),
              amount(board.total.then));
  std::string out = members ? tr("{} có {}", whole_words(organisation, subject, ask.question.tree, InSentence::head), amount(now))
                            : tr("{} của {} là {}", measure.label(language), whole_words(organisation, subject, ask.question.tree, InSentence::within), amount(now));
  if (members) {
    Question question = ask.question;
    question.subject = subject;
    const MeasureIndex share = figures.catalogue().index(headline_share);
    if (const auto figure = figures.figure(share, question); figure && figure->defined()) out += tr(", chiếm {} dân số", figure->text(figures.catalogue().measure(share)));
  }
  Question whole = ask.question;
  whole.subject = subject;
  std::string covered = provinces_covered_words(figures, whole);
  if (!covered.empty()) covered.insert(0, " ");
  if (board.compared == Compared::across_reform) return out + tr("; không so sánh với cùng kỳ vì số đơn vị đã thay đổi từ 01/7/2025.") + covered;
  if (waits) return out + waiting_words(measure, board, children_words(organisation, board.sections.front().rows, ask.question.tree), compared_with(ask)) + "." + covered;
  const std::string change = comparison_sentence(measure, now, board.total.then, compared_with(ask), language);
  return (change.empty() ? out + "." : fmt::format("{}, {}.", out, change)) + covered;
}

std::string change_words(const Measure& measure, const Board& board, const BoardRow& row) {
  if (board.compared == Compared::across_reform) return tr("không so sánh");
  const bool is_whole = row.kind == Part::Kind::own && row.subject == board.total.subject && row.now == board.total.now && row.then == board.total.then;
  if ((is_whole && fall_may_be_silence(measure, board)) || (row.report == BoardRow::Report::silent && row.now.value == 0 && row.then.value > 0)) return tr("chưa so sánh đủ");
  if (row.turn == BoardRow::Turn::founded) return tr("có từ {}", row.turned.text());
  if (row.turn == BoardRow::Turn::ended) return tr("kết thúc từ {}", row.turned.text());
  const std::int64_t change = row.now.value - row.then.value;
  if (row.turn == BoardRow::Turn::taken_over) return tr("nhận bàn giao {}", cell_text(measure, {change, 1, false, 1}, money_unit(measure, board)));
  if (row.turn == BoardRow::Turn::handed_over)
    return row.now.value == 0 ? tr("đã bàn giao") : tr("đã bàn giao {}", cell_text(measure, {-change, 1, false, 1}, money_unit(measure, board)));
  if (money_unit(measure, board) == MoneyUnit::million && row.now.defined() && row.then.defined() && change != 0) {
    const std::string amount = in_units(std::abs(change), million, 2);
    const std::string size = row.then.value > 0 ? fmt::format("{} ({})", amount, percent_text(std::abs(change), row.then.value)) : amount;
    return change > 0 ? tr("tăng {}", size) : tr("giảm {}", size);
  }
  return comparison_text(measure, row.now, row.then, current_language());
}

std::string target_text(const Measure& measure, const Figure& figure, std::int64_t target) {
  if (measure.kind != MeasureKind::ratio) return number_text(target);
  return figure.scale == 100 ? percent_text(target, 1000) : number_text(target);
}

Amount amount_of(const Measure& measure, const Figure& figure) {
  const Language language = current_language();
  if (!figure.defined()) return {"–", {}};
  if (figure.is_ratio && figure.scale == 100) return {figure.text(measure), {}};
  if (!measure.is_money || figure.is_ratio) return {figure.text(measure), measure.unit(language)};
  const std::int64_t size = std::abs(figure.value);
  if (size >= 1'000'000'000) return {in_units(figure.value, 1'000'000'000, 2), tr("tỷ đồng")};
  if (size >= 1'000'000) return {in_units(figure.value, 1'000'000, 1), tr("triệu đồng")};
  return {number_text(figure.value), tr("đồng")};
}

MoneyUnit money_unit(const Measure& measure, const Board& board) {
  const bool large = !board.total.now.is_ratio && std::abs(board.total.now.value) >= 100 * million;
  return measure.is_money && measure.kind != MeasureKind::ratio && large ? MoneyUnit::million : MoneyUnit::dong;
}

std::string cell_text(const Measure& measure, const Figure& figure, MoneyUnit unit) {
  return unit == MoneyUnit::million && figure.defined() ? in_units(figure.value, million, 2) : figure.text(measure);
}

}  // namespace khuyenhoc
