// What a person has to do now, whom the unit is waiting for, and what has changed since a week.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "access/viewer.h"
#include "home/recent_entries.h"
#include "reporting/reporting.h"
#include "shell/house.h"

namespace khuyenhoc::home {

struct Due {
  DueForm form;
  bool mine = false;                    // the viewer may enter it; others only see how far it is
  std::string button;                   // "Nhập tiếp số liệu"
};
struct Duties {
  std::vector<Due> due;                 // not done yet, nearest first
  std::vector<Due> done;
  std::int64_t mine() const;
};
Duties duties_of(const House& house, const Viewer& viewer, const NamedPeriod& period);

// A unit that has not entered its figures yet, with whom to call; names and numbers only where the viewer may see them.
struct Awaited {
  BodyId body;
  std::string name, state;              // "Chưa nhập", "Đang nhập 3/9"
  std::string head_name, telephone;
  bool late = false;
};
struct Waiting {
  std::vector<Awaited> units;           // those shown
  std::size_t all = 0;                  // those waited for
  std::size_t asked = 0;                // those that report here
  bool of_branches = false;
  std::optional<Day> due;
  std::string reminder;                 // ready to be sent, with the names of all
};
Waiting waiting_for(const House& house, db::Reader& reader, const Viewer& viewer, const NamedPeriod& period, std::size_t at_most);

struct Change {
  BodyId body;
  std::string name;                     // "Chi hội Thôn 8"
  std::string when;                     // "9 giờ 41 phút ngày 08/6/2026"
  struct Line {
    std::string text;                   // "Đã ghi 15 số liệu (6 tháng đầu năm 2026)."; "Tổng số hội viên cuối kỳ, …: 118 thành 120. Toàn đơn vị tăng 2."
    std::optional<NamedPeriod> entered; // whose figures these are; none: a change of another kind
  };
  std::vector<Line> lines;              // newest first, at most three; what one person entered for the first time in one sitting is one line
  std::size_t more = 0;                 // lines besides
  bool trail_open = false;              // the viewer may read each change
};
// Of bodies in the viewer's scope, since a day, newest first; changes of one body stand together.
std::vector<Change> changes_since(const House& house, db::Reader& reader, RecentEntries& recent, const Viewer& viewer, Day since, std::size_t at_most);

}  // namespace khuyenhoc::home
