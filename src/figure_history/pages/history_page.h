// What the page of a figure's history shows.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/html/url.h"
#include "shell/frame.h"

namespace khuyenhoc::figure_history_view {

struct Chip {
  std::string label;
  Url link;
  bool current = false;
};

struct Line {
  std::string when, who;
  std::string way;                       // "Ghi trên bảng số liệu"
  std::string phase;                     // "Sau khi chốt báo cáo"; empty before it was sent
  std::string body;                      // where; empty where it is the one asked about
  std::optional<Url> body_link;
  struct Stated {
    std::string what;                    // which window, where it is another
    std::string before, now;
  };
  std::vector<Stated> stated;
  std::string told;                      // where nothing was typed: what came about
  std::string effect;                    // "Xã Ea Kar: 12.309 → 12.311. Tỉnh Đắk Lắk: tăng 2."
  std::string reason, behalf;
  std::optional<Url> link;               // the adjustment, the restructure, the annex
};

struct Signed {
  std::string number, day, figure, kind, reason;
  bool in_force = false;
  std::optional<Url> link;
};

struct Term {
  std::string label;
  Url link;
};

struct Page {
  std::vector<FrameLink> trail;
  std::string measure, subject, window, unit, figure;
  std::string sentence, refused;
  std::vector<Term> terms;               // of a figure that the program works out
  std::vector<Chip> ways, phases;
  struct Choice {
    std::int64_t body = 0;
    std::string name;
    bool chosen = false;
  };
  std::vector<Choice> below;             // units to look at, for the filter
  std::vector<std::pair<std::string, std::string>> kept;   // fields of the address that the choice goes with
  std::vector<Line> lines;
  std::string from_to;                   // "1–50 trong 231"
  std::vector<Chip> pages;
  std::vector<Signed> versions;
  std::string hidden_names;              // why no names are shown
};

}  // namespace khuyenhoc::figure_history_view
