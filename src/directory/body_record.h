// What the page of a body says: who it is, where it stands in time, whom it followed and who followed it, and the figures that matter.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "directory/outlook.h"
#include "measures/periods.h"
#include "restructure/restructure.h"

namespace khuyenhoc::directory {

struct KeyFigure {
  std::string code;                     // of the measure
  std::string label, value, unit;       // "Hội viên", "12.312", "người"
  std::string change;                   // "Tăng 158 (1,3%)", "Không so sánh", or empty
};

// Level figures and their comparison with the same period last year, in the tree of the question. Figures that are not known are left out.
std::vector<KeyFigure> key_figures(const Outlook& outlook, Subject subject, std::span<const std::string_view> codes);
// "so với cùng kỳ năm 2025 (quy về địa giới hiện nay)"
std::string compared_with(const Outlook& outlook, Subject subject);

struct BodyRecord {
  BodyId id;
  std::string name, kind;
  bool alive = true;                    // today
  Day born;
  std::optional<Day> ended;             // first day gone
  std::vector<Named> path;              // of superiors, from the top
  std::optional<Named> superior;
  Named area;
  std::string former_area;              // "xã Cư Huê (cũ)", or empty
  std::vector<Named> predecessors, successors;
  std::size_t below = 0;                // directly under it, today
  bool is_branch = false, is_above_communes = false;
  bool is_counted = false;              // of the association, so it has figures
  std::string below_label;              // of the tab: "Chi hội, ban trực thuộc"
};
BodyRecord record_of(const Outlook& outlook, BodyId body);

// One stretch of a body's life under one name, superior and area, and the act that began it.
struct Era {
  Day from;
  std::optional<Day> until;             // last day
  std::string name;
  Named superior, area;
  BodyRestructureId restructure;        // by which; none where none is on record
  std::string act, basis;               // "Sắp xếp …", "Quyết định số 15/QĐ-HKH ngày 25/7/2025 của …"; empty where none is on record
};
struct BodyStory {
  std::vector<Era> eras;                // newest first
  std::optional<Day> ended;
  BodyRestructureId end_restructure;
  std::string end_act, end_basis;
  std::vector<Named> predecessors, successors;
};
BodyStory story_of(db::Reader& reader, const Outlook& outlook, Restructures& restructures, BodyId body);

}  // namespace khuyenhoc::directory
