// Lists from Excel: what a room says about one kind of list, so that one wizard serves them all (file, columns, dry run, writing, undo, what was rejected).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/money.h"
#include "shell/visit.h"

namespace khuyenhoc {

namespace jobs {
class Worker;
}

using ImportId = Id<struct ImportTag>;        // one file read for one body: from the moment it was chosen to its undo

// ---- What a list looks like

// A word that may stand in a cell or be chosen in a form. `value` is what the kind is told; people write the label or one of the other words, with accents or
// without, in any case.
struct ImportChoice {
  std::string value;
  std::string label;
  std::vector<std::string> other_words = {};
};

enum class ImportHolds : std::uint8_t { text, whole, money, day, telephone, choice };
enum class ImportNeed : std::uint8_t { optional, required };

// One column. Texts are in the language of the request (tr) as columns() is asked anew each time; other headings are the Vietnamese ones that people use.
struct ImportColumn {
  std::string code;                           // stable: remembered with the choice of columns
  std::string label;                          // the heading in the template
  ImportNeed need = ImportNeed::optional;     // required: the list must have it, and a row without it is not read
  ImportHolds holds = ImportHolds::text;
  std::vector<std::string> other_headings = {};   // with or without accents is the same
  std::vector<ImportChoice> choices = {};     // of a choice; the template offers their labels. A text may offer some without being bound to them
  std::string example = {};                   // as typed in the template's first row
  std::string help = {};                      // shown when the cell is entered
  std::size_t longest = 200;                  // characters of a text
};

// What the page asks besides the file: a day from which, a year, whether names without accents match.
struct ImportField {
  enum class Holds : std::uint8_t { text, whole, day, choice, yes };
  std::string code;
  std::string label;
  std::string help = {};
  Holds holds = Holds::text;
  ImportNeed need = ImportNeed::optional;
  std::vector<ImportChoice> choices = {};
  std::string proposed = {};                  // what stands there at first, as typed ("01/7/2025"); of a choice its value; of a yes "co" or nothing
};

// Answers to the fields, checked one by one: a day is a day, a choice one of those offered.
class ImportOptions {
 public:
  std::string text(std::string_view code) const;
  std::optional<Day> day(std::string_view code) const;
  std::optional<std::int64_t> whole(std::string_view code) const;
  bool yes(std::string_view code) const;
  void set(std::string_view code, std::string canonical) { values_.insert_or_assign(std::string(code), std::move(canonical)); }
  const std::map<std::string, std::string, std::less<>>& values() const { return values_; }

 private:
  std::map<std::string, std::string, std::less<>> values_;   // days as ISO, numbers plain, a yes as "co"
};

// For whom and under what conditions a list is read.
struct ImportContext {
  House& house;
  const Viewer& viewer;
  BodyId body;                                // for which the list is read: an existing body within the kind's permission
  ImportOptions options = {};
};

// ---- What stands in it

struct ImportCell {
  enum class State : std::uint8_t { blank, good, bad };      // bad: the wizard has said why, the row cannot be written
  State state = State::blank;
  std::string_view text = {};                 // tidied as texts are stored; of a telephone its digits, of a choice its value; a bad cell's as written
  std::int64_t number = 0;                    // of a whole, of money in đồng, of a day its number
  bool blank() const { return state == State::blank; }
  bool good() const { return state == State::good; }
  Day day() const { return Day::from_number(static_cast<std::int32_t>(number)); }
  Money money() const { return {number}; }
};

// The rows under the headings, cell by cell as the wizard could read them. A column nobody matched is blank in every row.
class ImportRows {
 public:
  explicit ImportRows(std::size_t columns) : columns_(columns) {}
  std::size_t size() const { return numbers_.size(); }
  std::size_t columns() const { return columns_; }
  int number(std::size_t row) const { return numbers_[row]; }                       // as Excel counts: "Dòng 12"
  const ImportCell& cell(std::size_t row, std::size_t column) const { return cells_[row * columns_ + column]; }   // column: its place in columns()
  std::string_view text(std::size_t row, std::size_t column) const { return cell(row, column).good() ? cell(row, column).text : std::string_view{}; }
  bool readable(std::size_t row) const { return readable_[row] != 0; }             // no cell of it is bad and nothing required is missing
  bool matched(std::size_t column) const { return matched_.empty() || matched_[column] != 0; }   // whether the file has such a column at all
  // What a person chose for a row that was to be looked at: the value of one of its candidates; empty: nothing yet.
  std::string_view decided(std::size_t row) const;

  void add(int number, std::span<const ImportCell> cells, bool readable);
  void decide(int number, std::string value) { decided_.insert_or_assign(number, std::move(value)); }
  void set_matched(std::vector<char> matched) { matched_ = std::move(matched); }

 private:
  std::size_t columns_;
  std::vector<ImportCell> cells_;
  std::vector<int> numbers_;
  std::vector<char> readable_, matched_;
  std::map<int, std::string> decided_;        // by the row's number
};

// ---- What it would do

enum class ImportVerdict : std::int64_t { added = 1, changed = 2, unchanged = 3, to_review = 4, refused = 5 };
inline bool is_good(ImportVerdict verdict) { return verdict == ImportVerdict::added || verdict == ImportVerdict::changed; }

// Something to know about a row. `code` is stable ("body_list.unknown_kind"); the message says what is wrong and how to mend it.
struct ImportFinding {
  static constexpr int whole_row = -1;
  int column = whole_row;                     // its place in columns()
  std::string code;
  std::string message;
};

struct ImportJudgement {
  ImportVerdict verdict = ImportVerdict::refused;
  std::string effect;                         // "Lập Chi hội Thôn 9, trực thuộc Hội Khuyến học xã Ea Kar"; before and after of a change
  std::vector<ImportFinding> findings;        // why it is refused or to be looked at; of a good row what is worth knowing
  std::vector<ImportChoice> candidates;       // of a row to be looked at: what the page offers to choose between
};

struct ImportTotal {
  std::string label;                          // "Tổ chức lập mới"
  std::string amount;                         // "231", "1.250 người"
};

// What the list as a whole would do. A kind derives from it to carry on from judging to writing what it has worked out (bodies matched, ids given).
class ImportPlan {
 public:
  virtual ~ImportPlan() = default;
  std::vector<ImportJudgement> rows;          // one for each row; of a row that is not readable() any verdict is taken for refused
  std::vector<ImportTotal> totals;            // effect in numbers
  std::vector<std::string> remarks;           // about the whole list, worth knowing
  std::optional<Refusal> refused;             // the whole list cannot be written: why, and how to mend it
};

// ---- What it did

// A row that was written, kept for as long as the import: `record` is what it made or changed, `before` how that was, for undo (JSON, may be empty).
struct ImportWritten {
  int number = 0;                             // the row's, as Excel counts
  ImportVerdict verdict = ImportVerdict::added;
  std::int64_t record = 0;
  std::string before = {};
};

enum class ImportState : std::int64_t { draft = 1, running = 2, done = 3, undone = 4, left = 5 };

// One import as the lists and other rooms see it.
struct ImportRecord {
  ImportId id;
  std::string kind;
  BodyId body;
  UserId by;
  std::string by_name;                        // "Bà Trần Kim Liên"
  std::string file_name;
  ImportState state = ImportState::draft;
  std::int64_t rows = 0, added = 0, changed = 0, unchanged = 0, to_review = 0, refused = 0;   // as judged, or as written
  std::int64_t at_ms = 0;                     // when the file was chosen
  std::optional<std::int64_t> written_ms, undone_ms;
  std::string summary;                        // what was done, in one sentence; empty before
};

// ---- A kind of list

// Taking an import back in three steps: prepare() outside of any transaction, carry_out() in the last one, leave() when it does not come to that.
class ImportUndo {
 public:
  virtual ~ImportUndo() = default;
  virtual Result<void> prepare() = 0;
  virtual Result<std::string> carry_out(db::Writer& writer) = 0;              // the sentence for the trail
  virtual void leave() {}
};

class ImportKind {
 public:
  virtual ~ImportKind() = default;

  virtual std::string_view code() const = 0;                                  // in addresses: "to-chuc"
  virtual Permission needs() const = 0;                                       // over the body that imports
  virtual MenuItem section() const = 0;
  virtual std::string title() const = 0;                                      // "Nhập danh sách tổ chức"
  virtual std::string explanation(const ImportContext& context) const = 0;    // what the list holds and what reading it does
  virtual std::string way_back(BodyId body) const = 0;                        // the path of the page where its result is seen: "/to-chuc/17"
  // Where the result of one import is seen, if not there: the draft that a list was read into.
  virtual std::string result_at(db::Reader&, const ImportRecord& record) const { return way_back(record.body); }
  // Whether this body can read such a list at all, with a plain reason where it cannot.
  virtual Result<void> offered(const ImportContext&) const { return {}; }
  virtual std::vector<ImportField> options(const ImportContext&) const { return {}; }
  // What is wrong between answers that are each well formed: code of the field -> sentence.
  virtual std::vector<std::pair<std::string, std::string>> check_options(const ImportContext&) const { return {}; }
  // May depend on the body and on the answers; before they are given on what is proposed.
  virtual std::vector<ImportColumn> columns(const ImportContext& context) const = 0;
  // More sheets of the template (lists to look words up in), behind the one to fill in. Row 1 of each is its heading.
  virtual std::vector<std::pair<std::string, std::vector<std::vector<std::string>>>> template_lists(const ImportContext&) const { return {}; }

  // Every row with all the others at hand, also those that are not readable(). Reads only, through `reader` and the house's snapshots; the same question gives
  // the same verdicts while nobody saves. Runs outside a transaction for the dry run, and again inside the transaction that writes.
  virtual std::unique_ptr<ImportPlan> judge(db::Reader& reader, const ImportContext& context, const ImportRows& rows) const = 0;

  // Writes the chosen rows (their places, all good) of a plan judged in this very transaction, or, of a kind that stages, makes appear what was staged. `batch`
  // is the source to name in facts and records. The wizard writes the trail's entry, with the sentence that comes back as its summary (in Vietnamese).
  struct Done {
    std::string summary;                      // "Nhập danh sách từ tệp “a.xlsx”: lập 231 tổ chức"
    std::vector<ImportWritten> written;       // in the order of the rows; a kind that stages has told them already
  };
  virtual Result<Done> write(db::Writer& writer, const ImportContext& context, const ImportRows& rows, ImportPlan& plan, std::span<const std::size_t> chosen,
                             ImportId batch) const = 0;

  // Takes back what an import did, wholly or not at all; refused with a plain reason that names what depends on it. Returns the sentence for the trail.
  virtual Result<std::string> undo(db::Writer& writer, const ImportContext& context, const ImportRecord& import, std::span<const ImportWritten> written) const = 0;

  // Long lists. A kind that names a slice above 0 is written in slices of so many rows between other people's saves, under a batch that nobody sees yet; then
  // write() makes all of it appear in one short step. In this order: before_staging() outside of any transaction, stage() for each slice in one of its own,
  // before_appearing() outside, write() in the last. Such a kind makes sure itself that what the verdicts rest on still holds: write() answers "import.again" to
  // have before_appearing() called once more, anything else gives the import up. discard() comes first: it removes what a program left that stopped half way.
  virtual std::size_t slice() const { return 0; }
  virtual void discard(db::Writer&, ImportId) const {}
  virtual Result<void> before_staging(const ImportContext& context, const ImportRows& rows, ImportPlan& plan, std::span<const std::size_t> chosen, ImportId batch) const;
  virtual Result<std::vector<ImportWritten>> stage(db::Writer& writer, const ImportContext& context, const ImportRows& rows, ImportPlan& plan,
                                                   std::span<const std::size_t> slice, ImportId batch) const;
  virtual Result<void> before_appearing(const ImportContext&, ImportPlan&) const { return {}; }
  virtual void give_up(ImportPlan&) const {}                                  // outside of any transaction
  // An undo that must prepare outside of its transaction; none: undo() does all of it.
  virtual std::unique_ptr<ImportUndo> prepared_undo(const ImportContext&, const ImportRecord&, std::span<const ImportWritten>) const;

  // Of everything the verdicts rest on, to look at further pages of a dry run without judging anew; empty: each page is judged.
  virtual std::string stamp(db::Reader&, const ImportContext&) const { return {}; }
};

// All kinds of the house (app/rooms.cpp adds them).
class ImportKinds {
 public:
  void add(std::unique_ptr<ImportKind> kind) { kinds_.push_back(std::move(kind)); }
  const ImportKind* find(std::string_view code) const;
  const std::vector<std::unique_ptr<ImportKind>>& all() const { return kinds_; }

 private:
  std::vector<std::unique_ptr<ImportKind>> kinds_;
};

// Where a body reads such a list: "/nhap-tep/17/to-chuc". For links on other pages.
std::string import_path(BodyId body, std::string_view kind);

// Pages /nhap-tep…: every kind's are its own routes, opened by its own permission. A link to the first of them may propose answers to what the page asks
// (?ban-nhap=17 for the field "ban_nhap").
void add_importing_pages(Pages& pages, std::shared_ptr<const ImportKinds> kinds);
// Lists too long to wait for are written by this worker; called before it starts.
void handle_imports(jobs::Worker& worker, House& house, std::shared_ptr<const ImportKinds> kinds);

// The last imports of a body, newest first; of one kind, or with an empty code of all.
std::vector<ImportRecord> imports_of(db::Reader& reader, BodyId body, std::string_view kind, std::size_t limit);
// Imports that made or changed a record of a kind and are not undone, newest first: for the record's history.
std::vector<ImportRecord> imports_that_wrote(db::Reader& reader, std::string_view kind, std::int64_t record);

// Without pages, for the command line and for tests: reads, guesses the columns, judges, and writes the good rows unless it is only a trial.
struct DirectImport {
  std::string file_name;
  std::string content;
  std::map<std::string, std::string> options = {};   // as typed; what is missing as proposed
  enum class Trial { yes, no } trial = Trial::no;
  enum class Choose { good_rows, all_or_none } choose = Choose::good_rows;
};
struct DirectOutcome {
  ImportRecord record;
  struct Row {
    int number = 0;
    ImportVerdict verdict = ImportVerdict::refused;
    std::string effect;
    std::vector<std::string> findings;        // each with its address: "C12: …"
  };
  std::vector<Row> rows;
  std::vector<ImportTotal> totals;
  std::vector<std::string> remarks;
};
Result<DirectOutcome> import_directly(const ImportKind& kind, House& house, const Viewer& viewer, BodyId body, const DirectImport& given);
// Takes it back, with its entry in the trail. "import.not_done", or why the kind cannot.
Result<void> undo_import(const ImportKind& kind, House& house, const Viewer& viewer, ImportId import);

}  // namespace khuyenhoc
