// The groups of pages that add_directory_pages puts together, and what they share.
#pragma once

#include <string>
#include <vector>

#include "directory/body_record.h"
#include "directory/contact_people.h"
#include "directory/explorer.h"
#include "directory/founding.h"
#include "directory/keep_body.h"
#include "directory/search.h"
#include "directory/subordinates.h"
#include "directory/unit_record.h"
#include "shell/visit.h"

namespace khuyenhoc {

void add_explorer_pages(Pages& pages);
void add_body_pages(Pages& pages);
void add_body_change_pages(Pages& pages);
void add_founding_pages(Pages& pages);
void add_contact_pages(Pages& pages);
void add_unit_pages(Pages& pages);

namespace directory {

Outlook outlook_of(const Visit& visit);
Url link_to(const Named& named);                        // of the body or unit
Url more_link(const Named& named);                      // its rows in the explorer, for htmx
Url explorer_link(const Named& named);                  // the explorer beginning there
std::string counts_text(const TreeRow& row);            // "12.312 hội viên, 90 chi hội, 9 ban"
std::string below_text(const TreeRow& row);             // "99 tổ chức trực thuộc", "102 xã, phường"

// ---- what the templates show ----

struct ExplorerPage {
  bool by_area = false;
  std::vector<SystemChoice> systems;
  std::string system;                                   // chosen
  std::vector<Named> path;
  std::vector<TreeRow> starts;                          // usually one
  std::vector<std::vector<TreeRow>> below;              // of each start
  std::vector<Partner> partners;                        // of another system
  std::string explanation;                              // why it is empty or begins elsewhere
  bool may_restructure = false;
  BodyId keeps;                                         // whose bodies below may be read from a list; none: nobody's
};

struct FoundPage {
  std::string typed;
  std::vector<Found> found;
};

enum class BodyTab { general, below, story, changes };

struct ChangeLine {
  std::string when, who, what, reason;
};

struct PostLine {
  std::string post, person;
  std::string remark;                                   // "Chủ tịch, nhiệm kỳ 2025 - 2030, từ 01/9/2025"; may be empty
  std::string telephone;                                // may be empty
};

struct BodyPage {
  std::optional<FrameLink> office_start;                // the steps of the start, for whoever came from there
  BodyRecord record;
  BodyTab tab = BodyTab::general;
  std::vector<KeyFigure> figures;
  std::string compared, period;
  bool past_years = false;                              // may bring in figures of past years
  bool may_enter = false, may_keep = false, sees_names = false, sees_changes = false, may_restructure = false;
  PostLine head;                                        // who heads the body; no person: nobody is recorded
  bool head_by_post = false;
  std::vector<PostLine> posts;                          // the others, and whom to call
  std::string carer;                                    // who of the office above looks after it: "Ksor Thắng, Phó Chủ tịch"
  std::string founded_by;                               // "Quyết định số … ngày … của …"; may be empty
  bool is_association = false;                          // with committees and papers of its own
  bool gives_accounts = false;                          // may hand out accounts to its people
  bool rates = false, cares = false;                    // has branches to rate, bodies to hand to those who look after them
  Subordinates list;
  BodyStory story;
  std::vector<ChangeLine> changes, imported;            // imported: lists from Excel that founded or changed it; the reason is the file
  std::int64_t changes_before = 0;                      // position to go on from; 0: no more
};

struct UnitPage {
  UnitRecord record;
  std::vector<UnitAct> acts;
  std::vector<KeyFigure> figures;
  std::string compared, period;
};

// The list again with something changed: what is not named stays, except that another kind or order begins on the first page.
struct ListChange {
  std::optional<std::string> kind = {};
  std::optional<SubordinateOrder> order = {};
  std::optional<std::size_t> page = {};
};
Url list_link(const BodyPage& page, const ListChange& change);
Url workbook_link(const BodyPage& page);
std::string_view order_word(SubordinateOrder order);
std::vector<std::size_t> page_numbers(const Subordinates& list);   // all of few; of many those near the one shown, the first and the last

struct ContactLine {
  std::int64_t id = 0, version = 0;
  std::string name, task, telephone, days;
  bool now = false;
};
struct ContactPage {
  BodyId body;
  std::string body_name, head;                          // the head with the telephone, as known
  std::vector<ContactLine> people;                      // newest first
};

struct FormHead {                                       // around each form of a body
  BodyId body;
  std::string body_name;
  FormErrors errors;
  std::optional<SavedMeanwhile> meanwhile;
  std::string error_of(std::string_view field) const;
};

}  // namespace directory
}  // namespace khuyenhoc
