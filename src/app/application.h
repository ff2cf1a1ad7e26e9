// Puts the parts of the house together over one store: what stands on what, loaded in which order.
#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <thread>

#include "shell/house.h"

namespace khuyenhoc {

// Where an installation lives: a directory with the embedded store, or the address of a PostgreSQL database (its keys still lie in the directory).
struct InstallationPlace {
  std::string data_directory = "data";
  std::string database;                    // "postgresql://…" or empty
  std::string store_file() const;          // of the embedded store
  std::string keys_file() const;
  std::string socket_file() const;         // of the running server, for the command line beside it
};

class Application {
 public:
  enum class Use { serving, reading };     // reading opens read-only, beside a running server
  static Result<std::unique_ptr<Application>> open(const InstallationPlace& place, Use use, Clock clock);
  ~Application();

  House& house() { return *house_; }
  bool is_empty();                          // no body yet: a fresh installation
  // Seals the trail within a second of a change and, on PostgreSQL, follows what other processes commit; until the application goes.
  void start_background();

 private:
  explicit Application(Clock clock);
  static Result<void> settle_restructures(Application& opened);
  void run_background(const std::stop_token& stop);

  Clock clock_;
  std::unique_ptr<db::Store> store_;
  std::unique_ptr<crypto::KeyRing> keys_;
  crypto::PasswordHasher hasher_;
  std::unique_ptr<TerritoryStore> territory_;
  std::unique_ptr<OrganisationStore> organisation_;
  Catalogue catalogue_;                     // the house's, and the own indicators of this store's offices
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<Statements> statements_;
  std::unique_ptr<AuditTrail> trail_;
  std::unique_ptr<Users> users_;
  std::unique_ptr<Sessions> sessions_;
  std::unique_ptr<House> house_;
  std::jthread background_;
};

}  // namespace khuyenhoc
