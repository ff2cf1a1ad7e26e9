#include "reporting/known_sheets.h"

#include <map>
#include <mutex>

#include "measures/touched.h"
#include "reporting/sheet_rows.h"

namespace khuyenhoc {
namespace {

struct Known {
  std::shared_ptr<const SheetRows> rows;         // of this very tree
  std::uint64_t touched = 0;                     // whatever was written until then is in it
  EntrySheet sheet;
};

using Key = std::tuple<std::uint64_t, BodyId, std::string, std::string, int, Day, Day, Language>;

class KnownSheets {
 public:
  std::shared_ptr<const Known> find(const Key& key) {
    const std::lock_guard lock(mutex_);
    const auto found = known_.find(key);
    return found == known_.end() ? nullptr : found->second;
  }
  void keep(const Key& key, std::shared_ptr<const Known> known) {
    constexpr std::size_t most_rows = 20'000;    // some 30 MB
    const std::lock_guard lock(mutex_);
    auto& place = known_[key];
    if (place) rows_ -= place->sheet.rows;
    rows_ += known->sheet.rows;
    place = std::move(known);
    if (rows_ <= most_rows && known_.size() <= most_rows) return;
    known_.clear();
    rows_ = 0;
  }

 private:
  std::mutex mutex_;
  std::map<Key, std::shared_ptr<const Known>> known_;
  std::size_t rows_ = 0;
};

KnownSheets& known_sheets() {
  static KnownSheets sheets;
  return sheets;
}

std::shared_ptr<const EntrySheet> sheet_in(std::shared_ptr<const Known> known) {
  const EntrySheet* sheet = &known->sheet;
  return {std::move(known), sheet};
}

}  // namespace

Result<std::shared_ptr<const EntrySheet>> known_sheet(const House& house, BodyId body, const NamedPeriod& period, Day today, BodyId branch) {
  if (const auto fine = check_sheet(house, body, period, today); !fine) return std::unexpected(fine.error());
  const auto asked = house.store.read([&](db::Reader& reader) { return asked_forms(reader, house, body, period, branch); });
  if (!asked) return std::unexpected(asked.error());
  // the days, too: an office may have windows of its own by the same name
  const Key key{house.ledger.number(), body, period.family, period.window, period.year, period.period.last, today, current_language()};
  const Touched& touched = house.ledger.touched();
  const std::uint64_t now = touched.now();       // before anything is read: what is written meanwhile is looked at again
  const OrganisationView organisation = house.ledger.organisation();
  const auto before = known_sheets().find(key);
  if (before && organisation->find(body) != nullptr && rows_asked(organisation, *asked, body, before->sheet.day, current_language()) == before->rows) {
    std::vector<BodyId> bodies = before->rows->bodies;
    bodies.push_back(body);
    std::vector<Node> nodes = before->rows->nodes;
    nodes.push_back(organisation->node(body));
    const auto written = touched.since(nodes, before->touched);
    if (written.empty()) return sheet_in(before);
    if (written.size() <= bodies.size() / 2) {
      std::set<BodyId> again;
      for (const std::size_t place : written) again.insert(bodies[place]);
      again.erase(body);
      auto refreshed = house.store.read([&](db::Reader& reader) { return refreshed_sheet(house, reader, before->sheet, *before->rows, again); });
      if (!refreshed) return std::unexpected(refreshed.error());
      auto known = std::make_shared<const Known>(Known{before->rows, now, std::move(*refreshed)});
      known_sheets().keep(key, known);
      return sheet_in(std::move(known));
    }
  }
  auto made = house.store.read([&](db::Reader& reader) { return entry_sheet(house, reader, body, period, today, Lists::looked_up, *asked); });
  if (!made) return std::unexpected(made.error());
  auto rows = rows_asked(organisation, *asked, body, made->day, current_language());
  auto known = std::make_shared<const Known>(Known{std::move(rows), now, std::move(*made)});
  known_sheets().keep(key, known);
  return sheet_in(std::move(known));
}

}  // namespace khuyenhoc
