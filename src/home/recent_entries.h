// The latest entries of the trail, read once as they come: the home page shows who changed what, and is opened all day.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "access/audit.h"
#include "access/viewer.h"

namespace khuyenhoc::home {

class RecentEntries {
 public:
  // Those that change what units report, of bodies in the viewer's scope, newest first; nothing older than `since_ms`.
  std::vector<std::shared_ptr<const AuditEntry>> newest(AuditTrail& trail, db::Reader& reader, const Viewer& viewer, std::int64_t since_ms, std::size_t at_most, std::int64_t now_ms);

 private:
  using Entry = std::shared_ptr<const AuditEntry>;
  struct Looked {                                  // what one viewer's scope holds of them
    std::int64_t until = 0;                        // position of the last one looked at
    std::int64_t at_ms = 0;
    OrganisationView organisation;
    std::deque<Entry> found;                       // oldest first
  };
  void catch_up(AuditTrail& trail, db::Reader& reader, std::int64_t since_ms);

  std::mutex mutex_;
  std::int64_t last_ = 0;                          // position of the newest one read
  std::deque<Entry> entries_;                      // oldest first
  std::map<std::pair<UserId, BodyId>, Looked> looked_;
};

}  // namespace khuyenhoc::home
