#include "rounds/board.h"

#include <algorithm>
#include <set>

#include "base/i18n.h"
#include "base/number.h"
#include "base/text.h"
#include "committees/committees.h"
#include "reporting/reporting.h"
#include "rounds/round_parts.h"

namespace khuyenhoc {

using namespace rounds;

namespace {

// The place of every body below another in a list by superior and name, by node; worked out once for each tree.
using Places = std::vector<std::uint32_t>;
constexpr std::uint32_t nowhere = 0xffffffff;

std::shared_ptr<const Places> places_below(const OrganisationView& organisation, BodyId from, Day day) {
  constexpr std::size_t most = 4'000'000;
  static KnownOfTree<std::pair<BodyId, Day>, Places> known(most);
  return known.find_or_make(
      organisation, {from, day},
      [&] {
        Places out(organisation->size(), nowhere);
        std::uint32_t next = 0;
        std::vector<BodyId> open{from};
        while (!open.empty()) {
          const BodyId body = open.back();
          open.pop_back();
          out[organisation->node(body)] = next++;
          const auto below = organisation->children(body, day);
          for (auto at = below.rbegin(); at != below.rend(); ++at) open.push_back(*at);
        }
        return out;
      },
      [](const Places& places) { return places.size(); });
}

// Whether anything was entered in a region, by node: a body's own figures count for all above it that it reports through.
class Started {
 public:
  Started(const Organisation& organisation, Entered::Round entered, Day day) : organisation_(organisation), entered_(std::move(entered)), day_(day), known_(organisation.size(), unknown) {}
  // Lines in any order: those of branches lift the association they report to.
  void look_at(const RoundReport& report) {
    if (!entered_.has_stated(organisation_.node(report.body))) return;
    for (BodyId at = report.body; at;) {
      std::int8_t& state = known_[organisation_.node(at)];
      if (state == yes) break;
      state = yes;
      at = organisation_.body(at).on(day_).superior;
    }
  }
  bool anything(BodyId body) const { return known_[organisation_.node(body)] == yes; }
  const Entered::Round& entered() const { return entered_; }

 private:
  static constexpr std::int8_t unknown = 0, yes = 1;
  const Organisation& organisation_;
  Entered::Round entered_;
  Day day_;
  std::vector<std::int8_t> known_;
};

bool out_of_hand(ReportState state) { return state == ReportState::sent || state == ReportState::received || state == ReportState::closed; }

// Those whose figures the viewer may see, judged once an association: whoever sees one sees its branches, and else each for itself.
class Seen {
 public:
  Seen(const Viewer& viewer) : scope_(viewer.scope(Permission::see_figures)) {}
  bool operator()(const RoundReport& report) {
    if (report.level != BodyKind::Level::branch || !report.sends_to) return of(report.body);
    return of(report.sends_to) || of(report.body);
  }

 private:
  bool of(BodyId body) {
    const auto [at, is_new] = known_.try_emplace(body, false);
    if (is_new) at->second = scope_.contains(body);
    return at->second;
  }
  Scope scope_;
  std::map<BodyId, bool> known_;
};

}  // namespace

std::size_t BoardCounts::of(ReportState state) const {
  const auto at = by_state.find(state);
  return at == by_state.end() ? 0 : at->second;
}

void BoardCounts::add(const BoardLine& line) {
  if (line.manner == ReportsFor::Manner::part_of_heirs) return;
  ++asked;
  ++by_state[line.state];
  if (line.late) ++late;
  if (out_of_hand(line.state) && line.report.sent_ms && (!line.report.due || day_of_ms(*line.report.sent_ms) <= *line.report.due)) ++in_time;
}

void BoardCounts::add(const BoardCounts& other) {
  asked += other.asked;
  late += other.late;
  in_time += other.in_time;
  for (const auto& [state, count] : other.by_state) by_state[state] += count;
}

std::string share_words(std::size_t part, std::size_t whole) {
  if (whole == 0) return "–";
  const std::size_t tenths = (part * 1000 + whole / 2) / whole;
  return tenths % 10 == 0 ? fmt::format("{}%", tenths / 10) : fmt::format("{},{}%", tenths / 10, tenths % 10);
}

Result<RoundBoard> round_board(const House& house, db::Reader& reader, const Viewer& viewer, RoundId id, BodyId from) {
  const LedgerView view = house.ledger.view();
  const OrganisationView& organisation = view.organisation;
  auto round = find_round(reader, id);
  if (!round) return std::unexpected(unknown_round());
  RoundBoard out;
  out.round = std::move(*round);
  const Day today = viewer.today();
  const Day day = asking_day(out.round.period.period, today);
  if (!from) from = viewer.may(Permission::see_figures, out.round.office) ? out.round.office : viewer.acting_for();
  if (organisation->find(from) == nullptr || !viewer.may(Permission::see_figures, from)) return std::unexpected(unknown_round());
  out.from = from;
  std::vector<RoundReport> reports = reports_of_round(reader, id);
  const auto places = places_below(organisation, from, day);
  Started started(*organisation, view.entered->round(out.round.period.period), day);
  // what was entered below a body that is shown may stand at one that is not
  for (const RoundReport& report : reports)
    if (organisation->find(report.body) != nullptr) started.look_at(report);
  Seen seen(viewer);
  std::vector<std::pair<std::uint32_t, std::size_t>> order;
  order.reserve(reports.size());
  for (std::size_t i = 0; i < reports.size(); ++i) {
    const RoundReport& report = reports[i];
    const Body* body = organisation->find(report.body);
    if (body == nullptr || body->voided) continue;             // a restructure that was taken back
    if (report.body == from) {
      out.own = report;
      continue;
    }
    std::uint32_t place = (*places)[organisation->node(report.body)];
    // one that ended before the day stands behind the office it was to send to
    if (place == nowhere && !body->alive(day) && report.sends_to) place = report.sends_to == from ? nowhere - 1 : (*places)[organisation->node(report.sends_to)];
    if (place != nowhere && seen(report)) order.emplace_back(place, i);
  }
  if (!out.own && order.empty() && out.round.office != from) return std::unexpected(unknown_round());
  std::ranges::sort(order);
  out.lines.reserve(order.size());
  std::set<BodyId> asked, heirs;
  for (const auto& [place, i] : order) {
    BoardLine& line = out.lines.emplace_back();
    line.report = std::move(reports[i]);
    const RoundReport& report = line.report;
    line.state = report.state;
    if (line.state == ReportState::not_started) {
      const bool begun = report.level == BodyKind::Level::branch ? started.entered().has_stated(organisation->node(report.body)) : started.anything(report.body);
      // branches that are not asked themselves are typed by their association
      line.state = begun ? ReportState::entering : report.level == BodyKind::Level::branch ? ReportState::not_started : shown_state(organisation, started.entered(), report, today);
    }
    if (!organisation->body(report.body).alive(today)) {
      const ReportsFor standing = reports_for(*organisation, report, today);
      line.manner = standing.manner;
      if (standing.manner == ReportsFor::Manner::part_of_heirs) {
        ++out.part_of_heirs;
        for (const BodyId heir : standing.heirs)
          if (organisation->body(heir).alive(day)) heirs.insert(heir);
      }
    }
    line.late = line.manner != ReportsFor::Manner::part_of_heirs && is_late(report, today);
    if (report.due && !out_of_hand(line.state) && line.manner != ReportsFor::Manner::part_of_heirs) line.days_left = *report.due - today;
    (report.level == BodyKind::Level::branch ? out.branches : out.associations).add(line);
  }
  for (const BodyId heir : heirs)
    if (!report_in_window(reader, heir, out.round.form, out.round.period.period)) out.heirs_missing.push_back(heir);
  return out;
}

std::vector<BoardGroup> groups_by_subtree(const Organisation& organisation, const RoundBoard& board, Day today) {
  std::vector<BoardGroup> out;
  const Day day = asking_day(board.round.period.period, today);
  std::map<BodyId, std::size_t> at;
  // lines stand by superior: those below a body that hangs directly under `from` follow it
  for (const BoardLine& line : board.lines) {
    BodyId top = line.report.body;
    for (BodyId above = organisation.body(top).on(day).superior; above && above != board.from; above = organisation.body(above).on(day).superior) top = above;
    if (organisation.kind(top).level == BodyKind::Level::branch) top = board.from;
    const auto [found, is_new] = at.try_emplace(top, out.size());
    if (is_new) out.push_back({top, 0, top == board.from ? tr("Chi hội, ban trực thuộc") : organisation.body(top).on(day).short_name, {}, {}});
    BoardGroup& group = out[found->second];
    (line.report.level == BodyKind::Level::branch ? group.branches : group.associations).add(line);
  }
  return out;
}

std::vector<BoardGroup> groups_by_carer(const House& house, db::Reader& reader, const RoundBoard& board, Day today) {
  const Organisation& organisation = *house.organisation.current();
  std::map<BodyId, std::int64_t> carer_of;
  std::map<std::int64_t, std::size_t> place;
  std::vector<BoardGroup> out;
  const auto by_carer = bodies_by_carer(reader, organisation, board.from, today);
  if (by_carer.empty() || (by_carer.size() == 1 && by_carer.begin()->first == 0)) return out;
  for (const auto& [holding, bodies] : by_carer)
    for (const BodyId body : bodies) carer_of[body] = holding;
  for (const PostHolding& holding : possible_carers(reader, board.from, today))
    if (by_carer.contains(holding.id)) {
      place[holding.id] = out.size();
      out.push_back({{}, holding.id, holding.person_name, {}, {}});
    }
  for (const auto& [holding, bodies] : by_carer)
    if (!place.contains(holding) && holding != 0) {
      const auto held = find_post_holding(reader, holding);
      place[holding] = out.size();
      out.push_back({{}, holding, held ? held->person_name : tr("Người khác"), {}, {}});
    }
  place[0] = out.size();
  out.push_back({{}, 0, tr("Chưa phân công"), {}, {}});
  for (const BoardGroup& subtree : groups_by_subtree(organisation, board, today)) {
    const auto cared = carer_of.find(subtree.body);
    BoardGroup& group = out[place.at(cared == carer_of.end() ? 0 : cared->second)];
    group.associations.add(subtree.associations);
    group.branches.add(subtree.branches);
  }
  if (out.back().associations.asked + out.back().branches.asked == 0) out.pop_back();
  return out;
}

}  // namespace khuyenhoc
