// Writing figures down: each cell judged by itself in one transaction, what others wrote meanwhile never lost, every change in the trail.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "access/viewer.h"
#include "measures/entry_mode.h"
#include "reporting/sheet_rows.h"
#include "shell/house.h"

namespace khuyenhoc {

struct CellEntry {
  BodyId body;
  std::string measure;                  // "B01"; "D02-rieng" is the association's own, beside its branches
  std::optional<std::int64_t> value;    // in the measure's own unit; none: blank, "chưa báo cáo"
  std::int64_t version = 0;             // the one that was on the screen
};

struct CellOutcome {
  enum class State { saved, refused, stale } state = State::saved;
  BodyId body;
  std::string measure;
  std::optional<std::int64_t> value;    // what the store holds now
  std::int64_t version = 0;
  std::string code;                     // of a refusal
  std::string message;
  bool changed = false;                 // written now, rather than found as it is
};

// Why a figure changed so much, as typed at its cell (reporting/reasons.h). Empty takes it back.
struct ReasonEntry {
  BodyId body;
  std::string measure;
  std::string text;
  std::int64_t version = 0;             // of the one that was on the screen
};
struct ReasonOutcome {
  CellOutcome::State state = CellOutcome::State::saved;
  BodyId body;
  std::string measure, text;            // what the store holds now
  std::int64_t version = 0;
  std::string code, message;
  bool changed = false;
};

inline constexpr std::string_view own_suffix = "-rieng";
struct SeriesName {
  MeasureIndex measure = 0;
  Extent extent = Extent::subtree;
};
std::optional<SeriesName> parse_series_name(const Catalogue& catalogue, std::string_view name);
std::string series_name(const Catalogue& catalogue, MeasureIndex measure, Extent extent);

// An answer in words (reporting/entry_texts.h) goes the same way: the code of its question stands for the figure. Empty takes it back.
using TextEntry = ReasonEntry;
using TextOutcome = ReasonOutcome;

// How each change is told to the trail: one entry a figure, or nothing because the whole is told at once (a workbook).
enum class Telling { each, together };

// The desk of one association in one period: who sits there may write for it and for its branches as far as the viewer's scope reaches.
class EntryDesk {
 public:
  EntryDesk(const House& house, const Viewer& viewer, BodyId association, const NamedPeriod& period);

  // Good cells are written, the others keep what the store holds and say why. Run inside one write(); may be run again.
  std::vector<CellOutcome> save(db::Writer& writer, std::span<const CellEntry> cells, Telling telling = Telling::each);
  std::vector<ReasonOutcome> save_reasons(db::Writer& writer, std::span<const ReasonEntry> reasons);
  std::vector<TextOutcome> save_texts(db::Writer& writer, std::span<const TextEntry> texts);
  // How what is written here came about, said in the trail behind each change: "qua đường dẫn, người ghi Nguyễn Văn Bình".
  // Whoever comes so is told no names of others.
  void written_through(std::string how) { through_ = std::move(how); }
  // For the history of a figure: "form", "zeros"; a grid where nothing is said (figure_history knows the words).
  void written_in(std::string_view way) { way_ = way; }
  // Whether the viewer may write for this body here; else the sentence that says why not.
  Result<void> may_write(db::Reader& reader, BodyId body) const;
  bool writes_for_association() const { return for_association_; }
  // By when the body owes its figures: as the round says that asks them, else as the period usually is due.
  Day due(db::Reader& reader, BodyId body) const;
  const NamedPeriod& period() const { return period_; }
  BodyId association() const { return association_; }
  std::string said_through() const { return through_.empty() ? std::string() : " (" + through_ + ")"; }

 private:
  CellOutcome save_one(db::Writer& writer, const CellEntry& cell, Telling telling);
  Result<void> save_reason(db::Writer& writer, const ReasonEntry& given, ReasonOutcome& one);
  Result<void> save_text(db::Writer& writer, const TextEntry& given, TextOutcome& one);
  // Whether this body may be written for, and by what it is asked.
  struct Judged {
    Result<void> may;
    std::shared_ptr<const AskedForms> asked;
  };
  const Judged& judged(db::Reader& reader, BodyId body);
  Result<std::shared_ptr<const AskedForms>> asked_of(db::Reader& reader, BodyId body) const;
  Result<void> may_be_typed(const CellEntry& cell, const SeriesName& name, const AskedForms& asked) const;
  Result<Arrival> arrival(db::Reader& reader, BodyId body, Series series) const;
  CellOutcome stale(db::Reader& reader, CellOutcome outcome, const Statement& stored) const;
  std::string who_wrote(db::Reader& reader, UserId user) const;
  void tell(db::Writer& writer, const Statement& before, const Statement& after) const;

  const House& house_;
  const Viewer& viewer_;
  BodyId association_;
  NamedPeriod period_;
  OrganisationView organisation_;
  Scope scope_;
  bool for_association_ = false;
  std::shared_ptr<const SheetRows> rows_;
  std::string through_;
  std::string_view way_ = "grid";          // outlives the desk: a literal
  std::map<BodyId, Judged> judged_;         // within one save(): a row has many cells
  mutable std::shared_ptr<const AskedForms> asked_of_all_;   // where its round, or a request, asks all alike: pins never change
};

// "Bà Trần Kim Liên"; "Nguyễn Văn Bình, qua đường dẫn"; "Người khác" for whoever is no longer known.
std::string name_of_user(const House& house, db::Reader& reader, UserId user);
// "9 giờ 41 phút" today, with its day otherwise.
std::string short_time(std::int64_t at_ms, Day today);

}  // namespace khuyenhoc
