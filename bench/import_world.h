// The association of the whole country today with tens of thousands of branches and their figures in a store, and an Excel list of 100,000 more.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "bench/bench.h"
#include "shell/house.h"

namespace khuyenhoc::bench {

class ImportWorld {
 public:
  static Result<std::unique_ptr<ImportWorld>> make(db::Store& store);
  static Day today() { return Day::of(2026, 6, 8); }

  struct Commune {
    BodyId body;
    UnitId unit;
    std::string name, province, code;            // "xã Ea Kar", "tỉnh Đắk Lắk", "24373"
    bool alone_without_marks = true;             // no other of the province is written so
  };
  db::Store& store;
  Clock clock = Clock::fixed_day(today());
  crypto::KeyRing keys = crypto::KeyRing::for_tests();
  TerritoryStore territory;
  std::unique_ptr<OrganisationStore> bodies;
  std::unique_ptr<Ledger> ledger;
  std::unique_ptr<Statements> statements;
  std::unique_ptr<AuditTrail> trail;
  crypto::PasswordHasher hasher;
  std::unique_ptr<Users> users;
  std::unique_ptr<Sessions> sessions;
  std::unique_ptr<House> house;
  Viewer secretary() const;                      // of the centre: keeps bodies of the whole country
  BodyId centre;
  std::vector<Commune> communes;
  std::vector<BodyId> branches;

 private:
  explicit ImportWorld(db::Store& the_store) : store(the_store) {}
  void found_bodies();
  void record();
};

// What the list holds besides good rows, so that the answers can be held to it.
struct BranchList {
  std::string workbook;                          // the bytes
  std::size_t rows = 0, already_there = 0, new_numbers = 0, twice = 0, wrong = 0;   // new_numbers: heads of branches that are there
  std::size_t good() const { return rows - already_there - new_numbers - twice - wrong; }
};
BranchList list_of_branches(const ImportWorld& world, std::size_t rows);

}  // namespace khuyenhoc::bench
