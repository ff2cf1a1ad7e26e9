// The trail of every change: who, on whose behalf, when, for which body, what before and after, why. Append-only, sealed in log order (design 4.5).
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/viewer.h"
#include "organisation/audit_sink.h"
#include "platform/crypto/crypto.h"
#include "platform/db/db.h"

namespace khuyenhoc {

struct AuditEntry {
  std::int64_t position = 0;            // in the trail, given at commit
  std::int64_t at_ms = 0;
  UserId user;                          // none: the program itself (generate, import from the command line)
  std::optional<UserId> on_behalf_of;
  BodyId body;
  std::string noun;                     // "statement", "body", "user", "restructure", …
  std::int64_t record = 0;
  std::string action;                   // "state", "create", "rename", "sign_in", …
  std::string before_json, after_json;  // what changed, as stored; empty when there was nothing
  std::string reason;
  std::string personal_json;            // before and after of personal fields, opened for reading; empty when there were none or they were erased
  bool personal_erased = false;
};

// Fields about a person travel apart: they are encrypted under a key of that person's record, and erasing the person destroys the key.
struct Personal {
  std::string noun;                     // "user", "contact"
  std::int64_t record = 0;
  std::string json;                     // {"before":{…},"after":{…}}
};

// What verify() proves, and what it does not yet cover.
struct AuditVerdict {
  std::int64_t entries = 0;
  std::int64_t sealed = 0;
  std::int64_t unsealed = 0;            // written in the last second or so, or no sealer is running
  std::int64_t seals = 0;
  std::string head_hex;                 // printed on signed reports, written into backups
  std::int64_t whole_ms = 0;            // when the chain was last read from its first entry on
  std::optional<std::int64_t> first_bad; // position of the first entry that does not fit its seal
  bool good() const { return !first_bad; }
};

class AuditTrail {
 public:
  AuditTrail(db::Store& store, const crypto::KeyRing& keys, Clock clock);

  // Writes the entry in the transaction of the change itself. `entry.position` and `entry.at_ms` are filled here.
  void write(db::Writer& writer, AuditEntry entry, const std::optional<Personal>& personal = std::nullopt);
  // By a viewer, under both names when deputising.
  void write(db::Writer& writer, const Viewer& viewer, BodyId body, std::string_view noun, std::int64_t record, std::string_view action,
             std::string before_json, std::string after_json, std::string reason = {}, const std::optional<Personal>& personal = std::nullopt);
  void erase_person(db::Writer& writer, std::string_view noun, std::int64_t record);

  std::vector<AuditEntry> of_record(db::Reader& reader, std::string_view noun, std::int64_t record);              // newest first
  // Newest first, before a position (0: from the end), of bodies in the scope; nothing older than `since_ms`.
  std::vector<AuditEntry> page(db::Reader& reader, const Scope& scope, std::int64_t before, std::size_t limit, std::int64_t since_ms = 0);
  // Newest first, behind a position (0: all), of any body; at most `limit`, nothing older than `since_ms`. For whoever keeps the latest at hand.
  std::vector<AuditEntry> newest(db::Reader& reader, std::int64_t after, std::size_t limit, std::int64_t since_ms);
  // What was changed about one body alone, newest first, before a position (0: from the end). What people do with their own accounts (signing in and out, a
  // new password) is no change of the body they act for.
  std::vector<AuditEntry> of_body(db::Reader& reader, BodyId body, std::int64_t before, std::size_t limit);

  // Chains and signs what is not sealed yet; safe to call from several processes. Returns how many entries it sealed.
  std::int64_t seal();
  // Reads the whole chain: every entry, every seal, every signature.
  AuditVerdict verify(db::Reader& reader);
  // For a page that is opened often: goes on from where this process last found everything good, if that seal still stands as it was. An old entry changed
  // since is found by verify(), which is done here, too, when the last time is a day ago.
  AuditVerdict verify_on(db::Reader& reader);

 private:
  struct Walk;
  AuditVerdict walked(db::Reader& reader, Walk walk);
  AuditEntry opened(db::Reader& reader, std::int64_t position, std::span<const std::byte> canonical);
  crypto::Key person_key(db::Writer& writer, std::string_view noun, std::int64_t record);

  db::Store& store_;
  const crypto::KeyRing& keys_;
  Clock clock_;
  std::mutex good_mutex_;
  std::shared_ptr<const Walk> good_;     // how far this process has found the chain good; none: not yet
};

// How a change made on a lower floor reaches the trail: under the viewer's name, its personal fields apart, with `summary` as the ready sentence that
// people read. Trail and viewer must outlive the transaction.
AuditSink sink_of(AuditTrail& trail, const Viewer& viewer, std::function<std::string(const ChangeNote&)> summary = {});

}  // namespace khuyenhoc
