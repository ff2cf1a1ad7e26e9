// What the wizard's pages show, step by step.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "importing/desk.h"
#include "shell/visit.h"

namespace khuyenhoc::importing {

struct WizardStep {
  std::string label, decided;                 // decided: what has been chosen there so far
  enum class State { done, current, ahead } state = State::ahead;
  std::optional<Url> link;                    // back to it, while it can still be changed
};

// The head of every page of one import.
struct WizardHead {
  std::string title, body_name;
  Url start = Url("/"), back = Url("/");
  std::optional<FrameLink> office_start;      // the steps of the start, for whoever came from there
  std::vector<WizardStep> steps;
};

struct ImportLine {
  std::string file_name, who, when, counts, state, tone;
  Url link = Url("/");
};

struct StartPage {
  WizardHead head;
  std::string explanation, error, file_name;
  std::vector<std::string> chosen;            // answers that the link brought: "Đưa vào bản nháp: Sắp xếp thôn năm 2026"
  Url post = Url("/"), empty_workbook = Url("/");
  std::vector<ImportLine> drafts, past;
};

struct FieldView {
  ImportField field;
  std::string name, value, error;             // name: of the form's field
  bool spread = false;                        // a few choices with long words: one under the other, as a list of choices would cut them on a telephone
};

struct ColumnView {
  ImportColumn column;
  std::string stands_there;                   // in full, as a list of choices on a telephone cuts it: "Cột B: “Họ và tên”, ví dụ “Phạm Văn Lượng”"
  std::string name, error;
  int placed = 0;
};

struct ColumnsPage {
  WizardHead head;
  FormErrors errors;
  std::string notice;
  std::vector<std::string> sheets;
  std::string sheet, sheet_error;
  int heading_row = 0;
  std::vector<FieldView> options;
  std::vector<ColumnView> columns;
  std::vector<ImportChoice> headings;         // to choose between
  std::string unread;                         // headings that nobody matched
  std::string merged;                         // headings over several columns
  Url post = Url("/"), leave = Url("/");
};

struct FindingView {
  std::string address, message;
};

struct RowView {
  int number = 0;
  std::string words, state, tone, icon;
  std::vector<FindingView> findings;
  std::vector<ImportChoice> candidates;
  std::string field, decided;                 // of the choice between them
};

struct VerdictChip {
  std::string label;
  Url link = Url("/");
  bool current = false;
};

struct PreviewPage {
  WizardHead head;
  std::string notice, refused, same_file;
  std::vector<std::string> remarks;
  std::vector<ImportTotal> totals;
  std::vector<VerdictChip> chips;
  std::vector<RowView> rows;
  std::size_t first = 0, last = 0, all = 0;
  std::vector<VerdictChip> pages;
  bool choices_on_page = false;
  std::int64_t good = 0, bad = 0;
  std::string digest, button;
  bool long_list = false;
  Url decide = Url("/"), write = Url("/"), columns = Url("/"), rejected = Url("/"), leave = Url("/");
};

struct ResultPage {
  WizardHead head;
  ImportRecord record;
  std::string error;                          // why it could not be taken back
  std::string undone_when;
  std::int64_t rejected_rows = 0;
  std::string seen_words;                     // on the button to where the result is seen
  Url rejected = Url("/"), undo = Url("/"), again = Url("/"), seen_at = Url("/");
};

struct ProgressPage {
  WizardHead head;
  std::string words;
  int percent = 0;
  bool failed = false;
  Url here = Url("/");
};

struct OfferedKind {
  std::string title, explanation;
  Url link = Url("/");
};

struct OverviewPage {
  std::string body_name;
  std::vector<OfferedKind> kinds;
  std::vector<ImportLine> past;
};

// One kind's pages: the kind and the desk they share.
struct Room {
  std::shared_ptr<Desk> desk;
  const ImportKind* kind = nullptr;
};

BodyId body_of(const Visit& visit);
std::optional<Batch> batch_of(const Visit& visit, const Room& room);                // of this very body and kind
Url start_of(const Room& room, BodyId body);
Url start_again(const Visit& visit, const Room& room, const Batch& batch);          // with the answers given before
std::string answer_words(const ImportField& field, const std::string& canonical);   // as a person reads it
Url page_of(const Room& room, const Batch& batch, std::string_view step = {});
WizardHead head_of(const Visit& visit, const Room& room, const Batch* batch, std::size_t current);
std::vector<ImportLine> lines_of(const Room& room, const std::vector<ImportRecord>& records);
ImportLine line_of(const ImportRecord& record, Url link);
std::string counts_text(const ImportRecord& record);
http::Response workbook(std::string bytes, const std::string& name);

http::Response start_page(const Visit& visit, const Room& room, std::string error, http::Status status);
http::Response show_columns(const Visit& visit, const Room& room, const Batch& batch);
http::Response take_columns(const Visit& visit, const Room& room, Batch batch);
http::Response show_preview(const Visit& visit, const Room& room, const Batch& batch, std::string notice, http::Status status);
http::Response take_decisions(const Visit& visit, const Room& room, Batch batch);
http::Response take_writing(const Visit& visit, const Room& room, Batch batch);
http::Response show_outcome(const Visit& visit, const Room& room, const Batch& batch, std::string error, http::Status status);
http::Response take_back(const Visit& visit, const Room& room, const Batch& batch);

}  // namespace khuyenhoc::importing
