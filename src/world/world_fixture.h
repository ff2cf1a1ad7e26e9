// For tests: an empty house over a store, to be filled with a synthetic world.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/text.h"
#include "measures/figures.h"
#include "platform/db/test_stores.h"
#include "platform/crypto/crypto.h"
#include "world/world.h"

namespace khuyenhoc {

class EmptyHouse {
 public:
  EmptyHouse(db::Store& store, Day today)
      : clock_(Clock::fixed_day(today)), organisation_(store, known(store, territory_)), trail_(store, keys_, clock_), users_(store, keys_, hasher_, clock_), sessions_(users_, [this] { return organisation_.current(); }) {
    organisation_.load();
    catalogue_.make_room(100);
    ledger_ = std::make_unique<Ledger>(store, catalogue_, organisation_.current());
    ledger_->load();
    territory_.on_publish([this](const TerritoryView& territory) { organisation_.territory_changed(territory); });
    organisation_.on_change([this](OrganisationView now) { ledger_->organisation_changed(std::move(now)); });
    statements_ = std::make_unique<Statements>(*ledger_);
    house_ = std::make_unique<House>(House{.store = store, .clock = clock_, .catalogue = catalogue_, .periods = Periods::house(), .keys = keys_, .territory = territory_,
                                           .organisation = organisation_, .ledger = *ledger_, .statements = *statements_, .trail = trail_, .users = users_, .sessions = sessions_});
  }
  House& house() { return *house_; }

 private:
  static TerritoryView known(db::Store& store, TerritoryStore& territory) {
    store.read([&](db::Reader& reader) { territory.load(reader); });
    return territory.current();
  }

  Clock clock_;
  Catalogue catalogue_ = Catalogue::house();
  crypto::KeyRing keys_ = crypto::KeyRing::for_tests();
  crypto::PasswordHasher hasher_;
  TerritoryStore territory_;
  OrganisationStore organisation_;
  AuditTrail trail_;
  Users users_;
  Sessions sessions_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<Statements> statements_;
  std::unique_ptr<House> house_;
};

// Every fact in words, the same in every store that holds the same world.
inline std::vector<std::string> facts_in_words(House& house) {
  const OrganisationView organisation = house.organisation.current();
  std::vector<std::string> out;
  house.store.read([&](db::Reader& reader) {
    for (Node node = 0; node < organisation->size(); ++node) {
      const BodyId body = organisation->id(node);
      if (organisation->kind(body).system != hkh) continue;
      for (Series series = 0; series < house.catalogue.series_count(); ++series)
        for (const Fact& fact : house.ledger.facts(reader, body, series, {Day::earliest(), Day::latest()}))
          out.push_back(fmt::format("{} {} {} {} {} {}", organisation->path(body, std::max(organisation->body(body).born, Day::of(2018, 1, 1))), house.catalogue.label(series, Language::vietnamese),
                                    fact.day.iso(), fact.amount, static_cast<int>(fact.kind), static_cast<int>(fact.layer)));
    }
  });
  std::ranges::sort(out);
  return out;
}

}  // namespace khuyenhoc
