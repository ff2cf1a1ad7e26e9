// A link that opens one branch's form of one period on a telephone, without a password and without names of persons, until its day or until it is revoked.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/viewer.h"
#include "measures/periods.h"
#include "reporting/visitors.h"
#include "shell/house.h"

namespace khuyenhoc {

struct EntryLink {
  std::int64_t id = 0;
  BodyId body, association;
  NamedPeriod period;
  Day until;                            // the last day it opens
  std::string title;                    // of the round: "Báo cáo 6 tháng đầu năm 2026"
  UserId by;
  std::int64_t at_ms = 0;
  std::optional<std::int64_t> revoked_ms;
  std::optional<std::int64_t> confirmed_ms;   // "Xác nhận đã ghi đủ"
  std::string confirmed_by;             // as typed
  enum class State { open, revoked, over };
  State state(Day today) const { return revoked_ms ? State::revoked : today > until ? State::over : State::open; }
};

struct MadeLink {
  EntryLink link;
  std::string token;                    // shown once, to whoever made it
};
// Made for a branch by its association or an office above; the one made before for the same form ends. "link.body", "link.may_not", "link.until" (place "den-ngay")
Result<MadeLink> make_link(db::Writer& writer, const House& house, const Viewer& viewer, BodyId branch, const NamedPeriod& period, Day until, const std::string& title);
// "link.unknown"
Result<void> revoke_link(db::Writer& writer, const House& house, const Viewer& viewer, BodyId association, std::int64_t link);
std::vector<EntryLink> links_of(db::Reader& reader, BodyId association, const NamedPeriod& period);   // newest first
std::optional<EntryLink> find_link(db::Reader& reader, const crypto::KeyRing& keys, std::string_view token);
void mark_confirmed(db::Writer& writer, std::int64_t link, std::int64_t at_ms, const std::string& name);

// Whoever came through the link: may enter figures of that one body, sees nothing else, and stands in the trail by the name given.
Viewer link_viewer(const House& house, const EntryLink& link, const EntryVisitor& visitor, Day today);
// "link.name" (place "ten"): a name of at least two letters and at most 80.
Result<std::string> checked_visitor_name(std::string_view typed);
// Keeps the name given on a device; the secret is for its cookie.
struct NewVisitor {
  EntryVisitor visitor;
  std::string secret;
};
NewVisitor receive_visitor(db::Writer& writer, const House& house, const EntryLink& link, const std::string& name);

// How often an address may guess, and how often a link may write. Kept in memory: a restart forgives.
class LinkGate {
 public:
  explicit LinkGate(Clock clock) : clock_(std::move(clock)) {}
  bool lets_in(const std::string& address);            // false after too many unknown links from there
  void unknown(const std::string& address);
  bool lets_write(std::int64_t link);                  // counts it

 private:
  struct Count {
    std::int64_t since_ms = 0;
    int times = 0;
  };
  bool under(Count& count, int most, std::int64_t window_ms, int add);
  Clock clock_;
  std::mutex mutex_;
  std::map<std::string, Count> guesses_;
  std::map<std::int64_t, Count> writes_;
};

}  // namespace khuyenhoc
