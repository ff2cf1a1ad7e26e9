// What ended bodies held: levels handed over on the day, later records given to whoever took over.
#include <cassert>

#include "base/number.h"
#include "organisation/body_queries.h"
#include "organisation/heirs.h"
#include "restructure/restructure_run.h"

namespace khuyenhoc {

namespace sql = restructure_sql;

namespace {

std::string words(const Catalogue& catalogue, Series series, Language language = Language::vietnamese) { return catalogue.label(series, language); }

}  // namespace

bool is_of(const Fact& fact, BodyRestructureId id) { return fact.source.noun == sql::noun && fact.source.id == id.value; }
bool belongs_to_handover(const Fact& fact) { return fact.kind == FactKind::companion && (fact.source.noun == sql::noun || fact.source.noun == sql::minutes_noun); }

// What was listed stays listed, what was only stated stays only stated: so a successor that then states less has less, and not a conflict.
void post_handover(db::Writer& writer, Ledger& ledger, BodyRestructureId id, Day day, const OwnLevel& level, BodyId from, BodyId to, TakesOver how) {
  for (const auto& [body, amount, layer] : {std::tuple(from, -level.amount, level.layer), std::tuple(to, level.amount, layer_at(how, level.layer))}) {
    Fact fact;
    fact.body = body;
    fact.day = day;
    fact.series = level.series;
    fact.amount = amount;
    fact.kind = FactKind::handover;
    fact.source = {std::string(sql::noun), id.value};
    fact.layer = layer;
    ledger.post(writer, fact);
  }
}

std::vector<OwnLevel> levels_left(db::Reader& reader, const Ledger& ledger, BodyId body, Day ended) {
  std::map<std::pair<Series, FactLayer>, std::int64_t> left;
  for (const auto& level : own_levels(reader, ledger, body, ended - 1)) left[{level.series, level.layer}] = level.amount;
  for (const auto& fact : own_facts_from(reader, ledger, body, ended))
    if (fact.kind == FactKind::handover && is_handed_over(ledger.catalogue(), fact.series)) left[{fact.series, fact.layer}] += fact.amount;
  std::vector<OwnLevel> out;
  for (const auto& [key, amount] : left)
    if (amount != 0) out.push_back({key.first, key.second, amount});
  return out;
}

void RestructureRun::hand_over(const OwnLevel& level, const Ending& ending) {
  post_handover(writer_, house_.ledger_, id_, plan_.day, level, ending.body, ending.target, ending.takes_over());
  posted_.insert({ending.body, ending.target});
}

void RestructureRun::note_late_pending() {
  const auto pending = house_.ledger_.pending(writer_);
  for (; pending_seen_ < pending.size(); ++pending_seen_) {
    const auto& fact = pending[pending_seen_];
    if (fact.day >= plan_.day && !(is_of(fact, id_) && fact.kind == FactKind::handover)) late_at_.insert(fact.body);
  }
}

Result<void> RestructureRun::hand_over_stocks() {
  std::vector<BodyId> all, with_target;
  for (const auto& ending : endings_) {
    all.push_back(ending.body);
    if (ending.target) with_target.push_back(ending.body);
  }
  late_at_ = bodies_with_figures_from(writer_, house_.ledger_, all, plan_.day);
  const auto levels = own_levels_of(writer_, house_.ledger_, with_target, plan_.day - 1);
  for (const auto& ending : endings_) {
    if (const auto own = levels.find(ending.body); ending.target && own != levels.end())
      for (const auto& level : own->second) hand_over(level, ending);
    note_late_pending();
    if (!late_at_.contains(ending.body)) continue;
    if (auto moved = re_home_late(ending); !moved) return moved;
  }
  return {};
}

Result<void> RestructureRun::re_home_late(const Ending& ending) {
  LateRecords late(writer_, house_.ledger_, house_.statements_, id_, by_);
  auto moved = late.move(ending.body, ending.target, ending.takes_over(), plan_.day);
  if (!moved) return std::unexpected(moved.error());
  for (const auto& fact : moved->late) late_.push_back({ending.body, fact.series, fact.day, fact.amount, ending.target});
  for (auto& one : moved->rehomed) rehomed_.push_back(std::move(one));
  for (auto& one : moved->taken) taken_.push_back(std::move(one));
  posted_.insert(moved->posted.begin(), moved->posted.end());
  return {};
}

Result<LateRecords::Moved> LateRecords::move(BodyId old_body, BodyId target, TakesOver how, Day from) {
  Moved moved;
  const Catalogue& catalogue = ledger_.catalogue();
  const auto is_level_series = [&](const Fact& fact) { return is_level(catalogue.measure(catalogue.measure_of(fact.series)).kind); };
  const auto is_late = [&](const Fact& fact) { return !(is_of(fact, id_) && fact.kind == FactKind::handover) && fact.source.noun != sql::minutes_noun; };
  // What a total stated earlier left to what came in after the end: worked out anew at whoever holds the remainder now.
  const auto is_worked_out = [&](const Fact& fact) { return fact.kind == FactKind::companion && is_level_series(fact); };
  const auto late_at_old_body = [&] {
    std::vector<Fact> out;
    for (auto& fact : own_facts_from(writer_, ledger_, old_body, from))
      if (is_worked_out(fact) || is_late(fact)) out.push_back(std::move(fact));
    return out;
  };
  const auto before = late_at_old_body();
  // A total stated for a body that is gone cannot be kept as a total: what it added becomes a record of whoever takes over, still only stated if it is a level.
  for (const auto& statement : statements_from(writer_, ledger_, old_body, from)) {
    const auto taken_back = statements_.state(writer_, old_body, statement.series, statement.period, std::nullopt, statement.row_version, Arrival::within, by_.user,
                                              by_.now_ms, statement.extent);
    if (!taken_back) return std::unexpected(taken_back.error());
    moved.taken.push_back(statement);
  }
  std::set<std::int64_t> standing;
  for (const auto& fact : late_at_old_body()) {
    if (is_worked_out(fact)) ledger_.reverse(writer_, fact);
    else standing.insert(fact.position);
  }
  const auto post = [&](const Fact& like, BodyId body, FactKind kind, FactLayer layer, Arrival arrival) {
    Fact fact;
    fact.body = body;
    fact.day = like.day;
    fact.series = like.series;
    fact.amount = like.amount;
    fact.kind = kind;
    fact.source = {std::string(sql::noun), id_.value};
    fact.layer = layer;
    fact.arrival = arrival;
    ledger_.post(writer_, fact);
    moved.posted.push_back(body);
  };
  for (const auto& fact : before) {
    if (is_worked_out(fact)) {
      if (target && how == TakesOver::as_heir) post(fact, target, FactKind::companion, fact.layer, Arrival::within);
      continue;
    }
    moved.late.push_back(fact);
    const bool still_there = standing.contains(fact.position);
    if (!target && still_there) continue;
    if (still_there) {
      ledger_.reverse(writer_, fact);
      moved.rehomed.push_back({fact, target});
    }
    post(fact, target ? target : old_body, FactKind::record, is_level_series(fact) ? layer_at(how, fact.layer) : FactLayer::listed, Arrival::beyond);
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
  return successors == 1 && of_one_system(*organisation_.current(), body, out) ? out : BodyId{};
}

std::vector<Remainder> Restructures::open_remainders(db::Reader& reader, BodyRestructureId id) {
  std::vector<Remainder> out;
  const auto stored = find(reader, id);
  if (!stored || stored->undone_ms) return out;
  for (const auto& line : sql::fates(reader, id)) {
    if (line.fate != BodyFate::ended) continue;
    std::map<Series, std::int64_t> left;
    for (const auto& level : levels_left(reader, ledger_, line.body, stored->day)) left[level.series] += level.amount;
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

// A part of what is left, with the same shares of listed and only stated as the whole, exact to one: what is left after the last part is nothing.
std::vector<OwnLevel> take_share(std::vector<OwnLevel>& left, std::int64_t amount) {
  std::int64_t all = 0;
  for (const auto& level : left) all += level.amount;
  std::vector<OwnLevel> out = left;
  std::int64_t missing = amount;
  for (auto& part : out) {
    __extension__ using wide = __int128;
    part.amount = all == 0 ? 0 : static_cast<std::int64_t>(static_cast<wide>(part.amount) * amount / all);
    missing -= part.amount;
  }
  for (std::size_t i = 0; i < out.size() && missing != 0; ++i) {       // rounding left less than one a layer
    const std::int64_t one = missing > 0 ? 1 : -1;
    if (out[i].amount == left[i].amount) continue;
    out[i].amount += one;
    missing -= one;
  }
  assert(missing == 0);
  for (std::size_t i = 0; i < out.size(); ++i) left[i].amount -= out[i].amount;
  return out;
}

Result<void> check_open(const std::optional<StoredRestructure>& stored) {
  if (!stored) return refuse("restructure.unknown", tr("Không tìm thấy đợt sắp xếp này."));
  if (stored->undone_ms) return refuse("restructure.undone", tr("Đợt sắp xếp này đã được khôi phục như cũ."));
  return {};
}

TakesOver takes_over(const Organisation& organisation, const std::vector<FateLine>& fates, BodyId old_body, BodyId receiver) {
  const bool heir = of_one_system(organisation, old_body, receiver) && std::ranges::any_of(fates, [&](const FateLine& line) { return line.fate == BodyFate::succeeded && line.body == old_body && line.other == receiver; });
  return heir ? TakesOver::as_heir : TakesOver::for_itself;
}

Result<void> check_ended_by(const std::vector<FateLine>& fates, BodyId body) {
  if (std::ranges::any_of(fates, [&](const FateLine& line) { return line.fate == BodyFate::ended && line.body == body; })) return {};
  return refuse("handover.body", tr("Tổ chức này không kết thúc trong đợt sắp xếp đã chọn, nên không có gì để bàn giao."));
}

}  // namespace

Result<void> Restructures::hand_over(db::Writer& writer, BodyRestructureId id, BodyId old_body, std::span<const Allocation> allocations, const HandoverMinutes& minutes,
                                     Arrival arrival, const RestructureBy& by) {
  const auto stored = find(writer, id);
  if (auto good = check_open(stored); !good) return good;
  if (auto good = check_ended_by(sql::fates(writer, id), old_body); !good) return good;
  if (minutes.number.empty()) return refuse("handover.minutes", tr("Cần ghi số biên bản bàn giao."), "number");
  std::map<Series, std::int64_t> left;
  for (const auto& remainder : open_remainders(writer, id))
    if (remainder.body == old_body) left[remainder.series] = remainder.amount;
  std::map<Series, std::int64_t> given;
  for (const auto& one : allocations) {
    if (!left.contains(one.series))
      return refuse("handover.series", tr("“{}” của đơn vị cũ không còn gì để bàn giao.", words(ledger_.catalogue(), one.series, current_language())));
    const auto successor = load_body(writer, one.successor);
    if (!successor || !successor->alive(stored->day) || one.successor == old_body)
      return refuse("handover.successor", tr("Đơn vị nhận phải đang hoạt động vào ngày {}.", stored->day.text()));
    if ((one.amount < 0) != (left[one.series] < 0) && one.amount != 0)
      return refuse("handover.sum", tr("{}: số giao cho “{}” không thể là {}.", words(ledger_.catalogue(), one.series, current_language()), successor->on(stored->day).name,
                                                number_text(one.amount)));
    given[one.series] += one.amount;
  }
  if (given.empty()) return refuse("handover.sum", tr("Chưa ghi số nào để bàn giao."));
  for (const auto& [series, amount] : given)
    if (amount != left[series]) {
      const auto missing = left[series] - amount;
      const auto what = words(ledger_.catalogue(), series, current_language()), old = number_text(left[series]), all = number_text(amount), by_how_much = number_text(std::abs(missing));
      return refuse("handover.sum", missing > 0 ? tr("{}: đơn vị cũ còn {}, các đơn vị nhận cộng lại là {}, còn thiếu {}.", what, old, all, by_how_much)
                                                : tr("{}: đơn vị cũ còn {}, các đơn vị nhận cộng lại là {}, thừa {}.", what, old, all, by_how_much));
    }
  const auto handover = organisation_.store().new_id();
  sql::insert_handover(writer, handover, id, old_body, minutes, by);
  const auto move = [&](BodyId body, Series series, FactLayer layer, std::int64_t amount) {
    if (amount == 0) return;
    Fact fact;
    fact.body = body;
    fact.day = stored->day;
    fact.series = series;
    fact.amount = amount;
    fact.kind = FactKind::handover;
    fact.source = {std::string(sql::minutes_noun), handover};
    fact.layer = layer;
    statements_.record(writer, fact, arrival, by.user, by.now_ms);
    sql::note_posting(writer, id, body);
  };
  std::map<Series, std::vector<OwnLevel>> by_layer;
  for (const auto& level : levels_left(writer, ledger_, old_body, stored->day))
    if (given.contains(level.series)) by_layer[level.series].push_back(level);
  for (const auto& [series, levels] : by_layer)
    for (const auto& level : levels) move(old_body, series, level.layer, -level.amount);
  std::string after;
  const auto fates = sql::fates(writer, id);
  const auto organisation = organisation_.current();
  for (const auto& one : allocations) {
    for (const auto& part : take_share(by_layer[one.series], one.amount))
      move(one.successor, one.series, layer_at(takes_over(*organisation, fates, old_body, one.successor), part.layer), part.amount);
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
    return refuse("handover.successor", tr("Đơn vị nhận phải đang hoạt động vào ngày {}.", stored->day.text()));
  LateRecords late(writer, ledger_, statements_, id, by);
  const auto moved = late.move(old_body, successor, takes_over(*organisation_.current(), sql::fates(writer, id), old_body, successor), stored->day);
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
  for (const auto& line : sql::fates(writer, id)) {
    const auto target = line.fate == BodyFate::ended ? only_target(writer, id, line.body) : BodyId{};
    if (!target) continue;
    for (const auto& level : levels_left(writer, ledger_, line.body, stored->day)) {
      post_handover(writer, ledger_, id, stored->day, level, line.body, target, TakesOver::as_heir);
      for (const auto body : {line.body, target}) sql::note_posting(writer, id, body);
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
                  tr("Chưa kết thúc được: còn {} số liệu chưa bàn giao, ví dụ {} của “{}” còn {}. Cần lập biên bản bàn giao trước.", remainders.size(),
                              words(ledger_.catalogue(), first.series, current_language()), name_of(writer, first.body), number_text(first.amount)));
  }
  if (const auto late = late_records(writer, id); !late.empty())
    return refuse("restructure.remainder", tr("Chưa kết thúc được: còn {} số liệu ghi cho “{}” sau ngày sắp xếp; cần chọn đơn vị nhận các số này.", late.size(),
                                                       name_of(writer, late.front().body)));
  sql::set_closed(writer, id, by.now_ms);
  if (by.sink) by.sink(writer, ChangeNote{sql::fates(writer, id).front().body, sql::noun, id.value, "close", {}, {}, stored->title, {}});
  return {};
}

}  // namespace khuyenhoc
