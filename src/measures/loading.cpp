#include "measures/loading.h"

#include <algorithm>
#include <cassert>
#include <set>
#include <unordered_set>

#include "measures/entered_register.h"
#include "measures/loading_queries.h"
#include "measures/remainders.h"
#include "measures/statement_rules.h"
#include "measures/statements_queries.h"

namespace khuyenhoc {

std::size_t StatementLoading::KeyHash::operator()(const Key& key) const noexcept {
  return std::hash<std::int64_t>{}((key.body.value * 4096 + static_cast<std::int64_t>(key.series)) * 4 + static_cast<std::int64_t>(key.extent));
}

StatementLoading::StatementLoading(db::Reader& reader, Ledger& ledger) : ledger_(ledger), organisation_(ledger.organisation()) {
  loading_sql::each_holder(reader, [&](const loading_sql::StoredHolder& stored) {
    const auto series = ledger_.series_of_stored(stored.series);
    if (!series) return;
    held_[{stored.body, *series, stored.extent}].last = stored.last;
    latest_ = std::max(latest_, stored.last);
  });
  loading_sql::each_remainder(reader, [&](BodyId body, std::int64_t stored_series, FactLayer layer, std::int64_t amount) {
    const auto series = ledger_.series_of_stored(stored_series);
    if (series) held_[{body, *series, layer == FactLayer::own_remainder ? Extent::own : Extent::subtree}].remainder = amount;
  });
  loading_sql::each_taken_over(reader, [&](const loading_sql::TakenOver& one) {
    const auto series = ledger_.series_of_stored(one.series);
    if (!series) return;
    Held& held = held_[{one.body, *series, one.layer == FactLayer::own_remainder ? Extent::own : Extent::subtree}];
    const Source source{ledger_.noun_of_stored(one.noun), one.source};
    held.taken_over += one.amount;
    held.source = held.handed == one.day ? std::max(held.source, source) : source;
    held.handed = one.day;
  });
  loading_sql::each_mode(reader, [&](BodyId body, Period period, EntryMode mode) { modes_[{body, period}] = mode; });
}

void StatementLoading::set_modes(db::Writer& writer, std::span<const Mode> modes, UserId by, std::int64_t now_ms) {
  loading_sql::insert_modes(writer, modes, by, now_ms);
  for (const Mode& one : modes) {
    modes_[{one.body, one.period}] = one.mode;
    ledger_.entered().mode_changed(writer, one.body, one.period, one.mode);
  }
}

// One call: the cube knows what was committed before it, this what is posted in it. Thrown away when the closure is run again.
class StatementLoading::Round {
 public:
  Round(StatementLoading& loading, db::Writer& writer, std::int64_t now_ms)
      : loading_(loading), writer_(writer), now_ms_(now_ms), view_(loading.ledger_.view()), catalogue_(*view_.catalogue) {}

  Result<void> load(std::span<const Statement> given) {
    for (const Statement& one : given) {
      if (auto fine = check_alone(one); !fine) return fine;
      Given work{one, {}, 0};
      work.statement.period = statement_window(catalogue_, one.series, one.period);
      work.node = view_.organisation->node(one.body);
      given_.push_back(work);
    }
    std::ranges::sort(given_, {}, [](const Given& one) { return std::tuple(one.statement.period.last, one.statement.series, one.node, one.statement.extent); });
    for (auto first = given_.begin(); first != given_.end();) {
      const Day day = first->statement.period.last;
      auto end = std::ranges::find_if(first, given_.end(), [&](const Given& one) { return one.statement.period.last != day; });
      if (auto fine = load_day(std::span(first, end), day); !fine) return fine;
      first = end;
    }
    write();
    return {};
  }

  void keep() {
    for (auto& [key, held] : held_) loading_.held_[key] = held;
    if (!given_.empty()) loading_.latest_ = std::max(loading_.latest_, given_.back().statement.period.last);
  }

 private:
  struct Given {
    Statement statement;
    Node node = no_node;
    int rank = 0;                      // lower ones are worked out first: deeper bodies, and a body's own figure before its total
  };
  // Of one series on one day: whose taken-over total is explained by what this call states below it, by rank.
  using Takers = std::map<std::pair<Series, int>, std::set<Node>>;
  struct Posted {
    Node node;
    Day day;
    std::int64_t amount;
  };
  // Amounts posted in this call by label, added up from the first.
  class Sums {
   public:
    Sums() = default;
    Sums(std::span<const Posted> facts, const Layout& layout, Period days) {
      for (const Posted& fact : facts)
        if (days.contains(fact.day)) by_label_.emplace_back(layout.label(fact.node), fact.amount);
      std::ranges::sort(by_label_, {}, &std::pair<Label, std::int64_t>::first);
      std::int64_t total = 0;
      for (auto& [label, amount] : by_label_) amount = total += amount;
    }
    std::int64_t of(LabelRange range) const { return before(range.end) - before(range.first); }

   private:
    std::int64_t before(Label end) const {
      const auto at = std::ranges::lower_bound(by_label_, end, {}, &std::pair<Label, std::int64_t>::first);
      return at == by_label_.begin() ? 0 : std::prev(at)->second;
    }
    std::vector<std::pair<Label, std::int64_t>> by_label_;
  };

  bool is_level_of(Series series) const { return is_level(catalogue_.measure(catalogue_.measure_of(series)).kind); }
  Held held(BodyId body, Series series, Extent extent) const {
    const Key key{body, series, extent};
    if (const auto at = held_.find(key); at != held_.end()) return at->second;
    const auto at = loading_.held_.find(key);
    return at == loading_.held_.end() ? Held{} : at->second;
  }

  Result<void> check_alone(const Statement& one) const {
    if (auto fine = check_statement(catalogue_, *view_.organisation, one.body, one.series, one.period, one.value, now_ms_); !fine) return fine;
    const auto mode_of = [&](BodyId unit) {
      const auto at = loading_.modes_.find({unit, one.period});
      return at == loading_.modes_.end() ? EntryMode::unset : at->second;
    };
    if (auto fine = check_entry_mode(*view_.organisation, one.body, catalogue_.measure(catalogue_.measure_of(one.series)), one.period, one.extent, mode_of); !fine)
      return fine;
    if (!one.value || one.arrival != Arrival::within)
      return refuse("loading.arrival", tr("Nạp nhiều số liệu cùng lúc chỉ nhận số đã có và nằm trong tổng số của cấp trên."));
    return {};
  }

  // Bodies above on the day, the nearest first.
  const std::vector<BodyId>& above(Node node, Day day) {
    const auto [at, fresh] = above_.try_emplace(node);
    if (!fresh) return at->second;
    const TreeInTime& tree = view_.organisation->superiors();
    constexpr int highest = 64;
    for (Node next = node; at->second.size() < highest && tree.alive(next, day);) {
      next = tree.hangs_under(next, day);
      if (next == no_node) break;
      at->second.push_back(view_.organisation->id(next));
    }
    return at->second;
  }

  int rank_of(Node node, Day day, Extent extent) { return -2 * static_cast<int>(above(node, day).size()) + (extent == Extent::subtree ? 1 : 0); }

  // What is stated already would have to be worked out again: one by one, state() does that.
  Result<void> check_order(const Given& one, Day day) {
    const auto refused = [&](BodyId body) {
      return refuse("loading.order", tr("{} đã có số liệu của kỳ này hoặc kỳ sau, nên không nạp chung được. Xin ghi từng số.", view_.organisation->body(body).on(day).name));
    };
    const Statement& statement = one.statement;
    const Held mine = held(statement.body, statement.series, statement.extent);
    if (day < loading_.latest_ || mine.last >= statement.period.first || day < mine.handed) return refused(statement.body);
    const auto stated_before = [&](BodyId body) {
      const Key key{body, statement.series, Extent::subtree};
      if (in_this_day_.contains(key)) return false;
      const Day last = held(body, statement.series, Extent::subtree).last;
      return is_level_of(statement.series) ? last != Day::earliest() : last >= statement.period.first;
    };
    std::vector<BodyId> units = above(one.node, day);
    if (statement.extent == Extent::own) units.insert(units.begin(), statement.body);
    for (const BodyId body : units) {
      const Held unit = held(body, statement.series, Extent::subtree);
      if (stated_before(body) || day < unit.handed) return refused(body);
      if (!unit.only_taken_over() || in_this_day_.contains({body, statement.series, Extent::subtree})) continue;
      const Node node = view_.organisation->node(body);
      takers_[{statement.series, rank_of(node, day, Extent::subtree)}].insert(node);
    }
    return {};
  }

  Result<void> load_day(std::span<Given> ones, Day day) {
    above_.clear();
    in_this_day_.clear();
    takers_.clear();
    for (const Given& one : ones)
      if (!in_this_day_.insert({one.statement.body, one.statement.series, one.statement.extent}).second)
        return refuse("loading.order", tr("Một số liệu có hai lần trong cùng kỳ. Xin xem lại."));
    for (Given& one : ones) {
      if (auto fine = check_order(one, day); !fine) return fine;
      one.rank = rank_of(one.node, day, one.statement.extent);
    }
    std::ranges::stable_sort(ones, {}, [](const Given& one) { return std::tuple(one.statement.series, one.rank, one.node); });
    axis_ = view_.cube->axis(AxisKind::superiors, day);
    auto taker = takers_.begin();
    for (auto first = ones.begin(); first != ones.end();) {
      auto end = std::ranges::find_if(first, ones.end(), [&](const Given& one) { return one.statement.series != first->statement.series || one.rank != first->rank; });
      for (; taker != takers_.end() && taker->first < std::pair(first->statement.series, first->rank); ++taker) explain_taken_over(taker->first.first, taker->second, day);
      state(std::span(first, end), day);
      first = end;
    }
    for (; taker != takers_.end(); ++taker) explain_taken_over(taker->first.first, taker->second, day);
    return {};
  }

  // Of one series and rank: what is stated below them within takes from what they took over and have not stated anew.
  void explain_taken_over(Series series, const std::set<Node>& nodes, Day day) {
    const Sums arrived(posted_[series], axis_->layout(), {day, day});
    for (const Node node : nodes) {
      const BodyId body = view_.organisation->id(node);
      Held now = held(body, series, Extent::subtree);
      RemainderCourse course{now.remainder, now.taken_over};
      const std::int64_t change = course.take(arrived.of(axis_->layout().subtree(node)));
      if (change == 0) continue;
      now.remainder = course.now;
      held_[{body, series, Extent::subtree}] = now;
      loading_.ledger_.post(writer_, {0, body, day, series, change, FactKind::companion, now.source, 0, FactLayer::remainder, Arrival::within, {}});
      posted_[series].push_back({node, day, change});
    }
  }

  // Of one series and rank: none of them is below another.
  void state(std::span<Given> ones, Day day) {
    const Series series = ones.front().statement.series;
    const bool level = is_level_of(series);
    std::map<Day, Sums> sums;           // by first day of the window
    std::vector<std::int64_t> left;
    for (const Given& one : ones) {
      const Statement& statement = one.statement;
      const Day from = level ? Day::earliest() : statement.period.first;
      const auto [sum, fresh] = sums.try_emplace(from);
      if (fresh) sum->second = Sums(posted_[series], axis_->layout(), {from, day});
      const LabelRange range = statement.extent == Extent::own ? axis_->layout().own(one.node) : axis_->layout().subtree(one.node);
      std::int64_t listed = sum->second.of(range);
      if (level) {
        listed += view_.cube->level(*axis_, series, range, day) - held(statement.body, series, Extent::subtree).remainder;
        if (statement.extent == Extent::own) listed -= held(statement.body, series, Extent::own).remainder;
      } else {
        listed += view_.cube->flow(*axis_, series, range, statement.period);
      }
      left.push_back(std::max<std::int64_t>(0, *statement.value - listed));
    }
    for (std::size_t i = 0; i < ones.size(); ++i) post(ones[i], left[i], day, level);
  }

  void post(Given& one, std::int64_t left, Day day, bool level) {
    Statement& statement = one.statement;
    Held now = held(statement.body, statement.series, statement.extent);
    const std::int64_t amount = level ? left - now.remainder : left;
    now.last = day;
    if (level) now.remainder = left;
    held_[{statement.body, statement.series, statement.extent}] = now;
    statement.id = loading_.ledger_.new_id();
    statement.row_version = 1;
    if (amount == 0) return;
    const FactLayer layer = statement.extent == Extent::own ? FactLayer::own_remainder : FactLayer::remainder;
    loading_.ledger_.post(writer_, {0, statement.body, day, statement.series, amount, FactKind::statement, {"statement", statement.id}, 0, layer,
                                    statement.arrival, statement.period});
    posted_[statement.series].push_back({one.node, day, amount});
  }

  void write() {
    std::vector<statements_sql::StoredStatement> rows;
    rows.reserve(given_.size());
    for (const Given& one : given_) rows.push_back({one.statement, loading_.ledger_.stored_series(one.statement.series)});
    std::ranges::sort(rows, {}, [](const auto& row) { return row.statement.id; });
    statements_sql::insert_many(writer_, rows);
    for (const Given& one : given_) loading_.ledger_.entered().figures_changed(writer_, one.statement.body, one.statement.period, 1);
  }

  StatementLoading& loading_;
  db::Writer& writer_;
  std::int64_t now_ms_;
  LedgerView view_;
  const Catalogue& catalogue_;
  std::vector<Given> given_;
  HeldByKey held_;                      // what this call changes
  std::unordered_set<Key, KeyHash> in_this_day_;
  Takers takers_;
  std::unordered_map<Node, std::vector<BodyId>> above_;
  std::unordered_map<Series, std::vector<Posted>> posted_;
  std::shared_ptr<const Axis> axis_;
};

Result<void> StatementLoading::load(db::Writer& writer, std::span<const Statement> statements, std::int64_t now_ms) {
  assert(ledger_.pending(writer).empty() && "the transaction of a load writes no other facts");
  const auto round = std::make_shared<Round>(*this, writer, now_ms);
  if (auto done = round->load(statements); !done) return done;
  writer.after_commit([round] { round->keep(); });
  return {};
}

}  // namespace khuyenhoc
