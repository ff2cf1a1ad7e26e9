// What ended bodies held: levels handed over on the day, later records given to whoever took over.
#include "base/number.h"
#include "organisation/body_queries.h"
#include "restructure/restructure_run.h"

namespace khuyenhoc {

namespace sql = restructure_sql;

namespace {

std::string words(const Catalogue& catalogue, Series series) { return catalogue.label(series, Language::vietnamese); }

}  // namespace

bool is_of(const Fact& fact, BodyRestructureId id) { return fact.source.noun == sql::noun && fact.source.id == id.value; }

void RestructureRun::post(BodyId body, Day day, Series series, std::int64_t amount, FactKind kind) {
  Fact fact;
  fact.body = body;
  fact.day = day;
  fact.series = series;
  fact.amount = amount;
  fact.kind = kind;
  fact.source = {std::string(sql::noun), id_.value};
  house_.ledger_.post(writer_, fact);
  sql::note_posting(writer_, id_, body);
}

Result<void> RestructureRun::hand_over_stocks() {
  for (const auto& ending : endings_) {
    if (ending.target)
      for (const auto& [series, amount] : own_levels(writer_, house_.ledger_, ending.body, plan_.day - 1)) {
        post(ending.body, plan_.day, series, -amount, FactKind::handover);
        post(ending.target, plan_.day, series, amount, FactKind::handover);
      }
    if (auto moved = re_home_late(ending); !moved) return moved;
  }
  return {};
}

Result<void> RestructureRun::re_home_late(const Ending& ending) {
  LateRecords late(writer_, house_.ledger_, house_.statements_, id_, by_);
  auto moved = late.move(ending.body, ending.target, plan_.day);
  if (!moved) return std::unexpected(moved.error());
  for (const auto& fact : moved->late) late_.push_back({ending.body, fact.series, fact.day, fact.amount, ending.target});
  for (auto& one : moved->rehomed) rehomed_.push_back(std::move(one));
  for (auto& one : moved->taken) taken_.push_back(std::move(one));
  for (const auto body : moved->posted) sql::note_posting(writer_, id_, body);
  return {};
}

Result<LateRecords::Moved> LateRecords::move(BodyId old_body, BodyId target, Day from) {
  Moved moved;
  const auto is_late = [&](const Fact& fact) { return !(is_of(fact, id_) && fact.kind == FactKind::handover) && fact.source.noun != sql::minutes_noun; };
  for (auto& fact : own_facts_from(writer_, ledger_, old_body, from))
    if (is_late(fact)) moved.late.push_back(std::move(fact));
  // A total stated for a body that is gone cannot be kept as a total: its remainder becomes a record of whoever takes over.
  for (const auto& statement : statements_from(writer_, ledger_, old_body, from)) {
    const auto taken_back = statements_.state(writer_, old_body, statement.series, statement.period, std::nullopt, statement.row_version, Arrival::within, by_.user,
                                              by_.now_ms, statement.extent);
    if (!taken_back) return std::unexpected(taken_back.error());
    moved.taken.push_back(statement);
  }
  std::set<std::int64_t> standing;
  for (const auto& fact : own_facts_from(writer_, ledger_, old_body, from))
    if (is_late(fact)) standing.insert(fact.position);
  for (const auto& fact : moved.late) {
    const bool still_there = standing.contains(fact.position);
    if (!target && still_there) continue;
    if (still_there) {
      ledger_.reverse(writer_, fact);
      moved.rehomed.push_back({fact, target});
    }
    Fact at_target;
    at_target.body = target ? target : old_body;
    at_target.day = fact.day;
    at_target.series = fact.series;
    at_target.amount = fact.amount;
    at_target.kind = FactKind::record;
    at_target.source = {std::string(sql::noun), id_.value};
    ledger_.post(writer_, at_target);
    moved.posted.push_back(at_target.body);
  }
  return moved;
}

BodyId Restructures::only_target(db::Reader& reader, BodyRestructureId id, BodyId body) const {
  BodyId out;
  std::size_t successors = 0;
  for (const auto& line : sql::fates(reader, id))
    if (line.fate == BodyFate::succeeded && line.body == body) {
      out = line.other;
      ++successors;
    }
  return successors == 1 ? out : BodyId{};
}

std::vector<Remainder> Restructures::open_remainders(db::Reader& reader, BodyRestructureId id) {
  std::vector<Remainder> out;
  const auto stored = find(reader, id);
  if (!stored || stored->undone_ms) return out;
  for (const auto& line : sql::fates(reader, id)) {
    if (line.fate != BodyFate::ended) continue;
    std::map<Series, std::int64_t> left;
    for (const auto& [series, amount] : own_levels(reader, ledger_, line.body, stored->day - 1)) left[series] = amount;
    for (const auto& fact : own_facts_from(reader, ledger_, line.body, stored->day))
      if (fact.kind == FactKind::handover && is_handed_over(ledger_.catalogue(), fact.series)) left[fact.series] += fact.amount;
    for (const auto& [series, amount] : left)
      if (amount != 0) out.push_back({line.body, series, amount});
  }
  return out;
}

std::vector<LateRecord> Restructures::late_records(db::Reader& reader, BodyRestructureId id) {
  std::vector<LateRecord> out;
  const auto stored = find(reader, id);
  if (!stored || stored->undone_ms) return out;
  for (const auto& line : sql::fates(reader, id)) {
    if (line.fate != BodyFate::ended) continue;
    for (const auto& fact : own_facts_from(reader, ledger_, line.body, stored->day))
      if (fact.kind != FactKind::handover) out.push_back({line.body, fact.series, fact.day, fact.amount, {}});
  }
  return out;
}

namespace {

Result<void> check_open(const std::optional<StoredRestructure>& stored) {
  if (!stored) return refuse("restructure.unknown", "Không tìm thấy đợt sắp xếp này.");
  if (stored->undone_ms) return refuse("restructure.undone", "Đợt sắp xếp này đã được khôi phục như cũ.");
  return {};
}

Result<void> check_ended_by(const std::vector<FateLine>& fates, BodyId body) {
  if (std::ranges::any_of(fates, [&](const FateLine& line) { return line.fate == BodyFate::ended && line.body == body; })) return {};
  return refuse("handover.body", "Tổ chức này không kết thúc trong đợt sắp xếp đã chọn, nên không có gì để bàn giao.");
}

}  // namespace

Result<void> Restructures::hand_over(db::Writer& writer, BodyRestructureId id, BodyId old_body, std::span<const Allocation> allocations, const HandoverMinutes& minutes,
                                     Arrival arrival, const RestructureBy& by) {
  const auto stored = find(writer, id);
  if (auto good = check_open(stored); !good) return good;
  if (auto good = check_ended_by(sql::fates(writer, id), old_body); !good) return good;
  if (minutes.number.empty()) return refuse("handover.minutes", "Cần ghi số biên bản bàn giao.", "number");
  std::map<Series, std::int64_t> left;
  for (const auto& remainder : open_remainders(writer, id))
    if (remainder.body == old_body) left[remainder.series] = remainder.amount;
  std::map<Series, std::int64_t> given;
  for (const auto& one : allocations) {
    if (!left.contains(one.series))
      return refuse("handover.series", fmt::format("“{}” của đơn vị cũ không còn gì để bàn giao.", words(ledger_.catalogue(), one.series)));
    const auto successor = load_body(writer, one.successor);
    if (!successor || !successor->alive(stored->day) || one.successor == old_body)
      return refuse("handover.successor", fmt::format("Đơn vị nhận phải đang hoạt động vào ngày {}.", stored->day.text()));
    if ((one.amount < 0) != (left[one.series] < 0) && one.amount != 0)
      return refuse("handover.sum", fmt::format("{}: số giao cho “{}” không thể là {}.", words(ledger_.catalogue(), one.series), successor->on(stored->day).name,
                                                number_text(one.amount)));
    given[one.series] += one.amount;
  }
  if (given.empty()) return refuse("handover.sum", "Chưa ghi số nào để bàn giao.");
  for (const auto& [series, amount] : given)
    if (amount != left[series]) {
      const auto missing = left[series] - amount;
      return refuse("handover.sum", fmt::format("{}: đơn vị cũ còn {}, các đơn vị nhận cộng lại là {}, {} {}.", words(ledger_.catalogue(), series),
                                                number_text(left[series]), number_text(amount), missing > 0 ? "còn thiếu" : "thừa", number_text(std::abs(missing))));
    }
  const auto handover = organisation_.store().new_id();
  sql::insert_handover(writer, handover, id, old_body, minutes, by);
  const auto move = [&](BodyId body, Series series, std::int64_t amount) {
    Fact fact;
    fact.body = body;
    fact.day = stored->day;
    fact.series = series;
    fact.amount = amount;
    fact.kind = FactKind::handover;
    fact.source = {std::string(sql::minutes_noun), handover};
    statements_.record(writer, fact, arrival, by.user, by.now_ms);
    sql::note_posting(writer, id, body);
  };
  std::string after;
  for (const auto& [series, amount] : given) move(old_body, series, -amount);
  for (const auto& one : allocations) {
    if (one.amount != 0) move(one.successor, one.series, one.amount);
    after += fmt::format(R"({}{{"series":{},"to":{},"amount":{}}})", after.empty() ? "" : ",", json_text(words(ledger_.catalogue(), one.series)), one.successor.value,
                         one.amount);
  }
  if (by.sink)
    by.sink(writer, ChangeNote{old_body, sql::noun, id.value, "hand_over", {}, "[" + after + "]",
                               fmt::format("Biên bản bàn giao số {} ngày {}", minutes.number, minutes.date.text()), {}});
  return {};
}

Result<void> Restructures::re_home(db::Writer& writer, BodyRestructureId id, BodyId old_body, BodyId successor, const RestructureBy& by) {
  const auto stored = find(writer, id);
  if (auto good = check_open(stored); !good) return good;
  if (auto good = check_ended_by(sql::fates(writer, id), old_body); !good) return good;
  const auto body = load_body(writer, successor);
  if (!body || !body->alive(stored->day) || successor == old_body)
    return refuse("handover.successor", fmt::format("Đơn vị nhận phải đang hoạt động vào ngày {}.", stored->day.text()));
  LateRecords late(writer, ledger_, statements_, id, by);
  const auto moved = late.move(old_body, successor, stored->day);
  if (!moved) return std::unexpected(moved.error());
  auto number = sql::count_rehomed(writer, id);
  for (const auto& one : moved->rehomed)
    if (!is_of(one.fact, id)) sql::insert_rehomed(writer, ledger_.catalogue(), id, ++number, one);
  for (const auto& one : moved->taken) sql::insert_taken(writer, ledger_.catalogue(), id, one);
  for (const auto posted : moved->posted) sql::note_posting(writer, id, posted);
  sql::set_settled(writer, id, false);
  if (by.sink)
    by.sink(writer, ChangeNote{old_body, sql::noun, id.value, "re_home", {}, fmt::format(R"({{"to":{},"records":{}}})", successor.value, moved->late.size()), {}, {}});
  return {};
}

Result<void> Restructures::bring_up_to_date(db::Writer& writer, BodyRestructureId id, const RestructureBy& by) {
  const auto stored = find(writer, id);
  if (auto good = check_open(stored); !good) return good;
  for (const auto& remainder : open_remainders(writer, id)) {
    const auto target = only_target(writer, id, remainder.body);
    if (!target) continue;
    for (const auto& [body, amount] : {std::pair(remainder.body, -remainder.amount), std::pair(target, remainder.amount)}) {
      Fact fact;
      fact.body = body;
      fact.day = stored->day;
      fact.series = remainder.series;
      fact.amount = amount;
      fact.kind = FactKind::handover;
      fact.source = {std::string(sql::noun), id.value};
      ledger_.post(writer, fact);
      sql::note_posting(writer, id, body);
    }
  }
  sql::set_settled(writer, id, false);
  if (by.sink) by.sink(writer, ChangeNote{sql::fates(writer, id).front().body, sql::noun, id.value, "bring_up_to_date", {}, {}, stored->title, {}});
  return {};
}

Result<void> Restructures::close(db::Writer& writer, BodyRestructureId id, const RestructureBy& by) {
  const auto stored = find(writer, id);
  if (auto good = check_open(stored); !good) return good;
  const auto remainders = open_remainders(writer, id);
  if (!remainders.empty()) {
    const auto& first = remainders.front();
    return refuse("restructure.remainder",
                  fmt::format("Chưa kết thúc được: còn {} số liệu chưa bàn giao, ví dụ {} của “{}” còn {}. Cần lập biên bản bàn giao trước.", remainders.size(),
                              words(ledger_.catalogue(), first.series), name_of(writer, first.body), number_text(first.amount)));
  }
  if (const auto late = late_records(writer, id); !late.empty())
    return refuse("restructure.remainder", fmt::format("Chưa kết thúc được: còn {} số liệu ghi cho “{}” sau ngày sắp xếp; cần chọn đơn vị nhận các số này.", late.size(),
                                                       name_of(writer, late.front().body)));
  sql::set_closed(writer, id, by.now_ms);
  if (by.sink) by.sink(writer, ChangeNote{sql::fates(writer, id).front().body, sql::noun, id.value, "close", {}, {}, stored->title, {}});
  return {};
}

}  // namespace khuyenhoc
