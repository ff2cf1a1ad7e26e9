// What a restructure would do, tried in a transaction that is thrown away.
#include <unordered_set>

#include "base/clock.h"
#include "organisation/posts_in_bulk.h"
#include "platform/db/trial.h"
#include "restructure/preview_totals.h"
#include "restructure/restructure_run.h"

namespace khuyenhoc {
namespace {

// What the tried transaction leaves to be looked at after it is gone.
struct Tried {
  OrganisationView after;
  std::vector<Fact> facts;
  std::vector<BodyId> concerned;
};

// The bodies a restructure speaks of, and all that stand above them before and after.
std::vector<BodyId> concerned(const std::vector<FateLine>& fates, const Organisation& before, const Organisation& after, Day day) {
  std::vector<BodyId> out;
  std::unordered_set<BodyId> known;
  const auto add = [&](BodyId id) {
    if (id && known.insert(id).second) out.push_back(id);
  };
  std::unordered_set<BodyId> climbed_before, climbed_after;
  const auto add_above = [&](const Organisation& bodies, std::unordered_set<BodyId>& climbed, BodyId id) {
    const auto* body = bodies.find(id);
    while (body) {
      const auto above = body->on(day).superior;
      if (!above || !climbed.insert(above).second) break;
      add(above);
      body = bodies.find(above);
    }
  };
  for (const auto& line : fates) {
    if (line.fate != BodyFate::moved) add(line.body);
    add(line.other);
  }
  for (const auto& line : fates) {
    add_above(before, climbed_before, line.body);
    add_above(after, climbed_after, line.body);
  }
  return out;
}

// Bodies that the officers of `id` will see newly, and those they will see no more.
std::pair<std::int64_t, std::int64_t> sight(const Organisation& before, const Organisation& after, BodyId id, Day day) {
  const auto seen = [&](const Organisation& bodies) {
    if (!bodies.find(id)) return std::vector<BodyId>{};
    auto below = bodies.below(id, day);
    std::ranges::sort(below);
    return below;
  };
  const auto was = seen(before), is = seen(after);
  std::vector<BodyId> gained, lost;
  std::ranges::set_difference(is, was, std::back_inserter(gained));
  std::ranges::set_difference(was, is, std::back_inserter(lost));
  return {static_cast<std::int64_t>(gained.size()), static_cast<std::int64_t>(lost.size())};
}

// What is left at each ended body once the stocks that go by themselves have gone.
std::vector<Remainder> what_is_left(const std::map<BodyId, std::vector<OwnLevel>>& levels, std::span<const Fact> posted, const std::set<BodyId>& ended) {
  std::map<std::pair<BodyId, Series>, std::int64_t> left;
  for (const auto& [body, own] : levels)
    for (const auto& level : own) left[{body, level.series}] += level.amount;
  for (const auto& fact : posted)
    if (fact.kind == FactKind::handover && ended.contains(fact.body)) left[{fact.body, fact.series}] += fact.amount;
  std::vector<Remainder> out;
  for (const auto& [key, amount] : left)
    if (amount != 0) out.push_back({key.first, key.second, amount});
  return out;
}

void count(RestructurePreview& preview) {
  for (const auto& line : preview.fates) {
    if (line.fate == BodyFate::opened) ++preview.counts.opened;
    if (line.fate == BodyFate::ended) ++preview.counts.ended;
    if (line.fate == BodyFate::moved) ++preview.counts.moved;
    if (line.fate == BodyFate::renamed) ++preview.counts.renamed;
  }
}

// On a snapshot where that is enough, so that nobody waits to save meanwhile.
template <class Try>
void try_out(db::Store& store, Try attempt) {
  try {
    store.read([&](db::Reader& reader) {
      db::Trial trial(reader);
      attempt(trial);
    });
  } catch (const db::NeedsTransaction&) {
    static_cast<void>(store.write([&](db::Writer& writer) -> Result<void> {
      attempt(writer);
      return refuse("restructure.preview", tr("Đây là bản xem trước, chưa ghi."));
    }));
  }
}

}  // namespace

Result<RestructurePreview> Restructures::preview(const BodyRestructure& restructure, const RestructureBy& by) {
  const auto view = ledger_.view();
  RestructurePreview out;
  Tried tried;
  std::optional<Refusal> refused;
  try_out(organisation_.store(), [&](db::Writer& writer) {
    out = {};
    tried = {};
    refused.reset();
    out.as_of = std::max(restructure.day, day_of_ms(by.now_ms));
    const RestructureBy silently{by.user, by.now_ms, {}};
    RestructureRun run(*this, writer, restructure, silently, organisation_.store().new_id<BodyRestructureId>());
    if (auto done = run.run(); !done) {
      refused = done.error();
      return;
    }
    tried.after = run.would_be();
    const auto pending = ledger_.pending(writer);
    tried.facts.assign(pending.begin(), pending.end());
    out.done_in_bulk = run.in_bulk();
    out.fates = run.fates();
    out.late = run.late();
    // levels of the day before are not touched by what was posted, which is of the day itself and later
    const std::vector<BodyId> ended(run.ended().begin(), run.ended().end());
    out.remainders = what_is_left(own_levels_of(writer, ledger_, ended, restructure.day - 1), tried.facts, run.ended());
    for (const auto id : ended)
      for (const auto& keeper : keepers_)
        if (const auto count = keeper.count_from(writer, id, restructure.day); count > 0)
          out.dependents.push_back({id, tried.after->body(id).on(restructure.day).name, keeper.noun, count});
    for (const auto& holding : run.ended_posts()) out.posts.push_back({holding, tried.after->body(holding.body).on(restructure.day).name});
    tried.concerned = concerned(out.fates, *view.organisation, *tried.after, restructure.day);
    const auto posts = post_holdings_of(writer, tried.concerned);
    for (const auto id : tried.concerned) {
      if (tried.after->kind(id).level == BodyKind::Level::centre) continue;
      const auto [gained, lost] = sight(*view.organisation, *tried.after, id, out.as_of);
      if (gained == 0 && lost == 0) continue;
      const auto held = posts.find(id);
      const auto people = held == posts.end() ? 0 : std::ranges::count_if(held->second, [&](const PostHolding& post) { return post.on(restructure.day - 1); });
      out.sights.push_back({id, tried.after->body(id).on(out.as_of).name, gained, lost, people});
    }
  });
  if (refused) return std::unexpected(*refused);
  count(out);
  PreviewTotals(view, *tried.after, tried.facts, out.as_of).put_into(out, tried.concerned);
  return out;
}

}  // namespace khuyenhoc
