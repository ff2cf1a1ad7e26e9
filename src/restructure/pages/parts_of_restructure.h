// The groups of pages that add_restructure_pages puts together, and what their templates show.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "restructure/desk.h"
#include "restructure/pages/restructure_pages.h"
#include "restructure/trees.h"

namespace khuyenhoc {

void add_restructure_list_pages(Pages& pages);
void add_restructure_draft_pages(Pages& pages);
void add_restructure_act_pages(Pages& pages);
void add_restructure_preview_pages(Pages& pages);
void add_restructure_result_pages(Pages& pages);
void add_restructure_handover_pages(Pages& pages);
void add_before_after_pages(Pages& pages);

namespace restructure {

struct Choice {
  std::string value, label;
};

// ---- the list

struct DraftLine {
  DraftId id;
  std::string title, unit, acts, changed;      // "3 việc"; "Sửa lúc … "
};
struct DoneLine {
  BodyRestructureId id;
  std::string title, day, basis, state;
  enum class Tone { good, attention, wait } tone = Tone::good;
};
struct ListPage {
  std::string unit;
  std::vector<DraftLine> drafts;
  std::vector<DoneLine> done;
  std::optional<Url> list_link;                // reading a list from Excel
};

// ---- a draft

enum class Step { acts, preview, done };
struct ActLine {
  std::int64_t number = 0;
  std::string label, sentence, trouble;        // what is still missing
};
struct DraftPage {
  const RestructureDraft& draft;
  std::string unit;
  FormErrors errors;
  std::string notice;                          // somebody else kept it meanwhile
  std::vector<ActLine> acts;
  std::size_t more_acts = 0;
  TwoTrees trees;
  Day day;
  std::optional<Url> list_link;
  std::string error_of(std::string_view field) const;
};

// ---- one act

struct FoundBody {
  BodyId id;
  std::string name, where;
  bool chosen = false, partner = false;
  std::size_t below = 0;                       // its branches, which a transfer may take all at once
  bool may_take = true;                        // a branch takes nothing over
};
struct PartForm {                              // a body to be opened
  std::size_t number = 0;
  const DraftBody& body;
  std::vector<Choice> kinds, superiors, areas;
};
struct BranchForm {
  BodyId body;
  std::string name, chosen;
};
struct ActPage {
  const RestructureDraft& draft;
  const DraftAct& act;
  std::string title, explanation;
  FormErrors errors;
  std::string notice;
  std::string typed;                           // in the search box
  bool searched = false;
  std::vector<FoundBody> found;
  std::vector<FoundBody> chosen;
  std::vector<FoundBody> successors;           // existing ones
  std::string goes_on;                         // merge: "moi" or the body that goes on
  std::vector<PartForm> parts;
  std::vector<BranchForm> branches;
  std::vector<Choice> part_choices;            // of branches
  std::vector<Choice> superiors, areas;        // transfer
  std::string error_of(std::string_view field) const;
};

// ---- preview and result

struct FateRow {
  std::string before, how, after;
  std::string office = {};                     // of a branch that ends or is opened
  std::vector<std::string> names = {};         // of many that go the same way, told in one row
};
struct TotalsOfBody {
  std::string name;
  struct Row {
    std::string label, before, after, change;
  };
  std::vector<Row> rows;
};
struct AmountRow {
  std::string label, amount;
};
struct RemainderOf {
  BodyId body;
  std::string name;
  std::vector<AmountRow> rows;
};
struct PostForm {
  std::int64_t holding = 0;
  std::string person, post, body;              // person empty: the viewer may not see names there
  std::string chosen;                          // "thoi" or a ref
  std::string chosen_post;
  std::vector<Choice> places, posts;
  std::string error;
};
struct SightRow {
  std::string name, gained, lost, people;
};
struct PreviewPage {
  explicit PreviewPage(const RestructureDraft& prepared) : draft(prepared) {}
  const RestructureDraft& draft;
  FormErrors errors;                          // of the heading, which apply would refuse
  std::string refused;                         // why it cannot be carried out at all
  std::vector<FateRow> fates;
  std::size_t more_fates = 0;
  std::string kept_sentence;                   // "Số liệu của … không thay đổi"
  std::vector<TotalsOfBody> changed;
  std::size_t more_changed = 0;
  std::vector<RemainderOf> remainders;
  std::size_t more_remainders = 0;
  std::string late_sentence;
  std::vector<PostForm> posts;                 // of this part; a province's reform ends hundreds
  std::size_t all_posts = 0, posts_part = 1, posts_parts = 1;
  std::vector<SightRow> sights;
  std::size_t more_sights = 0;
  std::vector<std::string> dependents;
  std::vector<std::string> numbering;          // what papers and seals are handed over
  std::size_t more_numbering = 0;
  Day day, as_of;
};

struct HandoverLine {
  BodyId body;
  std::string name, takers, state;
  std::optional<Url> board;                    // where what is left stands as a line of its own
  bool open = false;
  std::size_t left = 0;
};
struct LateLine {
  BodyId body;
  std::string name, sentence;
  std::vector<Choice> successors;
};
struct NextStep {
  std::string title, words;
  struct Link {
    std::string label;
    Url link = Url("/");
  };
  std::vector<Link> links;                     // the first is what to press
};
struct ResultPage {
  StoredRestructure stored;
  std::string basis, state, who;
  DoneLine::Tone tone = DoneLine::Tone::good;
  std::vector<FateRow> fates;
  std::size_t more_fates = 0;
  std::vector<HandoverLine> handovers;
  std::size_t more_handovers = 0, ended = 0;
  std::vector<LateLine> late;
  std::vector<NextStep> next;
  bool whole_in_scope = false, may_close = false, old_figures_changed = false;
  std::string refused;
};

struct HandoverCell {
  std::string field, value, label;
};
struct HandoverRow {
  Series series = 0;
  std::string label, unit, left, error;
  std::vector<HandoverCell> cells;
  std::int64_t amount = 0;                     // left, as a number
  std::optional<Url> board;                    // where it stands as a line that waits for minutes
  bool money = false;
};
struct HandoverPage {
  StoredRestructure stored;
  BodyId body;
  std::string name;
  std::vector<std::string> takers;             // heads of the columns
  std::vector<HandoverRow> rows;
  std::string number, date, arrival;
  FormErrors errors;
  std::vector<std::string> kept;               // minutes entered before
  std::string error_of(std::string_view field) const;
};

struct UndoPage {
  StoredRestructure stored;
  std::vector<std::string> effects;
  std::string refused;
};

struct LifeLine {
  BodyId body;
  std::string name, sentence, decision;
  BodyRestructureId restructure;
  bool open = false, restructure_open = false;
};
struct LifeGroup {                              // all that changed in the same way by the same decision
  LifeLine first;                              // its sentence and decision hold for each
  std::vector<LifeLine> rows;
};
struct LifeCard {
  std::string title;
  std::vector<LifeGroup> groups;
  std::vector<LifeLine> same;                  // what did not change
};
struct LifePage {
  BodyId body;
  std::string name, typed, error;
  Day then, now;
  std::vector<Choice> days;                    // ISO and words
  std::vector<LifeCard> before;
  LifeCard after;
};

// ---- shared by the pages

std::string error_in(const FormErrors& errors, std::string_view field);
std::string mark_word(TreeMark mark);
std::vector<FateRow> fate_rows(const std::vector<FateLine>& fates, const Organisation& organisation, Day day, std::size_t most, std::size_t& more,
                               const std::function<bool(BodyId)>& seen);
std::string series_label(const House& house, Series series);
std::string amount_text(const House& house, Series series, std::int64_t amount);     // "1.234 người"
// The board that shows what an ended body left as a line of its own: of the office that the body answered to, or whoever followed that. None where it is not open.
BodyId board_with(const Visit& visit, Day first_day, BodyId ended);
std::string state_of(db::Reader& reader, RestructureDesk& desk, const StoredRestructure& stored, DoneLine::Tone& tone);
Url draft_link(DraftId id);
Url act_link(DraftId id, std::int64_t number);
Url posts_link(DraftId id, std::size_t part);        // the part of the preview's ending posts
Url done_link(BodyRestructureId id);
std::optional<RestructureDraft> draft_in(const Visit& visit, RestructureDesk& desk);  // of the address
// The version that the form carried; 0 where there was none.
std::int64_t version_in(const Visit& visit);
// What an act still lacks, by field; empty when it can be tried.
FormErrors act_errors(const RestructureDraft& draft, const DraftAct& act, const Organisation& organisation, Day day);

}  // namespace restructure
}  // namespace khuyenhoc
