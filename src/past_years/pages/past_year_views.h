// What the pages of past years show, ready to be written: texts, numbers as people read them, links.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "platform/html/url.h"
#include "shell/visit.h"

namespace khuyenhoc::past_years {

using html::Url;

struct Option {
  std::string value, label;
  bool chosen = false;
};
struct OptionGroup {
  std::string label;
  std::vector<Option> options;
};

// The steps of the wizard, and where its office is.
struct Steps {
  int current = 1;                      // 1 the report, 2 columns and rows, 3 the check, 4 written
  std::string report;                   // "Báo cáo số 12/BC-HKH, 6 tháng đầu năm 2025"
  std::string understood, written;
};

struct OverviewPage {
  std::string office;
  std::optional<FrameLink> office_start;     // the steps of the start, for whoever came from there
  Url page{"/"}, add{"/"}, old_bodies{"/"}, recount{"/"};
  struct Gap {
    std::string sentence, measures;
  };
  std::vector<Gap> gaps;
  struct Slot {                         // one period of one part
    std::string period, part, state, mood, icon, detail;
    Url link{"/"};
    std::string action;
  };
  std::vector<Slot> slots;
  struct Line {
    std::string report, period, about, state, mood, icon, agreement;
    Url link{"/"};
    std::optional<Url> signed_file;
  };
  std::vector<Line> annexes;
  bool may_build = false, carried = true;
};

struct NewAnnexPage {
  std::string office;
  Url page{"/"}, back{"/"};
  std::vector<std::pair<std::string, std::string>> errors;
  std::vector<OptionGroup> periods;
  std::vector<OptionGroup> areas;
  std::string number, day, signer;
  std::string error_of(std::string_view field) const {
    for (const auto& [name, message] : errors)
      if (name == field) return message;
    return {};
  }
};

struct UnderstandPage {
  Steps steps;
  Url page{"/"}, check{"/"}, drop{"/"}, back{"/"};
  std::int64_t version = 0;
  std::string notice;
  std::string refused;                  // the layout could not be read at all
  std::vector<Option> sheets;
  std::string head_first, head_last, unit_column;
  std::vector<OptionGroup> measures;    // offered for every column
  struct Column {
    int number = 0;
    std::string letter, heading, example, remark, value, value_label;   // value: the chosen series, "" for none; offered beside the wholes when it is none of them
    bool is_whole = true, guessed = false;
    std::int64_t factor = 1;
    bool is_bad = false;
  };
  std::vector<Column> columns;
  struct Row {
    int number = 0;
    std::string label, problem, meaning, value;
  };
  std::vector<Row> doubtful, rows;      // to be decided; all others
  std::vector<OptionGroup> units;       // offered for every row
  std::vector<Option> factors;
  bool has_total = true, without_total = false;
};

struct CheckPage {
  Steps steps;
  Url page{"/"}, columns{"/"}, back{"/"}, marked{"/"}, workbook{"/"}, drop{"/"}, undo{"/"}, attach{"/"}, old_bodies{"/"};
  std::optional<Url> signed_file;
  std::int64_t version = 0;
  std::string error, signed_name, about, signer;
  bool written = false, withdrawn = false, half_way = false, under_way = false;
  std::string when, rest;               // rest: "Ghi tiếp 3.300 số còn lại"
  bool is_draft() const { return !written && !withdrawn && !half_way; }
  std::size_t fresh = 0, same = 0, differing = 0, agreeing = 0, totals = 0;
  std::vector<std::string> hindrances;
  struct Problem {
    std::string address, message;
  };
  std::vector<Problem> problems;
  struct Difference {
    std::string key, where, measure, sum, signed_total, change, note;
    std::int64_t reason = 0;
    bool may_be_own = false;
    std::string reason_words;
  };
  std::vector<Difference> differences;
  struct Meeting {
    std::string body, measure, stored, given;
  };
  std::vector<Meeting> meetings;        // figures that were there before and differ
  bool replaces = false;
  std::vector<std::string> without_association, without_row;
  std::vector<std::string> heads;
  struct Row {
    std::string name, remark;
    std::vector<std::string> cells;
    bool total = false;
  };
  std::vector<Row> rows;
  std::string button;
};

struct OldBodiesPage {
  std::string office;
  Url page{"/"}, back{"/"}, undo{"/"};
  std::vector<std::pair<std::string, std::string>> errors;
  std::string from, number, day, issuer, notice;
  std::vector<std::string> problems;
  struct Row {
    std::string name, above, ends, follows;
    bool line = false;
  };
  std::vector<Row> rows;
  std::vector<std::string> adopted;
  struct Built {
    std::int64_t id = 0;
    std::string words;
  };
  std::vector<Built> built;
  std::string error_of(std::string_view field) const {
    for (const auto& [name, message] : errors)
      if (name == field) return message;
    return {};
  }
};

// Shared by the pages.
Url past_years_page(BodyId office);     // /so-lieu-nam-truoc/7
std::optional<BodyId> office_of(const Visit& visit, Permission permission = Permission::enter_figures);

}  // namespace khuyenhoc::past_years

namespace khuyenhoc {
void add_past_overview_pages(Pages& pages);
void add_annex_pages(Pages& pages);
void add_annex_check_pages(Pages& pages);
void add_old_bodies_pages(Pages& pages);
}  // namespace khuyenhoc
