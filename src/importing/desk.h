// The work behind the wizard's pages: a file taken in, its columns matched, its rows judged, the good ones written, and taken back again.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "importing/importing_queries.h"
#include "importing/reading.h"
#include "shell/typed.h"

namespace khuyenhoc::importing {

// From so many rows on, the writing is a job that can be left.
inline constexpr std::size_t rows_for_a_job = 2'000;

// A draft read and judged. Never changed once it is made, but for what write() of its kind keeps in the plan.
struct Judged {
  std::shared_ptr<const Reading> reading;
  std::shared_ptr<ImportPlan> plan;           // verdicts with the wizard's own findings among them
  ImportOptions options;
  std::int64_t added = 0, changed = 0, unchanged = 0, to_review = 0, refused = 0;
  std::string digest;                         // of the verdicts, to tell whether they changed since
  std::string stamp;                          // of its kind, when it was judged
  std::size_t size() const { return reading->rows.size(); }
  bool everything_good() const { return to_review == 0 && refused == 0; }
  std::vector<std::size_t> chosen() const;    // places of the good rows
};

class Desk {
 public:
  Desk(House& house, std::shared_ptr<const ImportKinds> kinds) : house_(house), kinds_(std::move(kinds)) {}
  Desk(House& house, const ImportKind& only) : house_(house), only_(&only) {}
  House& house() const { return house_; }
  const ImportKind& kind_of(const Batch& batch) const { return only_ != nullptr ? *only_ : *kinds_->find(batch.record.kind); }

  // "file.…", "workbook.…", "csv.…", "import.no_sheet". A draft with everything guessed; what `asked` answers
  // of the options stands there at first.
  Result<ImportId> take_in(const ImportKind& kind, const Viewer& viewer, BodyId body, std::string content, std::string_view file_name,
                           const std::map<std::string, std::string>& asked = {});
  std::optional<Batch> find(ImportId id) const;
  Result<std::shared_ptr<const ReadFile>> source_of(const Batch& batch);
  ImportOptions proposed_options(const ImportKind& kind, const Viewer& viewer, BodyId body) const;
  // The answers checked one by one and together. Where there are errors nothing is kept.
  FormErrors answer(const ImportKind& kind, ImportContext& context, const std::map<std::string, std::string>& typed) const;
  // "import.stale" when somebody else changed the draft. Remembers the headings where they were agreed to.
  Result<void> keep(Batch& batch);

  Result<std::shared_ptr<const Judged>> judge(const Batch& batch, const Viewer& viewer);
  // Writes what was judged: at once, or for a kind that stages in slices between other people's saves, told how many rows are staged. "import.changed" when the
  // verdicts are no longer those that were shown, "import.nothing", "import.not_all", "import.stale", "import.stopped", "import.busy", or what the kind says.
  using Told = std::function<bool(std::size_t done, std::size_t of)>;   // false: stop, to be taken up again later
  Result<ImportRecord> write(const Batch& batch, const Viewer& viewer, const Told& told = [](std::size_t, std::size_t) { return true; });
  Result<void> undo(const Batch& batch, const Viewer& viewer);
  // Of whoever asked for it, as they may act now; none when they may not any more.
  std::optional<Viewer> viewer_of(const Batch& batch) const;
  ImportContext context_of(const Batch& batch, const Viewer& viewer) const;

 private:
  // Everything decided about a draft that its rows and verdicts rest on; what else is kept of it (that it is being written) leaves them as they are.
  struct Asked {
    explicit Asked(const Batch& batch) : sheet(batch.sheet), heading_row(batch.heading_row), matching(batch.matching), options(batch.options), decisions(batch.decisions) {}
    Asked() = default;
    bool operator==(const Asked&) const = default;
    std::string sheet;
    int heading_row = 0;
    Matching matching;
    std::map<std::string, std::string> options;
    std::map<int, std::string> decisions;
  };
  struct Cached {
    ImportId id;
    Language language = Language::vietnamese;
    std::shared_ptr<const ReadFile> source;
    Asked asked;                              // with what the rows were read
    std::shared_ptr<const Reading> reading;
    std::shared_ptr<const Judged> judged;
  };
  Cached* cached(ImportId id);
  Result<std::shared_ptr<const Reading>> reading_of(const Batch& batch, const ImportContext& context);
  std::shared_ptr<Judged> judged(db::Reader& reader, const ImportKind& kind, const ImportContext& context, std::shared_ptr<const Reading> reading, const Batch& batch) const;
  void forget(ImportId id);                   // verdicts, not the file
  Result<std::shared_ptr<const Judged>> judged_to_write(const Batch& batch, const Viewer& viewer, const ImportContext& context);
  Result<ImportRecord> write_at_once(const Batch& batch, const Viewer& viewer);
  Result<ImportRecord> write_in_slices(const Batch& batch, const Viewer& viewer, const Told& told);
  Result<ImportRecord> staged_and_shown(const Batch& batch, const Viewer& viewer, const Judged& judged, const ImportContext& context, const Told& told);
  Result<void> may_write(const Batch& batch, const Judged& judged) const;
  void record_done(db::Writer& writer, Batch& batch, const Viewer& viewer, const Judged& judged, const ImportKind::Done& done, std::size_t rows, const db::Digest& digest) const;

  House& house_;
  std::shared_ptr<const ImportKinds> kinds_;
  const ImportKind* only_ = nullptr;
  std::mutex mutex_;
  std::vector<Cached> cached_;                // the last few drafts, newest first
};

}  // namespace khuyenhoc::importing
