#include "measures/facts.h"

#include <atomic>
#include <cassert>
#include <shared_mutex>

#include "measures/acts.h"
#include "measures/closing_queries.h"
#include "measures/entered_register.h"
#include "measures/facts_queries.h"
#include "measures/own_indicators.h"
#include "measures/register_counts.h"
#include "measures/touched.h"

namespace khuyenhoc {

namespace {

struct Pending {
  std::vector<Fact> facts;
  bool written = false;
};

constexpr std::int64_t chunk_size = 100'000;

CubeTrees trees_of(const Organisation& organisation) {
  return {organisation.shared_superiors(), organisation.shared_areas(), organisation.area_nodes(), organisation.version()};
}

}  // namespace

struct Ledger::Impl {
  Impl(db::Store& the_store, OrganisationView first)
      : store(the_store), organisation(std::move(first)), entered(the_store, [this] {
          const std::lock_guard lock(mutex);
          return organisation;
        }, touched) {}

  static std::uint64_t next_number() {
    static std::atomic<std::uint64_t> last{0};
    return ++last;
  }

  db::Store& store;
  const std::uint64_t number = next_number();
  mutable std::mutex mutex;                                          // guards all below; held shortly
  OrganisationView organisation;
  std::unique_ptr<Cube> cube;
  std::shared_ptr<const WindowTable> windows = std::make_shared<WindowTable>();
  std::shared_ptr<const ClosedRounds> closed = std::make_shared<ClosedRounds>();
  std::int64_t followed_closings = 0;                                // every closing put in force up to here is in `closed`
  Touched touched;                                                   // guards itself, as the next
  EnteredRegister entered;                                           // guards itself
  std::map<Series, std::vector<CubeFact>> registers;                 // counts that other nouns have handed in
  std::shared_ptr<const std::set<Series>> counts = std::make_shared<std::set<Series>>();
  std::int64_t followed = 0;                                         // every fact up to here is in the cube
  std::set<std::int64_t> own_ahead;                                  // our own facts behind that, in the cube already

  std::vector<std::int64_t> stored_series;                           // by series
  std::map<std::int64_t, Series> series_of_stored;
  mutable std::shared_mutex own_mutex;                               // guards the next two, which grow while others read
  std::map<Series, std::int64_t> stored_own;
  std::map<std::int64_t, Series> own_of_stored;
  std::unique_ptr<OwnIndicators> own;
  std::map<std::string, std::int64_t> nouns;
  std::map<std::int64_t, std::string> noun_names;

  std::optional<Series> series_at(std::int64_t stored) const {
    if (const auto at = series_of_stored.find(stored); at != series_of_stored.end()) return at->second;
    const std::shared_lock lock(own_mutex);
    const auto at = own_of_stored.find(stored);
    return at == own_of_stored.end() ? std::nullopt : std::optional(at->second);
  }

  // The hooks of a transaction own what it has pending; when it is rolled back or run again they go, and so does the entry's meaning.
  std::mutex pending_mutex;
  std::map<const db::Reader*, std::weak_ptr<Pending>> pending;

  void count_is_known(Series series) {
    if (counts->contains(series)) return;
    auto more = std::make_shared<std::set<Series>>(*counts);
    more->insert(series);
    counts = std::move(more);
  }
  bool follows_others() const { return store.dialect() == db::Dialect::postgres || store.access() == db::Options::Access::read_only; }
};

Ledger::Ledger(db::Store& store, const Catalogue& catalogue, OrganisationView organisation)
    : catalogue_(catalogue), impl_(std::make_unique<Impl>(store, std::move(organisation))) {}
Ledger::Ledger(db::Store& store, Catalogue& catalogue, OrganisationView organisation)
    : catalogue_(catalogue), impl_(std::make_unique<Impl>(store, std::move(organisation))) {
  if (catalogue.has_room()) impl_->own = std::make_unique<OwnIndicators>(store, catalogue, *this);
}
Ledger::~Ledger() = default;

namespace {

// Every series of the catalogue has a number in the store before the first fact of it is written.
void number_series(db::Store& store, const Catalogue& catalogue) {
  const auto known = store.read([](db::Reader& reader) { return facts_sql::all_series(reader); });
  std::set<std::pair<std::string, std::string>> have;
  for (const auto& series : known) have.emplace(series.measure, series.member);
  std::vector<facts_sql::StoredSeries> missing;
  for (Series series = 0; series < catalogue.series_count(); ++series)
    if (!have.contains({catalogue.measure(catalogue.measure_of(series)).code, catalogue.member_key(series)}))
      missing.push_back({store.new_id(), catalogue.measure(catalogue.measure_of(series)).code, catalogue.member_key(series)});
  if (missing.empty()) return;
  store.write([&](db::Writer& writer) {
    for (const auto& series : missing) facts_sql::insert_series(writer, series);
  });
}

}  // namespace

namespace {

// Nodes of bodies for a whole log at once: their numbers lie close together, so they are places in a list.
class NodesOfBodies {
 public:
  explicit NodesOfBodies(const Organisation& organisation) : organisation_(organisation) {
    constexpr std::int64_t most = 8'000'000;
    for (Node node = 0; node < organisation.size(); ++node) {
      const std::int64_t number = organisation.id(node).value;
      if (number < 0 || number >= most) continue;
      if (static_cast<std::size_t>(number) >= nodes_.size()) nodes_.resize(static_cast<std::size_t>(number) + 1, no_node);
      nodes_[static_cast<std::size_t>(number)] = node;
    }
  }
  Node find(BodyId body) const {                                     // no_node where it is not known
    if (body.value >= 0 && static_cast<std::size_t>(body.value) < nodes_.size()) return nodes_[static_cast<std::size_t>(body.value)];
    return organisation_.find(body) == nullptr ? no_node : organisation_.node(body);
  }

 private:
  const Organisation& organisation_;
  std::vector<Node> nodes_;
};

}  // namespace

void Ledger::load() {
  if (impl_->store.access() == db::Options::Access::read_write) number_series(impl_->store, catalogue_);
  if (impl_->own) impl_->own->follow();
  auto cube = std::make_unique<Cube>(trees_of(*impl_->organisation), catalogue_.series_room());
  impl_->store.read([&](db::Reader& reader) {
    impl_->stored_series.assign(catalogue_.series_count(), 0);
    impl_->series_of_stored.clear();
    for (const auto& stored : facts_sql::all_series(reader))
      if (const auto series = catalogue_.series_by_key(stored.measure, stored.member); series && *series < impl_->stored_series.size()) {   // own ones are kept apart
        impl_->stored_series[*series] = stored.id;
        impl_->series_of_stored[stored.id] = *series;
      }
    for (const auto& [id, noun] : facts_sql::all_nouns(reader)) {
      impl_->nouns[noun] = id;
      impl_->noun_names[id] = noun;
    }
    std::int64_t reached = 0;
    bool any_windows = false;
    const NodesOfBodies nodes(*impl_->organisation);
    const std::int64_t last = facts_sql::last_position(reader);
    cube->load(
        [&](std::vector<CubeFact>& chunk) {
          chunk.clear();
          std::int64_t seen = 0;
          facts_sql::each_bare(reader, reached, chunk_size, [&](const facts_sql::BareFact& fact) {
            ++seen;
            reached = fact.position;
            any_windows = any_windows || fact.amount == 0;
            const auto series = impl_->series_at(fact.series);
            const Node node = nodes.find(fact.body);
            if (fact.amount == 0 || !series || node == no_node) return;
            chunk.push_back({node, fact.day, *series, fact.amount});
          });
          return seen > 0;
        },
        last);
    auto windows = std::make_shared<const WindowTable>();
    if (any_windows) facts_sql::each_window(reader, 0, [&](const facts_sql::BareFact& fact, Period window) {
      const auto series = impl_->series_at(fact.series);
      if (series && impl_->organisation->find(fact.body))
        windows = windows->with(*series, window, impl_->organisation->node(fact.body), fact.amount);
    });
    impl_->windows = std::move(windows);
    auto closed = std::make_shared<ClosedRounds>();
    closing_sql::each_in_force(reader, [&](closing_sql::StoredRound stored) {
      for (const auto& [number, amount] : stored.figures)
        if (const auto series = impl_->series_at(number)) stored.round.figures.emplace_back(*series, amount);
      std::ranges::sort(stored.round.figures);
      closed->add(std::make_shared<const ClosedRound>(std::move(stored.round)));
    });
    impl_->closed = std::move(closed);
    impl_->followed_closings = closing_sql::last_put(reader);
    impl_->entered.load(reader, *impl_->organisation);
    impl_->followed = last;
  });
  const std::lock_guard lock(impl_->mutex);
  impl_->cube = std::move(cube);
  impl_->own_ahead.clear();
  for (auto& count : register_counts(catalogue_, *impl_->organisation)) {
    impl_->count_is_known(count.series);
    impl_->cube->replace(count.series, std::move(count.facts));
  }
  for (const auto& [series, facts] : impl_->registers) impl_->cube->replace(series, facts);
  impl_->touched.touch_all();
}

namespace {

// What committed reaches the cube; on SQLite the log is complete with it, beside other processes only `follow` knows what came between.
void publish(auto& impl, std::vector<Fact> facts) {
  std::unique_lock lock(impl.mutex);
  if (!impl.cube) return;
  std::vector<CubeFact> deltas;
  for (const Fact& fact : facts) {
    const Node body = impl.organisation->node(fact.body);
    if (fact.layer == FactLayer::window) impl.windows = impl.windows->with(fact.series, fact.window, body, fact.amount);
    else deltas.push_back({body, fact.day, fact.series, fact.amount});
    if (impl.follows_others()) impl.own_ahead.insert(fact.position);
    else impl.followed = fact.position;
  }
  impl.cube->post(deltas, std::max(facts.back().position, impl.followed));
  const OrganisationView organisation = impl.organisation;
  lock.unlock();
  std::vector<std::pair<BodyId, Day>> written;
  for (const Fact& fact : facts) written.emplace_back(fact.body, fact.day);
  touch_written(impl.touched, *organisation, written);
}

}  // namespace

void Ledger::post(db::Writer& writer, Fact fact) {
  assert(fact.body && fact.series < catalogue_.series_room());
  if (fact.amount == 0) return;
  act_of(writer, *this);                                                // before its own hook: what is written here lies inside the act
  std::shared_ptr<Pending> mine;
  {
    const std::lock_guard lock(impl_->pending_mutex);
    std::erase_if(impl_->pending, [](const auto& entry) { return entry.second.expired(); });
    auto& entry = impl_->pending[&writer];
    mine = entry.lock();
    if (!mine || mine->written) {
      mine = std::make_shared<Pending>();
      entry = mine;
      writer.before_commit([this, mine](db::Writer& at_the_end) {
        mine->written = true;
        std::erase_if(mine->facts, [](const Fact& one) { return one.amount == 0; });
        if (mine->facts.empty()) return;
        std::int64_t position = at_the_end.next_positions(static_cast<std::int64_t>(mine->facts.size()));
        std::vector<facts_sql::StoredFact> rows;
        std::map<std::string, std::int64_t> nouns;                // one that is new here is asked for once, not for each fact
        for (Fact& one : mine->facts) {
          one.position = position++;
          auto noun = nouns.find(one.source.noun);
          if (noun == nouns.end()) noun = nouns.emplace(one.source.noun, stored_noun(at_the_end, one.source.noun)).first;
          rows.push_back({one.position, one.body, one.day, stored_series(one.series), one.amount, one.kind, noun->second, one.source.id, one.reverses, one.layer,
                          one.arrival});
        }
        facts_sql::insert(at_the_end, rows);
        at_the_end.hint_after_commit();
        at_the_end.after_commit([this, mine] { publish(*impl_, mine->facts); });
      });
    }
  }
  fact.position = -static_cast<std::int64_t>(mine->facts.size()) - 1;   // until it has one in the log
  mine->facts.push_back(std::move(fact));
}

std::span<const Fact> Ledger::pending(db::Reader& reader) const {
  const std::lock_guard lock(impl_->pending_mutex);
  const auto at = impl_->pending.find(&reader);
  const auto mine = at == impl_->pending.end() ? nullptr : at->second.lock();
  return mine && !mine->written ? std::span<const Fact>(mine->facts) : std::span<const Fact>();
}

void Ledger::reverse(db::Writer& writer, const Fact& fact) {
  if (fact.position < 0) {   // of this very transaction: nobody has seen it
    const std::lock_guard lock(impl_->pending_mutex);
    const auto mine = impl_->pending[&writer].lock();
    assert(mine && !mine->written);
    mine->facts[static_cast<std::size_t>(-fact.position - 1)].amount = 0;
    return;
  }
  assert(fact.position > 0);
  Fact opposite = fact;
  opposite.amount = -fact.amount;
  opposite.kind = FactKind::reversal;
  opposite.reverses = fact.position;
  post(writer, std::move(opposite));
}

std::vector<Fact> Ledger::facts(db::Reader& reader, BodyId body, Series series, Period period) {
  std::vector<Fact> out;
  for (const auto& row : facts_sql::of_body(reader, body, stored_series(series), period))
    out.push_back({row.position, row.body, row.day, series, row.amount, row.kind, {noun_of_stored(row.noun), row.source}, row.reverses, row.layer, row.arrival, {}});
  for (const Fact& fact : pending(reader))
    if (fact.body == body && fact.series == series && period.contains(fact.day) && fact.amount != 0) out.push_back(fact);
  return out;
}

Cube& Ledger::cube() {
  assert(impl_->cube && "load() comes first");
  return *impl_->cube;
}

LedgerView Ledger::view() const {
  const std::lock_guard lock(impl_->mutex);
  assert(impl_->cube && "load() comes first");
  return {impl_->cube->snapshot(), impl_->windows, impl_->closed, impl_->entered.current(), impl_->organisation, &catalogue_, impl_->counts};
}

OrganisationView Ledger::organisation() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->organisation;
}

void Ledger::organisation_changed(OrganisationView organisation) {
  const std::lock_guard lock(impl_->mutex);
  if (organisation->version() <= impl_->organisation->version() && organisation != impl_->organisation && impl_->cube) return;   // an older view, come late
  impl_->organisation = std::move(organisation);
  if (!impl_->cube) return;
  impl_->cube->change_trees(trees_of(*impl_->organisation));
  for (auto& count : register_counts(catalogue_, *impl_->organisation)) impl_->cube->replace(count.series, std::move(count.facts));
}

std::function<void()> Ledger::organisation_ahead(OrganisationView next) {
  assert(impl_->cube && "load() comes first");
  std::vector<std::pair<Series, std::vector<CubeFact>>> counts;
  for (auto& count : register_counts(catalogue_, *next)) counts.emplace_back(count.series, std::move(count.facts));
  return [this, next, ahead = impl_->cube->ahead(trees_of(*next), std::move(counts))] {
    const std::lock_guard lock(impl_->mutex);
    if (next->version() <= impl_->organisation->version()) return;      // an older view, come late
    impl_->organisation = next;
    impl_->cube->change_trees(*ahead);
  };
}

std::int64_t Ledger::follow() {
  impl_->entered.follow();
  if (!impl_->follows_others()) {
    const std::lock_guard lock(impl_->mutex);
    return impl_->followed;
  }
  follow_closings();
  std::vector<std::pair<facts_sql::BareFact, Period>> windows;
  std::vector<facts_sql::BareFact> rows;
  const std::int64_t after = [&] {
    const std::lock_guard lock(impl_->mutex);
    return impl_->followed;
  }();
  impl_->store.read([&](db::Reader& reader) {
    facts_sql::each_bare(reader, after, chunk_size, [&](const facts_sql::BareFact& fact) { rows.push_back(fact); });
    if (!rows.empty()) facts_sql::each_window(reader, after, [&](const facts_sql::BareFact& fact, Period window) { windows.emplace_back(fact, window); });
  });
  if (impl_->own) impl_->own->follow();                                   // after the rows were read: whatever they count is known by now
  std::unique_lock lock(impl_->mutex);
  if (rows.empty() || impl_->followed != after) return impl_->followed;   // somebody else of this process came first
  std::vector<std::pair<BodyId, Day>> written;
  std::vector<CubeFact> deltas;
  std::int64_t reached = after;
  for (const auto& fact : rows) {
    if (!impl_->organisation->find(fact.body)) break;                     // founded by another process: go on when its body is known here
    reached = fact.position;
    written.emplace_back(fact.body, fact.day);
    if (impl_->own_ahead.contains(fact.position)) continue;
    if (const auto series = impl_->series_at(fact.series); series && fact.amount != 0)
      deltas.push_back({impl_->organisation->node(fact.body), fact.day, *series, fact.amount});
  }
  for (const auto& [fact, window] : windows)
    if (fact.position <= reached && !impl_->own_ahead.contains(fact.position))
      if (const auto series = impl_->series_at(fact.series))
        impl_->windows = impl_->windows->with(*series, window, impl_->organisation->node(fact.body), fact.amount);
  impl_->followed = reached;
  impl_->own_ahead.erase(impl_->own_ahead.begin(), impl_->own_ahead.upper_bound(reached));
  if (!deltas.empty()) impl_->cube->post(deltas, reached);
  const OrganisationView organisation = impl_->organisation;
  lock.unlock();
  touch_written(impl_->touched, *organisation, written);
  return reached;
}

void Ledger::replace_register(Series series, std::vector<CubeFact> facts) {
  const std::lock_guard lock(impl_->mutex);
  impl_->registers[series] = facts;
  impl_->count_is_known(series);
  if (impl_->cube) impl_->cube->replace(series, std::move(facts));
}

bool Ledger::has_register(Series series) const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->counts->contains(series);
}

std::int64_t Ledger::stored_series(Series series) const {
  if (series < impl_->stored_series.size()) {
    assert(impl_->stored_series[series] != 0);
    return impl_->stored_series[series];
  }
  const std::shared_lock lock(impl_->own_mutex);
  const auto own = impl_->stored_own.find(series);
  assert(own != impl_->stored_own.end());
  return own->second;
}

std::optional<Series> Ledger::series_of_stored(std::int64_t stored) const {
  return impl_->series_at(stored);
}

void Ledger::series_stored(Series series, std::int64_t stored) {
  const std::unique_lock lock(impl_->own_mutex);
  impl_->stored_own[series] = stored;
  impl_->own_of_stored[stored] = series;
}

bool Ledger::keeps_own() const { return impl_->own != nullptr; }
OwnIndicators& Ledger::own() {
  assert(impl_->own);
  return *impl_->own;
}

std::int64_t Ledger::stored_noun(db::Writer& writer, const std::string& noun) {
  {
    const std::lock_guard lock(impl_->mutex);
    if (const auto at = impl_->nouns.find(noun); at != impl_->nouns.end()) return at->second;
  }
  const std::int64_t id = facts_sql::keep_noun(writer, impl_->store.new_id(), noun);
  writer.after_commit([this, noun, id] {
    const std::lock_guard lock(impl_->mutex);
    impl_->nouns[noun] = id;
    impl_->noun_names[id] = noun;
  });
  return id;
}

std::string Ledger::noun_of_stored(std::int64_t stored) const {
  const std::lock_guard lock(impl_->mutex);
  const auto at = impl_->noun_names.find(stored);
  return at == impl_->noun_names.end() ? std::string{} : at->second;
}

EnteredRegister& Ledger::entered() { return impl_->entered; }
const Touched& Ledger::touched() const { return impl_->touched; }
std::uint64_t Ledger::number() const { return impl_->number; }

std::int64_t Ledger::new_id() { return impl_->store.new_id(); }

void Ledger::closing_changed(db::Writer& writer, std::vector<std::shared_ptr<const ClosedRound>> rounds) {
  writer.before_commit([this, rounds = std::move(rounds)](db::Writer& last) {
    const std::int64_t position = last.next_positions();
    for (const auto& round : rounds) closing_sql::log_put(last, position, round->id);
    last.hint_after_commit();
    last.after_commit([this, rounds, position] {
      const std::lock_guard lock(impl_->mutex);
      if (position <= impl_->followed_closings) return;               // following has read it, or what came after it
      auto changed = std::make_shared<ClosedRounds>(*impl_->closed);
      for (const auto& round : rounds) changed->add(round);
      impl_->closed = std::move(changed);
    });
  });
}

// What other processes put in force; our own comes by once more, in the order of the commits.
void Ledger::follow_closings() {
  const std::int64_t after = [&] {
    const std::lock_guard lock(impl_->mutex);
    return impl_->followed_closings;
  }();
  std::vector<closing_sql::PutRound> put;
  impl_->store.read([&](db::Reader& reader) { closing_sql::each_put_after(reader, after, [&](closing_sql::PutRound one) { put.push_back(std::move(one)); }); });
  if (put.empty()) return;
  const std::lock_guard lock(impl_->mutex);
  if (impl_->followed_closings != after) return;                      // somebody else of this process came first
  auto changed = std::make_shared<ClosedRounds>(*impl_->closed);
  for (closing_sql::PutRound& one : put) {
    for (const auto& [number, amount] : one.stored.figures)
      if (const auto series = impl_->series_at(number)) one.stored.round.figures.emplace_back(*series, amount);
    std::ranges::sort(one.stored.round.figures);
    changed->add(std::make_shared<const ClosedRound>(std::move(one.stored.round)));
  }
  impl_->followed_closings = put.back().position;
  impl_->closed = std::move(changed);
}

}  // namespace khuyenhoc
