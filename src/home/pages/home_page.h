// What the home page shows.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "home/duties.h"
#include "platform/html/url.h"
#include "starting/starting.h"

namespace khuyenhoc::home {

struct TodoLine {
  std::string title, sentence, deadline;        // "Hạn: thứ Tư, 10/6/2026, gửi Hội Khuyến học tỉnh Đắk Lắk"
  enum class Urgency { plain, soon, late } urgency = Urgency::plain;
  std::string days_before, days, days_after;    // "còn" "2" "ngày"; "hạn" "hôm nay"
  std::size_t filled = 0, asked = 0;
  std::string button;
  Url link = Url("/");
  bool strong = false;                          // only the nearest
};

// A report that came back, or that waits for somebody else.
struct ReportLine {
  std::string title, sentence, deadline, button;
  Url link = Url("/");
};

struct HeadFigure {
  std::string title, sentence;                  // "Hội viên toàn xã: 12.312 người", "Số tạm tính, tăng 158 so với kỳ trước."
};

struct ChangeEntry {
  struct Line {
    std::string text;
    std::optional<Url> link;                    // where the figures stand that it speaks of
  };
  BodyId body;
  std::string name, when;
  std::vector<Line> lines;
  std::size_t more = 0;
  std::optional<Url> all;                       // for whoever may read the trail
};

struct HomePage {
  std::string today;                            // "Thứ Hai, ngày 08/6/2026."
  std::string summary;                          // "Có 2 việc đến hạn, 3 chi hội, ban chưa có số liệu."
  std::optional<StartingCard> starting;         // while the office is still beginning
  std::vector<TodoLine> todo, done;
  std::vector<ReportLine> returned, with_others;
  std::string nothing_due;                      // said when there is nothing to do
  Waiting waiting;
  Url waiting_link = Url("/");
  std::vector<ChangeEntry> changes;
  std::string changes_since;                    // "Thay đổi từ thứ Hai, 01/6/2026"
  std::vector<HeadFigure> figures;
  Url figures_link = Url("/so-lieu");
};

}  // namespace khuyenhoc::home
