#include "measures/drill_down.h"

#include <algorithm>
#include <map>

#include "measures/answering.h"
#include "measures/facts_queries.h"
#include "measures/regions.h"

namespace khuyenhoc {
namespace {

// Wider than a large province: there one opens a part first.
constexpr std::size_t most_bodies = 20'000;

std::vector<BodyId> bodies_of(const LedgerView& view, const Question& question, const Standing& standing) {
  if (const auto* body = std::get_if<BodyId>(&question.subject)) return region_below(view, *body, question.tree);
  std::vector<BodyId> out;
  for (Node node = 0; node < view.organisation->size(); ++node)
    if (const auto label = label_of(view, *standing.axis, view.organisation->id(node)); label && standing.range.first <= *label && *label < standing.range.end)
      out.push_back(view.organisation->id(node));
  std::ranges::sort(out);
  return out;
}

std::string words_of(const Organisation& organisation, const Ingredient& one) {
  if (!one.body) return tr("Các đơn vị khác");
  const bool branch = organisation.kind(one.body).level == BodyKind::Level::branch;
  const bool taken_over = one.kind == FactKind::handover;
  switch (one.layer) {
    case FactLayer::own_remainder:
      return taken_over ? tr("Bàn giao khi sắp xếp đơn vị, số của riêng đơn vị, chưa có danh sách") : tr("Số của riêng đơn vị, chưa có danh sách");
    case FactLayer::remainder:
      if (taken_over) return branch ? tr("Bàn giao khi sắp xếp đơn vị, chưa có danh sách") : tr("Bàn giao khi sắp xếp đơn vị, chưa phân theo chi hội");
      return branch ? tr("Chưa có danh sách") : tr("Chưa phân theo chi hội");
    case FactLayer::window: return tr("Số của riêng kỳ này, chưa có danh sách");
    case FactLayer::listed: break;
  }
  if (taken_over) return tr("Bàn giao khi sắp xếp đơn vị");
  if (one.kind == FactKind::elimination) return tr("Loại trừ tiền chuyển trong nội bộ Hội");
  if (one.source.noun == "closing") return tr("Số đã chốt");
  if (one.source.noun == "batch") return tr("Nhập từ tệp Excel");
  return tr("Có danh sách");
}

constexpr std::string_view stated = "statement";                      // the noun of what a statement left

using Key = std::tuple<BodyId, FactLayer, FactKind, std::string>;

class Gathering {
 public:
  Gathering(const Organisation& organisation, const BodyFilter& allowed) : organisation_(organisation), allowed_(allowed) {}
  void add(BodyId body, Day day, FactLayer layer, FactKind kind, const std::string& noun, std::int64_t source, std::int64_t amount) {
    total_ += amount;
    // One line a layer of remainders: companions belong to what they take from, and once its unit states anew, what was taken over is part of the statement.
    const bool remainder = layer != FactLayer::listed;
    if (remainder) kind = noun == stated ? FactKind::statement : FactKind::handover;
    const bool seen = !allowed_ || allowed_(body);
    auto& one = rows_[!seen ? Key{BodyId{}, FactLayer::listed, FactKind::record, ""} : remainder ? Key{body, layer, FactKind::statement, ""} : Key{body, layer, kind, noun}];
    if (one.facts == 0) {
      one.body = seen ? body : BodyId{};
      one.layer = seen ? layer : FactLayer::listed;
      one.kind = seen ? kind : FactKind::record;
      one.source = {seen ? noun : "", seen ? source : 0};
      one.first_day = one.last_day = day;
    }
    if (seen && remainder && kind == FactKind::statement && one.kind != kind) {
      one.kind = kind;
      one.source.noun = noun;
    }
    if (one.source.id != source) one.source.id = 0;                   // of several
    one.first_day = std::min(one.first_day, day);
    one.last_day = std::max(one.last_day, day);
    one.amount += amount;
    ++one.facts;
  }
  Ingredients finished(std::size_t limit) {
    Ingredients out;
    out.total = total_;
    for (auto& [key, one] : rows_)
      if (one.amount != 0) {
        one.words = words_of(organisation_, one);
        out.rows.push_back(std::move(one));
      }
    std::ranges::stable_sort(out.rows, std::greater{}, [](const Ingredient& one) { return std::abs(one.amount); });
    if (out.rows.size() > limit) {
      out.rows_left_out = static_cast<std::int64_t>(out.rows.size() - limit);
      out.rows.resize(limit);
    }
    return out;
  }

 private:
  const Organisation& organisation_;
  const BodyFilter& allowed_;
  std::map<Key, Ingredient> rows_;
  std::int64_t total_ = 0;
};

void gather_closed(Gathering& out, const LedgerView& view, const std::string& family, Series series, Period period, std::span<const BodyId> bodies) {
  const MeasureKind kind = view.catalogue->measure(view.catalogue->measure_of(series)).kind;
  for (const BodyId body : bodies) {
    const ClosedRound* round = round_shown(view, family, period, body, kind);
    if (const auto figure = round ? round->figure(series) : std::nullopt)
      out.add(body, round->period.last, FactLayer::listed, FactKind::record, "closing", round->id, *figure);
  }
}

}  // namespace

Result<Ingredients> what_is_it_made_of(db::Reader& reader, Ledger& ledger, Series series, const Question& question, const BodyFilter& allowed, std::size_t limit) {
  const LedgerView view = ledger.view();
  const Measure& measure = ledger.catalogue().measure(ledger.catalogue().measure_of(series));
  if (!is_typed(measure.kind))
    return refuse("drill.not_facts", tr("“{}” do chương trình tính. Xin xem các số dùng để tính.", measure.label(current_language())));
  const auto standing = standing_of(view, question);
  if (!standing) return std::unexpected(standing.error());
  const auto bodies = bodies_of(view, question, *standing);
  if (bodies.size() > most_bodies) return refuse("drill.too_wide", tr("Số này gồm quá nhiều đơn vị. Xin mở một đơn vị cấp dưới trước."));
  Gathering out(*view.organisation, allowed);
  if (question.lens == Lens::official) {
    const auto family = closed_family(view, question.period);
    if (!family) return std::unexpected(family.error());
    gather_closed(out, view, *family, series, question.period, bodies);
    return out.finished(limit);
  }
  const Period days{is_level(measure.kind) ? Day::earliest() : question.period.first, question.period.last};
  std::map<std::int64_t, facts_sql::StoredFact> reversed_later;      // by position: what a reversal behind it needs to know
  facts_sql::each_of_bodies(reader, ledger.stored_series(series), bodies, days, [&](const facts_sql::StoredFact& fact) {
    FactKind kind = fact.kind;
    std::int64_t noun = fact.noun;
    std::int64_t source = fact.source;
    if (fact.layer == FactLayer::listed) {
      if (const auto at = reversed_later.find(fact.reverses); fact.reverses != 0 && at != reversed_later.end()) {
        kind = at->second.kind;
        noun = at->second.noun;
        source = at->second.source;
      } else {
        reversed_later.emplace(fact.position, fact);
      }
    }
    out.add(fact.body, fact.day, fact.layer, kind, ledger.noun_of_stored(noun), source, fact.amount);
  });
  if (!is_level(measure.kind))
    for (const auto& entry : view.windows->entries(series, question.period))
      if (const BodyId body = view.organisation->id(entry.body); std::ranges::binary_search(bodies, body))
        out.add(body, question.period.last, FactLayer::window, FactKind::statement, "statement", 0, entry.amount);
  return out.finished(limit);
}

}  // namespace khuyenhoc
