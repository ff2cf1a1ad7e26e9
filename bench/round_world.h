// A province of 102 communes and 9,000 branches on a store of its own, with its pages over HTTP, on the eve of a reporting round nobody has entered a figure for.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bench/bench.h"
#include "platform/http/server.h"
#include "report_texts/report_texts.h"
#include "shell/house.h"
#include "signed_reports/signed_reports.h"

namespace khuyenhoc::bench {

// A figure as somebody types it, and what it adds to the totals above.
struct SentFigure {
  BodyId body;
  std::string name;                      // as the desk knows it: "B01", "D02-rieng"
  Series series = 0;
  std::int64_t value = 0, added = 0;
};

class RoundWorld {
 public:
  static Result<std::unique_ptr<RoundWorld>> make(db::Store& store, const Options& options);
  ~RoundWorld();

  static Day today() { return Day::of(2026, 12, 5); }
  static NamedPeriod period() { return Periods::house().named("bao_cao", "H2", 2026).value(); }
  House& house() { return *house_; }
  std::uint16_t port() const { return port_; }

  struct Association {
    BodyId body;
    std::vector<BodyId> branches;
    std::vector<SentFigure> own;         // its own figures
    std::string cookie, csrf;            // of whoever works there
  };
  BodyId province;
  std::string province_cookie;
  std::vector<Association> associations; // directly below the province
  std::map<BodyId, std::vector<SentFigure>> forms;     // of branches, short form by short form
  std::size_t branches() const { return forms.size(); }
  // Who writes at a body, and who signs and receives there.
  Viewer secretary(BodyId body) const;
  Viewer head(BodyId body) const;

 private:
  explicit RoundWorld(db::Store& store) : store_(store) {}
  Result<void> generate(const Options& options);
  void plan_figures();
  std::vector<SentFigure> planned(db::Reader& reader, BodyId body, Period before) const;
  void serve();
  Viewer viewer(BodyId body, const std::vector<Permission>& permissions, std::string name) const;
  std::pair<std::string, std::string> session(BodyId body, UserId user);

  db::Store& store_;
  std::atomic<std::int64_t> shift_ms_{0};
  Clock clock_;
  crypto::KeyRing keys_ = crypto::KeyRing::for_tests();
  Catalogue catalogue_ = Catalogue::house();
  TerritoryStore territory_;
  crypto::PasswordHasher hasher_;
  std::unique_ptr<OrganisationStore> bodies_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<Statements> statements_;
  std::unique_ptr<AuditTrail> trail_;
  std::unique_ptr<Users> users_;
  std::unique_ptr<Sessions> sessions_;
  std::unique_ptr<House> house_;
  http::Router router_;
  std::unique_ptr<http::Server> server_;
  std::uint16_t port_ = 0;
  int people_ = 0;
};

}  // namespace khuyenhoc::bench
