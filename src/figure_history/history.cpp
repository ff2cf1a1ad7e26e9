#include <algorithm>

#include "base/i18n.h"
#include "figure_history/figure_history.h"
#include "measures/regions.h"
#include "rounds/rounds.h"

namespace khuyenhoc {
namespace {

constexpr std::size_t most_bodies = 20'000;        // wider than a large province: there one opens a part first
constexpr std::size_t few_bodies = 500;            // so few that changes which left the figure as it was are told, too

struct WayWords {
  FigureWay way;
  std::string_view said;                           // by say_way
  std::string_view code;
  Message words;
};
constexpr WayWords ways[] = {
    {FigureWay::grid, "grid", "bang", mark("Ghi trên bảng số liệu")},
    {FigureWay::form, "form", "phieu", mark("Ghi trên phiếu của đơn vị")},
    {FigureWay::link, "link", "duong-dan", mark("Ghi qua đường dẫn Zalo, có ghi tên")},
    {FigureWay::workbook, "workbook", "tep-excel", mark("Đọc từ tệp Excel")},
    {FigureWay::zeros, "zeros", "ghi-0", mark("Ghi 0 vào các ô còn trống")},
    {FigureWay::list, "list", "danh-sach", mark("Nhập danh sách")},
    {FigureWay::past_years, "past_years", "nam-truoc", mark("Nhập phụ lục báo cáo các năm trước")},
    {FigureWay::restructure, "restructure", "sap-xep", mark("Bàn giao khi sắp xếp đơn vị")},
    {FigureWay::adjustment, "adjustment", "dieu-chinh", mark("Điều chỉnh số liệu đã chốt")},
    {FigureWay::founding, "founding", "thanh-lap", mark("Ghi khi thành lập tổ chức")},
    {FigureWay::mode, "mode", "cach-tinh", mark("Đổi cách tính số toàn đơn vị")},
    {FigureWay::other, "", "khac", mark("Đã có khi bắt đầu dùng phần mềm")},
};

struct PhaseWords {
  FigurePhase phase;
  std::string_view code;
  Message words;
};
constexpr PhaseWords phases[] = {
    {FigurePhase::before_sending, "truoc-khi-gui", mark("Trước khi ký, gửi báo cáo")},
    {FigurePhase::after_sending, "sau-khi-gui", mark("Sau khi ký, gửi báo cáo")},
    {FigurePhase::after_closing, "sau-khi-chot", mark("Sau khi chốt báo cáo")},
};

FigureWay way_of(const FigureAct* act, const LoggedFact* fact) {
  if (fact != nullptr && fact->source.noun == "restructure") return FigureWay::restructure;
  if (act != nullptr && !act->way.empty())
    for (const WayWords& one : ways)
      if (one.said == act->way) return one.way;
  if (fact != nullptr && (fact->source.noun == "batch" || fact->source.noun == "member")) return FigureWay::list;
  return FigureWay::other;
}

// When the report of whoever the body reports through was sent and closed.
class Phases {
 public:
  Phases(db::Reader& reader, const Organisation& organisation, Period window, Day day) : reader_(reader), organisation_(organisation), window_(window), day_(day) {}
  FigurePhase of(BodyId body, std::int64_t at_ms) {
    const Times& times = times_of(reporting(body));
    if (times.closed && at_ms >= *times.closed) return FigurePhase::after_closing;
    return times.sent && at_ms >= *times.sent ? FigurePhase::after_sending : FigurePhase::before_sending;
  }

 private:
  struct Times {
    std::optional<std::int64_t> sent, closed;
  };
  BodyId reporting(BodyId body) const {
    while (organisation_.kind(body).level == BodyKind::Level::branch) {
      const BodyId above = organisation_.body(body).on(day_).superior;
      if (!above) break;
      body = above;
    }
    return body;
  }
  const Times& times_of(BodyId body) {
    const auto [at, fresh] = known_.try_emplace(body);
    if (!fresh) return at->second;
    for (const RoundReport& report : reports_in_window(reader_, body, window_)) {
      if (report.sent_ms && (!at->second.sent || *report.sent_ms < *at->second.sent)) at->second.sent = report.sent_ms;
      if (report.closed_ms && (!at->second.closed || *report.closed_ms < *at->second.closed)) at->second.closed = report.closed_ms;
    }
    return at->second;
  }

  db::Reader& reader_;
  const Organisation& organisation_;
  Period window_;
  Day day_;
  std::map<BodyId, Times> known_;
};

// One row: an act at a body. What was written in bulk is one row a statement, or a source.
struct Key {
  std::int64_t act = 0;
  BodyId body;
  std::string noun;                                // of what has no act
  std::int64_t source = 0;
  auto operator<=>(const Key&) const = default;
};

class Gathering {
 public:
  void add(const LoggedFact& fact) {
    FigureChange& row = row_of(fact.act != 0 ? Key{fact.act, fact.body, {}, 0} : Key{0, fact.body, fact.source.noun, fact.source.id}, fact.body, fact.act);
    row.amount += fact.amount;
    row.position = std::max(row.position, fact.position);
    if (row.record == 0 && fact.source.noun == "restructure") row.record = fact.source.id;
    firsts_.try_emplace(&row, fact);
  }
  void add(const LoggedVersion& version, bool even_without_facts) {
    const Key key = version.act != 0 ? Key{version.act, version.body, {}, 0} : Key{0, version.body, "statement", version.statement};
    if (!even_without_facts && !rows_.contains(key)) return;
    FigureChange& row = row_of(key, version.body, version.act);
    if (version.act == 0) row.stated.clear();      // of what was loaded in bulk the last version tells all
    row.stated.push_back({version.statement, version.period, version.extent != static_cast<std::int64_t>(Extent::subtree), version.act == 0 ? std::nullopt : version.before, version.value});
    if (row.at_ms == 0) {
      row.at_ms = version.at_ms;
      row.by = version.by;
    }
  }
  std::vector<FigureChange> finished(db::Reader& reader) {
    std::vector<std::int64_t> ids;
    for (const auto& [key, row] : rows_) ids.push_back(key.act);
    const auto known = acts(reader, ids);
    std::vector<FigureChange> out;
    for (auto& [key, row] : rows_) {
      const auto act = known.find(key.act);
      const FigureAct* found = act == known.end() ? nullptr : &act->second;
      const auto first = firsts_.find(&row);
      row.way = way_of(found, first == firsts_.end() ? nullptr : &first->second);
      if (found != nullptr) {
        row.first = found->first;
        row.position = std::max(row.position, found->last);
        if (found->by) row.by = found->by;
        if (found->at_ms != 0) row.at_ms = found->at_ms;
        if (row.record == 0) row.record = found->record;
      }
      out.push_back(std::move(row));
    }
    std::ranges::sort(out, std::ranges::greater{}, [](const FigureChange& one) { return std::tuple(one.position, one.at_ms, one.body.value); });
    return out;
  }

 private:
  FigureChange& row_of(const Key& key, BodyId body, std::int64_t act) {
    FigureChange& row = rows_[key];
    row.body = body;
    row.act = act;
    return row;
  }
  std::map<Key, FigureChange> rows_;
  std::map<const FigureChange*, LoggedFact> firsts_;
};

}  // namespace

std::string_view figure_way_code(FigureWay way) { return ways[static_cast<std::size_t>(way)].code; }
std::string figure_way_words(FigureWay way) { return tr(ways[static_cast<std::size_t>(way)].words); }
std::string_view figure_phase_code(FigurePhase phase) { return phases[static_cast<std::size_t>(phase)].code; }
std::string figure_phase_words(FigurePhase phase) { return tr(phases[static_cast<std::size_t>(phase)].words); }

Result<FigureHistory> figure_history(db::Reader& reader, const House& house, const AskedHistory& asked, const HistoryFilter& filter) {
  const LedgerView view = house.ledger.view();
  const Measure& measure = house.catalogue.measure(house.catalogue.measure_of(asked.series));
  if (!is_typed(measure.kind)) return refuse("history.not_typed", tr("“{}” do chương trình tính từ các số khác. Xin xem lịch sử của các số ấy.", measure.label(current_language())));
  const auto figure = Figures(view).member(asked.series, {asked.body, asked.window, asked.tree});
  if (!figure) return std::unexpected(figure.error());
  const std::vector<BodyId> bodies = region_below(view, asked.body, asked.tree);
  if (bodies.size() > most_bodies) return refuse("history.too_wide", tr("Số này gồm quá nhiều đơn vị. Xin mở một đơn vị cấp dưới trước."));

  Gathering gathering;
  for (const LoggedFact& fact : logged_facts(reader, house.ledger, asked.series, bodies, asked.window)) gathering.add(fact);
  for (const LoggedVersion& version : logged_versions(reader, house.ledger, asked.series, bodies, asked.window)) gathering.add(version, bodies.size() <= few_bodies);
  std::vector<FigureChange> rows = gathering.finished(reader);

  FigureHistory out;
  out.figure = figure->value;
  out.unfiltered = rows.size();
  std::int64_t after = figure->value;              // walking back from the figure of now
  Phases phases_of(reader, *view.organisation, asked.window, asked.tree);
  std::int64_t after_act = after, act = 0;
  for (FigureChange& row : rows) {
    if (row.act == 0 || row.act != act) after_act = after;   // what one act did is one step, however many bodies it touched
    act = row.act;
    row.after = after_act;
    after -= row.amount;
    row.phase = phases_of.of(row.body, row.at_ms);
  }
  const auto within = filter.within ? region_below(view, filter.within, asked.tree) : std::vector<BodyId>{};
  for (FigureChange& row : rows) {
    if (filter.within && !std::ranges::binary_search(within, row.body)) continue;
    ++out.by_way[row.way];
    ++out.by_phase[row.phase];
    if (filter.way && row.way != *filter.way) continue;
    if (filter.phase && row.phase != *filter.phase) continue;
    if (out.all >= filter.from && out.changes.size() < filter.limit) out.changes.push_back(std::move(row));
    ++out.all;
  }
  return out;
}

}  // namespace khuyenhoc
