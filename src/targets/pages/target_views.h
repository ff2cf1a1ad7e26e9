// What the pages of targets show.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/html/url.h"
#include "shell/frame.h"

namespace khuyenhoc {

struct TargetRow {
  std::string field = {};                     // its input: "B01" on the own sheet, the body's number on an assignment
  std::string label = {}, unit = {};
  std::string last_year = {}, suggested = {}, value = {};  // as shown; value as typed
  std::string sum = {}, difference = {};              // of those below; empty without
  bool fits = true;                         // what is assigned reaches the own target
  std::string error = {}, stored = {};              // stored: what is there now, when somebody else saved first
  std::int64_t version = 0;
  std::optional<Url> link = {};                // to assign it, or to the unit
};

struct TargetHistory {
  std::string when, who, what;
};

struct TargetPage {
  std::int64_t body = 0;
  std::string name, year_label;
  std::optional<FrameLink> office_start;    // the steps of the start, for whoever came from there
  int year = 0;
  std::vector<FrameLink> years;
  std::vector<TargetRow> rows;
  std::int64_t version = 0;
  bool may_set = false, is_office = false;
  std::string why_not;
  std::vector<std::pair<std::string, std::string>> errors;
  std::string suggested_note;               // the suggestions were filled in, nothing is saved yet
  std::string decision;                     // "Quyết định số 15/QĐ-HKH ngày 08/01/2026"
  std::string number, day;
  std::int64_t decision_version = 0;
  std::string from;
  Url import_link{"/"}, docx{"/"}, xlsx{"/"};
  bool may_import = false;
  std::vector<TargetHistory> history;
};

inline std::string error_at(const std::vector<std::pair<std::string, std::string>>& errors, std::string_view field) {
  for (const auto& [name, message] : errors)
    if (name == field) return message;
  return {};
}

struct AssignPage {
  std::int64_t body = 0;
  std::string name, label, unit, code;
  int year = 0;
  std::vector<TargetRow> rows;
  std::vector<FrameLink> indicators;
  std::string own, sum, difference;
  bool fits = true, may_set = false;
  std::vector<std::pair<std::string, std::string>> errors;
  std::string suggested_note, from;
};

}  // namespace khuyenhoc
