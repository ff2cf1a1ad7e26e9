// What a change did to the totals above: by the facts of its act, before and after by the cube's figure less what came later.
#include <algorithm>

#include "figure_history/figure_history.h"
#include "measures/regions.h"

namespace khuyenhoc {
namespace {

constexpr std::size_t followed_bodies = 2'000;     // of a wider unit above only the difference is told
constexpr int highest = 32;

class Effects {
 public:
  Effects(db::Reader& reader, const House& house, const AskedHistory& asked) : reader_(reader), house_(house), asked_(asked), view_(house.ledger.view()), organisation_(*view_.organisation) {}

  std::vector<FigureEffect> of(const FigureChange& change) {
    std::vector<FigureEffect> out;
    if (change.act == 0) return out;
    const auto& facts = facts_of(change.act);
    for (const BodyId body : chain(change.body)) {
      FigureEffect one{body, 0, std::nullopt, std::nullopt};
      for (const LoggedFact& fact : facts)
        if (counts_below(organisation_, fact.body, body, asked_.tree)) one.change += fact.amount;
      if (body == asked_.body) one.after = change.after;
      else if (const Course* course = course_of(body)) one.after = course->figure - later(*course, change.position);
      if (one.after) one.before = *one.after - one.change;
      out.push_back(one);
    }
    return out;
  }

 private:
  struct Course {
    std::int64_t figure = 0;
    std::vector<std::pair<std::int64_t, std::int64_t>> facts;       // position, amount
  };
  static std::int64_t later(const Course& course, std::int64_t position) {
    std::int64_t sum = 0;
    for (auto at = course.facts.rbegin(); at != course.facts.rend() && at->first > position; ++at) sum += at->second;
    return sum;
  }

  // The body, then whatever its figures count in, up to the top.
  std::vector<BodyId> chain(BodyId body) const {
    std::vector<BodyId> out{body};
    BodyId at = body;
    for (int i = 0; i < highest && at; ++i) {
      const Body& known = organisation_.body(at);
      const Day day = known.ended && *known.ended <= asked_.tree ? *known.ended - 1 : std::max(asked_.tree, known.born);
      at = known.on(day).superior;
      if (at && counts_below(organisation_, body, at, asked_.tree)) out.push_back(at);
    }
    // one that ended counts in its heir, which its own superiors do not know
    if (std::ranges::find(out, asked_.body) == out.end() && counts_below(organisation_, body, asked_.body, asked_.tree)) {
      for (const BodyId above : chain(asked_.body))
        if (std::ranges::find(out, above) == out.end()) out.push_back(above);
    }
    return out;
  }

  const std::vector<LoggedFact>& facts_of(std::int64_t id) {
    const auto [at, fresh] = facts_.try_emplace(id);
    if (!fresh) return at->second;
    const std::int64_t ids[] = {id};
    const auto found = acts(reader_, ids);
    if (const auto act = found.find(id); act != found.end()) at->second = facts_of_act(reader_, house_.ledger, asked_.series, act->second);
    std::erase_if(at->second, [&](const LoggedFact& fact) { return !counts_in(house_.catalogue, asked_.series, asked_.window, fact); });
    return at->second;
  }

  const Course* course_of(BodyId body) {
    const auto [at, fresh] = courses_.try_emplace(body);
    if (!fresh) return at->second ? &*at->second : nullptr;
    const auto bodies = region_below(view_, body, asked_.tree);
    const auto figure = Figures(view_).member(asked_.series, {body, asked_.window, asked_.tree});
    if (bodies.size() > followed_bodies || !figure) return nullptr;
    Course& made = at->second.emplace();
    made.figure = figure->value;
    for (const LoggedFact& fact : logged_facts(reader_, house_.ledger, asked_.series, bodies, asked_.window)) made.facts.emplace_back(fact.position, fact.amount);
    return &made;
  }

  db::Reader& reader_;
  const House& house_;
  const AskedHistory& asked_;
  LedgerView view_;
  const Organisation& organisation_;
  std::map<std::int64_t, std::vector<LoggedFact>> facts_;
  std::map<BodyId, std::optional<Course>> courses_;
};

}  // namespace

std::vector<std::vector<FigureEffect>> figure_effects(db::Reader& reader, const House& house, const AskedHistory& asked, const std::vector<FigureChange>& changes) {
  std::vector<std::vector<FigureEffect>> out;
  Effects effects(reader, house, asked);
  for (const FigureChange& change : changes) out.push_back(effects.of(change));
  return out;
}

}  // namespace khuyenhoc
